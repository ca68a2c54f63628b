/*
 * gate.c - the door. In: connections. Out: those whose request's head is whole and unambiguous;
 * a refusal for the others; and room, when too many wait.
 *
 * The head is read with MSG_PEEK, so that whoever is let in reads it again from the socket, and
 * edge-triggered epoll says when there is more of it. What waits outside costs an entry of a table
 * and nothing else: a thousand half-open connections are no burden, and an honest request is through
 * the door as soon as it arrives. gate_table.c says who goes when there are too many.
 */
#include "collector/gate.h"

#include "collector/gate_table.h"
#include "collector/head.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <sodium.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum {
	LISTENERS = 8,
	EVENTS = 256,
	ACCEPTS = 64, /* connections taken before others get their turn */
	LINGER_MOST = 1 << 20, /* bytes of a refused request that are read and forgotten */
	REST = 20,    /* milliseconds to wait when nothing could be made room for */
};

struct gate {
	struct gate_table table;
	struct gate_handler handler;
	struct quota *quota;
	int listening[LISTENERS];
	size_t n_listening;
	int epoll, wake; /* wake: an eventfd */
	pthread_t thread;
	pthread_mutex_t lock; /* over `until` */
	int64_t until;        /* while closing: when the last wait ends; else 0 */
	uint8_t head[HEAD_MOST]; /* the thread's alone */
};

void gate_leave(struct gate *g, int fd)
{
	if (fd >= 0 && (size_t)fd < g->table.n)
		gate_table_move(&g->table, fd, GATE_NOWHERE);
}

unsigned gate_counter(struct gate *g, int fd)
{
	unsigned counter = QUOTA_EVERYBODY;

	if (fd < 0 || (size_t)fd >= g->table.n)
		return counter;
	pthread_mutex_lock(&g->table.lock);
	counter = g->table.entries[fd].counter;
	pthread_mutex_unlock(&g->table.lock);
	return counter;
}

/* Close a connection that never got in. */
static void drop(struct gate *g, int fd)
{
	gate_table_move(&g->table, fd, GATE_NOWHERE);
	close(fd);
}

/* --- one connection --- */

/* Read and forget what a refused peer still sends, so that it gets to read its reply. */
static void linger(struct gate *g, int fd)
{
	struct gate_entry *e = &g->table.entries[fd];

	for (;;) {
		ssize_t got = recv(fd, g->head, sizeof g->head, MSG_DONTWAIT);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			break;
		if (got <= 0 || (e->read += (uint32_t)got) > LINGER_MOST) {
			drop(g, fd);
			break;
		}
	}
	sodium_memzero(g->head, sizeof g->head);
}

/* `bare`: to a HEAD request, whose reply has no body (RFC 9110, 9.3.2). */
static void refuse(struct gate *g, int fd, unsigned status, bool bare)
{
	struct buf reply = {0};
	const char *body;

	g->handler.refuse(g->handler.ctx, status, &reply);
	body = bare && !reply.failed && reply.data != NULL ? strstr(reply.data, "\r\n\r\n") : NULL;
	if (body != NULL)
		reply.len = (size_t)(body + 4 - reply.data);
	/* a reply is shorter than what a socket takes at once; a peer that sees half of it is hostile */
	if (!reply.failed && reply.len > 0 &&
	    send(fd, reply.data, reply.len, MSG_DONTWAIT | MSG_NOSIGNAL) > 0)
		shutdown(fd, SHUT_WR);
	buf_finish(&reply);
	g->table.entries[fd].since = gate_now();
	gate_table_move(&g->table, fd, GATE_LEAVING);
	linger(g, fd);
}

/* The connection has become readable, or has ended. */
static void look(struct gate *g, int fd)
{
	ssize_t got = recv(fd, g->head, sizeof g->head, MSG_PEEK | MSG_DONTWAIT);
	unsigned status;
	bool bare;

	if (got < 0 && (errno == EINTR || errno == EAGAIN || errno == EWOULDBLOCK))
		return;
	if (got <= 0) {
		drop(g, fd);
		return;
	}
	g->table.entries[fd].begun = true;
	status = head_check((const char *)g->head, (size_t)got);
	bare = got >= 5 && memcmp(g->head, "HEAD ", 5) == 0;
	sodium_memzero(g->head, (size_t)got);
	if (status == HEAD_PARTIAL)
		return;
	if (status != HEAD_WHOLE) {
		refuse(g, fd, status, bare);
		return;
	}
	epoll_ctl(g->epoll, EPOLL_CTL_DEL, fd, NULL);
	gate_table_move(&g->table, fd, GATE_INSIDE);
	if (!g->handler.enter(g->handler.ctx, fd))
		gate_table_move(&g->table, fd, GATE_NOWHERE);
}

static void on_readable(struct gate *g, int fd)
{
	if (g->table.entries[fd].place == GATE_OUTSIDE)
		look(g, fd);
	else if (g->table.entries[fd].place == GATE_LEAVING)
		linger(g, fd);
}

