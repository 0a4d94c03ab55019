/* draft-vocabulary.c - the words themselves.
 *
 * Short lists in any order; a note asks them a few dozen times.
 */
#include "draft-vocabulary.h"

#include <stddef.h>
#include <string.h>

static const char *const SUBJECT[] = {"i",        "we",        "they",    "he",      "she",    "it",      "you",
									  "there",    "i'm",       "i've",    "i'd",     "i'll",   "we're",   "we've",
									  "we'd",     "we'll",     "they're", "they've", "they'd", "they'll", "he's",
									  "she's",    "it's",      "you're",  "you've",  "you'd",  "you'll",  "there's",
									  "everyone", "everybody", "someone", "nobody",  "that's", NULL};

static const char *const DETERMINER[] = {"the",   "a",    "an",    "our",     "my",    "your", "their",   "his",
										 "her",   "its",  "this",  "these",   "those", "both", "all",     "each",
										 "every", "some", "any",   "no",      "more",  "most", "several", "many",
										 "few",   "two",  "three", "four",    "five",  "six",  "seven",   "eight",
										 "nine",  "ten",  "one",   "another", "such",  NULL};

static const char *const CLAUSE[] = {"how", "what", "why", "whether", "where", "when", "which", "who", NULL};

static const char *const BEFORE[] = {"in",   "on",    "at",     "for",    "with",  "from",  "to",      "by",
									 "of",   "after", "before", "during", "under", "into",  "because", "if",
									 "as",   "like",  "since",  "while",  "not",   "never", "maybe",   "also",
									 "only", "very",  "too",    "so",     "but",   "and",   NULL};

static const char *const AFTER_HEAD[] = {"that",   "which",   "who",  "whose",  "where", "when",   "of",
										 "with",   "without", "in",   "for",    "to",    "on",     "at",
										 "from",   "by",      "and",  "or",     "as",    "about",  "between",
										 "into",   "under",   "over", "during", "after", "before", "behind",
										 "across", "i",       "we",   "you",    NULL};

static const char *const OPENING[] = {"the", "way", "reason", "everything", "things", "much", "work", NULL};

static const char *const VERB[] = {"was",    "were",   "am",    "is",    "are",      "had",   "have",   "has",
								   "did",    "didn't", "can",   "could", "couldn't", "gave",  "told",   "built",
								   "led",    "said",   "got",   "made",  "ran",      "wrote", "took",   "won",
								   "taught", "spent",  "kept",  "knew",  "went",     "grew",  "held",   "felt",
								   "saw",    "met",    "sold",  "found", "brought",  "began", "became", "spoke",
								   "forgot", "did",    "speak", "know",  "like",     "love",  "enjoy",  "want",
								   "prefer", "share",  "used",  "liked", "set up",   NULL};

static const char *const NOT_PAST[] = {
	"shared",     "advanced",     "distributed", "automated",   "applied",     "detailed", "limited",    "unlimited",
	"embedded",   "dedicated",    "experienced", "skilled",     "based",       "related",  "unified",    "integrated",
	"connected",  "educated",     "hundred",     "united",      "mixed",       "fixed",    "managed",    "proposed",
	"planned",    "relaxed",      "motivated",   "talented",    "diversified", "balanced", "structured", "unstructured",
	"supervised", "unsupervised", "so-called",   "complicated", "combined",    "targeted", "federated",  "nested",
	"red",        "certified",    "improved",    "increased",   "recommended", "required", "desired",    NULL};

static const char *const NOT_DOING[] = {"thing",       "something",   "anything",     "everything",  "nothing",
										"morning",     "evening",     "spring",       "string",      "during",
										"bring",       "ceiling",     "amazing",      "interesting", "exciting",
										"outstanding", "challenging", "growing",      "existing",    "upcoming",
										"willing",     "welcoming",   "encouraging",  "inspiring",   "caring",
										"demanding",   "ongoing",     "leading-edge", NULL};

