/* test-hostile.c - names and texts that would like to be markup, on every page and in every field.
 *
 * Whatever a mail, an import or a form brought stands in a page as text: never as a tag, never out of an attribute.
 */
#include "route.h"
#include "usage.h"
#include "visiting.h"

#include <string.h>

/* Each has what ends a text, an attribute in either quotes, a comment, a script; and a template's own tags. */
#define HOSTILE "<img src=x onerror=alert(1)>\"onfocus=alert(2) x='--></script>{{csrf}}{{{title}}}"
#define HOSTILE_FORM                                                                                                   \
	"%3Cimg+src%3Dx+onerror%3Dalert(1)%3E%22onfocus%3Dalert(2)+x%3D'--%3E%3C%2Fscript%3E%7B%7Bcsrf%7D%7D"

static void check_page(const char *what, const VisitAnswer *answer)
{
	static const char *const never[] = {"<img src=x", "\"onfocus", "x='-->", "--></script>", NULL};
	g_test_message("%s: %u", what, answer->response.status);
	if (strstr(answer->text, "there are no modules here") == NULL)
		g_assert_cmpuint(answer->response.status, <, 500);
	if (answer->response.content_type == NULL || !g_str_has_prefix(answer->response.content_type, "text/html"))
		return;
	for (const char *const *part = never; *part != NULL; part++)
		g_assert_null(strstr(answer->text, *part));
}

/* A database in which everything has such a name. */
static Visiting *hostile_visiting(void)
{
	Visiting *visiting = visiting_new();
	visiting_run(
		visiting, "config", "topic", "me", "name", HOSTILE, "email", "ana@example.net", "skill", HOSTILE, NULL);
	visiting_run(
		visiting, "interview", "opportunity", HOSTILE, "when", "today 5am", "position", HOSTILE, "with",
		"Huck <finn@globex.example>", NULL);
	visiting_run(
		visiting, "people", "opportunity", "#1", "person", "huck", "name", HOSTILE, "address", HOSTILE, "salutation",
		HOSTILE, NULL);
	visiting_run(visiting, "debrief", "opportunity", "#1", "topic", HOSTILE, "fit", HOSTILE, "unsaid", HOSTILE, NULL);
	visiting_enter(visiting);
	return visiting;
}

/* Every page, with each of the words in the places that a pattern leaves open. */
static void visit_route(Visiting *visiting, const Route *route)
{
	static const char *const words[] = {"1", "huck", "thank-you", HOSTILE_FORM, NULL};
	for (const char *const *word = words; *word != NULL; word++) {
		g_auto(GStrv) parts = g_strsplit(route->pattern, ":", -1);
		g_autofree char *path = g_strjoinv(*word, parts);
		g_autofree char *what = g_strdup_printf("%s %s?words=%s&next=%s", route->method, path, *word, HOSTILE_FORM);
		g_auto(VisitAnswer) answer = visiting_ask(visiting, what, NULL);
		check_page(what, &answer);
		if (parts[1] == NULL)
			return;
	}
}

static void test_pages(void)
{
	g_autoptr(Visiting) visiting = hostile_visiting();
	for (const Route *route = route_table(); route->method != NULL; route++)
		if (strcmp(route->method, "GET") == 0)
			visit_route(visiting, route);
}

static void test_query(void)
{
	g_autoptr(Visiting) visiting = visiting_new();
	visiting_enter(visiting);
	for (const Op *op = op_table(); op->name != NULL; op++) {
		g_autoptr(GString) what = g_string_new("GET /do/");
		g_string_append_printf(what, "%s?next=%s", op->name, HOSTILE_FORM);
		for (const OpParam *param = op->params; param->name != NULL; param++)
			g_string_append_printf(what, "&%s=%s", param->name, HOSTILE_FORM);
		g_auto(VisitAnswer) answer = visiting_ask(visiting, what->str, NULL);
		check_page(what->str, &answer);
	}
}

/* The same posted, a field at a time, to everything that does not talk to a server. */
static void test_fields(void)
{
	g_autoptr(Visiting) visiting = hostile_visiting();
	for (const Op *op = op_table(); op->name != NULL; op++) {
		g_autofree char *what = g_strconcat("POST /do/", op->name, NULL);
		for (const OpParam *param = op->params; param->name != NULL && usage_of(op) == USAGE_RUN; param++) {
			g_autofree char *form = g_strconcat(param->name, "=", HOSTILE_FORM, NULL);
			g_auto(VisitAnswer) answer = visiting_ask(visiting, what, &(VisitAs){.form = form});
			check_page(form, &answer);
		}
	}
}

/* An error's page too, and what a document's name is made of. */
static void test_errors(void)
{
	static const char *const asked[] = {
		"GET /" HOSTILE_FORM, "GET /assets/" HOSTILE_FORM "/" HOSTILE_FORM, "POST /do/" HOSTILE_FORM,
		"GET /enter?key=" HOSTILE_FORM, NULL};
	g_autoptr(Visiting) visiting = visiting_new();
	visiting_enter(visiting);
	for (const char *const *what = asked; *what != NULL; what++) {
		g_auto(VisitAnswer) answer = visiting_ask(visiting, *what, NULL);
		check_page(*what, &answer);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/hostile/pages", test_pages);
	g_test_add_func("/hostile/query", test_query);
	g_test_add_func("/hostile/fields", test_fields);
	g_test_add_func("/hostile/errors", test_errors);
	return g_test_run();
}
