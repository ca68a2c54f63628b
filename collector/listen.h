/* listen.h - where the collector listens: addresses, Unix sockets, sockets of systemd's. */
#ifndef COLLECTOR_LISTEN_H
#define COLLECTOR_LISTEN_H

#include "lib/base/err.h"

#include <stdbool.h>
#include <stddef.h>

enum { LISTEN_MOST = 8, LISTEN_ADDRESS = 128 };

/* Listening sockets, non-blocking. Start as `struct listen l = {0}`. */
struct listen {
	int fds[LISTEN_MOST]; /* -1: somebody else's by now */
	char addresses[LISTEN_MOST][LISTEN_ADDRESS]; /* to print: "http://127.0.0.1:8080/", "unix:PATH" */
	const char *paths[LISTEN_MOST]; /* of Unix sockets that are removed at the end, or NULL */
	size_t n;
};

/*
 * Listen at `where`, too: "ADDRESS:PORT" in digits (port 0 takes a free one), "unix:PATH", or
 * "systemd" for the sockets that the service manager hands over (sd_listen_fds(3)). `where` must
 * outlive `l`. ERR_INPUT, or ERR_IO: in use, not permitted.
 */
int listen_open(struct listen *l, const char *where, struct err *err);

/* Close what is still ours and remove the files of our Unix sockets. */
void listen_finish(struct listen *l);

#endif
