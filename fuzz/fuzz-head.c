/* fuzz-head.c - any bytes as the headers of a mail that may concern an opportunity.
 *
 * What is asked about is never longer than it may be, holds an @ and no blank, and of an address no capital; the answer
 * is the same the second time.
 */
#include "watch-head.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { TOKEN_BYTES = 320 };

static void check_token(const char *token)
{
	g_assert_cmpuint(strlen(token), <, TOKEN_BYTES);
	g_assert_true(strchr(token, '@') != NULL);
	g_assert_null(strpbrk(token, " \t\r\n<>,;"));
}

static bool is_note(const char *id, const void *data)
{
	check_token(id);
	return strcmp(id, "1@example.net") == 0;
}

static bool is_writer(const char *address, const void *data)
{
	check_token(address);
	for (const char *at = address; *at != '\0'; at++)
		g_assert_true(!g_ascii_isupper(*at));
	return g_str_has_suffix(address, "@globex.example");
}

static bool is_own(const char *address, const void *data)
{
	check_token(address);
	return strcmp(address, "ana@example.net") == 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const HeadQuestions questions = {is_note, is_writer, is_own, NULL};
	bool wanted = head_is_wanted((const char *)data, size, &questions);
	g_assert_true(wanted == head_is_wanted((const char *)data, size, &questions));
	return 0;
}
