/* pdf.c - cairo writes the pages, pango shapes the text.
 */
#include "pdf.h"

#include <base/civil.h>
#include <base/error.h>
#include <string.h>

/* A hand-like face that is installed, and a font of it that tells which letters it has. */
typedef struct Hand {
	const char *name;
	PangoFont *font;
} Hand;

/* The best first; the italics are not handwriting, but have every European letter. */
static const char *const hand_names[] = {
	"Dancing Script", "Gentium Plus Italic", "Gentium Book Plus Italic", "DejaVu Serif Italic", NULL};

/* Of East Asia: as a brush or a pencil writes, then what has most. */
static const char *const brush_names[] = {
	"AR PL UKai CN", "Klee One", "Noto Serif CJK SC", "Droid Sans Fallback", NULL};

#define OTHER_HANDS "Amiri,Frank Ruehl CLM,Gentium Plus,DejaVu Serif,serif"
#define OTHER_PLAIN "DejaVu Sans,Noto Sans CJK SC,Droid Sans Fallback,sans-serif"

static void hand_free(Hand *hand)
{
	g_object_unref(hand->font);
	g_free(hand);
}

static bool is_installed(PangoFontMap *fonts, const char *family)
{
	PangoFontFamily *found = pango_font_map_get_family(fonts, family);
	return found != NULL && g_ascii_strcasecmp(pango_font_family_get_name(found), family) == 0;
}

static GPtrArray *find_hands(PangoFontMap *fonts, PangoContext *context, const char *const *name)
{
	GPtrArray *hands = g_ptr_array_new_with_free_func((GDestroyNotify)hand_free);
	for (; *name != NULL; name++) {
		PangoFontDescription *description = pango_font_description_from_string(*name);
		PangoFont *font = is_installed(fonts, pango_font_description_get_family(description))
							  ? pango_font_map_load_font(fonts, context, description)
							  : NULL;
		pango_font_description_free(description);
		if (font == NULL)
			continue;
		Hand *hand = g_new0(Hand, 1);
		hand->name = *name;
		hand->font = font;
		g_ptr_array_add(hands, hand);
	}
	return hands;
}

/* A letter of a script in which one face serves for all names. */
static bool is_european(gunichar c)
{
	GUnicodeScript script = g_unichar_get_script(c);
	return script == G_UNICODE_SCRIPT_LATIN || script == G_UNICODE_SCRIPT_CYRILLIC || script == G_UNICODE_SCRIPT_GREEK;
}

static bool is_east_asian(gunichar c)
{
	GUnicodeScript script = g_unichar_get_script(c);
	return script == G_UNICODE_SCRIPT_HAN || script == G_UNICODE_SCRIPT_HIRAGANA ||
		   script == G_UNICODE_SCRIPT_KATAKANA || script == G_UNICODE_SCRIPT_HANGUL ||
		   script == G_UNICODE_SCRIPT_BOPOMOFO;
}

static bool has_letters(const Hand *hand, const char *text, bool (*is_theirs)(gunichar c))
{
	for (; *text != '\0'; text = g_utf8_next_char(text)) {
		gunichar c = g_utf8_get_char(text);
		if (is_theirs(c) && !pango_font_has_char(hand->font, c))
			return false;
	}
	return true;
}

/* The first that has all the letters of its kind, else the first. */
static const char *find_hand(const GPtrArray *hands, const char *text, bool (*is_theirs)(gunichar c))
{
	for (guint i = 0; i < hands->len; i++) {
		const Hand *hand = g_ptr_array_index(hands, i);
		if (has_letters(hand, text, is_theirs))
			return hand->name;
	}
	return hands->len == 0 ? "serif" : ((const Hand *)g_ptr_array_index(hands, 0))->name;
}

