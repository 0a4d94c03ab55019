/* desk.h - what all ops stand on: the open store, the account, playbooks, and one opportunity with its plan (a Case).
 *
 * For the files of this room only.  A Case is loaded, decided on, and saved: case_save computes the plan anew, so that
 * what is stored always has the agenda time that belongs to it.
 */
#pragma once

#include <app/app.h>
#include <app/when.h>
#include <base/error.h>
#include <exchange/module.h>
#include <mail/module.h>
#include <note/spell.h>
#include <plan/plan.h>
#include <store/outbox.h>
#include <store/store.h>

struct App {
	char *db_path, *config_dir, *module_dir, *default_zone;
	int64_t now;
	char *now_text; /* --now, as it was said; or NULL */
	int64_t (*clock)(void);
	int stop_fd; /* once this can be read, what is at work ends as soon as it can; 0: there is none */
	const void *(*load)(const char *module_dir, const char *module, const char *symbol, char **ret_message);
	Store *store;
	bool writable; /* the store is open for writing */
	Account *account;
	Zone *zone;            /* the account's, else this machine's */
	GHashTable *playbooks; /* char* to Playbook*, loaded so far */
	Speller *speller;
	bool speller_tried;
	const MailModule *mail;
	const NetModule *net;
	const ExchangeModule *exchange;
	int64_t mailbox_read_at; /* when it was looked into before notes leave, 0: not yet; and */
	char *mailbox_fault;     /* why that could not be done, or NULL */
	char *warning;           /* what its user should know beside the result, or NULL */
	int names_left;          /* how many opportunities are still named by looking up which name is enough */
};

/* One opportunity, whole, with its plan at app->now. */
typedef struct Case {
	Record *record;
	Plan *plan;
	const Playbook *playbook; /* borrowed from the app */
} Case;

void case_free(Case *item);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Case, case_free)

/* Opens the store as an op needs it, and the account; OP_NO_STORE does nothing. Once open it stays, but
 * one that is open for reading is opened anew for writing. */
