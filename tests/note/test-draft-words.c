/* test-draft-words.c - jotted-down texts, days and lists in words; and texts nobody expects.
 */
#include "make-facts.h"

#include <string.h>

/* Fills a template of the user's and returns the body without its last line end. Free with g_free. */
static char *fill(const Facts *facts, const char *text, int64_t now, int channel)
{
	DraftRequest request = make_request(facts, STEP_THANK_YOU, channel, FINN);
	request.user_template = text;
	request.now = now;
	g_autoptr(DraftNote) note = compose(&request);
	return g_strchomp(g_strdup(note->body));
}

typedef enum { TOPIC, STRONG, UNSAID, FIT } Field;

static const struct {
	Field field;
	const char *raw, *text;
	bool phrase;
} fragments[] = {
	{TOPIC, "moving the forecast off spreadsheets", "moving the forecast off spreadsheets", true},
	{TOPIC, "Moving the forecast off spreadsheets.", "moving the forecast off spreadsheets", true},
	{TOPIC, "  the   roadmap ;", "the roadmap", true},
	{TOPIC, "\"the roadmap\"", "the roadmap", true},
	{TOPIC, "Kubernetes", "Kubernetes", true},
	{TOPIC, "SQL", "SQL", true},
	{TOPIC, "Data quality", "data quality", true},
	{TOPIC, "Supply Chain Guru", "Supply Chain Guru", true},
	{TOPIC, "onboarding process", "the onboarding process", true},
	{TOPIC, "next year's roadmap", "next year's roadmap", true},
	{TOPIC, "Talked about the churn model", "the churn model", true},
	{TOPIC, "We discussed hiring plans", "hiring plans", true},
	{TOPIC, "how she built the team", "how you built the team", true},
	{TOPIC, "How he runs his stand-ups", "how you run your stand-ups", true},
	{TOPIC, "why she studies maps", "why you study maps", true},
	{TOPIC, "their move to Rust", "your move to Rust", true},
	{TOPIC, "how they test their releases", "how you test your releases", true},
	{TOPIC, "how customers use their data", "how customers use their data", true},
	{TOPIC, "the churn model I built last year", "the churn model I built last year", true},
	{TOPIC, "They ship weekly", "you ship weekly", false},
	{TOPIC, "We want to move to Rust.", "you want to move to Rust", false},
	{TOPIC, "We compared notes on hiking", "we compared notes on hiking", false},
	{TOPIC, "pricing is hard", "pricing is hard", false},
	{TOPIC, "Is the market growing?", "Is the market growing?", false},
	{TOPIC, "asked about Kubernetes", "Kubernetes", true},
	{TOPIC, "the migration. They start in May.", "the migration", true},
	{TOPIC, "Home visits in the villages", "home visits in the villages", true},
	{TOPIC, "Kubernetes migrations", "Kubernetes migrations", true},
	{TOPIC, "Automation of reports", "automation of reports", true},
	{TOPIC, "Notion pages", "Notion pages", true},
	{TOPIC, "the team ships weekly", "the team ships weekly", false},
	{TOPIC, "patients come first", "patients come first", false},
	{TOPIC, "the sales plan for spring", "the sales plan for spring", true},
	{STRONG, "the SQL question", "the SQL question", true},
	{STRONG, "SQL question", "the SQL question", true},
	{STRONG, "my answer on incident response", "incident response", true},
	{STRONG, "Answered the caching question well", "the caching question", true},
	{UNSAID, "led the billing migration", "I led the billing migration", false},
	{UNSAID, "I led the billing migration.", "I led the billing migration", false},
	{UNSAID, "that I speak Spanish", "I speak Spanish", false},
	{UNSAID, "speak Spanish", "I speak Spanish", false},
	{UNSAID, "my work on parsers", "my work on parsers", true},
	{UNSAID, "Forgot to mention my certificate", "my certificate", true},
	{TOPIC, "What does success look like?", "What does success look like?", false},
	{TOPIC, "that the team doubled in a year", "the team doubled in a year", false},
	{TOPIC, "I told him about my thesis.", "my thesis", true},
	{TOPIC, "I mentioned that I ran a marathon", "I ran a marathon", false},
	{TOPIC, "asked me how I'd plan a release", "how I'd plan a release", true},
	{TOPIC, "Huck explained the new warehouse", "the new warehouse", true},
	{TOPIC, "Mr. Finn's plan for May", "your plan for May", true},
	{TOPIC, "He said the biggest problem is churn.", "the biggest problem is churn", false},
	{TOPIC, "the book he recommended: Emma", "the book you recommended, Emma", true},
	{TOPIC, "how he also runs the lab", "how you also run the lab", true},
	{TOPIC, "working with her", "working with you", true},
	{TOPIC, "how Tom runs it and what he learned", "how Tom runs it and what he learned", true},
	{TOPIC, "Great discussion about observability", "observability", true},
	{TOPIC, "really liked their approach to reviews", "your approach to reviews", true},
	{TOPIC, "Main challenge: legacy code", "legacy code", true},
	{TOPIC, "improve test coverage", "improving test coverage", true},
	{TOPIC, "to plan the move", "planning the move", true},
	{TOPIC, "plan for the move", "the plan for the move", true},
	{TOPIC, "Kubernetes; Terraform", "Kubernetes and Terraform", true},
	{TOPIC, "pens, paper & ink", "pens, paper and ink", true},
	{TOPIC, "Marks & Spencer", "Marks & Spencer", true},
	{TOPIC, "Oracle -> Postgres", "Oracle to Postgres", true},
	{TOPIC, "budget - 2M for cloud", "the budget, 2M for cloud", true},
	{TOPIC, "LOTS OF LEGACY CODE", "lots of legacy code", true},
	{TOPIC, "AWS EKS", "AWS EKS", true},
	{TOPIC, "legacy code!", "legacy code", true},
	{TOPIC, "both from Ohio", "we are both from Ohio", false},
	{TOPIC, "2027 roadmap", "the 2027 roadmap", true},
	{TOPIC, "first 90 days", "the first 90 days", true},
	{TOPIC, "customer needs and wishes", "customer needs and wishes", true},
	{TOPIC,
	 "\xe2\x80\x9c"
	 "Conway\xe2\x80\x99s law\xe2\x80\x9d",
	 "Conway's law", true},
	{STRONG, "walked through the SQL exercise", "the SQL exercise", true},
	{UNSAID, "AWS certification", "my AWS certification", true},
	{UNSAID, "Available from March", "I am available from March", false},
	{UNSAID, "Should have asked about team size", "[[a detail you have not mentioned yet]]", false},
	{FIT, "five years of SQL", "five years of SQL", true},
	{FIT, "experience with night shifts", "my experience with night shifts", true},
	{FIT, "love of teaching", "my love of teaching", true},
	{FIT, "used to night shifts", "I am used to night shifts", false},
	{FIT, "because they ship weekly", "you ship weekly", false},
	{FIT, "kind and patient team", "a kind and patient team", true},
	{FIT, "same values", "the same values", true},
	{FIT, "small team that ships weekly", "a small team that ships weekly", true},
	{FIT, "open culture", "an open culture", true},
	{FIT, "mission", "your mission", true},
	{FIT, "their mission", "your mission", true},
	{FIT, "Their openness about mistakes", "your openness about mistakes", true},
	{FIT, "they care about testing", "you care about testing", false},
	{FIT, "I like their mission", "I like your mission", false},
	{FIT, "Liked how they review code", "how you review code", true},
	{FIT, "shared values", "shared values", false},
	{FIT, "sharing knowledge openly", "sharing knowledge openly", false},
};

