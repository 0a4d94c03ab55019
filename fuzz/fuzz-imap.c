/* fuzz-imap.c - any bytes as what an IMAP server says, from after the login to the end.
 *
 * The tags of the commands are f1, f2 and so on.  Whatever is said: heads and mails stay within their bounds, a look
 * that fails gives no mark, one that works gives a mark that the next look can go on from.
 */
#include "imap.h"

#include <base/error.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { SINCE = 1795000000, MARK_BYTES = 12 };

static bool wants(const char *head, size_t length, void *data)
{
	g_assert_cmpuint(length, <=, MAIL_LIMIT_BYTES);
	*(size_t *)data += length;
	return length % 2 == 0;
}

static bool take(const char *bytes, size_t length, void *data, GError **error)
{
	g_assert_cmpuint(length, <=, MAIL_LIMIT_BYTES);
	*(size_t *)data += length;
	return length != 13 || base_error_set(error, BASE_ERROR_CONFLICT, NULL, "stopped");
}

static bool look(Mailbox *mailbox, GBytes **mark)
{
	size_t heard = 0;
	const MailboxVisit visit = {wants, take, &heard};
	g_autoptr(GBytes) fresh = NULL;
	g_autoptr(GError) error = NULL;
	bool good = mailbox_read(mailbox, *mark, SINCE, &visit, &fresh, &error);
	g_assert_true(good == (fresh != NULL) && good == (error == NULL));
	if (!good)
		return false;
	g_assert_cmpuint(g_bytes_get_size(fresh), ==, MARK_BYTES);
	g_clear_pointer(mark, g_bytes_unref);
	*mark = g_steal_pointer(&fresh);
	return true;
}

static void use(Mailbox *mailbox)
{
	g_autoptr(GBytes) mark = NULL;
	g_autoptr(GError) waiting = NULL, searching = NULL;
	bool changed = false, found = false;
	bool good = look(mailbox, &mark);
	good = good && mailbox_wait(mailbox, 0, &changed, &waiting) && look(mailbox, &mark);
	good = good && mailbox_find_sent(mailbox, "a \"note\"@globex.example", &found, &searching);
	if (good)
		(void)!look(mailbox, &mark);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Mailbox *mailbox = NULL;
	g_autoptr(GError) error = NULL;
	Stream *stream = stream_new_of((const char *)data, size, IMAP_LINE_BYTES);
	bool good = imap_open(stream, "imap.example", NULL, &mailbox, &error);
	g_assert_true(good == (mailbox != NULL) && good == (error == NULL));
	if (good)
		use(mailbox);
	mailbox_close(mailbox);
	return 0;
}
