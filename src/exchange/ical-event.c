/* ical-event.c - gathers an event's properties, then says when it is, where, and with whom.
 *
 * Times are worked out at the end, since an end without a zone is read in that of the start.  A property that stands
 * twice counts the first time.
 */
#include "ical-event.h"

#include "foreign.h"
#include "guess.h"
#include "ical-value.h"
#include "video.h"

#include <base/limits.h>
#include <string.h>

enum {
	UID_BYTES = 1024,
	LINK_BYTES = 1024,
	EXCERPT_BYTES = 4096,
	PEOPLE_MAX = 200,
	DATES_MAX = 1000,
	NEXT_DAYS = 3 * 366
};

typedef struct Moment {
	bool given;
	IcalTime time;
	char *zone; /* TZID, or NULL */
	int line;
} Moment;

struct EventDraft {
	EventSetting setting;
	Item *item;
	Moment start, end, recurrence;
	bool has_duration, cancelled, is_range;
	IcalDuration duration;
	int rule_line;
	GArray *extra, *excluded; /* of Moment */
	char *links[4];           /* in the order in which they are believed */
	bool unknown_zone_told;
};

typedef enum { LINK_SAID, LINK_PLACE, LINK_URL, LINK_TEXT } LinkSource;

static void moment_clear(void *data)
{
	Moment *moment = data;
	g_free(moment->zone);
}

static GArray *moments_new(void)
{
	GArray *moments = g_array_new(FALSE, FALSE, sizeof(Moment));
	g_array_set_clear_func(moments, moment_clear);
	return moments;
}

EventDraft *event_draft_new(const EventSetting *setting, int line)
{
	EventDraft *draft = g_new0(EventDraft, 1);
	draft->setting = *setting;
	draft->item = item_new(ITEM_INTERVIEW, line);
	draft->item->method = setting->method;
	draft->extra = moments_new();
	draft->excluded = moments_new();
	return draft;
}

void event_draft_free(EventDraft *draft)
{
	if (draft == NULL)
		return;
	item_free(draft->item);
	moment_clear(&draft->start);
	moment_clear(&draft->end);
	moment_clear(&draft->recurrence);
	g_array_unref(draft->extra);
	g_array_unref(draft->excluded);
	for (size_t i = 0; i < G_N_ELEMENTS(draft->links); i++)
		g_free(draft->links[i]);
	g_free(draft);
}

bool event_draft_is_range(const EventDraft *draft)
{
	return draft->is_range;
}

static char *make_zone(const ContentLine *line)
{
	const char *zone = content_line_param(line, "TZID");
	return zone == NULL || *zone == '\0' ? NULL : g_strdup(zone);
}

static void add_unreadable(EventDraft *draft, const ContentLine *line, const char *expected)
{
	g_autofree char *shown = text_to_show(line->value, 60);
	problems_add(
		draft->setting.problems, line->number, "%s on line %d is “%s”; %s is expected.", line->name, line->number,
		shown, expected);
}

static void take_moment(EventDraft *draft, const ContentLine *line, Moment *moment)
{
	if (moment->given) {
		problems_add(
			draft->setting.problems, line->number,
			"%s stands twice in one event, again on line %d; the first was taken.", line->name, line->number);
		return;
	}
	if (!ical_time_parse(line->value, &moment->time)) {
		add_unreadable(draft, line, "a date and time such as 20261117T100000");
		return;
	}
	moment->given = true;
	moment->line = line->number;
	moment->zone = make_zone(line);
}

static void on_start(EventDraft *draft, const ContentLine *line)
{
	take_moment(draft, line, &draft->start);
}

static void on_end(EventDraft *draft, const ContentLine *line)
{
	take_moment(draft, line, &draft->end);
}

static void on_recurrence(EventDraft *draft, const ContentLine *line)
{
	take_moment(draft, line, &draft->recurrence);
	draft->is_range = content_line_has(line, "RANGE", "THISANDFUTURE");
}

static void on_duration(EventDraft *draft, const ContentLine *line)
{
	if (!ical_duration_parse(line->value, &draft->duration))
		add_unreadable(draft, line, "a length such as PT1H30M");
	else
		draft->has_duration = true;
}

/* Lists of dates; of periods ("…/PT1H") the beginnings. */
static void take_list(const ContentLine *line, GArray *moments)
{
	g_auto(GStrv) texts = g_strsplit(line->value, ",", DATES_MAX);
	for (char **text = texts; *text != NULL && moments->len < DATES_MAX; text++) {
		Moment moment = {.given = true, .line = line->number};
		(*text)[strcspn(*text, "/")] = '\0';
		if (!ical_time_parse(*text, &moment.time))
			continue;
		moment.zone = make_zone(line);
		g_array_append_val(moments, moment);
	}
}

