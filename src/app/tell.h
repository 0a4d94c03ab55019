/* tell.h - people, steps and notes as data, the same wherever they appear in a result.
 *
 * For the files of this room only.  Each fills the object that is open, or opens one where a key is given.  Ids are for
 * programs; beside each stands a name, and beside each time of a thing to do a text, for pages that show it.
 */
#pragma once

#include "task.h"

#include <store/notes.h>

/* Under key the id of a person, under name_key the name; null where it is NOBODY. */
void tell_whom(const Facts *facts, int person, const char *key, const char *name_key, Printer *printer);

/* All that is known of a person. */
void tell_person(const Person *person, Printer *printer);

/* A list of texts under a key. */
void tell_texts(const GPtrArray *texts, const char *key, Printer *printer);

/* A step of the plan with its sentences, what is to be done about it, and the draft there is for it. */
void tell_step(const App *app, const Case *item, const PlanStep *step, Printer *printer);

/* "reasons": rule by rule, each with its source. */
void tell_reasons(const Case *item, const PlanStep *step, Printer *printer);

/* How a note stands: on its way as the outbox has it, else as a draft; "outdated" where it is overtaken. Static. */
const char *note_state_word(const Case *item, int draft);

/* A note that leaves, or left. */
void tell_note_row(const App *app, const NoteRow *row, Printer *printer);

/* When a step is to be done, or was: "by tomorrow, 11:30", "from Friday 20 November, 09:00 on"; NULL where nothing is
 * to be said. Free with g_free. */
char *say_step_when(const App *app, const Case *item, const PlanStep *step);
