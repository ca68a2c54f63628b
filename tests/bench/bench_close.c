/*
 * bench_close.c - what it costs that every reply closes its connection. The collector cannot be asked
 * to keep one open, so the HTTP library alone serves a page of the form's size, once with and once
 * without, to the same 64 clients in this process. Figures, never pass or fail.
 *
 *   bench_close [BYTES]      of the page (default: 100000)
 */
#include "tests/bench/load.h"

#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

enum { THREADS = 2, CONNECTIONS = 64, SECONDS = 3, PAGE = 100000 };

struct page {
	size_t n;
	char *bytes;
};

static enum MHD_Result serve(void *ctx, struct MHD_Connection *connection, const char *path,
                             const char *method, const char *version, const char *data, size_t *n,
                             void **state)
{
	static int begun;
	const struct page *page = ctx;
	struct MHD_Response *response;
	enum MHD_Result sent;

	(void)method, (void)version, (void)data, (void)n;
	if (*state == NULL) {
		*state = &begun;
		return MHD_YES;
	}
	/* as the collector does: a copy for each person */
	response = MHD_create_response_from_buffer(page->n, page->bytes, MHD_RESPMEM_MUST_COPY);
	if (response == NULL)
		return MHD_NO;
	if (strcmp(path, "/close") == 0)
		MHD_add_response_header(response, "Connection", "close");
	sent = MHD_queue_response(connection, 200, response);
	MHD_destroy_response(response);
	return sent;
}

static double processor(void)
{
	struct rusage use;

	getrusage(RUSAGE_SELF, &use);
	return (double)(use.ru_utime.tv_sec + use.ru_stime.tv_sec) +
	       1e-6 * (double)(use.ru_utime.tv_usec + use.ru_stime.tv_usec);
}

static int measure(const struct sockaddr_in *to, const char *path, const char *what,
                   struct err *err)
{
	const struct load load = {.to = *to, .connections = CONNECTIONS, .seconds = SECONDS,
	                          .patience = 30, .get = path, .keep = true};
	struct load_result r;
	double before = processor();

	if (load_run(&r, &load, err) != 0)
		return -1;
	printf("%s: %.0f pages/s, %.1f us of processor a page (server and clients), p99 %.1f ms\n",
		what, (double)r.done / r.seconds, 1e6 * (processor() - before) / (double)r.done,
		1e3 * load_percentile(&r, 0.99));
	return r.done == load_total(&r) ? 0 : err_set(err, ERR_IO, "a page did not come");
}

static int run(const struct page *page, struct err *err)
{
	struct MHD_Daemon *daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL, NULL,
		serve, (void *)page, MHD_OPTION_THREAD_POOL_SIZE, (unsigned)THREADS, MHD_OPTION_END);
	const union MHD_DaemonInfo *port =
		daemon != NULL ? MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT) : NULL;
	struct sockaddr_in to;
	char where[32];
	int status = -1;

	if (port == NULL) {
		err_set(err, ERR_IO, "the HTTP library does not start");
		goto out;
	}
	snprintf(where, sizeof where, "127.0.0.1:%u", (unsigned)port->port);
	if (load_address(&to, where, err) == 0 &&
	    measure(&to, "/keep", "many pages a connection", err) == 0 &&
	    measure(&to, "/close", "one page a connection", err) == 0)
		status = 0;
out:
	if (daemon != NULL)
		MHD_stop_daemon(daemon);
	return status;
}

int main(int argc, char **argv)
{
	struct page page = {.n = argc > 1 ? strtoul(argv[1], NULL, 10) : PAGE};
	struct err err;
	int status;

	page.bytes = calloc(1, page.n + 1);
	if (page.bytes == NULL)
		return 1;
	load_raise_limit();
	status = run(&page, &err);
	if (status != 0)
		fprintf(stderr, "bench_close: %s\n", err.msg);
	free(page.bytes);
	return status != 0;
}
