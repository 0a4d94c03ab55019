/* watch-mail.c - one whole mail: which opportunity it is about, and what of it is kept.
 *
 * Of a mail a few bounded lines are kept, and of an invitation its calendar.  Its text is data: it is classified,
 * quoted and thrown away.
 */
#include "dispatch.h"
#include "foreign-file.h"
#include "watch.h"

#include <base/limits.h>
#include <string.h>

enum {
	ID_BYTES = 900,
	QUOTE_BYTES = 500,
	BEGINNING_BYTES = 200, /* of a text in which no sentence says anything */
	CALENDAR_BYTES = 256 * 1024,
};

void watch_mail_free(WatchMail *mail)
{
	if (mail == NULL)
		return;
	inbox_item_free(mail->item);
	g_free(mail);
}

GHashTable *watch_cases_new(void)
{
	return g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, (GDestroyNotify)case_free);
}

bool watch_case(App *app, GHashTable *cases, int64_t id, Case **ret_case, GError **error)
{
	Case *item = g_hash_table_lookup(cases, &id);
	if (item == NULL) {
		if (!case_load_id(app, id, &item, error))
			return false;
		g_hash_table_insert(cases, g_memdup2(&id, sizeof id), item);
	}
	*ret_case = item;
	return true;
}

/* A text on one line, without what a terminal must not get, cut at a character's edge; NULL where nothing is left. */
static char *bound(const char *text, size_t limit)
{
	g_autofree char *valid = text == NULL ? g_strdup("") : g_utf8_make_valid(text, -1);
	g_autoptr(GString) line = g_string_new(NULL);
	bool space = false;
	for (const char *at = valid; *at != '\0' && line->len < limit; at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at);
		GUnicodeType type = g_unichar_type(c);
		if (g_unichar_isspace(c) || type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT) {
			space = line->len > 0;
			continue;
		}
		if (space)
			g_string_append_c(line, ' ');
		g_string_append_unichar(line, c);
		space = false;
	}
	return line->len == 0 ? NULL : g_string_free(g_steal_pointer(&line), FALSE);
}

/* ---- which opportunity ---- */

typedef struct Match {
	int64_t opportunity;  /* 0: none */
	const SentNote *note; /* or NULL */
	bool thread;          /* that note is named in its headers */
	bool foreign;
	InboxReason by;
} Match;

static const SentNote *find_thread(const Known *known, const MailIncoming *mail)
{
	const SentNote *note = known_find_note(known, mail->returned_id);
	for (guint i = 0; note == NULL && i < mail->in_reply_to->len; i++)
		note = known_find_note(known, g_ptr_array_index(mail->in_reply_to, i));
	for (guint i = mail->references->len; note == NULL && i > 0; i--)
		note = known_find_note(known, g_ptr_array_index(mail->references, i - 1));
	return note;
}

/* Of several opportunities with the same person, the one that was written about last. */
static int64_t choose(const Known *known, const GPtrArray *people, const char *address)
{
	const SentNote *last = known_find_note_to(known, address);
	int64_t newest = 0;
	for (guint i = 0; i < people->len; i++) {
		const Correspondent *person = g_ptr_array_index(people, i);
		if (last != NULL && person->opportunity == last->opportunity)
			return last->opportunity;
		newest = MAX(newest, person->opportunity);
	}
	return newest;
}

static bool match_people(const Known *known, const GPtrArray *people, const char *address, InboxReason by, Match *match)
{
	if (people == NULL)
		return false;
	match->opportunity = choose(known, people, address);
	match->by = by;
	return true;
}

/* An applicant system's domain is nobody's company. The mail room knows those that write in an employer's name: a mail
 * from there is classified as one. */
static bool is_relay_domain(const App *app, const char *address)
{
	const char *at = address == NULL ? NULL : strrchr(address, '@');
	g_autofree char *head = at == NULL ? NULL : g_strdup_printf("From: a%s\nSubject: a\n\na\n", at);
	if (head == NULL)
		return false;
	MailIncoming *mail = app->mail->parse(head, strlen(head));
	MailVerdict *verdict = app->mail->classify(mail, NULL, app->now);
	bool relay = verdict->is_relay;
	app->mail->verdict_free(verdict);
	app->mail->incoming_free(mail);
	return relay;
}

