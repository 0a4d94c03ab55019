/* test-numbers.c - counting: what answers what, which promise was kept, where an interview led; each case named.
 */
#include "numbers.h"

#include <facts/facts-json.h>
#include <string.h>

#define PEOPLE                                                                                                         \
	"[{\"id\":\"finn\",\"name\":\"Huck Finn\",\"role\":\"hiring-manager\",\"email\":\"finn@globex.example\"},"         \
	"{\"id\":\"ada\",\"name\":\"Ada Okoro\",\"role\":\"interviewer\",\"email\":\"ada@globex.example\"},"               \
	"{\"id\":\"rita\",\"name\":\"Rita Rook\",\"role\":\"hr\"}]"
#define MEETING(id, day, promise)                                                                                      \
	"{\"id\":\"" id "\",\"kind\":\"video\",\"start\":\"2026-" day "T10:00\",\"end\":\"2026-" day                       \
	"T11:00\",\"with\":[\"finn\",\"ada\"],\"promise\":{" promise "}}"
#define MAIL(to, day, time, step)                                                                                      \
	"{\"at\":\"2026-" day "T" time "\",\"kind\":\"sent\",\"step\":\"" step "\",\"to\":\"" to "\",\"channel\":"         \
																							 "\"email\"}"
#define REPLY(from, day, time, says)                                                                                   \
	"{\"at\":\"2026-" day "T" time "\",\"kind\":\"reply\",\"from\":\"" from "\",\"says\":\"" says "\"}"
#define EVENT(day, kind) "{\"at\":\"2026-" day "T12:00\",\"kind\":\"" kind "\"}"
#define BY(day) "\"decision_by\":\"2026-" day "\""

static Facts *make_facts(const char *interviews, const char *events)
{
	g_autofree char *text = g_strdup_printf(
		"{\"version\":1,\"timezone\":\"America/Phoenix\",\"opportunity\":{\"company\":\"Globex\"},\"people\":" PEOPLE
		",\"interviews\":[%s],\"events\":[%s]}",
		interviews, events);
	g_autoptr(GError) error = NULL;
	Facts *facts = NULL;
	bool good = facts_parse(text, strlen(text), &facts, &error);
	g_assert_no_error(error);
	g_assert_true(good);
	return facts;
}

static Numbers *count(const char *interviews, const char *events, const char *now)
{
	g_autoptr(Facts) facts = make_facts(interviews, events);
	Numbers *numbers = g_new0(Numbers, 1);
	Stamp stamp;
	g_assert_true(stamp_parse(now, &stamp));
	numbers_add(numbers, facts, zone_resolve(facts->zone, stamp));
	return numbers;
}

/* ---- answers ---- */

typedef struct AnswerCase {
	const char *name, *events, *now;
	int asked, answered, hours; /* of all thank-yous; hours in the middle, -1: none */
	int early, bounced;
} AnswerCase;

#define LATER "2026-12-24T12:00"

