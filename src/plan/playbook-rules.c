/* playbook-rules.c - what a rule must have, and what the lists of asks must be.
 *
 * Each check notes its faults and goes on.  Whether a playbook that passes also keeps to etiquette is
 * playbook-prove.c's.
 */
#include "playbook-rules.h"
#include "playbook-fault.h"
#include "step-shape.h"

#include <base/limits.h>
#include <base/text.h>
#include <string.h>

/* ---- one rule ---- */

static void check_text(const char *value, const char *group, const char *key, GPtrArray *faults)
{
	if (!value)
		playbook_fault_add(faults, group, key, "“%s = …” is missing; a line of text is expected", key);
	else if (strlen(value) > LIMIT_TEXT_BYTES / 16)
		playbook_fault_add(
			faults, group, key, "the text is longer than %d bytes; a sentence is expected", LIMIT_TEXT_BYTES / 16);
}

/* A key that always needs an answer has a line without a condition. */
static void check_plain_line(const PlaybookRule *rule, const char *key, const Choices *choices, GPtrArray *faults)
{
	if (choices->count == 0)
		playbook_fault_add(faults, rule->group, key, "“%s = …” is missing; the rule needs it", key);
	else if (choices->items[choices->count - 1].when.count > 0)
		playbook_fault_add(
			faults, rule->group, key,
			"“%s = …” without a condition is missing; it is what counts when no other line does", key);
}

static void check_anchors(const PlaybookRule *rule, const char *key, const Choices *moments, GPtrArray *faults)
{
	bool opening = strcmp(key, "opens") == 0 || strcmp(key, "not-before") == 0;
	for (int i = 0; i < moments->count; i++) {
		Anchor anchor = moments->items[i].moment.anchor;
		if (!anchor_fits(anchor, step_shapes[rule->step].target))
			playbook_fault_add(
				faults, rule->group, key, "what it counts from never happens to a %s; count from something else",
				word_text(WORDS_STEP, rule->step));
		if (opening && anchor == ANCHOR_OPENING)
			playbook_fault_add(
				faults, rule->group, key, "a step cannot open by its own opening; count from something else");
	}
}

static void check_moments(const PlaybookRule *rule, GPtrArray *faults)
{
	const struct {
		const char *key;
		const Choices *moments;
	} keys[] = {
		{"opens", &rule->opens}, {"due", &rule->due}, {"closes", &rule->closes}, {"not-before", &rule->not_before}};
	bool ask = step_is_ask(rule->step);
	for (guint i = 0; i < G_N_ELEMENTS(keys); i++)
		check_anchors(rule, keys[i].key, keys[i].moments, faults);
	check_plain_line(rule, "opens", &rule->opens, faults);
	if (ask && rule->closes.count > 0)
		playbook_fault_add(
			faults, rule->group, "closes", "a %s closes 14 days after it opens, in every playbook; the line has to go",
			word_text(WORDS_STEP, rule->step));
	if (!ask && rule->not_before.count > 0)
		playbook_fault_add(
			faults, rule->group, "not-before",
			"only a second-note, check-in or final-check has it; the line has to go");
}

static void check_channels(const PlaybookRule *rule, GPtrArray *faults)
{
	if (step_shapes[rule->step].has_channels)
		check_plain_line(rule, "channels", &rule->channels, faults);
	else if (rule->channels.count > 0)
		playbook_fault_add(
			faults, rule->group, "channels", "a %s is sent to nobody; the line has to go",
			word_text(WORDS_STEP, rule->step));
}

static void check_step_rule(const PlaybookRule *rule, GPtrArray *faults)
{
	if (rule->changes)
		playbook_fault_add(
			faults, rule->group, "changes", "a rule makes a step or changes others; two rules are expected");
	if (rule->questions != 0 && rule->step != STEP_PREPARE_CLOSE)
		playbook_fault_add(
			faults, rule->group, "questions", "only a rule of the step prepare-close has it; it belongs there");
	check_moments(rule, faults);
	check_channels(rule, faults);
	check_plain_line(rule, "reason", &rule->reason, faults);
}

/* A rule that changes steps of others has none of the keys that time a step. */
static void check_change_rule(const PlaybookRule *rule, GPtrArray *faults)
{
	const struct {
		const char *key;
		bool there;
	} keys[] = {{"opens", rule->opens.count > 0},       {"due", rule->due.count > 0},
				{"closes", rule->closes.count > 0},     {"not-before", rule->not_before.count > 0},
				{"optional", rule->optional.count > 0}, {"after-rejection", rule->after_rejection},
				{"questions", rule->questions != 0}};
	for (guint i = 0; i < G_N_ELEMENTS(keys); i++)
		if (keys[i].there)
			playbook_fault_add(
				faults, rule->group, keys[i].key,
				"only a rule that makes a step (“step = …”) has it; it belongs into that rule");
	if (rule->changes)
		check_plain_line(rule, "reason", &rule->reason, faults);
}

