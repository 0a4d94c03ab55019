/* review-lists.h - word lists of the review that were read at run time, in place of those that are built in.
 *
 * The files are those of src/note/review/words, or a user's or a translator's own instead of them; the format is
 * described in docs/adding-a-review-rule.md.  Immutable once read.
 */
#pragma once

#include <note/review.h>

/* What a file of lists is and holds. */
typedef struct ListSource {
	const char *name; /* for messages */
	const char *text; /* NUL-terminated */
} ListSource;

/* Reads all sources together. INVALID where a line is wrong, saying file and line, or where a set the code needs is
 * missing. The caller owns *ret_lists; a ReviewRequest borrows them. */
bool review_lists_parse(const ListSource *sources, size_t count, ReviewLists **ret_lists, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;
void review_lists_free(ReviewLists *lists);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ReviewLists, review_lists_free)

/* The same with those that are built in: a source of one's name stands in its place, any other comes on top. */
bool review_lists_with_own(const ListSource *own, size_t count, ReviewLists **ret_lists, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* The names of the files that are built in ("tone.words"), NULL behind the last; the text of one, or NULL. Static. */
const char *review_lists_name(size_t index);
const char *review_lists_text(const char *name);
