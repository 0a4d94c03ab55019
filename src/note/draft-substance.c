/* draft-substance.c - finds what the facts hold for one reader.
 *
 * Everything later than the request's now is left out.  Shared topics, fits and strengths are handed round by the place
 * in the round, so that people of one panel get different ones as long as there are enough.
 */
#include "draft-substance.h"

#include <string.h>

#define SKILLS_SHOWN 3

/* ---- rounds ---- */

static Day held_on(const Facts *facts, int interview)
{
	return zone_to_day(facts->zone, facts_interview(facts, interview)->start, NULL);
}

static bool is_with(const Facts *facts, int interview, int person)
{
	return interview_has(facts_interview(facts, interview), person);
}

static bool holds(const GArray *numbers, int number)
{
	for (guint i = 0; i < numbers->len; i++)
		if (g_array_index(numbers, int, i) == number)
			return true;
	return false;
}

/* The interviews of a day, by start; of all days up to one where `before` is set. */
static GArray *list_interviews(const Facts *facts, Day day, bool before)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(int));
	for (int i = 0; i < (int)facts->interviews->len; i++) {
		Day held = held_on(facts, i);
		if (before ? held >= day : held != day)
			continue;
		guint at = list->len;
		while (at > 0 &&
			   facts_interview(facts, g_array_index(list, int, at - 1))->start > facts_interview(facts, i)->start)
			at--;
		g_array_insert_val(list, at, i);
	}
	return list;
}

static void add_people(const Facts *facts, int interview, GArray *people)
{
	const GArray *with = facts_interview(facts, interview)->with;
	for (guint i = 0; i < with->len; i++) {
		int person = g_array_index(with, int, i);
		if (!holds(people, person))
			g_array_append_val(people, person);
	}
}

GArray *round_list_people(const Facts *facts, int interview)
{
	g_autoptr(GArray) interviews = list_interviews(facts, held_on(facts, interview), false);
	GArray *people = g_array_new(FALSE, FALSE, sizeof(int));
	for (guint i = 0; i < interviews->len; i++)
		add_people(facts, g_array_index(interviews, int, i), people);
	return people;
}

GArray *round_list_guests_before(const Facts *facts, int interview)
{
	g_autoptr(GArray) interviews = list_interviews(facts, held_on(facts, interview), true);
	GArray *guests = g_array_new(FALSE, FALSE, sizeof(Guest));
	Day day = DAY_NONE;
	for (guint i = 0; i < interviews->len; i++) {
		int earlier = g_array_index(interviews, int, i);
		if (held_on(facts, earlier) == day)
			continue;
		day = held_on(facts, earlier);
		g_autoptr(GArray) people = round_list_people(facts, earlier);
		for (guint p = 0; p < people->len; p++) {
			Guest guest = {g_array_index(people, int, p), earlier};
			g_array_append_val(guests, guest);
		}
	}
	return guests;
}

/* The last interview with a person (NOBODY: any) that has begun by now and, where day is not DAY_NONE, is of that day.
 */
static int last_begun(const DraftRequest *request, int person, Day day)
{
	const Facts *facts = request->facts;
	int found = NO_INTERVIEW;
	for (int i = 0; i < (int)facts->interviews->len; i++) {
		int64_t start = facts_interview(facts, i)->start;
		if (start > request->now || (person != NOBODY && !is_with(facts, i, person)) ||
			(day != DAY_NONE && held_on(facts, i) != day))
			continue;
		if (found == NO_INTERVIEW || start >= facts_interview(facts, found)->start)
			found = i;
	}
	return found;
}

static int last_of_all(const Facts *facts)
{
	int found = NO_INTERVIEW;
	for (int i = 0; i < (int)facts->interviews->len; i++)
		if (found == NO_INTERVIEW || facts_interview(facts, i)->start >= facts_interview(facts, found)->start)
			found = i;
	return found;
}

/* The person the note is about: of a request for an address the one whose address it is. */
static int find_subject(const DraftRequest *request, int to)
{
	return request->step == STEP_GET_CONTACT ? request->about : to;
}

static int find_interview_with(const DraftRequest *request, int person)
{
	int named = request->interview;
	if (named != NO_INTERVIEW && (person == NOBODY || is_with(request->facts, named, person)))
		return named;
	int found = NO_INTERVIEW;
	if (named != NO_INTERVIEW)
		found = last_begun(request, person, held_on(request->facts, named));
	if (found == NO_INTERVIEW)
		found = last_begun(request, person, DAY_NONE);
	if (found == NO_INTERVIEW)
		found = named;
	if (found == NO_INTERVIEW)
		found = last_begun(request, NOBODY, DAY_NONE);
	return found != NO_INTERVIEW ? found : last_of_all(request->facts);
}

