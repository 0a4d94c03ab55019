/* draft-wording.c - chooses wordings by arithmetic: the same facts, the same words.
 *
 * The company and the part decide where the round begins; then the notes to those before, in this round and in the
 * rounds before, are worked out too, so that a wording they use is taken only when all are used as often.
 */
#include "draft-wording.h"

#include "draft-context.h"

#include <string.h>

enum { READERS_MAX = 32 }; /* people of the rounds before whose notes are looked at */

/* FNV-1a, 64 bits. */
static uint64_t hash_text(uint64_t hash, const char *text)
{
	for (const char *at = text; *at != '\0'; at++)
		hash = (hash ^ (unsigned char)*at) * UINT64_C(0x100000001b3);
	return hash;
}

static uint64_t hash_part(const Facts *facts, const char *part)
{
	uint64_t hash = hash_text(UINT64_C(0xcbf29ce484222325), facts->company);
	hash = hash_text(hash, "\n");
	hash = hash_text(hash, part);
	return hash ^ (hash >> 29);
}

/* One reader, and how often the wordings of the part at hand were used up to them. */
typedef struct Reader {
	MustacheValue *context;
	bool owned;
	guint64 first; /* where this one's round begins, beside the company and the part */
} Reader;

static void reader_clear(gpointer data)
{
	Reader *reader = data;
	if (reader->owned)
		mustache_value_free(reader->context);
}

typedef enum { WORDING_EMPTY, WORDING_GAP, WORDING_WHOLE } WordingState;

static WordingState try_wording(const MustacheTemplate *wording, const MustacheValue *context)
{
	g_autoptr(GPtrArray) missing = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GString) out = g_string_new(NULL);
	MustacheRender render = {.parsed = wording, .context = context, .missing = missing};
	if (!mustache_render(&render, out, NULL) || g_strstrip(out->str)[0] == '\0')
		return WORDING_EMPTY;
	return missing->len > 0 ? WORDING_GAP : WORDING_WHOLE;
}

/* The wordings that come into question for one reader, by index: those without a gap, else those with one. */
static GArray *list_candidates(const TemplatePart *part, const MustacheValue *context)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(guint));
	WordingState best = WORDING_GAP;
	for (guint i = 0; i < part->wordings->len; i++) {
		WordingState state = try_wording(g_ptr_array_index(part->wordings, i), context);
		if (state > best) {
			g_array_set_size(list, 0);
			best = state;
		}
		if (state == best)
			g_array_append_val(list, i);
	}
	return list;
}

/* The wording for one reader: of the candidates the least used, of these the nearest from number `start` on, going
 * round; -1 where there are none. Each time round begins one further on, so that even a step as wide as the round
 * reaches all. */
static int pick(const TemplatePart *part, const MustacheValue *context, guint64 start, const guint *used)
{
	g_autoptr(GArray) candidates = list_candidates(part, context);
	guint64 count = MAX(candidates->len, 1);
	int best = -1;
	for (guint i = 0; i < candidates->len; i++) {
		guint index = g_array_index(candidates, guint, (start + start / count + i) % count);
		if (best < 0 || used[index] < used[best])
			best = (int)index;
	}
	return best;
}

static void put_wording(MustacheValue *context, const TemplatePart *part, int index)
{
	MustacheValue *value = index < 0 ? mustache_value_new_string("")
									 : mustache_value_new_template(g_ptr_array_index(part->wordings, (guint)index));
	mustache_object_take(context, part->name, value);
}

static void choose_part(const TemplatePart *part, guint64 start, const GArray *readers)
{
	g_autofree guint *used = g_new0(guint, part->wordings->len);
	for (guint i = 0; i < readers->len; i++) {
		const Reader *reader = &g_array_index(readers, Reader, i);
		int index = pick(part, reader->context, start + reader->first, used);
		if (index >= 0)
			used[index]++;
		put_wording(reader->context, part, index);
	}
}

/* Different kinds of notes to one person begin elsewhere, so that the card does not read like the e-mail. */
static guint64 shift(const DraftRequest *request, int round_size)
{
	static const guint slots[STEP_COUNT] = {
		[STEP_CARD] = 1, [STEP_SECOND_NOTE] = 2, [STEP_CHECK_IN] = 3, [STEP_FINAL_CHECK] = 4};
	guint turn = slots[request->step] + (guint)MAX(request->attempt, 1) - 1 + (guint)request->variant;
	guint64 size = (guint64)MAX(round_size, 1);
	return turn * size + (request->channel == CHANNEL_CARD && request->step == STEP_THANK_YOU);
}

static void add_reader(GArray *readers, const DraftRequest *request, int person, int interview)
{
	DraftRequest theirs = *request;
	Substance substance;
	theirs.interview = interview;
	substance_find(&theirs, person, &substance);
	Reader reader = {context_new(&substance), true, shift(request, substance.round_size)};
	g_array_append_val(readers, reader);
	substance_clear(&substance);
}

/* Those before the person, in the rounds before and in this one, and last the person. */
static GArray *list_readers(const DraftRequest *request, const Substance *substance, MustacheValue *context)
{
	GArray *readers = g_array_new(FALSE, FALSE, sizeof(Reader));
	g_array_set_clear_func(readers, reader_clear);
	Reader last = {context, false, shift(request, substance->round_size)};
	bool met = substance->interview != NO_INTERVIEW;
	bool alone = !met || substance->place >= substance->round_size || request->step == STEP_GET_CONTACT;
	g_autoptr(GArray) guests =
		met ? round_list_guests_before(request->facts, substance->interview) : g_array_new(FALSE, FALSE, sizeof(Guest));
	if (alone) {
		last.first += guests->len + (guint64)substance->place;
	} else {
		g_autoptr(GArray) people = round_list_people(request->facts, substance->interview);
		for (guint i = guests->len > READERS_MAX ? guests->len - READERS_MAX : 0; i < guests->len; i++)
			add_reader(
				readers, request, g_array_index(guests, Guest, i).person, g_array_index(guests, Guest, i).interview);
		for (int i = 0; i < substance->place; i++)
			add_reader(readers, request, g_array_index(people, int, i), request->interview);
	}
	g_array_append_val(readers, last);
	return readers;
}

void wording_choose_all(
	const DraftRequest *request, const Template *shared, const Template *own, MustacheValue *context)
{
	Substance substance;
	substance_find(request, request->to, &substance);
	g_autoptr(GArray) readers = list_readers(request, &substance, context);
	const Template *const both[] = {shared, own};
	for (guint i = 0; i < G_N_ELEMENTS(both); i++) {
		for (guint j = 0; j < both[i]->parts->len; j++) {
			const TemplatePart *part = g_ptr_array_index(both[i]->parts, j);
			if (i > 0 || template_find_part(own, part->name) == NULL)
				choose_part(part, hash_part(request->facts, part->name) >> 8, readers);
		}
	}
	substance_clear(&substance);
}
