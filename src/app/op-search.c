/* op-search.c - followup search: everything that was ever written down, found by the words in it, and the way there.
 */
#include "intake.h"
#include "ops.h"
#include "part-args.h"
#include "tell.h"

#include <store/search.h>

/* What the hits are about. */
static bool load_cases(App *app, const GPtrArray *hits, GHashTable **ret_cases, GError **error)
{
	g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
	for (guint i = 0; i < hits->len; i++) {
		const SearchHit *hit = g_ptr_array_index(hits, i);
		if (hit->opportunity != 0)
			g_array_append_val(ids, hit->opportunity);
	}
	return case_load_many(app, ids, ret_cases, error);
}

/* Between the question and the answer another program may have taken it away. */
static bool is_there(const Case *item, const SearchHit *hit)
{
	const Facts *facts = item->record->facts;
	switch (hit->kind) {
	case FOUND_PERSON:
		return hit->number < facts->people->len;
	case FOUND_DEBRIEF:
		return hit->number < facts->debriefs->len;
	case FOUND_EVENT:
		return hit->number < facts->events->len;
	case FOUND_NOTE:
		return hit->number < item->record->drafts->len;
	default:
		return true;
	}
}

/* "thank-you to Huck Finn by e-mail", "debrief of the panel of Tuesday 17 November, 10:00". Free with g_free. */
static char *say_what(const App *app, const Case *item, const SearchHit *hit)
{
	const Facts *facts = item->record->facts;
	int number = (int)hit->number;
	switch (hit->kind) {
	case FOUND_PERSON:
		return g_strconcat(
			facts_person(facts, number)->name, ", ", word_text(WORDS_ROLE, (int)facts_person(facts, number)->role),
			NULL);
	case FOUND_DEBRIEF: {
		g_autofree char *interview = say_interview(app, facts, facts_debrief(facts, number)->interview);
		return g_strconcat("debrief of ", interview, NULL);
	}
	case FOUND_EVENT: {
		g_autofree char *what = say_event(app, facts, facts_event(facts, number));
		g_autofree char *when = when_say(facts->zone, facts_event(facts, number)->at, app->now);
		return g_strconcat(what, ", ", when, NULL);
	}
	case FOUND_NOTE: {
		const Draft *draft = record_draft(item->record, number);
		return say_contact(
			draft->step, draft->person == NOBODY ? "yourself" : facts_person(facts, draft->person)->name,
			draft->channel);
	}
	default:
		return g_strdup("opportunity");
	}
}

/* The command that shows it. Free with g_free. */
static char *say_command(App *app, const Case *item, const SearchHit *hit)
{
	if (hit->kind == FOUND_MAIL)
		return g_strdup_printf("followup inbox %" G_GINT64_FORMAT, hit->number);
	g_autofree char *handle = say_handle(app, item->record);
	if (hit->kind == FOUND_PERSON) {
		g_autofree char *person = say_person_handle(item->record->facts, (int)hit->number);
		return g_strconcat("followup people ", handle, " ", person, NULL);
	}
	return g_strconcat("followup show ", handle, NULL);
}

/* Whom or what of the opportunity it is, by the ids that other results have. */
static void tell_place(const Case *item, const SearchHit *hit, Printer *printer)
{
	const Facts *facts = item == NULL ? NULL : item->record->facts;
	int number = (int)hit->number, person = NOBODY, interview = NO_INTERVIEW;
	const Draft *note = hit->kind == FOUND_NOTE ? record_draft(item->record, number) : NULL;
	if (hit->kind == FOUND_PERSON)
		person = number;
	else if (hit->kind == FOUND_EVENT)
		person = facts_event(facts, number)->person;
	else if (hit->kind == FOUND_DEBRIEF)
		interview = facts_debrief(facts, number)->interview;
	else if (note != NULL)
		person = note->person;
	tell_whom(facts, person, "person", "person_name", printer);
	printer_string(
		printer, "interview", NULL, interview == NO_INTERVIEW ? NULL : facts_interview(facts, interview)->id);
	printer_string(printer, "step", NULL, note == NULL ? NULL : word_text(WORDS_STEP, note->step));
	if (hit->kind == FOUND_NOTE || hit->kind == FOUND_MAIL)
		printer_integer(printer, hit->kind == FOUND_NOTE ? "note" : "mail", NULL, hit->number);
}

