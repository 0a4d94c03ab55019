/* cases.c - reads case files; the format is in cases.h.
 *
 * A mistake in a file ends the program with the case's name: a test that passes over a case would prove nothing.
 */
#include "cases.h"

#include <dlfcn.h>
#include <string.h>

static Speller *speller;
static bool speller_asked;

static void load_speller(void)
{
	const char *path = g_getenv("FOLLOWUP_DICT");
	void *module = path ? dlopen(path, RTLD_NOW | RTLD_LOCAL) : NULL;
	SpellModuleFunc get = NULL;
	g_autoptr(GError) error = NULL;
	g_autofree char *folder = g_build_filename(g_get_tmp_dir(), "followup-test-enchant", NULL);
	if (module)
		*(void **)&get = dlsym(module, SPELL_MODULE_SYMBOL);
	if (get == NULL)
		return;
	g_assert_cmpint(get()->version, ==, SPELL_MODULE_VERSION);
	if (!get()->open(folder, &speller, &error))
		g_assert_error(error, BASE_ERROR, BASE_ERROR_MISSING);
}

const Speller *cases_get_speller(void)
{
	if (!speller_asked)
		load_speller();
	speller_asked = true;
	return speller;
}

void cases_close_speller(void)
{
	speller_free(speller);
	speller = NULL;
}

static void clear_expect(gpointer data)
{
	g_free(((Expect *)data)->text);
	g_free(((Expect *)data)->suggest);
}

static void free_case(gpointer data)
{
	Case *one = data;
	g_free(one->name);
	g_free(one->note);
	g_free(one->head);
	facts_free(one->facts);
	g_ptr_array_unref(one->strings);
	g_array_unref(one->expects);
	g_free(one);
}

static Case *new_case(const char *name)
{
	Case *one = g_new0(Case, 1);
	one->name = g_strdup(name);
	one->request = REVIEW_REQUEST_INIT;
	one->strings = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
	one->expects = g_array_new(FALSE, FALSE, sizeof(Expect));
	g_array_set_clear_func(one->expects, clear_expect);
	return one;
}

static Facts *load_facts(const char *folder, const char *name)
{
	g_autofree char *file = g_strconcat(name, ".json", NULL), *path = g_build_filename(folder, "facts", file, NULL),
					*text = NULL;
	g_autoptr(GError) error = NULL;
	Facts *facts = NULL;
	gsize length;
	g_file_get_contents(path, &text, &length, &error);
	g_assert_no_error(error);
	bool right = facts_parse(text, length, &facts, &error);
	g_assert_no_error(error);
	g_assert_true(right);
	return facts;
}

static unsigned read_must(const char *value)
{
	unsigned must = 0;
	g_auto(GStrv) words = g_strsplit(value, " ", -1);
	for (char **word = words; *word; word++) {
		int found = **word ? word_find(WORDS_MUST, *word) : WORD_NONE;
		if (**word)
			g_assert_cmpint(found, !=, WORD_NONE);
		must |= found == WORD_NONE ? 0 : 1u << found;
	}
	return must;
}

static int64_t read_time(const Case *one, const char *value)
{
	Stamp stamp;
	g_assert_true(stamp_parse(value, &stamp));
	g_autoptr(GError) error = NULL;
	g_autoptr(Zone) zone = one->facts ? zone_ref(one->facts->zone) : zone_load("UTC", &error);
	return zone_resolve(zone, stamp);
}

/* wrong-name "Jon" -> "John" */
static void read_expect(Case *one, const char *value)
{
	g_auto(GStrv) parts = g_strsplit(value, "\"", -1);
	guint count = g_strv_length(parts);
	Expect expect = {.rule = review_rule_find(g_strstrip(parts[0]))};
	g_assert_cmpint(expect.rule, !=, WORD_NONE);
	expect.text = count > 1 ? g_strcompress(parts[1]) : NULL;
	expect.suggest = count > 3 ? g_strcompress(parts[3]) : NULL;
	g_array_append_val(one->expects, expect);
}

static const char *const *read_list(Case *one, const char *value)
{
	char **list = g_strsplit(value, " | ", -1);
	for (char **item = list; *item; item++) {
		char *text = g_strcompress(*item);
		g_free(*item);
		*item = text;
	}
	g_ptr_array_add(one->strings, list);
	return (const char *const *)list;
}

static bool read_circumstance(Case *one, const char *key, const char *value)
{
	ReviewRequest *request = &one->request;
	if (strcmp(key, "must") == 0)
		request->must = read_must(value);
	else if (strcmp(key, "send") == 0)
		request->send_at = read_time(one, value);
	else if (strcmp(key, "rejected") == 0)
		request->rejected = true;
	else if (strcmp(key, "attachment") == 0)
		request->has_attachment = strcmp(value, "yes") == 0;
	else if (strcmp(key, "strict") == 0)
		request->spelling_is_error = true;
	else if (strcmp(key, "others") == 0)
		request->others = read_list(one, value);
	else if (strcmp(key, "earlier") == 0)
		request->earlier = read_list(one, value);
	else if (strcmp(key, "other-companies") == 0)
		request->other_companies = read_list(one, value);
	else if (strcmp(key, "other-positions") == 0)
		request->other_positions = read_list(one, value);
	else if (strcmp(key, "other-people") == 0)
		request->other_people = read_list(one, value);
	else if (strcmp(key, "own-words") == 0)
		request->own_words = read_list(one, value);
	else
		return false;
	return true;
}

