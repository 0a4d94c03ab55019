/* op-read.c - followup read: what files of other programs hold, one JSON object a line; nothing is stored.
 *
 * Plumbing: the keys are the contract's, in the words of the facts.  A key without a value is left out.
 */
#include "foreign-file.h"
#include "ops.h"

#include <base/json-out.h>

static const char *const kind_words[ITEM_KIND_COUNT] = {
	[ITEM_UNKNOWN] = "unknown", [ITEM_INTERVIEW] = "interview",     [ITEM_CANCELLATION] = "cancellation",
	[ITEM_PERSON] = "person",   [ITEM_OPPORTUNITY] = "opportunity",
};
static const char *const method_words[METHOD_COUNT] = {
	NULL, "publish", "request", "add", "cancel", "reply", "counter", "decline-counter", "refresh",
};

static void put_text(JsonOut *out, const char *key, const char *value)
{
	if (value != NULL)
		json_out_key_string(out, key, value);
}

static void put_true(JsonOut *out, const char *key, bool value)
{
	if (value)
		json_out_key_bool(out, key, true);
}

static void put_person(JsonOut *out, const ItemPerson *person, bool whole)
{
	put_text(out, "name", person->name);
	put_text(out, "email", person->email);
	put_text(out, "phone", person->phone);
	put_text(out, "address", person->address);
	put_text(out, "linkedin", person->linkedin);
	put_text(out, "company", person->company);
	put_text(out, "title", person->title);
	put_text(out, "role", word_text(WORDS_ROLE, person->role));
	put_text(out, "uid", whole ? person->uid : NULL);
	put_true(out, "organizer", person->organizer);
	put_text(out, "answer", person->answer);
}

static void put_people(JsonOut *out, const GPtrArray *people)
{
	json_out_key(out, "people");
	json_out_array(out);
	for (guint i = 0; i < people->len; i++) {
		json_out_object(out);
		put_person(out, g_ptr_array_index(people, i), false);
		json_out_object_end(out);
	}
	json_out_array_end(out);
}

/* The coming starts of a series. */
static void put_next(JsonOut *out, const GArray *next, const Zone *zone)
{
	char text[STAMP_TEXT_BYTES];
	if (next->len == 0)
		return;
	json_out_key(out, "next");
	json_out_array(out);
	for (guint i = 0; i < next->len; i++) {
		zone_format(zone, g_array_index(next, int64_t, i), text);
		json_out_string(out, text);
	}
	json_out_array_end(out);
}

static void put_event(JsonOut *out, const Item *item, const App *app)
{
	g_autoptr(Zone) zone = item->zone == NULL ? NULL : zone_load(item->zone, NULL);
	const Zone *clock = zone == NULL ? app->zone : zone;
	put_text(out, "uid", item->uid);
	if (item->sequence >= 0)
		json_out_key_int(out, "sequence", item->sequence);
	put_text(out, "method", method_words[item->method]);
	json_out_key_time(out, "start", clock, item->start);
	json_out_key_time(out, "end", clock, item->end);
	put_text(out, "timezone", item->zone);
	put_text(out, "timezone_said", item->zone_said);
	put_true(out, "all_day", item->all_day);
	put_true(out, "floating", item->floating);
	put_text(out, "rule", item->rule);
	put_next(out, item->next, clock);
	json_out_key_time(out, "recurrence", clock, item->recurrence);
	put_text(out, "summary", item->summary);
	put_text(out, "place", item->place);
	put_text(out, "video", item->video);
	put_text(out, "interview_kind", word_text(WORDS_INTERVIEW_KIND, item->interview_kind));
	put_text(out, "description", item->description);
}

/* A date of a sheet; where it is open, both days that it can be. */
static void put_open_day(JsonOut *out, const char *key, Day day, bool open)
{
	g_autofree char *readings = g_strconcat(key, "_readings", NULL);
	Day other = day == DAY_NONE ? day : foreign_other_day(day);
	if (!open || other == day) {
		json_out_key_day(out, key, day);
		return;
	}
	char text[DAY_TEXT_BYTES];
	json_out_key(out, readings);
	json_out_array(out);
	json_out_string(out, day_format(day, text));
	json_out_string(out, day_format(other, text));
	json_out_array_end(out);
}

