/* dispatch-gate.h - may this note leave? E1, E2 and E12 hold at the moment of sending, not only at approval.
 *
 * For the files of this room only.
 */
#pragma once

#include "desk.h"

typedef enum {
	GATE_PASS,
	GATE_HOLD,   /* it may go later: until */
	GATE_CANCEL, /* it may not go as it stands: it becomes a draft again */
} GateAnswer;

/* What the plan says of a draft's step at app->now. *ret_why is one sentence where it may not go now (free with
 * g_free), *ret_until when to look again where it is held. */
GateAnswer gate_ask_plan(App *app, const Case *item, const Draft *draft, char **ret_why, int64_t *ret_until);

/* A hash of all that a review of the draft, were it to leave at send_at, reads: the note, the others of the panel, the
 * facts, the day, what the step wants, and the program itself. Equal seals have equal findings. NULL where the program
 * cannot say which it is. Free with g_free. */
char *gate_seal(const Case *item, int draft, int64_t send_at);

/* Whether an approved note may leave now: it is what was approved, the plan asks for it, and no finding of level error
 * is open. A note that asks for news waits while their answer may lie unread: the mailbox could not be reached, or a
 * mail about this opportunity waits in the inbox. As above. */
bool gate_ask(
	App *app, const Case *item, const OutboxRow *row, GateAnswer *ret_answer, char **ret_why, int64_t *ret_until,
	GError **error) G_GNUC_WARN_UNUSED_RESULT;
