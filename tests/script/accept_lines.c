/*
 * accept_lines.c - the C rule book, for the script's to be held against. With --about FORM: what
 * the script has to know of a questionnaire. With FORM: each line of standard input is an object of
 * fields and lists of values; each line of output the canonical answers, or the faults.
 */
#include "forms/accept.h"
#include "forms/page_script.h"
#include "lib/base/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_MOST = 1 << 20 };

static int stop(const struct err *err)
{
	fprintf(stderr, "accept_lines: %s\n", err->msg);
	return 1;
}

static int take(struct answers *a, const struct json *line, struct err *err)
{
	for (const struct json *v = json_first(line); v != NULL; v = json_next(v))
		for (const struct json *one = json_first(v); one != NULL; one = json_next(one)) {
			int status = json_count(v) > 1
				? answers_add(a, json_name(v), json_string(one), err)
				: answers_set(a, json_name(v), json_string(one), err);

			if (status != 0)
				return -1;
		}
	return 0;
}

/* "question/row fault" in the order in which they were found, the first of each field. */
static void print_faults(const struct accept_report *report)
{
	for (size_t i = 0; i < report->n; i++) {
		const struct accept_finding *found = &report->list[i];

		if (i > 0 && found[-1].question == found->question && found[-1].row == found->row)
			continue;
		printf("%s%s %s", i > 0 ? ", " : "",
			found->row != NULL ? found->row->field
			: found->question != NULL ? found->question->id : "",
			accept_fault_key(found->fault) + strlen("error."));
	}
	putchar('\n');
}

/* {"field":"value","field":["value","value"]} */
static void print_answers(struct buf *out, const struct answers *a)
{
	buf_putc(out, '{');
	for (size_t i = 0; i < a->n; i++) {
		const struct answer *answer = &a->list[i];

		buf_puts(out, i > 0 ? "," : "");
		json_put_string(out, answer->field);
		buf_puts(out, answer->many ? ":[" : ":");
		for (size_t k = 0; k < answer->n; k++) {
			buf_puts(out, k > 0 ? "," : "");
			json_put_string(out, answer->values[k]);
		}
		buf_puts(out, answer->many ? "]" : "");
	}
	buf_putc(out, '}');
	puts(out->data);
}

static int one_line(const char *text, const struct form *f, struct err *err)
{
	struct answers *a = answers_create();
	struct accept_report report = {0};
	struct json *line = NULL;
	struct buf out = {0};
	int status = -1;

	if (json_parse(&line, text, strlen(text), err) == 0 && take(a, line, err) == 0 &&
	    (status = accept_answers(a, f, &report, err)) == 0) {
		print_answers(&out, a);
	} else if (status == 1) {
		print_faults(&report);
		status = 0;
	}
	accept_report_finish(&report);
	buf_finish(&out);
	json_free(line);
	answers_free(a);
	return status;
}

int main(int argc, char **argv)
{
	struct words *w = words_create(words_page);
	struct findings findings = {0};
	struct form *f = NULL;
	struct err err;
	char *line;

	if (argc < 2 || form_load(&f, argv[argc - 1], &findings, &err) != 0)
		return argc < 2 ? 2 : stop(&err);
	if (argc == 3) {
		const struct seal_key key = {.round = "one", .custodians = 3, .quorum = 2};
		const struct page_site site = {.form = f, .words = w, .key = &key};
		const struct page page = {.site = &site};
		struct buf about = {0};

		page_script_about(&about, &page, NULL, true);
		puts(about.data);
		buf_finish(&about);
	}
	line = malloc(LINE_MOST);
	while (argc == 2 && line != NULL && fgets(line, LINE_MOST, stdin) != NULL)
		if (one_line(line, f, &err) != 0)
			return stop(&err);
	free(line);
	form_free(f);
	words_free(w);
	findings_finish(&findings);
	return fflush(stdout) != 0;
}
