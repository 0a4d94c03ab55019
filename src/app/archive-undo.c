/* archive-undo.c - what an import of a document did beside its opportunities, on its way back.
 */
#include "archive.h"

#include <string.h>

static bool list_mails(const JsonValue *mails, GPtrArray *items)
{
	for (size_t i = 0; i < json_value_get_length(mails); i++) {
		const char *id = json_value_get_text(json_value_get_element(mails, i));
		if (id == NULL)
			return false;
		InboxItem *item = inbox_item_new();
		item->message_id = g_strdup(id);
		g_ptr_array_add(items, item);
	}
	return true;
}

bool archive_take_back(App *app, Import *import, bool *ret_plans_change, GError **error)
{
	g_autoptr(JsonDocument) document = NULL;
	*ret_plans_change = false;
	if (import->before == NULL)
		return true;
	if (!json_document_parse(import->before, strlen(import->before), ARCHIVE_BYTES, &document, error))
		return false;
	const JsonValue *root = json_document_get_root(document);
	if (!list_mails(json_value_find(root, "mails"), import->mails))
		return base_error_set(error, BASE_ERROR_INTERNAL, NULL, "What came in beside the opportunities is damaged.");
	import->me =
		archive_empty_account(app->account, json_value_find(root, "account"), ret_plans_change) ? app->account : NULL;
	return true;
}
