/* classify-says.c - weighs the finds of the lists sentence by sentence, and then what the text resembles.
 *
 * A find that a list of exceptions overlaps does not count.  A refusal outweighs everything: what reads as a no, by the
 * lists or by its words, is never an offer.
 */
#include "classify-says.h"

#include "classify-like.h"

#include <string.h>

enum { ENOUGH = 10, QUOTE_BYTES = 300, NO_SENTENCE = -1 };

/* The heaviest find of a list, and where. */
typedef struct Weight {
	int weight;
	int sentence;
} Weight;

typedef struct Reading {
	const WordsText *text;
	const GArray *finds;
	const DateBase *base;
	Weight weights[WORDS_COUNT];
} Reading;

static const struct {
	WordsList list, except;
} exceptions[] = {
	{WORDS_REJECT, WORDS_REJECT_NOT},
	{WORDS_OFFER, WORDS_OFFER_NOT},
	{WORDS_NEXT, WORDS_NEXT_NOT},
	{WORDS_WAIT, WORDS_WAIT_NOT},
};

static const WordsFind *find_at(const Reading *reading, guint i)
{
	return &g_array_index(reading->finds, WordsFind, i);
}

/* A "no" before it in the same clause, no further away than its weight. */
static bool is_negated(const Reading *reading, const WordsFind *find)
{
	for (guint i = 0; i < reading->finds->len; i++) {
		const WordsFind *no = find_at(reading, i);
		if (no->list != WORDS_NEGATION || no->sentence != find->sentence || no->last > find->first ||
			find->first - no->last > (uint32_t)no->weight)
			continue;
		bool parted = false;
		for (uint32_t at = no->last; at < find->first; at++)
			parted = parted || strchr(",;:-(", reading->text->text[words_token(reading->text, at)->at]) != NULL;
		if (!parted)
			return true;
	}
	return false;
}

static bool is_excepted(const Reading *reading, const WordsFind *find)
{
	if ((find->list == WORDS_OFFER || find->list == WORDS_NEXT) && is_negated(reading, find))
		return true;
	for (size_t i = 0; i < G_N_ELEMENTS(exceptions); i++) {
		if (exceptions[i].list != find->list)
			continue;
		for (guint j = 0; j < reading->finds->len; j++) {
			const WordsFind *other = find_at(reading, j);
			if (other->list == exceptions[i].except && other->first < find->last && find->first < other->last)
				return true;
		}
	}
	return false;
}

static bool weighs_in_sentence(const Reading *reading, WordsList list, uint32_t sentence, int least)
{
	for (guint i = 0; i < reading->finds->len; i++) {
		const WordsFind *find = find_at(reading, i);
		if (find->list == list && find->sentence == sentence && find->weight >= least && !is_excepted(reading, find))
			return true;
	}
	return false;
}

static bool has_in_sentence(const Reading *reading, WordsList list, uint32_t sentence)
{
	return weighs_in_sentence(reading, list, sentence, 1);
}

static void weigh(Reading *reading)
{
	for (int i = 0; i < WORDS_COUNT; i++)
		reading->weights[i] = (Weight){0, NO_SENTENCE};
	for (guint i = 0; i < reading->finds->len; i++) {
		const WordsFind *find = find_at(reading, i);
		Weight *weight = &reading->weights[find->list];
		if (find->weight > weight->weight && !is_excepted(reading, find))
			*weight = (Weight){find->weight, (int)find->sentence};
	}
}

/* Light finds of one list in different places, together. */
static int sum_light(const Reading *reading, WordsList list)
{
	int sum = 0;
	uint32_t last = 0;
	for (guint i = 0; i < reading->finds->len; i++) {
		const WordsFind *find = find_at(reading, i);
		if (find->list != list || find->weight >= ENOUGH || find->first < last || is_excepted(reading, find))
			continue;
		sum += find->weight;
		last = find->last;
	}
	return sum;
}

static bool is_reader(const WordsText *text, const Token *token)
{
	static const char *const words[] = {"you",   "sie", "dir", "ihnen", "dich", "vous",
										"usted", "te",  "u",   "je",    "lei",  "ti"};
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		if (words_is(text, token, words[i]))
			return true;
	return false;
}

/* A question that the reader is asked, or that asks whether something suits. */
static bool is_question(const WordsText *text, uint32_t index)
{
	static const char *const fits[] = {"suit", "suits", "work", "works", "convenient"};
	const Sentence *sentence = words_sentence(text, index);
	bool asked = false;
	if (text->text[sentence->end - 1] != '?')
		return false;
	for (uint32_t at = sentence->first; !asked && at < sentence->last; at++) {
		asked = is_reader(text, words_token(text, at));
		for (size_t i = 0; !asked && i < G_N_ELEMENTS(fits); i++)
			asked = words_is(text, words_token(text, at), fits[i]);
	}
	return asked;
}

