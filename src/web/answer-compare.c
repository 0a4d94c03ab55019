/* answer-compare.c - two playbooks on one's own history.
 */
#include "answers.h"
#include "page.h"

bool answer_compare(Visit *visit, GError **error)
{
	const GPtrArray *query = visit->request->query;
	MustacheValue *values = NULL;
	if (!desk_tell(
			visit->desk, "compare", &values, error, "playbook", fields_find(query, "one"), "with",
			fields_find(query, "other"), "opportunity", fields_find(query, "opportunity"), NULL))
		return false;
	const Page page = {
		.template_name = "compare", .title = "What would it have said?", .section = "playbooks", .values = values};
	return page_show(visit, &page, error);
}
