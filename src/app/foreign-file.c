/* foreign-file.c - from a file's name to its items.
 */
#include "foreign-file.h"

#include "archive.h"

#include <base/limits.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

const char *const foreign_date_orders[] = {"day-first", "month-first", NULL};

void foreign_file_free(ForeignFile *file)
{
	if (file == NULL)
		return;
	g_free(file->name);
	g_free(file->bytes);
	g_clear_pointer(&file->items, g_ptr_array_unref);
	g_clear_error(&file->error);
	if (file->module != NULL) {
		file->module->verdict_free(file->verdict);
		file->module->incoming_free(file->mail);
	}
	g_free(file);
}

bool desk_exchange_load(App *app, const ExchangeModule **ret_exchange, GError **error)
{
	static const ModuleName name = {
		"The part for calendars, cards and sheets", EXCHANGE_MODULE_FILE, EXCHANGE_MODULE_SYMBOL,
		EXCHANGE_MODULE_VERSION};
	const void *module = app->exchange;
	if (module == NULL && !desk_module_load(app, &name, &module, error))
		return false;
	*ret_exchange = app->exchange = module;
	return true;
}

/* ---- bytes ---- */

/* All of an open file, whatever it is, up to a limit. */
static bool read_stream(FILE *input, const char *name, size_t limit, GString **ret_bytes, GError **error)
{
	g_autoptr(GString) bytes = g_string_new(NULL);
	char buffer[65536];
	size_t got = 0;
	while (bytes->len <= limit && (got = fread(buffer, 1, sizeof buffer, input)) > 0)
		g_string_append_len(bytes, buffer, (gssize)got);
	if (ferror(input))
		return base_error_set(
			error, BASE_ERROR_MISSING, name, "The file \"%s\" cannot be read: %s.", name, g_strerror(errno));
	if (bytes->len > limit)
		return base_error_set(
			error, BASE_ERROR_INVALID, name, "The file \"%s\" is larger than %zu MB, the most that is read.", name,
			limit / (1024 * 1024));
	*ret_bytes = g_steal_pointer(&bytes);
	return true;
}

static bool read_file(const OpArgs *args, guint place, GString **ret_bytes, GError **error)
{
	const char *path = g_ptr_array_index(op_args_get_all(args, "file"), place);
	size_t limit = g_str_has_suffix(path, ".json") ? ARCHIVE_BYTES : LIMIT_IMPORT_BYTES;
	if (op_args_get_file(args, "file", place) != NULL)
		return desk_given_file_load(args, "file", place, limit, ret_bytes, error);
	FILE *input = fopen(path, "rbe");
	if (input == NULL)
		return base_error_set(
			error, BASE_ERROR_MISSING, path, "The file \"%s\" cannot be read: %s.", path, g_strerror(errno));
	bool good = read_stream(input, path, limit, ret_bytes, error);
	fclose(input);
	return good;
}

/* ---- what it is ---- */

static size_t begin_of(const GString *bytes)
{
	size_t at = g_str_has_prefix(bytes->str, "\xef\xbb\xbf") ? 3 : 0;
	while (at < bytes->len && g_ascii_isspace(bytes->str[at]))
		at++;
	return at;
}

/* What "export" wrote, or what its user says is that. */
static bool is_archive(const GString *bytes, const char *name)
{
	return bytes->str[begin_of(bytes)] == '{' || g_str_has_suffix(name, ".json");
}

