/* smtp.c - the session: one message after the other over one connection, and what became of each.
 *
 * With pipelining the end of a message and the next one's envelope leave in one write, so that a message costs one
 * round trip (RFC 2920, 3.1).  The rule behind every outcome: while the final dot has not been handed to the
 * connection, nothing was delivered; once it has, only the server's answer tells.
 */
#include "wire.h"

#include <base/error.h>
#include <mail/smtp.h>

#include <string.h>

enum {
	FINISH_TIMEOUT_MS = 10 * 60 * 1000, /* RFC 5321, 4.5.3.2.6 */
	PATH_BYTES = 254,
};

struct SmtpSession {
	Wire *wire;
	GString *out; /* what goes out next; kept for its memory */
	bool dirty;   /* whether the server may hold half a transaction: RSET comes first */
	int finish_timeout_ms;
	const SmtpCallbacks *callbacks; /* of the call of smtp_send that goes on */
};

bool smtp_open(const SmtpServer *server, const char *secret, SmtpSession **ret_session, GError **error)
{
	if (!smtp_server_check(server, error))
		return false;
	Wire *wire = NULL;
	if (!wire_open(server, secret, &wire, error))
		return false;
	SmtpSession *session = g_new0(SmtpSession, 1);
	session->wire = wire;
	session->out = g_string_sized_new(16 * 1024);
	session->finish_timeout_ms = server->finish_timeout_ms > 0 ? server->finish_timeout_ms : FINISH_TIMEOUT_MS;
	*ret_session = session;
	return true;
}

void smtp_quit(SmtpSession *session)
{
	if (session == NULL)
		return;
	wire_close(session->wire);
	g_string_free(session->out, TRUE);
	g_free(session);
}

bool mail_probe(const SmtpServer *server, const char *secret, GError **error)
{
	SmtpSession *session = NULL;
	if (!smtp_open(server, secret, &session, error))
		return false;
	smtp_quit(session);
	return true;
}

static void tell(SmtpSession *session, SmtpOutcome outcome, SmtpStage stage, const WireReply *reply)
{
	SmtpResult result = {.outcome = outcome, .stage = stage, .code = reply->code};
	g_strlcpy(result.text, reply->text, sizeof result.text);
	session->callbacks->told(session->callbacks->data, &result);
}

/* The next reply; the time until it comes is the caller's. */
static bool await(SmtpSession *session, int timeout_ms, WireReply *ret_reply)
{
	const SmtpCallbacks *callbacks = session->callbacks;
	if (callbacks->meanwhile != NULL && wire_must_wait(session->wire))
		callbacks->meanwhile(callbacks->data);
	return wire_read(session->wire, timeout_ms, ret_reply);
}

/* Whether an address can stand between < and > and end nothing. */
static bool is_path(const char *address)
{
	size_t length = address == NULL ? 0 : strlen(address);
	for (size_t i = 0; i < length; i++)
		if (address[i] <= ' ' || address[i] > '~' || address[i] == '<' || address[i] == '>')
			return false;
	return length > 0 && length <= PATH_BYTES;
}

/* Whether every line ends in CRLF and no CR or LF stands elsewhere: a server that reads those as line ends would take
 * what follows for commands. */
static bool has_clean_lines(const char *data, size_t length)
{
	const char *end = data + length;
	for (const char *at = data; at < end;) {
		const char *feed = memchr(at, '\n', (size_t)(end - at));
		if (feed == NULL || feed == at || memchr(at, '\r', (size_t)(feed - at)) != feed - 1)
			return false;
		at = feed + 1;
	}
	return length > 0;
}

/* Why a message cannot be sent at all, and where a server would say so; NULL where it can. */
static const char *find_fault(const SmtpMessage *message, SmtpStage *ret_stage)
{
	*ret_stage = SMTP_AT_SENDER;
	if (!is_path(message->from))
		return "the sender's address is not in the form that servers take";
	*ret_stage = SMTP_AT_RECIPIENT;
	if (!is_path(message->to))
		return "the recipient's address is not in the form that servers take";
	*ret_stage = SMTP_AT_END;
	if (!has_clean_lines(message->data, message->length))
		return "the message is empty, or a line of it does not end in CR LF";
	return NULL;
}

/* Lines that begin with a dot get a second one: RFC 5321, 4.5.2. */
static void append_stuffed(GString *out, const char *data, size_t length)
{
	for (const char *at = data, *end = data + length; at < end;) {
		const char *next = memchr(at, '\n', (size_t)(end - at));
		size_t line = (size_t)((next == NULL ? end : next + 1) - at);
		if (*at == '.')
			g_string_append_c(out, '.');
		g_string_append_len(out, at, (gssize)line);
		at += line;
	}
}

static void append_command(GString *out, SmtpStage stage, const SmtpMessage *message)
{
	if (stage == SMTP_AT_SENDER)
		g_string_append_printf(out, "MAIL FROM:<%s>\r\n", message->from);
	else if (stage == SMTP_AT_RECIPIENT)
		g_string_append_printf(out, "RCPT TO:<%s>\r\n", message->to);
	else
		g_string_append(out, "DATA\r\n");
}

static bool flush(SmtpSession *session, size_t *ret_offered)
{
	bool done = wire_write(session->wire, session->out->str, session->out->len, ret_offered);
	g_string_truncate(session->out, 0);
	return done;
}

