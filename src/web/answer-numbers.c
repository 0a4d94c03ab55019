/* answer-numbers.c - what one's own history says, in numbers.
 */
#include "answers.h"
#include "page.h"

bool answer_numbers(Visit *visit, GError **error)
{
	MustacheValue *values = NULL;
	if (!desk_tell(visit->desk, "numbers", &values, error, NULL))
		return false;
	const Page page = {.template_name = "numbers", .title = "Numbers", .section = "numbers", .values = values};
	return page_show(visit, &page, error);
}
