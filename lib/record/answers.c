/*
 * answers.c - a list of fields and their values. In: strings of a page, an import or an opened
 * record. Out: the same, to be checked, encoded or counted. Order is kept, memory is wiped.
 */
#include "lib/record/answers.h"

#include "lib/base/hash.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

static void wipe_string(char *s)
{
	if (s == NULL)
		return;
	sodium_memzero(s, strlen(s));
	free(s);
}

enum { LIST_SLOTS = 8, LIST_ROOM = 96 }; /* what a list has at first, and bytes for its values */

/*
 * One piece of memory an answer: pointers to its values, then its field, then the values. What is
 * dropped from it stays there, wiped, until the answer goes.
 */
static void finish(struct answer *a)
{
	if (a->values != NULL)
		sodium_memzero(a->values, a->slots * sizeof *a->values + a->size);
	free(a->values);
	*a = (struct answer){0};
}

static char *put_string(struct answer *a, const char *s, size_t n)
{
	char *to = (char *)(a->values + a->slots) + a->used;

	memcpy(to, s, n + 1);
	a->used += n + 1;
	return to;
}

/* An answer without a value, with room for `slots` of them in `room` bytes. */
static int start(struct answer *a, const char *field, uint32_t hash, size_t slots, size_t room)
{
	size_t n = strlen(field);

	*a = (struct answer){.hash = hash, .slots = slots, .size = n + 1 + room};
	a->values = malloc(slots * sizeof *a->values + a->size);
	if (a->values == NULL)
		return -1;
	a->field = put_string(a, field, n);
	return 0;
}

/* Append a value; on failure nothing has changed. */
static int append(struct answer *a, const char *value)
{
	size_t n = strlen(value) + 1;
	struct answer wider;

	if (a->n == a->slots || a->size - a->used < n) {
		if (start(&wider, a->field, a->hash, 2 * a->slots, 2 * a->size + n) != 0)
			return -1;
		for (; wider.n < a->n; wider.n++)
			wider.values[wider.n] = put_string(&wider, a->values[wider.n],
				strlen(a->values[wider.n]));
		wider.many = a->many;
		/* `value` may be one of those that are left */
		wider.values[wider.n++] = put_string(&wider, value, n - 1);
		finish(a);
		*a = wider;
		return 0;
	}
	a->values[a->n++] = put_string(a, value, n - 1);
	return 0;
}

struct answers *answers_create(void)
{
	return calloc(1, sizeof(struct answers));
}

void answers_free(struct answers *a)
{
	if (a == NULL)
		return;
	for (size_t i = 0; i < a->n; i++)
		finish(&a->list[i]);
	free(a->list);
	wipe_string(a->region);
	sodium_memzero(a, sizeof *a);
	free(a);
}

static struct answer *find_hash(const struct answers *a, const char *field, uint32_t wanted)
{
	if ((a->have[(wanted >> 6) % ANSWERS_HAVE] >> (wanted & 63) & 1) == 0)
		return NULL;
	for (size_t i = 0; i < a->n; i++)
		if (a->list[i].hash == wanted && strcmp(a->list[i].field, field) == 0)
			return &a->list[i];
	return NULL;
}

static struct answer *find(const struct answers *a, const char *field)
{
	return find_hash(a, field, hash_name(field));
}

/* Add an answer at the end, which is taken over. -1: out of memory, and it is finished. */
static int add(struct answers *a, struct answer *fresh)
{
	if (a->n == a->cap) {
		size_t cap = a->cap == 0 ? 32 : a->cap * 2;
		struct answer *list = reallocarray(a->list, cap, sizeof *list);

		if (list == NULL) {
			finish(fresh);
			return -1;
		}
		a->list = list;
		a->cap = cap;
	}
	a->list[a->n++] = *fresh;
	a->have[(fresh->hash >> 6) % ANSWERS_HAVE] |= (uint64_t)1 << (fresh->hash & 63);
	return 0;
}

