/* say.c - the words an op tells its results in: steps, times, people, and the command that comes next.
 */
#include "desk.h"

#include <ctype.h>
#include <string.h>

char *say_opportunity(const Facts *facts)
{
	return facts->position == NULL ? g_strdup(facts->company)
								   : g_strdup_printf("%s (%s)", facts->company, facts->position);
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

static char *say_channels(const PlanStep *step)
{
	GString *text = g_string_new(NULL);
	for (int i = 0; i < step->channel_count; i++)
		g_string_append_printf(text, "%s%s", i == 0 ? "" : " or ", say_channel(step->channels[i]));
	return g_string_free(text, FALSE);
}

static const char *name_of(const Facts *facts, int person)
{
	return person == NOBODY ? "somebody there" : facts_person(facts, person)->name;
}

char *say_people(const Facts *facts, int interview)
{
	const GArray *with = facts_interview(facts, interview)->with;
	GString *text = g_string_new(NULL);
	for (guint i = 0; i < with->len; i++)
		g_string_append_printf(
			text, "%s%s",
			i == 0               ? ""
			: i + 1 == with->len ? " and "
								 : ", ",
			name_of(facts, g_array_index(with, int, i)));
	return g_string_free(text, FALSE);
}

char *say_interview(const App *app, const Facts *facts, int index)
{
	static const char *const kinds[] = {"phone screen", "video interview", "interview", "panel"};
	const Interview *interview = facts_interview(facts, index);
	g_autofree char *when = when_say(facts->zone, interview->start, app->now);
	const char *of = g_str_has_prefix(when, "to") || g_str_has_prefix(when, "yes") ? "" : "of ";
	return g_strdup_printf("the %s %s%s", kinds[interview->kind], of, when);
}

/* What each step is in words; %s is its person, and a channel follows where the step has one. */
static const struct {
	const char *text;
	bool has_channel;
} step_texts[STEP_COUNT] = {
	[STEP_PREPARE_CLOSE] = {"Prepare how to close the interview with %s", false},
	[STEP_DEBRIEF] = {"Write down how it went with %s", false},
	[STEP_SOUND_OUT] = {"Talk the interview with %s over with a friend", false},
	[STEP_THANK_YOU] = {"Thank %s", true},
	[STEP_CARD] = {"Send %s a handwritten card", false},
	[STEP_CONNECT] = {"Connect with %s on LinkedIn", false},
	[STEP_GET_CONTACT] = {"Ask %s", false},
	[STEP_ADDITIONAL_INFO] = {"Send %s what was left unsaid", true},
	[STEP_SECOND_NOTE] = {"Write to %s a second time", true},
	[STEP_CHECK_IN] = {"Check in with %s", true},
	[STEP_FINAL_CHECK] = {"Ask %s one last time", true},
	[STEP_THANK_FOR_ANSWER] = {"Thank %s for the answer", true},
	[STEP_KEEP_IN_TOUCH] = {"Send %s a friendly word", true},
};

static char *step_subject(const Facts *facts, const PlanStep *step)
{
	bool about_interview =
		step->kind == STEP_PREPARE_CLOSE || step->kind == STEP_DEBRIEF || step->kind == STEP_SOUND_OUT;
	if (about_interview) {
		g_autofree char *people = say_people(facts, step->interview);
		return people[0] == '\0' ? g_strdup(facts->company) : g_steal_pointer(&people);
	}
	if (step->kind == STEP_GET_CONTACT)
		return g_strdup_printf(
			"%s how to reach %s", step->to == NOBODY ? "their HR department" : name_of(facts, step->to),
			name_of(facts, step->about));
	return g_strdup(name_of(facts, step->to));
}

char *say_step(const Case *item, const PlanStep *step)
{
	const Facts *facts = item->record->facts;
	g_autofree char *subject = step_subject(facts, step);
	g_auto(GStrv) halves = g_strsplit(step_texts[step->kind].text, "%s", 2);
	g_autofree char *what = g_strconcat(halves[0], subject, halves[1], NULL);
	if (!step_texts[step->kind].has_channel || step->channel_count == 0)
		return g_steal_pointer(&what);
	g_autofree char *channels = say_channels(step);
	return g_strdup_printf("%s by %s", what, channels);
}

char *say_time(const App *app, const Facts *facts, int64_t at)
{
	if (at == TIME_NONE)
		return g_strdup("a moment not known yet");
	g_autofree char *text = when_say(facts->zone, at, app->now);
	if (app->zone == NULL || zone_offset_at(app->zone, at) == zone_offset_at(facts->zone, at))
		return g_steal_pointer(&text);
	return g_strdup_printf("%s (%s)", text, zone_get_name(facts->zone));
}

static char *shell_word(const char *text)
{
	bool plain = text[0] != '\0' && text[0] != '-';
	for (const char *p = text; *p != '\0' && plain; p++)
		plain = isalnum((unsigned char)*p) || strchr("._-@+", *p) != NULL;
	return plain ? g_strdup(text) : g_shell_quote(text);
}

char *say_handle(const Record *record)
{
	g_autofree char *lower = g_utf8_strdown(record->facts->company, -1);
	return shell_word(lower);
}

char *say_person_handle(const Facts *facts, int person)
{
	return person == NOBODY ? g_strdup("") : shell_word(facts_person(facts, person)->id);
}

static char *note_command(const Case *item, const PlanStep *step)
{
	g_autofree char *opportunity = say_handle(item->record);
	g_autofree char *person = say_person_handle(item->record->facts, step->to);
	int index = case_find_draft(item, (int)step->kind, step->interview, step->to, WORD_NONE);
	const Draft *draft = index == NO_DRAFT ? NULL : record_draft(item->record, index);
	const char *verb = draft == NULL ? "draft" : draft->state == DRAFT_OPEN ? "approve" : "log";
	if (draft != NULL && draft->state == DRAFT_APPROVED && draft->channel == CHANNEL_EMAIL)
		return g_strdup_printf("followup send %s %s", opportunity, person);
	if (draft != NULL && draft->state == DRAFT_APPROVED)
		return g_strdup_printf(
			"followup log %s %s --step %s%s", opportunity, person, word_text(WORDS_STEP, (int)step->kind),
			draft->channel == CHANNEL_CALL ? " --result reached" : "");
	return g_strdup_printf(
		"followup %s %s %s --step %s", verb, opportunity, person, word_text(WORDS_STEP, (int)step->kind));
}

char *say_command(const App *app, const Case *item, const PlanStep *step)
{
	g_autofree char *opportunity = say_handle(item->record);
	if (step->state == STATE_BLOCKED) {
		g_autofree char *person = say_person_handle(item->record->facts, step->to);
		const char *option = (step->needs & NEED_EMAIL) != 0   ? "email"
							 : (step->needs & NEED_PHONE) != 0 ? "phone"
															   : "address";
		return g_strdup_printf("followup people %s %s --%s …", opportunity, person, option);
	}
	switch (step->kind) {
	case STEP_DEBRIEF:
		return g_strdup_printf("followup debrief %s", opportunity);
	case STEP_SOUND_OUT:
		return g_strdup_printf("followup log %s --step sound-out", opportunity);
	case STEP_PREPARE_CLOSE:
		return g_strdup_printf("followup draft %s --step prepare-close", opportunity);
	case STEP_GET_CONTACT: {
		g_autofree char *about = say_person_handle(item->record->facts, step->about);
		return g_strdup_printf("followup people %s %s --email …", opportunity, about);
	}
	default:
		return note_command(item, step);
	}
}
