/* intake.h - what several ops take from a person in the same way: somebody's name and address, a promise, an id.
 *
 * For the files of this room only.
 */
#pragma once

#include "desk.h"

/* "Huck Finn <finn@globex.example>, hiring-manager" in parts; email and role may be missing. */
typedef struct Introduction {
	char *name, *email;
	int role; /* Role, or WORD_NONE */
} Introduction;

void introduction_clear(Introduction *who);
bool introduction_parse(const char *text, Introduction *ret_who, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The person of the record so introduced, by e-mail or name, or a new one; what was not known of them is filled in.
 * Names the person in the change. */
bool intake_person(
	App *app, Case *item, Change *change, const char *text, int *ret_index, bool *ret_new,
	GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* INVALID where mail could never be sent to the address. NULL and "-" (none) are fine. */
bool intake_check_address(const char *address, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* INVALID where a name would be taken away ("" or "-"); example is one. NULL is fine: it stays as it is. */
bool intake_check_name(const char *name, const char *example, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A promise from the options --decision-by, --follow-up-after and --weeks; PROMISE_NONE where none is given. */
bool intake_promise(const App *app, const OpArgs *args, const Zone *zone, Promise *ret_promise, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;
bool promise_is_none(const Promise *promise);

/* INVALID where what was promised in an interview is before it. */
bool intake_check_promise(const App *app, const Facts *facts, int interview, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* INVALID where a day was past already when they said it, at that instant. */
bool intake_check_said(const App *app, const Zone *zone, const Promise *promise, int64_t at, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* What was said anew replaces what was said of the same before. */
void promise_merge(Promise *promise, const Promise *fresh);

/* "a decision by Thursday 19 November" and the like; free with g_free. */
char *say_promise(const App *app, const Facts *facts, const Promise *promise);

/* An id that is not taken: from the last word of a name ("finn"), or a word with a number. Free with g_free. */
char *intake_person_id(const Facts *facts, const char *name);
char *intake_interview_id(const Facts *facts, InterviewKind kind);

/* When something happened: --at, else now. It cannot lie after now. */
bool intake_at(const App *app, const OpArgs *args, const Zone *zone, int64_t *ret_at, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* Replaces *field by a copy of text where text is not NULL; "-" empties it. */
void intake_field(char **field, const char *text);

/* Adds texts to a list, each once; "-" empties the list first. */
void intake_list(GPtrArray *list, const GPtrArray *texts);

/* Replaces *field by a copy of text, which may be NULL. */
void intake_replace(char **field, const char *text);

/* The parameters that intake_promise and intake_at read. */
#define PARAMS_PROMISE                                                                                                 \
	{"decision-by", PARAM_WHEN, 0, "the day they said they would decide by", NULL},                                    \
		{"follow-up-after", PARAM_WHEN, 0, "the day from which they said you may ask", NULL},                          \
	{                                                                                                                  \
		"weeks", PARAM_INT, 0, "how many weeks they said the process takes", NULL                                      \
	}
#define PARAM_AT                                                                                                       \
	{                                                                                                                  \
		"at", PARAM_WHEN, 0, "when it happened, if not now", NULL                                                      \
	}
