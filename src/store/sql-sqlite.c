/* sql-sqlite.c - the engine layer on SQLite; the only file that knows it.
 *
 * Opening does as little as it can, because most runs of the program only look at a few rows: no integrity check, no
 * schema of ours is read before the first statement needs it.  Foreign keys on, double-quoted strings off, schema
 * untrusted, commits durable (FULL).
 */
#include "sql.h"

#include <base/text.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define APPLICATION_ID 0x466c5570 /* "FlUp", as file(1) and SQLite's header show it */
#define BUSY_MILLISECONDS 5000
#define PARAMETER_MAX 32
#define SHOWN_BYTES 200 /* of what SQLite says */

struct SqlQuery {
	Sql *sql;
	sqlite3_stmt *statement;
	int bind_fault;                /* the first failure to bind, or SQLITE_OK */
	int next_column;               /* behind the one that was asked for last: they are asked for in order */
	int parameters[PARAMETER_MAX]; /* where $n stands in the statement; 0: nowhere */
};

struct Sql {
	sqlite3 *db;
	char *path;
	char *name;
	GHashTable *queries; /* a statement's text, by its address, to SqlQuery */
	bool alone;          /* one transaction from opening to closing: all that is read is of one moment */
};

/* SQLite tells a full disk from other failures to write only where the system says ENOSPC; a quota says something else.
 */
static bool is_disk_full(int code)
{
	return (code & 0xff) == SQLITE_FULL || code == SQLITE_IOERR_WRITE || code == SQLITE_IOERR_SHMSIZE;
}

/* As text to show; finding out which encoding names of files have takes longer than seeing that it is no other. */
static char *name_to_show(const char *path)
{
	return g_utf8_validate(path, -1, NULL) ? g_strdup(path) : g_filename_display_name(path);
}

/* What is there is no file; SQLite would speak of a failing disk. */
static bool check_file(const char *path, GError **error)
{
	GStatBuf found;
	if (g_stat(path, &found) != 0 || S_ISREG(found.st_mode))
		return true;
	g_autofree char *name = name_to_show(path);
	return base_error_set(
		error, BASE_ERROR_INVALID, NULL, "%s is %s; a database is a file, and --db names it.", name,
		S_ISDIR(found.st_mode) ? "a folder" : "no file that can hold one");
}

/* SQLite cannot open what it cannot keep a log beside, and does not say so. */
static bool fail_to_open(const Sql *sql, GError **error)
{
	int cause = sqlite3_system_errno(sql->db);
	g_autofree char *folder = g_path_get_dirname(sql->path);
	bool readable = g_access(sql->path, R_OK) == 0;
	if (readable && (g_access(sql->path, W_OK) != 0 || g_access(folder, W_OK) != 0))
		return base_error_set(
			error, BASE_ERROR_CONFLICT, NULL, "%s or its folder is read-only; both must be writable for this.",
			sql->name);
	return base_error_set(
		error, BASE_ERROR_CONFLICT, NULL, "%s cannot be opened (%s); make it and its folder accessible.", sql->name,
		g_strerror(cause != 0 ? cause : EACCES));
}

/* Turns what the engine said last into a sentence. */
static bool fail_with(const Sql *sql, int code, GError **error)
{
	if (is_disk_full(code))
		return base_error_set(
			error, BASE_ERROR_TEMPORARY, NULL,
			"The disk is full or fails: nothing was written to %s; make room and try again.", sql->name);
	/* A damaged schema's message quotes the schema. */
	g_autofree char *said = text_to_show(sqlite3_errmsg(sql->db), SHOWN_BYTES);
	switch (code & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return base_error_set(
			error, BASE_ERROR_TEMPORARY, NULL, "Another program is using %s; try again in a moment.", sql->name);
	case SQLITE_CORRUPT:
		return base_error_set(
			error, BASE_ERROR_INTERNAL, NULL, "%s is damaged (%s); put a backup in its place.", sql->name, said);
	case SQLITE_NOTADB:
		return base_error_set(
			error, BASE_ERROR_INVALID, NULL, "%s is not a database of this program; name another file.", sql->name);
	case SQLITE_READONLY:
		return base_error_set(
			error, BASE_ERROR_CONFLICT, NULL, "%s is read-only: nothing was written; make it and its folder writable.",
			sql->name);
	case SQLITE_CANTOPEN:
		return fail_to_open(sql, error);
	case SQLITE_NOMEM:
		return base_error_set(error, BASE_ERROR_TEMPORARY, NULL, "There is not enough memory to use %s.", sql->name);
	default:
		return base_error_set(error, BASE_ERROR_INTERNAL, NULL, "%s cannot be used: %s.", sql->name, said);
	}
}

