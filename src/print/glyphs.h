/* glyphs.h - lines of shaped text onto the page, each letter whole.
 *
 * Private to the room.  Cairo 1.16 loses subroutines when it takes a font with PostScript outlines apart, and with them
 * letters, depending on which others are there (it skips a subroutine it has seen before, and then misreads the hint
 * masks that follow).  Letters of such fonts are put into the document as drawings (a Type 3 font); what they mean in
 * Unicode stays with them.
 */
#pragma once

#include <cairo.h>
#include <pango/pangocairo.h>

typedef struct Glyphs Glyphs;

Glyphs *glyphs_new(void);
void glyphs_free(Glyphs *glyphs);

/* Shows a line with the start of its baseline there. */
void glyphs_show_line(Glyphs *glyphs, cairo_t *cr, PangoLayoutLine *line, double x, double y);

/* Shows all lines of a layout with its upper left corner there. */
void glyphs_show_layout(Glyphs *glyphs, cairo_t *cr, PangoLayout *layout, double x, double y);
