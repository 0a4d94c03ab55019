/* test-review.c - good notes are left alone, planted faults are found where they stand.
 *
 * The notes are in good.cases and faults.cases.  A dictionary is used where one is installed; without one, the faults
 * of spelling are passed over.
 */
#include "cases.h"
#include "turns.h"

#include <base/limits.h>
#include <string.h>

typedef struct Folder {
	GPtrArray *good, *faults;
} Folder;

static void print_findings(const Case *one, const Review *review)
{
	for (guint i = 0; i < review->findings->len; i++) {
		const Finding *finding = review_finding(review, i);
		g_test_message(
			"%s: %s [%.*s] %s", one->name, review_rule_name((int)finding->rule), (int)(finding->end - finding->start),
			one->note + finding->start, finding->message);
	}
}

static void test_good(gconstpointer data)
{
	const Folder *folder = data;
	int warnings = 0;
	for (guint i = 0; i < folder->good->len; i++) {
		const Case *one = folder->good->pdata[i];
		g_autoptr(Review) review = case_review(one, one->note);
		print_findings(one, review);
		g_assert_cmpint(review_count(review, FINDING_ERROR), ==, 0);
		warnings += review_count(review, FINDING_WARNING);
	}
	g_assert_cmpint(warnings * 10, <=, (int)folder->good->len);
}

static bool is_expected(const Case *one, const Finding *finding, const Expect *expect)
{
	g_autofree char *text = g_strndup(one->note + finding->start, finding->end - finding->start);
	bool text_fits = expect->text == NULL || strcmp(text, expect->text) == 0;
	bool suggest_fits =
		expect->suggest == NULL || (finding->suggest[0] && strcmp(finding->suggest[0], expect->suggest) == 0);
	return (int)finding->rule == expect->rule && text_fits && suggest_fits;
}

static void check_expect(const Case *one, const Review *review, const Expect *expect)
{
	for (guint i = 0; i < review->findings->len; i++)
		if (is_expected(one, review_finding(review, i), expect))
			return;
	print_findings(one, review);
	g_test_message("%s: %s is not found", one->name, review_rule_name(expect->rule));
	g_test_fail();
}

static void test_faults(gconstpointer data)
{
	const Folder *folder = data;
	bool planted[REVIEW_RULE_COUNT] = {false};
	for (guint i = 0; i < folder->faults->len; i++) {
		const Case *one = folder->faults->pdata[i];
		g_autoptr(Review) review = case_review(one, one->note);
		for (guint e = 0; e < one->expects->len; e++) {
			const Expect *expect = &g_array_index(one->expects, Expect, e);
			planted[expect->rule] = true;
			if (expect->rule != REVIEW_SPELLING || cases_get_speller())
				check_expect(one, review, expect);
		}
	}
	for (int rule = 0; rule < REVIEW_RULE_COUNT; rule++) {
		if (!planted[rule] && rule != REVIEW_ALIKE)
			g_test_message("no fault is planted for %s", review_rule_name(rule));
		g_assert_true(planted[rule] || rule == REVIEW_ALIKE);
	}
}

/* sentences.txt: one sentence a line, the rule that must speak before it, or "fine" where nothing but what a whole note
 * lacks may be found. */
static void check_sentence(const char *word, const char *sentence)
{
	Case one = {.name = (char *)sentence, .note = (char *)sentence, .request = REVIEW_REQUEST_INIT};
	int rule = review_rule_find(word), hits = 0, others = 0;
	one.request.disabled = REVIEW_RULE_BIT(REVIEW_TOO_SHORT) | REVIEW_RULE_BIT(REVIEW_MISSING_SIGNATURE);
	one.request.rejected = rule == REVIEW_FEEDBACK_PRESSURE;
	g_assert_true(rule != WORD_NONE || strcmp(word, "fine") == 0);
	g_autoptr(Review) review = case_review(&one, sentence);
	for (guint i = 0; i < review->findings->len; i++) {
		hits += (int)review_finding(review, i)->rule == rule;
		others += (int)review_finding(review, i)->rule != rule;
	}
	if (rule == REVIEW_SPELLING && cases_get_speller() == NULL)
		return;
	if (rule == WORD_NONE ? others > 0 : hits == 0) {
		print_findings(&one, review);
		g_test_message("%s: %s", word, sentence);
		g_test_fail();
	}
}

