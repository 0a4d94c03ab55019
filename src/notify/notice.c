/* notice.c - one call on a connection of its own, which is closed again.
 *
 * The shared connection of GIO would end the program when the desktop's session ends.
 */
#include <notify/notice.h>

#include <base/error.h>
#include <gio/gio.h>
#include <string.h>

enum { ANSWER_MS = 5000 };

/* Nothing is started for the sake of a notice: a bus is there, or there is none. */
static char *find_bus(void)
{
	const char *said = g_getenv("DBUS_SESSION_BUS_ADDRESS");
	if (said != NULL && said[0] != '\0')
		return g_strdup(said);
	g_autofree char *path = g_build_filename(g_get_user_runtime_dir(), "bus", NULL);
	return g_file_test(path, G_FILE_TEST_EXISTS) ? g_strconcat("unix:path=", path, NULL) : NULL;
}

static GVariant *make_call(const Notice *notice)
{
	GVariantBuilder hints, actions;
	g_autofree char *body = g_markup_escape_text(notice->body == NULL ? "" : notice->body, -1);
	g_variant_builder_init(&actions, G_VARIANT_TYPE("as"));
	g_variant_builder_init(&hints, G_VARIANT_TYPE("a{sv}"));
	g_variant_builder_add(&hints, "{sv}", "urgency", g_variant_new_byte(notice->urgent ? 2 : 1));
	g_variant_builder_add(&hints, "{sv}", "category", g_variant_new_string("email"));
	return g_variant_new(
		"(susssasa{sv}i)", "followup", 0, "appointment-soon", notice->summary, body, &actions, &hints, -1);
}

static bool refuse(const GError *failure, GError **error)
{
	bool nobody = g_error_matches(failure, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN) ||
				  g_error_matches(failure, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER);
	return base_error_set(
		error, nobody ? BASE_ERROR_MISSING : BASE_ERROR_TEMPORARY, "desktop",
		nobody ? "No program on this desktop shows notices (%s)." : "The desktop did not show the notice (%s).",
		failure->message);
}

bool notice_show(const Notice *notice, GError **error)
{
	const GDBusConnectionFlags flags =
		G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION;
	g_autofree char *address = find_bus();
	g_autoptr(GError) failure = NULL;
	if (address == NULL)
		return base_error_set(
			error, BASE_ERROR_MISSING, "desktop",
			"There is no desktop session here to show notices on; switch them off with: followup config reminders "
			"--desktop no");
	g_autoptr(GDBusConnection) bus = g_dbus_connection_new_for_address_sync(address, flags, NULL, NULL, &failure);
	if (bus == NULL)
		return refuse(failure, error);
	g_autoptr(GVariant) answer = g_dbus_connection_call_sync(
		bus, "org.freedesktop.Notifications", "/org/freedesktop/Notifications", "org.freedesktop.Notifications",
		"Notify", make_call(notice), G_VARIANT_TYPE("(u)"), G_DBUS_CALL_FLAGS_NONE, ANSWER_MS, NULL, &failure);
	(void)g_dbus_connection_close_sync(bus, NULL, NULL);
	return answer != NULL || refuse(failure, error);
}
