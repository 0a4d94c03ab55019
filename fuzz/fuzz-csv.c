/* fuzz-csv.c - any bytes as a sheet: no crash, and every item fit to be shown and stored.
 */
#include <base/limits.h>
#include <base/text.h>
#include <exchange/read.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect_fit(const char *text, size_t limit, TextKind kind)
{
	g_assert(text == NULL || (text[0] != '\0' && text_find_fault(text, strlen(text), limit, kind) == NULL));
}

static void expect_item(const Item *item)
{
	g_assert(item->line > 0);
	expect_fit(item->company, LIMIT_NAME_BYTES, TEXT_NAME);
	expect_fit(item->position, LIMIT_NAME_BYTES, TEXT_NAME);
	expect_fit(item->place, LIMIT_NAME_BYTES, TEXT_LINE);
	expect_fit(item->status_said, LIMIT_NAME_BYTES, TEXT_LINE);
	expect_fit(item->error, LIMIT_TEXT_BYTES, TEXT_LINE);
	expect_fit(item->notes, LIMIT_TEXT_BYTES, TEXT_BLOCK);
	for (guint i = 0; i < item->people->len; i++) {
		const ItemPerson *person = g_ptr_array_index(item->people, i);
		expect_fit(person->name, LIMIT_NAME_BYTES, TEXT_NAME);
		expect_fit(person->email, LIMIT_NAME_BYTES, TEXT_NAME);
		expect_fit(person->phone, LIMIT_NAME_BYTES, TEXT_NAME);
		expect_fit(person->address, LIMIT_TEXT_BYTES, TEXT_BLOCK);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static Zone *zone;
	g_autoptr(GPtrArray) items = NULL;
	if (zone == NULL)
		zone = zone_load("UTC", NULL);
	const ReadRequest request = {
		.bytes = (const char *)data,
		.length = size,
		.file = "sheet.csv",
		.zone = zone,
		.date_order = size > 0 ? (DateOrder)(data[size - 1] % 3) : DATE_ORDER_OPEN,
	};
	if (!exchange_read(&request, &items, NULL))
		return 0;
	for (guint i = 0; i < items->len; i++)
		expect_item(g_ptr_array_index(items, i));
	return 0;
}
