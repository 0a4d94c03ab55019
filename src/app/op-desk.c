/* op-desk.c - followup desk, followup mcp: open a door beside the command line.
 *
 * Checks where it shall listen; everything else is the door's.
 */
#include "door-load.h"
#include "ops.h"

#include <base/text.h>
#include <stdlib.h>

static bool refuse_listen(const char *text, GError **error)
{
	g_autofree char *shown = text_to_show(text, 60);
	return base_error_set(
		error, BASE_ERROR_INVALID, "listen",
		"\"%s\" is no place to listen at; a port such as 7474, or an address and a port such as 127.0.0.1:7474 or "
		"[::1]:7474, would be right.",
		shown);
}

/* "7474", "127.0.0.1:7474", "[::1]:7474"; the address goes to *ret_address. */
static bool read_listen(const char *text, char **ret_address, int *ret_port, GError **error)
{
	const char *colon = strrchr(text, ':'), *digits = colon == NULL ? text : colon + 1;
	char *end = NULL;
	long port = strtol(digits, &end, 10);
	size_t length = colon == NULL ? 0 : (size_t)(colon - text);
	if (!g_ascii_isdigit(digits[0]) || *end != '\0' || port > 65535)
		return refuse_listen(text, error);
	if (length >= 2 && text[0] == '[' && text[length - 1] == ']')
		*ret_address = g_strndup(text + 1, length - 2);
	else if (length == 0 || memchr(text, ':', length) == NULL)
		*ret_address = length == 0 ? g_strdup("127.0.0.1") : g_strndup(text, length);
	else
		return refuse_listen(text, error);
	*ret_port = (int)port;
	return true;
}

bool op_desk(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	const char *listen = op_args_get(args, "listen");
	g_autofree char *address = NULL;
	const DoorModule *door = NULL;
	DeskSetup setup = {
		.port = DESK_PORT,
		.any_port = listen == NULL,
		.certificate = op_args_get(args, "certificate"),
		.key = op_args_get(args, "key"),
		.hosts = op_args_get_all(args, "host"),
		.behind_proxy = op_args_has(args, "behind-proxy"),
		.open_browser = op_args_has(args, "open"),
		.with_serve = op_args_has(args, "serve"),
	};
	if ((setup.certificate == NULL) != (setup.key == NULL))
		return base_error_set(
			error, BASE_ERROR_INVALID, "key",
			"TLS takes both a certificate and its key; give --certificate and --key.");
	if (listen != NULL && !read_listen(listen, &address, &setup.port, error))
		return false;
	setup.address = address == NULL ? "127.0.0.1" : address;
	return door_load(app, &door, error) && door->serve_desk(app, &setup, printer, error);
}

bool op_mcp(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	const DoorModule *door = NULL;
	FILE *input = op_args_get_input(args);
	return door_load(app, &door, error) && (input == NULL || door->serve_mcp(app, input, stdout, error));
}
