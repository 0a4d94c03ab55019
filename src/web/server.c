/* server.c - sockets, requests as they come in pieces, and the loop.
 *
 * One thread does everything: the library is run when its sockets are ready, so that the desk and its database need no
 * lock. Nothing a request does waits for another machine: what has to is a job, and its request sleeps meanwhile.
 */
#include "server.h"

#include "browser.h"
#include "companion.h"
#include "desk.h"
#include "guard.h"
#include "incoming.h"
#include "listen.h"
#include "lock.h"
#include "page.h"
#include "streams.h"

#include <arpa/inet.h>
#include <errno.h>
#include <limits.h>
#include <netinet/in.h>
#include <poll.h>
#include <sodium.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum {
	CONNECTIONS_MAX = 1000,
	CONNECTIONS_MAX_EACH = 100, /* of one address, where others can reach the desk */
	FILES_WANTED = 4096,        /* open at once: connections, and what their answers need */
	IDLE_SECONDS = 60,
	HEAD_BYTES_MAX = 32 * 1024, /* of a connection: its request's head, and what is sent */
};

typedef struct Server {
	Desk *desk;
	Streams *streams;
	Listener listener;
	struct MHD_Daemon *daemon;
	GPtrArray *waiting; /* of Waiting */
	Companion companion;
	Printer *printer;
	bool ending;
} Server;

/* A connection that sleeps until a job is done. */
typedef struct Waiting {
	struct MHD_Connection *connection;
	const Job *job;
} Waiting;

static bool is_secure(const Server *server)
{
	return server->listener.key != NULL || server->desk->setup->behind_proxy;
}

static const char *header(struct MHD_Connection *connection, const char *name)
{
	return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

/* ---- giving back ---- */

static void add_header_line(struct MHD_Response *reply, const char *line)
{
	const char *colon = strstr(line, ": ");
	g_autofree char *name = g_strndup(line, (size_t)(colon - line));
	MHD_add_response_header(reply, name, colon + 2);
}

/* What a page may do: load what is ours, and nothing else; be shown in no frame; tell nobody where its reader goes. */
static void add_safety(struct MHD_Response *reply)
{
	static const char *const headers[][2] = {
		{"Content-Security-Policy",
		 "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
		 "manifest-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"},
		{"X-Content-Type-Options", "nosniff"},
		{"X-Frame-Options", "DENY"},
		{"Referrer-Policy", "same-origin"},
		{"Cross-Origin-Opener-Policy", "same-origin"},
		{"Cross-Origin-Resource-Policy", "same-origin"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(headers); i++)
		MHD_add_response_header(reply, headers[i][0], headers[i][1]);
}

static struct MHD_Response *make_reply(Server *server, struct MHD_Connection *connection, Response *response)
{
	if (response->kind == RESPONSE_STREAM)
		return streams_open(server->streams, connection);
	if (response->text == NULL)
		return MHD_create_response_from_buffer(response->length, (void *)response->bytes, MHD_RESPMEM_PERSISTENT);
	gsize length = response->text->len;
	char *bytes = g_string_free(g_steal_pointer(&response->text), FALSE);
	return MHD_create_response_from_buffer_with_free_callback(length, bytes, g_free);
}

static enum MHD_Result send_response(Server *server, struct MHD_Connection *connection, Response *response)
{
	struct MHD_Response *reply = make_reply(server, connection, response);
	if (reply == NULL)
		return MHD_NO;
	add_safety(reply);
	if (response->content_type != NULL)
		MHD_add_response_header(reply, MHD_HTTP_HEADER_CONTENT_TYPE, response->content_type);
	if (response->zipped)
		MHD_add_response_header(reply, MHD_HTTP_HEADER_CONTENT_ENCODING, "gzip");
	for (guint i = 0; response->headers != NULL && i < response->headers->len; i++)
		add_header_line(reply, g_ptr_array_index(response->headers, i));
	enum MHD_Result queued = MHD_queue_response(connection, response->status, reply);
	MHD_destroy_response(reply);
	return queued;
}

static enum MHD_Result send_refusal(Server *server, struct MHD_Connection *connection, unsigned status)
{
	g_auto(Response) response = {0};
	response_set_text(
		&response, status,
		status == MHD_HTTP_CONTENT_TOO_LARGE     ? "That is too large.\n"
		: status == MHD_HTTP_SERVICE_UNAVAILABLE ? "The desk is being closed; what was asked for goes on.\n"
												 : "That is no request we take.\n");
	if (status == MHD_HTTP_METHOD_NOT_ALLOWED)
		response_add_header(&response, "Allow: GET, HEAD, POST");
	response_add_header(&response, "Connection: close");
	return send_response(server, connection, &response);
}

/* A proxy says for whom it asks, and adds the last of them itself; what stands before could be anybody's word. */
static bool read_forwarded(struct MHD_Connection *connection, char *text, size_t size)
{
	const char *said = header(connection, "X-Forwarded-For"), *comma = said == NULL ? NULL : strrchr(said, ',');
	const char *last = comma == NULL ? said : comma + 1;
	unsigned char bytes[sizeof(struct in6_addr)];
	if (last == NULL)
		return false;
	g_strlcpy(text, last + strspn(last, " "), size);
	return inet_pton(AF_INET, text, bytes) == 1 || inet_pton(AF_INET6, text, bytes) == 1;
}

static const char *peer_of(const Server *server, struct MHD_Connection *connection, char *text, size_t size)
{
	if (server->desk->setup->behind_proxy && read_forwarded(connection, text, size))
		return text;
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	const struct sockaddr *address = info == NULL ? NULL : info->client_addr;
	if (address != NULL && address->sa_family == AF_INET)
		inet_ntop(AF_INET, &((const struct sockaddr_in *)address)->sin_addr, text, (socklen_t)size);
	else if (address != NULL && address->sa_family == AF_INET6)
		inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)address)->sin6_addr, text, (socklen_t)size);
	else
		text[0] = '\0';
	return text;
}

