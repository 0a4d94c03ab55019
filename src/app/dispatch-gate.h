/* dispatch-gate.h - the last look before a note leaves: E1, E2 and E12 hold at the moment of sending, not only at
 * approval.
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

/* Whether an approved note may leave now. *ret_why is one sentence where it may not (free with g_free), *ret_until when
 * to look again. */
bool gate_ask(
	App *app, const Case *item, const OutboxRow *row, GateAnswer *ret_answer, char **ret_why, int64_t *ret_until,
	GError **error) G_GNUC_WARN_UNUSED_RESULT;