int find_interview(const DraftRequest *request)
{
	return find_interview_with(request, find_subject(request, request->to));
}

/* ---- what was said and sent ---- */

static bool has_dates(const Promise *promise)
{
	return promise->decision_by != DAY_NONE || promise->follow_up_after != DAY_NONE;
}

/* The latest of the interviews' and events' dates; a later "more time" without a date takes them away. */
static Promise find_promise(const Facts *facts, int64_t now, bool *ret_later)
{
	Promise found = PROMISE_NONE;
	int64_t said = TIME_NONE;
	for (int i = 0; i < (int)facts->interviews->len; i++) {
		const Interview *interview = facts_interview(facts, i);
		if (interview->end > now || interview->end < said || !has_dates(&interview->promise))
			continue;
		found = interview->promise;
		said = interview->end;
	}
	for (int i = 0; i < (int)facts->events->len; i++) {
		const Event *event = facts_event(facts, i);
		bool delays = event->kind == EVENT_REPLY && (event->says == SAYS_MORE_TIME || event->says == SAYS_NEXT_ROUND);
		if (event->at > now || event->at < said || (!has_dates(&event->promise) && !delays))
			continue;
		found = event->promise;
		said = event->at;
		*ret_later = true;
	}
	return found;
}

/* Whether something of that step (STEP_COUNT: any) went to a person and did not bounce; on the channel, or any
 * (WORD_NONE). */
static bool has_reached(const DraftRequest *request, int person, int step, int channel)
{
	int count = 0;
	for (int i = 0; i < (int)request->facts->events->len; i++) {
		const Event *event = facts_event(request->facts, i);
		if (event->at > request->now || event->person != person || (step != STEP_COUNT && event->step != step) ||
			(channel != WORD_NONE && event->channel != channel))
			continue;
		if (event->kind == EVENT_SENT || (event->kind == EVENT_CALLED && event->result != CALL_NO_ANSWER))
			count++;
		else if (event->kind == EVENT_BOUNCED)
			count--;
	}
	return person != NOBODY && count > 0;
}

/* ---- the debriefs ---- */

enum { SAME_INTERVIEW, SAME_ROUND, OTHER_ROUND };

/* How near a debrief is to the note. */
static int distance(const Substance *substance, const Debrief *debrief)
{
	const Facts *facts = substance->request->facts;
	if (debrief->interview == substance->interview)
		return SAME_INTERVIEW;
	return held_on(facts, debrief->interview) == substance->held ? SAME_ROUND : OTHER_ROUND;
}

/* The debriefs written by now, the nearest first, of these the latest first. */
static GPtrArray *list_debriefs(const Substance *substance)
{
	const Facts *facts = substance->request->facts;
	GPtrArray *list = g_ptr_array_new();
	for (int i = 0; i < (int)facts->debriefs->len; i++) {
		Debrief *debrief = facts_debrief(facts, i);
		if (debrief->at > substance->request->now)
			continue;
		guint at = list->len;
		for (; at > 0; at--) {
			const Debrief *other = g_ptr_array_index(list, at - 1);
			int order = distance(substance, other) - distance(substance, debrief);
			if (order < 0 || (order == 0 && other->at > debrief->at))
				break;
		}
		g_ptr_array_insert(list, (int)at, debrief);
	}
	return list;
}

static void add_topics(const Debrief *debrief, int with, GPtrArray *texts)
{
	for (guint i = 0; i < debrief->topics->len; i++) {
		const Topic *topic = &g_array_index(debrief->topics, Topic, i);
		if (topic->with == with)
			g_ptr_array_add(texts, topic->text);
	}
}

/* Which of a person's own topics a step begins with, so that the card does not repeat the e-mail. */
static guint first_topic(const DraftRequest *request)
{
	return request->step == STEP_CARD || request->step == STEP_SECOND_NOTE || request->channel == CHANNEL_CARD ? 1 : 0;
}

/* Whether the note thanks for the talk itself, so that what was said in an earlier one has no place in it. */
static bool thanks_for_talk(const DraftRequest *request)
{
	return request->step == STEP_THANK_YOU || request->step == STEP_CARD;
}

/* Takes a topic as the first or second, unless it says the same again; those about money come only in a turn of their
 * own. */
static void take_topic(Substance *substance, Fragment read, bool money)
{
	if (read.text == NULL || fragment_is_about_money(&read) != money || fragment_repeats(&read, &substance->topic))
		fragment_clear(&read);
	else if (substance->topic.text == NULL)
		substance->topic = read;
	else
		substance->topic2 = read;
}

