/*
 * deadline.c - connections in the order they came, and one thread that shuts down those whose time
 * is over. Times are of the monotonic clock, live in memory, and go with the connection.
 */
#include "collector/deadline.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

struct deadline_entry {
	int fd;
	time_t until;
	bool over; /* shut down, no longer in the list */
	struct deadline_entry *before, *after;
};

struct deadline {
	unsigned seconds;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t stop;
	bool stopping;
	struct deadline_entry *first, *last; /* `until` rises */
};

static struct timespec now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t;
}

static void unlink_entry(struct deadline *d, struct deadline_entry *e)
{
	*(e->before != NULL ? &e->before->after : &d->first) = e->after;
	*(e->after != NULL ? &e->after->before : &d->last) = e->before;
}

static void *run(void *arg)
{
	struct deadline *d = arg;

	pthread_mutex_lock(&d->lock);
	while (!d->stopping) {
		struct timespec next = now();

		while (d->first != NULL && d->first->until <= next.tv_sec) {
			struct deadline_entry *e = d->first;

			unlink_entry(d, e);
			e->over = true;
			shutdown(e->fd, SHUT_RDWR);
		}
		next.tv_sec++;
		pthread_cond_timedwait(&d->stop, &d->lock, &next);
	}
	pthread_mutex_unlock(&d->lock);
	return NULL;
}

int deadline_start(struct deadline **out, unsigned seconds, struct err *err)
{
	struct deadline *d = calloc(1, sizeof *d);
	pthread_condattr_t monotonic;

	if (d == NULL)
		return err_nomem(err);
	d->seconds = seconds;
	pthread_mutex_init(&d->lock, NULL);
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&d->stop, &monotonic);
	pthread_condattr_destroy(&monotonic);
	if (pthread_create(&d->thread, NULL, run, d) != 0) {
		pthread_cond_destroy(&d->stop);
		pthread_mutex_destroy(&d->lock);
		free(d);
		return err_set(err, ERR_IO, "no thread can be started");
	}
	*out = d;
	return 0;
}

void deadline_stop(struct deadline *d)
{
	if (d == NULL)
		return;
	pthread_mutex_lock(&d->lock);
	d->stopping = true;
	pthread_cond_signal(&d->stop);
	pthread_mutex_unlock(&d->lock);
	pthread_join(d->thread, NULL);
	pthread_cond_destroy(&d->stop);
	pthread_mutex_destroy(&d->lock);
	free(d);
}

struct deadline_entry *deadline_add(struct deadline *d, int fd)
{
	struct deadline_entry *e = calloc(1, sizeof *e);

	if (e == NULL)
		return NULL;
	e->fd = fd;
	e->until = now().tv_sec + (time_t)d->seconds;
	pthread_mutex_lock(&d->lock);
	e->before = d->last;
	*(d->last != NULL ? &d->last->after : &d->first) = e;
	d->last = e;
	pthread_mutex_unlock(&d->lock);
	return e;
}

void deadline_remove(struct deadline *d, struct deadline_entry *e)
{
	if (e == NULL)
		return;
	pthread_mutex_lock(&d->lock);
	if (!e->over)
		unlink_entry(d, e);
	pthread_mutex_unlock(&d->lock);
	free(e);
}
