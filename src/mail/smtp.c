/* smtp.c - the dialogue for messages: MAIL, RCPT, DATA, the text, its end; and what became of each.
 *
 * With PIPELINING the end of one message and the envelope of the next leave in one write.  The caller is asked before
 * the first end of a window may leave; from the moment an end was handed to the stream, silence means UNKNOWN.
 */
#include "smtp-session.h"

#include <string.h>

/* How far a message has come with the server. */
typedef enum { STAGE_NONE, STAGE_ENVELOPE_SENT, STAGE_READY, STAGE_REFUSED } EnvelopeState;

typedef struct Sending {
	SmtpSession *session;
	const SmtpMessage *messages;
	size_t n;
	const SmtpCallbacks *callbacks;
	SmtpResult *results;
	size_t window;       /* messages one answer of about_to_finish covers */
	size_t window_first; /* where the present one begins */
	bool window_allowed; /* about_to_finish was asked for it, and said yes */
	bool held_back;      /* about_to_finish said no: nothing more may end */
	EnvelopeState ahead; /* of the message that is next */
	GString *out;        /* what is to be written next */
} Sending;

static void set_result(
	SmtpResult *result, SmtpOutcome outcome, SmtpStage stage, const SmtpReply *reply, const char *text)
{
	*result = (SmtpResult){.outcome = outcome, .stage = stage, .code = reply == NULL ? 0 : reply->code};
	g_strlcpy(result->text, reply == NULL ? text : reply->text, sizeof result->text);
}

static const char *say_loss(const SmtpWire *wire)
{
	return wire->late ? "The server was too slow to answer." : "The connection was lost.";
}

static SmtpOutcome outcome_of(int code)
{
	return code / 100 == 2 ? SMTP_SENT : code / 100 == 5 ? SMTP_REFUSED : SMTP_RETRY;
}

static bool flush(Sending *sending)
{
	SmtpWire *wire = &sending->session->wire;
	bool written = smtp_wire_write(wire, sending->out->str, sending->out->len, sending->session->finish_timeout_ms);
	g_string_truncate(sending->out, 0);
	return written;
}

static bool read_reply(Sending *sending, SmtpReply *reply)
{
	return smtp_wire_read(&sending->session->wire, reply, sending->session->timeout_ms);
}

/* ---- the envelope ---- */

static void put_envelope(Sending *sending, size_t index)
{
	const SmtpMessage *message = &sending->messages[index];
	g_string_append_printf(sending->out, "MAIL FROM:<%s>\r\nRCPT TO:<%s>\r\nDATA\r\n", message->from, message->to);
	sending->ahead = STAGE_ENVELOPE_SENT;
}

/* One command and its reply, where nothing may be sent ahead. */
static bool converse(Sending *sending, SmtpReply *reply, const char *format, const char *argument)
{
	g_string_append_printf(sending->out, "%s%s%s\r\n", format, argument, argument[0] == '\0' ? "" : ">");
	return flush(sending) && read_reply(sending, reply);
}

/* A server that lets DATA begin although it refused the recipient is given an empty end, which delivers nothing. */
static bool end_nothing(Sending *sending)
{
	SmtpReply ignored = {0};
	g_string_append(sending->out, ".\r\n");
	return flush(sending) && read_reply(sending, &ignored);
}

static bool reset(Sending *sending)
{
	SmtpReply ignored = {0};
	g_string_append(sending->out, "RSET\r\n");
	return flush(sending) && read_reply(sending, &ignored);
}

/* The three replies to an envelope that was sent at once. False when the stream died. */
static bool read_envelope(Sending *sending, size_t index)
{
	SmtpReply replies[3] = {0};
	for (int i = 0; i < 3; i++)
		if (!read_reply(sending, &replies[i]))
			return false;
	sending->ahead = STAGE_REFUSED;
	if (replies[0].code / 100 != 2)
		set_result(&sending->results[index], outcome_of(replies[0].code), SMTP_AT_SENDER, &replies[0], NULL);
	else if (replies[1].code / 100 != 2)
		set_result(&sending->results[index], outcome_of(replies[1].code), SMTP_AT_RECIPIENT, &replies[1], NULL);
	else if (replies[2].code != 354)
		set_result(&sending->results[index], outcome_of(replies[2].code), SMTP_AT_DATA, &replies[2], NULL);
	else
		sending->ahead = STAGE_READY;
	if (sending->ahead == STAGE_REFUSED && replies[2].code == 354)
		return end_nothing(sending);
	return sending->ahead == STAGE_READY || reset(sending);
}

static bool walk_envelope(Sending *sending, size_t index)
{
	const SmtpMessage *message = &sending->messages[index];
	const struct {
		const char *command, *argument;
		SmtpStage stage;
	} steps[] = {
		{"MAIL FROM:<", message->from, SMTP_AT_SENDER},
		{"RCPT TO:<", message->to, SMTP_AT_RECIPIENT},
		{"DATA", "", SMTP_AT_DATA}};
	sending->ahead = STAGE_REFUSED;
	for (size_t i = 0; i < G_N_ELEMENTS(steps); i++) {
		SmtpReply reply = {0};
		if (!converse(sending, &reply, steps[i].command, steps[i].argument))
			return false;
		bool good = steps[i].stage == SMTP_AT_DATA ? reply.code == 354 : reply.code / 100 == 2;
		if (!good) {
			set_result(&sending->results[index], outcome_of(reply.code), steps[i].stage, &reply, NULL);
			return reset(sending);
		}
	}
	sending->ahead = STAGE_READY;
	return true;
}

