/* test-card.c - cards and envelopes as poppler reads them back: pages, sizes, words, margins; and what is refused.
 */
#include "pdf-look.h"

#include <base/error.h>
#include <print/card.h>
#include <stdio.h>
#include <string.h>

#define NOW 1795190400

static const char usual[] =
	"Dear Mr. Finn,\n\nIt was a pleasure to meet you on Tuesday, and I am grateful for the time you took. I have gone "
	"on "
	"thinking about moving the forecast off spreadsheets, and I am glad that it came up.\n\nWith thanks,\nAna Reyes\n";

static CardRequest request_of(const Card *cards, guint count, CardSize size)
{
	return (CardRequest){
		.info = {"Cards for Globex", "Ana Reyes", NOW, -7 * 3600},
		.cards = cards,
		.count = count,
		.size = size,
		.envelope = -1,
		.sender_name = "Ana Reyes",
		.sender_address = "27 Cactus Road, Tempe, AZ 85281",
	};
}

static GString *print_well(const CardRequest *request, CardReport *ret_report)
{
	g_autoptr(GError) error = NULL;
	GString *pdf = NULL;
	bool good = card_print(request, &pdf, ret_report, &error);
	g_assert_no_error(error);
	g_assert_true(good);
	return pdf;
}

/* ---- pages ---- */

static const struct {
	const char *name;
	CardSize size;
	guint cards;
	bool ruled, envelopes;
	int pages;
	double width, height;
} page_cases[] = {
	{"a6", CARD_A6, 1, false, false, 1, 419.528, 297.638},
	{"a6-three", CARD_A6, 3, false, false, 3, 419.528, 297.638},
	{"a6-ruled", CARD_A6, 1, true, false, 2, 419.528, 297.638},
	{"a6-envelope", CARD_A6, 2, false, true, 4, 419.528, 297.638},
	{"4x6", CARD_4X6, 1, false, false, 1, 432, 288},
	{"a4-one", CARD_A4, 1, false, false, 1, 841.890, 595.276},
	{"a4-four", CARD_A4, 4, false, false, 1, 841.890, 595.276},
	{"a4-five", CARD_A4, 5, false, false, 2, 841.890, 595.276},
	{"a4-ruled", CARD_A4, 2, true, false, 1, 841.890, 595.276},
	{"letter", CARD_LETTER, 4, false, false, 1, 792, 612},
	{"letter-ruled-envelope", CARD_LETTER, 3, true, true, 5, 792, 612},
};

static void test_pages(gconstpointer data)
{
	size_t index = GPOINTER_TO_SIZE(data);
	Card cards[5];
	for (size_t i = 0; i < G_N_ELEMENTS(cards); i++)
		cards[i] = (Card){usual, "Huck Finn", "Globex", "1 Main St, Phoenix, AZ 85001"};
	CardRequest request = request_of(cards, page_cases[index].cards, page_cases[index].size);
	CardReport report = {0};
	request.ruled = page_cases[index].ruled;
	request.envelopes = page_cases[index].envelopes;
	g_autoptr(GString) pdf = print_well(&request, &report);
	g_assert_cmpint(report.pages, ==, page_cases[index].pages);
	if (!look_is_possible())
		return;
	g_autofree char *info = look_info(pdf), *text = look_text(pdf), *boxes = look_boxes(pdf);
	g_autofree char *pages = g_strdup_printf("Pages: %d", page_cases[index].pages);
	double width = 0, height = 0;
	look_check_has(info, pages);
	look_page_size(info, 1, &width, &height);
	g_assert_cmpfloat_with_epsilon(width, page_cases[index].width, 0.01);
	g_assert_cmpfloat_with_epsilon(height, page_cases[index].height, 0.01);
	look_check_has(text, "Ana Reyes");
	look_check_margins(boxes, request.ruled ? 7 : 20);
	if (!page_cases[index].envelopes)
		return;
	Paper envelope = paper_of_envelope(paper_fitting_envelope(page_cases[index].size));
	look_page_size(info, page_cases[index].pages, &width, &height);
	g_assert_cmpfloat_with_epsilon(width, envelope.width, 0.01);
	g_assert_cmpfloat_with_epsilon(height, envelope.height, 0.01);
}

/* No card of a sheet reaches into another: every word stays off the lines that will be cut. */
static void test_quarters(void)
{
	Card cards[4];
	for (size_t i = 0; i < G_N_ELEMENTS(cards); i++)
		cards[i] = (Card){usual, "Huck Finn", NULL, NULL};
	CardRequest request = request_of(cards, 4, CARD_A4);
	CardReport report = {0};
	g_autoptr(GString) pdf = print_well(&request, &report);
	if (!look_is_possible())
		return;
	g_autofree char *boxes = look_boxes(pdf);
	g_auto(GStrv) lines = g_strsplit(boxes, "\n", -1);
	for (char **line = lines; *line != NULL; line++) {
		double x1 = 0, y1 = 0, x2 = 0, y2 = 0;
		const double x = 841.890 / 2, y = 595.276 / 2;
		if (sscanf(
				g_strstrip(*line), "<word xMin=\"%lf\" yMin=\"%lf\" xMax=\"%lf\" yMax=\"%lf\">", &x1, &y1, &x2, &y2) !=
			4)
			continue;
		g_assert_true(x2 < x - 20 || x1 > x + 20);
		g_assert_true(y2 < y - 20 || y1 > y + 20);
	}
}

