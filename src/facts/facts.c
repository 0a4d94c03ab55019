/* facts.c - making, filling and freeing facts.
 *
 * Every list exists from the start, so that readers never ask whether there is one.  Freeing copes with an element that
 * was only half filled.
 */
#include <facts/facts.h>
#include <string.h>

void person_clear(Person *person)
{
	g_free(person->id);
	g_free(person->name);
	g_free(person->salutation);
	g_free(person->email);
	g_free(person->phone);
	g_free(person->address);
	g_free(person->linkedin);
}

static void clear_person(void *data)
{
	person_clear(data);
}

static void clear_interview(void *data)
{
	Interview *interview = data;
	g_free(interview->id);
	g_free(interview->place);
	g_free(interview->link);
	g_clear_pointer(&interview->with, g_array_unref);
}

static void clear_topic(void *data)
{
	Topic *topic = data;
	g_free(topic->text);
}

static void clear_debrief(void *data)
{
	Debrief *debrief = data;
	g_clear_pointer(&debrief->topics, g_array_unref);
	g_clear_pointer(&debrief->strong, g_ptr_array_unref);
	g_clear_pointer(&debrief->weak, g_ptr_array_unref);
	g_clear_pointer(&debrief->unsaid, g_ptr_array_unref);
	g_clear_pointer(&debrief->fit, g_ptr_array_unref);
}

static void clear_event(void *data)
{
	Event *event = data;
	g_free(event->address);
}

static GArray *new_list(guint element_size, GDestroyNotify clear)
{
	GArray *list = g_array_new(FALSE, FALSE, element_size);
	if (clear != NULL)
		g_array_set_clear_func(list, clear);
	return list;
}

static GPtrArray *new_texts(void)
{
	return g_ptr_array_new_with_free_func(g_free);
}

Facts *facts_new(Zone *zone)
{
	Facts *facts = g_new0(Facts, 1);
	facts->zone = zone_ref(zone);
	facts->me.skills = new_texts();
	facts->pace = PACE_NORMAL;
	facts->stage = STAGE_UNKNOWN;
	facts->requirements = new_texts();
	facts->holidays = new_list(sizeof(Day), NULL);
	facts->people = new_list(sizeof(Person), clear_person);
	facts->interviews = new_list(sizeof(Interview), clear_interview);
	facts->debriefs = new_list(sizeof(Debrief), clear_debrief);
	facts->events = new_list(sizeof(Event), clear_event);
	return facts;
}

void facts_free(Facts *facts)
{
	if (facts == NULL)
		return;
	zone_unref(facts->zone);
	g_free(facts->me.name);
	g_free(facts->me.email);
	g_free(facts->me.phone);
	g_free(facts->me.linkedin);
	g_ptr_array_unref(facts->me.skills);
	g_free(facts->company);
	g_free(facts->position);
	g_ptr_array_unref(facts->requirements);
	g_array_unref(facts->holidays);
	g_array_unref(facts->people);
	g_array_unref(facts->interviews);
	g_array_unref(facts->debriefs);
	g_array_unref(facts->events);
	g_free(facts);
}

void facts_reuse(Facts *facts, Zone *zone)
{
	zone_ref(zone);
	zone_unref(facts->zone);
	facts->zone = zone;
	g_clear_pointer(&facts->company, g_free);
	g_clear_pointer(&facts->position, g_free);
	facts->pace = PACE_NORMAL;
	facts->stage = STAGE_UNKNOWN;
	g_ptr_array_set_size(facts->requirements, 0);
	g_array_set_size(facts->people, 0);
	g_array_set_size(facts->interviews, 0);
	g_array_set_size(facts->debriefs, 0);
	g_array_set_size(facts->events, 0);
}

Person *facts_add_person(Facts *facts, const Person *person)
{
	Person copy = {
		.id = g_strdup(person->id),
		.name = g_strdup(person->name),
		.salutation = g_strdup(person->salutation),
		.role = person->role,
		.email = g_strdup(person->email),
		.phone = g_strdup(person->phone),
		.address = g_strdup(person->address),
		.linkedin = g_strdup(person->linkedin),
	};
	g_array_append_val(facts->people, copy);
	return facts_person(facts, (int)facts->people->len - 1);
}

Interview *facts_add_interview(Facts *facts, const Interview *interview)
{
	Interview copy = *interview;
	copy.id = g_strdup(interview->id);
	copy.place = g_strdup(interview->place);
	copy.link = g_strdup(interview->link);
	copy.with = new_list(sizeof(int), NULL);
	g_array_append_val(facts->interviews, copy);
	return facts_interview(facts, (int)facts->interviews->len - 1);
}

Debrief *facts_add_debrief(Facts *facts, int interview, int64_t at)
{
	Debrief debrief = {
		.interview = interview,
		.at = at,
		.topics = new_list(sizeof(Topic), clear_topic),
		.strong = new_texts(),
		.weak = new_texts(),
		.unsaid = new_texts(),
		.fit = new_texts(),
	};
	g_array_append_val(facts->debriefs, debrief);
	return facts_debrief(facts, (int)facts->debriefs->len - 1);
}

void debrief_add_topic(Debrief *debrief, int with, const char *text)
{
	Topic topic = {.with = with, .text = g_strdup(text)};
	g_array_append_val(debrief->topics, topic);
}

Event *facts_add_event(Facts *facts, const Event *event)
{
	Event copy = *event;
	copy.address = g_strdup(event->address);
	g_array_append_val(facts->events, copy);
	return facts_event(facts, (int)facts->events->len - 1);
}

guint facts_find_holiday(const Facts *facts, Day day)
{
	const GArray *holidays = facts->holidays;
	guint low = 0, high = holidays->len;
	if (high > 0 && g_array_index(holidays, Day, high - 1) < day)
		low = high; /* mostly they come in order */
	while (low < high) {
		guint middle = low + (high - low) / 2;
		if (g_array_index(holidays, Day, middle) < day)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool is_holiday(const Facts *facts, guint index, Day day)
{
	return index < facts->holidays->len && g_array_index(facts->holidays, Day, index) == day;
}

void facts_add_holiday(Facts *facts, Day day)
{
	guint index = facts_find_holiday(facts, day);
	if (!is_holiday(facts, index, day))
		g_array_insert_val(facts->holidays, index, day);
}

bool facts_is_business_day(const Facts *facts, Day day)
{
	return day_weekday(day) <= 5 && !is_holiday(facts, facts_find_holiday(facts, day), day);
}

int facts_find_person(const Facts *facts, const char *id)
{
	for (guint i = 0; i < facts->people->len; i++)
		if (g_strcmp0(facts_person(facts, (int)i)->id, id) == 0)
			return (int)i;
	return NOBODY;
}

int facts_find_interview(const Facts *facts, const char *id)
{
	for (guint i = 0; i < facts->interviews->len; i++)
		if (g_strcmp0(facts_interview(facts, (int)i)->id, id) == 0)
			return (int)i;
	return NO_INTERVIEW;
}

const char *person_get_address_form(const Person *person)
{
	return person->salutation != NULL ? person->salutation : person->name;
}

bool interview_has(const Interview *interview, int person)
{
	for (guint i = 0; i < interview->with->len; i++)
		if (g_array_index(interview->with, int, i) == person)
			return true;
	return false;
}
