/* import-match.c - which opportunity a row is about: those on record, and those that rows before it made.
 */
#include "import-job.h"
#include "ops.h"

#include <base/text.h>

enum { NAMES_LOOKED_AT = 200, PEOPLE_LOOKED_AT = 20 };

static bool is_legal_form(const char *word)
{
	static const char *const forms[] = {"inc",  "incorporated", "llc", "ltd",     "limited", "gmbh", "ag",   "se",
										"corp", "corporation",  "co",  "company", "plc",     "sa",   "sarl", "sas",
										"srl",  "spa",          "bv",  "nv",      "kg",      "mbh",  "ug",   "ab",
										"oy",   "as",           "pty", "pte",     "the",     NULL};
	return g_strv_contains(forms, word);
}

/* "globex" of "Globex, Inc.": plain words without what only says how a company is founded. */
static char *match_name(const char *company)
{
	g_autofree char *folded = g_utf8_casefold(company, -1);
	g_autoptr(GString) words = g_string_new(NULL);
	for (const char *at = folded; *at != '\0'; at = g_utf8_next_char(at))
		if (g_unichar_isalnum(g_utf8_get_char(at)))
			g_string_append_len(words, at, g_utf8_next_char(at) - at);
		else if (*at != '\'' && *at != '.')
			g_string_append_c(words, ' ');
	g_auto(GStrv) parts = g_strsplit(words->str, " ", -1);
	GString *name = g_string_new(NULL);
	for (char **part = parts; *part != NULL; part++)
		if ((*part)[0] != '\0' && !is_legal_form(*part))
			g_string_append_printf(name, "%s%s", name->len == 0 ? "" : " ", *part);
	if (name->len == 0)
		g_string_assign(name, folded);
	return g_string_free(name, FALSE);
}

static bool is_same_company(const char *company, const char *wanted, bool guessed)
{
	g_autofree char *name = match_name(company), *other = match_name(wanted);
	if (strcmp(name, other) == 0)
		return true;
	size_t length = strlen(other);
	return guessed && strncmp(name, other, length) == 0 && name[length] == ' ';
}

static bool is_same_text(const char *one, const char *other)
{
	g_autofree char *a = g_utf8_casefold(one == NULL ? "" : one, -1),
					*b = g_utf8_casefold(other == NULL ? "" : other, -1);
	return strcmp(a, b) == 0;
}

/* Plans take room, and only those that are saved need one: the job has one for all. */
static ImportTarget *add_target(ImportJob *job, Case *item)
{
	ImportTarget *target = g_new0(ImportTarget, 1);
	g_clear_pointer(&item->plan, plan_free);
	target->item = item;
	target->change = change_new(item->record);
	g_ptr_array_add(job->targets, target);
	return target;
}

bool import_load_target(ImportJob *job, int64_t id, ImportTarget **ret_target, GError **error)
{
	Case *item = NULL;
	ImportTarget *target = g_hash_table_lookup(job->by_id, &id);
	if (target == NULL) {
		if (!case_load_id(job->app, id, &item, error))
			return false;
		target = add_target(job, item);
		g_hash_table_insert(job->by_id, &item->record->id, target);
	}
	*ret_target = target;
	return true;
}

bool import_add_target(ImportJob *job, const char *company, const char *zone, ImportTarget **ret_target, GError **error)
{
	const Playbook *playbook = NULL;
	g_autofree char *name = match_name(company);
	g_autoptr(Zone) theirs = zone == NULL ? NULL : zone_load(zone, NULL);
	if (!desk_playbook_load(job->app, NULL, &playbook, error))
		return false;
	Facts *facts = facts_new(theirs == NULL ? job->app->zone : theirs);
	facts->company = g_strdup(company);
	Case *item = g_new0(Case, 1);
	*item = (Case){.record = record_new(ACCOUNT_SELF, facts), .playbook = playbook};
	item->record->created_at = job->app->now;
	*ret_target = add_target(job, item);
	(*ret_target)->changed = true;
	GPtrArray *same = g_hash_table_lookup(job->by_company, name);
	if (same == NULL) {
		same = g_ptr_array_new();
		g_hash_table_insert(job->by_company, g_steal_pointer(&name), same);
	}
	g_ptr_array_add(same, *ret_target);
	return true;
}

/* Those that could be meant: with a position those that have it, else those that have none yet; without one, all. */
typedef struct Candidates {
	const char *position;
	GArray *ids;      /* of int64_t, on record */
	GPtrArray *fresh; /* of ImportTarget */
	int exact, open;
} Candidates;

static bool takes_position(Candidates *found, const char *position)
{
	bool exact = found->position == NULL || (position != NULL && is_same_text(position, found->position));
	if (!exact && position != NULL)
		return false;
	if (exact && found->exact == 0 && found->open > 0) { /* one that has it goes before one that has none */
		g_array_set_size(found->ids, 0);
		g_ptr_array_set_size(found->fresh, 0);
		found->open = 0;
	}
	*(exact ? &found->exact : &found->open) += 1;
	return exact || found->exact == 0;
}

/* What to search the list for: "Globex" may be on record as "Globex, Inc.", and the other way round; what stands before
 * the first sign, without a legal form behind it, begins both. */
