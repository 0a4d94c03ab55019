/* wire.c - bytes out and replies in, each with a deadline.
 *
 * Whatever goes wrong cuts the connection, once, and the reason is kept: every later question gets it as its answer.
 */
#include "wire.h"

#include "login.h"

#include <base/text.h>

#include <errno.h>
#include <poll.h>
#include <string.h>

enum {
	INPUT_BYTES = 4096, /* a reply line has 512 at most: RFC 5321, 4.5.3.1.5 */
	REPLY_LINES = 100,
	QUIT_MS = 1000,
	RECORD_BYTES = 16 * 1024, /* what TLS sends at once: what lies behind it has not left while it is being written */
};

struct Wire {
	Login *login;
	const char *fault; /* why the connection is over; NULL while it is not; static */
	int timeout_ms;
	size_t start, end; /* of what was received and not yet read */
	char input[INPUT_BYTES];
};

bool wire_open(const SmtpServer *server, const char *secret, Wire **ret_wire, GError **error)
{
	Login *login = NULL;
	if (!login_open(server, secret, &login, error))
		return false;
	Wire *wire = g_new0(Wire, 1);
	wire->login = login;
	wire->timeout_ms = login_timeout_of(server);
	*ret_wire = wire;
	return true;
}

void wire_close(Wire *wire)
{
	if (wire == NULL)
		return;
	/* Nobody waits for the answer: whatever was sent has had its own. */
	wire->timeout_ms = QUIT_MS;
	wire_write(wire, "QUIT\r\n", strlen("QUIT\r\n"), NULL);
	login_close(wire->login);
	g_free(wire);
}

bool wire_has_pipelining(const Wire *wire)
{
	return wire->login->talk.pipelining;
}

int wire_get_timeout(const Wire *wire)
{
	return wire->timeout_ms;
}

bool wire_is_open(const Wire *wire)
{
	return wire->fault == NULL;
}

bool wire_must_wait(const Wire *wire)
{
	return wire->start == wire->end;
}

void wire_cut(Wire *wire, const char *why)
{
	if (wire->fault == NULL)
		wire->fault = why;
}

static gint64 deadline_in(int milliseconds)
{
	return g_get_monotonic_time() + (gint64)milliseconds * 1000;
}

/* Waits until the socket may be read or written; cuts the connection and gives false where that takes too long. */
static bool wait_for(Wire *wire, short events, gint64 deadline)
{
	for (;;) {
		gint64 left = (deadline - g_get_monotonic_time() + 999) / 1000;
		struct pollfd wait = {.fd = wire->login->socket, .events = events};
		int ready = left <= 0 ? 0 : poll(&wait, 1, (int)MIN(left, G_MAXINT));
		if (ready > 0)
			return true;
		if (ready < 0 && errno == EINTR)
			continue;
		wire_cut(wire, "the server did not answer in time");
		return false;
	}
}

bool wire_write(Wire *wire, const char *data, size_t length, size_t *ret_offered)
{
	gint64 deadline = deadline_in(wire->timeout_ms);
	size_t sent = 0, offered = 0;
	while (wire->fault == NULL && sent < length) {
		size_t piece = MIN(length - sent, RECORD_BYTES), accepted = 0;
		offered = sent + piece;
		CURLcode code = curl_easy_send(wire->login->curl, data + sent, piece, &accepted);
		if (code == CURLE_OK)
			sent += accepted;
		else if (code != CURLE_AGAIN)
			wire_cut(wire, "the connection broke");
		else
			wait_for(wire, POLLOUT, deadline);
	}
	if (ret_offered != NULL)
		*ret_offered = offered;
	return wire->fault == NULL;
}

/* Receives what is there, waiting for something; libcurl may hold bytes that poll does not see, so it is asked first.
 */
static bool fill(Wire *wire, gint64 deadline)
{
	if (wire->start > 0) {
		memmove(wire->input, wire->input + wire->start, wire->end - wire->start);
		wire->end -= wire->start;
		wire->start = 0;
	}
	if (wire->end == sizeof wire->input)
		wire_cut(wire, "the server's answer has a line without an end");
	while (wire->fault == NULL) {
		size_t got = 0;
		CURLcode code =
			curl_easy_recv(wire->login->curl, wire->input + wire->end, sizeof wire->input - wire->end, &got);
		if (code == CURLE_OK && got > 0) {
			wire->end += got;
			return true;
		}
		if (code == CURLE_AGAIN)
			wait_for(wire, POLLIN, deadline);
		else
			wire_cut(wire, "the server ended the connection");
	}
	return false;
}

/* The next line, without its end, as a string inside the buffer that lasts until the next call; NULL on failure. */
static char *read_line(Wire *wire, gint64 deadline)
{
	size_t seen = 0;
	for (;;) {
		char *from = wire->input + wire->start;
		size_t have = wire->end - wire->start;
		char *end = have > seen ? memchr(from + seen, '\n', have - seen) : NULL;
		if (end != NULL) {
			wire->start += (size_t)(end - from) + 1;
			*end = '\0';
			if (end > from && end[-1] == '\r')
				end[-1] = '\0';
			return from;
		}
		seen = have;
		if (!fill(wire, deadline))
			return NULL;
	}
}

/* The code of a reply line, or 0 where it is none. */
static int parse_code(const char *line)
{
	bool is_code = line[0] >= '2' && line[0] <= '5' && g_ascii_isdigit(line[1]) && g_ascii_isdigit(line[2]) &&
				   (line[3] == ' ' || line[3] == '-' || line[3] == '\0');
	return is_code ? (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0') : 0;
}

/* Reads all lines of a reply, the texts joined by spaces as far as they fit; 0 where it is none. */
static int read_lines(Wire *wire, gint64 deadline, char *text, size_t size)
{
	int code = 0;
	text[0] = '\0';
	for (int i = 0; i < REPLY_LINES; i++) {
		const char *line = read_line(wire, deadline);
		int found = line == NULL ? 0 : parse_code(line);
		if (found == 0 || (code != 0 && found != code))
			return 0;
		code = found;
		if (i > 0)
			g_strlcat(text, " ", size);
		g_strlcat(text, line + (line[3] == '\0' ? 3 : 4), size);
		if (line[3] != '-')
			return code;
	}
	return 0;
}

bool wire_read(Wire *wire, int timeout_ms, WireReply *ret_reply)
{
	char text[2 * SMTP_TEXT_BYTES];
	int code = wire->fault == NULL ? read_lines(wire, deadline_in(timeout_ms), text, sizeof text) : 0;
	if (code == 0)
		wire_cut(wire, "the server's answer is no SMTP reply");
	g_autofree char *shown = code == 0 ? NULL : text_to_show(text, SMTP_TEXT_BYTES - 1);
	ret_reply->code = code;
	g_strlcpy(ret_reply->text, code == 0 ? wire->fault : shown, SMTP_TEXT_BYTES);
	if (code == 421)
		wire_cut(wire, "the server said goodbye");
	return code != 0;
}
