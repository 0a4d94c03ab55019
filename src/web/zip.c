/* zip.c - gzip by zlib, at a level that costs little.
 */
#include "zip.h"

#include <string.h>
#include <zlib.h>

enum { ZIP_MIN_BYTES = 1024, GZIP_WINDOW = 15 + 16, MEMORY_LEVEL = 8, QUICK = 5 };

GString *zip_text(const char *text, size_t length)
{
	z_stream stream = {.next_in = (Bytef *)text, .avail_in = (uInt)length};
	if (length < ZIP_MIN_BYTES || length > UINT32_MAX / 2 ||
		deflateInit2(&stream, QUICK, Z_DEFLATED, GZIP_WINDOW, MEMORY_LEVEL, Z_DEFAULT_STRATEGY) != Z_OK)
		return NULL;
	g_autoptr(GString) zipped = g_string_sized_new(length / 2);
	g_string_set_size(zipped, length - length / 8); /* what does not fit is not worth it */
	stream.next_out = (Bytef *)zipped->str;
	stream.avail_out = (uInt)zipped->len;
	int status = deflate(&stream, Z_FINISH);
	g_string_truncate(zipped, stream.total_out);
	deflateEnd(&stream);
	return status == Z_STREAM_END ? g_steal_pointer(&zipped) : NULL;
}

/* "gzip" as a word of the list, unless it is said to be worth nothing ("gzip;q=0"). */
bool zip_is_wanted(const Request *request)
{
	const char *list = request->accept_encoding, *at = list == NULL ? NULL : strstr(list, "gzip");
	return at != NULL && (at == list || at[-1] == ' ' || at[-1] == ',') && strncmp(at + 4, ";q=0", 4) != 0;
}
