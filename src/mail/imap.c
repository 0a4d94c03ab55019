/* imap.c - a mailbox over IMAP (RFC 3501): what came, waiting for more, and whether something was sent.
 *
 * libcurl connects and logs in; the few commands after that are ours.  Folders are examined, not selected, and bodies
 * are peeked at, so that nothing is marked as read.  The mark is UIDVALIDITY and the highest UID that was looked at.
 * What a server says is bounded: lines by IMAP_LINE_BYTES, literals by what was asked for.
 */
#include "imap.h"

#include "mailbox.h"

#include <base/civil.h>
#include <base/error.h>
#include <base/text.h>
#include <stdlib.h>
#include <string.h>

enum {
	MARK_FORM = 2,          /* the first number of a mark */
	LINES_MAX = 1000000,    /* of one answer */
	BATCH = 200,            /* mails whose headers are asked for at once */
	IDLE_SECONDS = 20 * 60, /* IDLE is begun anew before servers end it after 30 minutes (RFC 2177) */
	POLL_SECONDS = 60,      /* where there is no IDLE */
	DAY_LENGTH = 24 * 3600,
};

typedef struct Imap {
	Mailbox port;
	Stream *stream;
	char *host, *folder;
	unsigned tag; /* of the last command */
	bool has_idle, has_special_use;
	guint32 validity, next; /* UIDVALIDITY and UIDNEXT of the folder; next is 0 where the server did not say */
	guint32 exists;         /* mails in it */
	bool in_folder;
	bool fresh; /* it was opened just now */
	bool news;  /* the server told of mail since the last look */
} Imap;

/* ---- commands and answers ---- */

static bool broken(const Imap *imap, GError **error)
{
	const char *fault = stream_get_fault(imap->stream);
	return base_error_set(
		error, BASE_ERROR_TEMPORARY, NULL, "The mailbox at %s is not to be had: %s.", imap->host,
		fault == NULL ? "its answer makes no sense" : fault);
}

static bool send_command(Imap *imap, const char *command, GError **error)
{
	g_autofree char *line = g_strdup_printf("f%u %s\r\n", ++imap->tag, command);
	return stream_write(imap->stream, line, strlen(line), NULL) || broken(imap, error);
}

static char *next_line(Imap *imap)
{
	return stream_read_line(imap->stream, stream_deadline(stream_get_timeout(imap->stream)));
}

/* What stands behind this command's tag, where the line bears it; else NULL. */
static const char *after_tag(const Imap *imap, const char *line)
{
	char tag[16];
	int length = g_snprintf(tag, sizeof tag, "f%u ", imap->tag);
	return strncmp(line, tag, (size_t)length) == 0 ? line + length : NULL;
}

/* OK, or what the server says instead. */
static bool judge_end(const Imap *imap, const char *end, GError **error)
{
	if (g_ascii_strncasecmp(end, "OK", 2) == 0)
		return true;
	g_autofree char *shown = text_to_show(end, 200);
	return base_error_set(
		error, g_ascii_strncasecmp(end, "NO", 2) == 0 ? BASE_ERROR_MISSING : BASE_ERROR_TEMPORARY, NULL,
		"The mailbox at %s refuses: %s", imap->host, shown);
}

/* What a server says of the folder at any time. How many mails there are tells that UIDNEXT, said once, is over. */
static void hear_state(Imap *imap, const char *line)
{
	if (g_str_has_prefix(line, "OK [UIDVALIDITY "))
		imap->validity = (guint32)g_ascii_strtoull(line + strlen("OK [UIDVALIDITY "), NULL, 10);
	if (g_str_has_prefix(line, "OK [UIDNEXT "))
		imap->next = (guint32)g_ascii_strtoull(line + strlen("OK [UIDNEXT "), NULL, 10);
	if (g_ascii_isdigit(line[0]) && g_str_has_suffix(line, " EXISTS")) {
		imap->exists = (guint32)g_ascii_strtoull(line, NULL, 10);
		imap->next = imap->in_folder ? 0 : imap->next;
	}
}

typedef bool (*HearLine)(Imap *imap, char *line, void *data, GError **error);

/* Sends a command and gives each untagged line to hear; a line with a literal is hear's to read on. */
static bool run_command(Imap *imap, const char *command, HearLine hear, void *data, GError **error)
{
	if (!send_command(imap, command, error))
		return false;
	for (int lines = 0; lines < LINES_MAX; lines++) {
		char *line = next_line(imap);
		const char *end = line == NULL ? NULL : after_tag(imap, line);
		if (line == NULL)
			return broken(imap, error);
		if (end != NULL)
			return judge_end(imap, end, error);
		if (line[0] != '*' || line[1] != ' ')
			continue;
		hear_state(imap, line + 2);
		if (hear != NULL && !hear(imap, line + 2, data, error))
			return false;
	}
	stream_cut(imap->stream, "it answers without an end");
	return broken(imap, error);
}

