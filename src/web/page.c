/* page.c - templates parsed once, the frame around each page, and the pages that are kept.
 */
#include "page.h"

#include "web-templates.h"
#include "zip.h"

#include <base/limits.h>
#include <stdio.h>
#include <string.h>

enum { KEPT_MAX = 128, KEPT_BYTES_MAX = 512 * 1024, PAGE_BYTES_MAX = 4 * 1024 * 1024 };

/* ---- templates ---- */

struct Templates {
	GHashTable *parsed; /* char* to MustacheTemplate* */
};

static void free_template(void *data)
{
	mustache_template_free(data);
}

Templates *templates_new(GError **error)
{
	Templates *templates = g_new0(Templates, 1);
	templates->parsed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_template);
	for (const EmbeddedFile *file = web_templates; file->name != NULL; file++) {
		MustacheTemplate *parsed = NULL;
		const MustacheSource source = {.name = file->name, .text = file->text, .length = file->length};
		if (!mustache_parse(&source, &parsed, error)) {
			templates_free(templates);
			return NULL;
		}
		g_hash_table_insert(templates->parsed, g_strndup(file->name, strcspn(file->name, ".")), parsed);
	}
	return templates;
}

void templates_free(Templates *templates)
{
	if (templates == NULL)
		return;
	g_hash_table_unref(templates->parsed);
	g_free(templates);
}

/* ---- what is kept ---- */

typedef struct Kept {
	int64_t change, minute, used;
	GString *text, *zipped; /* zipped is NULL where that is not worth it */
	char *etag;
} Kept;

struct PageCache {
	GHashTable *pages; /* char* to Kept* */
	int64_t uses;
};

static void kept_free(void *data)
{
	Kept *kept = data;
	g_string_free(kept->text, TRUE);
	if (kept->zipped != NULL)
		g_string_free(kept->zipped, TRUE);
	g_free(kept->etag);
	g_free(kept);
}

PageCache *page_cache_new(void)
{
	PageCache *cache = g_new0(PageCache, 1);
	cache->pages = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, kept_free);
	return cache;
}

void page_cache_free(PageCache *cache)
{
	if (cache == NULL)
		return;
	g_hash_table_unref(cache->pages);
	g_free(cache);
}

void page_cache_clear(PageCache *cache)
{
	g_hash_table_remove_all(cache->pages);
}

/* A page belongs to a session, whose forms are in it. */
static char *kept_key(const Visit *visit)
{
	return g_strconcat(visit->session->csrf, " ", visit->request->target, NULL);
}

static bool is_kept_kind(const Visit *visit)
{
	return visit->session != NULL && visit->session->flash == NULL && !visit->is_passing &&
		   strcmp(visit->request->method, "GET") == 0;
}

static bool matches(const char *if_none_match, const char *etag)
{
	return if_none_match != NULL && strstr(if_none_match, etag) != NULL;
}

static void answer_with(const Visit *visit, const Kept *kept)
{
	Response *response = visit->response;
	response_set_text(response, 200, "");
	response->zipped = kept->zipped != NULL && zip_is_wanted(visit->request);
	const GString *text = response->zipped ? kept->zipped : kept->text;
	if (matches(visit->request->if_none_match, kept->etag))
		response->status = 304;
	else
		g_string_append_len(response->text, text->str, (gssize)text->len);
	response->zipped = response->zipped && response->status == 200;
	response->content_type = "text/html; charset=utf-8";
	response_add_header(response, "ETag: %s", kept->etag);
	response_add_header(response, "Cache-Control: private, no-cache");
	response_add_header(response, "Vary: Accept-Encoding, Cookie");
}

bool page_find_kept(Visit *visit)
{
	PageCache *cache = visit->desk->cache;
	if (!is_kept_kind(visit) || !app_change_number(visit->desk->app, &visit->change, NULL))
		return false;
	g_autofree char *key = kept_key(visit);
	Kept *kept = g_hash_table_lookup(cache->pages, key);
	if (kept == NULL || kept->change != visit->change || kept->minute != app_get_now(visit->desk->app) / 60)
		return false;
	kept->used = ++cache->uses;
	answer_with(visit, kept);
	return true;
}

static void drop_least_used(PageCache *cache)
{
	GHashTableIter iter;
	void *key, *value, *least = NULL;
	int64_t used = INT64_MAX;
	g_hash_table_iter_init(&iter, cache->pages);
	while (g_hash_table_iter_next(&iter, &key, &value)) {
		if (((Kept *)value)->used < used) {
			used = ((Kept *)value)->used;
			least = key;
		}
	}
	if (least != NULL)
		g_hash_table_remove(cache->pages, least);
}

