/* json-twice.c - counts keys, and walks the text again only to say where one stands twice.
 *
 * Where nothing is escaped and there is no single quote, half the quotes are the keys and the texts together, and
 * quotes are counted eight bytes at a time; else strings are told from what is outside of them.
 */
#include "json-twice.h"

#include <base/text.h>
#include <glib.h>
#include <stdint.h>
#include <string.h>

/* How many bytes are a quote. A sum of eight bytes is taken apart before one of them could overflow. */
static size_t count_quotes(const char *text, size_t length)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), lows = ones * 0x7F;
	size_t count = 0, i = 0;
	while (i + 8 <= length) {
		uint64_t sums = 0;
		for (int rounds = 0; rounds < 255 && i + 8 <= length; rounds++, i += 8) {
			uint64_t bytes;
			memcpy(&bytes, text + i, sizeof bytes);
			bytes ^= ones * '"';
			sums += (~(((bytes & lows) + lows) | bytes | lows)) >> 7; /* 1 where the byte is zero now */
		}
		for (; sums != 0; sums >>= 8)
			count += sums & 0xFF;
	}
	for (; i < length; i++)
		count += text[i] == '"';
	return count;
}

/* The byte after the string that begins at a quote. */
static const char *skip_string(const char *at, const char *end)
{
	for (at++; at < end && *at != '"'; at++)
		at += *at == '\\';
	return at < end ? at + 1 : end;
}

const char *json_find_single_quote(const char *text, size_t length)
{
	const char *end = text + length, *at = text;
	while (at < end && *at != '\'')
		at = *at == '"' ? skip_string(at, end) : at + 1;
	return at < end ? at : NULL;
}

static size_t count_keys(const char *text, size_t length)
{
	const char *end = text + length, *at = text;
	size_t keys = 0;
	while (at < end) {
		keys += *at == ':';
		at = *at == '"' ? skip_string(at, end) : at + 1;
	}
	return keys;
}

bool json_holds(const char *text, size_t length, size_t keys, size_t values)
{
	if (memchr(text, '\\', length) == NULL && memchr(text, '\'', length) == NULL)
		return count_quotes(text, length) == 2 * (keys + values);
	return count_keys(text, length) == keys && json_find_single_quote(text, length) == NULL;
}

typedef struct Walk {
	const char *at, *end;
	GString *place;
} Walk;

static void skip_space(Walk *walk)
{
	while (walk->at < walk->end && strchr(" \t\r\n,:", *walk->at) != NULL)
		walk->at++;
}

/* The raw text between the quotes that begin here; steps behind them. */
static char *take_string(Walk *walk)
{
	const char *begin = walk->at + 1;
	walk->at = skip_string(walk->at, walk->end);
	return g_strndup(begin, (gsize)(walk->at - 1 - begin));
}

static bool find_in_value(Walk *walk);

static bool find_in_object(Walk *walk)
{
	g_autoptr(GHashTable) keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	size_t length = walk->place->len;
	for (walk->at++, skip_space(walk); walk->at < walk->end && *walk->at == '"'; skip_space(walk)) {
		char *key = take_string(walk);
		g_autofree char *shown = text_to_show(key, 64);
		g_string_append_printf(walk->place, ".%s", shown);
		if (!g_hash_table_add(keys, key) || find_in_value(walk))
			return true;
		g_string_truncate(walk->place, length);
	}
	walk->at++;
	return false;
}

static bool find_in_array(Walk *walk)
{
	size_t length = walk->place->len;
	int index = 0;
	for (walk->at++, skip_space(walk); walk->at < walk->end && *walk->at != ']'; skip_space(walk)) {
		g_string_append_printf(walk->place, "[%d]", index++);
		if (find_in_value(walk))
			return true;
		g_string_truncate(walk->place, length);
	}
	walk->at++;
	return false;
}

static bool find_in_value(Walk *walk)
{
	skip_space(walk);
	if (walk->at >= walk->end)
		return false;
	if (*walk->at == '{')
		return find_in_object(walk);
	if (*walk->at == '[')
		return find_in_array(walk);
	if (*walk->at == '"')
		g_free(take_string(walk));
	else
		while (walk->at < walk->end && strchr(" \t\r\n,]}", *walk->at) == NULL)
			walk->at++;
	return false;
}

char *json_find_twice(const char *text, size_t length, const char *root)
{
	Walk walk = {.at = text, .end = text + length, .place = g_string_new(root)};
	bool found = find_in_value(&walk);
	return g_string_free(walk.place, !found);
}
