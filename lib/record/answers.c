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

static void wipe_values(struct answer *a)
{
	for (size_t i = 0; i < a->n; i++)
		wipe_string(a->values[i]);
	free(a->values);
	a->values = NULL;
	a->n = 0;
}

struct answers *answers_create(void)
{
	return calloc(1, sizeof(struct answers));
}

void answers_free(struct answers *a)
{
	if (a == NULL)
		return;
	for (size_t i = 0; i < a->n; i++) {
		wipe_values(&a->list[i]);
		wipe_string(a->list[i].field);
	}
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

/* The answer of a field, added empty at the end if it is not there; NULL: out of memory. */
static struct answer *find_or_add(struct answers *a, const char *field)
{
	uint32_t hash = hash_name(field);
	struct answer *answer = find_hash(a, field, hash);

	if (answer != NULL)
		return answer;
	if (a->n == a->cap) {
		size_t cap = a->cap == 0 ? 32 : a->cap * 2;
		struct answer *list = reallocarray(a->list, cap, sizeof *list);

		if (list == NULL)
			return NULL;
		a->list = list;
		a->cap = cap;
	}
	answer = &a->list[a->n];
	*answer = (struct answer){.field = strdup(field), .hash = hash};
	if (answer->field == NULL)
		return NULL;
	a->have[(hash >> 6) % ANSWERS_HAVE] |= (uint64_t)1 << (hash & 63);
	a->n++;
	return answer;
}

static int append(struct answer *answer, const char *value)
{
	char **values = reallocarray(answer->values, answer->n + 1, sizeof *values);

	if (values == NULL)
		return -1;
	answer->values = values;
	values[answer->n] = strdup(value);
	if (values[answer->n] == NULL)
		return -1;
	answer->n++;
	return 0;
}

int answers_set(struct answers *a, const char *field, const char *value, struct err *err)
{
	struct answer fresh = {0}, *answer;

	/* `value` may be the value that is replaced: copy first */
	if (append(&fresh, value) != 0 || (answer = find_or_add(a, field)) == NULL) {
		wipe_values(&fresh);
		return err_nomem(err);
	}
	wipe_values(answer);
	answer->values = fresh.values;
	answer->n = 1;
	answer->many = false;
	return 0;
}

int answers_add(struct answers *a, const char *field, const char *value, struct err *err)
{
	bool had = find(a, field) != NULL;
	struct answer *answer = find_or_add(a, field);

	if (answer == NULL)
		return err_nomem(err);
	if (append(answer, value) != 0) {
		if (!had)
			answers_remove(a, field);
		return err_nomem(err);
	}
	answer->many = true;
	return 0;
}

void answers_remove(struct answers *a, const char *field)
{
	struct answer *answer = find(a, field);
	size_t at;

	if (answer == NULL)
		return;
	wipe_values(answer);
	wipe_string(answer->field);
	at = (size_t)(answer - a->list);
	memmove(answer, answer + 1, (a->n - at - 1) * sizeof *answer);
	a->n--;
}

const struct answer *answers_get(const struct answers *a, const char *field)
{
	return find(a, field);
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
