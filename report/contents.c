/* contents.c - the plan of an edition; entries in the order of the pages. */
#include "report/contents.h"

#include <assert.h>
#include <stdlib.h>

static int add(struct contents *c, enum contents_level level, const char *title, struct err *err)
{
	if (c->n == c->cap) {
		size_t cap = c->cap ? c->cap * 2 : 64;
		struct contents_entry *list = reallocarray(c->list, cap, sizeof *list);

		if (!list)
			return err_nomem(err);
		c->list = list;
		c->cap = cap;
	}
	c->list[c->n++] = (struct contents_entry){ .level = level, .title = title };
	return 0;
}

int contents_create(struct contents *c, const struct edition *e, struct err *err)
{
	const struct form *f = e->form;

	*c = (struct contents){ .bookmark = PDF_TOP };
	if (add(c, CONTENTS_CHAPTER, edition_word(e, "people.title"), err))
		return -1;
	for (size_t i = 0; i < f->n_sections; i++) {
		const struct form_section *s = &f->sections[i];

		if (!edition_has(e, s))
			continue;
		if (add(c, CONTENTS_CHAPTER, edition_text(e, &s->title), err))
			return -1;
		for (size_t q = s->first; q < s->first + s->n; q++)
			if (form_is_asked(f->questions[q].type) &&
			    add(c, CONTENTS_QUESTION, edition_text(e, &f->questions[q].label), err))
				return -1;
	}
	return add(c, CONTENTS_CHAPTER, edition_word(e, "methods.title"), err);
}

void contents_finish(struct contents *c)
{
	free(c->list);
	*c = (struct contents){ 0 };
}

void contents_rewind(struct contents *c)
{
	c->next = 0;
	c->bookmark = PDF_TOP;
}

void contents_reach(struct contents *c, struct layout *l)
{
	struct contents_entry *e;
	int parent;

	assert(c->next < c->n);
	e = &c->list[c->next++];
	e->page = layout_at(l);
	e->y = l->y + LAYOUT_STEP;
	parent = e->level == CONTENTS_CHAPTER ? PDF_TOP : c->bookmark;
	parent = pdf_bookmark(l->pdf, parent, e->title, e->page, e->y);
	if (e->level == CONTENTS_CHAPTER)
		c->bookmark = parent;
}
