/* review-own.c - reads from the settings, the config folder and the other opportunities what a review is to know.
 *
 * Settings: "review.off" are rules switched off for good, "review.off.RECORD.DRAFT" for one note, "review.words" words
 * the user has said are right.
 */
#include "review-own.h"

#include <base/limits.h>
#include <inttypes.h>
#include <string.h>

enum { PEOPLE_MAX = 500, EARLIER_OPPORTUNITIES = 8, LIST_FILES_MAX = 32 };

#define SETTING_OFF "review.off"
#define SETTING_WORDS "review.words"

void review_own_clear(ReviewOwn *own)
{
	g_clear_pointer(&own->lists, review_lists_free);
	g_clear_pointer(&own->words, g_strfreev);
	g_clear_pointer(&own->people, g_ptr_array_unref);
	g_clear_pointer(&own->earlier, g_ptr_array_unref);
}

/* ---- rules ---- */

char *review_own_rules_say(uint64_t bits)
{
	GString *text = g_string_new(NULL);
	for (int rule = 0; rule < REVIEW_RULE_COUNT; rule++)
		if (bits & REVIEW_RULE_BIT(rule))
			g_string_append_printf(text, "%s%s", text->len ? " " : "", review_rule_name(rule));
	return g_string_free(text, FALSE);
}

bool review_own_rules_read(const GPtrArray *names, uint64_t *ret_bits, GError **error)
{
	for (guint i = 0; i < names->len; i++) {
		int rule = review_rule_find(g_ptr_array_index(names, i));
		if (rule == WORD_NONE) {
			g_autofree char *all = review_own_rules_say(~UINT64_C(0));
			return base_error_set(
				error, BASE_ERROR_INVALID, "off", "There is no rule \"%s\"; the rules are %s.",
				(const char *)g_ptr_array_index(names, i), all);
		}
		*ret_bits |= REVIEW_RULE_BIT(rule);
	}
	return true;
}

/* Names a newer version has are passed over. */
static uint64_t rules_of_setting(const char *setting)
{
	uint64_t bits = 0;
	g_auto(GStrv) names = g_strsplit(setting ? setting : "", " ", -1);
	for (char **name = names; *name; name++) {
		int rule = review_rule_find(*name);
		bits |= rule == WORD_NONE ? 0 : REVIEW_RULE_BIT(rule);
	}
	return bits;
}

static char *setting_of(const Case *item, int draft)
{
	return item ? g_strdup_printf(SETTING_OFF ".%" PRId64 ".%d", item->record->id, draft) : g_strdup(SETTING_OFF);
}

void review_own_switch(App *app, const Case *item, int draft, uint64_t off, uint64_t on)
{
	g_autofree char *key = setting_of(item, draft);
	uint64_t bits = (rules_of_setting(desk_setting(app, key)) | off) & ~on;
	if (bits)
		g_hash_table_insert(app->account->settings, g_strdup(key), review_own_rules_say(bits));
	else
		g_hash_table_remove(app->account->settings, key);
}

uint64_t review_own_off(const App *app, const Case *item, int draft)
{
	g_autofree char *key = setting_of(item, draft);
	return rules_of_setting(desk_setting(app, key));
}

/* ---- lists ---- */

static int compare_names(gconstpointer a, gconstpointer b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static GPtrArray *list_files(const char *folder)
{
	GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	const char *name;
	while (dir && (name = g_dir_read_name(dir)) != NULL && names->len < LIST_FILES_MAX)
		if (g_str_has_suffix(name, ".words") && name[0] != '.')
			g_ptr_array_add(names, g_strdup(name));
	g_ptr_array_sort(names, compare_names);
	return names;
}

bool review_own_lists_load(const App *app, ReviewOwn *own, GError **error)
{
	g_autofree char *folder = g_build_filename(app->config_dir, "review", NULL);
	g_autoptr(GPtrArray) names = list_files(folder), texts = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GArray) sources = g_array_new(FALSE, FALSE, sizeof(ListSource));
	for (guint i = 0; i < names->len; i++) {
		g_autofree char *path = g_build_filename(folder, names->pdata[i], NULL);
		char *text = NULL;
		size_t length = 0;
		if (!desk_file_load(path, LIMIT_INPUT_BYTES, &text, &length, error))
			return false;
		g_ptr_array_add(texts, text);
		ListSource source = {names->pdata[i], text};
		g_array_append_val(sources, source);
	}
	return sources->len == 0 ||
		   review_lists_with_own((const ListSource *)sources->data, sources->len, &own->lists, error);
}

