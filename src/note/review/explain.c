/* explain.c - what each rule teaches: a paragraph, a bad line, a good one.
 *
 * Shown to a person who asks why; nothing else reads it.
 */
#include <note/review.h>

#define LESSON(why, bad, good) why "\n\n  not: " bad "\n  but: " good "\n"

/* long: one lesson a rule */
const char *review_explain(ReviewRule rule)
{
	static const char *const lessons[REVIEW_RULE_COUNT] = {
		[REVIEW_WRONG_NAME] = LESSON(
			"A name is the first thing a reader sees, and the one word they cannot misread. The greeting is held "
			"against the person "
			"the note goes to, the signature against you, every other name against all that are on record, other "
			"opportunities' "
			"too. Short forms of a name pass; a wrong title (Ms. for Mr.) does not.",
			"Dear Jon, (to John Hale)", "Dear John,"),
		[REVIEW_WRONG_COMPANY] = LESSON(
			"Nothing says \"I wrote this for somebody else\" like another company's name. Companies of your other "
			"opportunities are "
			"found anywhere, a misspelt name of this one too, and any name that stands where the reader's company "
			"must.",
			"I would be glad to join Initech. (to Globex)", "I would be glad to join Globex."),
		[REVIEW_WRONG_POSITION] = LESSON(
			"The title of another job makes the reader wonder which one you want. A shorter form of the right title "
			"passes; a "
			"further rank or another field does not.",
			"Thank you for considering me for the Data scientist role. (it is Data analyst)",
			"Thank you for considering me for the analyst role."),
		[REVIEW_PLACEHOLDER] = LESSON(
			"Brackets, crosses and \"Your Name\" are what a template leaves for you to fill in. None may leave the "
			"house.",
			"Thank you for our talk about [topic].", "Thank you for our talk about the night shifts."),
		[REVIEW_WRONG_DAY] = LESSON(
			"Days are held against the calendar, against the interviews where the sentence speaks of the talk, and "
			"against the "
			"promised date where it speaks of the decision. \"Today\" in a note that leaves tomorrow is wrong by then.",
			"Thank you for meeting me on Tuesday. (it was Wednesday)", "Thank you for meeting me on Wednesday."),
		[REVIEW_MISSING_ATTACHMENT] = LESSON(
			"A note that announces a file must carry it; the second mail, with the file, is the one people remember.",
			"The plan is attached. (and no file is)", "The plan is attached. (and it is)"),
		[REVIEW_MISSING_THANKS] = LESSON(
			"Someone gave you an hour. Say thank you in a sentence of its own; \"Thanks,\" above the signature is a "
			"closing.",
			"It was an interesting hour.", "Thank you for the hour you took for me."),
		[REVIEW_MISSING_SPECIFIC] = LESSON(
			"One thing that only the two of you talked about shows that you listened, and brings the talk back to "
			"mind. A topic of "
			"your debrief counts, in other words too.",
			"I enjoyed our conversation.", "I keep thinking about the wall of sticky notes behind your ward plan."),
		[REVIEW_MISSING_INTEREST] = LESSON(
			"Readers do not guess. Say in a sentence that you would like the job.", "It was good to see the office.",
			"Having seen the office, I would like the job even more."),
		[REVIEW_MISSING_FIT] = LESSON(
			"Between candidates who can do the work, fit decides. Say what of theirs meets what of yours: a way of "
			"working, an "
			"aim, a problem you have met before.",
			"I have worked hard all my life.", "You plan in the open, and that is how I work best."),
		[REVIEW_MISSING_SKILLS] = LESSON(
			"A second note reminds the reader what you can do; name the skill that the job calls for.",
			"I am a quick learner.", "I have written SQL daily for six years."),
		[REVIEW_MISSING_NEW_DETAIL] = LESSON(
			"A further note earns its place with something that was not said in the interview.",
			"I wanted to write again.", "One thing I did not get to say: I ran a small lab's stock for a year."),
		[REVIEW_MISSING_QUESTION] = LESSON(
			"The question is why this note is written; ask it plainly, once.", "I am just checking in.",
			"Could you tell me how the decision stands?"),
		[REVIEW_MISSING_OFFER_INFO] = LESSON(
			"Offer what might help them decide; it turns a question into a service.", "Is there any news?",
			"Is there any news? I can send references or samples of my work."),
		[REVIEW_MISSING_CARD_MENTION] = LESSON(
			"A card that is on its way works twice when the mail mentions it.", "Thank you again.",
			"A card with my thanks is in the post as well."),
		[REVIEW_MISSING_OWN_NAME] = LESSON(
			"After a round of short calls your reader may not know which one you were; give your full name.",
			"We spoke this morning.", "This is Ana Reyes; we spoke this morning."),
		[REVIEW_MISSING_SUBJECT] = LESSON(
			"A mail without a subject looks like a mistake. Name the interview in a few words.", "(no subject)",
			"Thank you for Tuesday's interview"),
		[REVIEW_MISSING_SIGNATURE] = LESSON(
			"End with your name, even where the address shows it.", "Kind regards, (and nothing)",
			"Kind regards, Ana Reyes"),
		[REVIEW_PUSHY] = LESSON(
			"A reader under pressure decides against you. Ask once, name no deadline of yours, count no messages.",
			"I need an answer by Friday.", "I would be glad to hear how the decision stands when you know more."),
		[REVIEW_DESPERATE] = LESSON(
			"Need gives the reader no reason to choose you, and makes a no harder to say. What you bring does.",
			"I really need this job.", "I would bring six years of planning to it."),
		[REVIEW_PRESUMPTUOUS] = LESSON(
			"The decision is theirs until they say it. Write \"would\", not \"will\".",
			"When I start, I will redo the reports.", "I would like to start with the reports."),
		[REVIEW_NEGATIVE] = LESSON(
			"Ill words about yourself are remembered without their excuse; ill words about an employer make the reader "
			"think they "
			"may be next. Put right what matters by giving the better answer.",
			"I know I did badly on the SQL question.",
			"On the SQL question, a window function would do it in one pass."),
		[REVIEW_FEEDBACK_PRESSURE] = LESSON(
			"After a no, a request for reasons asks for work and risks an argument. Thanks alone keeps the door open; "
			"who wants "
			"to tell you more will.",
			"Could you tell me why I was not chosen?",
			"Thank you for letting me know, and for the time you all gave me."),
		[REVIEW_INFORMAL] = LESSON(
			"Be warm, but write as to somebody you have met once.", "Hey! Your office is super cool :)",
			"Thank you for showing me the workshop."),
		[REVIEW_STIFF] = LESSON(
			"Words nobody says aloud put a wall between you and the reader.", "I hereby convey my deepest gratitude.",
			"Thank you very much."),
		[REVIEW_SHOUTING] = LESSON(
			"Capitals and rows of marks raise the voice. One exclamation mark goes a long way.", "I am SO excited!!!",
			"I am excited about this."),
		[REVIEW_OVERCLAIMING] = LESSON(
			"Claims nobody can check cost belief in those that are true. Give an example.",
			"I am the perfect candidate.", "At Initrode I cut the monthly close from nine days to five."),
		[REVIEW_TOO_LONG] = LESSON(
			"A thank-you is read standing. A card has room for 40 to 70 words, a LinkedIn note for 200 characters, "
			"a mail for what fits one screen.",
			"(three screens)", "(five sentences)"),
		[REVIEW_TOO_SHORT] = LESSON(
			"Two lines look like duty. A sentence about the talk makes it a note.", "Thanks for your time. Ana",
			"(thanks, one thing from the talk, and that you would like the job)"),
		[REVIEW_GENERIC] = LESSON(
			"A note that would fit any interview says that any job would do.",
			"Thank you for the opportunity to learn more about the position.",
			"Thank you for walking me through a month end as your team lives it."),
		[REVIEW_ALIKE] = LESSON(
			"People of one panel sit together; they compare. Each note needs its own words, not only its own name.",
			"(the same note thrice)", "(to each, what you talked about with them)"),
		[REVIEW_REPEATED] = LESSON(
			"The same opening thrice, or a phrase twice, reads as if nobody had read it over.",
			"I am glad … I am sure … I am ready …", "I am glad … Your plan … If it helps, I …"),
		[REVIEW_SPELLING] = LESSON(
			"American and British spelling both pass, and so do names and words of your facts.",
			"I recieved your mail.", "I received your mail."),
		[REVIEW_GRAMMAR] = LESSON(
			"Agreement, articles, forms and words that sound alike: what a dictionary cannot see.",
			"I look forward to hear from you.", "I look forward to hearing from you."),
		[REVIEW_PUNCTUATION] = LESSON(
			"Spaces, capitals, full stops, brackets: small slips that look like haste.",
			"Thank you for your time ,i enjoyed it", "Thank you for your time. I enjoyed it."),
	};
	return rule < REVIEW_RULE_COUNT ? lessons[rule] : NULL;
}
