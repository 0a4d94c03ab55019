/* known.c - every text of the facts, taken apart once for a review.
 *
 * A word of the facts is kept by its root, so that "automating the reports" is known when they hold "report
 * automation"; words without a subject of their own ("with", "the") are left out.
 */
#include "known.h"
#include "stem.h"

#include <string.h>

typedef struct Learner {
	Known *known;
	const ReviewLists *lists;
} Learner;

static void learn_exact(Known *known, const char *word)
{
	if (!g_hash_table_contains(known->exact, word))
		g_hash_table_add(known->exact, g_strdup(word));
}

static void learn_kin(const Learner *learner, const Token *token, uint32_t bits)
{
	uint32_t count;
	const ListKin *kin = lists_get_kin(learner->lists, token->root, &count);
	for (uint32_t i = 0; i < count; i++) {
		if (kin[i].group >= learner->known->groups->len)
			g_array_set_size(learner->known->groups, kin[i].group + 1u);
		g_array_index(learner->known->groups, uint32_t, kin[i].group) |= bits;
	}
}

static void learn_root(Known *known, const char *word, size_t length, uint32_t bits)
{
	char root[STEM_BYTES];
	stem_root(word, length, root);
	uint32_t before = GPOINTER_TO_UINT(g_hash_table_lookup(known->roots, root));
	if ((before | bits) != before)
		g_hash_table_insert(known->roots, g_strdup(root), GUINT_TO_POINTER(before | bits));
}

static void learn_text(const Learner *learner, const char *words, uint32_t bits)
{
	if (words == NULL)
		return;
	g_auto(NoteText) text = {.note = words, .length = (uint32_t)strlen(words), .lists = learner->lists};
	text.lower = g_string_new(NULL);
	text.tokens = g_array_new(FALSE, FALSE, sizeof(Token));
	text.sentences = g_array_new(FALSE, FALSE, sizeof(Sentence));
	text.paragraphs = g_array_new(FALSE, FALSE, sizeof(Paragraph));
	scan_words(&text, 0, text.length);
	for (uint32_t i = 0; i < text.tokens->len; i++) {
		const Token *token = text_token(&text, i);
		if (token->kind == TOKEN_MARK)
			continue;
		learn_exact(learner->known, text_lower(&text, token));
		if (token_in_set(&text, token, SET_STOP) || (token->flags & TOKEN_GLUED))
			continue;
		learn_root(learner->known, text_lower(&text, token), token->lower_length, bits);
		learn_kin(learner, token, bits & (KNOWN_TOPIC | KNOWN_OTHER_TOPIC | KNOWN_STRONG | KNOWN_WEAK | KNOWN_UNSAID));
	}
}

static void learn_texts(const Learner *learner, const GPtrArray *texts, uint32_t bits)
{
	for (guint i = 0; i < texts->len; i++)
		learn_text(learner, texts->pdata[i], bits);
}

/* Particles of a name are no names by themselves. */
static bool is_particle(const char *word)
{
	static const char *const particles[] = {"de", "la",  "van", "von", "der", "den", "di",
											"da", "del", "bin", "al",  "jr",  "sr",  "le"};
	for (size_t i = 0; i < G_N_ELEMENTS(particles); i++)
		if (strcmp(particles[i], word) == 0)
			return true;
	return false;
}

static void learn_name(const Learner *learner, const char *name, int owner)
{
	if (name == NULL)
		return;
	g_auto(GStrv) words = g_strsplit_set(name, " \t-.,\"()", -1);
	guint first = learner->known->names->len;
	for (char **word = words; *word; word++) {
		g_autofree char *lower = g_utf8_strdown(*word, -1);
		size_t length = strlen(lower);
		bool title = lists_in_set(learner->lists, lists_find(learner->lists, lower, length), SET_TITLE);
		if (g_utf8_strlen(lower, -1) < 2 || title || is_particle(lower))
			continue;
		KnownName part = {
			.owner = owner,
			.word = lists_find(learner->lists, lower, length),
			.lower = g_steal_pointer(&lower),
			.shown = g_strdup(*word)};
		g_array_append_val(learner->known->names, part);
	}
	if (learner->known->names->len > first) {
		g_array_index(learner->known->names, KnownName, first).given = true;
		g_array_index(learner->known->names, KnownName, learner->known->names->len - 1).surname = true;
	}
}

static void clear_name(gpointer data)
{
	KnownName *name = data;
	g_free(name->lower);
	g_free(name->shown);
}

