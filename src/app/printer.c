/* printer.c - the verbs of printer.h, and the few that are made of others.
 */
#include <app/printer.h>
#include <base/error.h>

void printer_object(Printer *printer, const char *key)
{
	printer->verbs->object(printer, key);
}

void printer_object_end(Printer *printer)
{
	printer->verbs->object_end(printer);
}

void printer_list(Printer *printer, const char *key)
{
	printer->verbs->list(printer, key);
}

void printer_list_end(Printer *printer)
{
	printer->verbs->list_end(printer);
}

void printer_string(Printer *printer, const char *key, const char *label, const char *value)
{
	printer->verbs->string(printer, key, label, value);
}

void printer_integer(Printer *printer, const char *key, const char *label, int64_t value)
{
	printer->verbs->integer(printer, key, label, value);
}

void printer_boolean(Printer *printer, const char *key, bool value)
{
	printer->verbs->boolean(printer, key, value);
}

void printer_time(Printer *printer, const char *key, const Zone *zone, int64_t at)
{
	char text[STAMP_TEXT_BYTES];
	if (printer->verbs->time != NULL && at != TIME_NONE) {
		printer->verbs->time(printer, key, zone, at);
		return;
	}
	if (at != TIME_NONE)
		zone_format(zone, at, text);
	printer_string(printer, key, NULL, at == TIME_NONE ? NULL : text);
}

void printer_day(Printer *printer, const char *key, Day day)
{
	char text[DAY_TEXT_BYTES];
	if (printer->verbs->day != NULL && day != DAY_NONE) {
		printer->verbs->day(printer, key, day);
		return;
	}
	printer_string(printer, key, NULL, day == DAY_NONE ? NULL : day_format(day, text));
}

void printer_say(Printer *printer, SayStyle style, const char *format, ...)
{
	if (!printer->for_people)
		return;
	va_list args;
	va_start(args, format);
	g_autofree char *text = g_strdup_vprintf(format, args);
	va_end(args);
	printer->verbs->say(printer, style, text);
}

void printer_say_text(Printer *printer, SayStyle style, const char *text)
{
	if (printer->for_people)
		printer->verbs->say(printer, style, text);
}

void printer_break(Printer *printer)
{
	printer_say_text(printer, SAY_BREAK, "");
}

void printer_row(Printer *printer, const char *const *cells)
{
	if (printer->for_people)
		printer->verbs->row(printer, cells);
}

void printer_document(Printer *printer, const char *text, size_t length)
{
	printer->verbs->document(printer, text, length);
}

void printer_progress(Printer *printer, const char *what, int64_t done, int64_t all)
{
	printer->verbs->progress(printer, what, done, all);
}

void printer_error(Printer *printer, const GError *error)
{
	printer_object(printer, "error");
	printer_string(printer, "code", NULL, base_error_code_word(error->code));
	printer_string(printer, "message", NULL, error->message);
	printer_string(printer, "where", NULL, base_error_get_where(error));
	printer_object_end(printer);
}

void printer_flush(Printer *printer)
{
	printer->verbs->flush(printer);
}
