/* test-call-sheet.c - the sheet for a call: what it holds, that a long one goes on, and that it ends.
 */
#include "pdf-look.h"

#include <base/error.h>
#include <print/call-sheet.h>
#include <string.h>

static CallSheet sheet_of(const SheetPart *parts, guint count)
{
	return (CallSheet){
		.info = {"Call Huck Finn", NULL, 1795190400, 0},
		.heading = "Call Huck Finn",
		.subject = "Globex (Data analyst)",
		.number = "+1 602 555 0111",
		.parts = parts,
		.count = count,
	};
}

static void test_parts(void)
{
	const char *const script[] = {"Opening:", "Hello Mr. Finn, this is Ana Reyes.", "", "<b>Bold</b> words", NULL};
	const char *const notes[] = {"moving the forecast", "שיחה טובה", NULL};
	const char *const choices[] = {"r  reached\tfollowup log globex finn --result reached", "q  nothing", NULL};
	const SheetPart parts[] = {
		{"What to say", SHEET_SCRIPT, script}, {NULL, SHEET_LIST, notes}, {"How it went", SHEET_CHOICES, choices}};
	for (int letter = 0; letter < 2; letter++) {
		CallSheet sheet = sheet_of(parts, G_N_ELEMENTS(parts));
		g_autoptr(GError) error = NULL;
		GString *pdf = NULL;
		int pages = 0;
		double width = 0, height = 0;
		sheet.letter = letter;
		g_assert_true(call_sheet_print(&sheet, &pdf, &pages, &error));
		g_assert_cmpint(pages, ==, 1);
		if (look_is_possible()) {
			g_autofree char *text = look_text(pdf), *info = look_info(pdf), *boxes = look_boxes(pdf);
			look_check_has(text, "+1 602 555 0111");
			look_check_has(text, "<b>Bold</b> words");
			look_check_has(text, "followup log globex finn --result reached");
			look_check_margins(boxes, 20);
			look_page_size(info, 1, &width, &height);
			g_assert_cmpfloat_with_epsilon(height, letter ? 792 : 841.890, 0.01);
		}
		g_string_free(pdf, TRUE);
	}
}

/* So many paragraphs of many lines. */
static const char **long_script(guint count)
{
	const char **lines = g_new0(const char *, count + 1);
	for (guint i = 0; i < count; i++)
		lines[i] =
			"What was said, and what was said then, and what was to be said after that, at length, and once more, so "
			"that it takes more than a line, and then some more of the same for good measure, to fill a third one.";
	return lines;
}

static void test_goes_on(void)
{
	g_autofree const char **lines = long_script(60);
	const SheetPart parts[] = {{"What to say", SHEET_SCRIPT, lines}};
	CallSheet sheet = sheet_of(parts, 1);
	g_autoptr(GString) pdf = NULL;
	g_autoptr(GError) error = NULL;
	int pages = 0;
	sheet.number = NULL;
	g_assert_true(call_sheet_print(&sheet, &pdf, &pages, &error));
	g_assert_cmpint(pages, >, 2);
	if (!look_is_possible())
		return;
	g_autofree char *boxes = look_boxes(pdf), *text = look_text(pdf);
	g_auto(GStrv) parts_of_text = g_strsplit(text, "measure,", -1);
	g_assert_cmpuint(g_strv_length(parts_of_text), ==, 61); /* none is lost at a page's end */
	look_check_margins(boxes, 20);
}

static void test_ends(void)
{
	g_autofree const char **lines = long_script(5000);
	g_autofree char *word = g_strnfill(60000, 'w');
	const char *const words[] = {word, NULL};
	const SheetPart parts[] = {{"What to say", SHEET_SCRIPT, lines}, {"A word", SHEET_TEXT, words}};
	CallSheet sheet = sheet_of(parts, 2);
	g_autoptr(GError) error = NULL;
	GString *pdf = NULL;
	int pages = 0;
	g_assert_false(call_sheet_print(&sheet, &pdf, &pages, &error));
	g_assert_error(error, BASE_ERROR, BASE_ERROR_CONFLICT);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/print/call-sheet/parts", test_parts);
	g_test_add_func("/print/call-sheet/goes-on", test_goes_on);
	g_test_add_func("/print/call-sheet/ends", test_ends);
	return g_test_run();
}