static void check_rule(const PlaybookRule *rule, GPtrArray *faults)
{
	check_text(rule->source, rule->group, "source", faults);
	check_text(rule->summary, rule->group, "does", faults);
	if (rule->step != WORD_NONE)
		check_step_rule(rule, faults);
	else
		check_change_rule(rule, faults);
}

/* ---- rules together ---- */

/* Of the rules for one step the first counts whose condition holds, so none may stand behind one without. */
static void check_reached(const Playbook *playbook, GPtrArray *faults)
{
	const PlaybookRule *last[STEP_COUNT] = {NULL};
	for (int i = 0; i < playbook->rule_count; i++) {
		const PlaybookRule *rule = &playbook->rules[i];
		if (rule->step == WORD_NONE || step_is_ask(rule->step))
			continue;
		if (last[rule->step])
			playbook_fault_add(
				faults, rule->group, "step",
				"the rule never plays: [%s] makes every %s; a “when = …” is expected there", last[rule->step]->group,
				word_text(WORDS_STEP, rule->step));
		else if (rule->when.count == 0)
			last[rule->step] = rule;
	}
}

static bool list_has(const AskList *list, int rule)
{
	for (int i = 0; i < list->count; i++)
		for (int j = 0; j < list->asks[i].count; j++)
			if (list->asks[i].items[j].number == rule)
				return true;
	return false;
}

static void check_asks_listed(const Playbook *playbook, GPtrArray *faults)
{
	for (int i = 0; i < playbook->rule_count; i++)
		if (step_is_ask(playbook->rules[i].step) && !list_has(&playbook->asks, i) && !list_has(&playbook->postponed, i))
			playbook_fault_add(
				faults, playbook->rules[i].group, "step",
				"a %s is planned one after the other; a line “1 = %s” in [asks] is expected",
				word_text(WORDS_STEP, playbook->rules[i].step), playbook->rules[i].group);
}

static void check_list(const AskList *list, const char *group, GPtrArray *faults)
{
	for (int i = 0; i < list->count; i++) {
		const Choices *choices = &list->asks[i];
		char key[8];
		g_snprintf(key, sizeof key, "%d", i + 1);
		if (choices->count == 0)
			playbook_fault_add(
				faults, group, key, "the number is missing; the asks are numbered 1, 2 and so on without a gap");
		else if (choices->items[choices->count - 1].when.count > 0)
			playbook_fault_add(
				faults, group, key,
				"“%s = …” without a condition is missing; it is what counts when no other line does", key);
	}
}

static bool uses_interval(const Playbook *playbook)
{
	bool used = playbook->wait_kind == WAIT_INTERVAL;
	for (int i = 0; i < playbook->rule_count; i++) {
		const Choices *moments[] = {
			&playbook->rules[i].opens, &playbook->rules[i].due, &playbook->rules[i].closes,
			&playbook->rules[i].not_before};
		for (guint j = 0; j < G_N_ELEMENTS(moments); j++)
			for (int k = 0; k < moments[j]->count; k++)
				used |= moments[j]->items[k].moment.interval;
	}
	return used;
}

static void check_lists(const Playbook *playbook, GPtrArray *faults)
{
	check_list(&playbook->asks, "asks", faults);
	check_list(&playbook->postponed, "after a postponement", faults);
	bool asks = playbook->asks.count > 0 || playbook->postponed.count > 0;
	if (asks && playbook->ask_limit == 0)
		playbook_fault_add(
			faults, "asks", "limit", "“limit = …” is missing; how many asks without an answer are enough is expected");
	const Choices *interval = &playbook->interval;
	bool plain = interval->count > 0 && interval->items[interval->count - 1].when.count == 0;
	if (!plain && (interval->count > 0 || uses_interval(playbook)))
		playbook_fault_add(
			faults, "asks", "interval", "“interval = 7 days” or the like, without a condition, is missing");
}

void playbook_check_rules(const Playbook *playbook, GPtrArray *faults)
{
	check_text(playbook->title, "playbook", "title", faults);
	check_text(playbook->summary, "playbook", "summary", faults);
	if (playbook->rule_count == 0)
		playbook_fault_add(
			faults, NULL, NULL, "the playbook has no rule; a group such as [M3] with “step = check-in” is expected");
	for (int i = 0; i < playbook->rule_count; i++)
		check_rule(&playbook->rules[i], faults);
	check_reached(playbook, faults);
	check_asks_listed(playbook, faults);
	check_lists(playbook, faults);
}
