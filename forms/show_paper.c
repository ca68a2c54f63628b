/*
 * show_paper.c - a questionnaire to print and fill in by hand. In: a form, a language, where each
 * answer leads. Out: one HTML document for A4 paper, whole by itself: no script, nothing from
 * elsewhere. What a page hides or shows is written out: "go to question 14" behind an answer,
 * "answer question 14 only if ..." in front of a question (the conventions of interviewers' forms).
 */
#include "forms/html.h"
#include "forms/regions.h"
#include "forms/show_paper_parts.h"

#include <stdio.h>
#include <string.h>

const char *show_paper_text(const struct show_paper *p, const struct form_text *t)
{
	return form_text(t, p->show->language);
}

void show_paper_word(struct buf *out, const struct show_paper *p, const char *name)
{
	html_text(out, words_get(p->show->words, p->language, name));
}

void show_paper_words(struct buf *out, const struct show_paper *p, const char *name,
                      const char *place, const char *value, const char *place2,
                      const char *value2)
{
	struct buf raw = {0};

	words_put(&raw, p->show->words, p->language, name, place, value, place2, value2, NULL);
	if (raw.data != NULL)
		html_text(out, raw.data);
	out->failed |= raw.failed;
	buf_finish(&raw);
}

/* --- routing --- */

/* `name` with the number of a question, or NAME_end. */
static void put_way(struct buf *out, const struct show_paper *p, const char *name, size_t to)
{
	char number[24], end[48];

	if (to < p->show->form->n_questions) {
		snprintf(number, sizeof number, "%zu", p->route->number[to]);
		show_paper_words(out, p, name, "n", number, NULL, NULL);
	} else {
		snprintf(end, sizeof end, "%s_end", name);
		show_paper_word(out, p, end);
	}
}

void show_paper_go(struct buf *out, const struct show_paper *p, size_t to)
{
	if (to == SHOW_ROUTE_NEXT)
		return;
	buf_printf(out, " <span class=\"go\">%s ", p->arrow);
	put_way(out, p, "paper.go", to);
	buf_puts(out, "</span>");
}

/*
 * A condition in front of the questions numbered `first` to `last` (0: of what has no number), and
 * where to go if it does not apply.
 */
static void put_condition(struct buf *out, const struct show_paper *p, const struct expression *e,
                          size_t first, size_t last, size_t otherwise)
{
	const char *name = first == 0      ? "only_if"
	                   : first == last ? "paper.only"
	                                   : "paper.only_range";
	struct buf condition = {0}, line = {0};
	char from[24], to[24];

	if (e == NULL)
		return;
	snprintf(from, sizeof from, "%zu", first);
	snprintf(to, sizeof to, "%zu", last);
	buf_puts(out, "<p class=\"if\">");
	if (condition_put(&condition, &p->words, e) == 0 && condition.data != NULL)
		words_put(&line, p->show->words, p->language, name, "condition", condition.data,
			"n", from, "first", from, "last", to, NULL);
	if (line.len == 0) {
		buf_clear(&condition);
		condition_sources(&condition, &p->words, e);
		words_put(&line, p->show->words, p->language, "paper.depends", "questions",
			condition.data != NULL ? condition.data : "", NULL);
	}
	if (line.data != NULL)
		html_text(out, line.data);
	if (otherwise != SHOW_ROUTE_NEXT) {
		buf_printf(out, " %s ", p->arrow);
		put_way(out, p, "paper.otherwise", otherwise);
	}
	buf_puts(out, "</p>\n");
	out->failed |= condition.failed || line.failed;
	buf_finish(&condition);
	buf_finish(&line);
}

void show_paper_condition(struct buf *out, const struct show_paper *p, const struct expression *e)
{
	put_condition(out, p, e, 0, 0, SHOW_ROUTE_NEXT);
}

/* --- questions and sections --- */

static void put_note(struct buf *out, const struct show_paper *p, const struct form_question *q)
{
	buf_printf(out, "<div class=\"q note\" id=\"q-%s\">\n", q->id);
	if (p->route->questions[q->index].written)
		show_paper_condition(out, p, q->relevant);
	html_paragraphs(out, show_paper_text(p, &q->label), NULL);
	buf_puts(out, "</div>\n");
}

static void put_question(struct buf *out, const struct show_paper *p, const struct form_question *q)
{
	const struct show_route_question *route = &p->route->questions[q->index];
	size_t number = p->route->number[q->index];

	if (q->type == FORM_NOTE)
		put_note(out, p, q);
	if (number == 0)
		return;
	buf_printf(out, "<div class=\"q\" id=\"q-%s\">\n", q->id);
	if (route->written)
		put_condition(out, p, q->relevant, number, number, route->otherwise);
	buf_printf(out, "<h3><span class=\"n\">%zu</span> ", number);
	html_text(out, show_paper_text(p, &q->label));
	show_paper_ticks(out, p, q);
	if (q->required) {
		buf_puts(out, " <span class=\"needed\">");
		show_paper_word(out, p, "question.required");
		buf_puts(out, "</span>");
	}
	buf_puts(out, "</h3>\n");
	show_paper_hint(out, p, q);
	show_paper_answer(out, p, q);
	if (route->then != SHOW_ROUTE_NEXT) {
		buf_printf(out, "<p class=\"then\">%s ", p->arrow);
		put_way(out, p, "paper.then", route->then);
		buf_puts(out, "</p>\n");
	}
	buf_puts(out, "</div>\n");
}

