/*
 * gate.c - the door. In: connections. Out: those whose request's head is whole and unambiguous;
 * a refusal for the others; and room, when too many wait.
 *
 * The head is read with MSG_PEEK, so that whoever is let in reads it again from the socket, and
 * edge-triggered epoll says when there is more of it. What waits outside costs an entry of a table
 * and nothing else: a thousand half-open connections are no burden. When connections run out, or
 * half of them are in use and somebody hardly moves, the slowest go first; an honest request is
 * through the door as soon as it arrives. Progress is asked of the kernel (TCP_INFO, tcp(7)).
 */
#include "collector/gate.h"

#include "collector/head.h"

#include <assert.h>
#include <errno.h>
#include <netinet/in.h>
#include <linux/tcp.h>
#include <pthread.h>
#include <sodium.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

enum {
	LISTENERS = 8,
	SPARE = 512,      /* connections that are over, but not closed yet */
	EVENTS = 256,
	ACCEPTS = 64,     /* connections taken before others get their turn */
	LINGER = 3,       /* seconds that a refused peer has to take its reply */
	LINGER_MOST = 1 << 20, /* bytes of a refused request that are read and forgotten */
	HURRY = 5,        /* seconds of patience while half of all connections are in use */
	PACE = 256,       /* bytes a second that a connection must then move */
	ROOM = 64,        /* connections that go at once when there are too many */
	REST = 20,        /* milliseconds to wait when nothing could be made room for */
};

enum place { NOWHERE, OUTSIDE, LEAVING, INSIDE, OVER };

/* A connection, at the index of its descriptor. */
struct entry {
	enum place place;
	bool begun; /* it has sent something */
	uint16_t counter;
	uint32_t read; /* bytes, while LEAVING */
	int64_t since; /* milliseconds */
};

struct gate {
	struct gate_limits limits;
	struct gate_handler handler;
	struct quota *quota;
	int listening[LISTENERS];
	size_t n_listening;
	int epoll, wake; /* wake: an eventfd */
	pthread_t thread;
	pthread_mutex_t lock; /* over what follows */
	struct entry *entries;
	size_t n_entries, count; /* count: all but OVER */
	bool closing;
	int64_t until; /* of closing */
	uint8_t head[HEAD_MOST]; /* the thread's alone */
};

static int64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* --- the table --- */

static void set_place(struct gate *g, int fd, enum place place)
{
	struct entry *e = &g->entries[fd];
	bool before, after;

	pthread_mutex_lock(&g->lock);
	before = e->place != NOWHERE && e->place != OVER;
	after = place != NOWHERE && place != OVER;
	e->place = place;
	g->count += after;
	g->count -= before;
	pthread_mutex_unlock(&g->lock);
}

void gate_leave(struct gate *g, int fd)
{
	if (fd >= 0 && (size_t)fd < g->n_entries)
		set_place(g, fd, NOWHERE);
}

unsigned gate_counter(struct gate *g, int fd)
{
	unsigned counter = QUOTA_EVERYBODY;

	if (fd < 0 || (size_t)fd >= g->n_entries)
		return counter;
	pthread_mutex_lock(&g->lock);
	counter = g->entries[fd].counter;
	pthread_mutex_unlock(&g->lock);
	return counter;
}

/* Close a connection that never got in. */
static void drop(struct gate *g, int fd)
{
	set_place(g, fd, NOWHERE);
	close(fd);
}

/* --- who goes when there are too many --- */

/* Bytes a second that a connection has moved, both ways; 0 if nobody knows. */
static int64_t pace(int fd, int64_t age)
{
	struct tcp_info info = {0};
	socklen_t n = sizeof info;

	if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &n) != 0)
		return 0;
	return (int64_t)(info.tcpi_bytes_acked + info.tcpi_bytes_received) * 1000 / (age + 1);
}

/* Lock held: nobody closes it meanwhile. Whoever is inside finds the connection ended. */
static void end_inside(struct gate *g, int fd)
{
	g->entries[fd].place = OVER;
	g->count--;
	shutdown(fd, SHUT_RDWR);
}

/* Has this connection had its time? Lock held. */
static bool is_over(const struct gate *g, int fd, int64_t at, bool hurry)
{
	const struct entry *e = &g->entries[fd];
	int64_t age = at - e->since;

	switch (e->place) {
	case OUTSIDE:
		return age > 1000 * (int64_t)(hurry ? HURRY : g->limits.head);
	case LEAVING:
		return age > 1000 * LINGER;
	case INSIDE:
		if (age > 1000 * (int64_t)g->limits.whole)
			return true;
		return hurry && age > 1000 * HURRY && pace(fd, age) < PACE;
	default:
		return false;
	}
}