static bool fail(const Sql *sql, GError **error)
{
	return fail_with(sql, sqlite3_extended_errcode(sql->db), error);
}

static void query_free(void *data)
{
	SqlQuery *query = data;
	sqlite3_finalize(query->statement);
	g_free(query);
}

void sql_close(Sql *sql)
{
	if (sql == NULL)
		return;
	g_hash_table_unref(sql->queries);
	sqlite3_close_v2(sql->db);
	g_free(sql->path);
	g_free(sql->name);
	g_free(sql);
}

static void configure(sqlite3 *db)
{
	sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	sqlite3_busy_timeout(db, BUSY_MILLISECONDS);
}

/* Nobody here asks how much memory is in use, and keeping count takes a lock at every allocation; memory for pages is
 * got as they are read, not for twenty at once. Both can be said only before the library's first use. */
static void set_up_once(void)
{
	static gsize done;
	if (g_once_init_enter(&done)) {
		sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
		sqlite3_config(SQLITE_CONFIG_PAGECACHE, NULL, 0, 0);
		g_once_init_leave(&done, 1);
	}
}

/* A connection that has looked at nothing yet. */
static bool connect_to(const char *path, const char *uri, int flags, Sql **ret_sql, GError **error)
{
	set_up_once();
	g_autoptr(Sql) sql = g_new0(Sql, 1);
	sql->path = g_strdup(path);
	sql->name = name_to_show(path);
	sql->queries = g_hash_table_new_full(NULL, NULL, NULL, query_free);
	flags |= SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | (uri != NULL ? SQLITE_OPEN_URI : 0);
	int code = sqlite3_open_v2(uri != NULL ? uri : path, &sql->db, flags, NULL);
	if (code != SQLITE_OK)
		return fail_with(sql, code, error);
	configure(sql->db);
	*ret_sql = g_steal_pointer(&sql);
	return true;
}

/* Runs a statement that is not kept; *ret_value is its first number. */
static bool run_once(Sql *sql, const char *text, int64_t *ret_value, GError **error)
{
	sqlite3_stmt *statement = NULL;
	bool good = sqlite3_prepare_v2(sql->db, text, -1, &statement, NULL) == SQLITE_OK;
	int code = good ? sqlite3_step(statement) : SQLITE_ERROR;
	if (code == SQLITE_ROW && ret_value != NULL)
		*ret_value = sqlite3_column_int64(statement, 0);
	good = good && (code == SQLITE_ROW || code == SQLITE_DONE);
	if (!good)
		fail(sql, error);
	sqlite3_finalize(statement);
	return good;
}

bool sql_load_version(Sql *sql, int *ret_version, GError **error)
{
	int64_t version = 0;
	if (!run_once(sql, "PRAGMA user_version", &version, error))
		return false;
	*ret_version = (int)version;
	return true;
}

/* Ours bears our number; an empty one bears none and has no table. Where tables appear under our eyes, another program
 * has just made them, and the number with them. */
static bool check_owner(Sql *sql, GError **error)
{
	int64_t owner = 0, tables = 0;
	if (!run_once(sql, "PRAGMA application_id", &owner, error))
		return false;
	if (owner == APPLICATION_ID)
		return true;
	if (owner == 0 && !run_once(sql, "SELECT count(*) FROM sqlite_schema", &tables, error))
		return false;
	if (tables != 0 && !run_once(sql, "PRAGMA application_id", &owner, error))
		return false;
	if (owner != APPLICATION_ID && (owner != 0 || tables != 0))
		return base_error_set(
			error, BASE_ERROR_INVALID, NULL, "%s is another program's database; name another file.", sql->name);
	return true;
}

/* Before it creates anything, because SQLite would let the umask decide who may read it. O_EXCL also sees to it that no
 * descriptor of a file in use is ever closed here, which would give up this process's locks on it. */
static bool create_private(const char *path, GError **error)
{
	g_autofree char *folder = g_path_get_dirname(path);
	int fd = -1;
	if (g_mkdir_with_parents(folder, 0700) == 0)
		fd = g_open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
	if (fd < 0 && errno == EEXIST)
		return true;
	if (fd < 0) {
		int cause = errno;
		g_autofree char *name = name_to_show(path);
		bool full = cause == ENOSPC || cause == EDQUOT;
		return base_error_set(
			error, full ? BASE_ERROR_TEMPORARY : BASE_ERROR_CONFLICT, NULL, "%s cannot be created: %s.", name,
			g_strerror(cause));
	}
	close(fd);
	return true;
}

