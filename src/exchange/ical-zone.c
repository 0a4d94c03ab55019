/* ical-zone.c - zone definitions out of a calendar.
 *
 * What is wrong in one is passed over: it then says less, and its name decides.
 */
#include "ical-zone.h"

#include "ical-value.h"

#include <string.h>

enum { ONSETS_MAX = 200 };

typedef struct Gathering {
	ZoneBook *book;
	ZoneDefinition *definition; /* while in a VTIMEZONE; else NULL */
	char *name, *location;
	bool in_part; /* in a STANDARD or DAYLIGHT */
	bool has_start, has_to, has_from;
	Observance part;
} Gathering;

static void part_clear(Gathering *state)
{
	g_clear_pointer(&state->part.rule, g_free);
	g_clear_pointer(&state->part.more, g_array_unref);
	state->part = (Observance){.from = 0};
	state->in_part = state->has_start = state->has_to = state->has_from = false;
}

static void part_end(Gathering *state)
{
	if (state->has_start && state->has_to) {
		if (!state->has_from)
			state->part.from = state->part.to;
		(void)zone_definition_take(state->definition, &state->part);
		state->part = (Observance){.from = 0};
	}
	part_clear(state);
}

static void zone_end(Gathering *state)
{
	if (state->definition != NULL && state->in_part)
		part_end(state);
	if (state->definition != NULL && state->name != NULL)
		zone_book_take_definition(state->book, state->name, state->location, g_steal_pointer(&state->definition));
	g_clear_pointer(&state->definition, zone_definition_free);
	g_clear_pointer(&state->name, g_free);
	g_clear_pointer(&state->location, g_free);
}

static void take_rule(Gathering *state, const char *value)
{
	RecurRule rule;
	if (state->part.rule == NULL && recur_parse(value, &rule) == RECUR_DAYS)
		state->part.rule = g_memdup2(&rule, sizeof rule);
}

static void take_onsets(Gathering *state, const char *value)
{
	if (state->part.more == NULL)
		state->part.more = g_array_new(FALSE, FALSE, sizeof(LocalTime));
	g_auto(GStrv) texts = g_strsplit(value, ",", ONSETS_MAX);
	for (char **text = texts; *text != NULL && state->part.more->len < ONSETS_MAX; text++) {
		IcalTime time;
		if (ical_time_parse(*text, &time))
			g_array_append_val(state->part.more, time.local);
	}
}

static void part_line(Gathering *state, const ContentLine *line)
{
	IcalTime time;
	if (content_line_is(line, "DTSTART", NULL) && ical_time_parse(line->value, &time)) {
		state->part.start = time.local;
		state->has_start = true;
	} else if (content_line_is(line, "TZOFFSETFROM", NULL)) {
		state->has_from = ical_offset_parse(line->value, &state->part.from) || state->has_from;
	} else if (content_line_is(line, "TZOFFSETTO", NULL)) {
		state->has_to = ical_offset_parse(line->value, &state->part.to) || state->has_to;
	} else if (content_line_is(line, "RRULE", NULL)) {
		take_rule(state, line->value);
	} else if (content_line_is(line, "RDATE", NULL)) {
		take_onsets(state, line->value);
	}
}

static bool is_part(const char *value)
{
	return g_ascii_strcasecmp(value, "STANDARD") == 0 || g_ascii_strcasecmp(value, "DAYLIGHT") == 0;
}

static void zone_line(Gathering *state, const ContentLine *line)
{
	if (content_line_is(line, "BEGIN", NULL) && is_part(line->value)) {
		if (state->in_part)
			part_end(state);
		state->in_part = true;
	} else if (content_line_is(line, "END", NULL) && is_part(line->value)) {
		part_end(state);
	} else if (state->in_part) {
		part_line(state, line);
	} else if (content_line_is(line, "TZID", NULL) && state->name == NULL) {
		state->name = g_strstrip(content_unescape(line->value));
	} else if (content_line_is(line, "X-LIC-LOCATION", NULL) && state->location == NULL) {
		state->location = g_strdup(line->value);
	}
}

void ical_zones_gather(LineReader ahead, ContentLine *line, ZoneBook *book)
{
	static const char *const starts[] = {"BEGIN:VTIMEZONE", "BEGIN:VCALENDAR", "END:VCALENDAR", NULL};
	Gathering state = {.book = book};
	/* Between zones nothing has to be taken apart. */
	while ((state.definition != NULL || line_reader_seek(&ahead, starts)) && line_reader_next(&ahead, line)) {
		bool begin = content_line_is(line, "BEGIN", NULL), end = content_line_is(line, "END", NULL);
		if ((begin || end) && g_ascii_strcasecmp(line->value, "VCALENDAR") == 0)
			break;
		if ((begin || end) && g_ascii_strcasecmp(line->value, "VTIMEZONE") == 0) {
			zone_end(&state);
			if (begin)
				state.definition = zone_definition_new();
		} else if (state.definition != NULL) {
			zone_line(&state, line);
		}
	}
	zone_end(&state);
	part_clear(&state);
}
