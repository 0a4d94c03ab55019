/* call-sheet.c - the sheet for a call: the number large, the script in parts, boxes to tick, lines to write on.
 */
#include <print/call-sheet.h>

#include "pdf.h"

#include <base/error.h>
#include <math.h>
#include <string.h>

static const double margin = 20 * POINTS_PER_MM;

/* The sheet as it fills. */
typedef struct Flow {
	const CallSheet *sheet;
	Pdf *pdf;
	double width, height; /* of the page */
	double y;
	PangoFontDescription *faces[FACE_COUNT];
} Flow;

/* How a piece of text is set. */
typedef struct Style {
	Face face;
	Ink ink;
	double size, indent, before;
} Style;

static double inner_width(const Flow *flow)
{
	return flow->width - 2 * margin;
}

static void begin_page(Flow *flow)
{
	pdf_begin_page(flow->pdf, flow->width, flow->height);
	flow->y = margin;
}

/* Which sheet this is, should it lie among others. */
static void end_page(Flow *flow)
{
	g_autofree char *words =
		g_strdup_printf("%s · %s · %d", flow->sheet->heading, flow->sheet->subject, flow->pdf->pages);
	pdf_set_direction(flow->pdf, words);
	PangoLayout *layout = pdf_layout(flow->pdf, flow->faces[FACE_PLAIN], words, 7.5, inner_width(flow));
	pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_MIDDLE);
	pdf_ink(flow->pdf, INK_SOFT);
	pdf_show(flow->pdf, layout, margin, flow->height - margin * 0.6);
	g_object_unref(layout);
	pdf_end_page(flow->pdf);
}

/* Room for that much; a new page where there is none. */
static void need(Flow *flow, double height)
{
	if (flow->y + height <= flow->height - margin || flow->y <= margin)
		return;
	end_page(flow);
	begin_page(flow);
}

/* A long text goes over the page's end line by line. */
static void show_lines_of(Flow *flow, PangoLayout *layout, double x)
{
	flow->pdf->unknown += pango_layout_get_unknown_glyphs_count(layout);
	PangoLayoutIter *lines = pango_layout_get_iter(layout);
	double top = flow->y, turned = 0; /* where the layout's zero is; how much of it is on earlier pages */
	do {
		PangoRectangle box;
		int from = 0, to = 0;
		pango_layout_iter_get_line_extents(lines, NULL, &box);
		pango_layout_iter_get_line_yrange(lines, &from, &to);
		flow->y = top + (double)from / PANGO_SCALE - turned;
		int page = flow->pdf->pages;
		need(flow, (double)(to - from) / PANGO_SCALE);
		if (flow->pdf->pages != page) {
			top = flow->y;
			turned = (double)from / PANGO_SCALE;
		}
		double baseline = (double)pango_layout_iter_get_baseline(lines) / PANGO_SCALE;
		glyphs_show_line(
			flow->pdf->glyphs, flow->pdf->cr, pango_layout_iter_get_line_readonly(lines),
			x + (double)box.x / PANGO_SCALE, top + baseline - turned);
		flow->y = top + (double)to / PANGO_SCALE - turned;
	} while (pango_layout_iter_next_line(lines));
	pango_layout_iter_free(lines);
}

static void show_text(Flow *flow, const char *text, const Style *style)
{
	pdf_set_direction(flow->pdf, text);
	PangoLayout *layout =
		pdf_layout(flow->pdf, flow->faces[style->face], text, style->size, inner_width(flow) - style->indent);
	pango_layout_set_line_spacing(layout, 1.12F);
	flow->y += style->before;
	need(flow, MIN(layout_height(layout), 3 * style->size));
	pdf_ink(flow->pdf, style->ink);
	show_lines_of(flow, layout, margin + style->indent);
	g_object_unref(layout);
}

static void show_box(Flow *flow, double size)
{
	pdf_ink(flow->pdf, INK_DARK);
	cairo_set_line_width(flow->pdf->cr, 0.7);
	cairo_rectangle(flow->pdf->cr, margin + 1, flow->y + 3, size, size);
	cairo_stroke(flow->pdf->cr);
}

/* "reached them<TAB>followup log …": a box, the words, and the command in small type below. */
static void show_choice(Flow *flow, const char *line)
{
	enum { BOX = 8, INDENT = 16 };
	const char *tab = strchr(line, '\t');
	g_autofree char *words = tab == NULL ? g_strdup(line) : g_strndup(line, (size_t)(tab - line));
	flow->y += 5;
	need(flow, 30);
	show_box(flow, BOX);
	show_text(flow, words, &(Style){FACE_PLAIN, INK_DARK, 10.5, INDENT, 0});
	if (tab != NULL)
		show_text(flow, tab + 1, &(Style){FACE_FIXED, INK_SOFT, 7.5, INDENT, 1});
}