static void test_sentences(gconstpointer data)
{
	const char *folder = data;
	g_autofree char *path = g_build_filename(folder, "sentences.txt", NULL), *text = NULL;
	g_autoptr(GError) error = NULL;
	g_file_get_contents(path, &text, NULL, &error);
	g_assert_no_error(error);
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line; line++) {
		char *colon = strstr(*line, ": ");
		if (**line == '#' || colon == NULL)
			continue;
		*colon = '\0';
		check_sentence(*line, colon + 2);
	}
}

/* Every finding lies within the note, at characters' edges, in order, and says something. */
static void check_shape(const Case *one, const Review *review)
{
	size_t before = 0, length = strlen(one->note);
	for (guint i = 0; i < review->findings->len; i++) {
		const Finding *finding = review_finding(review, i);
		g_assert_cmpuint(finding->start, <=, finding->end);
		g_assert_cmpuint(finding->end, <=, length);
		g_assert_cmpuint(before, <=, finding->start);
		g_assert_true(g_utf8_validate(one->note + finding->start, (gssize)(finding->end - finding->start), NULL));
		g_assert_true(g_str_has_suffix(finding->message, ".") || g_str_has_suffix(finding->message, "?"));
		g_assert_true(g_utf8_validate(finding->message, -1, NULL));
		before = finding->start;
	}
}

/* Cut anywhere, a note is still read, and findings stay within it. */
static void test_cut_short(gconstpointer data)
{
	const Folder *folder = data;
	for (guint i = 0; i < folder->faults->len; i += TURNS(1, 5)) {
		const Case *one = folder->faults->pdata[i];
		for (size_t length = 0; length < strlen(one->note); length += 43) {
			Case cut = *one;
			cut.note = g_strndup(one->note, length);
			while (!g_utf8_validate(cut.note, -1, NULL))
				cut.note[--length] = '\0';
			g_autoptr(Review) review = case_review(&cut, cut.note);
			check_shape(&cut, review);
			g_free(cut.note);
		}
	}
}

static void test_same_twice(gconstpointer data)
{
	const Folder *folder = data;
	for (guint i = 0; i < folder->faults->len; i += TURNS(1, 2)) {
		const Case *one = folder->faults->pdata[i];
		g_autoptr(Review) first = case_review(one, one->note), second = case_review(one, one->note);
		g_autoptr(GString) a = g_string_new(NULL), b = g_string_new(NULL);
		JsonOut left = json_out(a, false), right = json_out(b, false);
		review_format(first, one->note, &left);
		review_format(second, one->note, &right);
		check_shape(one, first);
		g_assert_cmpstr(a->str, ==, b->str);
	}
}

/* What may come in: nothing, too much, no UTF-8, a NUL byte, an index of nobody. */
static void test_input(void)
{
	static const struct {
		const char *name, *note;
		size_t length;
		int to;
		bool right;
	} inputs[] = {
		{"nothing", NULL, 0, NOBODY, true},
		{"white space", " \n\r\n\t", 5, NOBODY, true},
		{"no UTF-8", "Dear \xff", 6, NOBODY, false},
		{"a NUL byte", "Dear\0John", 9, NOBODY, false},
		{"half a character", "\xc3", 1, NOBODY, false},
		{"a person without facts", "Dear John", 9, 0, false},
		{"marks only", "!?.,()[]{}<>'\"", 14, NOBODY, true},
		{"a byte order mark", "\xef\xbb\xbfHi", 5, NOBODY, true},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(inputs); i++) {
		ReviewRequest request = REVIEW_REQUEST_INIT;
		g_autoptr(Review) review = NULL;
		g_autoptr(GError) error = NULL;
		request.note = inputs[i].note;
		request.length = inputs[i].length;
		request.to = inputs[i].to;
		g_test_message("%s", inputs[i].name);
		g_assert_cmpint(review_note(&request, &review, &error), ==, inputs[i].right);
		if (!inputs[i].right)
			g_assert_error(error, BASE_ERROR, BASE_ERROR_INVALID);
		g_assert_cmpint(review != NULL, ==, inputs[i].right);
	}
}

