/* dispatch-run.c - notes leave the house: claim, look once more, compose, send, settle.
 *
 * Nothing is told to the server that could make it take a note before `sending` is committed, and every outcome is
 * committed together with what follows from it.  Killed anywhere, a note is ready again, or unknown; never sent twice.
 * Whatever ends a pass, each claimed row is settled or given back, unless the store itself can no longer be written.
 */
#include "dispatch-gate.h"
#include "dispatch.h"
#include "watch.h"

#include <base/address.h>
#include <string.h>

enum {
	CLAIM = 128,             /* notes claimed at once */
	SINGLE_MAX = 8,          /* where no more wait, each is committed by itself, */
	QUICK = 20000,           /* and so it is where a server takes longer than this for one, in microseconds; else */
	GROUP = 8,               /* so many share a commit: so many are in doubt after a crash, */
	GROUP_LONGEST = 32,      /* or up to so many where the disk takes more time than all else */
	LEASE_SECONDS = 900,     /* of a claim; begun anew whenever notes are about to leave */
	FINISH_TIMEOUT = 300000, /* milliseconds for a server to take a message */
	SETTLE_TRIES = 8,
	LOSSES_MAX = 3,       /* connections lost one after the other without a note getting through */
	CONNECTION_WAIT = 60, /* seconds, after that */
	SENDER_WAIT = 3600,   /* seconds, after the server refused the sender */
	RETRY_FIRST = 300,    /* seconds after a server's "not now"; doubled while it says so again */
	RETRY_LONGEST = 4 * 3600,
	RETRY_TIMES = 20, /* tries, and */
	RETRY_DAYS = 3,   /*        days, after which "not now" is a refusal */
};

/* A claimed row on its way through this pass. */
typedef struct Note {
	OutboxRow *row;
	GString *eml;
	char *from, *to;
	SmtpMessage message; /* of these */
	SmtpResult said;     /* by the server */
	char *held;          /* why it is held back although it was its turn, or NULL */
	OutboxResult result; /* what became of it; borrows from the above */
	bool address_refused;
} Note;

typedef struct Run {
	App *app;
	Printer *printer;
	DispatchCounts *counts;
	const DispatchFilter *only;
	const MailModule *mail;
	const NetModule *net; /* of the session */
	MailSetup setup;      /* loaded when the first note passed the gate */
	SmtpSession *session;
	GHashTable *cases; /* int64_t* to Case*, of the notes in hand */
	/* Of Note, in their order. Those before `told` have a result that is not stored yet; those before `leaving` are
	 * marked as being sent; those before `taken` were given to the session; those before `ready` passed the gate. */
	GPtrArray *notes;
	guint told, leaving, taken, ready;
	bool many;           /* more wait than are committed one by one */
	bool all_claimed;    /* nothing else waits */
	guint group;         /* how many left with the last commit, */
	int64_t group_at;    /* when (monotonic, microseconds), */
	int64_t commit_time; /* and how long it took */
	int losses;          /* connections lost in a row */
	SmtpResult loss;     /* the last */
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
	g_free(note->held);
	g_free(note);
}