static void put_fragment(Facts *facts, Field field, const char *raw)
{
	Debrief *debrief = facts_debrief(facts, 0);
	GPtrArray *const lists[] = {NULL, debrief->strong, debrief->unsaid, debrief->fit};
	g_array_set_size(debrief->topics, 0);
	if (field == TOPIC) {
		debrief_add_topic(debrief, FINN, raw);
		return;
	}
	g_ptr_array_set_size(lists[field], 0);
	g_ptr_array_add(lists[field], g_strdup(raw));
}

static void test_fragments(void)
{
	static const char *const templates[] = {
		[TOPIC] = "{{topic}}{{#topic_phrase}}+{{/topic_phrase}}",
		[STRONG] = "{{strong}}{{#strong_phrase}}+{{/strong_phrase}}",
		[UNSAID] = "{{unsaid}}{{#unsaid_phrase}}+{{/unsaid_phrase}}",
		[FIT] = "{{fit}}{{#fit_phrase}}+{{/fit_phrase}}{{#fit_setting}}+{{/fit_setting}}{{#fit_mine}}+{{/fit_mine}}"};
	for (guint i = 0; i < G_N_ELEMENTS(fragments); i++) {
		g_autoptr(Facts) facts = make_facts(INTERVIEW_IN_PERSON, 1);
		put_fragment(facts, fragments[i].field, fragments[i].raw);
		g_autofree char *text = fill(facts, templates[fragments[i].field], ELEVEN + 2 * HOUR, CHANNEL_EMAIL);
		g_autofree char *expected = g_strconcat(fragments[i].text, fragments[i].phrase ? "+" : "", NULL);
		g_assert_cmpstr(text, ==, expected);
	}
}

