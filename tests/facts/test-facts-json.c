/* test-facts-json.c - facts from JSON and back.
 *
 * A bad case takes one good text, replaces a piece of it, and names the place and a part of the sentence.  Random facts
 * come back equal from what they are written as.
 */
#include <base/error.h>
#include <base/limits.h>
#include <facts/facts-json.h>
#include <string.h>

static const char GOOD[] =
	"{\"version\": 1, \"timezone\": \"America/Phoenix\", \"holidays\": [\"2026-11-27\", \"2026-11-26\"],\n"
	" \"me\": {\"name\": \"Ana Reyes\", \"email\": \"ana@example.net\", \"phone\": \"+1 602 555 0142\", \"linkedin\": "
	"null,\n"
	"        \"skills\": [\"SQL\", \"forecasting\"]},\n"
	" \"opportunity\": {\"company\": \"Globex\", \"position\": \"Data analyst\", \"pace\": \"fast\", \"stage\": "
	"\"near-end\",\n"
	"                 \"requirements\": [\"SQL\", \"clear writing\"]},\n"
	" \"people\": [{\"id\": \"finn\", \"name\": \"Huck Finn\", \"salutation\": \"Mr. Finn\", \"role\": "
	"\"hiring-manager\",\n"
	"             \"email\": \"finn@globex.example\", \"phone\": \"+1 602\", \"address\": \"1 Main St\", \"linkedin\": "
	"\"in/finn\"},\n"
	"            {\"id\": \"rita\", \"name\": \"Rita Gomez\"}],\n"
	" \"interviews\": [{\"id\": \"onsite\", \"kind\": \"panel\", \"start\": \"2026-11-17T10:00\", \"end\": "
	"\"2026-11-17T18:00Z\",\n"
	"                 \"place\": \"1 Main St\", \"link\": \"https://meet.globex.example/j/7\",\n"
	"                 \"with\": [\"rita\", \"finn\"],\n"
	"                 \"promise\": {\"decision_by\": \"2026-11-19\", \"follow_up_after\": null, \"process_weeks\": "
	"3}}],\n"
	" \"debriefs\": [{\"interview\": \"onsite\", \"at\": \"2026-11-17T12:00\",\n"
	"               \"topics\": [{\"with\": \"finn\", \"text\": \"forecasts\"}, {\"with\": null, \"text\": \"the "
	"weather\"}],\n"
	"               \"strong\": [\"s\"], \"weak\": [\"w\"], \"unsaid\": [\"u\"], \"fit\": [\"f\"]}],\n"
	" \"events\": [\n"
	"  {\"at\": \"2026-11-17T15:00\", \"kind\": \"sent\", \"step\": \"thank-you\", \"interview\": \"onsite\", \"to\": "
	"\"finn\",\n"
	"   \"channel\": \"email\"},\n"
	"  {\"at\": \"2026-11-17T16:00\", \"kind\": \"called\", \"step\": \"check-in\", \"to\": \"finn\", \"result\": "
	"\"call-back\"},\n"
	"  {\"at\": \"2026-11-17T17:00\", \"kind\": \"reply\", \"from\": \"rita\", \"says\": \"more-time\", "
	"\"decision_by\": \"2026-11-27\"},\n"
	"  {\"at\": \"2026-11-17T18:00\", \"kind\": \"auto-reply\", \"from\": \"finn\", \"back_on\": \"2026-11-30\"},\n"
	"  {\"at\": \"2026-11-17T19:00\", \"kind\": \"bounced\", \"step\": \"card\", \"to\": \"finn\", \"channel\": "
	"\"card\", \"address\": \"A\"},\n"
	"  {\"at\": \"2026-11-17T20:00\", \"kind\": \"sounded-out\", \"interview\": \"onsite\"},\n"
	"  {\"at\": \"2026-11-17T21:00\", \"kind\": \"promise\", \"follow_up_after\": \"2026-12-01\", \"process_weeks\": "
	"104},\n"
	"  {\"at\": \"2026-11-17T22:00\", \"kind\": \"offer\"}, {\"at\": \"2026-11-17T22:01\", \"kind\": \"rejected\", "
	"\"to\": null},\n"
	"  {\"at\": \"2026-11-17T22:02\", \"kind\": \"withdrawn\"}, {\"at\": \"2026-11-17T22:03\", \"kind\": "
	"\"reopened\"}]}\n";

static Facts *parse(const char *text)
{
	g_autoptr(GError) error = NULL;
	Facts *facts = NULL;
	bool good = facts_parse(text, strlen(text), &facts, &error);
	g_assert_no_error(error);
	g_assert_true(good);
	return facts;
}

