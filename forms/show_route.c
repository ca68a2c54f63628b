/*
 * show_route.c - routing for people with a pencil. In: relevance, a condition in front of each
 * question and section. Out: "go to 14" behind the answers that decide it, "answer 14 only if ..."
 * in front of what answers just given do not decide.
 *
 * One pass in the order of the paper, which carries along what is known about everybody who can
 * come to a place (show_known.c): after the box "No", nothing else than "No" is possible there. An
 * arrow leads to the next question that is not ruled out. A condition is written in front of its
 * question unless it holds for everybody who comes there. Whoever follows the paper answers
 * exactly what the page would ask; tests/unit/forms/test_show.c walks it to see.
 */
#include "forms/show_route.h"

#include "forms/show_known.h"

#include <stdlib.h>
#include <string.h>

enum { ARROWS_MOST = 8 }; /* more at one question are harder to follow than a sentence */

/* What the pass needs. */
struct pass {
	const struct form *form;
	struct show_route *route;
	struct show_known known;
	unsigned char **at; /* by question, then the end: what is known there; NULL: nobody comes */
	unsigned char *one, *walked; /* scratch */
	struct err *err;
};

static bool is_numbered(const struct pass *p, size_t i)
{
	return p->route->number[i] != 0;
}

/* The next numbered question from `i` on, or the end. */
static size_t next_numbered(const struct pass *p, size_t i)
{
	while (i < p->form->n_questions && !is_numbered(p, i))
		i++;
	return i;
}

static const struct form_section *section_of(const struct pass *p, size_t i)
{
	return &p->form->sections[p->form->questions[i].section];
}

/* Who goes to a section's first question reads what stands above it, too. */
static size_t landing(const struct pass *p, size_t i)
{
	if (i < p->form->n_questions && next_numbered(p, section_of(p, i)->first) == i)
		return section_of(p, i)->first;
	return i;
}

/* People with `may` come to question `i`. */
static int arrive(struct pass *p, size_t i, const unsigned char *may)
{
	if (p->at[i] != NULL) {
		show_known_join(&p->known, p->at[i], may);
		return 0;
	}
	p->at[i] = malloc(p->known.size + 1);
	if (p->at[i] == NULL)
		return err_nomem(p->err);
	memcpy(p->at[i], may, p->known.size);
	return 0;
}

static void skip_section(const struct pass *p, unsigned char *may, const struct form_section *s)
{
	for (size_t i = s->first; i < s->first + s->n; i++)
		show_known_set(&p->known, may, &p->form->questions[i], SHOW_KNOWN_MISSING);
}

/*
 * The first numbered question from `i` on that is not ruled out; `may` learns what was passed
 * over. In a section that depends it is the first one, so that nobody jumps over its condition.
 */
static size_t walk(const struct pass *p, size_t i, unsigned char *may)
{
	size_t n = p->form->n_questions;

	while (i < n) {
		const struct form_question *q = &p->form->questions[i];
		const struct form_section *s = section_of(p, i);
		enum show_known_worth whole = SHOW_KNOWN_TRUE;

		if (i == s->first)
			whole = show_known_section(&p->known, may, s);
		if (whole == SHOW_KNOWN_FALSE) {
			skip_section(p, may, s);
			i = s->first + s->n;
			continue;
		}
		if (whole == SHOW_KNOWN_DEPENDS && next_numbered(p, i) < s->first + s->n)
			return next_numbered(p, i);
		if (is_numbered(p, i) && show_known_question(&p->known, may, q) != SHOW_KNOWN_FALSE)
			return i;
		if (is_numbered(p, i))
			show_known_set(&p->known, may, q, SHOW_KNOWN_MISSING);
		i++;
	}
	return n;
}

/* Those to whom a condition does not apply go on from `from`. */
static int leave(struct pass *p, size_t from, unsigned char *may, size_t *otherwise)
{
	size_t to = walk(p, from, may);

	*otherwise = to == next_numbered(p, from) ? SHOW_ROUTE_NEXT : to;
	return arrive(p, *otherwise == SHOW_ROUTE_NEXT ? from : landing(p, to), may);
}

