/* parse.h - an incoming mail as a struct: who, when, in answer to what, and what is new in its text.
 *
 * Reads any bytes: a mail that breaks the rules gives what could be read of it, one that is no mail at all its text.
 * Everything is bounded; what is over a bound is left out, never an error.  Nothing of a mail is ever evaluated.
 * Decisions are not made here (classify.h).
 */
#pragma once

#include <base/civil.h>
#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	MAIL_LIMIT_BYTES = 32 * 1024 * 1024, /* a mail as it comes; the rest is cut off */
	MAIL_LIMIT_HEADERS = 256 * 1024,     /* its headers; lines after that are its text */
	MAIL_LIMIT_DEPTH = 20,               /* parts inside parts */
	MAIL_LIMIT_PARTS = 200,
	MAIL_LIMIT_TEXT = 256 * 1024,            /* text of one mail, decoded */
	MAIL_LIMIT_HTML = 1024 * 1024,           /* HTML that is read for text */
	MAIL_LIMIT_REPORT = 64 * 1024,           /* what a report on a delivery says */
	MAIL_LIMIT_PART_BYTES = 8 * 1024 * 1024, /* one attachment, decoded; a larger one is left out */
	MAIL_LIMIT_IDS = 100,                    /* messages a mail refers to */
	MAIL_LIMIT_VALUE = 2000,                 /* bytes of one header's value */
};

/* What the headers say of how a mail came about; bits. */
typedef enum {
	MAIL_SIGN_AUTO_REPLIED = 1 << 0,   /* a program answered: Auto-Submitted (RFC 3834), X-Autoreply and their kin */
	MAIL_SIGN_AUTO_GENERATED = 1 << 1, /* a program wrote it of its own accord */
	MAIL_SIGN_LIST = 1 << 2,           /* a mailing list (RFC 2369, 2919) */
	MAIL_SIGN_BULK = 1 << 3,           /* Precedence: bulk or junk */
	MAIL_SIGN_NULL_SENDER = 1 << 4,    /* Return-Path: <> */
	MAIL_SIGN_FAILED = 1 << 5,         /* X-Failed-Recipients */
} MailSign;

/* What a multipart/report is about (RFC 6522). */
typedef enum { MAIL_REPORT_NONE, MAIL_REPORT_DELIVERY, MAIL_REPORT_READ, MAIL_REPORT_OTHER } MailReport;

/* A calendar part or an attachment, decoded. */
typedef struct MailPart {
	char *type;     /* "text/calendar", lower case */
	char *filename; /* or NULL */
	char *method;   /* of a calendar, upper case: its iTIP method (RFC 5546); or NULL */
	GBytes *bytes;  /* text in the charset it came in, but a calendar in UTF-8 */
} MailPart;

typedef struct MailIncoming {
	char *from_name, *from_address;      /* of From, else of Sender; the address in lower case; or NULL */
	char *sender_address;                /* of Sender, or NULL */
	char *reply_to_address;              /* or NULL */
	GPtrArray *to;                       /* of char*: addresses of To and Cc, in lower case */
	char *subject;                       /* decoded, one line; "" where there is none */
	int64_t date_at;                     /* Unix seconds: of Date, else of the newest Received; TIME_NONE */
	int date_offset;                     /* seconds east of Greenwich on the writer's clock */
	char *message_id;                    /* without brackets, or NULL */
	GPtrArray *in_reply_to, *references; /* of char*, without brackets, in the order given */
	unsigned signs;                      /* of MailSign */
	char *away_until;                    /* a return date that stands in a header, as it stands there; or NULL */
	MailReport report_type;
	char *report;                    /* the fields of a delivery report (RFC 3464), UTF-8; or NULL */
	char *failed_recipients;         /* X-Failed-Recipients, or NULL */
	char *returned_id, *returned_to; /* Message-ID and recipient of the mail that came back; or NULL */
	char *text;                      /* all of its text, UTF-8, lines ended by \n; "" where there is none */
	char *new_text;                  /* what its writer wrote: no quoted text, no signature */
	GPtrArray *parts;                /* of MailPart* */
} MailIncoming;

/* Reads a mail. Line ends may be CR LF, LF or CR; a line "From …" of a mailbox file before it is passed over. Bytes
 * without any header of a mail are taken as its text. Never fails. Free with mail_incoming_free. */
MailIncoming *mail_parse(const char *bytes, size_t length);

void mail_incoming_free(MailIncoming *mail);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MailIncoming, mail_incoming_free)
