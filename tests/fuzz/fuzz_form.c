/* fuzz_form.c - a questionnaire that is taken can be checked, asked, recorded, written again. */
#include "forms/accept.h"
#include "forms/check.h"
#include "forms/form.h"
#include "forms/route.h"
#include "tests/fuzz/fuzz.h"

static void look_at(const struct findings *findings)
{
	for (size_t i = 0; i < findings->n; i++)
		assert(fuzz_line(findings->list[i].place) && findings->list[i].place[0] != '\0' &&
		       fuzz_line(findings->list[i].text) && findings->list[i].text[0] != '\0');
}

static void record(const struct form *f)
{
	size_t n = form_free_texts(f, NULL, 0);
	struct form_free_text *texts = calloc(n + 1, sizeof *texts);

	assert(texts != NULL && form_free_texts(f, texts, n) == n);
	for (size_t i = 0; i < n; i++)
		assert(texts[i].max_length > 0 && form_capacity(f, texts[i].kind) > 0 &&
		       strlen(texts[i].field) < form_capacity(f, texts[i].kind));
	assert(form_capacity(f, RECORD_CORE) > 0);
	free(texts);
}

/* Somebody who answers nothing. */
static void answer(const struct form *f)
{
	struct answers *a = answers_create();
	struct accept_report report = {0};
	struct err err;

	assert(a != NULL && answers_set_language(a, f->languages[0], &err) == 0);
	assert(accept_answers(a, f, &report, &err) >= 0);
	for (size_t i = 0; i < f->n_questions; i++) {
		const struct form_question *q = &f->questions[i];

		assert(form_question(f, q->id) == q && form_type_name(q->type) != NULL);
		route_asked(f, q, a);
		for (size_t k = 0; k < q->n_rows; k++)
			route_row_asked(f, q, &q->rows[k], a);
		for (size_t k = 0; k < f->n_languages; k++)
			assert(q->type == FORM_CALCULATE || form_text(&q->label, k)[0] != '\0');
	}
	accept_report_finish(&report);
	answers_free(a);
}

static void write_again(const struct form *f)
{
	struct buf text = {0}, twice = {0};
	struct findings findings = {0};
	struct form *again = NULL;
	struct err err;

	form_write(&text, f);
	assert(!text.failed && form_parse(&again, text.data, text.len, &findings, &err) == 0);
	form_write(&twice, again);
	assert(text.len == twice.len && memcmp(text.data, twice.data, text.len) == 0);
	form_free(again);
	findings_finish(&findings);
	buf_finish(&text);
	buf_finish(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct findings findings = {0}, checked = {0};
	struct form *f = NULL;
	struct err err;

	if (form_parse(&f, (const char *)data, n, &findings, &err) == 0) {
		fuzz_taken = true;
		check_form(f, &checked);
		assert(!checked.failed);
		record(f);
		answer(f);
		write_again(f);
		form_free(f);
	} else {
		assert(fuzz_refused(&err) && findings_count(&findings, FINDING_ERROR) > 0);
	}
	look_at(&findings);
	look_at(&checked);
	findings_finish(&findings);
	findings_finish(&checked);
	return 0;
}