static Match find_match(const App *app, const Known *known, const MailIncoming *mail)
{
	const char *const writers[] = {mail->from_address, mail->reply_to_address};
	Match match = {.note = find_thread(known, mail), .by = INBOX_BY_ADDRESS};
	if (match.note != NULL) {
		match.opportunity = match.note->opportunity;
		match.thread = true;
		return match;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(writers); i++)
		if (match_people(known, known_find_people(known, writers[i]), writers[i], INBOX_BY_ADDRESS, &match))
			return match;
	for (size_t i = 0; i < G_N_ELEMENTS(writers); i++)
		if (known_find_colleagues(known, writers[i]) != NULL && !is_relay_domain(app, writers[i]) &&
			match_people(known, known_find_colleagues(known, writers[i]), writers[i], INBOX_BY_DOMAIN, &match))
			return match;
	return match;
}

/* What came back is known by the note, else by whom it was for; whoever sent it is no matter. */
static Match match_bounce(const Known *known, const MailVerdict *verdict)
{
	Match match = {.by = INBOX_BY_ADDRESS};
	for (guint i = 0; match.note == NULL && i < verdict->in_reply_to->len; i++)
		match.note = known_find_note(known, g_ptr_array_index(verdict->in_reply_to, i));
	match.thread = match.note != NULL;
	match.foreign = !match.thread && verdict->in_reply_to->len > 0;
	if (match.note == NULL)
		match.note = known_find_note_to(known, verdict->recipient);
	if (match.note != NULL)
		match.opportunity = match.note->opportunity;
	else
		match_people(known, known_find_people(known, verdict->recipient), verdict->recipient, INBOX_BY_ADDRESS, &match);
	return match;
}

/* ---- who ---- */

static int find_by_address(const Facts *facts, const char *address)
{
	for (guint i = 0; address != NULL && i < facts->people->len; i++) {
		const char *email = facts_person(facts, (int)i)->email;
		if (email != NULL && g_ascii_strcasecmp(email, address) == 0)
			return (int)i;
	}
	return NOBODY;
}

static int find_by_name(const Facts *facts, const char *name)
{
	g_autofree char *wanted = name == NULL ? NULL : g_utf8_casefold(name, -1);
	for (guint i = 0; wanted != NULL && i < facts->people->len; i++) {
		g_autofree char *own = g_utf8_casefold(facts_person(facts, (int)i)->name, -1);
		if (strcmp(own, wanted) == 0)
			return (int)i;
	}
	return NOBODY;
}

/* To whom a note went. */
static int find_reader(const Record *record, const SentNote *note)
{
	if (note == NULL || note->number >= (int)record->outbox->len)
		return NOBODY;
	const OutboxRow *row = record_outbox(record, note->number);
	return row->draft == NO_DRAFT ? NOBODY : record_draft(record, row->draft)->person;
}

static int find_person(const Record *record, const MailIncoming *mail, const MailVerdict *verdict, const Match *match)
{
	const Facts *facts = record->facts;
	if (verdict->kind == MAIL_KIND_BOUNCE) {
		int reader = find_reader(record, match->note);
		return reader != NOBODY ? reader : find_by_address(facts, verdict->recipient);
	}
	int person = find_by_address(facts, mail->from_address);
	if (person == NOBODY)
		person = find_by_address(facts, mail->reply_to_address);
	if (person == NOBODY && !verdict->is_relay)
		person = find_by_name(facts, mail->from_name);
	return person == NOBODY && match->thread ? find_reader(record, match->note) : person;
}

/* ---- what of it is kept ---- */

static char *make_message_id(const MailIncoming *mail)
{
	g_autofree char *id = bound(mail->message_id, ID_BYTES);
	if (id != NULL)
		return g_steal_pointer(&id);
	g_autofree char *start = g_strndup(mail->text, 4096);
	g_autofree char *all = g_strdup_printf(
		"%s\n%" G_GINT64_FORMAT "\n%s\n%s", mail->from_address == NULL ? "" : mail->from_address, mail->date_at,
		mail->subject, start);
	g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, all, -1);
	return g_strconcat("none:", sum, NULL);
}

static int64_t bound_time(const App *app, int64_t at)
{
	enum { OLDEST = 631152000 }; /* 1990 */
	return at == TIME_NONE || at > app->now ? app->now : MAX(at, OLDEST);
}

