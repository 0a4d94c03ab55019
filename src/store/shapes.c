/* shapes.c - which column holds which field: the one place where structs and tables are matched.
 */
#include "store-private.h"

static const char *const ITEM_KINDS[ITEM_KIND_COUNT] = {"topic", "strong", "weak", "unsaid", "fit"};

static const char *item_kind_word(int kind)
{
	return row_state_word(ITEM_KINDS, ITEM_KIND_COUNT, kind);
}

static int item_kind_find(const char *word)
{
	return row_state_find(ITEM_KINDS, ITEM_KIND_COUNT, word);
}

#define FIELD(type, name, field_kind)                                                                                  \
	{                                                                                                                  \
		.column = #name, .kind = (field_kind), .offset = offsetof(type, name)                                          \
	}
#define NAMED(type, name, column_name, field_kind)                                                                     \
	{                                                                                                                  \
		.column = (column_name), .kind = (field_kind), .offset = offsetof(type, name)                                  \
	}
#define WORD(type, name, word_set)                                                                                     \
	{                                                                                                                  \
		.column = #name, .kind = ROW_WORD, .offset = offsetof(type, name), .set = (word_set)                           \
	}
#define STATE(type, name, word, find)                                                                                  \
	{                                                                                                                  \
		.column = #name, .kind = ROW_STATE, .offset = offsetof(type, name), .state_word = (word), .state_find = (find) \
	}
#define PROMISE(type)                                                                                                  \
	NAMED(type, promise.decision_by, "decision_by", ROW_DAY),                                                          \
		NAMED(type, promise.follow_up_after, "follow_up_after", ROW_DAY),                                              \
		NAMED(type, promise.process_weeks, "process_weeks", ROW_WEEKS)
#define SHAPE(name, of, table) const RowShape name = {.what = (of), .fields = (table), .count = G_N_ELEMENTS(table)}
/* The same without the last fields: the body, and what only a deliverer asks for. */
#define OUTLINE(name, of, table, left_out)                                                                             \
	const RowShape name = {.what = (of), .fields = (table), .count = G_N_ELEMENTS(table) - (left_out)}

/* clang-format off: one column a line */
static const RowField ACCOUNT_FIELDS[] = {
	FIELD(Account, zone, ROW_TEXT),
	NAMED(Account, me.name, "name", ROW_TEXT),
	NAMED(Account, me.email, "email", ROW_TEXT),
	NAMED(Account, me.phone, "phone", ROW_TEXT),
	NAMED(Account, me.linkedin, "linkedin", ROW_TEXT),
	NAMED(Account, me.skills, "skills", ROW_LINES),
	FIELD(Account, holidays, ROW_DAYS),
};
SHAPE(ACCOUNT_SHAPE, "account", ACCOUNT_FIELDS);

static const RowField RECORD_FIELDS[] = {
	FIELD(Record, id, ROW_INT64),
	FIELD(Record, revision, ROW_INT64),
	FIELD(Record, next_at, ROW_TIME),
	FIELD(Record, created_at, ROW_INT64),
	FIELD(Record, later_until, ROW_TIME),
	FIELD(Record, later_since, ROW_TIME),
	FIELD(Record, playbook, ROW_TEXT),
};
SHAPE(RECORD_SHAPE, "opportunity", RECORD_FIELDS);

static const RowField OPPORTUNITY_FIELDS[] = {
	FIELD(Facts, company, ROW_TEXT),
	FIELD(Facts, position, ROW_TEXT),
	WORD(Facts, pace, WORDS_PACE),
	WORD(Facts, stage, WORDS_STAGE),
	FIELD(Facts, requirements, ROW_LINES),
};
SHAPE(OPPORTUNITY_SHAPE, "opportunity", OPPORTUNITY_FIELDS);

static const RowField PERSON_FIELDS[] = {
	FIELD(Person, id, ROW_TEXT),
	FIELD(Person, name, ROW_TEXT),
	FIELD(Person, salutation, ROW_TEXT),
	WORD(Person, role, WORDS_ROLE),
	FIELD(Person, email, ROW_TEXT),
	FIELD(Person, phone, ROW_TEXT),
	FIELD(Person, address, ROW_TEXT),
	FIELD(Person, linkedin, ROW_TEXT),
};
SHAPE(PERSON_SHAPE, "person", PERSON_FIELDS);

