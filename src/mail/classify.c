/* classify.c - asks the readers in turn: did it come back, does it invite, did a program answer, what does it say?
 */
#include "classify-auto.h"
#include "classify-bounce.h"
#include "classify-says.h"
#include "parse-words.h"

#include <mail/classify.h>

#include <string.h>

enum { SAYS_BYTES = 16 * 1024 };

const char *mail_kind_word(MailKind kind)
{
	static const char *const words[] = {"reply", "auto-reply", "bounce", "invitation", "other"};
	return words[kind];
}

const char *mail_bounce_word(MailBounce bounce)
{
	return bounce == MAIL_BOUNCE_HARD ? "hard" : bounce == MAIL_BOUNCE_SOFT ? "soft" : NULL;
}

/* ---- senders ---- */

/* Applicant systems and job boards send in an employer's name from domains of their own. */
static bool is_relay_domain(const char *address)
{
	const char *domain = address == NULL ? NULL : strrchr(address, '@');
	bool found = false;
	if (domain == NULL)
		return false;
	g_autoptr(WordsText) text = words_text_new(domain + 1, strlen(domain + 1));
	g_autoptr(GArray) finds = words_find(text, UINT64_C(1) << WORDS_RELAY);
	for (guint i = 0; i < finds->len; i++)
		found = found || g_array_index(finds, WordsFind, i).last == text->tokens->len;
	return found;
}

/* "no-reply", "donotreply", "notifications": an address nobody reads behind. */
static bool is_nobody(const char *address)
{
	static const char *const starts[] = {"no-reply",     "noreply",      "no.reply",     "no_reply",     "donotreply",
										 "do-not-reply", "do_not_reply", "do.not.reply", "notification", "autoreply",
										 "auto-reply",   "bounce",       "mailer",       "nepasrepondre"};
	for (size_t i = 0; address != NULL && i < G_N_ELEMENTS(starts); i++)
		if (g_str_has_prefix(address, starts[i]))
			return true;
	return false;
}

static bool is_relayed(const MailIncoming *mail)
{
	return is_relay_domain(mail->from_address) || is_nobody(mail->from_address) ||
		   (is_relay_domain(mail->reply_to_address) && is_relay_domain(mail->sender_address));
}

/* Whether the facts know the writer. */
static bool is_known(const MailIncoming *mail, const Facts *facts)
{
	for (guint i = 0; facts != NULL && mail->from_address != NULL && i < facts->people->len; i++) {
		const char *email = facts_person(facts, (int)i)->email;
		if (email != NULL && g_ascii_strcasecmp(email, mail->from_address) == 0)
			return true;
	}
	return false;
}

/* ---- kinds ---- */

static DateBase make_base(const MailIncoming *mail, const Facts *facts, int64_t now)
{
	int64_t at = mail->date_at == TIME_NONE ? now : mail->date_at;
	int64_t local = at + mail->date_offset;
	int64_t day = local / DAY_SECONDS - (local % DAY_SECONDS < 0);
	return (DateBase){(Day)CLAMP(day, 0, 2900000), mail->date_offset, facts};
}

static void add_id(GPtrArray *ids, const char *id)
{
	for (guint i = 0; i < ids->len; i++)
		if (strcmp(g_ptr_array_index(ids, i), id) == 0)
			return;
	g_ptr_array_add(ids, g_strdup(id));
}

/* In-Reply-To first, then References from the last to the first. */
static void take_ids(MailVerdict *verdict, const MailIncoming *mail)
{
	for (guint i = 0; i < mail->in_reply_to->len; i++)
		add_id(verdict->in_reply_to, g_ptr_array_index(mail->in_reply_to, i));
	for (guint i = mail->references->len; i > 0; i--)
		add_id(verdict->in_reply_to, g_ptr_array_index(mail->references, i - 1));
}

static bool take_bounce(MailVerdict *verdict, const MailIncoming *mail)
{
	BounceReading reading = bounce_read(mail);
	if (reading.bounce == MAIL_BOUNCE_NONE) {
		bounce_clear(&reading);
		return false;
	}
	verdict->kind = MAIL_KIND_BOUNCE;
	verdict->bounce = reading.bounce;
	verdict->recipient = g_steal_pointer(&reading.recipient);
	verdict->quote = g_steal_pointer(&reading.quote);
	verdict->confidence = reading.reported ? 0.98 : 0.85;
	if (reading.returned_id != NULL)
		g_ptr_array_insert(verdict->in_reply_to, 0, g_steal_pointer(&reading.returned_id));
	bounce_clear(&reading);
	return true;
}

