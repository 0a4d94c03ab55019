/* outline.c - the outline's form: a stamp, the revision, then list after list, each with its length first.
 *
 * Numbers are of varying length (seven bits a byte, lowest first, the sign in the lowest bit), texts carry their
 * length. Every field follows the same shapes as the tables.  Reading trusts no byte: it stops at the end, and what it
 * read passes the same checks as facts from anywhere else.
 */
#include "outline.h"

#include "store-private.h"

#include <base/limits.h>

#include <string.h>

static const RowShape *const SHAPES[] = {
	&PERSON_SHAPE, &INTERVIEW_SHAPE, &DEBRIEF_SHAPE, &EVENT_SHAPE, &DRAFT_OUTLINE, &OUTBOX_OUTLINE,
};

/* FNV-1a; the NUL counts, so that two words are not one. */
static guint32 add_to_stamp(guint32 stamp, const char *text)
{
	size_t length = strlen(text) + 1;
	for (size_t i = 0; i < length; i++)
		stamp = (stamp ^ (guint8)text[i]) * 16777619u;
	return stamp;
}

guint32 outline_stamp_new(void)
{
	guint32 stamp = 2166136261u;
	for (guint shape = 0; shape < G_N_ELEMENTS(SHAPES); shape++)
		for (int i = 0; i < SHAPES[shape]->count; i++)
			stamp = add_to_stamp(stamp, SHAPES[shape]->fields[i].column);
	for (int set = 0; set < WORDS_SET_COUNT; set++)
		for (int word = 0; word < word_count(set); word++)
			stamp = add_to_stamp(stamp, word_text(set, word));
	for (int state = 0; state < DRAFT_STATE_COUNT; state++)
		stamp = add_to_stamp(stamp, draft_state_word(state));
	for (int state = 0; state < OUTBOX_STATE_COUNT; state++)
		stamp = add_to_stamp(stamp, outbox_state_word(state));
	return stamp;
}

/* ---- writing ---- */

static void put_count(GByteArray *out, guint64 value)
{
	guint8 bytes[10];
	guint length = 0;
	do {
		bytes[length++] = (guint8)((value & 0x7f) | (value > 0x7f ? 0x80 : 0));
		value >>= 7;
	} while (value != 0);
	g_byte_array_append(out, bytes, length);
}

/* INT64_MIN, which stands for none, comes out as 0. */
static void put_number(GByteArray *out, int64_t value)
{
	put_count(out, (((guint64)value << 1) ^ (guint64)(value < 0 ? -1 : 0)) + 1);
}

static void put_text(GByteArray *out, const char *text)
{
	size_t length = text == NULL ? 0 : strlen(text);
	put_count(out, text == NULL ? 0 : length + 1);
	g_byte_array_append(out, (const guint8 *)text, (guint)length);
}

static void put_field(GByteArray *out, const RowField *field, const void *place)
{
	switch (field->kind) {
	case ROW_TEXT:
		put_text(out, *(char *const *)place);
		break;
	case ROW_INT64:
	case ROW_TIME:
		put_number(out, *(const int64_t *)place);
		break;
	case ROW_DAY:
		put_number(out, *(const Day *)place == DAY_NONE ? INT64_MIN : *(const Day *)place);
		break;
	default:
		put_number(out, *(const int *)place);
		break;
	}
}

static void put_fields(GByteArray *out, const RowShape *shape, const void *data)
{
	for (int i = 0; i < shape->count; i++)
		put_field(out, &shape->fields[i], (const char *)data + shape->fields[i].offset);
}

static void put_texts(GByteArray *out, const GPtrArray *texts)
{
	put_count(out, texts->len);
	for (guint i = 0; i < texts->len; i++)
		put_text(out, texts->pdata[i]);
}

static void put_interview(GByteArray *out, const Interview *interview)
{
	put_fields(out, &INTERVIEW_SHAPE, interview);
	put_count(out, interview->with->len);
	for (guint i = 0; i < interview->with->len; i++)
		put_number(out, g_array_index(interview->with, int, i));
}

static void put_debrief(GByteArray *out, const Debrief *debrief)
{
	put_fields(out, &DEBRIEF_SHAPE, debrief);
	put_count(out, debrief->topics->len);
	for (guint i = 0; i < debrief->topics->len; i++) {
		const Topic *topic = &g_array_index(debrief->topics, Topic, i);
		put_number(out, topic->with);
		put_text(out, topic->text);
	}
	put_texts(out, debrief->strong);
	put_texts(out, debrief->weak);
	put_texts(out, debrief->unsaid);
	put_texts(out, debrief->fit);
}

