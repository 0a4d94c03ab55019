/* fuzz-ical.c - any bytes as a calendar.
 *
 * Every item that comes out keeps its promises: clean texts, an end not before its start, the next starts in order and
 * later than now.  What is refused is refused in one sentence.
 */
#include "check-item.h"

#include <base/error.h>
#include <exchange/read.h>
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const own[] = {"ana@example.net", NULL};
	g_autoptr(Zone) zone = zone_load("America/Phoenix", NULL);
	g_autoptr(GByteArray) bytes = g_byte_array_new();
	/* The reader that is meant is told by the first line; UTF-16 has to tell it itself. */
	if (size < 2 || data[0] < 0xfe)
		g_byte_array_append(bytes, (const guint8 *)"BEGIN:VCALENDAR\n", 16);
	g_byte_array_append(bytes, data, (guint)size);
	ReadRequest request = {
		.bytes = (const char *)bytes->data,
		.length = bytes->len,
		.file = "invitation.ics",
		.zone = zone,
		.now = 1795000000,
		.own = own,
	};
	g_autoptr(GPtrArray) items = NULL;
	g_autoptr(GError) error = NULL;
	if (!exchange_read(&request, &items, &error)) {
		g_assert_true(error->domain == BASE_ERROR && error->code == BASE_ERROR_INVALID);
		return 0;
	}
	for (guint i = 0; i < items->len; i++) {
		check_item(items->pdata[i], request.now);
		const Item *item = items->pdata[i];
		for (guint p = 0; p < item->people->len; p++)
			g_assert_cmpstr(((const ItemPerson *)item->people->pdata[p])->email, !=, own[0]);
	}
	return 0;
}
