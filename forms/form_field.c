/*
 * form_field.c - look-up of fields. In: a name, from a page, an import or a record. Out: the
 * question that it answers, or part of. Every record asks for every field several times.
 */
#include "forms/form_field.h"

#include "forms/pool.h"
#include "lib/base/hash.h"

#include <string.h>

/* Open addressing, at most half full. */
struct form_index {
	size_t mask;
	struct form_index_entry {
		const char *name; /* NULL: free */
		uint32_t hash;
		struct form_field field;
	} *list;
};

/* The `i`th field of a question: its name, or NULL if there are no more. */
static const char *field_name(struct form_field *out, const struct form_question *q, size_t i)
{
	size_t own = q->type != FORM_MATRIX, other = q->other != NULL;

	*out = (struct form_field){.question = q};
	if (q->type == FORM_NOTE)
		return NULL;
	if (i < own)
		return q->id;
	i -= own;
	if (i < q->n_rows) {
		out->row = &q->rows[i];
		return q->rows[i].field;
	}
	i -= q->n_rows;
	out->other = true;
	return i < other ? q->other_field : NULL;
}

static struct form_field search(const struct form *f, const char *name)
{
	for (size_t i = 0; i < f->n_questions; i++) {
		struct form_field field;
		const char *have;

		for (size_t k = 0; (have = field_name(&field, &f->questions[i], k)) != NULL; k++)
			if (strcmp(have, name) == 0)
				return field;
	}
	return (struct form_field){0};
}

static struct form_index_entry *place(const struct form_index *index, uint32_t hash,
                                      const char *name)
{
	size_t at = hash & index->mask;

	while (index->list[at].name != NULL &&
	       (index->list[at].hash != hash || strcmp(index->list[at].name, name) != 0))
		at = (at + 1) & index->mask;
	return &index->list[at];
}

struct form_field form_field_find(const struct form *f, const char *name, uint32_t hash)
{
	return f->index == NULL ? search(f, name) : place(f->index, hash, name)->field;
}

struct form_field form_field(const struct form *f, const char *name)
{
	return form_field_find(f, name, hash_name(name));
}

int form_field_index(struct form *f)
{
	struct form_index *index = pool_array(f->pool, 1, sizeof *index);
	size_t n = 0, size = 16;

	for (size_t i = 0; i < f->n_questions; i++)
		n += 2 + f->questions[i].n_rows;
	while (size < 2 * n)
		size *= 2;
	if (index == NULL)
		return -1;
	index->mask = size - 1;
	index->list = pool_array(f->pool, size, sizeof *index->list);
	if (index->list == NULL)
		return -1;
	for (size_t i = 0; i < f->n_questions; i++) {
		struct form_field field;
		const char *name;

		for (size_t k = 0; (name = field_name(&field, &f->questions[i], k)) != NULL; k++) {
			uint32_t hash = hash_name(name);
			struct form_index_entry *entry = place(index, hash, name);

			if (entry->name == NULL)
				*entry = (struct form_index_entry){name, hash, field};
		}
	}
	f->index = index;
	return 0;
}
