/* op-data.c - followup export, backup, delete: all that is on record, out, copied, gone.
 *
 * The export is one JSON document that import takes back; no password or token is in it.
 */
#include "archive.h"
#include "export-people.h"
#include "kept-answers.h"
#include "ops.h"

#include <base/part-file.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <unistd.h>

static bool put_to_printer(void *data, const char *text, size_t length)
{
	printer_document(data, text, length);
	return true;
}

static bool put_to_file(void *data, const char *text, size_t length)
{
	return fwrite(text, 1, length, data) == length;
}

static bool refuse_file(const char *path, GError **error)
{
	if (errno == EWOULDBLOCK)
		return base_error_set(
			error, BASE_ERROR_TEMPORARY, path, "Another export to \"%s\" is being made; try again when it is done.",
			path);
	return base_error_set(
		error, BASE_ERROR_TEMPORARY, path, "The export cannot be written to \"%s\": %s.", path, g_strerror(errno));
}

/* In the shape that is asked for: everything as JSON, or as a sheet; people as cards. */
static bool write_all(
	App *app, const OpArgs *args, const ArchiveSink *sink, Printer *progress, int64_t *ret_count, GError **error)
{
	const char *format = op_args_get(args, "format");
	if (g_strcmp0(format, "vcard") == 0)
		return export_cards(app, sink, progress, ret_count, error);
	if (g_strcmp0(format, "csv") == 0)
		return export_sheet(app, sink, progress, ret_count, error);
	return archive_write(app, sink, progress, ret_count, error);
}

/* Writes all through a descriptor, which is closed. */
static bool export_to(App *app, const OpArgs *args, int fd, Printer *printer, int64_t *ret_count, GError **error)
{
	const char *path = op_args_get(args, "file");
	FILE *file = fd < 0 ? NULL : fdopen(fd, "w");
	if (file == NULL)
		return refuse_file(path, error);
	const ArchiveSink sink = {put_to_file, file};
	bool good = write_all(app, args, &sink, printer, ret_count, error);
	bool closed = fclose(file) == 0;
	return good && (closed || refuse_file(path, error));
}

/* A file has its name when it is complete, and not before; what is no file is written to as it is. */
static bool export_to_file(App *app, const OpArgs *args, Printer *printer, int64_t *ret_count, GError **error)
{
	const char *path = op_args_get(args, "file");
	g_autoptr(PartFile) part = NULL;
	GStatBuf found;
	if (g_stat(path, &found) == 0 && (S_ISCHR(found.st_mode) || S_ISFIFO(found.st_mode)))
		return export_to(app, args, g_open(path, O_WRONLY | O_CLOEXEC, 0), printer, ret_count, error);
	if (!part_file_open(path, &part))
		return refuse_file(path, error);
	return export_to(app, args, dup(part->fd), printer, ret_count, error) &&
		   (part_file_finish(part, true) || refuse_file(path, error));
}

bool op_export(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	const char *path = op_args_get(args, "file");
	const ArchiveSink sink = {put_to_printer, printer};
	int64_t count = 0;
	if (path == NULL || strcmp(path, "-") == 0)
		return write_all(app, args, &sink, printer, &count, error);
	if (!export_to_file(app, args, printer, &count, error))
		return false;
	printer_object(printer, NULL);
	printer_string(printer, "file", NULL, path);
	bool cards = g_strcmp0(op_args_get(args, "format"), "vcard") == 0;
	printer_integer(printer, cards ? "people" : "opportunities", NULL, count);
	printer_say(
		printer, SAY_GOOD, "%" G_GINT64_FORMAT " %s in \"%s\".", count,
		cards        ? count == 1 ? "card is" : "cards are"
		: count == 1 ? "opportunity is"
					 : "opportunities are",
		path);
	printer_object_end(printer);
	return true;
}

bool op_backup(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	const char *path = op_args_get(args, "file");
	if (!g_file_test(app->db_path, G_FILE_TEST_EXISTS))
		return base_error_set(
			error, BASE_ERROR_MISSING, "db", "There is nothing to copy yet: no database is at \"%s\".", app->db_path);
	if (!store_backup(app->store, path, op_args_has(args, "force"), error))
		return false;
	printer_object(printer, NULL);
	printer_string(printer, "file", NULL, path);
	printer_say(printer, SAY_GOOD, "A copy is in \"%s\"; --db opens it.", path);
	printer_object_end(printer);
	return true;
}

/* "3 people, 1 interview": of what there is any. */
static char *say_counts(const StoreCounts *counts, bool with_opportunities)
{
	const struct {
		int64_t count;
		const char *one, *many;
	} parts[] = {
		{with_opportunities ? counts->opportunities : 0, "opportunity", "opportunities"},
		{counts->people, "person", "people"},
		{counts->interviews, "interview", "interviews"},
		{counts->debriefs, "debrief", "debriefs"},
		{counts->events, "event", "events"},
		{counts->drafts, "note", "notes"},
		{counts->waiting, "note that waits to be sent", "notes that wait to be sent"},
	};
	GString *text = g_string_new(NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
		if (parts[i].count > 0)
			g_string_append_printf(
				text, "%s%" G_GINT64_FORMAT " %s", text->len == 0 ? "" : ", ", parts[i].count,
				parts[i].count == 1 ? parts[i].one : parts[i].many);
	return g_string_free(text, FALSE);
}

static void tell_counts(const char *what, const StoreCounts *counts, bool everything, bool done, Printer *printer)
{
	g_autofree char *parts = say_counts(counts, everything);
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
		printer, done ? SAY_GOOD : SAY_WARNING, "%s %s%s%s.", done ? "Deleted:" : "This deletes", what,
		parts[0] == '\0' ? "" : ", with ", parts);
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
	g_autofree char *what =
		everything ? g_strdup("everything on record, your settings too") : say_opportunity(item->record->facts);
	if (!op_args_has(args, "yes")) {
		if (!store_count(app->store, ACCOUNT_SELF, id, &counts, error))
			return false;
		tell_counts(what, &counts, everything, false, printer);
		g_autoptr(GError) refusal = NULL;
		base_error_set(&refusal, BASE_ERROR_CONFLICT, "yes", "Nothing was deleted; say --yes to delete %s.", what);
		printer_error(printer, refusal);
		printer_object_end(printer);
		g_propagate_error(error, g_steal_pointer(&refusal));
		return false;
	}
	if (!store_delete(app->store, ACCOUNT_SELF, id, app->now, &counts, error))
		return false;
	kept_answers_forget_all(app, id);
	tell_counts(what, &counts, everything, true, printer);
	printer_object_end(printer);
	return true;
}
