/* op-table.c - the one table of what the program can do.
 *
 * Commands, options, help, completion and forms are all read from here.
 */
#include "foreign-file.h"
#include "intake.h"
#include "ops.h"
#include "part-args.h"

#define END                                                                                                            \
	{                                                                                                                  \
		NULL, PARAM_TEXT, 0, NULL, NULL                                                                                \
	}
#define OPPORTUNITY(flags)                                                                                             \
	{                                                                                                                  \
		"opportunity", PARAM_OPPORTUNITY, PARAM_POSITIONAL | (flags),                                                  \
			"the company, or the start of its name, or #NUMBER", NULL                                                  \
	}
#define PERSON                                                                                                         \
	{                                                                                                                  \
		"person", PARAM_PERSON, PARAM_POSITIONAL, "a person's name or id, or the start of it", NULL                    \
	}
#define STEP                                                                                                           \
	{                                                                                                                  \
		"step", PARAM_WORD, 0, "which step", step_words                                                                \
	}
#define CHANNEL                                                                                                        \
	{                                                                                                                  \
		"channel", PARAM_WORD, 0, "on which channel", channel_words                                                    \
	}
#define DRAFT                                                                                                          \
	{                                                                                                                  \
		"draft", PARAM_INT, 0, "which note, by its id in the JSON of show", NULL                                       \
	}
#define LINKEDIN_CHARACTERS                                                                                            \
	{                                                                                                                  \
		"linkedin-characters", PARAM_INT, 0, "what LinkedIn takes: 200, or 300 with a paid account", NULL              \
	}
#define PLAYBOOK                                                                                                       \
	{                                                                                                                  \
		"playbook", PARAM_TEXT, 0, "a playbook's name, or its file", NULL                                              \
	}

static const char *const step_words[] = {"prepare-close", "debrief",  "sound-out",   "thank-you",
										 "card",          "connect",  "get-contact", "additional-info",
										 "second-note",   "check-in", "final-check", "thank-for-answer",
										 "keep-in-touch", NULL};
static const char *const channel_words[] = {"email", "call", "card", "linkedin", "hand-delivered", NULL};
static const char *const role_words[] = {"hiring-manager", "interviewer", "recruiter", "hr", "other", NULL};
static const char *const kind_words[] = {"phone-screen", "video", "in-person", "panel", NULL};
static const char *const pace_words[] = {"normal", "fast", NULL};
static const char *const stage_words[] = {"unknown", "early", "near-end", NULL};
static const char *const result_words[] = {"reached", "message-left", "call-back", "will-contact", "no-answer", NULL};
static const char *const says_words[] = {"other", "more-time", "next-round", "offer", "rejection", NULL};
static const char *const outcome_words[] = {"offer", "rejected", "withdrawn", "reopened", NULL};
static const char *const format_words[] = {"text", "json", NULL};
static const char *const export_format_words[] = {"json", "csv", "vcard", NULL};
static const char *const draft_format_words[] = {"text", "json", "eml", NULL};
static const char *const answer_words[] = {"sent", "not-sent", NULL};
static const char *const topic_words[] = {"show",      "me",     "mail", "inbox", "calendar",
										  "reminders", "review", "desk", NULL};
static const char *const yes_words[] = {"yes", "no", NULL};
static const char *const calendar_words[] = {"publish", "list", NULL};
static const char *const service_words[] = {"install", "remove", "status", NULL};
static const char *const action_words[] = {"list", "show", "check", NULL};
static const char *const template_words[] = {"list", "show", "check", "new", NULL};
static const char *const card_size_words[] = {"a6", "4x6", "a4", "letter", NULL};               /* as CardSize */
static const char *const envelope_words[] = {"c6", "c5", "dl", "no10", "us-a2", "us-a6", NULL}; /* as EnvelopeSize */
static const char *const security_words[] = {"tls", "starttls", "plaintext", NULL};
static const char *const auth_words[] = {"plain", "login", "xoauth2", "none", NULL};

static const OpParam no_params[] = {END};

static const OpParam list_params[] = {OPPORTUNITY(0), PARAMS_PART, END};

static const OpParam show_params[] = {
	OPPORTUNITY(0),
	{"eml", PARAM_INT, 0, "only the note of that id (as the JSON has it), as a mail file", NULL},
	END,
};

#define PARAMS_OPPORTUNITY                                                                                             \
	{"position", PARAM_NAME, 0, "the position, as they call it", NULL},                                                \
		{"zone", PARAM_NAME, 0, "the employer's time zone: America/New_York", NULL}, PLAYBOOK,                         \
		{"pace", PARAM_WORD, 0, "how fast they decide", pace_words},                                                   \
		{"stage", PARAM_WORD, 0, "where their process stands", stage_words},                                           \
	{                                                                                                                  \
		"requirement", PARAM_TEXT, PARAM_MANY, "what the position calls for", NULL                                     \
	}