static const AnswerCase answer_cases[] = {
	{"nothing sent", "", LATER, 0, 0, -1, 0, 0},
	{"no answer", MAIL("finn", "11-17", "15:00", "thank-you"), LATER, 1, 0, -1, 0, 0},
	{"an answer", MAIL("finn", "11-17", "15:00", "thank-you") "," REPLY("finn", "11-18", "17:30", "other"), LATER, 1, 1,
	 26, 0, 0},
	{"an answer before it", REPLY("finn", "11-17", "14:00", "other") "," MAIL("finn", "11-17", "15:00", "thank-you"),
	 LATER, 1, 0, -1, 0, 0},
	{"of two the one who answered",
	 MAIL("finn", "11-17", "15:00", "thank-you") "," MAIL("ada", "11-17", "16:00", "thank-you") "," REPLY(
		 "finn", "11-17", "17:00", "other"),
	 LATER, 2, 1, 2, 0, 0},
	{"somebody else answers the last",
	 MAIL("finn", "11-17", "15:00", "thank-you") "," MAIL("ada", "11-17", "16:00", "thank-you") "," REPLY(
		 "rita", "11-17", "21:00", "other"),
	 LATER, 2, 1, 5, 0, 0},
	{"two replies are one answer",
	 MAIL("finn", "11-17", "15:00", "thank-you") "," REPLY("finn", "11-18", "15:00", "other") "," REPLY(
		 "finn", "11-19", "15:00", "other"),
	 LATER, 1, 1, 24, 0, 0},
	{"a reply answers the last note, not the one before",
	 MAIL("finn", "11-17", "15:00", "thank-you") "," MAIL("finn", "11-20", "15:00", "check-in") "," REPLY(
		 "finn", "11-21", "15:00", "other"),
	 LATER, 1, 0, -1, 0, 0},
	{"a month later it answers nothing",
	 MAIL("finn", "11-17", "15:00", "thank-you") "," REPLY("finn", "12-18", "15:00", "other"), LATER, 1, 0, -1, 0, 0},
	{"a rejection put on record is an answer",
	 MAIL("finn", "11-17", "15:00", "thank-you") "," EVENT("11-19", "rejected"), LATER, 1, 1, 45, 0, 0},
	{"a withdrawal is none", MAIL("finn", "11-17", "15:00", "thank-you") "," EVENT("11-19", "withdrawn"), LATER, 1, 0,
	 -1, 0, 0},
	{"an automatic reply is none",
	 MAIL("finn", "11-17", "15:00", "thank-you") ",{\"at\":\"2026-11-17T15:01\",\"kind\":\"auto-reply\",\"from\":"
												 "\"finn\"}",
	 LATER, 1, 0, -1, 0, 0},
	{"what came back was not asked",
	 MAIL("finn", "11-17", "15:00", "thank-you") ",{\"at\":\"2026-11-17T15:01\",\"kind\":\"bounced\",\"to\":\"finn\","
												 "\"step\":\"thank-you\",\"channel\":\"email\"}",
	 LATER, 0, 0, -1, 0, 1},
	{"sent again after that",
	 MAIL("finn", "11-17", "15:00", "thank-you") ",{\"at\":\"2026-11-17T15:01\",\"kind\":\"bounced\",\"to\":\"finn\","
												 "\"step\":\"thank-you\",\"channel\":\"email\"}," MAIL(
													 "finn", "11-17", "16:00", "thank-you"),
	 LATER, 1, 0, -1, 0, 1},
	{"too early to tell", MAIL("finn", "11-17", "15:00", "thank-you"), "2026-11-24T14:59", 0, 0, -1, 1, 0},
	{"too early, though there is an answer",
	 MAIL("finn", "11-17", "15:00", "thank-you") "," REPLY("finn", "11-18", "15:00", "other"), "2026-11-24T14:59", 0, 0,
	 -1, 1, 0},
	{"early no more", MAIL("finn", "11-17", "15:00", "thank-you"), "2026-11-24T15:00", 1, 0, -1, 0, 0},
	{"events in another order",
	 REPLY("finn", "11-18", "15:00", "other") "," MAIL("finn", "11-17", "15:00", "thank-you"), LATER, 1, 1, 24, 0, 0},
	{"what comes after now does not count",
	 MAIL("finn", "11-17", "15:00", "thank-you") "," REPLY("finn", "12-24", "13:00", "other"), LATER, 1, 0, -1, 0, 0},
};

static void test_answer(const void *data)
{
	const AnswerCase *row = data;
	g_autofree Numbers *numbers = count(MEETING("first", "11-17", ""), row->events, row->now);
	const Answers *thanks = &numbers->by_step[STEP_THANK_YOU];
	g_assert_cmpint(thanks->asked, ==, row->asked);
	g_assert_cmpint(thanks->answered, ==, row->answered);
	g_assert_cmpint(spans_median(&thanks->hours), ==, row->hours);
	g_assert_cmpint(numbers->early, ==, row->early);
	g_assert_cmpint(numbers->bounced, ==, row->bounced);
}

