/* envelope.c - addresses where the post looks for them, the corner for the stamp left free.
 */
#include "envelope.h"

#include <print/address.h>
#include <string.h>

static const double margin = 10 * POINTS_PER_MM;

/* A block of lines, and the part of the envelope it has for itself. */
typedef struct Block {
	double x, y, width, height;
	double size; /* of its type, at most */
} Block;

/* True if the address names the company already, in either case of letters. */
static bool names(const char *address, const char *organization)
{
	g_autofree char *there = g_utf8_casefold(address, -1), *what = g_utf8_casefold(organization, -1);
	return strstr(there, what) != NULL;
}

static char *join_address(const char *name, const char *organization, const char *address)
{
	g_auto(GStrv) lines = address_split(address);
	g_autofree char *rest = g_strjoinv("\n", lines);
	GString *text = g_string_new(name);
	if (organization != NULL && !names(address, organization))
		g_string_append_printf(text, "%s%s", text->len == 0 ? "" : "\n", organization);
	g_string_append_printf(text, "%s%s", text->len == 0 ? "" : "\n", rest);
	return g_string_free(text, FALSE);
}

/* As large as it may be, and smaller where it must. */
static void show_block(Pdf *pdf, const char *text, const Block *block)
{
	enum { SMALLEST = 6 };
	PangoFontDescription *face = pdf_face(pdf, FACE_PLAIN, text);
	PangoLayout *layout = NULL;
	pdf_set_direction(pdf, text);
	for (double size = block->size; size >= SMALLEST; size -= 0.5) {
		g_clear_object(&layout);
		layout = pdf_layout(pdf, face, text, size, block->width);
		pango_layout_set_line_spacing(layout, 1.15F);
		if (layout_height(layout) <= block->height)
			break;
	}
	/* What is read to the left begins at the right of the block, which is as wide as its longest line. */
	pango_layout_set_width(layout, (int)(MIN(layout_width(layout) + 1, block->width) * PANGO_SCALE));
	pdf_show(pdf, layout, block->x, block->y);
	g_object_unref(layout);
	pango_font_description_free(face);
}

void envelope_show(Pdf *pdf, const CardRequest *request, const Card *card, EnvelopeSize size)
{
	Paper paper = paper_of_envelope(size);
	g_autofree char *to = join_address(card->name, card->organization, card->address);
	pdf_begin_page(pdf, paper.width, paper.height);
	pdf_ink(pdf, INK_DARK);
	if (request->sender_name != NULL || request->sender_address != NULL) {
		g_autofree char *from = join_address(request->sender_name, NULL, request->sender_address);
		show_block(pdf, from, &(Block){margin, margin, paper.width * 0.42 - margin, paper.height * 0.36 - margin, 8.5});
	}
	double x = paper.width * 0.44, y = paper.height * 0.46;
	show_block(pdf, to, &(Block){x, y, paper.width - x - margin, paper.height - y - margin, 13});
	pdf_end_page(pdf);
}
