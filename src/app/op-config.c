/* op-config.c - followup config: who you are, your zone and playbook, holidays, the mail account and the mailbox.
 *
 * A password or token is never taken, kept or shown: only where it is to be had.
 */
#include "calendar-publish.h"
#include "desk-password.h"
#include "dispatch.h"
#include "intake.h"
#include "ops.h"
#include "remind.h"
#include "review-own.h"
#include "watch-setup.h"

#include <base/limits.h>
#include <base/text.h>
#include <stdlib.h>

static void set_setting(App *app, const char *key, const char *value)
{
	if (value == NULL)
		return;
	if (strcmp(value, "-") == 0 || value[0] == '\0')
		g_hash_table_remove(app->account->settings, key);
	else
		g_hash_table_insert(app->account->settings, g_strdup(key), g_strdup(value));
}

/* A file that is looked for later, from any folder. */
static void set_path(App *app, const char *key, const char *path)
{
	bool at_home = path != NULL && g_str_has_prefix(path, "~/");
	g_autofree char *full = path == NULL || strcmp(path, "-") == 0
								? g_strdup(path)
								: g_canonicalize_filename(at_home ? path + 2 : path, at_home ? g_get_home_dir() : NULL);
	set_setting(app, key, full);
}

/* ---- showing ---- */

static void tell_string(Printer *printer, const char *key, const char *label, const char *value)
{
	printer_string(printer, key, NULL, value);
	printer_row(printer, (const char *const[]){label, value == NULL ? "-" : value, NULL});
}

static void tell_list(Printer *printer, const char *key, const char *label, const GPtrArray *items)
{
	GString *text = g_string_new(NULL);
	printer_list(printer, key);
	for (guint i = 0; i < items->len; i++) {
		printer_string(printer, NULL, NULL, g_ptr_array_index(items, i));
		g_string_append_printf(text, "%s%s", i == 0 ? "" : ", ", (const char *)g_ptr_array_index(items, i));
	}
	printer_list_end(printer);
	printer_row(printer, (const char *const[]){label, text->len == 0 ? "-" : text->str, NULL});
	g_string_free(text, TRUE);
}

static void tell_holidays(Printer *printer, const GArray *days)
{
	g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
	char buffer[DAY_TEXT_BYTES];
	for (guint i = 0; i < days->len; i++)
		g_ptr_array_add(texts, g_strdup(day_format(g_array_index(days, Day, i), buffer)));
	tell_list(printer, "holidays", "holidays", texts);
}

