/* recur.c - whether a day belongs to a repeat rule.
 *
 * A day is judged by itself: is its period one that counts (every second week from the first), and does it match the
 * lists?  Only BYSETPOS has to look at the whole period.
 */
#include "recur.h"

#include <libical/ical.h>
#include <string.h>

enum { LOOK_BACK_DAYS = 3 * 366, RULE_BYTES = 2048 };

static int iso_weekday(enum icalrecurrencetype_weekday weekday)
{
	return weekday == ICAL_SUNDAY_WEEKDAY ? 7 : (int)weekday - 1;
}

static bool one_or_none(const short *list)
{
	return list[0] == ICAL_RECURRENCE_ARRAY_MAX || list[1] == ICAL_RECURRENCE_ARRAY_MAX;
}

static bool is_by_days(const struct icalrecurrencetype *from)
{
	return from->freq >= ICAL_DAILY_RECURRENCE && from->freq <= ICAL_YEARLY_RECURRENCE && from->interval > 0 &&
		   one_or_none(from->by_hour) && one_or_none(from->by_minute) && one_or_none(from->by_second) &&
		   from->by_week_no[0] == ICAL_RECURRENCE_ARRAY_MAX;
}

static bool take_list(const short *from, int size, int16_t *to, int *ret_count)
{
	for (int i = 0; i < size && from[i] != ICAL_RECURRENCE_ARRAY_MAX; i++) {
		if (*ret_count == RECUR_LIST_MAX)
			return false;
		to[(*ret_count)++] = from[i];
	}
	return true;
}

static bool take_weekdays(const struct icalrecurrencetype *from, RecurRule *rule)
{
	for (int i = 0; i < ICAL_BY_DAY_SIZE && from->by_day[i] != ICAL_RECURRENCE_ARRAY_MAX; i++) {
		int weekday = iso_weekday(icalrecurrencetype_day_day_of_week(from->by_day[i]));
		int nth = icalrecurrencetype_day_position(from->by_day[i]);
		if (nth == 0 || from->freq < ICAL_MONTHLY_RECURRENCE) {
			rule->weekdays |= (uint8_t)(1 << weekday);
			continue;
		}
		if (rule->nth_count == RECUR_LIST_MAX)
			return false;
		rule->nth[rule->nth_count].weekday = (int8_t)weekday;
		rule->nth[rule->nth_count++].nth = (int16_t)nth;
	}
	return true;
}

static bool take_months(const struct icalrecurrencetype *from, RecurRule *rule)
{
	for (int i = 0; i < ICAL_BY_MONTH_SIZE && from->by_month[i] != ICAL_RECURRENCE_ARRAY_MAX; i++) {
		int month = icalrecurrencetype_month_month(from->by_month[i]);
		if (month < 1 || month > 12)
			return false;
		rule->months |= (uint16_t)(1 << month);
	}
	for (int i = 0; i < ICAL_BY_MONTHDAY_SIZE && from->by_month_day[i] != ICAL_RECURRENCE_ARRAY_MAX; i++) {
		int day = from->by_month_day[i];
		if (day >= 1 && day <= 31)
			rule->month_days |= (uint32_t)1 << day;
		else if (day <= -1 && day >= -31)
			rule->month_days_back |= (uint32_t)1 << -day;
		else
			return false;
	}
	return true;
}

static bool take_until(const struct icalrecurrencetype *from, RecurRule *rule)
{
	if (icaltime_is_null_time(from->until))
		return true;
	if (!civil_is_valid(from->until.year, from->until.month, from->until.day))
		return false;
	rule->has_until = true;
	rule->until_is_utc = !from->until.is_date && icaltime_is_utc(from->until);
	rule->until_day = civil_to_day((Civil){from->until.year, from->until.month, from->until.day});
	rule->until_second =
		from->until.is_date
			? DAY_SECONDS - 1
			: CLAMP(from->until.hour * 3600 + from->until.minute * 60 + from->until.second, 0, DAY_SECONDS - 1);
	return true;
}

/* The rules of vCalendar 1.0 ("W1 MO #5") are rules too; they are left as they stand. */
static bool is_old_rule(const char *capitals)
{
	static const char *const forms[] = {"D", "W", "MP", "MD", "YM", "YD"};
	for (size_t i = 0; i < G_N_ELEMENTS(forms); i++)
		if (g_str_has_prefix(capitals, forms[i]) && g_ascii_isdigit(capitals[strlen(forms[i])]))
			return true;
	return false;
}