/* The text with the one place where `from` stands changed. */
static char *replaced(const char *text, const char *from, const char *to)
{
	const char *at = strstr(text, from);
	g_assert_nonnull(at);
	g_assert_null(strstr(at + 1, from));
	return g_strdup_printf("%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
}

static void test_parties(void)
{
	g_autoptr(Facts) facts = parse(GOOD);
	g_assert_cmpstr(zone_get_name(facts->zone), ==, "America/Phoenix");
	g_assert_cmpuint(facts->holidays->len, ==, 2);
	g_assert_cmpint(g_array_index(facts->holidays, Day, 0), ==, 20783);
	g_assert_cmpstr(facts->me.email, ==, "ana@example.net");
	g_assert_null(facts->me.linkedin);
	g_assert_cmpstr(facts->me.skills->pdata[1], ==, "forecasting");
	g_assert_cmpint(facts->pace, ==, PACE_FAST);
	g_assert_cmpint(facts->stage, ==, STAGE_NEAR_END);
	g_assert_cmpstr(facts->requirements->pdata[1], ==, "clear writing");
	const Person *finn = facts_person(facts, 0);
	g_assert_cmpint(finn->role, ==, ROLE_HIRING_MANAGER);
	g_assert_cmpstr(finn->salutation, ==, "Mr. Finn");
	g_assert_cmpstr(finn->address, ==, "1 Main St");
	g_assert_cmpstr(finn->linkedin, ==, "in/finn");
	g_assert_cmpint(facts_person(facts, 1)->role, ==, ROLE_INTERVIEWER);
}

static void test_meetings(void)
{
	g_autoptr(Facts) facts = parse(GOOD);
	const Interview *interview = facts_interview(facts, 0);
	g_assert_cmpint(interview->kind, ==, INTERVIEW_PANEL);
	g_assert_cmpint(interview->start, ==, 1794934800);
	g_assert_cmpint(interview->end, ==, 1794938400);
	g_assert_cmpuint(interview->with->len, ==, 2);
	g_assert_cmpint(g_array_index(interview->with, int, 0), ==, 1);
	g_assert_cmpint(interview->promise.decision_by, ==, 20776);
	g_assert_cmpint(interview->promise.follow_up_after, ==, DAY_NONE);
	g_assert_cmpint(interview->promise.process_weeks, ==, 3);
	const Debrief *debrief = facts_debrief(facts, 0);
	g_assert_cmpint(debrief->interview, ==, 0);
	g_assert_cmpint(g_array_index(debrief->topics, Topic, 0).with, ==, 0);
	g_assert_cmpint(g_array_index(debrief->topics, Topic, 1).with, ==, NOBODY);
	g_assert_cmpstr(g_array_index(debrief->topics, Topic, 1).text, ==, "the weather");
	g_assert_cmpstr(debrief->strong->pdata[0], ==, "s");
	g_assert_cmpstr(debrief->weak->pdata[0], ==, "w");
	g_assert_cmpstr(debrief->unsaid->pdata[0], ==, "u");
	g_assert_cmpstr(debrief->fit->pdata[0], ==, "f");
}

/* Kind, step, interview, person, channel, result, says, process weeks. */
static const int EVENTS[][8] = {
	{EVENT_SENT, STEP_THANK_YOU, 0, 0, CHANNEL_EMAIL, -1, -1, 0},
	{EVENT_CALLED, STEP_CHECK_IN, -1, 0, CHANNEL_CALL, CALL_CALL_BACK, -1, 0},
	{EVENT_REPLY, -1, -1, 1, -1, -1, SAYS_MORE_TIME, 0},
	{EVENT_AUTO_REPLY, -1, -1, 0, -1, -1, -1, 0},
	{EVENT_BOUNCED, STEP_CARD, -1, 0, CHANNEL_CARD, -1, -1, 0},
	{EVENT_SOUNDED_OUT, -1, 0, -1, -1, -1, -1, 0},
	{EVENT_PROMISE, -1, -1, -1, -1, -1, -1, 104},
	{EVENT_OFFER, -1, -1, -1, -1, -1, -1, 0},
	{EVENT_REJECTED, -1, -1, -1, -1, -1, -1, 0},
	{EVENT_WITHDRAWN, -1, -1, -1, -1, -1, -1, 0},
	{EVENT_REOPENED, -1, -1, -1, -1, -1, -1, 0},
};

static void test_events(void)
{
	g_autoptr(Facts) facts = parse(GOOD);
	g_assert_cmpuint(facts->events->len, ==, G_N_ELEMENTS(EVENTS));
	for (int i = 0; i < (int)G_N_ELEMENTS(EVENTS); i++) {
		const Event *event = facts_event(facts, i);
		const int got[8] = {(int)event->kind, event->step,   event->interview, event->person,
							event->channel,   event->result, event->says,      event->promise.process_weeks};
		g_test_message("event %d", i);
		g_assert_cmpmem(got, sizeof got, EVENTS[i], sizeof EVENTS[i]);
	}
	g_assert_cmpint(facts_event(facts, 2)->promise.decision_by, ==, 20784);
	g_assert_cmpint(facts_event(facts, 3)->back_on, ==, 20787);
	g_assert_cmpstr(facts_event(facts, 4)->address, ==, "A");
	g_assert_cmpint(facts_event(facts, 6)->promise.follow_up_after, ==, 20788);
	g_assert_cmpint(facts_event(facts, 6)->promise.decision_by, ==, DAY_NONE);
}

/* The least there can be; the keys in an order that needs looking ahead; what is empty counts as missing. */
static void test_lenient(void)
{
	g_autoptr(Facts) least = parse("{\"opportunity\":{\"company\":\"Globex\"},\"timezone\":\"UTC\",\"version\":1}");
	g_assert_cmpint(least->pace, ==, PACE_NORMAL);
	g_assert_cmpint(least->stage, ==, STAGE_UNKNOWN);
	g_autoptr(Facts) turned =
		parse("{\"events\":[{\"from\":\"a\",\"kind\":\"reply\",\"channel\":null,\"at\":\"2026-11-17T10:00\"}],"
			  "\"interviews\":[{\"with\":[\"a\"],\"end\":\"2026-11-17T10:00\",\"start\":\"2026-11-17T10:00\",\"kind\":"
			  "\"video\","
			  "\"id\":\"i\",\"promise\":null}],\"people\":[{\"name\":\"A\",\"id\":\"a\",\"email\":\"\",\"role\":\" "
			  "\"}],\"me\":null,"
			  "\"opportunity\":{\"requirements\":null,\"company\":\"Globex\"},\"timezone\":\"America/"
			  "Phoenix\",\"version\":1}");
	g_assert_cmpint(facts_event(turned, 0)->at, ==, 1794934800);
	g_assert_cmpint(facts_event(turned, 0)->says, ==, SAYS_OTHER);
	g_assert_null(facts_person(turned, 0)->email);
	g_assert_cmpint(facts_person(turned, 0)->role, ==, ROLE_INTERVIEWER);
	g_autofree char *with_mark = g_strconcat("\xef\xbb\xbf", GOOD, NULL);
	g_autoptr(Facts) marked = parse(with_mark);
	g_assert_cmpuint(marked->events->len, ==, 11);
}

static const struct {
	const char *name, *from, *to, *where, *part;
} BAD[] = {
	{"unknown key", "\"email\": \"finn", "\"emial\": \"finn", "facts.people[0].emial", "did you mean \"email\""},
	{"unknown key at the top", "\"me\"", "\"myself\"", "facts.myself", "version, timezone"},
	{"unknown key with controls", "\"me\"", "\"m\\u001b\\n\"", "facts.m\\u001b\\n", "version, timezone"},
	{"other version", "\"version\": 1", "\"version\": 2", "facts.version", "is 2; 1 is expected"},
	{"version as text", "\"version\": 1", "\"version\": \"1\"", "facts.version", "is a text"},
	{"no version", "\"version\": 1,", "", "facts.version", "is missing"},
	{"zone of Mars", "America/Phoenix", "Mars/Olympus", "facts.timezone",
	 "facts.timezone: the time zone \"Mars/Olympus\" does not exist"},
	{"zone as number", "\"America/Phoenix\"", "7", "facts.timezone", "is a number; a text is expected"},
	{"no zone", "\"America/Phoenix\"", "null", "facts.timezone", "is missing"},
	{"holiday that is none", "2026-11-26", "2026-02-30", "facts.holidays[1]", "\"2026-02-30\"; a date like"},
	{"holidays as object", "[\"2026-11-27\", \"2026-11-26\"]", "{}", "facts.holidays", "is an object; a list"},
	{"me as list", "\"me\": {", "\"me\": [], \"opportunity\": {", "facts.me", "is a list; an object"},
	{"name as list", "\"Ana Reyes\"", "[]", "facts.me.name", "is a list; a text"},
	{"name as truth", "\"Ana Reyes\"", "true", "facts.me.name", "is true or false; a text"},
	{"name with NUL", "Ana Reyes", "Ana\\u0000Reyes", "facts.me.name", "control"},
	{"name with line", "Ana Reyes", "Ana\\nReyes", "facts.me.name", "line break"},
	{"skill as number", "\"forecasting\"", "3.5", "facts.me.skills[1]", "is a number"},
	{"no company", "\"Globex\"", "null", "facts.opportunity.company", "is missing"},
	{"blank company", "\"Globex\"", "\" \"", "facts.opportunity.company", "is empty"},
	{"pace of its own", "\"fast\"", "\"slow\"", "facts.opportunity.pace", "\"slow\"; one of normal or fast"},
	{"no person id", "\"id\": \"rita\", ", "", "facts.people[1].id", "is missing"},
	{"one id twice", "\"id\": \"rita\"", "\"id\": \"finn\"", "facts.interviews[0].with[0]", "\"rita\"; the id of one"},
	{"person as text", "{\"id\": \"rita\", \"name\": \"Rita Gomez\"}", "\"rita\"", "facts.people[1]", "is a text"},
	{"role of its own", "hiring-manager", "boss", "facts.people[0].role", "hiring-manager, interviewer, recruiter"},
	{"no kind", "\"kind\": \"panel\", ", "", "facts.interviews[0].kind", "is missing"},
	{"a link of two lines", "meet.globex.example/j/7", "a\\nb", "facts.interviews[0].link", "holds a line break"},
	{"no start", "\"start\": \"2026-11-17T10:00\", ", "", "facts.interviews[0].start", "is missing"},
	{"date as start", "\"2026-11-17T10:00\"", "\"2026-11-17\"", "facts.interviews[0].start", "a time like"},
	{"end before start", "2026-11-17T18:00Z", "2026-11-17T09:59", "facts.interviews[0].end", "before its start"},
	{"with a stranger", "\"rita\", \"finn\"", "\"rita\", \"jim\"", "facts.interviews[0].with[1]", "\"jim\""},
	{"with one twice", "\"rita\", \"finn\"", "\"rita\", \"rita\"", "facts.interviews[0].with[1]", "a second time"},
	{"with null", "\"rita\", \"finn\"", "null", "facts.interviews[0].with[0]", "is null"},
	{"promise before", "2026-11-19", "2026-11-10", "facts.interviews[0].promise.decision_by", "before the interview"},
	{"no weeks", "\"process_weeks\": 3", "\"process_weeks\": 0", "facts.interviews[0].promise.process_weeks", "from 1"},
	{"half weeks", "\"process_weeks\": 3", "\"process_weeks\": 3.5", "facts.interviews[0].promise.process_weeks",
	 "a whole number"},
	{"huge weeks", "\"process_weeks\": 3", "\"process_weeks\": 99999999999999999999",
	 "facts.interviews[0].promise.process_weeks", "from 1 to 104"},
	{"debrief of a stranger", "{\"interview\": \"onsite\", \"at\"", "{\"interview\": \"x\", \"at\"",
	 "facts.debriefs[0].interview", "the id of one of facts.interviews"},
	{"topic without text", "\"text\": \"the weather\"", "\"text\": null", "facts.debriefs[0].topics[1].text",
	 "missing"},
	{"event in the year 9999", "2026-11-17T15:00", "9999-11-17T15:00", "facts.events[0].at", "in the year 9999"},
	{"event of its own", "\"sounded-out\"", "\"dreamt\"", "facts.events[5].kind", "sent, called, reply"},
	{"event without time", "\"at\": \"2026-11-17T15:00\", ", "", "facts.events[0].at", "is missing"},
	{"sent without channel", "\"channel\": \"email\"", "\"channel\": null", "facts.events[0].channel", "is missing"},
	{"called without step", "\"step\": \"check-in\", \"to\": \"finn\", \"result\"",
	 "\"to\": \"finn\", \"result\"", "facts.events[1].step", "is missing"},
	{"called on a channel", "\"result\": \"call-back\"", "\"result\": \"call-back\", \"channel\": \"call\"",
	 "facts.events[1].channel", "no key of the kind \"called\"; at, kind, step, interview, to or result"},
	{"reply to", "\"from\": \"rita\"", "\"to\": \"rita\"", "facts.events[2].to", "no key of the kind \"reply\""},
	{"reply with weeks", "\"says\": \"more-time\"", "\"process_weeks\": 3", "facts.events[2].process_weeks", "no key"},
	{"events as null entry", "{\"at\": \"2026-11-17T22:00\", \"kind\": \"offer\"}", "null", "facts.events[7]",
	 "is null"},
	{"key twice", "\"stage\": \"near-end\"", "\"pace\": \"fast\"", "facts.opportunity.pace", "stands there twice"},
	{"key twice with escapes", "\"stage\": \"near-end\"", "\"position\": \"\\\"\"", "facts.opportunity.position",
	 "twice"},
	{"key twice in an entry", "\"id\": \"rita\"", "\"id\": \"rit\", \"id\": \"rita\"", "facts.people[1].id", "twice"},
	{"key twice, once escaped", "\"stage\": \"near-end\"", "\"p\\u0061ce\": \"fast\"", "facts", "stands there twice"},
	{"object twice", "\"me\":", "\"opportunity\": {}, \"me\":", "facts.opportunity", "stands there twice"},
};

static void check_bad(const char *text, size_t length, const char *where, const char *part)
{
	g_autoptr(GError) error = NULL;
	Facts *facts = NULL;
	g_assert_false(facts_parse(text, length, &facts, &error));
	g_assert_null(facts);
	g_assert_error(error, BASE_ERROR, BASE_ERROR_INVALID);
	g_test_message("%s", error->message);
	g_assert_cmpstr(base_error_get_where(error), ==, where);
	g_assert_nonnull(strstr(error->message, part));
	g_assert_null(strpbrk(error->message, "\n\x1b"));
}

static void test_bad(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(BAD); i++) {
		g_autofree char *text = replaced(GOOD, BAD[i].from, BAD[i].to);
		g_test_message("%s", BAD[i].name);
		check_bad(text, strlen(text), BAD[i].where, BAD[i].part);
	}
}

