/* op-people.c - followup people: who is who at an opportunity; and what changes about them.
 */
#include "intake.h"
#include "ops.h"
#include "part-args.h"
#include "tell.h"

/* "finn@globex.example; +1 602 555 0111". Free with g_free. */
static char *say_contacts(const Person *person)
{
	const char *const contacts[] = {person->email, person->phone, person->address, person->linkedin};
	GString *known = g_string_new(NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(contacts); i++)
		if (contacts[i] != NULL)
			g_string_append_printf(known, "%s%s", known->len == 0 ? "" : "; ", contacts[i]);
	if (known->len == 0)
		g_string_append(known, "no way to reach them on record");
	return g_string_free(known, FALSE);
}

static void tell_one(const Person *person, Printer *printer)
{
	g_autofree char *contacts = say_contacts(person);
	printer_object(printer, NULL);
	tell_person(person, printer);
	printer_row(
		printer,
		(const char *const[]){person->id, person->name, word_text(WORDS_ROLE, (int)person->role), contacts, NULL});
	printer_object_end(printer);
}

static void tell_people(App *app, const Case *item, bool with_example, Printer *printer)
{
	const Facts *facts = item->record->facts;
	g_autofree char *handle = say_handle(app, item->record), *what = say_opportunity(facts);
	printer_integer(printer, "opportunity", NULL, item->record->id);
	printer_string(printer, "company", NULL, facts->company);
	printer_say(printer, SAY_HEADING, "People at %s", what);
	printer_list(printer, "people");
	for (guint i = 0; i < facts->people->len; i++)
		tell_one(facts_person(facts, (int)i), printer);
	printer_list_end(printer);
	if (facts->people->len == 0)
		printer_say(printer, SAY_TEXT, "Nobody yet.");
	if (with_example)
		printer_say(printer, SAY_COMMAND, "followup people %s \"NAME <ADDRESS>\" --role recruiter", handle);
}

static bool has_changes(const OpArgs *args)
{
	static const char *const names[] = {"name", "email", "phone", "address", "linkedin", "role", "salutation"};
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		if (op_args_has(args, names[i]))
			return true;
	return false;
}

static bool change_person(App *app, Person *person, const OpArgs *args, GError **error)
{
	if (!intake_check_address(op_args_get(args, "email"), error) ||
		!intake_check_name(op_args_get(args, "name"), "Huck Finn", error))
		return false;
	intake_field(&person->name, op_args_get(args, "name"));
	intake_field(&person->email, op_args_get(args, "email"));
	intake_field(&person->phone, op_args_get(args, "phone"));
	intake_field(&person->address, op_args_get(args, "address"));
	intake_field(&person->linkedin, op_args_get(args, "linkedin"));
	intake_field(&person->salutation, op_args_get(args, "salutation"));
	if (op_args_has(args, "role"))
		person->role = (Role)word_find(WORDS_ROLE, op_args_get(args, "role"));
	return true;
}

/* The person meant: one on record, or somebody new. A single word that nobody is called by is rather a slip. */
static bool find_or_introduce(
	App *app, Case *item, Change *change, const char *name, int *ret_index, bool *ret_new, GError **error)
{
	g_autoptr(GError) missing = NULL;
	*ret_new = false;
	if (strchr(name, '<') != NULL || strchr(name, ',') != NULL)
		return intake_person(app, item, change, name, ret_index, ret_new, error);
	if (case_find_person(item, name, ret_index, &missing))
		return true;
	if (g_error_matches(missing, BASE_ERROR, BASE_ERROR_MISSING) && strchr(name, ' ') != NULL)
		return intake_person(app, item, change, name, ret_index, ret_new, error);
	if (g_error_matches(missing, BASE_ERROR, BASE_ERROR_MISSING))
		return base_error_set(
			error, BASE_ERROR_MISSING, "person",
			"Nobody at %s is called \"%s\"; somebody new is given with first and last name, or as \"%s <ADDRESS>\".",
			item->record->facts->company, name, name);
	g_propagate_error(error, g_steal_pointer(&missing));
	return false;
}

