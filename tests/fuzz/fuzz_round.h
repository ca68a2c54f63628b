/*
 * fuzz_round.h - a round to answer, and what has to hold for answers from anywhere: what the rule
 * book takes, it takes again unchanged, it fits into the records, comes out of them as it went in,
 * and is not set aside when it is analysed.
 */
#ifndef TESTS_FUZZ_FUZZ_ROUND_H
#define TESTS_FUZZ_FUZZ_ROUND_H

#include "analyzer/open_check.h"
#include "collector/submit.h"
#include "forms/accept.h"
#include "tests/fuzz/fuzz.h"
#include "tests/unit/collector/fixture.h"

enum { FUZZ_SEALED = 4 }; /* rows of an input that are sealed */

/* The sample questionnaire's round; its folder is gone again. */
static inline const struct fixture *fuzz_round(void)
{
	static struct fixture f;
	char command[128];

	if (f.round.form == NULL) {
		fixture_init(&f, "region", true);
		snprintf(command, sizeof command, "rm -rf '%s'", f.folder);
		assert(system(command) == 0);
	}
	return &f;
}

/* The core record says what `a`, which the sealing reduced, says. */
static inline void fuzz_open_core(const struct fixture *f, const struct buf *plain,
                                  const struct answers *a)
{
	const uint8_t *json = (const uint8_t *)plain->data + RECORD_HEADER;
	struct answers *again = NULL;
	struct open_check found;
	struct err err;

	assert(encode_read_core(&again, plain->data, plain->len, f->round.digest, &err) == 0);
	assert(answers_equal(a, again));
	assert(open_check_core(again, json, plain->len - RECORD_HEADER, f->round.form, &found,
		&err) == 0 && !found.tidied);
	answers_free(again);
}

static inline void fuzz_open_text(const struct fixture *f, const struct buf *plain,
                                  enum record_kind kind)
{
	struct open_check found;
	struct record_text t;
	struct err err;

	assert(encode_read_text(&t, kind, plain->data, plain->len, f->round.digest, &err) == 0);
	assert(open_check_text(&t, kind, f->round.form, &found) == 0);
	record_text_finish(&t);
}

static inline void fuzz_seal(const struct fixture *f, struct answers *a)
{
	static const uint8_t number[STORE_NUMBER];
	const struct store_shape *shape = &f->round.shape;
	struct submit submit;
	struct err err;

	assert(submit_seal(&submit, a, number, &f->round, &err) == 0);
	for (enum record_kind kind = RECORD_CORE; kind < RECORD_KINDS; kind++)
		for (size_t i = 0; i < shape->each[kind]; i++) {
			size_t n = shape->size[kind];
			struct buf plain = {0};

			fixture_open(&plain, f, submit.sealed.records[kind] + i * n, n);
			if (kind == RECORD_CORE)
				fuzz_open_core(f, &plain, a);
			else
				fuzz_open_text(f, &plain, kind);
			buf_finish(&plain);
		}
	submit_finish(&submit);
}

/* Check them; if they are taken, check again and (it is slow) `seal` them. Returns whether. */
static inline bool fuzz_answers(struct answers *a, bool seal)
{
	const struct fixture *f = fuzz_round();
	struct accept_report report = {0};
	struct buf first = {0}, second = {0};
	struct err err;
	int status;

	if (a->language[0] == '\0')
		assert(answers_set_language(a, f->round.form->languages[0], &err) == 0);
	status = accept_answers(a, f->round.form, &report, &err);
	assert(status >= 0 && (status == 0) == (report.n == 0));
	if (status == 0) {
		encode_json(&first, a);
		assert(accept_answers(a, f->round.form, &report, &err) == 0);
		encode_json(&second, a);
		assert(first.len == second.len && memcmp(first.data, second.data, first.len) == 0);
		if (seal)
			fuzz_seal(f, a);
	}
	accept_report_finish(&report);
	buf_finish(&first);
	buf_finish(&second);
	return status == 0;
}

#endif