/* The count of a literal that a line ends in, "{123}"; -1 where it ends in none. */
static gint64 literal_of(const char *line)
{
	const char *open = strrchr(line, '{');
	if (open == NULL || line[strlen(line) - 1] != '}')
		return -1;
	char *end = NULL;
	gint64 count = g_ascii_strtoll(open + 1, &end, 10);
	return *end == '}' && count >= 0 ? count : -1;
}

/* Text as a quoted string; a control character has no place in one and becomes a space. */
static void append_quoted(GString *command, const char *text)
{
	g_string_append_c(command, '"');
	for (; *text != '\0'; text++) {
		if (*text == '"' || *text == '\\')
			g_string_append_c(command, '\\');
		g_string_append_c(command, (guint8)*text < 0x20 ? ' ' : *text);
	}
	g_string_append_c(command, '"');
}

/* ---- folders ---- */

static bool hear_capability(Imap *imap, char *line, void *data, GError **error)
{
	if (g_ascii_strncasecmp(line, "CAPABILITY ", 11) != 0)
		return true;
	g_auto(GStrv) words = g_strsplit(line, " ", -1);
	for (char **word = words; *word != NULL; word++) {
		imap->has_idle = imap->has_idle || g_ascii_strcasecmp(*word, "IDLE") == 0;
		imap->has_special_use = imap->has_special_use || g_ascii_strcasecmp(*word, "SPECIAL-USE") == 0;
	}
	return true;
}

/* Opens a folder for looking only; its state is as of now. */
static bool examine(Imap *imap, const char *folder, GError **error)
{
	g_autoptr(GString) command = g_string_new("EXAMINE ");
	append_quoted(command, folder);
	imap->validity = imap->next = imap->exists = 0;
	imap->in_folder = false;
	if (!run_command(imap, command->str, NULL, NULL, error))
		return false;
	if (imap->validity == 0)
		return base_error_set(
			error, BASE_ERROR_TEMPORARY, NULL, "The mailbox at %s says nothing of its state (UIDVALIDITY).",
			imap->host);
	imap->in_folder = imap->fresh = true;
	return true;
}

/* ---- reading ---- */

typedef struct Fetch {
	GArray *uids;   /* of guint32: asked for and heard of */
	GString *bytes; /* of the mail being heard */
	const MailboxVisit *visit;
	bool whole;             /* all of the mail, not only its head */
	guint32 first, highest; /* heads below are passed over; the last that was heard */
} Fetch;

/* "12 FETCH (UID 34 BODY[HEADER] {567}": the UID, or 0. */
static guint32 uid_of(const char *line)
{
	const char *uid = strstr(line, "UID ");
	return uid == NULL ? 0 : (guint32)g_ascii_strtoull(uid + 4, NULL, 10);
}

/* Reads the literal of a FETCH, and the rest of its line, where the UID may stand too. */
static bool read_literal(Imap *imap, const char *line, GString *bytes, guint32 *uid)
{
	gint64 count = literal_of(line);
	gint64 kept = MIN(count, MAIL_LIMIT_BYTES);
	gint64 deadline = stream_deadline(stream_get_timeout(imap->stream));
	g_string_truncate(bytes, 0);
	if (count < 0 || !stream_read_bytes(imap->stream, (size_t)kept, bytes, deadline) ||
		!stream_read_bytes(imap->stream, (size_t)(count - kept), NULL, deadline))
		return false;
	const char *rest = next_line(imap);
	if (rest == NULL)
		return false;
	*uid = *uid != 0 ? *uid : uid_of(rest);
	return true;
}

/* One mail of a FETCH: a head to be asked about, or the whole to be taken. */
static bool hear_fetch(Imap *imap, char *line, void *data, GError **error)
{
	Fetch *fetch = data;
	guint32 uid = uid_of(line);
	if (!g_ascii_isdigit(line[0]) || strstr(line, " FETCH (") == NULL)
		return true;
	if (literal_of(line) < 0)
		return true;
	if (!read_literal(imap, line, fetch->bytes, &uid))
		return broken(imap, error);
	if (fetch->whole)
		return fetch->visit->take(fetch->bytes->str, fetch->bytes->len, fetch->visit->data, error);
	fetch->highest = MAX(fetch->highest, uid);
	if (uid != 0 && uid >= fetch->first &&
		fetch->visit->wants(fetch->bytes->str, fetch->bytes->len, fetch->visit->data))
		g_array_append_val(fetch->uids, uid);
	return true;
}

