/* lists.h - the word lists and patterns of the review, as flat tables.
 *
 * Readable in words/ (the format: docs/adding-a-review-rule.md); parsed by lists-parse.c, at build time for the lists
 * that are built in, at run time for a user's own.  Immutable once made.  A word is known by its number; 0 is none.
 */
#pragma once

#include <note/review-lists.h>

/* Large tables lie in a part of the program of their own: what starts without a review does not bring them in beside
 * what it needs. */
#define LIST_APART __attribute__((section(".rodata_review")))

typedef uint16_t WordId;

/* Sets of words the code asks for by name; a file may define further ones for its patterns. */
#define LIST_SETS(X)                                                                                                   \
	X(STOP, "stop")                       /* words that carry no subject: the, with, would */                          \
	X(STOCK, "stock")                     /* words of any note after any interview */                                  \
	X(RIGHT, "right")                     /* words that are spelt right though dictionaries miss them */               \
	X(PROPER, "proper")                   /* words that always have a capital: Tuesday, German */                      \
	X(ACRONYM, "acronym")                 /* capitals that are no shouting */                                          \
	X(SHOUTED, "shouted")                 /* words of up to three letters that are shouted when in capitals */         \
	X(GREETING, "greeting")               /* begins a salutation */                                                    \
	X(DAYTIME, "daytime")                 /* good morning */                                                           \
	X(GREETED, "greeted")                 /* addressed without a name: all, team, Sir */                               \
	X(TITLE, "title")                     /* Mr, Ms, Dr */                                                             \
	X(CLOSING, "closing")                 /* begins or fills a line above the signature */                             \
	X(ABBREVIATION, "abbreviation")       /* its full stop ends no sentence */                                         \
	X(COMPANY_FORM, "company-form")       /* Inc, Ltd, Group: left out when a company is named */                      \
	X(DEPARTMENT, "department")           /* may stand behind "at" or "join" without being a company */                \
	X(JOB, "job")                         /* the noun of a job title */                                                \
	X(JOB_WORD, "job-word")               /* what stands before a job's noun in a title */                             \
	X(JOB_RANK, "job-rank")               /* senior, junior, lead */                                                   \
	X(VOWEL_SOUND, "vowel-sound")         /* "an" in spite of its letter: hour */                                      \
	X(CONSONANT_SOUND, "consonant-sound") /* "a" in spite of its letter: university */                                 \
	X(EITHER_SOUND, "either-sound")       /* both are heard: historic */                                               \
	X(DOUBLED, "doubled")                 /* may stand twice: that, had */                                             \
	X(NAME_WORD, "name-word")             /* given names that are words too: will, mark, grace */                      \
	X(PREFIX, "prefix")                   /* may stand before a word that is right: micro, multi */                    \
	X(BLANK_WORD, "blank-word")           /* in capitals it stands for what was to be filled in: DATE */               \
	X(VERB, "verb")                       /* forms of the verbs listed: go… */                                       \
	X(VERB_S, "verb-s")                   /* … goes */                                                               \
	X(VERB_ING, "verb-ing")               /* … going */                                                              \
	X(VERB_PAST, "verb-past")             /* … went */                                                               \
	X(VERB_PARTICIPLE, "verb-participle") /* … gone */                                                               \
	X(NOUN, "noun")                       /* of the nouns listed, one */                                               \
	X(NOUNS, "nouns")                     /* … and several */                                                        \
	X(ALSO_NOUN, "also-noun")             /* verbs that are things as often */                                         \
	X(MASS_NOUN, "mass-noun")             /* what is not counted */                                                    \
	X(COLLECTIVE, "collective")           /* agrees with either form of a verb */                                      \
	X(ADJECTIVE, "adjective")                                                                                          \
	X(NUMBER_WORD, "number-word")                                                                                      \
	X(NO_THING, "no-thing") /* does not begin what somebody has */                                                     \
	X(PREPOSITION, "preposition")                                                                                      \
	X(MID_ADVERB, "mid-adverb") /* may stand between a subject and its verb */

/* What a sentence may be about: patterns whose matches the code asks for. */
#define LIST_SENSES(X)                                                                                                 \
	X(THANKS, "thanks")                                                                                                \
	X(INTEREST, "interest")                                                                                            \
	X(FIT, "fit")                                                                                                      \
	X(SKILLS, "skills")                                                                                                \
	X(NEW_DETAIL, "new-detail")                                                                                        \
	X(ASK_DECISION, "ask-decision")                                                                                    \
	X(OFFER_INFO, "offer-info")                                                                                        \
	X(CARD, "card")                                                                                                    \
	X(OWN_NAME, "own-name")                                                                                            \
	X(CONVERSATION, "conversation") /* refers to what was said between the two */                                      \
	X(MEETING, "meeting")           /* speaks of the interview as past */                                              \
	X(DECISION, "decision")         /* speaks of when the employer decides or answers */                               \
	X(ELSEWHEN, "elsewhen")         /* speaks of another day than either */                                            \
	X(ATTACHMENT, "attachment")                                                                                        \
	X(BLANK, "blank")                   /* words that stand for what was to be filled in */                            \
	X(BLANK_TITLE, "blank-title")       /* the same, if each has a capital */                                          \
	X(RECONSIDER, "reconsider")         /* asks for another look, said after a rejection */                            \
	X(YOUR_COMPANY, "your-company")     /* ends right before the reader's company */                                   \
	X(COMPANY_LIKELY, "company-likely") /* ends right before a name; the company's, unless it is a word or a place */  \
	X(YOUR_POSITION, "your-position")   /* ends right before the title of the job applied for */                       \
	X(POSITION_AFTER, "position-after") /* the word behind a title: position, role */                                  \
	X(ADDRESSED, "addressed")           /* ends right before the name of the reader */

