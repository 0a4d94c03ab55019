/* guess.c - small lists of words and domains, and what follows from them.
 */
#include "guess.h"

#include <base/text.h>
#include <string.h>

/* Mailboxes for everybody: a whole domain, or a first label that stands under many countries ("yahoo."). */
static const char *const FREEMAIL[] = {
	"gmail.com",     "googlemail.com", "outlook.",       "hotmail.",      "live.",          "msn.com",
	"yahoo.",        "ymail.com",      "rocketmail.com", "aol.com",       "icloud.com",     "me.com",
	"mac.com",       "gmx.",           "web.de",         "t-online.de",   "freenet.de",     "arcor.de",
	"posteo.",       "mailbox.org",    "mail.com",       "mail.ru",       "bk.ru",          "list.ru",
	"inbox.ru",      "rambler.ru",     "yandex.",        "ya.ru",         "proton.me",      "protonmail.",
	"pm.me",         "tutanota.",      "tuta.",          "fastmail.",     "hey.com",        "zoho.",
	"zohomail.",     "hushmail.com",   "duck.com",       "qq.com",        "163.com",        "126.com",
	"sina.com",      "sohu.com",       "foxmail.com",    "naver.com",     "hanmail.net",    "daum.net",
	"free.fr",       "orange.fr",      "wanadoo.fr",     "laposte.net",   "sfr.fr",         "libero.it",
	"virgilio.it",   "uol.com.br",     "bol.com.br",     "terra.com.br",  "rediffmail.com", "comcast.net",
	"verizon.net",   "att.net",        "sbcglobal.net",  "bellsouth.net", "cox.net",        "charter.net",
	"earthlink.net", "btinternet.com", "ntlworld.com",   "shaw.ca",       "rogers.com",     "telus.net",
	"bigpond.com",   "bigpond.net.au", "seznam.cz",      "wp.pl",         "o2.pl",          "onet.pl",
	"interia.pl",    "bluewin.ch",     "telenet.be",     "ziggo.nl",      "xs4all.nl",      "telia.com",
	"abv.bg",        "ukr.net",        "walla.co.il",    "mail.de",
};

/* Systems through which employers invite: the domain is theirs, not the employer's. */
static const char *const SYSTEMS[] = {
	"greenhouse.io",
	"greenhouse-mail.io",
	"lever.co",
	"ashbyhq.com",
	"workday.com",
	"myworkday.com",
	"myworkdayjobs.com",
	"icims.com",
	"smartrecruiters.com",
	"jobvite.com",
	"taleo.net",
	"bamboohr.com",
	"workable.com",
	"workablemail.com",
	"recruitee.com",
	"personio.",
	"teamtailor.com",
	"teamtailor-mail.com",
	"breezy.hr",
	"breezy-mail.com",
	"jazzhr.com",
	"applytojob.com",
	"successfactors.",
	"ultipro.com",
	"avature.net",
	"phenompeople.com",
	"phenom.com",
	"eightfold.ai",
	"gem.com",
	"goodtime.io",
	"calendly.com",
	"cal.com",
	"modernloop.io",
	"prelude.co",
	"zoom.us",
	"hirevue.com",
	"indeed.com",
	"indeedemail.com",
	"linkedin.com",
	"ziprecruiter.com",
	"glassdoor.com",
	"monster.com",
	"stepstone.",
	"xing.com",
	"wellfound.com",
	"angel.co",
	"hired.com",
	"otta.com",
	"welcometothejungle.com",
	"pinpointhq.com",
	"rippling.com",
	"dover.com",
	"dover.io",
	"comeet.co",
	"comeet-notifications.com",
	"jobscore.com",
	"clearcompany.com",
	"oraclecloud.com",
	"paylocity.com",
	"freshteam.com",
	"zohorecruit.com",
	"homerun.co",
	"join.com",
	"softgarden.",
	"doodle.com",
	"google.com",
	"calendar.google.com",
	"googlegroups.com",
	"imip.me.com",
	"meetup.com",
	"eventbrite.com",
	"sendgrid.net",
	"amazonses.com",
	"mailgun.org",
	"mandrillapp.com",
	"onmicrosoft.com",
	"hire.com",
	"x.ai",
	"cronofy.com",
	"youcanbook.me",
	"savvycal.com",
	"acuityscheduling.com",
	"chilipiper.com",
	"hubspot.com",
	"paradox.ai",
	"karat.com",
};

