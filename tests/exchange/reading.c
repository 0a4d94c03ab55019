/* reading.c - a text through the room's one entry.
 */
#include "reading.h"

#include <string.h>

static GPtrArray *read_or_refuse(const void *bytes, size_t length, char **ret_message)
{
	static const char *const own[] = {"ana@example.net", NULL};
	g_autoptr(Zone) zone = zone_load("America/Phoenix", NULL);
	ReadRequest request = {.bytes = bytes, .length = length, .file = "tried", .zone = zone, .now = NOW, .own = own};
	GPtrArray *items = NULL;
	g_autoptr(GError) error = NULL;
	if (!exchange_read(&request, &items, &error))
		*ret_message = g_strdup(error->message);
	return items;
}

GPtrArray *read_bytes(const void *bytes, size_t length)
{
	g_autofree char *message = NULL;
	GPtrArray *items = read_or_refuse(bytes, length, &message);
	g_assert_cmpstr(message, ==, NULL);
	return items;
}

GPtrArray *read_items(const char *text)
{
	return read_bytes(text, strlen(text));
}

char *read_refusal(const char *text)
{
	char *message = NULL;
	g_autoptr(GPtrArray) items = read_or_refuse(text, strlen(text), &message);
	g_assert_null(items);
	return message;
}

const Item *item_at(const GPtrArray *items, guint at)
{
	g_assert_cmpuint(at, <, items->len);
	return items->pdata[at];
}

const ItemPerson *person_at(const Item *item, guint at)
{
	g_assert_cmpuint(at, <, item->people->len);
	return item->people->pdata[at];
}

char *calendar_with(const char *lines)
{
	return g_strconcat("BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\n", lines, "\nEND:VEVENT\nEND:VCALENDAR\n", NULL);
}
