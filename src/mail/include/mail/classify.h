/* classify.h - what an incoming mail is, and what it says of a decision.
 *
 * Rules and word lists, the same every time; words/ holds the lists.  What a mail says is read from its new text alone.
 * A relay of an applicant system is never taken for the employer: its mail is `other`.
 */
#pragma once

#include <facts/facts.h>
#include <mail/parse.h>

typedef enum {
	MAIL_KIND_REPLY,      /* somebody answered, or wrote about the matter */
	MAIL_KIND_AUTO_REPLY, /* an absence or another answer by a program */
	MAIL_KIND_BOUNCE,
	MAIL_KIND_INVITATION, /* it carries an iTIP request, or takes one back */
	MAIL_KIND_OTHER,
} MailKind;

typedef enum {
	MAIL_BOUNCE_NONE,
	MAIL_BOUNCE_HARD, /* the address is dead: no such user, no such host, moved away, takes no mail */
	MAIL_BOUNCE_SOFT, /* anything else: a full mailbox, a delay, a policy */
} MailBounce;

typedef struct MailVerdict {
	MailKind kind;
	MailBounce bounce;
	char *recipient;        /* bounce: the address that did not work, in lower case; or NULL */
	Day back_on;            /* auto-reply: the day they are back, or DAY_NONE */
	GPtrArray *in_reply_to; /* of char*: what it answers or returns, the nearest first, without brackets */
	int says;               /* Says; WORD_NONE where nobody answered */
	int relayed_says;       /* what a relay of an applicant system says: for a person to confirm; or WORD_NONE */
	bool is_relay;          /* it came by such a system */
	bool cancels;           /* invitation: it takes one back */
	Day decision_by;        /* when they will decide or write again; or DAY_NONE */
	double confidence;      /* 0 to 1: how sure kind and says are */
	char *quote;            /* the sentence it was read from; or NULL */
	char *text;             /* the new text */
} MailVerdict;

/* Judges a mail. facts may be NULL: its people are known senders, its holidays no business days. now stands in for the
 * date of a mail that has none. Never fails. Free with mail_verdict_free.
 *
 * Dates are resolved against the mail's own date, on its writer's calendar:
 *   Thursday            the next one after that day; "this Friday" the one of that week
 *   next Friday         the one of the week after (weeks begin on Monday); "Friday week" seven days after the next one
 *   end of (next) week  its Friday; the beginning its Monday, the middle its Wednesday; "next week" is over on Friday
 *   end of the month    its last day; "mid-December" the 15th, "early" the 7th, "late" the 25th
 *   in January          its last day; "until January" its first
 *   end of the year     its last day; "early next year" the end of January
 *   in ten days         so many days later; business days are counted without weekends and holidays of the facts;
 *                       of "one or two weeks" the later counts; "a few days" are three business days
 *   on the 27th, 5 May  the next one to come; "3/4" is read as the reading that is to come and nearer, and where both
 *                       are, as the writer's clock suggests: month first west of the Atlantic, else day first
 */
MailVerdict *mail_classify(const MailIncoming *mail, const Facts *facts, int64_t now);

void mail_verdict_free(MailVerdict *verdict);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MailVerdict, mail_verdict_free)

/* "reply", "auto-reply", "bounce", "invitation", "other"; "hard", "soft" or NULL. Static. */
const char *mail_kind_word(MailKind kind);
const char *mail_bounce_word(MailBounce bounce);
