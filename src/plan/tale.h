/* tale.h - a generated history: an employer of some kind, and a job seeker who does what the plan says.
 *
 * Private to the room; for proving playbooks.  The seeker does each step as soon as it opens, what is not optional
 * first, on the first channel that is left; of kinds outside `performs` nothing is done.  The same tale gives the same
 * history.
 */
#pragma once

#include <plan/plan.h>

typedef enum {
	GIVES_NOTHING,
	GIVES_DECISION,
	GIVES_LATE_DECISION,
	GIVES_FOLLOW_UP,
	GIVES_BOTH,
	GIVES_SHORT_LENGTH,
	GIVES_LONG_LENGTH,
	GIVES_COUNT
} TalePromise;

typedef enum { REACHED_BY_ALL, REACHED_BY_EMAIL, REACHED_BY_PHONE, REACH_COUNT } TaleReach;

/* What the employer does of itself. */
typedef enum {
	EMPLOYER_SILENT,
	EMPLOYER_WRITES,        /* a friendly word on the business day before each time they would be asked */
	EMPLOYER_ANSWERS,       /* likewise, but only after the first ask */
	EMPLOYER_NEEDS_TIME,    /* asks for time the day after the first ask */
	EMPLOYER_GIVES_DATE,    /* with a date */
	EMPLOYER_INVITES,       /* says there will be another round */
	EMPLOYER_REJECTS,       /* three days after the interview */
	EMPLOYER_REJECTS_ASKED, /* the day after the first ask */
	EMPLOYER_OFFERS,        /* likewise */
	EMPLOYER_IS_AWAY,       /* an automatic reply to the first note */
	EMPLOYER_MEETS_AGAIN,   /* another interview two weeks later is on record */
	EMPLOYER_COUNT
} TaleEmployer;

typedef struct Tale {
	InterviewKind kind;
	int people; /* 1 or 2 */
	Stage stage;
	Pace pace;
	TalePromise promise;
	TaleReach reach;
	TaleEmployer employer;
	unsigned performs; /* bits of StepKind */
} Tale;

/* A tale being played, seen after each thing that happens. */
typedef struct Play {
	const Tale *tale;
	Facts *facts;     /* what has happened so far */
	const Plan *plan; /* of now */
	int64_t now;
	GString *story; /* what has happened so far, a line a thing */
	int lines;
	int unanswered; /* asks since the employer was last heard */
	int asks;       /* made */
	int employer_turns;
	int asks_when_heard; /* asks made when the employer last spoke */
} Play;

/* Looks at a play; true ends it. */
typedef bool (*PlayWatch)(const Play *play, gpointer data);

/* Plays a tale in a zone until the watch ends it, nothing more can happen, or the story reaches max_lines. plan is for
 * reuse. If the watch ended it, *ret_facts and *ret_story (each owned by the caller) are its history and true is
 * returned. */
typedef struct TaleStage {
	const Playbook *playbook;
	Zone *zone;
	Plan *plan;
	PlayWatch watch;
	gpointer data;
	int max_lines;
} TaleStage;
bool tale_play(const Tale *tale, const TaleStage *stage, Facts **ret_facts, GString **ret_story);

/* "Tuesday 17 November, 11:00: " */
void story_begin_line(GString *story, const Facts *facts, int64_t at);

/* Whether a step's note asks for news, whatever the step is called. */
bool step_asks(const PlanStep *step);
