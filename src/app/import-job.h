/* import-job.h - an import while it is decided: what each row would do, and to which opportunity.
 *
 * For the files op-import.c and import-*.c only.  Rows are decided one after the other, on records in memory: a row
 * sees what those before it did.  Nothing is written until all are decided.
 */
#pragma once

#include "foreign-file.h"

#include <store/import.h>

typedef enum { IMPORT_NEW, IMPORT_UPDATE, IMPORT_SAME, IMPORT_CANNOT, IMPORT_ACTIONS } ImportAction;

/* One opportunity that rows are about. */
typedef struct ImportTarget {
	Case *item;
	Change *change;
	GString *before; /* JSON of what was there, made before the first change; NULL where it is new or unchanged */
	GPtrArray *invitations; /* of Invitation; NULL while they were not asked for */
	bool changed;
	char *fault; /* why it cannot be saved, or NULL */
} ImportTarget;

/* What one item comes to. */
typedef struct ImportRow {
	const ForeignFile *file;
	const Item *item; /* NULL: the file itself cannot be read */
	ImportAction action;
	char *what;           /* what it is about: "Globex (Data analyst)" */
	char *reason;         /* why not, or what is to be known; a sentence; or NULL */
	ImportTarget *target; /* or NULL */
} ImportRow;

typedef struct ImportJob {
	App *app;
	const OpArgs *args;
	const GPtrArray *files;          /* of ForeignFile */
	GPtrArray *rows;                 /* of ImportRow */
	GPtrArray *targets;              /* of ImportTarget */
	GHashTable *by_id;               /* int64_t* to ImportTarget: on record */
	GHashTable *by_uid;              /* key of an invitation to ImportTarget: those of rows before */
	GHashTable *by_company;          /* match name to GPtrArray of ImportTarget: new ones */
	ImportTarget *named;             /* of the option "opportunity", or NULL */
	char *only_company;              /* of people: the one company that all of them name, or NULL */
	int lacks_people, lacks_company; /* interviews of which nobody knows with whom, or at which company */
} ImportJob;

/* ---- import-match.c: which opportunity a row is about ---- */

/* The opportunity at that company (with that position), on record or made by a row before. *ret_target stays NULL where
 * there is none. INVALID where several could be meant. guessed: the company is one word of an address, and may be the
 * beginning of a name. */
bool import_find(
	ImportJob *job, const char *company, const char *position, bool guessed, ImportTarget **ret_target,
	GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The only opportunity on record with somebody of that address; *ret_target stays NULL where there is none or several.
 */
bool import_find_by_people(ImportJob *job, const GPtrArray *people, ImportTarget **ret_target, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

bool import_load_target(ImportJob *job, int64_t id, ImportTarget **ret_target, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* A new opportunity at a company. zone: an IANA name, or NULL: the account's. */
bool import_add_target(ImportJob *job, const char *company, const char *zone, ImportTarget **ret_target, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* To be called before the first change of a target: keeps what was there. */
bool import_touch(ImportJob *job, ImportTarget *target, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The target's invitations, loaded when first asked for. */
bool import_load_invitations(ImportJob *job, ImportTarget *target, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* ---- import-people.c ---- */

/* An address that mail can go to and facts may hold, borrowed; else NULL. */
const char *import_fit_address(const char *email);

/* A person's name as notes can use it: of one who has none, made of the address ("huck.finn@…"); NULL where neither
 * will do. Free with g_free. */
char *import_name_of(const ItemPerson *person);

/* The person in the facts, by address or name; NOBODY. */
int import_find_person(const Facts *facts, const ItemPerson *person);

/* Puts the person into the target's facts, or fills in what is not known of them. *ret_action says which of these
 * happened; NULL for *ret_index where nobody wants to know. */
bool import_put_person(
	ImportJob *job, ImportTarget *target, const ItemPerson *person, int role, int *ret_index, ImportAction *ret_action,
	GError **error) G_GNUC_WARN_UNUSED_RESULT;

bool import_person(ImportJob *job, ImportRow *row, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* ---- import-event.c, import-application.c: a row decided; false only where the import as a whole cannot go on ---- */

bool import_interview(ImportJob *job, ImportRow *row, GError **error) G_GNUC_WARN_UNUSED_RESULT;
bool import_cancellation(ImportJob *job, ImportRow *row, GError **error) G_GNUC_WARN_UNUSED_RESULT;
bool import_application(ImportJob *job, ImportRow *row, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Decides that the row cannot be taken in, and why. Returns true: the next row is looked at. */
bool import_cannot(ImportRow *row, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* ---- import-keep.c: what is kept so that it can be taken back ---- */

/* What a record holds that an import can change, as JSON; invitations: of Invitation. Release with g_string_free. */
GString *import_format_before(const Record *record, const GPtrArray *invitations);

/* The text that is kept with the part: what was there (of import_format_before, or NULL: the opportunity is new), and
 * how much there is after the import. Free with g_free. */
char *import_format_part(const GString *before, const Record *record);

/* Puts what was there into the record; *ret_invitations as they were. *ret_new: it was not there at all, and the record
 * is as it was. */
bool import_restore(const char *part, Record *record, GPtrArray **ret_invitations, bool *ret_new, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* What has come since the import: "1 debrief, 2 notes"; "a change" where nothing is more than it was. Free with g_free.
 */
char *import_say_since(const char *part, const Record *record);

/* ---- op-import.c ---- */

/* The whole of it, as args of "import" say it: for what came by mail, too. */
bool import_run(App *app, const OpArgs *args, Printer *printer, GError **error) G_GNUC_WARN_UNUSED_RESULT;