/* ---- words ---- */

static const struct {
	const char *name, *text, *words;
} script_cases[] = {
	{"plain", "Dear Mr. Finn,\n\nThank you.\n\nYours,\nAna", "Dear Mr. Finn, Thank you. Yours, Ana"},
	{"accents", "Dear Zoë,\n\nDžemal, Łukasz Żółć, Ünal Öğüş.", "Łukasz Żółć, Ünal Öğüş."},
	{"cyrillic", "Dear Анна Петрова,\n\nThank you.", "Анна Петрова"},
	{"greek", "Dear Ελένη Ψαρρού,\n\nThank you.", "Ελένη Ψαρρού"},
	{"hebrew", "שלום דנה כהן,\n\nתודה רבה.", "דנה"},
	{"arabic", "عزيزتي ليلى حداد،\n\nشكرا.", "ليلى"},
	{"han", "Dear 王小明,\n\nThank you.", "王小明"},
	{"markup", "Dear <b>Finn</b> &amp; <span size=\"90\">Co</span>,\n\n{{name}} %s",
	 "<b>Finn</b> &amp; <span size=\"90\">Co</span>, {{name}} %s"},
	{"one-paragraph", "Thank you", "Thank you"},
};

static void test_script(gconstpointer data)
{
	size_t index = GPOINTER_TO_SIZE(data);
	const Card card = {script_cases[index].text, "Huck Finn", NULL, NULL};
	for (int ruled = 0; ruled < 2; ruled++) {
		CardRequest request = request_of(&card, 1, CARD_A6);
		CardReport report = {0};
		request.ruled = ruled;
		g_autoptr(GString) pdf = print_well(&request, &report);
		if (!look_is_possible())
			return;
		g_autofree char *text = look_text(pdf), *boxes = look_boxes(pdf);
		if (report.unknown > 0)
			g_test_message("no font here has all letters of this script");
		else
			look_check_has(text, script_cases[index].words);
		look_check_margins(boxes, 7);
	}
}

/* Each letter is there to be seen, not only its meaning: with just these letters a font of PostScript outlines loses
 * its "c" where cairo takes it apart. */
static void test_ink(void)
{
	static const char *const texts[] = {
		"I still think back with pleasure to our conversation on Tuesday, and I am grateful for it. I have gone on "
		"thinking "
		"about moving the forecast off spreadsheets, and I am glad that it came up. I would gladly put five years of "
		"SQL in "
		"a team of three to use for you.",
		"Thank you once more, \"Zoë\": 1, 2, 3 (or 4) & 5; jumpy foxes quiz vexed wizards!",
		"Дорогая Анна, спасибо за разговор.",
		"谢谢您的时间 王小明",
	};
	for (size_t i = 0; i < G_N_ELEMENTS(texts) && look_is_possible(); i++) {
		g_autoptr(GString) text = g_string_new(texts[i]);
		g_string_append(text, "\n\n");
		for (const char *p = texts[i]; *p != '\0'; p = g_utf8_next_char(p))
			if (g_unichar_isalnum(g_utf8_get_char(p)) &&
				g_utf8_strchr(texts[i], p - texts[i], g_utf8_get_char(p)) == NULL) {
				g_string_append_unichar(text, g_utf8_get_char(p));
				g_string_append_c(text, ' ');
			}
		const Card card = {text->str, "Huck Finn", NULL, NULL};
		CardRequest request = request_of(&card, 1, CARD_A6);
		CardReport report = {0};
		g_autoptr(GString) pdf = print_well(&request, &report);
		look_check_ink(pdf);
	}
}

/* What is read from the right begins at the right. */
static void test_sides(void)
{
	static const struct {
		const char *text;
		bool right;
	} sides[] = {{"Dear Finn,\n\nThank you.", false}, {"שלום דנה,\n\nתודה Globex.", true}};
	for (size_t i = 0; i < G_N_ELEMENTS(sides) && look_is_possible(); i++) {
		const Card card = {sides[i].text, "Huck Finn", NULL, NULL};
		CardRequest request = request_of(&card, 1, CARD_A6);
		CardReport report = {0};
		double x1 = 0;
		g_autoptr(GString) pdf = print_well(&request, &report);
		g_autofree char *boxes = look_boxes(pdf);
		g_assert_cmpint(sscanf(strstr(boxes, "<word"), "<word xMin=\"%lf\"", &x1), ==, 1);
		g_assert_cmpint(x1 > 200, ==, sides[i].right);
	}
}