/* What is shown of the settings, where they are set; each with its name for people. */
static void tell_settings(const App *app, Printer *printer)
{
	static const char *const keys[][2] = {
		{"mail.from", "mail from"},
		{"mail.host", "mail server"},
		{"mail.port", "port"},
		{"mail.security", "security"},
		{"mail.auth", "login"},
		{"mail.user", "user"},
		{"mail.ca-file", "certificates"},
		{"mail.secret-command", "password command"},
		{"mail.secret-file", "password file"},
		{"inbox.maildir", "mailbox"},
		{"inbox.host", "mailbox server"},
		{"inbox.port", "its port"},
		{"inbox.security", "its security"},
		{"inbox.auth", "its login"},
		{"inbox.user", "its user"},
		{"inbox.folder", "its folder"},
		{"inbox.ca-file", "its certificates"},
		{"inbox.secret-command", "its password command"},
		{"inbox.secret-file", "its password file"},
		{"review.off", "not reviewed"},
		{"review.words", "right words"},
		{"calendar.url", "calendar"},
		{"calendar.user", "its user"},
		{"calendar.auth", "its login"},
		{"calendar.ca-file", "its certificates"},
		{"calendar.secret-command", "its password command"},
		{"calendar.secret-file", "its password file"},
		{"calendar.automatic", "published by serve"},
		{"reminders.desktop", "notices"},
		{"reminders.quiet", "quiet hours"},
		{"reminders.digest", "morning mail"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(keys); i++)
		if (desk_setting(app, keys[i][0]) != NULL)
			tell_string(printer, keys[i][0], keys[i][1], desk_setting(app, keys[i][0]));
}

/* What holds of the reminders, said or not, for a form to begin with. */
static void tell_reminders(const App *app, Printer *printer)
{
	const char *quiet = desk_setting(app, "reminders.quiet"), *digest = desk_setting(app, "reminders.digest");
	printer_object(printer, "reminders");
	printer_boolean(printer, "desktop", remind_setup(app).desktop);
	printer_string(printer, "quiet", NULL, quiet == NULL ? REMIND_QUIET_USUAL : quiet);
	printer_string(printer, "digest", NULL, digest == NULL ? "no" : digest);
	printer_object_end(printer);
}

static void tell_config(const App *app, Printer *printer)
{
	const Me *me = &app->account->me;
	const char *playbook = desk_setting(app, "playbook");
	printer_object(printer, NULL);
	tell_string(printer, "name", "name", me->name);
	tell_string(printer, "email", "e-mail", me->email);
	tell_string(printer, "phone", "phone", me->phone);
	tell_string(printer, "linkedin", "LinkedIn", me->linkedin);
	tell_string(printer, "address", "postal address", desk_setting(app, "me.address"));
	tell_list(printer, "skills", "skills", me->skills);
	tell_string(printer, "zone", "time zone", zone_get_name(app->zone));
	tell_string(printer, "playbook", "playbook", playbook == NULL ? "standard" : playbook);
	tell_string(printer, "linkedin-characters", "LinkedIn takes", desk_setting(app, "linkedin-characters"));
	tell_holidays(printer, app->account->holidays);
	tell_settings(app, printer);
	tell_reminders(app, printer);
	tell_string(printer, "database", "database", app->db_path);
	tell_string(printer, "folder", "own files in", app->config_dir);
	if (me->name == NULL || me->email == NULL)
		printer_say(printer, SAY_COMMAND, "followup config me --name \"YOUR NAME\" --email ADDRESS");
	if (desk_setting(app, "mail.host") == NULL)
		printer_say(printer, SAY_COMMAND, "followup config mail --address ADDRESS");
	else if (!inbox_is_set_up(app))
		printer_say(printer, SAY_COMMAND, "followup config inbox");
	printer_object_end(printer);
}

/* ---- review ---- */

static bool config_review(App *app, const OpArgs *args, GError **error)
{
	uint64_t off = 0, on = 0;
	const char *before = desk_setting(app, "review.words");
	g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
	g_auto(GStrv) kept = g_strsplit(before ? before : "", " ", -1);
	for (char **word = kept; *word != NULL; word++)
		if (**word != '\0')
			g_ptr_array_add(words, g_strdup(*word));
	intake_list(words, op_args_get_all(args, "word"));
	if (words->len > LIMIT_ITEMS)
		return base_error_set(
			error, BASE_ERROR_INVALID, "word", "There are %u words; %d at most are kept.", words->len, LIMIT_ITEMS);
	if (!review_own_rules_read(op_args_get_all(args, "off"), &off, error) ||
		!review_own_rules_read(op_args_get_all(args, "on"), &on, error))
		return false;
	g_ptr_array_add(words, NULL);
	g_autofree char *text = g_strjoinv(" ", (char **)words->pdata);
	review_own_switch(app, NULL, NO_DRAFT, off, on);
	set_setting(app, "review.words", text);
	return store_account_save(app->store, app->account, error);
}

/* ---- me ---- */

static bool set_zone(App *app, const char *name, GError **error)
{
	if (name == NULL)
		return true;
	Zone *zone = zone_load(name, error);
	if (zone == NULL)
		return false;
	zone_unref(app->zone);
	app->zone = zone;
	intake_replace(&app->account->zone, name);
	return true;
}

static bool add_holidays(App *app, const OpArgs *args, GError **error)
{
	const GPtrArray *texts = op_args_get_all(args, "holiday");
	GArray *days = app->account->holidays;
	for (guint i = 0; i < texts->len; i++) {
		When when = {0};
		guint place = 0;
		if (strcmp(g_ptr_array_index(texts, i), "-") == 0) {
			g_array_set_size(days, 0);
			continue;
		}
		if (!when_parse(g_ptr_array_index(texts, i), app->zone, app->now, WHEN_AHEAD, &when, error))
			return false;
		while (place < days->len && g_array_index(days, Day, place) < when.day)
			place++;
		if (place == days->len || g_array_index(days, Day, place) != when.day)
			g_array_insert_val(days, place, when.day);
	}
	return days->len <= LIMIT_HOLIDAYS || base_error_set(
											  error, BASE_ERROR_INVALID, "holiday",
											  "There are %u holidays; %d at most are kept.", days->len, LIMIT_HOLIDAYS);
}

static bool add_skills(App *app, const OpArgs *args, GError **error)
{
	GPtrArray *skills = app->account->me.skills;
	intake_list(skills, op_args_get_all(args, "skill"));
	return skills->len <= LIMIT_ITEMS || base_error_set(
											 error, BASE_ERROR_INVALID, "skill",
											 "There are %u skills; %d at most are kept.", skills->len, LIMIT_ITEMS);
}

static bool config_me(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	Me *me = &app->account->me;
	const char *playbook = op_args_get(args, "playbook");
	const Playbook *loaded = NULL;
	if (!intake_check_address(op_args_get(args, "email"), error) || !set_zone(app, op_args_get(args, "zone"), error) ||
		(playbook != NULL && strcmp(playbook, "-") != 0 && !desk_playbook_load(app, playbook, &loaded, error)) ||
		!add_holidays(app, args, error) || !add_skills(app, args, error))
		return false;
	intake_field(&me->name, op_args_get(args, "name"));
	intake_field(&me->email, op_args_get(args, "email"));
	intake_field(&me->phone, op_args_get(args, "phone"));
	intake_field(&me->linkedin, op_args_get(args, "linkedin"));
	set_setting(app, "me.address", op_args_get(args, "address"));
	g_autofree char *full = playbook == NULL ? NULL : desk_playbook_name(playbook);
	set_setting(app, "playbook", full);
	set_setting(app, "linkedin-characters", op_args_get(args, "linkedin-characters"));
	int64_t count = 0;
	bool plans_change = playbook != NULL || op_args_has(args, "holiday");
	return store_account_save(app->store, app->account, error) &&
		   (!plans_change || recompute_all(app, printer, &count, error));
}

/* ---- mail ---- */

static bool find_provider(App *app, const char *address, bool said, Printer *printer, GError **error)
{
	const MailModule *mail = NULL;
	MailProvider provider = {0};
	if (!desk_mail_load(app, &mail, error) || !mail->provider_find(address, &provider, error))
		return false;
	g_autofree char *port = g_strdup_printf("%d", provider.port);
	set_setting(app, "mail.from", address);
	set_setting(app, "mail.user", address);
	set_setting(app, "mail.host", provider.host);
	set_setting(app, "mail.port", port);
	set_setting(app, "mail.security", smtp_security_word(provider.security));
	set_setting(app, "mail.auth", smtp_auth_word(provider.auth));
	if (app->account->me.email == NULL)
		app->account->me.email = g_strdup(address);
	if (said) /* the server is given, whatever the address makes of it */
		return true;
	if (provider.guessed)
		printer_say(
			printer, SAY_WARNING, "The server %s is a guess from the address; --host says another.", provider.host);
	else
		printer_say(
			printer, SAY_TEXT, "%s: server %s, port %d, %s.", provider.name, provider.host, provider.port,
			smtp_security_word(provider.security));
	if (provider.hint != NULL)
		printer_say_text(printer, SAY_DETAIL, provider.hint);
	return true;
}

/* of: "mail" or "inbox". */
static void set_secret(App *app, const OpArgs *args, const char *of)
{
	g_autofree char *command_key = g_strconcat(of, ".secret-command", NULL);
	g_autofree char *file_key = g_strconcat(of, ".secret-file", NULL);
	const char *command = op_args_get(args, "secret-command"), *file = op_args_get(args, "secret-file");
	if (command == NULL && file == NULL && !op_args_has(args, "secret-keyring"))
		return;
	set_setting(app, command_key, command == NULL ? "-" : command);
	set_path(app, file_key, file == NULL ? "-" : file);
}

/* A secret that comes in on standard input goes to the keyring, and nowhere else. */
static bool keep_in_keyring(App *app, const OpArgs *args, const MailSecretSource *source, GError **error)
{
	const MailModule *mail = NULL;
	char line[1024];
	if (!op_args_has(args, "secret-keyring") || op_args_get_input(args) == NULL ||
		fgets(line, sizeof line, op_args_get_input(args)) == NULL)
		return true;
	line[strcspn(line, "\r\n")] = '\0';
	bool kept = desk_mail_load(app, &mail, error) && mail->secret_store(source, line, error);
	explicit_bzero(line, sizeof line);
	return kept;
}

/* Proves the settings by a login. */
static bool probe(App *app, const MailSetup *setup, GError **error)
{
	const MailModule *mail = NULL;
	const NetModule *net = NULL;
	char *secret = NULL;
	if (!desk_mail_load(app, &mail, error) || !desk_net_load(app, &net, error))
		return false;
	if (setup->server.auth != SMTP_AUTH_NONE && !mail->secret_load(&setup->secret, &secret, error))
		return false;
	bool good = net->probe(&setup->server, secret, error);
	mail->secret_free(secret);
	return good;
}

static bool config_mail(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	const MailModule *mail = NULL;
	MailSetup setup = {0};
	const char *address = op_args_get(args, "address");
	if (address != NULL && !find_provider(app, address, op_args_has(args, "host"), printer, error))
		return false;
	set_setting(app, "mail.host", op_args_get(args, "host"));
	set_setting(app, "mail.port", op_args_get(args, "port"));
	set_setting(app, "mail.security", op_args_get(args, "security"));
	set_setting(app, "mail.auth", op_args_get(args, "auth"));
	set_setting(app, "mail.user", op_args_get(args, "user"));
	set_path(app, "mail.ca-file", op_args_get(args, "ca-file"));
	set_secret(app, args, "mail");
	if (!dispatch_setup_load(app, &setup, error) || !desk_mail_load(app, &mail, error) ||
		!mail->server_check(&setup.server, error) || !keep_in_keyring(app, args, &setup.secret, error))
		return false;
	if (!op_args_has(args, "no-probe") && !probe(app, &setup, error))
		return false;
	if (!store_account_save(app->store, app->account, error))
		return false;
	printer_say(printer, SAY_GOOD, op_args_has(args, "no-probe") ? "Kept, without a login." : "The login works; kept.");
	printer_break(printer);
	return true;
}

/* True if an option's help has a part for the topic: "me: …; mail: …", or is for several: "mail, inbox: …". */
static bool is_of_topic(const char *help, const char *topic)
{
	g_autofree char *further = g_strconcat("; ", topic, ": ", NULL), *first = g_strndup(help, strcspn(help, ":"));
	g_auto(GStrv) owners = g_strsplit(first, ", ", -1);
	return g_strv_contains((const char *const *)owners, topic) || strstr(help, further) != NULL;
}

/* ---- inbox ---- */

/* The server behind the address, and the ways to log in that are set up for sending, if it is the same account. */
static bool find_mailbox(App *app, const char *address, bool said, Printer *printer, GError **error)
{
	const MailModule *mail = NULL;
	MailProvider provider = {0};
	if (!desk_mail_load(app, &mail, error) || !mail->provider_find(address, &provider, error))
		return false;
	bool same = g_strcmp0(address, desk_setting(app, "mail.from")) == 0 && desk_setting(app, "mail.auth") != NULL &&
				strcmp(desk_setting(app, "mail.auth"), "none") != 0;
	g_autofree char *port = g_strdup_printf("%d", provider.imap_port);
	g_autofree char *auth = g_strdup(same ? desk_setting(app, "mail.auth") : smtp_auth_word(provider.auth));
	g_autofree char *user = g_strdup(same ? desk_setting(app, "mail.user") : address);
	set_setting(app, "inbox.host", provider.imap_host);
	set_setting(app, "inbox.port", port);
	set_setting(app, "inbox.security", smtp_security_word(provider.imap_security));
	set_setting(app, "inbox.auth", auth);
	set_setting(app, "inbox.user", user);
	if (same && desk_setting(app, "mail.ca-file") != NULL) {
		g_autofree char *file = g_strdup(desk_setting(app, "mail.ca-file"));
		set_setting(app, "inbox.ca-file", file);
	}
	if (said)
		return true;
	if (provider.guessed)
		printer_say(
			printer, SAY_WARNING, "The server %s is a guess from the address; --imap says another.",
			provider.imap_host);
	else
		printer_say(
			printer, SAY_TEXT, "%s: server %s, port %d, %s.", provider.name, provider.imap_host, provider.imap_port,
			smtp_security_word(provider.imap_security));
	if (provider.hint != NULL)
		printer_say_text(printer, SAY_DETAIL, provider.hint);
	return true;
}

/* One kind of mailbox takes the place of the other. */
static void clear_mailbox(App *app)
{
	static const char *const keys[] = {"maildir", "host", "port", "security", "auth", "user", "folder", "ca-file"};
	for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
		g_autofree char *key = g_strconcat("inbox.", keys[i], NULL);
		set_setting(app, key, "-");
	}
}

