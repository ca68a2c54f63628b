/*
 * comment.c - free texts, taken out of their records. In: opened text records. Out: a CSV for people
 * who read and code them. A text record knows its question, its language and, where the study chose
 * so, its region: no other answer can be joined to it, here or later.
 */
#include "analyzer/comment.h"

#include "analyzer/print.h"
#include "forms/regions.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

int comments_start(struct comments *c, const struct form *form, const char *question,
	struct err *err)
{
	const struct form_question *q = form_question(form, question);

	*c = (struct comments){.form = form};
	if (q == NULL)
		return err_set(err, ERR_INPUT, "no question \"%.100s\"", question);
	if (q->type == FORM_TEXT || q->type == FORM_COMMENT)
		c->field = q->id;
	else if (q->other_field != NULL)
		c->field = q->other_field;
	else
		return err_set(err, ERR_INPUT, "%s has no free text", q->id);
	return 0;
}

void comments_finish(struct comments *c)
{
	for (size_t i = 0; i < c->n; i++) {
		explicit_bzero(c->list[i].text, strlen(c->list[i].text));
		free(c->list[i].text);
	}
	free(c->list);
	*c = (struct comments){0};
}

int comments_add(struct comments *c, const struct record_text *t, struct err *err)
{
	struct comment *one;

	if (strcmp(t->field, c->field) != 0 || t->text[0] == '\0')
		return 0;
	if (c->n == c->cap) {
		size_t cap = 2 * c->cap + 256;
		struct comment *more = realloc(c->list, cap * sizeof *more);

		if (more == NULL)
			return err_nomem(err);
		c->list = more;
		c->cap = cap;
	}
	one = &c->list[c->n];
	one->text = strdup(t->text);
	if (one->text == NULL)
		return err_nomem(err);
	one->language = form_language(c->form, t->language);
	one->region = t->region == NULL || c->form->regions == NULL
		? -1 : regions_find(c->form->regions, t->region);
	one->flags = comment_flags(t->text);
	c->n++;
	return 0;
}

static int *name_of(struct comment *one, bool region)
{
	return region ? &one->region : &one->language;
}

/*
 * Of the texts in language `within` (regions), or of all (languages): forget the names of groups
 * below k, and of more while those without a name are fewer than k.
 */
static int forget(struct comments *c, bool region, int within, size_t n_names, size_t k,
	struct err *err)
{
	size_t *count = calloc(n_names + 1, sizeof *count), none = 0;

	if (count == NULL)
		return err_nomem(err);
	for (size_t i = 0; i < c->n; i++) {
		int name = *name_of(&c->list[i], region);

		if (region && c->list[i].language != within)
			continue;
		if (name < 0)
			none++;
		else
			count[name]++;
	}
	for (;;) {
		size_t least = SIZE_MAX;

		for (size_t i = 0; i < n_names; i++)
			if (count[i] > 0 && (least == SIZE_MAX || count[i] < count[least]))
				least = i;
		if (least == SIZE_MAX || (count[least] >= k && (none == 0 || none >= k)))
			break;
		for (size_t i = 0; i < c->n; i++)
			if ((!region || c->list[i].language == within) &&
				*name_of(&c->list[i], region) == (int)least)
				*name_of(&c->list[i], region) = -1;
		none += count[least];
		count[least] = 0;
	}
	free(count);
	return 0;
}

int comments_protect(struct comments *c, size_t k, struct err *err)
{
	size_t regions = c->form->regions == NULL ? 0 : c->form->regions->n;

	if (forget(c, false, 0, c->form->n_languages, k, err) != 0)
		return -1;
	for (int language = -1; language < (int)c->form->n_languages; language++)
		if (forget(c, true, language, regions, k, err) != 0)
			return -1;
	for (size_t i = c->n; i > 1; i--) {
		size_t other = randombytes_uniform((uint32_t)i);
		struct comment swap = c->list[i - 1];

		c->list[i - 1] = c->list[other];
		c->list[other] = swap;
	}
	return 0;
}

static void put_flags(struct buf *out, unsigned flags)
{
	static const char *const names[] = {"name", "phone", "address", "handle"};
	bool any = false;

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (!(flags & 1u << i))
			continue;
		buf_printf(out, "%s%s", any ? " " : "", names[i]);
		any = true;
	}
}

void comments_csv(struct buf *out, const struct comments *c)
{
	bool region = c->form->frozen.text_region;

	buf_printf(out, "text,language,%sflags\r\n", region ? "region," : "");
	for (size_t i = 0; i < c->n; i++) {
		const struct comment *one = &c->list[i];

		print_csv_text(out, one->text);
		buf_printf(out, ",%s,", one->language < 0 ? "" : c->form->languages[one->language]);
		if (region) {
			print_csv_text(out, one->region < 0 ? ""
				: c->form->regions->list[one->region].id);
			buf_putc(out, ',');
		}
		put_flags(out, one->flags);
		buf_puts(out, "\r\n");
	}
}