RecurKind recur_parse(const char *text, RecurRule *ret_rule)
{
	if (strlen(text) > RULE_BYTES)
		return RECUR_BAD;
	g_autofree char *capitals = g_ascii_strup(text, -1);
	if (strstr(capitals, "RSCALE") != NULL || is_old_rule(capitals))
		return RECUR_OTHER;
	struct icalrecurrencetype from = icalrecurrencetype_from_string(capitals);
	RecurRule rule = {.frequency = (int)from.freq, .interval = from.interval, .count = MAX(from.count, 0)};
	RecurKind kind = RECUR_DAYS;
	rule.week_start = from.week_start == ICAL_NO_WEEKDAY ? 1 : iso_weekday(from.week_start);
	if (from.freq == ICAL_NO_RECURRENCE)
		kind = RECUR_BAD;
	else if (
		!is_by_days(&from) || !take_weekdays(&from, &rule) || !take_months(&from, &rule) || !take_until(&from, &rule) ||
		!take_list(from.by_year_day, ICAL_BY_YEARDAY_SIZE, rule.year_days, &rule.year_day_count) ||
		!take_list(from.by_set_pos, ICAL_BY_SETPOS_SIZE, rule.set_pos, &rule.set_pos_count))
		kind = RECUR_OTHER;
	if (kind == RECUR_DAYS)
		*ret_rule = rule;
	return kind;
}

static int month_length(int year, int month)
{
	Civil next = month == 12 ? (Civil){year + 1, 1, 1} : (Civil){year, month + 1, 1};
	return (int)(civil_to_day(next) - civil_to_day((Civil){year, month, 1}));
}

static bool is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* Whether the nth (from the end where negative) of its weekday in a span of days, in which day is the at-th. */
static bool is_nth(int nth, int at, int length)
{
	return nth > 0 ? (at - 1) / 7 + 1 == nth : (length - at) / 7 + 1 == -nth;
}

static bool weekday_matches(const RecurRule *rule, Civil civil, Day day)
{
	int weekday = day_weekday(day);
	if (rule->weekdays & (1 << weekday))
		return true;
	bool by_year = rule->frequency == ICAL_YEARLY_RECURRENCE && rule->months == 0;
	int at = by_year ? (int)(day - civil_to_day((Civil){civil.year, 1, 1})) + 1 : civil.day;
	int length = by_year ? 365 + is_leap(civil.year) : month_length(civil.year, civil.month);
	for (int i = 0; i < rule->nth_count; i++)
		if (rule->nth[i].weekday == weekday && is_nth(rule->nth[i].nth, at, length))
			return true;
	return false;
}

static bool month_day_matches(const RecurRule *rule, Civil civil)
{
	if (rule->month_days & ((uint32_t)1 << civil.day))
		return true;
	int back = month_length(civil.year, civil.month) - civil.day + 1;
	return (rule->month_days_back & ((uint32_t)1 << back)) != 0;
}

static bool year_day_matches(const RecurRule *rule, Civil civil, Day day)
{
	int at = (int)(day - civil_to_day((Civil){civil.year, 1, 1})) + 1;
	for (int i = 0; i < rule->year_day_count; i++)
		if (rule->year_days[i] == at || rule->year_days[i] == at - 366 - is_leap(civil.year))
			return true;
	return false;
}

/* What the start gives where no list says which day of the period is meant. */
static bool start_matches(const RecurRule *rule, Civil first, Day start, Civil civil, Day day)
{
	switch (rule->frequency) {
	case ICAL_WEEKLY_RECURRENCE:
		return day_weekday(day) == day_weekday(start);
	case ICAL_MONTHLY_RECURRENCE:
		return civil.day == first.day;
	case ICAL_YEARLY_RECURRENCE:
		return civil.day == first.day && (rule->months != 0 || civil.month == first.month);
	default:
		return true;
	}
}

