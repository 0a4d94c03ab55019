/* op-today.c - followup, without more: what to do today, by when, why, and with which command.
 *
 * Reads only the part of the agenda whose time has come, so that it takes the same time however much is on record, and
 * keeps of each opportunity only what is shown of it.  People see tasks, programs get every step.
 */
#include "ops.h"
#include "tell.h"
#include "today-lines.h"
#include "today-rows.h"
#include "watch.h"

enum {
	DUE_LIMIT = 200,
	COMING_LIMIT = 5,
	COMING_LOOK = 60, /* looked at where the first few leave it open what comes first */
	CALM_MAX = 5,     /* with more to see to, people are not shown what comes later, nor what need not be done */
};

typedef struct Agenda {
	App *app;
	Plan *plan;        /* of one opportunity after the other */
	GArray *places;    /* of NextAt: what is due by the store, but not by its plan any more */
	TodayLines *lines; /* NULL where no person looks */
	TodayRows *rows;   /* NULL where no program does */
	guint looked_at;   /* opportunities */
	guint due;         /* of them, with something to do now */
	int64_t mails;     /* that wait for their reader's word */
	int coming_max;
	GPtrArray *leaving, *left; /* of NoteRow; where a program looks */
	bool is_cut, is_empty;
} Agenda;

static bool is_case_due(const Agenda *agenda, const Case *item, int64_t *ret_at)
{
	*ret_at = case_agenda_at(item);
	return *ret_at != TIME_NONE && *ret_at <= agenda->app->now;
}

static void add_due(Agenda *agenda, const Case *item)
{
	agenda->due++;
	if (agenda->lines != NULL)
		today_lines_add_due(agenda->lines, item);
	if (agenda->rows != NULL)
		today_rows_add_due(agenda->rows, item);
}

static void add_coming(Agenda *agenda, const Case *item)
{
	if (agenda->lines != NULL)
		today_lines_add_coming(agenda->lines, item);
	if (agenda->rows != NULL)
		today_rows_add_coming(agenda->rows, item);
}

/* Plans a record, and keeps what is to be shown of it. */
static bool take_record(Record *record, void *data, GError **error)
{
	Agenda *agenda = data;
	Case item = {.record = record, .plan = agenda->plan};
	NextAt place = {record->id, record->revision, 0};
	if (!case_playbook_load(agenda->app, record, &item.playbook, error))
		return false;
	case_replan(agenda->app, &item);
	agenda->looked_at++;
	if (is_case_due(agenda, &item, &place.next_at))
		add_due(agenda, &item);
	else if (place.next_at != TIME_NONE)
		add_coming(agenda, &item);
	if (record->next_at <= agenda->app->now && (place.next_at == TIME_NONE || place.next_at > agenda->app->now))
		g_array_append_val(agenda->places, place);
	return true;
}

/* Opportunities that were on the agenda and have nothing to do any more get their new place, so that they are not read
 * again and again. Where the store cannot be written this is left out; under --now it would be wrong by the clock. */
static void keep_places(const Agenda *agenda)
{
	App *app = agenda->app;
	if (agenda->places->len > 0 && app->now_text == NULL && desk_open(app, OP_STORE_WRITE, NULL))
		(void)!store_next_at_save(app->store, ACCOUNT_SELF, agenda->places, NULL, NULL);
}

static bool load_due(Agenda *agenda, GError **error)
{
	App *app = agenda->app;
	const StoreVisit visit = {app->now, DUE_LIMIT, take_record, agenda};
	int64_t count = 0;
	if (!store_due_count(app->store, ACCOUNT_SELF, app->now, &count, error))
		return false;
	if (count > CALM_MAX)
		app->names_left = 0;
	if (count > CALM_MAX && agenda->lines != NULL)
		today_lines_set_pressing(agenda->lines);
	if (!store_due_visit(app->store, ACCOUNT_SELF, &visit, error))
		return false;
	agenda->is_cut = agenda->looked_at == DUE_LIMIT;
	return true;
}

/* Mails that wait for a word, each with the opportunity it is about. */
static bool load_inbox(Agenda *agenda, GError **error)
{
	enum { MAILS_MAX = 20 };
	App *app = agenda->app;
	g_autoptr(GPtrArray) items = NULL;
	g_autoptr(GHashTable) cases = watch_cases_new();
	if (!store_inbox_count(app->store, ACCOUNT_SELF, 0, &agenda->mails, error))
		return false;
	if (agenda->mails == 0)
		return true;
	if (!store_inbox_list(app->store, ACCOUNT_SELF, false, MAILS_MAX, &items, error))
		return false;
	for (guint i = 0; i < items->len; i++) {
		const InboxItem *item = g_ptr_array_index(items, i);
		Case *about = NULL;
		if (item->opportunity != 0 && !watch_case(app, cases, item->opportunity, &about, error))
			return false;
		const Facts *facts = about == NULL ? NULL : about->record->facts;
		if (agenda->lines != NULL)
			today_lines_add_mail(agenda->lines, item, facts);
		if (agenda->rows != NULL)
			today_rows_add_mail(agenda->rows, item, facts);
	}
	return true;
}

/* An opportunity is read by when its plan changes, which may be before there is something to do: what comes first is
 * known once nobody who was not looked at can be sooner. */
