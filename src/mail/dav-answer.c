/* dav-answer.c - by libxml2, whose own bounds hold: no network, no deep nesting, no entity of the document's own.
 *
 * What a server names things by is not trusted either: a name or a version is as long as it may be and no longer.
 */
#include "dav-answer.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <string.h>

static void free_item(void *data)
{
	DavItem *item = data;
	g_free(item->name);
	g_free(item->etag);
	g_free(item);
}

static bool is_element(const xmlNode *node, const char *name)
{
	return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

/* The first element of that name below a node, at any depth: answers are small, and their names mean one thing. */
static xmlNode *find_element(xmlNode *node, const char *name, int depth)
{
	enum { DEPTH_MAX = 16 };
	for (xmlNode *child = node->children; child != NULL && depth < DEPTH_MAX; child = child->next) {
		xmlNode *found = is_element(child, name) ? child : find_element(child, name, depth + 1);
		if (found != NULL)
			return found;
	}
	return NULL;
}

static char *element_text(xmlNode *node)
{
	xmlChar *text = node == NULL ? NULL : xmlNodeGetContent(node);
	char *copy = text == NULL ? NULL : g_strstrip(g_strndup((const char *)text, 2048));
	xmlFree(text);
	return copy;
}

static char *name_of_href(const char *href)
{
	const char *slash = strrchr(href, '/');
	return slash == NULL || slash[1] == '\0' ? NULL : g_uri_unescape_string(slash + 1, NULL);
}

static void read_item(xmlNode *response, GPtrArray *items)
{
	g_autofree char *href = element_text(find_element(response, "href", 0));
	g_autofree char *name = href == NULL ? NULL : name_of_href(href);
	if (name == NULL)
		return;
	DavItem *item = g_new0(DavItem, 1);
	item->name = g_steal_pointer(&name);
	item->etag = element_text(find_element(response, "getetag", 0));
	g_ptr_array_add(items, item);
}

static void read_document(xmlNode *root, DavAnswer *answer)
{
	xmlNode *type = find_element(root, "resourcetype", 0);
	answer->is_calendar = type != NULL && find_element(type, "calendar", 0) != NULL;
	for (xmlNode *node = root->children; node != NULL; node = node->next)
		if (is_element(node, "response"))
			read_item(node, answer->items);
}

DavAnswer *dav_answer_read(const char *bytes, size_t length)
{
	DavAnswer *answer = NULL;
	xmlDoc *document =
		length > G_MAXINT
			? NULL
			: xmlReadMemory(bytes, (int)length, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	xmlNode *root = document == NULL ? NULL : xmlDocGetRootElement(document);
	if (root != NULL && document->intSubset == NULL) {
		answer = g_new0(DavAnswer, 1);
		answer->items = g_ptr_array_new_with_free_func(free_item);
		read_document(root, answer);
	}
	xmlFreeDoc(document);
	return answer;
}

void dav_answer_free(DavAnswer *answer)
{
	if (answer == NULL)
		return;
	g_clear_pointer(&answer->items, g_ptr_array_unref);
	g_free(answer);
}