static void on_extra(EventDraft *draft, const ContentLine *line)
{
	take_list(line, draft->extra);
}

static void on_excluded(EventDraft *draft, const ContentLine *line)
{
	take_list(line, draft->excluded);
}

static void on_rule(EventDraft *draft, const ContentLine *line)
{
	if (draft->item->rule != NULL)
		return;
	draft->item->rule = foreign_clean(line->value, LIMIT_TEXT_BYTES, TEXT_LINE);
	draft->rule_line = line->number;
}

static void take_text(char **field, const ContentLine *line, size_t limit, TextKind kind)
{
	if (*field != NULL)
		return;
	g_autofree char *text = content_unescape(line->value);
	*field = foreign_clean(text, limit, kind);
}

static void take_link(EventDraft *draft, LinkSource source, char *link)
{
	if (draft->links[source] == NULL && link != NULL)
		draft->links[source] = link;
	else
		g_free(link);
}

static void on_uid(EventDraft *draft, const ContentLine *line)
{
	take_text(&draft->item->uid, line, UID_BYTES, TEXT_LINE);
}

static void on_sequence(EventDraft *draft, const ContentLine *line)
{
	if (draft->item->sequence < 0)
		draft->item->sequence = (int)CLAMP(g_ascii_strtoll(line->value, NULL, 10), 0, INT32_MAX);
}

static void on_stamp(EventDraft *draft, const ContentLine *line)
{
	IcalTime time;
	if (draft->item->stamp == TIME_NONE && ical_time_parse(line->value, &time))
		draft->item->stamp = (int64_t)time.local.day * DAY_SECONDS + time.local.second - time.offset;
}

static void on_summary(EventDraft *draft, const ContentLine *line)
{
	take_text(&draft->item->summary, line, LIMIT_NAME_BYTES, TEXT_LINE);
}

static void on_description(EventDraft *draft, const ContentLine *line)
{
	g_autofree char *text = content_unescape(line->value);
	take_link(draft, LINK_TEXT, video_find_link(text));
	g_autofree char *plain = foreign_strip_tags(text);
	if (draft->item->description == NULL)
		draft->item->description = foreign_clean(plain, EXCERPT_BYTES, TEXT_BLOCK);
}

static void on_place(EventDraft *draft, const ContentLine *line)
{
	g_autofree char *text = content_unescape(line->value);
	char *link = video_find_link(text);
	take_link(draft, LINK_PLACE, link == NULL ? video_find_any_link(text) : link);
	if (draft->item->place == NULL)
		draft->item->place = foreign_clean(text, LIMIT_NAME_BYTES, TEXT_LINE);
}

static void on_url(EventDraft *draft, const ContentLine *line)
{
	take_link(draft, LINK_URL, video_find_link(line->value));
	take_text(&draft->item->url, line, LINK_BYTES, TEXT_LINE);
}

static void on_conference(EventDraft *draft, const ContentLine *line)
{
	take_link(draft, LINK_SAID, video_find_any_link(line->value));
}

static void on_status(EventDraft *draft, const ContentLine *line)
{
	draft->cancelled = draft->cancelled || g_ascii_strncasecmp(line->value, "CANCELLED", 9) == 0;
}

/* The address in "mailto:a@b", "Name <a@b>" or an EMAIL parameter; NULL where there is none that mail could reach. */
static char *make_email(const ContentLine *line)
{
	const char *param = content_line_param(line, "EMAIL");
	const char *candidates[] = {line->value, param};
	for (size_t i = 0; i < G_N_ELEMENTS(candidates); i++) {
		if (candidates[i] == NULL)
			continue;
		const char *start = strrchr(candidates[i], '<');
		start = start == NULL ? candidates[i] : start + 1;
		g_autofree char *bare = g_strndup(start, strcspn(start, ">"));
		g_strstrip(bare);
		const char *address = g_ascii_strncasecmp(bare, "mailto:", 7) == 0 ? bare + 7 : bare;
		g_autofree char *email = foreign_clean(address, LIMIT_NAME_BYTES, TEXT_NAME);
		const char *at = email == NULL ? NULL : strchr(email, '@');
		if (at != NULL && at > email && at[1] != '\0' && strpbrk(email, " /:;,\"") == NULL && !guess_is_machine(email))
			return g_steal_pointer(&email);
	}
	return NULL;
}