static bool is_heading(const char *line)
{
	size_t length = strlen(line);
	return length > 1 && length < 60 && line[length - 1] == ':';
}

static void show_line(Flow *flow, SheetStyle style, const char *line)
{
	if (line[0] == '\0') {
		flow->y += 5;
	} else if (style == SHEET_CHOICES) {
		show_choice(flow, line);
	} else if (style == SHEET_LIST) {
		g_autofree char *point = g_strconcat("•  ", line, NULL);
		show_text(flow, point, &(Style){FACE_PLAIN, INK_DARK, 10.5, 0, 3});
	} else if (style == SHEET_SCRIPT && is_heading(line)) {
		show_text(flow, line, &(Style){FACE_PLAIN, INK_SOFT, 9.5, 0, 6});
	} else {
		show_text(flow, line, &(Style){FACE_PLAIN, INK_DARK, style == SHEET_SCRIPT ? 12 : 10.5, 0, 2});
	}
}

static void show_part(Flow *flow, const SheetPart *part)
{
	if (part->title != NULL) {
		flow->y += 14;
		need(flow, 60);
		pdf_ink(flow->pdf, INK_FAINT);
		pdf_rule(flow->pdf, margin, flow->y, flow->width - margin, flow->y, 0.5);
		show_text(flow, part->title, &(Style){FACE_BOLD, INK_BLUE, 11, 0, 6});
		flow->y += 2;
	}
	for (const char *const *line = part->lines; *line != NULL && flow->pdf->pages <= SHEET_PAGES_MAX; line++)
		show_line(flow, part->style, *line);
}

static void show_head(Flow *flow)
{
	const CallSheet *sheet = flow->sheet;
	show_text(flow, sheet->heading, &(Style){FACE_BOLD, INK_DARK, 20, 0, 0});
	show_text(flow, sheet->subject, &(Style){FACE_PLAIN, INK_SOFT, 11.5, 0, 1});
	show_text(
		flow, sheet->number == NULL ? "Number: ______________________" : sheet->number,
		&(Style){FACE_PLAIN, INK_BLUE, 24, 0, 8});
}

/* What is left of the last page is for the pen. */
static void show_writing_lines(Flow *flow)
{
	const double spacing = 8.5 * POINTS_PER_MM;
	enum { FEWEST = 3 };
	flow->y += 14;
	need(flow, FEWEST * spacing + 20);
	show_text(flow, "Noted down", &(Style){FACE_BOLD, INK_BLUE, 11, 0, 0});
	pdf_ink(flow->pdf, INK_FAINT);
	for (double y = flow->y + spacing; y <= flow->height - margin; y += spacing)
		pdf_rule(flow->pdf, margin, y, flow->width - margin, y, 0.5);
}

static void make_faces(Flow *flow)
{
	for (int face = 0; face < FACE_COUNT; face++)
		flow->faces[face] = pdf_face(flow->pdf, (Face)face, "");
}

static void free_faces(Flow *flow)
{
	for (int face = 0; face < FACE_COUNT; face++)
		pango_font_description_free(flow->faces[face]);
}

bool call_sheet_print(const CallSheet *sheet, GString **ret_pdf, int *ret_pages, GError **error)
{
	g_autoptr(Pdf) pdf = pdf_new(&sheet->info);
	Flow flow = {.sheet = sheet, .pdf = pdf};
	flow.width = sheet->letter ? 8.5 * POINTS_PER_INCH : 210 * POINTS_PER_MM;
	flow.height = sheet->letter ? 11 * POINTS_PER_INCH : 297 * POINTS_PER_MM;
	make_faces(&flow);
	begin_page(&flow);
	show_head(&flow);
	for (guint i = 0; i < sheet->count; i++)
		show_part(&flow, &sheet->parts[i]);
	show_writing_lines(&flow);
	end_page(&flow);
	free_faces(&flow);
	if (pdf->pages > SHEET_PAGES_MAX)
		return base_error_set(
			error, BASE_ERROR_CONFLICT, "text", "The sheet would take more than %d pages; make the script shorter.",
			SHEET_PAGES_MAX);
	int pages = pdf->pages;
	if (!pdf_finish(pdf, ret_pdf, error))
		return false;
	*ret_pages = pages;
	return true;
}