/* The request sleeps; it is asked again, from the beginning, when the job is done. */
static void wait_for_job(Server *server, struct MHD_Connection *connection, Incoming *incoming, Job *job)
{
	Waiting *waiting = g_new0(Waiting, 1);
	*waiting = (Waiting){.connection = connection, .job = job};
	incoming->job = job_ref(job);
	g_ptr_array_add(server->waiting, waiting);
	MHD_suspend_connection(connection);
}

static enum MHD_Result take_argument(
	void *data, enum MHD_ValueKind kind, const char *name, size_t name_length, const char *value, size_t value_length)
{
	GPtrArray *query = data;
	if (query->len <= FIELDS_MAX)
		g_ptr_array_add(query, field_new(name, value, value_length));
	return MHD_YES;
}

static void free_field(void *data)
{
	field_free(data);
}

static enum MHD_Result answer(
	Server *server, struct MHD_Connection *connection, Incoming *incoming, const char *path, const char *method)
{
	g_auto(Response) response = {0};
	char peer[INET6_ADDRSTRLEN] = "";
	Request request = {
		.method = method,
		.path = path,
		.target = incoming->target,
		.query = g_ptr_array_new_with_free_func(free_field),
		.form = g_ptr_array_ref(incoming->form),
		.body = incoming->body == NULL ? NULL : incoming->body->str,
		.body_length = incoming->body == NULL ? 0 : incoming->body->len,
		.content_type = header(connection, "Content-Type"),
		.host = header(connection, "Host"),
		.origin = header(connection, "Origin"),
		.fetch_site = header(connection, "Sec-Fetch-Site"),
		.fetch_dest = header(connection, "Sec-Fetch-Dest"),
		.cookie = header(connection, "Cookie"),
		.authorization = header(connection, "Authorization"),
		.agent = header(connection, "User-Agent"),
		.accept = header(connection, "Accept"),
		.accept_encoding = header(connection, "Accept-Encoding"),
		.if_none_match = header(connection, "If-None-Match"),
		.csrf_header = header(connection, "X-Followup-Form"),
		.peer = peer_of(server, connection, peer, sizeof peer),
		.secure = is_secure(server),
		.job = incoming->job,
	};
	enum MHD_Result queued = MHD_YES;
	MHD_get_connection_values_n(connection, MHD_GET_ARGUMENT_KIND, take_argument, request.query);
	if (request.query->len > FIELDS_MAX) {
		queued = send_refusal(server, connection, MHD_HTTP_BAD_REQUEST);
	} else {
		desk_handle(server->desk, &request, &response);
		if (response.kind == RESPONSE_WAIT)
			wait_for_job(server, connection, incoming, response.job);
		else
			queued = send_response(server, connection, &response);
	}
	request_clear(&request);
	return queued;
}

