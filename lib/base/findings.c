/* findings.c - collect many findings, so that people see all that is wrong at once. */
#include "lib/base/findings.h"

#include "lib/base/buf.h"
#include "lib/base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int grow(struct findings *f)
{
	size_t cap = f->cap ? 2 * f->cap : 16;
	struct finding *list;

	if (f->n < f->cap)
		return 0;
	list = reallocarray(f->list, cap, sizeof *list);
	if (list == NULL)
		return -1;
	f->list = list;
	f->cap = cap;
	return 0;
}

/* One line of UTF-8, whatever text it quotes and wherever that was cut. */
static void tidy(char *s)
{
	const char *end = s + strlen(s);

	while (s < end) {
		const char *next = s;

		if (utf8_next(&next, end) < 0)
			*s++ = '?';
		else if ((unsigned char)*s < 0x20 || *s == 0x7f)
			*s++ = '?';
		else
			s += next - s;
	}
}

void findings_add(struct findings *f, enum finding_grade grade, const char *place, const char *fmt,
                  ...)
{
	struct finding *one;
	va_list args;
	int said;

	if (f->failed || grow(f) != 0) {
		f->failed = 1;
		return;
	}
	one = &f->list[f->n];
	one->grade = grade;
	one->place = strdup(place);
	va_start(args, fmt);
	said = vasprintf(&one->text, fmt, args);
	va_end(args);
	if (said < 0)
		one->text = NULL;
	if (one->place == NULL || one->text == NULL) {
		free(one->place);
		free(one->text);
		f->failed = 1;
		return;
	}
	tidy(one->place);
	tidy(one->text);
	f->n++;
}

size_t findings_count(const struct findings *f, enum finding_grade grade)
{
	size_t n = 0;

	for (size_t i = 0; i < f->n; i++)
		n += f->list[i].grade == grade;
	return n;
}

const char *finding_grade_name(enum finding_grade grade)
{
	static const char *const names[] = {"error", "warning", "advice"};

	return names[grade];
}

void findings_finish(struct findings *f)
{
	for (size_t i = 0; i < f->n; i++) {
		free(f->list[i].place);
		free(f->list[i].text);
	}
	free(f->list);
	*f = (struct findings){0};
}