static bool take_person(App *app, Case *item, const char *name, const OpArgs *args, Printer *printer, GError **error)
{
	g_autoptr(Change) change = change_new(item->record);
	int index = NOBODY;
	bool is_new = false;
	if (!find_or_introduce(app, item, change, name, &index, &is_new, error) ||
		!change_person(app, facts_person(item->record->facts, index), args, error))
		return false;
	change_put(change, PART_PERSON, index);
	if (!case_save(app, item, change, error))
		return false;
	printer_string(printer, "person", NULL, facts_person(item->record->facts, index)->id);
	printer_boolean(printer, "new", is_new);
	printer_say(
		printer, SAY_GOOD, "%s is %s.", facts_person(item->record->facts, index)->name,
		is_new ? "on record" : "changed");
	printer_break(printer);
	return true;
}

static void tell_entry(const PersonEntry *entry, Printer *printer)
{
	const Person *person = &entry->person;
	g_autofree char *contacts = say_contacts(person);
	printer_object(printer, NULL);
	printer_integer(printer, "opportunity", NULL, entry->opportunity);
	printer_string(printer, "company", NULL, entry->company);
	printer_string(printer, "position", NULL, entry->position);
	tell_person(person, printer);
	printer_row(
		printer,
		(const char *const[]){person->name, entry->company, word_text(WORDS_ROLE, (int)person->role), contacts, NULL});
	printer_object_end(printer);
}

/* Everybody at every opportunity, or those a text finds. */
static bool list_everybody(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	enum { USUAL = 100, MOST = 1000 };
	g_autoptr(GPtrArray) entries = NULL;
	ListPart part = {.text = op_args_get(args, "find")};
	if (!desk_open(app, OP_STORE_READ, error) || !part_from_args(args, USUAL, MOST, &part, error) ||
		!store_people_list(app->store, ACCOUNT_SELF, &part, &entries, error))
		return false;
	printer_object(printer, NULL);
	bool more = part_tell(&part, entries, printer);
	printer_say(printer, SAY_HEADING, "Everybody on record");
	printer_list(printer, "people");
	for (guint i = 0; i < entries->len; i++)
		tell_entry(g_ptr_array_index(entries, i), printer);
	printer_list_end(printer);
	if (entries->len == 0)
		printer_say(printer, SAY_TEXT, part.offset > 0 ? "There are no more." : "Nobody.");
	if (more)
		printer_say(
			printer, SAY_WARNING, "There are more: --offset %d shows those after these; --find looks for one.",
			part.offset + (int)entries->len);
	printer_object_end(printer);
	return true;
}

/* --all goes with nothing that is about one person, and what only it takes with nothing else. */
static bool check_all(const OpArgs *args, bool changes, GError **error)
{
	static const char *const only[] = {"find", "limit", "offset"};
	bool all = op_args_has(args, "all");
	if (all && (changes || op_args_has(args, "opportunity")))
		return base_error_set(
			error, BASE_ERROR_INVALID, "all",
			"--all shows everybody on record; leave it out to show or change one opportunity's people.");
	for (size_t i = 0; i < G_N_ELEMENTS(only) && !all; i++)
		if (op_args_has(args, only[i]))
			return base_error_set(
				error, BASE_ERROR_INVALID, only[i], "--%s goes with --all: followup people --all --find ada", only[i]);
	return true;
}

bool op_people(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	g_autoptr(Case) item = NULL;
	const char *name = op_args_get(args, "person");
	bool changes = has_changes(args);
	if (!check_all(args, changes, error))
		return false;
	if (op_args_has(args, "all"))
		return list_everybody(app, args, printer, error);
	if (!desk_open(app, name == NULL && !changes ? OP_STORE_READ : OP_STORE_WRITE, error) ||
		!case_load(app, args, &item, error))
		return false;
	if (name == NULL && changes)
		return base_error_set(
			error, BASE_ERROR_INVALID, "person",
			"Say whom this is about: followup people OPPORTUNITY PERSON --email ADDRESS");
	bool shown = name != NULL && !changes && strchr(name, '<') == NULL && strchr(name, ',') == NULL;
	int index = NOBODY;
	if (shown && case_find_person(item, name, &index, NULL))
		name = NULL; /* named, and nothing to be changed */
	printer_object(printer, NULL);
	if (name != NULL && !take_person(app, item, name, args, printer, error))
		return false;
	tell_people(app, item, op_args_get(args, "person") == NULL, printer);
	printer_object_end(printer);
	return true;
}
