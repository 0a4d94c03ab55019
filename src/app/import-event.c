/* import-event.c - invitations as interviews: new, moved, called off.
 *
 * The interview of an invitation is known again by its UID.  Of two versions the one with the higher sequence counts;
 * one that is not lower moves the interview.
 */
#include "called-off.h"
#include "ending.h"
#include "import-job.h"
#include "intake.h"

#include <base/limits.h>
#include <base/text.h>
#include <string.h>

enum { UID_BYTES = 1024, HOUR = 3600 };

/* What tells an event from others: its UID, and which of a series it is. NULL where it has none that can be kept. */
static char *key_of(const Item *item)
{
	if (item->uid == NULL || strlen(item->uid) > UID_BYTES)
		return NULL;
	return item->recurrence == TIME_NONE ? g_strdup(item->uid)
										 : g_strdup_printf("%s %" G_GINT64_FORMAT, item->uid, item->recurrence);
}

static Invitation *find_invitation(const ImportTarget *target, const char *key)
{
	for (guint i = 0; target->invitations != NULL && key != NULL && i < target->invitations->len; i++) {
		Invitation *invitation = g_ptr_array_index(target->invitations, i);
		if (strcmp(invitation->uid, key) == 0)
			return invitation;
	}
	return NULL;
}

/* The opportunity that has an interview of this invitation, on record or by a row before. */
static bool find_invited(ImportJob *job, const char *key, ImportTarget **ret_target, GError **error)
{
	g_autoptr(Invitation) stored = NULL;
	*ret_target = NULL;
	if (key == NULL)
		return true;
	*ret_target = g_hash_table_lookup(job->by_uid, key);
	if (*ret_target != NULL)
		return true;
	if (!store_invitation_load(job->app->store, ACCOUNT_SELF, key, &stored, error))
		return false;
	return stored == NULL || (import_load_target(job, stored->opportunity, ret_target, error) &&
							  import_load_invitations(job, *ret_target, error));
}

static void put_invitation(
	ImportJob *job, ImportTarget *target, const char *key, const char *interview, const Item *item)
{
	Invitation *known = find_invitation(target, key);
	if (key == NULL)
		return;
	g_hash_table_insert(job->by_uid, g_strdup(key), target);
	if (known == NULL) {
		g_ptr_array_add(target->invitations, invitation_new(key, 0, interview, MAX(item->sequence, 0)));
		return;
	}
	intake_replace(&known->interview, interview);
	known->sequence = MAX(item->sequence, 0);
}

/* ---- which opportunity ---- */

static bool find_target(ImportJob *job, ImportRow *row, const char *key, GError **error)
{
	const Item *item = row->item;
	const char *said = op_args_get(job->args, "company");
	row->target = NULL;
	if (!find_invited(job, key, &row->target, error))
		return false;
	if (row->target == NULL)
		row->target = job->named;
	if (row->target != NULL)
		return true;
	if (said != NULL)
		return import_find(job, said, item->position, false, &row->target, error);
	if (!import_find_by_people(job, item->people, &row->target, error))
		return false;
	return row->target != NULL || item->company == NULL ||
		   import_find(job, item->company, item->position, item->company_guessed, &row->target, error);
}

/* Passes on what ends the import; anything that only this row is at fault for is its reason. */
static bool judge(ImportRow *row, GError *fault, GError **error)
{
	if (fault->code == BASE_ERROR_INVALID)
		return import_cannot(row, "%s", fault->message);
	g_propagate_error(error, g_error_copy(fault));
	return false;
}

/* ---- with whom ---- */

/* Those who are in it: not who declined, and not a recruiter who only sent the invitation. */
static bool takes_part(const Item *item, const ItemPerson *person)
{
	bool sends_only =
		person->organizer && (person->role == ROLE_RECRUITER || person->role == ROLE_HR) && item->people->len > 1;
	return g_strcmp0(person->answer, "declined") != 0 && !sends_only;
}

static bool add_with(Interview *interview, int person)
{
	if (interview_has(interview, person) || interview->with->len >= LIMIT_WITH)
		return false;
	g_array_append_val(interview->with, person);
	return true;
}

static ItemPerson introduced(const Introduction *who)
{
	return (ItemPerson){.name = who->name, .email = who->email, .role = who->role};
}