static const struct {
	const char *name, *text, *where, *part;
} NOT_FACTS[] = {
	{"nothing", "", "facts", "are empty"},
	{"blanks", " \n\t", "facts", "are empty"},
	{"null", "\n null", "line 2, column 2", "an object that begins with {"},
	{"list", "[]", "line 1, column 1", "an object that begins with {"},
	{"words", "hello", "line 1, column 1", "an object that begins with {"},
	{"cut short", "{\"version\": 1", "line 1, column 14", "ends in the middle"},
	{"comma too many", "{\"version\": 1,}", "line 1, column 15", "not JSON"},
	{"something after", "{\"version\": 1}\n x", "line 2, column 2", "not JSON"},
	{"two objects", "{\"version\": 1}{}", "line 1, column 15", "not JSON"},
	{"comment", "{\"version\": /* one */ 1}", "line 1, column 13", "not JSON"},
	{"not UTF-8", "{\"version\": \"\xff\"}", "line 1, column 14", "utf-8"},
	{"single quotes", "{\"version\": 1, \"timezone\": 'UTC', \"opportunity\": {\"company\": \"Globex\"}}",
	 "line 1, column 28", "not JSON"},
	{"key in single quotes", "{'version': 1, \"timezone\": \"UTC\", \"opportunity\": {\"company\": \"Globex\"}}",
	 "line 1, column 2", "a single quote"},
	{"key in single quotes, and an escape",
	 "{'version': 1, \"timezone\": \"UTC\", \"opportunity\": {\"company\": \"\\\"\"}}", "line 1, column 2",
	 "a single quote"},
	{"a key twice, once in single quotes",
	 "{'version': 1, \"version\": 1, \"timezone\": \"UTC\", \"opportunity\": {\"company\": \"G\"}}", "line 1, column 2",
	 "a single quote"},
	{"not a number", "{\"version\": NaN}", "facts.version", "the number 1"},
	{"empty object", "{}", "facts.version", "is missing"},
	{"empty key", "{\"\": 1}", "facts.", "no known key"},
};

