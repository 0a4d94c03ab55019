/* pdf-look.c - runs poppler's tools on a file that is gone afterwards.
 */
#include "pdf-look.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

bool look_is_possible(void)
{
	g_autofree char *tool = g_find_program_in_path("pdftotext");
	if (tool == NULL)
		g_test_skip("poppler-utils is not installed");
	return tool != NULL;
}

/* The word FILE stands for the PDF. */
static char *run_tool(const GString *pdf, const char *const *command)
{
	g_autofree char *path = NULL, *out = NULL;
	int fd = g_file_open_tmp("followup-XXXXXX.pdf", &path, NULL), status = 0;
	g_assert_cmpint(fd, >=, 0);
	g_close(fd, NULL);
	g_assert_true(g_file_set_contents(path, pdf->str, (gssize)pdf->len, NULL));
	g_autoptr(GPtrArray) words = g_ptr_array_new();
	for (; *command != NULL; command++)
		g_ptr_array_add(words, strcmp(*command, "FILE") == 0 ? path : (char *)*command);
	g_ptr_array_add(words, NULL);
	g_assert_true(g_spawn_sync(
		NULL, (char **)words->pdata, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &out, NULL,
		&status, NULL));
	g_unlink(path);
	g_assert_cmpint(status, ==, 0);
	return g_steal_pointer(&out);
}

char *look_text(const GString *pdf)
{
	return run_tool(pdf, (const char *const[]){"pdftotext", "-layout", "FILE", "-", NULL});
}

char *look_boxes(const GString *pdf)
{
	return run_tool(pdf, (const char *const[]){"pdftotext", "-bbox", "FILE", "-", NULL});
}

char *look_info(const GString *pdf)
{
	return run_tool(pdf, (const char *const[]){"pdfinfo", "-l", "-1", "FILE", NULL});
}

char *look_fonts(const GString *pdf)
{
	return run_tool(pdf, (const char *const[]){"pdffonts", "FILE", NULL});
}

void look_page_size(const char *info, int page, double *ret_width, double *ret_height)
{
	g_autofree char *key = g_strdup_printf("Page %4d size:", page);
	const char *line = strstr(info, key);
	g_assert_nonnull(line);
	g_assert_cmpint(sscanf(line + strlen(key), " %lf x %lf", ret_width, ret_height), ==, 2);
}

void look_check_margins(const char *boxes, double margin)
{
	double width = 0, height = 0;
	int words = 0;
	g_auto(GStrv) lines = g_strsplit(boxes, "\n", -1);
	for (char **line = lines; *line != NULL; line++) {
		double x1 = 0, y1 = 0, x2 = 0, y2 = 0;
		const char *text = g_strstrip(*line);
		if (sscanf(text, "<page width=\"%lf\" height=\"%lf\">", &width, &height) == 2)
			continue;
		if (sscanf(text, "<word xMin=\"%lf\" yMin=\"%lf\" xMax=\"%lf\" yMax=\"%lf\">", &x1, &y1, &x2, &y2) != 4)
			continue;
		words++;
		if (x1 < margin || y1 < margin || x2 > width - margin || y2 > height - margin)
			g_error("too near the edge of %.0f by %.0f: %s", width, height, text);
	}
	g_assert_cmpint(words, >, 0);
}

/* A picture of the first page in grey, one pixel a point and more. */
typedef struct Picture {
	int width, height;
	const unsigned char *pixels;
} Picture;

static bool has_ink(const Picture *picture, const double box[4], double scale)
{
	int y2 = MIN(picture->height - 1, (int)(box[3] * scale)), x2 = MIN(picture->width - 1, (int)(box[2] * scale));
	for (int y = (int)(box[1] * scale); y <= y2; y++)
		for (int x = (int)(box[0] * scale) + 1; x < x2; x++)
			if (picture->pixels[y * picture->width + x] < 128)
				return true;
	return false;
}

void look_check_ink(const GString *pdf)
{
	enum { SCALE = 2 };
	g_autofree char *path = NULL, *folder = g_dir_make_tmp("followup-XXXXXX", NULL), *pixels = NULL;
	g_autofree char *boxes = look_boxes(pdf), *prefix = g_build_filename(folder, "page", NULL);
	g_autofree char *dots = g_strdup_printf("%d", 72 * SCALE);
	g_free(run_tool(pdf, (const char *const[]){"pdftoppm", "-gray", "-singlefile", "-r", dots, "FILE", prefix, NULL}));
	path = g_strconcat(prefix, ".pgm", NULL);
	gsize length = 0;
	int header = 0;
	Picture picture = {0};
	g_assert_true(g_file_get_contents(path, &pixels, &length, NULL));
	g_assert_cmpint(sscanf(pixels, "P5 %d %d 255%n", &picture.width, &picture.height, &header), ==, 2);
	g_assert_cmpuint(length, ==, (gsize)header + 1 + (gsize)picture.width * (gsize)picture.height);
	picture.pixels = (const unsigned char *)pixels + header + 1;
	g_auto(GStrv) lines = g_strsplit(boxes, "\n", -1);
	for (char **line = lines; *line != NULL && strstr(*line, "</page>") == NULL; line++) {
		double box[4];
		if (sscanf(
				g_strstrip(*line), "<word xMin=\"%lf\" yMin=\"%lf\" xMax=\"%lf\" yMax=\"%lf\">", &box[0], &box[1],
				&box[2], &box[3]) == 4 &&
			!has_ink(&picture, box, SCALE))
			g_error("nothing is to be seen of %s", *line);
	}
	g_unlink(path);
	g_rmdir(folder);
}

/* What begins and ends a run of one direction in the text of a PDF is not part of its words. */
static char *to_words(const char *text)
{
	GString *words = g_string_new(NULL);
	for (; *text != '\0'; text = g_utf8_next_char(text)) {
		gunichar c = g_utf8_get_char(text);
		if (g_unichar_isspace(c)) {
			if (words->len > 0 && words->str[words->len - 1] != ' ')
				g_string_append_c(words, ' ');
		} else if (c < 0x202a || c > 0x202e) {
			g_string_append_unichar(words, c);
		}
	}
	return g_string_free(words, FALSE);
}

void look_check_has(const char *text, const char *words)
{
	g_autofree char *plain = to_words(text);
	if (strstr(plain, words) == NULL)
		g_error("\"%s\" is not in: %s", words, plain);
}
