/* op-config.c - followup config: who you are, your zone and playbook, holidays, and the mail account.
 *
 * A password or token is never taken, kept or shown: only where it is to be had.
 */
#include "dispatch.h"
#include "intake.h"
#include "ops.h"

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

static void tell_string(Printer *printer, const char *key, const char *label, const char *value)
{
	printer_string(printer, key, NULL, value);
	printer_row(printer, (const char *const[]){label, value == NULL ? "-" : value, NULL});
}

static char *join(const GPtrArray *items)
{
	GString *text = g_string_new(NULL);
	for (guint i = 0; i < items->len; i++)
		g_string_append_printf(text, "%s%s", i == 0 ? "" : ", ", (const char *)g_ptr_array_index(items, i));
	return g_string_free(text, FALSE);
}

static char *join_days(const GArray *days)
{
	GString *text = g_string_new(NULL);
	char buffer[DAY_TEXT_BYTES];
	for (guint i = 0; i < days->len; i++)
		g_string_append_printf(text, "%s%s", i == 0 ? "" : ", ", day_format(g_array_index(days, Day, i), buffer));
	return g_string_free(text, FALSE);
}

static void tell_config(App *app, Printer *printer)
{
	const Account *account = app->account;
	g_autofree char *skills = join(account->me.skills), *holidays = join_days(account->holidays);
	printer_object(printer, NULL);
	tell_string(printer, "name", "name", account->me.name);
	tell_string(printer, "email", "e-mail", account->me.email);
	tell_string(printer, "phone", "phone", account->me.phone);
	tell_string(printer, "linkedin", "LinkedIn", account->me.linkedin);
	tell_string(printer, "skills", "skills", skills[0] == '\0' ? NULL : skills);
	tell_string(printer, "zone", "time zone", zone_get_name(app->zone));
	tell_string(
		printer, "playbook", "playbook",
		desk_setting(app, "playbook") == NULL ? "standard" : desk_setting(app, "playbook"));
	tell_string(printer, "holidays", "holidays", holidays[0] == '\0' ? NULL : holidays);
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
	};
	for (size_t i = 0; i < G_N_ELEMENTS(keys); i++)
		if (desk_setting(app, keys[i][0]) != NULL)
			tell_string(printer, keys[i][0], keys[i][1], desk_setting(app, keys[i][0]));
	printer_object_end(printer);
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
	for (guint i = 0; i < texts->len; i++) {
		When when = {0};
		if (!when_parse(g_ptr_array_index(texts, i), app->zone, app->now, WHEN_AHEAD, &when, error))
			return false;
		GArray *days = app->account->holidays;
		guint place = 0;
		while (place < days->len && g_array_index(days, Day, place) < when.day)
			place++;
		if (place == days->len || g_array_index(days, Day, place) != when.day)
			g_array_insert_val(days, place, when.day);
	}
	return true;
}

static bool config_me(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	Me *me = &app->account->me;
	const char *playbook = op_args_get(args, "playbook");
	const Playbook *loaded = NULL;
	if (!intake_check_address(app, op_args_get(args, "email"), error) ||
		!set_zone(app, op_args_get(args, "zone"), error) ||
		(playbook != NULL && !desk_playbook_load(app, playbook, &loaded, error)) || !add_holidays(app, args, error))
		return false;
	intake_field(&me->name, op_args_get(args, "name"));
	intake_field(&me->email, op_args_get(args, "email"));
	intake_field(&me->phone, op_args_get(args, "phone"));
	intake_field(&me->linkedin, op_args_get(args, "linkedin"));
	set_setting(app, "playbook", playbook);
	const GPtrArray *skills = op_args_get_all(args, "skill");
	for (guint i = 0; i < skills->len; i++)
		if (!g_ptr_array_find_with_equal_func(me->skills, g_ptr_array_index(skills, i), g_str_equal, NULL))
			g_ptr_array_add(me->skills, g_strdup(g_ptr_array_index(skills, i)));
	int64_t count = 0;
	bool plans_change = playbook != NULL || op_args_has(args, "holiday");
	return store_account_save(app->store, app->account, error) &&
		   (!plans_change || recompute_all(app, printer, &count, error));
}

/* ---- mail ---- */

static bool find_provider(App *app, const char *address, Printer *printer, GError **error)
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

static void set_secret(App *app, const OpArgs *args)
{
	static const char *const keys[][2] = {
		{"secret-command", "mail.secret-command"}, {"secret-file", "mail.secret-file"}};
	bool any = op_args_has(args, "secret-keyring");
	for (size_t i = 0; i < G_N_ELEMENTS(keys); i++)
		any = any || op_args_has(args, keys[i][0]);
	for (size_t i = 0; i < G_N_ELEMENTS(keys) && any; i++)
		set_setting(app, keys[i][1], op_args_has(args, keys[i][0]) ? op_args_get(args, keys[i][0]) : "-");
}

/* A secret that comes in on standard input goes to the keyring, and nowhere else. */
static bool keep_in_keyring(App *app, const OpArgs *args, const MailSetup *setup, GError **error)
{
	const MailModule *mail = NULL;
	char line[1024];
	if (!op_args_has(args, "secret-keyring") || op_args_get_input(args) == NULL ||
		fgets(line, sizeof line, op_args_get_input(args)) == NULL)
		return true;
	line[strcspn(line, "\r\n")] = '\0';
	bool kept = desk_mail_load(app, &mail, error) && mail->secret_store(&setup->secret, line, error);
	explicit_bzero(line, sizeof line);
	return kept;
}

/* Proves the settings by a login. */
static bool probe(App *app, const MailSetup *setup, GError **error)
{
	const MailModule *mail = NULL;
	char *secret = NULL;
	if (!desk_mail_load(app, &mail, error))
		return false;
	if (setup->server.auth != SMTP_AUTH_NONE && !mail->secret_load(&setup->secret, &secret, error))
		return false;
	bool good = mail->probe(&setup->server, secret, error);
	mail->secret_free(secret);
	return good;
}

static bool config_mail(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	const MailModule *mail = NULL;
	MailSetup setup = {0};
	const char *address = op_args_get(args, "address");
	if (address != NULL && !find_provider(app, address, printer, error))
		return false;
	set_setting(app, "mail.host", op_args_get(args, "host"));
	set_setting(app, "mail.port", op_args_get(args, "port"));
	set_setting(app, "mail.security", op_args_get(args, "security"));
	set_setting(app, "mail.auth", op_args_get(args, "auth"));
	set_setting(app, "mail.user", op_args_get(args, "user"));
	set_setting(app, "mail.ca-file", op_args_get(args, "ca-file"));
	set_secret(app, args);
	if (!dispatch_setup_load(app, &setup, error) || !desk_mail_load(app, &mail, error) ||
		!mail->server_check(&setup.server, error) || !keep_in_keyring(app, args, &setup, error))
		return false;
	if (!op_args_has(args, "no-probe") && !probe(app, &setup, error))
		return false;
	if (!store_account_save(app->store, app->account, error))
		return false;
	printer_say(printer, SAY_GOOD, op_args_has(args, "no-probe") ? "Kept, without a login." : "The login works; kept.");
	printer_break(printer);
	return true;
}

bool op_config(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	const char *topic = op_args_get(args, "topic");
	if (topic != NULL && strcmp(topic, "me") == 0 && !config_me(app, args, printer, error))
		return false;
	if (topic != NULL && strcmp(topic, "mail") == 0 && !config_mail(app, args, printer, error))
		return false;
	tell_config(app, printer);
	return true;
}
