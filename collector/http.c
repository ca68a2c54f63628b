/*
 * http.c - the only owner of microhttpd.h. In: connections that the gate has let in. Out: whole
 * requests to the handler, and its replies with the headers that protect the page.
 *
 * The library (0.9.75) takes more than it should: several Content-Lengths, a Content-Length beside
 * a Transfer-Encoding, folded fields. The gate has refused those before (head.c), and every reply
 * closes its connection, so that nothing behind it is ever read as a second request. The library
 * does not listen: the gate does, and hands connections over, each to one of a few threads.
 */
#include "collector/http.h"

#include "collector/gate.h"

#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sodium.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum {
	IDLE = 20,         /* seconds of silence */
	HEAD = 20,         /* seconds for the head of a request */
	WHOLE = 120,       /* seconds for a whole request: a long form over 2G */
	GRACE = 10,        /* seconds to end when stopping */
	CONNECTIONS = 4096,
	BODY_SMALL = 32 << 10,  /* bytes: most forms are smaller */
	BODIES_LARGE = 24 << 20, /* bytes of all larger bodies together */
	OWN_FILES = 64,    /* descriptors that are not connections */
	/*
	 * Bytes of memory a connection's head may take. What the library does not wipe goes back to
	 * the system with the connection: from 32 KiB on it maps this memory (MHD_pool_create).
	 */
	HEAD_MEMORY = 40960,
	THREADS_MOST = 4,
};

struct http {
	struct http_handler handler;
	struct MHD_Daemon *daemons[THREADS_MOST];
	size_t n_daemons, next; /* next: the gate's thread alone */
	struct gate *gate;
	pthread_mutex_t lock; /* over what follows */
	pthread_cond_t quiet;
	size_t inside, waiting; /* connections of the library's; who sleeps */
	size_t large;           /* bytes of large bodies that were announced */
	bool stopping;
};

struct http_exchange {
	struct http *http;
	struct MHD_Connection *connection;
	struct http_request request;
	struct buf body;
	void *state;
	bool replied;
	size_t large; /* what the body takes of the room for large ones */
	unsigned status;
	const char *type, *allow;
	struct buf reply;
};

static const char *const security_headers[][2] = {
	{"Content-Security-Policy",
	 "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
	 "frame-ancestors 'none'"},
	{"Referrer-Policy", "no-referrer"},
	{"Cache-Control", "no-store"},
	{"X-Content-Type-Options", "nosniff"},
	{"X-Frame-Options", "DENY"},
	{"Cross-Origin-Opener-Policy", "same-origin"},
	{"Cross-Origin-Embedder-Policy", "require-corp"},
	{"Cross-Origin-Resource-Policy", "same-origin"},
	{"Permissions-Policy",
	 "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), "
	 "microphone=(), payment=(), usb=()"},
	{"X-DNS-Prefetch-Control", "off"},
	{"Connection", "close"},
};

/* --- requests --- */

const struct http_request *http_request(const struct http_exchange *x)
{
	return &x->request;
}

struct buf http_take_body(struct http_exchange *x)
{
	struct buf body = x->body;

	x->body = (struct buf){0};
	return body;
}

void **http_state(struct http_exchange *x)
{
	return &x->state;
}

static const char *header(struct http_exchange *x, const char *name)
{
	return MHD_lookup_connection_value(x->connection, MHD_HEADER_KIND, name);
}

/* Room for a large body: bounded for all together, so that memory is. */
static bool take_room(struct http_exchange *x, size_t n)
{
	struct http *h = x->http;
	bool fits;

	pthread_mutex_lock(&h->lock);
	fits = n <= BODIES_LARGE - h->large;
	if (fits)
		h->large += x->large = n;
	pthread_mutex_unlock(&h->lock);
	return fits;
}

static void give_room_back(struct http_exchange *x)
{
	pthread_mutex_lock(&x->http->lock);
	x->http->large -= x->large;
	pthread_mutex_unlock(&x->http->lock);
}

