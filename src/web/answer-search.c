/* answer-search.c - words looked for in everything that is on record.
 */
#include "answers.h"
#include "page.h"

bool answer_search(Visit *visit, GError **error)
{
	const char *words = fields_find(visit->request->query, "words");
	MustacheValue *values = NULL;
	if (words == NULL || words[0] == '\0')
		values = mustache_value_new_object();
	else if (!desk_tell(visit->desk, "search", &values, error, "words", words, NULL))
		return false;
	mustache_object_set_string(values, "words", words == NULL ? "" : words);
	const Page page = {.template_name = "search", .title = "Search", .values = values};
	return page_show(visit, &page, error);
}