static Note *run_note(const Run *run, guint index)
{
	return g_ptr_array_index(run->notes, index);
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

static gboolean is_idle(gpointer id, gpointer item, gpointer data)
{
	const Run *run = data;
	(void)item;
	for (guint i = 0; i < run->ready; i++)
		if (run_note(run, i)->row->opportunity == *(int64_t *)id)
			return FALSE;
	return TRUE;
}

/* Forgets those that no note in hand belongs to. */
static void forget_cases(Run *run)
{
	g_hash_table_foreach_remove(run->cases, is_idle, run);
}

/* ---- what became of notes is stored ---- */

/* What became of the first `count` of the notes, and that `leaving` leave (or NULL). */
static bool settle_once(Run *run, Note **notes, guint count, GPtrArray *leaving, GError **error)
{
	g_autoptr(GPtrArray) changes = g_ptr_array_new_with_free_func((GDestroyNotify)change_free);
	g_autoptr(GHashTable) by_case = g_hash_table_new(g_direct_hash, g_direct_equal);
	g_autofree OutboxResult *results = g_new0(OutboxResult, count);
	GHashTableIter iter;
	gpointer key = NULL;
	for (guint i = 0; i < count; i++) {
		results[i] = notes[i]->result;
		if (!load_case(run, results[i].row->opportunity, error))
			return false;
		Case *item = find_case(run, results[i].row->opportunity);
		Change *change = g_hash_table_lookup(by_case, item);
		if (change == NULL) {
			change = change_new(item->record);
			g_ptr_array_add(changes, change);
			g_hash_table_insert(by_case, item, change);
		}
		dispatch_apply(item, change, &results[i], notes[i]->address_refused);
	}
	g_hash_table_iter_init(&iter, by_case);
	while (g_hash_table_iter_next(&iter, &key, NULL)) {
		case_replan(run->app, key);
		((Case *)key)->record->next_at = case_agenda_at(key);
	}
	const OutboxTurn turn = {
		.results = results,
		.count = (int)count,
		.changes = changes,
		.leaving = leaving,
		.now = clock_now(run->app),
		.lease_seconds = LEASE_SECONDS};
	return store_outbox_turn(run->app->store, &turn, error);
}

static bool is_code(const GError *error, BaseErrorCode code)
{
	return g_error_matches(error, BASE_ERROR, (int)code);
}

/* As above. An opportunity that another program saved in between is read and decided again. */
static bool settle_together(Run *run, Note **notes, guint count, GPtrArray *leaving, GError **error)
{
	for (int tries = 1;; tries++) {
		g_autoptr(GError) failure = NULL;
		if (settle_once(run, notes, count, leaving, &failure))
			return true;
		for (guint i = 0; i < count; i++) /* it was changed in memory only */
			g_hash_table_remove(run->cases, &notes[i]->row->opportunity);
		bool again = is_code(failure, BASE_ERROR_CONFLICT) || is_code(failure, BASE_ERROR_TEMPORARY);
		if (!again || tries == SETTLE_TRIES) {
			g_propagate_error(error, g_steal_pointer(&failure));
			return false;
		}
	}
}

/* As above; where one row among them is no longer ours, the others are stored one by one. */
static bool settle(Run *run, Note **notes, guint count, GPtrArray *leaving, GError **error)
{
	g_autoptr(GError) failure = NULL;
	if (settle_together(run, notes, count, leaving, &failure))
		return true;
	bool lost = count > 0 && (is_code(failure, BASE_ERROR_CONFLICT) || is_code(failure, BASE_ERROR_MISSING));
	if (!lost) {
		g_propagate_error(error, g_steal_pointer(&failure));
		return false;
	}
	for (guint i = 0; i < count && count > 1; i++)
		if (!settle(run, notes + i, 1, NULL, error))
			return false;
	/* One by itself is another's by now, taken back, or deleted. */
	return leaving == NULL || settle(run, NULL, 0, leaving, error);
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
	int64_t now = clock_now(run->app);
	MailMessage message = {
		.from_name = run->setup.from_name,
		.from_address = run->setup.from_address,
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

/* Makes a note ready to be sent, or says why it never can be. It leaves from the account as it is set up now. */
static bool write_note(const Run *run, Note *note, GError **error)
{
	if (!address_to_ascii(run->setup.from_address, &note->from, error) ||
		!address_to_ascii(note->row->to_address, &note->to, error) || !compose(run, note->row, &note->eml, error))
		return false;
	note->message = (SmtpMessage){note->from, note->to, note->eml->str, note->eml->len};
	return true;
}

/* The note at run->ready does not leave: it goes out of hand. */
static bool keep_back(Run *run, GateAnswer answer, int64_t until, const char *why, GError **error)
{
	Note *note = run_note(run, run->ready);
	bool holds = answer == GATE_HOLD;
	note->result = (OutboxResult){
		.row = note->row,
		.state = holds ? OUTBOX_READY : OUTBOX_CANCELLED,
		.at = clock_now(run->app),
		.send_at = until,
		.last_error = why};
	*(holds ? &run->counts->held : &run->counts->cancelled) += 1;
	tell(run, note->row, holds ? "held" : "cancelled", why, until);
	if (!settle(run, &note, 1, NULL, error))
		return false;
	g_ptr_array_remove_index(run->notes, run->ready);
	return true;
}

static bool judge_note(Run *run, Note *note, GError **error)
{
	GateAnswer answer = GATE_CANCEL;
	g_autofree char *why = NULL;
	g_autoptr(GError) unfit = NULL;
	int64_t until = TIME_NONE;
	Case *item = find_case(run, note->row->opportunity);
	if (!gate_ask(run->app, item, note->row, &answer, &why, &until, error))
		return false;
	if (answer != GATE_PASS)
		return keep_back(run, answer, until, why, error);
	if (run->setup.from_address == NULL && !dispatch_setup_load(run->app, &run->setup, error))
		return false;
	if (!write_note(run, note, &unfit))
		return keep_back(run, GATE_CANCEL, TIME_NONE, unfit->message, error);
	run->ready++;
	return true;
}

/* The claimed note at run->ready is looked at once more: it passes and is made ready to be sent, or it goes out of
 * hand. */
static bool examine(Run *run, GError **error)
{
	g_autoptr(GError) missing = NULL;
	Note *note = run_note(run, run->ready);
	run->app->now = clock_now(run->app);
	if (!load_case(run, note->row->opportunity, &missing)) {
		if (!is_code(missing, BASE_ERROR_MISSING)) {
			g_propagate_error(error, g_steal_pointer(&missing));
			return false;
		}
		g_ptr_array_remove_index(run->notes, run->ready); /* deleted just now, and the row with it */
		return true;
	}
	return judge_note(run, note, error);
}

/* All that is due, some at a time; or what was asked for, and nothing of anybody else's. */
static bool claim_rows(Run *run, GPtrArray **ret_rows, GError **error)
{
	const DispatchFilter *only = run->only;
	if (only == NULL)
		return store_outbox_claim(run->app->store, run->app->now, LEASE_SECONDS, CLAIM, ret_rows, error);
	const OutboxScope scope = {
		.account = ACCOUNT_SELF,
		.opportunity = only->opportunity,
		.person = only->person,
		.step = only->step,
		.draft = only->draft};
	return store_outbox_claim_of(run->app->store, &scope, run->app->now, LEASE_SECONDS, ret_rows, error);
}

static bool claim(Run *run, GError **error)
{
	g_autoptr(GPtrArray) rows = NULL;
	forget_cases(run);
	run->app->now = clock_now(run->app);
	if (!claim_rows(run, &rows, error))
		return false;
	for (guint i = 0; i < rows->len; i++) {
		Note *note = g_new0(Note, 1);
		note->row = g_ptr_array_index(rows, i);
		g_ptr_array_add(run->notes, note);
	}
	g_ptr_array_set_free_func(rows, NULL); /* the notes own them now */
	if (rows->len > 0 && !watch_before_sending(run->app, run->printer, error))
		return false;
	run->all_claimed = run->only != NULL || rows->len < CLAIM;
	run->many = run->many || rows->len > SINGLE_MAX;
	return true;
}

/* Until so many are ready, or no other is left. */
static bool prepare_until(Run *run, guint enough, GError **error)
{
	bool good = true;
	while (good && run->ready < enough && !(run->ready == run->notes->len && run->all_claimed) &&
		   !desk_is_stopping(run->app))
		good = run->ready == run->notes->len ? claim(run, error) : examine(run, error);
	return good;
}

/* ---- what the server said ---- */

static int64_t back_off(const OutboxRow *row)
{
	int64_t wait = RETRY_FIRST;
	for (int64_t i = 1; row->response != NULL && i < row->claims && wait < RETRY_LONGEST; i++)
		wait *= 2;
	return MIN(wait, RETRY_LONGEST);
}

/* A mailbox that the server does not know; what it refuses by policy (X.7.X of RFC 3463) is not the address's fault. */
static bool is_address_refused(const SmtpResult *said)
{
	bool about_mailbox = said->code == 550 || said->code == 551 || said->code == 553;
	return said->outcome == SMTP_REFUSED && said->stage == SMTP_AT_RECIPIENT && about_mailbox &&
		   strstr(said->text, "5.7.") == NULL;
}

/* Who we are, or that we logged in, is nothing the note or its reader could help (530: RFC 4954, 6). */
static bool is_sender_refused(const SmtpResult *said)
{
	return said->outcome == SMTP_REFUSED && (said->stage == SMTP_AT_SENDER || said->code == 530);
}

static void judge_retry(Run *run, const SmtpResult *said, OutboxResult *result)
{
	const OutboxRow *row = result->row;
	if (said->stage == SMTP_AT_CONNECTION) { /* nothing was said about it; at once, while the connection works */
		result->state = OUTBOX_READY;
		result->send_at = result->at + (run->losses >= LOSSES_MAX ? CONNECTION_WAIT : 0);
		result->response = row->response;
		return;
	}
	bool enough = row->claims >= RETRY_TIMES && result->at - row->created_at > (int64_t)RETRY_DAYS * DAY_SECONDS;
	result->state = enough ? OUTBOX_REFUSED : OUTBOX_RETRY;
	result->send_at = result->at + back_off(row);
}

/* It stays approved, and waits for other settings. */
static void hold_for_sender(Note *note)
{
	note->held = g_strdup_printf(
		"The mail server does not take %s as the sender (%d %s); set the mail account right with: followup config mail",
		note->from, note->said.code, note->said.text);
	note->result.state = OUTBOX_READY;
	note->result.send_at = note->result.at + SENDER_WAIT;
	note->result.last_error = note->held;
}

static void judge(Run *run, Note *note, const SmtpResult *said)
{
	int64_t now = clock_now(run->app);
	note->said = *said;
	note->address_refused = is_address_refused(said);
	note->result = (OutboxResult){
		.row = note->row,
		.at = now,
		.send_at = now,
		.response = said->code == 0 ? NULL : note->said.text,
		.last_error = said->outcome == SMTP_SENT ? NULL : note->said.text};
	if (is_sender_refused(said))
		hold_for_sender(note);
	else if (said->outcome == SMTP_RETRY)
		judge_retry(run, said, &note->result);
	else
		note->result.state = said->outcome == SMTP_SENT      ? OUTBOX_SENT
							 : said->outcome == SMTP_UNKNOWN ? OUTBOX_UNKNOWN
															 : OUTBOX_REFUSED;
}

static void tell_outcome(Run *run, const Note *note)
{
	DispatchCounts *counts = run->counts;
	const OutboxResult *result = &note->result;
	OutboxState state = result->state;
	if (state == OUTBOX_READY && note->held == NULL && run->losses < LOSSES_MAX)
		return; /* its turn comes in this same pass */
	bool waits = state == OUTBOX_READY || state == OUTBOX_RETRY;
	*(state == OUTBOX_SENT      ? &counts->sent
	  : state == OUTBOX_UNKNOWN ? &counts->unknown
	  : state == OUTBOX_REFUSED ? &counts->refused
	  : note->held != NULL      ? &counts->held
								: &counts->retry) += 1;
	tell(
		run, result->row,
		note->held != NULL ? "held"
		: waits            ? "retry"
						   : outbox_state_word((int)state),
		result->last_error, waits ? result->send_at : TIME_NONE);
}

/* ---- commits ---- */

/* Notes that were told of go out of hand. */
static void forget_told(Run *run)
{
	guint gone = run->told;
	if (gone == 0)
		return;
	g_ptr_array_remove_range(run->notes, 0, gone);
	run->told = 0;
	run->leaving -= MIN(run->leaving, gone);
	run->taken -= MIN(run->taken, gone);
	run->ready -= gone;
	forget_cases(run);
}

/* Those among the next n that are no longer ours go out of hand; false if the first is among them. */
static bool keep_leaving(Run *run, const GPtrArray *rows, guint n)
{
	bool first = true;
	for (guint i = run->told + n; i-- > run->told;) {
		if (g_ptr_array_find((GPtrArray *)rows, run_note(run, i)->row, NULL))
			continue;
		first = first && i != run->told;
		g_ptr_array_remove_index(run->notes, i);
		run->ready--;
	}
	run->leaving = run->told + rows->len;
	return first;
}

/* One commit for what is known and for the n notes that may leave then. False if the first of them may not. */
static bool commit(Run *run, guint n)
{
	g_autoptr(GPtrArray) rows = n == 0 ? NULL : g_ptr_array_new();
	if (run->failure != NULL)
		return false;
	for (guint i = run->told; i < run->told + n; i++)
		g_ptr_array_add(rows, run_note(run, i)->row);
	int64_t begun = g_get_monotonic_time();
	if ((n > 0 || run->told > 0) && !settle(run, (Note **)run->notes->pdata, run->told, rows, &run->failure))
		return false;
	run->commit_time = g_get_monotonic_time() - begun;
	bool leaves = n > 0 && keep_leaving(run, rows, n);
	for (guint i = 0; i < run->told; i++)
		tell_outcome(run, run_note(run, i));
	forget_told(run);
	return leaves;
}

/* ---- the network ---- */

static const SmtpMessage *next(void *data)
{
	Run *run = data;
	if (run->failure != NULL || !prepare_until(run, run->taken + 1, &run->failure) || run->taken == run->ready ||
		desk_is_stopping(run->app))
		return NULL;
	return &run_note(run, run->taken++)->message;
}

/* How many leave with the next commit. */
static guint next_group(Run *run)
{
	int64_t now = g_get_monotonic_time(), passed = now - run->group_at;
	guint group = MAX(run->group, GROUP);
	if (!run->many || run->group == 0 || passed >= (int64_t)run->group * QUICK)
		group = 1;
	else if (run->commit_time * 2 > passed)
		group = MIN(group * 2, GROUP_LONGEST);
	else if (run->commit_time * 8 < passed)
		group = MAX(group / 2, GROUP);
	run->group = group;
	run->group_at = now;
	return group;
}

/* The commit before the server may take the note; it may cover others that follow. */
static bool may_finish(void *data)
{
	Run *run = data;
	if (run->told < run->leaving)
		return true;
	guint n = next_group(run);
	return run->failure == NULL && prepare_until(run, run->told + n, &run->failure) &&
		   commit(run, MIN(n, run->ready - run->told));
}

static void told(void *data, const SmtpResult *said)
{
	Run *run = data;
	if (said->stage != SMTP_AT_CONNECTION)
		run->losses = 0;
	else
		run->loss = *said;
	judge(run, run_note(run, run->told++), said);
}

/* While the server is at work: what is known is stored before anything else is waited for, and the next notes are made
 * ready; not many, so that what the gate saw of them is not old when they leave. */
static void meanwhile(void *data)
{
	Run *run = data;
	if (run->told > 0 && run->told >= run->leaving)
		commit(run, 0);
	if (run->failure == NULL && run->ready < run->told + 2 * MAX(run->group, 1))
		(void)!prepare_until(run, run->ready + 1, &run->failure);
}

static bool open_session(Run *run, GError **error)
{
	char *secret = NULL;
	if (run->session != NULL)
		return true;
	run->setup.server.finish_timeout_ms = FINISH_TIMEOUT;
	if (!desk_net_load(run->app, &run->net, error))
		return false;
	if (run->setup.server.auth != SMTP_AUTH_NONE && !run->mail->secret_load(&run->setup.secret, &secret, error))
		return false;
	bool opened = run->net->smtp_open(&run->setup.server, secret, &run->session, error);
	run->mail->secret_free(secret);
	return opened;
}

/* After too many losses: what was said of the last holds for all that were to follow. */
static void put_off(Run *run)
{
	while (run->losses >= LOSSES_MAX && run->told < run->ready)
		judge(run, run_note(run, run->told++), &run->loss);
}

static bool transmit(Run *run, GError **error)
{
	const SmtpCallbacks callbacks = {next, may_finish, told, meanwhile, run};
	run->taken = 0;
	run->group = 0;
	run->losses++; /* until a note gets through */
	run->loss = (SmtpResult){.outcome = SMTP_RETRY, .stage = SMTP_AT_CONNECTION, .text = "the connection was lost"};
	if (!run->net->smtp_send(run->session, &callbacks))
		run->net->smtp_quit(g_steal_pointer(&run->session));
	if (run->failure == NULL)
		put_off(run);
	commit(run, 0);
	if (run->failure == NULL)
		return true;
	g_propagate_error(error, g_steal_pointer(&run->failure));
	return false;
}

/* Claimed notes that nothing was done with are ready again, as they were; of what the server was told the end of, only
 * its answer may decide. Where the store cannot be written, or one is another's by now, the lease ends by itself. */
static void give_back(Run *run)
{
	g_autofree OutboxResult *results = g_new0(OutboxResult, run->notes->len);
	int count = 0;
	g_ptr_array_remove_range(run->notes, 0, run->told);
	for (guint i = 0; i < run->notes->len; i++) {
		const OutboxRow *row = run_note(run, i)->row;
		results[count++] = (OutboxResult){
			.row = row,
			.state = OUTBOX_READY,
			.at = clock_now(run->app),
			.send_at = row->send_at,
			.response = row->response,
			.last_error = row->last_error};
	}
	if (count == 0 || store_outbox_settle(run->app->store, results, count, NULL, NULL))
		return;
	for (int i = 0; i < count; i++)
		(void)!store_outbox_settle(run->app->store, &results[i], 1, NULL, NULL);
}

/* All that waits, over one connection if it holds; *ret_more is false when nothing was waiting. */
static bool run_once(Run *run, bool *ret_more, GError **error)
{
	run->all_claimed = false;
	if (!prepare_until(run, 1, error))
		return false;
	*ret_more = run->ready > 0;
	if (run->ready > 0 && (!open_session(run, error) || !transmit(run, error)))
		return false;
	*ret_more = *ret_more && run->losses < LOSSES_MAX && !desk_is_stopping(run->app);
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
	bool good = true;
	while (good && more)
		good = run_once(&run, &more, error);
	give_back(&run);
	g_ptr_array_unref(run.notes);
	g_hash_table_unref(run.cases);
	g_clear_error(&run.failure);
	if (run.session != NULL)
		run.net->smtp_quit(run.session);
	return good;
}