static char *make_name(const ContentLine *line, const char *email)
{
	const char *said = content_line_param(line, "CN");
	g_autofree char *bare = said == NULL ? NULL : g_strdup(said);
	if (bare != NULL && g_strstrip(bare)[0] == '\'' && g_str_has_suffix(bare, "'") && strlen(bare) > 2) {
		bare[strlen(bare) - 1] = ' ';
		bare[0] = ' ';
	}
	char *name = foreign_clean(bare, LIMIT_NAME_BYTES, TEXT_NAME);
	if (name != NULL && strchr(name, '@') == NULL)
		return name;
	g_free(name);
	return guess_name(email);
}

static bool is_own(const EventDraft *draft, const char *email)
{
	const char *const *own = draft->setting.request->own;
	for (; own != NULL && email != NULL && *own != NULL; own++)
		if (g_ascii_strcasecmp(*own, email) == 0)
			return true;
	return false;
}

/* Rooms, devices, lists, and who is only told of it. */
static bool takes_part(const ContentLine *line)
{
	static const char *const things[] = {"ROOM", "RESOURCE", "GROUP"};
	for (size_t i = 0; i < G_N_ELEMENTS(things); i++)
		if (content_line_has(line, "CUTYPE", things[i]))
			return false;
	return !content_line_has(line, "ROLE", "NON-PARTICIPANT");
}

static ItemPerson *find_person(const Item *item, const char *email)
{
	for (guint i = 0; i < item->people->len && email != NULL; i++) {
		ItemPerson *person = item->people->pdata[i];
		if (person->email != NULL && g_ascii_strcasecmp(person->email, email) == 0)
			return person;
	}
	return NULL;
}

static void take_person(EventDraft *draft, const ContentLine *line, bool organizer)
{
	g_autofree char *email = make_email(line);
	g_autofree char *name = make_name(line, email);
	if ((name == NULL && email == NULL) || is_own(draft, email) || draft->item->people->len >= PEOPLE_MAX)
		return;
	ItemPerson *person = find_person(draft->item, email);
	bool seen = person != NULL;
	if (person == NULL)
		person = item_add_person(draft->item);
	if (person->name == NULL)
		person->name = g_steal_pointer(&name);
	if (person->email == NULL)
		person->email = g_steal_pointer(&email);
	/* Who sends the invitation and is among those invited takes part. */
	if (seen && person->organizer != organizer)
		person->role = ROLE_INTERVIEWER;
	person->organizer = person->organizer || organizer;
	static const char *const answers[] = {"accepted", "declined", "tentative", "delegated"};
	for (size_t i = 0; i < G_N_ELEMENTS(answers); i++)
		if (person->answer == NULL && content_line_has(line, "PARTSTAT", answers[i]))
			person->answer = g_strdup(answers[i]);
}

static void on_organizer(EventDraft *draft, const ContentLine *line)
{
	take_person(draft, line, true);
}

static void on_attendee(EventDraft *draft, const ContentLine *line)
{
	if (takes_part(line))
		take_person(draft, line, false);
}

void event_draft_add(EventDraft *draft, const ContentLine *line)
{
	static const struct {
		const char *name;
		void (*take)(EventDraft *draft, const ContentLine *line);
	} properties[] = {
		{"DTSTART", on_start},
		{"DTEND", on_end},
		{"DURATION", on_duration},
		{"RECURRENCE-ID", on_recurrence},
		{"RRULE", on_rule},
		{"RDATE", on_extra},
		{"EXDATE", on_excluded},
		{"UID", on_uid},
		{"SEQUENCE", on_sequence},
		{"DTSTAMP", on_stamp},
		{"SUMMARY", on_summary},
		{"DESCRIPTION", on_description},
		{"LOCATION", on_place},
		{"URL", on_url},
		{"CONFERENCE", on_conference},
		{"X-GOOGLE-CONFERENCE", on_conference},
		{"X-MICROSOFT-SKYPETEAMSMEETINGURL", on_conference},
		{"X-MICROSOFT-ONLINEMEETINGCONFLINK", on_conference},
		{"X-MICROSOFT-ONLINEMEETINGEXTERNALLINK", on_conference},
		{"STATUS", on_status},
		{"ORGANIZER", on_organizer},
		{"ATTENDEE", on_attendee},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(properties); i++)
		if (strcmp(line->name, properties[i].name) == 0) {
			properties[i].take(draft, line);
			return;
		}
	if (g_str_has_prefix(line->name, "X-"))
		take_link(draft, LINK_TEXT, video_find_link(line->value));
}

