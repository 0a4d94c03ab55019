/* playbook-read.c - a key file becomes a playbook; every mistake in it is noted, none ends the reading.
 *
 * A group is a rule ("[D3]", "[D2 card]"), or "[playbook]", "[asks]", "[after a postponement]".  A key may be followed
 * by "if" and a condition; of the lines of one key the first counts whose condition holds, the plain one last.
 */
#include "playbook-fault.h"
#include "playbook-model.h"
#include "playbook-rules.h"
#include "step-shape.h"

#include <base/error.h>
#include <base/limits.h>
#include <base/text.h>
#include <plan/plan.h>
#include <stdlib.h>
#include <string.h>

#define PLAYBOOK_BYTES_MAX (64 * 1024)
#define CHOICES_MAX 16 /* lines of one key */

/* One line being read: whose it is, and where its value goes. */
typedef struct Line {
	PlaybookRule *rule; /* NULL outside of rules */
	Choice *choice;     /* NULL where the key takes no condition */
	const char *value;
} Line;

typedef bool (*ReadValue)(const Line *line, GError **error);

typedef struct Key {
	const char *name;
	ReadValue read;
	size_t choices; /* offset of the rule's Choices; 0 where the key takes no condition */
} Key;

/* ---- values ---- */

static bool read_word(WordSet set, const char *text, int *ret_word, GError **error)
{
	int word = word_find(set, text);
	if (word == WORD_NONE) {
		g_autofree char *list = word_list(set);
		return base_error_set(error, BASE_ERROR_INVALID, NULL, "“%s” is unknown; %s is expected", text, list);
	}
	*ret_word = word;
	return true;
}

/* "thanks, specific" as bits. */
static bool read_words(WordSet set, const char *text, unsigned *ret_bits, GError **error)
{
	g_auto(GStrv) parts = g_strsplit(text, ",", -1);
	unsigned bits = 0;
	for (int i = 0; parts[i]; i++) {
		int word = WORD_NONE;
		if (!read_word(set, g_strstrip(parts[i]), &word, error))
			return false;
		bits |= 1u << word;
	}
	*ret_bits = bits;
	return true;
}

static bool read_yes(const char *text, bool *ret_yes, GError **error)
{
	bool yes = strcmp(text, "yes") == 0;
	if (!yes && strcmp(text, "no") != 0)
		return base_error_set(error, BASE_ERROR_INVALID, NULL, "“%s” is neither yes nor no", text);
	*ret_yes = yes;
	return true;
}

static bool take_text(char **owned, const char *value)
{
	g_free(*owned);
	*owned = g_strdup(value);
	return true;
}

static bool read_step(const Line *line, GError **error)
{
	return read_word(WORDS_STEP, line->value, &line->rule->step, error);
}

static bool read_changes(const Line *line, GError **error)
{
	return read_words(WORDS_STEP, line->value, &line->rule->changes, error);
}

static bool read_source(const Line *line, GError **error)
{
	return take_text(&line->rule->source, line->value);
}

static bool read_does(const Line *line, GError **error)
{
	return take_text(&line->rule->summary, line->value);
}

static bool read_when(const Line *line, GError **error)
{
	return condition_parse(line->value, &line->rule->when, error);
}

static bool read_must(const Line *line, GError **error)
{
	return read_words(WORDS_MUST, line->value, &line->rule->must, error);
}

static bool read_after_rejection(const Line *line, GError **error)
{
	return read_yes(line->value, &line->rule->after_rejection, error);
}

static bool read_questions(const Line *line, GError **error)
{
	g_auto(GStrv) parts = g_strsplit(line->value, ",", -1);
	for (char **part = parts; *part != NULL; part++) {
		g_strstrip(*part);
		if (strcmp(*part, "decision-date") == 0)
			line->rule->questions |= QUESTION_DECISION_DATE;
		else if (strcmp(*part, "follow-up-date") == 0)
			line->rule->questions |= QUESTION_FOLLOW_UP_DATE;
		else
			return base_error_set(
				error, BASE_ERROR_INVALID, NULL, "“%s” is no question; decision-date or follow-up-date is expected",
				*part);
	}
	return true;
}