void page_keep(Visit *visit)
{
	PageCache *cache = visit->desk->cache;
	const Response *response = visit->response;
	if (!is_kept_kind(visit) || visit->change == 0 || response->status != 200 || response->text == NULL ||
		response->text->len > KEPT_BYTES_MAX)
		return;
	if (g_hash_table_size(cache->pages) >= KEPT_MAX)
		drop_least_used(cache);
	g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, response->text->str, -1);
	Kept *kept = g_new0(Kept, 1);
	*kept = (Kept){.change = visit->change, .minute = app_get_now(visit->desk->app) / 60, .used = ++cache->uses};
	kept->text = g_string_new_len(response->text->str, (gssize)response->text->len);
	kept->zipped = zip_text(kept->text->str, kept->text->len);
	kept->etag = g_strdup_printf("\"%.24s\"", sum);
	g_hash_table_replace(cache->pages, kept_key(visit), kept);
	response_clear(visit->response);
	answer_with(visit, kept);
}

/* ---- rendering ---- */

typedef struct Frame {
	const Templates *templates;
	const char *content;
} Frame;

/* {{>content}} in the frame is the page. */
static const MustacheTemplate *find_partial(const char *name, void *user)
{
	const Frame *frame = user;
	return g_hash_table_lookup(frame->templates->parsed, strcmp(name, "content") == 0 ? frame->content : name);
}

/* What a form sent is shown again as it came; what of it is no UTF-8 is shown as such. */
static void mend_text(GString *text)
{
	if (g_utf8_validate_len(text->str, text->len, NULL))
		return;
	g_autofree char *mended = g_utf8_make_valid(text->str, (gssize)text->len);
	g_string_assign(text, mended);
}

static bool render(
	const Visit *visit, const char *outer, const char *content, const MustacheValue *values, GError **error)
{
	const Templates *templates = visit->desk->templates;
	Frame frame = {templates, content};
	const MustacheRender job = {
		.parsed = g_hash_table_lookup(templates->parsed, outer),
		.context = values,
		.escape = MUSTACHE_HTML,
		.partials = find_partial,
		.partials_user = &frame,
		.max_bytes = PAGE_BYTES_MAX,
	};
	g_assert(job.parsed != NULL && find_partial("content", &frame) != NULL);
	if (!mustache_render(&job, visit->response->text, error))
		return false;
	mend_text(visit->response->text);
	return true;
}

/* Whether a script asks, for a page that stands already: what was just done is not said to it. */
static bool is_for_script(const Request *request)
{
	return request->fetch_dest != NULL && strcmp(request->fetch_dest, "empty") == 0;
}

static void add_flash(Visit *visit, MustacheValue *values)
{
	Session *session = visit->session;
	if (session == NULL || session->flash == NULL || is_for_script(visit->request))
		return;
	MustacheValue *flash = mustache_value_new_object();
	mustache_object_set_string(flash, "text", session->flash);
	mustache_object_set_bool(flash, "error", session->flash_is_error);
	mustache_object_take(values, "flash", flash);
	g_clear_pointer(&session->flash, g_free);
	visit->is_passing = true;
}

/* Whether asking for its address gives the page again, so that an open one may follow what changes. */
static bool is_live(const Visit *visit, const Page *page)
{
	return visit->session != NULL && page->status < 400 && strcmp(visit->request->method, "GET") == 0;
}

/* What the frame, and every form, needs to know. */
static void add_frame(Visit *visit, const Page *page, MustacheValue *values)
{
	mustache_object_set_string(values, "title", page->title);
	mustache_object_set_string(values, "assets", visit->desk->version);
	mustache_object_set_string(values, "here", visit->request->target);
	mustache_object_set_bool(values, "signed_in", visit->session != NULL);
	mustache_object_set_bool(values, "is_failure", page->status >= 400);
	mustache_object_set_bool(values, "is_live", is_live(visit, page));
	mustache_object_set_string(values, "csrf", visit->session == NULL ? "" : visit->session->csrf);
	if (page->section != NULL) {
		g_autofree char *section = g_strconcat("in_", page->section, NULL);
		mustache_object_set_bool(values, section, true);
	}
	add_flash(visit, values);
}

bool page_show(Visit *visit, const Page *page, GError **error)
{
	g_autoptr(MustacheValue) values = page->values != NULL ? page->values : mustache_value_new_object();
	response_set_text(visit->response, page->status == 0 ? 200 : page->status, "");
	visit->response->content_type = "text/html; charset=utf-8";
	response_add_header(visit->response, "Cache-Control: private, no-cache");
	add_frame(visit, page, values);
	return render(visit, "frame", page->template_name, values, error);
}

bool page_show_part(Visit *visit, const char *template_name, MustacheValue *values, GError **error)
{
	g_autoptr(MustacheValue) owned = values;
	response_set_text(visit->response, 200, "");
	visit->response->content_type = "text/html; charset=utf-8";
	response_add_header(visit->response, "Cache-Control: no-store");
	mustache_object_set_string(owned, "csrf", visit->session == NULL ? "" : visit->session->csrf);
	return render(visit, template_name, template_name, owned, error);
}

void page_show_error(Visit *visit, const GError *error)
{
	g_autoptr(GError) failure = NULL;
	MustacheValue *values = mustache_value_new_object();
	mustache_object_set_string(values, "message", error->message);
	const Page page = {
		.template_name = "error", .title = "That did not work", .values = values, .status = response_status(error)};
	if (!page_show(visit, &page, &failure))
		response_set_text(visit->response, 500, error->message);
}
