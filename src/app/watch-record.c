/* watch-record.c - what becomes of a mail: recorded at once, a question in the inbox, or only noted.
 *
 * Decided on the record as it is at that moment, so that it can be decided again where another program saved in
 * between.
 */
#include "watch.h"

#include <base/limits.h>
#include <string.h>

/* How sure a reading has to be to count without its user's word. */
static const double SURE_OF_ENDING = 0.8, SURE = 0.5, SURE_OF_BOUNCE = 0.8;

/* ---- what it comes to ---- */

static const OutboxRow *find_row(const Record *record, const char *message_id)
{
	for (guint i = 0; message_id != NULL && i < record->outbox->len; i++)
		if (strcmp(record_outbox(record, (int)i)->message_id, message_id) == 0)
			return record_outbox(record, (int)i);
	return NULL;
}

/* The last e-mail that went to a person by then. */
static const Event *find_sent(const Facts *facts, int person, int step, int64_t at)
{
	const Event *found = NULL;
	for (guint i = 0; i < facts->events->len; i++) {
		const Event *event = facts_event(facts, (int)i);
		bool fits = event->kind == EVENT_SENT && event->person == person && event->channel == CHANNEL_EMAIL &&
					event->at <= at && (step == WORD_NONE || event->step == step);
		if (fits && (found == NULL || event->at >= found->at))
			found = event;
	}
	return found;
}

/* It is of the note that came back, whatever its clock said; of one that is not named, the last. */
static bool make_bounce(const InboxItem *item, const Case *about, Event *event)
{
	const Record *record = about->record;
	const OutboxRow *row = find_row(record, item->answers);
	int64_t by = row != NULL && row->sent_at != TIME_NONE ? MAX(item->at, row->sent_at) : item->at;
	const Event *sent = event->person == NOBODY ? NULL : find_sent(record->facts, event->person, item->step, by);
	if (sent == NULL)
		return false;
	event->at = by;
	event->step = sent->step;
	event->interview = sent->interview;
	event->channel = CHANNEL_EMAIL;
	event->address = item->address != NULL ? item->address
					 : row != NULL         ? row->to_address
										   : facts_person(record->facts, event->person)->email;
	return true;
}

bool inbox_make_event(const App *app, const InboxItem *item, const Case *about, Event *ret_event)
{
	static const EventKind kinds[INBOX_KIND_COUNT] = {
		[INBOX_REPLY] = EVENT_REPLY, [INBOX_AUTO_REPLY] = EVENT_AUTO_REPLY, [INBOX_BOUNCE] = EVENT_BOUNCED};
	Event event = EVENT_INIT(kinds[item->kind]);
	event.at = MIN(item->at, app->now);
	event.person = item->person == NULL ? NOBODY : facts_find_person(about->record->facts, item->person);
	if (event.person == NOBODY || item->kind == INBOX_DELAY || item->kind >= INBOX_INVITATION)
		return false;
	if (item->kind == INBOX_REPLY) {
		event.says = item->says == WORD_NONE ? SAYS_OTHER : item->says;
		event.promise.decision_by = item->decision_by;
	} else if (item->kind == INBOX_AUTO_REPLY) {
		event.back_on = item->back_on;
	} else if (!make_bounce(item, about, &event)) {
		return false;
	}
	*ret_event = event;
	return true;
}

/* ---- recorded, asked, noted ---- */

static bool is_sure(const InboxItem *item, double confidence)
{
	bool ends = item->says == SAYS_OFFER || item->says == SAYS_REJECTION;
	return item->says == SAYS_OTHER ? confidence > 0 : confidence >= (ends ? SURE_OF_ENDING : SURE);
}

/* The same answer put on record by hand, after it was written. */
static bool is_on_record(const Facts *facts, const Event *event)
{
	enum { LATER = 3 * DAY_SECONDS };
	for (guint i = 0; i < facts->events->len; i++) {
		const Event *earlier = facts_event(facts, (int)i);
		if (earlier->kind == event->kind && earlier->person == event->person && earlier->says == event->says &&
			earlier->at >= event->at && earlier->at <= event->at + LATER)
			return true;
	}
	return false;
}

static InboxState ask(InboxItem *item, int reason)
{
	if (reason != WORD_NONE)
		item->reason = reason;
	return INBOX_OPEN;
}

/* Whether they were written to or called since, or another answer is on record: what was said before is old. */
static bool is_overtaken(const Facts *facts, int64_t at)
{
	for (guint i = 0; i < facts->events->len; i++) {
		const Event *event = facts_event(facts, (int)i);
		if (event->at > at && (event->kind == EVENT_SENT || event->kind == EVENT_CALLED || event->kind == EVENT_REPLY))
			return true;
	}
	return false;
}

static InboxState state_of_reply(const WatchMail *mail, const Facts *facts)
{
	InboxItem *item = mail->item;
	if (mail->relay)
		return ask(item, INBOX_BY_RELAY);
	if (!mail->thread && item->says == SAYS_OTHER && is_overtaken(facts, item->at))
		return INBOX_NOTED;
	if (!mail->thread)
		return ask(item, WORD_NONE);
	if (!is_sure(item, mail->confidence))
		return ask(item, INBOX_UNSURE);
	return INBOX_RECORDED;
}

/* What came back from a dead address is sure if it names our note, or the address our last note went to. */
static InboxState state_of_bounce(const WatchMail *mail)
{
	bool sure = mail->confidence >= SURE_OF_BOUNCE && !mail->foreign && mail->item->answers != NULL;
	return sure ? INBOX_RECORDED : ask(mail->item, mail->foreign ? INBOX_BY_ADDRESS : INBOX_UNSURE);
}

