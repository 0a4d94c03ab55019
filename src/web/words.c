/* words.c - tables of words.
 */
#include "words.h"

#include <string.h>

typedef struct Word {
	const char *value, *label;
} Word;

static const Word roles[] = {{"interviewer", "Interviewer"}, {"hiring-manager", "Hiring manager"},
							 {"recruiter", "Recruiter"},     {"hr", "Human resources"},
							 {"other", "Somebody else"},     {NULL, NULL}};
static const Word kinds[] = {
	{"phone-screen", "By phone"},
	{"video", "By video"},
	{"in-person", "In person"},
	{"panel", "A panel"},
	{NULL, NULL}};
static const Word lengths[] = {{"30m", "half an hour"},        {"45m", "45 minutes"}, {"1h", "an hour"},
							   {"1h30", "an hour and a half"}, {"2h", "two hours"},   {"3h", "three hours"},
							   {"4h", "half a day"},           {NULL, NULL}};

MustacheValue *words_choices(WordsOf words, const char *selected)
{
	static const Word *const tables[] = {[WORDS_OF_ROLE] = roles, [WORDS_OF_KIND] = kinds, [WORDS_OF_LENGTH] = lengths};
	MustacheValue *list = mustache_value_new_list();
	bool known = selected == NULL || selected[0] == '\0';
	for (const Word *word = tables[words]; word->value != NULL; word++) {
		MustacheValue *item = mustache_value_new_object();
		mustache_object_set_string(item, "value", word->value);
		mustache_object_set_string(item, "label", word->label);
		mustache_object_set_bool(item, "selected", g_strcmp0(selected, word->value) == 0);
		mustache_list_take(list, item);
		known = known || strcmp(selected, word->value) == 0;
	}
	if (!known) { /* what holds can be left as it is */
		MustacheValue *item = mustache_value_new_object();
		mustache_object_set_string(item, "value", selected);
		mustache_object_set_string(item, "label", selected);
		mustache_object_set_bool(item, "selected", true);
		mustache_list_take(list, item);
	}
	return list;
}
