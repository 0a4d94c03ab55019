/* test-address.c - addresses on one line, as the lines of an envelope; and which envelope takes which card.
 */
#include <print/address.h>
#include <print/paper.h>

static const struct {
	const char *name, *address, *lines;
} cases[] = {
	{"american", "1 Main St, Phoenix, AZ 85001", "1 Main St/Phoenix, AZ 85001"},
	{"american-suite", "1 Main St, Suite 400, Phoenix, AZ, 85001-1234", "1 Main St, Suite 400/Phoenix, AZ, 85001-1234"},
	{"american-together", "1 Main St, Phoenix AZ 85001", "1 Main St/Phoenix AZ 85001"},
	{"canadian", "12 King St W, Toronto, ON M5V 2T6, Canada", "12 King St W/Toronto, ON M5V 2T6/Canada"},
	{"french", "12, rue de la Paix, 75002 Paris", "12, rue de la Paix/75002 Paris"},
	{"spanish", "Calle Mayor, 5, 28013 Madrid", "Calle Mayor, 5/28013 Madrid"},
	{"german", "Lange Straße 5a, 20095 Hamburg", "Lange Straße 5a/20095 Hamburg"},
	{"russian", "ул. Ленина, 5, Москва, 101000", "ул. Ленина, 5/Москва, 101000"},
	{"japanese", "1-2-3 Example, Tokyo, 100-0001, Japan", "1-2-3 Example/Tokyo, 100-0001/Japan"},
	{"chinese", "深圳市南山区科技园路1号，广东省", "深圳市南山区科技园路1号/广东省"},
	{"arabic", "شارع النيل 12، القاهرة", "شارع النيل 12/القاهرة"},
	{"own-breaks", "Globex, Inc.; 1 Main St, Phoenix", "Globex, Inc./1 Main St, Phoenix"},
	{"bars", "Globex | 1 Main St | Phoenix", "Globex/1 Main St/Phoenix"},
	{"empty-parts", " ,, 1 Main St,, ,", "1 Main St"},
	{"one-line", "Phoenix", "Phoenix"},
	{"nothing", "", ""},
	{"none", NULL, ""},
	{"too-many", "a, b, c, d, e, f, g, h, i", "a/b/c/d/e/f/g, h, i"},
};

static void test_split(gconstpointer data)
{
	size_t index = GPOINTER_TO_SIZE(data);
	g_auto(GStrv) lines = address_split(cases[index].address);
	g_autofree char *joined = g_strjoinv("/", lines);
	g_assert_cmpstr(joined, ==, cases[index].lines);
}

/* The envelope taken unasked holds its card, and with no more than a finger's width around it. */
static void test_fitting(void)
{
	for (int size = 0; size < CARD_SIZE_COUNT; size++) {
		EnvelopeSize envelope = paper_fitting_envelope((CardSize)size);
		Paper card = paper_of_card((CardSize)size), outside = paper_of_envelope(envelope);
		g_assert_true(paper_fits((CardSize)size, envelope));
		g_assert_cmpfloat(outside.width - card.width, <, 20 * POINTS_PER_MM);
		g_assert_cmpfloat(card.width, >, card.height);
	}
	g_assert_false(paper_fits(CARD_A6, ENVELOPE_NO10));
	g_assert_true(paper_fits(CARD_4X6, ENVELOPE_NO10));
	g_assert_true(paper_fits(CARD_A6, ENVELOPE_DL));
	g_assert_false(paper_fits(CARD_A6, ENVELOPE_US_A2));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *path = g_strconcat("/print/address/", cases[i].name, NULL);
		g_test_add_data_func(path, GSIZE_TO_POINTER(i), test_split);
	}
	g_test_add_func("/print/paper/fitting", test_fitting);
	return g_test_run();
}
