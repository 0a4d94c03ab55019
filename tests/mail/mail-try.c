/* mail-try.c - the mail room from a command line, for tests that hold it against real servers.
 *
 * An error is one line "error CODE WHERE: MESSAGE" and exit status 1.
 */

/* usage: mail-try compose NAME=VALUE...    writes the message
 *        mail-try probe NAME=VALUE...      logs in; the secret is the first line of standard input
 *        mail-try wipe NAME=VALUE...       logs in, and looks for the secret in its own memory
 *        mail-try send NAME=VALUE... -- FILE TO...   sends the file's bytes to each, and tells a line of each:
 *                                          OUTCOME STAGE CODE TEXT
 *        mail-try secret NAME=VALUE...     writes the secret of kind, host, user, path, command
 *        mail-try store NAME=VALUE...      keeps the first line of standard input; an empty one removes
 *        mail-try mailbox NAME=VALUE...    opens maildir=PATH, or folder=NAME at host …, and obeys standard input:
 *                                          read SINCE, forget, wait SECONDS, sent MESSAGE-ID; mails whose headers
 *                                          hold `want` are taken
 *
 * Names: host port security auth user ca timeout finish from refuse_at; of compose the members of MailMessage. */
#include <base/error.h>
#include <fcntl.h>
#include <mail/module.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *find(char **words, const char *name)
{
	size_t length = strlen(name);
	for (; *words != NULL; words++)
		if (strncmp(*words, name, length) == 0 && (*words)[length] == '=')
			return *words + length + 1;
	return NULL;
}

static int number(char **words, const char *name)
{
	const char *text = find(words, name);
	return text == NULL ? 0 : atoi(text);
}

static int tell_error(const GError *error)
{
	const char *where = base_error_get_where(error);
	printf("error %s %s: %s\n", base_error_code_word(error->code), where == NULL ? "-" : where, error->message);
	return 1;
}

static int compose(const MailModule *mail, char **words)
{
	const char *references = find(words, "references");
	g_auto(GStrv) list = references == NULL ? NULL : g_strsplit(references, " ", -1);
	g_autofree char *body = g_strcompress(find(words, "body") == NULL ? "" : find(words, "body"));
	g_autoptr(GError) error = NULL;
	g_autoptr(GString) eml = NULL;
	MailMessage message = {
		.from_name = find(words, "from_name"),
		.from_address = find(words, "from_address"),
		.to_name = find(words, "to_name"),
		.to_address = find(words, "to_address"),
		.subject = find(words, "subject"),
		.body = body,
		.message_id = find(words, "message_id"),
		.in_reply_to = find(words, "in_reply_to"),
		.references = (const char *const *)list,
		.date_at = 1795000000,
		.date_offset = -7 * 3600,
		.user_agent = "followup",
	};
	if (!mail->compose(&message, &eml, &error))
		return tell_error(error);
	fwrite(eml->str, 1, eml->len, stdout);
	return 0;
}

static SmtpServer read_server(char **words)
{
	SmtpServer server = {
		.host = find(words, "host"),
		.port = number(words, "port"),
		.user = find(words, "user"),
		.ca_file = find(words, "ca"),
		.timeout_ms = number(words, "timeout"),
		.finish_timeout_ms = number(words, "finish"),
	};
	if (find(words, "security") != NULL && !smtp_security_find(find(words, "security"), &server.security))
		exit(2);
	if (find(words, "auth") != NULL && !smtp_auth_find(find(words, "auth"), &server.auth))
		exit(2);
	return server;
}

typedef struct Calls {
	const SmtpMessage *messages;
	SmtpResult *results;
	size_t n, taken, asked, told, refuse_at;
} Calls;

static const SmtpMessage *next(void *data)
{
	Calls *calls = data;
	return calls->taken < calls->n ? &calls->messages[calls->taken++] : NULL;
}

static bool may_finish(void *data)
{
	Calls *calls = data;
	calls->asked++;
	return calls->told < calls->refuse_at;
}

static void told(void *data, const SmtpResult *result)
{
	Calls *calls = data;
	calls->results[calls->told++] = *result;
}

static void tell_results(const Calls *calls, bool alive)
{
	for (size_t i = 0; i < calls->told; i++) {
		const char *word = smtp_outcome_word(calls->results[i].outcome);
		printf(
			"%s %d %d %s\n", word == NULL ? "?" : word, (int)calls->results[i].stage, calls->results[i].code,
			calls->results[i].text);
	}
	for (size_t i = calls->told; i < calls->n; i++)
		printf("unreached 0 0 -\n");
	printf("alive %d told %zu of %zu asked %zu\n", alive, calls->told, calls->n, calls->asked);
}

