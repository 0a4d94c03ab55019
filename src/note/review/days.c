/* days.c - wrong-day: a weekday, a date or a "today" that the calendar or the facts do not bear out.
 *
 * A day is held against the interviews where the words around it speak of the talk, against the promised dates where
 * they speak of the decision, and against the calendar always.  Where the words leave open which is meant, it keeps
 * silent.
 */
#include "rules.h"

#include <stdlib.h>
#include <string.h>

typedef enum { MENTION_WEEKDAY, MENTION_DATE, MENTION_ORDINAL, MENTION_MONTH, MENTION_RELATIVE } MentionKind;

typedef struct Mention {
	MentionKind kind;
	uint32_t first, last;   /* tokens */
	int weekday;            /* 1 to 7: MENTION_WEEKDAY */
	int number;             /* the month's, or the day's in its month: MENTION_MONTH, MENTION_ORDINAL */
	Day day;                /* MENTION_DATE, or DAY_NONE where the year is not known */
	int from, to;           /* MENTION_RELATIVE: days before the note leaves that are meant */
	int hour_from, hour_to; /* … and when the interview was going on */
} Mention;

typedef struct Days {
	Reading *reading;
	const NoteText *text;
	const Facts *facts;
	Day sent;         /* or DAY_NONE */
	Day reference;    /* a day near those that are named, or DAY_NONE */
	GArray *talks;    /* of int: interviews that may be meant */
	GArray *promised; /* of Day */
} Days;

static int find_weekday(const NoteText *text, const Token *token)
{
	static const char *const shorts[7][4] = {{"mon"}, {"tue", "tues"}, {"wed", "weds"}, {"thu", "thur", "thurs"},
											 {"fri"}, {"sat"},         {"sun"}};
	const char *lower = text_lower(text, token);
	for (int day = 1; token->kind == TOKEN_WORD && day <= 7; day++) {
		if (g_ascii_strcasecmp(lower, weekday_name(day)) == 0)
			return day;
		for (int i = 0; i < 4 && shorts[day - 1][i]; i++)
			if (token->caps == CAPS_FIRST && strcmp(lower, shorts[day - 1][i]) == 0)
				return day;
	}
	return 0;
}

static int find_month(const NoteText *text, const Token *token)
{
	const char *lower = text_lower(text, token);
	for (int month = 1; token->kind == TOKEN_WORD && month <= 12; month++) {
		const char *name = month_name(month);
		bool is_short = token->lower_length == 3 || (month == 9 && strcmp(lower, "sept") == 0);
		if (g_ascii_strcasecmp(lower, name) == 0 ||
			(is_short && g_ascii_strncasecmp(lower, name, token->lower_length) == 0))
			return token->caps == CAPS_NONE && (month == 3 || month == 5) ? 0 : month;
	}
	return 0;
}

/* "18" or "18th" as 18; 0 where it is no day of a month. */
static int day_number(const NoteText *text, const Token *token, bool *ret_ordinal)
{
	char *end;
	if (token->kind != TOKEN_NUMBER)
		return 0;
	long number = strtol(text_lower(text, token), &end, 10);
	*ret_ordinal = strcmp(end, "st") == 0 || strcmp(end, "nd") == 0 || strcmp(end, "rd") == 0 || strcmp(end, "th") == 0;
	return number >= 1 && number <= 31 && (*end == '\0' || *ret_ordinal) ? (int)number : 0;
}

static int year_number(const NoteText *text, uint32_t at)
{
	if (at >= text->tokens->len || text_token(text, at)->kind != TOKEN_NUMBER ||
		text_token(text, at)->lower_length != 4)
		return 0;
	int year = atoi(text_lower(text, text_token(text, at)));
	return year >= 1990 && year <= 2199 ? year : 0;
}

/* The day of that month nearest the reference. */
static Day nearest_day(const Days *days, int month, int number)
{
	Day best = DAY_NONE;
	if (days->reference == DAY_NONE)
		return DAY_NONE;
	int year = civil_from_day(days->reference).year;
	for (int y = year - 1; y <= year + 1; y++) {
		if (!civil_is_valid(y, month, number))
			continue;
		Day day = civil_to_day((Civil){y, month, number});
		if (best == DAY_NONE || abs(day - days->reference) < abs(best - days->reference))
			best = day;
	}
	return best;
}

static const Token *token_or_null(const NoteText *text, uint32_t at)
{
	return at < text->tokens->len ? text_token(text, at) : NULL;
}

