/* playbook-lines.c - see playbook-lines.h.
 */
#include "playbook-lines.h"

#include <string.h>

#define ASKS "asks"
#define POSTPONED "after a postponement"

struct PlaybookLines {
	GKeyFile *file;
	GPtrArray *rules; /* of char*: the groups that are rules, in order */
};

/* Every group is a rule, but for these. */
static bool is_other(const char *group)
{
	return strcmp(group, "playbook") == 0 || strcmp(group, ASKS) == 0 || strcmp(group, POSTPONED) == 0;
}

PlaybookLines *playbook_lines_new(const char *text, size_t length)
{
	PlaybookLines *lines = g_new0(PlaybookLines, 1);
	lines->file = g_key_file_new();
	lines->rules = g_ptr_array_new_with_free_func(g_free);
	(void)g_key_file_load_from_data(lines->file, text, length, G_KEY_FILE_NONE, NULL);
	g_auto(GStrv) groups = g_key_file_get_groups(lines->file, NULL);
	for (char **group = groups; *group != NULL; group++)
		if (!is_other(*group))
			g_ptr_array_add(lines->rules, g_strdup(*group));
	return lines;
}

void playbook_lines_free(PlaybookLines *lines)
{
	if (lines == NULL)
		return;
	g_key_file_unref(lines->file);
	g_ptr_array_unref(lines->rules);
	g_free(lines);
}

/* ---- words for gaps ---- */

static const struct {
	const char *gap, *words;
} gaps[] = {
	{"person", "the person"},
	{"about", "the interviewer"},
	{"company", "the company"},
	{"interview", "interview"},
	{"opening-day", "the right day"},
	{"opening", "that moment"},
	{"due", "the time it is due"},
	{"start", "its time"},
	{"end", "its end"},
	{"decision-day", "a certain day"},
	{"follow-up-day", "a certain day"},
	{"promised-day", "a certain day"},
	{"thank-you-day", "the day of the thank-you"},
	{"first-thank-you-day", "the day of the first thank-you"},
	{"last-ask-day", "some day"},
	{"last-reply-day", "the day they wrote"},
	{"last-word-day", "the day of it"},
	{"interval", "the usual interval"},
	{"length", "so many weeks"},
	{"answer-day", "the day of their answer"},
	{"card-day", "the third business day"},
};

static const char *words_for(const char *gap, size_t length)
{
	for (size_t i = 0; i < G_N_ELEMENTS(gaps); i++)
		if (strlen(gaps[i].gap) == length && strncmp(gaps[i].gap, gap, length) == 0)
			return gaps[i].words;
	return NULL;
}

/* A day that only says once more which one is meant, between commas: ", {opening-day},". */
static bool is_aside(const GString *before, const char *gap, const char *end)
{
	return g_str_has_suffix(before->str, ", ") && strchr(",:", end[1]) != NULL && end[1] != '\0' && end - gap > 4 &&
		   strncmp(end - 4, "-day", 4) == 0;
}

/* "They said a certain day; …" Free with g_free. */
static char *fill_gaps(const char *text)
{
	GString *filled = g_string_new(NULL);
	while (*text != '\0') {
		const char *end = *text == '{' ? strchr(text, '}') : NULL;
		if (end != NULL && is_aside(filled, text + 1, end)) {
			g_string_truncate(filled, filled->len - strlen(", "));
			text = end[1] == ',' ? end + 2 : end + 1;
			continue;
		}
		const char *words = end == NULL ? NULL : words_for(text + 1, (size_t)(end - text - 1));
		if (words == NULL) {
			g_string_append_c(filled, *text++);
			continue;
		}
		g_string_append(filled, words);
		text = end + 1;
	}
	if (filled->len > 0)
		filled->str[0] = g_ascii_toupper(filled->str[0]);
	return g_string_free(filled, FALSE);
}

/* ---- lines ---- */

/* What stands behind "opens if", where key begins so; "" where it is the name alone; NULL where it is another. */
static const char *condition_of(const char *key, const char *name)
{
	size_t length = strlen(name);
	if (strncmp(key, name, length) != 0)
		return NULL;
	return key[length] == '\0' ? "" : g_str_has_prefix(key + length, " if ") ? key + length + strlen(" if ") : NULL;
}

