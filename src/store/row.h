/* row.h - between the rows of a table and the fields of a struct, by a table of both.
 *
 * One shape says for each column which field it fills and how "none" is written; reading and writing both follow it.
 * A text that is no longer UTF-8, or a word that is none of its set, is a damaged row and an error, never a guess.
 */
#pragma once

#include "sql.h"

#include <facts/facts.h>

typedef enum {
	ROW_TEXT,          /* char*, null where NULL */
	ROW_WORD,          /* int (or an enum), the word of a set; null where WORD_NONE */
	ROW_WORD_OR_EMPTY, /* the same, '' where WORD_NONE: for a column that may not be null */
	ROW_STATE,         /* int (or an enum) by functions of its own */
	ROW_INT,           /* int */
	ROW_INDEX,         /* int, null where -1 */
	ROW_WEEKS,         /* int, null where 0 */
	ROW_INT64,         /* int64_t */
	ROW_TIME,          /* int64_t, null where TIME_NONE */
	ROW_DAY,           /* Day as YYYY-MM-DD, null where DAY_NONE */
	ROW_LINES,         /* GPtrArray of char*, one a line; null where empty */
	ROW_DAYS,          /* GArray of Day, one a line; null where empty */
} RowKind;

typedef struct RowField {
	const char *column;
	RowKind kind;
	size_t offset;
	WordSet set;                          /* ROW_WORD, ROW_WORD_OR_EMPTY */
	const char *(*state_word)(int state); /* ROW_STATE */
	int (*state_find)(const char *word);
} RowField;

typedef struct RowShape {
	const char *what; /* "person": for messages */
	const RowField *fields;
	int count;
} RowShape;

enum { ROW_FIELDS_MAX = 24 };

/* A query whose rows have a shape's columns; columns are found once, here. */
typedef struct RowReader {
	Sql *sql;
	SqlQuery *query;
	const RowShape *shape;
	int at[ROW_FIELDS_MAX];
} RowReader;

RowReader row_reader(Sql *sql, SqlQuery *query, const RowShape *shape);

/* Fills the fields of data (whose own are none, lists empty but there) from the query's row. On failure some are
 * filled. */
bool row_read(const RowReader *reader, void *data, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Appends all rows of the reader's query to rows, each in a struct of that many bytes of its own, zero before it is
 * filled. The query has ended when it returns. */
bool row_read_all(const RowReader *reader, size_t size, GPtrArray *rows, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Binds the fields of data, in the shape's order, as $first, $first+1, …; returns the query. */
SqlQuery *row_bind(SqlQuery *query, int first, const RowShape *shape, const void *data);

/* Binds one time; null where TIME_NONE. */
SqlQuery *row_bind_time(SqlQuery *query, int number, int64_t at);

/* Words for states: NULL where there is none of that number; WORD_NONE where no state is called so, or word is NULL. */
const char *row_state_word(const char *const *words, int count, int state);
int row_state_find(const char *const *words, int count, const char *word);

/* A query's row does not hold together: INTERNAL, which names the file. Returns false. */
bool row_damaged(const Sql *sql, GError **error, const char *format, ...) G_GNUC_PRINTF(3, 4);