static void test_not_facts(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(NOT_FACTS); i++) {
		g_test_message("%s", NOT_FACTS[i].name);
		check_bad(NOT_FACTS[i].text, strlen(NOT_FACTS[i].text), NOT_FACTS[i].where, NOT_FACTS[i].part);
	}
	check_bad("{\0}", 3, "line 1, column 2", "NUL");
	g_autoptr(GString) deep = g_string_new(NULL);
	for (int i = 0; i < 100000; i++)
		g_string_append(deep, "{\"a\":");
	check_bad(deep->str, deep->len, "line 1, column 61", "nesting too deep");
}

/* As many as may be, so that the text is long. */
static void test_many(void)
{
	g_autoptr(GString) text =
		g_string_new("{\"version\":1,\"timezone\":\"UTC\",\"opportunity\":{\"company\":\"G\"},\"holidays\":[");
	for (int i = 0; i < LIMIT_HOLIDAYS; i++) {
		char day[DAY_TEXT_BYTES];
		g_string_append_printf(text, "%s\"%s\"", i > 0 ? "," : "", day_format(20000 + i, day));
	}
	g_string_append(text, "]}");
	g_autoptr(Facts) facts = parse(text->str);
	g_assert_cmpuint(facts->holidays->len, ==, LIMIT_HOLIDAYS);
}

