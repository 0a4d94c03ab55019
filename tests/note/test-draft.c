/* test-draft.c - what every draft holds, whatever step, channel and kind of interview; what a missing fact leaves; what
 * is refused.
 */
#include "make-facts.h"

#include <base/error.h>
#include <string.h>

/* ---- with complete facts ---- */

static void assert_clean(const DraftNote *note)
{
	static const char *const never[] = {"  ",     "{{", "}}", "[[", " \n", "\n ",
										"\n\n\n", "..", " .", " ,", "?.",  "(null)"};
	for (guint i = 0; i < G_N_ELEMENTS(never); i++)
		if (strstr(note->body, never[i]) != NULL)
			g_error("\"%s\" in a draft:\n%s", never[i], note->body);
	g_assert_true(g_str_has_suffix(note->body, "\n"));
	g_assert_true(note->body[0] != '\n' && note->body[0] != ' ');
}

static int count_words(const char *text)
{
	g_auto(GStrv) words = g_strsplit_set(text, " \n", -1);
	int count = 0;
	for (guint i = 0; words[i] != NULL; i++)
		count += words[i][0] != '\0';
	return count;
}

/* Words by which each demand is recognised; one of them has to be there. */
static const char *const signs[MUST_COUNT][8] = {
	[MUST_THANKS] = {"hank", "grateful", "appreciate"},
	[MUST_INTEREST] = {"interest", "exciting", "keen", "enthusiastic", "looking for"},
	[MUST_FIT] = {"fit", "at home", "good match", "suit each other"},
	[MUST_SKILLS] = {"SQL"},
	[MUST_NEW_DETAIL] = {"I led the billing migration at Initech"},
	[MUST_OWN_NAME] = {"Ana Reyes"},
	[MUST_ASK_DECISION] = {"decision"},
	[MUST_OFFER_INFO] =
		{"anything else", "urther information", "happy to send", "anything I could add", "happy to tell you more",
		 "anything else you need"},
};

static const char *const specific[] = {
	[FINN] = "moving the forecast off spreadsheets",
	[OKORO] = "how you built the data warehouse",
	[LIN] = "the churn model I built last year"};

static void assert_holds(const DraftRequest *request, const DraftNote *note)
{
	for (int must = 0; must < MUST_COUNT; must++) {
		bool found = signs[must][0] == NULL || !((request->must >> must) & 1);
		for (int i = 0; signs[must][i] != NULL && !found; i++)
			found = strstr(note->body, signs[must][i]) != NULL;
		if (must == MUST_SPECIFIC && (request->must >> must) & 1)
			found = strstr(note->body, specific[request->to]) != NULL ||
					strstr(note->body, "your plan to open a second office") != NULL;
		if (!found)
			g_error("%s is not held in:\n%s", word_text(WORDS_MUST, must), note->body);
	}
	if ((request->must >> MUST_ASK_DECISION) & 1 && strchr(note->body, '?') == NULL)
		g_error("no question in:\n%s", note->body);
	if ((request->must >> MUST_NO_FEEDBACK_REQUEST) & 1)
		g_assert_null(strstr(note->body, "feedback"));
}

static void assert_shape(const DraftRequest *request, const DraftNote *note)
{
	int words = count_words(note->body);
	g_assert_true((note->subject != NULL) == (note->channel == CHANNEL_EMAIL));
	if (note->subject != NULL)
		g_assert_cmpint(count_words(note->subject), >=, 3);
	if (note->channel == CHANNEL_EMAIL || note->channel == CHANNEL_CARD || note->channel == CHANNEL_HAND_DELIVERED)
		g_assert_true(g_str_has_prefix(note->body, "Dear "));
	if (note->channel == CHANNEL_EMAIL)
		g_assert_true(words >= 40 && words <= 190);
	if (note->channel == CHANNEL_CARD)
		g_assert_true(words >= 40 && words <= 70);
	if (note->channel == CHANNEL_LINKEDIN)
		g_assert_cmpint(g_utf8_strlen(note->body, -1), <=, DRAFT_LINKEDIN_CHARACTERS);
	if (note->channel == CHANNEL_CALL) {
		static const char *const parts[] = {
			"Opening, ", "The question:", "If someone else answers:", "A message to leave:"};
		for (guint i = 0; i < G_N_ELEMENTS(parts); i++)
			g_assert_nonnull(strstr(note->body, parts[i]));
	}
	if (request->step == STEP_THANK_YOU && note->channel == CHANNEL_EMAIL)
		g_assert_cmpint(words, >=, 55);
}

