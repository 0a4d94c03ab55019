/* error.c - the error domain: a code, a sentence, and the place it was found at.
 *
 * The place travels inside the GError (an extended domain), so that it survives copying and propagation.
 */
#include <base/error.h>

typedef struct BaseErrorPrivate {
	char *where; /* or NULL */
} BaseErrorPrivate;

static void base_error_private_init(BaseErrorPrivate *priv)
{
	priv->where = NULL;
}

static void base_error_private_copy(const BaseErrorPrivate *from, BaseErrorPrivate *to)
{
	to->where = g_strdup(from->where);
}

static void base_error_private_clear(BaseErrorPrivate *priv)
{
	g_free(priv->where);
}

/* As GLib lays extended errors out: the private part stands before the public one, on two words' alignment. */
static BaseErrorPrivate *base_error_get_private(const GError *error)
{
	const gsize alignment = 2 * sizeof(gsize);
	const gsize size = (sizeof(BaseErrorPrivate) + alignment - 1) & -alignment;
	return (BaseErrorPrivate *)((guint8 *)error - size);
}

static void init(GError *error)
{
	base_error_private_init(base_error_get_private(error));
}

static void copy(const GError *from, GError *to)
{
	base_error_private_copy(base_error_get_private(from), base_error_get_private(to));
}

static void clear(GError *error)
{
	base_error_private_clear(base_error_get_private(error));
}

/* Written out where G_DEFINE_EXTENDED_ERROR would do: a module that is loaded at run time brings a copy of this room,
 * and the domain must be registered by whoever comes first, once. */
GQuark base_error_quark(void)
{
	static gsize quark;
	if (g_once_init_enter(&quark)) {
		GQuark known = g_quark_try_string("followup-error");
		if (known == 0)
			known = g_error_domain_register_static("followup-error", sizeof(BaseErrorPrivate), init, copy, clear);
		g_once_init_leave(&quark, known);
	}
	return (GQuark)quark;
}

bool base_error_set(GError **error, BaseErrorCode code, const char *where, const char *format, ...)
{
	if (error == NULL)
		return false;
	va_list arguments;
	va_start(arguments, format);
	GError *fresh = g_error_new_valist(BASE_ERROR, (int)code, format, arguments);
	va_end(arguments);
	base_error_get_private(fresh)->where = g_strdup(where);
	g_propagate_error(error, fresh);
	return false;
}

const char *base_error_get_where(const GError *error)
{
	return error != NULL && error->domain == BASE_ERROR ? base_error_get_private(error)->where : NULL;
}

const char *base_error_code_word(int code)
{
	static const char *const words[] = {
		[BASE_ERROR_INVALID] = "invalid",     [BASE_ERROR_MISSING] = "missing",     [BASE_ERROR_CONFLICT] = "conflict",
		[BASE_ERROR_TEMPORARY] = "temporary", [BASE_ERROR_UNCERTAIN] = "uncertain", [BASE_ERROR_INTERNAL] = "internal",
	};
	return code >= 0 && code < (int)G_N_ELEMENTS(words) ? words[code] : words[BASE_ERROR_INTERNAL];
}