/* Whole mails, one command each: how large one is, nobody knows before. */
static bool take_wanted(Imap *imap, Fetch *fetch, GError **error)
{
	fetch->whole = true;
	for (guint i = 0; i < fetch->uids->len; i++) {
		g_autofree char *command = g_strdup_printf(
			"UID FETCH %u (BODY.PEEK[]<0.%d>)", g_array_index(fetch->uids, guint32, i), MAIL_LIMIT_BYTES);
		if (!run_command(imap, command, hear_fetch, fetch, error))
			return false;
	}
	fetch->whole = false;
	g_array_set_size(fetch->uids, 0);
	return true;
}

static bool hear_search(Imap *imap, char *line, void *data, GError **error)
{
	if (g_ascii_strncasecmp(line, "SEARCH", 6) != 0)
		return true;
	char *at = line + 6;
	for (char *end = at; *at != '\0'; at = end) {
		guint32 uid = (guint32)g_ascii_strtoull(at, &end, 10);
		if (end == at)
			break;
		g_array_append_val((GArray *)data, uid);
	}
	return true;
}

static int compare_uids(const void *a, const void *b)
{
	guint32 one = *(const guint32 *)a, other = *(const guint32 *)b;
	return one < other ? -1 : one > other;
}

/* The UIDs from `first` on of mails that came on that day or later, in their order. */
static bool find_uids(Imap *imap, guint32 first, int64_t since, GArray *uids, GError **error)
{
	Civil day = civil_from_day((Day)((since - DAY_LENGTH) / DAY_LENGTH));
	char month[4] = "";
	g_strlcpy(month, month_name(day.month), sizeof month);
	g_autofree char *command = g_strdup_printf("UID SEARCH UID %u:* SINCE %d-%s-%04d", first, day.day, month, day.year);
	if (!run_command(imap, command, hear_search, uids, error))
		return false;
	g_array_sort(uids, compare_uids);
	/* "first:*" names the last mail even where that is an older one. */
	while (uids->len > 0 && g_array_index(uids, guint32, 0) < first)
		g_array_remove_index(uids, 0);
	return true;
}

/* "1:4,7,9:12" of a stretch of UIDs in order. */
static char *name_uids(const GArray *uids, guint begin, guint end)
{
	GString *set = g_string_new(NULL);
	for (guint i = begin; i < end;) {
		guint last = i;
		while (last + 1 < end && g_array_index(uids, guint32, last + 1) == g_array_index(uids, guint32, last) + 1)
			last++;
		g_string_append_printf(set, "%s%u", set->len == 0 ? "" : ",", g_array_index(uids, guint32, i));
		if (last > i)
			g_string_append_printf(set, ":%u", g_array_index(uids, guint32, last));
		i = last + 1;
	}
	return g_string_free(set, FALSE);
}

static bool read_uids(Imap *imap, const GArray *uids, Fetch *fetch, GError **error)
{
	for (guint begin = 0; begin < uids->len; begin += BATCH) {
		g_autofree char *set = name_uids(uids, begin, MIN(begin + BATCH, uids->len));
		g_autofree char *command =
			g_strdup_printf("UID FETCH %s (UID BODY.PEEK[HEADER]<0.%d>)", set, MAIL_LIMIT_HEADERS);
		if (!run_command(imap, command, hear_fetch, fetch, error) || !take_wanted(imap, fetch, error))
			return false;
	}
	return true;
}

static guint32 first_unseen(const Imap *imap, GBytes *mark)
{
	gsize size = 0;
	const guint32 *numbers = mark == NULL ? NULL : g_bytes_get_data(mark, &size);
	bool ours = size == 3 * sizeof *numbers && numbers[0] == MARK_FORM && numbers[1] == imap->validity;
	return ours && numbers[2] < G_MAXUINT32 ? numbers[2] + 1 : 1;
}

/* What the server has just told of needs no search, and no question whether it is there: to either, a server may read
 * all of a large folder anew before it answers. */
static bool read_news(Imap *imap, Fetch *fetch, GError **error)
{
	g_autofree char *command =
		g_strdup_printf("UID FETCH %u:* (UID BODY.PEEK[HEADER]<0.%d>)", fetch->first, MAIL_LIMIT_HEADERS);
	return run_command(imap, command, hear_fetch, fetch, error) && take_wanted(imap, fetch, error);
}

