/* glyphs.c - runs of text by cairo's own way where that is safe, else through a font that draws each letter.
 */
#include "glyphs.h"

#include <stdbool.h>

struct Glyphs {
	GHashTable *drawn; /* PangoFontFace* to cairo_font_face_t*; NULL for one that cairo takes apart well */
};

static void unref_face(void *face)
{
	if (face != NULL)
		cairo_font_face_destroy(face);
}

Glyphs *glyphs_new(void)
{
	Glyphs *glyphs = g_new0(Glyphs, 1);
	glyphs->drawn = g_hash_table_new_full(NULL, NULL, g_object_unref, unref_face);
	return glyphs;
}

void glyphs_free(Glyphs *glyphs)
{
	g_hash_table_unref(glyphs->drawn);
	g_free(glyphs);
}

/* ---- the font that draws ---- */

static const cairo_user_data_key_t outlines_key;

/* In a space where the type's size is 1. */
static cairo_status_t draw_glyph(
	cairo_scaled_font_t *font, unsigned long glyph, cairo_t *cr, cairo_text_extents_t *ret_extents)
{
	cairo_font_face_t *self = cairo_scaled_font_get_font_face(font);
	const cairo_glyph_t one = {glyph, 0, 0};
	cairo_set_font_face(cr, cairo_font_face_get_user_data(self, &outlines_key));
	cairo_set_font_size(cr, 1);
	cairo_glyph_extents(cr, &one, 1, ret_extents);
	cairo_glyph_path(cr, &one, 1);
	cairo_fill(cr);
	return CAIRO_STATUS_SUCCESS;
}

static cairo_font_face_t *make_drawing_face(PangoFont *font)
{
	cairo_font_face_t *outlines =
		cairo_scaled_font_get_font_face(pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(font)));
	cairo_font_face_t *face = cairo_user_font_face_create();
	cairo_user_font_face_set_render_glyph_func(face, draw_glyph);
	cairo_font_face_set_user_data(
		face, &outlines_key, cairo_font_face_reference(outlines), (cairo_destroy_func_t)cairo_font_face_destroy);
	return face;
}

static bool has_postscript_outlines(PangoFont *font)
{
	hb_face_t *face = hb_font_get_face(pango_font_get_hb_font(font));
	hb_blob_t *table = hb_face_reference_table(face, HB_TAG('C', 'F', 'F', ' '));
	bool has = hb_blob_get_length(table) > 0;
	hb_blob_destroy(table);
	return has;
}

/* NULL where it needs none. One serves for all sizes. */
static cairo_font_face_t *find_drawing_face(Glyphs *glyphs, PangoFont *font)
{
	PangoFontFace *key = pango_font_get_face(font);
	void *face = NULL;
	if (g_hash_table_lookup_extended(glyphs->drawn, key, NULL, &face))
		return face;
	face = has_postscript_outlines(font) ? make_drawing_face(font) : NULL;
	g_hash_table_insert(glyphs->drawn, g_object_ref(key), face);
	return face;
}

/* ---- runs ---- */

/* A run as cairo wants it: glyphs with their places, and which bytes of the text each few of them stand for. */
typedef struct Run {
	GArray *glyphs;   /* of cairo_glyph_t */
	GArray *clusters; /* of cairo_text_cluster_t */
} Run;

static void add_glyphs(Run *run, const PangoGlyphString *string, double x, double y)
{
	int at = 0;
	for (int i = 0; i < string->num_glyphs; i++) {
		const PangoGlyphInfo *info = &string->glyphs[i];
		cairo_glyph_t glyph = {
			info->glyph, x + (double)(at + info->geometry.x_offset) / PANGO_SCALE,
			y + (double)info->geometry.y_offset / PANGO_SCALE};
		if (info->glyph != PANGO_GLYPH_EMPTY)
			g_array_append_val(run->glyphs, glyph);
		at += info->geometry.width;
	}
}

