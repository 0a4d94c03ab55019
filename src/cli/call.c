/* call.c - the questions after a call.
 */
#include "call.h"

#include <stdio.h>
#include <string.h>

static bool take(OpArgs *args, const Op *op, const char *name, const char *value, GError **error)
{
	return op_args_take(args, op_find_param(op, name), value, error);
}

static const char *find_word(const char *const (*words)[2], size_t count, const char *key)
{
	for (size_t i = 0; i < count; i++)
		if (g_ascii_strcasecmp(words[i][0], key) == 0 || strcmp(words[i][1], key) == 0)
			return words[i][1];
	return NULL;
}

/* Asks until one of the words is given by its key or whole; NULL for none of them. */
static const char *ask_word(const Ask *ask, const char *prompt, const char *const (*words)[2], size_t count)
{
	for (;;) {
		g_autofree char *answer = ask_line(ask, prompt);
		if (answer == NULL || answer[0] == '\0' || g_ascii_strcasecmp(answer, "q") == 0)
			return NULL;
		const char *word = find_word(words, count, answer);
		if (word != NULL)
			return word;
		fprintf(stderr, "    One of the letters in brackets, or nothing.\n");
	}
}

bool call_ask_ending(const Ask *ask, const CallForm *form, OpArgs **ret_log, GError **error)
{
	static const char *const results[][2] = {
		{"r", "reached"}, {"m", "message-left"}, {"b", "call-back"}, {"w", "will-contact"}, {"n", "no-answer"}};
	const Op *op = op_find("log");
	const char *result = ask_word(
		ask,
		"How did it go? [r]eached, [m]essage left, call [b]ack, they [w]ill contact you, [n]o answer, [q] nothing: ",
		results, G_N_ELEMENTS(results));
	*ret_log = NULL;
	if (result == NULL)
		return true;
	g_autoptr(OpArgs) log = op_args_new(op);
	if (!take(log, op, "opportunity", form->opportunity, error) || !take(log, op, "person", form->person, error) ||
		!take(log, op, "step", form->step, error) || !take(log, op, "result", result, error))
		return false;
	*ret_log = g_steal_pointer(&log);
	return true;
}

static bool has_dates(const OpArgs *args)
{
	return op_args_has(args, "decision-by") || op_args_has(args, "follow-up-after") || op_args_has(args, "weeks");
}

bool call_ask_answer(
	const Ask *ask, const CallForm *form, const OpArgs *log, const Op **ret_op, OpArgs **ret_answer, GError **error)
{
	static const char *const says[][2] = {
		{"o", "other"}, {"m", "more-time"}, {"n", "next-round"}, {"f", "offer"}, {"x", "rejection"}};
	const char *result = op_args_get(log, "result");
	bool reached = strcmp(result, "reached") == 0;
	*ret_answer = NULL;
	if (!reached && strcmp(result, "call-back") != 0 && strcmp(result, "will-contact") != 0)
		return true;
	const char *said =
		reached ? ask_word(
					  ask, "What did they say? [m]ore time, [n]ext round, o[f]fer, rejection [x], [o]ther: ", says,
					  G_N_ELEMENTS(says))
				: NULL;
	const Op *op = op_find(said != NULL ? "reply" : "promise");
	g_autoptr(OpArgs) answer = op_args_new(op);
	if (!take(answer, op, "opportunity", form->opportunity, error) ||
		(said != NULL && (!take(answer, op, "person", form->person, error) || !take(answer, op, "says", said, error))))
		return false;
	bool ended = g_strcmp0(said, "offer") == 0 || g_strcmp0(said, "rejection") == 0;
	if (!ended && !ask_promise(ask, form->zone, form->now, answer, op, error))
		return false;
	*ret_op = op;
	*ret_answer = said != NULL || has_dates(answer) ? g_steal_pointer(&answer) : NULL;
	return true;
}
