/* lists-own.c - the lists that are built in together with files of a user's.
 *
 * A file of the same name stands in the place of one that is built in; any other comes on top of them.
 */
#include <note/review-lists.h>

#include "words-embedded.h"

#include <string.h>

const char *review_lists_text(const char *name)
{
	for (const EmbeddedFile *file = words_embedded; file->name != NULL; file++)
		if (strcmp(file->name, name) == 0)
			return file->text;
	return NULL;
}

const char *review_lists_name(size_t index)
{
	for (size_t i = 0; i <= index; i++)
		if (words_embedded[i].name == NULL)
			return NULL;
	return words_embedded[index].name;
}

static bool is_replaced(const char *name, const ListSource *own, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(own[i].name, name) == 0)
			return true;
	return false;
}

bool review_lists_with_own(const ListSource *own, size_t count, ReviewLists **ret_lists, GError **error)
{
	g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(ListSource));
	for (const EmbeddedFile *file = words_embedded; file->name != NULL; file++) {
		ListSource source = {file->name, file->text};
		if (!is_replaced(file->name, own, count))
			g_array_append_val(all, source);
	}
	g_array_append_vals(all, own, (guint)count);
	return review_lists_parse((const ListSource *)all->data, all->len, ret_lists, error);
}