/* The status that a request deserves for the length of its body, or 0; the gate has seen the rest. */
static unsigned judge_length(struct http_exchange *x, bool post)
{
	const char *text = header(x, "Content-Length");
	unsigned long long length = text != NULL ? strtoull(text, NULL, 10) : 0;

	if (post && text == NULL)
		return MHD_HTTP_LENGTH_REQUIRED;
	if (length > x->http->handler.body_most)
		return MHD_HTTP_CONTENT_TOO_LARGE;
	if (length > BODY_SMALL && !take_room(x, (size_t)length))
		return MHD_HTTP_SERVICE_UNAVAILABLE;
	return 0;
}

/* The shared counter that the connection counts in. */
static unsigned counter_of(struct http *h, struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);

	return info != NULL ? gate_counter(h->gate, info->connect_fd) : QUOTA_EVERYBODY;
}

static struct http_exchange *begin(struct http *h, struct MHD_Connection *connection,
                                   const char *method, const char *path)
{
	struct http_exchange *x = calloc(1, sizeof *x);

	if (x == NULL)
		return NULL;
	x->http = h;
	x->connection = connection;
	x->request.method = strcmp(method, "HEAD") == 0 ? "GET" : method;
	x->request.path = path;
	x->request.language = header(x, "Accept-Language");
	x->request.type = header(x, "Content-Type");
	x->request.body = &x->body;
	x->request.counter = counter_of(h, connection);
	x->request.refused = judge_length(x, strcmp(method, "POST") == 0);
	return x;
}

/* --- replies --- */

void http_reply(struct http_exchange *x, unsigned status, const char *type, const char *allow,
                struct buf *body)
{
	x->replied = true;
	x->status = status;
	x->type = type;
	x->allow = allow;
	if (body->failed) {
		buf_wipe(body);
		x->status = MHD_HTTP_SERVICE_UNAVAILABLE;
		return;
	}
	x->reply = *body;
	*body = (struct buf){0};
}

static void free_sent(void *sent)
{
	buf_wipe(sent);
	free(sent);
}

/* The body as the library wants it: memory that is wiped when it was sent. */
static struct MHD_Response *make_response(struct http_exchange *x)
{
	struct MHD_Response *response;
	struct buf *sent = malloc(sizeof *sent);

	if (sent == NULL)
		return NULL;
	*sent = x->reply;
	x->reply = (struct buf){0};
	buf_puts(sent, ""); /* an empty body has an address, too */
	response = sent->failed ? NULL
	                        : MHD_create_response_from_buffer_with_free_callback_cls(
					  sent->len, sent->data, free_sent, sent);
	if (response == NULL)
		free_sent(sent);
	return response;
}

static enum MHD_Result send_reply(struct http_exchange *x)
{
	const size_t n = sizeof security_headers / sizeof *security_headers;
	struct MHD_Response *response = make_response(x);
	enum MHD_Result sent = MHD_YES;

	if (response == NULL)
		return MHD_NO;
	for (size_t i = 0; i < n && sent == MHD_YES; i++)
		sent = MHD_add_response_header(response, security_headers[i][0],
			security_headers[i][1]);
	if (sent == MHD_YES && x->type != NULL)
		sent = MHD_add_response_header(response, "Content-Type", x->type);
	if (sent == MHD_YES && x->allow != NULL)
		sent = MHD_add_response_header(response, "Allow", x->allow);
	if (sent == MHD_YES && x->http->handler.onion != NULL)
		sent = MHD_add_response_header(response, "Onion-Location", x->http->handler.onion);
	if (sent == MHD_YES)
		sent = MHD_queue_response(x->connection, x->status, response);
	MHD_destroy_response(response);
	return sent;
}

/* --- sleeping --- */

bool http_wait(struct http_exchange *x)
{
	struct http *h = x->http;
	bool stopping;

	pthread_mutex_lock(&h->lock);
	stopping = h->stopping;
	h->waiting += !stopping;
	pthread_mutex_unlock(&h->lock);
	if (!stopping)
		MHD_suspend_connection(x->connection);
	return !stopping;
}

void http_wake(struct http_exchange *x)
{
	struct http *h = x->http;

	/* afterwards the exchange may be gone at any time */
	MHD_resume_connection(x->connection);
	pthread_mutex_lock(&h->lock);
	h->waiting--;
	pthread_cond_broadcast(&h->quiet);
	pthread_mutex_unlock(&h->lock);
}

