/* lists-main.c - writes the built-in word lists as a C file: lists-main FILE.words… > review-lists.c
 *
 * Runs at build time only.  What a file may hold is checked here, so that a wrong list stops the build, with the line.
 */
#include "lists.h"

#include <stdio.h>
#include <string.h>

static void write_bytes(const char *chars, uint32_t count)
{
	printf("static const char LIST_APART chars[] = {");
	for (uint32_t i = 0; i < count; i++)
		printf("%s%d,", i % 32 ? "" : "\n", chars[i]);
	printf("\n};\n");
}

static void write_numbers(const char *name, const uint16_t *numbers, uint32_t count)
{
	printf("static const uint16_t LIST_APART %s[] = {", name);
	for (uint32_t i = 0; i < count; i++)
		printf("%s%u,", i % 24 ? "" : "\n", numbers[i]);
	printf("%s};\n", count ? "\n" : "0");
}

static void write_words(const ReviewLists *lists)
{
	printf("static const ListWord LIST_APART words[] = {\n");
	for (uint32_t i = 0; i < lists->word_count; i++) {
		const ListWord *word = &lists->words[i];
		printf(
			"{%u,%u,%u,%u,{0x%llx,0x%llx}},\n", word->text, word->length, word->start_count, word->starts,
			(unsigned long long)word->sets[0], (unsigned long long)word->sets[1]);
	}
	printf("};\n");
}

static void write_patterns(const ReviewLists *lists)
{
	printf("static const ListElement LIST_APART elements[] = {\n");
	for (uint32_t i = 0; i < lists->element_count; i++) {
		const ListElement *element = &lists->elements[i];
		printf(
			"{%d,%d,%d,%d,%u,%u},\n", element->kind, element->optional, element->negated, element->reach,
			element->count, element->choices);
	}
	printf("};\nstatic const ListPattern LIST_APART patterns[] = {\n");
	for (uint32_t i = 0; i < lists->pattern_count; i++) {
		const ListPattern *pattern = &lists->patterns[i];
		printf(
			"{%u,%d,%d,%d,%u,%u},\n", pattern->elements, pattern->element_count, pattern->rule, pattern->sense,
			pattern->reason, pattern->replace);
	}
	printf("};\nstatic const ListKin LIST_APART kin[] = {\n");
	for (uint32_t i = 0; i < lists->kin_count; i++)
		printf("{%u,%u},\n", lists->kin[i].word, lists->kin[i].group);
	printf("};\n");
}

static void write_forms(const ReviewLists *lists)
{
	printf("static const ListForms LIST_APART forms[] = {\n");
	for (uint32_t i = 0; i < lists->forms_count; i++) {
		const WordId *forms = lists->forms[i].forms;
		printf("{{%u,%u,%u,%u,%u}},\n", forms[0], forms[1], forms[2], forms[3], forms[4]);
	}
	printf("};\nstatic const ListKin LIST_APART form_of[] = {\n");
	for (uint32_t i = 0; i < lists->form_of_count; i++)
		printf("{%u,%u},\n", lists->form_of[i].word, lists->form_of[i].group);
	printf("};\n");
}

static void write_lists(const ReviewLists *lists)
{
	printf("/* Made from src/note/review/words by lists-main. */\n#include \"review/lists.h\"\n\n");
	write_bytes(lists->chars, lists->char_count);
	write_words(lists);
	write_numbers("slots", lists->slots, lists->slot_mask + 1);
	write_numbers("choices", lists->choices, lists->choice_count);
	write_numbers("starts", lists->starts, lists->start_count);
	write_patterns(lists);
	write_forms(lists);
	printf(
		"const ReviewLists review_lists_built_in = {chars, words, slots, elements, choices, patterns, starts, kin,\n"
		"\tforms, form_of, %u, %u, %u, %u, %u, %u, %u, %u, %u, %u, false};\n",
		lists->char_count, lists->word_count, lists->slot_mask, lists->element_count, lists->choice_count,
		lists->pattern_count, lists->start_count, lists->kin_count, lists->forms_count, lists->form_of_count);
}

int main(int argc, char **argv)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(ReviewLists) lists = NULL;
	g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
	g_autofree ListSource *sources = g_new0(ListSource, (gsize)argc);
	for (int i = 1; i < argc; i++) {
		char *text = NULL;
		if (!g_file_get_contents(argv[i], &text, NULL, &error)) {
			fprintf(stderr, "%s\n", error->message);
			return 1;
		}
		g_ptr_array_add(texts, text);
		sources[i - 1] = (ListSource){strrchr(argv[i], '/') ? strrchr(argv[i], '/') + 1 : argv[i], text};
	}
	if (!review_lists_parse(sources, (size_t)argc - 1, &lists, &error)) {
		fprintf(stderr, "%s\n", error->message);
		return 1;
	}
	write_lists(lists);
	return 0;
}
