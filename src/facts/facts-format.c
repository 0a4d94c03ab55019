/* facts-format.c - facts as JSON (the reader is facts-json.c).
 *
 * Times are written with their offset, so that they come back as the same instants; what is none is left out.
 */
#include <base/json-out.h>
#include <facts/facts-json.h>

static void put_text(JsonOut *out, const char *key, const char *text)
{
	if (text != NULL)
		json_out_key_string(out, key, text);
}

static void put_word(JsonOut *out, const char *key, WordSet set, int value)
{
	put_text(out, key, word_text(set, value));
}

static void put_texts(JsonOut *out, const char *key, const GPtrArray *texts)
{
	if (texts->len == 0)
		return;
	json_out_key(out, key);
	json_out_array(out);
	for (guint i = 0; i < texts->len; i++)
		json_out_string(out, texts->pdata[i]);
	json_out_array_end(out);
}

static void put_person(JsonOut *out, const char *key, const Facts *facts, int person)
{
	if (person != NOBODY)
		json_out_key_string(out, key, facts_person(facts, person)->id);
}

static void put_interview(JsonOut *out, const Facts *facts, int interview)
{
	if (interview != NO_INTERVIEW)
		json_out_key_string(out, "interview", facts_interview(facts, interview)->id);
}

static void put_promise(JsonOut *out, const Promise *promise)
{
	json_out_key_day(out, "decision_by", promise->decision_by);
	json_out_key_day(out, "follow_up_after", promise->follow_up_after);
	if (promise->process_weeks != 0)
		json_out_key_int(out, "process_weeks", promise->process_weeks);
}

static void format_holidays(JsonOut *out, const GArray *holidays)
{
	char buffer[DAY_TEXT_BYTES];
	if (holidays->len == 0)
		return;
	json_out_key(out, "holidays");
	json_out_array(out);
	for (guint i = 0; i < holidays->len; i++)
		json_out_string(out, day_format(g_array_index(holidays, Day, i), buffer));
	json_out_array_end(out);
}

static void format_me(JsonOut *out, const Me *me)
{
	if (me->name == NULL && me->email == NULL && me->phone == NULL && me->linkedin == NULL && me->skills->len == 0)
		return;
	json_out_key(out, "me");
	json_out_object(out);
	put_text(out, "name", me->name);
	put_text(out, "email", me->email);
	put_text(out, "phone", me->phone);
	put_text(out, "linkedin", me->linkedin);
	put_texts(out, "skills", me->skills);
	json_out_object_end(out);
}

static void format_opportunity(JsonOut *out, const Facts *facts)
{
	json_out_key(out, "opportunity");
	json_out_object(out);
	put_text(out, "company", facts->company);
	put_text(out, "position", facts->position);
	put_word(out, "pace", WORDS_PACE, (int)facts->pace);
	put_word(out, "stage", WORDS_STAGE, (int)facts->stage);
	put_texts(out, "requirements", facts->requirements);
	json_out_object_end(out);
}

static void format_person(JsonOut *out, const Facts *facts, int index)
{
	const Person *person = facts_person(facts, index);
	put_text(out, "id", person->id);
	put_text(out, "name", person->name);
	put_text(out, "salutation", person->salutation);
	put_word(out, "role", WORDS_ROLE, (int)person->role);
	put_text(out, "email", person->email);
	put_text(out, "phone", person->phone);
	put_text(out, "address", person->address);
	put_text(out, "linkedin", person->linkedin);
}

static void format_interview(JsonOut *out, const Facts *facts, int index)
{
	const Interview *interview = facts_interview(facts, index);
	const Promise *promise = &interview->promise;
	put_text(out, "id", interview->id);
	put_word(out, "kind", WORDS_INTERVIEW_KIND, (int)interview->kind);
	json_out_key_time(out, "start", facts->zone, interview->start);
	json_out_key_time(out, "end", facts->zone, interview->end);
	put_text(out, "place", interview->place);
	put_text(out, "link", interview->link);
	json_out_key(out, "with");
	json_out_array(out);
	for (guint i = 0; i < interview->with->len; i++)
		json_out_string(out, facts_person(facts, g_array_index(interview->with, int, i))->id);
	json_out_array_end(out);
	if (promise->decision_by == DAY_NONE && promise->follow_up_after == DAY_NONE && promise->process_weeks == 0)
		return;
	json_out_key(out, "promise");
	json_out_object(out);
	put_promise(out, promise);
	json_out_object_end(out);
}

static void format_topics(JsonOut *out, const Facts *facts, const GArray *topics)
{
	if (topics->len == 0)
		return;
	json_out_key(out, "topics");
	json_out_array(out);
	for (guint i = 0; i < topics->len; i++) {
		const Topic *topic = &g_array_index(topics, Topic, i);
		json_out_object(out);
		put_person(out, "with", facts, topic->with);
		put_text(out, "text", topic->text);
		json_out_object_end(out);
	}
	json_out_array_end(out);
}

static void format_debrief(JsonOut *out, const Facts *facts, int index)
{
	const Debrief *debrief = facts_debrief(facts, index);
	put_interview(out, facts, debrief->interview);
	json_out_key_time(out, "at", facts->zone, debrief->at);
	format_topics(out, facts, debrief->topics);
	put_texts(out, "strong", debrief->strong);
	put_texts(out, "weak", debrief->weak);
	put_texts(out, "unsaid", debrief->unsaid);
	put_texts(out, "fit", debrief->fit);
}

static void format_event(JsonOut *out, const Facts *facts, int index)
{
	const Event *event = facts_event(facts, index);
	bool answers = event->kind == EVENT_REPLY || event->kind == EVENT_AUTO_REPLY;
	json_out_key_time(out, "at", facts->zone, event->at);
	put_word(out, "kind", WORDS_EVENT, (int)event->kind);
	put_word(out, "step", WORDS_STEP, event->step);
	put_interview(out, facts, event->interview);
	put_person(out, answers ? "from" : "to", facts, event->person);
	if (event->kind != EVENT_CALLED)
		put_word(out, "channel", WORDS_CHANNEL, event->channel);
	put_word(out, "result", WORDS_CALL_RESULT, event->result);
	put_word(out, "says", WORDS_SAYS, event->says);
	put_promise(out, &event->promise);
	json_out_key_day(out, "back_on", event->back_on);
	put_text(out, "address", event->address);
}

typedef void (*FormatEntry)(JsonOut *out, const Facts *facts, int index);

static void format_list(JsonOut *out, const char *key, const GArray *list, const Facts *facts, FormatEntry format)
{
	if (list->len == 0)
		return;
	json_out_key(out, key);
	json_out_array(out);
	for (guint i = 0; i < list->len; i++) {
		json_out_object(out);
		format(out, facts, (int)i);
		json_out_object_end(out);
	}
	json_out_array_end(out);
}

void facts_format(const Facts *facts, bool indented, GString *text)
{
	JsonOut out = json_out(text, indented);
	json_out_object(&out);
	json_out_key_int(&out, "version", FACTS_VERSION);
	json_out_key_string(&out, "timezone", zone_get_name(facts->zone));
	format_holidays(&out, facts->holidays);
	format_me(&out, &facts->me);
	format_opportunity(&out, facts);
	format_list(&out, "people", facts->people, facts, format_person);
	format_list(&out, "interviews", facts->interviews, facts, format_interview);
	format_list(&out, "debriefs", facts->debriefs, facts, format_debrief);
	format_list(&out, "events", facts->events, facts, format_event);
	json_out_object_end(&out);
}
