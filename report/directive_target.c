/* directive_target.c - a path or an id enters, what it names leaves, or what was meant. */
#include "report/directive_target.h"

#include "lib/base/suggest.h"
#include "report/value.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A path's next part: up to the point. */
static bool part_is(const char *path, const char *id)
{
	size_t n = strlen(id);

	return !strncmp(path, id, n) && (path[n] == '\0' || path[n] == '.');
}

static const char *behind(const char *path)
{
	const char *point = strchr(path, '.');

	return point ? point + 1 : NULL;
}

static void copy_part(char out[128], const char *path)
{
	size_t n = strcspn(path, ".");

	if (n > 127) {
		n = 127;
		while (n > 0 && ((unsigned char)path[n] & 0xc0) == 0x80)
			n--;
	}
	memcpy(out, path, n);
	out[n] = '\0';
}

static const struct form_question *question_at(const struct form *f, const char *path)
{
	for (size_t i = 0; i < f->n_questions; i++)
		if (part_is(path, f->questions[i].id))
			return &f->questions[i];
	return NULL;
}

static const struct form_section *section_at(const struct form *f, const char *path)
{
	for (size_t i = 0; i < f->n_sections; i++)
		if (part_is(path, f->sections[i].id))
			return &f->sections[i];
	return NULL;
}

static int unknown(struct suggest *s, const char *what, const char *of, struct err *err)
{
	char words[128];

	return err_set(err, ERR_INPUT, "unknown %s “%s”%s%s%s", what, s->word, of ? " of " : "",
	               of ? of : "", suggest_words(words, s));
}

/* A line of a matrix may have been taken for a question. */
static void suggest_rows(struct suggest *s, const struct form *f, char path[128])
{
	size_t before = s->best ? s->distance : (size_t)-1;

	for (size_t i = 0; i < f->n_questions; i++) {
		const struct form_question *q = &f->questions[i];

		for (size_t k = 0; k < q->n_rows; k++) {
			suggest_try(s, q->rows[k].id);
			if (s->best == q->rows[k].id && s->distance < before) {
				before = s->distance;
				snprintf(path, 128, "%s.%s", q->id, q->rows[k].id);
			}
		}
	}
	if (path[0])
		s->best = path;
}

static int unknown_question(const struct edition *e, const char *path, struct err *err)
{
	const struct form *f = e->form;
	char word[128], row[128] = "";
	struct suggest s = { .word = word };

	copy_part(word, path);
	if (e->previous_form && question_at(e->previous_form, path))
		return err_set(err, ERR_INPUT,
		               "unknown question “%s”: the round before asked it, this one did not",
		               word);
	for (size_t i = 0; i < f->n_questions; i++)
		suggest_try(&s, f->questions[i].id);
	for (size_t i = 0; strchr(path, '.') && i < f->n_sections; i++)
		suggest_try(&s, f->sections[i].id);
	suggest_rows(&s, f, row);
	return unknown(&s, "question", NULL, err);
}

/* Step over a section, if the path begins with one. */
static int find_question(struct directive_target *out, const char **rest, const struct edition *e,
                         const char *path, struct err *err)
{
	const struct form *f = e->form;
	const struct form_section *s = section_at(f, path);
	const char *inner = s ? behind(path) : NULL;
	const struct form_question *q = inner ? question_at(f, inner) : NULL;

	if (q && &f->sections[q->section] == s) {
		path = inner;
	} else if (!(out->question = question_at(f, path))) {
		if (q)
			return err_set(err, ERR_INPUT,
			               "question “%s” stands in section “%s”, not in “%s”", q->id,
			               f->sections[q->section].id, s->id);
		if (s && !inner)
			return err_set(err, ERR_INPUT,
			               "“%s” is a section: a question is missing behind it", path);
		return unknown_question(e, inner ? inner : path, err);
	}
	out->question = question_at(f, path);
	*rest = behind(path);
	return 0;
}

static int unknown_answer(const struct form_question *q, const char *answer, struct err *err)
{
	char word[128];
	struct suggest s = { .word = word };

	copy_part(word, answer);
	for (size_t i = 0; i < q->n_choices; i++)
		suggest_try(&s, q->choices[i].value);
	for (size_t i = 0; i < q->n_rows; i++)
		suggest_try(&s, q->rows[i].id);
	return unknown(&s, q->type == FORM_MATRIX ? "line or answer" : "answer", q->id, err);
}

static bool in_table(const struct release_table *t, const char *answer)
{
	for (size_t i = 0; t && i < t->n_answers; i++)
		if (!strcmp(t->answers[i], answer))
			return true;
	return false;
}

/* Is this an answer that the question can have? Where the form has no list, the release does. */
static bool is_answer(const struct edition *e, const struct directive_target *t, const char *answer)
{
	const struct form_question *q = t->question;
	char *end;
	long v;

	if (q->n_choices)
		return form_choice(q, answer) != NULL;
	if (q->type == FORM_SCALE) {
		v = strtol(answer, &end, 10);
		return end > answer && !*end && v >= q->min && v <= q->max;
	}
	return in_table(value_table(e->release, t, false), answer);
}

int directive_target(struct directive_target *out, const struct edition *e, const char *path,
                     struct err *err)
{
	const struct form_question *q;
	const char *rest = NULL;

