/* listen.c - a socket to listen at.
 */
#include "listen.h"

#include <arpa/inet.h>
#include <base/error.h>
#include <errno.h>
#include <glib.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

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

/* Whoever can reach the desk can try to get in. */
static bool check_safe(const DeskSetup *setup, const Address *address, bool password, GError **error)
{
	if (address->is_loopback)
		return true;
	if (!password)
		return base_error_set(
			error, BASE_ERROR_INVALID, "listen",
			"Others can reach %s, and the desk has no password yet; \"followup config desk\" asks for one.",
			setup->address);
	if (setup->certificate == NULL && !setup->behind_proxy)
		return base_error_set(
			error, BASE_ERROR_INVALID, "listen",
			"Others can reach %s, so that the desk needs TLS; give --certificate and --key, or --behind-proxy where a "
			"proxy does it.",
			setup->address);
	return true;
}

static bool open_socket(const DeskSetup *setup, Address *address, int *ret_fd, GError **error)
{
	int fd = listen_at(address);
	if (fd < 0 && errno == EADDRINUSE && setup->any_port) {
		address->v4.sin_port = 0; /* of either family: it stands at the same place */
		fd = listen_at(address);
	}
	if (fd < 0)
		return base_error_set(
			error, BASE_ERROR_CONFLICT, "listen", "Port %d of %s cannot be listened at: %s; --listen takes another.",
			setup->port, setup->address, g_strerror(errno));
	*ret_fd = fd;
	return true;
}

static bool load_pem(const char *path, const char *what, char **ret_text, GError **error)
{
	enum { PEM_BYTES_MAX = 1024 * 1024 };
	g_autoptr(GError) fault = NULL;
	g_autofree char *text = NULL;
	gsize length = 0;
	if (path == NULL)
		return true;
	if (!g_file_get_contents(path, &text, &length, &fault))
		return base_error_set(
			error, BASE_ERROR_MISSING, path, "The %s \"%s\" cannot be read: %s.", what, path, fault->message);
	if (length > PEM_BYTES_MAX || strstr(text, "-----BEGIN ") == NULL)
		return base_error_set(
			error, BASE_ERROR_INVALID, path, "The %s \"%s\" is no PEM file; it would begin with \"-----BEGIN\".", what,
			path);
	*ret_text = g_steal_pointer(&text);
	return true;
}

bool listener_open(const DeskSetup *setup, bool password, Listener *ret_listener, GError **error)
{
	Address address;
	Listener listener = {.fd = -1};
	if (!read_address(setup->address, setup->port, &address, error) || !check_safe(setup, &address, password, error) ||
		!load_pem(setup->certificate, "certificate", &listener.certificate, error) ||
		!load_pem(setup->key, "key", &listener.key, error) || !open_socket(setup, &address, &listener.fd, error)) {
		listener_clear(&listener);
		return false;
	}
	listener.port = port_of(listener.fd);
	listener.is_loopback = address.is_loopback;
	*ret_listener = listener;
	return true;
}

void listener_clear(Listener *listener)
{
	if (listener->key != NULL)
		explicit_bzero(listener->key, strlen(listener->key));
	g_clear_pointer(&listener->key, g_free);
	g_clear_pointer(&listener->certificate, g_free);
}
