/* must.c - the missing-… rules: what the plan asks a note to hold, found by meaning.
 *
 * A sentence holds a thing when a pattern of the lists says so, or when it speaks of what the facts have under that
 * head. What is missing is reported where it could stand: at an empty place of the note.
 */
#include "rules.h"

#include <string.h>

enum {
	OWN_REASON = 3, /* words of this conversation, beside the wish for the job */
	OWN_STORY = 9,  /* … that in all of a note tell what no other would */
};

static bool seen_before(const NoteText *text, uint32_t first, uint32_t at)
{
	const char *lower = text_lower(text, text_token(text, at));
	for (uint32_t i = first; i < at; i++)
		if (strcmp(text_lower(text, text_token(text, i)), lower) == 0)
			return true;
	return false;
}

/* How many different words of the sentence are known by one of `bits`, names left out; words of any note count where
 * `stock`. With bits 0: how many belong to this conversation. */
static int count_words(const NoteText *text, const Sentence *sentence, uint32_t bits, bool stock)
{
	int count = 0;
	for (uint32_t i = sentence->first; i < sentence->last; i++) {
		const Token *token = text_token(text, i);
		bool own = text_is_own_word(text, token);
		if ((bits & (KNOWN_SKILL | KNOWN_REQUIREMENT)) && !(bits & KNOWN_TOPIC) && (token->known & KNOWN_TOPIC))
			continue; /* what was talked about names no skill by itself */
		bool counts = bits == 0 ? own
								: (token->known & bits) &&
									  (own || (stock && token->kind == TOKEN_WORD && token->lower_length > 2));
		count += counts && !seen_before(text, sentence->first, i);
	}
	return count;
}

static bool says_one_of(const NoteText *text, const Sentence *sentence, const char *const *words)
{
	for (uint32_t i = sentence->first; i < sentence->last; i++)
		for (const char *const *word = words; *word; word++)
			if (strcmp(text_lower(text, text_token(text, i)), *word) == 0)
				return true;
	return false;
}

static bool is_prose(const NoteText *text, const Sentence *sentence)
{
	return part_is_prose(text_part_of(text, sentence));
}

/* The most words of `bits` in one sentence of the note's own text that speaks of oneself. */
static int most_of_mine(const Reading *reading, uint32_t bits)
{
	static const char *const me[] = {"i", "my", NULL};
	const NoteText *text = &reading->text;
	int most = 0;
	for (uint32_t i = 0; i < text->sentences->len; i++) {
		const Sentence *sentence = text_sentence(text, i);
		if (is_prose(text, sentence) && says_one_of(text, sentence, me))
			most = MAX(most, count_words(text, sentence, bits, false));
	}
	return most;
}

static int count_in_note(const Reading *reading, uint32_t bits)
{
	int count = 0;
	for (uint32_t i = 0; i < reading->text.sentences->len; i++)
		if (is_prose(&reading->text, text_sentence(&reading->text, i)))
			count += count_words(&reading->text, text_sentence(&reading->text, i), bits, false);
	return count;
}

/* True if the sentence brings back something of the talk: a topic of the debrief, or words of its own beside "we talked
 * about", "you said", "your …"; where a note has room for one thing only, that one thing does. */
static bool is_specific(const NoteText *text, const Sentence *sentence, bool after_talk, bool is_short)
{
	static const char *const you[] = {"you", "your", "yours", "we", "our", "us", NULL};
	uint32_t substance = KNOWN_TOPIC | KNOWN_STRONG | KNOWN_WEAK | KNOWN_UNSAID;
	bool talk = sentence->senses >> SENSE_CONVERSATION & 1, thanks = sentence->senses >> SENSE_THANKS & 1;
	bool addresses = says_one_of(text, sentence, you) || thanks;
	int own = count_words(text, sentence, 0, false);
	int known = count_words(text, sentence, substance, false);
	if (known >= 2 || (known == 1 && (talk || addresses || is_short)))
		return true;
	if (talk && (own >= 2 || count_words(text, sentence, KNOWN_TOPIC, true) >= 2))
		return true;
	return own >= 3 && (addresses || after_talk || (is_short && own > 3));
}

static bool note_is_specific(const Reading *reading)
{
	const NoteText *text = &reading->text;
	int channel = reading->request->channel;
	bool after_talk = false, is_short = channel == CHANNEL_CARD || channel == CHANNEL_LINKEDIN;
	int own = 0;
	if (g_strstr_len(text->note, (gssize)text->length, "[["))
		return true; /* a draft's gap stands where it will be said, and is an error of its own */
	for (uint32_t i = 0; i < text->sentences->len; i++) {
		const Sentence *sentence = text_sentence(text, i);
		if (!is_prose(text, sentence))
			continue;
		if (is_specific(text, sentence, after_talk, is_short))
			return true;
		after_talk = sentence->senses >> SENSE_CONVERSATION & 1;
		own += count_words(text, sentence, 0, false);
	}
	return own >= OWN_STORY;
}