/* What is read to the left has its clusters counted from the other end. */
static void add_clusters(Run *run, PangoGlyphItem *item, const char *text, bool backward)
{
	PangoGlyphItemIter iter;
	for (gboolean more = pango_glyph_item_iter_init_start(&iter, item, text); more;
		 more = pango_glyph_item_iter_next_cluster(&iter)) {
		int first = backward ? iter.end_glyph + 1 : iter.start_glyph;
		int end = backward ? iter.start_glyph + 1 : iter.end_glyph;
		cairo_text_cluster_t cluster = {iter.end_index - iter.start_index, 0};
		for (int i = first; i < end; i++)
			cluster.num_glyphs += item->glyphs->glyphs[i].glyph != PANGO_GLYPH_EMPTY;
		g_array_append_val(run->clusters, cluster);
	}
}

static void draw_run(cairo_t *cr, cairo_font_face_t *face, PangoGlyphItem *item, const char *text)
{
	const PangoItem *what = item->item;
	bool backward = (what->analysis.level & 1) != 0;
	cairo_matrix_t matrix;
	double x = 0, y = 0;
	Run run = {
		.glyphs = g_array_new(FALSE, FALSE, sizeof(cairo_glyph_t)),
		.clusters = g_array_new(FALSE, FALSE, sizeof(cairo_text_cluster_t))};
	cairo_get_current_point(cr, &x, &y);
	add_glyphs(&run, item->glyphs, x, y);
	add_clusters(&run, item, text, backward);
	cairo_scaled_font_get_font_matrix(pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(what->analysis.font)), &matrix);
	cairo_set_font_face(cr, face);
	cairo_set_font_matrix(cr, &matrix);
	cairo_show_text_glyphs(
		cr, text + what->offset, what->length, (cairo_glyph_t *)(void *)run.glyphs->data, (int)run.glyphs->len,
		(cairo_text_cluster_t *)(void *)run.clusters->data, (int)run.clusters->len,
		backward ? CAIRO_TEXT_CLUSTER_FLAG_BACKWARD : 0);
	g_array_unref(run.glyphs);
	g_array_unref(run.clusters);
}

/* A letter that the font does not have is shown as its number, in a box, which pango draws. */
static bool has_unknown(const PangoGlyphString *string)
{
	for (int i = 0; i < string->num_glyphs; i++)
		if (string->glyphs[i].glyph != PANGO_GLYPH_EMPTY && (string->glyphs[i].glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0)
			return true;
	return false;
}

void glyphs_show_line(Glyphs *glyphs, cairo_t *cr, PangoLayoutLine *line, double x, double y)
{
	const char *text = pango_layout_get_text(line->layout);
	for (GSList *runs = line->runs; runs != NULL; runs = runs->next) {
		PangoGlyphItem *item = runs->data;
		cairo_font_face_t *face = find_drawing_face(glyphs, item->item->analysis.font);
		cairo_move_to(cr, x, y);
		if (face == NULL || has_unknown(item->glyphs))
			pango_cairo_show_glyph_item(cr, text, item);
		else
			draw_run(cr, face, item, text);
		x += (double)pango_glyph_string_get_width(item->glyphs) / PANGO_SCALE;
	}
}

void glyphs_show_layout(Glyphs *glyphs, cairo_t *cr, PangoLayout *layout, double x, double y)
{
	PangoLayoutIter *lines = pango_layout_get_iter(layout);
	do {
		PangoRectangle box;
		pango_layout_iter_get_line_extents(lines, NULL, &box);
		glyphs_show_line(
			glyphs, cr, pango_layout_iter_get_line_readonly(lines), x + (double)box.x / PANGO_SCALE,
			y + (double)pango_layout_iter_get_baseline(lines) / PANGO_SCALE);
	} while (pango_layout_iter_next_line(lines));
	pango_layout_iter_free(lines);
}
