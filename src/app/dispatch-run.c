/* dispatch-run.c - notes leave the house: claim, look once more, compose, send, settle.
 *
 * Nothing is told to the server that could make it take a note before `sending` is committed, and every outcome is
 * committed together with what follows from it.  Killed anywhere, a note is ready again, or unknown; never sent twice.
 * Whatever ends a pass, each claimed row is settled or given back, unless the store itself can no longer be written.
 */
#include "dispatch-gate.h"
#include "dispatch.h"

#include <string.h>

enum {
	BATCH = 128,             /* notes claimed at once */
	WINDOW = 32,             /* so many at most share a commit before they leave, and one after */
	SINGLE_MAX = 8,          /* up to so many each is committed by itself */
	LEASE_SECONDS = 900,     /* of a claim; begun anew whenever notes are about to leave */
	FINISH_TIMEOUT = 300000, /* milliseconds for a server to take a message */
	SETTLE_TRIES = 8,
	LOSSES_MAX = 3,       /* connections lost one after the other without a note getting through */
	CONNECTION_WAIT = 60, /* seconds, after that */
	RETRY_FIRST = 300,    /* seconds after a server's "not now"; doubled while it says so again */
	RETRY_LONGEST = 4 * 3600,
	RETRY_TIMES = 20, /* tries, and */
	RETRY_DAYS = 3,   /*        days, after which "not now" is a refusal */
};

/* A claimed row on its way through this pass. */
typedef struct Note {
	OutboxRow *row;
	GString *eml; /* what is sent; NULL until it passed the gate */
	char *from, *to;
	GError *unfit; /* why it could not be composed */
	bool settled;  /* what became of it is stored, or it is no longer ours */
} Note;

typedef struct Run {
	App *app;
	Printer *printer;
	DispatchCounts *counts;
	const DispatchFilter *only;
	const MailModule *mail;
	MailSetup setup;
	SmtpSession *session;
	GThreadPool *composer; /* writes notes while the next ones are looked at; NULL where there are few */
	int64_t composed_at;
	int composed_offset; /* of the person's clock then, in seconds */
	GHashTable *cases;   /* int64_t* to Case* */
	GPtrArray *notes;    /* of Note: all that are claimed and not settled, and the present batch */
	GPtrArray *sending;  /* of Note, borrowed: what the session was given, in its order */
	SmtpResult *results; /* of these */
	int losses;          /* connections lost in a row */
	GError *failure;     /* of a callback: the store cannot be written */
} Run;

static void note_free(void *data)
{
	Note *note = data;
	if (note->eml != NULL)
		g_string_free(note->eml, TRUE);
	outbox_row_free(note->row);
	g_free(note->from);
	g_free(note->to);
	g_clear_error(&note->unfit);
	g_free(note);
}

