/* desk-password.h - the password of the desk in the browser, as "config desk" keeps it.
 *
 * For the files of this room only.
 */
#pragma once

#include <app/app.h>

/* Takes a new password from the first line of the input, or takes it away (--no-password); all browsers have to come in
 * anew. INVALID where there is no input. */
bool desk_password_configure(App *app, const OpArgs *args, GError **error) G_GNUC_WARN_UNUSED_RESULT;
