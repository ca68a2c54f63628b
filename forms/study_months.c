/*
 * study_months.c - member "rounds" of study.json enters, the months of a round leave. A report that
 * is made again after the next round has to say what it said: so each round can have its own.
 */
#include "forms/study_months.h"

#include "forms/study.h"
#include "forms/study_released.h"
#include "lib/base/buf.h"
#include "lib/base/suggest.h"

#include <stdlib.h>
#include <string.h>

static const char *const names[] = {"field_start", "field_end", "published"};

enum { NAMES = sizeof names / sizeof *names };

/* "2020-09" */
static bool is_month(const char *s)
{
	static const char digits[] = "0123456789";

	return strlen(s) == 7 && strspn(s, digits) == 4 && s[4] == '-' &&
	       strspn(s + 5, digits) == 2 && strcmp(s + 5, "01") >= 0 && strcmp(s + 5, "12") <= 0;
}

int study_months_read_one(char **out, const struct json *v, const char *name, struct err *err)
{
	const struct json *m = json_get(v, name);
	const char *month = json_string(m);

	if (m == NULL || (month != NULL && month[0] == '\0'))
		return 0;
	if (month == NULL || !is_month(month))
		return err_set(err, ERR_INPUT, "%s: not a month: write it like \"2026-05\"", name);
	*out = strdup(month);
	return *out != NULL ? 0 : err_nomem(err);
}

int study_months_order(const char *start, const char *end, struct err *err)
{
	if (start != NULL && end != NULL && strcmp(start, end) > 0)
		return err_set(err, ERR_INPUT, "field_start: %s is after field_end, %s", start,
			end);
	return 0;
}

static int check_names(const struct json *v, struct err *err)
{
	for (const struct json *m = json_first(v); m != NULL; m = json_next(m)) {
		struct suggest s = {.word = json_name(m)};
		char meant[128];
		size_t i = 0;

		while (i < NAMES && strcmp(names[i], json_name(m)) != 0)
			suggest_try(&s, names[i++]);
		if (i == NAMES)
			return err_set(err, ERR_INPUT, "unknown member \"%s\"%s", json_name(m),
				suggest_words(meant, &s));
	}
	return 0;
}

static int read_round(struct study_months *out, const struct json *v, struct err *err)
{
	if (!study_round_valid(json_name(v)))
		return err_set(err, ERR_INPUT, "not a name of a round");
	if (json_type(v) != JSON_OBJECT)
		return err_set(err, ERR_INPUT, "must be an object");
	if (check_names(v, err) != 0 ||
	    study_months_read_one(&out->start, v, "field_start", err) != 0 ||
	    study_months_read_one(&out->end, v, "field_end", err) != 0 ||
	    study_months_read_one(&out->published, v, "published", err) != 0)
		return -1;
	return study_months_order(out->start, out->end, err);
}

int study_months_read(struct study_months **out, const struct json *study, struct err *err)
{
	const struct json *rounds = json_get(study, "rounds");
	size_t n = 0;

	*out = calloc(json_count(rounds) + 1, sizeof **out);
	if (*out == NULL)
		return err_nomem(err);
	if (rounds != NULL && json_type(rounds) != JSON_OBJECT)
		return err_set(err, ERR_INPUT, "rounds: must be an object");
	for (const struct json *r = json_first(rounds); r != NULL; r = json_next(r), n++) {
		(*out)[n].round = strdup(json_name(r));
		if ((*out)[n].round == NULL)
			return err_nomem(err);
		if (read_round(&(*out)[n], r, err) != 0) {
			err_prefix(err, "rounds: %s", json_name(r));
			return -1;
		}
	}
	return 0;
}

void study_months_free(struct study_months *list)
{
	for (struct study_months *m = list; m != NULL && m->round != NULL; m++) {
		free(m->round);
		free(m->start);
		free(m->end);
		free(m->published);
	}
	free(list);
}

/* What "rounds" says of a round, or NULL. */
static const struct study_months *find(const struct study *s, const char *round)
{
	for (const struct study_months *m = s->rounds; m != NULL && m->round != NULL; m++)
		if (round != NULL && strcmp(m->round, round) == 0)
			return m;
	return NULL;
}

struct study_months study_months_of(const struct study *s, const char *round)
{
	const struct study_months *own = find(s, round);
	struct study_months m = {.start = s->field_start, .end = s->field_end,
	                         .published = s->report.published};

	if (own != NULL && (own->start != NULL || own->end != NULL)) {
		m.start = own->start;
		m.end = own->end;
	}
	if (own != NULL && own->published != NULL)
		m.published = own->published;
	return m;
}

void study_months_missing(struct findings *f, enum finding_grade grade, const struct study *s,
                          const char *round)
{
	struct study_months m = study_months_of(s, round);
	bool named = round != NULL && s->rounds != NULL && s->rounds->round != NULL;

	if (m.start != NULL && m.end != NULL)
		return;
	findings_add(f, grade,
		m.start != NULL ? "field_end"
		: m.end != NULL ? "field_start"
				: "field_start, field_end",
		"not in study.json%s%s: reports cannot say when people were asked",
		named ? " for the round " : "", named ? round : "");
}

void study_months_shared(struct findings *f, enum finding_grade grade, const struct study *s)
{
	struct study_released *released = NULL;
	struct buf place = {0};
	struct err err;
	size_t field = 0, published = 0;

	if (study_released(&released, s, &err) != 0) {
		f->failed = 1;
		return;
	}
	for (const struct study_released *r = released; r->round[0] != '\0'; r++) {
		const struct study_months *own = find(s, r->round);

		field += own == NULL || (own->start == NULL && own->end == NULL);
		published += own == NULL || own->published == NULL;
	}
	free(released);
	if (field > 1 && (s->field_start != NULL || s->field_end != NULL))
		buf_puts(&place, "field_start, field_end");
	if (published > 1 && s->report.published != NULL)
		buf_printf(&place, "%spublished", place.len > 0 ? ", " : "");
	if (place.len > 0 && !place.failed)
		findings_add(f, grade, place.data,
			"are the same for every round: write them in \"rounds\"");
	f->failed |= place.failed;
	buf_finish(&place);
}