static bool is_word(const NoteText *text, uint32_t at, const char *word)
{
	return at < text->tokens->len && strcmp(text_lower(text, text_token(text, at)), word) == 0;
}

static uint32_t skip_comma(const NoteText *text, uint32_t at)
{
	return at < text->tokens->len && token_is_mark(text, text_token(text, at), ',') ? at + 1 : at;
}

/* "18 November 2026", "November 18th, 2026", "the 18th of November". */
static bool read_date(const Days *days, uint32_t at, Mention *mention)
{
	const NoteText *text = days->text;
	const Token *first = text_token(text, at), *second;
	bool ordinal;
	int number = day_number(text, first, &ordinal), month = number ? 0 : find_month(text, first);
	uint32_t next = at + 1 + is_word(text, at + 1, number ? "of" : "the");
	if ((number == 0 && month == 0) || (second = token_or_null(text, next)) == NULL)
		return false;
	if (number)
		month = find_month(text, second);
	else
		number = day_number(text, second, &ordinal);
	if (number == 0 || month == 0)
		return false;
	*mention = (Mention){.kind = MENTION_DATE, .first = at, .last = next + 1, .day = DAY_NONE};
	int year = year_number(text, skip_comma(text, next + 1));
	if (year) {
		mention->last = skip_comma(text, next + 1) + 1;
		mention->day = civil_is_valid(year, month, number) ? civil_to_day((Civil){year, month, number}) : DAY_NONE;
	} else {
		mention->day = nearest_day(days, month, number);
	}
	return true;
}

static bool read_relative(const NoteText *text, uint32_t at, Mention *mention)
{
	static const struct {
		const char *first, *second;
		int from, to, hour_from, hour_to;
	} words[] = {
		{"this", "morning", 0, 0, 0, 12},  {"this", "afternoon", 0, 0, 12, 24},   {"this", "evening", 0, 0, 16, 24},
		{"last", "night", 1, 1, 0, 24},    {"yesterday", NULL, 1, 1, 0, 24},      {"today", NULL, 0, 0, 0, 24},
		{"earlier", "today", 0, 0, 0, 24}, {"yesterday", "morning", 1, 1, 0, 12},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
		if (!is_word(text, at, words[i].first) || (words[i].second && !is_word(text, at + 1, words[i].second)))
			continue;
		*mention = (Mention){
			.kind = MENTION_RELATIVE,
			.first = at,
			.last = at + (words[i].second ? 2 : 1),
			.from = words[i].from,
			.to = words[i].to,
			.hour_from = words[i].hour_from,
			.hour_to = words[i].hour_to};
		return true;
	}
	return false;
}

/* "this week" and "last week", as days before the note leaves. */
static bool read_week(const Days *days, uint32_t at, Mention *mention)
{
	bool this_week = is_word(days->text, at, "this"), last_week = is_word(days->text, at, "last");
	if (days->sent == DAY_NONE || (!this_week && !last_week) || !is_word(days->text, at + 1, "week"))
		return false;
	int monday = day_weekday(days->sent) - 1;
	*mention = (Mention){
		.kind = MENTION_RELATIVE,
		.first = at,
		.last = at + 2,
		.hour_to = 24,
		.from = this_week ? monday - 6 : monday + 1,
		.to = this_week ? monday : monday + 7};
	return true;
}

/* "Tuesday the 18th": the day of that number nearest the reference. */
static bool read_ordinal(const Days *days, uint32_t at, Mention *mention)
{
	bool ordinal = false;
	uint32_t next = at + is_word(days->text, at, "the");
	const Token *token = token_or_null(days->text, next);
	int number = token ? day_number(days->text, token, &ordinal) : 0;
	if (number == 0 || !ordinal || days->reference == DAY_NONE)
		return false;
	Day best = DAY_NONE;
	for (Day day = days->reference - 20; day <= days->reference + 20; day++)
		if (civil_from_day(day).day == number &&
			(best == DAY_NONE || abs(day - days->reference) < abs(best - days->reference)))
			best = day;
	*mention = (Mention){.kind = MENTION_DATE, .first = next, .last = next + 1, .day = best};
	return true;
}

