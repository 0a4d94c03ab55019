/* op-classify.c - followup classify: a mail in, what it is and says out; keeps no state.
 *
 * The mail room judges; here its verdict is written as the contract has it, or as a few lines for a person.
 */
#include "ops.h"

#include <base/json-out.h>
#include <base/limits.h>
#include <base/text.h>
#include <facts/facts-json.h>

static const char *says_word(int says)
{
	return says == WORD_NONE ? NULL : word_text(WORDS_SAYS, says);
}

static void write_day(JsonOut *out, const char *key, Day day)
{
	char text[DAY_TEXT_BYTES];
	json_out_key_string(out, key, day == DAY_NONE ? NULL : day_format(day, text));
}

static void write_ids(JsonOut *out, const GPtrArray *ids)
{
	json_out_key(out, "in_reply_to");
	json_out_array(out);
	for (guint i = 0; i < ids->len; i++)
		json_out_string(out, g_ptr_array_index(ids, i));
	json_out_array_end(out);
}

/* The contract's object; "cancels", "relay" and "relay_says" are more than it asks. */
static void write_json(const MailModule *mail, const MailVerdict *verdict, GString *text)
{
	JsonOut out = json_out(text, true);
	json_out_object(&out);
	json_out_key_string(&out, "kind", mail->kind_word(verdict->kind));
	json_out_key_string(&out, "bounce", mail->bounce_word(verdict->bounce));
	write_day(&out, "back_on", verdict->back_on);
	json_out_key_string(&out, "recipient", verdict->recipient);
	write_ids(&out, verdict->in_reply_to);
	json_out_key_string(&out, "says", says_word(verdict->says));
	write_day(&out, "decision_by", verdict->decision_by);
	json_out_key(&out, "confidence");
	json_out_double(&out, verdict->confidence);
	json_out_key_string(&out, "quote", verdict->quote);
	json_out_key_string(&out, "text", verdict->text);
	json_out_key_bool(&out, "cancels", verdict->cancels);
	json_out_key_bool(&out, "relay", verdict->is_relay);
	json_out_key_string(&out, "relay_says", says_word(verdict->relayed_says));
	json_out_object_end(&out);
	g_string_append_c(text, '\n');
}

static void say_day(Printer *printer, const char *what, Day day)
{
	char text[DAY_TEXT_BYTES];
	if (day != DAY_NONE)
		printer_say(printer, SAY_DETAIL, "%s %s %s.", what, weekday_name(day_weekday(day)), day_format(day, text));
}

static void say_verdict(const MailModule *mail, const MailVerdict *verdict, Printer *printer)
{
	const char *bounce = mail->bounce_word(verdict->bounce);
	printer_say(
		printer, SAY_HEADING, "%s%s%s%s%s", mail->kind_word(verdict->kind), bounce == NULL ? "" : ", ",
		bounce == NULL ? "" : bounce, verdict->says == WORD_NONE ? "" : ": ",
		verdict->says == WORD_NONE ? "" : says_word(verdict->says));
	if (verdict->recipient != NULL)
		printer_say(printer, SAY_DETAIL, "It was for %s.", verdict->recipient);
	if (verdict->is_relay)
		printer_say(
			printer, SAY_DETAIL, "An applicant system sent it, not a person%s%s.",
			verdict->relayed_says == WORD_NONE ? "" : "; it reads as ",
			verdict->relayed_says == WORD_NONE ? "" : says_word(verdict->relayed_says));
	say_day(printer, "They are back on", verdict->back_on);
	say_day(printer, "They decide by", verdict->decision_by);
	if (verdict->quote != NULL)
		printer_say_text(printer, SAY_QUOTE, verdict->quote);
}

/* The facts of --facts, or NULL; *ret_now is the present in their zone. */
static bool load_facts(App *app, const OpArgs *args, Facts **ret_facts, int64_t *ret_now, GError **error)
{
	g_autoptr(GString) text = NULL;
	g_autoptr(Facts) facts = NULL;
	g_autoptr(Zone) zone = NULL;
	if (op_args_has(args, "facts") && (!desk_given_file_load(args, "facts", 0, LIMIT_INPUT_BYTES, &text, error) ||
									   !facts_parse(text->str, text->len, &facts, error)))
		return false;
	zone = facts != NULL ? zone_ref(facts->zone) : zone_load("UTC", error);
	if (zone == NULL || !desk_now(app, zone, ret_now, error))
		return false;
	*ret_facts = g_steal_pointer(&facts);
	return true;
}

bool op_classify(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	g_autoptr(GString) input = NULL;
	g_autoptr(GString) out = g_string_new(NULL);
	g_autoptr(Facts) facts = NULL;
	const MailModule *mail = NULL;
	int64_t now = 0;
	if (!load_facts(app, args, &facts, &now, error) || !desk_mail_load(app, &mail, error) ||
		!desk_input_load(args, MAIL_LIMIT_BYTES, &input, error))
		return false;
	if (text_is_blank(input->str) && input->len == strlen(input->str))
		return base_error_set(
			error, BASE_ERROR_INVALID, "input", "There is no mail on standard input; give one with \"< mail.eml\".");
	MailIncoming *incoming = mail->parse(input->str, input->len);
	MailVerdict *verdict = mail->classify(incoming, facts, now);
	if (g_strcmp0(op_args_get(args, "format"), "text") == 0) {
		say_verdict(mail, verdict, printer);
	} else {
		write_json(mail, verdict, out);
		printer_document(printer, out->str, out->len);
	}
	mail->verdict_free(verdict);
	mail->incoming_free(incoming);
	return true;
}
