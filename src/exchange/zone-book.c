/* zone-book.c - name or definition: which of the two says what a time in a file means.
 *
 * Programs shorten their definitions (this year's rules for all years, none of the law's last change), so that a known
 * name is believed as long as the definition does not rule its offset out.
 */
#include "zone-book.h"

#include "zone-name.h"

#include <string.h>

enum { NAMES_MAX = 300, DEFINITIONS_MAX = 300, SAMPLES = 4, SAMPLE_DAYS = 91 };

typedef struct Entry {
	Zone *zone;       /* by name; or NULL */
	bool by_location; /* by the name beside the definition */
	ZoneDefinition *definition;
	const Zone *likeness; /* the one found last that shows what the definition says; or NULL */
	bool has_offset;      /* the name itself says an offset */
	int offset;
} Entry;

struct ZoneBook {
	const Zone *reference;
	GHashTable *entries;     /* char* to Entry* */
	GHashTable *definitions; /* char* to ZoneDefinition*, of the present calendar */
	GPtrArray *common;       /* of Zone*, loaded when first needed; else NULL */
	int names;               /* looked for among the system's zones so far */
	int64_t budget;
};

static void entry_free(void *data)
{
	Entry *entry = data;
	zone_unref(entry->zone);
	g_free(entry);
}

ZoneBook *zone_book_new(const Zone *reference)
{
	ZoneBook *book = g_new0(ZoneBook, 1);
	book->reference = reference;
	book->entries = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, entry_free);
	book->definitions = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)zone_definition_free);
	book->budget = RECUR_BUDGET;
	return book;
}

void zone_book_free(ZoneBook *book)
{
	if (book == NULL)
		return;
	g_hash_table_unref(book->entries);
	g_hash_table_unref(book->definitions);
	if (book->common != NULL)
		g_ptr_array_unref(book->common);
	g_free(book);
}

int64_t *zone_book_get_budget(ZoneBook *book)
{
	return &book->budget;
}

/* What a name stands for, looked up once a file. A file with more names than programs ever write costs no more. */
static Entry *get_entry(ZoneBook *book, const char *name)
{
	Entry *entry = g_hash_table_lookup(book->entries, name);
	if (entry != NULL)
		return entry;
	if (book->names >= NAMES_MAX)
		return NULL;
	book->names++;
	entry = g_new0(Entry, 1);
	entry->zone = zone_find_by_name(name);
	entry->has_offset = zone_name_find_offset(name, &entry->offset);
	entry->definition = g_hash_table_lookup(book->definitions, name);
	g_hash_table_insert(book->entries, g_strdup(name), entry);
	return entry;
}

void zone_book_take_definition(ZoneBook *book, const char *name, const char *location, ZoneDefinition *definition)
{
	if (g_hash_table_size(book->definitions) >= DEFINITIONS_MAX || g_hash_table_contains(book->definitions, name) ||
		zone_definition_is_empty(definition)) {
		zone_definition_free(definition);
		return;
	}
	g_hash_table_insert(book->definitions, g_strdup(name), definition);
	Entry *entry = get_entry(book, name);
	if (entry == NULL)
		return;
	entry->definition = definition;
	if (entry->zone != NULL || location == NULL)
		return;
	entry->zone = zone_find_by_name(location);
	entry->by_location = true;
}

void zone_book_forget_definitions(ZoneBook *book)
{
	if (g_hash_table_size(book->definitions) == 0)
		return;
	g_hash_table_remove_all(book->definitions);
	GHashTableIter iter;
	void *value;
	g_hash_table_iter_init(&iter, book->entries);
	while (g_hash_table_iter_next(&iter, NULL, &value)) {
		Entry *entry = value;
		entry->definition = NULL;
		if (entry->by_location)
			g_clear_pointer(&entry->zone, zone_unref);
		entry->by_location = false;
	}
}

static int64_t to_seconds(LocalTime local)
{
	return (int64_t)local.day * DAY_SECONDS + local.second;
}

static int offset_in(const Zone *zone, LocalTime local)
{
	return (int)(to_seconds(local) - zone_to_instant(zone, local.day, local.second));
}

static bool find_offset(ZoneBook *book, const Entry *entry, LocalTime local, int *ret_offset)
{
	if (entry->definition != NULL && zone_definition_find(entry->definition, local, 0, &book->budget, ret_offset, NULL))
		return true;
	*ret_offset = entry->definition != NULL ? zone_definition_get_first(entry->definition) : entry->offset;
	return entry->definition != NULL || entry->has_offset;
}

/* Whether a zone shows what the entry says, now and over the year after. */
static bool describes(ZoneBook *book, const Entry *entry, const Zone *zone, LocalTime local, int samples)
{
	for (int i = 0; i < samples; i++, local.day += SAMPLE_DAYS) {
		int offset;
		if (!find_offset(book, entry, local, &offset) || offset_in(zone, local) != offset)
			return false;
	}
	return true;
}

static void load_common(ZoneBook *book)
{
	if (book->common != NULL)
		return;
	book->common = g_ptr_array_new_with_free_func((GDestroyNotify)zone_unref);
	for (const char *const *name = zone_table_get_common(); *name != NULL; name++) {
		Zone *zone = zone_load(*name, NULL);
		if (zone != NULL)
			g_ptr_array_add(book->common, zone);
	}
}

/* A known zone that shows the same times as a nameless one: best the reference, then one that agrees all year, then one
 * that agrees now. */
static const Zone *find_likeness(ZoneBook *book, const Entry *entry, LocalTime local)
{
	static const int samples[] = {SAMPLES, 1};
	if (entry->likeness != NULL && describes(book, entry, entry->likeness, local, SAMPLES))
		return entry->likeness;
	load_common(book);
	for (size_t round = 0; round < G_N_ELEMENTS(samples); round++) {
		if (describes(book, entry, book->reference, local, samples[round]))
			return book->reference;
		for (guint i = 0; i < book->common->len; i++)
			if (describes(book, entry, book->common->pdata[i], local, samples[round]))
				return book->common->pdata[i];
	}
	return book->reference;
}

static ZonedTime resolve_by_reference(const ZoneBook *book, LocalTime local, bool unknown)
{
	return (
		ZonedTime){zone_to_instant(book->reference, local.day, local.second), zone_get_name(book->reference), unknown};
}

static ZonedTime resolve_by_offset(ZoneBook *book, Entry *entry, LocalTime local)
{
	int offset = 0;
	if (!find_offset(book, entry, local, &offset))
		return resolve_by_reference(book, local, true);
	entry->likeness = find_likeness(book, entry, local);
	return (ZonedTime){to_seconds(local) - offset, zone_get_name(entry->likeness), false};
}

ZonedTime zone_book_resolve(ZoneBook *book, const char *name, LocalTime local)
{
	Entry *entry = name == NULL ? NULL : get_entry(book, name);
	if (entry == NULL)
		return resolve_by_reference(book, local, name != NULL);
	if (entry->zone == NULL)
		return resolve_by_offset(book, entry, local);
	int64_t at = zone_to_instant(entry->zone, local.day, local.second);
	int by_name = (int)(to_seconds(local) - at), defined;
	bool usual = true;
	if (entry->definition != NULL &&
		zone_definition_find(entry->definition, local, by_name, &book->budget, &defined, &usual) &&
		defined != by_name && !usual)
		return resolve_by_offset(book, entry, local);
	return (ZonedTime){at, zone_get_name(entry->zone), false};
}

LocalTime zone_book_to_local(const ZoneBook *book, int64_t at)
{
	LocalTime local;
	local.day = zone_to_day(book->reference, at, &local.second);
	return local;
}