/* "on the 18th", and not "the 18th floor". */
static bool read_lone_ordinal(const Days *days, uint32_t at, Mention *mention)
{
	static const char *const before[] = {"on", "by", "before", "after", "until", "since"};
	if (at < 1 || !is_word(days->text, at, "the") || !read_ordinal(days, at, mention))
		return false;
	mention->kind = MENTION_ORDINAL;
	mention->number = civil_from_day(mention->day).day;
	const Token *after = token_or_null(days->text, mention->last);
	bool floor =
		after && (lists_in_set(days->text->lists, after->word, SET_NOUN) || text_is_own_word(days->text, after));
	for (size_t i = 0; i < G_N_ELEMENTS(before) && !floor; i++)
		if (is_word(days->text, at - 1, before[i]))
			return true;
	return false;
}

/* "in April", without a day or a year of its own. */
static bool read_month(const Days *days, uint32_t at, Mention *mention)
{
	const Token *token = text_token(days->text, at);
	int month = at > 0 && is_word(days->text, at - 1, "in") ? find_month(days->text, token) : 0;
	if (month == 0 || (token->known & KNOWN_SUBSTANCE) || year_number(days->text, at + 1))
		return false;
	*mention = (Mention){.kind = MENTION_MONTH, .first = at, .last = at + 1, .number = month};
	return true;
}

static bool read_mention(const Days *days, uint32_t at, Mention *mention)
{
	int weekday = find_weekday(days->text, text_token(days->text, at));
	if (weekday) {
		*mention = (Mention){.kind = MENTION_WEEKDAY, .first = at, .last = at + 1, .weekday = weekday};
		return true;
	}
	return read_date(days, at, mention) || read_lone_ordinal(days, at, mention) || read_month(days, at, mention) ||
		   read_week(days, at, mention) || read_relative(days->text, at, mention);
}

/* A day as people write it: "Wednesday 18 November". Free with g_free. */
static char *say_day(Day day)
{
	Civil civil = civil_from_day(day);
	return g_strdup_printf("%s %d %s", weekday_name(day_weekday(day)), civil.day, month_name(civil.month));
}

/* "Tuesday, 18 November" that is a Wednesday. */
static bool check_calendar(const Days *days, const Mention *weekday, const Mention *date)
{
	if (date->day == DAY_NONE || day_weekday(date->day) == weekday->weekday)
		return true;
	g_autofree char *quote = reading_quote(days->reading, weekday->first, weekday->last);
	g_autofree char *day = say_day(date->day);
	Finding *finding = reading_add_tokens(
		days->reading, REVIEW_WRONG_DAY, weekday->first, weekday->last, "\"%s\" stands by a date that is %s.", quote,
		day);
	finding_suggest(finding, weekday_name(day_weekday(date->day)));
	return false;
}

/* "the Sunday carvery", "late Monday trailers": a thing that is named by its day. Where the facts have both words it is
 * theirs. */
static bool names_a_thing(const NoteText *text, const Mention *mention)
{
	static const char *const dating[] = {"on", "this", "last", "next", "of", "by", "until", "before", "since", "after"};
	const char *word = mention->first > 0 ? text_lower(text, text_token(text, mention->first - 1)) : "";
	const Token *day = text_token(text, mention->first), *thing = token_or_null(text, mention->last);
	if (thing == NULL || thing->kind != TOKEN_WORD || (day->flags & TOKEN_POSSESSIVE))
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(dating); i++)
		if (strcmp(dating[i], word) == 0)
			return false;
	return (day->known & thing->known & KNOWN_SUBSTANCE) || text_is_own_word(text, thing);
}

/* "a Monday meeting", "Thursday afternoons": any such day, not one; and "next Monday" is none that was. */
static bool is_any_day(const NoteText *text, const Mention *mention)
{
	static const char *const before[] = {"a",    "an",  "any", "every", "each", "some",
										 "most", "per", "our", "my",    "all",  "next"};
	const char *word = mention->first > 0 ? text_lower(text, text_token(text, mention->first - 1)) : "";
	const Token *after = token_or_null(text, mention->last);
	if (mention->kind != MENTION_WEEKDAY)
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(before); i++)
		if (strcmp(before[i], word) == 0)
			return true;
	if (names_a_thing(text, mention))
		return true;
	return after && after->kind == TOKEN_WORD && after->lower_length > 4 &&
		   text_lower(text, after)[after->lower_length - 1] == 's';
}

