/* lists.c - looking words up in the flat tables.
 *
 * Open addressing, at most half full: a word of a note costs one hash and about one comparison.
 */
#include "lists.h"
#include "inflect.h"

#include <string.h>

uint32_t list_hash(const char *text, size_t length)
{
	uint32_t hash = 2166136261u;
	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)text[i]) * 16777619u;
	return hash ^ (hash >> 15);
}

WordId lists_find(const ReviewLists *lists, const char *word, size_t length)
{
	for (uint32_t slot = list_hash(word, length) & lists->slot_mask; lists->slots[slot];
		 slot = (slot + 1) & lists->slot_mask) {
		const ListWord *found = &lists->words[lists->slots[slot]];
		if (found->length == length && memcmp(lists->chars + found->text, word, length) == 0)
			return lists->slots[slot];
	}
	return 0;
}

WordId lists_find_marked(const ReviewLists *lists, char mark, const char *word, size_t length)
{
	char marked[64];
	if (length + 1 > sizeof marked)
		return 0;
	marked[0] = mark;
	memcpy(marked + 1, word, length);
	return lists_find(lists, marked, length + 1);
}

static const ListKin *find_groups(const ListKin *kin, uint32_t count, WordId word, uint32_t *ret_count)
{
	uint32_t low = 0, high = count, end;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (kin[middle].word < word)
			low = middle + 1;
		else
			high = middle;
	}
	for (end = low; end < count && kin[end].word == word;)
		end++;
	*ret_count = word ? end - low : 0;
	return kin + low;
}

const ListKin *lists_get_kin(const ReviewLists *lists, WordId word, uint32_t *ret_count)
{
	return find_groups(lists->kin, lists->kin_count, word, ret_count);
}

const char *lists_find_form(const ReviewLists *lists, WordId word, unsigned set)
{
	bool noun = set == SET_NOUN || set == SET_NOUNS;
	unsigned form = noun ? set - SET_NOUN : set - SET_VERB;
	uint32_t count;
	const ListKin *of = find_groups(lists->form_of, lists->form_of_count, word, &count);
	for (uint32_t i = 0; i < count; i++) {
		const ListForms *forms = &lists->forms[of[i].group];
		if ((forms->forms[FORM_ING] == 0) == noun && form < FORM_COUNT && forms->forms[form])
			return lists->chars + lists->words[forms->forms[form]].text;
	}
	return NULL;
}

bool lists_are_kin(const ReviewLists *lists, WordId a, WordId b)
{
	uint32_t a_count, b_count;
	const ListKin *left = lists_get_kin(lists, a, &a_count), *right = lists_get_kin(lists, b, &b_count);
	for (uint32_t i = 0; i < a_count; i++)
		for (uint32_t j = 0; j < b_count; j++)
			if (left[i].group == right[j].group)
				return true;
	return false;
}
