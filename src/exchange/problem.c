/* problem.c - collects what could not be read.
 */
#include "problem.h"

#include "foreign.h"

#include <base/limits.h>

Problems *problems_new(void)
{
	Problems *problems = g_new0(Problems, 1);
	problems->waiting = g_ptr_array_new();
	return problems;
}

void problems_free(Problems *problems)
{
	if (problems == NULL)
		return;
	for (guint i = 0; i < problems->waiting->len; i++)
		item_free(problems->waiting->pdata[i]);
	g_ptr_array_unref(problems->waiting);
	g_free(problems);
}

void problems_add(Problems *problems, int line, const char *format, ...)
{
	problems->last_line = line;
	if (++problems->count > PROBLEMS_MAX)
		return;
	va_list args;
	va_start(args, format);
	g_autofree char *message = g_strdup_vprintf(format, args);
	va_end(args);
	Item *item = item_new(ITEM_UNKNOWN, line);
	item->error = foreign_clean(message, LIMIT_TEXT_BYTES, TEXT_LINE);
	g_ptr_array_add(problems->waiting, item);
}

bool problems_are_too_many(const Problems *problems)
{
	return problems->count >= PROBLEMS_TOO_MANY;
}

void problems_hand_over(Problems *problems, GPtrArray *items)
{
	for (guint i = 0; i < problems->waiting->len; i++)
		g_ptr_array_add(items, problems->waiting->pdata[i]);
	g_ptr_array_set_size(problems->waiting, 0);
}

void problems_end(Problems *problems, GPtrArray *items)
{
	int count = problems->count;
	if (count > PROBLEMS_MAX) {
		problems->count = 0;
		problems_add(
			problems, problems->last_line,
			problems_are_too_many(&(Problems){.count = count})
				? "%d lines could not be read, and what comes after them was not looked at; a calendar or cards are "
				  "expected."
				: "%d lines could not be read in all; the others are listed.",
			count);
	}
	problems_hand_over(problems, items);
}
