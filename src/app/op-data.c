/* op-data.c - followup export, import, backup, delete: all that is on record, out, in, copied, gone.
 *
 * The export is one JSON document that import takes back; no password or token is in it.
 */
#include "archive.h"
#include "ops.h"

#include <base/limits.h>
#include <stdio.h>

bool op_export(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	const char *path = op_args_get(args, "file");
	g_autoptr(GString) text = g_string_new(NULL);
	int64_t count = 0;
	if (!archive_write(app, printer, text, &count, error))
		return false;
	if (path == NULL || strcmp(path, "-") == 0) {
		printer_document(printer, text->str, text->len);
		return true;
	}
	g_autoptr(GError) failure = NULL;
	if (!g_file_set_contents_full(
			path, text->str, (gssize)text->len, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
			&failure))
		return base_error_set(error, BASE_ERROR_TEMPORARY, path, "The export cannot be written: %s.", failure->message);
	printer_object(printer, NULL);
	printer_string(printer, "file", NULL, path);
	printer_integer(printer, "opportunities", NULL, count);
	printer_say(printer, SAY_GOOD, "%" G_GINT64_FORMAT " opportunities are in \"%s\".", count, path);
	printer_object_end(printer);
	return true;
}

bool op_import(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	const char *path = op_args_get(args, "file");
	g_autofree char *text = NULL;
	size_t length = 0;
	ArchiveCounts counts = {0};
	if (path != NULL && strcmp(path, "-") != 0) {
		if (!desk_file_load(path, ARCHIVE_BYTES, &text, &length, error))
			return false;
	} else {
		g_autoptr(GString) input = NULL;
		if (!desk_input_load(args, ARCHIVE_BYTES, &input, error))
			return false;
		length = input->len;
		text = g_string_free(g_steal_pointer(&input), FALSE);
	}
	if (!archive_read(app, text, length, &counts, error))
		return false;
	printer_object(printer, NULL);
	printer_integer(printer, "added", NULL, counts.added);
	printer_integer(printer, "present", NULL, counts.present);
	printer_say(
		printer, SAY_GOOD,
		"%" G_GINT64_FORMAT " opportunities were added, %" G_GINT64_FORMAT " were on record already.", counts.added,
		counts.present);
	if (counts.drafts_reopened > 0)
		printer_say(
			printer, SAY_WARNING,
			"%" G_GINT64_FORMAT
			" notes that waited to be sent are drafts again: approve them here, so that they cannot go twice.",
			counts.drafts_reopened);
	printer_object_end(printer);
	return true;
}

bool op_backup(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	const char *path = op_args_get(args, "file");
	if (!store_backup(app->store, path, op_args_has(args, "force"), error))
		return false;
	printer_object(printer, NULL);
	printer_string(printer, "file", NULL, path);
	printer_say(printer, SAY_GOOD, "A copy is in \"%s\"; --db opens it.", path);
	printer_object_end(printer);
	return true;
}

static void tell_counts(const char *what, const StoreCounts *counts, bool done, Printer *printer)
{
	printer_object(printer, NULL);
	printer_boolean(printer, "deleted", done);
	printer_integer(printer, "opportunities", NULL, counts->opportunities);
	printer_integer(printer, "people", NULL, counts->people);
	printer_integer(printer, "interviews", NULL, counts->interviews);
	printer_integer(printer, "debriefs", NULL, counts->debriefs);
	printer_integer(printer, "events", NULL, counts->events);
	printer_integer(printer, "drafts", NULL, counts->drafts);
	printer_integer(printer, "waiting", NULL, counts->waiting);
	printer_say(
		printer, done ? SAY_GOOD : SAY_WARNING,
		"%s %s: %" G_GINT64_FORMAT " people, %" G_GINT64_FORMAT " interviews, %" G_GINT64_FORMAT
		" debriefs, %" G_GINT64_FORMAT " events, %" G_GINT64_FORMAT " notes, of which %" G_GINT64_FORMAT
		" wait to be sent.",
		done ? "Deleted:" : "This deletes", what, counts->people, counts->interviews, counts->debriefs, counts->events,
		counts->drafts, counts->waiting);
	printer_object_end(printer);
}

bool op_delete(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	g_autoptr(Case) item = NULL;
	StoreCounts counts = {0};
	bool everything = op_args_has(args, "everything");
	if (!everything && !op_args_has(args, "opportunity"))
		return base_error_set(error, BASE_ERROR_INVALID, "opportunity", "Say which opportunity, or --everything.");
	if (everything && op_args_has(args, "opportunity"))
		return base_error_set(error, BASE_ERROR_INVALID, "everything", "Say an opportunity or --everything, not both.");
	if (!everything && !case_load(app, args, &item, error))
		return false;
	int64_t id = everything ? 0 : item->record->id;
	g_autofree char *what = everything ? g_strdup("everything on record") : say_opportunity(item->record->facts);
	if (!op_args_has(args, "yes")) {
		if (!store_count(app->store, ACCOUNT_SELF, id, &counts, error))
			return false;
		tell_counts(what, &counts, false, printer);
		return base_error_set(error, BASE_ERROR_CONFLICT, "yes", "Nothing was deleted; say --yes to delete %s.", what);
	}
	if (!store_delete(app->store, ACCOUNT_SELF, id, app->now, &counts, error))
		return false;
	tell_counts(what, &counts, true, printer);
	return true;
}