static void test_when(void)
{
	static const struct {
		const char *zone;
		int64_t after; /* the interview's end, in hours */
		int channel;
		const char *when;
	} cases[] = {
		{"America/Phoenix", 2, CHANNEL_EMAIL, "today"},
		{"America/Phoenix", 6, CHANNEL_EMAIL, "on Tuesday"},
		{"America/Phoenix", 6, CHANNEL_CALL, "today"},
		{"America/Phoenix", 2, CHANNEL_HAND_DELIVERED, "on Tuesday"},
		{"America/Phoenix", 24, CHANNEL_EMAIL, "on Tuesday"},
		{"America/Phoenix", 6 * 24, CHANNEL_EMAIL, "on Tuesday"},
		{"America/Phoenix", 7 * 24, CHANNEL_EMAIL, "on the 17th"},
		{"America/Phoenix", 1, CHANNEL_CARD, "on Tuesday"},
		{"America/Phoenix", 3 * 24, CHANNEL_CARD, "on November 17"}, /* it is read when another Tuesday is near */
		{"America/Phoenix", 7 * 24, CHANNEL_CARD, "on November 17"},
		{"America/Phoenix", 20 * 24, CHANNEL_EMAIL, "on November 17"},
		{"Europe/London", 20 * 24, CHANNEL_EMAIL, "on 17 November"},
		{"Europe/London", 400 * 24, CHANNEL_EMAIL, "on 17 November 2026"},
		{"Australia/Sydney", 2, CHANNEL_EMAIL, "today"}, /* Wednesday there, before 16:00 */
		{"Australia/Sydney", 24, CHANNEL_EMAIL, "on Wednesday"},
	};
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(Facts) facts = make_facts(INTERVIEW_IN_PERSON, 1);
		zone_unref(facts->zone);
		facts->zone = zone_load(cases[i].zone, NULL);
		g_autofree char *text = fill(facts, "{{when}}", ELEVEN + cases[i].after * HOUR, cases[i].channel);
		g_assert_cmpstr(text, ==, cases[i].when);
	}
}