static const OpParam add_params[] = {
	{"company", PARAM_NAME, PARAM_POSITIONAL | PARAM_REQUIRED, "the employer; #NUMBER for one on record", NULL},
	PARAMS_OPPORTUNITY,
	{"name", PARAM_NAME, 0, "the employer's name, to correct it", NULL},
	END,
};

static const OpParam interview_params[] = {
	{"opportunity", PARAM_OPPORTUNITY, PARAM_POSITIONAL | PARAM_REQUIRED, "the company; a new one is put on record",
	 NULL},
	{"when", PARAM_WHEN, PARAM_POSITIONAL, "its day and time: \"tomorrow 10am\"", NULL},
	{"with", PARAM_TEXT, PARAM_MANY, "a person: \"Huck Finn <finn@globex.example>, hiring-manager\"", NULL},
	{"kind", PARAM_WORD, 0, "what kind of interview", kind_words},
	{"for", PARAM_DURATION, 0, "how long: 45m, 1h30", NULL},
	{"place", PARAM_TEXT, 0, "where it is (- takes it away)", NULL},
	{"link", PARAM_TEXT, 0, "the video call's address", NULL},
	PARAMS_PROMISE,
	PARAMS_OPPORTUNITY,
	{"id", PARAM_NAME, 0, "its id: the interview of that id is moved or changed", NULL},
	{"called-off", PARAM_FLAG, 0, "it is off, or never was: the one of that id goes off the record", NULL},
	{"yes", PARAM_FLAG, 0, "called off: its debrief goes too", NULL},
	{"reopen", PARAM_FLAG, 0, "a closed opportunity is open again", NULL},
	END,
};

static const OpParam people_params[] = {
	OPPORTUNITY(0),
	{"person", PARAM_TEXT, PARAM_POSITIONAL, "whom: somebody on record, or a new \"Name <address>\"", NULL},
	{"email", PARAM_NAME, 0, "e-mail address (- takes it away)", NULL},
	{"phone", PARAM_NAME, 0, "phone number", NULL},
	{"address", PARAM_TEXT, 0, "postal address, on one line", NULL},
	{"linkedin", PARAM_TEXT, 0, "LinkedIn profile", NULL},
	{"role", PARAM_WORD, 0, "their part in it", role_words},
	{"salutation", PARAM_NAME, 0, "how to address them: \"Mr. Finn\"", NULL},
	{"name", PARAM_NAME, 0, "their name, to correct it", NULL},
	{"all", PARAM_FLAG, 0, "everybody on record, at whatever company", NULL},
	{"find", PARAM_NAME, 0, "of all, those whose name, company or address has a word that begins so", NULL},
	PARAMS_PART,
	END,
};

static const OpParam debrief_params[] = {
	OPPORTUNITY(0),
	{"interview", PARAM_NAME, 0, "which interview, by id, if not the last", NULL},
	{"topic", PARAM_TEXT, PARAM_MANY, "what was talked about: \"finn: moving the forecast\"", NULL},
	{"strong", PARAM_TEXT, PARAM_MANY, "an answer that went well", NULL},
	{"weak", PARAM_TEXT, PARAM_MANY, "an answer to clear up", NULL},
	{"unsaid", PARAM_TEXT, PARAM_MANY, "what was left unsaid", NULL},
	{"fit", PARAM_TEXT, PARAM_MANY, "why it would be a good match", NULL},
	PARAMS_PROMISE,
	PARAM_AT,
	{"editor", PARAM_FLAG, 0, "ask the questions in the editor", NULL},
	END,
};

static const OpParam draft_params[] = {
	OPPORTUNITY(0),
	PERSON,
	STEP,
	CHANNEL,
	{"variant", PARAM_INT, 0, "another wording: 1, 2, …", NULL},
	LINKEDIN_CHARACTERS,
	{"about", PARAM_NAME, 0, "whose address is asked for, by id (with facts on standard input)", NULL},
	{"template", PARAM_FILE, 0, "a template of your own", NULL},
	{"again", PARAM_FLAG, 0, "write over what was edited", NULL},
	{"to", PARAM_NAME, 0, "to whom, by id (with facts on standard input)", NULL},
	{"interview", PARAM_NAME, 0, "which interview, by id", NULL},
	PLAYBOOK,
	{"format", PARAM_WORD, 0, "the shape of the result", draft_format_words},
	END,
};

static const OpParam edit_params[] = {
	OPPORTUNITY(0),
	PERSON,
	STEP,
	CHANNEL,
	{"interview", PARAM_NAME, 0, "which interview, by id", NULL},
	DRAFT,
	{"text", PARAM_BLOCK, 0, "the new text, \"Subject: …\" first; else the editor, or standard input", NULL},
	{"seen", PARAM_NAME, 0, "refuse it where the note is no longer of this version, as review tells it in JSON", NULL},
	END,
};

