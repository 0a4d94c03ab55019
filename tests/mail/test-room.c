/* test-room.c - what the mail room knows without a server: providers, settings, secrets.
 */
#include "dav-answer.h"

#include <base/error.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <mail/module.h>
#include <string.h>

static void test_providers(void)
{
	static const struct {
		const char *address, *host;
		int port;
		bool guessed;
	} table[] = {
		{"ana@gmail.com", "smtp.gmail.com", 465, false},          {"ana@GoogleMail.com", "smtp.gmail.com", 465, false},
		{"ana@outlook.com", "smtp-mail.outlook.com", 587, false}, {"ana@icloud.com", "smtp.mail.me.com", 587, false},
		{"ana@example.net", "smtp.example.net", 587, true},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(table); i++) {
		MailProvider provider = {0};
		g_autoptr(GError) error = NULL;
		g_test_message("%s", table[i].address);
		g_assert_true(mail_provider_find(table[i].address, &provider, &error));
		g_assert_no_error(error);
		g_assert_cmpstr(provider.host, ==, table[i].host);
		g_assert_cmpint(provider.guessed, ==, table[i].guessed);
		g_assert_cmpint(provider.guessed, ==, provider.name == NULL);
		g_assert_true(provider.port == 465 || provider.port == 587);
		g_assert_cmpint(provider.security, ==, provider.port == 465 ? SMTP_TLS : SMTP_STARTTLS);
	}
	MailProvider provider = {0};
	g_assert_false(mail_provider_find("nobody", &provider, NULL));
}

static void test_mailboxes(void)
{
	static const struct {
		const char *address, *host;
		int port;
		SmtpSecurity security;
		bool shared;
	} table[] = {
		{"ana@gmail.com", "imap.gmail.com", 993, SMTP_TLS, true},
		{"ana@gmx.net", "imap.gmx.net", 993, SMTP_TLS, true},
		{"ana@pm.me", "127.0.0.1", 1143, SMTP_STARTTLS, true},
		{"ana@hey.com", "imap.hey.com", 993, SMTP_TLS, true},
		{"finn@globex.example", "imap.globex.example", 993, SMTP_TLS, false},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(table); i++) {
		MailProvider provider = {0};
		g_test_message("%s", table[i].address);
		g_assert_true(mail_provider_find(table[i].address, &provider, NULL));
		g_assert_cmpstr(provider.imap_host, ==, table[i].host);
		g_assert_cmpint(provider.imap_port, ==, table[i].port);
		g_assert_cmpint(provider.imap_security, ==, table[i].security);
		g_assert_cmpint(provider.shared, ==, table[i].shared);
	}
}

static void check_secret(MailSecretSource source, const char *expected, BaseErrorCode code)
{
	g_autoptr(GError) error = NULL;
	char *secret = NULL;
	bool good = mail_secret_load(&source, &secret, &error);
	g_test_message("%s", good ? "loaded" : error->message);
	g_assert_cmpint(good, ==, expected != NULL);
	g_assert_cmpstr(secret, ==, expected);
	if (!good)
		g_assert_error(error, BASE_ERROR, (int)code);
	mail_secret_free(secret);
}

static void test_secret_commands(void)
{
	MailSecretSource source = {.kind = MAIL_SECRET_COMMAND, .timeout_ms = 2000};
	static const struct {
		const char *command, *secret;
		BaseErrorCode code;
	} table[] = {
		{"printf 's3cret\\nsecond line'", "s3cret", 0},
		{"echo 'two words'", "two words", 0},
		{"echo $HOME", "$HOME", 0}, /* no shell runs it */
		{"false", NULL, BASE_ERROR_CONFLICT},
		{"true", NULL, BASE_ERROR_CONFLICT},
		{"sleep 20", NULL, BASE_ERROR_TEMPORARY},
		{"/no/such/program", NULL, BASE_ERROR_MISSING},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(table); i++) {
		source.command = table[i].command;
		g_test_message("%s", table[i].command);
		check_secret(source, table[i].secret, table[i].code);
	}
}

static void test_secret_files(void)
{
	g_autofree char *folder = g_dir_make_tmp("followup-secret-XXXXXX", NULL),
					*path = g_build_filename(folder, "password", NULL);
	MailSecretSource source = {.kind = MAIL_SECRET_FILE, .path = path};
	check_secret(source, NULL, BASE_ERROR_MISSING);
	g_assert_true(g_file_set_contents(path, "s3cret\n", -1, NULL));
	g_chmod(path, 0600);
	check_secret(source, "s3cret", 0);
	g_chmod(path, 0400);
	check_secret(source, "s3cret", 0);
	g_chmod(path, 0644);
	check_secret(source, NULL, BASE_ERROR_CONFLICT);
	g_chmod(path, 0660);
	check_secret(source, NULL, BASE_ERROR_CONFLICT);
	g_unlink(path);
	g_rmdir(folder);
}

#define ANSWER(text) "<multistatus xmlns='DAV:' xmlns:C='urn:ietf:params:xml:ns:caldav'>" text "</multistatus>"
#define RESPONSE(href, property)                                                                                       \
	"<response><href>" href "</href><propstat><prop>" property "</prop></propstat></response>"

static void test_calendar_answers(void)
{
	static const struct {
		const char *name, *answer, *items; /* "name etag, …"; NULL: it is none */
		bool is_calendar;
	} table[] = {
		{"a calendar", ANSWER(RESPONSE("/a/", "<resourcetype><collection/><C:calendar/></resourcetype>")), "", true},
		{"a folder", ANSWER(RESPONSE("/a/", "<resourcetype><collection/></resourcetype>")), "", false},
		{"what lies in it",
		 ANSWER(RESPONSE("/a/", "") RESPONSE("/a/b%20c.ics", "<getetag> \"1\" </getetag>") RESPONSE("/a/d", "")),
		 "b c.ics \"1\", d -", false},
		{"a page", "<html><p>Not found<br></html>", NULL, false},
		{"nothing", "", NULL, false},
		{"definitions of its own",
		 "<!DOCTYPE m [<!ENTITY e 'eeeeeeee'>]>" ANSWER(RESPONSE("/a/&e;", "<getetag>&e;</getetag>")), NULL, false},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(table); i++) {
		g_autoptr(DavAnswer) answer = dav_answer_read(table[i].answer, strlen(table[i].answer));
		g_autoptr(GString) items = g_string_new(NULL);
		g_test_message("%s", table[i].name);
		g_assert_true((answer == NULL) == (table[i].items == NULL));
		for (guint j = 0; answer != NULL && j < answer->items->len; j++) {
			const DavItem *item = g_ptr_array_index(answer->items, j);
			g_string_append_printf(
				items, "%s%s %s", j == 0 ? "" : ", ", item->name, item->etag == NULL ? "-" : item->etag);
		}
		if (answer != NULL) {
			g_assert_cmpstr(items->str, ==, table[i].items);
			g_assert_true(answer->is_calendar == table[i].is_calendar);
		}
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/mail/providers", test_providers);
	g_test_add_func("/mail/mailboxes", test_mailboxes);
	g_test_add_func("/mail/secret/commands", test_secret_commands);
	g_test_add_func("/mail/secret/files", test_secret_files);
	g_test_add_func("/mail/calendar-answers", test_calendar_answers);
	return g_test_run();
}