/* ---- other opportunities ---- */

static bool load_people(App *app, const Case *item, ReviewOwn *own, GError **error)
{
	g_autoptr(GPtrArray) rows = NULL;
	own->people = g_ptr_array_new_with_free_func(g_free);
	if (!store_people_find(app->store, ACCOUNT_SELF, "", PEOPLE_MAX, &rows, error))
		return false;
	for (guint i = 0; i < rows->len; i++) {
		const PersonRow *row = g_ptr_array_index(rows, i);
		if (row->opportunity != item->record->id)
			g_ptr_array_add(own->people, g_strdup(row->name));
	}
	g_ptr_array_add(own->people, NULL);
	return true;
}

static int compare_last(gconstpointer a, gconstpointer b)
{
	const ListRow *left = *(ListRow *const *)a, *right = *(ListRow *const *)b;
	return left->last_at == right->last_at ? 0 : left->last_at < right->last_at ? 1 : -1;
}

static bool add_earlier(App *app, int64_t id, const Draft *mine, GPtrArray *earlier, GError **error)
{
	g_autoptr(Record) record = NULL;
	if (!store_record_load(app->store, ACCOUNT_SELF, id, &record, error))
		return false;
	for (int i = 0; i < (int)record->drafts->len; i++) {
		const Draft *draft = record_draft(record, i);
		if (draft->approved_at != TIME_NONE && draft->step == mine->step && draft->channel == mine->channel)
			g_ptr_array_add(earlier, g_strdup(draft->body));
	}
	return true;
}

/* The notes approved for the same step in the opportunities where something happened last. */
static bool load_earlier(App *app, const Case *item, int index, ReviewOwn *own, GError **error)
{
	g_autoptr(GPtrArray) rows = NULL;
	own->earlier = g_ptr_array_new_with_free_func(g_free);
	if (!store_list(app->store, ACCOUNT_SELF, NULL, PEOPLE_MAX, &rows, error))
		return false;
	g_ptr_array_sort(rows, compare_last);
	for (guint i = 0, read = 0; i < rows->len && read < EARLIER_OPPORTUNITIES; i++) {
		const ListRow *row = g_ptr_array_index(rows, i);
		if (row->id == item->record->id || row->last_at == TIME_NONE)
			continue;
		if (!add_earlier(app, row->id, record_draft(item->record, index), own->earlier, error))
			return false;
		read++;
	}
	g_ptr_array_add(own->earlier, NULL);
	return true;
}

bool review_own_load(App *app, const Case *item, int draft, bool thorough, ReviewOwn *own, GError **error)
{
	g_autofree char *key = setting_of(item, draft);
	const char *words = desk_setting(app, SETTING_WORDS);
	own->off = rules_of_setting(desk_setting(app, SETTING_OFF)) | rules_of_setting(desk_setting(app, key));
	own->words = words ? g_strsplit(words, " ", -1) : NULL;
	return review_own_lists_load(app, own, error) &&
		   (!thorough || (load_people(app, item, own, error) && load_earlier(app, item, draft, own, error)));
}

void review_own_apply(const ReviewOwn *own, ReviewRequest *request)
{
	request->disabled |= own->off;
	request->lists = own->lists;
	request->own_words = (const char *const *)own->words;
	request->other_people = own->people ? (const char *const *)own->people->pdata : NULL;
	request->earlier = own->earlier ? (const char *const *)own->earlier->pdata : NULL;
}
