/* say.c - the words an op tells its results in: steps, times, people, and the command that comes next.
 */
#include "desk.h"
#include "intake.h"

#include <base/text.h>
#include <string.h>

char *say_opportunity(const Facts *facts)
{
	return facts->position == NULL ? g_strdup(facts->company)
								   : g_strconcat(facts->company, " (", facts->position, ")", NULL);
}

const char *say_channel(int channel)
{
	static const char *const words[] = {
		[CHANNEL_EMAIL] = "e-mail",
		[CHANNEL_CALL] = "phone",
		[CHANNEL_CARD] = "card",
		[CHANNEL_LINKEDIN] = "LinkedIn",
		[CHANNEL_HAND_DELIVERED] = "a note handed in",
	};
	return channel >= 0 && channel < CHANNEL_COUNT ? words[channel] : "";
}

char *say_contact(int step, const char *name, int channel)
{
	const char *what = step == STEP_CONNECT ? "LinkedIn request" : word_text(WORDS_STEP, step);
	bool said = (step == STEP_CONNECT && channel == CHANNEL_LINKEDIN) || channel == WORD_NONE ||
				(step == STEP_CARD && channel == CHANNEL_CARD);
	return g_strconcat(what, " to ", name, said ? NULL : " by ", say_channel(channel), NULL);
}

char *say_event(const App *app, const Facts *facts, const Event *event)
{
	const char *name = event->person == NOBODY ? "" : facts_person(facts, event->person)->name;
	const char *step = word_text(WORDS_STEP, event->step);
	g_autofree char *promise = say_promise(app, facts, &event->promise);
	switch (event->kind) {
	case EVENT_SENT:
		return say_contact(event->step, name, event->channel);
	case EVENT_CALLED:
		return g_strdup_printf("called %s (%s): %s", name, step, word_text(WORDS_CALL_RESULT, event->result));
	case EVENT_REPLY:
		return g_strdup_printf(
			"%s replied: %s%s%s", name, word_text(WORDS_SAYS, event->says), promise[0] == '\0' ? "" : ", ", promise);
	case EVENT_AUTO_REPLY:
		return g_strdup_printf("automatic reply from %s", name);
	case EVENT_BOUNCED:
		return g_strdup_printf("%s to %s came back", step, name);
	case EVENT_PROMISE:
		return g_strdup_printf("they promised %s", promise);
	case EVENT_SOUNDED_OUT:
		return g_strdup("talked it over");
	default:
		return g_strdup(word_text(WORDS_EVENT, (int)event->kind));
	}
}

char *say_names(const Facts *facts, const GArray *people)
{
	GString *text = g_string_new(NULL);
	for (guint i = 0; i < people->len; i++) {
		int person = g_array_index(people, int, i);
		if (i > 0)
			g_string_append(text, i + 1 == people->len ? " and " : ", ");
		g_string_append(text, person == NOBODY ? "somebody there" : facts_person(facts, person)->name);
	}
	return g_string_free(text, FALSE);
}

char *say_people(const Facts *facts, int interview)
{
	return say_names(facts, facts_interview(facts, interview)->with);
}

char *say_interview(const App *app, const Facts *facts, int index)
{
	static const char *const kinds[] = {"phone screen", "video interview", "interview", "panel"};
	const Interview *interview = facts_interview(facts, index);
	g_autofree char *when = when_say(facts->zone, interview->start, app->now);
	const char *of = g_str_has_prefix(when, "to") || g_str_has_prefix(when, "yes") ? "" : "of ";
	return g_strdup_printf("the %s %s%s", kinds[interview->kind], of, when);
}

char *say_time(const App *app, const Facts *facts, int64_t at)
{
	if (at == TIME_NONE)
		return g_strdup("a moment not known yet");
	const Zone *mine = app->zone == NULL ? facts->zone : app->zone;
	char *text = when_say(mine, at, app->now);
	if (zone_offset_at(mine, at) == zone_offset_at(facts->zone, at))
		return text;
	g_autofree char *own = text;
	int second = 0;
	Day day = zone_to_day(facts->zone, at, &second);
	bool same_day = day == zone_to_day(mine, at, NULL);
	GString *both = g_string_new(own);
	g_string_append(both, " (");
	if (!same_day) {
		g_string_append(both, weekday_name(day_weekday(day)));
		g_string_append_c(both, ' ');
	}
	text_append_clock(both, second);
	g_string_append(both, " in ");
	zone_append_place(facts->zone, both);
	g_string_append_c(both, ')');
	return g_string_free(both, FALSE);
}

char *say_from(const App *app, const Facts *facts, int64_t at)
{
	int second = 0;
	Day day = zone_to_day(app->zone, at, &second);
	return second == 0 ? when_say_day(app->zone, day, app->now) : say_time(app, facts, at);
}

char *shell_word(const char *text)
{
	bool plain = text[0] != '\0' && strchr("-#", text[0]) == NULL;
	for (const char *p = text; *p != '\0' && plain; p++)
		plain = (unsigned char)*p >= 0x80 || g_ascii_isalnum(*p) || strchr("._-@+#", *p) != NULL;
	return plain ? g_strdup(text) : g_shell_quote(text);
}

/* A word that stands for the company by itself: neither an article nor a letter. */
static char *first_word(const char *name)
{
	const char *space = strchr(name, ' ');
	if (space == NULL || space - name < 3 || g_str_has_prefix(name, "the "))
		return g_strdup(name);
	return g_strndup(name, (size_t)(space - name));
}

/* True if nothing else on record begins with that. */
static bool is_enough(App *app, const char *name, const Record *record)
{
	g_autoptr(GPtrArray) rows = NULL;
	return store_list(app->store, ACCOUNT_SELF, name, 2, &rows, NULL) && rows->len == 1 &&
		   ((const ListRow *)g_ptr_array_index(rows, 0))->id == record->id;
}

char *say_handle(App *app, const Record *record)
{
	const char *company = record->facts->company;
	g_autofree char *lower = g_str_is_ascii(company) ? g_ascii_strdown(company, -1) : g_utf8_strdown(company, -1);
	g_autofree char *word = first_word(lower);
	if (app->names_left > 0) {
		app->names_left--;
		if (is_enough(app, word, record))
			return shell_word(word);
		int64_t id = 0;
		if (case_find_id(app, lower, &id, NULL) && id == record->id)
			return shell_word(lower);
	}
	g_autoptr(GString) numbered = g_string_new(word);
	g_string_append_c(numbered, '#');
	text_append_number(numbered, record->id, 1);
	return shell_word(numbered->str);
}

char *say_person_handle(const Facts *facts, int person)
{
	return person == NOBODY ? g_strdup("") : shell_word(facts_person(facts, person)->id);
}
