/* test_deadline.c - a connection whose time is over is shut down, others are left alone. */
#include "collector/deadline.h"

#include "tests/unit/test.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

static void test_over(void **state)
{
	struct deadline_entry *first, *second, *third;
	struct deadline *d;
	struct err err;
	struct pollfd ready;
	int a[2], b[2], c[2];
	char byte;

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, a), 0);
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, b), 0);
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, c), 0);
	assert_int_equal(deadline_start(&d, 1, &err), 0);
	first = deadline_add(d, a[0]);
	second = deadline_add(d, b[0]);
	third = deadline_add(d, c[0]);
	/* ended in time, in the middle of the list */
	deadline_remove(d, second);
	/* a byte now and then does not help */
	assert_int_equal(write(a[1], "x", 1), 1);
	ready = (struct pollfd){c[1], POLLIN, 0};
	assert_int_equal(poll(&ready, 1, 5000), 1);
	assert_int_equal(read(a[1], &byte, 1), 0);
	assert_int_equal(read(c[1], &byte, 1), 0);
	assert_int_equal(send(b[1], "x", 1, MSG_NOSIGNAL), 1);
	assert_int_equal(recv(b[0], &byte, 1, MSG_DONTWAIT), 1);
	deadline_remove(d, first);
	deadline_remove(d, third);
	deadline_remove(d, NULL);
	deadline_stop(d);
	deadline_stop(NULL);
	for (int i = 0; i < 2; i++) {
		close(a[i]);
		close(b[i]);
		close(c[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_over)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
