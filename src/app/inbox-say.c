/* inbox-say.c - a mail of the inbox in words, and as data.
 */
#include "watch.h"

static const Person *find_person(const InboxItem *item, const Facts *facts)
{
	int person = facts == NULL || item->person == NULL ? NOBODY : facts_find_person(facts, item->person);
	return person == NOBODY ? NULL : facts_person(facts, person);
}

char *inbox_say_sender(const InboxItem *item, const Facts *facts)
{
	const Person *person = find_person(item, facts);
	return g_strdup(
		person != NULL               ? person->name
		: item->from_name != NULL    ? item->from_name
		: item->from_address != NULL ? item->from_address
									 : "somebody");
}

char *inbox_say_question(const InboxItem *item, const Facts *facts)
{
	g_autofree char *sender = inbox_say_sender(item, facts);
	switch (item->kind) {
	case INBOX_AUTO_REPLY:
		return g_strdup_printf("Is %s away?", sender);
	case INBOX_BOUNCE:
	case INBOX_DELAY:
		return g_strdup_printf(
			"Did what you sent to %s come back?",
			item->address != NULL && item->person == NULL ? item->address : sender);
	case INBOX_INVITATION:
		return g_strdup_printf("Take over the appointment that %s sent?", sender);
	case INBOX_CANCELLATION:
		return g_strdup_printf("Take off the appointment that %s called off?", sender);
	default:
		return g_strdup_printf("What did %s say?", sender);
	}
}

static char *say_day(const App *app, Day day)
{
	return when_name_day(app->zone, day, app->now);
}

static char *say_answer(const App *app, const InboxItem *item)
{
	static const char *const words[] = {
		[SAYS_REJECTION] = "a rejection",
		[SAYS_OFFER] = "an offer",
		[SAYS_NEXT_ROUND] = "the next round",
		[SAYS_MORE_TIME] = "more time",
		[SAYS_OTHER] = "something else"};
	const char *what = item->says < 0 ? words[SAYS_OTHER] : words[item->says];
	if (item->decision_by == DAY_NONE)
		return g_strdup_printf("It reads as %s.", what);
	g_autofree char *day = say_day(app, item->decision_by);
	return g_strdup_printf("It reads as %s, a decision by %s.", what, day);
}

char *inbox_say_reading(const App *app, const InboxItem *item)
{
	if (item->kind == INBOX_REPLY)
		return say_answer(app, item);
	if (item->kind == INBOX_AUTO_REPLY && item->back_on != DAY_NONE) {
		g_autofree char *day = say_day(app, item->back_on);
		return g_strdup_printf("It reads as back on %s.", day);
	}
	if (item->kind == INBOX_BOUNCE)
		return g_strdup_printf(
			"It reads as a dead address%s%s.", item->address == NULL ? "" : ": ",
			item->address == NULL ? "" : item->address);
	return g_strdup("");
}

const char *inbox_say_reason(const InboxItem *item)
{
	switch (item->reason) {
	case INBOX_BY_ADDRESS:
		return item->kind == INBOX_REPLY
				   ? "It does not name a note of yours as the one it answers, so nothing is on record yet."
				   : "It does not name a note of yours, so nothing is on record yet.";
	case INBOX_BY_DOMAIN:
		return "Only the company's domain tells whom it is about, so nothing is on record yet.";
	case INBOX_BY_RELAY:
		return "An applicant system sent it, not a person, so nothing is on record yet.";
	case INBOX_UNSURE:
		return "What it says is not sure enough to be put on record without you.";
	default:
		return NULL;
	}
}

void inbox_tell(const App *app, const InboxItem *item, const Facts *facts, Printer *printer)
{
	printer_integer(printer, "number", NULL, item->number);
	printer_string(printer, "state", NULL, inbox_state_word((int)item->state));
	printer_string(printer, "kind", NULL, inbox_kind_word((int)item->kind));
	printer_string(printer, "reason", NULL, inbox_reason_word(item->reason));
	printer_time(printer, "at", app->zone, item->at);
	printer_string(printer, "message_id", NULL, item->message_id);
	printer_string(printer, "from_name", NULL, item->from_name);
	printer_string(printer, "from_address", NULL, item->from_address);
	printer_string(printer, "subject", NULL, item->subject);
	printer_string(printer, "says", NULL, word_text(WORDS_SAYS, item->says));
	printer_day(printer, "decision_by", item->decision_by);
	printer_day(printer, "back_on", item->back_on);
	printer_string(printer, "address", NULL, item->address);
	printer_string(printer, "quote", NULL, item->quote);
	printer_integer(printer, "opportunity", NULL, item->opportunity);
	printer_string(printer, "company", NULL, facts == NULL ? NULL : facts->company);
	printer_string(printer, "person", NULL, item->person);
	printer_string(printer, "answers", NULL, item->answers);
	printer_string(printer, "step", NULL, word_text(WORDS_STEP, item->step));
}

int inbox_find_event(const App *app, const InboxItem *item, const Case *about)
{
	Event made;
	if (item->state != INBOX_RECORDED && item->state != INBOX_CONFIRMED)
		return -1;
	if (!inbox_make_event(app, item, about, &made))
		return -1;
	for (guint i = 0; i < about->record->facts->events->len; i++) {
		const Event *event = facts_event(about->record->facts, (int)i);
		if (event->kind == made.kind && event->at == made.at && event->person == made.person)
			return (int)i;
	}
	return -1;
}
