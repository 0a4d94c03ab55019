/* answer-today.c - the first page: what to do today, by when, and why.
 */
#include "answers.h"
#include "page.h"

bool answer_today(Visit *visit, GError **error)
{
	MustacheValue *values = NULL;
	if (!desk_tell(visit->desk, "today", &values, error, NULL))
		return false;
	const Page page = {.template_name = "today", .title = "Today", .section = "today", .values = values};
	return page_show(visit, &page, error);
}
