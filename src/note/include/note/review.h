/* review.h - what a careful friend would say about a note before it leaves.
 *
 * Rules, word lists, examples and arithmetic: no language model, no clock, no files, no network; the same request gives
 * the same findings.  Every finding points at bytes of the note, says what stands there and what should, and offers a
 * replacement where there is one.  The rules' names and levels are the contract's.
 */
#pragma once

#include <base/civil.h>
#include <base/json-out.h>
#include <facts/facts.h>
#include <glib.h>
#include <note/spell.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum { FINDING_HINT, FINDING_WARNING, FINDING_ERROR, FINDING_LEVEL_COUNT } FindingLevel;

typedef enum {
	/* who and what */
	REVIEW_WRONG_NAME,
	REVIEW_WRONG_COMPANY,
	REVIEW_WRONG_POSITION,
	REVIEW_PLACEHOLDER,
	REVIEW_WRONG_DAY,
	REVIEW_MISSING_ATTACHMENT,
	/* must have */
	REVIEW_MISSING_THANKS,
	REVIEW_MISSING_SPECIFIC,
	REVIEW_MISSING_INTEREST,
	REVIEW_MISSING_FIT,
	REVIEW_MISSING_SKILLS,
	REVIEW_MISSING_NEW_DETAIL,
	REVIEW_MISSING_QUESTION,
	REVIEW_MISSING_OFFER_INFO,
	REVIEW_MISSING_CARD_MENTION,
	REVIEW_MISSING_OWN_NAME,
	REVIEW_MISSING_SUBJECT,
	REVIEW_MISSING_SIGNATURE,
	/* tone */
	REVIEW_PUSHY,
	REVIEW_DESPERATE,
	REVIEW_PRESUMPTUOUS,
	REVIEW_NEGATIVE,
	REVIEW_FEEDBACK_PRESSURE,
	REVIEW_INFORMAL,
	REVIEW_STIFF,
	REVIEW_SHOUTING,
	REVIEW_OVERCLAIMING,
	/* shape */
	REVIEW_TOO_LONG,
	REVIEW_TOO_SHORT,
	REVIEW_GENERIC,
	REVIEW_ALIKE,
	REVIEW_REPEATED,
	/* language */
	REVIEW_SPELLING,
	REVIEW_GRAMMAR,
	REVIEW_PUNCTUATION,
	REVIEW_RULE_COUNT
} ReviewRule;

#define REVIEW_RULE_BIT(rule) (UINT64_C(1) << (rule))

/* The word lists the rules read (review-lists.h); NULL in a request stands for those that are built in. */
typedef struct ReviewLists ReviewLists;

/* One note and all that is known about it. Everything is borrowed for the call. Start from REVIEW_REQUEST_INIT: zero is
 * not "none" for every member. */
typedef struct ReviewRequest {
	const char *note; /* headers ("Subject: …") first where it has them, a blank line, the body */
	size_t length;    /* bytes; a NUL behind them is not needed */

	const Facts *facts; /* or NULL: only what needs no facts is checked */
	int step;           /* StepKind, or WORD_NONE */
	int to;             /* index into people, or NOBODY */
	int interview;      /* the round it belongs to, by its interview; or NO_INTERVIEW */
	int channel;        /* Channel, or WORD_NONE */
	unsigned must;      /* bit (1 << Must), as PlanStep has them */

	bool spelling_is_error; /* spelling, grammar and punctuation are errors (T4) */
	bool rejected;          /* the employer has said no: asking for feedback is an error (E7) */
	bool has_attachment;
	int linkedin_limit; /* characters a LinkedIn text may have; 0 is 200 */
	int64_t send_at;    /* when it leaves (or would, now), or TIME_NONE: days named in it are not held against it */

	/* NULL or NULL-terminated lists. */
	const char *const *others;          /* whole notes to the rest of the panel */
	const char *const *earlier;         /* whole notes sent in other opportunities */
	const char *const *other_companies; /* names of the other opportunities on record */
	const char *const *other_positions;
	const char *const *other_people;
	const char *const *own_words; /* words the user has said are right */

	const Speller *speller;   /* or NULL: spelling is not checked */
	const ReviewLists *lists; /* or NULL */
	uint64_t disabled;        /* REVIEW_RULE_BIT of each rule that is switched off */
} ReviewRequest;

#define REVIEW_REQUEST_INIT                                                                                            \
	((ReviewRequest){                                                                                                  \
		.step = WORD_NONE, .to = NOBODY, .interview = NO_INTERVIEW, .channel = WORD_NONE, .send_at = TIME_NONE})

typedef struct Finding {
	ReviewRule rule;
	FindingLevel level;
	size_t start, end; /* bytes of the note; equal where something is missing */
	char *message;     /* one sentence: what stands there and what should */
	char **suggest;    /* replacements for start..end, best first; NULL-terminated, maybe empty, never NULL */
} Finding;

typedef struct Review {
	GArray *findings; /* of Finding, by start, then by rule */
	int words;        /* of the body */
	GArray *alike;    /* of int, for each of request->others: how much of the shorter note stands in the other one word
					   * for word, in per cent; -1 where one is too short to tell */
} Review;

void review_free(Review *review);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Review, review_free)

/* Reviews a note. INVALID where it is longer than LIMIT_NOTE_BYTES, holds a NUL byte or is not UTF-8, or where an index
 * of the request names nothing in the facts. */
bool review_note(const ReviewRequest *request, Review **ret_review, GError **error) G_GNUC_WARN_UNUSED_RESULT;

static inline const Finding *review_finding(const Review *review, guint index)
{
	return &g_array_index(review->findings, Finding, index);
}

/* How many findings are of that level. */
int review_count(const Review *review, FindingLevel level);

/* Writes {"findings":[…],"words":N} as the contract fixes it; note is what was reviewed (for "text"). */
void review_format(const Review *review, const char *note, JsonOut *out);

/* "wrong-name"; static. NULL where rule is out of range. */
const char *review_rule_name(int rule);
/* The rule of that name, or WORD_NONE. */
int review_rule_find(const char *name);
/* "who and what", "must have", "tone", "shape", "language"; static. */
const char *review_rule_group(ReviewRule rule);
/* "error", "warning", "hint"; static. */
const char *review_level_name(FindingLevel level);

/* Teaches a rule: a paragraph, then a bad line and a good one; static, lines end in \n. */
const char *review_explain(ReviewRule rule);
