/* answer-settings.c - who its user is, how mail leaves, when to be reminded, who is signed in.
 */
#include "answers.h"
#include "page.h"

#include <string.h>

/* The playbooks there are, the one that is gone by chosen. */
static bool add_playbooks(const Visit *visit, MustacheValue *values, GError **error)
{
	g_autoptr(MustacheValue) told = NULL;
	const char *own = mustache_value_get_text(mustache_object_find(values, "playbook"));
	if (!desk_tell(visit->desk, "playbook", &told, error, "action", "list", NULL))
		return false;
	const GPtrArray *items = mustache_list_get_items(mustache_object_find(told, "playbooks"));
	for (guint i = 0; items != NULL && i < items->len; i++) {
		MustacheValue *item = g_ptr_array_index(items, i);
		const char *name = mustache_value_get_text(mustache_object_find(item, "name"));
		mustache_object_set_bool(item, "selected", g_strcmp0(name, own) == 0);
	}
	mustache_object_take(values, "playbooks", mustache_object_steal(told, "playbooks"));
	return true;
}

/* Settings "mail.host", "mail.port" as {{#mail}}{{host}} {{port}}{{/mail}}, where the first of them is set. */
static void add_server(const Visit *visit, MustacheValue *values, const char *name, const char *const *keys)
{
	g_autoptr(MustacheValue) server = mustache_value_new_object();
	for (const char *const *key = keys; *key != NULL; key++) {
		g_autofree char *whole = g_strconcat(name, ".", *key, NULL);
		const char *text = app_get_setting(visit->desk->app, whole);
		if (text == NULL && key == keys)
			return;
		g_autofree char *is = g_strconcat(*key, "_is_", text, NULL);
		mustache_object_set_string(server, *key, text == NULL ? "" : text);
		mustache_object_set_bool(server, is, true);
	}
	mustache_object_take(values, name, g_steal_pointer(&server));
}

static void add_servers(const Visit *visit, MustacheValue *values)
{
	static const char *const mail[] = {"host", "from", "port", "security", "user", NULL};
	static const char *const inbox[] = {"host", "user", NULL}, *const calendar[] = {"url", "user", NULL};
	const char *maildir = app_get_setting(visit->desk->app, "inbox.maildir");
	add_server(visit, values, "mail", mail);
	add_server(visit, values, "inbox", inbox);
	add_server(visit, values, "calendar", calendar);
	mustache_object_set_string(values, "maildir", maildir == NULL ? "" : maildir);
}

static bool add_access(const Visit *visit, MustacheValue *values, GError **error)
{
	g_autoptr(MustacheValue) told = NULL;
	if (!desk_tell(visit->desk, "access", &told, error, NULL))
		return false;
	const MustacheValue *list = mustache_object_find(told, "access");
	mustache_object_set_bool(values, "has_access", mustache_value_is_true(list));
	mustache_object_take(values, "access", mustache_object_steal(told, "access"));
	return true;
}

/* ---- mail ---- */

/* A password lies in a file that only its user can read, beside the playbooks; the database knows where. The one that
 * works stays as it is until another has proved to work: there are two names, and the one that is not in use is
 * written.
 */
static char *secret_path(const App *app)
{
	static const char *const names[] = {"mail-a.secret", "mail-b.secret"};
	const char *used = app_get_setting(app, "mail.secret-file");
	bool first = used != NULL && g_str_has_suffix(used, names[0]);
	return g_build_filename(g_get_user_config_dir(), "followup", names[first ? 1 : 0], NULL);
}

static bool write_secret(const char *path, const char *secret, GError **error)
{
	g_autoptr(GError) failure = NULL;
	g_autofree char *folder = g_path_get_dirname(path);
	g_mkdir_with_parents(folder, 0700);
	return g_file_set_contents_full(path, secret, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &failure) ||
		   base_error_set(
			   error, BASE_ERROR_TEMPORARY, "password", "The password cannot be kept: %s.", failure->message);
}

static bool take_mail(const Visit *visit, OpArgs *args, GError **error)
{
	static const char *const names[] = {"address", "host", "port", "security", "user"};
	const Op *op = op_find("config");
	const char *password = fields_find(visit->request->form, "password");
	g_autofree char *path = secret_path(visit->desk->app);
	if (!op_args_take(args, op_find_param(op, "topic"), "mail", error))
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		const char *value = fields_find(visit->request->form, names[i]);
		if (value != NULL && value[0] != '\0' && !op_args_take(args, op_find_param(op, names[i]), value, error))
			return false;
	}
	return password == NULL || password[0] == '\0' ||
		   (write_secret(path, password, error) && op_args_take(args, op_find_param(op, "secret-file"), path, error));
}

/* What is shown again where the login fails: all but the password. */
static GPtrArray *fields_without_secret(const GPtrArray *form)
{
	GPtrArray *fields = g_ptr_array_new_with_free_func((GDestroyNotify)field_free);
	g_ptr_array_add(fields, field_new("topic", "mail", strlen("mail")));
	g_ptr_array_add(fields, field_new("next", "/settings#mail", strlen("/settings#mail")));
	g_ptr_array_add(fields, field_new("back", "/settings#mail", strlen("/settings#mail")));
	for (guint i = 0; i < form->len; i++) {
		const Field *field = g_ptr_array_index(form, i);
		if (strcmp(field->name, "password") != 0)
			g_ptr_array_add(fields, field_new(field->name, field->value, field->length));
	}
	return fields;
}

/* The login is tried with the server, which takes its time. */
bool answer_settings_mail(Visit *visit, GError **error)
{
	const Op *op = op_find("config");
	g_autoptr(OpArgs) args = op_args_new(op);
	g_autoptr(GPtrArray) fields = fields_without_secret(visit->request->form);
	g_autoptr(GError) failure = NULL;
	if (take_mail(visit, args, &failure))
		return answer_with_job(visit, op, args, fields, error);
	session_set_flash(visit->session, failure->message, true);
	response_redirect(visit->response, "/settings#mail");
	return true;
}

bool answer_settings(Visit *visit, GError **error)
{
	MustacheValue *values = NULL;
	if (!desk_tell(visit->desk, "config", &values, error, NULL))
		return false;
	if (!add_playbooks(visit, values, error) || !add_access(visit, values, error)) {
		mustache_value_free(values);
		return false;
	}
	add_servers(visit, values);
	const Page page = {.template_name = "settings", .title = "Settings", .section = "settings", .values = values};
	return page_show(visit, &page, error);
}