static bool is_next_known(const Agenda *agenda, const GPtrArray *coming)
{
	if (agenda->rows == NULL || coming->len < COMING_LIMIT)
		return true;
	const Record *last = g_ptr_array_index(coming, coming->len - 1);
	int64_t next = today_rows_get_next(agenda->rows);
	return next != TIME_NONE && next <= last->next_at;
}

static bool load_coming(Agenda *agenda, GError **error)
{
	App *app = agenda->app;
	g_autoptr(GPtrArray) coming = NULL, more = NULL;
	agenda->coming_max = COMING_LIMIT;
	if (!store_coming_load(app->store, ACCOUNT_SELF, app->now, COMING_LIMIT, &coming, error))
		return false;
	for (guint i = 0; i < coming->len; i++)
		if (!take_record(g_ptr_array_index(coming, i), agenda, error))
			return false;
	if (is_next_known(agenda, coming))
		return true;
	if (!store_coming_load(app->store, ACCOUNT_SELF, app->now, COMING_LOOK, &more, error))
		return false;
	for (guint i = coming->len; i < more->len; i++)
		if (!take_record(g_ptr_array_index(more, i), agenda, error))
			return false;
	return true;
}

/* What leaves by itself, and what did lately: for programs alone. */
static bool load_notes(Agenda *agenda, GError **error)
{
	enum { NOTES_MAX = 50, LATELY = 3 * 24 * 3600 };
	App *app = agenda->app;
	return agenda->rows == NULL ||
		   (store_notes_leaving(app->store, ACCOUNT_SELF, NOTES_MAX, &agenda->leaving, error) &&
			store_notes_left(app->store, ACCOUNT_SELF, app->now - LATELY, NOTES_MAX, &agenda->left, error));
}

static bool load(Agenda *agenda, GError **error)
{
	App *app = agenda->app;
	g_autoptr(GPtrArray) any = NULL;
	if (!load_inbox(agenda, error) || !load_due(agenda, error) || !load_notes(agenda, error))
		return false;
	if (agenda->due > CALM_MAX && agenda->rows == NULL)
		return true;
	if (!load_coming(agenda, error))
		return false;
	if (agenda->looked_at > 0)
		return true;
	if (!store_list(app->store, ACCOUNT_SELF, NULL, 1, &any, error))
		return false;
	agenda->is_empty = any->len == 0;
	return true;
}

/* Nothing on record yet: the way to the first interview. */
static void say_welcome(Printer *printer)
{
	printer_say(
		printer, SAY_TEXT,
		"Nothing is on record yet. Right after an interview, or before it, say when it is and with whom:");
	printer_say(
		printer, SAY_COMMAND,
		"followup interview Globex \"today 10am\" --position \"Data analyst\" --with \"Huck Finn "
		"<finn@globex.example>\"");
	printer_say(
		printer, SAY_TEXT,
		"From then on \"followup\" says what to do next, by when, and why; \"followup help\" lists all commands.");
}

static void say(const Agenda *agenda, Printer *printer)
{
	if (agenda->is_empty)
		say_welcome(printer);
	else if (agenda->due == 0 && agenda->mails == 0)
		printer_say(printer, SAY_GOOD, "Nothing to do now.");
	today_lines_say(agenda->lines, agenda->coming_max, printer);
	if (agenda->is_cut)
		printer_say(printer, SAY_WARNING, "There is more: only the first %d opportunities are shown.", DUE_LIMIT);
}

static void tell_notes(const App *app, const GPtrArray *notes, const char *key, Printer *printer)
{
	printer_list(printer, key);
	for (guint i = 0; i < notes->len; i++) {
		printer_object(printer, NULL);
		tell_note_row(app, g_ptr_array_index(notes, i), printer);
		printer_object_end(printer);
	}
	printer_list_end(printer);
}

static void tell(const Agenda *agenda, Printer *printer)
{
	printer_object(printer, NULL);
	printer_time(printer, "now", agenda->app->zone, agenda->app->now);
	today_rows_tell(agenda->rows, agenda->coming_max, printer);
	tell_notes(agenda->app, agenda->leaving, "leaving", printer);
	tell_notes(agenda->app, agenda->left, "left", printer);
	printer_integer(printer, "inbox_open", NULL, agenda->mails);
	printer_boolean(printer, "nothing_to_do", agenda->due == 0 && agenda->mails == 0);
	printer_boolean(printer, "empty", agenda->is_empty);
	printer_boolean(printer, "cut", agenda->is_cut);
	printer_object_end(printer);
}

bool op_today(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	g_autoptr(Plan) plan = plan_new();
	g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(NextAt));
	g_autoptr(TodayLines) lines = printer->for_people ? today_lines_new(app) : NULL;
	g_autoptr(TodayRows) rows = printer->for_programs ? today_rows_new(app) : NULL;
	plan->reader = app->zone;
	Agenda agenda = {.app = app, .plan = plan, .places = places, .lines = lines, .rows = rows};
	bool good = load(&agenda, error);
	if (good && lines != NULL)
		say(&agenda, printer);
	if (good && rows != NULL)
		tell(&agenda, printer);
	if (good)
		keep_places(&agenda);
	g_clear_pointer(&agenda.leaving, g_ptr_array_unref);
	g_clear_pointer(&agenda.left, g_ptr_array_unref);
	return good;
}