static const OpParam review_params[] = {
	OPPORTUNITY(0),
	PERSON,
	STEP,
	CHANNEL,
	{"to", PARAM_NAME, 0, "to whom, by id (with a note on standard input)", NULL},
	{"facts", PARAM_FILE, 0, "the facts to hold it against", NULL},
	{"others", PARAM_FILE, PARAM_MANY, "a note to another of the panel", NULL},
	{"interview", PARAM_NAME, 0, "which interview, by id", NULL},
	DRAFT,
	{"all", PARAM_FLAG, 0, "every draft there that fits, and what is not written yet", NULL},
	{"off", PARAM_NAME, PARAM_MANY, "a rule to switch off for this note", NULL},
	{"on", PARAM_NAME, PARAM_MANY, "a rule to switch on again for this note", NULL},
	{"words", PARAM_NAME, 0, "copy a word list, such as tone.words, into the config folder to change it", NULL},
	LINKEDIN_CHARACTERS,
	{"explain", PARAM_NAME, 0, "teach a rule", NULL},
	PLAYBOOK,
	{"format", PARAM_WORD, 0, "the shape of the result", format_words},
	END,
};

static const OpParam approve_params[] = {
	OPPORTUNITY(0),
	PERSON,
	STEP,
	CHANNEL,
	{"interview", PARAM_NAME, 0, "which interview, by id", NULL},
	DRAFT,
	{"all", PARAM_FLAG, 0, "every draft there that fits", NULL},
	{"now", PARAM_FLAG, 0, "to leave at once, whatever the hour", NULL},
	END,
};

static const OpParam send_params[] = {
	OPPORTUNITY(0), PERSON, STEP, DRAFT, {"now", PARAM_FLAG, 0, "at once, whatever the hour", NULL}, END,
};

static const OpParam deliver_params[] = {{"once", PARAM_FLAG, 0, "what is due, then end (for cron)", NULL}, END};

static const OpParam settle_params[] = {
	OPPORTUNITY(PARAM_REQUIRED),
	{"person", PARAM_PERSON, PARAM_POSITIONAL | PARAM_REQUIRED, "to whom the note was", NULL},
	{"answer", PARAM_WORD, PARAM_POSITIONAL, "what you found; else your mailbox is asked", answer_words},
	PARAM_AT,
	END,
};

static const OpParam card_params[] = {
	OPPORTUNITY(0),
	PERSON,
	{"size", PARAM_WORD, 0, "one card a page, or four on a4 or letter, to be cut", card_size_words},
	{"envelope", PARAM_FLAG, 0, "with the envelope that fits, both addresses on it", NULL},
	{"envelope-size", PARAM_WORD, 0, "with an envelope of this size", envelope_words},
	{"ruled", PARAM_FLAG, 0, "lines to write on, and the words beside them to copy by hand", NULL},
	{"output", PARAM_FILE, 0, "where to; - is standard output", NULL},
	{"force", PARAM_FLAG, 0, "replace a file that is there", NULL},
	{"anyway", PARAM_FLAG, 0, "one that the plan does not ask for, or that comes too late", NULL},
	END,
};

static const OpParam call_params[] = {
	OPPORTUNITY(0),
	PERSON,
	STEP,
	{"pdf", PARAM_FILE, 0, "on paper too: where to; - is standard output", NULL},
	{"force", PARAM_FLAG, 0, "replace a file that is there", NULL},
	END,
};

static const OpParam watch_params[] = {{"once", PARAM_FLAG, 0, "what is there, then end (for cron)", NULL}, END};

static const OpParam inbox_params[] = {
	{"number", PARAM_INT, PARAM_POSITIONAL, "which mail", NULL},
	{"confirm", PARAM_FLAG, 0, "it is as it was read", NULL},
	{"as", PARAM_WORD, 0, "it comes to something else", says_words},
	{"decision-by", PARAM_WHEN, 0, "the day they said they would decide by", NULL},
	{"dismiss", PARAM_FLAG, 0, "it is nothing; what was put on record of it is taken off", NULL},
	{"person", PARAM_PERSON, 0, "whom it is from", NULL},
	{"opportunity", PARAM_OPPORTUNITY, 0, "which opportunity it is about", NULL},
	{"with", PARAM_TEXT, PARAM_MANY, "whom an appointment is with: \"Huck Finn <finn@globex.example>\"", NULL},
	{"company", PARAM_NAME, 0, "an appointment is with another company", NULL},
	{"all", PARAM_FLAG, 0, "every mail that was taken in", NULL},
	END,
};