static int enter_section(struct pass *p, const struct form_section *s, unsigned char *may)
{
	struct show_route_section *own = &p->route->sections[s - p->form->sections];

	if (show_known_section(&p->known, may, s) != SHOW_KNOWN_TRUE) {
		own->written = true;
		memcpy(p->walked, may, p->known.size);
		show_known_learn_section(&p->known, p->walked, s, false);
		skip_section(p, p->walked, s);
		if (leave(p, s->first + s->n, p->walked, &own->otherwise) != 0)
			return -1;
		/* whoever skips the section never goes on in order */
		if (own->otherwise == SHOW_ROUTE_NEXT)
			own->otherwise = next_numbered(p, s->first + s->n);
	}
	show_known_learn_section(&p->known, may, s, true);
	return 0;
}

/* The arrow's place for a state: choices, then declined. */
static size_t *arrow_of(const struct pass *p, const struct form_question *q, size_t state)
{
	size_t *arrow = p->route->questions[q->index].arrow;

	return &arrow[state == SHOW_KNOWN_DECLINED ? q->n_choices : state - SHOW_KNOWN_CHOICE];
}

static bool has_arrow(size_t state)
{
	return state == SHOW_KNOWN_DECLINED || state >= SHOW_KNOWN_CHOICE;
}

/* Where each answer leads; `to` has a place for each state, NEXT for those that cannot be. */
static void find_ways(struct pass *p, const struct form_question *q, const unsigned char *may,
                      size_t *to)
{
	for (size_t i = 0; i < show_known_states(q); i++) {
		to[i] = SHOW_ROUTE_NEXT;
		if (!may[p->known.at[q->index] + i])
			continue;
		memcpy(p->walked, may, p->known.size);
		show_known_set(&p->known, p->walked, q, i);
		to[i] = walk(p, q->index + 1, p->walked);
	}
}

/* Where most go, then the arrows of the others; false: too many arrows. */
static bool draw_arrows(struct pass *p, const struct form_question *q, const unsigned char *may,
                        const size_t *to)
{
	struct show_route_question *own = &p->route->questions[q->index];
	size_t next = next_numbered(p, q->index + 1), usual = SHOW_ROUTE_NEXT, arrows = 0;
	bool same = true;

	for (size_t i = 0; i < show_known_states(q); i++) {
		if (!may[p->known.at[q->index] + i])
			continue;
		if (usual == SHOW_ROUTE_NEXT || i == SHOW_KNOWN_ANY)
			usual = to[i];
	}
	for (size_t i = 0; i < show_known_states(q); i++)
		same &= !may[p->known.at[q->index] + i] || to[i] == usual;
	/* one box of several decides for itself only; behind a line, blank ones would go along */
	if (!same && q->type != FORM_SELECT_MULTIPLE)
		usual = next;
	own->then = usual == next ? SHOW_ROUTE_NEXT : usual;
	for (size_t i = 0; i < show_known_states(q); i++) {
		if (!has_arrow(i) || !may[p->known.at[q->index] + i] || to[i] == usual)
			continue;
		*arrow_of(p, q, i) = to[i];
		arrows++;
	}
	return arrows <= ARROWS_MOST;
}

/* Those who were asked go on. */
static int go_on(struct pass *p, const struct form_question *q, unsigned char *may)
{
	struct show_route_question *own = &p->route->questions[q->index];
	size_t n = show_known_states(q), *to = calloc(n, sizeof *to);
	int status = 0;

	if (to == NULL)
		return err_nomem(p->err);
	show_known_asked(&p->known, may, q);
	find_ways(p, q, may, to);
	if (!draw_arrows(p, q, may, to)) {
		own->then = SHOW_ROUTE_NEXT;
		for (size_t i = 0; i < n; i++)
			if (has_arrow(i))
				*arrow_of(p, q, i) = SHOW_ROUTE_NEXT;
	}
	for (size_t i = 0; status == 0 && i < n; i++) {
		size_t way = own->then;

		if (!may[p->known.at[q->index] + i])
			continue;
		if (has_arrow(i) && *arrow_of(p, q, i) != SHOW_ROUTE_NEXT)
			way = *arrow_of(p, q, i);
		memcpy(p->walked, may, p->known.size);
		show_known_set(&p->known, p->walked, q, i);
		if (way != SHOW_ROUTE_NEXT) {
			walk(p, q->index + 1, p->walked);
			way = landing(p, way);
		}
		status = arrive(p, way == SHOW_ROUTE_NEXT ? q->index + 1 : way, p->walked);
	}
	free(to);
	return status;
}