static void test_too_much(void)
{
	g_autofree char *huge = g_strnfill(LIMIT_INPUT_BYTES + 1, ' ');
	check_bad(huge, LIMIT_INPUT_BYTES + 1, "facts", "4194305 bytes long; at most 4194304");
	g_autoptr(GString) people = g_string_new("\"people\": [");
	for (int i = 0; i <= LIMIT_PEOPLE; i++)
		g_string_append_printf(people, "%s{\"id\":\"p%d\",\"name\":\"P\"}", i > 0 ? "," : "", i);
	g_string_append(people, "], \"interviews\"");
	g_autofree char *without = replaced(GOOD, "\"people\": [", "\"people\": [{}, ");
	check_bad(without, strlen(without), "facts.people[0].id", "is missing");
	g_autofree char *least =
		g_strdup_printf("{\"version\":1,\"timezone\":\"UTC\",\"opportunity\":{\"company\":\"G\"},%s:[]}", people->str);
	check_bad(least, strlen(least), "facts.people", "holds 201 entries; at most 200");
}

/* One reader, many texts: an error leaves nothing behind, and the zone follows the text. */
static void test_reader(void)
{
	g_autoptr(FactsReader) reader = facts_reader_new();
	g_autofree char *other = replaced(GOOD, "America/Phoenix", "Europe/Paris");
	g_autofree char *bad = replaced(GOOD, "America/Phoenix", "Mars/Olympus");
	const char *const texts[] = {GOOD, GOOD, bad, other, "{\"a\":[[[", GOOD, bad, other};
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_autoptr(Facts) facts = NULL;
		g_autoptr(GError) error = NULL;
		bool good = facts_reader_parse(reader, texts[i], strlen(texts[i]), &facts, &error);
		g_assert_true(good == (texts[i] == GOOD || texts[i] == other));
		if (good)
			g_assert_cmpint(
				facts_interview(facts, 0)->start, ==, texts[i] == GOOD ? 1794934800 : 1794934800 - 8 * 3600);
	}
	facts_reader_free(NULL);
}

