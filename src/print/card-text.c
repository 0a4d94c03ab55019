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

static void clear_block(void *block)
{
	g_object_unref(((CardBlock *)block)->layout);
}

static GArray *new_set(void)
{
	GArray *set = g_array_new(FALSE, FALSE, sizeof(CardBlock));
	g_array_set_clear_func(set, clear_block);
	return set;
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
	text->set = new_set();
	return text;
}

void card_text_free(CardText *text)
{
	if (text == NULL)
		return;
	g_ptr_array_unref(text->blocks);
	g_array_unref(text->set);
	pango_font_description_free(text->face);
	g_free(text);
}

/* Closing words begin past the middle, or sooner where they would have to be broken. */
static double find_indent(PangoLayout *layout, const CardBox *box)
{
	pango_layout_set_width(layout, -1);
	return CLAMP(box->width - layout_width(layout) - 1, 0, box->width * indentation);
}

/* What closes stands to the other side of the margin that the card begins at. */
static CardBlock set_block(const CardText *text, guint index, const CardBox *box, double size)
{
	const char *block = g_ptr_array_index(text->blocks, index);
	PangoLayout *layout = pdf_layout(text->pdf, text->face, block, size, box->width);
	double indent = index == text->closing ? find_indent(layout, box) : 0;
	pango_layout_set_width(layout, (int)((box->width - indent) * PANGO_SCALE));
	pango_layout_set_line_spacing(layout, (float)line_height);
	return (CardBlock){layout, box->x + (pdf_reads_to_the_left(text->pdf) ? 0 : indent), layout_height(layout)};
}

static double height_of(const GArray *set, double size)
{
	double height = 0;
	for (guint i = 0; i < set->len; i++)
		height += g_array_index(set, CardBlock, i).height + (i == 0 ? 0 : size * between);
	return height;
}

/* Sets it in that size, and keeps it so if it fits. */
static bool try_size(CardText *text, const CardBox *box, double size, double *ret_height)
{
	GArray *set = new_set();
	for (guint i = 0; i < text->blocks->len; i++) {
		CardBlock block = set_block(text, i, box, size);
		g_array_append_val(set, block);
	}
	*ret_height = height_of(set, size);
	bool fits = *ret_height <= box->height;
	GArray *loser = fits ? text->set : set;
	if (fits) {
		text->set = set;
		text->size = size;
	}
	g_array_unref(loser);
	return fits;
}

static double on_the_grid(double size)
{
	return CLAMP(floor(size / step) * step, smallest, largest);
}

/* The size in which a text of ordinary letters would fill the box. */
static double guess_size(const CardText *text, const CardBox *box)
{
	const double letter = 0.52; /* a letter's part of the size, across and down, with what lines leave empty */
	return on_the_grid(sqrt(box->width * box->height / (double)MAX(text->letters, 1) / letter) * 0.94);
}

/* A text grows with the square of its size, so that the second guess is seldom off by more than a step. */
bool card_text_fit(CardText *text, const CardBox *box)
{
	enum { LETTERS_MAX = 4000 }; /* what is longer fits on no card, and takes long to measure */
	double size = guess_size(text, box), height = 0;
	if (text->letters > LETTERS_MAX)
		return false;
	bool fits = try_size(text, box, size, &height);
	double better = on_the_grid(size * sqrt(box->height / MAX(height, 1)));
	if ((!fits && better < size) || (fits && better > size)) {
		bool better_fits = try_size(text, box, better, &height);
		if (better_fits || !fits) {
			size = better;
			fits = better_fits;
		}
	}
	while (fits && size + step <= largest && try_size(text, box, size + step, &height))
		size += step;
	while (!fits && size - step >= smallest) {
		size -= step;
		fits = try_size(text, box, size, &height);
	}
	return fits;
}

/* A little above the middle, where the eye looks for it. */
void card_text_show(const CardText *text, const CardBox *box)
{
	double y = box->y + MAX(0, box->height - height_of(text->set, text->size)) * 0.42;
	for (guint i = 0; i < text->set->len; i++) {
		const CardBlock *block = &g_array_index(text->set, CardBlock, i);
		pdf_show(text->pdf, block->layout, block->x, y);
		y += block->height + text->size * between;
	}
}

guint card_text_room(const CardBox *box)
{
	enum { LETTERS_A_WORD = 6, ROUNDED_TO = 5 };
	double letters = box->width / (smallest * 0.42), lines = box->height / (smallest * 1.4) - 4;
	guint room = (guint)(letters * lines / LETTERS_A_WORD);
	return room - room % ROUNDED_TO;
}
