/* shipped-main.c - writes the shipped playbooks as a C file: shipped-main FILE.playbook… > shipped-tables.c
 *
 * Runs at build time only, so that no start of the program reads a playbook again.  A mistake in one stops the build,
 * with its place.  What is written is what playbook_read makes of the same text, pointers and all.
 */
#include "playbook-fault.h"
#include "playbook-model.h"

#include <stdio.h>
#include <string.h>

typedef void (*WriteValue)(const Choice *choice);

static void write_text(const char *key, const char *text)
{
	if (text == NULL)
		return;
	printf("\t.%s = (char *)\"", key);
	for (const char *at = text; *at != '\0'; at++)
		printf(g_ascii_isalnum(*at) || *at == ' ' ? "%c" : "\\%03o", (unsigned char)*at);
	printf("\",\n");
}

static void write_condition(const Condition *condition)
{
	printf("{%d, {", condition->count);
	for (int i = 0; i < MAX(condition->count, 1); i++)
		printf("{%u, %u, %d}, ", condition->terms[i].all, condition->terms[i].none, condition->terms[i].weeks);
	printf("}}");
}

static void write_moment(const Choice *choice)
{
	const Moment *moment = &choice->moment;
	printf(
		".moment = {%d, %d, %lld, %d, %d, %d}", (int)moment->anchor, moment->on_a_day, (long long)moment->seconds,
		moment->days, moment->interval, moment->business);
}

static void write_channels(const Choice *choice)
{
	printf(".channels = {%d, {", choice->channels.count);
	for (int i = 0; i < MAX(choice->channels.count, 1); i++)
		printf("%d, ", (int)choice->channels.list[i]);
	printf("}}");
}

static void write_flag(const Choice *choice)
{
	printf(".flag = %d", choice->flag);
}

static void write_number(const Choice *choice)
{
	printf(".number = %d", choice->number);
}

static void write_sentence(const Choice *choice)
{
	const Sentence *sentence = choice->sentence;
	printf(".sentence = &(Sentence){\n");
	write_text("text", sentence->text);
	printf("\t.count = %d, .pieces = {", sentence->count);
	for (int i = 0; i < sentence->count; i++)
		printf("{%d, %d, %d}, ", sentence->pieces[i].slot, sentence->pieces[i].at, sentence->pieces[i].length);
	printf("}}");
}

static void write_choices(const char *key, const Choices *choices, WriteValue write)
{
	if (choices->count == 0)
		return;
	printf("\t.%s = {(Choice[]){\n", key);
	for (int i = 0; i < choices->count; i++) {
		printf("\t{.when = ");
		write_condition(&choices->items[i].when);
		printf(", ");
		write(&choices->items[i]);
		printf("},\n");
	}
	printf("\t}, %d},\n", choices->count);
}

static void write_rule(const PlaybookRule *rule)
{
	printf("\t{\n");
	write_text("group", rule->group);
	write_text("id", rule->id);
	write_text("source", rule->source);
	write_text("summary", rule->summary);
	printf(
		"\t.index = %d, .step = %d, .changes = %u, .must = %u, .questions = %u,\n\t.after_rejection = %d, "
		".spelling_error = %d, .when = ",
		rule->index, rule->step, rule->changes, rule->must, rule->questions, rule->after_rejection,
		rule->spelling_error);
	write_condition(&rule->when);
	printf(",\n");
	write_choices("opens", &rule->opens, write_moment);
	write_choices("due", &rule->due, write_moment);
	write_choices("closes", &rule->closes, write_moment);
	write_choices("not_before", &rule->not_before, write_moment);
	write_choices("channels", &rule->channels, write_channels);
	write_choices("optional", &rule->optional, write_flag);
	write_choices("skip", &rule->skip, write_number);
	write_choices("reason", &rule->reason, write_sentence);
	printf("\t},\n");
}

static void write_asks(const char *key, const AskList *list)
{
	printf("\t.%s = {.count = %d, .asks = {\n", key, list->count);
	for (int i = 0; i < list->count; i++) {
		printf("\t[%d] = {(Choice[]){\n", i);
		for (int j = 0; j < list->asks[i].count; j++) {
			printf("\t{.when = ");
			write_condition(&list->asks[i].items[j].when);
			printf(", .number = %d},\n", list->asks[i].items[j].number);
		}
		printf("\t}, %d},\n", list->asks[i].count);
	}
	printf("\t}},\n");
}

static void write_bits(const char *key, const uint64_t bits[STEP_COUNT])
{
	printf("\t.%s = {", key);
	for (int i = 0; i < STEP_COUNT; i++)
		printf("UINT64_C(%llu), ", (unsigned long long)bits[i]);
	printf("},\n");
}

static void write_playbook(const Playbook *playbook)
{
	printf("\t{\n\t.built_in = true,\n");
	write_text("name", playbook->name);
	write_text("title", playbook->title);
	write_text("summary", playbook->summary);
	printf("\t.rule_count = %d, .rules = (PlaybookRule[]){\n", playbook->rule_count);
	for (int i = 0; i < playbook->rule_count; i++)
		write_rule(&playbook->rules[i]);
	printf("\t},\n");
	write_bits("makers", playbook->makers);
	write_bits("changers", playbook->changers);
	write_asks("asks", &playbook->asks);
	write_asks("postponed", &playbook->postponed);
	write_choices("interval", &playbook->interval, write_number);
	printf(
		"\t.ask_limit = %d, .wait_kind = %d, .wait = %d, .spelling_error = %d},\n", playbook->ask_limit,
		(int)playbook->wait_kind, playbook->wait, playbook->spelling_error);
}

static bool write_file(const char *path)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) faults = playbook_faults_new();
	g_autofree char *text = NULL, *name = g_path_get_basename(path);
	gsize length = 0;
	if (!g_file_get_contents(path, &text, &length, &error)) {
		fprintf(stderr, "%s\n", error->message);
		return false;
	}
	name[strcspn(name, ".")] = '\0';
	g_autoptr(Playbook) playbook = playbook_read(text, length, name, faults);
	for (guint i = 0; i < faults->len; i++) {
		const PlaybookFault *fault = g_ptr_array_index(faults, i);
		fprintf(stderr, "%s: %s: %s\n", path, fault->where, fault->message);
	}
	if (faults->len == 0)
		write_playbook(playbook);
	return faults->len == 0;
}

int main(int argc, char **argv)
{
	bool good = true;
	printf("/* Made from playbooks/ by shipped-main. */\n#include \"shipped.h\"\n\n");
	printf("const Playbook shipped_tables[] = {\n");
	for (int i = 1; i < argc; i++)
		good = write_file(argv[i]) && good;
	printf("};\nconst int shipped_table_count = %d;\n", argc - 1);
	return good ? 0 : 1;
}
