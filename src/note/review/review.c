/* review.c - one review from request to findings.
 *
 * Checks the request, takes the note apart, lets every rule look, and leaves of two findings over the same words the
 * one that matters more.  Holds nothing between two calls.
 */
#include "rules.h"

#include <base/error.h>
#include <base/limits.h>
#include <base/text.h>
#include <string.h>

void review_free(Review *review)
{
	if (review == NULL)
		return;
	g_array_unref(review->findings);
	g_array_unref(review->alike);
	g_free(review);
}

static bool check_index(int index, int none, guint count, const char *what, GError **error)
{
	if (index == none || (index >= 0 && (guint)index < count))
		return true;
	return base_error_set(error, BASE_ERROR_INVALID, what, "%s %d names nothing in the facts.", what, index);
}

static bool check_request(const ReviewRequest *request, GError **error)
{
	if (request->length > LIMIT_NOTE_BYTES)
		return base_error_set(
			error, BASE_ERROR_INVALID, "note", "The note has %zu bytes; at most %d are read.", request->length,
			LIMIT_NOTE_BYTES);
	if (request->length && memchr(request->note, '\0', request->length))
		return base_error_set(error, BASE_ERROR_INVALID, "note", "The note holds a NUL byte; plain text is expected.");
	if (!g_utf8_validate(request->length ? request->note : "", (gssize)request->length, NULL))
		return base_error_set(error, BASE_ERROR_INVALID, "note", "The note is not UTF-8; save it as UTF-8 text.");
	guint people = request->facts ? request->facts->people->len : 0;
	guint interviews = request->facts ? request->facts->interviews->len : 0;
	return check_index(request->to, NOBODY, people, "to", error) &&
		   check_index(request->interview, NO_INTERVIEW, interviews, "interview", error);
}

/* What a wrong fact's words need not be told as well. */
static bool is_about_letters(ReviewRule rule)
{
	return rule >= REVIEW_SPELLING || rule == REVIEW_SHOUTING;
}

static bool overlap(const Finding *a, const Finding *b)
{
	return a->start < b->end && b->start < a->end;
}

/* True if `other` makes `finding` needless: the same said over more words, or a wrong fact over a wrong word. */
static bool covers(const Finding *other, const Finding *finding, bool other_first)
{
	if (!overlap(other, finding))
		return other->rule == finding->rule && other->start == finding->start && other->end == finding->end &&
			   other_first;
	size_t other_size = other->end - other->start, size = finding->end - finding->start;
	if (other->rule == finding->rule)
		return other_size > size || (other_size == size && other_first);
	if (other->rule <= REVIEW_MISSING_ATTACHMENT)
		return is_about_letters(finding->rule) ||
			   (other->rule == REVIEW_PLACEHOLDER && finding->rule > REVIEW_MISSING_ATTACHMENT);
	bool tone = rule_is_tone((int)other->rule);
	/* "gonna" is said once; a slip within a sentence that presses is another matter. */
	if (finding->rule == REVIEW_SPELLING)
		return (tone || other->rule == REVIEW_GRAMMAR || other->rule == REVIEW_PUNCTUATION) && other_size < size * 2;
	return finding->rule == REVIEW_PUNCTUATION && other->rule == REVIEW_SHOUTING;
}

static int compare_findings(gconstpointer a, gconstpointer b)
{
	const Finding *left = a, *right = b;
	if (left->start != right->start)
		return left->start < right->start ? -1 : 1;
	if (left->rule != right->rule)
		return left->rule < right->rule ? -1 : 1;
	return left->end < right->end ? -1 : left->end > right->end;
}

enum { FINDINGS_MAX = 400 }; /* more help nobody, and comparing them all would be slow */

/* What would be right is what stands there: nothing to say. */
static bool is_idle(const Finding *finding, const char *note)
{
	const char *first = finding->suggest[0];
	size_t size = finding->end - finding->start;
	return first != NULL && strlen(first) == size && strncmp(first, note + finding->start, size) == 0;
}

