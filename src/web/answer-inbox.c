/* answer-inbox.c - mails that wait for a word.
 */
#include "answers.h"
#include "page.h"

bool answer_inbox(Visit *visit, GError **error)
{
	MustacheValue *values = NULL;
	if (!desk_tell(visit->desk, "inbox", &values, error, NULL))
		return false;
	const Page page = {.template_name = "inbox", .title = "What came by mail", .section = "today", .values = values};
	return page_show(visit, &page, error);
}
