/* server.c - sockets, requests as they come in pieces, and the loop.
 *
 * One thread does everything: the library is run when its sockets are ready, so that the desk and its database need no
 * lock. Nothing a request does waits for another machine.
 */
#include "server.h"

#include "desk.h"
#include "guard.h"
#include "streams.h"

#include <arpa/inet.h>
#include <errno.h>
#include <limits.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sodium.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	CONNECTIONS_MAX = 1000,
	IDLE_SECONDS = 60,
	HEAD_BYTES_MAX = 32 * 1024, /* of a connection: its request's head, and what is sent */
	PARTS_BYTES = 16 * 1024,
};

typedef struct Server {
	Desk *desk;
	Streams *streams;
	struct MHD_Daemon *daemon;
	bool tls;
} Server;

/* A request while it comes in. */
typedef struct Incoming {
	char *target; /* as it came */
	GPtrArray *form;
	GString *body;
	struct MHD_PostProcessor *parts;
	size_t taken; /* bytes of the body */
	bool begun, too_large;
} Incoming;

/* ---- taking in ---- */

static void free_field(void *data)
{
	field_free(data);
}

/* The first thing known of a request. */
static void *begin_request(void *user, const char *target, struct MHD_Connection *connection)
{
	Incoming *incoming = g_new0(Incoming, 1);
	incoming->target = g_strndup(target, PATH_BYTES_MAX + 1);
	return incoming;
}

static void end_request(
	void *user, struct MHD_Connection *connection, void **context, enum MHD_RequestTerminationCode why)
{
	Incoming *incoming = *context;
	if (incoming == NULL)
		return;
	if (incoming->parts != NULL)
		MHD_destroy_post_processor(incoming->parts);
	if (incoming->body != NULL)
		g_string_free(incoming->body, TRUE);
	if (incoming->form != NULL)
		g_ptr_array_unref(incoming->form);
	g_free(incoming->target);
	g_free(incoming);
	*context = NULL;
}

/* A field comes in one or more pieces; a piece at an offset goes on where the last one ended. */
static enum MHD_Result take_part(
	void *user, enum MHD_ValueKind kind, const char *name, const char *filename, const char *content_type,
	const char *encoding, const char *data, uint64_t offset, size_t size)
{
	Incoming *incoming = user;
	Field *last = incoming->form->len == 0 ? NULL : g_ptr_array_index(incoming->form, incoming->form->len - 1);
	if (offset > 0 && last != NULL) {
		last->value = g_realloc(last->value, last->length + size + 1);
		memcpy(last->value + last->length, data, size);
		last->length += size;
		last->value[last->length] = '\0';
		return MHD_YES;
	}
	if (incoming->form->len >= FIELDS_MAX)
		return MHD_NO;
	Field *field = field_new(name, data, size);
	field->filename = g_strdup(filename);
	g_ptr_array_add(incoming->form, field);
	return MHD_YES;
}

static bool is_form(const char *content_type)
{
	return content_type != NULL &&
		   (g_ascii_strncasecmp(content_type, MHD_HTTP_POST_ENCODING_FORM_URLENCODED, 33) == 0 ||
			g_ascii_strncasecmp(content_type, MHD_HTTP_POST_ENCODING_MULTIPART_FORMDATA, 19) == 0);
}

static const char *header(struct MHD_Connection *connection, const char *name)
{
	return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

static size_t body_limit(struct MHD_Connection *connection)
{
	const char *type = header(connection, "Content-Type");
	bool files = type != NULL && g_ascii_strncasecmp(type, MHD_HTTP_POST_ENCODING_MULTIPART_FORMDATA, 19) == 0;
	return files ? UPLOAD_BYTES_MAX : FORM_BYTES_MAX;
}

static void begin_body(Incoming *incoming, struct MHD_Connection *connection)
{
	incoming->begun = true;
	incoming->form = g_ptr_array_new_with_free_func(free_field);
	if (is_form(header(connection, "Content-Type")))
		incoming->parts = MHD_create_post_processor(connection, PARTS_BYTES, take_part, incoming);
	else
		incoming->body = g_string_new(NULL);
}

static void take_body(Incoming *incoming, struct MHD_Connection *connection, const char *data, size_t size)
{
	incoming->taken += size;
	incoming->too_large = incoming->too_large || incoming->taken > body_limit(connection);
	if (incoming->too_large)
		return;
	if (incoming->parts != NULL)
		MHD_post_process(incoming->parts, data, size);
	else
		g_string_append_len(incoming->body, data, (gssize)size);
}

static enum MHD_Result take_argument(
	void *data, enum MHD_ValueKind kind, const char *name, size_t name_length, const char *value, size_t value_length)
{
	GPtrArray *query = data;
	if (query->len < FIELDS_MAX)
		g_ptr_array_add(query, field_new(name, value, value_length));
	return MHD_YES;
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
		status == MHD_HTTP_CONTENT_TOO_LARGE ? "That is too large.\n" : "That is no request we take.\n");
	response_add_header(&response, "Connection: close");
	return send_response(server, connection, &response);
}

