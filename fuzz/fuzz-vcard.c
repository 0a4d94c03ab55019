/* fuzz-vcard.c - any bytes as cards; and what was read, written and read again.
 *
 * Every item keeps its promises, and a person who was written as a card comes back as the same.
 */
#include "check-item.h"

#include <base/error.h>
#include <exchange/read.h>
#include <exchange/write.h>
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static GPtrArray *read_cards(const Zone *zone, const char *bytes, size_t length)
{
	ReadRequest request = {.bytes = bytes, .length = length, .file = "people.vcf", .zone = zone, .now = 1795000000};
	GPtrArray *items = NULL;
	g_autoptr(GError) error = NULL;
	if (!exchange_read(&request, &items, &error))
		g_assert_true(error->domain == BASE_ERROR && error->code == BASE_ERROR_INVALID);
	return items;
}

static void check_again(const Zone *zone, ItemPerson *person)
{
	g_autoptr(GPtrArray) one = g_ptr_array_new();
	g_ptr_array_add(one, person);
	g_autoptr(GString) text = NULL;
	g_assert_true(exchange_write_vcards(one, &text, NULL));
	g_autoptr(GPtrArray) items = read_cards(zone, text->str, text->len);
	g_assert_nonnull(items);
	g_assert_cmpuint(items->len, ==, 1);
	const ItemPerson *again = ((const Item *)items->pdata[0])->people->pdata[0];
	g_assert_cmpstr(again->name, ==, person->name != NULL ? person->name : person->email);
	g_assert_cmpstr(again->email, ==, person->email);
	g_assert_cmpstr(again->title, ==, person->title);
	g_assert_cmpstr(again->phone, ==, person->phone);
	g_assert_cmpstr(again->company, ==, person->company);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(Zone) zone = zone_load("America/Phoenix", NULL);
	g_autoptr(GByteArray) bytes = g_byte_array_new();
	/* The reader that is meant is told by the first line; UTF-16 has to tell it itself. */
	if (size < 2 || data[0] < 0xfe)
		g_byte_array_append(bytes, (const guint8 *)"BEGIN:VCARD\n", 12);
	g_byte_array_append(bytes, data, (guint)size);
	g_autoptr(GPtrArray) items = read_cards(zone, (const char *)bytes->data, bytes->len);
	for (guint i = 0; items != NULL && i < items->len; i++) {
		const Item *item = items->pdata[i];
		check_item(item, 1795000000);
		if (item->kind == ITEM_PERSON && item->error == NULL)
			check_again(zone, item->people->pdata[0]);
	}
	return 0;
}