static void check_complete(const Facts *facts, StepKind step, int channel, int to)
{
	DraftRequest request = make_request(facts, step, channel, to);
	for (int days = 0; days < 30; days += 9) {
		for (int variant = 0; variant < (g_test_slow() ? 12 : TURNS(3, 1)); variant++) {
			request.variant = variant;
			request.attempt = variant % 3;
			request.now = ELEVEN + 2 * HOUR + days * (int64_t)DAY_SECONDS;
			g_autoptr(DraftNote) note = compose(&request);
			g_autofree char *gaps = join_gaps(note);
			g_assert_cmpstr(gaps, ==, "");
			assert_clean(note);
			assert_shape(&request, note);
			assert_holds(&request, note);
		}
	}
}

static void test_complete(gconstpointer data)
{
	int step = GPOINTER_TO_INT(data);
	for (int kind = 0; kind < INTERVIEW_KIND_COUNT; kind++) {
		g_autoptr(Facts) facts = make_facts((InterviewKind)kind, kind == INTERVIEW_PANEL ? 3 : 1);
		Channel channels[CHANNEL_COUNT];
		int count = draft_list_channels((StepKind)step, channels);
		for (int to = FINN; to < (kind == INTERVIEW_PANEL ? MOSS : OKORO); to++) {
			for (int i = 0; i < count; i++)
				check_complete(facts, (StepKind)step, (int)channels[i], to);
			if (count == 0)
				check_complete(facts, (StepKind)step, WORD_NONE, to);
		}
	}
}

/* ---- with something missing ---- */

typedef enum {
	NO_TOPIC = 1,
	NO_FIT = 2,
	NO_SKILLS = 4,
	NO_REQUIREMENTS = 8,
	NO_UNSAID = 16,
	NO_MY_NAME = 32,
	NO_MY_PHONE = 64,
	NO_POSITION = 128,
	NO_DEBRIEF = 256,
	NO_PROMISE = 512,
	NO_SALUTATION = 1024,
	NO_CONTACT = 2048,
} Missing;

#define TOPIC_GAP "something you talked about with Mr. Finn"
#define FIT_GAP "what makes Globex a good fit for you"
#define SKILLS_GAP "skills of yours that the position calls for"
#define DETAIL_GAP "a detail you have not mentioned yet"