/* ---- taking in ---- */

/* The library tells of no end where it gives up on a request's head; the connection then has its request still. */
static Incoming **request_of(struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	return info->socket_context;
}

static void note_connection(
	void *user, struct MHD_Connection *connection, void **context, enum MHD_ConnectionNotificationCode what)
{
	Incoming **request = *context;
	if (what == MHD_CONNECTION_NOTIFY_STARTED) {
		*context = g_new0(Incoming *, 1);
		return;
	}
	incoming_free(*request);
	g_free(request);
	*context = NULL;
}

/* The first thing known of a request. */
static void *begin_request(void *user, const char *target, struct MHD_Connection *connection)
{
	Incoming **request = request_of(connection);
	incoming_free(*request);
	*request = incoming_new(target);
	return *request;
}

static void end_request(
	void *user, struct MHD_Connection *connection, void **context, enum MHD_RequestTerminationCode why)
{
	g_clear_pointer(request_of(connection), incoming_free);
	*context = NULL;
}

static enum MHD_Result finish_request(
	Server *server, struct MHD_Connection *connection, Incoming *incoming, const char *path, const char *method)
{
	unsigned refusal = incoming->job == NULL ? incoming_end(incoming) : 0;
	if (server->ending && (incoming->job == NULL || !incoming->job->is_done))
		refusal = MHD_HTTP_SERVICE_UNAVAILABLE; /* nothing may sleep from here on */
	if (refusal != 0)
		return send_refusal(server, connection, refusal);
	return answer(server, connection, incoming, path, method);
}

static enum MHD_Result take_head(
	Server *server, struct MHD_Connection *connection, Incoming *incoming, const char *method)
{
	const Request who = {.cookie = header(connection, "Cookie"), .authorization = header(connection, "Authorization")};
	bool brings = strcmp(method, "POST") == 0; /* what others bring is refused or left unread */
	size_t limit = incoming_limit(connection, brings && desk_knows(server->desk, &who));
	unsigned refusal = guard_check(connection, method, incoming->target, limit);
	if (refusal != 0)
		return send_refusal(server, connection, refusal);
	incoming_begin(incoming, connection, limit);
	return MHD_YES;
}

static enum MHD_Result take_request(
	void *user, struct MHD_Connection *connection, const char *path, const char *method, const char *version,
	const char *data, size_t *size, void **context)
{
	Server *server = user;
	Incoming *incoming = *context;
	if (!incoming->begun)
		return take_head(server, connection, incoming, method);
	if (*size > 0) {
		incoming_take(incoming, data, *size);
		*size = 0;
		return MHD_YES;
	}
	return finish_request(server, connection, incoming, path, method);
}

/* ---- the loop ---- */

/* Wakes the requests whose job is done; all, where the desk ends. */
static void wake_waiting(Server *server)
{
	for (guint i = 0; i < server->waiting->len; i++) {
		const Waiting *waiting = g_ptr_array_index(server->waiting, i);
		if (!waiting->job->is_done && !server->ending)
			continue;
		MHD_resume_connection(waiting->connection);
		g_ptr_array_remove_index_fast(server->waiting, i--);
	}
}

static int sooner(int one, int other)
{
	return one < 0 || (other >= 0 && other < one) ? other : one;
}

static int wait_of(const Server *server)
{
	MHD_UNSIGNED_LONG_LONG ours = 0;
	int wait = sooner(streams_wait(server->streams), jobs_wait(server->desk->jobs));
	if (MHD_get_timeout(server->daemon, &ours) == MHD_YES)
		wait = sooner(wait, (int)MIN(ours, INT_MAX));
	return wait;
}