/* "I said you would hear from me today": a promise of the past. */
static bool was_promised(const WordsText *text, uint32_t index)
{
	static const char *const words[] = {"said", "promised", "told", "hoped", "meant", "supposed"};
	const Sentence *sentence = words_sentence(text, index);
	for (uint32_t at = sentence->first; at < sentence->last; at++)
		for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
			if (words_is(text, words_token(text, at), words[i]))
				return true;
	return false;
}

/* A promise that names a day, of a sentence that asks nothing of the reader; or a wait that does. Of several the latest
 * day: "we need another week, you hear by Friday week". */
static Weight find_dated(const Reading *reading, Day *ret_day)
{
	Weight found = {0, NO_SENTENCE};
	for (uint32_t i = 0; i < reading->text->sentences->len; i++) {
		bool promise = has_in_sentence(reading, WORDS_PROMISE, i);
		bool wait = weighs_in_sentence(reading, WORDS_WAIT, i, ENOUGH);
		bool asked = has_in_sentence(reading, WORDS_ASKED, i) || is_question(reading->text, i);
		if ((!promise && !wait) || (asked && !wait) || weighs_in_sentence(reading, WORDS_NEXT, i, ENOUGH))
			continue;
		Day day = date_latest(reading->text, words_sentence(reading->text, i), 0, reading->base);
		bool past = day == reading->base->today && (!promise || was_promised(reading->text, i));
		if (day == DAY_NONE || past || (*ret_day != DAY_NONE && day <= *ret_day))
			continue;
		*ret_day = day;
		found = (Weight){ENOUGH, (int)i};
	}
	return found;
}

/* A question whether the reader can be there on a day: "Could you do the 24th?" */
static Weight find_meeting(const Reading *reading)
{
	for (uint32_t i = 0; i < reading->text->sentences->len; i++) {
		const Sentence *sentence = words_sentence(reading->text, i);
		if (!is_question(reading->text, i) || has_in_sentence(reading, WORDS_ERRAND, i) ||
			has_in_sentence(reading, WORDS_WAIT, i))
			continue;
		if (date_latest(reading->text, sentence, 0, reading->base) != DAY_NONE)
			return (Weight){ENOUGH, (int)i};
	}
	return (Weight){0, NO_SENTENCE};
}

/* The hints that together make a refusal; the sentence is the heaviest's. */
static Weight weigh_hints(const Reading *reading)
{
	static const WordsList hints[] = {WORDS_WISH, WORDS_KEEP, WORDS_OTHERS, WORDS_REGRET};
	Weight all = {0, NO_SENTENCE};
	int heaviest = 0;
	for (size_t i = 0; i < G_N_ELEMENTS(hints); i++) {
		Weight weight = reading->weights[hints[i]];
		all.weight += weight.weight;
		if (hints[i] == WORDS_REGRET && weight.weight > 0)
			heaviest = 0; /* where regret is said, that is the sentence to show */
		if (weight.weight > heaviest) {
			heaviest = weight.weight;
			all.sentence = weight.sentence;
		}
	}
	return all;
}

/* What is only regretted, and not for an hour or an attachment: most often a refusal in words of its own. */
static Weight weigh_regret(const Reading *reading)
{
	Weight regret = reading->weights[WORDS_REGRET];
	bool asks = regret.weight > 0 && strchr(reading->text->text, '?') != NULL;
	if (regret.weight == 0 || asks || has_in_sentence(reading, WORDS_LOGISTICS, (uint32_t)regret.sentence))
		return (Weight){0, NO_SENTENCE};
	Day day = date_latest(reading->text, words_sentence(reading->text, (uint32_t)regret.sentence), 0, reading->base);
	return day == DAY_NONE ? regret : (Weight){0, NO_SENTENCE};
}

static char *make_quote(const Reading *reading, int sentence)
{
	if (sentence == NO_SENTENCE)
		return NULL;
	const Sentence *found = words_sentence(reading->text, (uint32_t)sentence);
	GString *quote = g_string_new(NULL);
	bool space = false;
	for (uint32_t i = found->at; i < found->end; i++) {
		char c = reading->text->text[i];
		if (g_ascii_isspace(c)) {
			space = quote->len > 0;
			continue;
		}
		if (space)
			g_string_append_c(quote, ' ');
		g_string_append_c(quote, c);
		space = false;
	}
	if (quote->len > QUOTE_BYTES) {
		const char *end = g_utf8_find_prev_char(quote->str, quote->str + QUOTE_BYTES);
		g_string_truncate(quote, end == NULL ? 0 : (size_t)(end - quote->str));
		g_string_append(quote, "…");
	}
	return g_string_free(quote, FALSE);
}