static void tell_unknown_zone(EventDraft *draft, const char *zone, int line, const char *taken)
{
	if (draft->unknown_zone_told)
		return;
	draft->unknown_zone_told = true;
	g_autofree char *shown = text_to_show(zone, 60);
	problems_add(
		draft->setting.problems, line,
		"The time zone “%s” on line %d is not known; the time was read in %s, an IANA name is expected.", shown, line,
		taken);
}

/* The instant of a moment; one without a zone of its own is read in the zone of `other`, else in the reference. What is
 * written in UTC is in UTC whatever zone stands beside it (RFC 5545 section 3.2.19); that zone shows it. */
static ZonedTime resolve(EventDraft *draft, const Moment *moment, const Moment *other)
{
	ZoneBook *book = draft->setting.book;
	const IcalTime *time = &moment->time;
	const char *zone = moment->zone == NULL && other != NULL && !time->has_offset ? other->zone : moment->zone;
	ZonedTime zoned = zone_book_resolve(book, time->is_date ? NULL : zone, time->local);
	if (time->has_offset) {
		zoned.at = (int64_t)time->local.day * DAY_SECONDS + time->local.second - time->offset;
		zoned.unknown = false;
	}
	if (zoned.unknown)
		tell_unknown_zone(draft, zone, moment->line, zoned.zone);
	return zoned;
}

static LocalTime add_duration(LocalTime local, IcalDuration duration)
{
	int64_t second = local.second + duration.seconds;
	return (LocalTime){local.day + duration.days + (Day)(second / DAY_SECONDS), (int)(second % DAY_SECONDS)};
}

/* Days of a duration go by the calendar, hours by the clock on the wall of the world. */
static int64_t end_of_duration(EventDraft *draft)
{
	const Moment *start = &draft->start;
	IcalDuration duration = draft->duration;
	Moment end = *start;
	if (start->time.is_date) {
		duration.days += (int)((duration.seconds + DAY_SECONDS - 1) / DAY_SECONDS);
		duration.seconds = 0;
	}
	end.time.local = add_duration(start->time.local, (IcalDuration){duration.days, 0});
	return resolve(draft, &end, NULL).at + duration.seconds;
}

static int64_t default_end(EventDraft *draft)
{
	if (!draft->start.time.is_date)
		return draft->item->start;
	draft->duration = (IcalDuration){1, 0};
	return end_of_duration(draft);
}

static void set_end(EventDraft *draft)
{
	Item *item = draft->item;
	/* An all-day event that ends on the day it begins is meant to last that day. */
	bool same_day = draft->start.time.is_date && draft->end.time.is_date &&
					draft->end.time.local.day == draft->start.time.local.day;
	if (draft->end.given && !same_day)
		item->end = resolve(draft, &draft->end, &draft->start).at;
	else
		item->end = draft->has_duration ? end_of_duration(draft) : default_end(draft);
	if (item->end < item->start) {
		problems_add(
			draft->setting.problems, draft->end.line,
			"The end on line %d is before the start; an end after it is expected.", draft->end.line);
		item->end = item->start;
	}
}

static bool is_floating(const Moment *moment)
{
	return !moment->time.is_date && !moment->time.has_offset && moment->zone == NULL;
}

static void set_times(EventDraft *draft)
{
	Item *item = draft->item;
	const Moment *start = &draft->start;
	if (draft->recurrence.given)
		item->recurrence = resolve(draft, &draft->recurrence, start).at;
	if (!start->given)
		return;
	ZonedTime zoned = resolve(draft, start, NULL);
	/* A start that floats beside an end that does not, and would come after it, is meant in the end's zone. */
	if (is_floating(start) && draft->end.given && draft->end.zone != NULL &&
		resolve(draft, &draft->end, NULL).at < zoned.at)
		zoned = resolve(draft, start, &draft->end);
	item->start = zoned.at;
	item->zone = g_strdup(zoned.zone);
	item->all_day = start->time.is_date;
	item->floating = zoned.unknown || is_floating(start);
	if (!start->time.is_date && start->zone != NULL && strcmp(start->zone, zoned.zone) != 0)
		item->zone_said = foreign_clean(start->zone, LIMIT_NAME_BYTES, TEXT_LINE);
	set_end(draft);
}

static bool is_excluded(EventDraft *draft, const GArray *instants, Day day, int64_t at)
{
	for (guint i = 0; i < draft->excluded->len; i++) {
		const Moment *moment = &g_array_index(draft->excluded, Moment, i);
		if (moment->time.is_date ? moment->time.local.day == day : g_array_index(instants, int64_t, i) == at)
			return true;
	}
	return false;
}

static bool is_after_end(const RecurRule *rule, LocalTime local, int64_t at)
{
	if (!rule->has_until)
		return false;
	int64_t end = (int64_t)rule->until_day * DAY_SECONDS + rule->until_second;
	return (rule->until_is_utc ? at : (int64_t)local.day * DAY_SECONDS + local.second) > end;
}

