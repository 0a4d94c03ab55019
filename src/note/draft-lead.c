/* draft-lead.c - takes the announcement off a jotted-down text, and turns a bare verb into one in -ing.
 *
 * A pattern is a row of places with words to choose from ("he|she"); "?" behind one makes it optional.
 */
#include "draft-lead.h"

#include "draft-vocabulary.h"

#include <glib.h>
#include <string.h>

#define WHO "i|we|he|she|they|you? also|both|then|briefly|mostly|even|really|just|mainly? "
#define PRAISE                                                                                                         \
	"a|the|our|some|lots|much? of|a? really|very|quite? great|good|nice|long|short|quick|interesting|brief|fun|"       \
	"lively|deep|lovely|excellent|fascinating|friendly|lot|little|bit? of? "

static const char *const any[] = {
	WHO "talked|spoke|chatted|talking|talk|speak|chat|speaking|chatting a|quite? lot|bit|little? with? "
		"him|her|them|me|us|you? about|on|of",
	WHO "discussed|discussing|discuss|covered|described|mentioned|explained|exchanged to? him|her|them|me|us? that?",
	WHO "asked me|him|her|them|us|you? about|how|why|whether|what",
	WHO "told me|him|her|them|us|you that|about?",
	WHO "said that?",
	WHO "touched on|upon",
	WHO "went into|over|through",
	WHO "bonded|connected|agreed over|on|about",
	WHO "laughed about|over",
	WHO "heard|learned|learnt about",
	"i? also|really|particularly|especially? liked|loved|enjoyed|appreciated hearing|talking|learning? about? the? "
	"bit|part|piece|discussion|chat|talk|conversation about|on|of|around",
	"i? also|really|particularly|especially? liked|loved|enjoyed|appreciated hearing|talking|learning about",
	"i? also|really|particularly|especially? liked|loved|enjoyed|appreciated",
	PRAISE "discussion|discussions|chat|chats|talk|conversation|exchange|debate|questions about|on|of|around|over",
	"our|the|a discussion|chat|talk|conversation|exchange|debate about|on|of|around|over",
	"a? good|great|strong|perfect? match|fit with|for|because|to",
	"because",
	"about",
	"the fact that",
	"that",
	NULL};

static const char *const unsaid[] = {
	"i? also? forgot|failed|meant|wanted to mention|say|add|tell|bring|talk|explain|describe|show "
	"him|her|them|up|about? "
	"that|about?",
	"i? also? did|had|have|should|could not? have? get|got|gotten? to? "
	"mention|mentioned|say|said|tell|told|add|bring|brought|talk|talked|explain|explained him|her|them|up|about? "
	"that|about?",
	"i? also? didn't|hadn't|haven't|never|couldn't|should've|could've get|got|gotten? to? "
	"mention|mentioned|say|said|tell|told|add|bring|brought|talk|talked|explain|explained him|her|them|up|about? "
	"that|about?",
	"i? also? did not|didn't|never get|got to",
	"mention|add|say that?",
	"that",
	NULL};

static const char *const answer[] = {
	"my|the? answer|reply|response|answers|explanation about|on|to|of",
	"i? answered|explained|handled|solved|described|nailed|aced",
	"i? talked|walked|went him|her|them? through|about|into", "i? did|was well|good|great|ok|okay on|with|at", NULL};

static const char *const *const leads[LEAD_COUNT] = {[LEAD_ANY] = any, [LEAD_UNSAID] = unsaid, [LEAD_ANSWER] = answer};

/* ---- patterns ---- */

/* How long a pattern's first place is, or the first word of one; by hand, for strcspn() makes a table at each call. */
static gsize count_to(const char *at, bool word)
{
	gsize length = 0;
	while (at[length] != '\0' && at[length] != ' ' && !(word && (at[length] == '|' || at[length] == '?')))
		length++;
	return length;
}