static void put_section(struct buf *out, const struct show_paper *p, const struct form_section *s)
{
	const struct form *f = p->show->form;
	const struct show_route_section *route = &p->route->sections[s - f->sections];

	buf_printf(out, "<section id=\"s-%s\">\n<h2>", s->id);
	html_text(out, show_paper_text(p, &s->title));
	buf_puts(out, "</h2>\n");
	if (route->written)
		put_condition(out, p, s->relevant, route->first, route->last, route->otherwise);
	html_paragraphs(out, show_paper_text(p, &s->note), "intro");
	for (size_t i = 0; i < s->n; i++)
		put_question(out, p, &f->questions[s->first + i]);
	buf_puts(out, "</section>\n");
}

/* --- around them --- */

static void put_head(struct buf *out, const struct show_paper *p)
{
	const struct form *f = p->show->form;

	buf_puts(out, "<!DOCTYPE html>\n<html");
	html_attribute(out, "lang", p->language);
	buf_puts(out, form_right_to_left(p->language) ? " dir=\"rtl\"" : " dir=\"ltr\"");
	buf_puts(out, ">\n<head>\n<meta charset=\"utf-8\">\n"
	              "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
	              "<title>");
	html_text(out, show_paper_text(p, &f->title));
	buf_puts(out, "</title>\n<style>\n");
	buf_puts(out, show_paper_style());
	buf_puts(out, "</style>\n</head>\n<body>\n");
}

static bool any_required(const struct form *f)
{
	for (size_t i = 0; i < f->n_questions; i++)
		if (f->questions[i].required)
			return true;
	return false;
}

/* How to fill it in, and what not to write. */
static void put_how(struct buf *out, const struct show_paper *p)
{
	const char *mark = words_get(p->show->words, p->language, "question.required");

	buf_puts(out, "<div class=\"how\">\n<p><b>");
	show_paper_word(out, p, "paper.names");
	buf_puts(out, "</b></p>\n<p>");
	show_paper_word(out, p, "paper.fill");
	buf_putc(out, ' ');
	if (any_required(p->show->form))
		show_paper_words(out, p, "promise.optional_most", "mark", mark, NULL, NULL);
	else
		show_paper_word(out, p, "promise.optional");
	buf_puts(out, "</p>\n</div>\n");
}

static void put_opening(struct buf *out, const struct show_paper *p)
{
	const struct form *f = p->show->form;
	const char *consent = show_paper_text(p, &f->consent);
	struct buf name = {0};

	language_name(&name, p->language, p->language);
	buf_puts(out, "<header>\n<p class=\"top\"><span>");
	html_text(out, name.data != NULL ? name.data : p->language);
	buf_puts(out, "</span>");
	if (f->frozen.round != NULL) {
		buf_puts(out, "<span>");
		html_text(out, f->frozen.round);
		buf_puts(out, "</span>");
	}
	buf_puts(out, "</p>\n<h1>");
	html_text(out, show_paper_text(p, &f->title));
	buf_puts(out, "</h1>\n");
	if (f->frozen.demonstration || (p->show->study != NULL && p->show->study->demonstration)) {
		buf_puts(out, "<p class=\"team\">");
		show_paper_word(out, p, "demonstration");
		buf_puts(out, "</p>\n");
	}
	html_paragraphs(out, show_paper_text(p, &f->introduction), NULL);
	buf_puts(out, "</header>\n");
	put_how(out, p);
	if (*consent != '\0') {
		buf_puts(out, "<section id=\"consent\">\n<h2>");
		show_paper_word(out, p, "paper.agreement");
		buf_puts(out, "</h2>\n<ul class=\"ch\"><li><span class=\"b\"></span>"
		              "<span class=\"t\">");
		html_text(out, consent);
		buf_puts(out, "</span></li></ul>\n</section>\n");
	}
	out->failed |= name.failed;
	buf_finish(&name);
}

static void put_study_text(struct buf *out, const struct show_paper *p, const char *heading,
                           const struct study_text *list)
{
	const char *text = study_text(list, p->language);

	if (*text == '\0')
		return;
	buf_puts(out, "<h3>");
	show_paper_word(out, p, heading);
	buf_puts(out, "</h3>\n");
	html_paragraphs(out, text, NULL);
}

static void put_closing(struct buf *out, const struct show_paper *p)
{
	const struct study *study = p->show->study;

	buf_puts(out, "<section class=\"last\" id=\"end\">\n<h2>");
	show_paper_word(out, p, "thanks.title");
	buf_puts(out, "</h2>\n");
	html_paragraphs(out, show_paper_text(p, &p->show->form->thanks), NULL);
	if (study != NULL) {
		put_study_text(out, p, "footer.support", study->support);
		put_study_text(out, p, "footer.contact", study->contact);
	}
	buf_puts(out, "<p class=\"team\">");
	show_paper_word(out, p, "paper.team");
	buf_puts(out, "</p>\n</section>\n</body>\n</html>\n");
}

int show_paper(struct buf *out, const struct show *s, struct err *err)
{
	const char *language = s->form->languages[s->language];
	struct show_route *route = NULL;
	struct show_paper p = {.show = s, .language = language,
		.arrow = form_right_to_left(language) ? "←" : "→"};

	if (show_route_create(&route, s->form, err) != 0)
		return -1;
	p.route = route;
	p.words = (struct condition_words){s->form, s->words, s->language, route->number};
	put_head(out, &p);
	put_opening(out, &p);
	for (size_t i = 0; i < s->form->n_sections; i++)
		put_section(out, &p, &s->form->sections[i]);
	put_closing(out, &p);
	show_route_free(route);
	return out->failed ? err_nomem(err) : 0;
}