static const struct {
	const char *name;
	StepKind step;
	int channel;
	unsigned missing; /* of Missing */
	const char *gaps;
} missing_cases[] = {
	{"topic", STEP_THANK_YOU, CHANNEL_EMAIL, NO_TOPIC, TOPIC_GAP},
	{"fit", STEP_THANK_YOU, CHANNEL_EMAIL, NO_FIT, FIT_GAP},
	{"debrief", STEP_THANK_YOU, CHANNEL_EMAIL, NO_DEBRIEF, TOPIC_GAP "|" FIT_GAP},
	{"my-name", STEP_THANK_YOU, CHANNEL_EMAIL, NO_MY_NAME, "your name"},
	{"my-phone-in-a-mail", STEP_THANK_YOU, CHANNEL_EMAIL, NO_MY_PHONE, ""},
	{"my-phone-in-a-call", STEP_THANK_YOU, CHANNEL_CALL, NO_MY_PHONE, "your phone number"},
	{"position", STEP_THANK_YOU, CHANNEL_EMAIL, NO_POSITION, "name of the position"},
	{"promise", STEP_THANK_YOU, CHANNEL_EMAIL, NO_PROMISE, ""},
	{"salutation", STEP_THANK_YOU, CHANNEL_EMAIL, NO_SALUTATION, ""},
	{"topic-by-hand", STEP_THANK_YOU, CHANNEL_HAND_DELIVERED, NO_TOPIC, TOPIC_GAP},
	{"topic-on-a-card-that-thanks", STEP_THANK_YOU, CHANNEL_CARD, NO_TOPIC, TOPIC_GAP},
	{"topic-on-a-card", STEP_CARD, CHANNEL_CARD, NO_TOPIC, ""},
	{"topic-on-linkedin", STEP_CONNECT, CHANNEL_LINKEDIN, NO_DEBRIEF | NO_POSITION | NO_MY_NAME, ""},
	{"detail", STEP_ADDITIONAL_INFO, CHANNEL_EMAIL, NO_UNSAID, DETAIL_GAP},
	{"detail-in-a-second-note", STEP_SECOND_NOTE, CHANNEL_EMAIL, NO_UNSAID, DETAIL_GAP},
	{"fit-in-a-second-note", STEP_SECOND_NOTE, CHANNEL_EMAIL, NO_FIT, FIT_GAP},
	{"skills-in-a-second-note", STEP_SECOND_NOTE, CHANNEL_EMAIL, NO_SKILLS, SKILLS_GAP},
	{"requirements-in-a-second-note", STEP_SECOND_NOTE, CHANNEL_EMAIL, NO_REQUIREMENTS, ""},
	{"topic-in-a-second-note", STEP_SECOND_NOTE, CHANNEL_EMAIL, NO_TOPIC, ""},
	{"everything-in-a-second-note", STEP_SECOND_NOTE, CHANNEL_EMAIL, NO_DEBRIEF | NO_SKILLS,
	 DETAIL_GAP "|" SKILLS_GAP "|" FIT_GAP},
	{"debrief-in-a-check-in", STEP_CHECK_IN, CHANNEL_EMAIL, NO_DEBRIEF | NO_PROMISE, FIT_GAP},
	{"phone-in-a-check-in", STEP_CHECK_IN, CHANNEL_CALL, NO_MY_PHONE, "your phone number"},
	{"name-in-a-check-in", STEP_CHECK_IN, CHANNEL_CALL, NO_MY_NAME, "your name"},
	{"fit-in-a-final-check", STEP_FINAL_CHECK, CHANNEL_EMAIL, NO_FIT, FIT_GAP},
	{"debrief-after-a-rejection", STEP_THANK_FOR_ANSWER, CHANNEL_EMAIL, NO_DEBRIEF, ""},
	{"debrief-in-touch", STEP_KEEP_IN_TOUCH, CHANNEL_EMAIL, NO_DEBRIEF, ""},
	{"requirements-at-the-end", STEP_PREPARE_CLOSE, WORD_NONE, NO_REQUIREMENTS, "what the position calls for"},
	{"skills-at-the-end", STEP_PREPARE_CLOSE, WORD_NONE, NO_SKILLS, SKILLS_GAP},
	{"nobody-to-ask", STEP_GET_CONTACT, CHANNEL_EMAIL, NO_CONTACT, "name of your contact in recruiting or HR"},
	{"nobody-to-call", STEP_GET_CONTACT, CHANNEL_CALL, NO_CONTACT, "name of your contact in recruiting or HR"},
};

static void take_away(Facts *facts, unsigned missing)
{
	Debrief *debrief = facts_debrief(facts, 0);
	if (missing & NO_TOPIC)
		g_array_set_size(debrief->topics, 0);
	if (missing & NO_FIT)
		g_ptr_array_set_size(debrief->fit, 0);
	if (missing & NO_UNSAID)
		g_ptr_array_set_size(debrief->unsaid, 0);
	if (missing & NO_SKILLS)
		g_ptr_array_set_size(facts->me.skills, 0);
	if (missing & NO_REQUIREMENTS)
		g_ptr_array_set_size(facts->requirements, 0);
	if (missing & NO_MY_NAME)
		g_clear_pointer(&facts->me.name, g_free);
	if (missing & NO_MY_PHONE)
		g_clear_pointer(&facts->me.phone, g_free);
	if (missing & NO_POSITION)
		g_clear_pointer(&facts->position, g_free);
	if (missing & NO_DEBRIEF)
		g_array_set_size(facts->debriefs, 0);
	if (missing & NO_PROMISE)
		facts_interview(facts, 0)->promise = PROMISE_NONE;
	if (missing & NO_SALUTATION)
		g_clear_pointer(&facts_person(facts, FINN)->salutation, g_free);
}

static void assert_gaps_are_shown(const DraftNote *note)
{
	for (guint i = 0; i < note->gaps->len; i++) {
		g_autofree char *shown = g_strdup_printf("[[%s]]", (const char *)g_ptr_array_index(note->gaps, i));
		g_assert_true(strstr(note->body, shown) != NULL || strstr(note->subject, shown) != NULL);
	}
}