static bool has_own_name(const Reading *reading)
{
	const NoteText *text = &reading->text;
	const Facts *facts = reading->request->facts;
	int parts = 0, found = 0;
	if (reading_has_sense(reading, SENSE_OWN_NAME))
		return true;
	if (facts == NULL || facts->me.name == NULL)
		return text->signature_last >= text->signature_first + 2;
	for (guint i = 0; i < reading->known.names->len; i++) {
		const KnownName *name = known_name(&reading->known, i);
		bool stands = false;
		if (name->owner != OWNER_ME || (!name->given && !name->surname))
			continue;
		for (uint32_t t = 0; t < text->tokens->len && !stands; t++)
			stands = strcmp(text_lower(text, text_token(text, t)), name->lower) == 0;
		parts++;
		found += stands;
	}
	return found == parts;
}

/* A question to the reader that is neither a greeting ("How are you?") nor an offer asks for news, in a note that is
 * there to ask. */
static bool asks_something(const NoteText *text)
{
	static const char *const greets[] = {"how", NULL};
	static const char *const of_them[] = {"you",     "job",    "position", "role",    "post",       "it",
										  "there",   "any",    "still",    "spot",    "spots",      "place",
										  "places",  "news",   "taken",    "opening", "happened",   "yet",
										  "decided", "search", "picking",  "choice",  "internship", NULL};
	for (uint32_t i = 0; i < text->sentences->len; i++) {
		const Sentence *sentence = text_sentence(text, i);
		const Token *end = sentence->last > sentence->first ? text_token(text, sentence->last - 1) : NULL;
		if (end == NULL || !is_prose(text, sentence) || !token_is_mark(text, end, '?') ||
			(sentence->senses >> SENSE_OFFER_INFO & 1))
			continue;
		Sentence start = *sentence;
		start.last = MIN(start.last, start.first + 1);
		if (!says_one_of(text, &start, greets) && says_one_of(text, sentence, of_them))
			return true;
	}
	return false;
}

/* "With thanks for your time," above the name thanks for something, and so does "Thanking you,";
 * "Many thanks," only closes. */
static bool closes_with_thanks(const NoteText *text)
{
	static const char *const words[] = {"for", "thanking", NULL};
	for (uint32_t i = 0; i < text->sentences->len; i++) {
		const Sentence *sentence = text_sentence(text, i);
		if ((sentence->senses >> SENSE_THANKS & 1) && text_part_of(text, sentence) == PART_CLOSING &&
			says_one_of(text, sentence, words))
			return true;
	}
	return false;
}

/* "I would love to argue about escrow with you": what one would like to do there, said of this job and no other, is a
 * reason as well. */
static bool says_why(const NoteText *text)
{
	for (uint32_t i = 0; i < text->sentences->len; i++) {
		const Sentence *sentence = text_sentence(text, i);
		if ((sentence->senses >> SENSE_INTEREST & 1) && is_prose(text, sentence) &&
			count_words(text, sentence, 0, false) >= OWN_REASON)
			return true;
	}
	return false;
}

/* True if a sentence of the note's own text is like the examples of what has to be there, as far as there are any. */
static bool is_like_examples(const Reading *reading, Must must)
{
	static const struct {
		LearnedKind kind;
		int sure; /* 0: no examples */
	} parts[MUST_COUNT] = {
		[MUST_INTEREST] = {LEARNED_INTEREST, 15},
		[MUST_FIT] = {LEARNED_FIT, 20},
		[MUST_SKILLS] = {LEARNED_SKILLS, 20},
		[MUST_NEW_DETAIL] = {LEARNED_NEW_DETAIL, 20},
		[MUST_ASK_DECISION] = {LEARNED_ASK_DECISION, 40},
		[MUST_OFFER_INFO] = {LEARNED_OFFER_INFO, 25},
	};
	const NoteText *text = &reading->text;
	for (uint32_t i = 0; parts[must].sure > 0 && i < text->sentences->len; i++)
		if (is_prose(text, text_sentence(text, i)) &&
			reading_likeness(reading, i, parts[must].kind) >= parts[must].sure)
			return true;
	return false;
}

