/* smtp-wire.h - an authenticated byte stream to a mail server: lines out, replies in, each within its time.
 *
 * For the files of this room only.  Over libcurl's CONNECT_ONLY: the library has connected, checked the certificate and
 * logged in, and hands over the stream.
 */
#pragma once

#include <curl/curl.h>
#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct SmtpWire {
	CURL *curl;  /* borrowed */
	GString *in; /* what was received and not read yet */
	bool dead;   /* nothing more can be sent or read */
	bool late;   /* it died of a time that ran out */
} SmtpWire;

/* One reply of the server (RFC 5321, 4.2): its code, and its text in one line of printable UTF-8. */
typedef struct SmtpReply {
	int code;
	char text[240];
} SmtpReply;

void smtp_wire_init(SmtpWire *wire, CURL *curl);
void smtp_wire_clear(SmtpWire *wire);

/* Writes all of it. False when the stream died; then nobody knows how much arrived. */
bool smtp_wire_write(SmtpWire *wire, const char *data, size_t length, int timeout_ms);

/* Reads one reply, however many lines it has. False when the stream died, or what came is no reply. */
bool smtp_wire_read(SmtpWire *wire, SmtpReply *ret_reply, int timeout_ms);