static void learn_debriefs(const Learner *learner, const ReviewRequest *request)
{
	const Facts *facts = request->facts;
	for (guint i = 0; i < facts->debriefs->len; i++) {
		const Debrief *debrief = facts_debrief(facts, (int)i);
		for (guint t = 0; t < debrief->topics->len; t++) {
			const Topic *topic = &g_array_index(debrief->topics, Topic, t);
			bool shared = topic->with == NOBODY || request->to == NOBODY || topic->with == request->to;
			learn_text(learner, topic->text, shared ? KNOWN_TOPIC : KNOWN_OTHER_TOPIC);
		}
		learn_texts(learner, debrief->strong, KNOWN_STRONG);
		learn_texts(learner, debrief->weak, KNOWN_WEAK);
		learn_texts(learner, debrief->unsaid, KNOWN_UNSAID);
		learn_texts(learner, debrief->fit, KNOWN_FIT);
	}
}

/* "Principal Ortiz": what stands before the name is an office, which others have too. */
static void learn_salutation(const Learner *learner, const Person *person, int owner)
{
	const char *space = person->salutation ? strrchr(person->salutation, ' ') : NULL;
	bool office = space && person->name && strstr(person->name, space + 1) &&
				  strncmp(person->salutation, person->name, (size_t)(space - person->salutation)) != 0;
	learn_name(learner, office ? space + 1 : person->salutation, owner);
}

static void learn_facts(const Learner *learner, const ReviewRequest *request)
{
	const Facts *facts = request->facts;
	learn_text(learner, facts->me.name, KNOWN_ME);
	learn_name(learner, facts->me.name, OWNER_ME);
	learn_texts(learner, facts->me.skills, KNOWN_SKILL);
	learn_text(learner, facts->company, KNOWN_COMPANY);
	learn_text(learner, facts->position, KNOWN_POSITION);
	learn_texts(learner, facts->requirements, KNOWN_REQUIREMENT);
	for (guint i = 0; i < facts->people->len; i++) {
		const Person *person = facts_person(facts, (int)i);
		learn_text(learner, person->name, KNOWN_PERSON);
		learn_text(learner, person->salutation, KNOWN_PERSON);
		learn_text(learner, person->address, 0);
		learn_name(learner, person->name, (int)i);
		learn_salutation(learner, person, (int)i);
	}
	learn_debriefs(learner, request);
}

void known_init(Known *known, const ReviewRequest *request, const ReviewLists *lists)
{
	*known = (Known){
		.facts = request->facts,
		.exact = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
		.roots = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
		.groups = g_array_new(FALSE, TRUE, sizeof(uint32_t)),
		.names = g_array_new(FALSE, FALSE, sizeof(KnownName)),
	};
	g_array_set_clear_func(known->names, clear_name);
	Learner learner = {known, lists};
	if (request->facts)
		learn_facts(&learner, request);
	for (const char *const *word = request->own_words; word && *word; word++)
		learn_text(&learner, *word, 0);
	for (const char *const *name = request->other_people; name && *name; name++)
		learn_name(&learner, *name, OWNER_RECORD);
}

void known_clear(Known *known)
{
	g_hash_table_unref(known->exact);
	g_hash_table_unref(known->roots);
	g_array_unref(known->groups);
	g_array_unref(known->names);
}

static uint32_t bits_of(const Known *known, const NoteText *text, const Token *token)
{
	char root[STEM_BYTES];
	uint32_t count, bits = 0;
	const char *lower = text_lower(text, token);
	if (g_hash_table_contains(known->exact, lower))
		bits |= KNOWN_EXACT;
	if (token_in_set(text, token, SET_STOP))
		return bits;
	stem_root(lower, token->lower_length, root);
	bits |= GPOINTER_TO_UINT(g_hash_table_lookup(known->roots, root));
	const ListKin *kin = lists_get_kin(text->lists, token->root, &count);
	for (uint32_t i = 0; i < count; i++)
		if (kin[i].group < known->groups->len)
			bits |= g_array_index(known->groups, uint32_t, kin[i].group);
	return bits;
}

void known_mark(const Known *known, NoteText *text)
{
	if (g_hash_table_size(known->exact) == 0)
		return;
	for (uint32_t i = 0; i < text->tokens->len; i++) {
		Token *token = &g_array_index(text->tokens, Token, i);
		if (token->kind != TOKEN_MARK && !(token->flags & TOKEN_GLUED))
			token->known = bits_of(known, text, token);
	}
}
