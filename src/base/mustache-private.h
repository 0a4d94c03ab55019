/* mustache-private.h - what the parts of the engine share: the parsed form and the values.
 *
 * A template is a flat array of nodes; the children of a section follow it up to its `end`.  Everything is set while
 * parsing and only read afterwards.
 */
#pragma once

#include <base/mustache.h>

#define MUSTACHE_DEPTH_MAX 64

typedef enum { NODE_TEXT, NODE_VALUE, NODE_RAW, NODE_SECTION, NODE_INVERTED, NODE_PARTIAL } NodeKind;

/* Where in an address of ours a value stands, if it stands in one. */
typedef enum { IN_NO_ADDRESS, IN_PATH, IN_QUERY } AddressPlace;

typedef struct Node {
	NodeKind kind;
	AddressPlace address; /* value */
	const char *text;     /* literal text, or the name; in the template's chunk */
	gsize length;
	const char *indent; /* partial: what stood before it on its own line; NULL where it shares its line */
	guint end;          /* section: index of the first node after its children */
	guint line, column; /* where the tag begins, from 1 */
} Node;

struct MustacheTemplate {
	char *name;
	GStringChunk *chunk;
	GArray *nodes; /* of Node */
};

typedef enum { VALUE_STRING, VALUE_BOOL, VALUE_LIST, VALUE_OBJECT, VALUE_MISSING, VALUE_TEMPLATE } ValueKind;

typedef struct Member {
	char *key;
	MustacheValue *value;
} Member;

struct MustacheValue {
	ValueKind kind;
	bool truth;
	char *text;                     /* string, missing */
	GPtrArray *items;               /* list, of MustacheValue */
	GArray *members;                /* object, of Member, sorted by key */
	const MustacheTemplate *parsed; /* template, borrowed */
};

/* The member whose key is the first length bytes of key, or NULL. */
const MustacheValue *mustache_object_find_part(const MustacheValue *object, const char *key, gsize length);

/* Sets INVALID with "name:line:column" as where; returns false. */
bool mustache_fail(const MustacheTemplate *parsed, const Node *node, GError **error, const char *format, ...)
	G_GNUC_PRINTF(4, 5);
