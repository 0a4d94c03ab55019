/* note-text.h - a note as one text ("Subject: …", an empty line, the body), and what a step's note needs to know.
 *
 * For the files of this room only.
 */
#pragma once

#include "desk.h"

#include <note/draft.h>
#include <note/review.h>

/* Which note is meant: the step, its interview, its person, its channel, and what it has to hold. */
typedef struct NoteTarget {
	int step;
	int interview;
	int person;
	int about;
	int channel; /* WORD_NONE for what is only said */
	int attempt;
	unsigned must;
	int64_t due; /* or TIME_NONE */
	int64_t opens;
	int64_t leaves; /* when a draft of it would leave, for the words it names its days with; else now */
	const PlanStep *planned; /* the plan's step, or NULL where the plan has none open or to come */
} NoteTarget;

/* The target of a plan's step. */
NoteTarget note_target_of(const PlanStep *step, int channel);

/* Whether there are words for a step by that channel. */
bool note_can_go_by(StepKind step, Channel channel);

/* What a step's note has to hold where no playbook says (bits as PlanStep has them). */
unsigned note_usual_must(int step);

/* The target for a step and person; where the plan holds no such step, as the contract's list of `must` has it. */
NoteTarget note_target_find(const Plan *plan, const Facts *facts, int step, int person, int interview, int channel);

/* The target that the options step, to, interview and channel mean in facts that were piped in; computes the plan. */
bool note_target_from_args(
	App *app, const OpArgs *args, const Facts *facts, const Playbook *playbook, Plan *plan, NoteTarget *ret_target,
	GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* "Subject: …\n\nbody" or the body alone. Free with g_free. */
char *note_text_join(const char *subject, const char *body);

/* A mark of such a text, another one for any other text: by it a change says which text it was made from. Free with
 * g_free. */
char *note_text_version(const char *subject, const char *body);

/* Parts a text; *ret_subject is NULL where it says none, "" where it says that there is none ("Subject:"). */
void note_text_split(const char *text, char **ret_subject, char **ret_body);

/* The request for a target's note, as the facts and the plan have it. */
DraftRequest note_request_of(const Facts *facts, const NoteTarget *target);

/* Whether the user has a template of that name; *ret_path (or NULL) is where it is, or would be. */
bool note_template_find(const App *app, const char *name, char **ret_path);

/* The text of a template in a file: INVALID where it is empty (but for the shared wordings) or no text. */
bool note_template_file_load(const char *path, char **ret_text, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The text of the user's own template of a name; *ret_text stays as it is where there is none. */
bool note_template_load(const App *app, const char *name, char **ret_text, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* How many characters a text for LinkedIn may have: as the op's option says, else the setting; 0 where neither does.
 * args may be NULL. */
int note_linkedin_characters(const App *app, const OpArgs *args);

/* Composes the note as the op's options and the user's own templates want it. */
bool note_compose(
	App *app, const Facts *facts, const NoteTarget *target, const char *previous_subject, const OpArgs *args,
	DraftNote **ret_note, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What else is on record that a review compares with; strings borrowed from the app's store answers. */
typedef struct ReviewContext {
	GPtrArray *others, *companies, *positions; /* of char*, NULL at the end */
} ReviewContext;

void review_context_clear(ReviewContext *context);

/* The notes of the same step, interview and channel to others, which a draft is compared with, in the order of
 * Review.alike. Of int: drafts. */
GArray *note_list_others(const Case *item, int draft);

/* Reviews a stored draft of a case against its facts and the rest of the panel; thorough: its spelling, and the other
 * opportunities on record, too. */
bool case_review_draft(
	App *app, const Case *item, int draft, int64_t send_at, bool thorough, Review **ret_review,
	GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Tells the findings of a review, one a line, with the words they point at. */
void tell_review(const Review *review, const char *text, Printer *printer);
