/* facts-json.c - reads facts from JSON (the writer is facts-format.c).
 *
 * json-c makes the tree; tables of fields (key, type, where it goes) turn it into facts, in the tables' order whatever
 * the order in the text, so that the zone is known before a time and people before who names them.  What holds between
 * the parts is facts-check.c's.
 */
#include "event-keys.h"
#include "json-twice.h"
#include "place.h"

#include <base/error.h>
#include <base/limits.h>
#include <base/text.h>
#include <facts/facts-json.h>
#include <json-c/json.h>
#include <string.h>

struct FactsReader {
	json_tokener *tokener;
	Zone *zone; /* the last one loaded, or NULL */
};

/* One reading of one text. */
typedef struct Reading {
	FactsReader *reader;
	Facts *facts;  /* NULL until the zone is known */
	size_t keys;   /* of all objects read so far */
	size_t texts;  /* values so far that are texts */
	unsigned seen; /* the fields of the last object that were not null, as bits */
	GError **error;
} Reading;

#define SHOWN_BYTES 64 /* how much of a foreign text a message shows */
#define FIELDS_MAX 16

typedef enum {
	FIELD_TEXT,      /* char* */
	FIELD_WORD,      /* int, of the set `detail` */
	FIELD_DAY,       /* Day */
	FIELD_TIME,      /* int64_t */
	FIELD_WEEKS,     /* int */
	FIELD_PERSON,    /* int, from an id */
	FIELD_INTERVIEW, /* int, from an id */
	FIELD_OBJECT,    /* by `shape`, in place */
	FIELD_LIST,      /* each entry by `entry`, `detail` at most */
	FIELD_VERSION,
	FIELD_ZONE,
} FieldType;

struct Shape;
typedef bool (*ReadEntry)(Reading *reading, json_object *value, void *owner, const Place *place);

typedef struct Field {
	const char *key;
	FieldType type;
	bool required;
	int detail;
	size_t offset; /* in the struct that is filled */
	const struct Shape *shape;
	ReadEntry entry;
} Field;

typedef struct Shape {
	const Field *fields;
	int count;
} Shape;

#define SHAPE(list) ((Shape){(list), G_N_ELEMENTS(list)})

/* ---- refusing ---- */

static const char *say_type(json_object *value)
{
	static const char *const names[] = {
		[json_type_null] = "null",     [json_type_boolean] = "true or false", [json_type_double] = "a number",
		[json_type_int] = "a number",  [json_type_object] = "an object",      [json_type_array] = "a list",
		[json_type_string] = "a text",
	};
	return names[json_object_get_type(value)];
}

static bool refuse_type(Reading *reading, json_object *value, const Place *place, const char *expected)
{
	return place_refuse(place, reading->error, "is %s; %s is expected.", say_type(value), expected);
}

static bool refuse_text(Reading *reading, const char *text, const Place *place, const char *expected)
{
	g_autofree char *shown = text_to_show(text, SHOWN_BYTES);
	return place_refuse(place, reading->error, "is \"%s\"; %s is expected.", shown, expected);
}

/* How many letters have to be put in, taken out or replaced to make one of the other. */
static int key_distance(const char *a, const char *b)
{
	int row[SHOWN_BYTES + 1];
	int length = (int)strlen(b);
	for (int j = 0; j <= length; j++)
		row[j] = j;
	for (int i = 1; a[i - 1] != '\0'; i++) {
		int diagonal = row[0];
		row[0] = i;
		for (int j = 1; j <= length; j++) {
			int replaced = diagonal + (a[i - 1] != b[j - 1]);
			diagonal = row[j];
			row[j] = MIN(replaced, MIN(row[j], row[j - 1]) + 1);
		}
	}
	return row[length];
}

