/* format.c - a plan as the JSON of the contract.
 *
 * Many thousands are written a second, so bytes are put straight into room that is made once for a step; the keys'
 * order is the contract's.  Lists of words stay on one line, indented or not.
 */
#include "explain.h"
#include "history.h"
#include "playbook-model.h"

#include <string.h>

/* Where the next byte goes, and how lines are broken. */
typedef struct Out {
	GString *text;
	char *at; /* inside text; room was made for what comes */
	bool indented;
} Out;

/* Makes room for so many bytes; `at` stands where they go. */
static void make_room(Out *out, size_t bytes)
{
	size_t used = out->at ? (size_t)(out->at - out->text->str) : out->text->len;
	g_string_set_size(out->text, used + bytes);
	out->at = out->text->str + used;
}

/* Ends the text where the last byte went. */
static void close_room(Out *out)
{
	g_string_truncate(out->text, (size_t)(out->at - out->text->str));
	out->at = NULL;
}

static inline void put_bytes(Out *out, const char *bytes, size_t count)
{
	memcpy(out->at, bytes, count);
	out->at += count;
}

#define PUT(out, literal) put_bytes((out), "" literal "", sizeof(literal) - 1)

static void put_text(Out *out, const char *text)
{
	put_bytes(out, text, strlen(text));
}

/* A new line at a depth, where the plan is indented. */
static inline void put_line(Out *out, int depth)
{
	if (!out->indented)
		return;
	*out->at++ = '\n';
	memset(out->at, ' ', (size_t)depth * 2);
	out->at += depth * 2;
}

/* Between members: a comma, and the line broken. */
static inline void put_comma(Out *out, int depth)
{
	*out->at++ = ',';
	put_line(out, depth);
}

static inline void put_key_bytes(Out *out, const char *key, size_t length)
{
	put_bytes(out, key, length);
	if (out->indented)
		*out->at++ = ' ';
}

#define PUT_KEY(out, name) put_key_bytes((out), "\"" name "\":", sizeof("\"" name "\":") - 1)

#define ESCAPED_MAX 6 /* bytes that one byte of a text can become */

static char *put_escaped_byte(char *at, unsigned char byte)
{
	static const char hex[] = "0123456789abcdef";
	if (byte >= 0x20) {
		*at++ = '\\';
		*at++ = (char)byte;
		return at;
	}
	memcpy(at, "\\u00", 4);
	at[4] = hex[byte >> 4];
	at[5] = hex[byte & 15];
	return at + 6;
}

/* True if none of eight bytes has to be escaped; may be false for others too. A byte is zero where subtracting one
 * borrows. */
static inline bool are_plain(uint64_t bytes)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	uint64_t quotes = bytes ^ ones * '"', slashes = bytes ^ ones * '\\';
	uint64_t special = ((bytes - ones * 0x20) & ~bytes) | ((quotes - ones) & ~quotes) | ((slashes - ones) & ~slashes);
	return (special & ones * 0x80) == 0;
}

/* Almost every text is plain, so eight bytes go at a time. */
static void put_string(Out *out, const char *text, size_t length)
{
	char *at = out->at;
	*at++ = '"';
	for (size_t i = 0; i < length;) {
		uint64_t bytes;
		if (i + sizeof bytes <= length) {
			memcpy(&bytes, text + i, sizeof bytes);
			memcpy(at, &bytes, sizeof bytes);
			if (are_plain(bytes)) {
				i += sizeof bytes;
				at += sizeof bytes;
				continue;
			}
		}
		unsigned char byte = (unsigned char)text[i++];
		if (byte >= 0x20 && byte != '"' && byte != '\\')
			*at++ = (char)byte;
		else
			at = put_escaped_byte(at, byte);
	}
	*at++ = '"';
	out->at = at;
}

static void put_word(Out *out, const char *word)
{
	*out->at++ = '"';
	put_text(out, word);
	*out->at++ = '"';
}

static void put_time(Out *out, const Zone *zone, int64_t at)
{
	if (at == TIME_NONE) {
		PUT(out, "null");
		return;
	}
	*out->at++ = '"';
	out->at += zone_format(zone, at, out->at);
	*out->at++ = '"';
}

static void put_number(Out *out, int number)
{
	if (number >= 10)
		put_number(out, number / 10);
	*out->at++ = (char)('0' + number % 10);
}

static void put_id(Out *out, const char *id)
{
	if (id)
		put_string(out, id, strlen(id));
	else
		PUT(out, "null");
}

static const char *person_id(const Plan *plan, int person)
{
	return person == NOBODY ? NULL : facts_person(plan->facts, person)->id;
}

static void put_channels(Out *out, const PlanStep *step)
{
	*out->at++ = '[';
	for (int i = 0; i < step->channel_count; i++) {
		if (i > 0)
			*out->at++ = ',';
		put_word(out, word_text(WORDS_CHANNEL, (int)step->channels[i]));
	}
	*out->at++ = ']';
}

/* What is missing for each channel, in the channels' order. */
static void put_needs(Out *out, const PlanStep *step)
{
	*out->at++ = '[';
	bool any = false;
	for (int i = 0; i < step->channel_count && step->needs; i++) {
		Channel channel = step->channels[i];
		const char *word = channel == CHANNEL_EMAIL  ? "email"
						   : channel == CHANNEL_CALL ? "phone"
						   : channel == CHANNEL_CARD ? "address"
													 : NULL;
		if (!word)
			continue;
		if (any)
			*out->at++ = ',';
		any = true;
		put_word(out, word);
	}
	*out->at++ = ']';
}

