/* desk.c - the app's ground: setup, store, account, playbooks, modules.
 */
#include "desk.h"

#include <base/limits.h>
#include <base/text.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

enum { NAMES_LOOKED_UP = 16 };

App *app_new(const AppSetup *setup)
{
	App *app = g_new0(App, 1);
	app->names_left = NAMES_LOOKED_UP;
	app->db_path = g_strdup(setup->db_path);
	app->config_dir = g_strdup(setup->config_dir);
	app->module_dir = g_strdup(setup->module_dir);
	app->default_zone = g_strdup(setup->default_zone);
	app->now = setup->now;
	app->now_text = g_strdup(setup->now_text);
	app->clock = setup->clock;
	app->load = setup->load;
	app->playbooks = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)playbook_free);
	return app;
}

void app_free(App *app)
{
	if (app == NULL)
		return;
	speller_free(app->speller);
	g_clear_pointer(&app->account, account_free);
	g_clear_pointer(&app->store, store_close);
	g_clear_pointer(&app->zone, zone_unref);
	g_hash_table_unref(app->playbooks);
	g_free(app->db_path);
	g_free(app->config_dir);
	g_free(app->module_dir);
	g_free(app->default_zone);
	g_free(app->now_text);
	g_free(app->warning);
	g_free(app->mailbox_fault);
	g_free(app);
}

const char *app_get_warning(const App *app)
{
	return app->warning;
}

/* Two programs that begin on a new file at one moment: the second waits until the first has made it. */
static bool open_to_write(App *app, GError **error)
{
	enum { PATIENCE = 2000000, PAUSE = 10000 }; /* microseconds */
	for (int64_t begun = g_get_monotonic_time();;) {
		g_autoptr(GError) failure = NULL;
		if (store_open(app->db_path, STORE_WRITE, &app->store, &failure))
			return true;
		if (!g_error_matches(failure, BASE_ERROR, BASE_ERROR_TEMPORARY) || g_get_monotonic_time() - begun > PATIENCE) {
			g_propagate_error(error, g_steal_pointer(&failure));
			return false;
		}
		g_usleep(PAUSE);
	}
}

/* Reading where there is nothing yet is reading an empty store. */
static bool open_store(App *app, OpStore mode, GError **error)
{
	g_autoptr(GError) missing = NULL;
	if (mode == OP_STORE_WRITE)
		return open_to_write(app, error);
	if (store_open(app->db_path, mode == OP_STORE_GLANCE ? STORE_GLANCE : STORE_READ, &app->store, &missing))
		return true;
	if (g_error_matches(missing, BASE_ERROR, BASE_ERROR_MISSING))
		return store_open(STORE_MEMORY, STORE_WRITE, &app->store, error);
	g_propagate_error(error, g_steal_pointer(&missing));
	return false;
}

/* The account's zone; where it has none, this machine's, if that is one at all. */
static bool load_zone(App *app, GError **error)
{
	const char *own = app->account->zone;
	Zone *zone = own != NULL ? store_zone_find(app->store, own, error) : NULL;
	if (own == NULL && app->default_zone != NULL)
		zone = store_zone_find(app->store, app->default_zone, NULL);
	if (own == NULL && zone == NULL)
		zone = store_zone_find(app->store, "UTC", error);
	if (zone != NULL)
		app->zone = zone_ref(zone);
	return zone != NULL;
}

bool desk_open(App *app, OpStore mode, GError **error)
{
	bool open = app->store != NULL && (mode != OP_STORE_WRITE || app->writable);
	if (mode == OP_NO_STORE || open)
		return true;
	bool again = app->store != NULL; /* it was read from; now it is to be written */
	g_clear_pointer(&app->store, store_close);
	g_clear_pointer(&app->account, account_free);
	g_clear_pointer(&app->zone, zone_unref);
	app->writable = mode == OP_STORE_WRITE;
	return open_store(app, mode, error) && store_account_load(app->store, ACCOUNT_SELF, &app->account, error) &&
		   load_zone(app, error) && (again || desk_now(app, app->zone, &app->now, error));
}