static int64_t clock_now(const App *app)
{
	return app->now_text != NULL ? app->now : app->clock();
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

/* ---- what became of notes is stored ---- */

typedef struct Outcome {
	Note *note;
	OutboxResult result;
	bool address_refused;
} Outcome;

static bool settle_once(Run *run, Outcome *outcomes, size_t count, GError **error)
{
	g_autoptr(GPtrArray) changes = g_ptr_array_new_with_free_func((GDestroyNotify)change_free);
	g_autoptr(GHashTable) by_case = g_hash_table_new(g_direct_hash, g_direct_equal);
	g_autofree OutboxResult *results = g_new0(OutboxResult, count);
	GHashTableIter iter;
	gpointer key = NULL;
	for (size_t i = 0; i < count; i++) {
		results[i] = outcomes[i].result;
		if (!load_case(run, results[i].row->opportunity, error))
			return false;
		Case *item = find_case(run, results[i].row->opportunity);
		Change *change = g_hash_table_lookup(by_case, item);
		if (change == NULL) {
			change = change_new(item->record);
			g_ptr_array_add(changes, change);
			g_hash_table_insert(by_case, item, change);
		}
		dispatch_apply(item, change, &results[i], outcomes[i].address_refused);
	}
	g_hash_table_iter_init(&iter, by_case);
	while (g_hash_table_iter_next(&iter, &key, NULL)) {
		case_replan(run->app, key);
		((Case *)key)->record->next_at = case_agenda_at(key);
	}
	return store_outbox_settle(run->app->store, results, (int)count, changes, error);
}

static bool is_code(const GError *error, BaseErrorCode code)
{
	return g_error_matches(error, BASE_ERROR, (int)code);
}

/* Stores outcomes together. An opportunity that another program saved in between is read and decided again. */
static bool settle_together(Run *run, Outcome *outcomes, size_t count, GError **error)
{
	for (int tries = 1;; tries++) {
		g_autoptr(GError) failure = NULL;
		bool good = settle_once(run, outcomes, count, &failure);
		for (size_t i = 0; i < count; i++) {
			outcomes[i].note->settled = good;
			if (!good) /* it was changed in memory only */
				g_hash_table_remove(run->cases, &outcomes[i].result.row->opportunity);
		}
		if (good)
			return true;
		bool again = is_code(failure, BASE_ERROR_CONFLICT) || is_code(failure, BASE_ERROR_TEMPORARY);
		if (!again || tries == SETTLE_TRIES) {
			g_propagate_error(error, g_steal_pointer(&failure));
			return false;
		}
	}
}

/* As above; where one row among them is no longer ours, the others are stored one by one. */
static bool settle(Run *run, Outcome *outcomes, size_t count, GError **error)
{
	g_autoptr(GError) failure = NULL;
	if (count == 0 || settle_together(run, outcomes, count, &failure))
		return true;
	bool lost = is_code(failure, BASE_ERROR_CONFLICT) || is_code(failure, BASE_ERROR_MISSING);
	if (!lost) {
		g_propagate_error(error, g_steal_pointer(&failure));
		return false;
	}
	for (size_t i = 0; i < count && count > 1; i++)
		if (!settle(run, &outcomes[i], 1, error))
			return false;
	outcomes[0].note->settled = true; /* it is another's by now, taken back, or deleted */
	return true;
}

/* ---- telling ---- */

static const struct {
	const char *state, *text;
	SayStyle style;
} tellings[] = {
	{"sent", "Sent", SAY_GOOD},
	{"held", "Held back", SAY_WARNING},
	{"cancelled", "Taken back", SAY_WARNING},
	{"retry", "Not yet", SAY_WARNING},
	{"unknown", "Not known whether it went", SAY_WARNING},
	{"refused", "Refused", SAY_WARNING},
};

static void tell(Run *run, const OutboxRow *row, const char *state, const char *why, int64_t until)
{
	Printer *printer = run->printer;
	Case *item = find_case(run, row->opportunity);
	size_t i = 0;
	while (i + 1 < G_N_ELEMENTS(tellings) && strcmp(tellings[i].state, state) != 0)
		i++;
	printer_object(printer, NULL);
	printer_integer(printer, "opportunity", NULL, row->opportunity);
	printer_string(printer, "to", NULL, row->to_address);
	printer_string(printer, "subject", NULL, row->subject);
	printer_string(printer, "message_id", NULL, row->message_id);
	printer_string(printer, "state", NULL, state);
	printer_string(printer, "why", NULL, why);
	printer_time(printer, "send_at", run->app->zone, until);
	printer_say(
		printer, tellings[i].style, "%s: \"%s\" to %s%s%s%s%s", tellings[i].text, row->subject,
		row->to_name == NULL ? row->to_address : row->to_name, item == NULL ? "" : ", ",
		item == NULL ? "" : item->record->facts->company, why == NULL ? "." : ". ", why == NULL ? "" : why);
	printer_object_end(printer);
}

/* ---- before the network ---- */

static bool settle_note(Run *run, Note *note, OutboxState state, int64_t send_at, const char *why, GError **error)
{
	Outcome outcome = {
		.note = note,
		.result = {.row = note->row, .state = state, .at = clock_now(run->app), .send_at = send_at, .last_error = why}};
	return settle(run, &outcome, 1, error);
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

static bool compose(const Run *run, const OutboxRow *row, GString **ret_eml, GError **error)
{
	g_auto(GStrv) id = split_references(row->message_id), parent = split_references(row->in_reply_to);
	g_auto(GStrv) references = split_references(row->references);
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
		.date_at = run->composed_at,
		.date_offset = run->composed_offset,
		.user_agent = "followup",
	};
	return run->mail->compose(&message, ret_eml, error);
}

/* Makes a note ready to be sent, or says why it never can be. Of what others use, only what never changes is touched.
 */
static void prepare(void *data, void *run_data)
{
	Note *note = data;
	const Run *run = run_data;
	(void)(run->mail->address_to_ascii(note->row->from_address, &note->from, &note->unfit) &&
		   run->mail->address_to_ascii(note->row->to_address, &note->to, &note->unfit) &&
		   compose(run, note->row, &note->eml, &note->unfit));
}

static void start_composing(Run *run, size_t notes)
{
	run->composed_at = clock_now(run->app);
	run->composed_offset = zone_offset_at(run->app->zone, run->composed_at);
	run->composer = notes > SINGLE_MAX ? g_thread_pool_new(prepare, run, 1, FALSE, NULL) : NULL;
}

static void finish_composing(Run *run)
{
	if (run->composer != NULL)
		g_thread_pool_free(g_steal_pointer(&run->composer), FALSE, TRUE);
}

static bool keep_back(Run *run, Note *note, GateAnswer answer, int64_t until, const char *why, GError **error)
{
	bool holds = answer == GATE_HOLD;
	*(holds ? &run->counts->held : &run->counts->cancelled) += 1;
	tell(run, note->row, holds ? "held" : "cancelled", why, until);
	return settle_note(run, note, holds ? OUTBOX_READY : OUTBOX_CANCELLED, until, why, error);
}

/* A claimed row is looked at once more: it passes, and is being made ready to be sent, or is settled here. */
static bool examine(Run *run, Note *note, GError **error)
{
	GateAnswer answer = GATE_CANCEL;
	g_autofree char *why = NULL;
	g_autoptr(GError) missing = NULL;
	int64_t until = TIME_NONE;
	if (!load_case(run, note->row->opportunity, &missing)) {
		note->settled = is_code(missing, BASE_ERROR_MISSING); /* deleted just now, and the row with it */
		if (!note->settled)
			g_propagate_error(error, g_steal_pointer(&missing));
		return note->settled;
	}
	Case *item = find_case(run, note->row->opportunity);
	if (!gate_ask(run->app, item, note->row, &answer, &why, &until, error))
		return false;
	if (answer != GATE_PASS)
		return keep_back(run, note, answer, until, why, error);
	g_ptr_array_add(run->sending, note);
	if (run->composer == NULL)
		prepare(note, run);
	else
		g_thread_pool_push(run->composer, note, NULL);
	return true;
}

/* All from `first` on; those that pass stand in run->sending then. */
static bool examine_all(Run *run, guint first, GError **error)
{
	bool good = true;
	start_composing(run, run->notes->len - first);
	for (guint i = first; good && i < run->notes->len; i++)
		good = examine(run, g_ptr_array_index(run->notes, i), error);
	finish_composing(run);
	for (guint i = 0; good && i < run->sending->len;) {
		Note *note = g_ptr_array_index(run->sending, i);
		if (note->unfit == NULL) {
			i++;
			continue;
		}
		good = keep_back(run, note, GATE_CANCEL, TIME_NONE, note->unfit->message, error);
		g_ptr_array_remove_index(run->sending, i);
	}
	return good;
}

/* ---- the network ---- */

static Note *sending_note(Run *run, size_t index)
{
	return g_ptr_array_index(run->sending, index);
}

/* The commit before the server may take the notes. One that is no longer ours holds all of them back: the others are
 * claimed anew, without it. */
static bool about_to_finish(void *data, size_t first, size_t n)
{
	Run *run = data;
	g_autoptr(GPtrArray) rows = g_ptr_array_new();
	for (size_t i = first; i < first + n; i++)
		g_ptr_array_add(rows, sending_note(run, i)->row);
	if (run->failure != NULL ||
		!store_outbox_mark_sending(run->app->store, rows, clock_now(run->app), LEASE_SECONDS, &run->failure))
		return false;
	for (size_t i = first; i < first + n; i++)
		if (!g_ptr_array_find(rows, sending_note(run, i)->row, NULL))
			sending_note(run, i)->settled = true;
	return rows->len == n;
}

static int64_t back_off(const OutboxRow *row)
{
	int64_t wait = RETRY_FIRST;
	for (int64_t i = 1; row->response != NULL && i < row->claims && wait < RETRY_LONGEST; i++)
		wait *= 2;
	return MIN(wait, RETRY_LONGEST);
}

/* A mailbox that the server does not know; what it refuses by policy (X.7.X of RFC 3463) is not the address's fault. */
static bool is_address_refused(const SmtpResult *smtp)
{
	bool about_mailbox = smtp->code == 550 || smtp->code == 551 || smtp->code == 553;
	return smtp->outcome == SMTP_REFUSED && smtp->stage == SMTP_AT_RECIPIENT && about_mailbox &&
		   strstr(smtp->text, "5.7.") == NULL;
}

static void judge_retry(Run *run, const SmtpResult *smtp, OutboxResult *result)
{
	const OutboxRow *row = result->row;
	if (smtp->stage == SMTP_AT_CONNECTION) { /* nothing was said about it; at once, while the connection works */
		result->state = OUTBOX_READY;
		result->send_at = result->at + (run->losses >= LOSSES_MAX ? CONNECTION_WAIT : 0);
		result->response = row->response;
		return;
	}
	bool enough = row->claims >= RETRY_TIMES && result->at - row->created_at > (int64_t)RETRY_DAYS * DAY_SECONDS;
	result->state = enough ? OUTBOX_REFUSED : OUTBOX_RETRY;
	result->send_at = result->at + back_off(row);
}

static Outcome outcome_of(Run *run, size_t index)
{
	const SmtpResult *smtp = &run->results[index];
	int64_t now = clock_now(run->app);
	Outcome outcome = {
		.note = sending_note(run, index),
		.result =
			{.at = now, .send_at = now, .response = smtp->code == 0 ? NULL : smtp->text, .last_error = smtp->text},
		.address_refused = is_address_refused(smtp)};
	outcome.result.row = outcome.note->row;
	if (smtp->outcome == SMTP_RETRY)
		judge_retry(run, smtp, &outcome.result);
	else
		outcome.result.state = smtp->outcome == SMTP_SENT      ? OUTBOX_SENT
							   : smtp->outcome == SMTP_UNKNOWN ? OUTBOX_UNKNOWN
															   : OUTBOX_REFUSED;
	if (outcome.result.state == OUTBOX_SENT)
		outcome.result.last_error = NULL;
	return outcome;
}

static void tell_outcome(Run *run, const Outcome *outcome)
{
	DispatchCounts *counts = run->counts;
	OutboxState state = outcome->result.state;
	const OutboxResult *result = &outcome->result;
	if (state == OUTBOX_READY && run->losses < LOSSES_MAX)
		return; /* its turn comes in this same pass */
	bool waits = state == OUTBOX_READY || state == OUTBOX_RETRY;
	*(state == OUTBOX_SENT      ? &counts->sent
	  : state == OUTBOX_UNKNOWN ? &counts->unknown
	  : state == OUTBOX_REFUSED ? &counts->refused
								: &counts->retry) += 1;
	tell(
		run, result->row, waits ? "retry" : outbox_state_word((int)state), result->last_error,
		waits ? result->send_at : TIME_NONE);
}

/* What the server said of notes [first, first + n). */
static void settled(void *data, size_t first, size_t n)
{
	Run *run = data;
	g_autofree Outcome *outcomes = g_new0(Outcome, n);
	size_t count = 0;
	bool progress = false;
	for (size_t i = first; i < first + n; i++)
		progress = progress || run->results[i].stage != SMTP_AT_CONNECTION;
	run->losses = progress ? 0 : run->losses;
	for (size_t i = first; i < first + n; i++)
		if (!sending_note(run, i)->settled)
			outcomes[count++] = outcome_of(run, i);
	g_autoptr(GError) failure = NULL;
	if (!settle(run, outcomes, count, &failure) && run->failure == NULL)
		run->failure = g_steal_pointer(&failure);
	for (size_t i = 0; i < count && run->failure == NULL; i++)
		tell_outcome(run, &outcomes[i]);
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

static bool transmit(Run *run, GError **error)
{
	size_t n = run->sending->len;
	g_autofree SmtpMessage *messages = g_new0(SmtpMessage, n);
	g_autofree SmtpResult *results = g_new0(SmtpResult, n);
	SmtpCallbacks callbacks = {about_to_finish, settled, n > SINGLE_MAX ? WINDOW : 1, run};
	for (size_t i = 0; i < n; i++) {
		const Note *note = sending_note(run, i);
		messages[i] = (SmtpMessage){note->from, note->to, note->eml->str, note->eml->len};
	}
	run->results = results;
	run->losses++; /* until a note gets through */
	bool alive = run->mail->smtp_send(run->session, messages, n, &callbacks, results);
	run->results = NULL;
	if (!alive)
		run->mail->smtp_quit(g_steal_pointer(&run->session));
	if (run->failure == NULL)
		return true;
	g_propagate_error(error, g_steal_pointer(&run->failure));
	return false;
}

/* Forgets what is settled. */
static void forget_settled(Run *run)
{
	g_ptr_array_set_size(run->sending, 0);
	for (guint i = run->notes->len; i-- > 0;)
		if (((Note *)g_ptr_array_index(run->notes, i))->settled)
			g_ptr_array_remove_index_fast(run->notes, i);
	g_hash_table_remove_all(run->cases);
}

/* Claimed notes that nothing was done with are ready again, as they were. Where the store cannot be written, or one is
 * another's by now, the lease ends by itself. */
static void give_back(Run *run)
{
	g_autofree OutboxResult *results = g_new0(OutboxResult, run->notes->len);
	int count = 0;
	for (guint i = 0; i < run->notes->len; i++) {
		const Note *note = g_ptr_array_index(run->notes, i);
		if (!note->settled)
			results[count++] = (OutboxResult){
				.row = note->row,
				.state = OUTBOX_READY,
				.at = clock_now(run->app),
				.send_at = note->row->send_at,
				.response = note->row->response,
				.last_error = note->row->last_error};
	}
	if (count == 0 || store_outbox_settle(run->app->store, results, count, NULL, NULL))
		return;
	for (int i = 0; i < count; i++)
		(void)!store_outbox_settle(run->app->store, &results[i], 1, NULL, NULL);
}

/* All that is due, a batch at a time; or what was asked for, and nothing of anybody else's. */
static bool claim(Run *run, GPtrArray **ret_rows, GError **error)
{
	const DispatchFilter *only = run->only;
	if (only == NULL)
		return store_outbox_claim(run->app->store, run->app->now, LEASE_SECONDS, BATCH, ret_rows, error);
	const OutboxScope scope = {
		.account = ACCOUNT_SELF, .opportunity = only->opportunity, .person = only->person, .step = only->step};
	return store_outbox_claim_of(run->app->store, &scope, run->app->now, LEASE_SECONDS, ret_rows, error);
}

/* One batch; *ret_more is false when nothing was waiting. */
static bool run_batch(Run *run, bool *ret_more, GError **error)
{
	g_autoptr(GPtrArray) rows = NULL;
	forget_settled(run);
	run->app->now = clock_now(run->app);
	if (!claim(run, &rows, error))
		return false;
	guint first = run->notes->len;
	for (guint i = 0; i < rows->len; i++) {
		Note *note = g_new0(Note, 1);
		note->row = g_ptr_array_index(rows, i);
		g_ptr_array_add(run->notes, note);
	}
	g_ptr_array_set_free_func(rows, NULL); /* the notes own them now */
	if (!examine_all(run, first, error))
		return false;
	if (run->sending->len > 0 && (!open_session(run, error) || !transmit(run, error)))
		return false;
	*ret_more = rows->len > 0 && run->losses < LOSSES_MAX;
	return true;
}

bool dispatch_run(App *app, const DispatchFilter *only, Printer *printer, DispatchCounts *ret_counts, GError **error)
{
	Run run = {.app = app, .printer = printer, .counts = ret_counts, .only = only};
	bool more = true;
	if (!desk_mail_load(app, &run.mail, error))
		return false;
	run.cases = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, (GDestroyNotify)case_free);
	run.notes = g_ptr_array_new_with_free_func(note_free);
	run.sending = g_ptr_array_new();
	bool good = true;
	while (good && more)
		good = run_batch(&run, &more, error);
	give_back(&run);
	g_ptr_array_unref(run.sending);
	g_ptr_array_unref(run.notes);
	g_hash_table_unref(run.cases);
	g_clear_error(&run.failure);
	if (run.session != NULL)
		run.mail->smtp_quit(run.session);
	return good;
}