static bool check_exists(const char *path, GError **error)
{
	GStatBuf found;
	if (g_stat(path, &found) == 0)
		return true;
	int cause = errno;
	g_autofree char *name = name_to_show(path);
	bool missing = cause == ENOENT || cause == ENOTDIR;
	return base_error_set(
		error, missing ? BASE_ERROR_MISSING : BASE_ERROR_CONFLICT, NULL, "%s cannot be opened: %s.", name,
		g_strerror(cause));
}

/* A file in a folder nobody may write to has no place for the shared memory of its log. Where the log holds nothing,
 * nobody can be writing either, and the file may be read as one that never changes. */
static bool connect_immutable(const char *path, Sql **ret_sql, GError **error)
{
	g_autofree char *log = g_strconcat(path, "-wal", NULL);
	g_autofree char *folder = g_path_get_dirname(path);
	GStatBuf found;
	if ((g_stat(log, &found) == 0 && found.st_size > 0) || g_access(folder, W_OK) == 0)
		return false;
	g_autofree char *escaped = g_uri_escape_string(path, "/", FALSE);
	g_autofree char *uri = g_strconcat("file:", escaped, "?immutable=1", NULL);
	return connect_to(path, uri, SQLITE_OPEN_READONLY, ret_sql, error);
}

/* Those who read look at few rows, or at all of them once: pages that were used are taken for others soon, rather than
 * kept in memory that has to be got first. */
#define KEEP_FEW_PAGES "PRAGMA cache_size = 20"
#define KEEP_FEWER_PAGES "PRAGMA cache_size = 8" /* for a glance at some of them */

static bool open_to_read(const char *path, Sql **ret_sql, GError **error)
{
	g_autoptr(Sql) sql = NULL;
	g_autoptr(GError) fault = NULL;
	if (!check_exists(path, error) || !connect_to(path, NULL, SQLITE_OPEN_READONLY, &sql, error))
		return false;
	if (!check_owner(sql, &fault)) {
		Sql *immutable = NULL;
		int code = sqlite3_errcode(sql->db) & 0xff;
		bool unwritable = code == SQLITE_CANTOPEN || code == SQLITE_READONLY;
		if (!unwritable || !connect_immutable(path, &immutable, NULL)) {
			g_propagate_error(error, g_steal_pointer(&fault));
			return false;
		}
		sql_close(g_steal_pointer(&sql));
		sql = immutable;
		if (!check_owner(sql, error))
			return false;
	}
	if (!run_once(sql, KEEP_FEW_PAGES, NULL, error))
		return false;
	*ret_sql = g_steal_pointer(&sql);
	return true;
}

/* Who is alone with the file needs no memory for its log that is shared with others (SQLite's "WAL without shared
 * memory"), and opens it in two thirds of the time. False where others have it open, or it may not be written to;
 * nobody is waited for. */
static bool open_alone(const char *path, Sql **ret_sql)
{
	g_autoptr(Sql) sql = NULL;
	if (!connect_to(path, NULL, SQLITE_OPEN_READWRITE, &sql, NULL))
		return false;
	sqlite3_busy_timeout(sql->db, 0);
	if (!run_once(sql, "PRAGMA locking_mode = EXCLUSIVE", NULL, NULL) || !run_once(sql, KEEP_FEWER_PAGES, NULL, NULL) ||
		!run_once(sql, "PRAGMA query_only = ON", NULL, NULL) || !run_once(sql, "BEGIN", NULL, NULL) ||
		!check_owner(sql, NULL))
		return false;
	sql->alone = true;
	*ret_sql = g_steal_pointer(&sql);
	return true;
}

static bool open_to_glance(const char *path, Sql **ret_sql, GError **error)
{
	return open_alone(path, ret_sql) || open_to_read(path, ret_sql, error);
}