static const char *const NOT_PLURAL[] = {"this",      "does",     "always",  "perhaps",  "things",
										 "analysis",  "business", "process", "across",   "news",
										 "sometimes", "plus",     "focus",   "status",   "sales",
										 "less",      "serious",  "various", "previous", "ships",
										 "works",     "needs",    "wants",   "means",    NULL};

static const char *const FINITE[] = {"is",      "are",    "was",   "were",    "has",   "have",  "had",
									 "can",     "will",   "would", "should",  "could", "isn't", "aren't",
									 "does",    "did",    "don't", "doesn't", "went",  "seems", "seemed",
									 "feels",   "felt",   "wants", "needs",   "want",  "cares", "care",
									 "matters", "matter", "comes", "came",    "ships", NULL};

static const char *const COUNTED[] = {
	"mission",
	"product",
	"codebase",
	"role",
	"position",
	"way",
	"sense",
	"mix",
	"process",
	"project",
	"plan",
	"strategy",
	"manager",
	"roadmap",
	"schedule",
	"approach",
	"commitment",
	"question",
	"answer",
	"case",
	"exercise",
	"challenge",
	"problem",
	"model",
	"system",
	"pipeline",
	"dashboard",
	"platform",
	"architecture",
	"migration",
	"launch",
	"budget",
	"structure",
	"report",
	"tool",
	"task",
	"timeline",
	"interview",
	"presentation",
	"example",
	"story",
	"idea",
	"stack",
	"database",
	"warehouse",
	"library",
	"framework",
	"outage",
	"incident",
	"review",
	"workflow",
	"backlog",
	"release",
	"redesign",
	"reorganisation",
	"reorganization",
	"merger",
	"acquisition",
	"move",
	"switch",
	"shift",
	"app",
	"website",
	"campaign",
	"forecast",
	"survey",
	"study",
	"experiment",
	"handover",
	"transition",
	NULL};

static const char *const SETTING[] = {"team",     "company",     "group",      "place",     "office",
									  "culture",  "environment", "atmosphere", "community", "department",
									  "business", "startup",     "workplace",  "lab",       "school",
									  "agency",   "studio",      "firm",       NULL};

static const char *const COMMON[] = {
	"small",         "big",          "large",       "good",           "great",
	"nice",          "kind",         "kindness",    "clear",          "strong",
	"shared",        "remote",       "hybrid",      "weekly",         "daily",
	"monthly",       "flexible",     "open",        "openness",       "honest",
	"honesty",       "quick",        "fast",        "slow",           "careful",
	"friendly",      "curious",      "calm",        "data",           "team",
	"teams",         "teamwork",     "people",      "customer",       "customers",
	"client",        "clients",      "project",     "projects",       "product",
	"products",      "process",      "culture",     "mission",        "values",
	"work",          "code",         "design",      "quality",        "research",
	"experience",    "skills",       "background",  "questions",      "answers",
	"focus",         "time",         "trust",       "respect",        "support",
	"growth",        "learning",     "feedback",    "communication",  "collaboration",
	"collaborative", "ownership",    "autonomy",    "responsibility", "room",
	"rapport",       "humour",       "humor",       "next",           "new",
	"old",           "early",        "late",        "long",           "short",
	"high",          "low",          "real",        "practical",      "technical",
	"financial",     "legal",        "medical",     "clinical",       "digital",
	"international", "local",        "global",      "internal",       "external",
	"annual",        "quarterly",    "human",       "plans",          "ways",
	"ideas",         "problems",     "tools",       "reports",        "reporting",
	"forecast",      "forecasts",    "forecasting", "budget",         "budgets",
	"sales",         "marketing",    "finance",     "operations",     "onboarding",
	"pricing",       "hiring",       "migration",   "automation",     "analysis",
	"analytics",     "software",     "hardware",    "security",       "privacy",
	"safety",        "health",       "education",   "travel",         "salary",
	"benefits",      "growing",      "interesting", "exciting",       "excellent",
	"better",        "best",         "first",       "second",         "third",
	"last",          "same",         "different",   "similar",        "volunteer",
	"volunteering",  "part-time",    "full-time",   "hands-on",       "cross-functional",
	"stakeholder",   "stakeholders", "vendor",      "vendors",        "supply",
	"inventory",     "logistics",    "writing",     "speaking",       "reading",
	"public",        "everything",   "something",   "things",         "half",
	"making",        "mentoring",    "coaching",    "music",          "books",
	"hiking",        "running",      "talked",      "discussed",      NULL};

