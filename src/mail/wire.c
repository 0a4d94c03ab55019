/* wire.c - a stream as replies of SMTP.
 */
#include "wire.h"

#include "stream.h"

#include <base/text.h>

#include <string.h>

enum {
	LINE_BYTES = 4096, /* a reply line has 512 at most: RFC 5321, 4.5.3.1.5 */
	REPLY_LINES = 100,
	QUIT_MS = 1000,
};

struct Wire {
	Stream *stream;
};

bool wire_open(const SmtpServer *server, const char *secret, Wire **ret_wire, GError **error)
{
	Login *login = NULL;
	if (!login_open(LOGIN_SMTP, server, secret, &login, error))
		return false;
	Wire *wire = g_new0(Wire, 1);
	wire->stream = stream_new(login, login_timeout_of(server), LINE_BYTES);
	*ret_wire = wire;
	return true;
}

void wire_close(Wire *wire)
{
	if (wire == NULL)
		return;
	/* Nobody waits for the answer: whatever was sent has had its own. */
	stream_set_timeout(wire->stream, QUIT_MS);
	wire_write(wire, "QUIT\r\n", strlen("QUIT\r\n"), NULL);
	stream_free(wire->stream);
	g_free(wire);
}

bool wire_has_pipelining(const Wire *wire)
{
	return stream_get_login(wire->stream)->talk.pipelining;
}

int wire_get_timeout(const Wire *wire)
{
	return stream_get_timeout(wire->stream);
}

bool wire_is_open(const Wire *wire)
{
	return stream_get_fault(wire->stream) == NULL;
}

bool wire_must_wait(const Wire *wire)
{
	return stream_must_wait(wire->stream);
}

void wire_cut(Wire *wire, const char *why)
{
	stream_cut(wire->stream, why);
}

bool wire_write(Wire *wire, const char *data, size_t length, size_t *ret_offered)
{
	return stream_write(wire->stream, data, length, ret_offered);
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
		const char *line = stream_read_line(wire->stream, deadline);
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
	int code = wire_is_open(wire) ? read_lines(wire, stream_deadline(timeout_ms), text, sizeof text) : 0;
	if (code == 0)
		wire_cut(wire, "the server's answer is no SMTP reply");
	g_autofree char *shown = code == 0 ? NULL : text_to_show(text, SMTP_TEXT_BYTES - 1);
	ret_reply->code = code;
	g_strlcpy(ret_reply->text, code == 0 ? stream_get_fault(wire->stream) : shown, SMTP_TEXT_BYTES);
	if (code == 421)
		wire_cut(wire, "the server said goodbye");
	return code != 0;
}