/* Clears away what an earlier failure left on the server. */
static void reset(SmtpSession *session)
{
	WireReply reply;
	if (!session->dirty || !wire_is_open(session->wire))
		return;
	g_string_append(session->out, "RSET\r\n");
	if (flush(session, NULL) && wire_read(session->wire, wire_get_timeout(session->wire), &reply) &&
		reply.code / 100 != 2)
		wire_cut(session->wire, "the server would not begin anew");
	session->dirty = false;
}

/* The server takes the data of a message whose recipient it refused: it gets an empty one, as RFC 2920 has it (3.1). */
static void end_empty(SmtpSession *session)
{
	WireReply reply;
	g_string_append(session->out, ".\r\n");
	if (flush(session, NULL))
		wire_read(session->wire, session->finish_timeout_ms, &reply);
}

/* What the reply to one of MAIL, RCPT and DATA means: true to go on, else the message was told of. */
static bool judge(SmtpSession *session, SmtpStage stage, const WireReply *reply)
{
	if (reply->code / 100 == (stage == SMTP_AT_DATA ? 3 : 2))
		return true;
	bool refused = reply->code / 100 == 5;
	tell(session, refused ? SMTP_REFUSED : SMTP_RETRY, reply->code == 0 ? SMTP_AT_CONNECTION : stage, reply);
	return false;
}

/* Goes through MAIL, RCPT and DATA, whose commands were sent if ahead is set. True if the server waits for the message,
 * else it was told of. */
static bool exchange_envelope(SmtpSession *session, const SmtpMessage *message, bool ahead)
{
	Wire *wire = session->wire;
	bool fits = true, rejected_recipient = false;
	for (SmtpStage stage = SMTP_AT_SENDER; stage <= SMTP_AT_DATA; stage++) {
		WireReply reply = {0};
		if (!ahead) {
			append_command(session->out, stage, message);
			flush(session, NULL);
		}
		bool arrived = await(session, wire_get_timeout(wire), &reply);
		if (fits && !judge(session, stage, &reply)) {
			fits = false;
			session->dirty = true;
			rejected_recipient = stage == SMTP_AT_RECIPIENT;
		} else if (!fits && stage == SMTP_AT_DATA && reply.code / 100 == 3) {
			if (rejected_recipient)
				end_empty(session);
			else
				wire_cut(wire, "the server took data for a message it had refused");
		}
		if (!arrived || (!fits && !ahead))
			break;
	}
	return fits;
}

/* Queues the three commands of a message where the server takes them at once. */
static bool queue_envelope(SmtpSession *session, const SmtpMessage *message)
{
	SmtpStage where;
	if (message == NULL || session->dirty || !wire_has_pipelining(session->wire) || find_fault(message, &where) != NULL)
		return false;
	for (SmtpStage stage = SMTP_AT_SENDER; stage <= SMTP_AT_DATA; stage++)
		append_command(session->out, stage, message);
	return true;
}

/* What the answer to a whole message means. A 4.4.x of a server that hands mail on says that it lost the one behind it,
 * which may have taken the message (RFC 3463, 3.5). */
static SmtpOutcome judge_end(const WireReply *reply)
{
	if (reply->code / 100 == 2)
		return SMTP_SENT;
	if (reply->code / 100 == 5)
		return SMTP_REFUSED;
	bool behind = strncmp(reply->text, "4.4.", 4) == 0;
	return reply->code / 100 == 4 && !behind ? SMTP_RETRY : SMTP_UNKNOWN;
}

/* Sends the message, its end, and the envelope of the next one with it where that can be. True if it could. */
static bool finish(SmtpSession *session, const SmtpMessage *message, const SmtpMessage *next)
{
	append_stuffed(session->out, message->data, message->length);
	size_t dot = session->out->len, offered = 0;
	g_string_append(session->out, ".\r\n");
	bool ahead = queue_envelope(session, next);
	WireReply reply = {0};
	bool written = flush(session, &offered);
	await(session, session->finish_timeout_ms, &reply);
	if (reply.code / 100 == 3)
		wire_cut(session->wire, "the server's answer to a message is none");
	if (!written && offered <= dot)
		tell(session, SMTP_RETRY, SMTP_AT_CONNECTION, &reply);
	else
		tell(session, judge_end(&reply), SMTP_AT_END, &reply);
	return ahead;
}

static const SmtpMessage *take_next(SmtpSession *session)
{
	return session->callbacks->next(session->callbacks->data);
}

/* One message, whose envelope has left where ahead is set. True if that of the next one has left with it. */
static bool send_one(SmtpSession *session, const SmtpMessage *message, bool ahead, const SmtpMessage **ret_next)
{
	if (!ahead) {
		reset(session);
		ahead = queue_envelope(session, message) && flush(session, NULL);
	}
	bool ready = exchange_envelope(session, message, ahead);
	if (ready && !session->callbacks->may_finish(session->callbacks->data)) {
		wire_cut(session->wire, "it was held back");
		return false;
	}
	*ret_next = take_next(session);
	return ready && finish(session, message, *ret_next);
}

bool smtp_send(SmtpSession *session, const SmtpCallbacks *callbacks)
{
	bool ahead = false;
	session->callbacks = callbacks;
	const SmtpMessage *message = take_next(session);
	while (message != NULL && wire_is_open(session->wire)) {
		SmtpStage stage;
		WireReply why = {0};
		const SmtpMessage *next = NULL;
		const char *fault = find_fault(message, &stage);
		if (fault == NULL) {
			ahead = send_one(session, message, ahead, &next);
		} else {
			g_strlcpy(why.text, fault, sizeof why.text);
			tell(session, SMTP_REFUSED, stage, &why);
			next = take_next(session);
		}
		message = next;
	}
	return wire_is_open(session->wire);
}
