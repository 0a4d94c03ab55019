/* pdf.h - a PDF being made in memory, and the fonts it is set in.
 *
 * Private to the room.  One Pdf is one document: pages are begun and ended, text is set as layouts of its context, in
 * points from the upper left corner.  Nothing depends on the environment or the clock.
 */
#pragma once

#include "glyphs.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <print/card.h>

typedef enum { FACE_HAND, FACE_PLAIN, FACE_BOLD, FACE_FIXED, FACE_COUNT } Face;

typedef struct Pdf {
	cairo_surface_t *surface;
	cairo_t *cr;
	PangoFontMap *fonts;
	PangoContext *context;
	Glyphs *glyphs;
	GString *bytes;
	GPtrArray *hands, *brushes; /* of Hand: what is here for the letters of Europe, and for those of East Asia */
	int pages;
	int unknown; /* characters without a shape, of all that was shown */
} Pdf;

Pdf *pdf_new(const PdfInfo *info);
void pdf_free(Pdf *pdf);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Pdf, pdf_free)

void pdf_begin_page(Pdf *pdf, double width, double height);
void pdf_end_page(Pdf *pdf);

/* Ends the document and gives its bytes. */
bool pdf_finish(Pdf *pdf, GString **ret_pdf, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The font for a text: of the hand-like faces the first that has all its European letters, and with it the first that
 * has all its East Asian ones, so that no name is set in two; other scripts come from whatever has them. Free with
 * pango_font_description_free. */
PangoFontDescription *pdf_face(const Pdf *pdf, Face face, const char *text);

/* From which side what is set next is read: as the first letter of the text is. What stands in it from the other side
 * keeps its own order. */
void pdf_set_direction(Pdf *pdf, const char *text);
bool pdf_reads_to_the_left(const Pdf *pdf);

/* A text in a font of that size, unbroken or broken at a width (0: unbroken). Free with g_object_unref. */
PangoLayout *pdf_layout(const Pdf *pdf, const PangoFontDescription *face, const char *text, double size, double width);

/* How high a layout is, and how wide. */
double layout_height(PangoLayout *layout);
double layout_width(PangoLayout *layout);

/* Shows it with its upper left corner there. */
void pdf_show(Pdf *pdf, PangoLayout *layout, double x, double y);

typedef enum { INK_DARK, INK_BLUE, INK_SOFT, INK_FAINT } Ink;
void pdf_ink(const Pdf *pdf, Ink ink);

/* A line of that width in the present ink. */
void pdf_rule(const Pdf *pdf, double x1, double y1, double x2, double y2, double width);