static bool refuse_key(Reading *reading, const char *key, const Shape *shape, const Place *place)
{
	g_autofree char *shown = text_to_show(key, SHOWN_BYTES);
	const Place *here = PLACE_KEY(place, shown);
	const char *nearest = NULL;
	int distance = 3; /* farther is another word */
	g_autoptr(GString) keys = g_string_new(NULL);
	for (int i = 0; i < shape->count; i++) {
		int d = key_distance(shown, shape->fields[i].key);
		if (d < distance && d < (int)strlen(shape->fields[i].key)) {
			distance = d;
			nearest = shape->fields[i].key;
		}
		g_string_append_printf(keys, "%s%s", i == 0 ? "" : i == shape->count - 1 ? " or " : ", ", shape->fields[i].key);
	}
	if (nearest != NULL)
		return place_refuse(here, reading->error, "is no known key; did you mean \"%s\"?", nearest);
	return place_refuse(here, reading->error, "is no known key; %s is expected.", keys->str);
}

/* ---- values ---- */

static bool refuse_word(Reading *reading, const char *text, WordSet set, const Place *place)
{
	g_autofree char *words = word_list(set);
	g_autofree char *expected = g_strdup_printf("one of %s", words);
	return refuse_text(reading, text, place, expected);
}

static bool read_weeks(Reading *reading, json_object *value, int *into, const Place *place)
{
	if (!json_object_is_type(value, json_type_int))
		return refuse_type(reading, value, place, "a whole number");
	int64_t weeks = json_object_get_int64(value);
	if (weeks < 1 || weeks > LIMIT_WEEKS)
		return place_refuse(
			place, reading->error, "is %" G_GINT64_FORMAT "; a number from 1 to %d is expected.", weeks, LIMIT_WEEKS);
	*into = (int)weeks;
	return true;
}

static bool read_version(Reading *reading, json_object *value, const Place *place)
{
	if (!json_object_is_type(value, json_type_int))
		return refuse_type(reading, value, place, "the number 1");
	int64_t version = json_object_get_int64(value);
	return version == FACTS_VERSION ||
		   place_refuse(
			   place, reading->error, "is %" G_GINT64_FORMAT "; %d is expected, the one version there is.", version,
			   FACTS_VERSION);
}

/* Loads the zone, unless it is the last one's, and begins the facts in it. */
static bool read_zone(Reading *reading, const char *name, const Place *place)
{
	FactsReader *reader = reading->reader;
	if (reader->zone == NULL || strcmp(zone_get_name(reader->zone), name) != 0) {
		g_autoptr(GError) fault = NULL;
		Zone *zone = zone_load(name, &fault);
		if (zone == NULL) {
			g_autofree char *where = place_text(place), *shown = text_to_show(name, 60);
			return base_error_set(
				reading->error, (BaseErrorCode)fault->code, where,
				"%s: the time zone \"%s\" does not exist; one like \"America/New_York\" is expected.", where, shown);
		}
		zone_unref(reader->zone);
		reader->zone = zone;
	}
	reading->facts = facts_new(reader->zone);
	return true;
}

static bool read_time(Reading *reading, const char *text, int64_t *into, const Place *place)
{
	Stamp stamp;
	if (!stamp_parse(text, &stamp))
		return refuse_text(reading, text, place, "a time like 2026-11-17T10:00");
	*into = zone_resolve(reading->facts->zone, stamp);
	return true;
}

/* Every type that is written as a text. */
static bool read_text(Reading *reading, json_object *value, const Field *field, void *into, const Place *place)
{
	if (!json_object_is_type(value, json_type_string))
		return refuse_type(reading, value, place, "a text");
	reading->texts++;
	const char *text = json_object_get_string(value);
	size_t length = (size_t)json_object_get_string_len(value);
	if (memchr(text, '\0', length) != NULL)
		return place_refuse(place, reading->error, "holds a control character; plain text is expected.");
	if (text_is_blank(text))
		return !field->required || place_refuse(place, reading->error, "is empty; it is required.");
	switch (field->type) {
	case FIELD_TEXT:
		*(char **)into = g_memdup2(text, length + 1);
		return true;
	case FIELD_WORD:
		*(int *)into = word_find((WordSet)field->detail, text);
		return *(int *)into != WORD_NONE || refuse_word(reading, text, (WordSet)field->detail, place);
	case FIELD_DAY:
		return day_parse(text, into) || refuse_text(reading, text, place, "a date like 2026-11-19");
	case FIELD_TIME:
		return read_time(reading, text, into, place);
	case FIELD_PERSON:
		*(int *)into = facts_find_person(reading->facts, text);
		return *(int *)into != NOBODY || refuse_text(reading, text, place, "the id of one of facts.people");
	case FIELD_INTERVIEW:
		*(int *)into = facts_find_interview(reading->facts, text);
		return *(int *)into != NO_INTERVIEW || refuse_text(reading, text, place, "the id of one of facts.interviews");
	default:
		return read_zone(reading, text, place);
	}
}