/* Those who are not asked; a note is passed by as it is. */
static int pass_by(struct pass *p, const struct form_question *q, const unsigned char *may)
{
	memcpy(p->one, may, p->known.size);
	show_known_learn_question(&p->known, p->one, q, false);
	show_known_set(&p->known, p->one, q, SHOW_KNOWN_MISSING);
	if (!is_numbered(p, q->index))
		return arrive(p, q->index + 1, p->one);
	return leave(p, q->index + 1, p->one, &p->route->questions[q->index].otherwise);
}

static int visit(struct pass *p, const struct form_question *q, unsigned char *may)
{
	struct show_route_question *own = &p->route->questions[q->index];
	const struct form_section *s = section_of(p, q->index);

	if (q->index == s->first && enter_section(p, s, may) != 0)
		return -1;
	if (q->type != FORM_CALCULATE &&
	    show_known_question(&p->known, may, q) != SHOW_KNOWN_TRUE) {
		own->written = true;
		if (pass_by(p, q, may) != 0)
			return -1;
	}
	if (!is_numbered(p, q->index))
		return arrive(p, q->index + 1, may);
	show_known_learn_question(&p->known, may, q, true);
	return go_on(p, q, may);
}

static void number(struct show_route *r, const struct form *f)
{
	size_t n = 0;

	for (size_t i = 0; i < f->n_questions; i++) {
		struct show_route_section *s = &r->sections[f->questions[i].section];

		if (!form_is_asked(f->questions[i].type))
			continue;
		r->number[i] = ++n;
		s->last = n;
		if (s->first == 0)
			s->first = n;
	}
}

static int allocate(struct show_route *r, const struct form *f, struct err *err)
{
	size_t arrows = 0, at = 0;

	for (size_t i = 0; i < f->n_questions; i++)
		arrows += f->questions[i].n_choices + 1;
	r->number = calloc(f->n_questions + 1, sizeof *r->number);
	r->questions = calloc(f->n_questions + 1, sizeof *r->questions);
	r->sections = calloc(f->n_sections + 1, sizeof *r->sections);
	r->arrows = calloc(arrows + 1, sizeof *r->arrows);
	if (r->number == NULL || r->questions == NULL || r->sections == NULL || r->arrows == NULL)
		return err_nomem(err);
	for (size_t i = 0; i < arrows; i++)
		r->arrows[i] = SHOW_ROUTE_NEXT;
	for (size_t i = 0; i < f->n_questions; i++) {
		r->questions[i].otherwise = r->questions[i].then = SHOW_ROUTE_NEXT;
		r->questions[i].arrow = &r->arrows[at];
		at += f->questions[i].n_choices + 1;
	}
	number(r, f);
	return 0;
}

static int run(struct pass *p)
{
	size_t n = p->form->n_questions;

	for (size_t i = 0; i < n; i++) {
		/* a place that nobody comes to has all that could be said written */
		if (p->at[i] == NULL) {
			p->at[i] = malloc(p->known.size + 1);
			if (p->at[i] == NULL)
				return err_nomem(p->err);
			show_known_all(&p->known, p->at[i]);
		}
		if (visit(p, &p->form->questions[i], p->at[i]) != 0)
			return -1;
		free(p->at[i]);
		p->at[i] = NULL;
	}
	return 0;
}

int show_route_create(struct show_route **out, const struct form *f, struct err *err)
{
	struct pass p = {.form = f, .route = calloc(1, sizeof *p.route), .err = err};
	int status = -1;

	*out = NULL;
	p.at = calloc(f->n_questions + 1, sizeof *p.at);
	if (p.route == NULL || p.at == NULL) {
		err_nomem(err);
		goto out;
	}
	if (show_known_init(&p.known, f, err) != 0 || allocate(p.route, f, err) != 0)
		goto out;
	p.one = malloc(p.known.size + 1);
	p.walked = malloc(p.known.size + 1);
	if (p.one == NULL || p.walked == NULL) {
		err_nomem(err);
		goto out;
	}
	status = run(&p);
	if (status == 0) {
		*out = p.route;
		p.route = NULL;
	}
out:
	for (size_t i = 0; p.at != NULL && i <= f->n_questions; i++)
		free(p.at[i]);
	free(p.at);
	free(p.one);
	free(p.walked);
	show_known_finish(&p.known);
	show_route_free(p.route);
	return status;
}

void show_route_free(struct show_route *r)
{
	if (r == NULL)
		return;
	free(r->number);
	free(r->questions);
	free(r->sections);
	free(r->arrows);
	free(r);
}