/*
 * What was copied last stays in the vector registers of a thread that then sleeps, for as long as it
 * does: an image of the process would show it. Copying zeros, in all the lengths for which the C
 * library has ways of its own, puts them there instead.
 */
static void forget_registers(void)
{
	static void *(*volatile copy)(void *, const void *, size_t) = memcpy;
	static const char zeros[4096];
	char to[sizeof zeros];

	for (size_t n = 8; n < sizeof to; n *= 2) {
		copy(to, zeros, n);
		copy(to, zeros, n + n / 2 + 1);
	}
}

/* --- what the library calls --- */

static enum MHD_Result on_request(void *ctx, struct MHD_Connection *connection, const char *path,
                                  const char *method, const char *version, const char *data,
                                  size_t *n, void **state)
{
	struct http *h = ctx;
	struct http_exchange *x = *state;

	(void)version;
	if (x == NULL) {
		x = begin(h, connection, method, path);
		*state = x;
		if (x == NULL)
			return MHD_NO;
		if (x->request.refused == 0)
			return MHD_YES; /* the body comes first */
	} else if (*n > 0) {
		if (x->body.len + *n > h->handler.body_most)
			return MHD_NO;
		buf_put(&x->body, data, *n);
		*n = 0;
		return MHD_YES;
	}
	if (x->body.failed)
		return MHD_NO;
	h->handler.handle(h->handler.ctx, x);
	/* it has been read; a reader who is slow to take the reply need not keep it in memory */
	buf_wipe(&x->body);
	return x->replied ? send_reply(x) : MHD_YES;
}

static void on_end(void *ctx, struct MHD_Connection *connection, void **state,
                   enum MHD_RequestTerminationCode why)
{
	struct http *h = ctx;
	struct http_exchange *x = *state;

	(void)connection;
	(void)why;
	if (x == NULL)
		return;
	if (x->state != NULL)
		h->handler.forget(h->handler.ctx, x->state);
	give_room_back(x);
	buf_wipe(&x->body);
	buf_wipe(&x->reply);
	free(x);
	*state = NULL;
	forget_registers();
}

static void count_inside(struct http *h, int change)
{
	pthread_mutex_lock(&h->lock);
	h->inside += (size_t)change;
	pthread_cond_broadcast(&h->quiet);
	pthread_mutex_unlock(&h->lock);
}

/* The library is about to close a connection. */
static void on_connection(void *ctx, struct MHD_Connection *connection, void **entry,
                          enum MHD_ConnectionNotificationCode what)
{
	struct http *h = ctx;
	const union MHD_ConnectionInfo *info;

	(void)entry;
	if (what != MHD_CONNECTION_NOTIFY_CLOSED)
		return;
	info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	if (info != NULL)
		gate_leave(h->gate, info->connect_fd);
	count_inside(h, -1);
}

/* --- what the gate calls --- */

static bool enter(void *ctx, int fd)
{
	/* of an address the library is told no more than what kind it is */
	struct sockaddr_storage kind = {0};
	socklen_t n = sizeof kind;
	struct http *h = ctx;

	if (getsockname(fd, (struct sockaddr *)&kind, &n) != 0)
		kind.ss_family = AF_INET;
	n = kind.ss_family == AF_UNIX ? sizeof(struct sockaddr_un)
	    : kind.ss_family == AF_INET6 ? sizeof(struct sockaddr_in6) : sizeof(struct sockaddr_in);
	kind = (struct sockaddr_storage){.ss_family = kind.ss_family};
	h->next = (h->next + 1) % h->n_daemons;
	count_inside(h, 1);
	if (MHD_add_connection(h->daemons[h->next], fd, (struct sockaddr *)&kind, n) == MHD_YES)
		return true;
	count_inside(h, -1);
	return false;
}

/* The reply to a head that the library must not see. */
static void refuse(void *ctx, unsigned status, struct buf *reply)
{
	const char *reason = MHD_get_reason_phrase_for(status);
	struct http *h = ctx;
	struct buf page = {0};

	h->handler.refuse(h->handler.ctx, status, &page);
	buf_printf(reply, "HTTP/1.1 %u %s\r\n", status, reason != NULL ? reason : "Refused");
	for (size_t i = 0; i < sizeof security_headers / sizeof *security_headers; i++)
		buf_printf(reply, "%s: %s\r\n", security_headers[i][0], security_headers[i][1]);
	buf_printf(reply, "Content-Type: text/html; charset=utf-8\r\nContent-Length: %zu\r\n\r\n",
		page.len);
	buf_put(reply, page.data, page.len);
	reply->failed |= page.failed;
	buf_finish(&page);
}

