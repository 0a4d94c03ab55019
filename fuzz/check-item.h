/* check-item.h - what holds of every item that a reader yields, whatever the bytes were.
 *
 * For the fuzzers of the room exchange.
 */
#pragma once

#include <base/limits.h>
#include <base/text.h>
#include <exchange/item.h>
#include <string.h>

enum { CHECK_TEXT_BYTES = 64 * 1024 };

static inline void check_text(const char *text, TextKind kind)
{
	if (text == NULL)
		return;
	g_assert_cmpstr(text_find_fault(text, strlen(text), CHECK_TEXT_BYTES, kind), ==, NULL);
	g_assert_false(text_is_blank(text));
}

static inline void check_person(const ItemPerson *person)
{
	check_text(person->uid, TEXT_LINE);
	check_text(person->name, TEXT_NAME);
	check_text(person->email, TEXT_NAME);
	check_text(person->phone, TEXT_NAME);
	check_text(person->address, TEXT_BLOCK);
	check_text(person->linkedin, TEXT_NAME);
	check_text(person->company, TEXT_NAME);
	check_text(person->title, TEXT_LINE);
	check_text(person->answer, TEXT_LINE);
	g_assert_true(person->email == NULL || strchr(person->email, '@') != NULL);
	g_assert_true(person->role >= WORD_NONE && person->role < ROLE_COUNT);
}

static inline void check_times(const Item *item, int64_t now)
{
	g_assert_true((item->start == TIME_NONE) == (item->end == TIME_NONE));
	g_assert_true((item->start == TIME_NONE) == (item->zone == NULL));
	g_assert_cmpint(item->end, >=, item->start);
	g_assert_cmpuint(item->next->len, <=, ITEM_NEXT_MAX);
	int64_t before = now;
	for (guint i = 0; i < item->next->len; i++) {
		int64_t at = g_array_index(item->next, int64_t, i);
		g_assert_cmpint(at, >, before);
		before = at;
	}
}

static inline void check_item(const Item *item, int64_t now)
{
	g_assert_true(item->kind >= 0 && item->kind < ITEM_KIND_COUNT);
	const char *const lines[] = {item->error, item->uid,   item->summary, item->zone_said,
								 item->rule,  item->place, item->video};
	for (size_t i = 0; i < G_N_ELEMENTS(lines); i++)
		check_text(lines[i], TEXT_LINE);
	check_text(item->description, TEXT_BLOCK);
	check_text(item->notes, TEXT_BLOCK);
	check_text(item->company, TEXT_NAME);
	check_times(item, now);
	for (guint i = 0; i < item->people->len; i++)
		check_person(item->people->pdata[i]);
}
