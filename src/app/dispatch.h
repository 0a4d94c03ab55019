/* dispatch.h - the way of an approved note: into the outbox, and out of the house.
 *
 * For the files of this room only.
 */
#pragma once

#include "desk.h"

/* When an approved note fits: at once within working hours of the employer's zone (Monday to Friday, no holiday, 08:00
 * to 18:00), else when they begin next, unless the due time would pass; never before the step opens. */
int64_t dispatch_fitting_time(const Facts *facts, int64_t now, int64_t opens, int64_t due);

/* How the mail account is set up; strings borrowed from the app's account. CONFLICT where it is not. */
typedef struct MailSetup {
	SmtpServer server;
	MailSecretSource secret;
	const char *from_name, *from_address;
} MailSetup;

bool dispatch_setup_load(const App *app, MailSetup *ret_setup, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Puts a draft into the outbox: its Message-ID is fixed here, and the thread it continues. */
bool dispatch_enqueue(App *app, Case *item, Change *change, int draft, int64_t send_at, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* What became of notes in one pass. */
typedef struct DispatchCounts {
	int sent, refused, retry, unknown, held, waiting;
} DispatchCounts;

/* Sends what is approved and whose time has come, whatever the account: claims, checks again (E1, E2, E12), composes,
 * sends, settles. Tells each note. A mail account that does not work is an error, and everything claimed is given back.
 */
bool dispatch_run(App *app, Printer *printer, DispatchCounts *ret_counts, GError **error) G_GNUC_WARN_UNUSED_RESULT;