/* The talk was on Tuesday the 17th; the note is written on Wednesday. */
static void test_promised(void)
{
	static const struct {
		int after;
		const char *day;
	} cases[] = {{1, "the 18th"}, {3, "Friday"}, {7, "the 24th"}, {9, "the 26th"}, {16, "December 3"}};
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(Facts) facts = make_facts(INTERVIEW_IN_PERSON, 1);
		facts_interview(facts, 0)->promise =
			(Promise){.decision_by = TUESDAY + cases[i].after, .follow_up_after = DAY_NONE};
		g_autofree char *text = fill(facts, "{{decision_day}}", ELEVEN + 24 * HOUR, CHANNEL_EMAIL);
		g_assert_cmpstr(text, ==, cases[i].day);
	}
}

static void test_skills(void)
{
	static const struct {
		const char *skills, *requirements, *text;
	} cases[] = {
		{"SQL|forecasting", "advanced SQL", "SQL+"},
		{"SQL|forecasting", "sql|Forecasting", "SQL and forecasting+"},
		{"SQL|forecasting", "Java", "SQL and forecasting"},
		{"Go|R|SQL|C", "", "Go, R and SQL"},
		{"R", "React", "R"},
		{"C++", "C++ and Rust", "C+++"},
		{"reading and writing|SQL", "", "reading and writing, and SQL"},
		{"Clear writing", "", "clear writing"},
		{"", "SQL", "[[skills of yours that the position calls for]]"},
	};
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(Facts) facts = make_facts(INTERVIEW_IN_PERSON, 1);
		g_auto(GStrv) skills = g_strsplit(cases[i].skills, "|", -1);
		g_auto(GStrv) requirements = g_strsplit(cases[i].requirements, "|", -1);
		g_ptr_array_set_size(facts->me.skills, 0);
		g_ptr_array_set_size(facts->requirements, 0);
		for (guint j = 0; skills[j] != NULL; j++)
			g_ptr_array_add(facts->me.skills, g_strdup(skills[j]));
		for (guint j = 0; requirements[j] != NULL; j++)
			g_ptr_array_add(facts->requirements, g_strdup(requirements[j]));
		g_autofree char *text =
			fill(facts, "{{skills}}{{#skills_match}}+{{/skills_match}}", ELEVEN + 2 * HOUR, CHANNEL_EMAIL);
		g_assert_cmpstr(text, ==, cases[i].text);
	}
}

static void test_role(void)
{
	static const char *const cases[][2] = {
		{"Data analyst", "Data analyst role"}, {"Summer internship", "Summer internship"}, {"Lead role", "Lead role"}};
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(Facts) facts = make_facts(INTERVIEW_IN_PERSON, 1);
		set_text(&facts->position, cases[i][0]);
		g_autofree char *text = fill(facts, "{{role}}", ELEVEN + 2 * HOUR, CHANNEL_EMAIL);
		g_assert_cmpstr(text, ==, cases[i][1]);
	}
}

/* ---- texts nobody expects ---- */

static const char *const odd_texts[] = {
	"x",
	"\xf0\x9f\x99\x82",
	"\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d \xd7\xa2\xd7\x95\xd7\x9c\xd7\x9d",
	"{{my_name}}",
	"[[gap]]",
	"...",
	"\"",
	"a. B. c. D.",
	"The the the",
	"I",
	"they",
	"she",
	"we ",
	"how",
	"\xe2\x80\x9cquoted\xe2\x80\x9d",
	"1,000 things",
	"S\xc3\xb8ren's Z\xc3\xbcrich office",
	"caf\xc3\xa9",
	"ing",
	"led",
	"that ",
	"about ",
	"a",
	"\xe2\x80\xae"
	"backwards"};

static const char *pick_odd(GRand *random, GPtrArray *kept)
{
	int kind = g_rand_int_range(random, 0, 6);
	if (kind > 1)
		return odd_texts[g_rand_int_range(random, 0, G_N_ELEMENTS(odd_texts))];
	GString *text = g_string_new(NULL);
	int pieces = g_rand_int_range(random, 1, kind == 0 ? 400 : 20);
	for (int i = 0; i < pieces; i++)
		g_string_append_printf(
			text, "%s%s", odd_texts[g_rand_int_range(random, 0, G_N_ELEMENTS(odd_texts))],
			g_rand_boolean(random) ? " " : "");
	char *made = g_string_free(text, FALSE);
	g_ptr_array_add(kept, made);
	return made;
}

