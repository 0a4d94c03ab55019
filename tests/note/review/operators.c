/* operators.c - the faults: slips of the fingers, words that sound alike, wrong people, sentences that should not
 * stand.
 *
 * None looks at what the review knows; they change text as a tired writer would.
 */
#include "operators.h"

#include <string.h>

/* The body's first byte. */
static size_t body_of(const char *note)
{
	const char *blank = g_str_has_prefix(note, "Subject:") ? strstr(note, "\n\n") : NULL;
	return blank ? (size_t)(blank + 2 - note) : 0;
}

/* Where the salutation's line ends, behind the line break. */
static size_t greeting_end(const char *note)
{
	const char *end = strchr(note + body_of(note), '\n');
	return end ? (size_t)(end + 1 - note) : strlen(note);
}

static char *splice(const char *note, size_t start, size_t end, const char *with)
{
	return g_strdup_printf("%.*s%s%s", (int)start, note, with, note + end);
}

/* A whole word somewhere behind `from`; the length found in *ret_length. */
static const char *find_word(const char *note, size_t from, const char *word, size_t *ret_length)
{
	size_t length = strlen(word);
	for (const char *at = strstr(note + from, word); at; at = strstr(at + 1, word)) {
		bool before = at == note || !g_ascii_isalpha(at[-1]);
		if (before && !g_ascii_isalpha(at[length]) && at[length] != '\'') {
			*ret_length = length;
			return at;
		}
	}
	return NULL;
}

/* The first of `pairs` (word, other, …, NULL) that stands in the body is replaced. */
static char *replace_one(const char *note, const char *const *pairs)
{
	size_t length;
	for (; *pairs; pairs += 2) {
		const char *at = find_word(note, body_of(note), pairs[0], &length);
		if (at)
			return splice(note, (size_t)(at - note), (size_t)(at - note) + length, pairs[1]);
	}
	return NULL;
}

/* The words of the body's prose, as places; a word is letters between spaces. */
static GArray *list_words(const char *note, size_t least)
{
	GArray *places = g_array_new(FALSE, FALSE, sizeof(size_t));
	size_t end = strlen(note);
	const char *closing = g_strrstr(note, "\n\n");
	if (closing && (size_t)(closing - note) > greeting_end(note))
		end = (size_t)(closing - note);
	for (size_t at = greeting_end(note); at < end; at++) {
		size_t length = 0;
		while (g_ascii_islower(note[at + length]))
			length++;
		if (length >= least && at > 0 && note[at - 1] == ' ' && note[at + length] == ' ')
			g_array_append_val(places, at);
		at += length;
	}
	return places;
}

static bool pick_word(const char *note, size_t least, GRand *random, size_t *ret_at)
{
	g_autoptr(GArray) places = list_words(note, least);
	if (places->len == 0)
		return false;
	*ret_at = g_array_index(places, size_t, (guint)g_rand_int_range(random, 0, (gint32)places->len));
	return true;
}

/* A sentence put before the last paragraph but the closing: at the end of a line that ends in a full stop. */
static char *add_sentence(const char *note, const char *sentence)
{
	const char *at = NULL;
	for (const char *line = note + greeting_end(note); *line; line++)
		if (line[0] == '.' && (line[1] == '\n' || line[1] == '\0'))
			at = line;
	return at ? splice(note, (size_t)(at - note) + 1, (size_t)(at - note) + 1, sentence) : NULL;
}

static char *add_one_of(const char *note, const char *const *sentences, guint count, GRand *random)
{
	g_autofree char *sentence = g_strconcat(" ", sentences[g_rand_int_range(random, 0, (gint32)count)], NULL);
	return add_sentence(note, sentence);
}

#define SENTENCES(function, ...)                                                                                       \
	static char *function(const Case *one, GRand *random)                                                              \
	{                                                                                                                  \
		static const char *const sentences[] = {__VA_ARGS__};                                                          \
		return add_one_of(one->note, sentences, G_N_ELEMENTS(sentences), random);                                      \
	}