static const char *get_domain(const char *email)
{
	const char *at = email == NULL ? NULL : strrchr(email, '@');
	return at == NULL || at[1] == '\0' ? NULL : at + 1;
}

/* Whether a domain is an entry or lies below it; an entry that ends in a dot stands for all countries. */
static bool domain_is(const char *domain, const char *entry)
{
	size_t length = strlen(entry);
	for (const char *at = domain; at != NULL && *at != '\0';
		 at = strchr(at, '.') == NULL ? NULL : strchr(at, '.') + 1) {
		if (g_ascii_tolower(*at) != *entry || g_ascii_strncasecmp(at, entry, length) != 0)
			continue;
		if (at[length] == '\0' || (entry[length - 1] == '.' && strlen(at + length) <= 6))
			return true;
	}
	return false;
}

static bool in_list(const char *domain, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (domain_is(domain, list[i]))
			return true;
	return false;
}

bool guess_is_nobodys_domain(const char *email)
{
	const char *domain = get_domain(email);
	return domain == NULL || in_list(domain, FREEMAIL, G_N_ELEMENTS(FREEMAIL)) ||
		   in_list(domain, SYSTEMS, G_N_ELEMENTS(SYSTEMS));
}

bool guess_is_machine(const char *email)
{
	static const char *const domains[] = {"calendar.google.com", "group.v.calendar.google.com", "imip.me.com"};
	static const char *const boxes[] = {"noreply@", "no-reply@", "donotreply@", "do-not-reply@", "mailer-daemon@"};
	const char *domain = get_domain(email);
	if (domain == NULL)
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(boxes); i++)
		if (g_ascii_strncasecmp(email, boxes[i], strlen(boxes[i])) == 0)
			return true;
	return in_list(domain, domains, G_N_ELEMENTS(domains));
}

/* Where the name within a domain ends: before "example.com", and before "co.uk" too. */
static char *get_label(const char *domain)
{
	static const char *const second[] = {"co", "com", "org", "net", "ac", "edu", "gov", "gob", "gouv", "or", "ne"};
	g_auto(GStrv) labels = g_strsplit(domain, ".", 12);
	guint count = g_strv_length(labels);
	if (count < 2)
		return NULL;
	guint at = count - 2;
	for (size_t i = 0; i < G_N_ELEMENTS(second); i++)
		if (count > 2 && strlen(labels[count - 1]) == 2 && g_ascii_strcasecmp(labels[at], second[i]) == 0)
			return g_strdup(labels[at - 1]);
	return g_strdup(labels[at]);
}

/* Words with a capital each; hyphens, dots and the like stand between words. */
static char *capitalise(const char *text)
{
	char *name = g_strdup(text);
	bool starts = true;
	for (char *at = name; *at != '\0'; at++) {
		if (strchr("-_.+", *at) != NULL)
			*at = ' ';
		if (starts)
			*at = g_ascii_toupper(*at);
		starts = *at == ' ';
	}
	return name;
}

char *guess_company(const char *email)
{
	if (guess_is_nobodys_domain(email) || guess_is_machine(email))
		return NULL;
	g_autofree char *label = get_label(get_domain(email));
	if (label == NULL || *label == '\0' || g_str_has_prefix(label, "xn--"))
		return NULL;
	return capitalise(label);
}

char *guess_name(const char *email)
{
	const char *at = email == NULL ? NULL : strchr(email, '@');
	const char *dot = at == NULL ? NULL : memchr(email, '.', (size_t)(at - email));
	if (dot == NULL || dot - email < 2 || at - dot < 3)
		return NULL;
	for (const char *c = email; c < at; c++)
		if (!g_ascii_isalpha(*c) && strchr(".-", *c) == NULL)
			return NULL;
	g_autofree char *local = g_ascii_strdown(email, at - email);
	return capitalise(local);
}

/* Whether text holds the word, at a word's beginning and, where it ends in '$', at its end too. */
static bool has_word(const char *text, const char *word)
{
	size_t length = strlen(word);
	bool whole = word[length - 1] == '$';
	length -= whole;
	for (const char *at = text; text != NULL && *at != '\0'; at++) {
		bool begins = (at == text || !g_ascii_isalnum(at[-1])) && g_ascii_tolower(*at) == *word;
		if (begins && g_ascii_strncasecmp(at, word, length) == 0 && !(whole && g_ascii_isalnum(at[length])))
			return true;
	}
	return false;
}

