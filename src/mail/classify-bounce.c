/* classify-bounce.c - reads delivery reports (RFC 3464), and what servers write that make none.
 *
 * A dead address is told by what the server says of it, else by its status code (RFC 3463).  What was said after the
 * text had been sent, or of the sender, is about the text or the sender: the address may live.
 */
#include "classify-bounce.h"

#include "parse-words.h"

#include <string.h>

enum { HUMAN_BYTES = 8 * 1024, DIAGNOSTIC_BYTES = 2 * 1024, QUOTE_BYTES = 300 };

/* One recipient of a report, as text of its own. */
typedef struct Recipient {
	char *address, *action, *status, *diagnostic;
} Recipient;

/* The command a server was answering. */
typedef enum { COMMAND_UNKNOWN, COMMAND_SENDER, COMMAND_RECIPIENT, COMMAND_TEXT } Command;

static void clear_recipient(Recipient *recipient)
{
	g_free(recipient->address);
	g_free(recipient->action);
	g_free(recipient->status);
	g_free(recipient->diagnostic);
	*recipient = (Recipient){0};
}

/* ---- text ---- */

/* The first address of a text, in lower case: somebody@somewhere, without what encloses it. NULL where there is none.
 */
static char *find_address(const char *text, size_t length)
{
	const char *at = memchr(text, '@', length);
	while (at != NULL) {
		const char *first = at, *last = at + 1, *end = text + length;
		while (first > text && (g_ascii_isalnum(first[-1]) || strchr(".!#$%&*+/=?^_{|}~-", first[-1]) != NULL))
			first--;
		while (last < end && (g_ascii_isalnum(*last) || *last == '.' || *last == '-'))
			last++;
		while (last > at && !g_ascii_isalnum(last[-1]))
			last--;
		if (first < at && last > at + 1)
			return g_ascii_strdown(first, last - first);
		at = memchr(at + 1, '@', (size_t)(end - at - 1));
	}
	return NULL;
}

/* The text with "addr" for each address, so that phrases need not count its parts, and without bracketed numbers. */
static char *fold_addresses(const char *text, size_t length)
{
	GString *out = g_string_new(NULL);
	for (size_t i = 0; i < length;) {
		size_t word = i;
		bool address = false;
		while (word < length && !g_ascii_isspace(text[word]) && strchr("<>()[],;\"", text[word]) == NULL)
			address = text[word++] == '@' || address;
		if (address)
			g_string_append(out, " addr ");
		else
			g_string_append_len(out, text + i, (gssize)(word - i));
		i = word;
		if (i < length) {
			char c = text[i++];
			g_string_append_c(out, strchr("<>[]", c) != NULL ? ' ' : c == '\n' ? ' ' : c);
		}
	}
	return g_string_free(out, FALSE);
}

/* How much of the text the server wrote: the mail that came back is not looked at. */
static size_t human_length(const char *text)
{
	const char *at = text;
	bool written = false;
	while (*at != '\0' && at - text < HUMAN_BYTES) {
		size_t length = strcspn(at, "\n");
		g_autofree char *line = g_strndup(at, MIN(length, 120u));
		bool ruled = strchr("-*=_>#", *g_strchug(line)) != NULL && *line != '\0';
		if (written && (ruled ? words_fit(line, WORDS_RETURNED) : words_fit_start(line, strlen(line), WORDS_RETURNED)))
			break;
		if (written && (g_str_has_prefix(line, "Received: ") || g_str_has_prefix(line, "Return-Path: ")))
			break;
		written = written || *line != '\0';
		at += length + (at[length] == '\n');
	}
	return (size_t)(at - text);
}

/* A header's value in a text that shows headers; the first. NULL where there is none. */
static char *find_field(const char *text, const char *name)
{
	for (const char *at = text; *at != '\0';) {
		size_t length = strcspn(at, "\n");
		const char *begin = at;
		while (*begin == ' ' || *begin == '>' || *begin == '\t')
			begin++;
		if (g_ascii_strncasecmp(begin, name, strlen(name)) == 0) {
			char *value = g_strndup(begin + strlen(name), (size_t)MAX(at + length - begin - (gssize)strlen(name), 0));
			return g_strstrip(value);
		}
		at += length + (at[length] == '\n');
	}
	return NULL;
}