static void test_missing(gconstpointer data)
{
	guint i = GPOINTER_TO_UINT(data);
	g_autoptr(Facts) facts = make_facts(INTERVIEW_IN_PERSON, 1);
	take_away(facts, missing_cases[i].missing);
	DraftRequest request = make_request(facts, missing_cases[i].step, missing_cases[i].channel, FINN);
	if (missing_cases[i].missing & NO_CONTACT)
		request.to = NOBODY;
	for (int variant = 0; variant < (g_test_slow() ? 12 : TURNS(3, 1)); variant++) {
		request.variant = variant;
		g_autoptr(DraftNote) note = compose(&request);
		g_autofree char *gaps = join_gaps(note);
		g_assert_cmpstr(gaps, ==, missing_cases[i].gaps);
		assert_gaps_are_shown(note);
		if (missing_cases[i].missing & NO_SALUTATION)
			g_assert_true(g_str_has_prefix(note->body, "Dear Huck Finn,\n"));
	}
}

/* ---- what the request and the events change ---- */

static void test_previous_subject(void)
{
	g_autoptr(Facts) facts = make_facts(INTERVIEW_IN_PERSON, 1);
	static const char *const cases[][2] = {
		{"Thank you", "Re: Thank you"},
		{"Re: Thank you", "Re: Thank you"},
		{"RE: re:  Thank you", "Re: Thank you"},
		{"Thank\r\nBcc: you", "Re: Thank Bcc: you"}};
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		DraftRequest request = make_request(facts, STEP_CHECK_IN, CHANNEL_EMAIL, FINN);
		request.previous_subject = cases[i][0];
		g_autoptr(DraftNote) note = compose(&request);
		g_assert_cmpstr(note->subject, ==, cases[i][1]);
	}
}

static void test_card_is_mentioned(void)
{
	g_autoptr(Facts) facts = make_facts(INTERVIEW_IN_PERSON, 1);
	for (int variant = 0; variant < 6; variant++) {
		DraftRequest request = make_request(facts, STEP_THANK_YOU, CHANNEL_EMAIL, FINN);
		request.variant = variant;
		g_autoptr(DraftNote) without = compose(&request);
		g_assert_null(strstr(without->body, " card"));
		request.must |= 1u << MUST_MENTIONS_CARD;
		g_autoptr(DraftNote) with = compose(&request);
		g_assert_nonnull(strstr(with->body, " card"));
	}
}

static void test_later_is_ignored(void)
{
	g_autoptr(Facts) facts = make_facts(INTERVIEW_IN_PERSON, 1);
	DraftRequest request = make_request(facts, STEP_THANK_YOU, CHANNEL_EMAIL, FINN);
	request.now = ELEVEN + HOUR - 1;
	g_autoptr(DraftNote) before = compose(&request);
	g_autofree char *gaps = join_gaps(before);
	g_assert_cmpstr(gaps, ==, TOPIC_GAP "|" FIT_GAP);
	request.now = ELEVEN + HOUR;
	g_autoptr(DraftNote) at = compose(&request);
	g_assert_cmpuint(at->gaps->len, ==, 0);
}

/* What was sent counts from the moment it was, unless it bounced. */
static void test_sent(void)
{
	g_autoptr(Facts) facts = make_facts(INTERVIEW_IN_PERSON, 1);
	static const char text[] = "{{#thanked}}thanked{{/thanked}} {{#card_sent}}card{{/card_sent}}.";
	static const struct {
		EventKind kind;
		StepKind step;
		int channel, person;
		int64_t at;
		const char *expected;
	} events[] = {
		{EVENT_SENT, STEP_THANK_YOU, CHANNEL_EMAIL, OKORO, ELEVEN + HOUR, ".\n"},
		{EVENT_SENT, STEP_THANK_YOU, CHANNEL_EMAIL, FINN, ELEVEN + 3 * HOUR, ".\n"},
		{EVENT_SENT, STEP_THANK_YOU, CHANNEL_EMAIL, FINN, ELEVEN + HOUR, "thanked .\n"},
		{EVENT_SENT, STEP_CARD, CHANNEL_CARD, FINN, ELEVEN + HOUR, "thanked card.\n"},
		{EVENT_BOUNCED, STEP_THANK_YOU, CHANNEL_EMAIL, FINN, ELEVEN + 2 * HOUR, "card.\n"},
	};
	for (guint i = 0; i < G_N_ELEMENTS(events); i++) {
		Event event = EVENT_INIT(events[i].kind);
		event.step = (int)events[i].step;
		event.channel = events[i].channel;
		event.person = events[i].person;
		event.at = events[i].at;
		facts_add_event(facts, &event);
		DraftRequest request = make_request(facts, STEP_SECOND_NOTE, CHANNEL_EMAIL, FINN);
		request.user_template = text;
		g_autoptr(DraftNote) note = compose(&request);
		g_assert_cmpstr(note->body, ==, events[i].expected);
	}
}

