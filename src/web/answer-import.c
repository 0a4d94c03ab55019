/* answer-import.c - a file of another program comes in: shown first, taken in when its user says so.
 *
 * Between the two it lies in a file of its own that only its user can read; its name is not told, only a number of the
 * session, and it goes with the session or when it is taken in.
 */
#include "answers.h"
#include "page.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static const Field *find_file(const GPtrArray *form)
{
	for (guint i = 0; i < form->len; i++) {
		const Field *field = g_ptr_array_index(form, i);
		if (field->filename != NULL && field->length > 0)
			return field;
	}
	return NULL;
}

/* Only its ending is kept of a name: it helps to tell what a file is. */
static char *ending_of(const char *filename)
{
	const char *dot = strrchr(filename, '.');
	GString *ending = g_string_new(NULL);
	for (const char *p = dot == NULL ? "" : dot + 1; *p != '\0' && ending->len < 8; p++)
		if (g_ascii_isalnum(*p))
			g_string_append_c(ending, g_ascii_tolower(*p));
	return g_string_free(ending, FALSE);
}

static bool keep_upload(Session *session, const Field *file, GError **error)
{
	g_autofree char *ending = ending_of(file->filename);
	g_autofree char *pattern = g_strdup_printf("followup-XXXXXX%s%s", ending[0] == '\0' ? "" : ".", ending);
	g_autofree char *path = g_build_filename(g_get_tmp_dir(), pattern, NULL);
	int fd = g_mkstemp_full(path, O_RDWR | O_CLOEXEC, 0600);
	bool written = fd >= 0;
	for (size_t at = 0; written && at < file->length;) {
		ssize_t put = write(fd, file->value + at, file->length - at);
		written = put > 0;
		at += written ? (size_t)put : 0;
	}
	int fault = errno;
	if (fd >= 0)
		close(fd);
	if (!written)
		return base_error_set(
			error, BASE_ERROR_TEMPORARY, "file", "The file cannot be kept for a moment: %s.", g_strerror(fault));
	session_keep_upload(session, path, file->filename);
	return true;
}

/* Where it lies between the two is nobody's business: it is called what its user calls it. */
static void name_file(const Session *session, MustacheValue *values)
{
	const GPtrArray *says = mustache_list_get_items(mustache_object_find(values, "says"));
	for (guint i = 0; session->upload != NULL && says != NULL && i < says->len; i++) {
		MustacheValue *line = g_ptr_array_index(says, i);
		g_autoptr(GString) text = g_string_new(mustache_value_get_text(mustache_object_find(line, "text")));
		g_string_replace(text, session->upload, session->upload_name, 0);
		mustache_object_set_string(line, "text", text->str);
	}
}

static bool show(Visit *visit, MustacheValue *values, const GError *failure, GError **error)
{
	static const char *const asked[] = {"yes", "company", "with", "dates"};
	const char *where = failure == NULL ? NULL : base_error_get_where(failure);
	bool asks = false;
	for (size_t i = 0; i < G_N_ELEMENTS(asked); i++) {
		g_autofree char *key = g_strconcat("asks_", asked[i], NULL);
		bool this_one = failure != NULL && failure->code == BASE_ERROR_CONFLICT && g_strcmp0(where, asked[i]) == 0;
		mustache_object_set_bool(values, key, this_one);
		asks = asks || this_one;
	}
	if (failure != NULL && g_strcmp0(where, "yes") != 0)
		mustache_object_set_string(values, "message", failure->message);
	name_file(visit->session, values);
	if (failure != NULL && !asks)
		session_forget_upload(visit->session);
	if (visit->session->upload != NULL) {
		mustache_object_set_string(values, "kept", "1");
		mustache_object_set_string(values, "kept_name", visit->session->upload_name);
	}
	const Page page = {
		.template_name = "import",
		.title = "Take something over",
		.values = values,
		.status = failure == NULL || asks ? 200 : response_status(failure),
	};
	return page_show(visit, &page, error);
}

bool answer_import(Visit *visit, GError **error)
{
	session_forget_upload(visit->session);
	return show(visit, mustache_value_new_object(), NULL, error);
}

static bool take_args(const Visit *visit, OpArgs *args, GError **error)
{
	static const char *const names[] = {"company", "with", "dates"};
	const Op *op = op_find("import");
	const GPtrArray *form = visit->request->form;
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		const char *value = fields_find(form, names[i]);
		if (value != NULL && value[0] != '\0' && !op_args_take(args, op_find_param(op, names[i]), value, error))
			return false;
	}
	return (fields_find(form, "yes") == NULL || op_args_take(args, op_find_param(op, "yes"), NULL, error)) &&
		   op_args_take(args, op_find_param(op, "file"), visit->session->upload, error);
}

bool answer_import_post(Visit *visit, GError **error)
{
	const Op *op = op_find("import");
	const Field *file = find_file(visit->request->form);
	g_autoptr(OpArgs) args = op_args_new(op);
	g_autoptr(GError) failure = NULL;
	g_auto(Tree) tree = tree_begin(visit->desk->app, true);
	if (file != NULL && !keep_upload(visit->session, file, error))
		return false;
	if (visit->session->upload == NULL)
		return base_error_set(error, BASE_ERROR_INVALID, "file", "Choose a file first; an empty one holds nothing.");
	if (!take_args(visit, args, &failure) || !op_run(visit->desk->app, op, args, &tree.port, &failure))
		return show(visit, tree_take(&tree), failure, error);
	session_forget_upload(visit->session);
	session_set_flash(visit->session, "It is on record.", false);
	response_redirect(visit->response, "/");
	return true;
}