static bool read_spelling(const Line *line, GError **error)
{
	line->rule->spelling_error = strcmp(line->value, "error") == 0;
	if (!line->rule->spelling_error && strcmp(line->value, "warning") != 0)
		return base_error_set(
			error, BASE_ERROR_INVALID, NULL, "“%s” is no level; error or warning is expected", line->value);
	return true;
}

static bool read_moment(const Line *line, GError **error)
{
	return moment_parse(line->value, &line->choice->moment, error);
}

static bool read_channels(const Line *line, GError **error)
{
	g_auto(GStrv) parts = g_strsplit(line->value, ",", -1);
	Channels channels = {0};
	unsigned seen = 0;
	for (int i = 0; parts[i]; i++) {
		int word = WORD_NONE;
		if (!read_word(WORDS_CHANNEL, g_strstrip(parts[i]), &word, error))
			return false;
		if (seen >> word & 1u)
			return base_error_set(error, BASE_ERROR_INVALID, NULL, "“%s” is listed twice; once is enough", parts[i]);
		seen |= 1u << word;
		channels.list[channels.count++] = (Channel)word;
	}
	line->choice->channels = channels;
	return true;
}

static bool read_flag(const Line *line, GError **error)
{
	return read_yes(line->value, &line->choice->flag, error);
}

static bool read_skip(const Line *line, GError **error)
{
	if (strcmp(line->value, skip_reason_word(REASON_FAST_PACE)) != 0)
		return base_error_set(
			error, BASE_ERROR_INVALID, NULL,
			"“%s” is no reason to skip that a playbook can give; fast-pace is expected", line->value);
	line->choice->number = REASON_FAST_PACE;
	return true;
}

static bool read_reason(const Line *line, GError **error)
{
	return sentence_parse(line->value, &line->choice->sentence, error);
}

static const Key rule_keys[] = {
	{"step", read_step, 0},
	{"changes", read_changes, 0},
	{"source", read_source, 0},
	{"does", read_does, 0},
	{"when", read_when, 0},
	{"must", read_must, 0},
	{"after-rejection", read_after_rejection, 0},
	{"questions", read_questions, 0},
	{"spelling", read_spelling, 0},
	{"opens", read_moment, offsetof(PlaybookRule, opens)},
	{"due", read_moment, offsetof(PlaybookRule, due)},
	{"closes", read_moment, offsetof(PlaybookRule, closes)},
	{"not-before", read_moment, offsetof(PlaybookRule, not_before)},
	{"channels", read_channels, offsetof(PlaybookRule, channels)},
	{"optional", read_flag, offsetof(PlaybookRule, optional)},
	{"skip", read_skip, offsetof(PlaybookRule, skip)},
	{"reason", read_reason, offsetof(PlaybookRule, reason)},
};

/* ---- groups ---- */

/* The file, where its contents go, and the mistakes so far. */
typedef struct Reader {
	GKeyFile *file;
	Playbook *playbook;
	GPtrArray *faults;
	const char *group;
} Reader;

/* The value of a key, one line of text; NULL, and a fault noted, where it is none. Free with g_free. */
static char *get_value(const Reader *reader, const char *key)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *value = g_key_file_get_string(reader->file, reader->group, key, &error);
	if (!value) {
		playbook_fault_add(reader->faults, reader->group, key, "the value cannot be read: %s", error->message);
		return NULL;
	}
	const char *fault = text_find_fault(value, strlen(value), LIMIT_TEXT_BYTES, TEXT_LINE);
	if (fault || text_is_blank(value)) {
		playbook_fault_add(
			reader->faults, reader->group, key, "the value %s", fault ? fault : "is empty; one is expected");
		return NULL;
	}
	return g_steal_pointer(&value);
}

/* Splits "opens if decision-date": the key's own name, and its condition (empty where there is none). */
static bool split_key(const Reader *reader, const char *key, char **ret_name, Condition *ret_condition)
{
	const char *mark = strstr(key, " if ");
	g_autoptr(GError) error = NULL;
	if (mark && !condition_parse(mark + 4, ret_condition, &error)) {
		playbook_fault_add(reader->faults, reader->group, key, "%s", error->message);
		return false;
	}
	if (!mark)
		*ret_condition = (Condition){0};
	*ret_name = mark ? g_strndup(key, (gsize)(mark - key)) : g_strdup(key);
	return true;
}