/* The last word of the greeting: its place and length; 0 where there is none. */
static size_t greeted_word(const Case *one, size_t *ret_start)
{
	const char *line = one->note + body_of(one->note), *comma = strpbrk(line, ",.:\n");
	bool greets = g_str_has_prefix(line, "Dear ") || g_str_has_prefix(line, "Hi ") || g_str_has_prefix(line, "Hello ");
	while (comma && *comma == '.' && comma[1] == ' ')
		comma = strpbrk(comma + 1, ",.:\n");
	if (!greets || comma == NULL)
		return 0;
	const char *start = comma;
	while (start > line && start[-1] != ' ')
		start--;
	*ret_start = (size_t)(start - one->note);
	return (size_t)(comma - start);
}

static char *name_letter_lost(const Case *one, GRand *random)
{
	size_t start, length = one->facts && one->request.to != NOBODY ? greeted_word(one, &start) : 0;
	bool letter = length >= 4 && g_ascii_isalpha(one->note[start + length - 2]);
	return letter ? splice(one->note, start + length - 2, start + length - 1, "") : NULL;
}

static char *name_letter_doubled(const Case *one, GRand *random)
{
	size_t start, length = one->facts && one->request.to != NOBODY ? greeted_word(one, &start) : 0;
	char twice[] = {length ? one->note[start + 1] : '\0', '\0'};
	return length >= 4 && g_ascii_isalpha(twice[0]) ? splice(one->note, start + 1, start + 1, twice) : NULL;
}

static char *name_other(const Case *one, GRand *random)
{
	static const char *const names[] = {"Bartholomew", "Priscilla", "Olsen", "Kowalski", "Dimitri", "Fatima"};
	size_t start, length = one->facts && one->request.to != NOBODY ? greeted_word(one, &start) : 0;
	return length ? splice(one->note, start, start + length, names[g_rand_int_range(random, 0, G_N_ELEMENTS(names))])
				  : NULL;
}

static char *name_title(const Case *one, GRand *random)
{
	static const char *const pairs[] = {"Mr.", "Ms.", "Ms.", "Mr.",    "Mrs", "Mr", "Dr.",
										"Mr.", "Dr",  "Mr",  "Madame", "Mr.", NULL};
	bool salutation = one->facts && one->request.to != NOBODY && facts_person(one->facts, one->request.to)->salutation;
	return salutation && strchr(facts_person(one->facts, one->request.to)->salutation, ' ')
			   ? replace_one(one->note, pairs)
			   : NULL;
}

static char *name_of_mine(const Case *one, GRand *random)
{
	size_t length;
	const char *name = one->facts ? one->facts->me.name : NULL, *surname = name ? strrchr(name, ' ') + 1 : NULL;
	const char *at = surname ? find_word(one->note, greeting_end(one->note), surname, &length) : NULL;
	if (at == NULL || length < 5)
		return NULL;
	return splice(one->note, (size_t)(at - one->note) + length - 2, (size_t)(at - one->note) + length - 1, "");
}

static char *company_other(const Case *one, GRand *random)
{
	static const char *const names[] = {"Umbrella", "Hooli", "Acme", "Wayne Enterprises", "Soylent"};
	static const char *const frames[] = {
		" I would be glad to join %s.", " The role at %s appeals to me.",
		" I can see myself working for the team at %s.", " I would love to work at %s."};
	if (one->facts == NULL)
		return NULL;
	const char *name = names[g_rand_int_range(random, 0, G_N_ELEMENTS(names))];
	g_auto(GStrv) parts = g_strsplit(frames[g_rand_int_range(random, 0, G_N_ELEMENTS(frames))], "%s", 2);
	g_autofree char *sentence = g_strconcat(parts[0], name, parts[1], NULL);
	return add_sentence(one->note, sentence);
}