static void put_application(JsonOut *out, const Item *item)
{
	static const char *const statuses[STATUS_COUNT] = {"saved", "applied",  "interview",
													   "offer", "rejected", "withdrawn"};
	put_text(out, "position", item->position);
	if (item->status != STATUS_NONE)
		json_out_key_string(out, "status", statuses[item->status]);
	put_text(out, "status_said", item->status_said);
	put_open_day(out, "applied", item->applied, item->dates_open);
	put_open_day(out, "interviewed", item->interviewed, item->dates_open);
	put_open_day(out, "follow_up", item->follow_up, item->dates_open);
	put_text(out, "url", item->url);
	put_text(out, "notes", item->notes);
}

static void put_item(JsonOut *out, const Item *item, const App *app)
{
	if (item->kind == ITEM_PERSON && item->people->len > 0) {
		put_person(out, g_ptr_array_index(item->people, 0), true);
		put_text(out, "notes", item->notes);
		return;
	}
	put_text(out, "company", item->company);
	put_true(out, "company_guessed", item->company_guessed);
	put_application(out, item);
	put_event(out, item, app);
	if (item->kind != ITEM_UNKNOWN || item->people->len > 0)
		put_people(out, item->people);
}

static void tell_line(GString *line, Printer *printer)
{
	g_string_append_c(line, '\n');
	printer_document(printer, line->str, line->len);
	g_string_truncate(line, 0);
}

static void tell_item(const App *app, const ForeignFile *file, const Item *item, Printer *printer)
{
	g_autoptr(GString) line = g_string_new(NULL);
	JsonOut out = json_out(line, false);
	json_out_object(&out);
	json_out_key_string(&out, "file", file->name);
	json_out_key_string(&out, "kind", kind_words[item->kind]);
	if (item->line > 0)
		json_out_key_int(&out, "line", item->line);
	put_text(&out, "error", item->error);
	put_item(&out, item, app);
	json_out_object_end(&out);
	tell_line(line, printer);
}

static void tell_failure(const ForeignFile *file, Printer *printer)
{
	g_autoptr(GString) line = g_string_new(NULL);
	JsonOut out = json_out(line, false);
	json_out_object(&out);
	json_out_key_string(&out, "file", file->name);
	json_out_key_string(&out, "kind", "unknown");
	json_out_key_string(&out, "error", file->error->message);
	json_out_object_end(&out);
	tell_line(line, printer);
}

/* A mail that carries neither a calendar nor cards: who wrote it, and what it is. */
static void tell_mail(const App *app, const ForeignFile *file, Printer *printer)
{
	g_autoptr(GString) line = g_string_new(NULL);
	const MailVerdict *verdict = file->verdict;
	JsonOut out = json_out(line, false);
	json_out_object(&out);
	json_out_key_string(&out, "file", file->name);
	json_out_key_string(&out, "kind", "unknown");
	json_out_key_string(&out, "mail", file->module->kind_word(verdict->kind));
	put_text(&out, "bounce", file->module->bounce_word(verdict->bounce));
	put_text(&out, "says", word_text(WORDS_SAYS, verdict->says));
	json_out_key_day(&out, "decision_by", verdict->decision_by);
	json_out_key_day(&out, "back_on", verdict->back_on);
	put_text(&out, "recipient", verdict->recipient);
	put_text(&out, "quote", verdict->quote);
	json_out_key_time(&out, "at", app->zone, file->mail->date_at);
	put_text(&out, "summary", file->mail->subject);
	json_out_key(&out, "people");
	json_out_array(&out);
	if (file->mail->from_address != NULL) {
		json_out_object(&out);
		put_text(&out, "name", file->mail->from_name);
		put_text(&out, "email", file->mail->from_address);
		json_out_object_end(&out);
	}
	json_out_array_end(&out);
	json_out_object_end(&out);
	tell_line(line, printer);
}

/* An export of our own is no foreign file; "import" takes it. */
static void refuse_archive(ForeignFile *file)
{
	base_error_set(
		&file->error, BASE_ERROR_INVALID, file->name,
		"%s is JSON, and neither a calendar, nor cards, a sheet or a mail; what \"followup export\" wrote goes to "
		"\"followup import\".",
		file->name);
}

bool op_read(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	g_autoptr(GPtrArray) files = foreign_load(app, args);
	bool good = true;
	for (guint i = 0; i < files->len; i++) {
		ForeignFile *file = g_ptr_array_index(files, i);
		if (file->bytes != NULL)
			refuse_archive(file);
		for (guint j = 0; file->items != NULL && j < file->items->len; j++)
			tell_item(app, file, g_ptr_array_index(file->items, j), printer);
		if (file->mail != NULL)
			tell_mail(app, file, printer);
		if (file->error == NULL)
			continue;
		tell_failure(file, printer);
		if (good)
			g_propagate_error(error, g_error_copy(file->error));
		good = false;
	}
	return good;
}