static void tell_line(const char *condition, const char *value, bool is_sentence, Printer *printer)
{
	g_autofree char *text = is_sentence ? fill_gaps(value) : g_strdup(value);
	printer_object(printer, NULL);
	printer_string(printer, "if", NULL, condition[0] == '\0' ? NULL : condition);
	printer_string(printer, "text", NULL, text);
	printer_object_end(printer);
}

/* All lines of a name: those with a condition as they stand, the plain one last, as they count. */
static void tell_lines(
	const PlaybookLines *lines, const char *group, const char *name, const char *key, Printer *printer)
{
	g_auto(GStrv) keys = g_key_file_get_keys(lines->file, group, NULL, NULL);
	bool is_sentence = strcmp(name, "reason") == 0;
	printer_list(printer, key);
	for (int plain = 0; plain <= 1; plain++)
		for (char **at = keys; at != NULL && *at != NULL; at++) {
			const char *condition = condition_of(*at, name);
			if (condition == NULL || (condition[0] == '\0') != (plain == 1))
				continue;
			g_autofree char *value = g_key_file_get_string(lines->file, group, *at, NULL);
			tell_line(condition, value == NULL ? "" : value, is_sentence, printer);
		}
	printer_list_end(printer);
}

static void tell_value(
	const PlaybookLines *lines, const char *group, const char *name, const char *key, Printer *printer)
{
	g_autofree char *value = g_key_file_get_string(lines->file, group, name, NULL);
	printer_string(printer, key, NULL, value);
}

/* A list of words between commas. */
static void tell_words(const PlaybookLines *lines, const char *group, const char *name, Printer *printer)
{
	g_autofree char *value = g_key_file_get_string(lines->file, group, name, NULL);
	g_auto(GStrv) words = g_strsplit(value == NULL ? "" : value, ",", -1);
	printer_list(printer, name);
	for (char **word = words; *word != NULL; word++)
		if (*g_strstrip(*word) != '\0')
			printer_string(printer, NULL, NULL, *word);
	printer_list_end(printer);
}

void tell_rule_lines(const PlaybookLines *lines, int index, Printer *printer)
{
	static const struct {
		const char *name, *key;
	} dependent[] = {{"opens", "opens"},       {"due", "due"},
					 {"closes", "closes"},     {"not-before", "not_before"},
					 {"channels", "channels"}, {"optional", "optional"},
					 {"skip", "skip"},         {"reason", "reasons"}};
	if (index >= (int)lines->rules->len)
		return;
	const char *group = g_ptr_array_index(lines->rules, (guint)index);
	printer_string(printer, "group", NULL, group);
	tell_words(lines, group, "changes", printer);
	tell_value(lines, group, "when", "when", printer);
	tell_words(lines, group, "must", printer);
	tell_words(lines, group, "questions", printer);
	for (size_t i = 0; i < G_N_ELEMENTS(dependent); i++)
		tell_lines(lines, group, dependent[i].name, dependent[i].key, printer);
}

/* "1 if decision-date = D4": one of the asks. */
static void tell_asks(const PlaybookLines *lines, const char *group, const char *key, Printer *printer)
{
	g_auto(GStrv) keys = g_key_file_get_keys(lines->file, group, NULL, NULL);
	printer_list(printer, key);
	for (char **at = keys; at != NULL && *at != NULL; at++) {
		char *end = NULL;
		int64_t number = g_ascii_strtoll(*at, &end, 10);
		if (number < 1)
			continue;
		g_autofree char *rule = g_key_file_get_string(lines->file, group, *at, NULL);
		printer_object(printer, NULL);
		printer_integer(printer, "number", NULL, number);
		printer_string(printer, "if", NULL, g_str_has_prefix(end, " if ") ? end + strlen(" if ") : NULL);
		printer_string(printer, "rule", NULL, rule);
		printer_object_end(printer);
	}
	printer_list_end(printer);
}

void tell_ask_lines(const PlaybookLines *lines, Printer *printer)
{
	tell_asks(lines, ASKS, "asks", printer);
	tell_asks(lines, POSTPONED, "after_postponement", printer);
	tell_value(lines, ASKS, "limit", "limit", printer);
	tell_value(lines, ASKS, "wait", "wait", printer);
	tell_lines(lines, ASKS, "interval", "intervals", printer);
}