static void test_longest(void)
{
	static const char *const fillers[] = {
		"a", "word ", "Jon, ", "(", "a-", "x'", "[[", "teh ", "é", "XXX ", "look forward to ", "\n", "!"};
	for (size_t i = 0; i < G_N_ELEMENTS(fillers); i++) {
		g_autoptr(GString) note = g_string_new(NULL);
		g_autoptr(Review) review = NULL;
		g_autoptr(GError) error = NULL;
		ReviewRequest request = REVIEW_REQUEST_INIT;
		while (note->len + strlen(fillers[i]) <= LIMIT_NOTE_BYTES)
			g_string_append(note, fillers[i]);
		request.note = note->str;
		request.length = note->len;
		request.speller = cases_get_speller();
		g_assert_true(review_note(&request, &review, &error));
		g_string_append(note, "  ");
		request.note = note->str;
		request.length = LIMIT_NOTE_BYTES + 1;
		g_clear_pointer(&review, review_free);
		g_assert_false(note->len > LIMIT_NOTE_BYTES && review_note(&request, &review, &error));
	}
}

static Review *review_plain(const char *note, const ReviewRequest *base)
{
	ReviewRequest request = *base;
	Review *review = NULL;
	g_autoptr(GError) error = NULL;
	request.note = note;
	request.length = strlen(note);
	g_assert_true(review_note(&request, &review, &error));
	return review;
}

static int count_rule(const Review *review, ReviewRule rule)
{
	int count = 0;
	for (guint i = 0; i < review->findings->len; i++)
		count += review_finding(review, i)->rule == rule;
	return count;
}

static void test_switched_off(void)
{
	ReviewRequest request = REVIEW_REQUEST_INIT;
	const char *note = "Dear [Name], I has  seen it.";
	g_autoptr(Review) all = review_plain(note, &request);
	for (int rule = 0; rule < REVIEW_RULE_COUNT; rule++) {
		request.disabled = REVIEW_RULE_BIT(rule);
		g_autoptr(Review) review = review_plain(note, &request);
		g_assert_cmpint(count_rule(review, (ReviewRule)rule), ==, 0);
		/* What it covered may show in its place. */
		g_assert_cmpuint(review->findings->len, >=, all->findings->len - (guint)count_rule(all, (ReviewRule)rule));
	}
}

static void test_levels(void)
{
	static const struct {
		const char *note;
		ReviewRule rule;
		bool strict, rejected;
		FindingLevel level;
	} levels[] = {
		{"I has seen it.", REVIEW_GRAMMAR, false, false, FINDING_WARNING},
		{"I has seen it.", REVIEW_GRAMMAR, true, false, FINDING_ERROR},
		{"I saw  it.", REVIEW_PUNCTUATION, true, false, FINDING_ERROR},
		{"I would welcome any feedback.", REVIEW_FEEDBACK_PRESSURE, false, false, FINDING_WARNING},
		{"I would welcome any feedback.", REVIEW_FEEDBACK_PRESSURE, false, true, FINDING_ERROR},
		{"Dear [Name],", REVIEW_PLACEHOLDER, false, false, FINDING_ERROR},
		{"The plan is attached.", REVIEW_MISSING_ATTACHMENT, false, false, FINDING_ERROR},
		{"I really need this job.", REVIEW_DESPERATE, true, true, FINDING_WARNING},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(levels); i++) {
		ReviewRequest request = REVIEW_REQUEST_INIT;
		request.spelling_is_error = levels[i].strict;
		request.rejected = levels[i].rejected;
		g_autoptr(Review) review = review_plain(levels[i].note, &request);
		g_assert_cmpint(count_rule(review, levels[i].rule), ==, 1);
		for (guint f = 0; f < review->findings->len; f++)
			if (review_finding(review, f)->rule == levels[i].rule)
				g_assert_cmpint(review_finding(review, f)->level, ==, levels[i].level);
	}
}

/* Slips of those who learn the language, each beside what is right: the one is found with what would be right, the
 * other is left alone. */
static void test_learners(void)
{
	static const struct {
		const char *slip, *suggest, *right;
	} cases[] = {
		{"Despite of the rain I came.", "despite", "Despite the rain I came."},
		{"I came in spite the rain.", "of the", "I came in spite of the rain."},
		{"I can be able to begin in May.", "can", "I would be able to begin in May."},
		{"Thank you taking the time.", "for taking", "Thank you for taking the time."},
		{"I have ten years experiences.", "experience", "I have ten years' experience."},
		{"Please tell me when will you decide.", NULL, "Please tell me when you will decide."},
		{"Is a pleasure to write to you.", "it is", "It is a pleasure to write to you."},
		{"I prefer working in a team then working alone.", NULL, "I prefer working in a team to working alone."},
		{"I will write when I will return.", NULL, "I will write when I return."},
		{"The delay effected everybody.", "affected", "The delay affected everybody."},
		{"He seen the plan.", "saw", "He has seen the plan."},
	};
	const ReviewRequest request = REVIEW_REQUEST_INIT;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(Review) slip = review_plain(cases[i].slip, &request), right = review_plain(cases[i].right, &request);
		bool found = false;
		for (guint f = 0; f < slip->findings->len; f++) {
			const Finding *finding = review_finding(slip, f);
			found = found ||
					(finding->rule == REVIEW_GRAMMAR &&
					 (cases[i].suggest == NULL ||
					  (finding->suggest[0] != NULL && g_ascii_strcasecmp(finding->suggest[0], cases[i].suggest) == 0)));
		}
		if (!found || count_rule(right, REVIEW_GRAMMAR) != 0)
			g_error("\"%s\" or \"%s\"", cases[i].slip, cases[i].right);
	}
}