/* An iTIP request, or one taken back (RFC 5546). */
static bool take_invitation(MailVerdict *verdict, const MailIncoming *mail)
{
	for (guint i = 0; i < mail->parts->len; i++) {
		const MailPart *part = g_ptr_array_index(mail->parts, i);
		bool cancels = g_strcmp0(part->method, "CANCEL") == 0;
		if (g_strcmp0(part->type, "text/calendar") != 0 || (!cancels && g_strcmp0(part->method, "REQUEST") != 0))
			continue;
		verdict->kind = MAIL_KIND_INVITATION;
		verdict->cancels = cancels;
		verdict->confidence = 0.98;
		return true;
	}
	return false;
}

static bool take_absence(
	MailVerdict *verdict, const MailIncoming *mail, const WordsText *text, const DateBase *base,
	const SaysReading *says)
{
	bool decided = says->says == SAYS_REJECTION || says->says == SAYS_OFFER || says->says == SAYS_NEXT_ROUND;
	AutoReading reading = auto_read(mail, text, base, decided);
	if (!reading.is_auto) {
		g_free(reading.quote);
		return false;
	}
	verdict->kind = MAIL_KIND_AUTO_REPLY;
	verdict->back_on = reading.back_on;
	verdict->confidence = reading.confidence;
	verdict->quote = reading.quote;
	return true;
}

/* Whether somebody wrote this to us about the matter. */
static bool is_reply(const MailIncoming *mail, const Facts *facts, const SaysReading *says)
{
	bool answers = mail->in_reply_to->len > 0 || mail->references->len > 0 ||
				   words_fit_start(mail->subject, strlen(mail->subject), WORDS_ANSWER_SUBJECT);
	bool mass = (mail->signs & (MAIL_SIGN_LIST | MAIL_SIGN_BULK)) != 0,
		 machine = (mail->signs & MAIL_SIGN_AUTO_GENERATED) != 0;
	if (is_known(mail, facts))
		return !machine || answers;
	if (says->says == SAYS_OTHER || mass || machine || mail->from_address == NULL)
		return answers && !(words_fit_start(mail->subject, strlen(mail->subject), WORDS_FORWARD_SUBJECT) &&
							says->says == SAYS_OTHER);
	return answers ||
		   (says->confidence > 0.7 && (words_fit(mail->subject, WORDS_JOB) || words_fit(mail->new_text, WORDS_JOB)));
}

static void take_says(MailVerdict *verdict, const MailIncoming *mail, const Facts *facts, SaysReading *says)
{
	verdict->is_relay = is_relayed(mail) && !is_known(mail, facts);
	verdict->confidence = 0.6;
	if (verdict->is_relay) {
		verdict->relayed_says = says->says == SAYS_OTHER ? WORD_NONE : says->says;
		verdict->confidence = 0.9;
	} else if (is_reply(mail, facts, says)) {
		verdict->kind = MAIL_KIND_REPLY;
		verdict->says = says->says;
		verdict->decision_by = says->decision_by;
		verdict->confidence = says->confidence;
	} else {
		return;
	}
	verdict->quote = g_steal_pointer(&says->quote);
}

/* The beginning of a text, as far as decisions are looked for in it. */
static WordsText *take_apart(const char *text)
{
	size_t length = strnlen(text, SAYS_BYTES + 1);
	if (length > SAYS_BYTES)
		length = (size_t)(g_utf8_find_prev_char(text, text + SAYS_BYTES) - text);
	return words_text_new(text, length);
}

MailVerdict *mail_classify(const MailIncoming *mail, const Facts *facts, int64_t now)
{
	MailVerdict *verdict = g_new0(MailVerdict, 1);
	DateBase base = make_base(mail, facts, now);
	*verdict = (MailVerdict){
		.kind = MAIL_KIND_OTHER,
		.back_on = DAY_NONE,
		.decision_by = DAY_NONE,
		.says = WORD_NONE,
		.relayed_says = WORD_NONE,
		.confidence = 0.9,
		.in_reply_to = g_ptr_array_new_with_free_func(g_free),
		.text = g_strdup(mail->new_text),
	};
	take_ids(verdict, mail);
	if (mail->report_type == MAIL_REPORT_READ || mail->report_type == MAIL_REPORT_OTHER || take_bounce(verdict, mail) ||
		take_invitation(verdict, mail))
		return verdict;
	g_autoptr(WordsText) text = take_apart(mail->new_text);
	/* An absence may stand below what it quotes. */
	g_autoptr(WordsText) all = *mail->new_text == '\0' ? take_apart(mail->text) : NULL;
	SaysReading says = says_read(text, &base);
	if (!take_absence(verdict, mail, all == NULL ? text : all, &base, &says))
		take_says(verdict, mail, facts, &says);
	g_free(says.quote);
	return verdict;
}

void mail_verdict_free(MailVerdict *verdict)
{
	if (verdict == NULL)
		return;
	g_free(verdict->recipient);
	g_ptr_array_unref(verdict->in_reply_to);
	g_free(verdict->quote);
	g_free(verdict->text);
	g_free(verdict);
}
