/* intake.c - names, promises and ids as a person gives them.
 */
#include "intake.h"

#include <base/address.h>
#include <base/limits.h>
#include <base/text.h>
#include <string.h>

void introduction_clear(Introduction *who)
{
	g_clear_pointer(&who->name, g_free);
	g_clear_pointer(&who->email, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Introduction, introduction_clear)

bool introduction_parse(const char *text, Introduction *ret_who, GError **error)
{
	g_auto(Introduction) who = {.role = WORD_NONE};
	g_autofree char *rest = g_strdup(text);
	char *comma = strrchr(rest, ',');
	if (comma != NULL) {
		who.role = word_find(WORDS_ROLE, g_strstrip(comma + 1));
		if (who.role == WORD_NONE) {
			g_autofree char *shown = text_to_show(comma + 1, 40), *roles = word_list(WORDS_ROLE);
			return base_error_set(
				error, BASE_ERROR_INVALID, "with", "\"%s\" is no role; after the comma stands %s.", shown, roles);
		}
		*comma = '\0';
	}
	char *open = strchr(rest, '<'), *close = open == NULL ? NULL : strchr(open, '>');
	if (open != NULL && (close == NULL || close[1 + strspn(close + 1, " ")] != '\0'))
		return base_error_set(
			error, BASE_ERROR_INVALID, "with",
			"An address stands in angle brackets: \"Huck Finn <finn@globex.example>\".");
	if (open != NULL) {
		*open = *close = '\0';
		who.email = g_strdup(g_strstrip(open + 1));
	}
	who.name = g_strdup(g_strstrip(rest));
	if (who.name[0] == '\0')
		return base_error_set(
			error, BASE_ERROR_INVALID, "with", "A person needs a name: \"Huck Finn <finn@globex.example>\".");
	const char *fault = text_find_fault(who.name, strlen(who.name), LIMIT_NAME_BYTES, TEXT_NAME);
	if (fault != NULL) {
		g_autofree char *shown = text_to_show(who.name, 60);
		return base_error_set(error, BASE_ERROR_INVALID, "with", "The name \"%s\" %s.", shown, fault);
	}
	*ret_who = who;
	who = (Introduction){0};
	return true;
}

static char *slug(const char *text)
{
	g_autofree char *ascii = g_str_to_ascii(text, "C");
	GString *id = g_string_new(NULL);
	for (const char *p = ascii; *p != '\0' && id->len < 40; p++)
		if (g_ascii_isalnum(*p))
			g_string_append_c(id, g_ascii_tolower(*p));
	return g_string_free(id, FALSE);
}

/* The first of base, base-2, base-3 … that is not taken. */
static char *free_id(const Facts *facts, const char *base, int (*find)(const Facts *, const char *))
{
	g_autofree char *id = g_strdup(base);
	for (int number = 2; find(facts, id) >= 0; number++) {
		g_free(id);
		id = g_strdup_printf("%s-%d", base, number);
	}
	return g_steal_pointer(&id);
}

char *intake_person_id(const Facts *facts, const char *name)
{
	const char *last = strrchr(name, ' ');
	g_autofree char *short_id = slug(last == NULL ? name : last + 1);
	if (short_id[0] != '\0' && facts_find_person(facts, short_id) == NOBODY)
		return g_steal_pointer(&short_id);
	g_autofree char *long_id = slug(name);
	return free_id(facts, long_id[0] == '\0' ? "person" : long_id, facts_find_person);
}

char *intake_interview_id(const Facts *facts, InterviewKind kind)
{
	return free_id(facts, word_text(WORDS_INTERVIEW_KIND, (int)kind), facts_find_interview);
}

void intake_field(char **field, const char *text)
{
	if (text == NULL)
		return;
	g_free(*field);
	*field = text_is_blank(text) || strcmp(text, "-") == 0 ? NULL : g_strdup(text);
}

void intake_list(GPtrArray *list, const GPtrArray *texts)
{
	for (guint i = 0; i < texts->len; i++) {
		const char *text = g_ptr_array_index(texts, i);
		if (strcmp(text, "-") == 0)
			g_ptr_array_set_size(list, 0);
		else if (!text_is_blank(text) && !g_ptr_array_find_with_equal_func(list, text, g_str_equal, NULL))
			g_ptr_array_add(list, g_strdup(text));
	}
}

void intake_replace(char **field, const char *text)
{
	char *copy = g_strdup(text);
	g_free(*field);
	*field = copy;
}

static int find_known(const Facts *facts, const Introduction *who)
{
	g_autofree char *folded = g_utf8_casefold(who->name, -1);
	for (guint i = 0; i < facts->people->len; i++) {
		const Person *person = facts_person(facts, (int)i);
		g_autofree char *name = g_utf8_casefold(person->name, -1);
		bool same_email =
			who->email != NULL && person->email != NULL && g_ascii_strcasecmp(who->email, person->email) == 0;
		if (same_email || strcmp(name, folded) == 0 || strcmp(person->id, who->name) == 0)
			return (int)i;
	}
	return NOBODY;
}

bool intake_check_name(const char *name, const char *example, GError **error)
{
	if (name == NULL || (!text_is_blank(name) && strcmp(name, "-") != 0))
		return true;
	return base_error_set(
		error, BASE_ERROR_INVALID, "name", "A name cannot be taken away, only changed: --name \"%s\".", example);
}

bool intake_check_address(const char *address, GError **error)
{
	g_autofree char *ascii = NULL;
	bool none = address == NULL || strcmp(address, "-") == 0 || text_is_blank(address);
	return none || address_to_ascii(address, &ascii, error);
}

bool intake_person(
	App *app, Case *item, Change *change, const char *text, int *ret_index, bool *ret_new, GError **error)
{
	g_auto(Introduction) who = {0};
	Facts *facts = item->record->facts;
	int known = facts_find_person(facts, text);
	if (known != NOBODY) { /* an id may look like anything */
		*ret_new = false;
		*ret_index = known;
		return true;
	}
	if (!introduction_parse(text, &who, error) || !intake_check_address(who.email, error))
		return false;
	int index = find_known(facts, &who);
	bool one_word = strchr(who.name, ' ') == NULL && who.email == NULL;
	if (index == NOBODY && one_word && !case_find_person(item, who.name, &index, NULL))
		index = NOBODY; /* "finn" for Huck Finn; else somebody new */
	*ret_new = index == NOBODY;
	if (*ret_new) {
		g_autofree char *id = intake_person_id(facts, who.name);
		facts_add_person(facts, &(Person){.id = id, .name = who.name, .role = ROLE_INTERVIEWER});
		index = (int)facts->people->len - 1;
	}
	Person *person = facts_person(facts, index);
	intake_field(&person->email, who.email);
	if (who.role != WORD_NONE)
		person->role = (Role)who.role;
	if (*ret_new || who.email != NULL || who.role != WORD_NONE)
		change_put(change, PART_PERSON, index);
	*ret_index = index;
	return true;
}

bool promise_is_none(const Promise *promise)
{
	return promise->decision_by == DAY_NONE && promise->follow_up_after == DAY_NONE && promise->process_weeks == 0;
}

void promise_merge(Promise *promise, const Promise *fresh)
{
	if (fresh->decision_by != DAY_NONE)
		promise->decision_by = fresh->decision_by;
	if (fresh->follow_up_after != DAY_NONE)
		promise->follow_up_after = fresh->follow_up_after;
	if (fresh->process_weeks != 0)
		promise->process_weeks = fresh->process_weeks;
}

static bool read_day(
	const App *app, const OpArgs *args, const char *name, const Zone *zone, Day *ret_day, GError **error)
{
	When when = {0};
	if (!op_args_has(args, name))
		return true;
	if (!desk_when(app, args, name, zone, WHEN_AHEAD, &when, error))
		return false;
	if (!when.has_day)
		return base_error_set(
			error, BASE_ERROR_INVALID, name, "\"%s\" names no day; \"fri\" and \"20 nov\" do.",
			op_args_get(args, name));
	*ret_day = when.day;
	return true;
}

bool intake_promise(const App *app, const OpArgs *args, const Zone *zone, Promise *ret_promise, GError **error)
{
	Promise promise = PROMISE_NONE;
	int64_t weeks = op_args_get_int(args, "weeks", 0);
	if (op_args_has(args, "weeks") && (weeks < 1 || weeks > LIMIT_WEEKS))
		return base_error_set(error, BASE_ERROR_INVALID, "weeks", "The weeks are a number from 1 to %d.", LIMIT_WEEKS);
	promise.process_weeks = (int)weeks;
	if (!read_day(app, args, "decision-by", zone, &promise.decision_by, error) ||
		!read_day(app, args, "follow-up-after", zone, &promise.follow_up_after, error))
		return false;
	*ret_promise = promise;
	return true;
}

bool intake_check_said(const App *app, const Zone *zone, const Promise *promise, int64_t at, GError **error)
{
	Day said = zone_to_day(zone, at, NULL);
	bool decision = promise->decision_by != DAY_NONE && promise->decision_by < said;
	if (!decision && (promise->follow_up_after == DAY_NONE || promise->follow_up_after >= said))
		return true;
	g_autofree char *day = when_name_day(zone, decision ? promise->decision_by : promise->follow_up_after, app->now);
	g_autofree char *on = when_say_day(zone, said, app->now);
	return base_error_set(
		error, BASE_ERROR_INVALID, decision ? "decision-by" : "follow-up-after",
		"%s is past by the day they said it, %s; a day to come is expected.", day, on);
}

char *say_promise(const App *app, const Facts *facts, const Promise *promise)
{
	GString *text = g_string_new(NULL);
	if (promise->decision_by != DAY_NONE) {
		g_autofree char *day = when_name_day(facts->zone, promise->decision_by, app->now);
		g_string_append_printf(text, "a decision by %s", day);
	}
	if (promise->follow_up_after != DAY_NONE) {
		g_autofree char *day = when_name_day(facts->zone, promise->follow_up_after, app->now);
		g_string_append_printf(text, "%sthat you may ask from %s", text->len == 0 ? "" : " and ", day);
	}
	if (promise->process_weeks != 0)
		g_string_append_printf(
			text, "%sa process of %d week%s", text->len == 0 ? "" : " and ", promise->process_weeks,
			promise->process_weeks == 1 ? "" : "s");
	return g_string_free(text, FALSE);
}

bool intake_at(const App *app, const OpArgs *args, const Zone *zone, int64_t *ret_at, GError **error)
{
	When when = {.at = app->now};
	if (op_args_has(args, "at") && !desk_when(app, args, "at", zone, WHEN_BACK, &when, error))
		return false;
	bool is_day = op_args_has(args, "at") && !when.has_time;
	if (is_day && when.day <= zone_to_day(zone, app->now, NULL)) /* its noon, or now if that is earlier */
		when.at = MIN(zone_to_instant(zone, when.day, 12 * 3600), app->now);
	if (when.at > app->now)
		return base_error_set(
			error, BASE_ERROR_INVALID, "at", "\"%s\" is still to come; what is recorded has happened.",
			op_args_get(args, "at"));
	*ret_at = when.at;
	return true;
}

bool intake_check_promise(const App *app, const Facts *facts, int interview, GError **error)
{
	const Promise *promise = &facts_interview(facts, interview)->promise;
	Day day = zone_to_day(facts->zone, facts_interview(facts, interview)->end, NULL);
	bool decision = promise->decision_by != DAY_NONE && promise->decision_by < day;
	bool follow_up = promise->follow_up_after != DAY_NONE && promise->follow_up_after < day;
	if (!decision && !follow_up)
		return true;
	g_autofree char *said =
		when_name_day(facts->zone, decision ? promise->decision_by : promise->follow_up_after, app->now);
	g_autofree char *held = when_name_day(facts->zone, day, app->now);
	return base_error_set(
		error, BASE_ERROR_INVALID, decision ? "decision-by" : "follow-up-after",
		"%s is before the interview on %s; what they promised in it comes after it.", said, held);
}
