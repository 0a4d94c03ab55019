/* facts.h - what is known about one opportunity: plain types, constructors, checks.
 *
 * Facts are what happened or was said, never what to do about it: that is the planner's.  The same type is filled from
 * JSON (facts-json.h) and from the store.  People and interviews are named inside by their index.  Strings are owned by
 * the Facts and valid UTF-8; a missing one is NULL (never "").
 */
#pragma once

#include <base/civil.h>
#include <base/zone.h>
#include <facts/words.h>
#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define FACTS_VERSION 1
#define NOBODY (-1)       /* an index into people that names none */
#define NO_INTERVIEW (-1) /* an index into interviews that names none */

/* What an employer said about when; any part may be missing. */
typedef struct Promise {
	Day decision_by;     /* or DAY_NONE */
	Day follow_up_after; /* or DAY_NONE */
	int process_weeks;   /* or 0 */
} Promise;

#define PROMISE_NONE ((Promise){DAY_NONE, DAY_NONE, 0})

typedef struct Me {
	char *name;
	char *email;
	char *phone;
	char *linkedin;
	GPtrArray *skills; /* of char*, never NULL */
} Me;

typedef struct Person {
	char *id;
	char *name;
	char *salutation; /* "Mr. Finn"; or NULL */
	Role role;
	char *email;
	char *phone;
	char *address;
	char *linkedin;
} Person;

typedef struct Interview {
	char *id;
	InterviewKind kind;
	int64_t start;
	int64_t end;  /* not before start */
	char *place;  /* where it is, or NULL */
	char *link;   /* to the video call, or NULL */
	GArray *with; /* of int, indexes into people, each once; may be empty, never NULL */
	Promise promise;
} Interview;

typedef struct Topic {
	int with; /* index into people, or NOBODY: talked about with all */
	char *text;
} Topic;

typedef struct Debrief {
	int interview; /* index into interviews */
	int64_t at;
	GArray *topics;                          /* of Topic */
	GPtrArray *strong, *weak, *unsaid, *fit; /* of char* */
} Debrief;

/* One thing that happened. Which fields count follows from kind; the others are none. */
typedef struct Event {
	int64_t at;
	EventKind kind;
	int step;        /* StepKind: sent, called, bounced */
	int interview;   /* sent, called, bounced, sounded-out; index or NO_INTERVIEW */
	int person;      /* sent, called, bounced: to; reply, auto-reply: from; index or NOBODY */
	int channel;     /* Channel: sent, bounced; of a call CHANNEL_CALL */
	int result;      /* CallResult: called */
	int says;        /* Says: reply */
	Promise promise; /* promise; a reply has decision_by at most */
	Day back_on;     /* auto-reply, or DAY_NONE */
	char *address;   /* bounced: the address that did not work, or NULL */
} Event;

#define EVENT_INIT(event_kind)                                                                                         \
	((Event){                                                                                                          \
		.kind = (event_kind),                                                                                          \
		.step = WORD_NONE,                                                                                             \
		.interview = NO_INTERVIEW,                                                                                     \
		.person = NOBODY,                                                                                              \
		.channel = WORD_NONE,                                                                                          \
		.result = WORD_NONE,                                                                                           \
		.says = WORD_NONE,                                                                                             \
		.promise = PROMISE_NONE,                                                                                       \
		.back_on = DAY_NONE})

typedef struct Facts {
	Zone *zone; /* the employer's */
	Me me;
	char *company;
	char *position; /* or NULL */
	Pace pace;
	Stage stage;
	GPtrArray *requirements; /* of char* */
	GArray *holidays;        /* of Day, ascending, each once */
	GArray *people;          /* of Person */
	GArray *interviews;      /* of Interview, in the order given */
	GArray *debriefs;        /* of Debrief, in the order given */
	GArray *events;          /* of Event, in the order given (two at one instant count in that order) */
} Facts;

/* Empty facts in a zone (a reference is taken): every list there and empty, pace normal, stage unknown. */
Facts *facts_new(Zone *zone);
void facts_free(Facts *facts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Facts, facts_free)

/* Empty facts again, in a zone (a reference is taken), for another opportunity of the same person: me and the holidays
 * stay. In less time than new ones take. */
void facts_reuse(Facts *facts, Zone *zone);

/* Each appends a copy of what it is given, strings included, and returns the new element, borrowed until the next add.
 * The lists inside (with, topics, strong…) start empty whatever the argument holds: fill them through the returned
 * pointer. */
Person *facts_add_person(Facts *facts, const Person *person);
Interview *facts_add_interview(Facts *facts, const Interview *interview);
Debrief *facts_add_debrief(Facts *facts, int interview, int64_t at);
void debrief_add_topic(Debrief *debrief, int with, const char *text);
Event *facts_add_event(Facts *facts, const Event *event);
/* Keeps holidays ascending and each once. */
void facts_add_holiday(Facts *facts, Day day);

/* The index of the first holiday that is not before a day; how many there are where all are. */
guint facts_find_holiday(const Facts *facts, Day day);

/* Monday to Friday and no holiday. */
bool facts_is_business_day(const Facts *facts, Day day);

static inline Person *facts_person(const Facts *facts, int index)
{
	return &g_array_index(facts->people, Person, index);
}
static inline Interview *facts_interview(const Facts *facts, int index)
{
	return &g_array_index(facts->interviews, Interview, index);
}
static inline Debrief *facts_debrief(const Facts *facts, int index)
{
	return &g_array_index(facts->debriefs, Debrief, index);
}
static inline Event *facts_event(const Facts *facts, int index)
{
	return &g_array_index(facts->events, Event, index);
}

/* The index of an id, or NOBODY / NO_INTERVIEW. */
int facts_find_person(const Facts *facts, const char *id);
int facts_find_interview(const Facts *facts, const char *id);

/* Whether the interview is with that person. */
bool interview_has(const Interview *interview, int person);

/* Frees what a person holds, for one that stands in no Facts. */
void person_clear(Person *person);

/* The salutation, else the name: how a person is addressed; borrowed. */
const char *person_get_address_form(const Person *person);

/* What must hold between the parts, whoever filled them: ids each once, an end not before its start, a promise not
 * before its interview, each event with what its kind needs and nothing of another's, years within LIMIT_YEAR_MIN and
 * _MAX, counts and texts within limits.h, names that are TEXT_NAME. The error is INVALID and says where
 * ("facts.interviews[0].end"). */
bool facts_check(const Facts *facts, GError **error) G_GNUC_WARN_UNUSED_RESULT;