static const char *peer_of(struct MHD_Connection *connection, char *text, size_t size)
{
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
		.cookie = header(connection, "Cookie"),
		.authorization = header(connection, "Authorization"),
		.agent = header(connection, "User-Agent"),
		.accept = header(connection, "Accept"),
		.if_none_match = header(connection, "If-None-Match"),
		.csrf_header = header(connection, "X-Followup-Form"),
		.peer = peer_of(connection, peer, sizeof peer),
		.secure = server->tls || server->desk->setup->behind_proxy,
	};
	MHD_get_connection_values_n(connection, MHD_GET_ARGUMENT_KIND, take_argument, request.query);
	desk_handle(server->desk, &request, &response);
	enum MHD_Result queued = send_response(server, connection, &response);
	request_clear(&request);
	return queued;
}

static enum MHD_Result take_request(
	void *user, struct MHD_Connection *connection, const char *path, const char *method, const char *version,
	const char *data, size_t *size, void **context)
{
	Server *server = user;
	Incoming *incoming = *context;
	if (!incoming->begun) {
		unsigned refusal = guard_check(connection, method, incoming->target, body_limit(connection));
		if (refusal != 0)
			return send_refusal(server, connection, refusal);
		begin_body(incoming, connection);
		return MHD_YES;
	}
	if (*size > 0) {
		take_body(incoming, connection, data, *size);
		*size = 0;
		return MHD_YES;
	}
	if (incoming->too_large)
		return send_refusal(server, connection, MHD_HTTP_CONTENT_TOO_LARGE);
	return answer(server, connection, incoming, path, method);
}

/* ---- listening ---- */

typedef struct Address {
	union {
		struct sockaddr any;
		struct sockaddr_in v4;
		struct sockaddr_in6 v6;
	};
	socklen_t size;
	bool is_loopback;
} Address;

static bool read_address(const char *text, int port, Address *ret_address, GError **error)
{
	Address address = {0};
	if (inet_pton(AF_INET, strcmp(text, "localhost") == 0 ? "127.0.0.1" : text, &address.v4.sin_addr) == 1) {
		address.v4.sin_family = AF_INET;
		address.v4.sin_port = htons((uint16_t)port);
		address.size = sizeof address.v4;
		address.is_loopback = (ntohl(address.v4.sin_addr.s_addr) >> 24) == 127;
	} else if (inet_pton(AF_INET6, text, &address.v6.sin6_addr) == 1) {
		address.v6.sin6_family = AF_INET6;
		address.v6.sin6_port = htons((uint16_t)port);
		address.size = sizeof address.v6;
		address.is_loopback = IN6_IS_ADDR_LOOPBACK(&address.v6.sin6_addr);
	} else {
		return base_error_set(
			error, BASE_ERROR_INVALID, "listen", "\"%s\" is no address of a network; 127.0.0.1 or ::1 would be right.",
			text);
	}
	*ret_address = address;
	return true;
}

