/* day-choices.c - see day-choices.h: no day is offered on which nobody works.
 */
#include "day-choices.h"

#include <string.h>

enum { WEEK = 7, NEAR_DAYS = 6, NEAR_MAX = 4 };

static void free_choice(void *data)
{
	DayChoice *choice = data;
	g_free(choice->words);
	g_free(choice->date);
	g_free(choice);
}

/* "Thu 26 Nov"; beside the weekday's own name "26 Nov". */
static char *say_date(Day day, const char *words)
{
	Civil civil = civil_from_day(day);
	const char *weekday = weekday_name(day_weekday(day));
	bool named = strcmp(words, weekday) == 0;
	return g_strdup_printf(
		"%.*s%s%d %.3s", named ? 0 : 3, weekday, named ? "" : " ", civil.day, month_name(civil.month));
}

static void add(GPtrArray *choices, Day day, const char *words)
{
	const DayChoice *last = choices->len == 0 ? NULL : g_ptr_array_index(choices, choices->len - 1);
	if (last != NULL && last->day >= day)
		return;
	DayChoice *choice = g_new0(DayChoice, 1);
	choice->day = day;
	choice->words = g_strdup(words);
	choice->date = say_date(day, words);
	g_ptr_array_add(choices, choice);
}

GPtrArray *day_choices_new(const Facts *facts, int64_t now)
{
	static const struct {
		Day days;
		const char *words;
	} far[] = {{WEEK, "in a week"}, {2 * WEEK, "in two weeks"}};
	GPtrArray *choices = g_ptr_array_new_with_free_func(free_choice);
	Day today = zone_to_day(facts->zone, now, NULL);
	for (Day day = today + 1; day <= today + NEAR_DAYS && choices->len < NEAR_MAX; day++)
		if (facts_is_business_day(facts, day))
			add(choices, day, day == today + 1 ? "tomorrow" : weekday_name(day_weekday(day)));
	for (size_t i = 0; i < G_N_ELEMENTS(far); i++) {
		Day day = today + far[i].days;
		while (!facts_is_business_day(facts, day))
			day++;
		add(choices, day, far[i].words);
	}
	return choices;
}
