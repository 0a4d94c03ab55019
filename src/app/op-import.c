/* op-import.c - followup import: what other programs wrote goes on record, row by row, after its user has seen it.
 *
 * All rows are decided in memory first; then they are shown, or saved in one transaction.  What followup itself
 * exported comes in by archive.c, as it is.
 */
#include "archive.h"
#include "import-job.h"
#include "intake.h"
#include "ops.h"

#include <base/limits.h>

static const char *const action_words[IMPORT_ACTIONS] = {"new", "update", "same", "cannot"};

static void free_target(void *data)
{
	ImportTarget *target = data;
	change_free(target->change);
	case_free(target->item);
	if (target->before != NULL)
		g_string_free(target->before, TRUE);
	g_clear_pointer(&target->invitations, g_ptr_array_unref);
	g_free(target->fault);
	g_free(target);
}

static void free_row(void *data)
{
	ImportRow *row = data;
	g_free(row->what);
	g_free(row->reason);
	g_free(row);
}

static void job_init(ImportJob *job, App *app, const OpArgs *args, const GPtrArray *files)
{
	*job = (ImportJob){
		.app = app,
		.args = args,
		.files = files,
		.rows = g_ptr_array_new_with_free_func(free_row),
		.targets = g_ptr_array_new_with_free_func(free_target),
		.by_id = g_hash_table_new(g_int64_hash, g_int64_equal),
		.by_uid = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
		.by_company = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref),
	};
}