int answers_set(struct answers *a, const char *field, const char *value, struct err *err)
{
	uint32_t hash = hash_name(field);
	struct answer fresh, *answer;
	size_t n = strlen(value);

	/* both may be in the answer that is replaced: copy first */
	if (start(&fresh, field, hash, 1, n + 1) != 0)
		return err_nomem(err);
	fresh.values[fresh.n++] = put_string(&fresh, value, n);
	answer = find_hash(a, field, hash);
	if (answer == NULL)
		return add(a, &fresh) == 0 ? 0 : err_nomem(err);
	finish(answer);
	*answer = fresh;
	return 0;
}

int answers_add(struct answers *a, const char *field, const char *value, struct err *err)
{
	uint32_t hash = hash_name(field);
	struct answer *answer = find_hash(a, field, hash), fresh;

	if (answer == NULL) {
		size_t n = strlen(value);

		if (start(&fresh, field, hash, LIST_SLOTS, n + LIST_ROOM) != 0)
			return err_nomem(err);
		fresh.values[fresh.n++] = put_string(&fresh, value, n);
		fresh.many = true;
		return add(a, &fresh) == 0 ? 0 : err_nomem(err);
	}
	if (append(answer, value) != 0)
		return err_nomem(err);
	answer->many = true;
	return 0;
}

void answer_drop(struct answer *a, size_t i)
{
	sodium_memzero(a->values[i], strlen(a->values[i]));
	memmove(a->values + i, a->values + i + 1, (a->n - i - 1) * sizeof *a->values);
	a->n--;
}

void answers_remove(struct answers *a, const char *field)
{
	struct answer *answer = find(a, field);
	size_t at;

	if (answer == NULL)
		return;
	finish(answer);
	at = (size_t)(answer - a->list);
	memmove(answer, answer + 1, (a->n - at - 1) * sizeof *answer);
	a->n--;
}

const struct answer *answers_get(const struct answers *a, const char *field)
{
	return find(a, field);
}

const struct answer *answers_find(const struct answers *a, const char *field, uint32_t hash)
{
	return find_hash(a, field, hash);
}

const char *answers_value(const struct answers *a, const char *field)
{
	const struct answer *answer = find(a, field);

	return answer == NULL || answer->n == 0 ? NULL : answer->values[0];
}

bool answers_has(const struct answers *a, const char *field, const char *value)
{
	const struct answer *answer = find(a, field);

	for (size_t i = 0; answer != NULL && i < answer->n; i++)
		if (strcmp(answer->values[i], value) == 0)
			return true;
	return false;
}

bool answers_declined(const struct answers *a, const char *field)
{
	const struct answer *answer = find(a, field);

	return answer != NULL && answer->n == 1 && strcmp(answer->values[0], ANSWER_DECLINED) == 0;
}

int answers_set_language(struct answers *a, const char *language, struct err *err)
{
	size_t n = strlen(language);

	if (n >= sizeof a->language)
		return err_set(err, ERR_INPUT, "a language code has more than %zu characters",
			sizeof a->language - 1);
	memset(a->language, 0, sizeof a->language);
	memcpy(a->language, language, n);
	return 0;
}

int answers_set_region(struct answers *a, const char *region, struct err *err)
{
	char *copy = NULL;

	if (region != NULL) {
		copy = strdup(region);
		if (copy == NULL)
			return err_nomem(err);
	}
	wipe_string(a->region);
	a->region = copy;
	return 0;
}

static bool same_answer(const struct answer *a, const struct answer *b)
{
	if (strcmp(a->field, b->field) != 0 || a->many != b->many || a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (strcmp(a->values[i], b->values[i]) != 0)
			return false;
	return true;
}

bool answers_equal(const struct answers *a, const struct answers *b)
{
	if (strcmp(a->language, b->language) != 0 || a->n != b->n)
		return false;
	if ((a->region == NULL) != (b->region == NULL))
		return false;
	if (a->region != NULL && strcmp(a->region, b->region) != 0)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (!same_answer(&a->list[i], &b->list[i]))
			return false;
	return true;
}