/* What does no longer happen by itself is said, here once, and on Today; unless another process does it. */
static void tell_unserved(Server *server)
{
	Desk *desk = server->desk;
	desk->unserved = server->companion.fault;
	page_cache_clear(desk->cache);
	streams_touch(server->streams);
	if (app_is_served(desk->app))
		return;
	printer_object(server->printer, NULL);
	printer_string(server->printer, "unserved", NULL, desk->unserved);
	printer_say(
		server->printer, SAY_WARNING,
		"Approved notes do not leave by themselves now. %s \"followup serve\" starts that again.", desk->unserved);
	printer_object_end(server->printer);
	printer_flush(server->printer);
}

static bool run(Server *server, int stop_fd, GError **error)
{
	const union MHD_DaemonInfo *info = MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_EPOLL_FD);
	struct pollfd fds[] = {
		{.fd = info->epoll_fd, .events = POLLIN},
		{.fd = stop_fd, .events = POLLIN},
		{.fd = streams_get_fd(server->streams), .events = POLLIN},
		{.fd = jobs_get_fd(server->desk->jobs), .events = POLLIN},
		{.fd = server->companion.pid_fd, .events = POLLIN},
		{.fd = server->companion.told_fd, .events = POLLIN}};
	if (server->companion.fault != NULL)
		tell_unserved(server);
	while (fds[1].revents == 0) {
		if (poll(fds, G_N_ELEMENTS(fds), wait_of(server)) < 0 && errno != EINTR)
			return base_error_set(
				error, BASE_ERROR_INTERNAL, NULL, "Waiting for requests failed: %s.", g_strerror(errno));
		if (companion_tend(&server->companion))
			tell_unserved(server);
		fds[4].fd = server->companion.pid_fd;
		fds[5].fd = server->companion.told_fd;
		streams_tend(server->streams);
		jobs_tend(server->desk->jobs);
		wake_waiting(server);
		MHD_run(server->daemon);
	}
	return true;
}

/* Whoever listens or waits is told first: a daemon must not end while connections sleep. */
static void wake_all(Server *server)
{
	server->ending = true;
	streams_end(server->streams);
	wake_waiting(server);
	MHD_run(server->daemon);
}

/* Where browsers find the desk. Free with g_free. */
static char *base_of(const Server *server)
{
	const DeskSetup *setup = server->desk->setup;
	const char *name = setup->hosts != NULL && setup->hosts->len > 0 ? g_ptr_array_index(setup->hosts, 0) : NULL;
	if (setup->behind_proxy && name != NULL)
		return g_strconcat("https://", name, NULL);
	const char *address = server->desk->any_address ? (name != NULL ? name : "localhost") : setup->address;
	bool v6 = strchr(address, ':') != NULL;
	return g_strdup_printf(
		"%s://%s%s%s:%d", server->listener.key != NULL ? "https" : "http", v6 ? "[" : "", address, v6 ? "]" : "",
		server->listener.port);
}

/* running: the desk is another process's. */
static bool tell_link(App *app, const char *base, bool open_browser, bool running, Printer *printer, GError **error)
{
	g_autoptr(Sessions) sessions = sessions_new(app, 0);
	g_autofree char *key = NULL;
	if (!sessions_new_link(sessions, &key, error))
		return false;
	g_autofree char *link = g_strdup_printf("%s/enter?key=%s", base, key);
	printer_object(printer, NULL);
	printer_string(printer, "link", NULL, link);
	printer_boolean(printer, "running", running);
	printer_say(
		printer, SAY_GOOD, "%s This link lets one browser in, once:",
		running ? "The desk is open already, in another process." : "The desk is open (Ctrl-C closes it).");
	printer_say_text(printer, SAY_QUOTE, link);
	printer_object_end(printer);
	printer_flush(printer);
	if (open_browser && !browser_open(link))
		printer_say(printer, SAY_WARNING, "There is no desktop here to open a browser on; copy the link into one.");
	printer_flush(printer);
	return true;
}