static int send_file(const MailModule *mail, SmtpSession *session, char **words, char **rest)
{
	g_autofree char *text = NULL;
	gsize length = 0;
	if (!g_file_get_contents(rest[0], &text, &length, NULL))
		return 2;
	size_t n = g_strv_length(rest + 1);
	g_autofree SmtpMessage *messages = g_new0(SmtpMessage, n);
	g_autofree SmtpResult *results = g_new0(SmtpResult, n);
	for (size_t i = 0; i < n; i++)
		messages[i] = (SmtpMessage){find(words, "from"), rest[1 + i], text, length};
	Calls calls = {.messages = messages, .results = results, .n = n};
	calls.refuse_at = find(words, "refuse_at") == NULL ? n : (size_t)number(words, "refuse_at");
	SmtpCallbacks callbacks = {.next = next, .may_finish = may_finish, .told = told, .data = &calls};
	bool alive = followup_net_module()->smtp_send(session, &callbacks);
	tell_results(&calls, alive);
	return 0;
}

/* Reads the first line of standard input past every buffer but this one. */
static void read_secret(char *secret, size_t size)
{
	size_t length = 0;
	while (length + 1 < size && read(STDIN_FILENO, secret + length, 1) == 1 && secret[length] != '\n')
		length++;
	secret[length] = '\0';
}

/* Where a mapping of this process that can be written holds the text; false where none does. What is looked for is
 * given with every byte inverted, so that the search does not find itself. */
static bool is_in_memory(const unsigned char *inverted, size_t length)
{
	g_autofree char *maps = NULL;
	int memory = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
	bool found = false;
	if (memory < 0 || !g_file_get_contents("/proc/self/maps", &maps, NULL, NULL))
		return true;
	g_auto(GStrv) lines = g_strsplit(maps, "\n", -1);
	for (char **line = lines; *line != NULL && !found; line++) {
		unsigned long from = 0, to = 0;
		char rights[5] = "";
		if (sscanf(*line, "%lx-%lx %4s", &from, &to, rights) != 3 || rights[1] != 'w' || to - from > 64UL << 20)
			continue;
		g_autofree unsigned char *copy = g_malloc(to - from);
		ssize_t got = pread(memory, copy, to - from, (off_t)from);
		for (ssize_t i = 0; i + (ssize_t)length <= got && !found; i++) {
			size_t same = 0;
			while (same < length && copy[i + (ssize_t)same] == (unsigned char)~inverted[same])
				same++;
			found = same == length;
		}
		explicit_bzero(copy, to - from); /* or the next search would find this one's */
	}
	close(memory);
	return found;
}

static int wipe(const MailModule *mail, const SmtpServer *server, char *secret)
{
	unsigned char inverted[64];
	size_t length = MIN(strlen(secret), sizeof inverted), from = strlen(secret) - length;
	SmtpSession *session = NULL;
	g_autoptr(GError) error = NULL;
	for (size_t i = 0; i < length; i++)
		inverted[i] = (unsigned char)~secret[from + i]; /* its end: the start of what is freed is written over */
	if (!is_in_memory(inverted, length))
		return 2; /* a search that does not find it now proves nothing later */
	bool opened = followup_net_module()->smtp_open(server, secret, &session, &error);
	explicit_bzero(secret, strlen(secret));
	followup_net_module()->smtp_quit(session);
	if (!opened)
		return tell_error(error);
	puts(is_in_memory(inverted, length) ? "logged in, and found" : "logged in, and not found");
	return 0;
}

static int talk(const MailModule *mail, const char *action, char **words, char **rest)
{
	char secret[20000] = "";
	g_autoptr(GError) error = NULL;
	SmtpServer server = read_server(words);
	SmtpSession *session = NULL;
	read_secret(secret, sizeof secret);
	if (strcmp(action, "wipe") == 0)
		return wipe(mail, &server, secret);
	if (strcmp(action, "probe") == 0)
		return followup_net_module()->probe(&server, secret, &error) ? 0 : tell_error(error);
	if (!followup_net_module()->smtp_open(&server, secret, &session, &error))
		return tell_error(error);
	int status = send_file(mail, session, words, rest);
	followup_net_module()->smtp_quit(session);
	return status;
}

