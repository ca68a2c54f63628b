/*
 * quota.c - shared counters. In: the address of a connection, at once reduced to one of 4,096
 * numbers by SipHash under a random key. Out: whether a submission from there may be taken.
 *
 * With the key still in memory, a number fits one in 4,096 of all addresses, about a million of
 * IPv4; the key is replaced and all counts are zeroed every half hour.
 */
#include "collector/quota.h"

#include <netinet/in.h>
#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct quota {
	pthread_mutex_t lock; /* over what follows */
	enum quota_mode mode;
	int64_t until; /* of the monotonic clock, in seconds: the end of the period */
	uint8_t key[crypto_shorthash_KEYBYTES];
	uint32_t taken[QUOTA_COUNTERS + 1];
};

static int64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec;
}

static void renew(struct quota *q, int64_t at)
{
	randombytes_buf(q->key, sizeof q->key);
	memset(q->taken, 0, sizeof q->taken);
	q->until = at + QUOTA_PERIOD;
}

int quota_create(struct quota **out, struct err *err)
{
	struct quota *q = calloc(1, sizeof *q);

	if (q == NULL)
		return err_nomem(err);
	pthread_mutex_init(&q->lock, NULL);
	renew(q, now());
	*out = q;
	return 0;
}

void quota_free(struct quota *q)
{
	if (q == NULL)
		return;
	pthread_mutex_destroy(&q->lock);
	sodium_memzero(q, sizeof *q);
	free(q);
}

/* The bytes of an address that stand for a place, or 0 where it means nothing. */
static size_t place_of(uint8_t out[8], const struct sockaddr *peer, socklen_t n)
{
	const uint8_t *bytes;

	if (peer->sa_family == AF_INET && n >= sizeof(struct sockaddr_in)) {
		bytes = (const uint8_t *)&((const struct sockaddr_in *)peer)->sin_addr;
		memcpy(out, bytes, 4);
		return bytes[0] == 127 ? 0 : 4;
	}
	if (peer->sa_family != AF_INET6 || n < sizeof(struct sockaddr_in6))
		return 0;
	bytes = ((const struct sockaddr_in6 *)peer)->sin6_addr.s6_addr;
	if (IN6_IS_ADDR_V4MAPPED((const struct in6_addr *)bytes)) {
		memcpy(out, bytes + 12, 4);
		return bytes[12] == 127 ? 0 : 4;
	}
	memcpy(out, bytes, 8);
	return IN6_IS_ADDR_LOOPBACK((const struct in6_addr *)bytes) ? 0 : 8;
}

unsigned quota_counter(struct quota *q, const struct sockaddr *peer, socklen_t n)
{
	uint8_t place[8];
	uint64_t hash = 0;
	size_t size = place_of(place, peer, n);

	if (size == 0)
		return QUOTA_EVERYBODY;
	pthread_mutex_lock(&q->lock);
	crypto_shorthash((uint8_t *)&hash, place, size, q->key);
	pthread_mutex_unlock(&q->lock);
	sodium_memzero(place, sizeof place);
	return (unsigned)(hash % QUOTA_COUNTERS);
}

static uint32_t most(enum quota_mode mode, unsigned counter)
{
	if (counter == QUOTA_EVERYBODY)
		return mode == QUOTA_TIGHT ? QUOTA_ALL_TIGHT : QUOTA_ALL;
	return mode == QUOTA_TIGHT ? QUOTA_EACH_TIGHT : QUOTA_EACH;
}

enum quota_verdict quota_take_at(struct quota *q, unsigned counter, int64_t at)
{
	enum quota_verdict verdict = QUOTA_TAKE;

	if (counter > QUOTA_EVERYBODY)
		counter = QUOTA_EVERYBODY;
	pthread_mutex_lock(&q->lock);
	if (at >= q->until)
		renew(q, at);
	if (q->mode == QUOTA_PAUSED)
		verdict = QUOTA_PAUSE;
	else if (q->taken[counter] >= most(q->mode, counter))
		verdict = QUOTA_MUCH;
	else
		q->taken[counter]++;
	pthread_mutex_unlock(&q->lock);
	return verdict;
}

enum quota_verdict quota_take(struct quota *q, unsigned counter)
{
	return quota_take_at(q, counter, now());
}

void quota_set(struct quota *q, enum quota_mode mode)
{
	pthread_mutex_lock(&q->lock);
	q->mode = mode;
	pthread_mutex_unlock(&q->lock);
}