/* The length of a choice ("he|she") that the text begins with as a whole word, with the space behind it; 0 if none. */
static gsize match_choice(const char *choices, gsize length, const char *text)
{
	for (const char *at = choices; at < choices + length;) {
		gsize word = count_to(at, true);
		if (g_ascii_strncasecmp(text, at, word) == 0 && text[word] == ' ')
			return word + 1;
		at += word + 1;
	}
	return 0;
}

/* How much of the text a pattern covers; 0 where it does not match. Optional places are tried filled first. */
static gsize match_pattern(const char *pattern, const char *text)
{
	gsize length = count_to(pattern, false);
	if (length == 0)
		return 0;
	bool optional = pattern[length - 1] == '?', last = pattern[length] == '\0';
	gsize taken = match_choice(pattern, length - optional, text);
	const char *rest = pattern + length + (last ? 0 : 1);
	if (taken > 0 && last)
		return taken;
	gsize further = taken > 0 ? match_pattern(rest, text + taken) : 0;
	if (further > 0)
		return taken + further;
	return optional && !last ? match_pattern(rest, text) : 0;
}

/* As match_pattern, where the last places are optional and may all be empty. */
static gsize match_whole(const char *pattern, const char *text)
{
	gsize best = match_pattern(pattern, text);
	if (best > 0 || !g_str_has_suffix(pattern, "?"))
		return best;
	g_autofree char *shorter = g_strdup(pattern);
	for (char *space = strrchr(shorter, ' '); best == 0 && space != NULL && g_str_has_suffix(shorter, "?");
		 space = strrchr(shorter, ' ')) {
		*space = '\0';
		best = match_pattern(shorter, text);
	}
	return best;
}

/* The word a beginning must leave: "asked how" announces, but "how" belongs to what is asked. */
static gsize keep_clause(const char *text, gsize taken)
{
	gsize start = taken - 1;
	while (start > 0 && text[start - 1] != ' ')
		start--;
	g_autofree char *word = g_ascii_strdown(text + start, (gssize)(taken - 1 - start));
	return vocabulary_has(GROUP_CLAUSE, word) ? start : taken;
}

bool lead_strip(char *text, LeadKind kind)
{
	gsize best = 0;
	for (guint i = 0; leads[kind][i] != NULL; i++)
		best = MAX(best, match_whole(leads[kind][i], text));
	if (best == 0)
		return false;
	bool that = best >= 5 && g_ascii_strncasecmp(text + best - 5, "that ", 5) == 0;
	best = keep_clause(text, best);
	memmove(text, text + best, strlen(text + best) + 1);
	return that;
}

/* ---- verbs ---- */

static char *doing_of(const char *verb)
{
	gsize length = strlen(verb);
	if (vocabulary_has(GROUP_DOUBLING, verb))
		return g_strdup_printf("%s%cing", verb, verb[length - 1]);
	if (g_str_has_suffix(verb, "ie"))
		return g_strdup_printf("%.*sying", (int)length - 2, verb);
	bool silent = length > 2 && verb[length - 1] == 'e' && strchr("eoy", verb[length - 2]) == NULL;
	return g_strdup_printf("%.*sing", (int)(silent ? length - 1 : length), verb);
}

char *verb_to_doing(const char *text)
{
	const char *start = g_ascii_strncasecmp(text, "to ", 3) == 0 ? text + 3 : text;
	gsize length = strcspn(start, " ");
	g_autofree char *verb = g_ascii_strdown(start, (gssize)length);
	const char *rest = start + length;
	g_autofree char *next =
		g_ascii_strdown(*rest == ' ' ? rest + 1 : rest, (gssize)strcspn(*rest == ' ' ? rest + 1 : rest, " ,;:"));
	bool object = vocabulary_has(GROUP_DETERMINER, next) || vocabulary_has(GROUP_OBJECT, next);
	bool sure = vocabulary_has(GROUP_BASE_VERB, verb);
	bool perhaps = vocabulary_has(GROUP_BASE_OR_NOUN, verb) && (object || start != text);
	if (!sure && !perhaps)
		return g_strdup(text);
	g_autofree char *doing = doing_of(verb);
	return g_strconcat(doing, rest, NULL);
}
