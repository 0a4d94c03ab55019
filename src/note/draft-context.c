/* draft-context.c - gives every template variable its value, or the gap that shows in its place.
 *
 * A gap says in plain words what the user should put there.  Values are texts only: what stands in the facts is never
 * read as a template.
 */
#include "draft-context.h"

#include <string.h>

/* After this hour a note written today may well leave tomorrow, so that "today" would be wrong. */
#define TODAY_UNTIL (16 * 3600)

/* A longer phrase has to stand at the end of its sentence. */
#define WORDS_BEFORE_MORE 12

/* A text, or where it is NULL the gap that asks for it. */
static void put(MustacheValue *context, const char *key, const char *text, const char *gap)
{
	if (text != NULL && text[0] != '\0') {
		mustache_object_set_string(context, key, text);
		return;
	}
	g_autofree char *shown = g_strconcat(GAP_OPEN, gap, GAP_CLOSE, NULL);
	mustache_object_take(context, key, mustache_value_new_missing(shown));
}

static void put_bool(MustacheValue *context, const char *key, bool value)
{
	mustache_object_set_bool(context, key, value);
}

/* ---- people ---- */

static const char *gap_for_reader(const DraftRequest *request)
{
	return request->step == STEP_GET_CONTACT ? "name of your contact in recruiting or HR" : "who you are writing to";
}

/* "Dear Mr. Finn," as it stands behind a greeting of ours. Free with g_free. */
static char *say_address(const Person *person)
{
	static const char *const greetings[] = {"Dear ", "Hello ", "Hi "};
	const char *form = person_get_address_form(person);
	for (guint i = 0; i < G_N_ELEMENTS(greetings); i++)
		if (g_ascii_strncasecmp(form, greetings[i], strlen(greetings[i])) == 0) {
			form += strlen(greetings[i]);
			break;
		}
	char *said = g_strdup(form);
	gsize length = strlen(said);
	while (length > 0 && strchr(",: ", said[length - 1]) != NULL)
		said[--length] = '\0';
	return said;
}

static void put_reader(MustacheValue *context, const Substance *substance)
{
	const DraftRequest *request = substance->request;
	const Person *person = substance->to != NOBODY ? facts_person(request->facts, substance->to) : NULL;
	g_autofree char *address = person != NULL ? say_address(person) : NULL;
	put(context, "name", person != NULL ? person->name : NULL, gap_for_reader(request));
	put(context, "salutation", address, gap_for_reader(request));
	put_bool(context, "recruits", person != NULL && (person->role == ROLE_RECRUITER || person->role == ROLE_HR));
}

static void put_about(MustacheValue *context, const DraftRequest *request)
{
	const Person *about = request->about != NOBODY ? facts_person(request->facts, request->about) : NULL;
	g_autofree char *address = about != NULL ? say_address(about) : NULL;
	put(context, "about", address, "whose address you need");
	bool postal = about != NULL && about->email != NULL && about->address == NULL;
	put(context, "about_lacks", postal ? "postal address" : "e-mail address", "");
}

static void put_me(MustacheValue *context, const Facts *facts)
{
	put(context, "my_name", facts->me.name, "your name");
	put(context, "my_email", facts->me.email, "your e-mail address");
	put(context, "my_phone", facts->me.phone, "your phone number");
	put(context, "my_linkedin", facts->me.linkedin, "your LinkedIn address");
}

/* ---- the opportunity ---- */

/* "Data analyst role", or the position as it is where it says so itself ("Summer internship"). */
static char *name_role(const char *position)
{
	static const char *const nouns[] = {"role",           "position",    "job",        "post",      "internship",
										"apprenticeship", "traineeship", "fellowship", "residency", "placement"};
	const char *space = strrchr(position, ' ');
	const char *last = space != NULL ? space + 1 : position;
	for (guint i = 0; i < G_N_ELEMENTS(nouns); i++)
		if (g_ascii_strcasecmp(last, nouns[i]) == 0)
			return g_strdup(position);
	return g_strconcat(position, " role", NULL);
}

/* The position as it is said: "Data analyst (m/f/d)" without the brackets, "the Head of Sales" without its article.
 * Free with g_free. */
static char *say_position(const char *position)
{
	const char *start = g_ascii_strncasecmp(position, "the ", 4) == 0 ? position + 4 : position;
	const char *bracket = g_str_has_suffix(start, ")") ? strrchr(start, '(') : NULL;
	char *said = bracket != NULL && bracket > start ? g_strndup(start, (gsize)(bracket - start)) : g_strdup(start);
	return g_strchomp(said);
}

