/* plan-filter.c - the planner alone on a pipe: a case {"playbook", "now", "facts"} a line in, a plan a line out.
 *
 * For comparing the planner with a model of the rules in another language, without the rest of the program.
 */
#include "case-reader.h"

#include <stdio.h>
#include <stdlib.h>

int main(void)
{
	g_autoptr(FactsReader) reader = facts_reader_new();
	g_autoptr(Plan) plan = plan_new();
	g_autoptr(GString) text = g_string_new(NULL);
	char *line = NULL;
	size_t room = 0;
	while (getline(&line, &room, stdin) > 0) {
		g_autoptr(GError) error = NULL;
		Case read;
		if (!case_parse(reader, line, &read, &error)) {
			printf("{\"error\":{\"message\":\"%s\"}}\n", error->message);
			fflush(stdout);
			continue;
		}
		plan_compute(read.facts, read.playbook, read.now, plan);
		g_string_truncate(text, 0);
		plan_format(plan, false, text);
		puts(text->str);
		fflush(stdout);
		case_clear(&read);
	}
	free(line);
	return 0;
}