/* The company's name with a letter lost from its longest word. */
static char *company_misspelt(const Case *one, GRand *random)
{
	if (one->facts == NULL)
		return NULL;
	const char *name = one->facts->company;
	size_t start = 0, length = 0;
	for (size_t at = 0; name[at]; at += strcspn(name + at, " "), at += strspn(name + at, " "))
		if (strcspn(name + at, " ") > length) {
			start = at;
			length = strcspn(name + at, " ");
		}
	if (length < 5)
		return NULL;
	size_t cut = start + 2 + (size_t)g_rand_int_range(random, 0, (gint32)length - 3);
	g_autofree char *wrong = splice(name, cut, cut + 1, "");
	g_autofree char *sentence = g_strdup_printf(" It was good to see how people work at %s.", wrong);
	return add_sentence(one->note, sentence);
}

static char *position_other(const Case *one, GRand *random)
{
	static const char *const titles[] = {
		"warehouse manager", "Product designer", "tax accountant", "Lead developer", "pastry chef"};
	static const char *const frames[] = {
		" I am interested in the %s position.", " The %s role sounds right for me.",
		" I would be glad to be your next %s."};
	if (one->facts == NULL)
		return NULL;
	const char *title = titles[g_rand_int_range(random, 0, G_N_ELEMENTS(titles))];
	g_auto(GStrv) parts = g_strsplit(frames[g_rand_int_range(random, 0, G_N_ELEMENTS(frames))], "%s", 2);
	g_autofree char *sentence = g_strconcat(parts[0], title, parts[1], NULL);
	return add_sentence(one->note, sentence);
}

static char *placeholder_word(const Case *one, GRand *random)
{
	static const char *const blanks[] = {"[topic]",        "[[the topic]]", "<company>",
										 "{{position}}",   "XXX",           "{name}",
										 "[Company Name]", "TBD",           "____",
										 "%COMPANY%",      "$NAME",         "<<date>>",
										 "[INSERT DETAIL]"};
	size_t at;
	if (!pick_word(one->note, 4, random, &at))
		return NULL;
	return splice(
		one->note, at, at + strcspn(one->note + at, " "), blanks[g_rand_int_range(random, 0, G_N_ELEMENTS(blanks))]);
}

static char *placeholder_name(const Case *one, GRand *random)
{
	static const char *const blanks[] = {"[Name]", "<Name>", "{{name}}", "[Interviewer's Name]", "XXXX", "[last name]"};
	size_t start, length = greeted_word(one, &start);
	return length ? splice(one->note, start, start + length, blanks[g_rand_int_range(random, 0, G_N_ELEMENTS(blanks))])
				  : NULL;
}