/* Cards and LinkedIn have room for few words. */
static FragmentSetting setting_of(const DraftRequest *request, int person)
{
	int characters = request->channel == CHANNEL_CARD       ? 90
					 : request->channel == CHANNEL_LINKEDIN ? 70
															: FRAGMENT_CHARACTERS;
	return (FragmentSetting){person != NOBODY ? facts_person(request->facts, person) : NULL, characters};
}

static void find_topics(Substance *substance, const GPtrArray *debriefs, int person)
{
	g_autoptr(GPtrArray) own = g_ptr_array_new(), shared = g_ptr_array_new(), all = g_ptr_array_new();
	for (guint i = 0; i < debriefs->len; i++) {
		const Debrief *debrief = g_ptr_array_index(debriefs, i);
		bool near = distance(substance, debrief) < OTHER_ROUND;
		if (person != NOBODY && (near || !thanks_for_talk(substance->request)))
			add_topics(debrief, person, own);
		if (near && is_with(substance->request->facts, debrief->interview, person))
			add_topics(debrief, NOBODY, shared);
	}
	guint first = first_topic(substance->request);
	for (guint i = 0; i < own->len; i++)
		g_ptr_array_add(all, g_ptr_array_index(own, (first + i) % own->len));
	guint own_count = all->len;
	for (guint i = 0; i < shared->len; i++)
		g_ptr_array_add(all, g_ptr_array_index(shared, ((guint)substance->place + i) % shared->len));
	FragmentSetting setting = setting_of(substance->request, person);
	for (int money = 0; money < 2; money++)
		for (guint i = 0;
			 i < all->len && substance->topic2.text == NULL && (money == 0 || substance->topic.text == NULL); i++)
			take_topic(
				substance, fragment_read(g_ptr_array_index(all, i), i < own_count ? USE_TO_THEM : USE_TOPIC, &setting),
				money > 0);
}

/* The list of that kind in the nearest debrief that has one, not farther than that; NULL if none has. */
static const GPtrArray *find_list(const Substance *substance, const GPtrArray *debriefs, gsize offset, int farthest)
{
	for (guint i = 0; i < debriefs->len; i++) {
		const Debrief *debrief = g_ptr_array_index(debriefs, i);
		const GPtrArray *list = *(GPtrArray *const *)((const char *)debrief + offset);
		if (list->len > 0 && distance(substance, debrief) <= farthest)
			return list;
	}
	return NULL;
}

static Fragment read_one(const DraftRequest *request, const GPtrArray *list, guint index, FragmentUse use)
{
	FragmentSetting setting = setting_of(request, NOBODY);
	return fragment_read(list != NULL ? g_ptr_array_index(list, index % list->len) : NULL, use, &setting);
}

/* ---- skills ---- */

/* Whether one of the two stands in the other as words of its own. */
static bool means_same(const char *one, const char *two)
{
	g_autofree char *a = g_utf8_casefold(one, -1), *b = g_utf8_casefold(two, -1);
	const char *longer = strlen(a) > strlen(b) ? a : b, *shorter = longer == a ? b : a;
	gsize length = strlen(shorter);
	for (const char *at = strstr(longer, shorter); at != NULL; at = strstr(at + 1, shorter)) {
		bool begins = at == longer || !g_ascii_isalnum(at[-1]), ends = !g_ascii_isalnum(at[length]);
		if (begins && ends)
			return true;
	}
	return false;
}

static bool answers_any(const char *skill, const GPtrArray *requirements)
{
	for (guint i = 0; i < requirements->len; i++)
		if (means_same(skill, g_ptr_array_index(requirements, i)))
			return true;
	return false;
}

static void find_skills(Substance *substance)
{
	const Facts *facts = substance->request->facts;
	g_autoptr(GPtrArray) matched = g_ptr_array_new();
	for (guint i = 0; i < facts->me.skills->len; i++) {
		char *skill = g_ptr_array_index(facts->me.skills, i);
		if (answers_any(skill, facts->requirements))
			g_ptr_array_add(matched, skill);
	}
	substance->skills_match = matched->len > 0;
	substance->skills =
		join_words(matched->len > 0 ? matched : facts->me.skills, (guint)substance->place, SKILLS_SHOWN);
	substance->requirements = join_words(facts->requirements, 0, SKILLS_SHOWN);
}

/* ---- answers and reasons ---- */