static bool read_list(Reading *reading, json_object *value, const Field *field, void *owner, const Place *place)
{
	if (!json_object_is_type(value, json_type_array))
		return refuse_type(reading, value, place, "a list");
	size_t count = json_object_array_length(value);
	if (count > (size_t)field->detail)
		return place_refuse(place, reading->error, "holds %zu entries; at most %d are expected.", count, field->detail);
	for (size_t i = 0; i < count; i++)
		if (!field->entry(reading, json_object_array_get_idx(value, i), owner, PLACE_ENTRY(place, i)))
			return false;
	return true;
}

/* ---- objects ---- */

static bool read_object(Reading *reading, json_object *object, const Shape *shape, void *into, const Place *place);

static bool read_field(Reading *reading, json_object *value, const Field *field, void *into, const Place *place)
{
	switch (field->type) {
	case FIELD_OBJECT:
		return read_object(reading, value, field->shape, into, place);
	case FIELD_LIST:
		return read_list(reading, value, field, into, place);
	case FIELD_WEEKS:
		return read_weeks(reading, value, into, place);
	case FIELD_VERSION:
		return read_version(reading, value, place);
	default:
		return read_text(reading, value, field, into, place);
	}
}

/* The index of a key; keys mostly come in the table's order, so the search begins behind the one before. */
static int find_field(const Shape *shape, const char *key, int begin)
{
	for (int i = 0, at = begin; i < shape->count; i++, at++) {
		if (at >= shape->count)
			at = 0;
		if (strcmp(shape->fields[at].key, key) == 0)
			return at;
	}
	return -1;
}

/* Sorts an object's values by the table's fields. */
static bool collect_values(
	Reading *reading, json_object *object, const Shape *shape, json_object **values, const Place *place)
{
	int next = 0;
	reading->seen = 0;
	json_object_object_foreach(object, key, value)
	{
		int found = find_field(shape, key, next);
		if (found < 0)
			return refuse_key(reading, key, shape, place);
		values[found] = value;
		next = found + 1;
		reading->keys++;
		reading->seen |= value != NULL ? 1u << found : 0;
	}
	return true;
}

static bool read_object(Reading *reading, json_object *object, const Shape *shape, void *into, const Place *place)
{
	json_object *values[FIELDS_MAX] = {NULL};
	if (!json_object_is_type(object, json_type_object))
		return refuse_type(reading, object, place, "an object");
	if (!collect_values(reading, object, shape, values, place))
		return false;
	for (int i = 0; i < shape->count; i++) {
		const Field *field = &shape->fields[i];
		const Place *here = PLACE_KEY(place, field->key);
		if (values[i] == NULL && field->required)
			return place_refuse(here, reading->error, "is missing; it is required.");
		if (values[i] != NULL && !read_field(reading, values[i], field, (char *)into + field->offset, here))
			return false;
	}
	return true;
}

/* ---- the shapes, from the leaves up ---- */

static const Field TEXT_ENTRY = {.type = FIELD_TEXT};

static bool read_text_entry(Reading *reading, json_object *value, void *owner, const Place *place)
{
	char *text = NULL;
	if (!read_text(reading, value, &TEXT_ENTRY, &text, place))
		return false;
	if (text != NULL)
		g_ptr_array_add(*(GPtrArray **)owner, text);
	return true;
}

