/* words.h - the closed vocabularies of the facts and the plan, and their spelling in JSON, playbooks and the database.
 *
 * The spelling is the contract: it never changes.  Each set ends in a _COUNT; "none" is -1.
 */
#pragma once

#define WORD_NONE (-1)

typedef enum {
	CHANNEL_EMAIL,
	CHANNEL_CALL,
	CHANNEL_CARD,
	CHANNEL_LINKEDIN,
	CHANNEL_HAND_DELIVERED,
	CHANNEL_COUNT
} Channel;

typedef enum { ROLE_HIRING_MANAGER, ROLE_INTERVIEWER, ROLE_RECRUITER, ROLE_HR, ROLE_OTHER, ROLE_COUNT } Role;

typedef enum {
	INTERVIEW_PHONE_SCREEN,
	INTERVIEW_VIDEO,
	INTERVIEW_IN_PERSON,
	INTERVIEW_PANEL,
	INTERVIEW_KIND_COUNT
} InterviewKind;

typedef enum { PACE_NORMAL, PACE_FAST, PACE_COUNT } Pace;

typedef enum { STAGE_UNKNOWN, STAGE_EARLY, STAGE_NEAR_END, STAGE_COUNT } Stage;

typedef enum {
	STEP_PREPARE_CLOSE,
	STEP_DEBRIEF,
	STEP_SOUND_OUT,
	STEP_THANK_YOU,
	STEP_CARD,
	STEP_CONNECT,
	STEP_GET_CONTACT,
	STEP_ADDITIONAL_INFO,
	STEP_SECOND_NOTE,
	STEP_CHECK_IN,
	STEP_FINAL_CHECK,
	STEP_THANK_FOR_ANSWER,
	STEP_KEEP_IN_TOUCH,
	STEP_COUNT
} StepKind;

typedef enum {
	EVENT_SENT,
	EVENT_CALLED,
	EVENT_REPLY,
	EVENT_AUTO_REPLY,
	EVENT_BOUNCED,
	EVENT_SOUNDED_OUT,
	EVENT_PROMISE,
	EVENT_OFFER,
	EVENT_REJECTED,
	EVENT_WITHDRAWN,
	EVENT_REOPENED,
	EVENT_COUNT
} EventKind;

typedef enum {
	CALL_REACHED,
	CALL_MESSAGE_LEFT,
	CALL_CALL_BACK,
	CALL_WILL_CONTACT,
	CALL_NO_ANSWER,
	CALL_RESULT_COUNT
} CallResult;

typedef enum { SAYS_OTHER, SAYS_MORE_TIME, SAYS_NEXT_ROUND, SAYS_OFFER, SAYS_REJECTION, SAYS_COUNT } Says;

typedef enum {
	MUST_THANKS,
	MUST_SPECIFIC,
	MUST_INTEREST,
	MUST_FIT,
	MUST_SKILLS,
	MUST_NEW_DETAIL,
	MUST_OWN_NAME,
	MUST_MENTIONS_CARD,
	MUST_ASK_DECISION,
	MUST_OFFER_INFO,
	MUST_NO_FEEDBACK_REQUEST,
	MUST_COUNT
} Must;

typedef enum {
	WORDS_CHANNEL,
	WORDS_ROLE,
	WORDS_INTERVIEW_KIND,
	WORDS_PACE,
	WORDS_STAGE,
	WORDS_STEP,
	WORDS_EVENT,
	WORDS_CALL_RESULT,
	WORDS_SAYS,
	WORDS_MUST,
	WORDS_SET_COUNT
} WordSet;

/* The spelling of a value ("hand-delivered"); NULL where value is none or out of range; static. */
const char *word_text(WordSet set, int value);

/* The value a spelling stands for, or WORD_NONE. */
int word_find(WordSet set, const char *text);

/* How many words a set has. */
int word_count(WordSet set);

/* All spellings of a set as a person reads them: "email, call, card, linkedin or hand-delivered". Free with g_free. */
char *word_list(WordSet set);
