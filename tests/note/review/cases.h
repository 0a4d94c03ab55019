/* cases.h - notes with their circumstances, read from a text file: what the tests of the review are made of.
 *
 * A file holds cases: "=== name", then "key: value" lines (facts, step, to, interview, channel, must, send, …), then
 * "---" and the note itself.  Facts are named by their file in facts/.  A planted fault has instead of a note "base:
 * name" of a good one and "plant: "old" -> "new"" lines that change it.  A faulty file ends the test program.
 */
#pragma once

#include <base/error.h>
#include <facts/facts-json.h>
#include <note/review.h>

typedef struct Expect {
	int rule;      /* ReviewRule */
	char *text;    /* what is pointed at, or NULL */
	char *suggest; /* the first replacement, or NULL */
} Expect;

typedef struct Case {
	char *name;
	char *note;
	char *head;   /* the "key: value" lines */
	Facts *facts; /* or NULL */
	ReviewRequest request;
	GPtrArray *strings; /* owns what the request points at */
	GArray *expects;    /* of Expect */
} Case;

/* The speller of the module named by the variable FOLLOWUP_DICT, opened once; NULL where there is none. */
const Speller *cases_get_speller(void);
void cases_close_speller(void);

/* All cases of folder/name. Free with g_ptr_array_unref. */
GPtrArray *cases_load(const char *folder, const char *name);

/* The same for planted faults; `good` are the notes they are planted in. */
GPtrArray *cases_load_faults(const char *folder, const char *name, const GPtrArray *good);

/* Reviews a text in a case's circumstances; never fails for a valid text. */
Review *case_review(const Case *one, const char *note);
