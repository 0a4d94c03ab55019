/* streams.c - readers asleep until there is something to say.
 */
#include "streams.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/inotify.h>
#include <unistd.h>

enum {
	STREAMS_MAX = 300,
	BLOCK_BYTES = 256,
	COMMENT_MS = 15000,
	GATHER_MS = 120, /* a save is several writes, */
	LOOKS = 8,       /* and is seen when the disk has it: up to half a minute later, at each look twice as late */
};

typedef struct Stream {
	Streams *streams;
	struct MHD_Connection *connection;
	guint64 told; /* the number of the last change it was told of */
	bool asleep, comment, begun, left;
} Stream;

struct Streams {
	App *app;
	GPtrArray *all; /* of Stream, owned by their responses */
	char *name;     /* of the database's file, without its folder */
	int fd;         /* of epoll: over what the kernel tells of the file, and every reader that leaves */
	int changes_fd;
	guint64 changes;
	int64_t number;  /* of what was stored at the last look */
	gint64 look_due; /* milliseconds of the monotonic clock, 0: none */
	int looks;       /* since something was written */
	gint64 comment_due;
	bool ending;
};

static gint64 now_ms(void)
{
	return g_get_monotonic_time() / 1000;
}

Streams *streams_new(App *app)
{
	Streams *streams = g_new0(Streams, 1);
	g_autofree char *folder = g_path_get_dirname(app_get_path(app));
	streams->app = app;
	streams->all = g_ptr_array_new();
	streams->name = g_path_get_basename(app_get_path(app));
	streams->comment_due = now_ms() + COMMENT_MS;
	streams->fd = epoll_create1(EPOLL_CLOEXEC);
	streams->changes_fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	struct epoll_event event = {.events = EPOLLIN};
	if (streams->changes_fd >= 0 &&
		inotify_add_watch(streams->changes_fd, folder, IN_MODIFY | IN_CREATE | IN_DELETE) >= 0)
		(void)!epoll_ctl(streams->fd, EPOLL_CTL_ADD, streams->changes_fd, &event);
	return streams;
}

void streams_free(Streams *streams)
{
	if (streams->fd >= 0)
		close(streams->fd);
	if (streams->changes_fd >= 0)
		close(streams->changes_fd);
	g_ptr_array_unref(streams->all);
	g_free(streams->name);
	g_free(streams);
}

static void free_stream(void *data)
{
	Stream *stream = data;
	g_ptr_array_remove_fast(stream->streams->all, stream);
	g_free(stream);
}

/* The library does not look at a connection that sleeps; so the kernel is asked to tell, once, when its reader has
 * left. What is closed is no longer told of. */
static void watch_leaving(Stream *stream)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(stream->connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	struct epoll_event event = {.events = EPOLLRDHUP | EPOLLONESHOT, .data.ptr = stream};
	if (info != NULL)
		(void)!epoll_ctl(stream->streams->fd, EPOLL_CTL_ADD, info->connect_fd, &event);
}

/* What the library asks for when the reader can take more. */
static ssize_t write_stream(void *data, uint64_t position, char *buffer, size_t size)
{
	Stream *stream = data;
	const Streams *streams = stream->streams;
	if (streams->ending || stream->left)
		return MHD_CONTENT_READER_END_OF_STREAM;
	int length = 0;
	if (!stream->begun)
		length = g_snprintf(buffer, size, "retry: 2000\n\n");
	else if (stream->told != streams->changes)
		length = g_snprintf(buffer, size, "event: change\ndata: %" G_GUINT64_FORMAT "\n\n", streams->changes);
	else if (stream->comment)
		length = g_snprintf(buffer, size, ":\n\n");
	if (length == 0) {
		stream->asleep = true;
		MHD_suspend_connection(stream->connection);
		return 0;
	}
	if (stream->begun)
		stream->told = streams->changes;
	stream->begun = true;
	stream->comment = false;
	return length;
}