#define LIST_ENUM(name, text) SET_##name,
typedef enum { LIST_SETS(LIST_ENUM) SET_FIXED_COUNT } WordSetId;
#undef LIST_ENUM
#define LIST_ENUM(name, text) SENSE_##name,
typedef enum { LIST_SENSES(LIST_ENUM) SENSE_COUNT } Sense;
#undef LIST_ENUM

enum {
	LIST_SET_MAX = 128,     /* sets, named by the code or by a file */
	LIST_WORD_MAX = 30000,  /* different words in all lists */
	LIST_PATTERN_WORDS = 24 /* elements of one pattern */
};

typedef struct ListWord {
	uint32_t text;        /* offset into chars */
	uint16_t length;      /* bytes */
	uint16_t start_count; /* patterns that may begin with it… */
	uint32_t starts;      /* …from here in starts */
	uint64_t sets[LIST_SET_MAX / 64];
} ListWord;

typedef enum {
	ELEMENT_WORD,  /* one word: any of its choices */
	ELEMENT_GAP,   /* up to `reach` words or commas, as few as will do */
	ELEMENT_START, /* here a sentence begins */
	ELEMENT_END,   /* here it ends, but for its full stop */
	ELEMENT_COMMA,
	ELEMENT_OPEN,  /* what is pointed at begins here */
	ELEMENT_CLOSE, /* … and ends here */
	ELEMENT_ALSO,  /* what follows stands elsewhere in the sentence, before or behind; negated: nowhere in it */
} ElementKind;

typedef struct ListElement {
	uint8_t kind;
	bool optional;
	bool negated; /* takes no room: the next word is none of the choices */
	uint8_t reach;
	uint16_t count;   /* choices… */
	uint32_t choices; /* …from here */
} ListElement;

/* A choice is a word's number, or one of these. */
#define CHOICE_SET 0x8000u   /* | set */
#define CHOICE_CLASS 0xff00u /* | WordClass */
typedef enum {
	CLASS_CAPITAL,
	CLASS_NUMBER,
	CLASS_ANY,
	CLASS_ING,
	CLASS_ED,
	CLASS_LY,
	CLASS_OWNS,
	CLASS_COUNT
} WordClass;

typedef struct ListPattern {
	uint32_t elements;
	uint8_t element_count;
	int8_t rule;      /* ReviewRule, or WORD_NONE */
	int8_t sense;     /* Sense, or WORD_NONE */
	uint32_t reason;  /* offset into chars, or 0 */
	uint32_t replace; /* offset into chars, or 0: "a|b ; c" */
} ListPattern;

/* Words that mean about the same, or forms of one name: two are alike if they share a group. */
typedef struct ListKin {
	WordId word;
	uint16_t group;
} ListKin;

/* A verb's forms in the order of inflect.h; of a noun only the first two. */
typedef struct ListForms {
	WordId forms[5]; /* or 0 */
} ListForms;

struct ReviewLists {
	const char *chars;
	const ListWord *words; /* word 0 is none */
	const WordId *slots;   /* open addressing by hash; slot_mask + 1 of them */
	const ListElement *elements;
	const uint16_t *choices;
	const ListPattern *patterns;
	const uint16_t *starts; /* pattern numbers */
	const ListKin *kin;     /* by word, then group */
	const ListForms *forms; /* verbs and nouns… */
	const ListKin *form_of; /* … and whose form a word is: the group is a number of forms */
	uint32_t char_count, word_count, slot_mask, element_count, choice_count, pattern_count, start_count, kin_count;
	uint32_t forms_count, form_of_count;
	bool owned; /* made at run time */
};

/* The lists that are built in. */
extern const ReviewLists review_lists_built_in;

uint32_t list_hash(const char *text, size_t length);

/* The number of a lower-case word, or 0. A stem is looked up behind "~", a root behind "=". */
WordId lists_find(const ReviewLists *lists, const char *word, size_t length);
WordId lists_find_marked(const ReviewLists *lists, char mark, const char *word, size_t length);

static inline bool lists_in_set(const ReviewLists *lists, WordId word, unsigned set)
{
	return (lists->words[word].sets[set / 64] >> (set % 64)) & 1;
}

/* The groups a word is in: *ret_count of them, ascending; borrowed. */
const ListKin *lists_get_kin(const ReviewLists *lists, WordId word, uint32_t *ret_count);

/* True if the two share a group. */
bool lists_are_kin(const ReviewLists *lists, WordId a, WordId b);

/* Another form of a word, by the set that holds that form: "went" and SET_VERB give "go". NULL where none is known. */
const char *lists_find_form(const ReviewLists *lists, WordId word, unsigned set);