static int keep(const MailModule *mail, bool store, char **words)
{
	MailSecretSource source = {
		.host = find(words, "host"),
		.user = find(words, "user"),
		.path = find(words, "path"),
		.command = find(words, "command"),
	};
	char given[20000] = "";
	char *secret = NULL;
	g_autoptr(GError) error = NULL;
	if (!mail_secret_kind_find(find(words, "kind"), &source.kind))
		return 2;
	if (store) {
		read_secret(given, sizeof given);
		return mail->secret_store(&source, given[0] == '\0' ? NULL : given, &error) ? 0 : tell_error(error);
	}
	if (!mail->secret_load(&source, &secret, &error))
		return tell_error(error);
	puts(secret);
	mail->secret_free(secret);
	return 0;
}

/* ---- mailboxes ---- */

typedef struct Wanted {
	const char *want;
	const MailModule *mail;
	int heads;
} Wanted;

static bool wants(const char *head, size_t length, void *data)
{
	Wanted *wanted = data;
	wanted->heads++;
	return wanted->want == NULL || g_strstr_len(head, (gssize)length, wanted->want) != NULL;
}

static bool take(const char *bytes, size_t length, void *data, GError **error)
{
	const Wanted *wanted = data;
	MailIncoming *incoming = wanted->mail->parse(bytes, length);
	printf("mail %zu %s\n", length, incoming->subject);
	bool bad = strcmp(incoming->subject, "stop here") == 0;
	wanted->mail->incoming_free(incoming);
	return !bad || base_error_set(error, BASE_ERROR_CONFLICT, NULL, "stopped");
}

static bool obey(const MailModule *mail, Mailbox *mailbox, const char *want, GBytes **mark, const char *line)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) fresh = NULL;
	Wanted wanted = {want, mail, 0};
	const MailboxVisit visit = {wants, take, &wanted};
	bool answer = false, good = true;
	if (strcmp(line, "forget") == 0) {
		g_clear_pointer(mark, g_bytes_unref);
	} else if (g_str_has_prefix(line, "read ")) {
		good = mail->mailbox_read(mailbox, *mark, g_ascii_strtoll(line + 5, NULL, 10), &visit, &fresh, &error);
		if (good) {
			g_clear_pointer(mark, g_bytes_unref);
			*mark = g_steal_pointer(&fresh);
		}
		printf("heads %d\n", wanted.heads);
	} else if (g_str_has_prefix(line, "wait ")) {
		good = mail->mailbox_wait(mailbox, atoi(line + 5), &answer, &error);
		printf("changed %d\n", answer);
	} else {
		good = mail->mailbox_find_sent(mailbox, line + 5, &answer, &error);
		printf("found %d\n", answer);
	}
	if (!good)
		tell_error(error);
	puts("done");
	fflush(stdout);
	return good;
}

static int look(const MailModule *mail, char **words)
{
	char secret[20000] = "", line[1000] = "";
	SmtpServer server = read_server(words);
	const char *maildir = find(words, "maildir"), *folder = find(words, "folder");
	Mailbox *mailbox = NULL;
	GBytes *mark = NULL;
	g_autoptr(GError) error = NULL;
	read_secret(secret, sizeof secret);
	bool opened = maildir != NULL ? mail->mailbox_open_maildir(maildir, &mailbox, &error)
								  : followup_net_module()->mailbox_open_imap(&server, secret, folder, &mailbox, &error);
	if (!opened)
		return tell_error(error);
	puts("open");
	fflush(stdout);
	while (fgets(line, sizeof line, stdin) != NULL)
		obey(mail, mailbox, find(words, "want"), &mark, g_strchomp(line));
	g_clear_pointer(&mark, g_bytes_unref);
	mail->mailbox_close(mailbox);
	return 0;
}

int main(int argc, char **argv)
{
	const MailModule *mail = followup_mail_module();
	char **rest = argv;
	signal(SIGPIPE, SIG_IGN); /* as main does */
	while (*rest != NULL && strcmp(*rest, "--") != 0)
		rest++;
	if (argc > 1 && strcmp(argv[1], "compose") == 0)
		return compose(mail, argv + 2);
	if (argc > 1 && (strcmp(argv[1], "probe") == 0 || strcmp(argv[1], "wipe") == 0))
		return talk(mail, argv[1], argv + 2, rest);
	if (argc > 1 && (strcmp(argv[1], "secret") == 0 || strcmp(argv[1], "store") == 0))
		return keep(mail, strcmp(argv[1], "store") == 0, argv + 2);
	if (argc > 1 && strcmp(argv[1], "mailbox") == 0)
		return look(mail, argv + 2);
	if (argc > 1 && strcmp(argv[1], "send") == 0 && *rest != NULL && rest[1] != NULL)
		return talk(mail, "send", argv + 2, rest + 1);
	return 2;
}
