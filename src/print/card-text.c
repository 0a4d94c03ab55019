/* card-text.c - how large, and where on the card.
 */
#include "card-text.h"

#include <math.h>
#include <string.h>

/* Sizes in points, in steps of a half. Below the smallest nobody calls it a card. */
static const double largest = 18, smallest = 10.5, step = 0.5;
static const double line_height = 1.12; /* of the face's own */
static const double between = 0.75;     /* of the size, between two blocks */
static const double indentation = 0.46; /* of the width, before the closing words */

/* The lines of a paragraph as one, so that it is broken where the card ends and not where the note's lines do. */
static char *join_lines(char *paragraph)
{
	g_strdelimit(paragraph, "\n\t", ' ');
	return g_strstrip(paragraph);
}

/* Closing words are a few short lines that stay as they are. */
static bool is_closing(const char *block)
{
	enum { LINES = 4, CHARACTERS = 60 };
	g_auto(GStrv) lines = g_strsplit(block, "\n", -1);
	bool closes = g_strv_length(lines) <= LINES;
	for (char **line = lines; *line != NULL && closes; line++)
		closes = g_utf8_strlen(*line, -1) <= CHARACTERS;
	return closes;
}

static guint count_words(const char *text)
{
	guint words = 0;
	for (bool inside = false; *text != '\0'; text = g_utf8_next_char(text)) {
		bool space = g_unichar_isspace(g_utf8_get_char(text));
		words += !space && !inside;
		inside = !space;
	}
	return words;
}

CardText *card_text_new(Pdf *pdf, const char *source)
{
	CardText *text = g_new0(CardText, 1);
	g_auto(GStrv) blocks = g_strsplit(source, "\n\n", -1);
	text->pdf = pdf;
	text->blocks = g_ptr_array_new_with_free_func(g_free);
	text->words = count_words(source);
	text->letters = g_utf8_strlen(source, -1);
	for (char **block = blocks; *block != NULL; block++)
		if (g_strstrip(*block)[0] != '\0')
			g_ptr_array_add(text->blocks, g_strdup(*block));
	guint count = text->blocks->len;
	text->closing = count > 1 && is_closing(g_ptr_array_index(text->blocks, count - 1)) ? count - 1 : count;
	for (guint i = 0; i < text->closing; i++)
		join_lines(g_ptr_array_index(text->blocks, i));
	text->face = pdf_face(pdf, FACE_HAND, source);
	pdf_set_direction(pdf, source);
	text->size = largest;
	return text;
}

void card_text_free(CardText *text)
{
	if (text == NULL)
		return;
	g_ptr_array_unref(text->blocks);
	pango_font_description_free(text->face);
	g_free(text);
}

/* Where a block is set; what closes stands to the other side of the margin that the card begins at. */
typedef struct Place {
	PangoLayout *layout;
	double x, height;
} Place;

/* Closing words begin past the middle, or sooner where they would have to be broken. */
static double find_indent(PangoLayout *layout, const CardBox *box)
{
	pango_layout_set_width(layout, -1);
	return CLAMP(box->width - layout_width(layout) - 1, 0, box->width * indentation);
}

static Place place_block(const CardText *text, guint index, const CardBox *box)
{
	const char *block = g_ptr_array_index(text->blocks, index);
	PangoLayout *layout = pdf_layout(text->pdf, text->face, block, text->size, box->width);
	double indent = index == text->closing ? find_indent(layout, box) : 0;
	pango_layout_set_width(layout, (int)((box->width - indent) * PANGO_SCALE));
	pango_layout_set_line_spacing(layout, (float)line_height);
	return (Place){layout, box->x + (pdf_reads_to_the_left(text->pdf) ? 0 : indent), layout_height(layout)};
}

static double height_at(CardText *text, const CardBox *box, double size)
{
	double height = 0;
	text->size = size;
	for (guint i = 0; i < text->blocks->len; i++) {
		Place place = place_block(text, i, box);
		height += place.height + (i == 0 ? 0 : size * between);
		g_object_unref(place.layout);
	}
	return height;
}

static double on_the_grid(double size)
{
	return CLAMP(floor(size / step) * step, smallest, largest);
}

/* A text grows with the square of its size, so that the first guess is seldom off by more than a step. */
bool card_text_fit(CardText *text, const CardBox *box)
{
	enum { LETTERS_MAX = 4000 }; /* what is longer fits on no card, and takes long to measure */
	if (text->letters > LETTERS_MAX)
		return false;
	double height = height_at(text, box, largest);
	if (height <= box->height)
		return true;
	double size = on_the_grid(largest * sqrt(box->height / height));
	bool fits = height_at(text, box, size) <= box->height;
	while (fits && size + step <= largest && height_at(text, box, size + step) <= box->height)
		size += step;
	while (!fits && size - step >= smallest) {
		size -= step;
		fits = height_at(text, box, size) <= box->height;
	}
	text->size = size;
	return fits;
}

/* A little above the middle, where the eye looks for it. */
void card_text_show(const CardText *text, const CardBox *box)
{
	g_autofree Place *places = g_new0(Place, text->blocks->len);
	double height = 0, gap = text->size * between;
	for (guint i = 0; i < text->blocks->len; i++) {
		places[i] = place_block(text, i, box);
		height += places[i].height + (i == 0 ? 0 : gap);
	}
	double y = box->y + MAX(0, box->height - height) * 0.42;
	for (guint i = 0; i < text->blocks->len; i++) {
		pdf_show(text->pdf, places[i].layout, places[i].x, y);
		y += places[i].height + gap;
		g_object_unref(places[i].layout);
	}
}

guint card_text_room(const CardBox *box)
{
	enum { LETTERS_A_WORD = 6, ROUNDED_TO = 5 };
	double letters = box->width / (smallest * 0.42), lines = box->height / (smallest * 1.4) - 4;
	guint room = (guint)(letters * lines / LETTERS_A_WORD);
	return room - room % ROUNDED_TO;
}
