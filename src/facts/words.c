/* words.c - the spellings, one list a set, in the order of the enums.
 *
 * The lists are short, so a word is found by comparing it with each.
 */
#include <facts/words.h>
#include <glib.h>
#include <string.h>

static const char *const CHANNELS[] = {"email", "call", "card", "linkedin", "hand-delivered"};
static const char *const ROLES[] = {"hiring-manager", "interviewer", "recruiter", "hr", "other"};
static const char *const INTERVIEW_KINDS[] = {"phone-screen", "video", "in-person", "panel"};
static const char *const PACES[] = {"normal", "fast"};
static const char *const STAGES[] = {"unknown", "early", "near-end"};
static const char *const STEPS[] = {"prepare-close", "debrief",          "sound-out",       "thank-you",   "card",
									"connect",       "get-contact",      "additional-info", "second-note", "check-in",
									"final-check",   "thank-for-answer", "keep-in-touch"};
static const char *const EVENTS[] = {"sent",    "called", "reply",    "auto-reply", "bounced", "sounded-out",
									 "promise", "offer",  "rejected", "withdrawn",  "reopened"};
static const char *const CALL_RESULTS[] = {"reached", "message-left", "call-back", "will-contact", "no-answer"};
static const char *const SAYS[] = {"other", "more-time", "next-round", "offer", "rejection"};
static const char *const MUSTS[] = {"thanks",       "specific",   "interest",           "fit",
									"skills",       "new-detail", "own-name",           "mentions-card",
									"ask-decision", "offer-info", "no-feedback-request"};

G_STATIC_ASSERT(G_N_ELEMENTS(CHANNELS) == CHANNEL_COUNT);
G_STATIC_ASSERT(G_N_ELEMENTS(ROLES) == ROLE_COUNT);
G_STATIC_ASSERT(G_N_ELEMENTS(INTERVIEW_KINDS) == INTERVIEW_KIND_COUNT);
G_STATIC_ASSERT(G_N_ELEMENTS(PACES) == PACE_COUNT);
G_STATIC_ASSERT(G_N_ELEMENTS(STAGES) == STAGE_COUNT);
G_STATIC_ASSERT(G_N_ELEMENTS(STEPS) == STEP_COUNT);
G_STATIC_ASSERT(G_N_ELEMENTS(EVENTS) == EVENT_COUNT);
G_STATIC_ASSERT(G_N_ELEMENTS(CALL_RESULTS) == CALL_RESULT_COUNT);
G_STATIC_ASSERT(G_N_ELEMENTS(SAYS) == SAYS_COUNT);
G_STATIC_ASSERT(G_N_ELEMENTS(MUSTS) == MUST_COUNT);

static const struct {
	const char *const *words;
	int count;
} SETS[] = {
	[WORDS_CHANNEL] = {CHANNELS, CHANNEL_COUNT},
	[WORDS_ROLE] = {ROLES, ROLE_COUNT},
	[WORDS_INTERVIEW_KIND] = {INTERVIEW_KINDS, INTERVIEW_KIND_COUNT},
	[WORDS_PACE] = {PACES, PACE_COUNT},
	[WORDS_STAGE] = {STAGES, STAGE_COUNT},
	[WORDS_STEP] = {STEPS, STEP_COUNT},
	[WORDS_EVENT] = {EVENTS, EVENT_COUNT},
	[WORDS_CALL_RESULT] = {CALL_RESULTS, CALL_RESULT_COUNT},
	[WORDS_SAYS] = {SAYS, SAYS_COUNT},
	[WORDS_MUST] = {MUSTS, MUST_COUNT},
};
G_STATIC_ASSERT(G_N_ELEMENTS(SETS) == WORDS_SET_COUNT);

const char *word_text(WordSet set, int value)
{
	return value >= 0 && value < SETS[set].count ? SETS[set].words[value] : NULL;
}

int word_find(WordSet set, const char *text)
{
	for (int i = 0; i < SETS[set].count; i++)
		if (strcmp(SETS[set].words[i], text) == 0)
			return i;
	return WORD_NONE;
}

int word_count(WordSet set)
{
	return SETS[set].count;
}

char *word_list(WordSet set)
{
	GString *list = g_string_new(NULL);
	int count = SETS[set].count;
	for (int i = 0; i < count; i++) {
		if (i > 0)
			g_string_append(list, i == count - 1 ? " or " : ", ");
		g_string_append(list, SETS[set].words[i]);
	}
	return g_string_free(list, FALSE);
}
