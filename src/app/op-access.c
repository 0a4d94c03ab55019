/* op-access.c - followup access: who may come in to the desk; a token for a program, and its end.
 *
 * A token is shown once, when it is made; nobody can show it again.
 */
#include "ops.h"

#include <app/access.h>
#include <stdlib.h>
#include <sys/random.h>

enum { SECRET_BYTES = 32 };

static void tell_entry(const App *app, const AccessEntry *entry, Printer *printer)
{
	g_autofree char *number = g_strdup_printf("%" G_GINT64_FORMAT, entry->number);
	g_autofree char *seen = when_say(app->zone, entry->seen_at, app->now);
	g_autofree char *seen_text = g_strconcat("seen ", seen, NULL);
	const char *kind = entry->is_token ? "token" : "browser";
	printer_object(printer, NULL);
	printer_integer(printer, "number", NULL, entry->number);
	printer_string(printer, "kind", NULL, kind);
	printer_string(printer, "name", NULL, entry->name);
	printer_boolean(printer, "may_send", entry->may_send);
	printer_time(printer, "created_at", app->zone, entry->created_at);
	printer_time(printer, "seen_at", app->zone, entry->seen_at);
	printer_string(printer, "seen", NULL, seen);
	printer_time(printer, "expires_at", app->zone, entry->expires_at);
	printer_row(
		printer,
		(const char *const[]){number, entry->may_send ? "token, may send" : kind, entry->name, seen_text, NULL});
	printer_object_end(printer);
}

static bool list(App *app, Printer *printer, GError **error)
{
	g_autoptr(GPtrArray) entries = NULL;
	if (!app_access_list(app, &entries, error))
		return false;
	printer_object(printer, NULL);
	printer_list(printer, "access");
	for (guint i = 0; i < entries->len; i++)
		tell_entry(app, g_ptr_array_index(entries, i), printer);
	printer_list_end(printer);
	if (entries->len == 0)
		printer_say(printer, SAY_TEXT, "Nobody is signed in, and no program has a token.");
	printer_say(printer, SAY_COMMAND, "followup access token \"a program's name\"");
	printer_object_end(printer);
	return true;
}

/* 32 random bytes as base64url, without its padding. Free with g_free. */
static char *make_secret(void)
{
	guint8 bytes[SECRET_BYTES];
	size_t have = 0;
	while (have < sizeof bytes) {
		ssize_t got = getrandom(bytes + have, sizeof bytes - have, 0);
		have += got > 0 ? (size_t)got : 0;
	}
	char *text = g_base64_encode(bytes, sizeof bytes);
	text[strcspn(text, "=")] = '\0';
	g_strdelimit(text, "+", '-');
	return g_strdelimit(text, "/", '_');
}

static bool read_expiry(App *app, const OpArgs *args, int64_t *ret_at, GError **error)
{
	When when = {.at = TIME_NONE};
	if (op_args_has(args, "until") && !desk_when(app, args, "until", app->zone, WHEN_AHEAD, &when, error))
		return false;
	if (when.at != TIME_NONE && when.at <= app->now)
		return base_error_set(
			error, BASE_ERROR_INVALID, "until", "--until lies in the past; a token ends later than now.");
	*ret_at = when.at;
	return true;
}

static bool add_token(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	const char *name = op_args_get(args, "name");
	int64_t number = 0;
	AccessOffer offer = {.name = name, .is_token = true, .may_send = op_args_has(args, "may-send")};
	if (name == NULL)
		return base_error_set(
			error, BASE_ERROR_INVALID, "name", "Say what the token is for: followup access token \"a program's name\"");
	if (!desk_open(app, OP_STORE_WRITE, error) || !read_expiry(app, args, &offer.expires_at, error))
		return false;
	g_autofree char *secret = make_secret();
	offer.secret = secret;
	if (!app_access_add(app, &offer, &number, error))
		return false;
	printer_object(printer, NULL);
	printer_integer(printer, "number", NULL, number);
	printer_string(printer, "name", NULL, name);
	printer_boolean(printer, "may_send", offer.may_send);
	printer_time(printer, "expires_at", app->zone, offer.expires_at);
	printer_string(printer, "secret", NULL, secret);
	printer_say(printer, SAY_GOOD, "The token of \"%s\", shown this once:", name);
	printer_say_text(printer, SAY_QUOTE, secret);
	printer_say(
		printer, SAY_DETAIL, "%s",
		offer.may_send ? "With it a program may read everything, and approve and send notes."
					   : "With it a program may read and propose everything; approving and sending stays with you.");
	printer_say(printer, SAY_COMMAND, "followup access end %" G_GINT64_FORMAT, number);
	printer_object_end(printer);
	return true;
}

static bool read_number(const char *text, int64_t *ret_number, GError **error)
{
	char *end = NULL;
	int64_t number = text == NULL ? 0 : g_ascii_strtoll(text, &end, 10);
	if (number < 1 || *end != '\0')
		return base_error_set(
			error, BASE_ERROR_INVALID, "name",
			"Say by its number whose access ends: followup access end 3; \"followup access\" lists them.");
	*ret_number = number;
	return true;
}

static bool end_one(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	int64_t number = 0;
	if (!read_number(op_args_get(args, "name"), &number, error) || !app_access_end(app, number, error))
		return false;
	printer_object(printer, NULL);
	printer_integer(printer, "ended", NULL, 1);
	printer_say(printer, SAY_GOOD, "Number %" G_GINT64_FORMAT " may not come in any more.", number);
	printer_object_end(printer);
	return true;
}

/* Everybody, or everybody but one. */
static bool end_all(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	int64_t kept = op_args_get_int(args, "but", 0);
	int browsers = 0, tokens = 0;
	if (op_args_has(args, "name"))
		return base_error_set(
			error, BASE_ERROR_INVALID, "all", "Say a number, or --all; not both. One of all is kept by --but.");
	if (!app_access_end_others(app, false, kept, &browsers, error) ||
		!app_access_end_others(app, true, kept, &tokens, error))
		return false;
	printer_object(printer, NULL);
	printer_integer(printer, "ended", NULL, browsers + tokens);
	printer_say(
		printer, SAY_GOOD, "%d browser%s and %d token%s may not come in any more.", browsers, browsers == 1 ? "" : "s",
		tokens, tokens == 1 ? "" : "s");
	printer_object_end(printer);
	return true;
}

/* What goes with one action only. */
static bool check_options(const OpArgs *args, const char *action, GError **error)
{
	static const struct {
		const char *name, *action;
	} options[] = {{"may-send", "token"}, {"until", "token"}, {"all", "end"}, {"but", "end"}};
	for (size_t i = 0; i < G_N_ELEMENTS(options); i++)
		if (op_args_has(args, options[i].name) && strcmp(action, options[i].action) != 0)
			return base_error_set(
				error, BASE_ERROR_INVALID, options[i].name, "--%s goes with: followup access %s", options[i].name,
				options[i].action);
	if (op_args_has(args, "but") && !op_args_has(args, "all"))
		return base_error_set(
			error, BASE_ERROR_INVALID, "but", "--but goes with --all: followup access end --all --but 3");
	return true;
}

bool op_access(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	const char *action = op_args_has(args, "action") ? op_args_get(args, "action") : "list";
	if (!check_options(args, action, error))
		return false;
	if (strcmp(action, "token") == 0)
		return add_token(app, args, printer, error);
	if (strcmp(action, "end") == 0)
		return op_args_has(args, "all") ? end_all(app, args, printer, error) : end_one(app, args, printer, error);
	return list(app, printer, error);
}