static const OpParam log_params[] = {
	OPPORTUNITY(0),
	PERSON,
	STEP,
	CHANNEL,
	{"result", PARAM_WORD, 0, "how a call ended", result_words},
	{"bounced", PARAM_FLAG, 0, "what was sent came back", NULL},
	{"address", PARAM_NAME, 0, "the address that did not work", NULL},
	{"away-until", PARAM_WHEN, 0, "they are away: the day they are back", NULL},
	{"interview", PARAM_NAME, 0, "which interview, by id", NULL},
	PARAM_AT,
	{"undo", PARAM_FLAG, 0, "a slip: what was recorded last is taken back", NULL},
	END,
};

static const OpParam reply_params[] = {
	OPPORTUNITY(0), PERSON, {"says", PARAM_WORD, 0, "what it comes to", says_words}, PARAMS_PROMISE, PARAM_AT, END,
};

static const OpParam promise_params[] = {OPPORTUNITY(0), PARAMS_PROMISE, PARAM_AT, END};

static const OpParam outcome_params[] = {
	OPPORTUNITY(PARAM_REQUIRED),
	{"outcome", PARAM_WORD, PARAM_POSITIONAL | PARAM_REQUIRED, "how it ended", outcome_words},
	PARAM_AT,
	END,
};

static const OpParam config_params[] = {
	{"topic", PARAM_WORD, PARAM_POSITIONAL, "what to change", topic_words},
	{"name", PARAM_NAME, 0, "me: your name, as notes are signed", NULL},
	{"email", PARAM_NAME, 0, "me: your address", NULL},
	{"phone", PARAM_NAME, 0, "me: your number", NULL},
	{"linkedin", PARAM_TEXT, 0, "me: your profile", NULL},
	{"skill", PARAM_TEXT, PARAM_MANY, "me: what you can do (- takes all away)", NULL},
	{"zone", PARAM_NAME, 0, "me: your time zone", NULL},
	{"holiday", PARAM_WHEN, PARAM_MANY, "me: a day without business (- takes all away)", NULL},
	{"playbook", PARAM_TEXT, 0, "me: the playbook to go by, by name or file", NULL},
	{"linkedin-characters", PARAM_INT, 0, "me: what LinkedIn takes of you: 200, or 300 with a paid account", NULL},
	{"address", PARAM_NAME, 0,
	 "me: your postal address, for envelopes; mail: the address to send from; inbox: whose mail is read", NULL},
	{"host", PARAM_NAME, 0, "mail: the server", NULL},
	{"imap", PARAM_NAME, 0, "inbox: the server that mail is read from", NULL},
	{"maildir", PARAM_FILE, 0, "inbox: a folder of mail on this machine instead (- takes it away)", NULL},
	{"folder", PARAM_NAME, 0, "inbox: which folder, if not INBOX", NULL},
	{"port", PARAM_INT, 0, "mail, inbox: its port", NULL},
	{"security", PARAM_WORD, 0, "mail, inbox: how the connection is protected", security_words},
	{"auth", PARAM_WORD, 0, "mail, inbox, calendar: how to log in", auth_words},
	{"user", PARAM_NAME, 0, "mail, inbox, calendar: the name to log in with", NULL},
	{"secret-command", PARAM_TEXT, 0, "mail, inbox, calendar: a command that prints the password or token", NULL},
	{"secret-file", PARAM_FILE, 0, "mail, inbox, calendar: a file that only you can read, with the password", NULL},
	{"secret-keyring", PARAM_FLAG, 0, "mail, inbox, calendar: the desktop's keyring has it (typed in)", NULL},
	{"ca-file", PARAM_FILE, 0, "mail, inbox, calendar: certificates to trust beside the system's", NULL},
	{"no-probe", PARAM_FLAG, 0, "mail, inbox, calendar: keep it without trying a login", NULL},
	{"off", PARAM_NAME, PARAM_MANY, "review: a rule to switch off for good", NULL},
	{"on", PARAM_NAME, PARAM_MANY, "review: a rule to switch on again", NULL},
	{"url", PARAM_TEXT, 0, "calendar: its address on a CalDAV server (- takes it away)", NULL},
	{"automatic", PARAM_WORD, 0, "calendar: whether serve publishes it when something changed", yes_words},
	{"desktop", PARAM_WORD, 0, "reminders: notices on the desktop", yes_words},
	{"quiet", PARAM_NAME, 0, "reminders: hours without notices: 21:00-08:00, or no", NULL},
	{"digest", PARAM_NAME, 0, "reminders: when the day's mail to yourself goes: 08:00, or no", NULL},
	{"password-stdin", PARAM_FLAG, 0, "desk: a new password, on standard input (else it is asked for)", NULL},
	{"no-password", PARAM_FLAG, 0, "desk: browsers come in by the link alone", NULL},
	{"word", PARAM_NAME, PARAM_MANY, "review: a word that is spelt right (- takes all away)", NULL},
	END,
};

static const OpParam playbook_params[] = {
	{"action", PARAM_WORD, PARAM_POSITIONAL, "list, show one, or check a file", action_words},
	{"name", PARAM_TEXT, PARAM_POSITIONAL, "its name, or its file", NULL},
	END,
};

