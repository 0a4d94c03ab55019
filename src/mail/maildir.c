/* maildir.c - a mailbox as a folder of files, one a mail (https://cr.yp.to/proto/maildir.html).
 *
 * A file keeps its name up to the colon for as long as it lives, whatever is done with it, so that the mark is the set
 * of those names, as sorted hashes of 64 bits.  Times of files only say which are too old to look at.
 */
#include "mailbox.h"

#include <base/error.h>
#include <base/text.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	MARK_FORM = 1, /* the first number of a mark */
	HEAD_BYTES = 8192,
	DAY_LENGTH = 24 * 3600,
};

typedef struct Maildir {
	Mailbox port;
	char *path;
	int notices; /* of inotify; -1 before the first wait */
} Maildir;

typedef struct Found {
	guint64 name; /* hash of the file's lasting name */
	char *path;   /* relative to the folder */
	gint64 at;    /* when the file was written, seconds; 0 while that was not looked up */
} Found;

static void clear_found(void *data)
{
	g_free(((Found *)data)->path);
}

/* FNV-1a of what stands before the colon. */
static guint64 hash_name(const char *name)
{
	guint64 hash = G_GUINT64_CONSTANT(14695981039346656037);
	for (; *name != '\0' && *name != ':'; name++)
		hash = (hash ^ (guint8)*name) * G_GUINT64_CONSTANT(1099511628211);
	return hash;
}

static int compare_names(const void *a, const void *b)
{
	guint64 one = *(const guint64 *)a, other = *(const guint64 *)b;
	return one < other ? -1 : one > other;
}

static int compare_found(const void *a, const void *b)
{
	const Found *one = a, *other = b;
	if (one->at != other->at)
		return one->at < other->at ? -1 : 1;
	return strcmp(one->path, other->path);
}

/* The names of a mark, without its first number; none where it is none of ours. */
static const guint64 *names_of(GBytes *mark, size_t *ret_count)
{
	gsize size = 0;
	const guint64 *numbers = mark == NULL ? NULL : g_bytes_get_data(mark, &size);
	*ret_count = 0;
	if (numbers == NULL || size < sizeof *numbers || size % sizeof *numbers != 0 || numbers[0] != MARK_FORM)
		return NULL;
	*ret_count = size / sizeof *numbers - 1;
	return numbers + 1;
}

/* ---- looking ---- */

typedef struct Look {
	const Maildir *maildir;
	GBytes *mark;
	GArray *names; /* of guint64: all there are */
	GArray *fresh; /* of Found */
} Look;

static void look_at(Look *look, const char *folder, const char *file)
{
	size_t count = 0;
	const guint64 *known = names_of(look->mark, &count);
	guint64 name = hash_name(file);
	g_array_append_val(look->names, name);
	if (known != NULL && bsearch(&name, known, count, sizeof name, compare_names) != NULL)
		return;
	Found found = {.name = name, .path = g_strconcat(folder, "/", file, NULL)};
	g_array_append_val(look->fresh, found);
}

/* new is listed before cur: a mail that is moved in between is then seen twice rather than not at all. */
static bool look_into(Look *look, GError **error)
{
	static const char *const folders[] = {"new", "cur"};
	for (size_t i = 0; i < G_N_ELEMENTS(folders); i++) {
		g_autofree char *path = g_build_filename(look->maildir->path, folders[i], NULL);
		g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
		if (dir == NULL)
			return base_error_set(error, BASE_ERROR_TEMPORARY, NULL, "The mail folder %s cannot be read.", path);
		for (const char *file; (file = g_dir_read_name(dir)) != NULL;)
			if (file[0] != '.')
				look_at(look, folders[i], file);
	}
	return true;
}

/* Files of before `since` are no news; each name counts once. */
static void sort_out(Look *look, int64_t since)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(g_int64_hash, g_int64_equal);
	for (guint i = look->fresh->len; i-- > 0;) {
		Found *found = &g_array_index(look->fresh, Found, i);
		g_autofree char *path = g_build_filename(look->maildir->path, found->path, NULL);
		struct stat info;
		if (stat(path, &info) == 0)
			found->at = info.st_mtime;
	}
	g_array_sort(look->fresh, compare_found);
	for (guint i = 0; i < look->fresh->len;) {
		Found *found = &g_array_index(look->fresh, Found, i);
		bool old = found->at != 0 && found->at < since - DAY_LENGTH;
		if (old || g_hash_table_contains(seen, &found->name)) {
			g_array_remove_index(look->fresh, i);
			continue;
		}
		i++;
	}
	for (guint i = 0; i < look->fresh->len; i++)
		g_hash_table_add(seen, &g_array_index(look->fresh, Found, i).name);
}

