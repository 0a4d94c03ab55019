/* mail-try.c - the mail room from a command line, for tests that hold it against real servers.
 *
 * usage: mail-try compose NAME=VALUE...                     writes the message
 *        mail-try probe   NAME=VALUE...                     logs in; the secret is the first line of standard input
 *        mail-try send    NAME=VALUE... -- FILE TO...       sends the file's bytes to each; a line "OUTCOME STAGE CODE
 * TEXT" each
 *
 * Names: host port security auth user ca timeout finish window from; of compose the members of MailMessage.  An error
 * is one line "error CODE WHERE: MESSAGE" and exit status 1.
 */
#include <base/error.h>
#include <mail/module.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
	size_t asked, settled, refuse_at;
} Calls;

static bool about_to_finish(void *data, size_t first, size_t n)
{
	Calls *calls = data;
	calls->asked += n;
	return first < calls->refuse_at;
}

static void settled(void *data, size_t first, size_t n)
{
	((Calls *)data)->settled += n;
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
	Calls calls = {.refuse_at = find(words, "refuse_at") == NULL ? n : (size_t)number(words, "refuse_at")};
	SmtpCallbacks callbacks = {about_to_finish, settled, (size_t)number(words, "window"), &calls};
	bool alive = mail->smtp_send(session, messages, n, &callbacks, results);
	for (size_t i = 0; i < n; i++)
		printf(
			"%s %d %d %s\n", smtp_outcome_word(results[i].outcome), (int)results[i].stage, results[i].code,
			results[i].text);
	printf("alive %d settled %zu of %zu asked %zu\n", alive, calls.settled, n, calls.asked);
	return 0;
}

static int talk(const MailModule *mail, bool send, char **words, char **rest)
{
	char secret[20000] = "";
	g_autoptr(GError) error = NULL;
	SmtpServer server = read_server(words);
	SmtpSession *session = NULL;
	if (fgets(secret, sizeof secret, stdin) != NULL)
		secret[strcspn(secret, "\n")] = '\0';
	if (!send)
		return mail->probe(&server, secret, &error) ? 0 : tell_error(error);
	if (!mail->smtp_open(&server, secret, &session, &error))
		return tell_error(error);
	int status = send_file(mail, session, words, rest);
	mail->smtp_quit(session);
	return status;
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
	if (argc > 1 && strcmp(argv[1], "probe") == 0)
		return talk(mail, false, argv + 2, rest);
	if (argc > 1 && strcmp(argv[1], "send") == 0 && *rest != NULL && rest[1] != NULL)
		return talk(mail, true, argv + 2, rest + 1);
	return 2;
}
