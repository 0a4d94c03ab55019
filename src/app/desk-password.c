/* desk-password.c - one line in, what is kept of it in the database.
 */
#include "desk-password.h"

#include "desk.h"
#include "door-load.h"

#include <app/access.h>
#include <string.h>

enum { LINE_BYTES = 1200 }; /* more than any password that is taken */

static bool read_password(const OpArgs *args, char line[LINE_BYTES], GError **error)
{
	FILE *input = op_args_get_input(args);
	if (input == NULL || fgets(line, LINE_BYTES, input) == NULL)
		return base_error_set(
			error, BASE_ERROR_INVALID, "password-stdin",
			"No password came in; give one line on standard input, or leave out --password-stdin on a terminal to be "
			"asked.");
	line[strcspn(line, "\r\n")] = '\0';
	return true;
}

static bool make_password(App *app, const OpArgs *args, char **ret_kept, GError **error)
{
	const DoorModule *door = NULL;
	char line[LINE_BYTES] = "";
	bool good =
		door_load(app, &door, error) && read_password(args, line, error) && door->make_password(line, ret_kept, error);
	explicit_bzero(line, sizeof line);
	return good;
}

bool desk_password_configure(App *app, const OpArgs *args, GError **error)
{
	g_autofree char *kept = NULL;
	int ended = 0;
	bool none = op_args_has(args, "no-password");
	if (none && op_args_has(args, "password-stdin"))
		return base_error_set(
			error, BASE_ERROR_INVALID, "no-password", "Say --no-password or --password-stdin, not both.");
	return (none || make_password(app, args, &kept, error)) && app_password_save(app, kept, error) &&
		   app_access_end_others(app, false, 0, &ended, error);
}