	*out = (struct directive_target){ 0 };
	if (find_question(out, &rest, e, path, err))
		return -1;
	q = out->question;
	if (rest && q->type == FORM_MATRIX) {
		for (size_t i = 0; i < q->n_rows; i++)
			if (part_is(rest, q->rows[i].id))
				out->row = &q->rows[i];
		if (out->row)
			rest = behind(rest);
	}
	if (!rest)
		return 0;
	if (!is_answer(e, out, rest)) {
		bool free_text = q->other || q->type == FORM_TEXT || q->type == FORM_COMMENT;

		if (!free_text || strcmp(rest, "written"))
			return unknown_answer(q, rest, err);
		out->written = true;
	}
	out->answer = rest;
	return 0;
}

int directive_section(const struct form_section **out, const struct edition *e, const char *id,
                      struct err *err)
{
	struct suggest s = { .word = id };

	for (size_t i = 0; i < e->form->n_sections; i++) {
		if (!strcmp(e->form->sections[i].id, id)) {
			*out = &e->form->sections[i];
			return 0;
		}
		suggest_try(&s, e->form->sections[i].id);
	}
	return unknown(&s, "section", NULL, err);
}

/* "region-fr" and "language-fr" where an id could be either. */
static const char *const kinds[] = {
	[RELEASE_REGION] = "region-",
	[RELEASE_LANGUAGE] = "language-",
};

static bool group_is(const struct release_group *g, const char *id)
{
	size_t n;

	if (g->by == RELEASE_TOTAL)
		return false;
	if (g->by == RELEASE_REGION || g->by == RELEASE_LANGUAGE) {
		n = strlen(kinds[g->by]);
		if (!strncmp(id, kinds[g->by], n) && !strcmp(id + n, g->id))
			return true;
	}
	return !strcmp(g->id, id);
}

void directive_group_id(struct buf *out, const struct edition *e, size_t group)
{
	const struct release *r = e->release;
	const struct release_group *g = &r->groups[group];
	size_t same = 0;

	for (size_t i = 0; i < r->n_groups; i++)
		same += group_is(&r->groups[i], g->id);
	if (same > 1 && (g->by == RELEASE_REGION || g->by == RELEASE_LANGUAGE))
		buf_puts(out, kinds[g->by]);
	buf_puts(out, g->id);
}

static bool has_member(const struct release_group *g, const char *id)
{
	for (char **m = g->members; *m; m++)
		if (!strcmp(*m, id))
			return true;
	return false;
}

/* "150 (Europe)" */
static void put_group(struct buf *out, const struct edition *e, size_t group)
{
	struct buf name = { 0 };

	directive_group_id(out, e, group);
	edition_group(&name, e, &e->release->groups[group]);
	buf_printf(out, " (%s)", name.failed || !name.len ? "?" : name.data);
	buf_finish(&name);
}

/* The group whose id or name is nearest to a word; 0: none is near. */
static size_t near_group(const struct edition *e, const char *id)
{
	struct suggest s = { .word = id };
	size_t best = 0;

	for (size_t i = 0; i < e->release->n_groups; i++) {
		size_t before = s.best ? s.distance : (size_t)-1;
		struct buf name = { 0 };

		if (e->release->groups[i].by == RELEASE_TOTAL)
			continue;
		edition_group(&name, e, &e->release->groups[i]);
		suggest_try(&s, e->release->groups[i].id);
		suggest_try(&s, name.failed ? NULL : name.data);
		if (s.best && s.distance < before)
			best = i;
		if (s.best)
			s.best = id; /* the name ends here */
		buf_finish(&name);
	}
	return best;
}

static int unknown_group(const struct edition *e, const char *id, struct err *err)
{
	const struct release *r = e->release;
	size_t near = near_group(e, id), shown = 0;
	struct buf words = { 0 };

	if (near) {
		buf_puts(&words, ": did you mean ");
		put_group(&words, e, near);
	}
	buf_puts(&words, near ? "? The release has: " : ". The release has: ");
	for (size_t i = 0; i < r->n_groups; i++) {
		if (r->groups[i].by == RELEASE_TOTAL)
			continue;
		buf_puts(&words, shown++ ? ", " : "");
		put_group(&words, e, i);
	}
	err_set(err, ERR_INPUT, "unknown group “%s”%s", id,
	        words.failed || !shown ? "" : words.data);
	buf_finish(&words);
	return -1;
}

int directive_group(size_t *out, const struct edition *e, const char *id, struct err *err)
{
	const struct release *r = e->release;
	struct buf own = { 0 };
	size_t found = 0;

	for (size_t i = 0; i < r->n_groups; i++) {
		if (group_is(&r->groups[i], id)) {
			found++;
			*out = i;
		}
	}
	if (found == 1)
		return 0;
	if (found > 1)
		return err_set(err, ERR_INPUT,
		               "“%s” is a region and a language: write “region-%s” or "
		               "“language-%s”",
		               id, id, id);
	for (size_t i = 0; i < r->n_groups; i++) {
		if (!has_member(&r->groups[i], id))
			continue;
		directive_group_id(&own, e, i);
		err_set(err, ERR_INPUT,
		        "group “%s” was too small in this release and is counted with others, in "
		        "“%s”",
		        id, own.failed ? r->groups[i].id : own.data);
		buf_finish(&own);
		return -1;
	}
	return unknown_group(e, id, err);
}
