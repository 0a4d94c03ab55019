/* answer-asset.c - style, scripts and icons, built into the program; their addresses change with them.
 */
#include "answers.h"
#include "web-assets.h"
#include "zip.h"

#include <string.h>

static const char *type_of(const char *name)
{
	static const struct {
		const char *suffix, *type;
	} types[] = {
		{".css", "text/css; charset=utf-8"},
		{".js", "text/javascript; charset=utf-8"},
		{".svg", "image/svg+xml"},
		{".webmanifest", "application/manifest+json"}};
	for (size_t i = 0; i < G_N_ELEMENTS(types); i++)
		if (g_str_has_suffix(name, types[i].suffix))
			return types[i].type;
	return "application/octet-stream";
}

static bool send_asset(Visit *visit, const char *name, GError **error)
{
	Response *response = visit->response;
	for (const EmbeddedFile *file = web_assets; file->name != NULL; file++) {
		if (strcmp(file->name, name) != 0)
			continue;
		response->status = 200;
		response->content_type = type_of(name);
		response->text = zip_is_wanted(visit->request) ? zip_text(file->text, file->length) : NULL;
		response->zipped = response->text != NULL;
		response->bytes = file->text;
		response->length = file->length;
		response_add_header(response, "Vary: Accept-Encoding");
		response_add_header(response, "Cache-Control: public, max-age=31536000, immutable");
		return true;
	}
	return base_error_set(error, BASE_ERROR_MISSING, "asset", "There is no such file.");
}

bool answer_asset(Visit *visit, GError **error)
{
	return send_asset(visit, visit->request->segments[1], error);
}

bool answer_favicon(Visit *visit, GError **error)
{
	return send_asset(visit, "icon.svg", error);
}
