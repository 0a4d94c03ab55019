/* paper.c - between a note that is kept and the room that prints.
 */
#include "paper.h"

#include "dispatch.h"
#include "intake.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

bool paper_load(App *app, const PrintModule **ret_print, GError **error)
{
	static const ModuleName name = {
		"The part that prints", PRINT_MODULE_FILE, PRINT_MODULE_SYMBOL, PRINT_MODULE_VERSION};
	const void *module = NULL;
	if (!desk_module_load(app, &name, &module, error))
		return false;
	*ret_print = module;
	return true;
}

/* A draft with nothing said on the command line. */
static bool compose(App *app, const Case *item, const NoteTarget *target, DraftNote **ret_note, GError **error)
{
	g_autoptr(OpArgs) nothing = op_args_new(op_find("draft"));
	const OutboxRow *thread = dispatch_find_thread(item, target->step, target->person);
	return note_compose(
		app, item->record->facts, target, thread == NULL ? NULL : thread->subject, nothing, ret_note, error);
}

bool paper_note_find(App *app, Case *item, Change *change, const NoteTarget *target, int *ret_draft, GError **error)
{
	g_autoptr(DraftNote) note = NULL;
	int index = case_find_draft(item, target->step, target->interview, target->person, target->channel);
	if (index == NO_DRAFT) {
		if (!compose(app, item, target, &note, error))
			return false;
		Draft *draft = record_add_draft(item->record);
		index = (int)item->record->drafts->len - 1;
		draft->step = target->step;
		draft->interview = target->interview;
		draft->person = target->person;
		draft->channel = target->channel;
		draft->created_at = app->now;
		intake_replace(&draft->subject, note->subject);
		intake_replace(&draft->body, note->body);
		intake_replace(&draft->playbook, playbook_get_name(item->playbook));
		change_put(change, PART_DRAFT, index);
	}
	*ret_draft = index;
	return true;
}

bool paper_note_check(App *app, const Case *item, int index, GError **error)
{
	enum { SHOWN = 80 };
	const Draft *draft = record_draft(item->record, index);
	const char *gap = strstr(draft->body, "[["), *end = gap == NULL ? NULL : strstr(gap, "]]");
	if (end == NULL)
		return true;
	g_autofree char *missing = g_strndup(gap, (size_t)MIN(end + 2 - gap, SHOWN));
	g_autofree char *handle = say_handle(app, item->record);
	g_autofree char *person = say_person_handle(item->record->facts, draft->person);
	return base_error_set(
		error, BASE_ERROR_CONFLICT, "gaps",
		"The %s to %s still has a gap, %s; fill it in: followup edit %s %s --step %s",
		word_text(WORDS_CHANNEL, draft->channel), facts_person(item->record->facts, draft->person)->name, missing,
		handle, person, word_text(WORDS_STEP, draft->step));
}

PdfInfo paper_info(const App *app, const Case *item, const char *title)
{
	const Zone *zone = app->zone == NULL ? item->record->facts->zone : app->zone;
	return (PdfInfo){
		.title = title,
		.author = item->record->facts->me.name,
		.now = app->now,
		.offset = zone_offset_at(zone, app->now),
	};
}

bool paper_is_letter(const App *app)
{
	static const char *const yes[] = {"America/", "US/", "Canada/", "Pacific/Honolulu", "Asia/Manila", NULL};
	static const char *const no[] = {
		"America/Argentina/",
		"America/Buenos_Aires",
		"America/Sao_Paulo",
		"America/Bahia",
		"America/Belem",
		"America/Fortaleza",
		"America/Manaus",
		"America/Recife",
		"America/Cuiaba",
		"America/Porto_Velho",
		"America/Montevideo",
		"America/Asuncion",
		"America/La_Paz",
		"America/Lima",
		"America/Guayaquil",
		"America/Cayenne",
		"America/Paramaribo",
		"America/Guyana",
		"America/Martinique",
		"America/Guadeloupe",
		"America/Godthab",
		"America/Nuuk",
		NULL};
	const char *zone = app->zone == NULL ? "" : zone_get_name(app->zone);
	bool letter = false;
	for (const char *const *name = yes; *name != NULL; name++)
		letter = letter || g_str_has_prefix(zone, *name);
	for (const char *const *name = no; *name != NULL; name++)
		letter = letter && !g_str_has_prefix(zone, *name);
	return letter;
}

static bool refuse_file(const char *path, GError **error)
{
	if (errno == EEXIST)
		return base_error_set(
			error, BASE_ERROR_CONFLICT, "force", "\"%s\" is there already; --force replaces it, or name another file.",
			path);
	return base_error_set(
		error, BASE_ERROR_TEMPORARY, path, "The PDF cannot be written to \"%s\": %s.", path, g_strerror(errno));
}

static bool write_all(int fd, const GString *pdf)
{
	size_t done = 0;
	while (done < pdf->len) {
		ssize_t wrote = write(fd, pdf->str + done, pdf->len - done);
		if (wrote < 0 && errno != EINTR)
			return false;
		done += wrote < 0 ? 0 : (size_t)wrote;
	}
	return true;
}

bool paper_write(const char *path, bool replace, const GString *pdf, Printer *printer, GError **error)
{
	if (strcmp(path, "-") == 0) {
		printer_document(printer, pdf->str, pdf->len);
		return true;
	}
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | (replace ? O_TRUNC : O_EXCL), 0666);
	if (fd < 0)
		return refuse_file(path, error);
	bool good = write_all(fd, pdf);
	int problem = errno;
	good = close(fd) == 0 && good;
	if (good)
		return true;
	unlink(path); /* half a PDF is of use to nobody */
	errno = problem == EEXIST ? EIO : problem;
	return refuse_file(path, error);
}

/* What a file may be called everywhere: letters and digits, a dash between words. */
static void add_plain(GString *name, const char *text)
{
	enum { LETTERS = 40 };
	g_autofree char *ascii = g_str_to_ascii(text, "C");
	for (const char *p = ascii; *p != '\0' && p - ascii < LETTERS; p++)
		if (g_ascii_isalnum(*p))
			g_string_append_c(name, g_ascii_tolower(*p));
		else if (name->str[name->len - 1] != '-')
			g_string_append_c(name, '-');
	if (name->str[name->len - 1] == '-')
		g_string_truncate(name, name->len - 1);
}

char *paper_file_name(const char *what, const Case *item, int person)
{
	GString *name = g_string_new(what);
	g_string_append_c(name, '-');
	add_plain(name, item->record->facts->company);
	if (person != NOBODY) {
		g_string_append_c(name, '-');
		add_plain(name, facts_person(item->record->facts, person)->id);
	}
	g_string_append(name, ".pdf");
	return g_string_free(name, FALSE);
}
