/* cards.c - so many cards as one PDF, four a page, through the room itself; bench-cards COUNT [floor] prints the
 * seconds.
 *
 * Every text differs, as texts do.  The floor is what the libraries take for the same texts, each set once in a size
 * that was known before, without looking whether it fits.
 */
#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <print/card.h>
#include <stdio.h>
#include <stdlib.h>

static char *make_text(int number)
{
	static const char *const topics[] = {
		"moving the forecast off spreadsheets", "the archive", "how the team reviews queries", "the lab in Leiden",
		"what a good week looks like"};
	return g_strdup_printf(
		"Dear Ms. Person %d,\n\nIt was a pleasure to meet you on Tuesday, and I am grateful for the time you took. I "
		"have gone "
		"on thinking about %s, and I am glad that it came up. I would be glad to bring %d years of SQL in a team of "
		"three. "
		"There is little I would rather do, and I would be keen to do it at Globex.\n\nWith thanks and best "
		"wishes,\nAna "
		"Reyes\n",
		number, topics[number % (int)G_N_ELEMENTS(topics)], 2 + number % 30);
}

static cairo_status_t count_bytes(void *data, const unsigned char *bytes, unsigned length)
{
	*(size_t *)data += length;
	return CAIRO_STATUS_SUCCESS;
}

static void set_plainly(const Card *cards, guint count)
{
	size_t bytes = 0;
	Paper page = paper_of_card_page(CARD_A4), card = paper_of_card(CARD_A4);
	cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(count_bytes, &bytes, page.width, page.height);
	cairo_t *cr = cairo_create(surface);
	PangoFontDescription *font = pango_font_description_from_string("Dancing Script 12");
	for (guint i = 0; i < count; i++) {
		PangoLayout *layout = pango_cairo_create_layout(cr);
		pango_layout_set_font_description(layout, font);
		pango_layout_set_width(layout, (int)((card.width - 68) * PANGO_SCALE));
		pango_layout_set_text(layout, cards[i].text, -1);
		cairo_move_to(cr, 34 + i % 2 * card.width, 34 + i % 4 / 2 * card.height);
		pango_cairo_show_layout(cr, layout);
		g_object_unref(layout);
		if (i % 4 == 3)
			cairo_show_page(cr);
	}
	cairo_destroy(cr);
	cairo_surface_finish(surface);
	cairo_surface_destroy(surface);
	pango_font_description_free(font);
}

static int set_well(const Card *cards, guint count)
{
	g_autoptr(GError) error = NULL;
	GString *pdf = NULL;
	CardReport report = {0};
	const CardRequest request = {
		.info = {"Cards", "Ana Reyes", 1795190400, 0}, .cards = cards, .count = count, .size = CARD_A4, .envelope = -1};
	if (!card_print(&request, &pdf, &report, &error)) {
		fprintf(stderr, "%s\n", error->message);
		return 1;
	}
	g_string_free(pdf, TRUE);
	return 0;
}

int main(int argc, char **argv)
{
	guint count = argc > 1 ? (guint)atoi(argv[1]) : 1000;
	int status = 0;
	g_autofree Card *cards = g_new0(Card, count);
	for (guint i = 0; i < count; i++)
		cards[i] = (Card){make_text((int)i), "Person", NULL, NULL};
	int64_t begun = g_get_monotonic_time();
	if (argc > 2)
		set_plainly(cards, count);
	else
		status = set_well(cards, count);
	printf("%.6f\n", (double)(g_get_monotonic_time() - begun) / 1e6);
	for (guint i = 0; i < count; i++)
		g_free((char *)cards[i].text);
	return status;
}
