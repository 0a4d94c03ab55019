/* stream.h - a logged-in connection as bytes out and lines in, each with a deadline.
 *
 * Whatever goes wrong cuts the connection, once, and the reason is kept: every later question gets it as its answer.
 * Knows neither SMTP nor IMAP.
 */
#pragma once

#include "login.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct Stream Stream;

/* Takes the login. A line longer than line_max bytes cuts the connection. Release with stream_free. */
Stream *stream_new(Login *login, int timeout_ms, size_t line_max);
void stream_free(Stream *stream);

/* A server that says these bytes (borrowed) and leaves; what is written to it is lost. */
Stream *stream_new_of(const char *bytes, size_t length, size_t line_max);

/* NULL where there is none. */
Login *stream_get_login(const Stream *stream);

/* The time limit for writing, and the one to use for reading, in milliseconds. */
int stream_get_timeout(const Stream *stream);
void stream_set_timeout(Stream *stream, int timeout_ms);

/* Why the connection is over, static; NULL while it is not. */
const char *stream_get_fault(const Stream *stream);

/* Gives the connection up, and notes why (static text). */
void stream_cut(Stream *stream, const char *why);

/* Whether nothing was received that is not yet read: the next line has to be waited for. */
bool stream_must_wait(const Stream *stream);

/* Waits up to so long for something to read; true where there is. Not having come is no fault. */
bool stream_wait(Stream *stream, int milliseconds);

/* Writes everything. On failure false, the connection is cut, and *ret_offered (where not NULL) is how many bytes may
 * have left at most: none of the later ones has. */
bool stream_write(Stream *stream, const char *data, size_t length, size_t *ret_offered);

/* A moment so many milliseconds from now, for the following. */
gint64 stream_deadline(int milliseconds);

/* The next line, without its end, as a string inside the buffer that lasts until the next call; NULL on failure. */
char *stream_read_line(Stream *stream, gint64 deadline);

/* The next so many bytes, added to a string, or (NULL) passed over. */
bool stream_read_bytes(Stream *stream, size_t count, GString *into, gint64 deadline);