/* A new last line of a key; NULL, and a fault noted, where there are too many. */
static Choice *choices_add(const Reader *reader, const char *key, Choices *choices, const Condition *when)
{
	if (choices->count == CHOICES_MAX) {
		playbook_fault_add(reader->faults, reader->group, key, "the key has more than %d lines", CHOICES_MAX);
		return NULL;
	}
	choices->items = g_renew(Choice, choices->items, choices->count + 1);
	Choice *choice = &choices->items[choices->count++];
	*choice = (Choice){.when = *when};
	return choice;
}

static const Key *find_key(const char *name)
{
	for (guint i = 0; i < G_N_ELEMENTS(rule_keys); i++)
		if (strcmp(rule_keys[i].name, name) == 0)
			return &rule_keys[i];
	return NULL;
}

static void note_unknown_key(const Reader *reader, const char *key)
{
	g_autoptr(GString) list = g_string_new(NULL);
	for (guint i = 0; i < G_N_ELEMENTS(rule_keys); i++)
		g_string_append_printf(list, "%s%s", i > 0 ? ", " : "", rule_keys[i].name);
	playbook_fault_add(reader->faults, reader->group, key, "a rule has no such key; it has %s", list->str);
}

static void read_rule_line(const Reader *reader, PlaybookRule *rule, const char *key)
{
	g_autofree char *name = NULL;
	Condition when;
	g_autofree char *value = get_value(reader, key);
	if (!value || !split_key(reader, key, &name, &when))
		return;
	const Key *known = find_key(name);
	if (!known) {
		note_unknown_key(reader, key);
		return;
	}
	if (known->choices == 0 && when.count > 0) {
		playbook_fault_add(
			reader->faults, reader->group, key, "%s takes no condition; “%s = …” is expected", name, name);
		return;
	}
	Line line = {rule, NULL, value};
	Choices *choices = known->choices > 0 ? (Choices *)(void *)((char *)rule + known->choices) : NULL;
	if (choices && !(line.choice = choices_add(reader, key, choices, &when)))
		return;
	g_autoptr(GError) error = NULL;
	if (!known->read(&line, &error))
		playbook_fault_add(reader->faults, reader->group, key, "%s", error->message);
}

/* Reads the lines of a group, those with a condition first, in their order. */
static void read_lines(Reader *reader, const char *group, void (*read)(const Reader *, const char *key))
{
	g_auto(GStrv) keys = g_key_file_get_keys(reader->file, group, NULL, NULL);
	reader->group = group;
	for (int plain = 0; plain < 2; plain++)
		for (int i = 0; keys && keys[i]; i++)
			if ((strstr(keys[i], " if ") == NULL) == (plain == 1))
				read(reader, keys[i]);
}

static void read_last_rule_line(const Reader *reader, const char *key)
{
	read_rule_line(reader, &reader->playbook->rules[reader->playbook->rule_count - 1], key);
}

static bool is_rule_id(const char *text, size_t length)
{
	bool good = length >= 1 && length <= 16 && g_ascii_isalpha(*text);
	for (size_t i = 0; good && i < length; i++)
		good = g_ascii_isalnum(text[i]) || text[i] == '-';
	return good;
}

static void read_rule(Reader *reader, const char *group)
{
	Playbook *playbook = reader->playbook;
	size_t length = strcspn(group, " ");
	if (!is_rule_id(group, length)) {
		playbook_fault_add(
			reader->faults, group, NULL,
			"a rule's name is letters, digits and dashes, such as M3; a second word may follow it");
		return;
	}
	if (playbook->rule_count == RULES_MAX) {
		playbook_fault_add(reader->faults, group, NULL, "a playbook has at most %d rules", RULES_MAX);
		return;
	}
	playbook->rules = g_renew(PlaybookRule, playbook->rules, playbook->rule_count + 1);
	PlaybookRule *rule = &playbook->rules[playbook->rule_count];
	*rule = (PlaybookRule){
		.group = g_strdup(group), .id = g_strndup(group, length), .index = playbook->rule_count, .step = WORD_NONE};
	playbook->rule_count++;
	read_lines(reader, group, read_last_rule_line);
	playbook->spelling_error |= rule->spelling_error;
}

