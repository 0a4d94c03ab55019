/* app.h - what an op works with: the store, the moment, the modules; and what doors ask outside of ops.
 *
 * `now` is read once, by main.  The modules (mail, dictionaries) are loaded by main when an op first asks.
 */
#pragma once

#include <app/op.h>
#include <base/zone.h>
#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* How main and a door set the app up. Strings are copied. */
typedef struct AppSetup {
	const char *db_path;      /* the database's file */
	const char *config_dir;   /* the user's folder: playbooks/, templates/ */
	const char *module_dir;   /* where the shared modules lie */
	const char *default_zone; /* the zone of this machine, by name; NULL where not known */
	int64_t now;              /* Unix seconds */
	const char
		*now_text; /* what the user said instead (--now), or NULL; without an offset it is read in the zone at hand */
	int64_t (*clock)(void); /* for the few ops that wait: Unix seconds */
	/* Loads a shared module of module_dir, once, and returns the table its symbol gives; else NULL and why (free with
	 * g_free). */
	const void *(*load)(const char *module_dir, const char *module, const char *symbol, char **ret_message);
} AppSetup;

App *app_new(const AppSetup *setup);
void app_free(App *app);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(App, app_free)

/* For a door that goes on for days: opens the store for writing, if it is not, and reads the present, the account, its
 * settings and playbooks anew. With --now the present stays. */
bool app_refresh(App *app, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A number that is another one whenever what is stored may be another: as long as it is the same, and the minute is,
 * every op that only reads tells the same. The store must be open. */
bool app_change_number(App *app, int64_t *ret_number, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The present, in Unix seconds, and the account's zone; borrowed, until the next refresh. */
int64_t app_get_now(const App *app);
const Zone *app_get_zone(const App *app);

/* What its user said instead of the clock (--now), or NULL; borrowed. */
const char *app_get_now_text(const App *app);

/* A setting of the account, or NULL; borrowed, until the next refresh or change. */
const char *app_get_setting(const App *app, const char *key);

/* The database's file; borrowed. */
const char *app_get_path(const App *app);

/* What can be read once the program is to end (SIGTERM, SIGINT, SIGHUP), which from here on wait there; processes it
 * starts let them in again. INTERNAL where the system has no such thing. Close it with close. */
bool app_open_stop(int *ret_fd, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether a "followup serve" runs for this database just now, in whatever process. */
bool app_is_served(const App *app);

/* What its user should know beside the result of an op that did its work, or NULL; borrowed. */
const char *app_get_warning(const App *app);

/* Opens the store as the op needs it and runs it. */
bool op_run(App *app, const Op *op, const OpArgs *args, Printer *printer, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A day that somebody may have promised, for a door that offers some to choose from. */
typedef struct DayChoice {
	Day day;
	char *words; /* "tomorrow", "Thursday", "in a week" */
	char *date;  /* "Thu 26 Nov" */
} DayChoice;

/* The questions of a debrief that is still to be answered, for a door that asks them. */
typedef struct DebriefForm {
	char *opportunity;                    /* "#7" */
	char *company;                        /* "Globex" */
	char *interview;                      /* its id */
	char *what;                           /* "the panel of Tuesday 17 November, 10:00" */
	char *title;                          /* the same with the company and the people */
	GPtrArray *person_ids, *person_names; /* of char*, in one order */
	GPtrArray *on_record;                 /* of KeptAnswer: what a debrief of it has; the new answers are added */
	char *promised;   /* what they promised, as far as it is on record: "a decision by Friday 20 November"; or "" */
	GPtrArray *days;  /* of DayChoice, ascending: business days of the employer's */
	bool has_debrief; /* one is on record */
	Zone *zone;       /* the employer's: days are read in it */
	int64_t now;
	char *kept; /* the file that keeps the answers until they are on record, or NULL: none can be kept */
} DebriefForm;

void debrief_form_free(DebriefForm *form);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DebriefForm, debrief_form_free)

/* The form for an opportunity (as a person names it; NULL: the interview that ended last without a debrief) and an
 * interview (an id; NULL: its latest that has ended). MISSING where there is none to ask about. */
bool app_debrief_form_load(
	App *app, const char *opportunity, const char *interview, DebriefForm **ret_form,
	GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* One answer to a form that was broken off. */
typedef struct KeptAnswer {
	char *question; /* "strong", "topic finn" */
	char *text;     /* NULL: there was no more to say to that question */
} KeptAnswer;

/* The answers that were kept, in order; of KeptAnswer. Empty where there are none. */
GPtrArray *kept_answers_load(const char *kept);

/* Keeps one more at once, for its user alone; text NULL: there is no more to say. What cannot be kept is not. NULL does
 * nothing. */
void kept_answers_add(const char *kept, const char *question, const char *text);

/* For a door that keeps all of them anew at every change: answers, none yet; one more (a line of text each; NULL: there
 * is no more to say); all kept in place of what was, whole or not at all, none: forgotten (false where it cannot be).
 */
GPtrArray *kept_answers_new(void);
void kept_answers_put(GPtrArray *answers, const char *question, const char *text);
bool kept_answers_save(const char *kept, const GPtrArray *answers) G_GNUC_WARN_UNUSED_RESULT;

/* A mark that is another one for other answers, to see that somebody else kept some meanwhile. Free with g_free. */
char *kept_answers_mark(const GPtrArray *answers);

/* They are on record, or not wanted. NULL does nothing. */
void kept_answers_forget(const char *kept);

/* What a door needs to record how a call ended that the op "call" has shown: the values of the parameters of "log". */
typedef struct CallForm {
	char *opportunity, *person;
	const char *step; /* static */
	Zone *zone;       /* the employer's: days are read in it */
	int64_t now;
} CallForm;

void call_form_free(CallForm *form);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CallForm, call_form_free)

/* The form for the same parameters as the op's. */
bool app_call_form_load(App *app, const OpArgs *args, CallForm **ret_form, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The text of the note that an edit of these args would change ("Subject: …", an empty line, the body), for a door that
 * opens an editor. The caller owns it. */
bool app_note_text_load(App *app, const OpArgs *args, char **ret_text, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What there is to complete a parameter with: opportunities, people of the opportunity already given, choices,
 * playbooks. Of char*; empty where nothing is known, or the store cannot be read. */
GPtrArray *app_complete(App *app, const OpArgs *args, const OpParam *param);