static char *day_of_week(const Case *one, GRand *random)
{
	static const char *const days[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday"};
	if (one->facts == NULL || one->request.interview == NO_INTERVIEW)
		return NULL;
	const Interview *interview = facts_interview(one->facts, one->request.interview);
	int right = day_weekday(zone_to_day(one->facts->zone, interview->start, NULL));
	g_autofree char *sentence = g_strdup_printf(" Our conversation on %s was a pleasure.", days[(right + 1) % 5]);
	return add_sentence(one->note, sentence);
}

static char *day_today(const Case *one, GRand *random)
{
	if (one->facts == NULL || one->request.interview == NO_INTERVIEW || one->request.send_at == TIME_NONE)
		return NULL;
	const Interview *interview = facts_interview(one->facts, one->request.interview);
	Day talk = zone_to_day(one->facts->zone, interview->start, NULL),
		sent = zone_to_day(one->facts->zone, one->request.send_at, NULL);
	return add_sentence(
		one->note, sent == talk ? " Thank you again for our talk yesterday." : " It was good to speak with you today.");
}

static char *letters_swapped(const Case *one, GRand *random)
{
	size_t at;
	for (int tries = 0; tries < 8 && cases_get_speller() && pick_word(one->note, 6, random, &at); tries++) {
		const char *word = one->note + at;
		char swapped[] = {word[3], word[2], '\0'};
		g_autofree char *note = splice(one->note, at + 2, at + 4, swapped);
		if (word[2] != word[3] && !cases_get_speller()->check(cases_get_speller()->data, note + at, strcspn(word, " ")))
			return g_steal_pointer(&note);
	}
	return NULL;
}

static char *letter_lost(const Case *one, GRand *random)
{
	size_t at;
	for (int tries = 0; tries < 8 && cases_get_speller() && pick_word(one->note, 6, random, &at); tries++) {
		g_autofree char *note = splice(one->note, at + 3, at + 4, "");
		if (!cases_get_speller()->check(cases_get_speller()->data, note + at, strcspn(note + at, " ")))
			return g_steal_pointer(&note);
	}
	return NULL;
}

static char *word_twice(const Case *one, GRand *random)
{
	size_t at;
	if (!pick_word(one->note, 2, random, &at))
		return NULL;
	g_autofree char *twice = g_strndup(one->note + at, strcspn(one->note + at, " ") + 1);
	return strcmp(twice, "that ") == 0 || strcmp(twice, "had ") == 0 ? NULL : splice(one->note, at, at, twice);
}

static char *two_spaces(const Case *one, GRand *random)
{
	size_t at;
	return pick_word(one->note, 2, random, &at) ? splice(one->note, at, at, " ") : NULL;
}

static char *space_before_comma(const Case *one, GRand *random)
{
	const char *at = strstr(one->note + greeting_end(one->note), ", ");
	return at ? splice(one->note, (size_t)(at - one->note), (size_t)(at - one->note), " ") : NULL;
}

static char *stop_lost(const Case *one, GRand *random)
{
	const char *at = strstr(one->note + greeting_end(one->note), ".\n\n");
	bool link = at && (at[-1] == ')' || g_ascii_isdigit(at[-1]));
	return at && !link ? splice(one->note, (size_t)(at - one->note), (size_t)(at - one->note) + 1, "") : NULL;
}

static char *capital_lost(const Case *one, GRand *random)
{
	for (const char *at = strstr(one->note + greeting_end(one->note), ". "); at; at = strstr(at + 1, ". ")) {
		if (!g_ascii_isupper(at[2]) || !g_ascii_islower(at[3]) || !g_ascii_islower(at[-1]) || !g_ascii_islower(at[-2]))
			continue;
		char small[] = {g_ascii_tolower(at[2]), '\0'};
		return splice(one->note, (size_t)(at - one->note) + 2, (size_t)(at - one->note) + 3, small);
	}
	return NULL;
}

static char *small_i(const Case *one, GRand *random)
{
	static const char *const pairs[] = {"I", "i", NULL};
	return replace_one(one->note, pairs);
}

static char *article(const Case *one, GRand *random)
{
	size_t length;
	const char *an = find_word(one->note, greeting_end(one->note), "an", &length);
	const char *a = find_word(one->note, greeting_end(one->note), "a", &length);
	if (an)
		return splice(one->note, (size_t)(an - one->note), (size_t)(an - one->note) + 2, "a");
	return a ? splice(one->note, (size_t)(a - one->note), (size_t)(a - one->note) + 1, "an") : NULL;
}

static char *agreement(const Case *one, GRand *random)
{
	static const char *const pairs[] = {"I have",   "I has",   "I am",    "I is",   "I was", "I were",
										"you have", "you has", "we have", "we has", NULL};
	const char *note = one->note;
	for (const char *const *pair = pairs; *pair; pair += 2) {
		size_t length;
		const char *at = find_word(note, greeting_end(note), pair[0], &length);
		bool starts = at && at > note + 1 && (at[-2] == '.' || at[-1] == '\n');
		if (at && (starts || pair[0][0] != 'y') && strcmp(pair[0], "I was") != 0)
			return splice(note, (size_t)(at - note), (size_t)(at - note) + length, pair[1]);
	}
	return NULL;
}

static char *no_subject(const Case *one, GRand *random)
{
	return one->request.channel == CHANNEL_EMAIL && body_of(one->note) ? g_strdup(one->note + body_of(one->note))
																	   : NULL;
}

static char *no_signature(const Case *one, GRand *random)
{
	const char *name = one->facts ? one->facts->me.name : NULL;
	g_auto(GStrv) parts = g_strsplit(name ? name : "", " ", 2);
	char *at = name ? g_strrstr(one->note, parts[0]) : NULL;
	bool wanted = one->request.channel == CHANNEL_EMAIL || one->request.channel == CHANNEL_CARD;
	return at && wanted && at > one->note && at[-1] == '\n' ? g_strndup(one->note, (gsize)(at - one->note)) : NULL;
}

static bool says_thanks(const char *sentence, size_t length)
{
	static const char *const thanks[] = {"thank",       "Thank",       "grateful",   "appreciat", "kind of you",
										 "good of you", "Good of you", "kindness",   "obliged",   "heers for",
										 "owe you",     "of you to",   "kind enough"};
	for (size_t i = 0; i < G_N_ELEMENTS(thanks); i++)
		if (g_strstr_len(sentence, (gssize)length, thanks[i]))
			return true;
	return false;
}

/* Every sentence of the body that says thanks is left out, the greeting kept. */
static char *no_thanks(const Case *one, GRand *random)
{
	size_t start = greeting_end(one->note) < strlen(one->note) ? greeting_end(one->note) : body_of(one->note);
	g_autoptr(GString) note = g_string_new_len(one->note, (gssize)start);
	if (!(one->request.must >> MUST_THANKS & 1) || one->request.channel == CHANNEL_LINKEDIN)
		return NULL;
	for (const char *at = one->note + start; *at;) {
		size_t length = strcspn(at, ".!?\n");
		length += at[length] != '\0';
		if (!says_thanks(at, length))
			g_string_append_len(note, at, (gssize)length);
		at += length;
	}
	return g_string_free(g_steal_pointer(&note), FALSE);
}

SENTENCES(
	says_pushy, "I need an answer by Monday.", "Please reply as soon as possible.",
	"I am still waiting for your reply.", "Why has nobody called me back?", "I expect to hear from you tomorrow.",
	"This is my third email about this.")
SENTENCES(
	says_desperate, "I really need this job.", "I would do anything to work for you.", "Please give me a chance.",
	"I am desperate for work.", "I have been out of work for a year.", "I beg you to choose me.")
SENTENCES(
	says_presumptuous, "I can't wait to start.", "I look forward to your offer.",
	"When I join your team, I will change that.", "I am sure you will hire me.", "Please send me the contract.",
	"I have already told my boss that I am leaving.")
SENTENCES(
	says_negative, "I know I did badly on the last question.", "My old boss was incompetent.",
	"I'm sorry that I was so nervous.", "I have no experience in this.", "I hate my current job.",
	"I am not very good at this.")
SENTENCES(
	says_informal, "That was awesome.", "You guys are great.", "I'm gonna think about it.", "It was super cool.",
	"Catch you later.", "The coffee was kinda great.")
SENTENCES(
	says_stiff, "I hereby confirm my interest.", "I await your reply at your earliest convenience.",
	"Kindly do the needful.", "I remain your humble servant.", "As per our conversation, I am free in June.",
	"I convey my deepest gratitude.")
SENTENCES(
	says_shouting, "I am VERY sure of it.", "I REALLY liked it.", "It was GREAT to see it.", "I want it SO much.",
	"It was good!!!")
SENTENCES(
	says_overclaiming, "I am the perfect candidate.", "Nobody else can do this better than me.",
	"I guarantee that I will succeed.", "I am the best person for this job.", "You will never find anyone better.",
	"I am 100% sure that I am right for you.")
SENTENCES(
	says_attached, "Please find my plan attached.", "I have attached a plan.", "The plan is enclosed.",
	"See the attachment.", "I'm attaching my notes.")
SENTENCES(
	says_forward, "I look forward to hear from you.", "I look forward to meet you again.",
	"I'm looking forward to speak with you.")
SENTENCES(
	says_sounds_alike, "I learned more then I had hoped.", "Its a fine plan.", "Your the first to ask me that.",
	"I should of said it.", "Their are many ways to do it.", "I know to much about it.", "I don't want to loose it.",
	"Thank you for the advise.", "It was quiet interesting.", "The affect was small.")
SENTENCES(
	says_foreign, "I am agree with the plan.", "We discussed about it.", "I am interesting in it.",
	"I enjoyed to see it.", "I live here since five years.", "I didn't knew it.", "He have told me so.",
	"The questions was good.", "I would like thank you.", "One of the reason is clear.")

/* A no was said: asking for reasons is pressure. */
static char *says_feedback(const Case *one, GRand *random)
{
	static const char *const sentences[] = {
		"Could you tell me why I was not chosen?", "I would be grateful for any feedback.",
		"Please reconsider your decision.", "What could I have done better?"};
	return one->request.rejected ? add_one_of(one->note, sentences, G_N_ELEMENTS(sentences), random) : NULL;
}

const Operator operators[] = {
	{"a letter of the name is lost", REVIEW_WRONG_NAME, name_letter_lost},
	{"a letter of the name stands twice", REVIEW_WRONG_NAME, name_letter_doubled},
	{"another name", REVIEW_WRONG_NAME, name_other},
	{"another title", REVIEW_WRONG_NAME, name_title},
	{"one's own name misspelt", REVIEW_WRONG_NAME, name_of_mine},
	{"another company", REVIEW_WRONG_COMPANY, company_other},
	{"the company misspelt", REVIEW_WRONG_COMPANY, company_misspelt},
	{"another position", REVIEW_WRONG_POSITION, position_other},
	{"a blank in the text", REVIEW_PLACEHOLDER, placeholder_word},
	{"a blank for the name", REVIEW_PLACEHOLDER, placeholder_name},
	{"another weekday", REVIEW_WRONG_DAY, day_of_week},
	{"today for yesterday", REVIEW_WRONG_DAY, day_today},
	{"no file", REVIEW_MISSING_ATTACHMENT, says_attached},
	{"no thanks", REVIEW_MISSING_THANKS, no_thanks},
	{"no subject", REVIEW_MISSING_SUBJECT, no_subject},
	{"no signature", REVIEW_MISSING_SIGNATURE, no_signature},
	{"pushy", REVIEW_PUSHY, says_pushy},
	{"desperate", REVIEW_DESPERATE, says_desperate},
	{"presumptuous", REVIEW_PRESUMPTUOUS, says_presumptuous},
	{"negative", REVIEW_NEGATIVE, says_negative},
	{"feedback", REVIEW_FEEDBACK_PRESSURE, says_feedback},
	{"informal", REVIEW_INFORMAL, says_informal},
	{"stiff", REVIEW_STIFF, says_stiff},
	{"shouting", REVIEW_SHOUTING, says_shouting},
	{"overclaiming", REVIEW_OVERCLAIMING, says_overclaiming},
	{"letters swapped", REVIEW_SPELLING, letters_swapped},
	{"a letter lost", REVIEW_SPELLING, letter_lost},
	{"a word twice", REVIEW_GRAMMAR, word_twice},
	{"a for an", REVIEW_GRAMMAR, article},
	{"agreement", REVIEW_GRAMMAR, agreement},
	{"forward to hear", REVIEW_GRAMMAR, says_forward},
	{"sounds alike", REVIEW_GRAMMAR, says_sounds_alike},
	{"another language's grammar", REVIEW_GRAMMAR, says_foreign},
	{"two spaces", REVIEW_PUNCTUATION, two_spaces},
	{"a space before a comma", REVIEW_PUNCTUATION, space_before_comma},
	{"a full stop lost", REVIEW_PUNCTUATION, stop_lost},
	{"a capital lost", REVIEW_PUNCTUATION, capital_lost},
	{"a small i", REVIEW_PUNCTUATION, small_i},
};
const size_t operator_count = G_N_ELEMENTS(operators);