static void job_clear(ImportJob *job)
{
	g_clear_pointer(&job->by_id, g_hash_table_unref);
	g_clear_pointer(&job->by_uid, g_hash_table_unref);
	g_clear_pointer(&job->by_company, g_hash_table_unref);
	g_clear_pointer(&job->rows, g_ptr_array_unref);
	g_clear_pointer(&job->targets, g_ptr_array_unref);
	g_clear_pointer(&job->only_company, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ImportJob, job_clear)

/* ---- deciding ---- */

static ImportRow *add_row(ImportJob *job, const ForeignFile *file, const Item *item)
{
	ImportRow *row = g_new0(ImportRow, 1);
	row->file = file;
	row->item = item;
	g_ptr_array_add(job->rows, row);
	return row;
}

/* The company that all people of the files name, if it is one: a business card makes its own opportunity, an address
 * book does not. */
static char *find_only_company(const GPtrArray *files)
{
	const char *only = NULL;
	for (guint i = 0; i < files->len; i++) {
		const ForeignFile *file = g_ptr_array_index(files, i);
		for (guint j = 0; file->items != NULL && j < file->items->len; j++) {
			const Item *item = g_ptr_array_index(file->items, j);
			const char *company =
				item->kind != ITEM_PERSON ? NULL : ((const ItemPerson *)g_ptr_array_index(item->people, 0))->company;
			if (only != NULL && company != NULL && g_ascii_strcasecmp(company, only) != 0)
				return NULL;
			only = company != NULL ? company : only;
		}
	}
	return g_strdup(only);
}

static bool decide_row(ImportJob *job, ImportRow *row, GError **error)
{
	switch (row->item->kind) {
	case ITEM_INTERVIEW:
		return import_interview(job, row, error);
	case ITEM_CANCELLATION:
		return import_cancellation(job, row, error);
	case ITEM_PERSON:
		return import_person(job, row, error);
	case ITEM_OPPORTUNITY:
		return import_application(job, row, error);
	default:
		row->what = g_strdup(row->item->summary == NULL ? "" : row->item->summary);
		return import_cannot(
			row, "%s", row->item->error == NULL ? "This is nothing that followup keeps." : row->item->error);
	}
}

static bool decide_file(ImportJob *job, const ForeignFile *file, GError **error)
{
	if (file->mail != NULL) {
		ImportRow *row = add_row(job, file, NULL);
		row->what = g_strdup(file->mail->subject);
		return import_cannot(
			row, "This mail carries neither an invitation nor a card (it is: %s).",
			file->module->kind_word(file->verdict->kind));
	}
	if (file->items == NULL) {
		ImportRow *row = add_row(job, file, NULL);
		row->what = g_strdup("");
		return import_cannot(
			row, "%s",
			file->error != NULL ? file->error->message : "An export of followup comes in by itself; name it alone.");
	}
	for (guint i = 0; i < file->items->len; i++) {
		if (!decide_row(job, add_row(job, file, g_ptr_array_index(file->items, i)), error))
			return false;
	}
	return true;
}

/* What cannot be saved is found before anything is: the rows about it cannot come in, the rest can. */
static void check_targets(ImportJob *job)
{
	for (guint i = 0; i < job->targets->len; i++) {
		ImportTarget *target = g_ptr_array_index(job->targets, i);
		g_autoptr(GError) fault = NULL;
		if (target->changed && !facts_check(target->item->record->facts, &fault))
			target->fault = g_strdup(fault->message);
	}
	for (guint i = 0; i < job->rows->len; i++) {
		ImportRow *row = g_ptr_array_index(job->rows, i);
		bool stores = row->action == IMPORT_NEW || row->action == IMPORT_UPDATE;
		if (stores && row->target != NULL && row->target->fault != NULL)
			import_cannot(row, "%s", row->target->fault);
	}
}

static bool decide(ImportJob *job, Printer *printer, GError **error)
{
	job->only_company = find_only_company(job->files);
	if (op_args_has(job->args, "opportunity")) {
		int64_t id = 0;
		if (!case_find_id(job->app, op_args_get(job->args, "opportunity"), &id, error) ||
			!import_load_target(job, id, &job->named, error) || !import_load_invitations(job, job->named, error))
			return false;
	}
	for (guint i = 0; i < job->files->len; i++) {
		if (!decide_file(job, g_ptr_array_index(job->files, i), error))
			return false;
		printer_progress(printer, "Files", i, job->files->len);
	}
	check_targets(job);
	return true;
}

/* ---- telling ---- */

static char *place_of(const ImportRow *row)
{
	return row->item == NULL || row->item->line == 0 ? g_strdup(row->file->name)
													 : g_strdup_printf("%s:%d", row->file->name, row->item->line);
}

static void tell_row(const ImportRow *row, bool shown, Printer *printer)
{
	g_autofree char *place = place_of(row);
	printer_object(printer, NULL);
	printer_string(printer, "file", NULL, row->file->name);
	if (row->item != NULL && row->item->line > 0)
		printer_integer(printer, "line", NULL, row->item->line);
	printer_string(printer, "action", NULL, action_words[row->action]);
	printer_string(printer, "what", NULL, row->what);
	printer_string(printer, "reason", NULL, row->reason);
	printer_object_end(printer);
	if (!shown)
		return;
	printer_say(
		printer, row->action == IMPORT_CANNOT ? SAY_WARNING : SAY_ITEM, "%s: %s%s%s", action_words[row->action], place,
		row->what[0] == '\0' ? "" : ": ", row->what);
	if (row->reason != NULL)
		printer_say_text(printer, SAY_DETAIL, row->reason);
}

static void tell_rows(const ImportJob *job, bool all, Printer *printer)
{
	printer_list(printer, "rows");
	for (guint i = 0; i < job->rows->len; i++) {
		const ImportRow *row = g_ptr_array_index(job->rows, i);
		tell_row(row, all || row->action == IMPORT_CANNOT, printer);
	}
	printer_list_end(printer);
}

static void tell_counts(const ImportJob *job, bool stored, Printer *printer)
{
	int counts[IMPORT_ACTIONS] = {0};
	for (guint i = 0; i < job->rows->len; i++)
		counts[((const ImportRow *)g_ptr_array_index(job->rows, i))->action]++;
	for (int i = 0; i < IMPORT_ACTIONS; i++)
		printer_integer(printer, action_words[i], NULL, counts[i]);
	printer_boolean(printer, "stored", stored);
	printer_say(
		printer, stored ? SAY_GOOD : SAY_TEXT, "%s: %d. Changed: %d. On record already: %d. Not taken in: %d.",
		stored ? "New" : "Would be new", counts[IMPORT_NEW], counts[IMPORT_UPDATE], counts[IMPORT_SAME],
		counts[IMPORT_CANNOT]);
	if (stored)
		printer_say(printer, SAY_COMMAND, "followup undo");
}

static bool changes_anything(const ImportJob *job)
{
	for (guint i = 0; i < job->rows->len; i++) {
		const ImportRow *row = g_ptr_array_index(job->rows, i);
		if (row->action == IMPORT_NEW || row->action == IMPORT_UPDATE)
			return true;
	}
	return false;
}

/* ---- asking ---- */

static const Item *find_open_date(const ImportJob *job, const ForeignFile **ret_file)
{
	for (guint i = 0; i < job->rows->len; i++) {
		const ImportRow *row = g_ptr_array_index(job->rows, i);
		if (row->item != NULL && row->item->dates_open) {
			*ret_file = row->file;
			return row->item;
		}
	}
	return NULL;
}

static bool ask_for_dates(const ImportJob *job, GError **error)
{
	const ForeignFile *file = NULL;
	const Item *item = find_open_date(job, &file);
	if (item == NULL)
		return true;
	const Day days[] = {item->applied, item->interviewed, item->follow_up};
	Day day = DAY_NONE;
	for (size_t i = 0; i < G_N_ELEMENTS(days); i++)
		if (days[i] != DAY_NONE && foreign_other_day(days[i]) != days[i])
			day = days[i];
	g_autofree char *one = when_name_day(job->app->zone, day, job->app->now);
	g_autofree char *other = when_name_day(job->app->zone, foreign_other_day(day), job->app->now);
	return base_error_set(
		error, BASE_ERROR_CONFLICT, "dates",
		"A date in %s, line %d, is %s if its day stands first, %s if its month does, and no other date there tells; "
		"say "
		"--dates day-first or --dates month-first.",
		file->name, item->line, one, other);
}

/* What one answer would help; where it takes several, the rows say what is missing. */
static bool ask_what_is_missing(const ImportJob *job, GError **error)
{
	if (job->lacks_company == 1)
		return base_error_set(
			error, BASE_ERROR_CONFLICT, "company",
			"Which company the interview is with is not said; --company \"NAME\" says it.");
	if (job->lacks_people == 1)
		return base_error_set(
			error, BASE_ERROR_CONFLICT, "with",
			"Whom the interview is with is not said; --with \"NAME <ADDRESS>\" says it.");
	return true;
}

/* The whole of it is told, and why nothing is done. */
static bool refuse(const ImportJob *job, GError *why, Printer *printer, GError **error)
{
	tell_counts(job, false, printer);
	printer_error(printer, why);
	printer_object_end(printer);
	g_propagate_error(error, why);
	return false;
}

/* Whoever cannot take in a single row is told so by the exit status. */
static bool conclude_without(const ImportJob *job, Printer *printer, GError **error)
{
	const ImportRow *first = NULL;
	bool any_same = false;
	for (guint i = 0; i < job->rows->len; i++) {
		const ImportRow *row = g_ptr_array_index(job->rows, i);
		any_same = any_same || row->action == IMPORT_SAME;
		first = first == NULL && row->action == IMPORT_CANNOT ? row : first;
	}
	if (first != NULL && !any_same) {
		GError *why = NULL;
		base_error_set(&why, BASE_ERROR_CONFLICT, NULL, "Nothing could be taken in. %s", first->reason);
		return refuse(job, why, printer, error);
	}
	tell_counts(job, false, printer);
	printer_say_text(printer, SAY_GOOD, "There is nothing new in it.");
	printer_object_end(printer);
	return true;
}

/* ---- saving ---- */

static char *name_files(const GPtrArray *files)
{
	const char *first = ((const ForeignFile *)g_ptr_array_index(files, 0))->name;
	g_autofree char *base = g_path_get_basename(first);
	return files->len == 1 ? g_steal_pointer(&base) : g_strdup_printf("%s and %u more", base, files->len - 1);
}

/* When it belongs on the agenda, by a plan that all of them share one after the other. */
static void place_on_agenda(ImportJob *job, Case *item, Plan *plan)
{
	const GArray *holidays = job->app->account->holidays;
	if (item->record->revision == 0)
		g_array_append_vals(item->record->facts->holidays, holidays->data, holidays->len);
	item->plan = plan;
	case_replan(job->app, item);
	item->record->next_at = case_agenda_at(item);
	item->plan = NULL;
}

static bool save(ImportJob *job, GError **error)
{
	g_autofree char *name = name_files(job->files);
	g_autoptr(Import) import = import_new(ACCOUNT_SELF, job->app->now, name);
	g_autoptr(Plan) plan = plan_new();
	plan->reader = job->app->zone;
	for (guint i = 0; i < job->targets->len; i++) {
		ImportTarget *target = g_ptr_array_index(job->targets, i);
		if (!target->changed || target->fault != NULL)
			continue;
		place_on_agenda(job, target->item, plan);
		ImportPart *part = import_add_part(import);
		part->before = import_format_part(target->before, target->item->record);
		part->change = g_steal_pointer(&target->change);
		part->invitations = g_steal_pointer(&target->invitations);
	}
	return store_import_save(job->app->store, import, error);
}

static bool run(ImportJob *job, Printer *printer, GError **error)
{
	bool yes = op_args_has(job->args, "yes");
	GError *why = NULL;
	if (!decide(job, printer, error))
		return false;
	printer_object(printer, NULL);
	tell_rows(job, !yes, printer);
	if (!ask_for_dates(job, &why) || (!yes && !ask_what_is_missing(job, &why)))
		return refuse(job, why, printer, error);
	if (!changes_anything(job))
		return conclude_without(job, printer, error);
	if (!yes) {
		base_error_set(&why, BASE_ERROR_CONFLICT, "yes", "Nothing was taken in yet; say --yes to take it in.");
		return refuse(job, why, printer, error);
	}
	if (!save(job, &why))
		return refuse(job, why, printer, error);
	tell_counts(job, true, printer);
	printer_object_end(printer);
	return true;
}

/* ---- what followup exported ---- */

static bool import_archive(App *app, const ForeignFile *file, Printer *printer, GError **error)
{
	ArchiveCounts counts = {0};
	g_autofree char *name = g_path_get_basename(file->name);
	int64_t planned = 0;
	if (!archive_read(app, &(ArchiveSource){name, file->bytes, file->length}, printer, &counts, error))
		return false;
	if (counts.plans_change && !recompute_all(app, printer, &planned, error))
		return false;
	printer_object(printer, NULL);
	printer_integer(printer, "added", NULL, counts.added);
	printer_integer(printer, "present", NULL, counts.present);
	printer_integer(printer, "mails", NULL, counts.mails);
	printer_say(
		printer, SAY_GOOD, "Added: %" G_GINT64_FORMAT ". On record already: %" G_GINT64_FORMAT ".", counts.added,
		counts.present);
	if (counts.mails > 0)
		printer_say(printer, SAY_DETAIL, "Mails of the inbox: %" G_GINT64_FORMAT ".", counts.mails);
	if (counts.drafts_reopened > 0)
		printer_say(
			printer, SAY_WARNING,
			"What waited to be sent is a draft again (%" G_GINT64_FORMAT
			"): approve it here, so that it cannot go twice.",
			counts.drafts_reopened);
	if (counts.playbook_left_out)
		printer_say(
			printer, SAY_WARNING,
			"A playbook that is named by its file is not taken over; put the file into your playbooks, and say its "
			"name.");
	if (counts.command_left_out) {
		printer_say(
			printer, SAY_WARNING,
			"What gives your mail password, a command or a file, is not taken from a file; say it again:");
		printer_say(printer, SAY_COMMAND, "followup config mail --secret-command \"COMMAND\"");
	}
	printer_object_end(printer);
	return true;
}

/* Said once, and wrong, it would be wrong for every row. */
static bool check_people(const OpArgs *args, GError **error)
{
	const GPtrArray *names = op_args_get_all(args, "with");
	for (guint i = 0; i < names->len; i++) {
		Introduction who = {0};
		if (!introduction_parse(g_ptr_array_index(names, i), &who, error))
			return false;
		bool good = intake_check_address(who.email, error);
		introduction_clear(&who);
		if (!good)
			return false;
	}
	return true;
}

bool import_run(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	g_autoptr(GPtrArray) files = foreign_load(app, args);
	const ForeignFile *first = g_ptr_array_index(files, 0);
	g_auto(ImportJob) job = {0};
	if (files->len == 1 && first->error != NULL) {
		g_propagate_error(error, g_error_copy(first->error));
		return false;
	}
	if (files->len == 1 && first->bytes != NULL)
		return import_archive(app, first, printer, error);
	if (op_args_has(args, "opportunity") && op_args_has(args, "company"))
		return base_error_set(
			error, BASE_ERROR_INVALID, "company", "Say an opportunity on record or a company, not both.");
	job_init(&job, app, args, files);
	return check_people(args, error) && run(&job, printer, error);
}

bool op_import(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	return import_run(app, args, printer, error);
}
