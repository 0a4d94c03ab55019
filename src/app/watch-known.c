/* watch-known.c - the sets, and the headers that are held against them.
 *
 * Headers are not parsed here: whatever in them has the form of an address or a Message-ID is looked up.  A mail that
 * is wanted by mistake is read whole, and left alone then.
 */
#include "watch-known.h"

#include <string.h>

enum { TOKEN_BYTES = 320 };

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

/* What the fields of one mail say. */
typedef struct Look {
	const Known *known;
	bool wanted, own;
} Look;

static bool is_token_char(char c)
{
	return c != '<' && c != '>' && c != '(' && c != ')' && c != '"' && c != ',' && c != ';' && c != ':' && c != '[' &&
		   c != ']' && (unsigned char)c > ' ';
}

/* Each word around an @ of the value, in lower case where asked; stops where take says true. */
static bool any_token(
	const Look *look, const char *value, const char *end, bool lower, bool (*take)(const Look *look, const char *token))
{
	char token[TOKEN_BYTES];
	for (const char *at = memchr(value, '@', (size_t)(end - value)); at != NULL;
		 at = memchr(at, '@', (size_t)(end - at))) {
		const char *first = at, *last = at;
		while (first > value && is_token_char(first[-1]))
			first--;
		while (last < end && is_token_char(*last))
			last++;
		size_t length = (size_t)(last - first);
		at = last;
		if (length >= sizeof token)
			continue;
		for (size_t i = 0; i < length; i++)
			token[i] = lower ? g_ascii_tolower(first[i]) : first[i];
		token[length] = '\0';
		if (take(look, token))
			return true;
	}
	return false;
}

static bool is_note_id(const Look *look, const char *token)
{
	return g_hash_table_contains(look->known->by_id, token);
}

static bool is_known_writer(const Look *look, const char *token)
{
	return g_hash_table_contains(look->known->by_address, token) || known_find_colleagues(look->known, token) != NULL;
}

static bool is_own_address(const Look *look, const char *token)
{
	return g_hash_table_contains(look->known->own, token);
}

static bool is_mail_system(const Look *look, const char *token)
{
	return g_str_has_prefix(token, "mailer-daemon@") || g_str_has_prefix(token, "postmaster@") ||
		   g_str_has_prefix(token, "mail-daemon@") || g_str_has_prefix(token, "mailerdaemon@");
}

static void look_at_ids(Look *look, const char *value, const char *end)
{
	look->wanted = look->wanted || any_token(look, value, end, false, is_note_id);
}

static void look_at_writer(Look *look, const char *value, const char *end)
{
	look->wanted = look->wanted || any_token(look, value, end, true, is_known_writer);
}

static void look_at_from(Look *look, const char *value, const char *end)
{
	look->own = any_token(look, value, end, true, is_own_address);
	look_at_writer(look, value, end);
	look->wanted = look->wanted || any_token(look, value, end, true, is_mail_system);
}

static bool holds(const char *value, const char *end, const char *const *words)
{
	g_autofree char *text = g_ascii_strdown(value, end - value);
	for (; *words != NULL; words++)
		if (strstr(text, *words) != NULL)
			return true;
	return false;
}

static void look_at_sender(Look *look, const char *value, const char *end)
{
	while (value < end && g_ascii_isspace(*value))
		value++;
	look->wanted = look->wanted || (end - value >= 2 && memcmp(value, "<>", 2) == 0);
}

static void look_at_type(Look *look, const char *value, const char *end)
{
	static const char *const words[] = {"multipart/report", NULL};
	look->wanted = look->wanted || holds(value, end, words);
}

static void look_at_subject(Look *look, const char *value, const char *end)
{
	static const char *const words[] = {
		"undeliver",     "returned mail",    "delivery status",  "delivery fail",
		"mail delivery", "failure notice",   "delivery has",     "could not be delivered",
		"returned to",   "nicht zugestellt", "unzustellbar",     "non remis",
		"no entregad",   "mancata consegna", "delivery problem", NULL};
	look->wanted = look->wanted || holds(value, end, words);
}

static void look_no_further(Look *look, const char *value, const char *end)
{
	look->wanted = true;
}

typedef struct Field {
	const char *name;
	size_t length;
	void (*look)(Look *look, const char *value, const char *end);
} Field;

#define FIELD(name, look)                                                                                              \
	{                                                                                                                  \
		name ":", sizeof(name), look                                                                                   \
	}
static const Field fields[] = {
	FIELD("From", look_at_from),          FIELD("Reply-To", look_at_writer),
	FIELD("In-Reply-To", look_at_ids),    FIELD("References", look_at_ids),
	FIELD("Return-Path", look_at_sender), FIELD("Content-Type", look_at_type),
	FIELD("Subject", look_at_subject),    FIELD("X-Failed-Recipients", look_no_further),
};

/* The end of the field that begins here, with the lines that continue it. */
static const char *end_of_field(const char *at, const char *end)
{
	while (at < end) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));
		if (newline == NULL)
			return end;
		at = newline + 1;
		if (at == end || (*at != ' ' && *at != '\t'))
			return at;
	}
	return end;
}

bool known_wants(const Known *known, const char *head, size_t length)
{
	const char *end = head + length, *next = NULL;
	Look look = {.known = known};
	for (const char *at = head; at < end; at = next) {
		next = end_of_field(at, end);
		for (size_t i = 0; i < G_N_ELEMENTS(fields); i++)
			if ((size_t)(next - at) > fields[i].length &&
				g_ascii_strncasecmp(at, fields[i].name, fields[i].length) == 0) {
				fields[i].look(&look, at + fields[i].length, next);
				break;
			}
	}
	return look.wanted && !look.own;
}
