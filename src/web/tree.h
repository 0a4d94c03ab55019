/* tree.h - the printer for pages: what an op tells, as a tree of values that a template shows.
 *
 * Data verbs become objects, lists and strings under their keys.  What is null is an empty text, so that a template
 * never finds the value of an outer object in its place.  An instant becomes an object: {{due.iso}}, {{due.say}} in
 * words,
 * {{due.past}}; a day likewise.  A list KEY comes with {{#has_KEY}} and {{KEY_count}}.  A word of ours comes with
 * {{#KEY_is_WORD}}.  Sentences for people are kept beside: {{#says}}{{style}} {{text}}{{/says}}.
 */
#pragma once

#include <app/app.h>
#include <base/mustache.h>

enum { TREE_DEPTH = 24 };

typedef struct Tree {
	Printer port; /* what an op gets */
	const Zone *zone;
	int64_t now;
	MustacheValue *root;           /* the object everything is in; owned */
	MustacheValue *at[TREE_DEPTH]; /* the open objects and lists; borrowed */
	const char *keys[TREE_DEPTH];  /* a list's key; borrowed */
	int counts[TREE_DEPTH];        /* elements of a list */
	bool lists[TREE_DEPTH];
	int depth;
	MustacheValue *says; /* borrowed from root */
	GString *document;   /* a text that is a result by itself; or NULL */
} Tree;

/* What is told is put into an object of its own; sentences only where they are wanted. Instants are shown by the app's
 * zone and present; the app must outlive the tree. */
Tree tree_begin(const App *app, bool with_sentences);
void tree_clear(Tree *tree);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Tree, tree_clear)

/* The object with all that was told; the caller owns it. */
MustacheValue *tree_take(Tree *tree);

/* What was done, in a sentence or two, for the next page: the sentences that were told, without commands and quotes.
 * Free with g_free. */
char *tree_say_done(const MustacheValue *told);

/* An instant, or a day, as the tree shows them. */
MustacheValue *tree_time(const Zone *zone, int64_t at, int64_t now);
MustacheValue *tree_day(Day day, const Zone *zone, int64_t now);