static GBytes *find_calendar(const MailIncoming *mail)
{
	for (guint i = 0; i < mail->parts->len; i++) {
		const MailPart *part = g_ptr_array_index(mail->parts, i);
		bool invites = g_strcmp0(part->method, "REQUEST") == 0 || g_strcmp0(part->method, "CANCEL") == 0;
		if (g_strcmp0(part->type, "text/calendar") == 0 && invites && part->bytes != NULL &&
			g_bytes_get_size(part->bytes) <= CALENDAR_BYTES)
			return g_bytes_ref(part->bytes);
	}
	return NULL;
}

static InboxKind kind_of(const MailVerdict *verdict)
{
	switch (verdict->kind) {
	case MAIL_KIND_AUTO_REPLY:
		return INBOX_AUTO_REPLY;
	case MAIL_KIND_BOUNCE:
		return verdict->bounce == MAIL_BOUNCE_HARD ? INBOX_BOUNCE : INBOX_DELAY;
	case MAIL_KIND_INVITATION:
		return verdict->cancels ? INBOX_CANCELLATION : INBOX_INVITATION;
	default:
		return INBOX_REPLY;
	}
}

static InboxItem *make_item(const App *app, const MailIncoming *mail, const MailVerdict *verdict)
{
	InboxItem *item = inbox_item_new();
	item->message_id = make_message_id(mail);
	item->kind = kind_of(verdict);
	item->at = bound_time(app, mail->date_at);
	item->from_name = bound(mail->from_name, LIMIT_NAME_BYTES - 8);
	item->from_address = bound(mail->from_address, LIMIT_NAME_BYTES - 8);
	item->subject = bound(mail->subject, QUOTE_BYTES);
	item->quote = bound(verdict->quote, QUOTE_BYTES);
	if (item->quote == NULL)
		item->quote = bound(verdict->text, BEGINNING_BYTES);
	if (item->kind == INBOX_REPLY)
		item->says = verdict->says != WORD_NONE           ? verdict->says
					 : verdict->relayed_says != WORD_NONE ? verdict->relayed_says
														  : SAYS_OTHER;
	item->decision_by = item->kind == INBOX_REPLY ? verdict->decision_by : DAY_NONE;
	item->back_on = verdict->back_on;
	if (verdict->kind == MAIL_KIND_BOUNCE)
		item->address = bound(verdict->recipient, LIMIT_NAME_BYTES - 8);
	if (verdict->kind == MAIL_KIND_INVITATION)
		item->calendar = find_calendar(mail);
	return item;
}

static void fill_from_record(
	InboxItem *item, const Record *record, const MailIncoming *mail, const MailVerdict *verdict, const Match *match)
{
	int person = find_person(record, mail, verdict, match);
	item->opportunity = record->id;
	item->person = person == NOBODY ? NULL : g_strdup(facts_person(record->facts, person)->id);
	if (match->note == NULL || match->note->number >= (int)record->outbox->len)
		return;
	const OutboxRow *row = record_outbox(record, match->note->number);
	item->answers = g_strdup(row->message_id);
	item->step = row->draft == NO_DRAFT ? WORD_NONE : record_draft(record, row->draft)->step;
}

/* Says of an invitation what it is about, in place of its text. */
static void describe_calendar(App *app, InboxItem *item)
{
	g_autofree char *about = foreign_describe_calendar(app, item->calendar);
	if (about == NULL)
		return;
	g_free(item->quote);
	item->quote = bound(about, QUOTE_BYTES);
}

/* ---- of what concern ---- */

static bool is_before_first_interview(const Facts *facts, int64_t at)
{
	for (guint i = 0; i < facts->interviews->len; i++)
		if (facts_interview(facts, (int)i)->start <= at)
			return false;
	return true;
}

/* What a person would want to know of: not what a program sends of its own accord, nor what was said to arrange the
 * first interview. */
static bool is_of_concern(
	const MailIncoming *mail, const MailVerdict *verdict, const Match *match, const Facts *facts, int64_t at)
{
	bool says_something =
		(verdict->says != WORD_NONE && verdict->says != SAYS_OTHER) || verdict->relayed_says != WORD_NONE;
	switch (verdict->kind) {
	case MAIL_KIND_OTHER:
		return mail->report_type == MAIL_REPORT_NONE && (match->thread || says_something);
	case MAIL_KIND_REPLY:
		return match->thread || says_something || !is_before_first_interview(facts, at);
	case MAIL_KIND_AUTO_REPLY:
		return match->thread || match->by == INBOX_BY_ADDRESS;
	default:
		return true;
	}
}