/* The text needs no NUL behind it. */
static void test_no_nul(void)
{
	size_t length = strlen(GOOD);
	g_autofree char *copy = g_memdup2(GOOD, length);
	g_autoptr(Facts) facts = NULL;
	g_assert_true(facts_parse(copy, length, &facts, NULL));
}

static void assert_comes_back(const Facts *facts)
{
	for (int indented = 0; indented < 2; indented++) {
		g_autoptr(GString) first = g_string_new(NULL), second = g_string_new(NULL);
		facts_format(facts, indented, first);
		g_autoptr(Facts) again = parse(first->str);
		facts_format(again, indented, second);
		g_assert_cmpstr(first->str, ==, second->str);
	}
}

static void test_format(void)
{
	g_autoptr(Facts) facts = parse(GOOD);
	g_autoptr(GString) text = g_string_new(NULL);
	assert_comes_back(facts);
	facts_format(facts, false, text);
	g_assert_cmpstr(
		text->str, ==,
		"{\"version\":1,\"timezone\":\"America/Phoenix\",\"holidays\":[\"2026-11-26\",\"2026-11-27\"],"
		"\"me\":{\"name\":\"Ana Reyes\",\"email\":\"ana@example.net\",\"phone\":\"+1 602 555 0142\","
		"\"skills\":[\"SQL\",\"forecasting\"]},"
		"\"opportunity\":{\"company\":\"Globex\",\"position\":\"Data "
		"analyst\",\"pace\":\"fast\",\"stage\":\"near-end\","
		"\"requirements\":[\"SQL\",\"clear writing\"]},"
		"\"people\":[{\"id\":\"finn\",\"name\":\"Huck Finn\",\"salutation\":\"Mr. Finn\",\"role\":\"hiring-manager\","
		"\"email\":\"finn@globex.example\",\"phone\":\"+1 602\",\"address\":\"1 Main St\",\"linkedin\":\"in/finn\"},"
		"{\"id\":\"rita\",\"name\":\"Rita Gomez\",\"role\":\"interviewer\"}],"
		"\"interviews\":[{\"id\":\"onsite\",\"kind\":\"panel\",\"start\":\"2026-11-17T10:00:00-07:00\","
		"\"end\":\"2026-11-17T11:00:00-07:00\",\"place\":\"1 Main St\","
		"\"link\":\"https://meet.globex.example/j/7\",\"with\":[\"rita\",\"finn\"],"
		"\"promise\":{\"decision_by\":\"2026-11-19\",\"process_weeks\":3}}],"
		"\"debriefs\":[{\"interview\":\"onsite\",\"at\":\"2026-11-17T12:00:00-07:00\","
		"\"topics\":[{\"with\":\"finn\",\"text\":\"forecasts\"},{\"text\":\"the weather\"}],"
		"\"strong\":[\"s\"],\"weak\":[\"w\"],\"unsaid\":[\"u\"],\"fit\":[\"f\"]}],"
		"\"events\":[{\"at\":\"2026-11-17T15:00:00-07:00\",\"kind\":\"sent\",\"step\":\"thank-you\",\"interview\":"
		"\"onsite\","
		"\"to\":\"finn\",\"channel\":\"email\"},"
		"{\"at\":\"2026-11-17T16:00:00-07:00\",\"kind\":\"called\",\"step\":\"check-in\",\"to\":\"finn\","
		"\"result\":\"call-back\"},"
		"{\"at\":\"2026-11-17T17:00:00-07:00\",\"kind\":\"reply\",\"from\":\"rita\",\"says\":\"more-time\","
		"\"decision_by\":\"2026-11-27\"},"
		"{\"at\":\"2026-11-17T18:00:00-07:00\",\"kind\":\"auto-reply\",\"from\":\"finn\",\"back_on\":\"2026-11-30\"},"
		"{\"at\":\"2026-11-17T19:00:00-07:00\",\"kind\":\"bounced\",\"step\":\"card\",\"to\":\"finn\",\"channel\":"
		"\"card\","
		"\"address\":\"A\"},"
		"{\"at\":\"2026-11-17T20:00:00-07:00\",\"kind\":\"sounded-out\",\"interview\":\"onsite\"},"
		"{\"at\":\"2026-11-17T21:00:00-07:00\",\"kind\":\"promise\",\"follow_up_after\":\"2026-12-01\",\"process_"
		"weeks\":104},"
		"{\"at\":\"2026-11-17T22:00:00-07:00\",\"kind\":\"offer\"},{\"at\":\"2026-11-17T22:01:00-07:00\",\"kind\":"
		"\"rejected\"},"
		"{\"at\":\"2026-11-17T22:02:00-07:00\",\"kind\":\"withdrawn\"},"
		"{\"at\":\"2026-11-17T22:03:00-07:00\",\"kind\":\"reopened\"}]}");
}