static void test_kinds(void)
{
	g_autofree Numbers *numbers = count(
		MEETING("first", "11-17", ""),
		MAIL("finn", "11-18", "11:00", "thank-you") "," MAIL("ada", "11-18", "11:01", "thank-you") "," MAIL(
			"rita", "11-19", "11:01",
			"thank-you") ",{\"at\":\"2026-11-23T10:00\",\"kind\":\"called\",\"step\":\"check-"
						 "in\",\"to\":\"finn\",\"result\":\"reached\"},{\"at\":\"2026-11-"
						 "23T09:00\",\"kind\":\"called\",\"step\":\"check-in\",\"to\":"
						 "\"finn\",\"result\":\"no-answer\"}," REPLY("finn", "11-23", "10:30", "other"),
		LATER);
	g_assert_cmpint(numbers->by_channel[CHANNEL_EMAIL].asked, ==, 3);
	g_assert_cmpint(numbers->by_channel[CHANNEL_EMAIL].answered, ==, 0);
	g_assert_cmpint(numbers->by_channel[CHANNEL_CALL].asked, ==, 1);
	g_assert_cmpint(numbers->by_channel[CHANNEL_CALL].answered, ==, 1);
	g_assert_cmpint(numbers->by_step[STEP_CHECK_IN].answered, ==, 1);
	g_assert_cmpint(numbers->by_delay[DELAY_DAY].asked, ==, 1);
	g_assert_cmpint(numbers->by_delay[DELAY_TWO_DAYS].asked, ==, 1);
	g_assert_cmpint(numbers->by_delay[DELAY_LATER].asked, ==, 1);
	g_assert_cmpint(numbers->mails, ==, 3);
}

/* ---- promises ---- */

typedef struct PromiseCase {
	const char *name, *promise, *events;
	int kept, late, never, open, days;
} PromiseCase;

static const PromiseCase promise_cases[] = {
	{"none was made", "", "", 0, 0, 0, 0, -1},
	{"kept on the day", BY("11-20"), REPLY("finn", "11-20", "23:00", "other"), 1, 0, 0, 0, -1},
	{"kept before it", BY("11-20"), REPLY("finn", "11-18", "10:00", "other"), 1, 0, 0, 0, -1},
	{"a day late", BY("11-20"), REPLY("finn", "11-21", "00:30", "other"), 0, 1, 0, 0, 1},
	{"eleven days late", BY("11-20"), EVENT("12-01", "rejected"), 0, 1, 0, 0, 11},
	{"never", BY("11-20"), "", 0, 0, 1, 0, -1},
	{"the day is not over", BY("12-24"), "", 0, 0, 0, 1, -1},
	{"the day is not over, whatever was heard", BY("12-24"), REPLY("finn", "11-21", "10:00", "other"), 0, 0, 0, 1, -1},
	{"withdrawn before it", BY("11-20"), EVENT("11-19", "withdrawn"), 0, 0, 0, 0, -1},
	{"withdrawn after it", BY("11-20"), EVENT("11-23", "withdrawn"), 0, 0, 1, 0, -1},
	{"only a length", "\"process_weeks\":3", "", 0, 0, 0, 0, -1},
	{"more time, and then never", BY("11-20"),
	 "{\"at\":\"2026-11-20T16:00\",\"kind\":\"reply\",\"from\":\"finn\",\"says\":\"more-time\",\"decision_by\":"
	 "\"2026-11-27\"}",
	 1, 0, 1, 0, -1},
	{"a new date, and kept", BY("11-20"),
	 "{\"at\":\"2026-11-23T16:00\",\"kind\":\"promise\",\"decision_by\":\"2026-11-27\"}," REPLY(
		 "finn", "11-27", "10:00", "offer"),
	 1, 1, 0, 0, 3},
};

static void test_promise(const void *data)
{
	const PromiseCase *row = data;
	g_autofree char *interview = g_strdup_printf(MEETING("first", "11-17", "%s"), row->promise);
	g_autofree Numbers *numbers = count(interview, row->events, LATER);
	g_assert_cmpint(numbers->promises.kept, ==, row->kept);
	g_assert_cmpint(numbers->promises.late, ==, row->late);
	g_assert_cmpint(numbers->promises.never, ==, row->never);
	g_assert_cmpint(numbers->promises.open, ==, row->open);
	g_assert_cmpint(spans_median(&numbers->promises.days), ==, row->days);
}

/* ---- where interviews lead ---- */

typedef struct LedCase {
	const char *name, *interviews, *events, *now, *led; /* "next-round waiting": a letter each, in the enum's order */
} LedCase;

#define FIRST MEETING("first", "11-17", "")
#define SECOND MEETING("second", "12-01", "")

