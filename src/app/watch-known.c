/* watch-known.c - the sets, and what is asked of them.
 */
#include "watch-known.h"

#include "watch-head.h"

#include <string.h>

struct Known {
	GPtrArray *notes, *people; /* of SentNote, of Correspondent */
	GHashTable *by_id;         /* Message-ID without brackets to SentNote */
	GHashTable *by_to;         /* address to SentNote: the last */
	GHashTable *by_address;    /* address to GPtrArray of Correspondent */
	GHashTable *by_domain;     /* domain to the same */
	GHashTable *own;           /* address */
};

static void add_own(Known *known, const char *address)
{
	if (address != NULL)
		g_hash_table_add(known->own, g_ascii_strdown(address, -1));
}

static void add_note(Known *known, SentNote *note)
{
	g_autofree char *id = g_strdup(note->message_id[0] == '<' ? note->message_id + 1 : note->message_id);
	if (g_str_has_suffix(id, ">"))
		id[strlen(id) - 1] = '\0';
	g_hash_table_insert(known->by_id, g_steal_pointer(&id), note);
	g_hash_table_insert(known->by_to, g_ascii_strdown(note->to_address, -1), note);
}

static void add_to(GHashTable *table, const char *key, Correspondent *person)
{
	GPtrArray *people = g_hash_table_lookup(table, key);
	if (people == NULL) {
		people = g_ptr_array_new();
		g_hash_table_insert(table, g_strdup(key), people);
	}
	g_ptr_array_add(people, person);
}

/* Domains under which everybody can have an address say nothing of a company. */
static void add_person(const App *app, Known *known, GHashTable *shared, Correspondent *person)
{
	MailProvider provider = {0};
	g_autofree char *address = g_ascii_strdown(person->email, -1);
	const char *at = strrchr(address, '@');
	if (at == NULL || g_hash_table_contains(known->own, address))
		return;
	add_to(known->by_address, address, person);
	if (g_hash_table_contains(shared, at + 1))
		return;
	if (g_hash_table_contains(known->by_domain, at + 1) ||
		(app->mail->provider_find(address, &provider, NULL) && !provider.shared))
		add_to(known->by_domain, at + 1, person);
	else
		g_hash_table_add(shared, g_strdup(at + 1));
}

bool known_load(App *app, Known **ret_known, GError **error)
{
	const MailModule *mail = NULL;
	GDestroyNotify unref = (GDestroyNotify)g_ptr_array_unref;
	g_autoptr(Known) known = g_new0(Known, 1);
	g_autoptr(GHashTable) shared = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	known->by_id = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	known->by_to = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	known->by_address = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, unref);
	known->by_domain = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, unref);
	known->own = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	if (!desk_mail_load(app, &mail, error) ||
		!store_correspondence_load(app->store, ACCOUNT_SELF, &known->notes, &known->people, error))
		return false;
	add_own(known, app->account->me.email);
	add_own(known, desk_setting(app, "mail.from"));
	add_own(known, desk_setting(app, "inbox.user"));
	for (guint i = 0; i < known->notes->len; i++)
		add_note(known, g_ptr_array_index(known->notes, i));
	for (guint i = 0; i < known->people->len; i++)
		add_person(app, known, shared, g_ptr_array_index(known->people, i));
	*ret_known = g_steal_pointer(&known);
	return true;
}

void known_free(Known *known)
{
	if (known == NULL)
		return;
	g_clear_pointer(&known->notes, g_ptr_array_unref);
	g_clear_pointer(&known->people, g_ptr_array_unref);
	g_hash_table_unref(known->by_id);
	g_hash_table_unref(known->by_to);
	g_hash_table_unref(known->by_address);
	g_hash_table_unref(known->by_domain);
	g_hash_table_unref(known->own);
	g_free(known);
}

/* ---- asking ---- */

const SentNote *known_find_note(const Known *known, const char *message_id)
{
	return message_id == NULL ? NULL : g_hash_table_lookup(known->by_id, message_id);
}

const SentNote *known_find_note_to(const Known *known, const char *address)
{
	return address == NULL ? NULL : g_hash_table_lookup(known->by_to, address);
}

const GPtrArray *known_find_people(const Known *known, const char *address)
{
	return address == NULL ? NULL : g_hash_table_lookup(known->by_address, address);
}

const GPtrArray *known_find_colleagues(const Known *known, const char *address)
{
	const char *at = address == NULL ? NULL : strrchr(address, '@');
	for (const char *domain = at == NULL ? NULL : at + 1; domain != NULL && strchr(domain, '.') != NULL;
		 domain = strchr(domain, '.') + 1) {
		const GPtrArray *people = g_hash_table_lookup(known->by_domain, domain);
		if (people != NULL)
			return people;
	}
	return NULL;
}

bool known_is_own(const Known *known, const char *address)
{
	return address != NULL && g_hash_table_contains(known->own, address);
}

/* ---- headers ---- */

static bool is_note_id(const char *token, const void *data)
{
	return known_find_note(data, token) != NULL;
}

static bool is_writer(const char *token, const void *data)
{
	return known_find_people(data, token) != NULL || known_find_colleagues(data, token) != NULL;
}

static bool is_own(const char *token, const void *data)
{
	return known_is_own(data, token);
}

bool known_wants(const Known *known, const char *head, size_t length)
{
	const HeadQuestions questions = {is_note_id, is_writer, is_own, known};
	return head_is_wanted(head, length, &questions);
}