static bool has_any_word(const char *text, const char *const *words)
{
	for (; text != NULL && *words != NULL; words++)
		if (has_word(text, *words))
			return true;
	return false;
}

int guess_role(const ItemPerson *person)
{
	static const char *const recruiting[] = {"recruit",  "talent",      "sourcer$", "staffing",
											 "headhunt", "hiring team", NULL};
	static const char *const human[] = {
		"hr$",     "human resources", "people ops", "people operations", "people partner", "personal$", "people team",
		"careers", "jobs$",           NULL};
	static const char *const human_title[] = {"hr$", "human resources", "people$", "personnel", NULL};
	g_autofree char *box = person->email == NULL ? NULL : g_strndup(person->email, strcspn(person->email, "@"));
	if (has_any_word(person->title, recruiting) || has_any_word(person->name, recruiting) ||
		has_any_word(box, recruiting))
		return ROLE_RECRUITER;
	if (has_any_word(person->title, human_title) || has_any_word(person->name, human_title) || has_any_word(box, human))
		return ROLE_HR;
	if (has_word(person->title, "hiring manager") || has_word(person->name, "hiring manager"))
		return ROLE_HIRING_MANAGER;
	return WORD_NONE;
}

/* Words decide first; then, who sends the invitation to others and is not among them arranges it; anybody else asks the
 * questions. */
static void guess_roles(Item *item)
{
	for (guint i = 0; i < item->people->len; i++) {
		ItemPerson *person = item->people->pdata[i];
		int said = guess_role(person);
		if (said != WORD_NONE)
			person->role = said;
		else if (person->role == WORD_NONE)
			person->role = person->organizer && item->people->len > 1 ? ROLE_RECRUITER : ROLE_INTERVIEWER;
	}
}

static void guess_item_company(Item *item)
{
	/* The sender's address first, then the others' in their order. */
	for (int round = 0; round < 2 && item->company == NULL; round++)
		for (guint i = 0; i < item->people->len && item->company == NULL; i++) {
			const ItemPerson *person = item->people->pdata[i];
			if (person->organizer == (round == 0))
				item->company = guess_company(person->email);
		}
	item->company_guessed = item->company != NULL;
}

static bool is_number(const char *place)
{
	size_t digits = 0, others = 0;
	for (; place != NULL && *place != '\0'; place++) {
		digits += (size_t)g_ascii_isdigit(*place);
		others += (size_t)(strchr("+-() ./x", *place) == NULL && !g_ascii_isdigit(*place));
	}
	return digits >= 7 && others <= 4;
}

static int guess_kind(const Item *item)
{
	static const char *const panel[] = {"panel", NULL};
	static const char *const phone[] = {"phone", "telephone",    "telefon", "téléphon",
										"call$", "phone-screen", "screen$", NULL};
	static const char *const presence[] = {"onsite", "on-site", "on site", "in person", "in-person", "vor ort", NULL};
	static const char *const video[] = {"video", "zoom$",   "teams$", "teams meeting", "google meet", "webex",
										"skype", "hangout", "online", "virtual",       "remote",      NULL};
	guint others = 0;
	for (guint i = 0; i < item->people->len; i++)
		others += ((const ItemPerson *)item->people->pdata[i])->role != ROLE_RECRUITER;
	if (has_any_word(item->summary, panel) || others >= 3)
		return INTERVIEW_PANEL;
	if (has_any_word(item->summary, presence))
		return INTERVIEW_IN_PERSON;
	if (is_number(item->place) || has_any_word(item->place, phone))
		return INTERVIEW_PHONE_SCREEN;
	if (item->video != NULL || has_any_word(item->place, video))
		return INTERVIEW_VIDEO;
	if (item->place != NULL)
		return INTERVIEW_IN_PERSON;
	if (has_any_word(item->summary, video))
		return INTERVIEW_VIDEO;
	return has_any_word(item->summary, phone) ? INTERVIEW_PHONE_SCREEN : WORD_NONE;
}

void guess_interview(Item *item)
{
	guess_roles(item);
	guess_item_company(item);
	item->interview_kind = guess_kind(item);
}
