/* test_gate.c - the door: who gets in, who is turned away, and who goes when there are too many. */
#include "collector/gate.h"

#include "tests/unit/test.h"

#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#define HEAD "GET / HTTP/1.1\r\nHost: x\r\n\r\n"

enum { MOST = 8 };

struct door {
	struct gate *gate;
	struct quota *quota;
	struct sockaddr_in address;
	pthread_mutex_t lock;
	pthread_cond_t more;
	int inside[64];
	size_t n;
};

static bool enter(void *ctx, int fd)
{
	struct door *d = ctx;

	pthread_mutex_lock(&d->lock);
	d->inside[d->n++] = fd;
	pthread_cond_signal(&d->more);
	pthread_mutex_unlock(&d->lock);
	return true;
}

static void refuse(void *ctx, unsigned status, struct buf *reply)
{
	(void)ctx;
	buf_printf(reply, "refused %u", status);
}

/* A gate for MOST connections, with `head` seconds for a head and `whole` for everything. */
static void open_door(struct door *d, unsigned head, unsigned whole)
{
	const struct gate_limits limits = {MOST, head, whole};
	const struct gate_handler handler = {enter, refuse, d};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	socklen_t n = sizeof d->address;
	struct err err;

	*d = (struct door){.address = {.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)}};
	pthread_mutex_init(&d->lock, NULL);
	pthread_cond_init(&d->more, NULL);
	assert_int_equal(bind(fd, (struct sockaddr *)&d->address, n), 0);
	assert_int_equal(listen(fd, 64), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&d->address, &n), 0);
	assert_int_equal(quota_create(&d->quota, &err), 0);
	assert_int_equal(gate_start(&d->gate, &fd, 1, &limits, d->quota, &handler, &err), 0);
}

static void shut_door(struct door *d)
{
	gate_close(d->gate, 1);
	for (size_t i = 0; i < d->n; i++) {
		if (d->inside[i] < 0)
			continue;
		gate_leave(d->gate, d->inside[i]);
		close(d->inside[i]);
	}
	gate_free(d->gate);
	quota_free(d->quota);
	pthread_mutex_destroy(&d->lock);
	pthread_cond_destroy(&d->more);
}

/* A connection that has sent these bytes. */
static int come(struct door *d, const char *bytes)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_int_equal(connect(fd, (struct sockaddr *)&d->address, sizeof d->address), 0);
	assert_int_equal(send(fd, bytes, strlen(bytes), MSG_NOSIGNAL), strlen(bytes));
	return fd;
}

/* The next who is let in. */
static int await(struct door *d, size_t i)
{
	int fd;

	pthread_mutex_lock(&d->lock);
	while (d->n <= i)
		pthread_cond_wait(&d->more, &d->lock);
	fd = d->inside[i];
	pthread_mutex_unlock(&d->lock);
	return fd;
}

/* What is read until the end, within `seconds`; false if it does not end. */
static bool read_end(int fd, char *out, size_t most, int seconds)
{
	struct pollfd ready = {fd, POLLIN, 0};
	size_t n = 0;
	ssize_t got;

	out[0] = '\0';
	while (poll(&ready, 1, 1000 * seconds) == 1) {
		got = recv(fd, out + n, most - 1 - n, 0);
		if (got <= 0)
			return true;
		n += (size_t)got;
		out[n] = '\0';
	}
	return false;
}

static void test_enter(void **state)
{
	struct door d;
	char got[64];
	int fd, in;

	(void)state;
	open_door(&d, 20, 20);
	fd = come(&d, "GET / HTTP/1.1\r\nHo");
	usleep(50000);
	assert_int_equal(d.n, 0);
	assert_int_equal(send(fd, "st: x\r\n\r\nbody", 13, 0), 13);
	in = await(&d, 0);
	/* the head is still there to be read, by whoever is inside */
	assert_int_equal(recv(in, got, sizeof got, 0), sizeof HEAD - 1 + 4);
	assert_memory_equal(got, HEAD "body", sizeof HEAD - 1 + 4);
	assert_int_equal(gate_counter(d.gate, in), QUOTA_EVERYBODY);
	close(fd);
	shut_door(&d);
}

static void test_bad_head(void **state)
{
	struct door d;
	char got[64];
	int fd;

	(void)state;
	open_door(&d, 20, 20);
	fd = come(&d, "GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
	assert_true(read_end(fd, got, sizeof got, 5));
	assert_string_equal(got, "refused 400");
	assert_int_equal(d.n, 0);
	close(fd);
	shut_door(&d);
}

static void test_bad_slow(void **state)
{
	struct door d;
	char got[64];
	int outside, inside, whole;

	(void)state;
	open_door(&d, 1, 2);
	outside = come(&d, "GET ");
	inside = come(&d, HEAD);
	whole = await(&d, 0);
	assert_true(read_end(outside, got, sizeof got, 5));
	assert_true(read_end(inside, got, sizeof got, 5));
	/* whoever handles it sees the end, too, and closes */
	assert_int_equal(recv(whole, got, sizeof got, 0), sizeof HEAD - 1);
	assert_int_equal(recv(whole, got, sizeof got, 0), 0);
	close(outside);
	close(inside);
	shut_door(&d);
}

/* Those who wait outside longest make room for who comes. */
static void test_room(void **state)
{
	int idle[MOST], fd;
	struct door d;

	(void)state;
	open_door(&d, 60, 60);
	for (int i = 0; i < MOST; i++)
		idle[i] = come(&d, "GET ");
	usleep(1500000);
	fd = come(&d, HEAD);
	await(&d, 0);
	for (int i = 0; i < MOST; i++) {
		char got[64];

		assert_true(read_end(idle[i], got, sizeof got, 5));
		close(idle[i]);
	}
	close(fd);
	shut_door(&d);
}

/* Who has come before the end is let in. */
static void test_close(void **state)
{
	struct door d;
	char got[64];
	int early, late;

	(void)state;
	open_door(&d, 20, 20);
	early = come(&d, HEAD);
	gate_close(d.gate, 1);
	assert_int_equal(d.n, 1);
	gate_leave(d.gate, d.inside[0]);
	close(d.inside[0]);
	late = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(connect(late, (struct sockaddr *)&d.address, sizeof d.address), -1);
	assert_true(read_end(early, got, sizeof got, 5));
	close(early);
	close(late);
	gate_free(d.gate);
	gate_free(NULL);
	quota_free(d.quota);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_enter),
		cmocka_unit_test(test_bad_head),
		cmocka_unit_test(test_bad_slow),
		cmocka_unit_test(test_room),
		cmocka_unit_test(test_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
