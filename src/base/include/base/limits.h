/* limits.h - every size that a user, a file or a mail controls.
 *
 * GLib ends the program when memory ends, so nothing from outside may choose how much is allocated.
 * The doors and readers check against these; a value over its limit is INVALID, in one sentence.
 */
#pragma once

enum {
	LIMIT_INPUT_BYTES = 4 * 1024 * 1024, /* one document read whole: facts, a note, a playbook, a template */
	LIMIT_JSON_DEPTH = 12,               /* nesting of a JSON document */
	LIMIT_TEXT_BYTES = 16 * 1024,        /* one free text: a topic, a detail left unsaid */
	LIMIT_NAME_BYTES = 256,              /* a name, an id, an address, a company, a position */
	LIMIT_PEOPLE = 200,                  /* people of one opportunity */
	LIMIT_INTERVIEWS = 100,              /* interviews of one opportunity */
	LIMIT_WITH = 50,                     /* people in one interview */
	LIMIT_DEBRIEFS = 200,                /* debriefs of one opportunity */
	LIMIT_EVENTS = 2000,                 /* events of one opportunity */
	LIMIT_ITEMS = 200,                   /* entries of any other list: skills, topics, holidays */
	LIMIT_HOLIDAYS = 2000,               /* holidays in one facts object */
	LIMIT_NOTE_BYTES = 64 * 1024,        /* a note, its headers included */
	LIMIT_IMPORT_BYTES = 64 * 1024 * 1024, /* one file to import: a calendar, cards, a sheet */
	LIMIT_IMPORT_ITEMS = 100000,         /* items taken from one such file */
	LIMIT_WEEKS = 104,                   /* the length of a hiring process */
	LIMIT_YEAR_MIN = 1990,               /* first year of a date in facts */
	LIMIT_YEAR_MAX = 2199,               /* last year of a date in facts */
};