static struct MHD_Daemon *start(Server *server)
{
	const Listener *listener = &server->listener;
	const struct MHD_OptionItem tls[] = {
		{MHD_OPTION_HTTPS_MEM_CERT, 0, listener->certificate},
		{MHD_OPTION_HTTPS_MEM_KEY, 0, listener->key},
		{MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)(uintptr_t) "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"},
		{MHD_OPTION_END, 0, NULL}};
	const struct MHD_OptionItem none[] = {{MHD_OPTION_END, 0, NULL}};
	bool shared = !listener->is_loopback && !server->desk->setup->behind_proxy;
	return MHD_start_daemon(
		MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_TURBO | (listener->key != NULL ? MHD_USE_TLS : 0), 0, NULL,
		NULL, take_request, server, MHD_OPTION_LISTEN_SOCKET, listener->fd, MHD_OPTION_URI_LOG_CALLBACK, begin_request,
		server, MHD_OPTION_NOTIFY_CONNECTION, note_connection, server, MHD_OPTION_NOTIFY_COMPLETED, end_request, server,
		MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX, MHD_OPTION_PER_IP_CONNECTION_LIMIT,
		shared ? (unsigned)CONNECTIONS_MAX_EACH : 0u, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEAD_BYTES_MAX, MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1,
		MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_ARRAY, listener->key != NULL ? tls : none, MHD_OPTION_END);
}

static void allow_files(void)
{
	struct rlimit files;
	if (getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur >= FILES_WANTED)
		return;
	files.rlim_cur = MIN((rlim_t)FILES_WANTED, files.rlim_max);
	(void)!setrlimit(RLIMIT_NOFILE, &files);
}

static bool open_daemon(Server *server, GError **error)
{
	server->daemon = start(server);
	if (server->daemon != NULL)
		return true;
	close(server->listener.fd);
	return base_error_set(
		error, BASE_ERROR_INTERNAL, NULL, "The desk cannot be served%s.",
		server->listener.key != NULL ? "; does the key belong to the certificate?" : "");
}

static bool serve(Server *server, const DeskLock *lock, Printer *printer, GError **error)
{
	App *app = server->desk->app;
	const DeskSetup *setup = server->desk->setup;
	g_autofree char *base = base_of(server);
	int stop_fd = -1;
	if (!app_open_stop(&stop_fd, error))
		return false;
	if (!open_daemon(server, error)) {
		close(stop_fd);
		return false;
	}
	if (setup->with_serve)
		companion_start(&server->companion, app_get_path(app), app_get_now_text(app));
	desk_lock_tell(lock, base);
	bool good = tell_link(app, base, setup->open_browser, false, printer, error) && run(server, stop_fd, error);
	server->desk->unserved = NULL;
	companion_end(&server->companion);
	wake_all(server);
	MHD_stop_daemon(server->daemon);
	close(stop_fd);
	if (good)
		printer_say(printer, SAY_TEXT, "The desk is closed.");
	return good;
}

static bool open_desk(Server *server, App *app, const DeskSetup *setup, GError **error)
{
	g_autofree char *password = NULL;
	if (!app_password_load(app, &password, error) || !listener_open(setup, password != NULL, &server->listener, error))
		return false;
	server->desk = desk_new(app, setup, server->listener.port, error);
	if (server->desk == NULL)
		close(server->listener.fd);
	return server->desk != NULL;
}

static bool run_alone(App *app, const DeskSetup *setup, const DeskLock *lock, Printer *printer, GError **error)
{
	Server server = {.companion = {.pid_fd = -1, .told_fd = -1}, .printer = printer};
	bool good = open_desk(&server, app, setup, error);
	allow_files();
	if (good) {
		server.streams = streams_new(app);
		server.waiting = g_ptr_array_new_with_free_func(g_free);
		good = serve(&server, lock, printer, error);
		streams_free(server.streams);
		g_ptr_array_unref(server.waiting);
	}
	desk_free(server.desk);
	listener_clear(&server.listener);
	return good;
}

bool server_run(App *app, const DeskSetup *setup, Printer *printer, GError **error)
{
	g_autofree char *running = NULL;
	DeskLock lock = {.fd = -1};
	if (sodium_init() < 0)
		return base_error_set(error, BASE_ERROR_INTERNAL, NULL, "The system gives no random numbers.");
	if (!app_refresh(app, error) || !desk_lock_take(app_get_path(app), &lock, &running, error))
		return false;
	bool good = running != NULL ? tell_link(app, running, setup->open_browser, true, printer, error)
								: run_alone(app, setup, &lock, printer, error);
	desk_lock_release(&lock);
	return good;
}