PangoFontDescription *pdf_face(const Pdf *pdf, Face face, const char *text)
{
	static const char *const plain[FACE_COUNT] = {
		[FACE_PLAIN] = "Lato," OTHER_PLAIN,
		[FACE_BOLD] = "Lato," OTHER_PLAIN " Bold",
		[FACE_FIXED] = "DejaVu Sans Mono,monospace",
	};
	if (face != FACE_HAND)
		return pango_font_description_from_string(plain[face]);
	PangoFontDescription *description = pango_font_description_from_string(find_hand(pdf->hands, text, is_european));
	g_autofree char *families = g_strconcat(
		pango_font_description_get_family(description), ",", find_hand(pdf->brushes, text, is_east_asian),
		"," OTHER_HANDS, NULL);
	pango_font_description_set_family(description, families);
	return description;
}

/* ---- the document ---- */

static cairo_status_t take_bytes(void *data, const unsigned char *bytes, unsigned length)
{
	g_string_append_len(data, (const char *)bytes, (gssize)length);
	return CAIRO_STATUS_SUCCESS;
}

static void set_info(Pdf *pdf, const PdfInfo *info)
{
	char made[STAMP_TEXT_BYTES];
	stamp_format(info->now, info->offset, made);
	cairo_pdf_surface_set_metadata(pdf->surface, CAIRO_PDF_METADATA_TITLE, info->title);
	cairo_pdf_surface_set_metadata(pdf->surface, CAIRO_PDF_METADATA_CREATOR, "followup");
	cairo_pdf_surface_set_metadata(pdf->surface, CAIRO_PDF_METADATA_CREATE_DATE, made);
	cairo_pdf_surface_set_metadata(pdf->surface, CAIRO_PDF_METADATA_MOD_DATE, made);
	if (info->author != NULL)
		cairo_pdf_surface_set_metadata(pdf->surface, CAIRO_PDF_METADATA_AUTHOR, info->author);
}

/* Paper is not a screen: letters stand where they belong, not on a grid. */
static PangoContext *make_context(PangoFontMap *fonts)
{
	PangoContext *context = pango_font_map_create_context(fonts);
	cairo_font_options_t *options = cairo_font_options_create();
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	pango_cairo_context_set_font_options(context, options);
	cairo_font_options_destroy(options);
	pango_cairo_context_set_resolution(context, POINTS_PER_INCH);
	pango_context_set_round_glyph_positions(context, FALSE);
	pango_context_set_language(context, pango_language_from_string("en"));
	return context;
}

Pdf *pdf_new(const PdfInfo *info)
{
	Pdf *pdf = g_new0(Pdf, 1);
	pdf->bytes = g_string_new(NULL);
	pdf->surface = cairo_pdf_surface_create_for_stream(take_bytes, pdf->bytes, 1, 1);
	set_info(pdf, info);
	pdf->cr = cairo_create(pdf->surface);
	pdf->fonts = pango_cairo_font_map_new();
	pdf->context = make_context(pdf->fonts);
	pdf->glyphs = glyphs_new();
	pdf->hands = find_hands(pdf->fonts, pdf->context, hand_names);
	pdf->brushes = find_hands(pdf->fonts, pdf->context, brush_names);
	return pdf;
}

static void close_drawing(Pdf *pdf)
{
	g_clear_pointer(&pdf->cr, cairo_destroy);
	g_clear_pointer(&pdf->surface, cairo_surface_destroy);
}

void pdf_free(Pdf *pdf)
{
	if (pdf == NULL)
		return;
	close_drawing(pdf);
	g_ptr_array_unref(pdf->hands);
	g_ptr_array_unref(pdf->brushes);
	glyphs_free(pdf->glyphs);
	g_object_unref(pdf->context);
	g_object_unref(pdf->fonts);
	if (pdf->bytes != NULL)
		g_string_free(pdf->bytes, TRUE);
	g_free(pdf);
}

void pdf_begin_page(Pdf *pdf, double width, double height)
{
	cairo_pdf_surface_set_size(pdf->surface, width, height);
	pdf->pages++;
}