/* A name of the facts that is not the reader's: "my interview with Dr. Ruiz". */
static bool names_another(const Days *days, const Token *token)
{
	bool another = false;
	for (guint i = 0; i < days->reading->known.names->len; i++) {
		const KnownName *name = known_name(&days->reading->known, i);
		if (name->owner < 0 || strcmp(name->lower, text_lower(days->text, token)) != 0)
			continue;
		if (name->owner == days->reading->request->to)
			return false;
		another = true;
	}
	return another;
}

static bool speaks_to_reader(const Days *days, const Mention *mention)
{
	static const char *const words[] = {"you", "your", "our", "us", "we"};
	const Sentence *sentence = text_sentence(days->text, text_token(days->text, mention->first)->sentence);
	bool reader = false;
	for (uint32_t i = sentence->first; i < sentence->last; i++) {
		if (text_token(days->text, i)->kind == TOKEN_WORD && names_another(days, text_token(days->text, i)))
			return false;
		for (size_t w = 0; w < G_N_ELEMENTS(words); w++)
			reader = reader || is_word(days->text, i, words[w]);
	}
	return reader;
}

static int clause_distance(const NoteText *text, uint32_t from, uint32_t to)
{
	int distance = 0;
	for (uint32_t i = from; i < to; i++) {
		const Token *token = text_token(text, i);
		bool boundary = token->kind == TOKEN_MARK && strchr(",;:(-", text->note[token->start]);
		distance += boundary || is_word(text, i, "and") || is_word(text, i, "but") ? 6 : 1;
	}
	return distance;
}

/* What the words around a mention speak of: SENSE_MEETING, SENSE_DECISION, SENSE_ELSEWHEN; WORD_NONE where nothing
 * tells. */
static int find_context(const Days *days, const Mention *mention)
{
	uint32_t sentence = text_token(days->text, mention->first)->sentence;
	int best = WORD_NONE, best_distance = G_MAXINT;
	for (guint i = 0; i < days->reading->matches->len; i++) {
		const Match *match = &g_array_index(days->reading->matches, Match, i);
		int sense = match->pattern->sense;
		if (text_token(days->text, match->first)->sentence != sentence ||
			(sense != SENSE_MEETING && sense != SENSE_DECISION && sense != SENSE_ELSEWHEN))
			continue;
		int distance = 0;
		if (match->last <= mention->first)
			distance = clause_distance(days->text, match->last, mention->first);
		else if (match->first >= mention->last)
			distance = clause_distance(days->text, mention->last, match->first) + 1;
		if (distance < best_distance || (distance == best_distance && sense == SENSE_ELSEWHEN)) {
			best_distance = distance;
			best = sense;
		}
	}
	return best;
}

static Day interview_day(const Days *days, int number, int *ret_start_hour, int *ret_end_hour)
{
	const Interview *interview = facts_interview(days->facts, number);
	int start, end;
	Day day = zone_to_day(days->facts->zone, interview->start, &start);
	zone_to_day(days->facts->zone, interview->end, &end);
	*ret_start_hour = start / 3600;
	*ret_end_hour = end / 3600;
	return day;
}

static Day talk_day(const Days *days, guint index, int *ret_start_hour, int *ret_end_hour)
{
	return interview_day(days, g_array_index(days->talks, int, index), ret_start_hour, ret_end_hour);
}

static bool fits_interview(const Days *days, const Mention *mention, int number)
{
	int start, end;
	Day day = interview_day(days, number, &start, &end);
	int ago = days->sent == DAY_NONE ? 0 : days->sent - day;
	switch (mention->kind) {
	case MENTION_WEEKDAY:
		return day_weekday(day) == mention->weekday;
	case MENTION_DATE:
		return mention->day == DAY_NONE || mention->day == day;
	case MENTION_MONTH:
		return civil_from_day(day).month == mention->number;
	case MENTION_ORDINAL:
		return civil_from_day(day).day == mention->number;
	case MENTION_RELATIVE:
		return days->sent == DAY_NONE ||
			   (ago >= mention->from && ago <= mention->to && start < mention->hour_to && end >= mention->hour_from);
	}
	return true;
}

static bool fits_talk(const Days *days, const Mention *mention, guint index)
{
	return fits_interview(days, mention, g_array_index(days->talks, int, index));
}

/* A sentence that is not about the reader may speak of an interview with somebody else. */
static bool fits_any_interview(const Days *days, const Mention *mention)
{
	for (int i = 0; i < (int)days->facts->interviews->len; i++)
		if (fits_interview(days, mention, i))
			return true;
	return false;
}