static const RowField INTERVIEW_FIELDS[] = {
	FIELD(Interview, id, ROW_TEXT),
	WORD(Interview, kind, WORDS_INTERVIEW_KIND),
	NAMED(Interview, start, "start_at", ROW_INT64),
	NAMED(Interview, end, "end_at", ROW_INT64),
	PROMISE(Interview),
	FIELD(Interview, place, ROW_TEXT),
	FIELD(Interview, link, ROW_TEXT),
};
SHAPE(INTERVIEW_SHAPE, "interview", INTERVIEW_FIELDS);

static const RowField DEBRIEF_FIELDS[] = {
	FIELD(Debrief, interview, ROW_INT),
	FIELD(Debrief, at, ROW_INT64),
};
SHAPE(DEBRIEF_SHAPE, "debrief", DEBRIEF_FIELDS);

static const RowField ITEM_FIELDS[] = {
	FIELD(DebriefItem, debrief, ROW_INT),
	STATE(DebriefItem, kind, item_kind_word, item_kind_find),
	FIELD(DebriefItem, person, ROW_INDEX),
	FIELD(DebriefItem, text, ROW_TEXT),
};
SHAPE(ITEM_SHAPE, "debrief's entry", ITEM_FIELDS);

static const RowField EVENT_FIELDS[] = {
	FIELD(Event, at, ROW_INT64),
	WORD(Event, kind, WORDS_EVENT),
	WORD(Event, step, WORDS_STEP),
	FIELD(Event, interview, ROW_INDEX),
	FIELD(Event, person, ROW_INDEX),
	WORD(Event, channel, WORDS_CHANNEL),
	WORD(Event, result, WORDS_CALL_RESULT),
	WORD(Event, says, WORDS_SAYS),
	PROMISE(Event),
	FIELD(Event, back_on, ROW_DAY),
	FIELD(Event, address, ROW_TEXT),
};
SHAPE(EVENT_SHAPE, "event", EVENT_FIELDS);

static const RowField DRAFT_FIELDS[] = {
	WORD(Draft, step, WORDS_STEP),
	FIELD(Draft, interview, ROW_INDEX),
	FIELD(Draft, person, ROW_INDEX),
	{.column = "channel", .kind = ROW_WORD_OR_EMPTY, .offset = offsetof(Draft, channel), .set = WORDS_CHANNEL},
	FIELD(Draft, subject, ROW_TEXT),
	STATE(Draft, state, draft_state_word, draft_state_find),
	FIELD(Draft, playbook, ROW_TEXT),
	FIELD(Draft, variant, ROW_TEXT),
	FIELD(Draft, created_at, ROW_INT64),
	FIELD(Draft, edited_at, ROW_TIME),
	FIELD(Draft, approved_at, ROW_TIME),
	FIELD(Draft, body, ROW_TEXT),
};
SHAPE(DRAFT_SHAPE, "draft", DRAFT_FIELDS);
OUTLINE(DRAFT_OUTLINE, "draft", DRAFT_FIELDS, 1);

static const RowField OUTBOX_FIELDS[] = {
	FIELD(OutboxRow, account, ROW_INT64),
	FIELD(OutboxRow, opportunity, ROW_INT64),
	FIELD(OutboxRow, number, ROW_INT),
	FIELD(OutboxRow, draft, ROW_INDEX),
	FIELD(OutboxRow, message_id, ROW_TEXT),
	FIELD(OutboxRow, from_name, ROW_TEXT),
	FIELD(OutboxRow, from_address, ROW_TEXT),
	FIELD(OutboxRow, to_name, ROW_TEXT),
	FIELD(OutboxRow, to_address, ROW_TEXT),
	FIELD(OutboxRow, subject, ROW_TEXT),
	FIELD(OutboxRow, in_reply_to, ROW_TEXT),
	NAMED(OutboxRow, references, "reference_ids", ROW_TEXT),
	FIELD(OutboxRow, created_at, ROW_INT64),
	FIELD(OutboxRow, send_at, ROW_INT64),
	STATE(OutboxRow, state, outbox_state_word, outbox_state_find),
	FIELD(OutboxRow, attempts, ROW_INT),
	FIELD(OutboxRow, claims, ROW_INT64),
	FIELD(OutboxRow, lease_until, ROW_TIME),
	FIELD(OutboxRow, sent_at, ROW_TIME),
	FIELD(OutboxRow, response, ROW_TEXT),
	FIELD(OutboxRow, last_error, ROW_TEXT),
	FIELD(OutboxRow, review_seal, ROW_TEXT),
	FIELD(OutboxRow, body, ROW_TEXT),
};
SHAPE(OUTBOX_SHAPE, "note on its way", OUTBOX_FIELDS);
OUTLINE(OUTBOX_OUTLINE, "note on its way", OUTBOX_FIELDS, 2);