/* The company as people say it: "Globex" for "Globex, Inc.". Free with g_free. */
static char *say_company(const char *company)
{
	static const char *const forms[] = {" Inc.", " Inc",  " LLC",    " L.L.C.",  " Ltd.", " Ltd",  " Limited", " GmbH",
										" AG",   " PLC",  " plc",    " Corp.",   " Corp", " B.V.", " S.A.",    " SA",
										" SE",   " LLP",  " N.V.",   " S.r.l.",  " Oy",   " AB",   " A/S",     " Pty",
										" SAS",  " SARL", " S.p.A.", " Pty Ltd", " KG"};
	char *said = g_strdup(company);
	for (guint i = 0; i < G_N_ELEMENTS(forms); i++) {
		gsize length = strlen(said), form = strlen(forms[i]);
		if (length <= form + 1 || !g_str_has_suffix(said, forms[i]))
			continue;
		said[length - form] = '\0';
		if (g_str_has_suffix(said, ","))
			said[length - form - 1] = '\0';
	}
	return said;
}

static void put_opportunity(MustacheValue *context, const Substance *substance)
{
	const Facts *facts = substance->request->facts;
	g_autofree char *company = facts->company != NULL ? say_company(facts->company) : NULL;
	g_autofree char *position = facts->position != NULL ? say_position(facts->position) : NULL;
	g_autofree char *role = position != NULL ? name_role(position) : NULL;
	put(context, "company", company, "name of the company");
	put(context, "position", position, "name of the position");
	put(context, "role", role, "name of the position");
	put(context, "requirements", substance->requirements, "what the position calls for");
	put(context, "skills", substance->skills, "skills of yours that the position calls for");
	put_bool(context, "skills_match", substance->skills_match);
	put_bool(
		context, "skills_all", substance->skills_match && g_strcmp0(substance->skills, substance->requirements) == 0);
	put_bool(context, "has_requirements", substance->requirements != NULL);
}

/* ---- the interview ---- */

static const char *name_talk(const Substance *substance)
{
	if (!substance->met)
		return "my interview";
	switch (facts_interview(substance->request->facts, substance->interview)->kind) {
	case INTERVIEW_PHONE_SCREEN:
		return "our phone conversation";
	case INTERVIEW_PANEL:
		return "the panel interview";
	default:
		return "our conversation";
	}
}

/* "today" in what is read or heard the same day, else "on Tuesday". */
static char *say_when(const Substance *substance, const char *day)
{
	const DraftRequest *request = substance->request;
	bool same_day =
		request->channel == CHANNEL_CALL || (request->channel == CHANNEL_EMAIL && substance->second < TODAY_UNTIL);
	return substance->held == substance->today && same_day ? g_strdup("today") : g_strdup_printf("on %s", day);
}

static void put_interview(MustacheValue *context, const Substance *substance)
{
	const Facts *facts = substance->request->facts;
	bool known = substance->interview != NO_INTERVIEW;
	int kind = known ? (int)facts_interview(facts, substance->interview)->kind : WORD_NONE;
	bool lasting = substance->request->channel == CHANNEL_CARD;
	g_autofree char *day = known ? say_day(facts, substance->held, substance->today, lasting) : NULL;
	g_autofree char *when = known ? say_when(substance, day) : NULL;
	put(context, "day", day, "day of the interview");
	put(context, "when", when, "day of the interview");
	put(context, "month", known ? month_name(civil_from_day(substance->held).month) : NULL, "month of the interview");
	put(context, "talk", name_talk(substance), "");
	put_bool(context, "phone_screen", kind == INTERVIEW_PHONE_SCREEN);
	put_bool(context, "video", kind == INTERVIEW_VIDEO);
	put_bool(context, "in_person", kind == INTERVIEW_IN_PERSON);
	put_bool(context, "panel", kind == INTERVIEW_PANEL);
	put_bool(context, "met", substance->met);
	put_bool(context, "absent", known && !substance->met);
	put_bool(context, "several", known && facts_interview(facts, substance->interview)->with->len > 1);
}

/* A day they named. By its weekday only where that cannot be taken for the day of the talk, for today, or, when its
 * week is over, for the next day of that name: then by its date. Free with g_free. */
static char *say_promised(const Substance *substance, Day day)
{
	const Facts *facts = substance->request->facts;
	bool lasting = substance->request->channel == CHANNEL_CARD;
	bool same = substance->held != DAY_NONE && day_weekday(day) == day_weekday(substance->held);
	Day monday = substance->today - (day_weekday(substance->today) - 1);
	return same || day == substance->today || day < monday ? say_date(facts, day, substance->today, lasting)
														   : say_day(facts, day, substance->today, lasting);
}

static void put_promise(MustacheValue *context, const Substance *substance)
{
	Day decision = substance->promise.decision_by, follow_up = substance->promise.follow_up_after;
	Day today = substance->today;
	bool decides = decision != DAY_NONE, asks = follow_up != DAY_NONE;
	g_autofree char *decision_day = decides ? say_promised(substance, decision) : NULL;
	g_autofree char *follow_up_day = asks ? say_promised(substance, follow_up) : NULL;
	put(context, "decision_day", decision_day, "day by which they decide");
	put(context, "follow_up_day", follow_up_day, "day from which they want to be asked");
	put_bool(context, "decision_ahead", decides && decision > today);
	put_bool(context, "decision_past", decides && decision < today);
	put_bool(context, "follow_up_ahead", asks && follow_up > today);
	put_bool(context, "follow_up_past", asks && follow_up <= today);
	put_bool(context, "new_date", substance->promised_later);
}