/* ---- reports ---- */

static void set_field(char **field, const char *value)
{
	if (*field == NULL)
		*field = g_strndup(value, DIAGNOSTIC_BYTES);
}

/* One field of a report, unfolded. */
static void take_field(Recipient *recipient, const char *line)
{
	static const char *const names[] = {
		"Original-Recipient:", "Final-Recipient:", "Action:", "Status:", "Diagnostic-Code:"};
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		if (g_ascii_strncasecmp(line, names[i], strlen(names[i])) != 0)
			continue;
		g_autofree char *value = g_strstrip(g_strdup(line + strlen(names[i])));
		g_autofree char *address = i < 2 ? find_address(value, strlen(value)) : NULL;
		if (address != NULL && (i == 0 || recipient->address == NULL)) {
			g_free(recipient->address);
			recipient->address = g_steal_pointer(&address);
		} else if (i >= 2) {
			set_field(i == 2 ? &recipient->action : i == 3 ? &recipient->status : &recipient->diagnostic, value);
		}
	}
}

static bool is_failure(const Recipient *recipient)
{
	if (recipient->action != NULL)
		return g_ascii_strncasecmp(recipient->action, "fail", 4) == 0 ||
			   g_ascii_strncasecmp(recipient->action, "delay", 5) == 0;
	return recipient->status != NULL && (*recipient->status == '5' || *recipient->status == '4');
}

/* The first recipient that the mail did not reach; *ret_any: whether the report has any recipient. */
static bool find_failure(const char *report, Recipient *ret_recipient, bool *ret_any)
{
	Recipient recipient = {0};
	g_autoptr(GString) line = g_string_new(NULL);
	for (const char *at = report;;) {
		size_t length = strcspn(at, "\n");
		bool folded = length > 0 && (*at == ' ' || *at == '\t');
		if (!folded) {
			take_field(&recipient, line->str);
			g_string_truncate(line, 0);
		}
		g_string_append_len(line, at, (gssize)MIN(length, (size_t)DIAGNOSTIC_BYTES));
		if (length == 0) {
			*ret_any = *ret_any || recipient.action != NULL || recipient.status != NULL;
			if (is_failure(&recipient)) {
				*ret_recipient = recipient;
				return true;
			}
			clear_recipient(&recipient);
		}
		if (at[length] == '\0')
			break;
		at += length + 1;
	}
	take_field(&recipient, line->str);
	*ret_any = *ret_any || recipient.action != NULL || recipient.status != NULL;
	if (is_failure(&recipient)) {
		*ret_recipient = recipient;
		return true;
	}
	clear_recipient(&recipient);
	return false;
}

/* ---- hard or soft ---- */

static int heaviest(const GArray *finds, WordsList list)
{
	int weight = 0;
	for (guint i = 0; i < finds->len; i++) {
		const WordsFind *find = &g_array_index(finds, WordsFind, i);
		weight = find->list == list ? MAX(weight, find->weight) : weight;
	}
	return weight;
}

static Command find_command(const char *folded)
{
	static const struct {
		const char *text;
		Command command;
	} table[] = {
		{"end of data", COMMAND_TEXT},       {"to data command", COMMAND_TEXT}, {"(in reply to end", COMMAND_TEXT},
		{">>> data", COMMAND_TEXT},          {"after data", COMMAND_TEXT},      {"mail from command", COMMAND_SENDER},
		{"after mail from", COMMAND_SENDER}, {">>> mail from", COMMAND_SENDER}, {"rcpt to", COMMAND_RECIPIENT},
	};
	g_autofree char *lower = g_ascii_strdown(folded, -1);
	for (size_t i = 0; i < G_N_ELEMENTS(table); i++)
		if (strstr(lower, table[i].text) != NULL)
			return table[i].command;
	return COMMAND_UNKNOWN;
}

