/* facts-check.c - what must hold in facts, whoever filled them.
 *
 * Runs on every facts that are read, so the good case allocates nothing.  It refuses what the planner could trip over,
 * and what could not be written in a letter; it judges nothing else.
 */
#include "event-keys.h"
#include "place.h"

#include <base/limits.h>
#include <base/text.h>
#include <facts/facts.h>
#include <string.h>

/* ---- texts ---- */

typedef enum { TEXT_MAY_BE_MISSING = 1, TEXT_IS_EMAIL = 2 } TextFlags;

/* One text of a struct: its key, where it lies, and what it may hold. */
typedef struct TextRule {
	const char *key;
	size_t offset;
	TextKind kind;
	unsigned flags;
} TextRule;

static const TextRule ME_TEXTS[] = {
	{"name", offsetof(Me, name), TEXT_NAME, TEXT_MAY_BE_MISSING},
	{"email", offsetof(Me, email), TEXT_NAME, TEXT_MAY_BE_MISSING | TEXT_IS_EMAIL},
	{"phone", offsetof(Me, phone), TEXT_LINE, TEXT_MAY_BE_MISSING},
	{"linkedin", offsetof(Me, linkedin), TEXT_LINE, TEXT_MAY_BE_MISSING},
};

static const TextRule OPPORTUNITY_TEXTS[] = {
	{"company", offsetof(Facts, company), TEXT_NAME, 0},
	{"position", offsetof(Facts, position), TEXT_NAME, TEXT_MAY_BE_MISSING},
};

static const TextRule PERSON_TEXTS[] = {
	{"id", offsetof(Person, id), TEXT_NAME, 0},
	{"name", offsetof(Person, name), TEXT_NAME, 0},
	{"salutation", offsetof(Person, salutation), TEXT_NAME, TEXT_MAY_BE_MISSING},
	{"email", offsetof(Person, email), TEXT_NAME, TEXT_MAY_BE_MISSING | TEXT_IS_EMAIL},
	{"phone", offsetof(Person, phone), TEXT_LINE, TEXT_MAY_BE_MISSING},
	{"address", offsetof(Person, address), TEXT_LINE, TEXT_MAY_BE_MISSING},
	{"linkedin", offsetof(Person, linkedin), TEXT_LINE, TEXT_MAY_BE_MISSING},
};

static const TextRule INTERVIEW_TEXTS[] = {
	{"id", offsetof(Interview, id), TEXT_NAME, 0},
	{"place", offsetof(Interview, place), TEXT_LINE, TEXT_MAY_BE_MISSING},
	{"link", offsetof(Interview, link), TEXT_LINE, TEXT_MAY_BE_MISSING},
};

static const TextRule EVENT_TEXTS[] = {{"address", offsetof(Event, address), TEXT_NAME, TEXT_MAY_BE_MISSING}};

static bool check_text(const char *text, size_t limit, TextKind kind, const Place *place, GError **error)
{
	size_t length = strlen(text);
	if (length > limit)
		return place_refuse(place, error, "is %zu bytes long; at most %zu are expected.", length, limit);
	const char *fault = text_find_fault(text, length, limit, kind);
	if (fault != NULL)
		return place_refuse(place, error, "%s.", fault);
	if (text_is_blank(text))
		return place_refuse(place, error, "is empty; a text is expected.");
	return true;
}

/* One "@", something on both sides, and nothing that would end the address or begin another in a mail's header. Whether
 * it exists, only its server knows. */
static bool email_is_plausible(const char *email)
{
	const char *at = strchr(email, '@');
	if (at == NULL || at == email || at[1] == '\0' || strchr(at + 1, '@') != NULL)
		return false;
	if (at[1] == '.' || at[-1] == '.' || email[0] == '.' || email[strlen(email) - 1] == '.')
		return false;
	return strpbrk(email, " ()<>[]\\,;:\"") == NULL && strstr(email, "..") == NULL;
}

static bool check_texts_of(const void *owner, const TextRule *rules, size_t count, const Place *place, GError **error)
{
	for (size_t i = 0; i < count; i++) {
		const char *text = *(const char *const *)((const char *)owner + rules[i].offset);
		if (text == NULL && (rules[i].flags & TEXT_MAY_BE_MISSING))
			continue;
		const Place *here = PLACE_KEY(place, rules[i].key);
		if (text == NULL)
			return place_refuse(here, error, "is missing; a text is expected.");
		if (!check_text(text, LIMIT_NAME_BYTES, rules[i].kind, here, error))
			return false;
		if ((rules[i].flags & TEXT_IS_EMAIL) && !email_is_plausible(text))
			return place_refuse(here, error, "is \"%s\"; an address like \"finn@globex.example\" is expected.", text);
	}
	return true;
}

