/*
 * form.c - questions about a questionnaire that has been read: look-ups, texts, free-text fields,
 * and how much room a record needs.
 */
#include "forms/form.h"

#include "forms/pool.h"
#include "forms/regions.h"
#include "forms/route.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uloc.h>

void form_free(struct form *f)
{
	if (f == NULL)
		return;
	for (size_t i = 0; i < f->n_sections; i++)
		expression_free(f->sections[i].relevant);
	for (size_t i = 0; i < f->n_questions; i++) {
		expression_free(f->questions[i].relevant);
		expression_free(f->questions[i].constraint);
		expression_free(f->questions[i].choice_filter);
		expression_free(f->questions[i].calculation);
		for (size_t j = 0; j < f->questions[i].n_rows; j++)
			expression_free(f->questions[i].rows[j].relevant);
	}
	regions_free(f->regions);
	pool_free(f->pool);
	free(f);
}

const char *form_text(const struct form_text *t, size_t language)
{
	if (t->in == NULL)
		return "";
	if (t->in[language] != NULL)
		return t->in[language];
	return t->in[0] != NULL ? t->in[0] : "";
}

int form_language(const struct form *f, const char *code)
{
	for (size_t i = 0; i < f->n_languages; i++)
		if (strcmp(f->languages[i], code) == 0)
			return (int)i;
	return -1;
}

bool form_right_to_left(const char *language)
{
	return uloc_isRightToLeft(language);
}

const struct form_question *form_question(const struct form *f, const char *id)
{
	for (size_t i = 0; i < f->n_questions; i++)
		if (*f->questions[i].id == *id && strcmp(f->questions[i].id, id) == 0)
			return &f->questions[i];
	return NULL;
}

const struct form_choice *form_choice(const struct form_question *q, const char *value)
{
	for (size_t i = 0; i < q->n_choices; i++)
		if (*q->choices[i].value == *value && strcmp(q->choices[i].value, value) == 0)
			return &q->choices[i];
	return NULL;
}

size_t form_free_texts(const struct form *f, struct form_free_text *out, size_t cap)
{
	size_t n = 0;

	for (size_t i = 0; i < f->n_questions; i++) {
		const struct form_question *q = &f->questions[i];
		bool comment = q->type == FORM_COMMENT;

		if (!comment && q->type != FORM_TEXT && q->other == NULL)
			continue;
		if (n < cap) {
			out[n].question = q;
			out[n].field = q->other != NULL ? q->other_field : q->id;
			out[n].kind = comment ? RECORD_LONG : RECORD_SHORT;
			out[n].max_length = q->max_length;
		}
		n++;
	}
	return n;
}

/* Bytes of "name":, with quotes, colon and a comma. */
static size_t named(const char *name)
{
	return strlen(name) + 4;
}

static size_t longest_choice(const struct form_question *q)
{
	size_t most = strlen(ANSWER_DECLINED);

	for (size_t i = 0; i < q->n_choices; i++)
		if (strlen(q->choices[i].value) > most)
			most = strlen(q->choices[i].value);
	return most + 3;
}

/* The most bytes a question's answer takes in the core record's JSON. */
static size_t core_room(const struct form_question *q)
{
	size_t room = named(q->id);

	switch (q->type) {
	case FORM_SELECT_ONE:
		return room + longest_choice(q);
	case FORM_SELECT_MULTIPLE:
		room += 3 + strlen(ANSWER_DECLINED) + 3;
		for (size_t i = 0; i < q->n_choices; i++)
			room += strlen(q->choices[i].value) + 3;
		return room;
	case FORM_RANKING:
		return room + 3 + q->ranks * longest_choice(q);
	case FORM_MATRIX:
		room += 3;
		for (size_t i = 0; i < q->n_rows; i++)
			room += named(q->rows[i].id) + longest_choice(q);
		return room;
	case FORM_CALCULATE:
		return room + ROUTE_CALCULATED + 3;
	case FORM_SCALE:
	case FORM_INTEGER:
	case FORM_DECIMAL:
	case FORM_DATE:
	case FORM_COUNTRY:
		return room + FORM_NUMBER_LENGTH + 3;
	case FORM_TEXT:
	case FORM_COMMENT:
	case FORM_NOTE:
		return 0;
	}
	return 0;
}

static size_t longest_region(const struct form *f)
{
	size_t most = 3;

	for (size_t i = 0; f->regions != NULL && i < f->regions->n; i++)
		if (strlen(f->regions->list[i].id) > most)
			most = strlen(f->regions->list[i].id);
	return most;
}

size_t form_capacity(const struct form *f, enum record_kind kind)
{
	static const char core[] = "{\"language\":\"\",\"region\":\"\",\"answers\":{}}";
	static const char text[] = "{\"question\":\"\",\"language\":\"\",\"region\":\"\",\"text\":\"\"}";
	size_t frame = 16 + longest_region(f), most = 0;

	if (kind == RECORD_CORE) {
		for (size_t i = 0; i < f->n_questions; i++)
			most += core_room(&f->questions[i]);
		return sizeof core + frame + most;
	}
	/* 4 bytes a code point; an escape takes 2 bytes for a character of 1 */
	for (size_t i = 0; i < f->n_questions; i++) {
		const struct form_question *q = &f->questions[i];
		enum record_kind own = q->type == FORM_COMMENT ? RECORD_LONG : RECORD_SHORT;
		bool free_text = q->type == FORM_COMMENT || q->type == FORM_TEXT || q->other;
		size_t room = strlen(q->id) + sizeof "/other" + 4 * q->max_length;

		if (free_text && own == kind && room > most)
			most = room;
	}
	return most == 0 ? 0 : sizeof text + frame + most;
}
