/* fuzz-mustache.c - any bytes as a template.
 *
 * As a page's template and as a message template: what is refused has a place and one sentence, what is accepted fills
 * within its bounds, and a header line it fills stays one line.
 */
#include <base/error.h>
#include <base/mustache.h>
#include <note/template.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define OUTPUT_MAX 65536

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_refusal(const GError *error)
{
	g_assert_true(error->domain == BASE_ERROR && error->code == BASE_ERROR_INVALID);
	g_assert_nonnull(base_error_get_where(error));
	g_assert_true(g_utf8_validate(error->message, -1, NULL));
	g_assert_null(strpbrk(error->message, "\n\r\x1b"));
}

static MustacheValue *make_context(void)
{
	MustacheValue *context = mustache_value_new_object(), *list = mustache_value_new_list();
	for (int i = 0; i < 3; i++) {
		MustacheValue *item = mustache_value_new_object();
		mustache_object_set_string(item, "a", "<x>\n\r\xe2\x80\xa8");
		mustache_list_take(list, item);
	}
	mustache_object_take(context, "l", list);
	mustache_object_set_string(context, "a", "one\r\ntwo");
	mustache_object_set_bool(context, "b", true);
	mustache_object_take(context, "m", mustache_value_new_missing("[[m]]"));
	return context;
}

static const MustacheTemplate *find_self(const char *name, void *user)
{
	return name[0] == 'p' ? user : NULL;
}

static void fill(MustacheTemplate *parsed, MustacheEscape escape, bool strict)
{
	g_autoptr(MustacheValue) context = make_context();
	g_autoptr(GString) out = g_string_new(NULL);
	g_autoptr(GError) error = NULL;
	mustache_object_take(context, "t", mustache_value_new_template(parsed));
	MustacheRender render = {
		.parsed = parsed,
		.context = context,
		.escape = escape,
		.strict = strict,
		.partials = find_self,
		.partials_user = parsed,
		.max_bytes = OUTPUT_MAX};
	if (!mustache_render(&render, out, &error)) {
		check_refusal(error);
		g_assert_cmpuint(out->len, ==, 0);
		return;
	}
	g_assert_true(g_utf8_validate(out->str, (gssize)out->len, NULL));
	g_assert_cmpuint(out->len, <=, OUTPUT_MAX);
	if (escape == MUSTACHE_HEADER)
		g_assert_null(strpbrk(out->str, "\r\n"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(MustacheTemplate) parsed = NULL;
	g_autoptr(GError) error = NULL, fault = NULL;
	MustacheSource source = {.name = "fuzz", .text = (const char *)data, .length = size};
	if (mustache_parse(&source, &parsed, &error)) {
		fill(parsed, MUSTACHE_HTML, false);
		fill(parsed, MUSTACHE_HEADER, true);
	} else {
		check_refusal(error);
	}
	if (!template_check("fuzz", (const char *)data, size, &fault))
		check_refusal(fault);
	return 0;
}
