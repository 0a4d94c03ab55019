/* pdf-look.h - a PDF as poppler's tools see it: its text, its pages, its fonts.
 *
 * For the tests of this room.  Each answer is what the tool printed; the caller frees it with g_free.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* True where the tools are installed; else the test says that it was skipped. */
bool look_is_possible(void);

char *look_text(const GString *pdf);
char *look_boxes(const GString *pdf); /* pdftotext -bbox: each word with its corners */
char *look_info(const GString *pdf);  /* pdfinfo of all pages */
char *look_fonts(const GString *pdf);

/* The size of a page as pdfinfo gives it, in points. */
void look_page_size(const char *info, int page, double *ret_width, double *ret_height);

/* Fails unless every word lies on its page with so much around it. */
void look_check_margins(const char *boxes, double margin);

/* Fails unless every word of the first page leaves ink on it. */
void look_check_ink(const GString *pdf);

/* Fails unless the text holds the words; white space counts as one space. */
void look_check_has(const char *text, const char *words);