/* What is known by now was read before, by this program or another. */
static bool is_known(const WatchDesk *desk, const MailIncoming *mail, bool *ret_known, GError **error)
{
	g_autofree char *id = make_message_id(mail);
	return store_inbox_knows(desk->app->store, ACCOUNT_SELF, id, ret_known, error);
}

/* Whoever answers a note, or returns it, proves that it went. */
static bool settle_proved(
	const WatchDesk *desk, Case *about, const MailIncoming *mail, const Match *match, GError **error)
{
	App *app = desk->app;
	const Record *record = about->record;
	g_autoptr(GError) failure = NULL;
	if (!match->thread || match->note->number >= (int)record->outbox->len ||
		record_outbox(record, match->note->number)->state != OUTBOX_UNKNOWN)
		return true;
	const OutboxRow *row = record_outbox(record, match->note->number);
	const OutboxResult result = {
		.row = row,
		.state = OUTBOX_SENT,
		.at = MIN(row->send_at, bound_time(app, mail->date_at)),
		.response = row->response};
	if (dispatch_settle(app, about, &result, &failure))
		return true;
	if (g_error_matches(failure, BASE_ERROR, BASE_ERROR_CONFLICT)) /* another program did */
		return true;
	g_propagate_error(error, g_steal_pointer(&failure));
	return false;
}

static bool keep(
	const WatchDesk *desk, const MailIncoming *mail, const Match *match, WatchMail **ret_mail, GError **error)
{
	App *app = desk->app;
	Case *about = NULL;
	g_autoptr(GError) missing = NULL;
	if (!watch_case(app, desk->cases, match->opportunity, &about, &missing)) {
		bool gone = g_error_matches(missing, BASE_ERROR, BASE_ERROR_MISSING);
		if (!gone)
			g_propagate_error(error, g_steal_pointer(&missing));
		return gone;
	}
	if (!settle_proved(desk, about, mail, match, error))
		return false;
	MailVerdict *verdict = app->mail->classify(mail, about->record->facts, app->now);
	if (is_of_concern(mail, verdict, match, about->record->facts, bound_time(app, mail->date_at))) {
		WatchMail *kept = g_new0(WatchMail, 1);
		kept->item = make_item(app, mail, verdict);
		kept->item->reason = match->by;
		kept->thread = match->thread;
		kept->foreign = match->foreign;
		kept->relay = verdict->is_relay;
		kept->confidence = verdict->kind == MAIL_KIND_OTHER ? 0 : verdict->confidence;
		fill_from_record(kept->item, about->record, mail, verdict, match);
		if (kept->item->calendar != NULL)
			describe_calendar(app, kept->item);
		*ret_mail = kept;
	}
	app->mail->verdict_free(verdict);
	return true;
}

static bool match_and_keep(const WatchDesk *desk, const MailIncoming *mail, WatchMail **ret_mail, GError **error)
{
	App *app = desk->app;
	Match match = find_match(app, desk->known, mail);
	bool by_person = match.opportunity != 0 && match.by == INBOX_BY_ADDRESS; /* no program writes as one of them */
	if (!match.thread && !by_person) {
		MailVerdict *verdict = app->mail->classify(mail, NULL, app->now);
		if (verdict->kind == MAIL_KIND_BOUNCE)
			match = match_bounce(desk->known, verdict);
		app->mail->verdict_free(verdict);
	}
	return match.opportunity == 0 || keep(desk, mail, &match, ret_mail, error);
}

bool watch_mail_read(const WatchDesk *desk, const char *bytes, size_t length, WatchMail **ret_mail, GError **error)
{
	MailIncoming *mail = desk->app->mail->parse(bytes, length);
	bool known = true, own = known_is_own(desk->known, mail->from_address);
	bool good = own || (is_known(desk, mail, &known, error) && (known || match_and_keep(desk, mail, ret_mail, error)));
	desk->app->mail->incoming_free(mail);
	return good;
}
