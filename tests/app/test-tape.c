/* test-tape.c - what a tape was told it tells again, in order and in the same shape.
 */
#include "tape.h"

/* Writes verbs down: "o(key)" and the like. */
typedef struct Scribe {
	Printer port;
	GString *text;
} Scribe;

static GString *text_of(Printer *printer)
{
	return ((Scribe *)printer)->text;
}

static void put_object(Printer *printer, const char *key)
{
	g_string_append_printf(text_of(printer), "%s{", key == NULL ? "" : key);
}

static void put_object_end(Printer *printer)
{
	g_string_append_c(text_of(printer), '}');
}

static void put_list(Printer *printer, const char *key)
{
	g_string_append_printf(text_of(printer), "%s[", key == NULL ? "" : key);
}

static void put_list_end(Printer *printer)
{
	g_string_append_c(text_of(printer), ']');
}

static void put_string(Printer *printer, const char *key, const char *label, const char *value)
{
	g_assert_null(label);
	g_string_append_printf(text_of(printer), "%s=%s;", key == NULL ? "" : key, value == NULL ? "null" : value);
}

static void put_integer(Printer *printer, const char *key, const char *label, int64_t value)
{
	g_assert_null(label);
	g_string_append_printf(text_of(printer), "%s=%" G_GINT64_FORMAT ";", key, value);
}

static void put_boolean(Printer *printer, const char *key, bool value)
{
	g_string_append_printf(text_of(printer), "%s=%s;", key, value ? "true" : "false");
}

static const PrinterVerbs verbs = {
	.object = put_object,
	.object_end = put_object_end,
	.list = put_list,
	.list_end = put_list_end,
	.string = put_string,
	.integer = put_integer,
	.boolean = put_boolean,
};

static void tell(Printer *printer)
{
	char passing[] = "gone after the call";
	printer_object(printer, "entry");
	printer_string(printer, "text", NULL, passing);
	passing[0] = 'X';
	printer_string(printer, "nothing", NULL, NULL);
	printer_integer(printer, "number", NULL, INT64_MIN);
	printer_list(printer, "list");
	printer_string(printer, NULL, NULL, "one");
	printer_object(printer, NULL);
	printer_boolean(printer, "yes", true);
	printer_boolean(printer, "no", false);
	printer_object_end(printer);
	printer_list_end(printer);
	printer_object_end(printer);
	printer_say(printer, SAY_TEXT, "no data");
	printer_row(printer, (const char *const[]){"no data", NULL});
}

static void test_told_again(void)
{
	g_autoptr(Tape) tape = tape_new();
	g_autoptr(GString) text = g_string_new(NULL);
	Scribe scribe = {{.verbs = &verbs, .for_programs = true}, text};
	tell(tape_get_printer(tape));
	for (int time = 0; time < 2; time++) {
		g_string_truncate(text, 0);
		tape_tell(tape, &scribe.port);
		g_assert_cmpstr(
			text->str, ==,
			"entry{text=gone after the call;nothing=null;number=-9223372036854775808;list[=one;{yes=true;no=false;}]}");
	}
}

static void test_empty(void)
{
	g_autoptr(Tape) tape = tape_new();
	g_autoptr(GString) text = g_string_new(NULL);
	Scribe scribe = {{.verbs = &verbs, .for_programs = true}, text};
	tape_tell(tape, &scribe.port);
	g_assert_cmpstr(text->str, ==, "");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/tape/told-again", test_told_again);
	g_test_add_func("/tape/empty", test_empty);
	return g_test_run();
}
