/* read.c - which reader a file belongs to, told from its own bytes.
 */
#include <exchange/read.h>

#include <base/error.h>
#include <base/limits.h>

static bool read_format(const ReadRequest *request, GPtrArray *items, GError **error)
{
	return base_error_set(
		error, BASE_ERROR_INVALID, request->file,
		"%s is neither a calendar (.ics) nor cards (.vcf) nor a sheet (.csv); one of these can be read.",
		request->file);
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
