/* wire.h - a logged-in connection to a mail server, as bytes out and replies in.
 *
 * libcurl connects, checks the certificate, and logs in; from then on commands are written and replies read here, each
 * with a deadline.  It knows the form of a reply and no command.
 */
#pragma once

#include <mail/smtp.h>

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct Wire Wire;

typedef struct WireReply {
	int code;                   /* 200 to 599; 0 where no reply came, and text says why */
	char text[SMTP_TEXT_BYTES]; /* without the code; one line of printable UTF-8 */
} WireReply;

/* Connects and logs in; errors as smtp_open. Release with wire_close. */
bool wire_open(const SmtpServer *server, const char *secret, Wire **ret_wire, GError **error);

/* Takes leave (QUIT) where the connection is in order, and frees; NULL is fine. */
void wire_close(Wire *wire);

/* Whether the server offered to take commands in groups (RFC 2920). */
bool wire_has_pipelining(const Wire *wire);

/* Whether the connection can still be used: false after any failure, a 421, or wire_cut. */
bool wire_is_open(const Wire *wire);

/* Gives the connection up, and notes why (static text) for the replies still asked for: nothing more goes over it. */
void wire_cut(Wire *wire, const char *why);

/* Writes everything. On failure false, the connection is cut, and *ret_offered (where not NULL) is how many bytes may
 * have left at most: none of the later ones has. */
bool wire_write(Wire *wire, const char *data, size_t length, size_t *ret_offered);

/* Reads one whole reply; waits timeout_ms at most. False where none came or what came is none: the connection is then
 * cut, the code is 0 and the text says what happened. A 421 is a reply, after which the connection counts as ended. */
bool wire_read(Wire *wire, int timeout_ms, WireReply *ret_reply);

/* Whether nothing was received that is not yet read: the next reply has to be waited for. */
bool wire_must_wait(const Wire *wire);

/* The session's time limits, in milliseconds. */
int wire_get_timeout(const Wire *wire);
