/* stream.c - bytes out and lines in, over libcurl's connection; or in alone, of bytes that are there.
 */
#include "stream.h"

#include <errno.h>
#include <poll.h>
#include <string.h>

enum {
	INPUT_BYTES = 4096,       /* to begin with; a longer line makes it grow */
	RECORD_BYTES = 16 * 1024, /* what TLS sends at once: what lies behind it has not left while it is being written */
	STOP_GRACE_MS = 500,
};

struct Stream {
	Login *login;       /* NULL: what is said is in `script` */
	const char *script; /* that is not received yet */
	size_t script_left;
	const char *fault; /* why the connection is over; NULL while it is not; static */
	int timeout_ms;
	gint64 stop_at;    /* nothing is waited for after that; 0: nobody said to stop */
	size_t start, end; /* of what was received and not yet read */
	size_t size, line_max;
	char *input;
};

Stream *stream_new(Login *login, int timeout_ms, size_t line_max)
{
	Stream *stream = g_new0(Stream, 1);
	stream->login = login;
	stream->timeout_ms = timeout_ms;
	stream->line_max = line_max;
	stream->size = INPUT_BYTES;
	stream->input = g_malloc(stream->size);
	return stream;
}

Stream *stream_new_of(const char *bytes, size_t length, size_t line_max)
{
	Stream *stream = stream_new(NULL, 0, line_max);
	stream->script = bytes;
	stream->script_left = length;
	return stream;
}

void stream_free(Stream *stream)
{
	if (stream == NULL)
		return;
	login_close(stream->login);
	g_free(stream->input);
	g_free(stream);
}

Login *stream_get_login(const Stream *stream)
{
	return stream->login;
}

int stream_get_timeout(const Stream *stream)
{
	return stream->timeout_ms;
}

void stream_set_timeout(Stream *stream, int timeout_ms)
{
	stream->timeout_ms = timeout_ms;
}

const char *stream_get_fault(const Stream *stream)
{
	return stream->fault;
}

bool stream_must_wait(const Stream *stream)
{
	return stream->start == stream->end;
}

void stream_cut(Stream *stream, const char *why)
{
	if (stream->fault == NULL)
		stream->fault = why;
}

gint64 stream_deadline(int milliseconds)
{
	return g_get_monotonic_time() + (gint64)milliseconds * 1000;
}

/* Waits until the socket may be read or written; false where that takes too long. When it is to stop, what is on its
 * way has half a second more: an answer that comes then spares a doubt. */
static bool is_ready(Stream *stream, short events, gint64 deadline)
{
	for (;;) {
		bool can_stop = stream->login->stop_fd != 0 && stream->stop_at == 0;
		gint64 until = stream->stop_at == 0 ? deadline : MIN(deadline, stream->stop_at);
		gint64 left = (until - g_get_monotonic_time() + 999) / 1000;
		struct pollfd waits[2] = {
			{.fd = stream->login->socket, .events = events}, {.fd = stream->login->stop_fd, .events = POLLIN}};
		int ready = left <= 0 ? 0 : poll(waits, can_stop ? 2 : 1, (int)MIN(left, G_MAXINT));
		if (ready > 0 && can_stop && waits[1].revents != 0)
			stream->stop_at = stream_deadline(STOP_GRACE_MS);
		if (ready > 0 && waits[0].revents == 0)
			continue;
		if (ready >= 0 || errno != EINTR)
			return ready > 0;
	}
}

static void wait_for(Stream *stream, short events, gint64 deadline)
{
	if (!is_ready(stream, events, deadline))
		stream_cut(stream, "the server did not answer in time");
}

bool stream_write(Stream *stream, const char *data, size_t length, size_t *ret_offered)
{
	gint64 deadline = stream_deadline(stream->timeout_ms);
	size_t sent = stream->login == NULL ? length : 0, offered = sent;
	while (stream->fault == NULL && sent < length) {
		size_t piece = MIN(length - sent, RECORD_BYTES), accepted = 0;
		offered = sent + piece;
		CURLcode code = curl_easy_send(stream->login->curl, data + sent, piece, &accepted);
		if (code == CURLE_OK)
			sent += accepted;
		else if (code != CURLE_AGAIN)
			stream_cut(stream, "the connection broke");
		else
			wait_for(stream, POLLOUT, deadline);
	}
	if (ret_offered != NULL)
		*ret_offered = offered;
	return stream->fault == NULL;
}

/* Makes room for more behind what is not read yet. */
static void make_room(Stream *stream)
{
	if (stream->start > 0) {
		memmove(stream->input, stream->input + stream->start, stream->end - stream->start);
		stream->end -= stream->start;
		stream->start = 0;
	}
	if (stream->end < stream->size)
		return;
	if (stream->size >= stream->line_max) {
		stream_cut(stream, "the server's answer has a line without an end");
		return;
	}
	stream->size = MIN(stream->size * 2, stream->line_max);
	stream->input = g_realloc(stream->input, stream->size);
}

/* As curl_easy_recv: no bytes are the end. */
static CURLcode hear(Stream *stream, char *into, size_t room, size_t *ret_got)
{
	if (stream->login != NULL)
		return curl_easy_recv(stream->login->curl, into, room, ret_got);
	*ret_got = MIN(room, stream->script_left);
	memcpy(into, stream->script, *ret_got);
	stream->script += *ret_got;
	stream->script_left -= *ret_got;
	return CURLE_OK;
}

/* Receives what is there, if anything; false where there is nothing yet, or the connection is cut. libcurl may hold
 * bytes that poll does not see, so it is asked first. */
static bool receive(Stream *stream)
{
	size_t got = 0;
	make_room(stream);
	if (stream->fault != NULL)
		return false;
	CURLcode code = hear(stream, stream->input + stream->end, stream->size - stream->end, &got);
	if (code == CURLE_OK && got > 0) {
		stream->end += got;
		return true;
	}
	if (code != CURLE_AGAIN)
		stream_cut(stream, "the server ended the connection");
	return false;
}

/* Receives what is there, waiting for something. */
static bool fill(Stream *stream, gint64 deadline)
{
	while (stream->fault == NULL) {
		if (receive(stream))
			return true;
		if (stream->fault == NULL)
			wait_for(stream, POLLIN, deadline);
	}
	return false;
}

bool stream_wait(Stream *stream, int milliseconds)
{
	gint64 deadline = stream_deadline(milliseconds);
	while (stream->fault == NULL) {
		if (!stream_must_wait(stream) || receive(stream))
			return true;
		if (stream->fault != NULL || !is_ready(stream, POLLIN, deadline))
			return false;
	}
	return false;
}

char *stream_read_line(Stream *stream, gint64 deadline)
{
	size_t seen = 0;
	for (;;) {
		char *from = stream->input + stream->start;
		size_t have = stream->end - stream->start;
		char *end = have > seen ? memchr(from + seen, '\n', have - seen) : NULL;
		if (end != NULL) {
			stream->start += (size_t)(end - from) + 1;
			*end = '\0';
			if (end > from && end[-1] == '\r')
				end[-1] = '\0';
			return from;
		}
		seen = have;
		if (!fill(stream, deadline))
			return NULL;
	}
}

bool stream_read_bytes(Stream *stream, size_t count, GString *into, gint64 deadline)
{
	while (count > 0) {
		size_t have = MIN(count, stream->end - stream->start);
		if (into != NULL)
			g_string_append_len(into, stream->input + stream->start, (gssize)have);
		stream->start += have;
		count -= have;
		if (count > 0 && !fill(stream, deadline))
			return false;
	}
	return true;
}