#define CHECK_TEXTS(owner, rules, place, error) check_texts_of((owner), (rules), G_N_ELEMENTS(rules), (place), (error))

static bool check_count(guint count, guint limit, const Place *place, GError **error)
{
	return count <= limit || place_refuse(place, error, "holds %u entries; at most %u are expected.", count, limit);
}

static bool check_list(const GPtrArray *texts, const Place *place, GError **error)
{
	if (!check_count(texts->len, LIMIT_ITEMS, place, error))
		return false;
	for (guint i = 0; i < texts->len; i++)
		if (!check_text(texts->pdata[i], LIMIT_TEXT_BYTES, TEXT_LINE, PLACE_ENTRY(place, i), error))
			return false;
	return true;
}

/* ---- times ---- */

#define DAYS_TO(year) ((Day)(((year)-1970) * 365.2425)) /* within a day or two */

static bool check_year(int year, const Place *place, GError **error)
{
	if (year >= LIMIT_YEAR_MIN && year <= LIMIT_YEAR_MAX)
		return true;
	return place_refuse(
		place, error, "is in the year %d; a year from %d to %d is expected.", year, LIMIT_YEAR_MIN, LIMIT_YEAR_MAX);
}

static bool check_day(Day day, const Place *place, GError **error)
{
	if (day == DAY_NONE || (day > DAYS_TO(LIMIT_YEAR_MIN + 1) && day < DAYS_TO(LIMIT_YEAR_MAX)))
		return true;
	return check_year(civil_from_day(day).year, place, error);
}

static bool check_time(const Zone *zone, int64_t at, const Place *place, GError **error)
{
	if (at > (int64_t)DAYS_TO(LIMIT_YEAR_MIN + 1) * DAY_SECONDS && at < (int64_t)DAYS_TO(LIMIT_YEAR_MAX) * DAY_SECONDS)
		return true;
	if (at == TIME_NONE)
		return place_refuse(place, error, "is missing; a time is expected.");
	const int64_t far = (int64_t)INT32_MAX * 1000; /* keeps the arithmetic below in range */
	return check_year(civil_from_day(zone_to_day(zone, CLAMP(at, -far, far), NULL)).year, place, error);
}

static bool check_promise(const Promise *promise, const Place *place, GError **error)
{
	if (!check_day(promise->decision_by, PLACE_KEY(place, "decision_by"), error) ||
		!check_day(promise->follow_up_after, PLACE_KEY(place, "follow_up_after"), error))
		return false;
	if (promise->process_weeks < 0 || promise->process_weeks > LIMIT_WEEKS)
		return place_refuse(
			PLACE_KEY(place, "process_weeks"), error, "is %d; a number from 1 to %d is expected.",
			promise->process_weeks, LIMIT_WEEKS);
	return true;
}

/* "17 November 2026" */
static char *say_day(Day day)
{
	Civil civil = civil_from_day(day);
	return g_strdup_printf("%d %s %d", civil.day, month_name(civil.month), civil.year);
}

static bool check_not_before(Day promised, Day interview, const Place *place, GError **error)
{
	if (promised == DAY_NONE || promised >= interview)
		return true;
	g_autofree char *said = say_day(promised), *held = say_day(interview);
	return place_refuse(
		place, error, "is %s, before the interview on %s; a date on or after it is expected.", said, held);
}

/* ---- people and interviews ---- */

static bool refuse_twice(const char *id, int first, const char *list, const Place *place, GError **error)
{
	return place_refuse(
		place, error, "is \"%s\", as facts.%s[%d].id is; an id that no other has is expected.", id, list, first);
}

static bool check_people(const Facts *facts, const Place *place, GError **error)
{
	if (!check_count(facts->people->len, LIMIT_PEOPLE, place, error))
		return false;
	for (int i = 0; i < (int)facts->people->len; i++) {
		const Place *here = PLACE_ENTRY(place, i);
		const Person *person = facts_person(facts, i);
		if (!CHECK_TEXTS(person, PERSON_TEXTS, here, error))
			return false;
		int first = facts_find_person(facts, person->id);
		if (first != i)
			return refuse_twice(person->id, first, "people", PLACE_KEY(here, "id"), error);
		if ((int)person->role < 0 || person->role >= ROLE_COUNT)
			return place_refuse(PLACE_KEY(here, "role"), error, "is no role; one of the roles is expected.");
	}
	return true;
}

static bool check_person_index(const Facts *facts, int person, const Place *place, GError **error)
{
	return (person >= 0 && person < (int)facts->people->len) ||
		   place_refuse(place, error, "names nobody in facts.people; the id of a person there is expected.");
}

static bool check_interview_index(const Facts *facts, int interview, const Place *place, GError **error)
{
	return (interview >= 0 && interview < (int)facts->interviews->len) ||
		   place_refuse(place, error, "names none of facts.interviews; the id of an interview there is expected.");
}

