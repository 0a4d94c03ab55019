/* watch-head.c - goes through the fields once, and asks about each token of those that count.
 *
 * Headers are not parsed here: whatever in them has the form of an address or a Message-ID is asked about.  A mail that
 * is wanted by mistake is read whole, and left alone then.
 */
#include "watch-head.h"

#include <string.h>

enum { TOKEN_BYTES = 320 };

/* What the fields of one mail say. */
typedef struct Look {
	const HeadQuestions *questions;
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
	return look->questions->is_note(token, look->questions->data);
}

static bool is_known_writer(const Look *look, const char *token)
{
	return look->questions->is_writer(token, look->questions->data);
}

static bool is_own_address(const Look *look, const char *token)
{
	return look->questions->is_own(token, look->questions->data);
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

bool head_is_wanted(const char *head, size_t length, const HeadQuestions *questions)
{
	const char *end = head + length, *next = NULL;
	Look look = {.questions = questions};
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