bool desk_refresh(App *app, GError **error)
{
	g_autoptr(Account) before = g_steal_pointer(&app->account);
	app->now = app->clock();
	app->names_left = NAMES_LOOKED_UP;
	g_clear_pointer(&app->warning, g_free);
	g_hash_table_remove_all(app->playbooks);
	if (!store_account_load(app->store, ACCOUNT_SELF, &app->account, error)) {
		app->account = g_steal_pointer(&before);
		return false;
	}
	g_clear_pointer(&app->zone, zone_unref);
	return load_zone(app, error) && desk_now(app, app->zone, &app->now, error);
}

bool app_refresh(App *app, GError **error)
{
	return desk_open(app, OP_STORE_WRITE, error) && desk_refresh(app, error);
}

bool app_change_number(App *app, int64_t *ret_number, GError **error)
{
	return store_change_number(app->store, ret_number, error);
}

int64_t app_get_now(const App *app)
{
	return app->now;
}

const char *app_get_now_text(const App *app)
{
	return app->now_text;
}

const Zone *app_get_zone(const App *app)
{
	return app->zone;
}

const char *app_get_setting(const App *app, const char *key)
{
	return desk_setting(app, key);
}

const char *app_get_path(const App *app)
{
	return app->db_path;
}

bool desk_now(const App *app, const Zone *zone, int64_t *ret_now, GError **error)
{
	When when = {.at = app->now};
	if (app->now_text != NULL && !when_parse(app->now_text, zone, app->now, WHEN_AHEAD, &when, error))
		return false;
	*ret_now = when.at;
	return true;
}

/* All of an open stream, whatever it is; where there is more than the limit, more than that and no end. */
static GString *read_stream(FILE *stream, size_t limit)
{
	GString *text = g_string_new(NULL);
	char buffer[16384];
	size_t got = 0;
	while (text->len <= limit && (got = fread(buffer, 1, sizeof buffer, stream)) > 0)
		g_string_append_len(text, buffer, (gssize)got);
	return text;
}

bool desk_input_load(const OpArgs *args, size_t limit, GString **ret_text, GError **error)
{
	FILE *input = op_args_get_input(args);
	g_autoptr(GString) text = input == NULL ? g_string_new(NULL) : read_stream(input, limit);
	if (text->len > limit)
		return base_error_set(
			error, BASE_ERROR_INVALID, "input", "The input is larger than %zu KiB, the most that is read at once.",
			limit / 1024);
	*ret_text = g_steal_pointer(&text);
	return true;
}

bool op_run(App *app, const Op *op, const OpArgs *args, Printer *printer, GError **error)
{
	bool brief = op->brief && app->store == NULL;
	bool good = desk_open(app, brief ? OP_STORE_GLANCE : op->store, error) && op->run(app, args, printer, error);
	if (brief)
		g_clear_pointer(&app->store, store_close);
	return good;
}

bool app_open_stop(int *ret_fd, GError **error)
{
	sigset_t ends;
	sigemptyset(&ends);
	sigaddset(&ends, SIGTERM);
	sigaddset(&ends, SIGINT);
	sigaddset(&ends, SIGHUP);
	int fd = sigprocmask(SIG_BLOCK, &ends, NULL) == 0 ? signalfd(-1, &ends, SFD_CLOEXEC) : -1;
	if (fd < 0)
		return base_error_set(
			error, BASE_ERROR_INTERNAL, NULL,
			"The system gives no way to wait for signals; what runs until it is ended cannot be ended cleanly.");
	*ret_fd = fd;
	return true;
}

bool desk_is_stopping(const App *app)
{
	struct pollfd stop = {.fd = app->stop_fd, .events = POLLIN};
	return app->stop_fd != 0 && poll(&stop, 1, 0) > 0;
}

const char *desk_setting(const App *app, const char *key)
{
	return app->account == NULL ? NULL : g_hash_table_lookup(app->account->settings, key);
}

bool desk_file_load(const char *path, size_t limit, char **ret_text, size_t *ret_length, GError **error)
{
	FILE *file = fopen(path, "rbe");
	g_autoptr(GString) text = file == NULL ? NULL : read_stream(file, limit);
	int fault = file == NULL || ferror(file) != 0 ? errno : 0;
	if (file != NULL)
		fclose(file);
	if (fault != 0)
		return base_error_set(
			error, BASE_ERROR_MISSING, path, "The file \"%s\" cannot be read: %s.", path, g_strerror(fault));
	if (text->len > limit)
		return base_error_set(
			error, BASE_ERROR_INVALID, path, "The file \"%s\" is larger than %zu KiB, the most that is read.", path,
			limit / 1024);
	*ret_length = text->len;
	*ret_text = g_string_free(g_steal_pointer(&text), FALSE);
	return true;
}

