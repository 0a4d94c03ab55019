/* maildir.c - a mailbox as a folder of files, one a mail (https://cr.yp.to/proto/maildir.html).
 *
 * A file keeps its name up to the colon for as long as it lives, whatever is done with it, so that the mark is the set
 * of those names, as sorted hashes of 64 bits.  Times of files only say which are too old to look at.  Of a mail that
 * is new sixteen bytes and its name are kept, so that a folder of a million can be looked at.
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
	PATHS_MAX = 1 << 30, /* bytes of names; what is over waits for the next look */
};

typedef struct Maildir {
	Mailbox port;
	char *path;
	int notices; /* of inotify; -1 before the first wait */
} Maildir;

/* A file that no mark covers. */
typedef struct Found {
	guint64 name; /* hash of its lasting name */
	guint32 path; /* where its path begins in Look.paths */
	guint32 at;   /* when it was written, seconds; 0 where it is gone */
} Found;

/* FNV-1a of what stands before the colon. */
static guint64 hash_name(const char *name)
{
	guint64 hash = G_GUINT64_CONSTANT(14695981039346656037);
	for (; *name != '\0' && *name != ':'; name++)
		hash = (hash ^ (guint8)*name) * G_GUINT64_CONSTANT(1099511628211);
	return hash;
}

/* ---- the mark ---- */

/* The names of a mark, sorted, and which of them are there still. */
typedef struct Known {
	const guint64 *names;
	size_t count;
	guint32 *starts; /* of each stretch of names whose first bits are the same; one more than there are stretches */
	int shift;       /* that leaves those bits of a name */
	guint8 *there;   /* 1 for each name that was met */
} Known;

static void known_clear(Known *known)
{
	g_free(known->starts);
	g_free(known->there);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Known, known_clear)

/* None where the mark is none of ours. A mark that is out of order only hides names, which are looked at again then. */
static void known_fill(Known *known, GBytes *mark)
{
	gsize size = 0;
	const guint64 *numbers = mark == NULL ? NULL : g_bytes_get_data(mark, &size);
	bool ours = numbers != NULL && size >= sizeof *numbers && size % sizeof *numbers == 0 && numbers[0] == MARK_FORM;
	int bits = 1;
	known->count = ours ? size / sizeof *numbers - 1 : 0;
	known->names = ours ? numbers + 1 : NULL;
	while (bits < 20 && (size_t)1 << bits < known->count)
		bits++;
	known->shift = 64 - bits;
	known->starts = g_new0(guint32, ((size_t)1 << bits) + 1);
	known->there = g_new0(guint8, known->count);
	for (size_t i = 0; i < known->count; i++)
		known->starts[(known->names[i] >> known->shift) + 1] = (guint32)i + 1;
	for (size_t i = 1; i <= (size_t)1 << bits; i++)
		known->starts[i] = MAX(known->starts[i], known->starts[i - 1]);
}

/* Whether the mark holds a name; it is noted as there then. */
static bool known_meet(Known *known, guint64 name)
{
	size_t stretch = (size_t)(name >> known->shift);
	for (guint32 i = known->starts[stretch]; i < known->starts[stretch + 1]; i++)
		if (known->names[i] == name) {
			known->there[i] = 1;
			return true;
		}
	return false;
}

/* The new mark: what is still there of the old one, and what was found (sorted by name, each once). */
static GBytes *make_mark(const Known *known, const GArray *found)
{
	g_autoptr(GArray) numbers = g_array_sized_new(FALSE, FALSE, sizeof(guint64), 1 + (guint)known->count + found->len);
	guint64 form = MARK_FORM;
	guint at = 0;
	g_array_append_val(numbers, form);
	for (size_t i = 0; i <= known->count; i++) {
		bool last = i == known->count;
		if (!last && known->there[i] == 0)
			continue;
		for (; at < found->len && (last || g_array_index(found, Found, at).name < known->names[i]); at++)
			g_array_append_val(numbers, g_array_index(found, Found, at).name);
		if (!last)
			g_array_append_val(numbers, known->names[i]);
	}
	gsize size = numbers->len * sizeof(guint64);
	return g_bytes_new_take(g_array_free(g_steal_pointer(&numbers), FALSE), size);
}

/* ---- looking ---- */

typedef struct Look {
	const Maildir *maildir;
	Known *known;
	GArray *found;  /* of Found */
	GString *paths; /* relative to the folder, each with its NUL */
} Look;

static const char *path_of(const Look *look, const Found *found)
{
	return look->paths->str + found->path;
}

/* Into what is used again and again. */
static const char *whole_path(const Look *look, const Found *found, GString *path)
{
	g_string_assign(path, look->maildir->path);
	g_string_append_c(path, G_DIR_SEPARATOR);
	return g_string_append(path, path_of(look, found))->str;
}

