/* zone-definition.c - the onsets of a self-defined zone around a year, made once for each year that is asked for.
 */
#include "zone-definition.h"

enum { OBSERVANCES_MAX = 300, ONSETS_MAX = 400, YEARS_KEPT = 8, ONSETS_A_RULE = 40 };

typedef struct Onset {
	LocalTime at;
	int from, to;
} Onset;

typedef struct YearTable {
	int year;       /* 0: none */
	GArray *onsets; /* of Onset, ascending: from the year before to the year's end, and the last one before these */
} YearTable;

struct ZoneDefinition {
	GArray *observances;
	YearTable years[YEARS_KEPT];
};

static void observance_clear(void *data)
{
	Observance *observance = data;
	g_free(observance->rule);
	if (observance->more != NULL)
		g_array_unref(observance->more);
}

ZoneDefinition *zone_definition_new(void)
{
	ZoneDefinition *definition = g_new0(ZoneDefinition, 1);
	definition->observances = g_array_new(FALSE, FALSE, sizeof(Observance));
	g_array_set_clear_func(definition->observances, observance_clear);
	return definition;
}

void zone_definition_free(ZoneDefinition *definition)
{
	if (definition == NULL)
		return;
	g_array_unref(definition->observances);
	for (int i = 0; i < YEARS_KEPT; i++)
		if (definition->years[i].onsets != NULL)
			g_array_unref(definition->years[i].onsets);
	g_free(definition);
}

bool zone_definition_take(ZoneDefinition *definition, Observance *observance)
{
	if (definition->observances->len >= OBSERVANCES_MAX) {
		observance_clear(observance);
		return false;
	}
	g_array_append_val(definition->observances, *observance);
	return true;
}

bool zone_definition_is_empty(const ZoneDefinition *definition)
{
	return definition->observances->len == 0;
}

static int compare(LocalTime one, LocalTime other)
{
	if (one.day != other.day)
		return one.day < other.day ? -1 : 1;
	return one.second < other.second ? -1 : one.second > other.second;
}

static int compare_onsets(const void *one, const void *other)
{
	return compare(((const Onset *)one)->at, ((const Onset *)other)->at);
}

static void add_onset(GArray *onsets, const Observance *observance, LocalTime at)
{
	Onset onset = {at, observance->from, observance->to};
	if (onsets->len < ONSETS_MAX)
		g_array_append_val(onsets, onset);
}

/* Whether an onset that a rule gives comes before the rule ends; the end of most is written in UTC. */
static bool is_before_end(const Observance *observance, LocalTime at)
{
	const RecurRule *rule = observance->rule;
	if (!rule->has_until)
		return true;
	int64_t end =
		(int64_t)rule->until_day * DAY_SECONDS + rule->until_second + (rule->until_is_utc ? observance->from : 0);
	return (int64_t)at.day * DAY_SECONDS + at.second <= end;
}

/* The last onset of an observance before a day goes to *last if it is later than what is there. */
static void note_last(const Observance *observance, LocalTime at, Day first, Onset *last)
{
	if (at.day < first && (last->at.day == DAY_NONE || compare(at, last->at) >= 0))
		*last = (Onset){at, observance->from, observance->to};
}

static void add_observance(
	const Observance *observance, Day first, Day end, int64_t *budget, GArray *onsets, Onset *last)
{
	LocalTime start = observance->start;
	if (start.day >= first && start.day <= end)
		add_onset(onsets, observance, start);
	note_last(observance, start, first, last);
	for (guint i = 0; observance->more != NULL && i < observance->more->len; i++) {
		LocalTime at = g_array_index(observance->more, LocalTime, i);
		if (at.day >= first && at.day <= end)
			add_onset(onsets, observance, at);
		note_last(observance, at, first, last);
	}
	if (observance->rule == NULL)
		return;
	g_autoptr(GArray) days = g_array_new(FALSE, FALSE, sizeof(Day));
	recur_list(observance->rule, (RecurSpan){start.day, MAX(first, start.day + 1), end, ONSETS_A_RULE}, budget, days);
	for (guint i = 0; i < days->len; i++) {
		LocalTime at = {g_array_index(days, Day, i), start.second};
		if (is_before_end(observance, at))
			add_onset(onsets, observance, at);
	}
	Day before = days->len > 0 ? DAY_NONE : recur_find_last(observance->rule, start.day, first - 1, budget);
	if (before != DAY_NONE)
		note_last(observance, (LocalTime){before, start.second}, first, last);
}

static GArray *make_onsets(const ZoneDefinition *definition, int year, int64_t *budget)
{
	Day first = civil_to_day((Civil){MAX(year - 1, 1), 1, 1}), end = civil_to_day((Civil){year, 12, 31});
	GArray *onsets = g_array_new(FALSE, FALSE, sizeof(Onset));
	Onset last = {.at = {DAY_NONE, 0}};
	*budget -= definition->observances->len;
	for (guint i = 0; *budget > 0 && i < definition->observances->len; i++)
		add_observance(&g_array_index(definition->observances, Observance, i), first, end, budget, onsets, &last);
	if (last.at.day != DAY_NONE)
		g_array_append_val(onsets, last);
	g_array_sort(onsets, compare_onsets);
	return onsets;
}

static const GArray *get_onsets(ZoneDefinition *definition, int year, int64_t *budget)
{
	YearTable *table = &definition->years[year % YEARS_KEPT];
	if (table->year != year) {
		if (table->onsets != NULL)
			g_array_unref(table->onsets);
		table->onsets = make_onsets(definition, year, budget);
		table->year = year;
	}
	return table->onsets;
}

static LocalTime later(LocalTime local, int seconds)
{
	int64_t sum = (int64_t)local.day * DAY_SECONDS + local.second + seconds;
	int64_t day = sum >= 0 ? sum / DAY_SECONDS : -((-sum + DAY_SECONDS - 1) / DAY_SECONDS);
	return (LocalTime){(Day)day, (int)(sum - day * DAY_SECONDS)};
}

bool zone_definition_find(
	ZoneDefinition *definition, LocalTime local, int expected, int64_t *budget, int *ret_offset, bool *ret_usual)
{
	const GArray *onsets = get_onsets(definition, civil_from_day(local.day).year, budget);
	const Onset *found = NULL;
	bool usual = false;
	for (guint i = 0; i < onsets->len; i++) {
		const Onset *onset = &g_array_index(onsets, Onset, i);
		usual = usual || onset->to == expected || onset->from == expected;
		if (compare(onset->at, local) <= 0)
			found = onset;
	}
	if (ret_usual != NULL)
		*ret_usual = usual;
	if (found == NULL)
		return false;
	bool skipped = found->to > found->from && compare(local, later(found->at, found->to - found->from)) < 0;
	*ret_offset = skipped ? found->from : found->to;
	return true;
}

int zone_definition_get_first(const ZoneDefinition *definition)
{
	const Observance *first = NULL;
	for (guint i = 0; i < definition->observances->len; i++) {
		const Observance *one = &g_array_index(definition->observances, Observance, i);
		if (first == NULL || compare(one->start, first->start) < 0)
			first = one;
	}
	return first == NULL ? 0 : first->from;
}