/* *ret_last: the highest UID that is covered now. */
static bool read_since(Imap *imap, int64_t since, Fetch *fetch, guint32 *ret_last, GError **error)
{
	g_autoptr(GArray) uids = g_array_new(FALSE, FALSE, sizeof(guint32));
	guint32 next = imap->next;
	bool nothing = imap->exists == 0 || (next > 0 && fetch->first >= next);
	if (!nothing && (!find_uids(imap, fetch->first, since, uids, error) || !read_uids(imap, uids, fetch, error)))
		return false;
	/* What came after the search is not in it, and not covered. */
	*ret_last = MAX(uids->len == 0 ? 0 : g_array_index(uids, guint32, uids->len - 1), next > 0 ? next - 1 : 0);
	return true;
}

static bool imap_read(
	Mailbox *mailbox, GBytes *mark, int64_t since, const MailboxVisit *visit, GBytes **ret_mark, GError **error)
{
	Imap *imap = (Imap *)mailbox;
	g_autoptr(GArray) wanted = g_array_new(FALSE, FALSE, sizeof(guint32));
	g_autoptr(GString) bytes = g_string_new(NULL);
	bool news = imap->news && imap->in_folder && first_unseen(imap, mark) > 1;
	guint32 last = 0;
	bool known = imap->in_folder && (news || imap->fresh);
	imap->news = imap->fresh = false;
	if (!known && !examine(imap, imap->folder, error))
		return false;
	imap->fresh = false;
	Fetch fetch = {.uids = wanted, .bytes = bytes, .visit = visit, .first = first_unseen(imap, mark)};
	if (news ? !read_news(imap, &fetch, error) : !read_since(imap, since, &fetch, &last, error))
		return false;
	last = MAX(news ? fetch.highest : last, fetch.first - 1);
	const guint32 numbers[] = {MARK_FORM, imap->validity, last};
	*ret_mark = g_bytes_new(numbers, sizeof numbers);
	return true;
}

/* ---- waiting ---- */

/* Whether a line says that mail came. */
static bool is_news(Imap *imap, const char *line)
{
	if (line[0] != '*' || line[1] != ' ')
		return false;
	hear_state(imap, line + 2);
	return g_str_has_suffix(line, " EXISTS") || g_str_has_suffix(line, " RECENT");
}

/* Reads to the end of the command; true through *news where mail came in it. */
static bool end_idle(Imap *imap, bool *news, GError **error)
{
	if (!stream_write(imap->stream, "DONE\r\n", strlen("DONE\r\n"), NULL))
		return broken(imap, error);
	for (int lines = 0; lines < LINES_MAX; lines++) {
		const char *line = next_line(imap);
		const char *end = line == NULL ? NULL : after_tag(imap, line);
		if (line == NULL)
			break;
		if (end != NULL)
			return judge_end(imap, end, error);
		*news = is_news(imap, line) || *news;
	}
	return broken(imap, error);
}

static bool idle(Imap *imap, int seconds, bool *ret_changed, GError **error)
{
	gint64 until = g_get_monotonic_time() + (gint64)MIN(seconds, IDLE_SECONDS) * G_USEC_PER_SEC;
	bool news = false;
	if (!send_command(imap, "IDLE", error))
		return false;
	const char *line = next_line(imap);
	while (line != NULL && line[0] == '*') {
		news = is_news(imap, line) || news;
		line = next_line(imap);
	}
	if (line == NULL || line[0] != '+')
		return broken(imap, error);
	while (!news && stream_get_fault(imap->stream) == NULL) {
		gint64 left = (until - g_get_monotonic_time()) / 1000;
		if (left <= 0 || !stream_wait(imap->stream, (int)left))
			break;
		line = next_line(imap);
		news = line != NULL && is_news(imap, line);
	}
	*ret_changed = false;
	if (!end_idle(imap, &news, error))
		return false;
	*ret_changed = imap->news = news;
	return true;
}

static bool imap_wait(Mailbox *mailbox, int seconds, bool *ret_changed, GError **error)
{
	Imap *imap = (Imap *)mailbox;
	if (!imap->in_folder && !examine(imap, imap->folder, error))
		return false;
	imap->fresh = false;
	if (imap->has_idle)
		return idle(imap, seconds, ret_changed, error);
	guint32 before = imap->exists;
	/* A server has nothing to say unasked; what it says all the same, or that it left, ends the wait. */
	(void)stream_wait(imap->stream, MIN(seconds, POLL_SECONDS) * 1000);
	if (!run_command(imap, "NOOP", NULL, NULL, error))
		return false;
	*ret_changed = imap->news = imap->exists != before;
	return true;
}

