/* test-moment.c - times of a playbook: what they come to, and what is said of bad ones.
 */
#include "moment.h"

#include <base/error.h>

/* Where the employer is: New York in the autumn of 2026; the clocks go back on 1 November. */
static int64_t at(const Facts *facts, const char *text)
{
	Stamp stamp;
	g_assert_true(stamp_parse(text, &stamp));
	return zone_resolve(facts->zone, stamp);
}

static Facts *make_facts(void)
{
	g_autoptr(Zone) zone = zone_load("America/New_York", NULL);
	Facts *facts = facts_new(zone);
	Day holiday = DAY_NONE;
	g_assert_true(day_parse("2026-11-26", &holiday));
	facts_add_holiday(facts, holiday);
	return facts;
}

static void test_meaning(void)
{
	static const struct {
		const char *text;
		const char *expected; /* for an end on Friday 30 October, 15:00, and a decision on Wednesday 25 November */
	} cases[] = {
		{"end", "2026-10-30T15:00:00-04:00"},
		{"24 hours after end", "2026-10-31T15:00:00-04:00"},
		{"24 hours before end", "2026-10-29T15:00:00-04:00"},
		{"7 days after end", "2026-11-06T14:00:00-05:00"},
		{"2 weeks after end", "2026-11-13T14:00:00-05:00"},
		{"1 day after end", "2026-10-31T15:00:00-04:00"},
		{"23:59:59 on the day of end", "2026-10-30T23:59:59-04:00"},
		{"09:00 on the day after end", "2026-10-31T09:00:00-04:00"},
		{"09:00 on the day 7 days after end", "2026-11-06T09:00:00-05:00"},
		{"09:00 on the next business day after end", "2026-11-02T09:00:00-05:00"},
		{"9:00 on the 3rd business day after end", "2026-11-04T09:00:00-05:00"},
		{"09:00 on the business day on or after end", "2026-10-30T09:00:00-04:00"},
		{"09:00 on the business day on or after 1 week after end", "2026-11-06T09:00:00-05:00"},
		{"09:00 on the business day on or after 2 days after end", "2026-11-02T09:00:00-05:00"},
		{"09:00 on the business day on or after the interval after end", "2026-11-09T09:00:00-05:00"},
		{"09:00 on the next business day after decision-date", "2026-11-27T09:00:00-05:00"},
		{"12:00 on the day of decision-date", "2026-11-25T12:00:00-05:00"},
	};
	g_autoptr(Facts) facts = make_facts();
	Calendar calendar = calendar_of(facts);
	Anchors anchors;
	for (int i = 0; i < ANCHOR_COUNT; i++)
		anchors.at[i] = TIME_NONE;
	anchors.at[ANCHOR_END] = at(facts, "2026-10-30T15:00");
	Day decision = DAY_NONE;
	g_assert_true(day_parse("2026-11-25", &decision));
	anchors.at[ANCHOR_DECISION_DATE] = decision;
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;
		Moment moment;
		char text[STAMP_TEXT_BYTES];
		g_test_message("%s", cases[i].text);
		bool good = moment_parse(cases[i].text, &moment, &error);
		g_assert_no_error(error);
		g_assert_true(good);
		zone_format(facts->zone, moment_get(&moment, &anchors, &calendar, 10), text);
		g_assert_cmpstr(text, ==, cases[i].expected);
	}
}

static void test_not_happened(void)
{
	g_autoptr(Facts) facts = make_facts();
	Calendar calendar = calendar_of(facts);
	Anchors anchors;
	for (int i = 0; i < ANCHOR_COUNT; i++)
		anchors.at[i] = TIME_NONE;
	static const char *const texts[] = {
		"debrief", "24 hours after thank-you", "09:00 on the day after thank-you",
		"09:00 on the business day on or after follow-up-date"};
	for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
		Moment moment;
		g_assert_true(moment_parse(texts[i], &moment, NULL));
		g_assert_cmpint(moment_get(&moment, &anchors, &calendar, 7), ==, TIME_NONE);
	}
}

static void test_mistakes(void)
{
	static const struct {
		const char *text;
		const char *says;
	} cases[] = {
		{"", "*nothing to count from*start, end*"},
		{"tomorrow", "*“tomorrow” is nothing to count from*"},
		{"24 after end", "*hours after*"},
		{"24 hours end", "*hours after*"},
		{"99999 hours after end", "*nothing to count from*"},
		{"-1 hours after end", "*nothing to count from*"},
		{"decision-date", "*a date without a time of day*"},
		{"24 hours after decision-date", "*a date without a time of day*"},
		{"25:00 on the day of end", "*“25:00” is nothing*"},
		{"09:60 on the day of end", "*nothing to count from*"},
		{"09:00", "*after a time of day “on”*"},
		{"09:00 at the day of end", "*after a time of day “on”*"},
		{"09:00 on a day", "*“on the day of”*"},
		{"09:00 on the 2th business day before end", "*“on the 3rd business day after”*"},
		{"09:00 on the day of end and more", "*“and” follows a time that is complete*"},
		{"end end", "*“end” follows*"},
	};
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;
		Moment moment;
		g_assert_false(moment_parse(cases[i].text, &moment, &error));
		g_assert_error(error, BASE_ERROR, BASE_ERROR_INVALID);
		g_test_message("%s: %s", cases[i].text, error->message);
		g_assert_true(g_pattern_match_simple(cases[i].says, error->message));
	}
}

static void test_spans(void)
{
	static const struct {
		const char *text;
		int days;
		bool business;
	} good[] = {
		{"7 days", 7, false},
		{"1 day", 1, false},
		{"2 weeks", 14, false},
		{"1 week", 7, false},
		{"5 business days", 5, true}};
	static const char *const bad[] = {
		"", "7", "days", "0 days", "7 years", "7 days more", "9999 days", "5 business weeks", "300 business days"};
	for (guint i = 0; i < G_N_ELEMENTS(good); i++) {
		int days = 0;
		bool business = false;
		g_assert_true(span_parse(good[i].text, &days, &business, NULL));
		g_assert_cmpint(days, ==, good[i].days);
		g_assert_cmpint(business, ==, good[i].business);
	}
	for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
		int days;
		bool business;
		g_autoptr(GError) error = NULL;
		g_assert_false(span_parse(bad[i], &days, &business, &error));
		g_assert_error(error, BASE_ERROR, BASE_ERROR_INVALID);
	}
	int days;
	g_assert_false(span_parse("5 business days", &days, NULL, NULL));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/plan/moment/meaning", test_meaning);
	g_test_add_func("/plan/moment/not-happened", test_not_happened);
	g_test_add_func("/plan/moment/mistakes", test_mistakes);
	g_test_add_func("/plan/moment/spans", test_spans);
	return g_test_run();
}