static void look_at(Look *look, const char *folder, const char *file)
{
	Found found = {.name = hash_name(file), .path = (guint32)look->paths->len};
	if (known_meet(look->known, found.name) || look->paths->len > PATHS_MAX)
		return;
	g_string_append_printf(look->paths, "%s/%s", folder, file);
	g_string_append_c(look->paths, '\0');
	g_array_append_val(look->found, found);
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

/* By name, of one name that found later first. */
static int compare_names(const void *a, const void *b)
{
	const Found *one = a, *other = b;
	if (one->name != other->name)
		return one->name < other->name ? -1 : 1;
	return one->path > other->path ? -1 : one->path < other->path;
}

static int compare_times(const void *a, const void *b, void *data)
{
	const Found *one = a, *other = b;
	if (one->at != other->at)
		return one->at < other->at ? -1 : 1;
	return strcmp(path_of(data, one), path_of(data, other));
}

/* Each name counts once, where it was found last. */
static void drop_doubles(GArray *found)
{
	guint kept = 0;
	g_array_sort(found, compare_names);
	for (guint i = 0; i < found->len; i++) {
		Found one = g_array_index(found, Found, i);
		if (kept == 0 || g_array_index(found, Found, kept - 1).name != one.name)
			g_array_index(found, Found, kept++) = one;
	}
	g_array_set_size(found, kept);
}

/* Files of before `since` are no news; the others in the order in which they came. */
static void sort_out(Look *look, int64_t since)
{
	g_autoptr(GString) path = g_string_new(NULL);
	guint kept = 0;
	for (guint i = 0; i < look->found->len; i++) {
		Found one = g_array_index(look->found, Found, i);
		struct stat info;
		if (stat(whole_path(look, &one, path), &info) == 0)
			one.at = (guint32)CLAMP((gint64)info.st_mtime, 1, G_MAXUINT32);
		if (one.at == 0 || one.at >= since - DAY_LENGTH)
			g_array_index(look->found, Found, kept++) = one;
	}
	g_array_set_size(look->found, kept);
	g_array_sort_with_data(look->found, compare_times, look);
}

/* ---- reading ---- */

/* -1 where the file is gone. It may move from new to cur, or change its flags, at any moment. */
static int open_mail(const Look *look, const Found *found, GString *path)
{
	int fd = open(whole_path(look, found, path), O_RDONLY | O_CLOEXEC);
	if (fd >= 0)
		return fd;
	g_autofree char *folder = g_build_filename(look->maildir->path, "cur", NULL);
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

static bool visit_mail(int fd, const MailboxVisit *visit, GString *bytes, GError **error)
{
	g_string_truncate(bytes, 0);
	read_more(fd, bytes, HEAD_BYTES);
	size_t head = head_length(bytes->str, bytes->len);
	if (head == bytes->len && head == HEAD_BYTES) {
		read_more(fd, bytes, MAIL_LIMIT_HEADERS);
		head = head_length(bytes->str, bytes->len);
	}
	if (!visit->wants(bytes->str, head, visit->data))
		return true;
	read_more(fd, bytes, MAIL_LIMIT_BYTES);
	return visit->take(bytes->str, bytes->len, visit->data, error);
}

static bool visit_found(const Look *look, const MailboxVisit *visit, GError **error)
{
	g_autoptr(GString) bytes = g_string_sized_new(HEAD_BYTES), path = g_string_new(NULL);
	for (guint i = 0; i < look->found->len; i++) {
		int fd = open_mail(look, &g_array_index(look->found, Found, i), path);
		bool good = fd < 0 || visit_mail(fd, visit, bytes, error);
		if (fd >= 0)
			close(fd);
		if (!good)
			return false;
	}
	return true;
}

static bool maildir_read(
	Mailbox *mailbox, GBytes *mark, int64_t since, const MailboxVisit *visit, GBytes **ret_mark, GError **error)
{
	g_auto(Known) known = {0};
	g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(Found));
	g_autoptr(GString) paths = g_string_new(NULL);
	Look look = {(const Maildir *)mailbox, &known, found, paths};
	known_fill(&known, mark);
	if (!look_into(&look, error))
		return false;
	drop_doubles(found);
	g_autoptr(GBytes) fresh = make_mark(&known, found);
	sort_out(&look, since);
	if (!visit_found(&look, visit, error))
		return false;
	*ret_mark = g_steal_pointer(&fresh);
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
	if (!mailbox_open_maildir(folder, &sent, error))
		return false;
	bool good = maildir_read(sent, NULL, g_get_real_time() / G_USEC_PER_SEC - LOOK_BACK, &visit, &mark, error);
	maildir_close(sent);
	if (good)
		*ret_found = search.found;
	return good;
}

bool mailbox_open_maildir(const char *path, Mailbox **ret_mailbox, GError **error)
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
