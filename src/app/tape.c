/* tape.c - see tape.h.
 */
#include "tape.h"

typedef enum { TOLD_OBJECT, TOLD_OBJECT_END, TOLD_LIST, TOLD_LIST_END, TOLD_TEXT, TOLD_NUMBER, TOLD_TRUTH } ToldKind;

typedef struct Told {
	ToldKind kind;
	const char *key; /* borrowed */
	char *text;
	int64_t number;
} Told;

struct Tape {
	Printer port;
	GArray *told; /* of Told */
};

static void clear_told(void *told)
{
	g_free(((Told *)told)->text);
}

static void keep(Printer *printer, const Told *told)
{
	g_array_append_vals(((Tape *)printer)->told, told, 1);
}

static void keep_object(Printer *printer, const char *key)
{
	keep(printer, &(Told){.kind = TOLD_OBJECT, .key = key});
}

static void keep_object_end(Printer *printer)
{
	keep(printer, &(Told){.kind = TOLD_OBJECT_END});
}

static void keep_list(Printer *printer, const char *key)
{
	keep(printer, &(Told){.kind = TOLD_LIST, .key = key});
}

static void keep_list_end(Printer *printer)
{
	keep(printer, &(Told){.kind = TOLD_LIST_END});
}

static void keep_string(Printer *printer, const char *key, const char *label, const char *value)
{
	(void)label;
	keep(printer, &(Told){.kind = TOLD_TEXT, .key = key, .text = g_strdup(value)});
}

static void keep_integer(Printer *printer, const char *key, const char *label, int64_t value)
{
	(void)label;
	keep(printer, &(Told){.kind = TOLD_NUMBER, .key = key, .number = value});
}

static void keep_boolean(Printer *printer, const char *key, bool value)
{
	keep(printer, &(Told){.kind = TOLD_TRUTH, .key = key, .number = value});
}

static const PrinterVerbs verbs = {
	.object = keep_object,
	.object_end = keep_object_end,
	.list = keep_list,
	.list_end = keep_list_end,
	.string = keep_string,
	.integer = keep_integer,
	.boolean = keep_boolean,
};

Tape *tape_new(void)
{
	Tape *tape = g_new0(Tape, 1);
	tape->port = (Printer){.verbs = &verbs, .for_programs = true};
	tape->told = g_array_new(FALSE, FALSE, sizeof(Told));
	g_array_set_clear_func(tape->told, clear_told);
	return tape;
}

void tape_free(Tape *tape)
{
	if (tape == NULL)
		return;
	g_array_unref(tape->told);
	g_free(tape);
}

Printer *tape_get_printer(Tape *tape)
{
	return &tape->port;
}

static void tell_one(const Told *told, Printer *printer)
{
	switch (told->kind) {
	case TOLD_OBJECT:
		return printer_object(printer, told->key);
	case TOLD_OBJECT_END:
		return printer_object_end(printer);
	case TOLD_LIST:
		return printer_list(printer, told->key);
	case TOLD_LIST_END:
		return printer_list_end(printer);
	case TOLD_TEXT:
		return printer_string(printer, told->key, NULL, told->text);
	case TOLD_NUMBER:
		return printer_integer(printer, told->key, NULL, told->number);
	case TOLD_TRUTH:
		return printer_boolean(printer, told->key, told->number != 0);
	}
}

void tape_tell(const Tape *tape, Printer *printer)
{
	for (guint i = 0; i < tape->told->len; i++)
		tell_one(&g_array_index(tape->told, Told, i), printer);
}