/* Those named by --with, for an interview whose invitation names nobody. */
static bool put_named(ImportJob *job, ImportTarget *target, GArray *with, GError **error)
{
	const GPtrArray *names = op_args_get_all(job->args, "with");
	for (guint i = 0; i < names->len; i++) {
		Introduction who = {0};
		ImportAction action = IMPORT_SAME;
		int index = NOBODY;
		if (!introduction_parse(g_ptr_array_index(names, i), &who, error))
			return false;
		const ItemPerson person = introduced(&who);
		bool good = import_put_person(job, target, &person, ROLE_INTERVIEWER, &index, &action, error);
		introduction_clear(&who);
		if (!good)
			return false;
		g_array_append_val(with, index);
	}
	return true;
}

static bool put_people(ImportJob *job, ImportTarget *target, const Item *item, GArray *with, GError **error)
{
	for (guint i = 0; i < item->people->len; i++) {
		const ItemPerson *person = g_ptr_array_index(item->people, i);
		ImportAction action = IMPORT_SAME;
		int index = NOBODY;
		g_autofree char *name = import_name_of(person);
		if (name == NULL)
			continue;
		if (!import_put_person(job, target, person, ROLE_INTERVIEWER, &index, &action, error))
			return false;
		if (takes_part(item, person))
			g_array_append_val(with, index);
	}
	return with->len > 0 || put_named(job, target, with, error);
}

static bool has_anybody(const Item *item)
{
	for (guint i = 0; i < item->people->len; i++) {
		const ItemPerson *person = g_ptr_array_index(item->people, i);
		g_autofree char *name = import_name_of(person);
		if (name != NULL && takes_part(item, person))
			return true;
	}
	return false;
}

/* ---- the interview ---- */

static void describe(ImportJob *job, ImportRow *row, const char *before, int index)
{
	const Facts *facts = row->target->item->record->facts;
	g_autofree char *interview = say_interview(job->app, facts, index), *company = say_opportunity(facts);
	g_autofree char *people = say_people(facts, index);
	g_free(row->what);
	row->what =
		g_strdup_printf("%s%s at %s%s%s", before, interview, company, people[0] == '\0' ? "" : " with ", people);
}

static int find_by_start(const Facts *facts, int64_t start)
{
	for (guint i = 0; i < facts->interviews->len; i++)
		if (facts_interview(facts, (int)i)->start == start)
			return (int)i;
	return NO_INTERVIEW;
}

static int64_t end_of(const Item *item)
{
	return item->end > item->start ? item->end : item->start + HOUR;
}

static bool add_interview(ImportJob *job, ImportRow *row, const char *key, GError **error)
{
	const Item *item = row->item;
	Facts *facts = row->target->item->record->facts;
	g_autoptr(GArray) with = g_array_new(FALSE, FALSE, sizeof(int));
	if (facts->interviews->len >= LIMIT_INTERVIEWS)
		return import_cannot(row, "%s has %d interviews, the most that are kept.", facts->company, LIMIT_INTERVIEWS);
	if (!import_touch(job, row->target, error) || !put_people(job, row->target, item, with, error))
		return false;
	InterviewKind kind = item->interview_kind != WORD_NONE ? (InterviewKind)item->interview_kind
						 : with->len > 1                   ? INTERVIEW_PANEL
														   : INTERVIEW_VIDEO;
	g_autofree char *id = intake_interview_id(facts, kind);
	const Interview fresh = {
		.id = id,
		.kind = kind,
		.start = item->start,
		.end = end_of(item),
		.place = item->place,
		.link = item->video,
		.promise = PROMISE_NONE};
	Interview *interview = facts_add_interview(facts, &fresh);
	for (guint i = 0; i < with->len; i++)
		add_with(interview, g_array_index(with, int, i));
	put_invitation(job, row->target, key, id, item);
	row->action = IMPORT_NEW;
	describe(job, row, "", (int)facts->interviews->len - 1);
	return true;
}

