/* op-numbers.c - followup numbers: what one's own history says in numbers.
 *
 * One pass over all that is on record, in memory that does not grow with it.  Every share is told with what it is a
 * share of.
 */
#include "numbers.h"
#include "ops.h"

typedef struct Line {
	const char *key;   /* of what it is about */
	const char *word;  /* its value */
	const char *label; /* for people */
} Line;

static const char *const step_labels[STEP_COUNT] = {
	[STEP_THANK_YOU] = "thank-you",
	[STEP_CARD] = "card",
	[STEP_CONNECT] = "LinkedIn request",
	[STEP_GET_CONTACT] = "question for an address",
	[STEP_ADDITIONAL_INFO] = "what was left unsaid",
	[STEP_SECOND_NOTE] = "second note",
	[STEP_CHECK_IN] = "check-in",
	[STEP_FINAL_CHECK] = "last question",
	[STEP_THANK_FOR_ANSWER] = "thanks for the answer",
	[STEP_KEEP_IN_TOUCH] = "friendly word",
};
static const Line delay_lines[DELAY_COUNT] = {
	{"delay", "day", "within a day"}, {"delay", "two-days", "within two days"}, {"delay", "later", "later"}};
static const Line led_lines[LED_TO_COUNT] = {{"outcome", "next-round", "the next round"},
											 {"outcome", "offer", "an offer"},
											 {"outcome", "rejection", "a rejection"},
											 {"outcome", "withdrawal", "your withdrawal"},
											 {"outcome", "silence", "silence"},
											 {"outcome", "waiting", "not known yet"}};

static void tell_share(int count, int of, Printer *printer)
{
	g_autofree char *share = numbers_say_share(count, of);
	int percent = numbers_percent(count, of);
	printer_integer(printer, "count", NULL, count);
	printer_integer(printer, "n", NULL, of);
	if (percent < 0)
		printer_string(printer, "percent", NULL, NULL);
	else
		printer_integer(printer, "percent", NULL, percent);
	printer_string(printer, "share", NULL, share);
}

/* "after 30 hours", "after 3 days"; in the middle. Free with g_free. */
static char *say_hours(int hours)
{
	if (hours < 0)
		return g_strdup("");
	if (hours < 48)
		return g_strdup_printf("after %d hour%s", hours, hours == 1 ? "" : "s");
	return g_strdup_printf("after %d days", (hours + 12) / 24);
}

static void tell_answers(const Answers *answers, const Line *line, Printer *printer)
{
	int median = spans_median(&answers->hours);
	g_autofree char *share = numbers_say_share(answers->answered, answers->asked), *hours = say_hours(median);
	if (answers->asked == 0)
		return;
	printer_object(printer, NULL);
	printer_string(printer, line->key, NULL, line->word);
	printer_string(printer, "label", NULL, line->label);
	tell_share(answers->answered, answers->asked, printer);
	if (median < 0)
		printer_string(printer, "median_hours", NULL, NULL);
	else
		printer_integer(printer, "median_hours", NULL, median);
	printer_string(printer, "after", NULL, median < 0 ? NULL : hours);
	printer_row(printer, (const char *const[]){line->label, share, hours, NULL});
	printer_object_end(printer);
}

static int count_asked(const Answers *answers, int count)
{
	int asked = 0;
	for (int i = 0; i < count; i++)
		asked += answers[i].asked;
	return asked;
}

static void say_title(bool any, const char *title, Printer *printer)
{
	if (!any)
		return;
	printer_break(printer);
	printer_say_text(printer, SAY_HEADING, title);
}

static void tell_all_answers(const Numbers *numbers, Printer *printer)
{
	bool any = count_asked(numbers->by_step, STEP_COUNT) > 0;
	say_title(any, "Answered, by what it was", printer);
	printer_list(printer, "by_step");
	for (int step = 0; step < STEP_COUNT; step++) {
		const char *word = word_text(WORDS_STEP, step);
		const Line line = {"step", word, step_labels[step] == NULL ? word : step_labels[step]};
		tell_answers(&numbers->by_step[step], &line, printer);
	}
	printer_list_end(printer);
	say_title(any, "By the way it went", printer);
	printer_list(printer, "by_channel");
	for (int channel = 0; channel < CHANNEL_COUNT; channel++) {
		const Line line = {"channel", word_text(WORDS_CHANNEL, channel), say_channel(channel)};
		tell_answers(&numbers->by_channel[channel], &line, printer);
	}
	printer_list_end(printer);
	say_title(count_asked(numbers->by_delay, DELAY_COUNT) > 0, "Thanks, by how soon after the interview", printer);
	printer_list(printer, "by_delay");
	for (int delay = 0; delay < DELAY_COUNT; delay++)
		tell_answers(&numbers->by_delay[delay], &delay_lines[delay], printer);
	printer_list_end(printer);
	printer_integer(printer, "too_early", NULL, numbers->early);
	if (numbers->early > 0)
		printer_say(
			printer, SAY_DETAIL, "%d more %s younger than %d days, and too early to tell.", numbers->early,
			numbers->early == 1 ? "is" : "are", NUMBERS_EARLY_DAYS);
}