static Facts *make_odd_facts(GRand *random, GPtrArray *kept)
{
	Facts *facts = make_facts((InterviewKind)g_rand_int_range(random, 0, INTERVIEW_KIND_COUNT), 3);
	Debrief *debrief = facts_debrief(facts, 0);
	set_text(&facts->company, pick_odd(random, kept));
	set_text(&facts->position, g_rand_boolean(random) ? pick_odd(random, kept) : NULL);
	set_text(&facts->me.name, g_rand_boolean(random) ? pick_odd(random, kept) : NULL);
	set_text(&facts_person(facts, FINN)->salutation, g_rand_boolean(random) ? pick_odd(random, kept) : NULL);
	set_text(&facts_person(facts, FINN)->name, pick_odd(random, kept));
	g_array_set_size(debrief->topics, 0);
	debrief_add_topic(debrief, g_rand_boolean(random) ? FINN : NOBODY, pick_odd(random, kept));
	debrief_add_topic(debrief, FINN, pick_odd(random, kept));
	GPtrArray *const lists[] = {debrief->strong, debrief->weak, debrief->unsaid, debrief->fit, facts->me.skills};
	for (guint i = 0; i < G_N_ELEMENTS(lists); i++) {
		g_ptr_array_set_size(lists[i], 0);
		g_ptr_array_add(lists[i], g_strdup(pick_odd(random, kept)));
	}
	return facts;
}

static int count_units(const char *text)
{
	int units = 0;
	for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at))
		units += g_utf8_get_char(at) > 0xffff ? 2 : 1;
	return units;
}

static void assert_sound(const DraftNote *note)
{
	g_assert_true(g_utf8_validate(note->body, -1, NULL));
	g_assert_true(g_str_has_suffix(note->body, "\n"));
	if (note->channel == CHANNEL_LINKEDIN)
		g_assert_cmpint(count_units(note->body), <=, DRAFT_LINKEDIN_CHARACTERS);
	for (const char *at = note->subject; at != NULL && *at != '\0'; at = g_utf8_next_char(at)) {
		gunichar character = g_utf8_get_char(at);
		g_assert_false(g_unichar_iscntrl(character) || character == 0x2028 || character == 0x202e);
	}
}

static void test_odd_facts(void)
{
	g_autoptr(GRand) random = g_rand_new_with_seed(17);
	for (int round = 0; round < (g_test_slow() ? 150 : TURNS(30, 6)); round++) {
		g_autoptr(GPtrArray) kept = g_ptr_array_new_with_free_func(g_free);
		g_autoptr(Facts) facts = make_odd_facts(random, kept);
		for (int step = 0; step < STEP_COUNT; step++) {
			Channel channels[CHANNEL_COUNT];
			int count = draft_list_channels((StepKind)step, channels);
			for (int i = 0; i < count; i++) {
				DraftRequest request = make_request(facts, (StepKind)step, (int)channels[i], FINN);
				g_autoptr(DraftNote) note = compose(&request);
				assert_sound(note);
			}
		}
	}
}