/* Everybody whom the invitation names by now is with it; who was known stays. */
static bool add_people(ImportJob *job, ImportRow *row, int index, bool *ret_changed, GError **error)
{
	g_autoptr(GArray) with = g_array_new(FALSE, FALSE, sizeof(int));
	Facts *facts = row->target->item->record->facts;
	guint people = facts->people->len;
	if (has_anybody(row->item) && !put_people(job, row->target, row->item, with, error))
		return false;
	*ret_changed = facts->people->len > people;
	for (guint i = 0; i < with->len; i++) {
		Interview *interview = facts_interview(facts, index);
		bool known = false;
		for (guint j = 0; j < interview->with->len && !known; j++)
			known = g_array_index(interview->with, int, j) == g_array_index(with, int, i);
		if (known)
			continue;
		if (!import_touch(job, row->target, error))
			return false;
		*ret_changed = add_with(interview, g_array_index(with, int, i)) || *ret_changed;
	}
	return true;
}

/* Where an invitation says that it is; one that says nothing of it leaves what is known. */
static bool is_elsewhere(const Interview *interview, const Item *item)
{
	return (item->place != NULL && g_strcmp0(item->place, interview->place) != 0) ||
		   (item->video != NULL && g_strcmp0(item->video, interview->link) != 0);
}

static void set_text(char **place, const char *text)
{
	g_free(*place);
	*place = g_strdup(text);
}

static void put_place(Interview *interview, const Item *item)
{
	if (item->place != NULL)
		set_text(&interview->place, item->place);
	if (item->video != NULL)
		set_text(&interview->link, item->video);
}

static bool move_interview(ImportJob *job, ImportRow *row, const char *key, int index, GError **error)
{
	const Item *item = row->item;
	Facts *facts = row->target->item->record->facts;
	Interview *interview = facts_interview(facts, index);
	bool moved = interview->start != item->start || (item->end > item->start && interview->end != item->end);
	bool linked = key != NULL && find_invitation(row->target, key) == NULL, more = false;
	if (moved && interview_is_debriefed(facts, index))
		return import_cannot(row, "That interview was held: a debrief of it is on record.");
	if (!add_people(job, row, index, &more, error))
		return false;
	bool elsewhere = is_elsewhere(interview, item);
	row->action = moved || more || linked || elsewhere ? IMPORT_UPDATE : IMPORT_SAME;
	describe(job, row, moved ? "moved to " : "", index);
	if (row->action == IMPORT_SAME)
		return true;
	if (!import_touch(job, row->target, error))
		return false;
	interview->start = item->start;
	interview->end = moved ? end_of(item) : interview->end;
	put_place(interview, item);
	put_invitation(job, row->target, key, interview->id, item);
	describe(job, row, moved ? "moved to " : "", index);
	return true;
}

/* What is no interview, or not one that can be put on record; NULL where it is one. */
static const char *find_obstacle(const Item *item)
{
	if (item->error != NULL)
		return item->error;
	if (item->method > METHOD_CANCEL)
		return "This is an answer to an invitation, and moves nothing.";
	if (item->start == TIME_NONE)
		return "It does not say when it begins.";
	if (item->all_day)
		return "It is a whole day and names no time; an interview begins at an hour.";
	if (item->rule != NULL)
		return "It repeats itself; an interview takes place once.";
	return NULL;
}

static bool is_closed(ImportJob *job, ImportRow *row)
{
	const Facts *facts = row->target->item->record->facts;
	const Event *ending = facts_find_ending(facts, job->app->now);
	if (ending == NULL || row->item->start <= ending->at)
		return false;
	return import_cannot(
		row, "%s is closed (%s); if it is open again, say so first: followup outcome %s reopened", facts->company,
		ending_word(ending), facts->company);
}

/* At which company, said or guessed, the new opportunity is. */
static bool open_target(ImportJob *job, ImportRow *row, GError **error)
{
	const Item *item = row->item;
	const char *said = op_args_get(job->args, "company");
	const char *company = said != NULL ? said : item->company;
	if (company == NULL) {
		job->lacks_company++;
		return import_cannot(row, "Which company it is with is not said; --company or --opportunity says it.");
	}
	bool has_zone = item->zone != NULL && !item->floating && strcmp(item->zone, "UTC") != 0;
	if (!import_add_target(job, company, has_zone ? item->zone : NULL, &row->target, error) ||
		!import_load_invitations(job, row->target, error))
		return false;
	intake_replace(&row->target->item->record->facts->position, item->position);
	if (said == NULL && item->company_guessed)
		row->reason = g_strdup("The company is taken from an address; --company says otherwise.");
	return true;
}