static bool is_settled(const OutboxRow *row)
{
	return row->state == OUTBOX_SENT || row->state == OUTBOX_REFUSED || row->state == OUTBOX_CANCELLED;
}

static bool is_at_rest(const GPtrArray *outbox)
{
	for (guint i = 0; i < outbox->len; i++)
		if (!is_settled(outbox->pdata[i]))
			return false;
	return true;
}

GByteArray *outline_format(const Record *record, const GPtrArray *outbox, guint32 stamp, int64_t revision)
{
	const Facts *facts = record->facts;
	if (!is_at_rest(outbox))
		return NULL;
	GByteArray *out = g_byte_array_sized_new(2048);
	put_count(out, stamp);
	put_number(out, revision);
	put_count(out, facts->people->len);
	for (guint i = 0; i < facts->people->len; i++)
		put_fields(out, &PERSON_SHAPE, facts_person(facts, (int)i));
	put_count(out, facts->interviews->len);
	for (guint i = 0; i < facts->interviews->len; i++)
		put_interview(out, facts_interview(facts, (int)i));
	put_count(out, facts->debriefs->len);
	for (guint i = 0; i < facts->debriefs->len; i++)
		put_debrief(out, facts_debrief(facts, (int)i));
	put_count(out, facts->events->len);
	for (guint i = 0; i < facts->events->len; i++)
		put_fields(out, &EVENT_SHAPE, facts_event(facts, (int)i));
	put_count(out, record->drafts->len);
	for (guint i = 0; i < record->drafts->len; i++)
		put_fields(out, &DRAFT_OUTLINE, record_draft(record, (int)i));
	put_count(out, outbox->len);
	for (guint i = 0; i < outbox->len; i++)
		put_fields(out, &OUTBOX_OUTLINE, outbox->pdata[i]);
	return out;
}

/* ---- reading ---- */

typedef struct Reading {
	const guint8 *at, *end;
	bool bad; /* once it is, everything read is 0 or none */
} Reading;

static guint64 take_count(Reading *in)
{
	guint64 value = 0;
	for (int shift = 0; shift < 64; shift += 7) {
		if (in->bad || in->at == in->end)
			break;
		guint8 byte = *in->at++;
		value |= (guint64)(byte & 0x7f) << shift;
		if ((byte & 0x80) == 0)
			return value;
	}
	in->bad = true;
	return 0;
}

static int64_t take_number(Reading *in)
{
	guint64 coded = take_count(in) - 1;
	return (int64_t)(coded >> 1) ^ -(int64_t)(coded & 1);
}

/* A list's length. Nothing is as short as a bit, so a length beyond the bytes that are left is wrong. */
static guint take_length(Reading *in)
{
	guint64 length = take_count(in);
	if (length > (guint64)(in->end - in->at))
		in->bad = true;
	return in->bad ? 0 : (guint)length;
}

static char *take_text(Reading *in)
{
	guint64 coded = take_count(in);
	if (coded == 0)
		return NULL;
	if (coded - 1 > (guint64)(in->end - in->at)) {
		in->bad = true;
		return NULL;
	}
	char *text = g_strndup((const char *)in->at, (size_t)(coded - 1));
	in->at += coded - 1;
	return text;
}

static int take_int(Reading *in)
{
	int64_t value = take_number(in);
	if (value < -1 || value > INT_MAX)
		in->bad = true;
	return in->bad ? -1 : (int)value;
}

static int take_state(Reading *in, const RowField *field)
{
	int state = take_int(in);
	if (field->state_word(state) == NULL)
		in->bad = true;
	return in->bad ? 0 : state;
}

static Day take_day(Reading *in)
{
	int64_t value = take_number(in);
	if (value == INT64_MIN)
		return DAY_NONE;
	if (value <= INT32_MIN || value > INT32_MAX)
		in->bad = true;
	return in->bad ? DAY_NONE : (Day)value;
}

static void take_field(Reading *in, const RowField *field, void *place)
{
	switch (field->kind) {
	case ROW_TEXT:
		*(char **)place = take_text(in);
		break;
	case ROW_INT64:
	case ROW_TIME:
		*(int64_t *)place = take_number(in);
		break;
	case ROW_DAY:
		*(Day *)place = take_day(in);
		break;
	case ROW_STATE:
		*(int *)place = take_state(in, field);
		break;
	default:
		*(int *)place = take_int(in);
		break;
	}
}