static GArray *keep_best(GArray *findings, const char *note)
{
	GArray *kept = g_array_new(FALSE, FALSE, sizeof(Finding));
	g_array_set_clear_func(kept, (GDestroyNotify)finding_clear);
	g_array_sort(findings, compare_findings);
	guint count = MIN(findings->len, (guint)FINDINGS_MAX);
	for (guint i = 0; i < findings->len; i++) {
		Finding *finding = &g_array_index(findings, Finding, i);
		bool covered = (i >= count && finding->level != FINDING_ERROR) || is_idle(finding, note);
		for (guint j = 0; j < count && !covered; j++)
			covered = j != i && covers(&g_array_index(findings, Finding, j), finding, j < i);
		if (covered)
			continue;
		Finding copy = {
			.rule = finding->rule,
			.level = finding->level,
			.start = finding->start,
			.end = finding->end,
			.message = g_steal_pointer(&finding->message),
			.suggest = g_steal_pointer(&finding->suggest)};
		g_array_append_val(kept, copy);
	}
	return kept;
}

static void run_rules(Reading *reading)
{
	static void (*const rules[])(Reading *) = {
		rules_names,    rules_company,  rules_position, rules_days,      rules_blanks,      rules_must,
		rules_tone,     rules_learned,  rules_shouting, rules_length,    rules_generic,     rules_alike,
		rules_repeated, rules_spelling, rules_grammar,  rules_agreement, rules_determiners, rules_punctuation,
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rules); i++)
		rules[i](reading);
}

static void read_learned(Reading *reading)
{
	for (uint32_t i = 0; i < reading->text.sentences->len; i++) {
		const Sentence *sentence = text_sentence(&reading->text, i);
		const LearnedScores scores = learned_read(&reading->text, sentence->first, sentence->last);
		g_array_append_val(reading->learned, scores);
	}
}

bool review_note(const ReviewRequest *request, Review **ret_review, GError **error)
{
	if (!check_request(request, error))
		return false;
	const ReviewLists *lists = request->lists ? request->lists : &review_lists_built_in;
	g_autoptr(GArray) matches = g_array_new(FALSE, FALSE, sizeof(Match));
	g_autoptr(GArray) findings = g_array_new(FALSE, FALSE, sizeof(Finding));
	g_array_set_clear_func(findings, (GDestroyNotify)finding_clear);
	g_autoptr(GArray) alike = g_array_new(FALSE, FALSE, sizeof(int));
	g_autoptr(GArray) learned = g_array_new(FALSE, FALSE, sizeof(LearnedScores));
	Reading reading = {
		.request = request,
		.lists = lists,
		.matches = matches,
		.findings = findings,
		.alike = alike,
		.learned = learned};
	note_text_init(&reading.text, request->length ? request->note : "", request->length, lists);
	known_init(&reading.known, request, lists);
	known_mark(&reading.known, &reading.text);
	match_note(&reading.text, matches);
	read_learned(&reading);
	run_rules(&reading);
	Review *review = g_new0(Review, 1);
	review->findings = keep_best(findings, request->note);
	review->words = reading.text.words;
	review->alike = g_steal_pointer(&alike);
	known_clear(&reading.known);
	note_text_clear(&reading.text);
	*ret_review = review;
	return true;
}

int review_count(const Review *review, FindingLevel level)
{
	int count = 0;
	for (guint i = 0; i < review->findings->len; i++)
		count += review_finding(review, i)->level == level;
	return count;
}

static void format_finding(const Finding *finding, const char *note, JsonOut *out)
{
	g_autofree char *text = g_strndup(note + finding->start, finding->end - finding->start);
	json_out_object(out);
	json_out_key_string(out, "rule", review_rule_name(finding->rule));
	json_out_key_string(out, "level", review_level_name(finding->level));
	json_out_key_int(out, "start", (int64_t)finding->start);
	json_out_key_int(out, "end", (int64_t)finding->end);
	json_out_key_string(out, "text", text);
	json_out_key_string(out, "message", finding->message);
	json_out_key(out, "suggest");
	json_out_array(out);
	for (char **suggest = finding->suggest; *suggest; suggest++)
		json_out_string(out, *suggest);
	json_out_array_end(out);
	json_out_object_end(out);
}

void review_format(const Review *review, const char *note, JsonOut *out)
{
	json_out_object(out);
	json_out_key(out, "findings");
	json_out_array(out);
	for (guint i = 0; i < review->findings->len; i++)
		format_finding(review_finding(review, i), note, out);
	json_out_array_end(out);
	json_out_key_int(out, "words", review->words);
	json_out_object_end(out);
}
