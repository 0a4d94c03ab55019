/* dispatch-run.c - notes leave the house: claim, look once more, compose, send, settle.
 *
 * Nothing is told to the server that could make it take a note before `sending` is committed, and every outcome is
 * committed together with what follows from it.  Killed anywhere, a note is ready again, or unknown; never sent twice.
 */
#include "dispatch-gate.h"
#include "dispatch.h"
#include "note-text.h"

#include <string.h>

enum {
	BATCH = 32,              /* notes claimed at once */
	SINGLE_MAX = 8,          /* up to so many each is committed by itself */
	LEASE_SECONDS = 900,     /* longer than a batch can take */
	FINISH_TIMEOUT = 300000, /* milliseconds for a server to take a message */
	SETTLE_TRIES = 8,
	RETRY_FIRST = 300, /* seconds; doubled each time */
	RETRY_LONGEST = 4 * 3600,
	RETRY_TIMES = 20, /* about three days; then it counts as refused */
};

typedef struct Run {
	App *app;
	Printer *printer;
	DispatchCounts *counts;
	const MailModule *mail;
	MailSetup setup;
	SmtpSession *session;
	GHashTable *cases;      /* int64_t* to Case* */
	GPtrArray *claimed;     /* of OutboxRow: owned */
	GPtrArray *rows;        /* those that pass, borrowed */
	GPtrArray *emls;        /* GString* of each */
	GPtrArray *froms, *tos; /* char* of each, in ASCII */
	SmtpResult *results;
	bool store_failed;
	GError *failure; /* of a callback */
} Run;

static int64_t clock_now(const App *app)
{
	return app->now_text != NULL ? app->now : app->clock();
}

static void free_eml(void *eml)
{
	g_string_free(eml, TRUE);
}

static Case *find_case(Run *run, int64_t id)
{
	return g_hash_table_lookup(run->cases, &id);
}

static bool load_case(Run *run, int64_t id, GError **error)
{
	Case *item = NULL;
	if (find_case(run, id) != NULL)
		return true;
	if (!case_load_id(run->app, id, &item, error))
		return false;
	g_hash_table_insert(run->cases, g_memdup2(&id, sizeof id), item);
	return true;
}

/* ---- what follows from a result ---- */

static void add_contact(
	Facts *facts, const Draft *draft, EventKind kind, int64_t at, const char *address, Change *change)
{
	Event event = EVENT_INIT(kind);
	event.at = at;
	event.step = draft->step;
	event.interview = draft->interview;
	event.person = draft->person;
	event.channel = CHANNEL_EMAIL;
	event.address = (char *)address;
	facts_add_event(facts, &event);
	change_put(change, PART_EVENT, (int)facts->events->len - 1);
}

/* The facts after it: a sent note is a contact; one whose address the server refused was sent and came back (E9). */
static void apply_result(Case *item, Change *change, const OutboxResult *result, bool address_refused)
{
	if (result->row->draft == NO_DRAFT)
		return;
	Draft *draft = record_draft(item->record, result->row->draft);
	DraftState before = draft->state;
	if (result->state == OUTBOX_SENT) {
		draft->state = DRAFT_USED;
		add_contact(item->record->facts, draft, EVENT_SENT, result->at, NULL, change);
	} else if (result->state == OUTBOX_REFUSED || result->state == OUTBOX_CANCELLED) {
		draft->state = DRAFT_OPEN;
		draft->approved_at = TIME_NONE;
	}
	if (result->state == OUTBOX_REFUSED && address_refused) {
		add_contact(item->record->facts, draft, EVENT_SENT, result->at, NULL, change);
		add_contact(item->record->facts, draft, EVENT_BOUNCED, result->at, result->row->to_address, change);
	}
	if (draft->state != before)
		change_put(change, PART_DRAFT, result->row->draft);
}

typedef struct Settlement {
	OutboxResult *results;
	bool *address_refused;
	int count;
} Settlement;

