/* template-variables.c - the variables of message templates: what each holds, in a line.
 *
 * The drafts give every one of them a value, so that a template is checked by names alone.  docs/rooms/note.md lists
 * the same.
 */
#include "template-private.h"

#include <string.h>

#define GAP ", else a gap"

static const TemplateVariable variables[] = {
	{"about", "whose address is asked for (get-contact)" GAP},
	{"about_lacks", "what is missing of them: e-mail address, postal address"},
	{"absent", "true if the person was not in the interview"},
	{"again", "true from the second attempt at a step on"},
	{"asks_decision", "true if the closing statement asks when a decision can be expected"},
	{"asks_follow_up", "true if the closing statement asks when to follow up"},
	{"card_goes_along", "true if the e-mail has to mention a card"},
	{"card_sent", "true if a card to this person is on record"},
	{"company", "the company, without Inc. and the like"},
	{"day", "the interview's day: Tuesday, or the 3rd, or 3 November" GAP},
	{"decision_ahead", "true if a decision day was named that has not come yet"},
	{"decision_day", "the day by which they decide" GAP},
	{"decision_past", "true if a decision day was named and is over"},
	{"fit", "what makes them and me suit each other, as noted; fits after a colon" GAP},
	{"fit_mine", "the fit where it is something I would bring: five years of SQL" GAP},
	{"fit_own", "true if the fit speaks of me: my background in teaching"},
	{"fit_phrase", "the fit where it is something of theirs that fits after \"because of\"" GAP},
	{"fit_setting", "the fit where it is a place to work in: a small team that ships weekly" GAP},
	{"follow_up_ahead", "true if a day from which to ask was named that has not come yet"},
	{"follow_up_day", "the day from which they want to be asked" GAP},
	{"follow_up_past", "true if a day from which to ask was named and has come"},
	{"has_requirements", "true if what the position calls for is on record"},
	{"in_person", "true after an interview on site with one person"},
	{"met", "true if the person was in the interview"},
	{"month", "the interview's month: November" GAP},
	{"must_ask_decision", "true if the note has to ask for the decision"},
	{"must_fit", "true if the note has to show fit"},
	{"must_interest", "true if the note has to show interest"},
	{"must_mentions_card", "true if the note has to mention the card"},
	{"must_new_detail", "true if the note has to bring a new detail"},
	{"must_no_feedback_request", "true if the note must not ask for feedback"},
	{"must_offer_info", "true if the note has to offer information"},
	{"must_own_name", "true if the note has to say who writes"},
	{"must_skills", "true if the note has to name skills"},
	{"must_specific", "true if the note has to recall something specific"},
	{"must_thanks", "true if the note has to thank"},
	{"my_email", "my e-mail address" GAP},
	{"my_linkedin", "my LinkedIn address" GAP},
	{"my_name", "my name" GAP},
	{"my_phone", "my phone number" GAP},
	{"name", "the person's full name" GAP},
	{"new_date", "true if the dates in force were said after the interview"},
	{"panel", "true after a panel interview"},
	{"phone_screen", "true after a phone screen"},
	{"position", "the position: Data analyst" GAP},
	{"previous_subject", "the subject of the message this one continues" GAP},
	{"recruits", "true if the person is a recruiter or in HR"},
	{"requirements", "up to three things the position calls for" GAP},
	{"role", "the position with the word role behind it: Data analyst role" GAP},
	{"salutation", "how the person is addressed: Mr. Finn" GAP},
	{"say_detail", "true if a detail left unsaid is known, or a new one has to be brought"},
	{"say_fit", "true if fit is known, or has to be shown"},
	{"several", "true if others took part in the interview too"},
	{"skills", "up to three skills of mine, those that answer what the position calls for first" GAP},
	{"skills_all", "true if these skills are all that the position calls for"},
	{"skills_match", "true if these skills answer something the position calls for"},
	{"strong", "an answer that went well, as noted" GAP},
	{"strong_doing", "the same where it begins with a verb in -ing" GAP},
	{"strong_phrase", "the same where it fits after \"about\"" GAP},
	{"talk",
	 "our phone conversation, our conversation, the panel interview; my interview where the person was not in it"},
	{"thanked", "true if a thank-you to this person is on record"},
	{"topic", "something talked about with this person, as noted; fits after a colon" GAP},
	{"topic2", "a second topic" GAP},
	{"topic2_mine", "true if the second topic speaks of me"},
	{"topic2_phrase", "the second topic where it fits after \"about\"" GAP},
	{"topic_long", "true if the topic is better not followed by more words: it has over twelve"},
	{"topic_mine", "true if the topic speaks of me: the model I built"},
	{"topic_phrase", "the topic where it fits after \"about\"" GAP},
	{"unsaid", "a detail not mentioned yet, as noted; fits after a colon" GAP},
	{"unsaid2", "a second one" GAP},
	{"unsaid_phrase", "the first one where it fits after \"about\"" GAP},
	{"video", "true after a video call"},
	{"weak", "an answer to come back to, as noted" GAP},
	{"weak_phrase", "the same where it fits after \"about\" and is worth coming back to" GAP},
	{"when", "today, or on Tuesday, or on the 3rd, or on 3 November: the interview's day" GAP},
	{NULL, NULL},
};

const TemplateVariable *template_list_variables(void)
{
	return variables;
}

bool template_has_variable(const char *name)
{
	guint low = 0, high = G_N_ELEMENTS(variables) - 1;
	while (low < high) {
		guint middle = (low + high) / 2;
		int order = strcmp(name, variables[middle].name);
		if (order == 0)
			return true;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return false;
}
