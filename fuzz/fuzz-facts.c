/* fuzz-facts.c - any bytes as facts.
 *
 * What is refused has a place and one sentence; what is accepted passes the check, and comes back the same from what it
 * is written as.
 */
#include <base/error.h>
#include <facts/facts-json.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_refusal(const GError *error)
{
	g_assert_true(error->domain == BASE_ERROR && error->code == BASE_ERROR_INVALID);
	g_assert_nonnull(base_error_get_where(error));
	g_assert_true(g_utf8_validate(error->message, -1, NULL));
	g_assert_null(strpbrk(error->message, "\n\r\x1b"));
}

static void check_return(const Facts *facts)
{
	g_autoptr(GString) first = g_string_new(NULL), second = g_string_new(NULL);
	g_autoptr(Facts) again = NULL;
	facts_format(facts, false, first);
	g_assert_true(facts_parse(first->str, first->len, &again, NULL));
	facts_format(again, false, second);
	g_assert_cmpstr(first->str, ==, second->str);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Facts) facts = NULL;
	if (facts_parse((const char *)data, size, &facts, &error))
		check_return(facts);
	else
		check_refusal(error);
	return 0;
}
