/* static-page.c - the least that a page can cost: one text of memory, served by libmicrohttpd.
 *
 * usage: bench-static-page BYTES; prints the port it listens on at 127.0.0.1, and serves until it is ended.  What every
 * request gets is the same page of that many bytes.  The desk's pages are measured against it.
 */
#include <glib.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum MHD_Result answer(
	void *user, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
	const char *data, size_t *size, void **context)
{
	return MHD_queue_response(connection, MHD_HTTP_OK, user);
}

int main(int argc, char **argv)
{
	size_t size = argc > 1 ? strtoul(argv[1], NULL, 10) : 0;
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	sigset_t ends;
	int which = 0;
	if (size < 1 || size > 10000000)
		return fprintf(stderr, "usage: bench-static-page BYTES\n"), 2;
	g_autofree char *text = g_strnfill(size, 'x');
	struct MHD_Response *page = MHD_create_response_from_buffer(size, text, MHD_RESPMEM_PERSISTENT);
	sigemptyset(&ends);
	sigaddset(&ends, SIGTERM);
	sigaddset(&ends, SIGINT);
	pthread_sigmask(SIG_BLOCK, &ends, NULL);
	MHD_add_response_header(page, MHD_HTTP_HEADER_CONTENT_TYPE, "text/html; charset=utf-8");
	struct MHD_Daemon *daemon = MHD_start_daemon(
		MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL, NULL, answer, page, MHD_OPTION_SOCK_ADDR, &address, MHD_OPTION_END);
	if (daemon == NULL)
		return fprintf(stderr, "no port to listen on\n"), 1;
	printf("%u\n", (unsigned)MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port);
	fflush(stdout);
	sigwait(&ends, &which);
	MHD_stop_daemon(daemon);
	MHD_destroy_response(page);
	return 0;
}
