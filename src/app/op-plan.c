/* op-plan.c - followup plan: facts in, a plan out; keeps no state.
 *
 * One object, or with --ndjson one a line: a line that is wrong becomes an error object, and the next is read.
 */
#include "ops.h"

#include <base/limits.h>
#include <facts/facts-json.h>

typedef struct Planner {
	App *app;
	const Playbook *playbook;
	FactsReader *reader;
	Plan *plan;
	bool indented;
} Planner;

static bool plan_text(Planner *planner, const char *text, size_t length, GString *out, GError **error)
{
	g_autoptr(Facts) facts = NULL;
	int64_t now = 0;
	if (!facts_reader_parse(planner->reader, text, length, &facts, error) ||
		!desk_now(planner->app, facts->zone, &now, error))
		return false;
	plan_compute(facts, planner->playbook, now, planner->plan);
	plan_format(planner->plan, planner->indented, out);
	g_string_append_c(out, '\n');
	return true;
}

/* Reads a line of at most LIMIT_INPUT_BYTES; of a longer one the rest is skipped, and the line is a byte too long. What
 * is no text, a NUL among it, is part of its line. */
static bool read_line(FILE *input, GString *line)
{
	char piece[8192];
	size_t filled = 0;
	int byte = 0;
	g_string_truncate(line, 0);
	while ((byte = getc_unlocked(input)) != EOF && byte != '\n') {
		piece[filled++] = (char)byte;
		if (filled < sizeof piece)
			continue;
		if (line->len <= LIMIT_INPUT_BYTES)
			g_string_append_len(line, piece, (gssize)filled);
		filled = 0;
	}
	if (line->len <= LIMIT_INPUT_BYTES)
		g_string_append_len(line, piece, (gssize)filled);
	return byte != EOF || line->len > 0;
}

static void plan_lines(Planner *planner, FILE *input, Printer *printer)
{
	g_autoptr(GString) line = g_string_new(NULL);
	g_autoptr(GString) out = g_string_new(NULL);
	while (input != NULL && read_line(input, line)) {
		g_autoptr(GError) error = NULL;
		g_string_truncate(out, 0);
		if (!plan_text(planner, line->str, line->len, out, &error)) {
			op_error_format(error, false, out);
			g_string_append_c(out, '\n');
		}
		printer_document(printer, out->str, out->len);
	}
}

static bool plan_one(Planner *planner, const OpArgs *args, Printer *printer, GError **error)
{
	g_autoptr(GString) input = NULL;
	g_autoptr(GString) out = g_string_new(NULL);
	if (!desk_input_load(args, LIMIT_INPUT_BYTES, &input, error) ||
		!plan_text(planner, input->str, input->len, out, error))
		return false;
	printer_document(printer, out->str, out->len);
	return true;
}

bool op_plan(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	g_autoptr(FactsReader) reader = facts_reader_new();
	g_autoptr(Plan) plan = plan_new();
	Planner planner = {.app = app, .reader = reader, .plan = plan, .indented = !op_args_has(args, "ndjson")};
	if (!desk_playbook_load(app, op_args_get(args, "playbook"), &planner.playbook, error))
		return false;
	if (planner.indented)
		return plan_one(&planner, args, printer, error);
	plan_lines(&planner, op_args_get_input(args), printer);
	return true;
}
