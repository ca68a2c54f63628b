/*
 * http.c - the only owner of microhttpd.h. In: connections. Out: whole requests to the handler, and
 * its replies with the headers that protect the page.
 *
 * The library (0.9.75) takes more than it should: several Content-Lengths, a Content-Length beside
 * a Transfer-Encoding. What can be seen of that is refused, and every reply closes its connection,
 * so that nothing behind it is ever read as a second request.
 */
#include "collector/http.h"

#include "collector/deadline.h"

#include <errno.h>
#include <microhttpd.h>
#include <pthread.h>
#include <sodium.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum {
	IDLE = 20,         /* seconds of silence */
	WHOLE = 120,       /* seconds for a whole request: a long form over 2G */
	GRACE = 10,        /* seconds to end when stopping */
	CONNECTIONS = 2000,
	OWN_FILES = 64,    /* descriptors that are not connections */
	/*
	 * Bytes of memory a connection's head may take. What the library does not wipe goes back to
	 * the system with the connection: from 32 KiB on it maps this memory (MHD_pool_create).
	 */
	HEAD_MOST = 40960,
	THREADS_MOST = 4,
};

struct http {
	struct http_handler handler;
	struct MHD_Daemon *daemon;
	struct deadline *deadline;
	pthread_mutex_t lock; /* over what follows */
	pthread_cond_t quiet;
	size_t active, waiting;
	bool stopping;
};

struct http_exchange {
	struct http *http;
	struct MHD_Connection *connection;
	struct http_request request;
	struct buf body;
	void *state;
	bool replied, shared;
	unsigned status;
	const char *type, *allow;
	struct buf reply;
};

static const char *const security_headers[][2] = {
	{"Content-Security-Policy",
	 "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
	 "img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"},
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

void **http_state(struct http_exchange *x)
{
	return &x->state;
}

static const char *header(struct http_exchange *x, const char *name)
{
	return MHD_lookup_connection_value(x->connection, MHD_HEADER_KIND, name);
}

/* How the length of the body is given: at most once, in digits. */
struct framing {
	size_t lengths, hosts;
	bool encoded, malformed;
	unsigned long long length;
};

static enum MHD_Result see_header(void *ctx, enum MHD_ValueKind kind, const char *name,
                                  const char *value)
{
	struct framing *f = ctx;

	(void)kind;
	if (strcasecmp(name, "Content-Length") == 0) {
		f->lengths++;
		f->malformed |= value == NULL || *value == '\0' || strlen(value) > 12 ||
		                value[strspn(value, "0123456789")] != '\0';
		if (!f->malformed)
			f->length = strtoull(value, NULL, 10);
	}
	f->hosts += strcasecmp(name, "Host") == 0;
	f->encoded |= strcasecmp(name, "Transfer-Encoding") == 0;
	f->malformed |= strpbrk(name, " \t") != NULL;
	return MHD_YES;
}

/* The status that a request deserves for its head alone, or 0. */
static unsigned judge_head(struct http_exchange *x, bool post)
{
	struct framing f = {0};

	MHD_get_connection_values(x->connection, MHD_HEADER_KIND, see_header, &f);
	if (f.malformed || f.encoded || f.lengths > 1 || f.hosts > 1)
		return MHD_HTTP_BAD_REQUEST;
	if (!post && f.length > 0)
		return MHD_HTTP_BAD_REQUEST;
	if (post && f.lengths == 0)
		return MHD_HTTP_LENGTH_REQUIRED;
	if (f.length > x->http->handler.body_most)
		return MHD_HTTP_CONTENT_TOO_LARGE;
	return 0;
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
	x->request.refused = judge_head(x, strcmp(method, "POST") == 0);
	pthread_mutex_lock(&h->lock);
	h->active++;
	pthread_mutex_unlock(&h->lock);
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

void http_share(struct http_exchange *x)
{
	x->shared = true;
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
	if (sent == MHD_YES && x->shared)
		sent = MHD_add_response_header(response, "Access-Control-Allow-Origin", "*");
	if (sent == MHD_YES && x->allow != NULL)
		sent = MHD_add_response_header(response, "Allow", x->allow);
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
	buf_wipe(&x->body);
	buf_wipe(&x->reply);
	free(x);
	*state = NULL;
	pthread_mutex_lock(&h->lock);
	h->active--;
	pthread_cond_broadcast(&h->quiet);
	pthread_mutex_unlock(&h->lock);
}

static void on_connection(void *ctx, struct MHD_Connection *connection, void **entry,
                          enum MHD_ConnectionNotificationCode what)
{
	struct http *h = ctx;
	const union MHD_ConnectionInfo *info;

	if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
		deadline_remove(h->deadline, *entry);
		*entry = NULL;
		return;
	}
	info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	if (info != NULL)
		*entry = deadline_add(h->deadline, info->connect_fd);
}

/* --- start and stop --- */

/* As many connections as descriptors allow; the limit is raised as far as it may be. */
static unsigned connection_limit(void)
{
	struct rlimit files;

	if (getrlimit(RLIMIT_NOFILE, &files) != 0)
		return 256;
	files.rlim_cur = files.rlim_max;
	setrlimit(RLIMIT_NOFILE, &files);
	if (getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur < 2 * OWN_FILES)
		return OWN_FILES;
	if (files.rlim_cur - OWN_FILES < CONNECTIONS)
		return (unsigned)files.rlim_cur - OWN_FILES;
	return CONNECTIONS;
}

static unsigned thread_count(void)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);

	return processors < 2 ? 2 : processors > THREADS_MOST ? THREADS_MOST : (unsigned)processors;
}