static bool lists_match(const RecurRule *rule, Day start, Civil civil, Day day)
{
	if (rule->months != 0 && !(rule->months & (1 << civil.month)))
		return false;
	bool by_weekday = rule->weekdays != 0 || rule->nth_count > 0;
	bool by_month_day = rule->month_days != 0 || rule->month_days_back != 0;
	if (by_weekday && !weekday_matches(rule, civil, day))
		return false;
	if (by_month_day && !month_day_matches(rule, civil))
		return false;
	if (rule->year_day_count > 0 && !year_day_matches(rule, civil, day))
		return false;
	return by_weekday || by_month_day || rule->year_day_count > 0 ||
		   start_matches(rule, civil_from_day(start), start, civil, day);
}

static Day week_begin(const RecurRule *rule, Day day)
{
	return day - (day_weekday(day) - rule->week_start + 7) % 7;
}

static bool period_matches(const RecurRule *rule, Civil first, Day start, Civil civil, Day day)
{
	int interval = rule->interval;
	switch (rule->frequency) {
	case ICAL_DAILY_RECURRENCE:
		return (day - start) % interval == 0;
	case ICAL_WEEKLY_RECURRENCE:
		return (week_begin(rule, day) - week_begin(rule, start)) / 7 % interval == 0;
	case ICAL_MONTHLY_RECURRENCE:
		return ((civil.year - first.year) * 12 + civil.month - first.month) % interval == 0;
	default:
		return (civil.year - first.year) % interval == 0;
	}
}

/* First and last day of the period a day lies in. */
static void find_period(const RecurRule *rule, Civil civil, Day day, Day *ret_first, Day *ret_last)
{
	*ret_first = *ret_last = day;
	if (rule->frequency == ICAL_WEEKLY_RECURRENCE) {
		*ret_first = week_begin(rule, day);
		*ret_last = *ret_first + 6;
	} else if (rule->frequency == ICAL_MONTHLY_RECURRENCE) {
		*ret_first = day - civil.day + 1;
		*ret_last = *ret_first + month_length(civil.year, civil.month) - 1;
	} else if (rule->frequency == ICAL_YEARLY_RECURRENCE) {
		*ret_first = civil_to_day((Civil){civil.year, 1, 1});
		*ret_last = *ret_first + 364 + is_leap(civil.year);
	}
}

static bool position_matches(const RecurRule *rule, Day start, Civil civil, Day day, int64_t *budget)
{
	Day first, last;
	find_period(rule, civil, day, &first, &last);
	int at = 0, total = 0;
	for (Day other = first; other <= last; other++) {
		if (!lists_match(rule, start, civil_from_day(other), other))
			continue;
		total++;
		if (other == day)
			at = total;
	}
	*budget -= last - first + 1;
	for (int i = 0; i < rule->set_pos_count; i++)
		if (rule->set_pos[i] == at || rule->set_pos[i] == at - total - 1)
			return true;
	return false;
}

static bool matches(const RecurRule *rule, Day start, Day day, int64_t *budget)
{
	(*budget)--;
	if (rule->has_until && day > rule->until_day + 1)
		return false;
	Civil civil = civil_from_day(day), first = civil_from_day(start);
	return period_matches(rule, first, start, civil, day) && lists_match(rule, start, civil, day) &&
		   (rule->set_pos_count == 0 || position_matches(rule, start, civil, day, budget));
}

void recur_list(const RecurRule *rule, RecurSpan span, int64_t *budget, GArray *days)
{
	Day first = rule->count > 0 ? span.start : MAX(span.start, span.from);
	Day last = rule->has_until ? MIN(span.to, rule->until_day + 1) : span.to;
	int counted = 0;
	for (Day day = first; day <= last && days->len<span.max && * budget> 0; day++) {
		if (day != span.start && !matches(rule, span.start, day, budget))
			continue;
		if (rule->count > 0 && ++counted > rule->count)
			return;
		if (day >= span.from)
			g_array_append_val(days, day);
	}
}

Day recur_find_last(const RecurRule *rule, Day start, Day before, int64_t *budget)
{
	Day last = rule->has_until ? MIN(before, rule->until_day) : before;
	Day bound = MAX(start, last - LOOK_BACK_DAYS);
	for (Day day = last; day >= bound && *budget > 0; day--)
		if (day == start || matches(rule, start, day, budget))
			return day;
	return start <= before ? start : DAY_NONE;
}