/* A socket that listens, or -1 and errno. */
static int listen_at(const Address *address)
{
	const int yes = 1;
	int fd = socket(address->any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
	if (bind(fd, &address->any, address->size) == 0 && listen(fd, SOMAXCONN) == 0)
		return fd;
	int fault = errno;
	close(fd);
	errno = fault;
	return -1;
}

static int port_of(int fd)
{
	Address address = {.size = sizeof(struct sockaddr_in6)};
	if (getsockname(fd, &address.any, &address.size) != 0)
		return 0;
	return ntohs(address.any.sa_family == AF_INET6 ? address.v6.sin6_port : address.v4.sin_port);
}

static bool open_socket(const DeskSetup *setup, int *ret_fd, GError **error)
{
	Address address;
	if (!read_address(setup->address, setup->port, &address, error))
		return false;
	if (!address.is_loopback)
		return base_error_set(
			error, BASE_ERROR_INVALID, "listen",
			"Others can reach %s; set a password first (followup config desk), and give --certificate and --key.",
			setup->address);
	int fd = listen_at(&address);
	if (fd < 0 && errno == EADDRINUSE && setup->any_port) {
		address.v4.sin_port = 0; /* of either family: it stands at the same place */
		fd = listen_at(&address);
	}
	if (fd < 0)
		return base_error_set(
			error, BASE_ERROR_CONFLICT, "listen", "Port %d of %s cannot be listened at: %s; --listen takes another.",
			setup->port, setup->address, g_strerror(errno));
	*ret_fd = fd;
	return true;
}

/* ---- the loop ---- */

static int open_stop(void)
{
	sigset_t ends;
	sigemptyset(&ends);
	sigaddset(&ends, SIGTERM);
	sigaddset(&ends, SIGINT);
	sigaddset(&ends, SIGHUP);
	return sigprocmask(SIG_BLOCK, &ends, NULL) == 0 ? signalfd(-1, &ends, SFD_CLOEXEC) : -1;
}

static int wait_of(const Server *server)
{
	MHD_UNSIGNED_LONG_LONG ours = 0;
	int wait = streams_wait(server->streams);
	if (MHD_get_timeout(server->daemon, &ours) == MHD_YES && (wait < 0 || ours < (unsigned)wait))
		wait = (int)MIN(ours, INT_MAX);
	return wait;
}

static bool run(Server *server, int stop_fd, GError **error)
{
	const union MHD_DaemonInfo *info = MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_EPOLL_FD);
	struct pollfd fds[] = {
		{.fd = info->epoll_fd, .events = POLLIN},
		{.fd = stop_fd, .events = POLLIN},
		{.fd = streams_get_fd(server->streams), .events = POLLIN}};
	while (fds[1].revents == 0) {
		if (poll(fds, G_N_ELEMENTS(fds), wait_of(server)) < 0 && errno != EINTR)
			return base_error_set(
				error, BASE_ERROR_INTERNAL, NULL, "Waiting for requests failed: %s.", g_strerror(errno));
		streams_tend(server->streams);
		MHD_run(server->daemon);
	}
	/* Whoever listens to events is told first: a daemon must not end while they sleep. */
	streams_end(server->streams);
	MHD_run(server->daemon);
	return true;
}

static void tell_link(const Server *server, Printer *printer)
{
	const DeskSetup *setup = server->desk->setup;
	g_autofree char *key = sessions_new_link(server->desk->sessions);
	bool v6 = strchr(setup->address, ':') != NULL;
	g_autofree char *link = g_strdup_printf(
		"%s://%s%s%s:%d/enter?key=%s", server->tls ? "https" : "http", v6 ? "[" : "", setup->address, v6 ? "]" : "",
		server->desk->port, key);
	printer_object(printer, NULL);
	printer_string(printer, "link", NULL, link);
	printer_say(printer, SAY_GOOD, "The desk is open (Ctrl-C closes it). This link lets one browser in, once:");
	printer_say_text(printer, SAY_QUOTE, link);
	printer_object_end(printer);
	printer_flush(printer);
}

static struct MHD_Daemon *start(Server *server, int fd)
{
	return MHD_start_daemon(
		MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_TURBO, 0, NULL, NULL, take_request, server,
		MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_URI_LOG_CALLBACK, begin_request, server, MHD_OPTION_NOTIFY_COMPLETED,
		end_request, server, MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX, MHD_OPTION_CONNECTION_TIMEOUT,
		(unsigned)IDLE_SECONDS, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEAD_BYTES_MAX,
		MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
}

static bool serve(Server *server, int fd, Printer *printer, GError **error)
{
	int stop_fd = open_stop();
	server->daemon = start(server, fd);
	if (server->daemon == NULL || stop_fd < 0) {
		close(fd);
		return base_error_set(error, BASE_ERROR_INTERNAL, NULL, "The desk cannot be served: %s.", g_strerror(errno));
	}
	tell_link(server, printer);
	bool good = run(server, stop_fd, error);
	MHD_stop_daemon(server->daemon);
	close(stop_fd);
	if (good)
		printer_say(printer, SAY_TEXT, "The desk is closed.");
	return good;
}

bool server_run(App *app, const DeskSetup *setup, Printer *printer, GError **error)
{
	int fd = -1;
	if (sodium_init() < 0)
		return base_error_set(error, BASE_ERROR_INTERNAL, NULL, "The system gives no random numbers.");
	if (!app_refresh(app, error) || !open_socket(setup, &fd, error))
		return false;
	g_autoptr(Desk) desk = desk_new(app, setup, port_of(fd), error);
	if (desk == NULL) {
		close(fd);
		return false;
	}
	Server server = {.desk = desk, .streams = streams_new(app_get_path(app))};
	bool good = serve(&server, fd, printer, error);
	streams_free(server.streams);
	return good;
}