/* Once a second. */
static void watch(struct gate *g)
{
	int64_t at = now();
	bool hurry;

	pthread_mutex_lock(&g->lock);
	hurry = g->count > g->limits.connections / 2;
	for (size_t fd = 0; fd < g->n_entries; fd++) {
		struct entry *e = &g->entries[fd];

		if (e->place == NOWHERE || !is_over(g, (int)fd, at, hurry))
			continue;
		if (e->place == INSIDE) {
			end_inside(g, (int)fd);
		} else {
			e->place = NOWHERE;
			g->count--;
			close((int)fd);
		}
	}
	pthread_mutex_unlock(&g->lock);
}

/* How much somebody deserves to go: who waits outside longest, then who is slowest inside. */
static int64_t guilt(const struct gate *g, int fd, int64_t at)
{
	const struct entry *e = &g->entries[fd];
	int64_t age = at - e->since;

	if (e->place == LEAVING)
		return INT64_MAX;
	if (e->place == OUTSIDE)
		return age > 1000 ? INT64_MAX / 2 + age : 0;
	if (e->place == INSIDE && age > 2000)
		return age * 1024 / (pace(fd, age) + 1) + 1;
	return 0;
}

struct guilty {
	int64_t guilt;
	int fd;
};

static int more_guilty(const void *a, const void *b)
{
	const struct guilty *x = a, *y = b;

	return x->guilt < y->guilt ? 1 : x->guilt > y->guilt ? -1 : 0;
}

/* Room for new connections at the cost of the worst. False: everybody has a right to be here. */
static bool make_room(struct gate *g)
{
	struct guilty *list = calloc(g->n_entries, sizeof *list);
	int64_t at = now();
	size_t n = 0;

	if (list == NULL)
		return false;
	pthread_mutex_lock(&g->lock);
	for (size_t fd = 0; fd < g->n_entries; fd++) {
		int64_t found = guilt(g, (int)fd, at);

		if (found > 0)
			list[n++] = (struct guilty){found, (int)fd};
	}
	qsort(list, n, sizeof *list, more_guilty);
	n = n < ROOM ? n : ROOM;
	for (size_t i = 0; i < n; i++) {
		struct entry *e = &g->entries[list[i].fd];

		if (e->place == INSIDE) {
			end_inside(g, list[i].fd);
			continue;
		}
		e->place = NOWHERE;
		g->count--;
		close(list[i].fd);
	}
	pthread_mutex_unlock(&g->lock);
	free(list);
	return n > 0;
}

/* --- one connection --- */

