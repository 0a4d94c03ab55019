/* fuzz-mail.c - any bytes as an incoming mail.
 *
 * Whatever comes, what is read of it is UTF-8 within its bounds, and the verdict holds together: only an answer says
 * something, only a bounce is hard or soft, a date is not before the mail's own.
 */
#include <facts/words.h>
#include <mail/classify.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { NOW = 1795000000, QUOTE_BYTES = 1000 };

static void check_text(const char *text, size_t limit)
{
	g_assert_true(text == NULL || (strlen(text) <= limit && g_utf8_validate(text, -1, NULL)));
}

static void check_line(const char *text)
{
	check_text(text, 4 * MAIL_LIMIT_VALUE);
	g_assert_true(text == NULL || strpbrk(text, "\n\r\x1b") == NULL);
}

static void check_mail(const MailIncoming *mail)
{
	check_text(mail->text, 3 * MAIL_LIMIT_TEXT + 16);
	check_text(mail->new_text, 3 * MAIL_LIMIT_TEXT + 16);
	check_line(mail->subject);
	check_line(mail->from_name);
	check_line(mail->from_address);
	check_line(mail->message_id);
	g_assert_cmpuint(mail->parts->len, <=, MAIL_LIMIT_PARTS);
	g_assert_cmpuint(mail->to->len, <=, 2 * MAIL_LIMIT_IDS);
	g_assert_null(strchr(mail->new_text, '\r'));
}

static void check_verdict(const MailVerdict *verdict)
{
	check_text(verdict->quote, QUOTE_BYTES);
	check_line(verdict->recipient);
	g_assert_true((verdict->kind == MAIL_KIND_BOUNCE) == (verdict->bounce != MAIL_BOUNCE_NONE));
	g_assert_true((verdict->kind == MAIL_KIND_REPLY) == (verdict->says != WORD_NONE));
	g_assert_true(verdict->kind == MAIL_KIND_AUTO_REPLY || verdict->back_on == DAY_NONE);
	g_assert_true(verdict->kind == MAIL_KIND_REPLY || verdict->decision_by == DAY_NONE);
	g_assert_true(verdict->confidence > 0 && verdict->confidence <= 1);
	for (guint i = 0; i < verdict->in_reply_to->len; i++)
		check_text(g_ptr_array_index(verdict->in_reply_to, i), 4 * MAIL_LIMIT_VALUE);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	MailIncoming *mail = mail_parse((const char *)data, size);
	MailVerdict *verdict = mail_classify(mail, NULL, NOW);
	check_mail(mail);
	check_verdict(verdict);
	mail_verdict_free(verdict);
	mail_incoming_free(mail);
	return 0;
}