static bool settle_once(Run *run, const Settlement *settlement, GError **error)
{
	g_autoptr(GPtrArray) changes = g_ptr_array_new_with_free_func((GDestroyNotify)change_free);
	g_autoptr(GHashTable) by_case = g_hash_table_new(g_direct_hash, g_direct_equal);
	for (int i = 0; i < settlement->count; i++) {
		if (!load_case(run, settlement->results[i].row->opportunity, error))
			return false;
		Case *item = find_case(run, settlement->results[i].row->opportunity);
		Change *change = g_hash_table_lookup(by_case, item);
		if (change == NULL) {
			change = change_new(item->record);
			g_ptr_array_add(changes, change);
			g_hash_table_insert(by_case, item, change);
		}
		apply_result(item, change, &settlement->results[i], settlement->address_refused[i]);
		record_outbox(item->record, settlement->results[i].row->number)->state = settlement->results[i].state;
	}
	GHashTableIter iter;
	gpointer item = NULL;
	g_hash_table_iter_init(&iter, by_case);
	while (g_hash_table_iter_next(&iter, &item, NULL)) {
		case_replan(run->app, item);
		((Case *)item)->record->next_at = case_agenda_at(item);
	}
	return store_outbox_settle(run->app->store, settlement->results, settlement->count, changes, error);
}

/* Records what became of notes; where another program saved an opportunity in between, it is read and decided again. */
static bool settle(Run *run, const Settlement *settlement, GError **error)
{
	for (int tries = 0;; tries++) {
		g_autoptr(GError) failure = NULL;
		if (settle_once(run, settlement, &failure))
			return true;
		bool again = g_error_matches(failure, BASE_ERROR, BASE_ERROR_CONFLICT) ||
					 g_error_matches(failure, BASE_ERROR, BASE_ERROR_TEMPORARY);
		if (!again || tries == SETTLE_TRIES) {
			g_propagate_error(error, g_steal_pointer(&failure));
			return false;
		}
		for (int i = 0; i < settlement->count; i++)
			g_hash_table_remove(run->cases, &settlement->results[i].row->opportunity);
	}
}

/* ---- telling ---- */

static void tell(Run *run, const OutboxRow *row, const char *state, const char *why, int64_t until)
{
	Printer *printer = run->printer;
	Case *item = find_case(run, row->opportunity);
	const char *company = item == NULL ? "" : item->record->facts->company;
	printer_object(printer, NULL);
	printer_integer(printer, "opportunity", NULL, row->opportunity);
	printer_string(printer, "to", NULL, row->to_address);
	printer_string(printer, "subject", NULL, row->subject);
	printer_string(printer, "message_id", NULL, row->message_id);
	printer_string(printer, "state", NULL, state);
	printer_string(printer, "why", NULL, why);
	printer_time(printer, "send_at", run->app->zone, until);
	bool good = strcmp(state, "sent") == 0;
	printer_say(
		printer, good ? SAY_GOOD : SAY_WARNING, "%s: \"%s\" to %s (%s)%s%s",
		good                              ? "Sent"
		: strcmp(state, "held") == 0      ? "Held back"
		: strcmp(state, "cancelled") == 0 ? "Taken back"
		: strcmp(state, "retry") == 0     ? "Not yet"
		: strcmp(state, "unknown") == 0   ? "Not known whether it went"
										  : "Refused",
		row->subject, row->to_name == NULL ? row->to_address : row->to_name, company, why == NULL ? "" : ": ",
		why == NULL ? "" : why);
	printer_object_end(printer);
}

/* ---- before the network ---- */

static bool settle_row(
	Run *run, const OutboxRow *row, OutboxState state, int64_t send_at, const char *why, GError **error)
{
	OutboxResult result = {
		.row = row, .state = state, .at = clock_now(run->app), .send_at = send_at, .last_error = why};
	bool refused = false;
	return settle(run, &(Settlement){&result, &refused, 1}, error);
}

/* The ids in a References text, without their brackets; NULL at the end. */
static char **split_references(const char *references)
{
	g_autoptr(GPtrArray) ids = g_ptr_array_new();
	g_auto(GStrv) words = g_strsplit_set(references == NULL ? "" : references, " <>", -1);
	for (char **word = words; *word != NULL; word++)
		if (**word != '\0')
			g_ptr_array_add(ids, g_strdup(*word));
	g_ptr_array_add(ids, NULL);
	return (char **)g_ptr_array_free(g_steal_pointer(&ids), FALSE);
}

static bool compose(Run *run, const OutboxRow *row, GString **ret_eml, GError **error)
{
	g_auto(GStrv) id = split_references(row->message_id), parent = split_references(row->in_reply_to);
	g_auto(GStrv) references = split_references(row->references);
	int64_t now = clock_now(run->app);
	MailMessage message = {
		.from_name = row->from_name,
		.from_address = row->from_address,
		.to_name = row->to_name,
		.to_address = row->to_address,
		.subject = row->subject,
		.body = row->body,
		.message_id = id[0],
		.in_reply_to = parent[0],
		.references = (const char *const *)references,
		.date_at = now,
		.date_offset = zone_offset_at(run->app->zone, now),
		.user_agent = "followup",
	};
	return run->mail->compose(&message, ret_eml, error);
}