static void read_head_line(const Reader *reader, const char *key)
{
	g_autofree char *value = get_value(reader, key);
	if (!value)
		return;
	if (strcmp(key, "title") == 0)
		take_text(&reader->playbook->title, value);
	else if (strcmp(key, "summary") == 0)
		take_text(&reader->playbook->summary, value);
	else
		playbook_fault_add(reader->faults, reader->group, key, "there is no such key here; title and summary are");
}

static int find_group(const Playbook *playbook, const char *group)
{
	for (int i = 0; i < playbook->rule_count; i++)
		if (strcmp(playbook->rules[i].group, group) == 0)
			return i;
	return -1;
}

/* "2 if dates = D5": which rule the second ask follows. */
static void read_ask(const Reader *reader, AskList *list, const char *key)
{
	g_autofree char *name = NULL;
	Condition when;
	g_autofree char *value = get_value(reader, key);
	if (!value || !split_key(reader, key, &name, &when))
		return;
	int place = g_ascii_digit_value(*name), rule = find_group(reader->playbook, value);
	if (strlen(name) != 1 || place < 1 || place > ASKS_MAX) {
		playbook_fault_add(
			reader->faults, reader->group, key, "an ask has a number from 1 to %d; “1 = NAME OF A RULE” is expected",
			ASKS_MAX);
	} else if (rule < 0 || !step_is_ask(reader->playbook->rules[rule].step)) {
		playbook_fault_add(
			reader->faults, reader->group, key,
			"“%s” is no rule that makes a second-note, check-in or final-check; the name of such a rule is expected",
			value);
	} else {
		Choice *choice = choices_add(reader, key, &list->asks[place - 1], &when);
		if (choice)
			choice->number = rule;
		list->count = MAX(list->count, place);
	}
}

static void read_interval(const Reader *reader, const char *key)
{
	g_autofree char *name = NULL;
	g_autoptr(GError) error = NULL;
	Condition when;
	g_autofree char *value = get_value(reader, key);
	if (!value || !split_key(reader, key, &name, &when))
		return;
	Choice *choice = choices_add(reader, key, &reader->playbook->interval, &when);
	if (choice && !span_parse(value, &choice->number, NULL, &error))
		playbook_fault_add(reader->faults, reader->group, key, "%s", error->message);
}

static void read_wait(const Reader *reader, const char *key)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *value = get_value(reader, key);
	Playbook *playbook = reader->playbook;
	bool business = false;
	if (!value)
		return;
	if (strcmp(value, "the interval") == 0)
		playbook->wait_kind = WAIT_INTERVAL;
	else if (span_parse(value, &playbook->wait, &business, &error))
		playbook->wait_kind = business ? WAIT_BUSINESS_DAYS : WAIT_DAYS;
	else
		playbook_fault_add(reader->faults, reader->group, key, "%s", error->message);
}

static void read_limit(const Reader *reader, const char *key)
{
	g_autofree char *value = get_value(reader, key);
	guint64 limit = 1;
	if (value && !g_ascii_string_to_unsigned(value, 10, 1, 99, &limit, NULL))
		playbook_fault_add(reader->faults, reader->group, key, "“%s” is no number of asks; 1 to 99 is expected", value);
	reader->playbook->ask_limit = (int)limit;
}

static void read_asks_line(const Reader *reader, const char *key)
{
	if (strcmp(key, "limit") == 0)
		read_limit(reader, key);
	else if (strcmp(key, "wait") == 0)
		read_wait(reader, key);
	else if (strcmp(key, "interval") == 0 || g_str_has_prefix(key, "interval if "))
		read_interval(reader, key);
	else
		read_ask(reader, &reader->playbook->asks, key);
}

static void read_postponed_line(const Reader *reader, const char *key)
{
	read_ask(reader, &reader->playbook->postponed, key);
}

