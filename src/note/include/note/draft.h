/* draft.h - a note written from the facts: a template filled with what the debrief says about that person.
 *
 * Pure: the same request gives the same bytes; no clock, no files.  What only the plan knows (must, attempt, which
 * interview) comes in through the request; what was said and sent is read from the facts.  What the facts cannot answer
 * stays visible as [[what is missing]].
 */
#pragma once

#include <facts/facts.h>
#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* LinkedIn's limit for the note of a request without a paid account. */
#define DRAFT_LINKEDIN_CHARACTERS 200

typedef struct DraftRequest {
	const Facts *facts; /* checked (facts_check) */
	StepKind step;
	int channel;   /* Channel; WORD_NONE takes the step's first */
	int interview; /* the step's; NO_INTERVIEW takes the last one with that person that has begun by now, else the last
					*/
	int to;        /* index into people, or NOBODY */
	int about;     /* get-contact: whose address is missing; else NOBODY */
	int attempt;   /* of the plan's step: the second check-in reads differently from the first; 0 counts as 1 */
	unsigned must; /* bit (1 << Must): what the note has to hold */
	int64_t now;   /* events and debriefs after it are ignored; "Tuesday" is counted from it */
	bool asks_decision_date;      /* prepare-close: ask when a decision can be expected */
	bool asks_follow_up_date;     /* prepare-close: ask when to follow up; both false: both are asked */
	const char *previous_subject; /* the subject of the message that this one answers or continues; or NULL */
	const char *user_template;    /* the text of the user's own template; NULL takes the shipped one */
	const char *user_common;      /* the text of the user's own shared wordings (TEMPLATE_SHARED); or NULL */
	const char *template_name;    /* what errors call the user's template; or NULL */
	int linkedin_characters;      /* 0 means DRAFT_LINKEDIN_CHARACTERS */
	int variant;                  /* 0, 1, 2, …: other wordings */
} DraftRequest;

#define DRAFT_REQUEST_INIT                                                                                             \
	{                                                                                                                  \
		.channel = WORD_NONE, .interview = NO_INTERVIEW, .to = NOBODY, .about = NOBODY, .attempt = 1                   \
	}

/* A composed note. Not called Draft: that is the store's row, and app knows both. */
typedef struct DraftNote {
	int channel;     /* Channel it was written for; WORD_NONE for prepare-close, which is said */
	char *subject;   /* e-mail only, one line; else NULL */
	char *body;      /* lines end with \n, the last one too */
	GPtrArray *gaps; /* of char*: what is missing, without the brackets, in the order they show, each once */
} DraftNote;

void draft_note_free(DraftNote *draft);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DraftNote, draft_note_free)

/* Writes the note. The caller owns *ret_draft. INVALID where the step has nothing to write (debrief, sound-out), does
 * not go by that channel (with the user's own template it may), needs a person and names none, or where the user's
 * template is faulty. A get-contact to NOBODY is written with a gap for whom to ask. */
bool draft_compose(const DraftRequest *request, DraftNote **ret_draft, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The channels a step is written on, in order of preference, and how many; prepare-close has none but can be written.
 */
int draft_list_channels(StepKind step, Channel channels[CHANNEL_COUNT]);

/* Whether there is anything to write for a step. */
bool draft_has_text(StepKind step);