/* How the day of the talk is said in a note that leaves that many days later. Free with g_free. */
static char *say_talk_day(const Days *days, const Mention *mention, Day day, int start_hour)
{
	int ago = days->sent == DAY_NONE ? -1 : days->sent - day;
	Civil civil = civil_from_day(day);
	if (mention->kind == MENTION_DATE || mention->kind == MENTION_ORDINAL)
		return g_strdup_printf("%d %s", civil.day, month_name(civil.month));
	if (mention->kind == MENTION_MONTH)
		return g_strdup(month_name(civil.month));
	if (mention->kind == MENTION_WEEKDAY)
		return g_strdup(weekday_name(day_weekday(day)));
	if (ago == 0)
		return g_strdup(start_hour < 12 ? "this morning" : "this afternoon");
	if (ago == 1)
		return g_strdup("yesterday");
	if (ago > 1 && ago < 7)
		return g_strdup_printf("on %s", weekday_name(day_weekday(day)));
	return g_strdup_printf("on %d %s", civil.day, month_name(civil.month));
}

static void check_talk(const Days *days, const Mention *mention)
{
	int start, end;
	for (guint i = 0; i < days->talks->len; i++)
		if (fits_talk(days, mention, i))
			return;
	for (guint i = 0; i < days->promised->len && mention->kind == MENTION_DATE; i++)
		if (mention->day == g_array_index(days->promised, Day, i))
			return; /* "as we spoke about 28 October" */
	if (days->talks->len == 0 || (!speaks_to_reader(days, mention) && fits_any_interview(days, mention)))
		return;
	Day day = talk_day(days, days->talks->len - 1, &start, &end);
	g_autofree char *quote = reading_quote(days->reading, mention->first, mention->last);
	g_autofree char *said = say_day(day), *right = say_talk_day(days, mention, day, start);
	Finding *finding;
	if (mention->kind == MENTION_RELATIVE) {
		g_autofree char *sent = say_day(days->sent);
		finding = reading_add_tokens(
			days->reading, REVIEW_WRONG_DAY, mention->first, mention->last,
			"\"%s\" stands in a note that leaves on %s; the interview was on %s at %d o'clock.", quote, sent, said,
			start);
	} else {
		finding = reading_add_tokens(
			days->reading, REVIEW_WRONG_DAY, mention->first, mention->last,
			"\"%s\" stands where the interview was on %s.", quote, said);
	}
	finding_suggest(finding, right);
}

static bool fits_promise(const Mention *mention, Day day)
{
	if (mention->kind == MENTION_ORDINAL)
		return civil_from_day(day).day == mention->number;
	return mention->kind == MENTION_DATE ? mention->day == day : mention->weekday == day_weekday(day);
}

static void check_promise(const Days *days, const Mention *mention)
{
	if (mention->kind == MENTION_RELATIVE || mention->kind == MENTION_MONTH ||
		(mention->kind == MENTION_DATE && mention->day == DAY_NONE))
		return;
	for (guint i = 0; i < days->promised->len; i++) {
		Day day = g_array_index(days->promised, Day, i);
		if (fits_promise(mention, day))
			return;
	}
	if (days->promised->len == 0)
		return;
	Day day = g_array_index(days->promised, Day, days->promised->len - 1);
	g_autofree char *quote = reading_quote(days->reading, mention->first, mention->last);
	g_autofree char *said = say_day(day), *right = say_talk_day(days, mention, day, 0);
	Finding *finding = reading_add_tokens(
		days->reading, REVIEW_WRONG_DAY, mention->first, mention->last, "\"%s\" stands where they said %s.", quote,
		said);
	finding_suggest(finding, right);
}

static bool is_checked(const NoteText *text, uint32_t at)
{
	Part part = text_part_of(text, text_sentence(text, text_token(text, at)->sentence));
	return part_is_prose(part) || part == PART_SUBJECT || part == PART_CLOSING;
}

/* "… with you this morning": what was done with the reader was the interview. */
static bool was_with_reader(const Days *days, const Mention *mention)
{
	const Sentence *sentence = text_sentence(days->text, text_token(days->text, mention->first)->sentence);
	for (uint32_t i = sentence->first + 1; i < sentence->last && mention->kind == MENTION_RELATIVE; i++)
		if (is_word(days->text, i - 1, "with") && is_word(days->text, i, "you"))
			return true;
	return false;
}