/* The name of a header at the beginning of a line ("Subject"), or 0: its length. */
static size_t header_length(const char *line)
{
	size_t length = strspn(line, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");
	return length > 0 && line[length] == ':' ? length : 0;
}

/* A mail begins with headers, one of which is one that every mail has. */
static bool is_mail(const GString *bytes)
{
	enum { LINES = 200 };
	static const char *const headers[] = {"from",         "received", "subject",    "message-id",
										  "mime-version", "date",     "return-path"};
	const char *at = bytes->str + begin_of(bytes);
	if (g_str_has_prefix(at, "From "))
		return true;
	for (int line = 0; line < LINES && at[0] != '\0' && at[0] != '\n' && at[0] != '\r'; line++) {
		size_t length = header_length(at);
		if (length == 0 && (line == 0 || (at[0] != ' ' && at[0] != '\t')))
			return false;
		for (size_t i = 0; i < G_N_ELEMENTS(headers); i++)
			if (strlen(headers[i]) == length && g_ascii_strncasecmp(at, headers[i], length) == 0)
				return true;
		at += strcspn(at, "\n");
		at += at[0] == '\n';
	}
	return false;
}

static ReadRequest request_of(const App *app, const OpArgs *args, const char *name, const char *const *own)
{
	int order = op_args_get_choice(args, "dates");
	return (ReadRequest){
		.file = name,
		.zone = app->zone,
		.now = app->now,
		.own = own,
		.date_order = order == 0   ? DATE_ORDER_DAY_FIRST
					  : order == 1 ? DATE_ORDER_MONTH_FIRST
								   : DATE_ORDER_OPEN,
	};
}

static bool read_bytes(
	App *app, const OpArgs *args, ForeignFile *file, GBytes *bytes, GPtrArray **ret_items, GError **error)
{
	const ExchangeModule *exchange = NULL;
	const char *own[] = {app->account->me.email, desk_setting(app, "mail.address"), NULL};
	if (own[0] == NULL) {
		own[0] = own[1];
		own[1] = NULL;
	}
	ReadRequest request = request_of(app, args, file->name, own);
	gsize length = 0;
	request.bytes = g_bytes_get_data(bytes, &length);
	request.length = length;
	return desk_exchange_load(app, &exchange, error) && exchange->read(&request, ret_items, error);
}

/* ---- mails ---- */

static bool is_readable(const MailPart *part)
{
	static const char *const types[] = {"text/calendar",  "application/ics",  "text/vcard", "text/x-vcard",
										"text/directory", "text/x-vcalendar", NULL};
	g_autofree char *name = part->filename == NULL ? g_strdup("") : g_ascii_strdown(part->filename, -1);
	return part->bytes != NULL && (g_strv_contains(types, part->type == NULL ? "" : part->type) ||
								   g_str_has_suffix(name, ".ics") || g_str_has_suffix(name, ".vcf"));
}

static bool is_same(const Item *one, const Item *other)
{
	return one->kind == other->kind && one->uid != NULL && g_strcmp0(one->uid, other->uid) == 0 &&
		   one->sequence == other->sequence && one->recurrence == other->recurrence && one->start == other->start;
}

/* Many mails carry the same invitation twice: to be shown, and as an attachment. */
static void add_items(ForeignFile *file, GPtrArray *more)
{
	if (file->items == NULL) {
		file->items = more;
		return;
	}
	for (guint i = more->len; i-- > 0;)
		for (guint j = 0; j < file->items->len; j++)
			if (is_same(g_ptr_array_index(more, i), g_ptr_array_index(file->items, j))) {
				g_ptr_array_remove_index(more, i);
				break;
			}
	g_ptr_array_extend_and_steal(file->items, more);
}

/* The calendar or the cards in a mail; where it has none, what the mail itself is. */
static bool read_mail(App *app, const OpArgs *args, ForeignFile *file, const GString *bytes, GError **error)
{
	const MailModule *mail = NULL;
	if (!desk_mail_load(app, &mail, error))
		return false;
	MailIncoming *incoming = mail->parse(bytes->str, bytes->len);
	g_autoptr(GError) fault = NULL;
	for (guint i = 0; i < incoming->parts->len; i++) {
		const MailPart *part = g_ptr_array_index(incoming->parts, i);
		GPtrArray *items = NULL;
		if (!is_readable(part))
			continue;
		if (read_bytes(app, args, file, part->bytes, &items, fault == NULL ? &fault : NULL))
			add_items(file, items);
	}
	if (file->items == NULL && fault == NULL) {
		file->module = mail;
		file->mail = incoming;
		file->verdict = mail->classify(incoming, NULL, app->now);
		return true;
	}
	mail->incoming_free(incoming);
	if (file->items == NULL)
		g_propagate_error(error, g_steal_pointer(&fault));
	return file->items != NULL;
}

/* The file at that place of those that were given; where there is none at all, what is piped in. */
static ForeignFile *load_one(App *app, const OpArgs *args, guint place)
{
	ForeignFile *file = g_new0(ForeignFile, 1);
	g_autoptr(GString) bytes = NULL;
	const GPtrArray *paths = op_args_get_all(args, "file");
	const char *path = place < paths->len ? g_ptr_array_index(paths, place) : "-";
	bool piped = strcmp(path, "-") == 0 && op_args_get_file(args, "file", place) == NULL;
	FILE *input = op_args_get_input(args);
	file->name = g_strdup(piped ? "standard input" : path);
	if (piped && input == NULL)
		bytes = g_string_new(NULL);
	else if (!(piped ? read_stream(input, file->name, ARCHIVE_BYTES, &bytes, &file->error)
					 : read_file(args, place, &bytes, &file->error)))
		return file;
	if (is_archive(bytes, file->name)) {
		file->length = bytes->len;
		file->bytes = g_string_free(g_steal_pointer(&bytes), FALSE);
	} else if (is_mail(bytes)) {
		(void)!read_mail(app, args, file, bytes, &file->error);
	} else {
		g_autoptr(GBytes) all = g_string_free_to_bytes(g_steal_pointer(&bytes));
		(void)!read_bytes(app, args, file, all, &file->items, &file->error);
	}
	return file;
}

GPtrArray *foreign_load(App *app, const OpArgs *args)
{
	const GPtrArray *paths = op_args_get_all(args, "file");
	GPtrArray *files = g_ptr_array_new_with_free_func((GDestroyNotify)foreign_file_free);
	for (guint i = 0; i < MAX(paths->len, 1u); i++)
		g_ptr_array_add(files, load_one(app, args, i));
	return files;
}

Day foreign_other_day(Day day)
{
	Civil civil = civil_from_day(day);
	return civil_is_valid(civil.year, civil.day, civil.month)
			   ? civil_to_day((Civil){civil.year, civil.day, civil.month})
			   : day;
}

char *foreign_describe_calendar(App *app, GBytes *calendar)
{
	const ExchangeModule *exchange = NULL;
	g_autoptr(GPtrArray) items = NULL;
	gsize length = 0;
	const char *bytes = g_bytes_get_data(calendar, &length);
	const ReadRequest request = {
		.bytes = bytes, .length = length, .file = "invitation", .zone = app->zone, .now = app->now};
	if (!desk_exchange_load(app, &exchange, NULL) || !exchange->read(&request, &items, NULL) || items->len == 0)
		return NULL;
	const Item *item = g_ptr_array_index(items, 0);
	const char *summary = item->summary == NULL ? "An appointment" : item->summary;
	if (item->start == TIME_NONE)
		return g_strdup(summary);
	g_autofree char *when = when_say(app->zone, item->start, app->now);
	return g_strdup_printf("%s, %s", summary, when);
}