struct MHD_Response *streams_open(Streams *streams, struct MHD_Connection *connection)
{
	if (streams->all->len >= STREAMS_MAX)
		return NULL;
	Stream *stream = g_new0(Stream, 1);
	*stream = (Stream){.streams = streams, .connection = connection, .told = streams->changes};
	struct MHD_Response *reply =
		MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK_BYTES, write_stream, stream, free_stream);
	if (reply == NULL)
		g_free(stream);
	else
		g_ptr_array_add(streams->all, stream);
	if (reply != NULL)
		watch_leaving(stream);
	return reply;
}

int streams_get_fd(const Streams *streams)
{
	return streams->fd;
}

int streams_wait(const Streams *streams)
{
	gint64 due = streams->all->len == 0 ? 0 : streams->comment_due;
	if (streams->look_due != 0 && (due == 0 || streams->look_due < due))
		due = streams->look_due;
	return due == 0 ? -1 : (int)MAX(0, due - now_ms());
}

static void wake(Stream *stream)
{
	if (stream->asleep)
		MHD_resume_connection(stream->connection);
	stream->asleep = false;
}

/* Answers to a debrief are kept beside it too: they are nobody else's business. */
static bool is_database(const Streams *streams, const char *name)
{
	size_t length = strlen(streams->name);
	return strncmp(name, streams->name, length) == 0 &&
		   (name[length] == '\0' || strcmp(name + length, "-wal") == 0 || strcmp(name + length, "-journal") == 0);
}

/* Whether any of the events is about the database, its log beside it included. */
static bool read_events(const Streams *streams)
{
	_Alignas(struct inotify_event) char buffer[4096];
	bool ours = false;
	for (;;) {
		ssize_t got = read(streams->changes_fd, buffer, sizeof buffer);
		if (got <= 0)
			return ours;
		for (char *at = buffer; at < buffer + got;) {
			const struct inotify_event *event = (const struct inotify_event *)at;
			ours = ours || (event->len > 0 && is_database(streams, event->name));
			at += sizeof *event + event->len;
		}
	}
}

/* Whoever left is woken, so that the library sees it. A reader may be among the events that is gone by now. */
static void wake_leaving(const Streams *streams)
{
	struct epoll_event events[64];
	int count = epoll_wait(streams->fd, events, G_N_ELEMENTS(events), 0);
	for (int i = 0; i < count; i++) {
		Stream *stream = events[i].data.ptr;
		if (stream == NULL || !g_ptr_array_find(streams->all, stream, NULL))
			continue;
		stream->left = true;
		wake(stream);
	}
}

/* Whether something was stored since the last look. What is written to the file is stored only when the disk has it. */
static bool look(Streams *streams, gint64 now)
{
	int64_t number = streams->number;
	bool changed = !app_change_number(streams->app, &number, NULL) || number != streams->number;
	streams->number = number;
	streams->looks++;
	streams->look_due = streams->looks < LOOKS ? now + (GATHER_MS << streams->looks) : 0;
	return changed;
}

void streams_tend(Streams *streams)
{
	gint64 now = now_ms();
	wake_leaving(streams);
	bool first_is_due = streams->look_due != 0 && streams->looks == 0;
	if (streams->changes_fd >= 0 && read_events(streams) && !first_is_due) {
		streams->look_due = now + GATHER_MS;
		streams->looks = 0;
	}
	bool changed = streams->look_due != 0 && now >= streams->look_due && look(streams, now);
	bool comment = now >= streams->comment_due;
	if (!changed && !comment)
		return;
	streams->changes += changed;
	if (comment)
		streams->comment_due = now + COMMENT_MS;
	for (guint i = 0; i < streams->all->len; i++) {
		Stream *stream = g_ptr_array_index(streams->all, i);
		stream->comment = stream->comment || comment;
		wake(stream);
	}
}

void streams_touch(Streams *streams)
{
	streams->changes++;
	for (guint i = 0; i < streams->all->len; i++)
		wake(g_ptr_array_index(streams->all, i));
}

void streams_end(Streams *streams)
{
	streams->ending = true;
	for (guint i = 0; i < streams->all->len; i++)
		wake(g_ptr_array_index(streams->all, i));
}
