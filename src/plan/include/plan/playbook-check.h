/* playbook-check.h - is a playbook well written, and can it break etiquette?
 *
 * playbook_check reads the text and lists every mistake.  playbook_prove then plays the playbook through generated
 * histories of a job seeker who does what the plan says, and gives the shortest in which somebody is treated badly.
 * Both are pure: the same text gives the same answer.
 */
#pragma once

#include <facts/facts.h>
#include <plan/playbook.h>

/* One mistake: where ("[D3] opens", "[playbook]"), and one sentence on what is wrong and what would be right. */
typedef struct PlaybookFault {
	char *where;
	char *message;
} PlaybookFault;

/* Every mistake in a playbook's text, in the order of the text: an array of PlaybookFault*, empty where there is none.
 * Free with g_ptr_array_unref. */
GPtrArray *playbook_check(const char *text, size_t length);

/* A history in which the playbook breaks etiquette. */
typedef struct PlaybookBreach {
	char *rule;    /* "E1", "E2", "E8"… */
	char *message; /* what goes wrong, one sentence */
	char *story;   /* the history for people, a line a thing that happens, the last one being what goes wrong */
	Facts *facts;  /* the same history as facts, for `followup plan` */
	int64_t now;   /* when it goes wrong */
} PlaybookBreach;

void playbook_breach_free(PlaybookBreach *breach);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlaybookBreach, playbook_breach_free)

/* Plays the playbook through every generated history (a few thousand plans; well under a second). NULL if it keeps to
 * etiquette in all of them; else the shortest that does not, which the caller owns. The zone is where the
 * histories take place (a reference is taken). */
PlaybookBreach *playbook_prove(const Playbook *playbook, Zone *zone);
