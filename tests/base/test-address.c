/* test-address.c - what is an address, its form in ASCII, and the names of messages.
 */
#include <base/address.h>

static void test_addresses(void)
{
	static const struct {
		const char *address, *ascii; /* NULL: refused */
	} table[] = {
		{"ana@example.net", "ana@example.net"},
		{"Ana.Reyes+jobs@Example.NET", "Ana.Reyes+jobs@example.net"},
		{"ana@bücher.example", "ana@xn--bcher-kva.example"},
		{"änä@example.net", NULL},
		{"ana@", NULL},
		{"@example.net", NULL},
		{"ana@@example.net", NULL},
		{"ana@ex ample.net", NULL},
		{"ana@-example.net", NULL},
		{"ana@example..net", NULL},
		{"ana>@example.net", NULL},
		{"\"ana\"@example.net", NULL},
		{"ana@example.net\r\n", NULL},
		{"", NULL},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(table); i++) {
		g_autofree char *ascii = NULL;
		g_test_message("%s", table[i].address);
		g_assert_cmpint(address_to_ascii(table[i].address, &ascii, NULL), ==, table[i].ascii != NULL);
		g_assert_cmpstr(ascii, ==, table[i].ascii);
	}
}

static void test_message_ids(void)
{
	const uint8_t one[ADDRESS_RANDOM_BYTES] = {1, 2, 3}, other[ADDRESS_RANDOM_BYTES] = {1, 2, 4};
	g_autofree char *a = NULL, *b = NULL, *c = NULL;
	g_assert_true(address_new_message_id("ana@example.net", one, &a, NULL));
	g_assert_true(address_new_message_id("ana@example.net", one, &b, NULL));
	g_assert_true(address_new_message_id("ana@example.net", other, &c, NULL));
	g_assert_cmpstr(a, ==, b);
	g_assert_cmpstr(a, !=, c);
	g_assert_true(g_str_has_suffix(a, "@example.net"));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/address/ascii", test_addresses);
	g_test_add_func("/address/message-ids", test_message_ids);
	return g_test_run();
}
