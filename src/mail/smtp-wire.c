/* smtp-wire.c - bytes out and replies in, over the stream that libcurl opened.
 *
 * After CURLE_AGAIN, and only then, the socket is waited for: TLS may hold bytes that no poll would show.
 */
#include "smtp-wire.h"

#include <errno.h>
#include <poll.h>
#include <string.h>

enum { REPLY_BYTES_MAX = 64 * 1024, CHUNK = 4096 };

void smtp_wire_init(SmtpWire *wire, CURL *curl)
{
	*wire = (SmtpWire){.curl = curl, .in = g_string_sized_new(CHUNK)};
}

void smtp_wire_clear(SmtpWire *wire)
{
	if (wire->in != NULL)
		g_string_free(wire->in, TRUE);
	wire->in = NULL;
}

/* Waits for the socket until a moment of the monotonic clock. */
static bool wait_for(SmtpWire *wire, short events, gint64 until)
{
	curl_socket_t fd = CURL_SOCKET_BAD;
	if (curl_easy_getinfo(wire->curl, CURLINFO_ACTIVESOCKET, &fd) != CURLE_OK || fd == CURL_SOCKET_BAD)
		return false;
	for (;;) {
		gint64 left = (until - g_get_monotonic_time()) / 1000;
		struct pollfd poller = {.fd = fd, .events = events};
		int ready = left <= 0 ? 0 : poll(&poller, 1, (int)MIN(left, 1000000));
		if (ready > 0)
			return true;
		if (ready == 0 && left <= 1000000) {
			wire->late = true;
			return false;
		}
		if (ready < 0 && errno != EINTR)
			return false;
	}
}

bool smtp_wire_write(SmtpWire *wire, const char *data, size_t length, int timeout_ms)
{
	gint64 until = g_get_monotonic_time() + (gint64)timeout_ms * 1000;
	while (!wire->dead && length > 0) {
		size_t sent = 0;
		CURLcode code = curl_easy_send(wire->curl, data, length, &sent);
		data += sent;
		length -= sent;
		if (code == CURLE_AGAIN)
			wire->dead = !wait_for(wire, POLLOUT, until);
		else if (code != CURLE_OK)
			wire->dead = true;
	}
	return !wire->dead;
}

static bool receive(SmtpWire *wire, gint64 until)
{
	char chunk[CHUNK];
	size_t got = 0;
	for (;;) {
		CURLcode code = curl_easy_recv(wire->curl, chunk, sizeof chunk, &got);
		if (code == CURLE_OK && got > 0) {
			g_string_append_len(wire->in, chunk, (gssize)got);
			return wire->in->len <= REPLY_BYTES_MAX;
		}
		if (code != CURLE_AGAIN || !wait_for(wire, POLLIN, until))
			return false; /* closed, broken, or too late */
	}
}

static bool read_code(const char *line, size_t length, int *ret_code, bool *ret_last)
{
	bool digits = length >= 3 && g_ascii_isdigit(line[0]) && g_ascii_isdigit(line[1]) && g_ascii_isdigit(line[2]);
	if (!digits || (length > 3 && line[3] != ' ' && line[3] != '-'))
		return false;
	*ret_code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + line[2] - '0';
	*ret_last = length == 3 || line[3] == ' ';
	return true;
}

/* Adds a line's words to a reply's text: printable, within its room, ending at a character's edge. */
static void append_text(SmtpReply *reply, const char *line, size_t length)
{
	g_autofree char *raw = g_strndup(line, length);
	g_autofree char *valid = g_utf8_make_valid(raw, -1);
	size_t used = strlen(reply->text);
	if (used > 0 && used + 1 < sizeof reply->text)
		reply->text[used++] = ' ';
	for (const char *p = valid; *p != '\0'; p = g_utf8_next_char(p)) {
		size_t bytes = (size_t)(g_utf8_next_char(p) - p);
		if (used + bytes >= sizeof reply->text)
			break;
		bool shown = g_unichar_isprint(g_utf8_get_char(p));
		memcpy(reply->text + used, shown ? p : "?", shown ? bytes : 1);
		used += shown ? bytes : 1;
	}
	reply->text[used] = '\0';
}

bool smtp_wire_read(SmtpWire *wire, SmtpReply *ret_reply, int timeout_ms)
{
	gint64 until = g_get_monotonic_time() + (gint64)timeout_ms * 1000;
	SmtpReply reply = {0};
	bool last = false;
	while (!wire->dead && !last) {
		const char *end = memchr(wire->in->str, '\n', wire->in->len);
		if (end == NULL) {
			wire->dead = !receive(wire, until);
			continue;
		}
		size_t length = (size_t)(end - wire->in->str), bare = length;
		if (bare > 0 && wire->in->str[bare - 1] == '\r')
			bare--;
		if (!read_code(wire->in->str, bare, &reply.code, &last))
			wire->dead = true;
		else if (bare > 4)
			append_text(&reply, wire->in->str + 4, bare - 4);
		g_string_erase(wire->in, 0, (gssize)length + 1);
	}
	if (!wire->dead)
		*ret_reply = reply;
	return !wire->dead;
}
