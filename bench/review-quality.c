/* review-quality.c - how good the review is: recall per rule, and findings per clean note.
 *
 * usage: bench-review-quality [--misses] FOLDER...
 *
 * A FOLDER has good.cases, faults.cases and sentences.txt, any of them, and facts/ (tests/note/review is one; the
 * formats are in its cases.h).  Every operator is tried on every good note too.  The variable FOLLOWUP_DICT names the
 * dictionary module.  --misses says what was missed and what was found on a clean note.
 */
#include "operators.h"

#include <stdio.h>
#include <string.h>

enum { SEEDS = 2, LONG_BAD_NOTE = 10 };

typedef struct Tally {
	int planted, found;
} Tally;

typedef struct Quality {
	Tally rules[REVIEW_RULE_COUNT];
	Tally long_notes; /* notes with many defects: defects, and those found */
	int long_note_count, worst_missed;
	int clean, errors, warnings, hints;
	int fine, fine_disturbed;
	bool misses;
} Quality;

static void count(Quality *quality, int rule, bool found, const char *name, const char *what)
{
	quality->rules[rule].planted++;
	quality->rules[rule].found += found;
	if (!found && quality->misses)
		printf("missed %s in \"%s\": %s\n", review_rule_name(rule), name, what ? what : "");
}

static void say_alarms(const Case *one, const Review *review)
{
	for (guint i = 0; i < review->findings->len; i++) {
		const Finding *finding = review_finding(review, i);
		printf(
			"alarm %s (%s) in \"%s\": %s\n", review_rule_name((int)finding->rule), review_level_name(finding->level),
			one->name, finding->message);
	}
}

static void measure_good(Quality *quality, const GPtrArray *good)
{
	for (guint i = 0; i < good->len; i++) {
		const Case *one = good->pdata[i];
		g_autoptr(Review) review = case_review(one, one->note);
		quality->clean++;
		quality->errors += review_count(review, FINDING_ERROR);
		quality->warnings += review_count(review, FINDING_WARNING);
		quality->hints += review_count(review, FINDING_HINT);
		if (quality->misses)
			say_alarms(one, review);
	}
}

static bool is_found(const Case *one, const Review *review, const Expect *expect)
{
	for (guint i = 0; i < review->findings->len; i++) {
		const Finding *finding = review_finding(review, i);
		g_autofree char *text = g_strndup(one->note + finding->start, finding->end - finding->start);
		bool place = expect->text == NULL || strcmp(text, expect->text) == 0 ||
					 (*text && (strstr(expect->text, text) || strstr(text, expect->text)));
		if ((int)finding->rule == expect->rule && place)
			return true;
	}
	return false;
}

static void measure_faults(Quality *quality, const GPtrArray *faults)
{
	for (guint i = 0; i < faults->len; i++) {
		const Case *one = faults->pdata[i];
		g_autoptr(Review) review = case_review(one, one->note);
		int found = 0;
		for (guint e = 0; e < one->expects->len; e++) {
			const Expect *expect = &g_array_index(one->expects, Expect, e);
			bool there = is_found(one, review, expect);
			count(quality, expect->rule, there, one->name, expect->text);
			found += there;
		}
		if (one->expects->len < LONG_BAD_NOTE)
			continue;
		quality->long_note_count++;
		quality->long_notes.planted += (int)one->expects->len;
		quality->long_notes.found += found;
		quality->worst_missed = MAX(quality->worst_missed, (int)one->expects->len - found);
	}
}

static int count_rule(const Review *review, int rule)
{
	int hits = 0;
	for (guint i = 0; i < review->findings->len; i++)
		hits += (int)review_finding(review, i)->rule == rule;
	return hits;
}

static void measure_sentence(Quality *quality, const char *word, const char *sentence)
{
	Case one = {.name = (char *)sentence, .note = (char *)sentence, .request = REVIEW_REQUEST_INIT};
	int rule = review_rule_find(word);
	one.request.disabled = REVIEW_RULE_BIT(REVIEW_TOO_SHORT) | REVIEW_RULE_BIT(REVIEW_MISSING_SIGNATURE);
	one.request.rejected = rule == REVIEW_FEEDBACK_PRESSURE;
	g_autoptr(Review) review = case_review(&one, sentence);
	if (rule != WORD_NONE) {
		count(quality, rule, count_rule(review, rule) > 0, sentence, NULL);
		return;
	}
	quality->fine++;
	quality->fine_disturbed += review->findings->len > 0;
	if (quality->misses)
		say_alarms(&one, review);
}

