/* read.c - which reader a file belongs to, told from its own bytes.
 */
#include <exchange/read.h>

#include "csv.h"
#include "format.h"

#include <base/error.h>
#include <base/limits.h>
#include <string.h>

enum { LOOK_BYTES = 4096 }; /* how far into a file its first words are looked for */

/* The beginning of the file as ASCII letters: NULs of UTF-16 and bytes that are no ASCII are passed over. */
static void look(const ReadRequest *request, char buffer[LOOK_BYTES + 1])
{
	size_t used = 0;
	for (size_t i = 0; i < request->length && i < LOOK_BYTES; i++)
		if (request->bytes[i] > ' ' && request->bytes[i] < 0x7f)
			buffer[used++] = g_ascii_toupper(request->bytes[i]);
	buffer[used] = '\0';
}

static bool is_vcard(const char *start)
{
	/* A card whose first line was lost still begins with one of its properties. */
	static const char *const begins[] = {"VERSION:2.1", "VERSION:3.0", "VERSION:4.0", "FN:", "N:", "FN;"};
	if (strstr(start, "BEGIN:VCARD") != NULL)
		return true;
	for (size_t i = 0; i < G_N_ELEMENTS(begins); i++)
		if (g_str_has_prefix(start, begins[i]))
			return true;
	return false;
}

static bool is_ical(const char *start)
{
	static const char *const words[] = {"BEGIN:VCALENDAR", "BEGIN:VEVENT", "BEGIN:VTIMEZONE"};
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		if (strstr(start, words[i]) != NULL)
			return true;
	return false;
}

static bool read_format(const ReadRequest *request, GPtrArray *items, GError **error)
{
	char start[LOOK_BYTES + 1];
	look(request, start);
	if (start[0] == '\0')
		return base_error_set(
			error, BASE_ERROR_INVALID, request->file,
			"%s is empty; a calendar (.ics), cards (.vcf) or a sheet (.csv) can be read.", request->file);
	if (is_ical(start))
		return ical_read(request, items, error);
	return is_vcard(start) ? vcard_read(request, items, error) : csv_read(request, items, error);
}

bool exchange_read(const ReadRequest *request, GPtrArray **ret_items, GError **error)
{
	if (request->length > LIMIT_IMPORT_BYTES)
		return base_error_set(
			error, BASE_ERROR_INVALID, request->file, "%s is larger than %d MB; divide it into smaller files.",
			request->file, LIMIT_IMPORT_BYTES / (1024 * 1024));
	g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func((GDestroyNotify)item_free);
	if (!read_format(request, items, error))
		return false;
	*ret_items = g_steal_pointer(&items);
	return true;
}
