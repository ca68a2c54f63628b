/*
 * http.h - requests and replies, without the library they come by. The only files that know
 * libmicrohttpd are http*. Connections come through the gate.
 */
#ifndef COLLECTOR_HTTP_H
#define COLLECTOR_HTTP_H

#include "collector/quota.h"
#include "lib/base/buf.h"
#include "lib/base/err.h"

#include <stdbool.h>
#include <stddef.h>

/* One request. Borrowed from its exchange. */
struct http_request {
	const char *method; /* "GET" also for HEAD; else as it was sent */
	const char *path;   /* "/fr", without what stands behind '?' */
	const char *language; /* Accept-Language, or NULL */
	const char *encoding; /* Accept-Encoding, or NULL */
	const char *type;     /* Content-Type, or NULL */
	const struct buf *body; /* empty after http_wait() */
	unsigned refused; /* 0, or the status that the request's head deserves; then no body */
	unsigned counter; /* of quota.h: where the connection comes from */
};

struct http_exchange;
const struct http_request *http_request(const struct http_exchange *x);

/* What is to be done, called by the threads of the server. */
struct http_handler {
	/* Must end with http_reply(), or after http_wait() returned true without. */
	void (*handle)(void *ctx, struct http_exchange *x);
	/* The exchange has ended: free its state, if it has any. */
	void (*forget)(void *ctx, void *state);
	/* Append a page for a request that was too malformed to be handled. */
	void (*refuse)(void *ctx, unsigned status, struct buf *page);
	void *ctx;
	size_t body_most;  /* bytes */
	const char *onion; /* the same survey's onion address, or NULL */
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

/* The body, to keep while the exchange sleeps: the caller's to wipe from now on. */
struct buf http_take_body(struct http_exchange *x);

/* The reply's body will be a gzip member. To be said before http_reply(). */
void http_gzip(struct http_exchange *x);

/*
 * Put the exchange to sleep before somebody else is asked to do something for it; `handle` is
 * called again after http_wake(), which any thread may call, once. False while the server stops:
 * then reply at once.
 */
bool http_wait(struct http_exchange *x);
void http_wake(struct http_exchange *x);

struct http;

/* Raise the limit on open files as far as it may be: each connection is one. Before a sandbox. */
void http_raise_limit(void);

/*
 * Serve on `n` listening sockets, which are non-blocking and the server's from now on, also on
 * failure. `quota` must outlive it.
 */
int http_start(struct http **out, const int *listening, size_t n,
               const struct http_handler *handler, struct quota *quota, struct err *err);

/*
 * Take no more connections, give the requests that have begun a few seconds to end, wait for
 * everyone who sleeps, then end. Who wakes must still be running. NULL is fine.
 */
void http_stop(struct http *h);

#endif
