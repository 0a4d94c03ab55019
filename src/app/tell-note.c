/* tell-note.c - see tell-note.h.
 */
#include "tell-note.h"

#include "dispatch.h"
#include "leaving.h"
#include "review-own.h"

#include <string.h>

/* Where it goes: an address, a number, a profile; NULL where none is known. */
static const char *address_of(const Facts *facts, const Draft *draft)
{
	const Person *person = draft->person == NOBODY ? NULL : facts_person(facts, draft->person);
	if (person == NULL || draft->channel == WORD_NONE)
		return NULL;
	switch ((Channel)draft->channel) {
	case CHANNEL_EMAIL:
		return person->email;
	case CHANNEL_CALL:
		return person->phone;
	case CHANNEL_CARD:
		return person->address;
	case CHANNEL_LINKEDIN:
		return person->linkedin;
	default:
		return NULL;
	}
}

void tell_note_head(const Case *item, int index, Printer *printer)
{
	const Facts *facts = item->record->facts;
	const Draft *draft = record_draft(item->record, index);
	printer_integer(printer, "id", NULL, index);
	printer_string(printer, "step", NULL, word_text(WORDS_STEP, draft->step));
	printer_string(
		printer, "interview", NULL,
		draft->interview == NO_INTERVIEW ? NULL : facts_interview(facts, draft->interview)->id);
	tell_whom(facts, draft->person, "to", "to_name", printer);
	printer_string(printer, "channel", NULL, word_text(WORDS_CHANNEL, draft->channel));
	printer_string(printer, "state", NULL, note_state_word(item, index));
	printer_string(printer, "subject", NULL, draft->subject);
	printer_string(printer, "body", NULL, draft->body);
}

void tell_note(const App *app, const Case *item, int index, Printer *printer)
{
	const Facts *facts = item->record->facts;
	const Draft *draft = record_draft(item->record, index);
	g_autofree char *version = note_text_version(draft->subject, draft->body);
	const Person *person = draft->person == NOBODY ? NULL : facts_person(facts, draft->person);
	tell_note_head(item, index, printer);
	printer_string(printer, "role", NULL, person == NULL ? NULL : word_text(WORDS_ROLE, (int)person->role));
	printer_string(printer, "address", NULL, address_of(facts, draft));
	printer_string(printer, "version", NULL, version);
	printer_boolean(printer, "edited", draft->edited_at != TIME_NONE);
	printer_integer(printer, "variant", NULL, draft->variant == NULL ? 0 : g_ascii_strtoll(draft->variant, NULL, 10));
}

/* ---- what it has to hold ---- */

/* What a note has to hold in words for people, and the rule that misses it. */
static const struct {
	ReviewRule rule;
	const char *text;
} holdings[MUST_COUNT] = {
	[MUST_THANKS] = {REVIEW_MISSING_THANKS, "thanks"},
	[MUST_SPECIFIC] = {REVIEW_MISSING_SPECIFIC, "something you talked about"},
	[MUST_INTEREST] = {REVIEW_MISSING_INTEREST, "your interest"},
	[MUST_FIT] = {REVIEW_MISSING_FIT, "why you fit"},
	[MUST_SKILLS] = {REVIEW_MISSING_SKILLS, "your skills"},
	[MUST_NEW_DETAIL] = {REVIEW_MISSING_NEW_DETAIL, "something new"},
	[MUST_OWN_NAME] = {REVIEW_MISSING_OWN_NAME, "who you are"},
	[MUST_MENTIONS_CARD] = {REVIEW_MISSING_CARD_MENTION, "the card on its way"},
	[MUST_ASK_DECISION] = {REVIEW_MISSING_QUESTION, "when they decide"},
	[MUST_OFFER_INFO] = {REVIEW_MISSING_OFFER_INFO, "an offer of more"},
	[MUST_NO_FEEDBACK_REQUEST] = {REVIEW_FEEDBACK_PRESSURE, "no request for feedback"},
};

static bool is_found(const Review *review, ReviewRule rule)
{
	for (guint i = 0; i < review->findings->len; i++)
		if (review_finding(review, i)->rule == rule)
			return true;
	return false;
}

static void tell_holdings(unsigned must, const Review *review, Printer *printer)
{
	printer_list(printer, "must");
	for (int i = 0; i < MUST_COUNT; i++)
		if ((must & 1u << i) != 0)
			printer_string(printer, NULL, NULL, word_text(WORDS_MUST, i));
	printer_list_end(printer);
	printer_list(printer, "holds");
	for (int i = 0; i < MUST_COUNT; i++) {
		if ((must & 1u << i) == 0)
			continue;
		printer_object(printer, NULL);
		printer_string(printer, "must", NULL, word_text(WORDS_MUST, i));
		printer_string(printer, "text", NULL, holdings[i].text);
		printer_boolean(printer, "met", !is_found(review, holdings[i].rule));
		printer_object_end(printer);
	}
	printer_list_end(printer);
}

/* ---- where it stands ---- */

