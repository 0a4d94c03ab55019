/* inbox-keys.c - the keys of the inbox.
 */
#include "inbox-keys.h"

#include <base/text.h>
#include <stdio.h>
#include <string.h>

static const struct {
	char key;
	const char *option, *value;
	bool answers; /* only of an answer */
	bool dated;   /* a day goes with it */
} keys[] = {
	{'y', "confirm", NULL, false, false}, {'m', "as", "more-time", true, true},  {'n', "as", "next-round", true, true},
	{'o', "as", "offer", true, false},    {'r', "as", "rejection", true, false}, {'e', "as", "other", true, false},
	{'d', "dismiss", NULL, false, false},
};

static bool take(OpArgs *args, const char *name, const char *value, GError **error)
{
	return op_args_take(args, op_find_param(op_find("inbox"), name), value, error);
}

static void show_line(const char *before, const char *text)
{
	enum { SHOWN = 1000 };
	g_autofree char *shown = text == NULL ? NULL : text_to_show(text, SHOWN);
	if (shown != NULL)
		fprintf(stderr, "%s%s\n", before, shown);
}

/* The place of the key that was pressed; -1 to go on to the next, -2 to stop. */
static int ask_for_key(const InboxQuestion *question)
{
	const char *prompt = question->answers
							 ? "  [y] as read, [m]ore time, [n]ext round, [o]ffer, [r]ejection, [e] something else, "
							   "[d]ismiss, [s]kip, [q]uit: "
							 : "  [y]es, [d]ismiss, [s]kip, [q]uit: ";
	for (;;) {
		char key = ask_key(prompt);
		if (key == 0 || key == 'q')
			return -2;
		if (key == 's' || key == ' ' || key == '\n')
			return -1;
		for (int i = 0; i < (int)G_N_ELEMENTS(keys); i++)
			if (keys[i].key == key && (question->answers || !keys[i].answers))
				return i;
	}
}

bool inbox_ask_key(const Ask *ask, const InboxQuestion *question, OpArgs **ret_word, bool *ret_stop, GError **error)
{
	char number[32];
	g_autoptr(OpArgs) word = op_args_new(op_find("inbox"));
	g_autofree char *day = NULL;
	fputc('\n', stderr);
	show_line("", question->title);
	show_line("    ", question->from);
	show_line("    ", question->quote);
	int chosen = ask_for_key(question);
	*ret_stop = chosen == -2;
	*ret_word = NULL;
	if (chosen < 0)
		return true;
	if (keys[chosen].dated)
		day = ask_line(ask, "  By which day (thu, 4 dec; empty: as read)? ");
	g_snprintf(number, sizeof number, "%" G_GINT64_FORMAT, question->number);
	if (!take(word, "number", number, error) || !take(word, keys[chosen].option, keys[chosen].value, error) ||
		(day != NULL && day[0] != '\0' && !take(word, "decision-by", day, error)))
		return false;
	*ret_word = g_steal_pointer(&word);
	return true;
}
