/* search.h - everything that was ever written down, found by the words in it.
 *
 * Companies and positions, people, debriefs, notes, what happened, and what is kept of mails; upper and lower case, and
 * letters with and without accents, are alike.  Saves keep it up to date, in their own transaction.
 */
#pragma once

#include <store/store.h>

/* Around each word that was found, in a hit's text; nothing that is stored holds them. */
#define SEARCH_BEGIN '\002'
#define SEARCH_END '\003'

enum { SEARCH_WORDS_MAX = 16 };

typedef enum {
	FOUND_OPPORTUNITY, /* its company, position or requirements */
	FOUND_PERSON,      /* number: index into its people */
	FOUND_DEBRIEF,     /* number: index into its debriefs; part: of its answers */
	FOUND_EVENT,       /* number: index into its events */
	FOUND_NOTE,        /* number: index into its drafts */
	FOUND_MAIL,        /* number: of the mail; opportunity may be 0 */
	FOUND_COUNT
} FoundKind;

typedef struct SearchHit {
	FoundKind kind;
	int64_t opportunity;
	int64_t number;
	char *company, *position; /* or NULL */
	char *text;               /* a piece of it, some twenty words about those found */
} SearchHit;

void search_hit_free(SearchHit *hit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SearchHit, search_hit_free)

/* "opportunity", "person", "debrief", "event", "note", "mail"; static. */
const char *found_kind_word(int kind);
int found_kind_find(const char *word);

/* What holds words that begin with each of those in part->text, the best first. The text is a person's: nothing in it
 * is an operator. INVALID where it has no letter or digit, or too many words. *ret_hits: of SearchHit; the caller owns
 * it. */
bool store_search(Store *store, int64_t account, const ListPart *part, GPtrArray **ret_hits, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;
