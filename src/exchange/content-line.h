/* content-line.h - the lines that iCalendar and vCard share: NAME;PARAM=value:value, folded over several lines.
 *
 * For the files of this room only.  Yields one whole line after the other, whatever kind of line break, folding,
 * charset or transfer encoding the writing program had; a line that is none has a fault and its number.  Memory is
 * bounded by LINE_BYTES, whatever the file holds (RFC 5545 section 3.1, RFC 6350 section 3, vCard 2.1 section 2.1).
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

enum { LINE_BYTES = 64 * 1024 }; /* what is kept of one line: the rest of a longer one (a picture) is passed over */

/* A line of the file as it stands there, and where the one after it begins. */
typedef struct LinePiece {
	const char *start;
	size_t length, next;
} LinePiece;

typedef struct LineReader {
	const char *bytes; /* borrowed */
	size_t length, at;
	int number; /* of the line at `at`, from 1 */
	const char *charset;
	LinePiece peeked; /* the line at `at`, where its next is past that */
} LineReader;

typedef struct LineParam {
	char *name;  /* in capitals */
	char *value; /* quotes and escapes taken away */
} LineParam;

typedef struct ContentLine {
	int number;        /* where it begins in the file */
	const char *fault; /* what is wrong with it, the end of a sentence; else NULL. Static */
	char *group;       /* of "item1.EMAIL"; or NULL */
	char *name;        /* in capitals; of a line with a fault its beginning, to be shown */
	GArray *params;    /* of LineParam */
	char *value;       /* decoded, but escapes stand (see content_unescape); never NULL */
	GString *raw;      /* the line as it was put together */
} ContentLine;

ContentLine *content_line_new(void);
void content_line_free(ContentLine *line);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ContentLine, content_line_free)

/* Starts at the first line of bytes, which must outlive the reader; it can be copied to look ahead. */
LineReader line_reader(const char *bytes, size_t length, const char *charset);

/* Reads the next line that is not empty into line; false at the end. */
bool line_reader_next(LineReader *reader, ContentLine *line);

/* Moves to the next line of the file that begins with one of starts (in capitals, NULL-terminated; letters of either
 * case, white space before it passed over); false, and at the end, where there is none. */
bool line_reader_seek(LineReader *reader, const char *const *starts);

/* Whether it is a property of that name (in capitals), with that value in either case unless value is NULL. */
bool content_line_is(const ContentLine *line, const char *name, const char *value);

/* The value of a parameter, borrowed; NULL where it is not given. */
const char *content_line_param(const ContentLine *line, const char *name);

/* Whether a parameter's list of values holds this one (TYPE=HOME,VOICE), letters of either case. */
bool content_line_has(const ContentLine *line, const char *param, const char *value);

/* A text value with its escapes resolved. Free with g_free. */
char *content_unescape(const char *value);

/* The parts of a value between separators that are not escaped, escapes resolved; at most 64. Free with g_strfreev. */
char **content_split(const char *value, char separator);