void pdf_end_page(Pdf *pdf)
{
	cairo_show_page(pdf->cr);
}

bool pdf_finish(Pdf *pdf, GString **ret_pdf, GError **error)
{
	cairo_surface_finish(pdf->surface);
	cairo_status_t status = cairo_surface_status(pdf->surface);
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_status(pdf->cr);
	/* Finishing closes the surface under the context, which says so; that is no fault. */
	if (status != CAIRO_STATUS_SUCCESS && status != CAIRO_STATUS_SURFACE_FINISHED)
		return base_error_set(
			error, BASE_ERROR_INTERNAL, NULL, "The PDF could not be made: %s.", cairo_status_to_string(status));
	close_drawing(pdf);
	*ret_pdf = g_steal_pointer(&pdf->bytes);
	return true;
}

/* ---- text ---- */

void pdf_set_direction(Pdf *pdf, const char *text)
{
	PangoDirection direction = PANGO_DIRECTION_LTR;
	while (*text != '\0' && !g_unichar_isalpha(g_utf8_get_char(text)))
		text = g_utf8_next_char(text);
	switch (g_unichar_get_script(g_utf8_get_char(text))) {
	case G_UNICODE_SCRIPT_ARABIC:
	case G_UNICODE_SCRIPT_HEBREW:
	case G_UNICODE_SCRIPT_SYRIAC:
	case G_UNICODE_SCRIPT_THAANA:
	case G_UNICODE_SCRIPT_NKO:
		direction = PANGO_DIRECTION_RTL;
		break;
	default:
		break;
	}
	pango_context_set_base_dir(pdf->context, direction);
}

bool pdf_reads_to_the_left(const Pdf *pdf)
{
	return pango_context_get_base_dir(pdf->context) == PANGO_DIRECTION_RTL;
}

PangoLayout *pdf_layout(const Pdf *pdf, const PangoFontDescription *face, const char *text, double size, double width)
{
	PangoLayout *layout = pango_layout_new(pdf->context);
	PangoFontDescription *font = pango_font_description_copy_static(face);
	pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
	pango_layout_set_font_description(layout, font);
	pango_font_description_free(font);
	pango_layout_set_text(layout, text, -1);
	pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_auto_dir(layout, FALSE);
	pango_layout_set_alignment(layout, pdf_reads_to_the_left(pdf) ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
	if (width > 0)
		pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
	return layout;
}

double layout_height(PangoLayout *layout)
{
	PangoRectangle box;
	pango_layout_get_extents(layout, NULL, &box);
	return (double)box.height / PANGO_SCALE;
}

double layout_width(PangoLayout *layout)
{
	PangoRectangle box;
	pango_layout_get_extents(layout, NULL, &box);
	return (double)box.width / PANGO_SCALE;
}

void pdf_show(Pdf *pdf, PangoLayout *layout, double x, double y)
{
	pdf->unknown += pango_layout_get_unknown_glyphs_count(layout);
	glyphs_show_layout(pdf->glyphs, pdf->cr, layout, x, y);
}

void pdf_ink(const Pdf *pdf, Ink ink)
{
	static const double colours[][3] = {
		[INK_DARK] = {0.13, 0.13, 0.15},
		[INK_BLUE] = {0.09, 0.13, 0.33},
		[INK_SOFT] = {0.42, 0.44, 0.48},
		[INK_FAINT] = {0.74, 0.77, 0.82},
	};
	cairo_set_source_rgb(pdf->cr, colours[ink][0], colours[ink][1], colours[ink][2]);
}

void pdf_rule(const Pdf *pdf, double x1, double y1, double x2, double y2, double width)
{
	cairo_set_line_width(pdf->cr, width);
	cairo_move_to(pdf->cr, x1, y1);
	cairo_line_to(pdf->cr, x2, y2);
	cairo_stroke(pdf->cr);
}