static void take(struct gate *g, int fd, const struct sockaddr_storage *peer, socklen_t n)
{
	struct epoll_event event = {.events = EPOLLIN | EPOLLRDHUP | EPOLLET, .data.fd = fd};

	if ((size_t)fd >= g->table.n || epoll_ctl(g->epoll, EPOLL_CTL_ADD, fd, &event) != 0) {
		close(fd);
		return;
	}
	g->table.entries[fd] = (struct gate_entry){
		.counter = (uint16_t)quota_counter(g->quota, (const struct sockaddr *)peer, n),
		.since = gate_now()};
	gate_table_move(&g->table, fd, GATE_OUTSIDE);
}

/* Take who waits at a listening socket; true if there may be more. */
static bool accept_some(struct gate *g, int listening)
{
	for (int i = 0; i < ACCEPTS; i++) {
		struct sockaddr_storage peer = {0};
		socklen_t n = sizeof peer;
		int fd;

		if (gate_table_full(&g->table) && !gate_table_make_room(&g->table)) {
			usleep(1000 * REST);
			return false;
		}
		fd = accept4(listening, (struct sockaddr *)&peer, &n, SOCK_CLOEXEC | SOCK_NONBLOCK);
		if (fd >= 0) {
			take(g, fd, &peer, n);
			sodium_memzero(&peer, sizeof peer);
			continue;
		}
		if (errno == EAGAIN || errno == EWOULDBLOCK)
			return false;
		/* no descriptors, no memory: for the whole system, perhaps; it passes */
		if ((errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) &&
		    !gate_table_make_room(&g->table)) {
			usleep(1000 * REST);
			return false;
		}
	}
	return true;
}

/* --- the thread --- */

static bool is_listening(const struct gate *g, int fd)
{
	for (size_t i = 0; i < g->n_listening; i++)
		if (g->listening[i] == fd)
			return true;
	return false;
}

static void close_listening(struct gate *g)
{
	for (size_t i = 0; i < g->n_listening; i++)
		close(g->listening[i]);
	g->n_listening = 0;
}

/* 0: not closing; else when the last wait ends. */
static int64_t closing(struct gate *g)
{
	int64_t until;

	pthread_mutex_lock(&g->lock);
	until = g->until;
	pthread_mutex_unlock(&g->lock);
	return until;
}

static void on_event(struct gate *g, int fd)
{
	uint64_t woken;

	if (fd == g->wake)
		(void)!read(fd, &woken, sizeof woken);
	else if (is_listening(g, fd))
		accept_some(g, fd);
	else
		on_readable(g, fd);
}

static void *run(void *arg)
{
	struct epoll_event events[EVENTS];
	struct gate *g = arg;
	int64_t watched = gate_now();

	for (;;) {
		int n = epoll_wait(g->epoll, events, EVENTS, closing(g) != 0 ? 50 : 1000);

		for (int i = 0; i < n; i++)
			on_event(g, events[i].data.fd);
		if (closing(g) != 0 && g->n_listening > 0) {
			for (size_t i = 0; i < g->n_listening; i++)
				while (accept_some(g, g->listening[i]))
					;
			close_listening(g);
			continue; /* and have a look at them */
		}
		if (closing(g) != 0 &&
		    (!gate_table_awaited(&g->table) || gate_now() >= closing(g)))
			break;
		if (gate_now() - watched >= 1000) {
			gate_table_watch(&g->table);
			watched = gate_now();
		}
	}
	gate_table_drop_all(&g->table);
	return NULL;
}

/* --- start and stop --- */

static int listen_to(struct gate *g, int fd)
{
	struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};

	return epoll_ctl(g->epoll, EPOLL_CTL_ADD, fd, &event);
}

int gate_start(struct gate **out, const int *listening, size_t n, const struct gate_limits *limits,
               struct quota *quota, const struct gate_handler *handler, struct err *err)
{
	struct gate *g = calloc(1, sizeof *g);
	int status = -1;

	assert(n <= LISTENERS);
	if (g == NULL) {
		for (size_t i = 0; i < n; i++)
			close(listening[i]);
		return err_nomem(err);
	}
	*g = (struct gate){.handler = *handler, .quota = quota, .n_listening = n,
	                   .epoll = epoll_create1(EPOLL_CLOEXEC),
	                   .wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
	pthread_mutex_init(&g->lock, NULL);
	if (gate_table_init(&g->table, limits) == 0 && g->epoll >= 0 && g->wake >= 0)
		status = listen_to(g, g->wake);
	for (size_t i = 0; i < n; i++) {
		g->listening[i] = listening[i];
		if (status == 0)
			status = listen_to(g, listening[i]);
	}
	*out = g; /* before the thread lets anybody in */
	if (status == 0 && pthread_create(&g->thread, NULL, run, g) == 0)
		return 0;
	*out = NULL;
	close_listening(g);
	gate_free(g);
	return err_set(err, ERR_IO, "no thread, descriptor or memory to take connections with");
}

void gate_close(struct gate *g, unsigned seconds)
{
	const uint64_t one = 1;

	pthread_mutex_lock(&g->lock);
	g->until = gate_now() + 1000 * (int64_t)seconds;
	pthread_mutex_unlock(&g->lock);
	(void)!write(g->wake, &one, sizeof one);
	pthread_join(g->thread, NULL);
}

void gate_free(struct gate *g)
{
	if (g == NULL)
		return;
	if (g->epoll >= 0)
		close(g->epoll);
	if (g->wake >= 0)
		close(g->wake);
	pthread_mutex_destroy(&g->lock);
	gate_table_finish(&g->table);
	free(g);
}