bool desk_open(App *app, OpStore mode, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The present, the account, its settings and playbooks anew, for a program that goes on for days. */
bool desk_refresh(App *app, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The moment to take as the present in a zone: what --now said, else the clock's. */
bool desk_now(const App *app, const Zone *zone, int64_t *ret_now, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A playbook by name (the config folder's before the shipped) or by path; borrowed. name NULL: the account's, else
 * standard. */
bool desk_playbook_load(App *app, const char *name, const Playbook **ret_playbook, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* The text of a playbook, by name or by path. */
bool desk_playbook_text_load(const App *app, const char *name, char **ret_text, size_t *ret_length, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* Whether a playbook is named by its file. */
bool desk_playbook_is_path(const char *name);

/* A playbook's name as it is kept: a path is made whole, so that it holds from every folder. Free with g_free. */
char *desk_playbook_name(const char *name);

/* The value of a word of a set that may be missing: WORD_NONE where it is, or where it is none of the set. */
static inline int desk_word(WordSet set, const char *text)
{
	return text == NULL ? WORD_NONE : word_find(set, text);
}

/* Whether whatever is at work should end as soon as it can. */
bool desk_is_stopping(const App *app);

/* A setting of the account, borrowed, or NULL. */
const char *desk_setting(const App *app, const char *key);

/* Reads a file of the user's, a pipe or a device as well, at most limit bytes; INVALID where there is more. */
bool desk_file_load(const char *path, size_t limit, char **ret_text, size_t *ret_length, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* The same of a file that was given to a parameter, at that place among its values: by its path, or as it is. */
bool desk_given_file_load(
	const OpArgs *args, const char *name, guint place, size_t limit, GString **ret_text,
	GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* All that is piped in, at most limit bytes; INVALID where it is more. */
bool desk_input_load(const OpArgs *args, size_t limit, GString **ret_text, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The settings whose names begin with one of the prefixes (NULL at the end), a line each: what is equal is set up
 * alike. Free with g_free. */
char *desk_list_settings(const App *app, const char *const *prefixes);

/* A part of the program that is loaded when it is first needed: a file whose symbol gives a table of functions, which
 * begins with its version (unsigned). */
typedef struct ModuleName {
	const char *what; /* "The mail part", for its user */
	const char *file, *symbol;
	unsigned version;
} ModuleName;

/* The table. INTERNAL where it is not there, or is another build's. */
bool desk_module_load(const App *app, const ModuleName *name, const void **ret_module, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* The modules, loaded when first asked for. The speller is NULL where there is no dictionary. */
bool desk_mail_load(App *app, const MailModule **ret_mail, GError **error) G_GNUC_WARN_UNUSED_RESULT;
bool desk_net_load(App *app, const NetModule **ret_net, GError **error) G_GNUC_WARN_UNUSED_RESULT;
const Speller *desk_speller(App *app);

/* The playbook an opportunity goes by. One of its user's that is gone or broken stops nothing: standard stands in for
 * it, and app->warning says so. */
bool case_playbook_load(App *app, const Record *record, const Playbook **ret_playbook, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* Takes a record and computes its plan. */
bool case_take(App *app, Record *record, Case **ret_case, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The opportunity of the op's parameter "opportunity", as a person names it: the start of a company's name (with the
 * position's behind it), a word of it, "#7", "globex#7". Where it is not given: the only one there is. An ambiguous one
 * is INVALID and lists them. */
bool case_load(App *app, const OpArgs *args, Case **ret_case, GError **error) G_GNUC_WARN_UNUSED_RESULT;
bool case_load_named(App *app, const char *name, Case **ret_case, GError **error) G_GNUC_WARN_UNUSED_RESULT;
bool case_find_id(App *app, const char *name, int64_t *ret_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
bool case_load_id(App *app, int64_t id, Case **ret_case, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* These (ids: of int64_t) as outlines (store.h) with their plans; those there are not are left out. int64_t* to Case*;
 * the caller owns it. */
bool case_load_many(App *app, const GArray *ids, GHashTable **ret_cases, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The plan anew, after the record was changed. */
void case_replan(App *app, Case *item);

/* Replans, sets next_at, and saves. CONFLICT where another program saved in between. */
bool case_save(App *app, Case *item, const Change *change, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Open, and worth showing: an optional step that lacks an address asks nothing of anybody. */
bool step_can_be_done(const PlanStep *step);

/* Until when its user has put the case off, or TIME_NONE: not, or they have answered since. */
int64_t case_later_until(const Case *item);

/* When the case belongs on the agenda: now, if there is something to do or to look at; else when its plan changes next;
 * what is put off not before that is over, but for a note of which it is not known whether it went. */
int64_t case_agenda_at(const Case *item);

/* A person of the case as someone names them: the id, the start of the name or of a word of it. NULL name: the only one
 * there is. INVALID lists those that fit; MISSING lists those that there are. */
bool case_find_person(const Case *item, const char *name, int *ret_index, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* An interview by id; NULL: the one that ended last by now, else the first to come. MISSING where there is none. */
bool case_find_interview(const App *app, const Case *item, const char *id, int *ret_index, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* True if a draft is still of use: approved, or open and not overtaken by what happened since it was written. */
bool case_draft_is_live(const Case *item, int index);

/* The newest live draft for a step, interview and person; index or NO_DRAFT. channel may be WORD_NONE. */
int case_find_draft(const Case *item, int step, int interview, int person, int channel);

/* The newest outbox row of a draft, or NULL. */
OutboxRow *case_find_outbox(const Case *item, int draft);

/* The event that "log --undo" takes back: the last one that was recorded; -1 where there is none, or the last is a note
 * that left from here, so that it did happen. */
int case_find_undoable(const Case *item);

/* Reads an op's PARAM_WHEN in the case's zone. */
bool desk_when(
	const App *app, const OpArgs *args, const char *name, const Zone *zone, WhenDirection direction, When *ret_when,
	GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* ---- words (say.c) ---- */

/* "Globex (Data analyst)". Free with g_free, as all that follow. */
char *say_opportunity(const Facts *facts);
/* The instant by the person's own clock, and by the employer's where that shows another time: "today, 17:00 (Saturday
 * 09:00 in Tokyo)". */
char *say_time(const App *app, const Facts *facts, int64_t at);
/* The same of a day on which something begins: without the time where that is midnight. */
char *say_from(const App *app, const Facts *facts, int64_t at);
/* "the video interview of Tuesday 17 November, 10:00". */
char *say_interview(const App *app, const Facts *facts, int interview);
/* "Huck Finn and Ada Okoro": of indexes, and of an interview's people. */
char *say_names(const Facts *facts, const GArray *people);
char *say_people(const Facts *facts, int interview);
/* "e-mail", "phone", "card", "LinkedIn", "by hand"; static. */
const char *say_channel(int channel);
/* A word that names the opportunity on a command line, in lower case and quoted where it must be: the start of its name
 * where nothing else on record begins so, else with its number ("globex#7"). Looks that up for the first few it is
 * asked for; the others get their number, so that a long list costs nothing. */
char *say_handle(App *app, const Record *record);

/* What happened, without its time: "Huck Finn replied: more-time, a decision by Friday 4 December". Free with g_free.
 */
char *say_event(const App *app, const Facts *facts, const Event *event);

/* A word as a shell takes it, in quotes where it needs some. Free with g_free. */
char *shell_word(const char *text);

/* "thank-you to Huck Finn by e-mail", "card to Huck Finn". Free with g_free. */
char *say_contact(int step, const char *name, int channel);
char *say_person_handle(const Facts *facts, int person);