/* Nothing is asked where all is said; without an address the one for sending is meant. */
static bool choose_mailbox(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	const char *maildir = op_args_get(args, "maildir"), *host = op_args_get(args, "imap");
	const char *address = op_args_get(args, "address");
	if (maildir != NULL && (host != NULL || address != NULL))
		return base_error_set(
			error, BASE_ERROR_INVALID, "maildir", "A mailbox is a folder or on a server; say --maildir or --imap.");
	if (maildir != NULL) {
		clear_mailbox(app);
		set_path(app, "inbox.maildir", maildir);
		return true;
	}
	if (address == NULL && (host != NULL || !inbox_is_set_up(app)))
		address = desk_setting(app, "mail.from") != NULL ? desk_setting(app, "mail.from") : app->account->me.email;
	if (address == NULL && host == NULL)
		return inbox_is_set_up(app) || base_error_set(
										   error, BASE_ERROR_INVALID, "address",
										   "Say which mailbox: --address ADDRESS, --imap HOST, or --maildir FOLDER.");
	if (address == NULL) { /* all but the host is usual, or said */
		clear_mailbox(app);
		return true;
	}
	g_autofree char *of = g_strdup(address);
	clear_mailbox(app);
	return find_mailbox(app, of, host != NULL, printer, error);
}

