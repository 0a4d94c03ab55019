/* make-facts.c - builds the facts the draft tests begin with.
 */
#include "make-facts.h"

static void add_people(Facts *facts)
{
	static const struct {
		const char *id, *name, *salutation;
		Role role;
	} people[] = {
		{"finn", "Huck Finn", "Mr. Finn", ROLE_HIRING_MANAGER},
		{"okoro", "Ada Okoro", "Ms. Okoro", ROLE_INTERVIEWER},
		{"lin", "Wei Lin", NULL, ROLE_INTERVIEWER},
		{"moss", "Rita Moss", "Ms. Moss", ROLE_RECRUITER},
	};
	for (guint i = 0; i < G_N_ELEMENTS(people); i++)
		facts_add_person(
			facts, &(Person){
					   .id = (char *)people[i].id,
					   .name = (char *)people[i].name,
					   .salutation = (char *)people[i].salutation,
					   .role = people[i].role});
}

static void add_debrief(Facts *facts)
{
	Debrief *debrief = facts_add_debrief(facts, 0, ELEVEN + HOUR);
	debrief_add_topic(debrief, FINN, "moving the forecast off spreadsheets");
	debrief_add_topic(debrief, FINN, "their plan to open a second office");
	debrief_add_topic(debrief, OKORO, "how she built the data warehouse");
	debrief_add_topic(debrief, LIN, "the churn model I built last year");
	g_ptr_array_add(debrief->strong, g_strdup("the SQL question"));
	g_ptr_array_add(debrief->strong, g_strdup("explaining the churn model"));
	g_ptr_array_add(debrief->weak, g_strdup("the pricing question"));
	g_ptr_array_add(debrief->unsaid, g_strdup("led the billing migration at Initech"));
	g_ptr_array_add(debrief->fit, g_strdup("small team that ships weekly"));
	g_ptr_array_add(debrief->fit, g_strdup("they care about testing"));
	g_ptr_array_add(debrief->fit, g_strdup("Their openness about mistakes"));
}

Facts *make_facts(InterviewKind kind, int with)
{
	g_autoptr(Zone) zone = zone_load("America/Phoenix", NULL);
	Facts *facts = facts_new(zone);
	set_text(&facts->company, "Globex");
	set_text(&facts->position, "Data analyst");
	set_text(&facts->me.name, "Ana Reyes");
	set_text(&facts->me.email, "ana@example.net");
	set_text(&facts->me.phone, "+1 602 555 0142");
	set_text(&facts->me.linkedin, "https://linkedin.example/in/ana");
	g_ptr_array_add(facts->me.skills, g_strdup("SQL"));
	g_ptr_array_add(facts->me.skills, g_strdup("forecasting"));
	g_ptr_array_add(facts->requirements, g_strdup("advanced SQL"));
	g_ptr_array_add(facts->requirements, g_strdup("clear writing"));
	add_people(facts);
	Interview *interview = facts_add_interview(
		facts, &(Interview){
				   .id = (char *)"onsite",
				   .kind = kind,
				   .start = ELEVEN - HOUR,
				   .end = ELEVEN,
				   .promise = {.decision_by = TUESDAY + 10, .follow_up_after = DAY_NONE}});
	for (int i = 0; i < with; i++)
		g_array_append_val(interview->with, i);
	add_debrief(facts);
	return facts;
}

unsigned must_of(StepKind step)
{
	static const unsigned musts[STEP_COUNT] = {
		[STEP_THANK_YOU] =
			1u << MUST_THANKS | 1u << MUST_SPECIFIC | 1u << MUST_INTEREST | 1u << MUST_FIT | 1u << MUST_OWN_NAME,
		[STEP_CARD] = 1u << MUST_THANKS,
		[STEP_CONNECT] = 1u << MUST_THANKS,
		[STEP_ADDITIONAL_INFO] = 1u << MUST_NEW_DETAIL,
		[STEP_SECOND_NOTE] = 1u << MUST_FIT | 1u << MUST_SKILLS | 1u << MUST_NEW_DETAIL | 1u << MUST_ASK_DECISION |
							 1u << MUST_OFFER_INFO,
		[STEP_CHECK_IN] = 1u << MUST_ASK_DECISION | 1u << MUST_OFFER_INFO | 1u << MUST_FIT,
		[STEP_FINAL_CHECK] = 1u << MUST_ASK_DECISION | 1u << MUST_OFFER_INFO | 1u << MUST_FIT,
		[STEP_THANK_FOR_ANSWER] = 1u << MUST_THANKS | 1u << MUST_NO_FEEDBACK_REQUEST,
	};
	return musts[step];
}

DraftRequest make_request(const Facts *facts, StepKind step, int channel, int to)
{
	DraftRequest request = DRAFT_REQUEST_INIT;
	request.facts = facts;
	request.step = step;
	request.channel = channel;
	request.to = to;
	request.must = must_of(step);
	request.now = ELEVEN + 2 * HOUR;
	if (step == STEP_GET_CONTACT) {
		request.about = to;
		request.to = MOSS;
	}
	return request;
}

DraftNote *compose(const DraftRequest *request)
{
	g_autoptr(GError) error = NULL;
	DraftNote *note = NULL;
	bool ok = draft_compose(request, &note, &error);
	g_assert_no_error(error);
	g_assert_true(ok);
	return note;
}

char *join_gaps(const DraftNote *note)
{
	GString *text = g_string_new(NULL);
	for (guint i = 0; i < note->gaps->len; i++)
		g_string_append_printf(text, "%s%s", i > 0 ? "|" : "", (const char *)g_ptr_array_index(note->gaps, i));
	return g_string_free(text, FALSE);
}

void set_text(char **place, const char *text)
{
	g_free(*place);
	*place = g_strdup(text);
}
