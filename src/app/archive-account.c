/* archive-account.c - what a document says of its user and their settings: what is not known yet comes in.
 *
 * What is known stays.  What came in is kept as JSON beside the import, so that taking it back takes that away again,
 * as long as nobody has changed it since.
 */
#include "archive.h"
#include "intake.h"

#include <base/limits.h>
#include <base/text.h>
#include <string.h>

#define PLAYBOOK_SETTING "playbook"

/* What comes in, on its way to being written down. */
typedef struct Filling {
	Account *account;
	ArchiveCounts *counts;
	JsonOut *out; /* of what came in */
} Filling;

typedef struct Name {
	const char *key;
	char **field;
} Name;

enum { NAMES = 5 };

static void list_names(Account *account, Name names[NAMES])
{
	const Name all[NAMES] = {
		{"zone", &account->zone},      {"name", &account->me.name},         {"email", &account->me.email},
		{"phone", &account->me.phone}, {"linkedin", &account->me.linkedin},
	};
	memcpy(names, all, sizeof all);
}

/* ---- in ---- */

static bool fill_names(Filling *filling, const JsonValue *value, GError **error)
{
	Name names[NAMES];
	list_names(filling->account, names);
	for (size_t i = 0; i < NAMES; i++) {
		const char *text = json_value_get_string(value, names[i].key);
		if (!archive_is_fit(text, LIMIT_NAME_BYTES, TEXT_NAME))
			return base_error_set(
				error, BASE_ERROR_INVALID, names[i].key, "account.%s is not a name on one line.", names[i].key);
		if (text == NULL || *names[i].field != NULL)
			continue;
		*names[i].field = g_strdup(text);
		json_out_key_string(filling->out, names[i].key, text);
		filling->counts->account_changed = true;
	}
	return true;
}

static void fill_skills(Filling *filling, const JsonValue *skills)
{
	g_autoptr(GPtrArray) texts = g_ptr_array_new();
	GPtrArray *mine = filling->account->me.skills;
	for (size_t i = 0; i < json_value_get_length(skills) && i < LIMIT_ITEMS; i++) {
		const char *skill = json_value_get_text(json_value_get_element(skills, i));
		if (skill != NULL && archive_is_fit(skill, LIMIT_TEXT_BYTES, TEXT_LINE))
			g_ptr_array_add(texts, (char *)skill);
	}
	if (mine->len > 0 || texts->len == 0)
		return;
	intake_list(mine, texts);
	archive_put_strings(filling->out, "skills", mine);
	filling->counts->account_changed = true;
}

static void fill_holidays(Filling *filling, const JsonValue *holidays)
{
	GArray *mine = filling->account->holidays;
	Day last = DAY_NONE, day = 0;
	if (mine->len > 0)
		return;
	for (size_t i = 0; i < json_value_get_length(holidays) && i < LIMIT_HOLIDAYS; i++) {
		const char *text = json_value_get_text(json_value_get_element(holidays, i));
		if (text == NULL || !day_parse(text, &day) || day <= last)
			continue;
		g_array_append_val(mine, day);
		last = day;
	}
	if (mine->len == 0)
		return;
	archive_put_days(filling->out, "holidays", mine);
	filling->counts->account_changed = filling->counts->plans_change = true;
}

/* What would have a command run or another file read comes in from no file: its user says it again. */
static bool is_left_out(const char *key, const char *text, ArchiveCounts *counts)
{
	bool secret = g_str_has_suffix(key, "secret-command") || g_str_has_suffix(key, "secret-file");
	bool playbook = strcmp(key, PLAYBOOK_SETTING) == 0 && desk_playbook_is_path(text);
	counts->command_left_out = counts->command_left_out || secret;
	counts->playbook_left_out = counts->playbook_left_out || playbook;
	return secret || playbook;
}

