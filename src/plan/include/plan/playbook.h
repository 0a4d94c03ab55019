/* playbook.h - a way of following up, as data: which steps there are, when, on which channel, and why.
 *
 * A playbook is a small key file (docs/adding-a-playbook.md): its rules differ, the engine that plays them does not,
 * and the etiquette (E1 to E13) holds in all of them.  Nothing here reads a file: text comes from the caller, or from
 * the playbooks that were built into the program.  A Playbook never changes once it is parsed.
 */
#pragma once

#include <facts/words.h>
#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct Playbook Playbook;
typedef struct PlaybookRule PlaybookRule;

/* Reads a playbook; name is what it is called in plans ("standard", "mine"). INVALID on the first mistake, with its
 * place
 * ("[D3] opens"); playbook_check (playbook-check.h) lists them all. The caller owns *ret_playbook. */
bool playbook_parse(const char *text, size_t length, const char *name, Playbook **ret_playbook, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;
void playbook_free(Playbook *playbook);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Playbook, playbook_free)

/* All borrowed. The title is a few words, the summary a sentence or two for people. */
const char *playbook_get_name(const Playbook *playbook);
const char *playbook_get_title(const Playbook *playbook);
const char *playbook_get_summary(const Playbook *playbook);

/* The rules in the order in which the playbook lists them; index below the count. Borrowed. */
int playbook_get_rule_count(const Playbook *playbook);
const PlaybookRule *playbook_get_rule(const Playbook *playbook, int index);

/* The rule of that id ("M3"), or NULL. Borrowed. */
const PlaybookRule *playbook_find_rule(const Playbook *playbook, const char *id);

/* What a rule says about itself, borrowed. The step is WORD_NONE for a rule that makes no step of its own (N7, R5, T4:
 * it says something about steps that others make). The source names the article ("001_97061c4d5ee00e58.txt"); of a rule
 * in a user's own file it may be any text. The summary is one sentence on what the rule does. */
const char *playbook_rule_get_id(const PlaybookRule *rule);
int playbook_rule_get_step(const PlaybookRule *rule);
const char *playbook_rule_get_source(const PlaybookRule *rule);
const char *playbook_rule_get_summary(const PlaybookRule *rule);

/* What a rule of prepare-close has asked at the end of an interview, as bits; 0 where it says nothing. */
typedef enum { QUESTION_DECISION_DATE = 1, QUESTION_FOLLOW_UP_DATE = 2 } PlaybookQuestion;
unsigned playbook_rule_get_questions(const PlaybookRule *rule);

/* True where findings of spelling and grammar are errors (T4), not warnings. */
bool playbook_is_spelling_error(const Playbook *playbook);

/* The playbooks built into the program, "standard" among them: names in alphabetical order, NULL-terminated; static. */
const char *const *playbook_shipped_names(void);

/* Parses the one of that name. MISSING where there is none, and then the message names those that there are. */
bool playbook_load_shipped(const char *name, Playbook **ret_playbook, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The text of a shipped playbook, to begin one's own from: borrowed, NUL-terminated; NULL where there is none. */
const char *playbook_find_shipped_text(const char *name);
