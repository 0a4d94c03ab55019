/* write.c - people as vCard 3.0 and as CSV.
 *
 * A uid that has to be made is a hash (in the form of a version 5 UUID, RFC 4122) of what tells the person apart, so
 * that a second export updates the cards of the first.
 */
#include <exchange/write.h>

#include "content-write.h"

#include <base/error.h>
#include <base/text.h>
#include <string.h>

enum { PERSON_COLUMNS = 8 };

/* The last word is taken for the family name: the N that other programs sort by. */
static void append_name(GString *out, const char *name)
{
	const char *last = strrchr(name, ' ');
	g_autofree char *given = last == NULL ? g_strdup(name) : g_strndup(name, (size_t)(last - name));
	g_autoptr(GString) line = g_string_new("N:");
	content_append_escaped(line, last == NULL ? NULL : last + 1);
	g_string_append_c(line, ';');
	content_append_escaped(line, given);
	g_string_append(line, ";;;");
	content_append_line(out, line);
	content_append_property(out, "FN", name);
}

/* The whole address stands in the street's place, since which of its lines is a town is not known here. */
static void append_address(GString *out, const char *address)
{
	if (text_is_blank(address))
		return;
	g_autoptr(GString) line = g_string_new("ADR;TYPE=WORK:;;");
	content_append_escaped(line, address);
	g_string_append(line, ";;;;");
	content_append_line(out, line);
	content_append_property(out, "LABEL;TYPE=WORK", address);
}

static char *make_uid(const ItemPerson *person)
{
	const char *company = person->company == NULL ? "" : person->company;
	g_autofree char *known_by = !text_is_blank(person->email) ? g_utf8_strdown(person->email, -1)
															  : g_strconcat(person->name, "\n", company, NULL);
	g_autofree char *seed = g_strconcat("followup person\n", known_by, NULL);
	g_autofree char *hash = g_compute_checksum_for_string(G_CHECKSUM_SHA1, seed, -1);
	return g_strdup_printf(
		"urn:uuid:%.8s-%.4s-5%.3s-%c%.3s-%.12s", hash, hash + 8, hash + 13, "89ab"[g_ascii_xdigit_value(hash[16]) & 3],
		hash + 17, hash + 20);
}

static void append_card(GString *out, const ItemPerson *person)
{
	g_autofree char *made = person->uid == NULL ? make_uid(person) : NULL;
	g_string_append(out, "BEGIN:VCARD\r\nVERSION:3.0\r\nPRODID:-//followup//followup//EN\r\n");
	content_append_property(out, "UID", made == NULL ? person->uid : made);
	append_name(out, text_is_blank(person->name) ? person->email : person->name);
	content_append_property(out, "ORG", person->company);
	content_append_property(out, "TITLE", person->title);
	content_append_property(out, "EMAIL;TYPE=INTERNET", person->email);
	content_append_property(out, "TEL;TYPE=WORK,VOICE", person->phone);
	append_address(out, person->address);
	content_append_uri(out, "URL", person->linkedin);
	content_append_uri(out, "X-SOCIALPROFILE;TYPE=linkedin", person->linkedin);
	g_string_append(out, "END:VCARD\r\n");
}

bool exchange_write_vcards(const GPtrArray *people, GString **ret_text, GError **error)
{
	g_autoptr(GString) out = g_string_new(NULL);
	for (guint i = 0; i < people->len; i++) {
		const ItemPerson *person = people->pdata[i];
		if (text_is_blank(person->name) && text_is_blank(person->email)) {
			g_string_free(g_steal_pointer(&out), TRUE);
			return base_error_set(
				error, BASE_ERROR_INVALID, NULL,
				"Person %u has neither a name nor an e-mail address; a card needs one of them.", i + 1);
		}
		append_card(out, person);
	}
	*ret_text = g_steal_pointer(&out);
	return true;
}

/* A cell that a spreadsheet would compute begins with a quote mark instead; a telephone number only looks like one. */
static bool is_formula(const char *value)
{
	if (strchr("=@\t\r", *value) != NULL)
		return *value != '\0';
	return strchr("+-", *value) != NULL && value[strspn(value, "+-0123456789 ()./")] != '\0';
}

static void append_cell(GString *out, const char *value, bool last)
{
	if (value != NULL && *value != '\0') {
		g_string_append_c(out, '"');
		if (is_formula(value))
			g_string_append_c(out, '\'');
		for (; *value != '\0'; value++)
			g_string_append_printf(out, *value == '"' ? "\"%c" : "%c", *value);
		g_string_append_c(out, '"');
	}
	g_string_append(out, last ? "\r\n" : ",");
}

bool exchange_write_people(const GPtrArray *people, GString **ret_text, GError **error)
{
	g_autoptr(GString) out = g_string_new("Name,Email,Phone,Address,LinkedIn,Company,Title,Role\r\n");
	for (guint i = 0; i < people->len; i++) {
		const ItemPerson *person = people->pdata[i];
		const char *const cells[PERSON_COLUMNS] = {person->name,     person->email,
												   person->phone,    person->address,
												   person->linkedin, person->company,
												   person->title,    word_text(WORDS_ROLE, person->role)};
		for (size_t column = 0; column < PERSON_COLUMNS; column++)
			append_cell(out, cells[column], column + 1 == PERSON_COLUMNS);
	}
	*ret_text = g_steal_pointer(&out);
	return true;
}