static bool holds(const Reading *reading, Must must)
{
	if (is_like_examples(reading, must))
		return true;
	switch (must) {
	case MUST_THANKS:
		return reading_has_sense(reading, SENSE_THANKS) || closes_with_thanks(&reading->text);
	case MUST_SPECIFIC:
		return note_is_specific(reading);
	case MUST_INTEREST:
		return reading_has_sense(reading, SENSE_INTEREST);
	case MUST_FIT:
		return reading_has_sense(reading, SENSE_FIT) || reading_has_sense(reading, SENSE_SKILLS) ||
			   count_in_note(reading, KNOWN_FIT) > 0 || most_of_mine(reading, KNOWN_REQUIREMENT) > 0 ||
			   says_why(&reading->text);
	case MUST_SKILLS:
		return reading_has_sense(reading, SENSE_SKILLS) || most_of_mine(reading, KNOWN_SKILL | KNOWN_REQUIREMENT) > 0;
	case MUST_NEW_DETAIL:
		return reading->request->has_attachment || reading_has_sense(reading, SENSE_NEW_DETAIL) ||
			   count_in_note(reading, KNOWN_UNSAID) >= 2;
	case MUST_OWN_NAME:
		return has_own_name(reading);
	case MUST_MENTIONS_CARD:
		return reading_has_sense(reading, SENSE_CARD);
	case MUST_ASK_DECISION:
		return reading_has_sense(reading, SENSE_ASK_DECISION) || asks_something(&reading->text);
	case MUST_OFFER_INFO:
		return reading_has_sense(reading, SENSE_OFFER_INFO);
	case MUST_NO_FEEDBACK_REQUEST: /* feedback-pressure is its rule */
	case MUST_COUNT:
		break;
	}
	return true;
}

/* Where a further sentence would stand: behind the note's own text. */
static uint32_t end_of_prose(const NoteText *text)
{
	uint32_t end = text->end;
	for (uint32_t i = 0; i < text->paragraphs->len; i++)
		if (part_is_prose(text_paragraph(text, i)->part))
			end = text_paragraph(text, i)->end;
	return end;
}

static void check_musts(Reading *reading)
{
	static const struct {
		Must must;
		ReviewRule rule;
		const char *message;
	} musts[] = {
		{MUST_THANKS, REVIEW_MISSING_THANKS, "Nowhere does the note say thank you."},
		{MUST_SPECIFIC, REVIEW_MISSING_SPECIFIC,
		 "Nothing here belongs to this one conversation; recall something that was said in it."},
		{MUST_INTEREST, REVIEW_MISSING_INTEREST, "The note does not say that you would like the job."},
		{MUST_FIT, REVIEW_MISSING_FIT, "The note does not say why you and they fit together."},
		{MUST_SKILLS, REVIEW_MISSING_SKILLS, "The note names none of your skills."},
		{MUST_NEW_DETAIL, REVIEW_MISSING_NEW_DETAIL, "The note adds nothing that was not said in the interview."},
		{MUST_ASK_DECISION, REVIEW_MISSING_QUESTION, "The note does not ask how the decision stands."},
		{MUST_OFFER_INFO, REVIEW_MISSING_OFFER_INFO, "The note does not offer further information."},
		{MUST_MENTIONS_CARD, REVIEW_MISSING_CARD_MENTION, "The note does not mention the card that is on its way."},
		{MUST_OWN_NAME, REVIEW_MISSING_OWN_NAME, "The note does not give your full name."},
	};
	uint32_t at = end_of_prose(&reading->text);
	for (size_t i = 0; i < G_N_ELEMENTS(musts); i++)
		if ((reading->request->must >> musts[i].must & 1) && !holds(reading, musts[i].must))
			reading_add(reading, musts[i].rule, at, at, "%s", musts[i].message);
}

/* A signature that holds a name, or at least a word that may be one. */
static bool is_signed(const NoteText *text)
{
	for (uint32_t i = text->signature_first; i < text->signature_last; i++)
		if (text_token(text, i)->kind == TOKEN_WORD && !token_in_set(text, text_token(text, i), SET_CLOSING))
			return true;
	return false;
}

/* A call is not signed, and LinkedIn shows who writes. */
static bool wants_signature(const ReviewRequest *request, const NoteText *text)
{
	if (request->channel == WORD_NONE)
		return text->greets || text->has_subject;
	return request->channel != CHANNEL_CALL && request->channel != CHANNEL_LINKEDIN;
}

void rules_must(Reading *reading)
{
	const ReviewRequest *request = reading->request;
	const NoteText *text = &reading->text;
	const char *name = request->facts ? request->facts->me.name : NULL;
	check_musts(reading);
	if (request->channel == CHANNEL_EMAIL && !text->has_subject)
		reading_add(
			reading, REVIEW_MISSING_SUBJECT, 0, 0,
			"The mail has no subject; a few words that name the interview would do.");
	if (!wants_signature(request, text) || is_signed(text))
		return;
	bool line_ended = text->length > 0 && text->note[text->length - 1] == '\n';
	uint32_t at = line_ended ? text->length : text->end;
	Finding *finding = reading_add(
		reading, REVIEW_MISSING_SIGNATURE, at, at, "The note ends without your name%s%s.", name ? ", " : "",
		name ? name : "");
	g_autofree char *signature = name ? g_strconcat(line_ended ? "" : "\n", name, NULL) : NULL;
	finding_suggest(finding, signature);
}
