/*
 * http.h - requests and replies, without the library they come by. The only files that know
 * libmicrohttpd are http*.
 */
#ifndef COLLECTOR_HTTP_H
#define COLLECTOR_HTTP_H

#include "lib/base/buf.h"
#include "lib/base/err.h"

#include <stdbool.h>
#include <stddef.h>

/* One request. Borrowed from its exchange. */
struct http_request {
	const char *method; /* "GET" also for HEAD; else as it was sent */
	const char *path;   /* "/fr", without what stands behind '?' */
	const char *language; /* Accept-Language, or NULL */
	const char *type;     /* Content-Type, or NULL */
	const struct buf *body; /* empty after http_wait() */
	unsigned refused; /* 0, or the status that the request's head deserves; then no body */
};

struct http_exchange;
const struct http_request *http_request(const struct http_exchange *x);

/* What is to be done, called by the threads of the server. */
struct http_handler {
	/* Must end with http_reply(), or after http_wait() returned true without. */
	void (*handle)(void *ctx, struct http_exchange *x);
	/* The exchange has ended: free its state, if it has any. */
	void (*forget)(void *ctx, void *state);
	void *ctx;
	size_t body_most; /* bytes */
};

/* A pointer of the handler's own, NULL at first. */
void **http_state(struct http_exchange *x);

/*
 * Reply. The page's security headers are added to every reply. `body` is taken, emptied, and wiped
 * after it was sent; one that failed becomes a bare 503. `type` and `allow` (may be NULL: methods,
 * for 405) are static.
 */
void http_reply(struct http_exchange *x, unsigned status, const char *type, const char *allow,
                struct buf *body);

/* Let pages from elsewhere (a kit on a memory stick) see the reply. It holds nothing of anybody. */
void http_share(struct http_exchange *x);

/*
 * Put the exchange to sleep before somebody else is asked to do something for it; `handle` is
 * called again after http_wake(), which any thread may call, once. False while the server stops:
 * then reply at once.
 */
bool http_wait(struct http_exchange *x);
void http_wake(struct http_exchange *x);

struct http;

/* Serve on a listening socket, which is the server's from now on. */
int http_start(struct http **out, int listening, const struct http_handler *handler,
               struct err *err);

/*
 * Take no more connections, give the requests that have begun a few seconds to end, wait for
 * everyone who sleeps, then end. Who wakes must still be running. NULL is fine.
 */
void http_stop(struct http *h);

#endif