/* --- start and stop --- */

void http_raise_limit(void)
{
	struct rlimit files;

	if (getrlimit(RLIMIT_NOFILE, &files) != 0)
		return;
	files.rlim_cur = files.rlim_max;
	(void)setrlimit(RLIMIT_NOFILE, &files);
}

/* As many connections as descriptors allow. */
static size_t connection_limit(void)
{
	struct rlimit files;

	if (getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur < 2 * OWN_FILES)
		return OWN_FILES;
	if (files.rlim_cur - OWN_FILES < CONNECTIONS)
		return (size_t)files.rlim_cur - OWN_FILES;
	return CONNECTIONS;
}

static size_t thread_count(void)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);

	return processors < 2 ? 2 : processors > THREADS_MOST ? THREADS_MOST : (size_t)processors;
}

static struct MHD_Daemon *start_daemon(struct http *h, size_t connections)
{
	return MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME |
			MHD_USE_SUPPRESS_DATE_NO_CLOCK | MHD_USE_NO_LISTEN_SOCKET,
		0, NULL, NULL, on_request, h,
		/* who is over, but not closed yet, still counts here */
		MHD_OPTION_CONNECTION_LIMIT, (unsigned)connections * 2,
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEAD_MEMORY,
		MHD_OPTION_STRICT_FOR_CLIENT, 1,
		MHD_OPTION_NOTIFY_COMPLETED, on_end, h,
		MHD_OPTION_NOTIFY_CONNECTION, on_connection, h,
		MHD_OPTION_END);
}

static void finish(struct http *h)
{
	for (size_t i = 0; i < h->n_daemons; i++)
		MHD_stop_daemon(h->daemons[i]);
	gate_free(h->gate);
	pthread_cond_destroy(&h->quiet);
	pthread_mutex_destroy(&h->lock);
	free(h);
}

static struct http *create(const struct http_handler *handler)
{
	struct http *h = calloc(1, sizeof *h);
	pthread_condattr_t monotonic;

	if (h == NULL)
		return NULL;
	h->handler = *handler;
	pthread_mutex_init(&h->lock, NULL);
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&h->quiet, &monotonic);
	pthread_condattr_destroy(&monotonic);
	return h;
}

int http_start(struct http **out, const int *listening, size_t n,
               const struct http_handler *handler, struct quota *quota, struct err *err)
{
	const struct gate_limits limits = {connection_limit(), HEAD, WHOLE};
	struct http *h = create(handler);
	size_t threads = thread_count();

	if (h == NULL) {
		err_nomem(err);
		goto fail;
	}
	while (h->n_daemons < threads) {
		struct MHD_Daemon *daemon = start_daemon(h, limits.connections);

		if (daemon == NULL) {
			err_set(err, ERR_IO, "the HTTP server cannot be started");
			goto fail;
		}
		h->daemons[h->n_daemons++] = daemon;
	}
	if (gate_start(&h->gate, listening, n, &limits, quota,
		&(struct gate_handler){enter, refuse, h}, err) != 0) {
		finish(h);
		return -1;
	}
	*out = h;
	return 0;
fail:
	for (size_t i = 0; i < n; i++)
		close(listening[i]);
	if (h != NULL)
		finish(h);
	return -1;
}

/* Let what has begun come to its end. */
static void settle(struct http *h)
{
	struct timespec until;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += GRACE;
	pthread_mutex_lock(&h->lock);
	while (h->inside > 0 &&
	       pthread_cond_timedwait(&h->quiet, &h->lock, &until) != ETIMEDOUT)
		;
	h->stopping = true;
	while (h->waiting > 0)
		pthread_cond_wait(&h->quiet, &h->lock);
	pthread_mutex_unlock(&h->lock);
}

void http_stop(struct http *h)
{
	if (h == NULL)
		return;
	gate_close(h->gate, GRACE);
	settle(h);
	finish(h);
}