static const char *const LEAD[] = {
	"we talked about ",
	"we also talked about ",
	"we spoke about ",
	"we discussed ",
	"we chatted about ",
	"talked about ",
	"spoke about ",
	"chatted about ",
	"discussed ",
	"discussing ",
	"talking about ",
	"discussion of ",
	"discussion about ",
	"our discussion of ",
	"our discussion about ",
	"our conversation about ",
	"conversation about ",
	"about ",
	"topic: ",
	"the fact that ",
	"that ",
	NULL};

static const char *const LEAD_UNSAID[] = {
	"i forgot to mention that ",
	"i forgot to mention ",
	"i forgot to say that ",
	"i did not mention that ",
	"i did not mention ",
	"i didn't mention that ",
	"i didn't mention ",
	"i didn't get to mention ",
	"forgot to mention that ",
	"forgot to mention ",
	"forgot to say that ",
	"did not mention that ",
	"did not mention ",
	"didn't mention that ",
	"didn't mention ",
	"did not get to ",
	"i should have mentioned that ",
	"i should have mentioned ",
	"should have mentioned ",
	"mention that ",
	"mention ",
	NULL};

static const char *const LEAD_ANSWER[] = {"my answer about ", "my answer on ",
										  "my answer to ",    "the answer about ",
										  "the answer on ",   "the answer to ",
										  "answer about ",    "answer on ",
										  "answer to ",       "my explanation of ",
										  "explanation of ",  "i answered ",
										  "answered ",        "i explained ",
										  "explained ",       "i handled ",
										  "handled ",         "i solved ",
										  "solved ",          "i described ",
										  "described ",       NULL};

static const char *const TOGETHER[] = {"talked",  "discussed", "spoke",  "both",    "agreed",  "share",    "shared",
									   "went",    "looked",    "worked", "met",     "laughed", "compared", "had",
									   "found",   "got",       "walked", "started", "ended",   "spent",    "touched",
									   "covered", "reviewed",  "solved", NULL};

static const char *const *const GROUPS[GROUP_COUNT] = {
	[GROUP_SUBJECT] = SUBJECT,
	[GROUP_DETERMINER] = DETERMINER,
	[GROUP_CLAUSE] = CLAUSE,
	[GROUP_BEFORE] = BEFORE,
	[GROUP_AFTER_HEAD] = AFTER_HEAD,
	[GROUP_OPENING] = OPENING,
	[GROUP_VERB] = VERB,
	[GROUP_NOT_PAST] = NOT_PAST,
	[GROUP_NOT_DOING] = NOT_DOING,
	[GROUP_SETTING] = SETTING,
	[GROUP_NOT_PLURAL] = NOT_PLURAL,
	[GROUP_FINITE] = FINITE,
	[GROUP_COUNTED] = COUNTED,
	[GROUP_COMMON] = COMMON,
	[GROUP_LEAD] = LEAD,
	[GROUP_LEAD_UNSAID] = LEAD_UNSAID,
	[GROUP_LEAD_ANSWER] = LEAD_ANSWER,
	[GROUP_TOGETHER] = TOGETHER,
};

bool vocabulary_has(WordGroup group, const char *word)
{
	for (const char *const *entry = GROUPS[group]; *entry != NULL; entry++)
		if (strcmp(*entry, word) == 0)
			return true;
	return false;
}

const char *const *vocabulary_list(WordGroup group)
{
	return GROUPS[group];
}