static bool decide(ImportJob *job, ImportRow *row, const char *key, GError **error)
{
	const Invitation *known = row->target == NULL ? NULL : find_invitation(row->target, key);
	const Facts *facts = row->target == NULL ? NULL : row->target->item->record->facts;
	int sequence = MAX(row->item->sequence, 0), index = NO_INTERVIEW;
	if (known != NULL && sequence < known->sequence) {
		row->action = IMPORT_SAME;
		row->reason = g_strdup("A later version of this invitation is on record.");
		return true;
	}
	if (known != NULL && known->interview == NULL && sequence == known->sequence) {
		row->action = IMPORT_SAME;
		row->reason = g_strdup("It was called off.");
		return true;
	}
	if (known != NULL && known->interview != NULL)
		index = facts_find_interview(facts, known->interview);
	if (index == NO_INTERVIEW && facts != NULL)
		index = find_by_start(facts, row->item->start);
	if (index != NO_INTERVIEW)
		return import_load_invitations(job, row->target, error) && move_interview(job, row, key, index, error);
	if (!has_anybody(row->item) && !op_args_has(job->args, "with")) {
		job->lacks_people++;
		return import_cannot(row, "Whom it is with is not said; --with \"NAME <ADDRESS>\" says it.");
	}
	if (row->target != NULL && is_closed(job, row))
		return true;
	if (row->target == NULL && !open_target(job, row, error))
		return false;
	return row->target == NULL || add_interview(job, row, key, error);
}

static char *what_of(const Item *item)
{
	const char *company = item->company == NULL ? "" : item->company;
	const char *summary = item->summary == NULL ? "an event without a title" : item->summary;
	return g_strdup_printf("%s%s%s", summary, company[0] == '\0' ? "" : ", ", company);
}

bool import_interview(ImportJob *job, ImportRow *row, GError **error)
{
	g_autoptr(GError) fault = NULL;
	g_autofree char *key = key_of(row->item);
	const char *obstacle = find_obstacle(row->item);
	row->what = what_of(row->item);
	if (obstacle != NULL)
		return import_cannot(row, "%s", obstacle);
	if (!find_target(job, row, key, &fault))
		return judge(row, fault, error);
	return decide(job, row, key, &fault) || judge(row, fault, error);
}

/* ---- called off ---- */

static bool withdraw(ImportJob *job, ImportRow *row, const char *key, GError **error)
{
	const Invitation *known = find_invitation(row->target, key);
	const Facts *facts = row->target->item->record->facts;
	int index =
		known != NULL && known->interview != NULL ? facts_find_interview(facts, known->interview) : NO_INTERVIEW;
	if (known == NULL && row->item->start != TIME_NONE)
		index = find_by_start(facts, row->item->start);
	if (known != NULL && row->item->sequence >= 0 && row->item->sequence < known->sequence)
		row->reason = g_strdup("A later version of this invitation is on record.");
	else if (index != NO_INTERVIEW) {
		describe(job, row, "called off: ", index);
		if (interview_has_history(facts, index))
			return import_cannot(row, "That interview was held: what was noted of it is on record.");
		g_autofree char *id = g_strdup(facts_interview(facts, index)->id);
		if (!import_touch(job, row->target, error))
			return false;
		interview_remove(row->target->item, row->target->change, index);
		put_invitation(job, row->target, key, NULL, row->item);
		row->action = IMPORT_UPDATE;
		return true;
	}
	row->action = IMPORT_SAME;
	return true;
}

bool import_cancellation(ImportJob *job, ImportRow *row, GError **error)
{
	g_autoptr(GError) fault = NULL;
	g_autofree char *key = key_of(row->item);
	row->what = what_of(row->item);
	row->action = IMPORT_SAME;
	if (!find_target(job, row, key, &fault))
		return judge(row, fault, error);
	if (row->target == NULL) {
		row->reason = g_strdup("The interview that is called off is not on record.");
		return true;
	}
	if (!import_load_invitations(job, row->target, error))
		return false;
	return withdraw(job, row, key, &fault) || judge(row, fault, error);
}