/* ---- the debrief ---- */

static guint count_words(const char *text)
{
	g_auto(GStrv) words = g_strsplit(text != NULL ? text : "", " ", -1);
	return g_strv_length(words);
}

/* A text that leaves room for the rest of its sentence, else NULL. */
static const char *few(const char *text)
{
	return count_words(text) > WORDS_BEFORE_MORE ? NULL : text;
}

static void put_fragments(MustacheValue *context, const Substance *substance)
{
	const DraftRequest *request = substance->request;
	int reader = request->step == STEP_GET_CONTACT ? request->about : substance->to;
	g_autofree char *form = reader != NOBODY ? say_address(facts_person(request->facts, reader)) : g_strdup("them");
	g_autofree char *topic_gap = g_strdup_printf("something you talked about with %s", form);
	g_autofree char *company = say_company(request->facts->company);
	g_autofree char *fit_gap = g_strdup_printf("what makes %s a good fit for you", company);
	bool mine = substance->fit.mine && substance->fit.doing == NULL;
	bool definite = fragment_is_definite(&substance->fit) && !substance->fit.setting;
	const struct {
		const char *key, *text, *gap;
	} texts[] = {
		{"topic", substance->topic.text, topic_gap},
		{"topic_phrase", substance->topic.phrase, topic_gap},
		{"topic2", substance->topic2.text, "something else you talked about"},
		{"topic2_phrase", few(substance->topic2.phrase), "something else you talked about"},
		{"fit", substance->fit.text, fit_gap},
		{"fit_phrase", definite && !mine ? substance->fit.phrase : NULL, fit_gap},
		{"fit_mine", mine && !substance->fit.setting ? substance->fit.phrase : NULL, fit_gap},
		{"fit_setting", substance->fit.setting ? substance->fit.phrase : NULL, fit_gap},
		{"strong", substance->strong.text, "an answer of yours that went well"},
		{"strong_phrase", few(substance->strong.phrase), "an answer of yours that went well"},
		{"strong_doing", few(substance->strong.doing), "an answer of yours that went well"},
		{"weak", substance->weak.text, "an answer you would like to come back to"},
		{"weak_phrase", fragment_is_settled(&substance->weak) ? NULL : substance->weak.phrase,
		 "an answer you would like to come back to"},
		{"unsaid", substance->unsaid.text, "a detail you have not mentioned yet"},
		{"unsaid_phrase", substance->unsaid.phrase, "a detail you have not mentioned yet"},
		{"unsaid2", substance->unsaid2.text, "another detail you have not mentioned yet"},
	};
	for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
		put(context, texts[i].key, texts[i].text, texts[i].gap);
	put_bool(context, "topic_long", count_words(substance->topic.text) > WORDS_BEFORE_MORE);
	put_bool(context, "topic_mine", substance->topic.mine);
	put_bool(context, "topic2_mine", substance->topic2.mine);
	put_bool(context, "fit_own", substance->fit.mine);
}

/* ---- the request ---- */

static void put_must(MustacheValue *context, unsigned must)
{
	for (int i = 0; i < MUST_COUNT; i++) {
		g_autofree char *key = g_strconcat("must_", word_text(WORDS_MUST, i), NULL);
		g_strdelimit(key, "-", '_');
		put_bool(context, key, (must >> i) & 1);
	}
}

/* The subject without the "Re:" it may already begin with. */
static const char *skip_reply_marks(const char *subject)
{
	while (subject != NULL && (*subject == ' ' || g_ascii_strncasecmp(subject, "re:", 3) == 0))
		subject += *subject == ' ' ? 1 : 3;
	return subject;
}

static void put_request(MustacheValue *context, const Substance *substance)
{
	const DraftRequest *request = substance->request;
	bool neither = !request->asks_decision_date && !request->asks_follow_up_date;
	put_must(context, request->must);
	put_bool(context, "say_detail", substance->unsaid.text != NULL || (request->must >> MUST_NEW_DETAIL) & 1);
	put_bool(context, "say_fit", substance->fit.text != NULL || (request->must >> MUST_FIT) & 1);
	put_bool(context, "card_goes_along", (request->must >> MUST_MENTIONS_CARD) & 1);
	put_bool(context, "card_sent", substance->card_sent);
	put_bool(context, "thanked", substance->thanked);
	put_bool(context, "again", request->attempt > 1);
	put_bool(context, "asks_decision", request->asks_decision_date || neither);
	put_bool(context, "asks_follow_up", request->asks_follow_up_date || neither);
	put(context, "previous_subject", skip_reply_marks(request->previous_subject), "subject of your earlier message");
}

MustacheValue *context_new(const Substance *substance)
{
	MustacheValue *context = mustache_value_new_object();
	put_reader(context, substance);
	put_about(context, substance->request);
	put_me(context, substance->request->facts);
	put_opportunity(context, substance);
	put_interview(context, substance);
	put_promise(context, substance);
	put_fragments(context, substance);
	put_request(context, substance);
	return context;
}