/* The text in pieces, those that were found marked; and for people as one line. */
static void tell_text(const char *text, Printer *printer)
{
	static const char marks[] = {SEARCH_BEGIN, SEARCH_END, '\0'};
	g_autoptr(GString) plain = g_string_new(NULL);
	bool found = false;
	printer_list(printer, "parts");
	for (const char *at = text; *at != '\0';) {
		size_t length = strcspn(at, marks);
		if (length > 0) {
			g_autofree char *part = g_strndup(at, length);
			printer_object(printer, NULL);
			printer_string(printer, "text", NULL, part);
			printer_boolean(printer, "found", found);
			printer_object_end(printer);
			g_string_append(plain, part);
		}
		at += length;
		if (*at != '\0')
			found = *at++ == SEARCH_BEGIN;
	}
	printer_list_end(printer);
	printer_string(printer, "text", NULL, plain->str);
	g_strdelimit(plain->str, "\n", ' ');
	printer_say_text(printer, SAY_DETAIL, plain->str);
}

static void tell_hit(App *app, GHashTable *cases, const SearchHit *hit, Printer *printer)
{
	const Case *item = hit->opportunity == 0 ? NULL : g_hash_table_lookup(cases, &hit->opportunity);
	if (hit->kind != FOUND_MAIL && (item == NULL || !is_there(item, hit)))
		return;
	g_autofree char *what = hit->kind == FOUND_MAIL ? g_strdup("mail") : say_what(app, item, hit);
	g_autofree char *where = item == NULL ? g_strdup("No opportunity") : say_opportunity(item->record->facts);
	g_autofree char *command = say_command(app, item, hit);
	printer_object(printer, NULL);
	printer_string(printer, "kind", NULL, found_kind_word((int)hit->kind));
	printer_integer(printer, "opportunity", NULL, hit->opportunity);
	printer_string(printer, "company", NULL, hit->company);
	printer_string(printer, "position", NULL, hit->position);
	printer_string(printer, "what", NULL, what);
	tell_place(item, hit, printer);
	printer_say(printer, SAY_ITEM, "%s: %s", where, what);
	tell_text(hit->text, printer);
	printer_string(printer, "command", NULL, command);
	printer_say_text(printer, SAY_COMMAND, command);
	printer_object_end(printer);
}

static char *join_words(const OpArgs *args)
{
	const GPtrArray *words = op_args_get_all(args, "words");
	GString *text = g_string_new(NULL);
	for (guint i = 0; i < words->len; i++)
		g_string_append_printf(text, "%s%s", i == 0 ? "" : " ", (const char *)g_ptr_array_index(words, i));
	return g_string_free(text, FALSE);
}

bool op_search(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	enum { USUAL = 20, MOST = 100 };
	g_autoptr(GPtrArray) hits = NULL;
	g_autoptr(GHashTable) cases = NULL;
	g_autofree char *words = join_words(args);
	ListPart part = {.text = words};
	if (!part_from_args(args, USUAL, MOST, &part, error) ||
		!store_search(app->store, ACCOUNT_SELF, &part, &hits, error) || !load_cases(app, hits, &cases, error))
		return false;
	printer_object(printer, NULL);
	printer_string(printer, "words", NULL, words);
	bool more = part_tell(&part, hits, printer);
	printer_list(printer, "found");
	for (guint i = 0; i < hits->len; i++)
		tell_hit(app, cases, g_ptr_array_index(hits, i), printer);
	printer_list_end(printer);
	if (hits->len == 0)
		printer_say(
			printer, SAY_TEXT, part.offset > 0 ? "There is no more." : "Nothing on record holds all of these words.");
	if (more)
		printer_say(
			printer, SAY_WARNING, "There is more: --offset %d shows what comes after these.",
			part.offset + (int)hits->len);
	printer_object_end(printer);
	return true;
}
