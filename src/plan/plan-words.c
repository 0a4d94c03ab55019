/* plan-words.c - the spellings of states, reasons and verdicts in the contract.
 */
#include <plan/plan.h>

const char *step_state_word(StepState state)
{
	static const char *const words[STATE_COUNT] = {"upcoming", "due",     "overdue", "done",
												   "blocked",  "skipped", "missed"};
	return words[state];
}

const char *skip_reason_word(SkipReason reason)
{
	static const char *const words[REASON_COUNT] = {NULL,        "next-round", "offer", "rejected",
													"withdrawn", "fast-pace",  "late"};
	return words[reason];
}

const char *verdict_word(Verdict verdict)
{
	static const char *const words[VERDICT_COUNT] = {"act", "wait", "move-on", "offer", "closed"};
	return words[verdict];
}