static bool probe_mailbox(App *app, const InboxSetup *setup, GError **error)
{
	Mailbox *mailbox = NULL;
	if (!inbox_open(app, setup, &mailbox, error))
		return false;
	app->mail->mailbox_close(mailbox);
	return true;
}

static bool config_inbox(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	g_auto(InboxSetup) setup = {0};
	const MailModule *mail = NULL;
	if (!choose_mailbox(app, args, printer, error))
		return false;
	set_setting(app, "inbox.host", op_args_get(args, "imap"));
	set_setting(app, "inbox.port", op_args_get(args, "port"));
	set_setting(app, "inbox.security", op_args_get(args, "security"));
	set_setting(app, "inbox.auth", op_args_get(args, "auth"));
	set_setting(app, "inbox.user", op_args_get(args, "user"));
	set_setting(app, "inbox.folder", op_args_get(args, "folder"));
	set_path(app, "inbox.ca-file", op_args_get(args, "ca-file"));
	set_secret(app, args, "inbox");
	if (op_args_has(args, "secret-command") || op_args_has(args, "secret-file"))
		set_setting(app, "inbox.secret-keyring", "-");
	if (op_args_has(args, "secret-keyring"))
		set_setting(app, "inbox.secret-keyring", "yes");
	if (!inbox_is_set_up(app)) { /* "-": it is read no more */
		printer_say(printer, SAY_GOOD, "No mailbox is read any more.");
		printer_break(printer);
		return store_account_save(app->store, app->account, error);
	}
	if (!inbox_setup_load(app, &setup, error) || !desk_mail_load(app, &mail, error) ||
		(setup.maildir == NULL && !mail->server_check(&setup.server, error)) ||
		!keep_in_keyring(app, args, &setup.secret, error))
		return false;
	if (!op_args_has(args, "no-probe") && !probe_mailbox(app, &setup, error))
		return false;
	if (!store_account_save(app->store, app->account, error))
		return false;
	printer_say(
		printer, SAY_GOOD,
		op_args_has(args, "no-probe") ? "Kept, without a login."
		: setup.maildir != NULL       ? "The folder can be read; kept."
									  : "The login works; kept.");
	printer_say(printer, SAY_COMMAND, "followup watch --once");
	printer_break(printer);
	return true;
}