/* ---- reading ---- */

/* Up to so many bytes; NULL where the file is gone. A file may move from new to cur, or change its flags, at any
 * moment. */
static int open_mail(const Maildir *maildir, const Found *found)
{
	g_autofree char *path = g_build_filename(maildir->path, found->path, NULL);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0)
		return fd;
	g_autofree char *folder = g_build_filename(maildir->path, "cur", NULL);
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	for (const char *file; dir != NULL && (file = g_dir_read_name(dir)) != NULL;)
		if (hash_name(file) == found->name) {
			g_autofree char *moved = g_build_filename(folder, file, NULL);
			return open(moved, O_RDONLY | O_CLOEXEC);
		}
	return -1;
}

/* The length of the headers of a mail, the empty line included; all of it where there is none. */
static size_t head_length(const char *bytes, size_t length)
{
	const char *end = bytes + length;
	for (const char *at = bytes; at < end;) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));
		if (newline == NULL)
			return length;
		at = newline + 1;
		if (at < end && (*at == '\n' || (*at == '\r' && at + 1 < end && at[1] == '\n')))
			return (size_t)(at - bytes) + (*at == '\r' ? 2 : 1);
	}
	return length;
}

/* Adds to what was read until there are `enough` bytes or no more. */
static void read_more(int fd, GString *bytes, size_t enough)
{
	while (bytes->len < enough) {
		size_t before = bytes->len, room = MIN(enough - before, 256 * 1024);
		g_string_set_size(bytes, before + room);
		ssize_t got = read(fd, bytes->str + before, room);
		g_string_set_size(bytes, before + (got > 0 ? (size_t)got : 0));
		if (got <= 0 && errno != EINTR)
			return;
	}
}

static bool visit_mail(
	const Maildir *maildir, const Found *found, const MailboxVisit *visit, GString *bytes, GError **error)
{
	int fd = open_mail(maildir, found);
	if (fd < 0)
		return true;
	g_string_truncate(bytes, 0);
	read_more(fd, bytes, HEAD_BYTES);
	size_t head = head_length(bytes->str, bytes->len);
	if (head == bytes->len && head == HEAD_BYTES) {
		read_more(fd, bytes, MAIL_LIMIT_HEADERS);
		head = head_length(bytes->str, bytes->len);
	}
	bool good = true;
	if (visit->wants(bytes->str, head, visit->data)) {
		read_more(fd, bytes, MAIL_LIMIT_BYTES);
		good = visit->take(bytes->str, bytes->len, visit->data, error);
	}
	close(fd);
	return good;
}

static GBytes *make_mark(GArray *names)
{
	g_autoptr(GArray) numbers = g_array_new(FALSE, FALSE, sizeof(guint64));
	guint64 form = MARK_FORM;
	g_array_append_val(numbers, form);
	g_array_sort(names, compare_names);
	g_array_append_vals(numbers, names->data, names->len);
	return g_bytes_new(numbers->data, numbers->len * sizeof(guint64));
}

static bool maildir_read(
	Mailbox *mailbox, GBytes *mark, int64_t since, const MailboxVisit *visit, GBytes **ret_mark, GError **error)
{
	const Maildir *maildir = (const Maildir *)mailbox;
	g_autoptr(GArray) names = g_array_new(FALSE, FALSE, sizeof(guint64));
	g_autoptr(GArray) fresh = g_array_new(FALSE, FALSE, sizeof(Found));
	g_autoptr(GString) bytes = g_string_sized_new(HEAD_BYTES);
	g_array_set_clear_func(fresh, clear_found);
	Look look = {maildir, mark, names, fresh};
	if (!look_into(&look, error))
		return false;
	sort_out(&look, since);
	for (guint i = 0; i < fresh->len; i++)
		if (!visit_mail(maildir, &g_array_index(fresh, Found, i), visit, bytes, error))
			return false;
	*ret_mark = make_mark(names);
	return true;
}