/* Read and forget what a refused peer still sends, so that it gets to read its reply. */
static void linger(struct gate *g, int fd)
{
	struct entry *e = &g->entries[fd];

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

static void refuse(struct gate *g, int fd, unsigned status)
{
	struct buf reply = {0};

	g->handler.refuse(g->handler.ctx, status, &reply);
	/* a reply is shorter than what a socket takes at once; a peer that sees half of it is hostile */
	if (!reply.failed && reply.len > 0 &&
	    send(fd, reply.data, reply.len, MSG_DONTWAIT | MSG_NOSIGNAL) > 0)
		shutdown(fd, SHUT_WR);
	buf_finish(&reply);
	g->entries[fd].since = now();
	set_place(g, fd, LEAVING);
	linger(g, fd);
}

/* The connection has become readable, or has ended. */
static void look(struct gate *g, int fd)
{
	ssize_t got = recv(fd, g->head, sizeof g->head, MSG_PEEK | MSG_DONTWAIT);
	unsigned status;

	if (got < 0 && (errno == EINTR || errno == EAGAIN || errno == EWOULDBLOCK))
		return;
	if (got <= 0) {
		drop(g, fd);
		return;
	}
	g->entries[fd].begun = true;
	status = head_check((const char *)g->head, (size_t)got);
	sodium_memzero(g->head, (size_t)got);
	if (status == HEAD_PARTIAL)
		return;
	if (status != HEAD_WHOLE) {
		refuse(g, fd, status);
		return;
	}
	epoll_ctl(g->epoll, EPOLL_CTL_DEL, fd, NULL);
	set_place(g, fd, INSIDE);
	if (!g->handler.enter(g->handler.ctx, fd))
		set_place(g, fd, NOWHERE);
}

static void on_readable(struct gate *g, int fd)
{
	if (g->entries[fd].place == OUTSIDE)
		look(g, fd);
	else if (g->entries[fd].place == LEAVING)
		linger(g, fd);
}

static void take(struct gate *g, int fd, const struct sockaddr_storage *peer, socklen_t n)
{
	struct epoll_event event = {.events = EPOLLIN | EPOLLRDHUP | EPOLLET, .data.fd = fd};

	if ((size_t)fd >= g->n_entries || epoll_ctl(g->epoll, EPOLL_CTL_ADD, fd, &event) != 0) {
		close(fd);
		return;
	}
	g->entries[fd] = (struct entry){
		.counter = (uint16_t)quota_counter(g->quota, (const struct sockaddr *)peer, n),
		.since = now()};
	set_place(g, fd, OUTSIDE);
}

static bool is_full(struct gate *g)
{
	bool full;

	pthread_mutex_lock(&g->lock);
	full = g->count >= g->limits.connections;
	pthread_mutex_unlock(&g->lock);
	return full;
}

/* Take who waits at a listening socket; true if there may be more. */
static bool accept_some(struct gate *g, int listening)
{
	for (int i = 0; i < ACCEPTS; i++) {
		struct sockaddr_storage peer = {0};
		socklen_t n = sizeof peer;
		int fd;

		if (is_full(g) && !make_room(g)) {
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
		    !make_room(g)) {
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

/* While closing: is a request waiting outside that has begun? */
static bool is_awaited(struct gate *g)
{
	bool awaited = false;

	pthread_mutex_lock(&g->lock);
	for (size_t fd = 0; fd < g->n_entries && !awaited; fd++)
		awaited = g->entries[fd].place == LEAVING ||
		          (g->entries[fd].place == OUTSIDE && g->entries[fd].begun);
	pthread_mutex_unlock(&g->lock);
	return awaited && now() < g->until;
}

static bool is_closing(struct gate *g)
{
	bool closing;

	pthread_mutex_lock(&g->lock);
	closing = g->closing;
	pthread_mutex_unlock(&g->lock);
	return closing;
}

static void drop_all(struct gate *g)
{
	for (size_t fd = 0; fd < g->n_entries; fd++)
		if (g->entries[fd].place == OUTSIDE || g->entries[fd].place == LEAVING)
			drop(g, (int)fd);
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
	int64_t watched = now();

	for (;;) {
		int n = epoll_wait(g->epoll, events, EVENTS, is_closing(g) ? 50 : 1000);

		for (int i = 0; i < n; i++)
			on_event(g, events[i].data.fd);
		if (is_closing(g) && g->n_listening > 0) {
			for (size_t i = 0; i < g->n_listening; i++)
				while (accept_some(g, g->listening[i]))
					;
			close_listening(g);
			continue; /* and have a look at them */
		}
		if (is_closing(g) && !is_awaited(g))
			break;
		if (now() - watched >= 1000) {
			watch(g);
			watched = now();
		}
	}
	drop_all(g);
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
	*g = (struct gate){.limits = *limits, .handler = *handler, .quota = quota, .n_listening = n,
	                   .epoll = epoll_create1(EPOLL_CLOEXEC),
	                   .wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK),
	                   .n_entries = limits->connections + SPARE};
	pthread_mutex_init(&g->lock, NULL);
	g->entries = calloc(g->n_entries, sizeof *g->entries);
	if (g->epoll >= 0 && g->wake >= 0)
		status = listen_to(g, g->wake);
	for (size_t i = 0; i < n; i++) {
		g->listening[i] = listening[i];
		if (status == 0)
			status = listen_to(g, listening[i]);
	}
	if (status == 0 && g->entries != NULL && pthread_create(&g->thread, NULL, run, g) == 0) {
		*out = g;
		return 0;
	}
	close_listening(g);
	gate_free(g);
	return err_set(err, ERR_IO, "no thread, descriptor or memory to take connections with");
}

void gate_close(struct gate *g, unsigned seconds)
{
	const uint64_t one = 1;

	pthread_mutex_lock(&g->lock);
	g->closing = true;
	g->until = now() + 1000 * (int64_t)seconds;
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
	free(g->entries);
	free(g);
}