static void finish(struct http *h)
{
	deadline_stop(h->deadline);
	pthread_cond_destroy(&h->quiet);
	pthread_mutex_destroy(&h->lock);
	free(h);
}

int http_start(struct http **out, int listening, const struct http_handler *handler,
               struct err *err)
{
	struct http *h = calloc(1, sizeof *h);
	pthread_condattr_t monotonic;

	if (h == NULL)
		return err_nomem(err);
	h->handler = *handler;
	pthread_mutex_init(&h->lock, NULL);
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&h->quiet, &monotonic);
	pthread_condattr_destroy(&monotonic);
	if (deadline_start(&h->deadline, WHOLE, err) != 0) {
		finish(h);
		return -1;
	}
	h->daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME |
			MHD_USE_SUPPRESS_DATE_NO_CLOCK,
		0, NULL, NULL, on_request, h,
		MHD_OPTION_LISTEN_SOCKET, listening,
		MHD_OPTION_THREAD_POOL_SIZE, thread_count(),
		MHD_OPTION_CONNECTION_LIMIT, connection_limit(),
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEAD_MOST,
		MHD_OPTION_STRICT_FOR_CLIENT, 1,
		MHD_OPTION_NOTIFY_COMPLETED, on_end, h,
		MHD_OPTION_NOTIFY_CONNECTION, on_connection, h,
		MHD_OPTION_END);
	if (h->daemon == NULL) {
		finish(h);
		return err_set(err, ERR_IO, "the HTTP server cannot be started");
	}
	*out = h;
	return 0;
}

/* Let what has begun come to its end. */
static void settle(struct http *h)
{
	struct timespec until;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += GRACE;
	pthread_mutex_lock(&h->lock);
	while (h->active > 0 &&
	       pthread_cond_timedwait(&h->quiet, &h->lock, &until) != ETIMEDOUT)
		;
	h->stopping = true;
	while (h->waiting > 0)
		pthread_cond_wait(&h->quiet, &h->lock);
	pthread_mutex_unlock(&h->lock);
}

void http_stop(struct http *h)
{
	MHD_socket listening;

	if (h == NULL)
		return;
	listening = MHD_quiesce_daemon(h->daemon);
	settle(h);
	MHD_stop_daemon(h->daemon);
	if (listening != MHD_INVALID_SOCKET)
		close(listening);
	finish(h);
}