static InboxState state_of(const WatchMail *mail, const Facts *facts)
{
	switch (mail->item->kind) {
	case INBOX_REPLY:
		return state_of_reply(mail, facts);
	case INBOX_AUTO_REPLY:
		return mail->item->back_on == DAY_NONE ? INBOX_NOTED
			   : mail->confidence >= SURE      ? INBOX_RECORDED
											   : ask(mail->item, INBOX_UNSURE);
	case INBOX_BOUNCE:
		return state_of_bounce(mail);
	case INBOX_INVITATION:
	case INBOX_CANCELLATION:
		return ask(mail->item, INBOX_APPOINTMENT);
	default:
		return INBOX_NOTED;
	}
}

/* Whether the facts are still such as can be kept with that event more. */
static bool add_event(Facts *facts, const Event *event)
{
	if (facts->events->len >= LIMIT_EVENTS)
		return false;
	facts_add_event(facts, event);
	if (facts_check(facts, NULL))
		return true;
	g_array_set_size(facts->events, facts->events->len - 1);
	return false;
}

bool watch_decide(const App *app, WatchMail *mail, Case *about)
{
	InboxItem *item = mail->item;
	Facts *facts = about->record->facts;
	Event event;
	item->state = state_of(mail, facts);
	if (item->state != INBOX_RECORDED)
		return false;
	bool recordable = inbox_make_event(app, item, about, &event);
	if (recordable && is_on_record(facts, &event)) {
		item->state = INBOX_NOTED;
		return false;
	}
	if (recordable && add_event(facts, &event)) {
		item->reason = WORD_NONE;
		return true;
	}
	item->state = item->kind == INBOX_REPLY ? ask(item, INBOX_UNSURE) : INBOX_NOTED;
	return false;
}

/* ---- saving ---- */

/* Decides each mail; the changes that follow are those of opportunities of which something was recorded. */
static bool decide_all(App *app, GPtrArray *mails, GHashTable *cases, GPtrArray *changes, GError **error)
{
	g_autoptr(GHashTable) by_case = g_hash_table_new(g_direct_hash, g_direct_equal);
	for (guint i = 0; i < mails->len; i++) {
		WatchMail *mail = g_ptr_array_index(mails, i);
		Case *about = NULL;
		if (!watch_case(app, cases, mail->item->opportunity, &about, error))
			return false;
		if (!watch_decide(app, mail, about))
			continue;
		Change *change = g_hash_table_lookup(by_case, about);
		if (change == NULL) {
			change = change_new(about->record);
			g_hash_table_insert(by_case, about, change);
			g_ptr_array_add(changes, change);
		}
		change_put(change, PART_EVENT, (int)about->record->facts->events->len - 1);
	}
	GHashTableIter iter;
	gpointer about = NULL;
	g_hash_table_iter_init(&iter, by_case);
	while (g_hash_table_iter_next(&iter, &about, NULL)) {
		case_replan(app, about);
		((Case *)about)->record->next_at = case_agenda_at(about);
	}
	return true;
}

/* Mails that another program took in meanwhile are no news any more; opportunities that are gone, nobody's. */
static bool drop_known(App *app, GPtrArray *mails, GHashTable *cases, GError **error)
{
	g_hash_table_remove_all(cases);
	for (guint i = mails->len; i-- > 0;) {
		const WatchMail *mail = g_ptr_array_index(mails, i);
		g_autoptr(GError) missing = NULL;
		Case *about = NULL;
		bool known = false;
		if (!store_inbox_knows(app->store, ACCOUNT_SELF, mail->item->message_id, &known, error))
			return false;
		if (!known && !watch_case(app, cases, mail->item->opportunity, &about, &missing)) {
			known = g_error_matches(missing, BASE_ERROR, BASE_ERROR_MISSING);
			if (!known) {
				g_propagate_error(error, g_steal_pointer(&missing));
				return false;
			}
		}
		if (known)
			g_ptr_array_remove_index(mails, i);
	}
	return true;
}

static bool save_once(App *app, GPtrArray *mails, GHashTable *cases, GError **error)
{
	g_autoptr(GPtrArray) changes = g_ptr_array_new_with_free_func((GDestroyNotify)change_free);
	g_autoptr(GPtrArray) items = g_ptr_array_new();
	if (!decide_all(app, mails, cases, changes, error))
		return false;
	for (guint i = 0; i < mails->len; i++)
		g_ptr_array_add(items, ((WatchMail *)g_ptr_array_index(mails, i))->item);
	const InboxSave save = {.account = ACCOUNT_SELF, .changes = changes, .items = items};
	return store_inbox_save(app->store, &save, error);
}

bool watch_save(App *app, GPtrArray *mails, GHashTable *cases, GError **error)
{
	enum { TRIES = 8 };
	for (int tries = 1; mails->len > 0; tries++) {
		g_autoptr(GError) failure = NULL;
		if (save_once(app, mails, cases, &failure))
			return true;
		bool again = g_error_matches(failure, BASE_ERROR, BASE_ERROR_CONFLICT) ||
					 g_error_matches(failure, BASE_ERROR, BASE_ERROR_MISSING);
		if (!again || tries == TRIES) {
			g_propagate_error(error, g_steal_pointer(&failure));
			return false;
		}
		if (!drop_known(app, mails, cases, error))
			return false;
	}
	return true;
}