/* ---- random facts ---- */

static char *random_text(void)
{
	static const char *const pieces[] = {"a", "Zoë", "\"", "\\", "/", "李", " x", "'", "é", "{", "</b>", "ß", "7"};
	GString *text = g_string_new("t");
	for (int i = g_test_rand_int_range(0, 12); i > 0; i--)
		g_string_append(text, pieces[g_test_rand_int_range(0, G_N_ELEMENTS(pieces))]);
	return g_string_free(text, FALSE);
}

static char *random_text_or_none(void)
{
	return g_test_rand_bit() ? random_text() : NULL;
}

static void add_texts(GPtrArray *texts)
{
	for (int i = g_test_rand_int_range(0, 3); i > 0; i--)
		g_ptr_array_add(texts, random_text());
}

static int64_t random_time(void)
{
	return 631238400 + (int64_t)(g_test_rand_double() * 6.6e9);
}

static Day random_day(void)
{
	return g_test_rand_bit() ? DAY_NONE : g_test_rand_int_range(7306, 84000);
}

static void add_people(Facts *facts)
{
	for (int i = g_test_rand_int_range(0, 4); i > 0; i--) {
		g_autofree char *id = g_strdup_printf("p%d", i);
		Person *person = facts_add_person(
			facts, &(Person){.id = id, .name = id, .role = (Role)g_test_rand_int_range(0, ROLE_COUNT)});
		person->salutation = random_text_or_none();
		person->address = random_text_or_none();
		person->phone = random_text_or_none();
	}
}

static int random_person(const Facts *facts)
{
	return g_test_rand_int_range(-1, (int)facts->people->len);
}

static void add_interviews(Facts *facts)
{
	for (int i = g_test_rand_int_range(0, 4); i > 0; i--) {
		g_autofree char *id = g_strdup_printf("i \"%d\"", i);
		int64_t start = random_time();
		Interview given = {
			.id = id, .start = start, .end = start + g_test_rand_int_range(0, 9999), .promise = PROMISE_NONE};
		given.kind = (InterviewKind)g_test_rand_int_range(0, INTERVIEW_KIND_COUNT);
		if (g_test_rand_bit())
			given.promise =
				(Promise){zone_to_day(facts->zone, start, NULL) + 3, DAY_NONE, g_test_rand_int_range(0, 105)};
		Interview *interview = facts_add_interview(facts, &given);
		int person = random_person(facts);
		if (person != NOBODY)
			g_array_append_val(interview->with, person);
	}
}

static void add_debriefs(Facts *facts)
{
	for (int i = facts->interviews->len > 0 ? g_test_rand_int_range(0, 3) : 0; i > 0; i--) {
		int interview = g_test_rand_int_range(0, (int)facts->interviews->len);
		Debrief *debrief = facts_add_debrief(facts, interview, random_time());
		g_autofree char *text = random_text();
		debrief_add_topic(debrief, random_person(facts), text);
		add_texts(debrief->strong);
		add_texts(debrief->weak);
		add_texts(debrief->unsaid);
		add_texts(debrief->fit);
	}
}

