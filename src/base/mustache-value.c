/* mustache-value.c - the tree of values a template is rendered against.
 *
 * Objects keep their members sorted, so that a name is found by halving: contexts are built once and asked often.
 */
#include "mustache-private.h"

#include <string.h>

static MustacheValue *value_new(ValueKind kind)
{
	MustacheValue *value = g_new0(MustacheValue, 1);
	value->kind = kind;
	return value;
}

static void member_clear(gpointer data)
{
	Member *member = data;
	g_free(member->key);
	mustache_value_free(member->value);
}

static void item_free(gpointer data)
{
	mustache_value_free(data);
}

MustacheValue *mustache_value_new_string(const char *text)
{
	MustacheValue *value = value_new(VALUE_STRING);
	value->text = g_strdup(text != NULL ? text : "");
	return value;
}

MustacheValue *mustache_value_new_bool(bool truth)
{
	MustacheValue *value = value_new(VALUE_BOOL);
	value->truth = truth;
	return value;
}

MustacheValue *mustache_value_new_list(void)
{
	MustacheValue *value = value_new(VALUE_LIST);
	value->items = g_ptr_array_new_with_free_func(item_free);
	return value;
}

MustacheValue *mustache_value_new_object(void)
{
	MustacheValue *value = value_new(VALUE_OBJECT);
	value->members = g_array_new(FALSE, FALSE, sizeof(Member));
	g_array_set_clear_func(value->members, member_clear);
	return value;
}

MustacheValue *mustache_value_new_missing(const char *shown)
{
	MustacheValue *value = value_new(VALUE_MISSING);
	value->text = g_strdup(shown);
	return value;
}

MustacheValue *mustache_value_new_template(const MustacheTemplate *parsed)
{
	MustacheValue *value = value_new(VALUE_TEMPLATE);
	value->parsed = parsed;
	return value;
}

void mustache_value_free(MustacheValue *value)
{
	if (value == NULL)
		return;
	g_free(value->text);
	if (value->items != NULL)
		g_ptr_array_unref(value->items);
	if (value->members != NULL)
		g_array_unref(value->members);
	g_free(value);
}

static int compare_key(const char *key, gsize length, const char *other)
{
	int order = strncmp(key, other, length);
	return order != 0 ? order : (other[length] == '\0' ? 0 : -1);
}

/* The place of a key among the members: where it is, or where it belongs. */
static guint find_place(const MustacheValue *object, const char *key, gsize length, bool *ret_found)
{
	guint low = 0, high = object->members->len;
	*ret_found = false;
	while (low < high) {
		guint middle = (low + high) / 2;
		int order = compare_key(key, length, g_array_index(object->members, Member, middle).key);
		if (order == 0) {
			*ret_found = true;
			return middle;
		}
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

void mustache_object_take(MustacheValue *object, const char *key, MustacheValue *value)
{
	g_assert(object->kind == VALUE_OBJECT);
	bool found;
	guint place = find_place(object, key, strlen(key), &found);
	if (found) {
		Member *member = &g_array_index(object->members, Member, place);
		mustache_value_free(member->value);
		member->value = value;
		return;
	}
	Member member = {g_strdup(key), value};
	g_array_insert_val(object->members, place, member);
}

void mustache_list_take(MustacheValue *list, MustacheValue *value)
{
	g_assert(list->kind == VALUE_LIST);
	g_ptr_array_add(list->items, value);
}

void mustache_object_set_string(MustacheValue *object, const char *key, const char *text)
{
	if (text != NULL)
		mustache_object_take(object, key, mustache_value_new_string(text));
}

void mustache_object_set_bool(MustacheValue *object, const char *key, bool value)
{
	mustache_object_take(object, key, mustache_value_new_bool(value));
}

const MustacheValue *mustache_object_find_part(const MustacheValue *object, const char *key, gsize length)
{
	if (object->kind != VALUE_OBJECT)
		return NULL;
	bool found;
	guint place = find_place(object, key, length, &found);
	return found ? g_array_index(object->members, Member, place).value : NULL;
}

const MustacheValue *mustache_object_find(const MustacheValue *object, const char *key)
{
	return mustache_object_find_part(object, key, strlen(key));
}

MustacheValue *mustache_object_find_own(MustacheValue *object, const char *key)
{
	return (MustacheValue *)mustache_object_find(object, key);
}

void mustache_list_shorten(MustacheValue *list, guint count)
{
	if (list->items->len > count)
		g_ptr_array_set_size(list->items, (gint)count);
}

MustacheValue *mustache_object_steal(MustacheValue *object, const char *key)
{
	bool found = false;
	guint place = find_place(object, key, strlen(key), &found);
	if (!found)
		return NULL;
	MustacheValue *value = g_steal_pointer(&g_array_index(object->members, Member, place).value);
	g_array_remove_index(object->members, place);
	return value;
}

MustacheValue *mustache_list_take_if(MustacheValue *list, const char *key)
{
	MustacheValue *taken = mustache_value_new_list();
	for (guint i = 0; list != NULL && i < list->items->len;) {
		const MustacheValue *item = g_ptr_array_index(list->items, i);
		if (mustache_value_is_true(mustache_object_find(item, key)))
			mustache_list_take(taken, g_ptr_array_steal_index(list->items, i));
		else
			i++;
	}
	return taken;
}

const GPtrArray *mustache_list_get_items(const MustacheValue *list)
{
	return list != NULL && list->kind == VALUE_LIST ? list->items : NULL;
}

const char *mustache_value_get_text(const MustacheValue *value)
{
	return value != NULL && value->kind == VALUE_STRING ? value->text : NULL;
}

bool mustache_value_is_true(const MustacheValue *value)
{
	if (value == NULL)
		return false;
	switch (value->kind) {
	case VALUE_STRING:
		return value->text[0] != '\0';
	case VALUE_BOOL:
		return value->truth;
	case VALUE_LIST:
		return value->items->len > 0;
	case VALUE_OBJECT:
	case VALUE_TEMPLATE:
		return true;
	case VALUE_MISSING:
		return false;
	}
	return false;
}
