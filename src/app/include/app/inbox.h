/* inbox.h - mails that wait for a word, for a door that puts the questions one after the other.
 */
#pragma once

#include <app/app.h>

/* One question; all strings are its own. */
typedef struct InboxQuestion {
	int64_t number; /* of the mail, as the op "inbox" takes it */
	char *title;    /* "Globex (Data analyst): What did Huck Finn say? It reads as a rejection." */
	char *from;     /* "finn@globex.example, \"Re: our talk\"" */
	char *quote;    /* or NULL */
	char *reason;   /* why it is asked; or NULL */
	bool answers;   /* it is an answer: what it says can be said otherwise */
} InboxQuestion;

/* What is open now, the oldest first. *ret_questions: of InboxQuestion; the caller owns it. */
bool app_inbox_questions_load(App *app, GPtrArray **ret_questions, GError **error) G_GNUC_WARN_UNUSED_RESULT;
