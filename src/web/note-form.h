/* note-form.h - the texts of notes as a form posts them ("text 4", "subject 4", "version 4"), and how they are saved.
 *
 * Every button of the page posts all texts, so that nothing typed is lost with any of them, with or without scripts.
 */
#pragma once

#include "desk.h"

/* One text that was typed; members are its own. */
typedef struct NoteText {
	char *draft;      /* the note's number */
	char *subject;    /* "" where the note has none */
	bool has_subject; /* a subject was asked for: where it is empty, it was emptied */
	char *body;
	char *version; /* of the text it was made from */
	bool conflict; /* the note was changed elsewhere since: it is not saved */
} NoteText;

/* What was posted, in order. Of NoteText. */
GPtrArray *note_texts_take(const GPtrArray *form);

/* Saves those that differ from what is on record. The first failure is the error; the others are saved all the same. */
bool note_texts_save(Visit *visit, const char *opportunity, const GPtrArray *texts, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* The text as an op takes it: "Subject: …", an empty line, the body. Free with g_free. */
char *note_text_format(const NoteText *text);

/* A whole text with other words in one place: at those bytes, or where the words stand now; NULL where they are gone.
 * Free with g_free. */
char *note_text_replace(const char *text, size_t start, const char *words, const char *other);

/* Whether a string is a number of a note. */
bool note_text_is_number(const char *text);
