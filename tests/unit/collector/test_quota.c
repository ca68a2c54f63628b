/* test_quota.c - shared counters: who counts together, how much is let in, and what is forgotten. */
#include "collector/quota.h"

#include "tests/unit/test.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/un.h>

static unsigned counter_of(struct quota *q, const char *text)
{
	struct sockaddr_in six_or_four = {.sin_family = AF_INET};
	struct sockaddr_in6 six = {.sin6_family = AF_INET6};

	if (inet_pton(AF_INET, text, &six_or_four.sin_addr) == 1)
		return quota_counter(q, (struct sockaddr *)&six_or_four, sizeof six_or_four);
	assert_int_equal(inet_pton(AF_INET6, text, &six.sin6_addr), 1);
	return quota_counter(q, (struct sockaddr *)&six, sizeof six);
}

static void test_places(void **state)
{
	struct sockaddr_un local = {.sun_family = AF_UNIX};
	struct quota *q;
	struct err err;
	unsigned one;

	(void)state;
	assert_int_equal(quota_create(&q, &err), 0);
	assert_int_equal(quota_counter(q, (struct sockaddr *)&local, sizeof local), QUOTA_EVERYBODY);
	assert_int_equal(counter_of(q, "127.0.0.1"), QUOTA_EVERYBODY);
	assert_int_equal(counter_of(q, "127.8.9.10"), QUOTA_EVERYBODY);
	assert_int_equal(counter_of(q, "::1"), QUOTA_EVERYBODY);
	assert_int_equal(counter_of(q, "::ffff:127.0.0.1"), QUOTA_EVERYBODY);
	one = counter_of(q, "192.0.2.1");
	assert_true(one < QUOTA_COUNTERS);
	assert_int_equal(counter_of(q, "192.0.2.1"), one);
	assert_int_equal(counter_of(q, "::ffff:192.0.2.1"), one);
	/* somebody has a whole /64 of IPv6 */
	assert_int_equal(counter_of(q, "2001:db8::1"), counter_of(q, "2001:db8::ffff:2"));
	quota_free(q);
	quota_free(NULL);
}

/* Many share a counter: of 10,000 addresses, hardly any has one of its own. */
static void test_shared(void **state)
{
	static unsigned people[QUOTA_COUNTERS];
	struct quota *q;
	size_t alone = 0;
	struct err err;
	char text[32];

	(void)state;
	assert_int_equal(quota_create(&q, &err), 0);
	for (unsigned i = 0; i < 40000; i++) {
		snprintf(text, sizeof text, "198.18.%u.%u", i / 256, i % 256);
		people[counter_of(q, text)]++;
	}
	for (size_t i = 0; i < QUOTA_COUNTERS; i++)
		alone += people[i] == 1;
	/* about 10 a counter: one person alone at one in 2,200 counters */
	assert_true(alone < 40);
	quota_free(q);
}

static void test_limits(void **state)
{
	const int64_t start = 1000000000;
	struct quota *q;
	struct err err;

	(void)state;
	assert_int_equal(quota_create(&q, &err), 0);
	for (int i = 0; i < QUOTA_EACH; i++)
		assert_int_equal(quota_take_at(q, 7, start), QUOTA_TAKE);
	assert_int_equal(quota_take_at(q, 7, start + QUOTA_PERIOD - 1), QUOTA_MUCH);
	assert_int_equal(quota_take_at(q, 8, start), QUOTA_TAKE);
	assert_int_equal(quota_take_at(q, 7, start + QUOTA_PERIOD), QUOTA_TAKE);
	for (int i = 0; i < QUOTA_ALL; i++)
		assert_int_equal(quota_take_at(q, QUOTA_EVERYBODY, start + QUOTA_PERIOD), QUOTA_TAKE);
	assert_int_equal(quota_take_at(q, QUOTA_EVERYBODY, start + QUOTA_PERIOD), QUOTA_MUCH);
	quota_set(q, QUOTA_TIGHT);
	for (int i = 0; i < QUOTA_EACH_TIGHT; i++)
		assert_int_equal(quota_take_at(q, 9, start + QUOTA_PERIOD), QUOTA_TAKE);
	assert_int_equal(quota_take_at(q, 9, start + QUOTA_PERIOD), QUOTA_MUCH);
	quota_set(q, QUOTA_PAUSED);
	assert_int_equal(quota_take_at(q, 10, start + QUOTA_PERIOD), QUOTA_PAUSE);
	quota_set(q, QUOTA_NORMAL);
	assert_int_equal(quota_take_at(q, 10, start + QUOTA_PERIOD), QUOTA_TAKE);
	quota_free(q);
}

/* The key does not outlive its period: the same address counts elsewhere afterwards. */
static void test_forgotten(void **state)
{
	struct quota *q;
	unsigned moved = 0, before[8];
	struct err err;
	char text[32];

	(void)state;
	assert_int_equal(quota_create(&q, &err), 0);
	for (unsigned i = 0; i < 8; i++) {
		snprintf(text, sizeof text, "192.0.2.%u", i);
		before[i] = counter_of(q, text);
	}
	quota_take_at(q, 0, INT64_C(1) << 40);
	for (unsigned i = 0; i < 8; i++) {
		snprintf(text, sizeof text, "192.0.2.%u", i);
		moved += counter_of(q, text) != before[i];
	}
	assert_true(moved > 0);
	quota_free(q);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_shared),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_forgotten),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