static void read_groups(Reader *reader)
{
	static const struct {
		const char *group;
		void (*read)(const Reader *, const char *);
	} known[] = {{"playbook", read_head_line}, {"asks", read_asks_line}, {"after a postponement", read_postponed_line}};
	g_auto(GStrv) groups = g_key_file_get_groups(reader->file, NULL);
	for (int i = 0; groups[i]; i++) {
		bool special = false;
		for (guint j = 0; j < G_N_ELEMENTS(known); j++)
			special |= strcmp(groups[i], known[j].group) == 0;
		if (!special)
			read_rule(reader, groups[i]);
	}
	for (guint j = 0; j < G_N_ELEMENTS(known); j++)
		if (g_key_file_has_group(reader->file, known[j].group))
			read_lines(reader, known[j].group, known[j].read);
}

/* ---- the file ---- */

/* A key file keeps the last of two lines silently; here that is a mistake. */
static void note_repetitions(const char *text, size_t length, GPtrArray *faults)
{
	g_autofree char *copy = g_strndup(text, length);
	g_auto(GStrv) lines = g_strsplit(copy, "\n", -1);
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autofree char *group = g_strdup("");
	for (int i = 0; lines[i]; i++) {
		char *line = g_strstrip(lines[i]), *equals = strchr(line, '=');
		if (*line == '[') {
			g_free(group);
			group = g_strndup(line + 1, strcspn(line + 1, "]"));
			if (!g_hash_table_add(seen, g_strdup(group)))
				playbook_fault_add(faults, group, NULL, "the group stands twice in the file; one of them has to go");
		} else if (*line != '#' && equals) {
			*equals = '\0';
			if (!g_hash_table_add(seen, g_strdup_printf("%s\n%s", group, g_strstrip(line))))
				playbook_fault_add(
					faults, group, line,
					"the key stands twice; one of the lines has to go, or needs another condition");
		}
	}
}

static void read_file(Reader *reader, const char *text, size_t length)
{
	g_autoptr(GError) error = NULL;
	const char *fault = text_find_fault(text, length, PLAYBOOK_BYTES_MAX, TEXT_BLOCK);
	if (fault) {
		playbook_fault_add(reader->faults, NULL, NULL, "the playbook %s", fault);
	} else if (!g_key_file_load_from_data(reader->file, text, length, G_KEY_FILE_NONE, &error)) {
		playbook_fault_add(
			reader->faults, NULL, NULL, "the playbook is no key file of “[group]” and “key = value” lines: %s",
			error->message);
	} else {
		note_repetitions(text, length, reader->faults);
		read_groups(reader);
		playbook_check_rules(reader->playbook, reader->faults);
	}
}

/* So that the engine need not look through all rules for every step. */
static void index_rules(Playbook *playbook)
{
	for (int i = 0; i < playbook->rule_count; i++) {
		const PlaybookRule *rule = &playbook->rules[i];
		if (rule->step != WORD_NONE)
			playbook->makers[rule->step] |= UINT64_C(1) << i;
		for (int kind = 0; kind < STEP_COUNT; kind++)
			if (rule->changes >> kind & 1u)
				playbook->changers[kind] |= UINT64_C(1) << i;
	}
}

Playbook *playbook_read(const char *text, size_t length, const char *name, GPtrArray *faults)
{
	g_autoptr(GKeyFile) file = g_key_file_new();
	Playbook *playbook = g_new0(Playbook, 1);
	playbook->name = g_strdup(name);
	Reader reader = {file, playbook, faults, NULL};
	read_file(&reader, text, length);
	index_rules(playbook);
	return playbook;
}

bool playbook_parse(const char *text, size_t length, const char *name, Playbook **ret_playbook, GError **error)
{
	g_autoptr(GPtrArray) faults = playbook_faults_new();
	g_autoptr(Playbook) playbook = playbook_read(text, length, name, faults);
	if (faults->len > 0) {
		const PlaybookFault *fault = g_ptr_array_index(faults, 0);
		return base_error_set(error, BASE_ERROR_INVALID, fault->where, "%s", fault->message);
	}
	*ret_playbook = g_steal_pointer(&playbook);
	return true;
}
