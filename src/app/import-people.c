/* import-people.c - people of other programs as people of an opportunity.
 *
 * What is known stays: a card fills in what is missing, and says where it knows something else.
 */
#include "import-job.h"
#include "intake.h"

#include <base/limits.h>
#include <base/text.h>
#include <string.h>

int import_find_person(const Facts *facts, const ItemPerson *person)
{
	g_autofree char *name = import_name_of(person);
	g_autofree char *folded = name == NULL ? NULL : g_utf8_casefold(name, -1);
	int by_name = NOBODY;
	for (guint i = 0; i < facts->people->len; i++) {
		const Person *known = facts_person(facts, (int)i);
		g_autofree char *theirs = g_utf8_casefold(known->name, -1);
		if (person->email != NULL && known->email != NULL && g_ascii_strcasecmp(person->email, known->email) == 0)
			return (int)i;
		if (by_name == NOBODY && folded != NULL && strcmp(theirs, folded) == 0)
			by_name = (int)i;
	}
	return by_name;
}

/* Lines as one, cut to what a field may hold. */
static char *fit_line(const char *text)
{
	if (text == NULL)
		return NULL;
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	g_autofree char *line = g_strjoinv(", ", lines);
	return strlen(line) > LIMIT_NAME_BYTES || text_find_fault(line, strlen(line), LIMIT_NAME_BYTES, TEXT_LINE) != NULL
			   ? NULL
			   : g_steal_pointer(&line);
}

static bool fill(char **field, const char *text)
{
	if (*field != NULL || text == NULL)
		return false;
	*field = g_strdup(text);
	return true;
}

static bool fill_person(Person *person, const ItemPerson *from)
{
	g_autofree char *phone = fit_line(from->phone), *address = fit_line(from->address),
					*linkedin = fit_line(from->linkedin);
	bool changed = fill(&person->email, import_fit_address(from->email));
	changed = fill(&person->phone, phone) || changed;
	changed = fill(&person->address, address) || changed;
	return fill(&person->linkedin, linkedin) || changed;
}

/* Whether there is anything to fill in, without doing it. */
static bool can_fill(const Person *person, const ItemPerson *from)
{
	g_autofree char *phone = fit_line(from->phone), *address = fit_line(from->address),
					*linkedin = fit_line(from->linkedin);
	return (person->email == NULL && import_fit_address(from->email) != NULL) ||
		   (person->phone == NULL && phone != NULL) || (person->address == NULL && address != NULL) ||
		   (person->linkedin == NULL && linkedin != NULL);
}

static bool add_person(
	ImportJob *job, ImportTarget *target, const ItemPerson *person, int role, int *ret_index, GError **error)
{
	Facts *facts = target->item->record->facts;
	g_autofree char *name = import_name_of(person);
	if (name == NULL || text_find_fault(name, strlen(name), LIMIT_NAME_BYTES, TEXT_NAME) != NULL)
		return base_error_set(error, BASE_ERROR_INVALID, "name", "There is no name; a person needs one.");
	if (facts->people->len >= LIMIT_PEOPLE)
		return base_error_set(
			error, BASE_ERROR_INVALID, "people", "%s has %d people, the most that are kept.", facts->company,
			LIMIT_PEOPLE);
	if (!import_touch(job, target, error))
		return false;
	g_autofree char *id = intake_person_id(facts, name);
	Person fresh = {.id = id, .name = name, .role = (Role)role};
	fill_person(facts_add_person(facts, &fresh), person);
	*ret_index = (int)facts->people->len - 1;
	return true;
}

bool import_put_person(
	ImportJob *job, ImportTarget *target, const ItemPerson *person, int role, int *ret_index, ImportAction *ret_action,
	GError **error)
{
	Facts *facts = target->item->record->facts;
	int index = import_find_person(facts, person), kept = person->role != WORD_NONE ? person->role : role;
	*ret_action = index == NOBODY ? IMPORT_NEW : IMPORT_SAME;
	if (index == NOBODY && !add_person(job, target, person, kept, &index, error))
		return false;
	if (*ret_action == IMPORT_SAME && can_fill(facts_person(facts, index), person)) {
		if (!import_touch(job, target, error))
			return false;
		fill_person(facts_person(facts, index), person);
		*ret_action = IMPORT_UPDATE;
	}
	if (ret_index != NULL)
		*ret_index = index;
	return true;
}

/* The opportunity that somebody belongs to. */
static bool find_target(
	ImportJob *job, const Item *item, const ItemPerson *person, ImportTarget **ret_target, GError **error)
{
	const char *said = op_args_get(job->args, "company");
	const char *company = said != NULL ? said : person->company;
	*ret_target = job->named;
	if (job->named != NULL)
		return true;
	if (said == NULL && !import_find_by_people(job, item->people, ret_target, error))
		return false;
	if (*ret_target != NULL || company == NULL)
		return true;
	if (!import_find(job, company, NULL, false, ret_target, error))
		return false;
	bool all_there = said != NULL || job->only_company != NULL;
	return *ret_target != NULL || !all_there || import_add_target(job, company, NULL, ret_target, error);
}

static bool is_elsewhere(const char *known, const char *said)
{
	return known != NULL && said != NULL && g_ascii_strcasecmp(known, said) != 0;
}

static bool put_row(ImportJob *job, ImportRow *row, const ItemPerson *person, GError **error)
{
	g_autoptr(GError) fault = NULL;
	int index = NOBODY;
	if (!import_put_person(job, row->target, person, ROLE_OTHER, &index, &row->action, &fault)) {
		if (fault->code == BASE_ERROR_INVALID)
			return import_cannot(row, "%s", fault->message);
		g_propagate_error(error, g_steal_pointer(&fault));
		return false;
	}
	const Facts *facts = row->target->item->record->facts;
	const Person *known = facts_person(facts, index);
	g_autofree char *opportunity = say_opportunity(facts);
	g_free(row->what);
	row->what = g_strdup_printf("%s at %s", known->name, opportunity);
	if (is_elsewhere(known->email, person->email))
		row->reason = g_strdup_printf("On record is %s; the file has %s.", known->email, person->email);
	return true;
}

bool import_person(ImportJob *job, ImportRow *row, GError **error)
{
	g_autoptr(GError) fault = NULL;
	const ItemPerson *person = g_ptr_array_index(row->item->people, 0);
	g_autofree char *name = import_name_of(person);
	row->what = g_strdup(name != NULL ? name : person->email != NULL ? person->email : "somebody without a name");
	if (!find_target(job, row->item, person, &row->target, &fault)) {
		if (fault->code == BASE_ERROR_INVALID)
			return import_cannot(row, "%s", fault->message);
		g_propagate_error(error, g_steal_pointer(&fault));
		return false;
	}
	if (row->target == NULL && person->company != NULL)
		return import_cannot(
			row, "No opportunity at %s is on record; --company or --opportunity says where to put them.",
			person->company);
	if (row->target == NULL)
		return import_cannot(row, "Which company they belong to is not said; --company or --opportunity says it.");
	return put_row(job, row, person, error);
}
