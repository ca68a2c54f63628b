/*
 * load.c - the load generator. In: bodies of made-up people. Out: counts and times of the replies.
 * One thread, one epoll, each connection an automaton: connect, send, read, and close as the server
 * closes (a browser does the same, and the closed port waits on the server's side).
 */
#include "tests/bench/load.h"

#include <arpa/inet.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { EVENTS = 256, CHUNK = 16384 };

struct slot {
	int fd;          /* -1: free */
	bool withdrawal; /* the second request, for the receipt of the first */
	bool counted;    /* answered, only the end of the connection is waited for */
	bool last;       /* the server has said that it closes */
	double began;
	struct buf out, in;
	size_t sent, expected; /* bytes of the whole reply; 0: not known yet */
	unsigned status;
	struct slot *next; /* free */
};

struct run {
	const struct load *load;
	struct load_result *result;
	int epoll;
	struct slot *slots, *free;
	size_t open, begun;
	double start, now, looked;
};

static double seconds(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* --- what is sent --- */

static void prepare(struct run *r, struct slot *s)
{
	const struct load *l = r->load;

	buf_clear(&s->out);
	buf_clear(&s->in);
	s->sent = s->expected = 0;
	s->counted = s->withdrawal = false;
	if (l->get != NULL)
		buf_printf(&s->out, "GET %s HTTP/1.1\r\nHost: survey.example\r\n\r\n", l->get);
	else
		people_submit(&s->out, &l->people[r->begun % l->n_people]);
	r->begun++;
}

/* The page of thanks holds the receipt: withdraw by it, in a connection of its own. */
static bool prepare_withdrawal(struct slot *s)
{
	static const char mark[] = "name=\"page.receipt\" value=\"";
	const char *found = strstr(s->in.data, mark);

	if (found == NULL)
		return false;
	buf_clear(&s->out);
	people_withdraw(&s->out, found + sizeof mark - 1);
	buf_clear(&s->in);
	s->sent = s->expected = 0;
	s->counted = false;
	s->withdrawal = true;
	return true;
}

/* --- connections --- */

static void release(struct run *r, struct slot *s)
{
	if (s->fd >= 0)
		close(s->fd);
	s->fd = -1;
	s->next = r->free;
	r->free = s;
	r->open--;
}

/* The connection has come to its end, whatever that is worth. */
static void hang_up(struct run *r, struct slot *s)
{
	if (!s->counted)
		r->result->broken++;
	release(r, s);
}

/* Connect a slot whose request is there already. */
static int connect_slot(struct run *r, struct slot *s, struct err *err)
{
	const struct timespec moment = {0, 10000000};
	struct epoll_event event = {EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, {.ptr = s}};

	s->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (s->fd < 0 || epoll_ctl(r->epoll, EPOLL_CTL_ADD, s->fd, &event) != 0)
		return err_set(err, ERR_IO, "a socket: %s", strerror(errno));
	if (connect(s->fd, (const struct sockaddr *)&r->load->to, sizeof r->load->to) == 0 ||
	    errno == EINPROGRESS)
		return 0;
	if (errno != ECONNREFUSED)
		return err_set(err, ERR_IO, "connecting: %s", strerror(errno));
	hang_up(r, s);
	nanosleep(&moment, NULL); /* nobody is there: no need to hurry */
	return 0;
}

static int begin(struct run *r, double due, struct err *err)
{
	struct slot *s = r->free;

	r->free = s->next;
	r->open++;
	prepare(r, s);
	s->began = due;
	return connect_slot(r, s, err);
}

/* --- replies --- */

static size_t bucket_of(double t)
{
	double at = log(t * 1e6) / log(1.01);

	return at < 0 ? 0 : at >= LOAD_BUCKETS ? LOAD_BUCKETS - 1 : (size_t)at;
}

static void count(struct run *r, struct slot *s)
{
	struct load_result *result = r->result;
	double took = seconds(CLOCK_MONOTONIC) - s->began;

	s->counted = true;
	if (s->status != 200) {
		result->refused++;
		result->status = s->status;
		return;
	}
	if (s->withdrawal) {
		result->withdrawn++;
		return;
	}
	result->done++;
	result->bucket[bucket_of(took)]++;
	if (took > result->max)
		result->max = took;
}

/* Status and length, once the head is there. */
static void read_head(struct slot *s)
{
	static const char mark[] = "\r\nContent-Length: ";
	static const char close_mark[] = "\r\nConnection: close\r\n";
	const char *end = strstr(s->in.data, "\r\n\r\n"), *length, *last;

	if (end == NULL || s->in.len < 16)
		return;
	length = strstr(s->in.data, mark);
	last = strstr(s->in.data, close_mark);
	s->status = (unsigned)strtoul(s->in.data + 9, NULL, 10);
	s->expected = (size_t)(end + 4 - s->in.data);
	if (length != NULL && length < end)
		s->expected += strtoul(length + sizeof mark - 1, NULL, 10);
	s->last = last != NULL && last < end;
}

/* 1: there may be more later; 0: the other side has closed; -1: cut off. */
static int receive(struct slot *s)
{
	for (;;) {
		char *to = buf_room(&s->in, CHUNK);
		ssize_t n = to != NULL ? recv(s->fd, to, CHUNK, 0) : -1;

		if (n <= 0) {
			if (to != NULL)
				s->in.data[s->in.len] = '\0';
			return n == 0 ? 0 : errno == EAGAIN ? 1 : -1;
		}
		s->in.len += (size_t)n;
		s->in.data[s->in.len] = '\0';
		if (s->expected == 0)
			read_head(s);
	}
}

static bool time_is_over(const struct run *r)
{
	return r->now - r->start >= r->load->seconds;
}

/* Send what can be sent, read what is there. The result is that of receive(). */
static int exchange(struct run *r, struct slot *s)
{
	int more;

	while (s->sent < s->out.len) {
		ssize_t n = send(s->fd, s->out.data + s->sent, s->out.len - s->sent, MSG_NOSIGNAL);

		if (n < 0)
			break; /* it is not time yet, or there is a reply that says why */
		s->sent += (size_t)n;
	}
	more = receive(s);
	if (s->expected > 0 && s->in.len >= s->expected && !s->counted)
		count(r, s);
	return more;
}

static int step(struct run *r, struct slot *s, struct err *err)
{
	int more = exchange(r, s);

	while (more == 1 && s->counted && r->load->keep && !s->last && !time_is_over(r)) {
		prepare(r, s);
		s->began = seconds(CLOCK_MONOTONIC);
		more = exchange(r, s);
	}
	if (more == 1 && !(s->counted && r->load->keep && !s->last))
		return 0;
	if (s->counted && s->status == 200 && r->load->withdraw && !s->withdrawal &&
	    prepare_withdrawal(s)) {
		close(s->fd);
		s->began = seconds(CLOCK_MONOTONIC);
		return connect_slot(r, s, err);
	}
	hang_up(r, s);
	return 0;
}

/* --- the run --- */

/* Begin what is due: everything that is free, or what the clock says. */
static int begin_due(struct run *r, struct err *err)
{
	const struct load *l = r->load;

	while (!time_is_over(r)) {
		double due = l->rate > 0 ? r->start + (double)r->begun / l->rate : r->now;

		if (due > r->now || (l->rate == 0 && r->free == NULL))
			break;
		if (r->free == NULL) {
			r->begun++;
			r->result->late++;
		} else if (begin(r, due, err) != 0) {
			return -1;
		}
	}
	return 0;
}

/* Now and then: whose patience is at its end? */
static void look_around(struct run *r)
{
	if (r->now - r->looked < 0.25)
		return;
	if (r->load->tick != NULL && floor(r->now - r->start) > floor(r->looked - r->start))
		r->load->tick(r->load->ctx, r->now - r->start);
	r->looked = r->now;
	for (size_t i = 0; i < r->load->connections; i++) {
		struct slot *s = &r->slots[i];

		if (s->fd < 0 || r->now - s->began < r->load->patience)
			continue;
		if (!s->counted)
			r->result->late++;
		release(r, s);
	}
}

static int run(struct run *r, struct err *err)
{
	struct epoll_event events[EVENTS];

	r->start = r->now = r->looked = seconds(CLOCK_MONOTONIC);
	while (r->open > 0 || !time_is_over(r)) {
		int n;

		if (begin_due(r, err) != 0)
			return -1;
		n = epoll_wait(r->epoll, events, EVENTS, r->load->rate > 0 ? 1 : 50);
		for (int i = 0; i < n; i++) {
			struct slot *s = events[i].data.ptr;

			if (s->fd >= 0 && step(r, s, err) != 0)
				return -1;
		}
		r->now = seconds(CLOCK_MONOTONIC);
		look_around(r);
	}
	r->result->seconds = r->now - r->start;
	return 0;
}

int load_run(struct load_result *out, const struct load *load, struct err *err)
{
	struct run r = {.load = load, .result = out, .epoll = epoll_create1(EPOLL_CLOEXEC)};
	double processor = seconds(CLOCK_THREAD_CPUTIME_ID);
	int status = -1;

	*out = (struct load_result){0};
	r.slots = calloc(load->connections, sizeof *r.slots);
	if (r.epoll < 0 || r.slots == NULL) {
		err_set(err, ERR_IO, "no memory or no descriptor for the load");
		goto out;
	}
	for (size_t i = load->connections; i-- > 0;) {
		r.slots[i].fd = -1;
		r.slots[i].next = r.free;
		r.free = &r.slots[i];
	}
	status = run(&r, err);
	out->processor = seconds(CLOCK_THREAD_CPUTIME_ID) - processor;
out:
	for (size_t i = 0; r.slots != NULL && i < load->connections; i++) {
		if (r.slots[i].fd >= 0)
			close(r.slots[i].fd);
		buf_finish(&r.slots[i].out);
		buf_finish(&r.slots[i].in);
	}
	free(r.slots);
	if (r.epoll >= 0)
		close(r.epoll);
	return status;
}

double load_percentile(const struct load_result *r, double share)
{
	double wanted = share * (double)r->done, seen = 0;

	for (size_t i = 0; i < LOAD_BUCKETS; i++) {
		seen += (double)r->bucket[i];
		if (seen >= wanted && seen > 0)
			return fmin(pow(1.01, (double)i + 1) * 1e-6, r->max);
	}
	return 0;
}

size_t load_total(const struct load_result *r)
{
	return r->done + r->refused + r->broken + r->late;
}

int load_address(struct sockaddr_in *to, const char *where, struct err *err)
{
	char host[64];
	unsigned port;

	*to = (struct sockaddr_in){.sin_family = AF_INET};
	if (strncmp(where, "http://", 7) == 0)
		where += 7;
	if (sscanf(where, "%63[0-9.]:%u", host, &port) != 2 || port > 65535 ||
	    inet_pton(AF_INET, host, &to->sin_addr) != 1)
		return err_set(err, ERR_INPUT, "%s: must be ADDRESS:PORT in digits", where);
	to->sin_port = htons((uint16_t)port);
	return 0;
}

void load_raise_limit(void)
{
	struct rlimit files;

	if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
		files.rlim_cur = files.rlim_max;
		setrlimit(RLIMIT_NOFILE, &files);
	}
}