static void measure_sentences(Quality *quality, const char *path)
{
	g_autofree char *text = NULL;
	if (!g_file_get_contents(path, &text, NULL, NULL))
		return;
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line; line++) {
		char *colon = strstr(*line, ": ");
		if (**line == '#' || colon == NULL)
			continue;
		*colon = '\0';
		measure_sentence(quality, *line, colon + 2);
	}
}

static void measure_operator(Quality *quality, const GPtrArray *good, const Operator *operator)
{
	for (guint i = 0; i < good->len * SEEDS; i++) {
		Case one = *(const Case *)good->pdata[i / SEEDS];
		g_autoptr(GRand) random = g_rand_new_with_seed(i + 77);
		g_autofree char *note = operator->plant(&one, random);
		if (note == NULL)
			continue;
		if (operator->rule == REVIEW_MISSING_ATTACHMENT)
			one.request.has_attachment = false;
		g_autoptr(Review) before = case_review(&one, one.note), after = case_review(&one, note);
		bool found = count_rule(after, (int)operator->rule) > count_rule(before, (int)operator->rule);
		count(quality, (int)operator->rule, found, one.name, operator->name);
	}
}

static bool has_file(const char *folder, const char *name)
{
	g_autofree char *path = g_build_filename(folder, name, NULL);
	return g_file_test(path, G_FILE_TEST_EXISTS);
}

static void measure_folder(Quality *quality, const char *folder)
{
	g_autofree char *sentences = g_build_filename(folder, "sentences.txt", NULL);
	g_autoptr(GPtrArray) good = has_file(folder, "good.cases") ? cases_load(folder, "good.cases") : g_ptr_array_new();
	g_autoptr(GPtrArray) faults =
		has_file(folder, "faults.cases") ? cases_load_faults(folder, "faults.cases", good) : g_ptr_array_new();
	measure_good(quality, good);
	measure_faults(quality, faults);
	measure_sentences(quality, sentences);
	for (size_t i = 0; i < operator_count; i++)
		measure_operator(quality, good, &operators[i]);
}

static void print_quality(const Quality *quality)
{
	Tally all = {0};
	int below = 0;
	printf("%-22s %8s %8s %8s\n", "rule", "planted", "found", "recall");
	for (int rule = 0; rule < REVIEW_RULE_COUNT; rule++) {
		const Tally *tally = &quality->rules[rule];
		if (tally->planted == 0)
			continue;
		printf(
			"%-22s %8d %8d %7.1f%%%s\n", review_rule_name(rule), tally->planted, tally->found,
			100.0 * tally->found / tally->planted, tally->found * 100 < tally->planted * 95 ? "  below 95 %" : "");
		all.planted += tally->planted;
		all.found += tally->found;
		below += tally->found * 100 < tally->planted * 95;
	}
	printf("%-22s %8d %8d %7.1f%%\n", "all", all.planted, all.found, 100.0 * all.found / MAX(all.planted, 1));
	printf("rules below 95 %%: %d\n", below);
	if (quality->clean > 0)
		printf(
			"clean notes %d: errors %d, warnings %d, hints %d; findings per clean note %.3f\n", quality->clean,
			quality->errors, quality->warnings, quality->hints,
			(double)(quality->errors + quality->warnings + quality->hints) / quality->clean);
	if (quality->fine > 0)
		printf("clean sentences %d: %d with a finding\n", quality->fine, quality->fine_disturbed);
	if (quality->long_note_count > 0)
		printf(
			"notes with many defects %d: %d of %d found, at worst %d missed in one\n", quality->long_note_count,
			quality->long_notes.found, quality->long_notes.planted, quality->worst_missed);
}

int main(int argc, char **argv)
{
	Quality quality = {0};
	int first = 1;
	if (argc > 1 && strcmp(argv[1], "--misses") == 0) {
		quality.misses = true;
		first = 2;
	}
	if (first >= argc) {
		fprintf(stderr, "usage: bench-review-quality [--misses] FOLDER...\n");
		return 2;
	}
	if (cases_get_speller() == NULL)
		printf("no dictionary (FOLLOWUP_DICT): spelling is not measured\n");
	for (int i = first; i < argc; i++)
		measure_folder(&quality, argv[i]);
	print_quality(&quality);
	cases_close_speller();
	return 0;
}