static void test_envelope(void)
{
	const Card cards[] = {
		{usual, "Huck Finn", "Globex", "1 Main St, Phoenix, AZ 85001"},
		{usual, "Ada Okoro", "Globex", "Globex Inc., 5 Side St, Phoenix, AZ 85001"},
		{usual, "No Address", "Globex", NULL},
	};
	CardRequest request = request_of(cards, 3, CARD_A6);
	CardReport report = {0};
	request.envelopes = true;
	request.envelope = ENVELOPE_DL;
	g_autoptr(GString) pdf = print_well(&request, &report);
	g_assert_cmpint(report.envelopes, ==, 2);
	g_assert_cmpint(report.envelope, ==, ENVELOPE_DL);
	if (!look_is_possible())
		return;
	g_autofree char *text = look_text(pdf);
	look_check_has(text, "Huck Finn Globex 1 Main St Phoenix, AZ 85001");
	look_check_has(text, "Ada Okoro Globex Inc. 5 Side St");
	look_check_has(text, "Ana Reyes 27 Cactus Road Tempe, AZ 85281");
	g_assert_null(strstr(text, "No Address"));
}

/* ---- fitting ---- */

static char *text_of(guint words)
{
	GString *text = g_string_new("Dear Mr. Finn,\n\n");
	for (guint i = 0; i < words; i++)
		g_string_append(text, i % 7 == 0 ? "thoughtful " : "word ");
	g_string_append(text, "\n\nWith thanks,\nAna Reyes\n");
	return g_string_free(text, FALSE);
}

static void test_shrinks(void)
{
	double before = 100;
	for (guint words = 20; words <= 110; words += 30) {
		g_autofree char *text = text_of(words);
		const Card card = {text, "Huck Finn", NULL, NULL};
		CardRequest request = request_of(&card, 1, CARD_A6);
		CardReport report = {0};
		g_autoptr(GString) pdf = print_well(&request, &report);
		g_assert_cmpfloat(report.type_size, <=, before);
		g_assert_cmpfloat(report.type_size, >=, 10.5);
		before = report.type_size;
		if (!look_is_possible())
			continue;
		g_autofree char *boxes = look_boxes(pdf);
		look_check_margins(boxes, 20);
	}
	g_assert_cmpfloat(before, <, 16);
}

static void refuse(const CardRequest *request, const char *words)
{
	g_autoptr(GError) error = NULL;
	GString *pdf = NULL;
	CardReport report = {0};
	g_assert_false(card_print(request, &pdf, &report, &error));
	g_assert_null(pdf);
	g_assert_error(error, BASE_ERROR, BASE_ERROR_CONFLICT);
	if (strstr(error->message, words) == NULL)
		g_error("\"%s\" is not in: %s", words, error->message);
}

static void test_too_long(void)
{
	g_autofree char *long_text = text_of(600), *longest = text_of(9000), *word = g_strnfill(60000, 'w');
	const char *const texts[] = {long_text, longest, word};
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		const Card card = {texts[i], "Huck Finn", NULL, NULL};
		CardRequest request = request_of(&card, 1, CARD_A6);
		refuse(&request, "make it shorter");
	}
	const Card card = {usual, "Huck Finn", NULL, "1 Main St"};
	CardRequest request = request_of(&card, 1, CARD_A6);
	request.envelopes = true;
	request.envelope = ENVELOPE_NO10;
	refuse(&request, "C6 would be right");
}

/* ---- the file ---- */

static void test_reproducible(void)
{
	const Card card = {usual, "Huck Finn", NULL, "1 Main St"};
	CardRequest request = request_of(&card, 1, CARD_A6);
	CardReport report = {0};
	g_autoptr(GString) one = print_well(&request, &report);
	g_autoptr(GString) two = print_well(&request, &report);
	g_assert_cmpmem(one->str, one->len, two->str, two->len);
	request.info.now += 60;
	g_autoptr(GString) later = print_well(&request, &report);
	g_assert_false(one->len == later->len && memcmp(one->str, later->str, one->len) == 0);
	if (!look_is_possible())
		return;
	g_autofree char *info = look_info(one), *fonts = look_fonts(one);
	look_check_has(info, "Title: Cards for Globex");
	look_check_has(info, "Author: Ana Reyes");
	g_auto(GStrv) lines = g_strsplit(fonts, "\n", -1);
	for (char **line = lines + 2; *line != NULL && **line != '\0'; line++)
		if (strstr(*line, " yes yes yes ") == NULL && strstr(*line, " yes no  yes ") == NULL)
			g_error("a font is not embedded: %s", *line);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(page_cases); i++) {
		g_autofree char *path = g_strconcat("/print/card/pages/", page_cases[i].name, NULL);
		g_test_add_data_func(path, GSIZE_TO_POINTER(i), test_pages);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(script_cases); i++) {
		g_autofree char *path = g_strconcat("/print/card/words/", script_cases[i].name, NULL);
		g_test_add_data_func(path, GSIZE_TO_POINTER(i), test_script);
	}
	g_test_add_func("/print/card/quarters", test_quarters);
	g_test_add_func("/print/card/ink", test_ink);
	g_test_add_func("/print/card/sides", test_sides);
	g_test_add_func("/print/card/envelope", test_envelope);
	g_test_add_func("/print/card/shrinks", test_shrinks);
	g_test_add_func("/print/card/too-long", test_too_long);
	g_test_add_func("/print/card/reproducible", test_reproducible);
	return g_test_run();
}
