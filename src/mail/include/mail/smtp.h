/* smtp.h - hands messages to a server, and knows of each what became of it.
 *
 * libcurl connects, checks the certificate and logs in; the dialogue after that is ours, pipelined where the server
 * allows it (RFC 2920).  A message has one of four outcomes, and SENT, REFUSED and RETRY are certain.  Before the end
 * of a message can leave, the caller is asked, so that it can first note down that it may.  Nothing is logged.  The
 * program ignores SIGPIPE, as main does: a connection that broke is then an outcome, not an end.
 */
#pragma once

#include <mail/server.h>

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct SmtpSession SmtpSession;

typedef enum {
	SMTP_SENT,    /* the server has taken charge of it */
	SMTP_REFUSED, /* it never will (5xx): nothing was delivered */
	SMTP_RETRY,   /* not now (4xx, or the connection ended before the message's end left): nothing was delivered */
	SMTP_UNKNOWN, /* the message's end may have reached the server, which did not answer: never send it again blindly */
} SmtpOutcome;

/* Which part of the dialogue an outcome comes from. */
typedef enum {
	SMTP_AT_CONNECTION, /* before the message's turn: the connection ended, or the caller held it back */
	SMTP_AT_SENDER,     /* MAIL FROM */
	SMTP_AT_RECIPIENT,  /* RCPT TO: it is the address that is wrong */
	SMTP_AT_DATA,       /* DATA */
	SMTP_AT_END,        /* the whole message */
} SmtpStage;

/* All borrowed. */
typedef struct SmtpMessage {
	const char *from; /* as address_to_ascii gives it */
	const char *to;
	const char *data; /* as mail_compose gives it */
	size_t length;
} SmtpMessage;

#define SMTP_TEXT_BYTES 240

typedef struct SmtpResult {
	SmtpOutcome outcome;
	SmtpStage stage;
	int code;                   /* of the reply, 0 where there was none */
	char text[SMTP_TEXT_BYTES]; /* the reply, or what happened: one line of printable UTF-8 */
} SmtpResult;

/* The caller's side of a dialogue. Messages go in order, and each is known by its place: `told` concerns the first one
 * that nothing was told of yet, and so does `may_finish`. */
typedef struct SmtpCallbacks {
	/* The next message, borrowed until it was told of or smtp_send is over; NULL where there is none. */
	const SmtpMessage *(*next)(void *data);
	/* Called before a message's end may leave, when it is otherwise transmitted. Commit what must be known after a
	 * crash, then return true. False ends the dialogue: the connection is dropped, nothing is told of this message. */
	bool (*may_finish)(void *data);
	/* What became of a message, as soon as it is known. */
	void (*told)(void *data, const SmtpResult *result);
	/* Called, where not NULL, whenever an answer has to be waited for: time for other work. */
	void (*meanwhile)(void *data);
	void *data;
} SmtpCallbacks;

/* Connects and logs in. secret may be NULL where auth is none. Release with smtp_quit. INVALID: settings that cannot be
 * right (smtp_server_check). TEMPORARY: the host is not found, refuses, or is too slow. CONFLICT: a certificate that is
 * not to be trusted, a login refused, no TLS or no such way to log in: a person must act. */
bool smtp_open(const SmtpServer *server, const char *secret, SmtpSession **ret_session, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* Sends messages until there are none. True while the session can send more; false when its connection is gone:
 * messages that were not told of then were not reached, nothing of them was delivered, and another session may send
 * them. */
bool smtp_send(SmtpSession *session, const SmtpCallbacks *callbacks) G_GNUC_WARN_UNUSED_RESULT;

/* Takes leave, closes and frees; NULL is fine. */
void smtp_quit(SmtpSession *session);

/* Proves the settings by a login and sends nothing. Errors as smtp_open. */
bool mail_probe(const SmtpServer *server, const char *secret, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* "sent", "refused", "retry", "unknown"; static. */
static inline const char *smtp_outcome_word(SmtpOutcome outcome)
{
	static const char *const words[] = {"sent", "refused", "retry", "unknown"};
	return (size_t)outcome < G_N_ELEMENTS(words) ? words[outcome] : NULL;
}