/* Makes a row ready for the session: its place in rows, emls, froms and tos is the same. */
static bool prepare_message(Run *run, OutboxRow *row, GError **error)
{
	g_autofree char *from = NULL, *to = NULL;
	GString *eml = NULL;
	if (!run->mail->address_to_ascii(row->from_address, &from, error) ||
		!run->mail->address_to_ascii(row->to_address, &to, error) || !compose(run, row, &eml, error))
		return false;
	g_ptr_array_add(run->rows, row);
	g_ptr_array_add(run->emls, eml);
	g_ptr_array_add(run->froms, g_steal_pointer(&from));
	g_ptr_array_add(run->tos, g_steal_pointer(&to));
	return true;
}

static bool examine(Run *run, OutboxRow *row, GError **error)
{
	GateAnswer answer = GATE_CANCEL;
	g_autofree char *why = NULL;
	int64_t until = TIME_NONE;
	if (!load_case(run, row->opportunity, error) ||
		!gate_ask(run->app, find_case(run, row->opportunity), row, &answer, &why, &until, error))
		return false;
	if (answer == GATE_PASS) {
		g_autoptr(GError) unfit = NULL;
		if (prepare_message(run, row, &unfit))
			return true;
		answer = GATE_CANCEL; /* it can never go as it stands */
		why = g_strdup(unfit->message);
	}
	tell(run, row, answer == GATE_HOLD ? "held" : "cancelled", why, until);
	run->counts->held++;
	return settle_row(run, row, answer == GATE_HOLD ? OUTBOX_READY : OUTBOX_CANCELLED, until, why, error);
}

/* ---- the network ---- */

/* The commit before the server may take the notes. One that is no longer ours holds all of them back. */
static bool about_to_finish(void *data, size_t first, size_t n)
{
	Run *run = data;
	g_autoptr(GPtrArray) rows = g_ptr_array_new();
	for (size_t i = first; i < first + n; i++)
		g_ptr_array_add(rows, g_ptr_array_index(run->rows, i));
	g_clear_error(&run->failure);
	return store_outbox_mark_sending(run->app->store, rows, run->app->now, LEASE_SECONDS, &run->failure) &&
		   rows->len == n;
}

static int64_t back_off(int attempts)
{
	int64_t wait = RETRY_FIRST;
	for (int i = 0; i < attempts && wait < RETRY_LONGEST; i++)
		wait *= 2;
	return MIN(wait, RETRY_LONGEST);
}

static OutboxResult result_of(Run *run, size_t index, bool *ret_address_refused)
{
	const SmtpResult *smtp = &run->results[index];
	OutboxRow *row = g_ptr_array_index(run->rows, index);
	int64_t now = clock_now(run->app);
	OutboxResult result = {.row = row, .at = now, .send_at = now, .response = smtp->text};
	*ret_address_refused = false;
	if (smtp->outcome == SMTP_SENT) {
		result.state = OUTBOX_SENT;
	} else if (smtp->outcome == SMTP_UNKNOWN) {
		result.state = OUTBOX_UNKNOWN;
	} else if (smtp->outcome == SMTP_REFUSED || row->attempts >= RETRY_TIMES) {
		result.state = OUTBOX_REFUSED;
		*ret_address_refused = smtp->outcome == SMTP_REFUSED && smtp->stage == SMTP_AT_RECIPIENT;
	} else {
		result.state = smtp->stage == SMTP_AT_CONNECTION ? OUTBOX_READY : OUTBOX_RETRY;
		result.send_at = now + (smtp->stage == SMTP_AT_CONNECTION ? 60 : back_off(row->attempts));
	}
	result.last_error = result.state == OUTBOX_SENT ? NULL : smtp->text;
	return result;
}

static void count(Run *run, OutboxState state)
{
	DispatchCounts *counts = run->counts;
	*(state == OUTBOX_SENT      ? &counts->sent
	  : state == OUTBOX_UNKNOWN ? &counts->unknown
	  : state == OUTBOX_REFUSED ? &counts->refused
								: &counts->retry) += 1;
}

