/* alike.c - alike: how much of a note stands in another one word for word.
 *
 * Both are compared by runs of three words, names and the job's title left out: what two notes of one panel must share.
 */
#include "rules.h"

#include <base/limits.h>
#include <string.h>

enum {
	RUN = 3,
	RUNS_LEAST = 8,     /* a shorter note cannot be told */
	PANEL_PERCENT = 40, /* of the shorter note's runs */
	EARLIER_PERCENT = 60,
};

/* Hashes of all runs, and where in the note each begins and ends. */
typedef struct Runs {
	GArray *hashes;         /* of uint32_t */
	GArray *firsts, *lasts; /* of uint32_t: tokens */
} Runs;

static void runs_clear(Runs *runs)
{
	g_array_unref(runs->hashes);
	g_array_unref(runs->firsts);
	g_array_unref(runs->lasts);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Runs, runs_clear)

static bool is_compared(const NoteText *text, uint32_t at)
{
	const Token *token = text_token(text, at);
	uint32_t named = KNOWN_COMPANY | KNOWN_POSITION | KNOWN_PERSON | KNOWN_ME;
	return token->kind != TOKEN_MARK && !(token->known & named) && at >= text->greeting_end &&
		   part_is_prose(text_part_of(text, text_sentence(text, token->sentence)));
}

static void read_runs(const NoteText *text, Runs *runs)
{
	uint32_t hashes[RUN] = {0}, starts[RUN] = {0};
	int filled = 0;
	runs->hashes = g_array_new(FALSE, FALSE, sizeof(uint32_t));
	runs->firsts = g_array_new(FALSE, FALSE, sizeof(uint32_t));
	runs->lasts = g_array_new(FALSE, FALSE, sizeof(uint32_t));
	for (uint32_t i = 0; i < text->tokens->len; i++) {
		if (!is_compared(text, i))
			continue;
		memmove(hashes, hashes + 1, sizeof hashes - sizeof hashes[0]);
		memmove(starts, starts + 1, sizeof starts - sizeof starts[0]);
		hashes[RUN - 1] = list_hash(text_lower(text, text_token(text, i)), text_token(text, i)->lower_length);
		starts[RUN - 1] = i;
		if (++filled < RUN)
			continue;
		uint32_t hash = list_hash((const char *)hashes, sizeof hashes), last = i + 1;
		g_array_append_val(runs->hashes, hash);
		g_array_append_val(runs->firsts, starts[0]);
		g_array_append_val(runs->lasts, last);
	}
}

/* The longest stretch of runs that stand in the other note too. */
static void longest_stretch(const Runs *mine, GHashTable *theirs, uint32_t *ret_first, uint32_t *ret_last)
{
	guint best = 0;
	for (guint i = 0; i < mine->hashes->len; i++) {
		guint stop = i;
		while (stop < mine->hashes->len &&
			   g_hash_table_contains(theirs, GUINT_TO_POINTER(g_array_index(mine->hashes, uint32_t, stop))))
			stop++;
		if (stop - i > best) {
			best = stop - i;
			*ret_first = g_array_index(mine->firsts, uint32_t, i);
			*ret_last = g_array_index(mine->lasts, uint32_t, stop - 1);
		}
		i = MAX(i, stop ? stop - 1 : i);
	}
}

/* Returns how much of the shorter of both stands in the other, in per cent; -1 where that cannot be told. */
static int compare(Reading *reading, const Runs *mine, const char *note, bool panel)
{
	size_t length = strlen(note);
	if (length > LIMIT_NOTE_BYTES || !g_utf8_validate(note, (gssize)length, NULL))
		return -1;
	g_auto(NoteText) other;
	g_auto(Runs) runs;
	note_text_init(&other, note, length, reading->lists);
	known_mark(&reading->known, &other);
	read_runs(&other, &runs);
	guint shorter = MIN(runs.hashes->len, mine->hashes->len), shared = 0;
	g_autoptr(GHashTable) theirs = g_hash_table_new(NULL, NULL);
	for (guint i = 0; i < runs.hashes->len; i++)
		g_hash_table_add(theirs, GUINT_TO_POINTER(g_array_index(runs.hashes, uint32_t, i)));
	for (guint i = 0; i < mine->hashes->len; i++)
		shared += g_hash_table_contains(theirs, GUINT_TO_POINTER(g_array_index(mine->hashes, uint32_t, i)));
	guint percent = shorter ? MIN(shared * 100 / shorter, 100u) : 0;
	if (shorter < RUNS_LEAST)
		return -1;
	if (percent < (panel ? PANEL_PERCENT : EARLIER_PERCENT))
		return (int)percent;
	uint32_t first = 0, last = 1;
	longest_stretch(mine, theirs, &first, &last);
	g_autofree char *quote = reading_quote(reading, first, last);
	Finding *finding = reading_add_tokens(
		reading, REVIEW_ALIKE, first, last,
		"%u %% of this note stand in %s word for word, \"%s\" among it; say it otherwise.", percent,
		panel ? "the note to another of the panel" : "a note you sent elsewhere", quote);
	if (!panel)
		finding_set_level(finding, FINDING_WARNING);
	return (int)percent;
}

void rules_alike(Reading *reading)
{
	const ReviewRequest *request = reading->request;
	if ((request->others == NULL || *request->others == NULL) &&
		(request->earlier == NULL || *request->earlier == NULL))
		return;
	g_auto(Runs) mine;
	read_runs(&reading->text, &mine);
	for (const char *const *other = request->others; other && *other; other++) {
		int percent = compare(reading, &mine, *other, true);
		g_array_append_val(reading->alike, percent);
	}
	for (const char *const *earlier = request->earlier; earlier && *earlier; earlier++)
		compare(reading, &mine, *earlier, false);
}