/* ---- sent mail ---- */

/* The folder's name of a LIST line, "LIST (\HasNoChildren \Sent) "/" "Sent Items""; NULL where it is none. Free with
 * g_free. */
static char *folder_of(const char *line)
{
	const char *close = strchr(line, ')');
	const char *space = close == NULL ? NULL : strchr(close + 1, ' ');
	const char *name = space == NULL ? NULL : strchr(space + 1, ' ');
	if (name == NULL)
		return NULL;
	if (name[1] != '"')
		return g_strdup(name + 1);
	GString *text = g_string_new(NULL);
	for (const char *at = name + 2; *at != '\0' && *at != '"'; at++) {
		if (*at == '\\' && at[1] != '\0')
			at++;
		g_string_append_c(text, *at);
	}
	return g_string_free(text, FALSE);
}

typedef struct SentFolder {
	char *marked, *named;
} SentFolder;

static bool hear_list(Imap *imap, char *line, void *data, GError **error)
{
	static const char *const names[] = {"Sent", "Sent Items", "Sent Mail", "Sent Messages", "INBOX.Sent", NULL};
	SentFolder *sent = data;
	if (g_ascii_strncasecmp(line, "LIST ", 5) != 0 || literal_of(line) >= 0)
		return true;
	g_autofree char *folder = folder_of(line);
	const char *close = strchr(line, ')');
	if (folder == NULL)
		return true;
	bool marked = g_strstr_len(line, close - line, "\\Sent") != NULL;
	if (marked && sent->marked == NULL)
		sent->marked = g_strdup(folder);
	for (const char *const *name = names; *name != NULL && sent->named == NULL; name++)
		if (g_ascii_strcasecmp(folder, *name) == 0)
			sent->named = g_strdup(folder);
	return true;
}

static bool imap_find_sent(Mailbox *mailbox, const char *message_id, bool *ret_found, GError **error)
{
	Imap *imap = (Imap *)mailbox;
	SentFolder sent = {0};
	g_autoptr(GArray) uids = g_array_new(FALSE, FALSE, sizeof(guint32));
	const char *list = imap->has_special_use ? "LIST \"\" \"*\" RETURN (SPECIAL-USE)" : "LIST \"\" \"*\"";
	bool good = run_command(imap, list, hear_list, &sent, error);
	g_autofree char *marked = sent.marked, *named = sent.named;
	if (!good)
		return false;
	const char *folder = marked != NULL ? marked : named;
	if (folder == NULL)
		return base_error_set(
			error, BASE_ERROR_MISSING, NULL, "The mailbox at %s has no folder of sent mail.", imap->host);
	g_autoptr(GString) command = g_string_new("UID SEARCH HEADER Message-ID ");
	append_quoted(command, message_id);
	if (!examine(imap, folder, error) || !run_command(imap, command->str, hear_search, uids, error))
		return false;
	imap->in_folder = false; /* it is another's */
	*ret_found = uids->len > 0;
	return true;
}

/* ---- the connection ---- */

static void imap_close(Mailbox *mailbox)
{
	enum { LOGOUT_MS = 1000 };
	Imap *imap = (Imap *)mailbox;
	/* Nobody waits for the answer. */
	stream_set_timeout(imap->stream, LOGOUT_MS);
	(void)!send_command(imap, "LOGOUT", NULL);
	stream_free(imap->stream);
	g_free(imap->host);
	g_free(imap->folder);
	g_free(imap);
}

bool imap_open(Stream *stream, const char *host, const char *folder, Mailbox **ret_mailbox, GError **error)
{
	static const MailboxKind kind = {imap_read, imap_wait, imap_find_sent, imap_close};
	Imap *imap = g_new0(Imap, 1);
	imap->port.kind = &kind;
	imap->stream = stream;
	imap->host = g_strdup(host);
	imap->folder = g_strdup(folder == NULL ? "INBOX" : folder);
	/* libcurl's own tags have another letter. */
	if (!run_command(imap, "CAPABILITY", hear_capability, NULL, error) || !examine(imap, imap->folder, error)) {
		imap_close(&imap->port);
		return false;
	}
	*ret_mailbox = &imap->port;
	return true;
}

bool mailbox_open_imap(
	const SmtpServer *server, const char *secret, const char *folder, Mailbox **ret_mailbox, GError **error)
{
	Login *login = NULL;
	return smtp_server_check(server, error) && login_open(LOGIN_IMAP, server, secret, &login, error) &&
		   imap_open(
			   stream_new(login, login_timeout_of(server), IMAP_LINE_BYTES), server->host, folder, ret_mailbox, error);
}