/* Options belong to some of the topics, which their help begins with. */
static bool check_topic(const OpArgs *args, const char *topic, GError **error)
{
	const Op *op = op_find("config");
	for (const OpParam *param = op->params; param->name != NULL; param++) {
		const char *colon = strchr(param->help, ':');
		if ((param->flags & PARAM_POSITIONAL) != 0 || colon == NULL || !op_args_has(args, param->name))
			continue;
		g_autofree char *owner = g_strndup(param->help, strcspn(param->help, ",:"));
		if (!is_of_topic(param->help, topic))
			return base_error_set(
				error, BASE_ERROR_INVALID, param->name, "--%s is an option of: followup config %s", param->name, owner);
	}
	return true;
}

/* ---- calendar ---- */

static bool probe_calendar(App *app, const CalendarSetup *setup, GError **error)
{
	DavSession *session = NULL;
	if (!calendar_open(app, setup, &session, error))
		return false;
	app->net->dav_close(session);
	return true;
}

static bool config_calendar(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	const NetModule *net = NULL;
	CalendarSetup setup = {0};
	bool probed = !op_args_has(args, "no-probe");
	set_setting(app, "calendar.url", op_args_get(args, "url"));
	set_setting(app, "calendar.user", op_args_get(args, "user"));
	set_setting(app, "calendar.auth", op_args_get(args, "auth"));
	set_path(app, "calendar.ca-file", op_args_get(args, "ca-file"));
	set_setting(app, "calendar.automatic", op_args_get(args, "automatic"));
	set_secret(app, args, "calendar");
	if (desk_setting(app, "calendar.url") == NULL) {
		printer_say(printer, SAY_GOOD, "No calendar is published any more; what was stays on the server.");
		printer_break(printer);
		return store_account_save(app->store, app->account, error);
	}
	if (!calendar_setup_load(app, &setup, error) || !desk_net_load(app, &net, error) ||
		!net->dav_check(&setup.server, error) || !keep_in_keyring(app, args, &setup.secret, error) ||
		(probed && !probe_calendar(app, &setup, error)) || !store_account_save(app->store, app->account, error))
		return false;
	printer_say(printer, SAY_GOOD, probed ? "The calendar is there; kept." : "Kept, without a login.");
	printer_say(printer, SAY_COMMAND, "followup calendar publish");
	if (g_strcmp0(desk_setting(app, "calendar.automatic"), "no") != 0)
		printer_say_text(printer, SAY_DETAIL, "\"followup serve\" does that by itself.");
	printer_break(printer);
	return true;
}