bool desk_given_file_load(
	const OpArgs *args, const char *name, guint place, size_t limit, GString **ret_text, GError **error)
{
	const char *path = g_ptr_array_index(op_args_get_all(args, name), place);
	GBytes *bytes = op_args_get_file(args, name, place);
	gsize length = 0;
	char *text = NULL;
	if (bytes == NULL && !desk_file_load(path, limit, &text, &length, error))
		return false;
	if (bytes != NULL && g_bytes_get_size(bytes) > limit)
		return base_error_set(
			error, BASE_ERROR_INVALID, name, "The file \"%s\" is larger than %zu KiB, the most that is read.", path,
			limit / 1024);
	const char *given = bytes == NULL ? text : g_bytes_get_data(bytes, &length);
	*ret_text = g_string_new_len(given, (gssize)length);
	g_free(text);
	return true;
}

bool desk_playbook_is_path(const char *name)
{
	return strchr(name, '/') != NULL || g_str_has_suffix(name, ".playbook");
}

char *desk_playbook_name(const char *name)
{
	return desk_playbook_is_path(name) ? g_canonicalize_filename(name, NULL) : g_strdup(name);
}

static char *user_playbook_path(const App *app, const char *name)
{
	g_autofree char *file = g_strconcat(name, ".playbook", NULL);
	g_autofree char *path = g_build_filename(app->config_dir, "playbooks", file, NULL);
	return access(path, F_OK) == 0 ? g_steal_pointer(&path) : NULL;
}

/* What there is instead of a playbook that there is not. */
static bool refuse_playbook(const App *app, const char *name, GError **error)
{
	g_autoptr(GString) all = g_string_new(NULL);
	g_autofree char *shown = text_to_show(name, 60);
	g_autofree char *folder = g_build_filename(app->config_dir, "playbooks", NULL);
	for (const char *const *shipped = playbook_shipped_names(); *shipped != NULL; shipped++)
		g_string_append_printf(all, "%s%s", all->len == 0 ? "" : ", ", *shipped);
	return base_error_set(
		error, BASE_ERROR_MISSING, "playbook",
		"There is no playbook \"%s\"; there are %s, and your own in %s or by the path of a file.", shown, all->str,
		folder);
}

bool desk_playbook_text_load(const App *app, const char *name, char **ret_text, size_t *ret_length, GError **error)
{
	g_autofree char *path = desk_playbook_is_path(name) ? g_strdup(name) : user_playbook_path(app, name);
	const char *shipped = path != NULL ? NULL : playbook_find_shipped_text(name);
	if (path != NULL)
		return desk_file_load(path, LIMIT_INPUT_BYTES, ret_text, ret_length, error);
	if (shipped == NULL)
		return refuse_playbook(app, name, error);
	*ret_text = g_strdup(shipped);
	*ret_length = strlen(shipped);
	return true;
}

/* "mine" of "/home/ana/mine.playbook". */
static char *name_of_path(const char *path)
{
	char *base = g_path_get_basename(path);
	if (g_str_has_suffix(base, ".playbook"))
		base[strlen(base) - strlen(".playbook")] = '\0';
	return base;
}

/* Whose own playbook it is wants to know in which file a mistake is, and where in it. */
static bool parse_own(const char *path, const char *text, size_t length, Playbook **ret_playbook, GError **error)
{
	g_autofree char *called = name_of_path(path);
	g_autoptr(GError) fault = NULL;
	if (playbook_parse(text, length, called, ret_playbook, &fault))
		return true;
	const char *line = base_error_get_where(fault);
	g_autofree char *place = line == NULL || line[0] == '\0' ? NULL : g_strconcat(" at ", line, NULL);
	g_autofree char *where = g_strconcat(path, place == NULL ? NULL : ": ", line, NULL);
	return base_error_set(
		error, fault->code, where, "The playbook \"%s\" has a mistake%s: %s", path, place == NULL ? "" : place,
		fault->message);
}

