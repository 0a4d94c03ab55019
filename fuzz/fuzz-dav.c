/* fuzz-dav.c - any bytes as what a CalDAV server answers to PROPFIND.
 *
 * What is read of it are names and versions within their bounds, and no name leads out of the calendar's folder.
 */
#include "dav-answer.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { TEXT_BYTES = 2048 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(DavAnswer) answer = dav_answer_read((const char *)data, size);
	for (guint i = 0; answer != NULL && i < answer->items->len; i++) {
		const DavItem *item = g_ptr_array_index(answer->items, i);
		g_assert_cmpuint(strlen(item->name), <=, TEXT_BYTES);
		g_assert_true(*item->name != '\0');
		g_assert_true(item->etag == NULL || strlen(item->etag) <= TEXT_BYTES);
	}
	return 0;
}
