/* playbook.c - a playbook's life and its getters.
 *
 * Reading is playbook-read.c's, playing plan.c's.
 */
#include "playbook-model.h"

#include <string.h>

static void choices_clear(Choices *choices, bool sentences)
{
	for (int i = 0; sentences && i < choices->count; i++)
		sentence_free(choices->items[i].sentence);
	g_free(choices->items);
}

static void rule_clear(PlaybookRule *rule)
{
	Choices *plain[] = {&rule->opens,    &rule->due,      &rule->closes, &rule->not_before,
						&rule->channels, &rule->optional, &rule->skip};
	for (guint i = 0; i < G_N_ELEMENTS(plain); i++)
		choices_clear(plain[i], false);
	choices_clear(&rule->reason, true);
	g_free(rule->group);
	g_free(rule->id);
	g_free(rule->source);
	g_free(rule->summary);
}

static void asks_clear(AskList *list)
{
	for (int i = 0; i < ASKS_MAX; i++)
		choices_clear(&list->asks[i], false);
}

void playbook_free(Playbook *playbook)
{
	if (!playbook || playbook->built_in)
		return;
	for (int i = 0; i < playbook->rule_count; i++)
		rule_clear(&playbook->rules[i]);
	asks_clear(&playbook->asks);
	asks_clear(&playbook->postponed);
	choices_clear(&playbook->interval, false);
	g_free(playbook->rules);
	g_free(playbook->name);
	g_free(playbook->title);
	g_free(playbook->summary);
	g_free(playbook);
}

const char *playbook_get_name(const Playbook *playbook)
{
	return playbook->name;
}

const char *playbook_get_title(const Playbook *playbook)
{
	return playbook->title;
}

const char *playbook_get_summary(const Playbook *playbook)
{
	return playbook->summary;
}

int playbook_get_rule_count(const Playbook *playbook)
{
	return playbook->rule_count;
}

const PlaybookRule *playbook_get_rule(const Playbook *playbook, int index)
{
	return &playbook->rules[index];
}

const PlaybookRule *playbook_find_rule(const Playbook *playbook, const char *id)
{
	for (int i = 0; i < playbook->rule_count; i++)
		if (strcmp(playbook->rules[i].id, id) == 0)
			return &playbook->rules[i];
	return NULL;
}

const char *playbook_rule_get_id(const PlaybookRule *rule)
{
	return rule->id;
}

/* Of a rule that only changes steps: the kind it changes, where that is one. */
int playbook_rule_get_step(const PlaybookRule *rule)
{
	bool single = rule->changes && (rule->changes & (rule->changes - 1)) == 0;
	return rule->step == WORD_NONE && single ? __builtin_ctz(rule->changes) : rule->step;
}

const char *playbook_rule_get_source(const PlaybookRule *rule)
{
	return rule->source;
}

unsigned playbook_rule_get_questions(const PlaybookRule *rule)
{
	return rule->questions;
}

const char *playbook_rule_get_summary(const PlaybookRule *rule)
{
	return rule->summary;
}

bool playbook_is_spelling_error(const Playbook *playbook)
{
	return playbook->spelling_error;
}