static void take_fields(Reading *in, const RowShape *shape, void *data)
{
	for (int i = 0; i < shape->count; i++)
		take_field(in, &shape->fields[i], (char *)data + shape->fields[i].offset);
}

static void take_texts(Reading *in, GPtrArray *texts)
{
	for (guint left = take_length(in); left > 0 && !in->bad; left--) {
		char *text = take_text(in);
		g_ptr_array_add(texts, text != NULL ? text : g_strdup(""));
	}
}

/* As many elements of zeros as a list will have, to be filled. */
static void take_list(Reading *in, GArray *list, guint limit)
{
	guint length = take_length(in);
	in->bad = in->bad || length > limit;
	if (in->bad)
		return;
	g_array_set_size(list, length);
	if (length > 0)
		memset(list->data, 0, (size_t)length * g_array_get_element_size(list));
}

static void take_interview(Reading *in, Interview *interview)
{
	take_fields(in, &INTERVIEW_SHAPE, interview);
	interview->with = g_array_new(FALSE, FALSE, sizeof(int));
	take_list(in, interview->with, LIMIT_WITH);
	for (guint i = 0; i < interview->with->len; i++)
		g_array_index(interview->with, int, i) = take_int(in);
}

static void take_debrief(Reading *in, Facts *facts)
{
	Debrief head;
	take_fields(in, &DEBRIEF_SHAPE, &head);
	Debrief *debrief = facts_add_debrief(facts, head.interview, head.at);
	for (guint left = take_length(in); left > 0 && !in->bad; left--) {
		Topic topic = {.with = take_int(in)};
		topic.text = take_text(in);
		g_array_append_val(debrief->topics, topic);
	}
	take_texts(in, debrief->strong);
	take_texts(in, debrief->weak);
	take_texts(in, debrief->unsaid);
	take_texts(in, debrief->fit);
}

static void take_facts(Reading *in, Facts *facts)
{
	take_list(in, facts->people, LIMIT_PEOPLE);
	for (guint i = 0; i < facts->people->len; i++)
		take_fields(in, &PERSON_SHAPE, facts_person(facts, (int)i));
	take_list(in, facts->interviews, LIMIT_INTERVIEWS);
	for (guint i = 0; i < facts->interviews->len; i++)
		take_interview(in, facts_interview(facts, (int)i));
	for (guint left = take_length(in); left > 0 && !in->bad; left--)
		take_debrief(in, facts);
	take_list(in, facts->events, LIMIT_EVENTS);
	for (guint i = 0; i < facts->events->len; i++)
		take_fields(in, &EVENT_SHAPE, facts_event(facts, (int)i));
}

static void take_notes(Reading *in, Record *record)
{
	for (guint left = take_length(in); left > 0 && !in->bad; left--) {
		Draft *draft = record_add_draft(record);
		take_fields(in, &DRAFT_OUTLINE, draft);
		in->bad = in->bad || draft->interview >= (int)record->facts->interviews->len ||
				  draft->person >= (int)record->facts->people->len;
	}
	for (guint left = take_length(in); left > 0 && !in->bad; left--) {
		OutboxRow *row = record_add_outbox(record);
		take_fields(in, &OUTBOX_OUTLINE, row);
		row->account = record->account;
		row->opportunity = record->id;
		row->number = (int)record->outbox->len - 1;
		in->bad = in->bad || row->draft >= (int)record->drafts->len;
	}
}

static void empty_lists(Record *record)
{
	g_array_set_size(record->facts->people, 0);
	g_array_set_size(record->facts->interviews, 0);
	g_array_set_size(record->facts->debriefs, 0);
	g_array_set_size(record->facts->events, 0);
	g_ptr_array_set_size(record->drafts, 0);
	g_ptr_array_set_size(record->outbox, 0);
}

bool outline_read(Record *record, guint32 stamp, const void *bytes, size_t length)
{
	Reading in = {.at = bytes, .end = (const guint8 *)bytes + length};
	if (take_count(&in) != stamp || take_number(&in) != record->revision || in.bad)
		return false;
	take_facts(&in, record->facts);
	take_notes(&in, record);
	if (!in.bad && in.at == in.end && facts_check(record->facts, NULL))
		return true;
	empty_lists(record);
	return false;
}
