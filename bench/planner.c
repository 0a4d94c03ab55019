/* planner.c - how many plans a second the planner makes on one core, for each worked case.
 *
 * usage: bench-planner [FOLDER]   (default: tests/plan/cases)
 * Prints the median case and the slowest, the planning alone and with its JSON; facts are read before the clock runs.
 */
#include <facts/facts-json.h>
#include <plan/plan.h>
#include <stdio.h>
#include <string.h>

#define SECONDS_EACH 0.02

typedef struct Measure {
	char *name;
	double compute, whole; /* seconds for one plan; and its JSON too */
} Measure;

static double seconds(void)
{
	return (double)g_get_monotonic_time() / 1e6;
}

/* The text of the object that follows "key": in a JSON text, and its length. */
static const char *find_object(const char *text, const char *key, size_t *ret_length)
{
	const char *begin = strchr(strstr(text, key), '{');
	int depth = 0;
	bool quoted = false;
	for (const char *at = begin; *at; at++) {
		if (*at == '\\' && quoted)
			at++;
		else if (*at == '"')
			quoted = !quoted;
		else if (!quoted && (*at == '{' || *at == '}'))
			depth += *at == '{' ? 1 : -1;
		if (depth == 0) {
			*ret_length = (size_t)(at - begin) + 1;
			return begin;
		}
	}
	return NULL;
}

/* The text value of a key of a case, up to its closing quote. Free with g_free. */
static char *find_text(const char *text, const char *key)
{
	const char *begin = strchr(strchr(strstr(text, key), ':'), '"') + 1;
	return g_strndup(begin, strcspn(begin, "\""));
}

static double time_plan(const Facts *facts, const Playbook *playbook, int64_t now, GString *json)
{
	g_autoptr(Plan) plan = plan_new();
	plan_compute(facts, playbook, now, plan);
	double begin = seconds(), end = begin;
	int count = 0;
	for (; end - begin < SECONDS_EACH; end = seconds())
		for (int i = 0; i < 1000; i++, count++) {
			plan_compute(facts, playbook, now, plan);
			if (!json)
				continue;
			g_string_truncate(json, 0);
			plan_format(plan, false, json);
		}
	return (end - begin) / count;
}

static Measure measure(const char *name, const char *text)
{
	size_t length;
	const char *object = find_object(text, "\"facts\"", &length);
	g_autofree char *playbook_name = find_text(text, "\"playbook\""), *now_text = find_text(text, "\"now\"");
	g_autoptr(Facts) facts = NULL;
	g_autoptr(Playbook) playbook = NULL;
	g_autoptr(GError) error = NULL;
	Stamp stamp;
	if (!object || !stamp_parse(now_text, &stamp) || !facts_parse(object, length, &facts, &error) ||
		!playbook_load_shipped(playbook_name, &playbook, &error))
		g_error("%s: %s", name, error ? error->message : "no case");
	int64_t now = zone_resolve(facts->zone, stamp);
	g_autoptr(GString) json = g_string_new(NULL);
	return (Measure){g_strdup(name), time_plan(facts, playbook, now, NULL), time_plan(facts, playbook, now, json)};
}

static int by_compute(const void *a, const void *b)
{
	double x = ((const Measure *)a)->compute, y = ((const Measure *)b)->compute;
	return (x > y) - (x < y);
}

static void print_measure(const char *label, const Measure *measure)
{
	printf(
		"%-8s %9.0f plans/s (%.2f µs), %9.0f with JSON (%.2f µs)  %s\n", label, 1 / measure->compute,
		measure->compute * 1e6, 1 / measure->whole, measure->whole * 1e6, measure->name);
}

int main(int argc, char **argv)
{
	const char *folder = argc > 1 ? argv[1] : "tests/plan/cases";
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	g_autoptr(GArray) measures = g_array_new(FALSE, FALSE, sizeof(Measure));
	for (const char *name; dir && (name = g_dir_read_name(dir));) {
		g_autofree char *path = g_build_filename(folder, name, NULL), *text = NULL;
		if (!g_str_has_suffix(name, ".json") || !g_file_get_contents(path, &text, NULL, NULL))
			continue;
		Measure measured = measure(name, text);
		g_array_append_val(measures, measured);
	}
	if (measures->len == 0) {
		fprintf(stderr, "bench-planner: no cases in %s\n", folder);
		return 1;
	}
	qsort(measures->data, measures->len, sizeof(Measure), by_compute);
	print_measure("fastest", &g_array_index(measures, Measure, 0));
	print_measure("median", &g_array_index(measures, Measure, measures->len / 2));
	print_measure("slowest", &g_array_index(measures, Measure, measures->len - 1));
	for (guint i = 0; i < measures->len; i++)
		g_free(g_array_index(measures, Measure, i).name);
	return 0;
}