/* Words that anybody can make are no slips, nor are those of other languages; those one letter off a word are. */
static void test_made_words(void)
{
	static const char *const fine[] = {"recertification", "cutover", "cycler", "microservices", "codebase"};
	static const char *const slips[] = {"recieve", "experiance", "comittee", "definately", "sincerly", "teh"};
	ReviewRequest request = REVIEW_REQUEST_INIT;
	request.speller = cases_get_speller();
	if (request.speller == NULL) {
		g_test_skip("there is no dictionary");
		return;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(fine); i++) {
		g_autofree char *note = g_strdup_printf("I liked the %s very much.", fine[i]);
		g_autoptr(Review) review = review_plain(note, &request);
		if (count_rule(review, REVIEW_SPELLING) != 0)
			g_error("%s", note);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(slips); i++) {
		g_autofree char *note = g_strdup_printf("I liked the %s very much.", slips[i]);
		g_autoptr(Review) review = review_plain(note, &request);
		if (count_rule(review, REVIEW_SPELLING) != 1)
			g_error("%s", note);
	}
}

static void test_json(void)
{
	ReviewRequest request = REVIEW_REQUEST_INIT;
	g_autoptr(Review) review = review_plain("Caf\xc3\xa9s: I has a \"plan\".", &request);
	g_autoptr(GString) text = g_string_new(NULL);
	JsonOut out = json_out(text, false);
	for (guint i = 0; i < review->findings->len; i++)
		if (review_finding(review, i)->rule != REVIEW_GRAMMAR)
			g_test_message("%s", review_finding(review, i)->message);
	review_format(review, "Caf\xc3\xa9s: I has a \"plan\".", &out);
	g_assert_nonnull(
		strstr(text->str, "{\"rule\":\"grammar\",\"level\":\"warning\",\"start\":10,\"end\":13,\"text\":\"has\","));
	g_assert_nonnull(strstr(text->str, "\"suggest\":[\"have\"]"));
	g_assert_true(g_str_has_suffix(text->str, "],\"words\":5}"));
}

/* Two notes of one panel; and one sent elsewhere, which is only a warning. */
static void test_alike(gconstpointer data)
{
	const Folder *folder = data;
	for (guint i = 0; i < folder->good->len; i += TURNS(1, 3)) {
		const Case *one = folder->good->pdata[i];
		const char *note[] = {one->note, NULL};
		Case again = *one;
		again.request.others = note;
		g_autoptr(Review) panel = case_review(&again, one->note);
		again.request.others = NULL;
		again.request.earlier = note;
		g_autoptr(Review) earlier = case_review(&again, one->note);
		if (panel->words < 25)
			continue;
		g_test_message("%s", one->name);
		g_assert_cmpuint(panel->alike->len, ==, 1);
		g_assert_cmpint(g_array_index(panel->alike, int, 0), ==, 100);
		g_assert_cmpuint(earlier->alike->len, ==, 0);
		g_assert_cmpint(review_count(panel, FINDING_ERROR), ==, 1);
		g_assert_cmpint(count_rule(panel, REVIEW_ALIKE), ==, 1);
		g_assert_cmpint(review_count(earlier, FINDING_ERROR), ==, 0);
		g_assert_cmpint(count_rule(earlier, REVIEW_ALIKE), ==, 1);
	}
}