static bool check_with(const Facts *facts, const GArray *with, const Place *place, GError **error)
{
	if (!check_count(with->len, LIMIT_WITH, place, error))
		return false;
	for (guint i = 0; i < with->len; i++) {
		int person = g_array_index(with, int, i);
		if (!check_person_index(facts, person, PLACE_ENTRY(place, i), error))
			return false;
		for (guint j = 0; j < i; j++)
			if (g_array_index(with, int, j) == person)
				return place_refuse(
					PLACE_ENTRY(place, i), error, "is \"%s\" a second time; each person is expected once.",
					facts_person(facts, person)->id);
	}
	return true;
}

static bool check_interview(const Facts *facts, const Interview *interview, const Place *place, GError **error)
{
	if ((int)interview->kind < 0 || interview->kind >= INTERVIEW_KIND_COUNT)
		return place_refuse(PLACE_KEY(place, "kind"), error, "is no kind; one of the kinds is expected.");
	if (!check_time(facts->zone, interview->start, PLACE_KEY(place, "start"), error) ||
		!check_time(facts->zone, interview->end, PLACE_KEY(place, "end"), error))
		return false;
	if (interview->end < interview->start) {
		char start[STAMP_TEXT_BYTES], end[STAMP_TEXT_BYTES];
		zone_format(facts->zone, interview->start, start);
		zone_format(facts->zone, interview->end, end);
		return place_refuse(
			PLACE_KEY(place, "end"), error, "is %s, before its start; a time from %s on is expected.", end, start);
	}
	const Place *promise = PLACE_KEY(place, "promise");
	Day held = zone_to_day(facts->zone, interview->start, NULL);
	return check_with(facts, interview->with, PLACE_KEY(place, "with"), error) &&
		   check_promise(&interview->promise, promise, error) &&
		   check_not_before(interview->promise.decision_by, held, PLACE_KEY(promise, "decision_by"), error) &&
		   check_not_before(interview->promise.follow_up_after, held, PLACE_KEY(promise, "follow_up_after"), error);
}

static bool check_interviews(const Facts *facts, const Place *place, GError **error)
{
	if (!check_count(facts->interviews->len, LIMIT_INTERVIEWS, place, error))
		return false;
	for (int i = 0; i < (int)facts->interviews->len; i++) {
		const Place *here = PLACE_ENTRY(place, i);
		const Interview *interview = facts_interview(facts, i);
		if (!CHECK_TEXTS(interview, INTERVIEW_TEXTS, here, error))
			return false;
		int first = facts_find_interview(facts, interview->id);
		if (first != i)
			return refuse_twice(interview->id, first, "interviews", PLACE_KEY(here, "id"), error);
		if (!check_interview(facts, interview, here, error))
			return false;
	}
	return true;
}

/* ---- debriefs ---- */

static bool check_topics(const Facts *facts, const GArray *topics, const Place *place, GError **error)
{
	if (!check_count(topics->len, LIMIT_ITEMS, place, error))
		return false;
	for (guint i = 0; i < topics->len; i++) {
		const Topic *topic = &g_array_index(topics, Topic, i);
		const Place *here = PLACE_ENTRY(place, i);
		if (topic->with != NOBODY && !check_person_index(facts, topic->with, PLACE_KEY(here, "with"), error))
			return false;
		const Place *text = PLACE_KEY(here, "text");
		if (topic->text == NULL)
			return place_refuse(text, error, "is missing; a text is expected.");
		if (!check_text(topic->text, LIMIT_TEXT_BYTES, TEXT_LINE, text, error))
			return false;
	}
	return true;
}

static bool check_debriefs(const Facts *facts, const Place *place, GError **error)
{
	if (!check_count(facts->debriefs->len, LIMIT_DEBRIEFS, place, error))
		return false;
	for (int i = 0; i < (int)facts->debriefs->len; i++) {
		const Debrief *debrief = facts_debrief(facts, i);
		const Place *here = PLACE_ENTRY(place, i);
		if (!check_interview_index(facts, debrief->interview, PLACE_KEY(here, "interview"), error) ||
			!check_time(facts->zone, debrief->at, PLACE_KEY(here, "at"), error) ||
			!check_topics(facts, debrief->topics, PLACE_KEY(here, "topics"), error) ||
			!check_list(debrief->strong, PLACE_KEY(here, "strong"), error) ||
			!check_list(debrief->weak, PLACE_KEY(here, "weak"), error) ||
			!check_list(debrief->unsaid, PLACE_KEY(here, "unsaid"), error) ||
			!check_list(debrief->fit, PLACE_KEY(here, "fit"), error))
			return false;
	}
	return true;
}