/* The first enhanced status code of a text ("5.1.1"), or NULL. Free with g_free. */
static char *find_status(const char *text)
{
	for (const char *at = text; *at != '\0'; at++) {
		if ((*at != '4' && *at != '5') || at[1] != '.' || !g_ascii_isdigit(at[2]))
			continue;
		if (at > text && (g_ascii_isalnum(at[-1]) || at[-1] == '.'))
			continue;
		size_t subject = strspn(at + 2, "0123456789");
		const char *detail = at + 2 + subject;
		size_t digits = *detail == '.' ? strspn(detail + 1, "0123456789") : 0;
		if (subject <= 3 && digits >= 1 && digits <= 3 && detail[1 + digits] != '.')
			return g_strndup(at, (size_t)(detail + 1 + digits - at));
	}
	return NULL;
}

/* Codes that say by themselves that the address is dead. */
static bool is_dead_status(const char *status)
{
	static const char *const dead[] = {"5.1.1",  "5.1.0",   "5.1.2", "5.1.3",  "5.1.6",
									   "5.1.10", "5.1.351", "5.4.4", "5.4.310"};
	for (size_t i = 0; status != NULL && i < G_N_ELEMENTS(dead); i++)
		if (g_str_has_prefix(status, dead[i]) && !g_ascii_isdigit(status[strlen(dead[i])]))
			return true;
	return false;
}

static MailBounce judge(const char *said, const char *status, Command command)
{
	g_autoptr(WordsText) text = words_text_new(said, strlen(said));
	g_autoptr(GArray) finds = words_find(text, UINT64_C(1) << WORDS_DEAD | UINT64_C(1) << WORDS_ALIVE);
	int dead = heaviest(finds, WORDS_DEAD), alive = heaviest(finds, WORDS_ALIVE);
	g_autofree char *own = find_status(said);
	/* The code that stands in what the server said is nearer to it than the one its reporter chose. */
	const char *code =
		own != NULL && (status == NULL || g_str_has_suffix(status, ".0.0") || *own == '4') ? own : status;
	if (code != NULL && *code == '4')
		return MAIL_BOUNCE_SOFT;
	dead += dead > 0 && is_dead_status(code);
	if (alive > dead || command == COMMAND_TEXT || command == COMMAND_SENDER)
		return MAIL_BOUNCE_SOFT;
	return dead > 0 || is_dead_status(code) ? MAIL_BOUNCE_HARD : MAIL_BOUNCE_SOFT;
}

/* ---- the whole ---- */

static char *make_quote(const char *said)
{
	g_autofree char *flat = g_strndup(said, QUOTE_BYTES);
	char *quote = g_utf8_make_valid(flat, -1);
	for (char *at = quote; *at != '\0'; at++)
		if ((unsigned char)*at < ' ')
			*at = ' ';
	g_strstrip(quote);
	if (*quote != '\0')
		return quote;
	g_free(quote);
	return NULL;
}

static bool is_own_address(const MailIncoming *mail, const char *address)
{
	for (guint i = 0; i < mail->to->len; i++)
		if (strcmp(g_ptr_array_index(mail->to, i), address) == 0)
			return true;
	return g_str_has_prefix(address, "postmaster@") || g_str_has_prefix(address, "mailer-daemon@") ||
		   g_strcmp0(address, mail->from_address) == 0;
}

/* The address that a server's own words name. */
static char *find_named(const MailIncoming *mail, const char *human, size_t length)
{
	if (mail->failed_recipients != NULL)
		return find_address(mail->failed_recipients, strlen(mail->failed_recipients));
	for (size_t i = 0; i < length;) {
		size_t line = 0;
		while (i + line < length && human[i + line] != '\n')
			line++;
		g_autofree char *address = find_address(human + i, line);
		if (address != NULL && !is_own_address(mail, address))
			return g_steal_pointer(&address);
		i += line + 1;
	}
	return g_strdup(mail->returned_to);
}