static void put_must(Out *out, unsigned must)
{
	*out->at++ = '[';
	for (unsigned rest = must; rest; rest &= rest - 1) {
		if (rest != must)
			*out->at++ = ',';
		put_word(out, word_text(WORDS_MUST, __builtin_ctz(rest)));
	}
	*out->at++ = ']';
}

#define STEP_BYTES 1200  /* a step without its ids and reasons: keys, times, all words of all lists, indentation */
#define REASON_BYTES 100 /* a reason without its texts */

static void put_because(Out *out, const Plan *plan, const PlanStep *step, GString *sentence)
{
	BecauseWalk walk = because_walk(plan, step);
	Because because;
	*out->at++ = '[';
	for (bool first = true; because_next(&walk, &because, sentence); first = false) {
		size_t rule = strlen(because.rule), source = strlen(because.source);
		make_room(out, REASON_BYTES + ESCAPED_MAX * (rule + source + sentence->len));
		if (!first)
			*out->at++ = ',';
		put_line(out, 4);
		*out->at++ = '{';
		PUT_KEY(out, "rule");
		put_string(out, because.rule, rule);
		*out->at++ = ',';
		PUT_KEY(out, "source");
		put_string(out, because.source, source);
		*out->at++ = ',';
		PUT_KEY(out, "text");
		put_string(out, sentence->str, sentence->len);
		*out->at++ = '}';
	}
	make_room(out, REASON_BYTES);
	put_line(out, 3);
	*out->at++ = ']';
}

static size_t id_room(const char *id)
{
	return id ? ESCAPED_MAX * strlen(id) : 0;
}

static void put_whom(Out *out, const Plan *plan, const PlanStep *step)
{
	PUT_KEY(out, "step");
	put_word(out, word_text(WORDS_STEP, (int)step->kind));
	put_comma(out, 3);
	PUT_KEY(out, "interview");
	put_id(out, facts_interview(plan->facts, step->interview)->id);
	put_comma(out, 3);
	PUT_KEY(out, "to");
	put_id(out, person_id(plan, step->to));
	put_comma(out, 3);
	PUT_KEY(out, "state");
	put_word(out, step_state_word(step->state));
	put_comma(out, 3);
	PUT_KEY(out, "optional");
	put_text(out, step->optional ? "true" : "false");
	put_comma(out, 3);
	PUT_KEY(out, "channels");
	put_channels(out, step);
	put_comma(out, 3);
}

static void put_when(Out *out, const Plan *plan, const PlanStep *step)
{
	const Zone *zone = plan->facts->zone;
	PUT_KEY(out, "opens");
	put_time(out, zone, step->opens);
	put_comma(out, 3);
	PUT_KEY(out, "due");
	put_time(out, zone, step->due);
	put_comma(out, 3);
	PUT_KEY(out, "closes");
	put_time(out, zone, step->closes);
	put_comma(out, 3);
	PUT_KEY(out, "done_at");
	put_time(out, zone, step->done_at);
	put_comma(out, 3);
}

static void put_rest(Out *out, const Plan *plan, const PlanStep *step)
{
	PUT_KEY(out, "attempt");
	put_number(out, step->attempt);
	put_comma(out, 3);
	PUT_KEY(out, "needs");
	put_needs(out, step);
	put_comma(out, 3);
	PUT_KEY(out, "reason");
	if (step->reason == REASON_NONE)
		PUT(out, "null");
	else
		put_word(out, skip_reason_word(step->reason));
	put_comma(out, 3);
	PUT_KEY(out, "about");
	put_id(out, person_id(plan, step->about));
	put_comma(out, 3);
	PUT_KEY(out, "must");
	put_must(out, step->must);
	put_comma(out, 3);
	PUT_KEY(out, "because");
}

static void put_step(Out *out, const Plan *plan, guint index, GString *sentence)
{
	const PlanStep *step = plan_step(plan, index);
	make_room(
		out, STEP_BYTES + id_room(facts_interview(plan->facts, step->interview)->id) +
				 id_room(person_id(plan, step->to)) + id_room(person_id(plan, step->about)));
	if (index > 0)
		*out->at++ = ',';
	put_line(out, 2);
	*out->at++ = '{';
	put_line(out, 3);
	put_whom(out, plan, step);
	put_when(out, plan, step);
	put_rest(out, plan, step);
	put_because(out, plan, step, sentence);
	put_line(out, 2);
	*out->at++ = '}';
}

static void put_head(Out *out, const Plan *plan)
{
	const char *name = plan->playbook->name;
	make_room(out, STEP_BYTES + id_room(name));
	*out->at++ = '{';
	put_line(out, 1);
	PUT_KEY(out, "version");
	*out->at++ = '1';
	put_comma(out, 1);
	PUT_KEY(out, "playbook");
	put_id(out, name);
	put_comma(out, 1);
	PUT_KEY(out, "now");
	put_time(out, plan->facts->zone, plan->now);
	put_comma(out, 1);
	PUT_KEY(out, "verdict");
	put_word(out, verdict_word(plan->verdict));
	put_comma(out, 1);
	PUT_KEY(out, "next_at");
	put_time(out, plan->facts->zone, plan->next_at);
	put_comma(out, 1);
	PUT_KEY(out, "steps");
	*out->at++ = '[';
}

void plan_format(const Plan *plan, bool indented, GString *text)
{
	g_autoptr(GString) sentence = g_string_sized_new(512);
	Out out = {text, NULL, indented};
	put_head(&out, plan);
	for (guint i = 0; i < plan->steps->len; i++)
		put_step(&out, plan, i, sentence);
	make_room(&out, STEP_BYTES);
	if (plan->steps->len > 0)
		put_line(&out, 1);
	*out.at++ = ']';
	put_line(&out, 0);
	*out.at++ = '}';
	close_room(&out);
}
