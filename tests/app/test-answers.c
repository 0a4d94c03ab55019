/* test-answers.c - the days a door offers for a promise, and the answers of a debrief it keeps; each case named.
 */
#include "day-choices.h"

#include <glib/gstdio.h>
#include <string.h>

static int64_t at(const Zone *zone, const char *text)
{
	Stamp stamp = {0};
	g_assert_true(stamp_parse(text, &stamp));
	return zone_resolve(zone, stamp);
}

/* November 2026: the 16th is a Monday; the 26th is a holiday, and so are the 30th and December 1st. */
static void test_days(void)
{
	static const struct {
		const char *name, *now, *choices;
	} cases[] = {
		{"Monday", "2026-11-16T11:00",
		 "tomorrow Tue 17 Nov, Wednesday 18 Nov, Thursday 19 Nov, Friday 20 Nov, in a week Mon 23 Nov, in two weeks "
		 "Wed 2 Dec"},
		{"Wednesday, over a weekend", "2026-11-18T11:00",
		 "tomorrow Thu 19 Nov, Friday 20 Nov, Monday 23 Nov, Tuesday 24 Nov, in a week Wed 25 Nov, in two weeks Wed 2 "
		 "Dec"},
		{"Friday: tomorrow nobody works", "2026-11-20T23:59",
		 "Monday 23 Nov, Tuesday 24 Nov, Wednesday 25 Nov, in a week Fri 27 Nov, in two weeks Fri 4 Dec"},
		{"Saturday: a week from now is no business day", "2026-11-21T09:00",
		 "Monday 23 Nov, Tuesday 24 Nov, Wednesday 25 Nov, Friday 27 Nov, in a week Wed 2 Dec, in two weeks Mon 7 Dec"},
		{"the day before a holiday", "2026-11-25T09:00", "Friday 27 Nov, in a week Wed 2 Dec, in two weeks Wed 9 Dec"},
	};
	static const char *const holidays[] = {"2026-11-26", "2026-11-30", "2026-12-01"};
	g_autoptr(Zone) zone = zone_load("America/Phoenix", NULL);
	g_autoptr(Facts) facts = facts_new(zone);
	for (size_t i = 0; i < G_N_ELEMENTS(holidays); i++) {
		Day day = 0;
		g_assert_true(day_parse(holidays[i], &day));
		facts_add_holiday(facts, day);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GPtrArray) choices = day_choices_new(facts, at(zone, cases[i].now));
		g_autoptr(GString) all = g_string_new(NULL);
		for (guint c = 0; c < choices->len; c++) {
			const DayChoice *choice = g_ptr_array_index(choices, c);
			g_string_append_printf(all, "%s%s %s", c == 0 ? "" : ", ", choice->words, choice->date);
			g_assert_true(facts_is_business_day(facts, choice->day));
		}
		g_test_message("%s", cases[i].name);
		g_assert_cmpstr(all->str, ==, cases[i].choices);
	}
}

/* "question=text" of all, for comparing. */
static char *say_all(const GPtrArray *answers)
{
	GString *all = g_string_new(NULL);
	for (guint i = 0; i < answers->len; i++) {
		const KeptAnswer *answer = g_ptr_array_index(answers, i);
		g_string_append_printf(
			all, "%s%s=%s", i == 0 ? "" : "; ", answer->question, answer->text == NULL ? "(none)" : answer->text);
	}
	return g_string_free(all, FALSE);
}

static void test_put(void)
{
	static const struct {
		const char *name, *text, *answers;
	} cases[] = {
		{"a line", "slow queries", "strong=slow queries"},
		{"two lines", "slow queries\nthe budget", "strong=slow queries; strong=the budget"},
		{"as a browser ends lines", "slow queries\r\n\r\nthe budget\r\n", "strong=slow queries; strong=the budget"},
		{"blanks around it", "  slow queries \n ", "strong=slow queries"},
		{"a tab", "slow\tqueries", "strong=slow queries"},
		{"nothing", "", ""},
		{"no more to say", NULL, "strong=(none)"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GPtrArray) answers = kept_answers_new();
		kept_answers_put(answers, "strong", cases[i].text);
		g_autofree char *all = say_all(answers);
		g_test_message("%s", cases[i].name);
		g_assert_cmpstr(all, ==, cases[i].answers);
	}
}

/* What is saved takes the place of what was, and is read again as it was. */
static void test_save(void)
{
	g_autofree char *folder = g_dir_make_tmp("followup-answers-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(folder, "kept", NULL);
	g_autoptr(GPtrArray) answers = kept_answers_new();
	kept_answers_add(path, "weak", "typed elsewhere");
	kept_answers_put(answers, "topic o'neil", "Zo\u00eb's = <b>");
	kept_answers_put(answers, "decision-by", NULL);
	g_assert_true(kept_answers_save(path, answers));
	g_autoptr(GPtrArray) again = kept_answers_load(path);
	g_autofree char *all = say_all(again), *mark = kept_answers_mark(again), *same = kept_answers_mark(answers);
	g_assert_cmpstr(all, ==, "topic o'neil=Zo\u00eb's = <b>; decision-by=(none)");
	g_assert_cmpstr(mark, ==, same);
	kept_answers_put(again, "weak", "more");
	g_autofree char *other = kept_answers_mark(again);
	g_assert_cmpstr(mark, !=, other);
	g_autoptr(GPtrArray) none = kept_answers_new();
	g_assert_true(kept_answers_save(path, none));
	g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
	g_assert_false(kept_answers_save(NULL, answers));
	g_assert_cmpint(g_rmdir(folder), ==, 0);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/answers/days", test_days);
	g_test_add_func("/answers/put", test_put);
	g_test_add_func("/answers/save", test_save);
	return g_test_run();
}
