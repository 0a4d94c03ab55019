/* part-args.c - see part-args.h.
 */
#include "part-args.h"

bool part_from_args(const OpArgs *args, int usual, int most, ListPart *ret_part, GError **error)
{
	enum { OFFSET_MAX = 100000000 };
	int64_t limit = op_args_get_int(args, "limit", usual), offset = op_args_get_int(args, "offset", 0);
	if (limit < 1 || limit > most)
		return base_error_set(error, BASE_ERROR_INVALID, "limit", "--limit is a number from 1 to %d.", most);
	if (offset < 0 || offset > OFFSET_MAX)
		return base_error_set(error, BASE_ERROR_INVALID, "offset", "--offset is a number from 0 to %d.", OFFSET_MAX);
	ret_part->limit = (int)limit + 1;
	ret_part->offset = (int)offset;
	return true;
}

bool part_tell(const ListPart *part, GPtrArray *rows, Printer *printer)
{
	bool more = (int)rows->len == part->limit;
	if (more)
		g_ptr_array_set_size(rows, part->limit - 1);
	printer_integer(printer, "offset", NULL, part->offset);
	printer_boolean(printer, "more", more);
	return more;
}