/* How alike is told of each other note, in their order, whether or not it is worth a finding. */
static void test_how_alike(void)
{
	static const char mine[] =
		"Thank you for the time you took on Tuesday. I liked our talk about moving the forecast off "
		"spreadsheets, and I would be glad to help with it.\n";
	static const char *const others[] = {
		"Thanks.\n", mine,
		"I was happy to meet you. The way your team checks each other's queries is one that I would learn a lot "
		"from.\n",
		"It was good to see you. I liked our talk about moving the forecast off spreadsheets; who owns it now, and "
		"what "
		"would come first, is a thing that I would want to hear more of.\n",
		NULL};
	ReviewRequest request = REVIEW_REQUEST_INIT;
	request.note = mine;
	request.length = strlen(mine);
	request.others = others;
	request.disabled = REVIEW_RULE_BIT(REVIEW_ALIKE);
	g_autoptr(Review) review = NULL;
	g_assert_true(review_note(&request, &review, NULL));
	g_assert_cmpuint(review->alike->len, ==, 4);
	g_assert_cmpint(g_array_index(review->alike, int, 0), ==, -1);
	g_assert_cmpint(g_array_index(review->alike, int, 1), ==, 100);
	g_assert_cmpint(g_array_index(review->alike, int, 2), ==, 0);
	g_assert_cmpint(g_array_index(review->alike, int, 3), >, 20);
	g_assert_cmpint(g_array_index(review->alike, int, 3), <, 60);
}

enum { NEIGHBOURS = 15 }; /* notes before and behind it in the file: those of the same circumstances stand together */

/* Good notes of different hands are not alike. */
static void test_not_alike(gconstpointer data)
{
	const Folder *folder = data;
	g_autoptr(GPtrArray) notes = g_ptr_array_new();
	for (guint i = 0; i < folder->good->len; i += TURNS(1, 5)) {
		Case one = *(const Case *)folder->good->pdata[i];
		g_ptr_array_set_size(notes, 0);
		for (guint j = i >= NEIGHBOURS ? i - NEIGHBOURS : 0; j < MIN(i + NEIGHBOURS, folder->good->len); j++)
			if (j != i)
				g_ptr_array_add(notes, ((const Case *)folder->good->pdata[j])->note);
		g_ptr_array_add(notes, NULL);
		one.request.others = (const char *const *)notes->pdata;
		g_autoptr(Review) review = case_review(&one, one.note);
		print_findings(&one, review);
		g_assert_cmpint(count_rule(review, REVIEW_ALIKE), ==, 0);
	}
}

static void test_explain(void)
{
	for (int rule = 0; rule < REVIEW_RULE_COUNT; rule++) {
		g_assert_nonnull(review_explain((ReviewRule)rule));
		g_assert_nonnull(strstr(review_explain((ReviewRule)rule), "\n\n  not: "));
		g_assert_nonnull(strstr(review_explain((ReviewRule)rule), "\n  but: "));
		g_assert_cmpint(review_rule_find(review_rule_name(rule)), ==, rule);
		g_assert_nonnull(review_rule_group((ReviewRule)rule));
	}
	g_assert_null(review_rule_name(-1));
	g_assert_null(review_rule_name(REVIEW_RULE_COUNT));
	g_assert_cmpint(review_rule_find("wrong"), ==, WORD_NONE);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_autofree char *folder = g_strdup(g_test_get_dir(G_TEST_DIST));
	Folder data = {cases_load(folder, "good.cases"), NULL};
	data.faults = cases_load_faults(folder, "faults.cases", data.good);
	g_test_add_data_func("/note/review/good", &data, test_good);
	g_test_add_data_func("/note/review/faults", &data, test_faults);
	g_test_add_data_func("/note/review/sentences", folder, test_sentences);
	g_test_add_data_func("/note/review/cut-short", &data, test_cut_short);
	g_test_add_data_func("/note/review/same-twice", &data, test_same_twice);
	g_test_add_func("/note/review/input", test_input);
	g_test_add_func("/note/review/longest", test_longest);
	g_test_add_func("/note/review/switched-off", test_switched_off);
	g_test_add_func("/note/review/levels", test_levels);
	g_test_add_func("/note/review/learners", test_learners);
	g_test_add_func("/note/review/made-words", test_made_words);
	g_test_add_func("/note/review/json", test_json);
	g_test_add_data_func("/note/review/alike", &data, test_alike);
	g_test_add_func("/note/review/how-alike", test_how_alike);
	g_test_add_data_func("/note/review/not-alike", &data, test_not_alike);
	g_test_add_func("/note/review/explain", test_explain);
	int status = g_test_run();
	g_ptr_array_unref(data.good);
	g_ptr_array_unref(data.faults);
	cases_close_speller();
	return status;
}