/* "Thank you for calling on Friday", after a no: the day of the answer, not of the interview. */
static bool is_of_answer(const Days *days, const Mention *mention)
{
	static const char *const words[] = {"call",   "calling", "called",  "phone", "phoning", "ringing",
										"rang",   "letter",  "email",   "note",  "message", "news",
										"answer", "letting", "telling", "told"};
	const Sentence *sentence = text_sentence(days->text, text_token(days->text, mention->first)->sentence);
	if (days->reading->request->step != STEP_THANK_FOR_ANSWER)
		return false;
	for (uint32_t i = sentence->first; i < sentence->last; i++)
		for (size_t w = 0; w < G_N_ELEMENTS(words); w++)
			if (is_word(days->text, i, words[w]))
				return true;
	return false;
}

static void check_mention(const Days *days, const Mention *mention)
{
	int context = is_any_day(days->text, mention) ? WORD_NONE : find_context(days, mention);
	if (context == WORD_NONE && was_with_reader(days, mention))
		context = SENSE_MEETING;
	if (context == SENSE_MEETING && !is_of_answer(days, mention))
		check_talk(days, mention);
	else if (context == SENSE_DECISION)
		check_promise(days, mention);
}

/* A weekday and the date beside it are one mention: the date's. */
static uint32_t check_at(const Days *days, uint32_t at)
{
	Mention mention = {.day = DAY_NONE}, date = {.day = DAY_NONE};
	if (!is_checked(days->text, at) || !read_mention(days, at, &mention))
		return at + 1;
	uint32_t next = skip_comma(days->text, mention.last);
	next += is_word(days->text, next, "the");
	bool paired = mention.kind == MENTION_WEEKDAY && next < days->text->tokens->len &&
				  (read_date(days, next, &date) || read_ordinal(days, mention.last, &date));
	if (paired) {
		if (check_calendar(days, &mention, &date) && days->facts)
			check_mention(days, &date);
		return date.last;
	}
	if (days->facts)
		check_mention(days, &mention);
	return mention.last;
}

static void add_day(GArray *list, Day day)
{
	if (day != DAY_NONE)
		g_array_append_val(list, day);
}

/* The interviews a note may speak of: those with its reader that have begun when it leaves; all of them where the
 * reader was in none. */
static void find_talks(Days *days)
{
	const ReviewRequest *request = days->reading->request;
	for (int pass = 0; pass < 2 && days->talks->len == 0; pass++) {
		for (int i = 0; i < (int)days->facts->interviews->len; i++) {
			const Interview *interview = facts_interview(days->facts, i);
			bool begun = request->send_at == TIME_NONE || interview->start <= request->send_at;
			if (begun &&
				(pass || request->to == NOBODY || interview_has(interview, request->to) || i == request->interview))
				g_array_append_val(days->talks, i);
		}
	}
}

static void find_promises(Days *days)
{
	for (guint i = 0; i < days->facts->interviews->len; i++) {
		add_day(days->promised, facts_interview(days->facts, (int)i)->promise.follow_up_after);
		add_day(days->promised, facts_interview(days->facts, (int)i)->promise.decision_by);
	}
	for (guint i = 0; i < days->facts->events->len; i++) {
		const Event *event = facts_event(days->facts, (int)i);
		if (event->kind == EVENT_PROMISE || event->kind == EVENT_REPLY) {
			add_day(days->promised, event->promise.follow_up_after);
			add_day(days->promised, event->promise.decision_by);
		}
	}
}

void rules_days(Reading *reading)
{
	const ReviewRequest *request = reading->request;
	g_autoptr(GArray) talks = g_array_new(FALSE, FALSE, sizeof(int));
	g_autoptr(GArray) promised = g_array_new(FALSE, FALSE, sizeof(Day));
	Days days = {reading, &reading->text, request->facts, DAY_NONE, DAY_NONE, talks, promised};
	if (request->facts) {
		int start, end;
		find_talks(&days);
		find_promises(&days);
		if (talks->len)
			days.reference = talk_day(&days, talks->len - 1, &start, &end);
	}
	if (request->send_at != TIME_NONE) {
		days.sent = request->facts ? zone_to_day(request->facts->zone, request->send_at, NULL)
								   : (Day)(request->send_at / DAY_SECONDS);
		days.reference = days.sent;
	}
	for (uint32_t at = 0; at < reading->text.tokens->len;)
		at = check_at(&days, at);
}