bool op_config(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	const char *topic = op_args_has(args, "topic") ? op_args_get(args, "topic") : "show";
	bool changes = strcmp(topic, "show") != 0;
	if (!check_topic(args, topic, error) || !desk_open(app, changes ? OP_STORE_WRITE : OP_STORE_READ, error))
		return false;
	if (strcmp(topic, "me") == 0 && !config_me(app, args, printer, error))
		return false;
	if (strcmp(topic, "mail") == 0 && !config_mail(app, args, printer, error))
		return false;
	if (strcmp(topic, "inbox") == 0 && !config_inbox(app, args, printer, error))
		return false;
	if (strcmp(topic, "review") == 0 && !config_review(app, args, error))
		return false;
	if (strcmp(topic, "calendar") == 0 && !config_calendar(app, args, printer, error))
		return false;
	if (strcmp(topic, "reminders") == 0 && !remind_configure(app, args, error))
		return false;
	if (strcmp(topic, "desk") == 0 && !desk_password_configure(app, args, error))
		return false;
	if (strcmp(topic, "me") == 0 || strcmp(topic, "review") == 0 || strcmp(topic, "reminders") == 0 ||
		strcmp(topic, "desk") == 0) {
		printer_say(printer, SAY_GOOD, "Kept.");
		printer_break(printer);
	}
	tell_config(app, printer);
	return true;
}