/* What was decided on, and how surely: alone it is sure, against another less. */
static SaysReading make_reading(const Reading *reading, Says says, Weight weight, int rivals)
{
	double confidence = weight.weight >= ENOUGH ? 0.9 : 0.5;
	return (SaysReading){
		.says = says,
		.decision_by = DAY_NONE,
		.confidence = MAX(confidence - 0.15 * rivals, 0.3),
		.quote = make_quote(reading, weight.sentence),
	};
}

/* Where nothing says it outright: what most of the light finds point to. */
static SaysReading lean(const Reading *reading)
{
	static const struct {
		Says says;
		WordsList list;
	} sides[] = {
		{SAYS_REJECTION, WORDS_REJECT},
		{SAYS_OFFER, WORDS_OFFER},
		{SAYS_NEXT_ROUND, WORDS_NEXT},
		{SAYS_MORE_TIME, WORDS_WAIT}};
	int best = -1, most = ENOUGH - 1, no = 0;
	for (int i = 0; i < (int)G_N_ELEMENTS(sides); i++) {
		int sum = sum_light(reading, sides[i].list) + (i == 0 ? weigh_hints(reading).weight : 0);
		no = i == 0 ? sum : no;
		if (sum > most && !(sides[i].says == SAYS_OFFER && no > ENOUGH / 2)) {
			best = i;
			most = sum;
		}
	}
	if (best < 0)
		return make_reading(reading, SAYS_OTHER, (Weight){0, NO_SENTENCE}, 0);
	Weight heaviest = reading->weights[sides[best].list];
	if (best == 0 && heaviest.weight == 0)
		heaviest = weigh_hints(reading);
	return make_reading(reading, sides[best].says, (Weight){ENOUGH - 1, heaviest.sentence}, 0);
}

static SaysReading decide(const Reading *reading)
{
	Weight no = reading->weights[WORDS_REJECT], hints = weigh_hints(reading);
	Weight offer = reading->weights[WORDS_OFFER], next = reading->weights[WORDS_NEXT],
		   wait = reading->weights[WORDS_WAIT];
	Day day = DAY_NONE;
	Weight dated = find_dated(reading, &day);
	if (next.weight > 0 && next.weight < ENOUGH)
		next.weight = sum_light(reading, WORDS_NEXT) >= ENOUGH ? ENOUGH : next.weight;
	if (next.weight < ENOUGH && find_meeting(reading).weight >= ENOUGH)
		next = find_meeting(reading);
	if (wait.weight < ENOUGH && dated.weight >= ENOUGH)
		wait = dated;
	bool others = offer.weight >= ENOUGH || next.weight >= ENOUGH || wait.weight >= ENOUGH;
	bool farewell = reading->weights[WORDS_WISH].weight > 0;
	int rivals = (offer.weight >= ENOUGH) + (next.weight >= ENOUGH) + (wait.weight >= ENOUGH);
	if (no.weight >= ENOUGH)
		return make_reading(reading, SAYS_REJECTION, no, MIN(rivals, 2));
	if (hints.weight >= ENOUGH && (farewell || !others))
		return make_reading(reading, SAYS_REJECTION, (Weight){ENOUGH - 1, hints.sentence}, 0);
	if (offer.weight >= ENOUGH)
		return make_reading(reading, SAYS_OFFER, offer, hints.weight > 5);
	if (next.weight < ENOUGH && wait.weight < ENOUGH && weigh_regret(reading).weight > 0)
		return make_reading(reading, SAYS_REJECTION, weigh_regret(reading), 0);
	if (!others && hints.weight == 0 && sum_light(reading, WORDS_OFFER) > ENOUGH)
		return make_reading(reading, SAYS_OFFER, (Weight){ENOUGH - 1, offer.sentence}, 0);
	SaysReading made = next.weight >= ENOUGH   ? make_reading(reading, SAYS_NEXT_ROUND, next, wait.weight >= ENOUGH)
					   : wait.weight >= ENOUGH ? make_reading(reading, SAYS_MORE_TIME, wait, hints.weight > 5)
											   : lean(reading);
	made.decision_by = day;
	if (made.says == SAYS_MORE_TIME && day != DAY_NONE) {
		g_free(made.quote);
		made.quote = make_quote(reading, dated.sentence);
	}
	return made;
}