/* A message for LinkedIn ends with a whole word, however long what it would say. */
static void test_linkedin(void)
{
	g_autoptr(GRand) random = g_rand_new_with_seed(4);
	for (int round = 0; round < (g_test_slow() ? 2000 : TURNS(300, 50)); round++) {
		g_autoptr(Facts) facts = make_facts(INTERVIEW_VIDEO, 1);
		g_autofree char *topic = g_strnfill((gsize)g_rand_int_range(random, 1, 240), 't');
		g_autofree char *name = g_strnfill((gsize)g_rand_int_range(random, 1, 250), 'n');
		g_array_set_size(facts_debrief(facts, 0)->topics, 0);
		debrief_add_topic(facts_debrief(facts, 0), FINN, topic);
		set_text(&facts_person(facts, FINN)->salutation, name);
		bool connect = g_rand_boolean(random);
		DraftRequest request = make_request(facts, connect ? STEP_CONNECT : STEP_KEEP_IN_TOUCH, CHANNEL_LINKEDIN, FINN);
		request.variant = round;
		g_autoptr(DraftNote) note = compose(&request);
		assert_sound(note);
		g_assert_cmpint(count_units(note->body), >=, 15);
		g_assert_true(
			g_str_has_suffix(note->body, ".\n") || g_str_has_suffix(note->body, "?\n") ||
			g_str_has_suffix(note->body, " Ana Reyes\n"));
		g_assert_true(strstr(note->body, topic) != NULL || strchr(note->body, 't') != NULL);
		if (connect)
			g_assert_nonnull(strstr(note->body, "hank"));
	}
}

/* A user's own text for LinkedIn that is too long is cut behind a word; the limit can be another. */
static void test_linkedin_cut(void)
{
	g_autoptr(Facts) facts = make_facts(INTERVIEW_VIDEO, 1);
	g_autoptr(GString) text = g_string_new(NULL);
	for (int i = 0; i < 60; i++)
		g_string_append(text, "\xf0\x9f\x99\x82word ");
	DraftRequest request = make_request(facts, STEP_CONNECT, CHANNEL_LINKEDIN, FINN);
	request.user_template = text->str;
	for (int limit = 20; limit < 300; limit += 7) {
		request.linkedin_characters = limit;
		g_autoptr(DraftNote) note = compose(&request);
		g_assert_cmpint(count_units(note->body), <=, limit);
		g_assert_cmpint(count_units(note->body), >, limit - 8);
		g_assert_true(g_str_has_suffix(note->body, "word\n"));
	}
}

/* Cards keep to 40 to 70 words for topics of any reasonable length. */
static void test_card_words(void)
{
	static const StepKind steps[] = {STEP_CARD, STEP_THANK_YOU};
	for (int length = 1; length < 22; length++) {
		g_autoptr(Facts) facts = make_facts(INTERVIEW_IN_PERSON, 1);
		g_autoptr(GString) topic = g_string_new("the");
		for (int i = 1; i < length; i++)
			g_string_append(topic, " word");
		g_array_set_size(facts_debrief(facts, 0)->topics, 0);
		debrief_add_topic(facts_debrief(facts, 0), FINN, topic->str);
		for (int i = 0; i < 20; i++) {
			DraftRequest request = make_request(facts, steps[i % 2], CHANNEL_CARD, FINN);
			request.must &= ~(1u << MUST_FIT);
			request.variant = i;
			g_autoptr(DraftNote) note = compose(&request);
			g_auto(GStrv) words = g_strsplit_set(note->body, " \n", -1);
			int count = 0;
			for (guint j = 0; words[j] != NULL; j++)
				count += words[j][0] != '\0';
			if (count < 40 || count > 70)
				g_error("%d words, topic of %d:\n%s", count, length, note->body);
		}
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/draft-words/fragments", test_fragments);
	g_test_add_func("/draft-words/when", test_when);
	g_test_add_func("/draft-words/promised", test_promised);
	g_test_add_func("/draft-words/skills", test_skills);
	g_test_add_func("/draft-words/role", test_role);
	g_test_add_func("/draft-words/odd-facts", test_odd_facts);
	g_test_add_func("/draft-words/linkedin", test_linkedin);
	g_test_add_func("/draft-words/linkedin-cut", test_linkedin_cut);
	g_test_add_func("/draft-words/card-words", test_card_words);
	return g_test_run();
}