static bool open_to_write(const char *path, Sql **ret_sql, GError **error)
{
	g_autoptr(Sql) sql = NULL;
	if (strcmp(path, ":memory:") != 0 && !create_private(path, error))
		return false;
	if (!connect_to(path, NULL, SQLITE_OPEN_READWRITE, &sql, error) || !check_owner(sql, error))
		return false;
	sqlite3_db_config(sql->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
	if (!run_once(sql, "PRAGMA synchronous = FULL", NULL, error) ||
		!run_once(sql, "PRAGMA secure_delete = ON", NULL, error))
		return false;
	*ret_sql = g_steal_pointer(&sql);
	return true;
}

bool sql_open(const char *path, SqlMode mode, Sql **ret_sql, int *ret_version, GError **error)
{
	g_autoptr(Sql) sql = NULL;
	static bool (*const open[])(const char *path, Sql **ret_sql, GError **error) = {
		[SQL_READ_ONLY] = open_to_read, [SQL_GLANCE] = open_to_glance, [SQL_READ_WRITE] = open_to_write};
	int version = 0;
	if (!check_file(path, error) || !open[mode](path, &sql, error))
		return false;
	if (!sql_load_version(sql, &version, error))
		return false;
	/* The log's mode is a property of the file. It cannot be changed inside of a transaction. */
	if (version == 0 && mode == SQL_READ_WRITE && !run_once(sql, "PRAGMA journal_mode = WAL", NULL, error))
		return false;
	*ret_sql = g_steal_pointer(&sql);
	*ret_version = version;
	return true;
}

const char *sql_get_name(const Sql *sql)
{
	return sql->name;
}

static void find_parameters(SqlQuery *query)
{
	for (int number = 1; number < PARAMETER_MAX; number++) {
		char name[8];
		g_snprintf(name, sizeof name, "$%d", number);
		query->parameters[number] = sqlite3_bind_parameter_index(query->statement, name);
		if (query->parameters[number] == 0)
			break;
	}
}

SqlQuery *sql_query(Sql *sql, const char *text, GError **error)
{
	SqlQuery *query = g_hash_table_lookup(sql->queries, text);
	if (query != NULL) {
		sqlite3_reset(query->statement);
		query->bind_fault = SQLITE_OK;
		return query;
	}
	sqlite3_stmt *statement = NULL;
	if (sqlite3_prepare_v3(sql->db, text, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK) {
		fail(sql, error);
		return NULL;
	}
	query = g_new0(SqlQuery, 1);
	query->sql = sql;
	query->statement = statement;
	find_parameters(query);
	g_hash_table_insert(sql->queries, (gpointer)text, query);
	return query;
}

static SqlQuery *bound(SqlQuery *query, int code)
{
	if (query->bind_fault == SQLITE_OK)
		query->bind_fault = code;
	return query;
}

SqlQuery *sql_bind_int(SqlQuery *query, int number, int64_t value)
{
	return bound(query, sqlite3_bind_int64(query->statement, query->parameters[number], value));
}

SqlQuery *sql_bind_text(SqlQuery *query, int number, const char *text)
{
	int at = query->parameters[number];
	return bound(query, sqlite3_bind_text(query->statement, at, text, -1, SQLITE_TRANSIENT));
}

SqlQuery *sql_bind_null(SqlQuery *query, int number)
{
	return bound(query, sqlite3_bind_null(query->statement, query->parameters[number]));
}

SqlQuery *sql_bind_bytes(SqlQuery *query, int number, const void *bytes, size_t length)
{
	int at = query->parameters[number];
	return bound(query, sqlite3_bind_blob64(query->statement, at, bytes, length, SQLITE_TRANSIENT));
}

SqlStep sql_step(SqlQuery *query, GError **error)
{
	if (query->bind_fault != SQLITE_OK) {
		fail_with(query->sql, query->bind_fault, error);
		return SQL_FAILED;
	}
	int code = sqlite3_step(query->statement);
	if (code == SQLITE_ROW)
		return SQL_ROW;
	if (code != SQLITE_DONE)
		fail(query->sql, error);
	sqlite3_reset(query->statement);
	return code == SQLITE_DONE ? SQL_DONE : SQL_FAILED;
}

void sql_end(SqlQuery *query)
{
	sqlite3_reset(query->statement);
}

bool sql_run(SqlQuery *query, int *ret_changed, GError **error)
{
	SqlStep step = sql_step(query, error);
	if (step == SQL_FAILED)
		return false;
	if (ret_changed != NULL)
		*ret_changed = sqlite3_changes(query->sql->db);
	sql_end(query);
	return true;
}

bool sql_run_int(SqlQuery *query, int64_t *ret_value, GError **error)
{
	SqlStep step = sql_step(query, error);
	if (step == SQL_FAILED)
		return false;
	if (step == SQL_ROW)
		*ret_value = sql_int(query, 0);
	sql_end(query);
	return true;
}

static bool run_kept(Sql *sql, const char *text, GError **error)
{
	SqlQuery *query = sql_query(sql, text, error);
	return query != NULL && sql_run(query, NULL, error);
}

bool sql_begin(Sql *sql, SqlLock lock, GError **error)
{
	return sql->alone || run_kept(sql, lock == SQL_WRITE ? "BEGIN IMMEDIATE" : "BEGIN", error);
}

bool sql_commit(Sql *sql, GError **error)
{
	return sql->alone || run_kept(sql, "COMMIT", error);
}

void sql_rollback(Sql *sql)
{
	GHashTableIter iter;
	gpointer query;
	g_hash_table_iter_init(&iter, sql->queries);
	while (g_hash_table_iter_next(&iter, NULL, &query))
		sql_end(query);
	if (!sql->alone && !sqlite3_get_autocommit(sql->db))
		run_kept(sql, "ROLLBACK", NULL);
}

int sql_column(SqlQuery *query, const char *name)
{
	int count = sqlite3_column_count(query->statement);
	for (int i = 0; i < count; i++) {
		int at = (query->next_column + i) % count;
		if (strcmp(sqlite3_column_name(query->statement, at), name) == 0) {
			query->next_column = at + 1;
			return at;
		}
	}
	g_assert_not_reached();
}

bool sql_is_null(const SqlQuery *query, int column)
{
	return sqlite3_column_type(query->statement, column) == SQLITE_NULL;
}

int64_t sql_int(const SqlQuery *query, int column)
{
	return sqlite3_column_int64(query->statement, column);
}

const char *sql_text(const SqlQuery *query, int column, size_t *ret_length)
{
	const unsigned char *text = sqlite3_column_text(query->statement, column);
	if (ret_length != NULL)
		*ret_length = (size_t)sqlite3_column_bytes(query->statement, column);
	return text != NULL ? (const char *)text : "";
}

const void *sql_bytes(const SqlQuery *query, int column, size_t *ret_length)
{
	const void *bytes = sqlite3_column_blob(query->statement, column);
	*ret_length = (size_t)sqlite3_column_bytes(query->statement, column);
	return bytes;
}

bool sql_migrate(Sql *sql, const char *script, int version, GError **error)
{
	char marks[96];
	g_snprintf(marks, sizeof marks, "PRAGMA application_id = %d; PRAGMA user_version = %d", APPLICATION_ID, version);
	if (sqlite3_exec(sql->db, script, NULL, NULL, NULL) != SQLITE_OK ||
		sqlite3_exec(sql->db, marks, NULL, NULL, NULL) != SQLITE_OK)
		return fail(sql, error);
	return true;
}

bool sql_scrub(Sql *sql, bool shrink, GError **error)
{
	if (shrink && !run_once(sql, "VACUUM", NULL, error))
		return false;
	/* A reader elsewhere may still need the log; then it is emptied when that reader, or the last program, closes. */
	int code = sqlite3_wal_checkpoint_v2(sql->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	return code == SQLITE_OK || (code & 0xff) == SQLITE_BUSY || (code & 0xff) == SQLITE_LOCKED ||
		   fail_with(sql, code, error);
}

bool sql_copy(Sql *sql, const char *path, GError **error)
{
	g_autoptr(Sql) copy = NULL;
	if (!connect_to(path, NULL, SQLITE_OPEN_READWRITE, &copy, error))
		return false;
	/* The file is thrown away where this fails, so it needs no journal; whoever asked for it syncs it. */
	if (!run_once(copy, "PRAGMA journal_mode = OFF", NULL, error) ||
		!run_once(copy, "PRAGMA synchronous = OFF", NULL, error))
		return false;
	sqlite3_backup *backup = sqlite3_backup_init(copy->db, "main", sql->db, "main");
	if (backup == NULL)
		return fail(copy, error);
	/* All pages in one step are one snapshot, whoever writes meanwhile. */
	int code = sqlite3_backup_step(backup, -1);
	sqlite3_backup_finish(backup);
	if (code == SQLITE_DONE)
		return true;
	/* Which of the two files failed, only the code tells. */
	return fail_with((code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB ? sql : copy, code, error);
}

bool sql_is_file(const Sql *sql, const char *path)
{
	GStatBuf ours, theirs;
	return g_stat(sql->path, &ours) == 0 && g_stat(path, &theirs) == 0 && ours.st_dev == theirs.st_dev &&
		   ours.st_ino == theirs.st_ino;
}