static GArray *resolve_excluded(EventDraft *draft)
{
	GArray *instants = g_array_new(FALSE, FALSE, sizeof(int64_t));
	for (guint i = 0; i < draft->excluded->len; i++) {
		int64_t at = resolve(draft, &g_array_index(draft->excluded, Moment, i), &draft->start).at;
		g_array_append_val(instants, at);
	}
	return instants;
}

static void list_rule(EventDraft *draft, const RecurRule *rule, const GArray *excluded)
{
	const Moment *start = &draft->start;
	int64_t now = draft->setting.request->now;
	Day from = (Day)(CLAMP(now, 0, (int64_t)DAY_SECONDS * 1000000) / DAY_SECONDS) - 1;
	g_autoptr(GArray) days = g_array_new(FALSE, FALSE, sizeof(Day));
	RecurSpan span = {start->time.local.day, from, from + NEXT_DAYS, ITEM_NEXT_MAX + draft->excluded->len + 2};
	recur_list(rule, span, zone_book_get_budget(draft->setting.book), days);
	for (guint i = 0; i < days->len && draft->item->next->len < ITEM_NEXT_MAX; i++) {
		Moment moment = *start;
		moment.time.local.day = g_array_index(days, Day, i);
		int64_t at = resolve(draft, &moment, NULL).at;
		if (at > now && !is_after_end(rule, moment.time.local, at) &&
			!is_excluded(draft, excluded, moment.time.local.day, at))
			g_array_append_val(draft->item->next, at);
	}
}

static void list_extra(EventDraft *draft, const GArray *excluded)
{
	for (guint i = 0; i < draft->extra->len; i++) {
		const Moment *moment = &g_array_index(draft->extra, Moment, i);
		int64_t at = resolve(draft, moment, &draft->start).at;
		if (at > draft->setting.request->now && !is_excluded(draft, excluded, moment->time.local.day, at))
			g_array_append_val(draft->item->next, at);
	}
}

static int compare_instants(const void *one, const void *other)
{
	int64_t a = *(const int64_t *)one, b = *(const int64_t *)other;
	return a < b ? -1 : a > b;
}

static void list_next(EventDraft *draft)
{
	GArray *next = draft->item->next;
	g_autoptr(GArray) excluded = resolve_excluded(draft);
	RecurRule rule;
	RecurKind kind = draft->item->rule == NULL ? RECUR_OTHER : recur_parse(draft->item->rule, &rule);
	if (kind == RECUR_DAYS)
		list_rule(draft, &rule, excluded);
	else if (kind == RECUR_BAD)
		problems_add(
			draft->setting.problems, draft->rule_line,
			"The repeat rule on line %d cannot be read; one such as FREQ=WEEKLY;COUNT=3 is expected.",
			draft->rule_line);
	list_extra(draft, excluded);
	g_array_sort(next, compare_instants);
	for (guint i = next->len; i > 1; i--)
		if (g_array_index(next, int64_t, i - 1) == g_array_index(next, int64_t, i - 2))
			g_array_remove_index(next, i - 1);
	if (next->len > ITEM_NEXT_MAX)
		g_array_set_size(next, ITEM_NEXT_MAX);
}

static void set_kind(EventDraft *draft)
{
	Item *item = draft->item;
	bool answers = item->method >= METHOD_REPLY;
	if (item->method == METHOD_CANCEL || (draft->cancelled && !answers))
		item->kind = ITEM_CANCELLATION;
	else if (!draft->start.given && answers)
		item->kind = ITEM_UNKNOWN;
	else if (!draft->start.given)
		item->error = g_strdup_printf(
			"The event on line %d has no start that could be read; DTSTART with a date and time is expected.",
			item->line);
}

static void set_video(EventDraft *draft)
{
	Item *item = draft->item;
	for (size_t i = 0; i < G_N_ELEMENTS(draft->links) && item->video == NULL; i++)
		item->video = foreign_clean(draft->links[i], LINK_BYTES, TEXT_LINE);
	if (item->video != NULL && item->place != NULL && strcmp(item->video, item->place) == 0)
		g_clear_pointer(&item->place, g_free);
}

Item *event_draft_finish(EventDraft *draft)
{
	set_times(draft);
	if (draft->start.given && (draft->item->rule != NULL || draft->extra->len > 0))
		list_next(draft);
	set_kind(draft);
	set_video(draft);
	guess_interview(draft->item);
	return g_steal_pointer(&draft->item);
}