static const LedCase led_cases[] = {
	{"not over yet", FIRST, "", "2026-11-17T10:30", ""},
	{"just over", FIRST, "", "2026-11-17T12:00", "W"},
	{"nothing for a month", FIRST, "", "2026-12-17T11:00", "S"},
	{"nothing for almost a month", FIRST, "", "2026-12-17T10:59", "W"},
	{"nothing since they wrote", FIRST, REPLY("finn", "11-25", "10:00", "other"), "2026-12-24T09:00", "W"},
	{"another one is on record", FIRST "," SECOND, "", "2026-11-25T10:00", "N"},
	{"and is over", FIRST "," SECOND, "", "2026-12-02T10:00", "NW"},
	{"they want another", FIRST, REPLY("finn", "11-25", "10:00", "next-round"), "2026-11-26T10:00", "N"},
	{"and then say no", FIRST,
	 REPLY("finn", "11-25", "10:00", "next-round") "," REPLY("finn", "11-27", "10:00", "rejection"), "2026-11-28T10:00",
	 "N"},
	{"an offer", FIRST "," SECOND, REPLY("finn", "12-03", "10:00", "offer"), LATER, "NO"},
	{"a rejection", FIRST "," SECOND, EVENT("12-03", "rejected"), LATER, "NR"},
	{"withdrawn", FIRST, EVENT("11-19", "withdrawn"), LATER, "D"},
	{"open again", FIRST, EVENT("11-19", "withdrawn") "," EVENT("11-20", "reopened"), "2026-11-21T10:00", "W"},
	{"three on a day are one",
	 FIRST ",{\"id\":\"lunch\",\"kind\":\"in-person\",\"start\":\"2026-11-17T12:00\",\"end\":\"2026-11-17T13:00\","
		   "\"with\":[\"finn\"]},{\"id\":\"tour\",\"kind\":\"in-person\",\"start\":\"2026-11-17T12:00\",\"end\":\"2026-"
		   "11-17T13:00\",\"with\":[\"ada\"]}",
	 "", LATER, "S"},
};

static void test_led(const void *data)
{
	static const char letters[] = "NORDSW";
	const LedCase *row = data;
	g_autofree Numbers *numbers = count(row->interviews, row->events, row->now);
	g_autoptr(GString) found = g_string_new(NULL);
	for (int led = 0; led < LED_TO_COUNT; led++)
		for (int i = 0; i < numbers->led_to[led]; i++)
			g_string_append_c(found, letters[led]);
	g_assert_cmpstr(found->str, ==, row->led);
}

/* ---- shares ---- */

static void test_shares(void)
{
	static const struct {
		int count, of, percent;
		const char *said;
	} cases[] = {
		{0, 0, -1, "none yet"},
		{0, 1, -1, "0 of 1"},
		{2, 5, -1, "2 of 5"},
		{9, 9, -1, "9 of 9"},
		{4, 10, 40, "40 % (4 of 10)"},
		{0, 10, 0, "0 % (0 of 10)"},
		{1, 3000, 0, "0 % (1 of 3000)"},
		{2, 12, 17, "17 % (2 of 12)"},
		{12, 12, 100, "100 % (12 of 12)"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *said = numbers_say_share(cases[i].count, cases[i].of);
		g_assert_cmpstr(said, ==, cases[i].said);
		g_assert_cmpint(numbers_percent(cases[i].count, cases[i].of), ==, cases[i].percent);
	}
}

static void test_median(void)
{
	static const struct {
		int spans[5], count, median;
	} cases[] = {
		{{0}, 0, -1},
		{{0}, 1, 0},
		{{7}, 1, 7},
		{{3, 9}, 2, 3},
		{{9, 3, 5}, 3, 5},
		{{1, 1, 1, 8, 9}, 5, 1},
		{{NUMBERS_SPAN_MAX}, 1, NUMBERS_SPAN_MAX},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		Spans spans = {0};
		for (int j = 0; j < cases[i].count; j++) {
			spans.count++;
			spans.of[cases[i].spans[j]]++;
		}
		g_assert_cmpint(spans_median(&spans), ==, cases[i].median);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(answer_cases); i++) {
		g_autofree char *path = g_strconcat("/numbers/answers/", answer_cases[i].name, NULL);
		g_test_add_data_func(path, &answer_cases[i], test_answer);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(promise_cases); i++) {
		g_autofree char *path = g_strconcat("/numbers/promises/", promise_cases[i].name, NULL);
		g_test_add_data_func(path, &promise_cases[i], test_promise);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(led_cases); i++) {
		g_autofree char *path = g_strconcat("/numbers/led-to/", led_cases[i].name, NULL);
		g_test_add_data_func(path, &led_cases[i], test_led);
	}
	g_test_add_func("/numbers/kinds", test_kinds);
	g_test_add_func("/numbers/shares", test_shares);
	g_test_add_func("/numbers/median", test_median);
	return g_test_run();
}