/* ---- lists and likeness ---- */

enum {
	FOUND = 10 * LIKE_NAT, /* what a find of the lists is worth against likeness, were it wholly sure; or that nothing
							  is found */
	APART = LIKE_NAT,      /* from here on, two kinds are told apart */
};

/* How sure it is where lists and likeness differ, whichever is followed: too little to be put on record unasked. */
static const double UNSHARED = 0.45;

static Says find_likest(const LikeReading *like)
{
	Says best = SAYS_OTHER;
	for (int i = 0; i < SAYS_COUNT; i++)
		if (like->scores[i] > like->scores[best])
			best = (Says)i;
	return best;
}

/* How much more a text has to resemble an offer than a refusal: the more, the more the lists hear a no in it. No
 * refusal among the examples, read as one that is not among them, comes to half of the most. */
static int offer_needs(const Reading *reading)
{
	int no = reading->weights[WORDS_REJECT].weight, hints = weigh_hints(reading).weight;
	return (no >= ENOUGH ? 10 : no > 0 || hints > 0 ? 5 : 2) * LIKE_NAT;
}

/* Whether it is not in English, by the small words that every sentence has. */
static bool is_foreign(const WordsText *text)
{
	g_autoptr(GArray) finds = words_find(text, UINT64_C(1) << WORDS_TONGUE);
	return finds->len >= 2;
}

/* The kind that lists and likeness together speak for. */
static Says weigh_both(const Reading *reading, const SaysReading *listed, const LikeReading *like)
{
	LikeReading both = *like;
	both.scores[listed->says] += listed->says == SAYS_OTHER ? FOUND : (int)(FOUND * listed->confidence);
	Says best = find_likest(&both);
	if (best == SAYS_OFFER && listed->says != (int)SAYS_OFFER && is_foreign(reading->text))
		return SAYS_OTHER;                  /* too few examples to go by them alone */
	if (best == SAYS_OFFER && !like->knows) /* another language: the lists alone, where they hear no no */
		return reading->weights[WORDS_REJECT].weight > 0 || weigh_hints(reading).weight > 5 ? SAYS_OTHER : best;
	if (best == SAYS_OFFER && like->scores[SAYS_OFFER] - like->scores[SAYS_REJECTION] < offer_needs(reading))
		return reading->weights[WORDS_REJECT].weight > 0 ? SAYS_REJECTION : SAYS_OTHER;
	return best;
}

/* What was read by the lists, made surer or less sure by what the words resemble; or that instead. */
static SaysReading settle(const Reading *reading, SaysReading listed)
{
	LikeReading like = like_read(reading->text);
	Says likest = find_likest(&like), best = weigh_both(reading, &listed, &like);
	if (best == (Says)listed.says) {
		bool apart = likest != best && like.scores[likest] - like.scores[best] > APART;
		if ((best != SAYS_OTHER && apart) || (best == SAYS_OFFER && !like.knows))
			listed.confidence = MIN(listed.confidence, UNSHARED);
		return listed;
	}
	Day day = DAY_NONE;
	Weight dated = find_dated(reading, &day);
	bool waits = best == SAYS_MORE_TIME && day != DAY_NONE;
	SaysReading settled = {
		.says = best,
		.decision_by = best == SAYS_MORE_TIME ? day : DAY_NONE,
		.confidence = UNSHARED,
		.quote = best == SAYS_OTHER
					 ? NULL
					 : make_quote(reading, waits ? dated.sentence : like_find_sentence(reading->text, best)),
	};
	g_free(listed.quote);
	return settled;
}

SaysReading says_read(const WordsText *words, const DateBase *base)
{
	static const WordsList lists[] = {WORDS_REJECT,    WORDS_REJECT_NOT, WORDS_REGRET,    WORDS_WISH,  WORDS_KEEP,
									  WORDS_OTHERS,    WORDS_OFFER,      WORDS_OFFER_NOT, WORDS_NEXT,  WORDS_NEXT_NOT,
									  WORDS_WAIT,      WORDS_WAIT_NOT,   WORDS_PROMISE,   WORDS_ASKED, WORDS_ERRAND,
									  WORDS_LOGISTICS, WORDS_NEGATION};
	uint64_t wanted = 0;
	for (size_t i = 0; i < G_N_ELEMENTS(lists); i++)
		wanted |= UINT64_C(1) << lists[i];
	g_autoptr(GArray) finds = words_find(words, wanted);
	Reading reading = {.text = words, .finds = finds, .base = base};
	weigh(&reading);
	return settle(&reading, decide(&reading));
}
