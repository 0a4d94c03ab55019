/* call.h - after a call sheet: one key for how the call ended, and what they said or promised.
 *
 * It asks; what was answered becomes the parameters of the ops that record such things.
 */
#pragma once

#include "ask.h"

/* Asks for the key. *ret_log is the args of "log", to be run; NULL where nothing is to be recorded. */
bool call_ask_ending(const Ask *ask, const CallForm *form, OpArgs **ret_log, GError **error);

/* Asks what they said, as far as a call with that result can tell. *ret_op and *ret_answer are what to run: "reply" or
 * "promise"; NULL where there is nothing. */
bool call_ask_answer(
	const Ask *ask, const CallForm *form, const OpArgs *log, const Op **ret_op, OpArgs **ret_answer, GError **error);