/* A decision day is mentioned as past only once it is, and not after they asked for more time; by its date once its
 * week is over, because "Friday" would be the next one. */
static void test_decision_day(void)
{
	g_autoptr(Facts) facts = make_facts(INTERVIEW_IN_PERSON, 1);
	DraftRequest request = make_request(facts, STEP_CHECK_IN, CHANNEL_EMAIL, FINN);
	request.now = ELEVEN + 9 * (int64_t)DAY_SECONDS;
	g_autoptr(DraftNote) before = compose(&request);
	g_assert_null(strstr(before->body, "Friday"));
	request.now = ELEVEN + 11 * (int64_t)DAY_SECONDS;
	g_autoptr(DraftNote) same_week = compose(&request);
	g_assert_nonnull(strstr(same_week->body, "Friday"));
	request.now = ELEVEN + 13 * (int64_t)DAY_SECONDS;
	g_autoptr(DraftNote) after = compose(&request);
	g_assert_nonnull(strstr(after->body, "the 27th"));
	g_assert_null(strstr(after->body, "Friday"));
	Event reply = EVENT_INIT(EVENT_REPLY);
	reply.at = ELEVEN + 11 * (int64_t)DAY_SECONDS;
	reply.person = FINN;
	reply.says = SAYS_MORE_TIME;
	facts_add_event(facts, &reply);
	g_autoptr(DraftNote) delayed = compose(&request);
	g_assert_null(strstr(delayed->body, "the 27th"));
	facts_event(facts, 0)->at = request.now + 1;
	g_autoptr(DraftNote) not_yet = compose(&request);
	g_assert_nonnull(strstr(not_yet->body, "the 27th"));
}

static void test_questions_at_the_end(void)
{
	g_autoptr(Facts) facts = make_facts(INTERVIEW_IN_PERSON, 1);
	static const struct {
		bool decision, follow_up;
		int questions;
	} cases[] = {{true, false, 1}, {false, true, 1}, {true, true, 2}, {false, false, 2}};
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		DraftRequest request = make_request(facts, STEP_PREPARE_CLOSE, WORD_NONE, NOBODY);
		request.asks_decision_date = cases[i].decision;
		request.asks_follow_up_date = cases[i].follow_up;
		g_autoptr(DraftNote) note = compose(&request);
		g_auto(GStrv) pieces = g_strsplit(note->body, "?", -1);
		g_assert_cmpuint(g_strv_length(pieces), ==, (guint)cases[i].questions + 1);
		g_assert_nonnull(strstr(note->body, "Mr. Finn"));
	}
}

static void test_same_bytes(void)
{
	g_autoptr(Facts) facts = make_facts(INTERVIEW_PANEL, 3);
	g_autoptr(GHashTable) bodies = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (int variant = 0; variant < 5; variant++) {
		DraftRequest request = make_request(facts, STEP_THANK_YOU, CHANNEL_EMAIL, OKORO);
		request.variant = variant;
		g_autoptr(DraftNote) one = compose(&request), two = compose(&request);
		g_assert_cmpstr(one->body, ==, two->body);
		g_assert_cmpstr(one->subject, ==, two->subject);
		g_hash_table_add(bodies, g_strdup(one->body));
	}
	g_assert_cmpuint(g_hash_table_size(bodies), ==, 5);
}

/* ---- what is refused ---- */

static const struct {
	const char *name;
	StepKind step;
	int channel, to;
	const char *template;
	const char *where;
} refusals[] = {
	{"debrief", STEP_DEBRIEF, WORD_NONE, FINN, NULL, "step"},
	{"sound-out", STEP_SOUND_OUT, WORD_NONE, FINN, NULL, "step"},
	{"check-in-by-card", STEP_CHECK_IN, CHANNEL_CARD, FINN, NULL, "channel"},
	{"card-by-mail", STEP_CARD, CHANNEL_EMAIL, FINN, NULL, "channel"},
	{"to-nobody", STEP_THANK_YOU, CHANNEL_EMAIL, NOBODY, NULL, "to"},
	{"to-somebody-else", STEP_THANK_YOU, CHANNEL_EMAIL, 9, NULL, "to"},
	{"unknown-variable", STEP_THANK_YOU, CHANNEL_EMAIL, FINN, "Dear {{nobody}},", "mine:1:6"},
	{"wordings-that-show-each-other", STEP_THANK_YOU, CHANNEL_EMAIL, FINN, "{{a}}\n== a ==\n-{{b}}\n== b ==\n-{{a}}\n",
	 NULL},
};