/* ---- events ---- */

/* Each kind has its keys: none of them is missing, and none is of another kind. */
static bool check_event_keys(const Event *event, const Place *place, GError **error)
{
	unsigned keys = event_keys_of(event);
	unsigned missing = event_keys_required(event->kind) & ~keys, extra = keys & ~event_keys_allowed(event->kind);
	if (missing != 0) {
		EventKey key = (EventKey)g_bit_nth_lsf(missing, -1);
		return place_refuse(PLACE_KEY(place, event_key_name(key)), error, "is missing; it is required.");
	}
	if (extra != 0) {
		EventKey key = (EventKey)g_bit_nth_lsf(extra, -1);
		return place_refuse(
			PLACE_KEY(place, event_key_name(key)), error,
			"does not belong to the kind \"%s\"; nothing is expected there.", word_text(WORDS_EVENT, (int)event->kind));
	}
	return true;
}

static bool check_word(int value, WordSet set, const Place *place, GError **error)
{
	if (value == WORD_NONE || word_text(set, value) != NULL)
		return true;
	g_autofree char *words = word_list(set);
	return place_refuse(place, error, "is %d, no word; one of %s is expected.", value, words);
}

static bool check_event_words(const Event *event, const Place *place, GError **error)
{
	return check_word(event->step, WORDS_STEP, PLACE_KEY(place, "step"), error) &&
		   check_word(event->channel, WORDS_CHANNEL, PLACE_KEY(place, "channel"), error) &&
		   check_word(event->result, WORDS_CALL_RESULT, PLACE_KEY(place, "result"), error) &&
		   check_word(event->says, WORDS_SAYS, PLACE_KEY(place, "says"), error);
}

static bool check_event_names(const Facts *facts, const Event *event, const Place *place, GError **error)
{
	const Place *person = PLACE_KEY(place, event_keys_allowed(event->kind) & EVENT_BIT(FROM) ? "from" : "to");
	return (event->person == NOBODY || check_person_index(facts, event->person, person, error)) &&
		   (event->interview == NO_INTERVIEW ||
			check_interview_index(facts, event->interview, PLACE_KEY(place, "interview"), error));
}

static bool check_event(const Facts *facts, const Event *event, const Place *place, GError **error)
{
	if ((int)event->kind < 0 || event->kind >= EVENT_COUNT)
		return place_refuse(PLACE_KEY(place, "kind"), error, "is no kind; one of the kinds is expected.");
	return check_time(facts->zone, event->at, PLACE_KEY(place, "at"), error) && check_event_keys(event, place, error) &&
		   check_event_words(event, place, error) && check_event_names(facts, event, place, error) &&
		   check_promise(&event->promise, place, error) &&
		   check_day(event->back_on, PLACE_KEY(place, "back_on"), error) &&
		   CHECK_TEXTS(event, EVENT_TEXTS, place, error);
}

static bool check_events(const Facts *facts, const Place *place, GError **error)
{
	if (!check_count(facts->events->len, LIMIT_EVENTS, place, error))
		return false;
	for (int i = 0; i < (int)facts->events->len; i++)
		if (!check_event(facts, facts_event(facts, i), PLACE_ENTRY(place, i), error))
			return false;
	return true;
}

/* They are ascending: the first and the last speak for all. */
static bool check_holidays(const GArray *holidays, const Place *place, GError **error)
{
	if (holidays->len == 0)
		return true;
	return check_count(holidays->len, LIMIT_HOLIDAYS, place, error) &&
		   check_day(g_array_index(holidays, Day, 0), PLACE_ENTRY(place, 0), error) &&
		   check_day(g_array_index(holidays, Day, holidays->len - 1), PLACE_ENTRY(place, holidays->len - 1), error);
}

bool facts_check(const Facts *facts, GError **error)
{
	const Place *root = &PLACE_FACTS;
	const Place *me = PLACE_KEY(root, "me"), *opportunity = PLACE_KEY(root, "opportunity");
	return check_holidays(facts->holidays, PLACE_KEY(root, "holidays"), error) &&
		   CHECK_TEXTS(&facts->me, ME_TEXTS, me, error) &&
		   check_list(facts->me.skills, PLACE_KEY(me, "skills"), error) &&
		   CHECK_TEXTS(facts, OPPORTUNITY_TEXTS, opportunity, error) &&
		   check_list(facts->requirements, PLACE_KEY(opportunity, "requirements"), error) &&
		   check_people(facts, PLACE_KEY(root, "people"), error) &&
		   check_interviews(facts, PLACE_KEY(root, "interviews"), error) &&
		   check_debriefs(facts, PLACE_KEY(root, "debriefs"), error) &&
		   check_events(facts, PLACE_KEY(root, "events"), error);
}