static const OpParam compare_params[] = {
	{"with", PARAM_TEXT, PARAM_POSITIONAL | PARAM_REQUIRED, "the other playbook, by name or file", NULL},
	{"opportunity", PARAM_OPPORTUNITY, PARAM_POSITIONAL, "one of them; else all on record", NULL},
	{"playbook", PARAM_TEXT, 0, "the first playbook, if not your own", NULL},
	{"limit", PARAM_INT, 0, "how many opportunities to show", NULL},
	END,
};

static const OpParam template_params[] = {
	{"action", PARAM_WORD, PARAM_POSITIONAL, "list, show one, check a file, or begin one of your own", template_words},
	{"name", PARAM_TEXT, PARAM_POSITIONAL, "its name, or its file", NULL},
	END,
};

static const OpParam plan_params[] = {
	PLAYBOOK, {"ndjson", PARAM_FLAG, 0, "one facts object a line, one plan a line", NULL}, END};

static const OpParam classify_params[] = {
	{"facts", PARAM_FILE, 0, "the facts of an opportunity: its people are known, its holidays no business days", NULL},
	{"format", PARAM_WORD, 0, "the shape of the result", format_words},
	END,
};

static const OpParam export_params[] = {
	{"file", PARAM_FILE, PARAM_POSITIONAL, "where to; else standard output", NULL},
	{"format", PARAM_WORD, 0, "everything as json or csv, or people as vcard", export_format_words},
	END,
};
#define FILES                                                                                                          \
	{                                                                                                                  \
		"file", PARAM_FILE, PARAM_POSITIONAL | PARAM_MANY, "a calendar, cards, a sheet, a mail; else standard input",  \
			NULL                                                                                                       \
	}
#define DATES                                                                                                          \
	{                                                                                                                  \
		"dates", PARAM_WORD, 0, "how a sheet writes 03/04/2025, where it does not show it", foreign_date_orders        \
	}
static const OpParam read_params[] = {FILES, DATES, END};
static const OpParam import_params[] = {
	FILES,
	{"yes", PARAM_FLAG, 0, "do not ask", NULL},
	{"opportunity", PARAM_OPPORTUNITY, 0, "people and interviews belong to this one on record", NULL},
	{"company", PARAM_NAME, 0, "people and interviews are of this company", NULL},
	{"with", PARAM_TEXT, PARAM_MANY, "whom an interview is with: \"Huck Finn <finn@globex.example>\"", NULL},
	DATES,
	END,
};
static const OpParam later_params[] = {
	OPPORTUNITY(PARAM_REQUIRED),
	{"until", PARAM_WHEN, PARAM_POSITIONAL | PARAM_REQUIRED, "the day it comes back, or now", NULL},
	END,
};
static const OpParam search_params[] = {
	{"words", PARAM_TEXT, PARAM_POSITIONAL | PARAM_MANY | PARAM_REQUIRED, "words, or how they begin; all of them",
	 NULL},
	PARAMS_PART,
	END,
};
static const char *const access_words[] = {"list", "token", "end", NULL};
static const OpParam access_params[] = {
	{"action", PARAM_WORD, PARAM_POSITIONAL, "who may come in, a token for a program, or an end", access_words},
	{"name", PARAM_NAME, PARAM_POSITIONAL, "token: what it is for; end: a number", NULL},
	{"may-send", PARAM_FLAG, 0, "token: it may approve and send, not only propose", NULL},
	{"until", PARAM_WHEN, 0, "token: the day it ends by itself", NULL},
	{"all", PARAM_FLAG, 0, "end: every browser and every token", NULL},
	{"but", PARAM_INT, 0, "end: all but this one", NULL},
	END,
};
static const OpParam desk_params[] = {
	{"listen", PARAM_NAME, 0, "a port, or an address and a port: 127.0.0.1:7474", NULL},
	{"open", PARAM_FLAG, 0, "open it in the browser", NULL},
	{"serve", PARAM_FLAG, 0, "what is approved leaves and answers come in meanwhile, as by followup serve", NULL},
	{"host", PARAM_NAME, PARAM_MANY, "a name by which others reach it: desk.globex.example", NULL},
	{"certificate", PARAM_FILE, 0, "for TLS: the certificate, in PEM", NULL},
	{"key", PARAM_FILE, 0, "for TLS: its key, in PEM", NULL},
	{"behind-proxy", PARAM_FLAG, 0, "a proxy on this machine does TLS", NULL},
	END,
};
static const OpParam service_params[] = {
	{"action", PARAM_WORD, PARAM_POSITIONAL, "install, remove, or show whether it runs", service_words},
	{"timers", PARAM_FLAG, 0, "install: every five minutes, instead of a program that goes on", NULL},
	END,
};
static const OpParam remind_params[] = {{"once", PARAM_FLAG, 0, "what is due, then end (it always does)", NULL}, END};
static const OpParam calendar_params[] = {
	{"action", PARAM_WORD, PARAM_POSITIONAL, "publish: on the CalDAV server that is set up; list: show them",
	 calendar_words},
	{"from", PARAM_WHEN, 0, "list: the first day, if not now", NULL},
	{"until", PARAM_WHEN, 0, "list: the last day", NULL},
	{"output", PARAM_FILE, 0, "where to; else, or with -, standard output", NULL},
	{"opportunity", PARAM_OPPORTUNITY, 0, "of one opportunity alone, for a file or a list", NULL},
	END,
};
static const OpParam backup_params[] = {
	{"file", PARAM_FILE, PARAM_POSITIONAL | PARAM_REQUIRED, "where to", NULL},
	{"force", PARAM_FLAG, 0, "replace a file that is there", NULL},
	END,
};
static const OpParam delete_params[] = {
	OPPORTUNITY(0),
	{"everything", PARAM_FLAG, 0, "all that is on record", NULL},
	{"yes", PARAM_FLAG, 0, "do not ask", NULL},
	END,
};

