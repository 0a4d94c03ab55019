/* sql.h - one connection to a database engine, and statements on it: all that the room knows of an engine.
 *
 * Statements are constants with $1, $2, … for values, the same text for every engine; each is prepared once a
 * connection and kept. Values are bound, columns found by name.  An engine's errors become sentences here, once.  Knows
 * no table.
 */
#pragma once

#include <base/error.h>
#include <stdint.h>

typedef struct Sql Sql;           /* a connection */
typedef struct SqlQuery SqlQuery; /* a statement of its, borrowed until the connection closes */

typedef enum { SQL_READ_ONLY, SQL_GLANCE, SQL_READ_WRITE } SqlMode;
typedef enum { SQL_SNAPSHOT, SQL_WRITE } SqlLock;
typedef enum { SQL_ROW, SQL_DONE, SQL_FAILED } SqlStep;

/* Opens a file that is ours or empty. INVALID, and the file untouched, where it is anything else. *ret_version is the
 * number of the last migration it went through, 0 where it is empty. */
bool sql_open(const char *path, SqlMode mode, Sql **ret_sql, int *ret_version, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;
void sql_close(Sql *sql);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Sql, sql_close)

/* The file as messages name it; borrowed. */
const char *sql_get_name(const Sql *sql);

/* A snapshot for reading, or the one writer's lock; waits some seconds for another writer. */
bool sql_begin(Sql *sql, SqlLock lock, GError **error) G_GNUC_WARN_UNUSED_RESULT;
bool sql_commit(Sql *sql, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Ends the transaction, if there is one, without a change, and whatever statement was left in its middle. */
void sql_rollback(Sql *sql);

/* The statement, with nothing bound; text must be a constant. NULL on error. */
SqlQuery *sql_query(Sql *sql, const char *text, GError **error);

/* Binds $number, and returns the query for the next; texts are copied where the engine needs it. What goes wrong, the
 * next step says. A NULL text is bound as null. */
SqlQuery *sql_bind_int(SqlQuery *query, int number, int64_t value);
SqlQuery *sql_bind_text(SqlQuery *query, int number, const char *text);
SqlQuery *sql_bind_null(SqlQuery *query, int number);
SqlQuery *sql_bind_bytes(SqlQuery *query, int number, const void *bytes, size_t length);

/* The next row. After SQL_DONE and SQL_FAILED the query is ready to be bound and run anew. */
SqlStep sql_step(SqlQuery *query, GError **error);

/* Leaves a query in the middle of its rows. */
void sql_end(SqlQuery *query);

/* Runs a query that gives no rows. *ret_changed, where not NULL, is how many rows it changed. */
bool sql_run(SqlQuery *query, int *ret_changed, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Runs a query that gives one row with one number (null is 0). *ret_value is untouched where it gives no row. */
bool sql_run_int(SqlQuery *query, int64_t *ret_value, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Where a column of that name stands in the query's rows; it must be there (asserted). */
int sql_column(SqlQuery *query, const char *name);

bool sql_is_null(const SqlQuery *query, int column);
int64_t sql_int(const SqlQuery *query, int column);

/* The text, borrowed until the next step; "" where it is null. *ret_length, where not NULL, is in bytes. */
const char *sql_text(const SqlQuery *query, int column, size_t *ret_length);

/* The bytes, borrowed until the next step; NULL where it is null or empty. */
const void *sql_bytes(const SqlQuery *query, int column, size_t *ret_length);

/* Runs a migration's statements and records its number; within a transaction. */
bool sql_migrate(Sql *sql, const char *script, int version, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The version as stored now: within a write transaction nobody else changes it. */
bool sql_load_version(Sql *sql, int *ret_version, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Makes what was deleted unreadable in the files, as far as other readers allow; shrinks the file too where asked. */
bool sql_scrub(Sql *sql, bool shrink, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Copies the database as it is at one moment into the empty file at path. */
bool sql_copy(Sql *sql, const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* True if both paths lead to the file of this connection. */
bool sql_is_file(const Sql *sql, const char *path);
