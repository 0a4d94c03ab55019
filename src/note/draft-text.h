/* draft-text.h - a jotted-down text made ready to stand inside a sentence, lists and days in words.
 *
 * What a debrief holds are fragments ("moving the forecast off spreadsheets", "They ship weekly."): English only, read
 * by their first words.  Where the reading is in doubt the text counts as one that only a colon can introduce.
 */
#pragma once

#include <facts/facts.h>
#include <glib.h>
#include <stdbool.h>

/* What a text says, which decides how it is read. */
typedef enum {
	USE_TOPIC,    /* what was talked about */
	USE_TO_THEM,  /* what was talked about with the reader: "her" is the reader's too */
	USE_STRENGTH, /* an answer, good or not so good */
	USE_UNSAID,   /* about oneself: "led a team" is "I led a team" */
	USE_FIT,      /* about them, or about oneself with them */
} FragmentUse;

typedef struct Fragment {
	char *text;   /* fits after a colon; NULL where there is none */
	char *phrase; /* the same where it fits after "about" too, else NULL */
	char *doing;  /* the same where it begins with a verb in -ing, else NULL */
	bool setting; /* it is a place to work in: "a small team that ships weekly" */
	bool mine;    /* it speaks of "I" or "my", or of what only I have: "five years of SQL" */
} Fragment;

/* What any other channel has room for. */
#define FRAGMENT_CHARACTERS 160

/* What the text goes into: a note to that person (or NULL), which has room for so many characters of it. */
typedef struct FragmentSetting {
	const Person *reader;
	int characters;
} FragmentSetting;

/* Reads a text for a note; no text gives an empty fragment, and so does a question where
 * something left unsaid is looked for. */
Fragment fragment_read(const char *raw, FragmentUse use, const FragmentSetting *setting);
void fragment_clear(Fragment *fragment);

/* True if both hold a text and one contains the other. */
bool fragment_repeats(const Fragment *fragment, const Fragment *other);

/* True of an answer that is not brought up again, however good: it was about a conflict, a weakness, or money. */
bool fragment_is_private(const Fragment *fragment);

/* True of what a note of thanks brings up last: money and the terms of work. */
bool fragment_is_about_money(const Fragment *fragment);

/* True of an answer there is no coming back to: one that speaks of a failing, and one that is told as a deed or a
 * reason. */
bool fragment_is_settled(const Fragment *fragment);

/* True of a phrase that stands for one certain thing and fits after "because of": "your openness", "how you test". */
bool fragment_is_definite(const Fragment *fragment);

/* "SQL, forecasting and clear writing": at most `most` of the texts, beginning with the one at `first` and going round;
 * NULL where there are none. Free with g_free. */
char *join_words(const GPtrArray *texts, guint first, guint most);

/* A day as people write it when they write on `today`: "Thursday" within six days either way, "the 19th" in the same
 * month, else "19 November" ("November 19" where the zone is American), with the year where it is not near. In what is
 * lasting, such as a card that is days in the post, only what is still right when it is read. Free with g_free. */
char *say_day(const Facts *facts, Day day, Day today, bool lasting);

/* The same without weekdays. */
char *say_date(const Facts *facts, Day day, Day today, bool lasting);