static void test_refused(gconstpointer data)
{
	guint i = GPOINTER_TO_UINT(data);
	g_autoptr(Facts) facts = make_facts(INTERVIEW_IN_PERSON, 1);
	DraftRequest request = make_request(facts, refusals[i].step, refusals[i].channel, refusals[i].to);
	request.user_template = refusals[i].template;
	request.template_name = "mine";
	g_autoptr(DraftNote) note = NULL;
	g_autoptr(GError) error = NULL;
	g_assert_false(draft_compose(&request, &note, &error));
	g_assert_null(note);
	g_assert_error(error, BASE_ERROR, BASE_ERROR_INVALID);
	g_assert_true(g_str_has_suffix(error->message, "."));
	if (refusals[i].where != NULL)
		g_assert_cmpstr(base_error_get_where(error), ==, refusals[i].where);
}

static void test_own_template(void)
{
	g_autoptr(Facts) facts = make_facts(INTERVIEW_IN_PERSON, 1);
	DraftRequest request = make_request(facts, STEP_THANK_YOU, CHANNEL_EMAIL, FINN);
	request.user_template =
		"Subject: {{position}} & me\n\nHi {{name}},\n\n{{hello}} {{topic}}.\n{{#weak}}Weak: {{weak}}"
		"{{/weak}}\n{{^my_email}}no mail{{/my_email}}\n\n{{my_name}}\n== hello ==\nI say {{unknown_yet}}\n"
		"== unknown_yet ==\nhello to\n";
	g_autoptr(DraftNote) note = compose(&request);
	g_assert_cmpstr(note->subject, ==, "Data analyst & me");
	g_assert_cmpstr(
		note->body, ==,
		"Hi Huck Finn,\n\nI say hello to moving the forecast off spreadsheets.\nWeak: the pricing question\n\n"
		"Ana Reyes\n");
	request.step = STEP_CHECK_IN;
	request.channel = CHANNEL_LINKEDIN;
	request.user_template = "Any news, {{name}}?";
	g_autoptr(DraftNote) elsewhere = compose(&request);
	g_assert_cmpstr(elsewhere->body, ==, "Any news, Huck Finn?\n");
	request.channel = CHANNEL_EMAIL;
	request.user_template = "Hello";
	g_autoptr(DraftNote) bare = compose(&request);
	g_assert_cmpstr(bare->body, ==, "Hello\n");
	g_assert_nonnull(strstr(bare->subject, "Data analyst role"));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (int step = 0; step < STEP_COUNT; step++) {
		g_autofree char *path = g_strdup_printf("/draft/complete/%s", word_text(WORDS_STEP, step));
		if (draft_has_text((StepKind)step))
			g_test_add_data_func(path, GINT_TO_POINTER(step), test_complete);
	}
	for (guint i = 0; i < G_N_ELEMENTS(missing_cases); i++) {
		g_autofree char *path = g_strdup_printf("/draft/missing/%s", missing_cases[i].name);
		g_test_add_data_func(path, GUINT_TO_POINTER(i), test_missing);
	}
	for (guint i = 0; i < G_N_ELEMENTS(refusals); i++) {
		g_autofree char *path = g_strdup_printf("/draft/refused/%s", refusals[i].name);
		g_test_add_data_func(path, GUINT_TO_POINTER(i), test_refused);
	}
	g_test_add_func("/draft/previous-subject", test_previous_subject);
	g_test_add_func("/draft/card-is-mentioned", test_card_is_mentioned);
	g_test_add_func("/draft/later-is-ignored", test_later_is_ignored);
	g_test_add_func("/draft/sent", test_sent);
	g_test_add_func("/draft/decision-day", test_decision_day);
	g_test_add_func("/draft/questions-at-the-end", test_questions_at_the_end);
	g_test_add_func("/draft/same-bytes", test_same_bytes);
	g_test_add_func("/draft/own-template", test_own_template);
	return g_test_run();
}