static char *search_name(const char *company)
{
	const char *end = company;
	while (*end != '\0' && (*end == ' ' || g_unichar_isalnum(g_utf8_get_char(end))))
		end = g_utf8_next_char(end);
	g_autofree char *begin = g_strndup(company, (size_t)(end - company));
	for (char *last = strrchr(g_strstrip(begin), ' '); last != NULL; last = strrchr(begin, ' ')) {
		g_autofree char *word = g_utf8_casefold(last + 1, -1);
		if (!is_legal_form(word))
			break;
		*last = '\0';
		g_strchomp(begin);
	}
	return g_steal_pointer(&begin);
}

static bool list_rows(ImportJob *job, const char *company, GPtrArray **ret_rows, GError **error)
{
	g_autofree char *name = search_name(company);
	return store_list_beginning(job->app->store, ACCOUNT_SELF, name, NAMES_LOOKED_AT, ret_rows, error);
}

static bool collect(ImportJob *job, const char *company, bool guessed, Candidates *found, GError **error)
{
	g_autoptr(GPtrArray) rows = NULL;
	g_autofree char *name = match_name(company);
	if (!list_rows(job, company, &rows, error))
		return false;
	for (guint i = 0; i < rows->len; i++) {
		const ListRow *row = g_ptr_array_index(rows, i);
		const ImportTarget *known = g_hash_table_lookup(job->by_id, &row->id);
		const char *position = known == NULL ? row->position : known->item->record->facts->position;
		if (is_same_company(row->company, company, guessed) && takes_position(found, position))
			g_array_append_val(found->ids, row->id);
	}
	const GPtrArray *fresh = g_hash_table_lookup(job->by_company, name);
	for (guint i = 0; fresh != NULL && i < fresh->len; i++) {
		ImportTarget *target = g_ptr_array_index(fresh, i);
		if (takes_position(found, target->item->record->facts->position))
			g_ptr_array_add(found->fresh, target);
	}
	return true;
}

bool import_find(
	ImportJob *job, const char *company, const char *position, bool guessed, ImportTarget **ret_target, GError **error)
{
	g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
	g_autoptr(GPtrArray) fresh = g_ptr_array_new();
	Candidates found = {.position = position, .ids = ids, .fresh = fresh};
	*ret_target = NULL;
	if (!collect(job, company, guessed, &found, error))
		return false;
	if (ids->len + fresh->len > 1)
		return base_error_set(
			error, BASE_ERROR_INVALID, "opportunity",
			"%u opportunities at %s could be meant; --opportunity says which, by its number.", ids->len + fresh->len,
			company);
	if (ids->len == 1)
		return import_load_target(job, g_array_index(ids, int64_t, 0), ret_target, error);
	*ret_target = fresh->len == 1 ? g_ptr_array_index(fresh, 0) : NULL;
	return true;
}

/* True if the person of a row on record has that address. */
static bool has_address(ImportJob *job, const PersonRow *row, const char *email, ImportTarget **ret_target)
{
	if (!import_load_target(job, row->opportunity, ret_target, NULL))
		return false;
	const Facts *facts = (*ret_target)->item->record->facts;
	if (row->index >= (int)facts->people->len)
		return false;
	const char *known = facts_person(facts, row->index)->email;
	return known != NULL && g_ascii_strcasecmp(known, email) == 0;
}

bool import_find_by_people(ImportJob *job, const GPtrArray *people, ImportTarget **ret_target, GError **error)
{
	ImportTarget *found = NULL;
	*ret_target = NULL;
	for (guint i = 0; i < people->len; i++) {
		const ItemPerson *person = g_ptr_array_index(people, i);
		g_autofree char *name = import_name_of(person);
		g_autoptr(GPtrArray) rows = NULL;
		if (name == NULL || person->email == NULL)
			continue;
		if (!store_people_named(job->app->store, ACCOUNT_SELF, name, PEOPLE_LOOKED_AT, &rows, error))
			return false;
		for (guint row = 0; row < rows->len; row++) {
			ImportTarget *target = NULL;
			if (!has_address(job, g_ptr_array_index(rows, row), person->email, &target))
				continue;
			if (found != NULL && found != target)
				return true; /* several: not told by them */
			found = target;
		}
	}
	*ret_target = found;
	return true;
}

bool import_load_invitations(ImportJob *job, ImportTarget *target, GError **error)
{
	if (target->invitations != NULL)
		return true;
	if (target->item->record->revision != 0)
		return store_invitation_list(
			job->app->store, ACCOUNT_SELF, target->item->record->id, &target->invitations, error);
	target->invitations = g_ptr_array_new_with_free_func((GDestroyNotify)invitation_free);
	return true;
}

bool import_touch(ImportJob *job, ImportTarget *target, GError **error)
{
	const Record *record = target->item->record;
	if (!import_load_invitations(job, target, error))
		return false;
	if (target->before == NULL && record->revision != 0) {
		target->before = import_format_before(record, target->invitations);
		change_put_all(target->change);
	}
	target->changed = true;
	return true;
}

bool import_cannot(ImportRow *row, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	g_free(row->reason);
	row->reason = g_strdup_vprintf(format, args);
	row->action = IMPORT_CANNOT;
	va_end(args);
	return true;
}