#define TEXTS(owner, member)                                                                                           \
	FIELD_LIST, .detail = LIMIT_ITEMS, .offset = offsetof(owner, member), .entry = read_text_entry

static const Field ME_FIELDS[] = {
	{"name", FIELD_TEXT, .offset = offsetof(Me, name)},
	{"email", FIELD_TEXT, .offset = offsetof(Me, email)},
	{"phone", FIELD_TEXT, .offset = offsetof(Me, phone)},
	{"linkedin", FIELD_TEXT, .offset = offsetof(Me, linkedin)},
	{"skills", TEXTS(Me, skills)},
};
static const Shape ME_SHAPE = SHAPE(ME_FIELDS);

static const Field OPPORTUNITY_FIELDS[] = {
	{"company", FIELD_TEXT, .required = true, .offset = offsetof(Facts, company)},
	{"position", FIELD_TEXT, .offset = offsetof(Facts, position)},
	{"pace", FIELD_WORD, .detail = WORDS_PACE, .offset = offsetof(Facts, pace)},
	{"stage", FIELD_WORD, .detail = WORDS_STAGE, .offset = offsetof(Facts, stage)},
	{"requirements", TEXTS(Facts, requirements)},
};
static const Shape OPPORTUNITY_SHAPE = SHAPE(OPPORTUNITY_FIELDS);

static const Field PERSON_FIELDS[] = {
	{"id", FIELD_TEXT, .required = true, .offset = offsetof(Person, id)},
	{"name", FIELD_TEXT, .required = true, .offset = offsetof(Person, name)},
	{"salutation", FIELD_TEXT, .offset = offsetof(Person, salutation)},
	{"role", FIELD_WORD, .detail = WORDS_ROLE, .offset = offsetof(Person, role)},
	{"email", FIELD_TEXT, .offset = offsetof(Person, email)},
	{"phone", FIELD_TEXT, .offset = offsetof(Person, phone)},
	{"address", FIELD_TEXT, .offset = offsetof(Person, address)},
	{"linkedin", FIELD_TEXT, .offset = offsetof(Person, linkedin)},
};
static const Shape PERSON_SHAPE = SHAPE(PERSON_FIELDS);

static bool read_person(Reading *reading, json_object *value, void *owner, const Place *place)
{
	(void)owner;
	Person *person = facts_add_person(reading->facts, &(Person){.role = ROLE_INTERVIEWER});
	return read_object(reading, value, &PERSON_SHAPE, person, place);
}

static const Field PERSON_ENTRY = {.type = FIELD_PERSON, .required = true};

static bool read_with(Reading *reading, json_object *value, void *owner, const Place *place)
{
	int person = NOBODY;
	if (!read_text(reading, value, &PERSON_ENTRY, &person, place))
		return false;
	g_array_append_val(*(GArray **)owner, person);
	return true;
}

static const Field PROMISE_FIELDS[] = {
	{"decision_by", FIELD_DAY, .offset = offsetof(Promise, decision_by)},
	{"follow_up_after", FIELD_DAY, .offset = offsetof(Promise, follow_up_after)},
	{"process_weeks", FIELD_WEEKS, .offset = offsetof(Promise, process_weeks)},
};
static const Shape PROMISE_SHAPE = SHAPE(PROMISE_FIELDS);

static const Field INTERVIEW_FIELDS[] = {
	{"id", FIELD_TEXT, .required = true, .offset = offsetof(Interview, id)},
	{"kind", FIELD_WORD, .required = true, .detail = WORDS_INTERVIEW_KIND, .offset = offsetof(Interview, kind)},
	{"start", FIELD_TIME, .required = true, .offset = offsetof(Interview, start)},
	{"end", FIELD_TIME, .required = true, .offset = offsetof(Interview, end)},
	{"place", FIELD_TEXT, .offset = offsetof(Interview, place)},
	{"link", FIELD_TEXT, .offset = offsetof(Interview, link)},
	{"with", FIELD_LIST, .detail = LIMIT_WITH, .offset = offsetof(Interview, with), .entry = read_with},
	{"promise", FIELD_OBJECT, .offset = offsetof(Interview, promise), .shape = &PROMISE_SHAPE},
};
static const Shape INTERVIEW_SHAPE = SHAPE(INTERVIEW_FIELDS);

