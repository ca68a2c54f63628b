/*
 * store_audit_bytes.c - the statistics of the audit. In: bytes. Out: whether chance makes such.
 *
 * A large store is a few gigabytes in millions of rows, and an alarm that is raised by chance would
 * send people looking for a fault that is not there. So each limit is set where random bytes reach
 * it less than once in 10^19 rows: Pearson's chi-square, with the bound of Laurent and Massart
 * (2000) for its tail, P(X > k + 2 sqrt(k x) + 2 x) < e^-x, for x = 45.
 */
#include "lib/record/store_audit_bytes.h"

#include "lib/base/utf8.h"

enum {
	LEAST_NIBBLES = 64,   /* bytes below which nothing can be said */
	LEAST_BYTES = 1280,   /* five of each are expected: the usual rule for the test */
	LIMIT_NIBBLES = 158,  /* k = 15 */
	LIMIT_BYTES = 560,    /* k = 255 */
	TEXT_RUN = 48,        /* random bytes go on as text with a chance of .45 a byte */
	REPEAT_RUN = 12,      /* 256^-11 */
};

void store_audit_bytes_add(struct store_audit_tally *t, const uint8_t *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		t->count[bytes[i]]++;
	t->n += n;
}

static double chi_square(const uint64_t *count, size_t cells, uint64_t n)
{
	const double expected = (double)n / (double)cells;
	double sum = 0;

	for (size_t i = 0; i < cells; i++) {
		double off = (double)count[i] - expected;

		sum += off * off / expected;
	}
	return sum;
}

bool store_audit_bytes_even(const struct store_audit_tally *t)
{
	uint64_t half[16] = {0};

	if (t->n < LEAST_NIBBLES)
		return true;
	for (size_t i = 0; i < 256; i++) {
		half[i >> 4] += t->count[i];
		half[i & 15] += t->count[i];
	}
	if (chi_square(half, 16, 2 * t->n) > LIMIT_NIBBLES)
		return false;
	return t->n < LEAST_BYTES || chi_square(t->count, 256, t->n) <= LIMIT_BYTES;
}

/* Can it be a part of text at all? One random byte in six cannot. */
static bool may_be_text(uint8_t c)
{
	return c >= 0x20 ? c != 0x7f && c < 0xf5 : c == '\n' || c == '\r' || c == '\t';
}

/* Is there whole text of the length of a run? */
static bool is_run(const uint8_t *bytes, size_t n)
{
	const char *s = (const char *)bytes, *end = s + n, *start = s;

	while (s < end && s - start < TEXT_RUN) {
		int32_t c = utf8_next(&s, end);

		if (c < 0 || (c < 0x80 && !may_be_text((uint8_t)c)))
			return false;
	}
	return s - start >= TEXT_RUN;
}

bool store_audit_bytes_text(const uint8_t *bytes, size_t n)
{
	size_t at = 0;

	while (at + TEXT_RUN <= n) {
		size_t left = TEXT_RUN;

		/* from the end of a run: what cannot be text is passed at one bound */
		while (left > 0 && may_be_text(bytes[at + left - 1]))
			left--;
		if (left > 0)
			at += left;
		else if (is_run(bytes + at, n - at))
			return true;
		else
			at++;
	}
	return false;
}

bool store_audit_bytes_repeat(const uint8_t *bytes, size_t n)
{
	size_t run = 1;

	for (size_t i = 1; i < n; i++) {
		run = bytes[i] == bytes[i - 1] ? run + 1 : 1;
		if (run >= REPEAT_RUN)
			return true;
	}
	return false;
}
