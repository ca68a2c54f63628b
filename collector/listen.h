/* listen.h - the socket that the page is served on. */
#ifndef COLLECTOR_LISTEN_H
#define COLLECTOR_LISTEN_H

#include "lib/base/err.h"

enum { LISTEN_ADDRESS = 256 };

/*
 * Listen on "ADDRESS:PORT" (numeric; [::1]:8080 for IPv6; port 0: the first free one) or on
 * "unix:PATH". `address` becomes what people or the proxy connect to: "http://127.0.0.1:8080/" or
 * "unix:PATH". A socket file that nobody listens on is replaced. ERR_IO: in use, not allowed;
 * ERR_INPUT: no such address.
 */
int listen_open(int *fd, char address[LISTEN_ADDRESS], const char *where, struct err *err);

/* Remove the socket file of "unix:PATH"; nothing to do for an ADDRESS:PORT. */
void listen_remove(const char *where);

#endif