static bool read_interview(Reading *reading, json_object *value, void *owner, const Place *place)
{
	(void)owner;
	Interview *interview = facts_add_interview(reading->facts, &(Interview){.promise = PROMISE_NONE});
	return read_object(reading, value, &INTERVIEW_SHAPE, interview, place);
}

static const Field TOPIC_FIELDS[] = {
	{"with", FIELD_PERSON, .offset = offsetof(Topic, with)},
	{"text", FIELD_TEXT, .required = true, .offset = offsetof(Topic, text)},
};
static const Shape TOPIC_SHAPE = SHAPE(TOPIC_FIELDS);

static bool read_topic(Reading *reading, json_object *value, void *owner, const Place *place)
{
	GArray *topics = *(GArray **)owner;
	Topic topic = {.with = NOBODY};
	g_array_append_val(topics, topic);
	return read_object(reading, value, &TOPIC_SHAPE, &g_array_index(topics, Topic, topics->len - 1), place);
}

static const Field DEBRIEF_FIELDS[] = {
	{"interview", FIELD_INTERVIEW, .required = true, .offset = offsetof(Debrief, interview)},
	{"at", FIELD_TIME, .required = true, .offset = offsetof(Debrief, at)},
	{"topics", FIELD_LIST, .detail = LIMIT_ITEMS, .offset = offsetof(Debrief, topics), .entry = read_topic},
	{"strong", TEXTS(Debrief, strong)},
	{"weak", TEXTS(Debrief, weak)},
	{"unsaid", TEXTS(Debrief, unsaid)},
	{"fit", TEXTS(Debrief, fit)},
};
static const Shape DEBRIEF_SHAPE = SHAPE(DEBRIEF_FIELDS);

static bool read_debrief(Reading *reading, json_object *value, void *owner, const Place *place)
{
	(void)owner;
	Debrief *debrief = facts_add_debrief(reading->facts, NO_INTERVIEW, TIME_NONE);
	return read_object(reading, value, &DEBRIEF_SHAPE, debrief, place);
}

static const Field EVENT_FIELDS[] = {
	[EVENT_KEY_AT] = {"at", FIELD_TIME, .required = true, .offset = offsetof(Event, at)},
	[EVENT_KEY_KIND] = {"kind", FIELD_WORD, .required = true, .detail = WORDS_EVENT, .offset = offsetof(Event, kind)},
	[EVENT_KEY_STEP] = {"step", FIELD_WORD, .detail = WORDS_STEP, .offset = offsetof(Event, step)},
	[EVENT_KEY_INTERVIEW] = {"interview", FIELD_INTERVIEW, .offset = offsetof(Event, interview)},
	[EVENT_KEY_TO] = {"to", FIELD_PERSON, .offset = offsetof(Event, person)},
	[EVENT_KEY_FROM] = {"from", FIELD_PERSON, .offset = offsetof(Event, person)},
	[EVENT_KEY_CHANNEL] = {"channel", FIELD_WORD, .detail = WORDS_CHANNEL, .offset = offsetof(Event, channel)},
	[EVENT_KEY_RESULT] = {"result", FIELD_WORD, .detail = WORDS_CALL_RESULT, .offset = offsetof(Event, result)},
	[EVENT_KEY_SAYS] = {"says", FIELD_WORD, .detail = WORDS_SAYS, .offset = offsetof(Event, says)},
	[EVENT_KEY_DECISION_BY] = {"decision_by", FIELD_DAY, .offset = offsetof(Event, promise.decision_by)},
	[EVENT_KEY_FOLLOW_UP_AFTER] = {"follow_up_after", FIELD_DAY, .offset = offsetof(Event, promise.follow_up_after)},
	[EVENT_KEY_PROCESS_WEEKS] = {"process_weeks", FIELD_WEEKS, .offset = offsetof(Event, promise.process_weeks)},
	[EVENT_KEY_BACK_ON] = {"back_on", FIELD_DAY, .offset = offsetof(Event, back_on)},
	[EVENT_KEY_ADDRESS] = {"address", FIELD_TEXT, .offset = offsetof(Event, address)},
};
static const Shape EVENT_SHAPE = SHAPE(EVENT_FIELDS);
G_STATIC_ASSERT(EVENT_KEY_COUNT <= FIELDS_MAX);