static void tell_part(const char *key, int count, int of, Printer *printer)
{
	printer_object(printer, key);
	tell_share(count, of, printer);
	printer_object_end(printer);
}

static void say_part(const char *label, int count, int of, const char *more, Printer *printer)
{
	g_autofree char *share = numbers_say_share(count, of);
	printer_row(printer, (const char *const[]){label, share, more, NULL});
}

static void tell_promises(const Numbers *numbers, Printer *printer)
{
	int kept = numbers->promises.kept, late = numbers->promises.late, never = numbers->promises.never;
	int all = kept + late + never, days = spans_median(&numbers->promises.days);
	g_autofree char *in_middle =
		days < 0 ? g_strdup("") : g_strdup_printf("by %d day%s in the middle", days, days == 1 ? "" : "s");
	printer_object(printer, "promises");
	printer_integer(printer, "n", NULL, all);
	tell_part("kept", kept, all, printer);
	tell_part("late", late, all, printer);
	tell_part("never", never, all, printer);
	if (days < 0)
		printer_string(printer, "median_days_late", NULL, NULL);
	else
		printer_integer(printer, "median_days_late", NULL, days);
	printer_integer(printer, "open", NULL, numbers->promises.open);
	printer_object_end(printer);
	say_title(all > 0, "When they named a day to decide by", printer);
	if (all == 0)
		return;
	say_part("word by that day", kept, all, "", printer);
	say_part("later", late, all, in_middle, printer);
	say_part("not at all", never, all, "", printer);
}

static int count_interviews(const Numbers *numbers)
{
	int all = 0;
	for (int led = 0; led < LED_TO_COUNT; led++)
		all += numbers->led_to[led];
	return all;
}

static void tell_interviews(const Numbers *numbers, Printer *printer)
{
	int all = count_interviews(numbers);
	say_title(all > 0, "Where interviews led", printer);
	printer_object(printer, "interviews");
	printer_integer(printer, "n", NULL, all);
	printer_list(printer, "led_to");
	for (int led = 0; led < LED_TO_COUNT; led++) {
		printer_object(printer, NULL);
		printer_string(printer, led_lines[led].key, NULL, led_lines[led].word);
		printer_string(printer, "label", NULL, led_lines[led].label);
		tell_share(numbers->led_to[led], all, printer);
		if (numbers->led_to[led] > 0)
			say_part(led_lines[led].label, numbers->led_to[led], all, "", printer);
		printer_object_end(printer);
	}
	printer_list_end(printer);
	printer_object_end(printer);
}

static void tell_bounces(const Numbers *numbers, Printer *printer)
{
	tell_part("bounces", numbers->bounced, numbers->mails, printer);
	say_title(numbers->bounced > 0, "E-mails that came back", printer);
	if (numbers->bounced > 0)
		say_part("bounced", numbers->bounced, numbers->mails, "", printer);
}

static bool count_all(App *app, Numbers *numbers, GError **error)
{
	enum { BATCH = 500 };
	for (int64_t after = 0;;) {
		g_autoptr(GPtrArray) records = NULL;
		if (!store_outline_load(app->store, ACCOUNT_SELF, after, BATCH, &records, error))
			return false;
		for (guint i = 0; i < records->len; i++) {
			const Record *record = g_ptr_array_index(records, i);
			numbers_add(numbers, record->facts, app->now);
			after = record->id;
		}
		if (records->len == 0)
			return true;
	}
}

bool op_numbers(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	g_autofree Numbers *numbers = g_new0(Numbers, 1);
	if (!count_all(app, numbers, error))
		return false;
	printer_object(printer, NULL);
	printer_integer(printer, "opportunities", NULL, numbers->opportunities);
	printer_integer(printer, "percent_from", NULL, NUMBERS_PERCENT_MIN);
	tell_all_answers(numbers, printer);
	tell_promises(numbers, printer);
	tell_interviews(numbers, printer);
	tell_bounces(numbers, printer);
	if (count_interviews(numbers) == 0 && numbers->mails + numbers->early == 0)
		printer_say(printer, SAY_TEXT, "Nothing is on record yet that could be counted.");
	printer_object_end(printer);
	return true;
}