/* One that was built into the program is trusted, and read in less time. */
static bool load_playbook(const App *app, const char *name, Playbook **ret_playbook, GError **error)
{
	g_autofree char *text = NULL;
	g_autofree char *own = desk_playbook_is_path(name) ? g_strdup(name) : user_playbook_path(app, name);
	size_t length = 0;
	if (own == NULL && playbook_find_shipped_text(name) != NULL)
		return playbook_load_shipped(name, ret_playbook, error);
	return desk_playbook_text_load(app, name, &text, &length, error) &&
		   parse_own(own, text, length, ret_playbook, error);
}

bool desk_playbook_load(App *app, const char *name, const Playbook **ret_playbook, GError **error)
{
	if (name == NULL)
		name = desk_setting(app, "playbook");
	if (name == NULL)
		name = "standard";
	Playbook *playbook = g_hash_table_lookup(app->playbooks, name);
	if (playbook == NULL) {
		if (!load_playbook(app, name, &playbook, error))
			return false;
		g_hash_table_insert(app->playbooks, g_strdup(name), playbook);
	}
	*ret_playbook = playbook;
	return true;
}

char *desk_list_settings(const App *app, const char *const *prefixes)
{
	g_autoptr(GList) keys = g_list_sort(g_hash_table_get_keys(app->account->settings), (GCompareFunc)strcmp);
	GString *text = g_string_new(NULL);
	for (const GList *key = keys; key != NULL; key = key->next)
		for (const char *const *prefix = prefixes; *prefix != NULL; prefix++)
			if (g_str_has_prefix(key->data, *prefix))
				g_string_append_printf(
					text, "%s=%s\n", (const char *)key->data,
					(const char *)g_hash_table_lookup(app->account->settings, key->data));
	return g_string_free(text, FALSE);
}

bool desk_module_load(const App *app, const ModuleName *name, const void **ret_module, GError **error)
{
	g_autofree char *message = NULL;
	const void *module = app->load(app->module_dir, name->file, name->symbol, &message);
	if (module == NULL || *(const unsigned *)module != name->version)
		return base_error_set(
			error, BASE_ERROR_INTERNAL, name->file, "%s cannot be loaded (%s); build or install the program again.",
			name->what, message == NULL ? "it is of another version" : message);
	*ret_module = module;
	return true;
}

bool desk_mail_load(App *app, const MailModule **ret_mail, GError **error)
{
	static const ModuleName name = {"The mail part", MAIL_MODULE_FILE, MAIL_MODULE_SYMBOL, MAIL_MODULE_VERSION};
	const void *module = app->mail;
	if (module == NULL && !desk_module_load(app, &name, &module, error))
		return false;
	*ret_mail = app->mail = module;
	return true;
}

bool desk_net_load(App *app, const NetModule **ret_net, GError **error)
{
	g_autofree char *message = NULL;
	if (app->net == NULL) {
		const NetModule *net = app->load(app->module_dir, NET_MODULE_FILE, NET_MODULE_SYMBOL, &message);
		if (net == NULL || net->version != MAIL_MODULE_VERSION)
			return base_error_set(
				error, BASE_ERROR_INTERNAL, NET_MODULE_FILE,
				"The part that talks to servers cannot be loaded (%s); build or install the program again.",
				message == NULL ? "it is of another version" : message);
		app->net = net;
	}
	*ret_net = app->net;
	return true;
}

const Speller *desk_speller(App *app)
{
	if (app->speller_tried)
		return app->speller;
	app->speller_tried = true;
	static const ModuleName name = {"The dictionary", "followup-dict.so", SPELL_MODULE_SYMBOL, SPELL_MODULE_VERSION};
	g_autofree char *folder = g_build_filename(g_get_user_cache_dir(), "followup", "dict", NULL);
	const void *module = NULL;
	if (desk_module_load(app, &name, &module, NULL) &&
		!((const SpellModule *)module)->open(folder, &app->speller, NULL))
		app->speller = NULL; /* no dictionary here: the review works without */
	return app->speller;
}

bool desk_when(
	const App *app, const OpArgs *args, const char *name, const Zone *zone, WhenDirection direction, When *ret_when,
	GError **error)
{
	const char *text = op_args_get(args, name);
	g_assert(text != NULL);
	return when_parse(text, zone, app->now, direction, ret_when, error);
}