/* A key that other kinds of events have, and this one has not. */
static bool refuse_event_key(Reading *reading, EventKind kind, EventKey key, const Place *place)
{
	g_autofree char *keys = event_keys_list(event_keys_allowed(kind));
	return place_refuse(
		PLACE_KEY(place, event_key_name(key)), reading->error, "is no key of the kind \"%s\"; %s is expected.",
		word_text(WORDS_EVENT, (int)kind), keys);
}

static bool read_event(Reading *reading, json_object *value, void *owner, const Place *place)
{
	(void)owner;
	Event *event = facts_add_event(reading->facts, &EVENT_INIT(EVENT_OFFER));
	if (!read_object(reading, value, &EVENT_SHAPE, event, place))
		return false;
	unsigned extra = reading->seen & ~event_keys_allowed(event->kind);
	if (extra != 0)
		return refuse_event_key(reading, event->kind, (EventKey)g_bit_nth_lsf(extra, -1), place);
	if (event->kind == EVENT_CALLED)
		event->channel = CHANNEL_CALL;
	if (event->kind == EVENT_REPLY && event->says == WORD_NONE)
		event->says = SAYS_OTHER;
	return true;
}

static bool read_holiday(Reading *reading, json_object *value, void *owner, const Place *place)
{
	static const Field entry = {.type = FIELD_DAY, .required = true};
	(void)owner;
	Day day = DAY_NONE;
	if (!read_text(reading, value, &entry, &day, place))
		return false;
	facts_add_holiday(reading->facts, day);
	return true;
}

static const Field FACTS_FIELDS[] = {
	{"version", FIELD_VERSION, .required = true},
	{"timezone", FIELD_ZONE, .required = true},
	{"holidays", FIELD_LIST, .detail = LIMIT_HOLIDAYS, .entry = read_holiday},
	{"me", FIELD_OBJECT, .offset = offsetof(Facts, me), .shape = &ME_SHAPE},
	{"opportunity", FIELD_OBJECT, .required = true, .shape = &OPPORTUNITY_SHAPE},
	{"people", FIELD_LIST, .detail = LIMIT_PEOPLE, .entry = read_person},
	{"interviews", FIELD_LIST, .detail = LIMIT_INTERVIEWS, .entry = read_interview},
	{"debriefs", FIELD_LIST, .detail = LIMIT_DEBRIEFS, .entry = read_debrief},
	{"events", FIELD_LIST, .detail = LIMIT_EVENTS, .entry = read_event},
};
static const Shape FACTS_SHAPE = SHAPE(FACTS_FIELDS);

/* ---- the whole text ---- */

/* The facts are made when the zone is known, which is the second field: what is written before goes nowhere. */
static bool read_facts(Reading *reading, json_object *root)
{
	json_object *values[FIELDS_MAX] = {NULL};
	const Place *place = &PLACE_FACTS;
	if (!collect_values(reading, root, &FACTS_SHAPE, values, place))
		return false;
	for (int i = 0; i < FACTS_SHAPE.count; i++) {
		const Field *field = &FACTS_FIELDS[i];
		const Place *here = PLACE_KEY(place, field->key);
		if (values[i] == NULL && field->required)
			return place_refuse(here, reading->error, "is missing; it is required.");
		void *into = reading->facts != NULL ? (char *)reading->facts + field->offset : NULL;
		if (values[i] != NULL && !read_field(reading, values[i], field, into, here))
			return false;
	}
	return true;
}