static void settled(void *data, size_t first, size_t n)
{
	Run *run = data;
	g_autofree OutboxResult *results = g_new0(OutboxResult, n);
	g_autofree bool *address_refused = g_new0(bool, n);
	for (size_t i = 0; i < n; i++)
		results[i] = result_of(run, first + i, &address_refused[i]);
	g_clear_error(&run->failure);
	if (!settle(run, &(Settlement){results, address_refused, (int)n}, &run->failure)) {
		run->store_failed = true;
		return;
	}
	for (size_t i = 0; i < n; i++) {
		count(run, results[i].state);
		bool waits = results[i].state == OUTBOX_READY || results[i].state == OUTBOX_RETRY;
		tell(
			run, results[i].row, waits ? "retry" : outbox_state_word((int)results[i].state), results[i].last_error,
			waits ? results[i].send_at : TIME_NONE);
	}
}

static bool open_session(Run *run, GError **error)
{
	char *secret = NULL;
	if (run->session != NULL)
		return true;
	if (!dispatch_setup_load(run->app, &run->setup, error))
		return false;
	run->setup.server.finish_timeout_ms = FINISH_TIMEOUT;
	if (run->setup.server.auth != SMTP_AUTH_NONE && !run->mail->secret_load(&run->setup.secret, &secret, error))
		return false;
	bool opened = run->mail->smtp_open(&run->setup.server, secret, &run->session, error);
	run->mail->secret_free(secret);
	return opened;
}

static bool send_rows(Run *run, GError **error)
{
	size_t n = run->rows->len;
	g_autofree SmtpMessage *messages = g_new0(SmtpMessage, n + 1);
	g_autofree SmtpResult *results = g_new0(SmtpResult, n + 1);
	SmtpCallbacks callbacks = {about_to_finish, settled, n > SINGLE_MAX ? BATCH : 1, run};
	for (size_t i = 0; i < n; i++) {
		const GString *eml = g_ptr_array_index(run->emls, i);
		messages[i] =
			(SmtpMessage){g_ptr_array_index(run->froms, i), g_ptr_array_index(run->tos, i), eml->str, eml->len};
	}
	run->results = results;
	bool alive = run->mail->smtp_send(run->session, messages, n, &callbacks, results);
	run->results = NULL;
	if (!alive)
		run->mail->smtp_quit(g_steal_pointer(&run->session));
	if (!run->store_failed)
		return true;
	g_propagate_error(error, g_steal_pointer(&run->failure));
	return false;
}

/* Claimed notes that nothing was done with go back as they were. */
static void give_back(Run *run)
{
	int64_t now = clock_now(run->app);
	for (guint i = 0; i < run->rows->len; i++)
		(void)!settle_row(run, g_ptr_array_index(run->rows, i), OUTBOX_READY, now, NULL, NULL);
}

static void forget_batch(Run *run)
{
	g_ptr_array_set_size(run->rows, 0);
	g_ptr_array_set_size(run->emls, 0);
	g_ptr_array_set_size(run->froms, 0);
	g_ptr_array_set_size(run->tos, 0);
	g_hash_table_remove_all(run->cases);
	g_clear_pointer(&run->claimed, g_ptr_array_unref);
}

/* One batch; *ret_more is false when nothing was waiting. */
static bool run_batch(Run *run, bool *ret_more, GError **error)
{
	forget_batch(run);
	if (!store_outbox_claim(run->app->store, run->app->now, LEASE_SECONDS, BATCH, &run->claimed, error))
		return false;
	*ret_more = run->claimed->len > 0;
	for (guint i = 0; i < run->claimed->len; i++)
		if (!examine(run, g_ptr_array_index(run->claimed, i), error))
			return false;
	if (run->rows->len == 0)
		return true;
	if (!open_session(run, error)) {
		give_back(run);
		*ret_more = false;
		return false;
	}
	return send_rows(run, error);
}

bool dispatch_run(App *app, Printer *printer, DispatchCounts *ret_counts, GError **error)
{
	Run run = {.app = app, .printer = printer, .counts = ret_counts};
	bool more = true, good = desk_mail_load(app, &run.mail, error);
	run.cases = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, (GDestroyNotify)case_free);
	run.rows = g_ptr_array_new();
	run.emls = g_ptr_array_new_with_free_func(free_eml);
	run.froms = g_ptr_array_new_with_free_func(g_free);
	run.tos = g_ptr_array_new_with_free_func(g_free);
	while (good && more)
		good = run_batch(&run, &more, error);
	forget_batch(&run);
	g_ptr_array_unref(run.rows);
	g_ptr_array_unref(run.emls);
	g_ptr_array_unref(run.froms);
	g_ptr_array_unref(run.tos);
	g_hash_table_unref(run.cases);
	g_clear_error(&run.failure);
	if (run.session != NULL)
		run.mail->smtp_quit(run.session);
	return good;
}