static void tell_alike(const Case *item, int index, const Review *review, Printer *printer)
{
	g_autoptr(GArray) others = note_list_others(item, index);
	printer_list(printer, "alike");
	for (guint i = 0; i < others->len && i < review->alike->len; i++) {
		int other = g_array_index(others, int, i), percent = g_array_index(review->alike, int, i);
		if (percent < 0)
			continue;
		printer_object(printer, NULL);
		printer_integer(printer, "id", NULL, other);
		tell_whom(item->record->facts, record_draft(item->record, other)->person, "to", "to_name", printer);
		printer_integer(printer, "percent", NULL, percent);
		printer_object_end(printer);
	}
	printer_list_end(printer);
}

/* "leaves_at": of one that is approved, when it leaves; else when it would. */
static void tell_leaving(App *app, const Case *item, int index, Printer *printer)
{
	const Draft *draft = record_draft(item->record, index);
	const Facts *facts = item->record->facts;
	const OutboxRow *row = draft->state == DRAFT_APPROVED ? case_find_outbox(item, index) : NULL;
	bool is_mail = draft->channel == CHANNEL_EMAIL && draft->person != NOBODY;
	g_auto(Leaving) leaving = {.may = row != NULL, .send_at = row == NULL ? TIME_NONE : row->send_at};
	if (row == NULL && is_mail)
		leaving_find(app, item, index, false, &leaving);
	int64_t at = leaving.may ? leaving.send_at : TIME_NONE;
	g_autofree char *when = at == TIME_NONE ? NULL : say_time(app, facts, at);
	printer_boolean(printer, "may_leave", leaving.may);
	printer_time(printer, "leaves_at", facts->zone, at);
	printer_string(printer, "leaves", NULL, at != TIME_NONE && at <= app->now ? "now" : when);
	printer_string(printer, "held", NULL, leaving.why);
}

/* As LinkedIn counts, and a page's script does: UTF-16 units. */
static int count_characters(const char *text)
{
	int count = 0;
	for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p))
		count += g_utf8_get_char(p) > 0xffff ? 2 : 1;
	return count;
}

/* As the reader sees who writes: "Ana Reyes <ana@example.net>"; of mails only. */
static void tell_sender(const App *app, const Draft *draft, Printer *printer)
{
	const Me *me = &app->account->me;
	const char *from = desk_setting(app, "mail.from") == NULL ? me->email : desk_setting(app, "mail.from");
	bool known = draft->channel == CHANNEL_EMAIL && from != NULL;
	g_autofree char *sender = !known             ? NULL
							  : me->name == NULL ? g_strdup(from)
												 : g_strdup_printf("%s <%s>", me->name, from);
	printer_string(printer, "from", NULL, sender);
}

static void tell_length(const App *app, const Draft *draft, const Review *review, Printer *printer)
{
	int limit = note_linkedin_characters(app, NULL);
	g_autofree char *body = g_strchomp(g_strdup(draft->body));
	printer_integer(printer, "characters", NULL, count_characters(body));
	if (draft->channel == CHANNEL_LINKEDIN)
		printer_integer(printer, "characters_most", NULL, limit == 0 ? DRAFT_LINKEDIN_CHARACTERS : limit);
	else
		printer_string(printer, "characters_most", NULL, NULL);
	printer_integer(printer, "errors", NULL, review_count(review, FINDING_ERROR));
}

static void tell_off(const App *app, const Case *item, int index, Printer *printer)
{
	uint64_t off = review_own_off(app, item, index);
	printer_list(printer, "off");
	for (int rule = 0; rule < REVIEW_RULE_COUNT; rule++)
		if ((off & REVIEW_RULE_BIT(rule)) != 0)
			printer_string(printer, NULL, NULL, review_rule_name(rule));
	printer_list_end(printer);
}

void tell_note_standing(App *app, const Case *item, int index, const Review *review, Printer *printer)
{
	const Facts *facts = item->record->facts;
	const Draft *draft = record_draft(item->record, index);
	NoteTarget target =
		note_target_find(item->plan, facts, draft->step, draft->person, draft->interview, draft->channel);
	g_autofree char *when = target.planned == NULL ? NULL : say_step_when(app, item, target.planned);
	g_autofree char *why = target.planned == NULL ? NULL : plan_step_explain(item->plan, target.planned);
	const OutboxRow *thread = dispatch_find_thread(item, draft->step, draft->person);
	printer_string(printer, "step_state", NULL, target.planned == NULL ? NULL : step_state_word(target.planned->state));
	printer_boolean(printer, "optional", target.planned != NULL && target.planned->optional);
	printer_time(printer, "due", facts->zone, target.due);
	printer_string(printer, "when", NULL, when);
	printer_string(printer, "because", NULL, why);
	printer_string(printer, "continues", NULL, thread == NULL ? NULL : thread->subject);
	tell_sender(app, draft, printer);
	tell_leaving(app, item, index, printer);
	tell_holdings(target.must, review, printer);
	tell_off(app, item, index, printer);
	tell_alike(item, index, review, printer);
	tell_length(app, draft, review, printer);
}