static bool refuse_syntax(const char *text, size_t end, const char *fault, GError **error)
{
	int line = 1;
	size_t begin = 0;
	for (size_t i = 0; i < end; i++) {
		if (text[i] == '\n') {
			line++;
			begin = i + 1;
		}
	}
	g_autofree char *where = g_strdup_printf("line %d, column %zu", line, end - begin + 1);
	return base_error_set(error, BASE_ERROR_INVALID, where, "The facts are not JSON: %s at %s.", fault, where);
}

static bool is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* The tree of a text that is one JSON object and nothing else; NULL and an error otherwise. */
static json_object *parse_tree(json_tokener *tokener, const char *text, size_t length, GError **error)
{
	json_tokener_reset(tokener);
	json_object *root = json_tokener_parse_ex(tokener, text, (int)length);
	enum json_tokener_error fault = json_tokener_get_error(tokener);
	size_t end = json_tokener_get_parse_end(tokener);
	if (fault == json_tokener_success && root != NULL)
		return root;
	json_object_put(root);
	const char *what = fault == json_tokener_continue ? "the text ends in the middle" : json_tokener_error_desc(fault);
	refuse_syntax(text, MIN(end, length), what, error);
	return NULL;
}

static bool check_text_whole(const char *text, size_t length, GError **error)
{
	if (length > LIMIT_INPUT_BYTES)
		return base_error_set(
			error, BASE_ERROR_INVALID, "facts", "The facts are %zu bytes long; at most %d are expected.", length,
			LIMIT_INPUT_BYTES);
	size_t begin = 0;
	while (begin < length && is_space(text[begin]))
		begin++;
	if (begin == length)
		return base_error_set(
			error, BASE_ERROR_INVALID, "facts",
			"The facts are empty; a JSON object like {\"version\": 1, \"timezone\": \"America/New_York\", …} is "
			"expected.");
	if (text[begin] != '{')
		return refuse_syntax(text, begin, "an object that begins with { is expected", error);
	const char *nul = memchr(text, '\0', length);
	return nul == NULL || refuse_syntax(text, (size_t)(nul - text), "a NUL character stands", error);
}

/* json-c keeps the last of two equal keys, takes single quotes around them, and says nothing; the numbers tell. */
static bool check_strings(const char *text, size_t length, const Reading *reading)
{
	if (json_holds(text, length, reading->keys, reading->texts))
		return true;
	const char *quote = json_find_single_quote(text, length);
	if (quote != NULL)
		return refuse_syntax(
			text, (size_t)(quote - text), "a single quote where a double one is expected", reading->error);
	g_autofree char *where = json_find_twice(text, length, "facts");
	return base_error_set(
		reading->error, BASE_ERROR_INVALID, where != NULL ? where : "facts",
		"%s stands there twice; each key is expected once.", where != NULL ? where : "A key of the facts");
}

FactsReader *facts_reader_new(void)
{
	FactsReader *reader = g_new0(FactsReader, 1);
	reader->tokener = json_tokener_new_ex(LIMIT_JSON_DEPTH);
	json_tokener_set_flags(reader->tokener, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
	return reader;
}

void facts_reader_free(FactsReader *reader)
{
	if (reader == NULL)
		return;
	json_tokener_free(reader->tokener);
	zone_unref(reader->zone);
	g_free(reader);
}

bool facts_reader_parse(FactsReader *reader, const char *text, size_t length, Facts **ret_facts, GError **error)
{
	size_t mark = length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0; /* some editors begin a file with it */
	text += mark;
	length -= mark;
	if (!check_text_whole(text, length, error))
		return false;
	json_object *root = parse_tree(reader->tokener, text, length, error);
	if (root == NULL)
		return false;
	Reading reading = {.reader = reader, .error = error};
	bool good =
		read_facts(&reading, root) && check_strings(text, length, &reading) && facts_check(reading.facts, error);
	json_object_put(root);
	if (good)
		*ret_facts = reading.facts;
	else
		facts_free(reading.facts);
	return good;
}

bool facts_parse(const char *text, size_t length, Facts **ret_facts, GError **error)
{
	g_autoptr(FactsReader) reader = facts_reader_new();
	return facts_reader_parse(reader, text, length, ret_facts, error);
}