static bool is_by_mailer(const MailIncoming *mail)
{
	bool nobody = mail->from_address == NULL;
	return nobody || words_fit(mail->from_address, WORDS_BOUNCE_SENDER) ||
		   (mail->from_name != NULL && words_fit(mail->from_name, WORDS_BOUNCE_SENDER));
}

/* Whether anything but its text points at a bounce; most mails are done with here. */
static bool is_suspect(const MailIncoming *mail)
{
	return mail->report_type != MAIL_REPORT_NONE || mail->report != NULL ||
		   (mail->signs & (MAIL_SIGN_FAILED | MAIL_SIGN_NULL_SENDER)) != 0 || is_by_mailer(mail) ||
		   words_fit(mail->subject, WORDS_BOUNCE_SUBJECT);
}

/* Whether wording alone makes it a bounce. */
static bool reads_as_bounce(const MailIncoming *mail, const char *human)
{
	bool mailer = is_by_mailer(mail), null = (mail->signs & MAIL_SIGN_NULL_SENDER) != 0;
	bool subject = words_fit(mail->subject, WORDS_BOUNCE_SUBJECT), text = words_fit(human, WORDS_BOUNCE_TEXT);
	bool answer = mail->in_reply_to->len > 0 && !mailer && !null;
	int signs = mailer + null + subject + text;
	return (mail->signs & MAIL_SIGN_FAILED) != 0 || (!answer && signs >= 2 && (subject || text) && (mailer || subject));
}

/* What tells most: the report's diagnostic, with what the server wrote where that says more of the command. */
static void judge_report(BounceReading *reading, Recipient *failure, const char *human)
{
	const char *said = failure->diagnostic != NULL ? failure->diagnostic : human;
	g_autofree char *folded = fold_addresses(said, strlen(said));
	g_autofree char *around = fold_addresses(human, strlen(human));
	Command command = find_command(folded);
	if (command == COMMAND_UNKNOWN)
		command = find_command(around);
	bool delayed = failure->action != NULL && g_ascii_strncasecmp(failure->action, "delay", 5) == 0;
	reading->bounce = delayed ? MAIL_BOUNCE_SOFT : judge(folded, failure->status, command);
	reading->recipient = g_steal_pointer(&failure->address);
	reading->quote = make_quote(said);
	reading->reported = true;
}

BounceReading bounce_read(const MailIncoming *mail)
{
	BounceReading reading = {0};
	Recipient failure = {0};
	bool any = false;
	if (!is_suspect(mail))
		return reading;
	g_autofree char *human = g_strndup(mail->text, human_length(mail->text));
	bool failed = mail->report != NULL && find_failure(mail->report, &failure, &any);
	if (mail->report_type == MAIL_REPORT_READ || mail->report_type == MAIL_REPORT_OTHER || (any && !failed))
		return reading;
	if (!failed && !reads_as_bounce(mail, human) && !(mail->report_type == MAIL_REPORT_DELIVERY && is_by_mailer(mail)))
		return reading;
	if (failed) {
		judge_report(&reading, &failure, human);
	} else {
		g_autofree char *folded = fold_addresses(human, strlen(human));
		g_autofree char *all = g_strconcat(mail->subject, " . ", folded, NULL);
		reading.bounce = judge(all, NULL, find_command(folded));
		reading.quote = make_quote(human);
	}
	if (reading.recipient == NULL)
		reading.recipient = find_named(mail, human, strlen(human));
	const char *below = mail->text + strlen(human);
	g_autofree char *id = mail->returned_id == NULL ? find_field(below, "Message-ID:") : g_strdup(mail->returned_id);
	if (id != NULL && strchr(id, '@') != NULL)
		reading.returned_id = g_strndup(id + (*id == '<'), strcspn(id + (*id == '<'), "> "));
	clear_recipient(&failure);
	return reading;
}

void bounce_clear(BounceReading *reading)
{
	g_free(reading->recipient);
	g_free(reading->returned_id);
	g_free(reading->quote);
	*reading = (BounceReading){0};
}
