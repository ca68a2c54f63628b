/*
 * page_order.c - the order of choices on a page. In: the page's random number. Out: the
 * questionnaire's order, or where it asks for that a random one in which "other" and exclusive
 * choices stay last. The number decides, so that a page with mistakes has the same order again.
 */
#include "forms/page_parts.h"

#include <stdint.h>

static uint64_t hash(uint64_t h, const char *s)
{
	/* FNV-1a */
	for (; *s != '\0'; s++)
		h = (h ^ (unsigned char)*s) * UINT64_C(0x100000001b3);
	return (h ^ 0xff) * UINT64_C(0x100000001b3);
}

/* Where a choice stands: lower comes first. */
static uint64_t rank(const struct page *p, const struct form_question *q,
                     const struct form_choice *c)
{
	uint64_t h = hash(hash(hash(UINT64_C(0xcbf29ce484222325), p->number), q->id), c->value);

	/* the finaliser of SplitMix64, so that all bits of the number count */
	h = (h ^ h >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	h = (h ^ h >> 27) * UINT64_C(0x94d049bb133111eb);
	return h ^ h >> 31;
}

static bool stays_last(const struct form_choice *c)
{
	return c->other || c->exclusive;
}

void page_order(size_t *order, const struct page *p, const struct form_question *q)
{
	size_t n = 0;

	for (size_t i = 0; i < q->n_choices; i++) {
		size_t at = n++;

		order[at] = i;
		if (!q->randomize || p->number == NULL || stays_last(&q->choices[i]))
			continue;
		for (; at > 0; at--) {
			const struct form_choice *before = &q->choices[order[at - 1]];

			if (!stays_last(before) && rank(p, q, before) <= rank(p, q, &q->choices[i]))
				break;
			order[at] = order[at - 1];
		}
		order[at] = i;
	}
}