/* Brings a message to where its text may be sent, or to its refusal. False when the stream died. */
static bool bring_envelope(Sending *sending, size_t index)
{
	if (!sending->session->pipelining)
		return walk_envelope(sending, index);
	if (sending->ahead == STAGE_NONE) {
		put_envelope(sending, index);
		if (!flush(sending))
			return false;
	}
	return read_envelope(sending, index);
}

/* ---- the text ---- */

/* The text as it goes over the wire: lines that begin with a dot get another (RFC 5321, 4.5.2), and then the end. */
static void put_text(Sending *sending, const SmtpMessage *message)
{
	const char *p = message->data, *end = message->data + message->length;
	while (p < end) {
		const char *line_end = memchr(p, '\n', (size_t)(end - p));
		const char *next = line_end == NULL ? end : line_end + 1;
		if (*p == '.')
			g_string_append_c(sending->out, '.');
		g_string_append_len(sending->out, p, next - p);
		p = next;
	}
	if (message->length < 2 || memcmp(end - 2, "\r\n", 2) != 0)
		g_string_append(sending->out, "\r\n");
	g_string_append(sending->out, ".\r\n");
}

/* Asks the caller, once a window, before the first end in it may leave. */
static bool may_finish(Sending *sending, size_t index)
{
	size_t last = MIN(sending->window_first + sending->window, sending->n);
	if (!sending->window_allowed)
		sending->window_allowed = sending->callbacks == NULL || sending->callbacks->about_to_finish == NULL ||
								  sending->callbacks->about_to_finish(sending->callbacks->data, index, last - index);
	sending->held_back = !sending->window_allowed;
	return sending->window_allowed;
}

/* Sends the text with its end, and the next envelope behind it; reads what became of it. False when the stream died. */
static bool finish_message(Sending *sending, size_t index)
{
	SmtpResult *result = &sending->results[index];
	SmtpReply reply = {0};
	put_text(sending, &sending->messages[index]);
	sending->ahead = STAGE_NONE;
	if (sending->session->pipelining && index + 1 < sending->n)
		put_envelope(sending, index + 1);
	/* From here on the end may be with the server, whatever is heard or not heard of it. */
	if (!flush(sending) || !smtp_wire_read(&sending->session->wire, &reply, sending->session->finish_timeout_ms)) {
		set_result(result, SMTP_UNKNOWN, SMTP_AT_END, NULL, say_loss(&sending->session->wire));
		return false;
	}
	set_result(result, outcome_of(reply.code), SMTP_AT_END, &reply, NULL);
	return true;
}

/* ---- windows ---- */

static void settle_window(Sending *sending, size_t end)
{
	if (end > sending->window_first && sending->callbacks != NULL && sending->callbacks->settled != NULL)
		sending->callbacks->settled(sending->callbacks->data, sending->window_first, end - sending->window_first);
	sending->window_first = end;
	sending->window_allowed = false;
}

/* One message from where it stands to its result. False when nothing more can be sent over this stream. */
static bool send_one(Sending *sending, size_t index)
{
	SmtpResult *result = &sending->results[index];
	if (!bring_envelope(sending, index)) {
		if (result->code == 0) /* else it was refused before the stream died */
			set_result(result, SMTP_RETRY, SMTP_AT_CONNECTION, NULL, say_loss(&sending->session->wire));
		return false;
	}
	if (sending->ahead == STAGE_REFUSED) {
		sending->ahead = STAGE_NONE;
		return true;
	}
	if (!may_finish(sending, index)) {
		set_result(result, SMTP_RETRY, SMTP_AT_CONNECTION, NULL, "It was held back.");
		sending->session->wire.dead = true; /* the text was begun: only leaving ends it without sending */
		return false;
	}
	return finish_message(sending, index);
}

bool smtp_send(
	SmtpSession *session, const SmtpMessage *messages, size_t n, const SmtpCallbacks *callbacks,
	SmtpResult *ret_results)
{
	g_autoptr(GString) out = g_string_sized_new(16384);
	Sending sending = {
		.session = session,
		.messages = messages,
		.n = n,
		.callbacks = callbacks,
		.results = ret_results,
		.out = out,
		.window = callbacks == NULL || callbacks->window == 0 ? 1 : callbacks->window,
	};
	bool alive = !session->wire.dead;
	for (size_t i = 0; i < n; i++) {
		ret_results[i] = (SmtpResult){0};
		if (alive)
			alive = send_one(&sending, i);
		else
			set_result(&ret_results[i], SMTP_RETRY, SMTP_AT_CONNECTION, NULL, "The connection ended before its turn.");
		if (i + 1 - sending.window_first == sending.window || i + 1 == n)
			settle_window(&sending, i + 1);
	}
	return alive;
}