/* ---- waiting ---- */

static void begin_notices(Maildir *maildir)
{
	static const char *const folders[] = {"new", "cur"};
	maildir->notices = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	for (size_t i = 0; i < G_N_ELEMENTS(folders) && maildir->notices >= 0; i++) {
		g_autofree char *path = g_build_filename(maildir->path, folders[i], NULL);
		(void)!inotify_add_watch(maildir->notices, path, IN_CREATE | IN_MOVED_TO);
	}
}

static bool maildir_wait(Mailbox *mailbox, int seconds, bool *ret_changed, GError **error)
{
	Maildir *maildir = (Maildir *)mailbox;
	char notices[4096];
	bool first = maildir->notices < 0; /* what came before the notices began has no notice */
	if (first)
		begin_notices(maildir);
	struct pollfd wait = {.fd = maildir->notices, .events = POLLIN};
	int ready = first ? 1 : poll(&wait, 1, seconds * 1000);
	while (read(maildir->notices, notices, sizeof notices) > 0)
		;
	*ret_changed = ready > 0;
	return true;
}

static void maildir_close(Mailbox *mailbox)
{
	Maildir *maildir = (Maildir *)mailbox;
	if (maildir->notices >= 0)
		close(maildir->notices);
	g_free(maildir->path);
	g_free(maildir);
}

/* ---- sent mail ---- */

typedef struct SentSearch {
	const char *id;
	bool found;
} SentSearch;

static bool has_id(const char *head, size_t length, void *data)
{
	SentSearch *search = data;
	g_autoptr(MailIncoming) mail = mail_parse(head, length);
	search->found = search->found || g_strcmp0(mail->message_id, search->id) == 0;
	return false;
}

static bool take_none(const char *bytes, size_t length, void *data, GError **error)
{
	return true;
}

static char *find_sent_folder(const Maildir *maildir)
{
	static const char *const names[] = {".Sent", "Sent", "../Sent", "../.Sent", ".Sent Items", "../Sent Items"};
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *path = g_build_filename(maildir->path, names[i], NULL);
		g_autofree char *cur = g_build_filename(path, "cur", NULL);
		if (g_file_test(cur, G_FILE_TEST_IS_DIR))
			return g_steal_pointer(&path);
	}
	return NULL;
}

static bool maildir_find_sent(Mailbox *mailbox, const char *message_id, bool *ret_found, GError **error)
{
	enum { LOOK_BACK = 60 * DAY_LENGTH };
	Mailbox *sent = NULL;
	SentSearch search = {message_id, false};
	const MailboxVisit visit = {has_id, take_none, &search};
	g_autoptr(GBytes) mark = NULL;
	g_autofree char *folder = find_sent_folder((const Maildir *)mailbox);
	if (folder == NULL)
		return base_error_set(
			error, BASE_ERROR_MISSING, NULL, "There is no folder of sent mail beside %s.", ((Maildir *)mailbox)->path);
	if (!maildir_open(folder, &sent, error))
		return false;
	bool good = maildir_read(sent, NULL, g_get_real_time() / G_USEC_PER_SEC - LOOK_BACK, &visit, &mark, error);
	maildir_close(sent);
	if (good)
		*ret_found = search.found;
	return good;
}

bool maildir_open(const char *path, Mailbox **ret_mailbox, GError **error)
{
	static const MailboxKind kind = {maildir_read, maildir_wait, maildir_find_sent, maildir_close};
	g_autofree char *cur = g_build_filename(path, "cur", NULL), *new = g_build_filename(path, "new", NULL);
	if (!g_file_test(cur, G_FILE_TEST_IS_DIR) || !g_file_test(new, G_FILE_TEST_IS_DIR)) {
		g_autofree char *shown = text_to_show(path, 200);
		return base_error_set(
			error, BASE_ERROR_MISSING, "maildir", "%s is no Maildir; a folder with cur and new in it is expected.",
			shown);
	}
	Maildir *maildir = g_new0(Maildir, 1);
	maildir->port.kind = &kind;
	maildir->path = g_strdup(path);
	maildir->notices = -1;
	*ret_mailbox = &maildir->port;
	return true;
}
