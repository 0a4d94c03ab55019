/* import.h - the last import as something that can be taken back, and which interview each invitation made.
 *
 * An import is one transaction: its changes, what was there before them (a text of the caller's, kept as it is), the
 * invitations, mails of the inbox.  Only the last one is kept; deleting an opportunity deletes what is kept of it here
 * too.
 */
#pragma once

#include <store/inbox.h>
#include <store/store.h>

/* The interview that a calendar's UID stands for. */
typedef struct Invitation {
	char *uid;           /* of the event; with the occurrence's time behind it where it is one of a series */
	int64_t opportunity; /* 0 in a part: that of its change */
	char *interview;     /* its id in the opportunity, or NULL: it was cancelled */
	int64_t sequence;    /* of the last message about it */
} Invitation;

/* A copy of what is given. */
Invitation *invitation_new(const char *uid, int64_t opportunity, const char *interview, int64_t sequence);
void invitation_free(Invitation *invitation);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Invitation, invitation_free)

/* The invitation of a UID; *ret_invitation is NULL where none is on record. */
bool store_invitation_load(Store *store, int64_t account, const char *uid, Invitation **ret_invitation, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* All of an opportunity, in no order. *ret_invitations: of Invitation; the caller owns it. */
bool store_invitation_list(
	Store *store, int64_t account, int64_t opportunity, GPtrArray **ret_invitations,
	GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What an import does to one opportunity, or did. Saved: change and invitations count; loaded: opportunity, revision
 * and before. */
typedef struct ImportPart {
	Change *change;         /* owned */
	GPtrArray *invitations; /* of Invitation, owned: replace what is on record of the opportunity; NULL: those stay */
	int64_t opportunity;
	int64_t revision; /* right after the import */
	char *before;     /* what was there, in the caller's words; NULL: the opportunity is new */
	GPtrArray *mails; /* of InboxItem, owned, or NULL: new ones, about this opportunity */
} ImportPart;

typedef struct Import {
	int64_t account;
	int64_t at;
	char *name;       /* what it was, as a person would say it: the files' names */
	GPtrArray *parts; /* of ImportPart, by opportunity where loaded */
	Account *me;      /* borrowed: saved with it, also where it is taken back; or NULL */
	char *before;     /* what it did beside its parts, in the caller's words; or NULL */
	GPtrArray *mails; /* of InboxItem: new ones beside its parts; taken back, those of these Message-IDs go */
} Import;

Import *import_new(int64_t account, int64_t at, const char *name);
void import_free(Import *import);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Import, import_free)

/* Appends an empty part; borrowed. */
ImportPart *import_add_part(Import *import);

/* Saves every change of the import, its invitations, its mails, its account (as store_account_save), and the import
 * itself in place of the one before, in one transaction. CONFLICT where one of the mails is known by now. */
bool store_import_save(Store *store, const Import *import, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The last import. MISSING where there is none (any more). */
bool store_import_load(Store *store, int64_t account, Import **ret_import, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Takes the import back in one transaction, and forgets it: parts without a change are deleted, the others saved, with
 * their invitations, its mails deleted, its account saved. CONFLICT, and nothing done, where an opportunity of it was
 * saved since. */
bool store_import_undo(Store *store, const Import *import, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* For matching rows one by one: opportunities whose company begins with the text, and people of exactly that name
 * (upper and lower case alike), found by index whatever else is on record; in the order of store_list and
 * store_people_find. */
bool store_list_beginning(
	Store *store, int64_t account, const char *prefix, int limit, GPtrArray **ret_rows,
	GError **error) G_GNUC_WARN_UNUSED_RESULT;
bool store_people_named(
	Store *store, int64_t account, const char *name, int limit, GPtrArray **ret_rows,
	GError **error) G_GNUC_WARN_UNUSED_RESULT;
