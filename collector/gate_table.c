/*
 * gate_table.c - who goes. In: every connection, with where it is and since when. Out: those whose
 * time is over are closed (outside) or shut down (inside: whoever has them finds the end). When there
 * are too many, the worst go first: who waits longest without having sent a head, then who moves the
 * fewest bytes for the time they have had, as the kernel counts them (TCP_INFO, tcp(7)).
 */
#include "collector/gate_table.h"

#include <netinet/in.h>
#include <linux/tcp.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
	SPARE = 512, /* connections that are over, but not closed yet */
	LINGER = 3,  /* seconds that a refused peer has to take its reply */
	HURRY = 5,   /* seconds of patience while half of all connections are in use */
	PACE = 256,  /* bytes a second that a connection must then move */
	ROOM = 64,   /* connections that go at once when there are too many */
};

int64_t gate_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int gate_table_init(struct gate_table *t, const struct gate_limits *limits)
{
	*t = (struct gate_table){.limits = *limits, .n = limits->connections + SPARE};
	pthread_mutex_init(&t->lock, NULL);
	t->entries = calloc(t->n, sizeof *t->entries);
	return t->entries != NULL ? 0 : -1;
}

void gate_table_finish(struct gate_table *t)
{
	pthread_mutex_destroy(&t->lock);
	free(t->entries);
}

static bool counts(enum gate_place place)
{
	return place != GATE_NOWHERE && place != GATE_OVER;
}

/* Lock held. */
static void move(struct gate_table *t, int fd, enum gate_place place)
{
	struct gate_entry *e = &t->entries[fd];

	t->count -= counts(e->place);
	t->count += counts(place);
	e->place = place;
}

void gate_table_move(struct gate_table *t, int fd, enum gate_place place)
{
	pthread_mutex_lock(&t->lock);
	move(t, fd, place);
	pthread_mutex_unlock(&t->lock);
}

bool gate_table_full(struct gate_table *t)
{
	bool full;

	pthread_mutex_lock(&t->lock);
	full = t->count >= t->limits.connections;
	pthread_mutex_unlock(&t->lock);
	return full;
}

bool gate_table_awaited(struct gate_table *t)
{
	bool awaited = false;

	pthread_mutex_lock(&t->lock);
	for (size_t fd = 0; fd < t->n && !awaited; fd++)
		awaited = t->entries[fd].place == GATE_LEAVING ||
		          (t->entries[fd].place == GATE_OUTSIDE && t->entries[fd].begun);
	pthread_mutex_unlock(&t->lock);
	return awaited;
}

void gate_table_drop_all(struct gate_table *t)
{
	pthread_mutex_lock(&t->lock);
	for (size_t fd = 0; fd < t->n; fd++) {
		if (t->entries[fd].place != GATE_OUTSIDE && t->entries[fd].place != GATE_LEAVING)
			continue;
		move(t, (int)fd, GATE_NOWHERE);
		close((int)fd);
	}
	pthread_mutex_unlock(&t->lock);
}

/* Bytes a second that a connection has moved, both ways; 0 if nobody knows. */
static int64_t pace(int fd, int64_t age)
{
	struct tcp_info info = {0};
	socklen_t n = sizeof info;

	if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &n) != 0)
		return 0;
	return (int64_t)(info.tcpi_bytes_acked + info.tcpi_bytes_received) * 1000 / (age + 1);
}

/* Lock held: nobody else closes it meanwhile. */
static void end(struct gate_table *t, int fd)
{
	bool inside = t->entries[fd].place == GATE_INSIDE;

	move(t, fd, inside ? GATE_OVER : GATE_NOWHERE);
	if (inside)
		shutdown(fd, SHUT_RDWR);
	else
		close(fd);
}

/* Has this connection had its time? Lock held. */
static bool is_over(const struct gate_table *t, int fd, int64_t at, bool hurry)
{
	const struct gate_entry *e = &t->entries[fd];
	int64_t age = at - e->since;

	switch (e->place) {
	case GATE_OUTSIDE:
		return age > 1000 * (int64_t)(hurry ? HURRY : t->limits.head);
	case GATE_LEAVING:
		return age > 1000 * LINGER;
	case GATE_INSIDE:
		if (age > 1000 * (int64_t)t->limits.whole)
			return true;
		return hurry && age > 1000 * HURRY && pace(fd, age) < PACE;
	default:
		return false;
	}
}

void gate_table_watch(struct gate_table *t)
{
	int64_t at = gate_now();
	bool hurry;

	pthread_mutex_lock(&t->lock);
	hurry = t->count > t->limits.connections / 2;
	for (size_t fd = 0; fd < t->n; fd++)
		if (is_over(t, (int)fd, at, hurry))
			end(t, (int)fd);
	pthread_mutex_unlock(&t->lock);
}

/* How much somebody deserves to go; 0: not at all. */
static int64_t guilt(const struct gate_table *t, int fd, int64_t at)
{
	const struct gate_entry *e = &t->entries[fd];
	int64_t age = at - e->since;

	if (e->place == GATE_LEAVING)
		return INT64_MAX;
	if (e->place == GATE_OUTSIDE)
		return age > 1000 ? INT64_MAX / 2 + age : 0;
	if (e->place == GATE_INSIDE && age > 2000)
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

bool gate_table_make_room(struct gate_table *t)
{
	struct guilty *list = calloc(t->n, sizeof *list);
	int64_t at = gate_now();
	size_t n = 0;

	if (list == NULL)
		return false;
	pthread_mutex_lock(&t->lock);
	for (size_t fd = 0; fd < t->n; fd++) {
		int64_t found = guilt(t, (int)fd, at);

		if (found > 0)
			list[n++] = (struct guilty){found, (int)fd};
	}
	qsort(list, n, sizeof *list, more_guilty);
	n = n < ROOM ? n : ROOM;
	for (size_t i = 0; i < n; i++)
		end(t, list[i].fd);
	pthread_mutex_unlock(&t->lock);
	free(list);
	return n > 0;
}
