/*
 * micro_csv.c - microdata as codes, and the codebook that says what they mean. In: variables. Out:
 * RFC 4180 with a line of names; and plain text. The data are numbers: nothing a spreadsheet runs.
 */
#include "analyzer/micro.h"

#include <string.h>

void micro_csv(struct buf *out, const struct micro *m)
{
	for (size_t k = 0; k < m->n_variables; k++)
		buf_printf(out, "%s%s", k > 0 ? "," : "", m->variables[k].name);
	buf_puts(out, "\r\n");
	for (size_t i = 0; i < m->n; i++) {
		for (size_t k = 0; k < m->n_variables; k++) {
			if (k > 0)
				buf_putc(out, ',');
			micro_put_number(out, m->variables[k].data[i]);
		}
		buf_puts(out, "\r\n");
	}
}

/* Lines of a text, each moved in. */
static void put_lines(struct buf *out, const char *text)
{
	while (*text != '\0') {
		size_t n = strcspn(text, "\n");

		buf_printf(out, "  %.*s\n", (int)n, text);
		text += n + (text[n] == '\n');
	}
}

static void put_variable(struct buf *out, const struct micro_variable *v)
{
	buf_printf(out, "\n%s  %s\n", v->name, v->label);
	if (v->question != NULL)
		buf_printf(out, "  question %s, %s\n", v->question->id,
			form_type_name(v->question->type));
	for (size_t i = 0; i < v->n_values; i++) {
		buf_puts(out, "  ");
		micro_put_number(out, v->values[i].code);
		buf_printf(out, "  %s\n", v->values[i].label);
	}
}

void micro_codebook(struct buf *out, const struct micro *m, const char *title,
	const char *purpose)
{
	buf_printf(out, "%s\n\nPurpose for which these records were made, and for no other:\n", title);
	put_lines(out, purpose);
	buf_printf(out, "\n%zu people. In what others could know of them everybody is like at least "
		"%zu others.\nRecords of people: do not publish them, do not pass them on, delete "
		"them when the purpose\nis met. No free text is in them.\n", m->n, m->k - 1);
	buf_puts(out, "\nWhat was changed\n");
	put_lines(out, m->changes.data != NULL ? m->changes.data : "");
	if (m->n_sets > 0)
		buf_puts(out, "\nSets of 0/1 variables (questions with several answers)\n");
	for (size_t i = 0; i < m->n_sets; i++) {
		const struct micro_set *s = &m->sets[i];

		buf_printf(out, "  %s  %s:", s->name, s->label);
		for (size_t k = s->first; k < s->first + s->n; k++)
			buf_printf(out, " %s", m->variables[k].name);
		buf_putc(out, '\n');
	}
	buf_puts(out, "\nVariables\n");
	for (size_t i = 0; i < m->n_variables; i++)
		put_variable(out, &m->variables[i]);
}