static const Op table[] = {
	{"today", "Show what to do today, by when, and why", "followup\nfollowup today --format json", NULL, OP_STORE_READ,
	 false, no_params, op_today, .brief = true},
	{"interview", "Put an interview on record, with the people it is with",
	 "followup interview Globex \"tomorrow 10am\" --with \"Huck Finn <finn@globex.example>, hiring-manager\" --with "
	 "\"Ada Okoro\"\nfollowup interview globex --id video --called-off",
	 "Dates are read as people say them (fri, 20 nov, in two weeks), in the employer's zone, which is said back. With "
	 "--id one on record is moved or changed; with --called-off it goes off the record, unless notes of it went.",
	 OP_STORE_WRITE, false, interview_params, op_interview},
	{"debrief", "Answer a few questions right after an interview",
	 "followup debrief globex\nfollowup debrief globex --topic \"finn: moving the forecast off spreadsheets\" --unsaid "
	 "\"the churn model I built\" --decision-by thu",
	 "Without answers on the command line the questions are asked one by one; --editor asks them in your editor. "
	 "Answers are added to what is on record.",
	 OP_STORE_WRITE, false, debrief_params, op_debrief},
	{"draft", "Write a note for each person who is due one, from what was said",
	 "followup draft globex\nfollowup draft globex finn --step thank-you --variant 1\nfollowup draft --step thank-you "
	 "--to finn --format json < facts.json",
	 "Drafts are kept until they are approved. With facts on standard input and --step and --to, one draft is written "
	 "and nothing kept.",
	 OP_NO_STORE, false, draft_params, op_draft},
	{"edit", "Change a draft in your editor", "followup edit globex finn\nfollowup edit globex finn < note.txt",
	 "An approved note that is changed is taken back and has to be approved again.", OP_STORE_WRITE, false, edit_params,
	 op_edit},
	{"review", "Look a note over as a careful friend would",
	 "followup review globex finn\nfollowup review globex --all\nfollowup "
	 "review --step thank-you --to finn --facts facts.json < note.txt\nfollowup "
	 "review --explain wrong-name",
	 NULL, OP_NO_STORE, false, review_params, op_review},
	{"approve", "Let a note go as it stands", "followup approve globex finn\nfollowup approve globex --all",
	 "An e-mail then leaves at a fitting time; a note with a finding of level error is refused.", OP_STORE_WRITE, false,
	 approve_params, op_approve},
	{"send", "Send what is approved", "followup send\nfollowup send globex finn --now",
	 "Each note is looked at once more right before it leaves: whoever answered, was called today or asked for time is "
	 "not written to.",
	 OP_STORE_WRITE, false, send_params, op_send},
	{"card", "Print a card, and its envelope, as PDF",
	 "followup card globex finn\nfollowup card globex --size a4\nfollowup card globex finn --ruled --envelope",
	 "The words are the draft's; says the day on which the card arrives, against the day on which they decide.",
	 OP_STORE_WRITE, false, card_params, op_card},
	{"call", "Show what is at hand for a call, and record how it ended",
	 "followup call globex\nfollowup call globex finn --pdf call.pdf",
	 "The number, whom to ask for, what to say, what was said last. On a terminal one key records the result.",
	 OP_STORE_WRITE, false, call_params, op_call},
	{"log", "Record a call, a card, a LinkedIn request, or a mail that came back",
	 "followup log globex finn --step check-in --result message-left\nfollowup log globex finn --step card\nfollowup "
	 "log globex finn --bounced\nfollowup log globex --undo",
	 "With --undo the last call, card, mail, answer, promise or ending on record there is taken off it; what was sent "
	 "from "
	 "here stays.",
	 OP_STORE_WRITE, false, log_params, op_log},
	{"reply", "Record what they answered", "followup reply globex finn --says more-time --decision-by \"4 dec\"", NULL,
	 OP_STORE_WRITE, false, reply_params, op_reply},
	{"promise", "Record when they said they would decide, or when to ask", "followup promise globex --decision-by fri",
	 NULL, OP_STORE_WRITE, false, promise_params, op_promise},
	{"later", "Put an opportunity off: it is not shown, and asks nothing, until then",
	 "followup later globex fri\nfollowup later globex now",
	 "The plan stays as it is; a question that is due does not leave meanwhile. It comes back by itself when they "
	 "answer.",
	 OP_STORE_WRITE, false, later_params, op_later},
	{"outcome", "Record how it ended, or that it is open again", "followup outcome globex offer", NULL, OP_STORE_WRITE,
	 false, outcome_params, op_outcome},
	{"inbox", "Confirm, correct or dismiss what was read in your mailbox",
	 "followup inbox\nfollowup inbox 3 --confirm\nfollowup inbox 3 --as more-time --decision-by \"4 dec\"\n"
	 "followup inbox 3 --dismiss",
	 "An answer to a note of yours is put on record at once; what is known by its sender alone, or is not clear, waits "
	 "here, and so do invitations. Of a mail that was recorded at once --as and --dismiss can be said too.",
	 OP_STORE_WRITE, false, inbox_params, op_inbox},
	{"people", "Show who is who, add somebody, or change what is known of them",
	 "followup people globex\nfollowup people globex ada --email ada@globex.example\nfollowup people --all --find "
	 "ada",
	 NULL, OP_NO_STORE, false, people_params, op_people},
	{"show", "Show the story and the plan of an opportunity", "followup show globex", NULL, OP_STORE_READ, false,
	 show_params, op_show},
	{"list", "List the opportunities on record",
	 "followup list\nfollowup list glo\nfollowup list --limit 20 --offset 20", NULL, OP_STORE_READ, false, list_params,
	 op_list},
	{"search", "Find anything that was ever written down, by the words in it",
	 "followup search forecast\nfollowup search finn spreadsh --limit 5",
	 "Companies, people, debriefs, notes, what happened and what is kept of mails; words may be begun only, accents "
	 "and "
	 "capitals make no difference.",
	 OP_STORE_READ, false, search_params, op_search},
	{"add", "Put an opportunity on record, or change it",
	 "followup add Globex --position \"Data analyst\" --zone America/Phoenix --pace fast", NULL, OP_STORE_WRITE, false,
	 add_params, op_add},
	{"settle", "Say whether a note went of which that is not known", "followup settle globex finn sent", NULL,
	 OP_STORE_WRITE, false, settle_params, op_settle},
	{"config", "Say who you are, and how your mail is sent and read",
	 "followup config me --name \"Ana Reyes\" --email ana@example.net --skill SQL\nfollowup config mail --address "
	 "ana@example.net --secret-command \"pass show mail\"\nfollowup config inbox\nfollowup config inbox --maildir "
	 "~/Mail/INBOX",
	 "The password or token comes from a command, from the keyring, or from a file that only you can read; it is never "
	 "kept here.",
	 OP_NO_STORE, false, config_params, op_config},
	{"playbook", "List, show or check the ways of following up",
	 "followup playbook list\nfollowup playbook show standard\nfollowup playbook check mine.playbook", NULL,
	 OP_NO_STORE, false, playbook_params, op_playbook},
	{"numbers", "Show who answers what, who keeps their word, where interviews led", "followup numbers",
	 "Counted over everything on record: answers by step, channel and how soon after the interview; the days employers "
	 "named and what came of them; e-mails that came back. Of fewer than ten no percentage is said.",
	 OP_STORE_READ, false, no_params, op_numbers},
	{"compare", "Hold two playbooks against your own history",
	 "followup compare morning-after\nfollowup compare seven-steps globex --playbook standard",
	 "What would the other have said? Both are played on what is on record, as it is now, and what is over as "
	 "it was right before that. Told is what only one of them has, and what it has at another time or in another way.",
	 OP_STORE_READ, false, compare_params, op_compare},
	{"template", "List, show, check or begin the templates of drafts",
	 "followup template list\nfollowup template show thank-you.email\nfollowup template new thank-you.email\nfollowup "
	 "template check thank-you.email",
	 "Your own lie in the config folder and are used instead of the shipped ones of the same name. \"show variables\" "
	 "lists what a template can show, \"show common\" the wordings that all of them share.",
	 OP_NO_STORE, false, template_params, op_template},
	{"export", "Write everything as JSON or as a sheet, or people as cards",
	 "followup export all.json\nfollowup export people.vcf --format vcard", NULL, OP_STORE_READ, false, export_params,
	 op_export},
	{"import", "Put on record what invitations, cards, sheets and mails hold",
	 "followup import invite.ics\nfollowup import job-applications.csv --dates day-first\nfollowup import finn.vcf "
	 "--opportunity globex --yes\nfollowup import all.json",
	 "Shows row by row what it would do, and asks. What is on record already is left as it is; a newer version of an "
	 "invitation moves its interview, a cancellation takes it away. What \"export\" wrote comes in too, at once.",
	 OP_STORE_WRITE, false, import_params, op_import},
	{"undo", "Take the last import back", "followup undo",
	 "All of it, as long as nothing that came in with it or was changed by it has been changed since.", OP_STORE_WRITE,
	 false, no_params, op_undo},
	{"calendar", "Write interviews and follow-ups for a calendar program, with alarms",
	 "followup calendar --output jobs.ics\nfollowup calendar publish\nfollowup calendar list --until \"in two weeks\"",
	 "A file that is imported again updates what is there: each event keeps its name.", OP_NO_STORE, false,
	 calendar_params, op_calendar},
	{"remind", "Show what is due on the desktop, and mail yourself the day's list",
	 "followup remind --once\nfollowup config reminders --quiet 21:00-08:00 --digest 08:00",
	 "For cron; \"followup serve\" does it by itself. Nothing is shown in the quiet hours; the mail is sent where it "
	 "is switched on, once a day, on days with something due.",
	 OP_STORE_WRITE, true, remind_params, op_remind},
	{"serve", "Go on until stopped: send what is approved, watch, remind, publish", "followup serve",
	 "One for each database. After a sleep or an outage it says what it missed; a note whose moment has long passed is "
	 "not sent without asking. A calendar that is set up is published when something changed, every two minutes at "
	 "most.",
	 OP_STORE_WRITE, false, no_params, op_serve},
	{"desk", "Open the desk: all of it in a browser", "followup desk --open --serve\nfollowup desk --listen 8080",
	 "Only programs on this machine can reach it, and only a browser that was given the link it prints. Where others "
	 "can reach it a password is required (config desk), and TLS or a proxy.",
	 OP_STORE_WRITE, false, desk_params, op_desk},
	{"mcp", "Serve the commands over the Model Context Protocol", "followup mcp",
	 "For an assistant program that starts it, on standard input and output. It reads, records and drafts; what sends, "
	 "approves or deletes is left to a person, on the desk or the command line.",
	 OP_STORE_WRITE, true, no_params, op_mcp},
	{"access", "Show who may come in to the desk, give a program a token, or end it",
	 "followup access\nfollowup access token \"a program's name\"\nfollowup access end 3",
	 "A token is shown once, when it is made. With it a program may read and propose; --may-send lets it approve and "
	 "send too.",
	 OP_NO_STORE, false, access_params, op_access},
	{"service", "Keep \"followup serve\" running by the systemd of your own session",
	 "followup service install\nfollowup service status", NULL, OP_NO_STORE, false, service_params, op_service},
	{"backup", "Copy the database while it is in use", "followup backup followup-monday.db", NULL, OP_STORE_READ, false,
	 backup_params, op_backup},
	{"delete", "Delete an opportunity, or everything", "followup delete globex", "Says what will go, and asks.",
	 OP_STORE_WRITE, false, delete_params, op_delete},
	{"plan", "Compute a plan from facts on standard input",
	 "followup plan --playbook standard --now 2026-11-20T09:00 < facts.json", NULL, OP_NO_STORE, true, plan_params,
	 op_plan},
	{"classify", "Tell what a mail on standard input is, and what it says of a decision",
	 "followup classify < mail.eml\nfollowup classify --facts facts.json --format text < mail.eml",
	 "An answer, an automatic reply with its return date, a bounce, an invitation; of an answer whether it is a "
	 "rejection, an offer, "
	 "the next round or more time, with the date in it.",
	 OP_NO_STORE, true, classify_params, op_classify},
	{"read", "Show what invitations, cards, sheets and mails hold, as JSON lines",
	 "followup read invite.ics finn.vcf\nfollowup read < job-applications.csv", NULL, OP_STORE_READ, true, read_params,
	 op_read},
	{"watch", "Watch your mailbox for answers, bounces, absences and invitations", "followup watch --once",
	 "Only mails that concern an opportunity are read, and nothing in the mailbox is changed. Which mailbox it is, "
	 "\"followup config inbox\" asks.",
	 OP_STORE_WRITE, true, watch_params, op_watch},
	{"deliver", "Send what is approved as its time comes, until stopped", "followup deliver --once", NULL,
	 OP_STORE_WRITE, true, deliver_params, op_deliver},
	{"recompute", "Compute every plan anew, after a playbook changed", "followup recompute", NULL, OP_STORE_WRITE, true,
	 no_params, op_recompute},
	{NULL, NULL, NULL, NULL, OP_NO_STORE, false, NULL, NULL},
};

const Op *op_table(void)
{
	return table;
}