static void fill_settings(Filling *filling, const JsonValue *settings)
{
	GHashTable *mine = filling->account->settings;
	JsonMember member = {0};
	json_out_key(filling->out, "settings");
	json_out_object(filling->out);
	while (json_value_next_member(settings, &member)) {
		const char *text = json_value_get_text(member.value);
		if (text == NULL || !archive_is_fit(text, LIMIT_TEXT_BYTES, TEXT_LINE) ||
			!archive_is_fit(member.key, LIMIT_NAME_BYTES, TEXT_LINE) || g_hash_table_contains(mine, member.key))
			continue;
		if (is_left_out(member.key, text, filling->counts))
			continue;
		g_hash_table_insert(mine, g_strdup(member.key), g_strdup(text));
		json_out_key_string(filling->out, member.key, text);
		filling->counts->account_changed = true;
		filling->counts->plans_change = filling->counts->plans_change || strcmp(member.key, PLAYBOOK_SETTING) == 0;
	}
	json_out_object_end(filling->out);
}

bool archive_fill_account(Account *account, const JsonValue *value, JsonOut *out, ArchiveCounts *counts, GError **error)
{
	Filling filling = {account, counts, out};
	json_out_key(out, "account");
	json_out_object(out);
	if (!fill_names(&filling, value, error))
		return false;
	g_autoptr(Zone) zone = account->zone == NULL ? NULL : zone_load(account->zone, error);
	if (account->zone != NULL && zone == NULL)
		return false;
	fill_skills(&filling, json_value_find(value, "skills"));
	fill_holidays(&filling, json_value_find(value, "holidays"));
	fill_settings(&filling, json_value_find(value, "settings"));
	json_out_object_end(out);
	return true;
}

/* ---- back ---- */

/* Whether the lists are still what came in. */
static bool has_same_skills(const Account *account, const JsonValue *came)
{
	const GPtrArray *mine = account->me.skills;
	bool same = came != NULL && json_value_get_length(came) == mine->len;
	for (guint i = 0; same && i < mine->len; i++)
		same = g_strcmp0(json_value_get_text(json_value_get_element(came, i)), mine->pdata[i]) == 0;
	return same;
}

static bool has_same_holidays(const Account *account, const JsonValue *came)
{
	char day[DAY_TEXT_BYTES];
	const GArray *mine = account->holidays;
	bool same = came != NULL && json_value_get_length(came) == mine->len;
	for (guint i = 0; same && i < mine->len; i++) {
		const char *text = json_value_get_text(json_value_get_element(came, i));
		same = g_strcmp0(text, day_format(g_array_index(mine, Day, i), day)) == 0;
	}
	return same;
}

static bool empty_names(Account *account, const JsonValue *came)
{
	Name names[NAMES];
	bool changed = false;
	list_names(account, names);
	for (size_t i = 0; i < NAMES; i++) {
		const char *text = json_value_get_string(came, names[i].key);
		if (text == NULL || g_strcmp0(*names[i].field, text) != 0)
			continue;
		g_clear_pointer(names[i].field, g_free);
		changed = true;
	}
	return changed;
}

static bool empty_settings(Account *account, const JsonValue *came, bool *ret_plans_change)
{
	JsonMember member = {0};
	bool changed = false;
	while (json_value_next_member(came, &member)) {
		const char *now = g_hash_table_lookup(account->settings, member.key);
		if (now == NULL || g_strcmp0(now, json_value_get_text(member.value)) != 0)
			continue;
		changed = g_hash_table_remove(account->settings, member.key);
		*ret_plans_change = *ret_plans_change || strcmp(member.key, PLAYBOOK_SETTING) == 0;
	}
	return changed;
}

bool archive_empty_account(Account *account, const JsonValue *came, bool *ret_plans_change)
{
	bool skills = has_same_skills(account, json_value_find(came, "skills"));
	bool holidays = has_same_holidays(account, json_value_find(came, "holidays"));
	if (skills)
		g_ptr_array_set_size(account->me.skills, 0);
	if (holidays)
		g_array_set_size(account->holidays, 0);
	*ret_plans_change = holidays;
	bool names = empty_names(account, came);
	return empty_settings(account, json_value_find(came, "settings"), ret_plans_change) || names || skills || holidays;
}