static void read_key(Case *one, const char *folder, const char *key, const char *value)
{
	ReviewRequest *request = &one->request;
	if (strcmp(key, "facts") == 0) {
		one->facts = load_facts(folder, value);
		request->facts = one->facts;
	} else if (strcmp(key, "step") == 0) {
		request->step = word_find(WORDS_STEP, value);
		g_assert_cmpint(request->step, !=, WORD_NONE);
	} else if (strcmp(key, "channel") == 0) {
		request->channel = word_find(WORDS_CHANNEL, value);
		g_assert_cmpint(request->channel, !=, WORD_NONE);
	} else if (strcmp(key, "to") == 0) {
		request->to = facts_find_person(one->facts, value);
		g_assert_cmpint(request->to, !=, NOBODY);
	} else if (strcmp(key, "interview") == 0) {
		request->interview = facts_find_interview(one->facts, value);
		g_assert_cmpint(request->interview, !=, NO_INTERVIEW);
	} else if (strcmp(key, "expect") == 0) {
		read_expect(one, value);
	} else if (!read_circumstance(one, key, value)) {
		g_error("%s: no key \"%s\"", one->name, key);
	}
}

/* "old" -> "new", once in the note. */
static void plant(Case *one, const char *value)
{
	g_auto(GStrv) parts = g_strsplit(value, "\"", -1);
	if (g_strv_length(parts) < 4)
		g_error("%s: plant %s", one->name, value);
	g_autofree char *old = g_strcompress(parts[1]), *new = g_strcompress(parts[3]);
	const char *found = strstr(one->note, old);
	if (found == NULL)
		g_error("%s: \"%s\" is not in the note", one->name, old);
	char *note = g_strdup_printf("%.*s%s%s", (int)(found - one->note), one->note, new, found + strlen(old));
	g_free(one->note);
	one->note = note;
}

static void read_head(Case *one, const char *folder, const char *head)
{
	g_auto(GStrv) lines = g_strsplit(head, "\n", -1);
	for (char **line = lines; *line; line++) {
		char *colon = strchr(*line, ':');
		if (**line == '\0' || g_str_has_prefix(*line, "base:"))
			continue;
		if (colon == NULL)
			g_error("%s: no key in \"%s\"", one->name, *line);
		*colon = '\0';
		if (strcmp(*line, "plant") == 0)
			plant(one, colon + 1);
		else
			read_key(one, folder, *line, g_strstrip(colon + 1));
	}
}

static Case *read_case(const char *folder, const char *block)
{
	const char *line_end = strchr(block, '\n');
	g_autofree char *name = g_strndup(block, (gsize)(line_end - block));
	Case *one = new_case(name);
	const char *body = strstr(block, "\n---\n");
	if (body == NULL)
		g_error("%s has no note", name);
	one->head = line_end < body ? g_strndup(line_end + 1, (gsize)(body - line_end - 1)) : g_strdup("");
	one->note = g_strdup(body + 5);
	read_head(one, folder, one->head);
	return one;
}

static Case *read_fault(const char *folder, const char *block, const GPtrArray *good)
{
	const char *line_end = strchr(block, '\n');
	g_autofree char *name = g_strndup(block, (gsize)(line_end - block));
	g_auto(GStrv) lines = g_strsplit(line_end + 1, "\n", 2);
	Case *one = new_case(name);
	for (guint i = 0; i < good->len; i++) {
		const Case *base = good->pdata[i];
		if (!g_str_has_prefix(lines[0], "base: ") || strcmp(lines[0] + 6, base->name) != 0)
			continue;
		one->note = g_strdup(base->note);
		read_head(one, folder, base->head);
	}
	if (one->note == NULL)
		g_error("%s: no good note for \"%s\"", name, lines[0]);
	read_head(one, folder, lines[1] ? lines[1] : "");
	return one;
}

static char **read_blocks(const char *folder, const char *name)
{
	g_autofree char *path = g_build_filename(folder, name, NULL), *text = NULL;
	g_autoptr(GError) error = NULL;
	g_file_get_contents(path, &text, NULL, &error);
	g_assert_no_error(error);
	return g_strsplit(text, "=== ", -1);
}

GPtrArray *cases_load_faults(const char *folder, const char *name, const GPtrArray *good)
{
	GPtrArray *cases = g_ptr_array_new_with_free_func(free_case);
	g_auto(GStrv) blocks = read_blocks(folder, name);
	for (char **block = blocks + 1; *block; block++)
		g_ptr_array_add(
			cases, strstr(*block, "\n---\n") ? read_case(folder, *block) : read_fault(folder, *block, good));
	return cases;
}

GPtrArray *cases_load(const char *folder, const char *name)
{
	GPtrArray *cases = g_ptr_array_new_with_free_func(free_case);
	g_auto(GStrv) blocks = read_blocks(folder, name);
	for (char **block = blocks + 1; *block; block++)
		g_ptr_array_add(cases, read_case(folder, *block));
	return cases;
}

Review *case_review(const Case *one, const char *note)
{
	ReviewRequest request = one->request;
	g_autoptr(GError) error = NULL;
	Review *review = NULL;
	request.note = note;
	request.length = strlen(note);
	request.speller = cases_get_speller();
	bool done = review_note(&request, &review, &error);
	g_assert_no_error(error);
	g_assert_true(done);
	return review;
}