/* What serves for all of a panel is said to one of them, unless it has to be said to each. */
static bool is_turn(const Substance *substance, const GPtrArray *list, bool must)
{
	return must || !thanks_for_talk(substance->request) || (list != NULL && substance->place < (int)list->len);
}

/* "strong SQL" is mine where SQL is among my skills. */
static bool names_skill(const Substance *substance, const Fragment *fragment)
{
	const GPtrArray *skills = substance->request->facts->me.skills;
	if (fragment->phrase == NULL || fragment->setting || fragment_is_definite(fragment))
		return false;
	for (guint i = 0; i < skills->len; i++)
		if (means_same(g_ptr_array_index(skills, i), fragment->text))
			return true;
	return false;
}

/* What is said to have been left out was not talked about: the other topic, or none. */
static void prefer_other_topic(Substance *substance)
{
	if (fragment_repeats(&substance->topic2, &substance->unsaid))
		fragment_clear(&substance->topic2);
	if (substance->request->step == STEP_THANK_YOU || !fragment_repeats(&substance->topic, &substance->unsaid))
		return;
	fragment_clear(&substance->topic);
	substance->topic = substance->topic2;
	substance->topic2 = (Fragment){0};
}

static void find_answers(Substance *substance, const GPtrArray *debriefs)
{
	guint place = (guint)substance->place, turn = (guint)MAX(substance->request->attempt, 1) - 1;
	const GPtrArray *unsaid = find_list(substance, debriefs, offsetof(Debrief, unsaid), OTHER_ROUND);
	const GPtrArray *fit = find_list(substance, debriefs, offsetof(Debrief, fit), OTHER_ROUND);
	const GPtrArray *strong = find_list(substance, debriefs, offsetof(Debrief, strong), SAME_ROUND);
	const GPtrArray *weak = find_list(substance, debriefs, offsetof(Debrief, weak), SAME_ROUND);
	if (is_turn(substance, fit, (substance->request->must >> MUST_FIT) & 1))
		substance->fit = read_one(substance->request, fit, place + turn, USE_FIT);
	if (is_turn(substance, strong, false))
		substance->strong = read_one(substance->request, strong, place, USE_STRENGTH);
	substance->weak = read_one(substance->request, weak, turn, USE_STRENGTH);
	substance->unsaid = read_one(substance->request, unsaid, turn, USE_UNSAID);
	if (unsaid != NULL && unsaid->len > 1)
		substance->unsaid2 = read_one(substance->request, unsaid, turn + 1, USE_UNSAID);
	prefer_other_topic(substance);
	substance->fit.mine = substance->fit.mine || names_skill(substance, &substance->fit);
	if (fragment_repeats(&substance->strong, &substance->topic) || fragment_is_private(&substance->strong) ||
		fragment_repeats(&substance->strong, &substance->topic2))
		fragment_clear(&substance->strong);
}

/* ---- all of it ---- */

static void find_place(Substance *substance, int person)
{
	const Facts *facts = substance->request->facts;
	substance->held = held_on(facts, substance->interview);
	substance->met = person != NOBODY && is_with(facts, substance->interview, person);
	g_autoptr(GArray) people = round_list_people(facts, substance->interview);
	substance->round_size = (int)people->len;
	for (; substance->place < substance->round_size; substance->place++)
		if (g_array_index(people, int, substance->place) == person)
			break;
}

void substance_find(const DraftRequest *request, int to, Substance *substance)
{
	const Facts *facts = request->facts;
	int person = find_subject(request, to);
	*substance = (Substance){.request = request, .to = to, .held = DAY_NONE};
	substance->interview = find_interview_with(request, person);
	substance->today = zone_to_day(facts->zone, request->now, &substance->second);
	if (substance->interview != NO_INTERVIEW)
		find_place(substance, person);
	substance->promise = find_promise(facts, request->now, &substance->promised_later);
	substance->thanked = has_reached(request, to, STEP_THANK_YOU, WORD_NONE);
	substance->card_sent = has_reached(request, to, STEP_COUNT, CHANNEL_CARD);
	g_autoptr(GPtrArray) debriefs = list_debriefs(substance);
	find_topics(substance, debriefs, person);
	find_answers(substance, debriefs);
	find_skills(substance);
}

void substance_clear(Substance *substance)
{
	Fragment *fragments[] = {&substance->topic,  &substance->topic2,  &substance->strong, &substance->weak,
							 &substance->unsaid, &substance->unsaid2, &substance->fit};
	for (guint i = 0; i < G_N_ELEMENTS(fragments); i++)
		fragment_clear(fragments[i]);
	g_clear_pointer(&substance->skills, g_free);
	g_clear_pointer(&substance->requirements, g_free);
}