static Event random_event(const Facts *facts)
{
	Event event = EVENT_INIT((EventKind)g_test_rand_int_range(0, EVENT_COUNT));
	event.at = random_time();
	if (event.kind == EVENT_SENT || event.kind == EVENT_CALLED || event.kind == EVENT_BOUNCED) {
		event.step = g_test_rand_int_range(0, STEP_COUNT);
		event.interview = g_test_rand_int_range(-1, (int)facts->interviews->len);
		event.person = random_person(facts);
		event.channel = event.kind == EVENT_CALLED ? CHANNEL_CALL : g_test_rand_int_range(0, CHANNEL_COUNT);
		event.result = event.kind == EVENT_CALLED ? g_test_rand_int_range(0, CALL_RESULT_COUNT) : WORD_NONE;
	}
	if (event.kind == EVENT_REPLY || event.kind == EVENT_AUTO_REPLY)
		event.person = random_person(facts);
	if (event.kind == EVENT_REPLY)
		event.says = g_test_rand_int_range(0, SAYS_COUNT);
	if (event.kind == EVENT_AUTO_REPLY)
		event.back_on = random_day();
	if (event.kind == EVENT_PROMISE)
		event.promise = (Promise){random_day(), random_day(), g_test_rand_int_range(1, 105)};
	if (event.kind == EVENT_SOUNDED_OUT)
		event.interview = (int)facts->interviews->len - 1;
	return event;
}

static Facts *random_facts(void)
{
	static const char *const zones[] = {"America/New_York", "Europe/Dublin", "Asia/Kathmandu", "UTC", "Pacific/Apia"};
	g_autoptr(Zone) zone = zone_load(zones[g_test_rand_int_range(0, G_N_ELEMENTS(zones))], NULL);
	Facts *facts = facts_new(zone);
	facts->company = random_text();
	facts->position = random_text_or_none();
	facts->me.name = random_text_or_none();
	facts->pace = (Pace)g_test_rand_int_range(0, PACE_COUNT);
	facts->stage = (Stage)g_test_rand_int_range(0, STAGE_COUNT);
	add_texts(facts->me.skills);
	add_texts(facts->requirements);
	for (int i = g_test_rand_int_range(0, 4); i > 0; i--)
		facts_add_holiday(facts, g_test_rand_int_range(7306, 84000));
	add_people(facts);
	add_interviews(facts);
	add_debriefs(facts);
	for (int i = g_test_rand_int_range(0, 8); i > 0; i--) {
		Event event = random_event(facts);
		facts_add_event(facts, &event);
	}
	return facts;
}

static void assert_same_times(const Facts *a, const Facts *b)
{
	for (int i = 0; i < (int)a->interviews->len; i++) {
		g_assert_cmpint(facts_interview(a, i)->start, ==, facts_interview(b, i)->start);
		g_assert_cmpint(facts_interview(a, i)->end, ==, facts_interview(b, i)->end);
	}
	for (int i = 0; i < (int)a->events->len; i++) {
		Event x = *facts_event(a, i), y = *facts_event(b, i);
		g_assert_cmpstr(x.address, ==, y.address);
		x.address = y.address = NULL;
		g_assert_cmpint(x.at, ==, y.at);
		g_assert_cmpint(x.says, ==, y.says);
		g_assert_cmpint(x.person, ==, y.person);
		g_assert_cmpint(x.channel, ==, y.channel);
	}
}

static void test_random(void)
{
	int checked = 0;
	for (int i = 0; i < 3000; i++) {
		g_autoptr(Facts) facts = random_facts();
		if (!facts_check(facts, NULL))
			continue; /* a reply of nobody, and the like */
		g_autoptr(GString) text = g_string_new(NULL);
		facts_format(facts, false, text);
		g_autoptr(Facts) again = parse(text->str);
		assert_same_times(facts, again);
		assert_comes_back(facts);
		checked++;
	}
	g_assert_cmpint(checked, >, 500);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/facts-json/parties", test_parties);
	g_test_add_func("/facts-json/meetings", test_meetings);
	g_test_add_func("/facts-json/events", test_events);
	g_test_add_func("/facts-json/lenient", test_lenient);
	g_test_add_func("/facts-json/bad", test_bad);
	g_test_add_func("/facts-json/not-facts", test_not_facts);
	g_test_add_func("/facts-json/many", test_many);
	g_test_add_func("/facts-json/too-much", test_too_much);
	g_test_add_func("/facts-json/reader", test_reader);
	g_test_add_func("/facts-json/no-nul", test_no_nul);
	g_test_add_func("/facts-json/format", test_format);
	g_test_add_func("/facts-json/random", test_random);
	return g_test_run();
}
