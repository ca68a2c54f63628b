/*
 * fuzz_open.c - what anybody may have sealed: the JSON of a core or text record. What is not set
 * aside is an answer to the questionnaire, and checking it again changes nothing.
 */
#include "tests/fuzz/fuzz_round.h"

static void plain(struct buf *out, enum record_kind kind, const uint8_t *json, size_t n)
{
	const char head[] = {RECORD_VERSION, (char)kind};

	buf_put(out, head, sizeof head);
	buf_put(out, fuzz_round()->round.digest, RECORD_DIGEST);
	buf_put(out, json, n);
	buf_putc(out, (char)0x80);
	assert(!out->failed);
}

static bool open_core(const struct buf *record, const struct round *r)
{
	struct open_check found;
	struct answers *a = NULL;
	struct buf json = {0};
	struct err err;
	bool counts = false;

	if (encode_read_core(&a, record->data, record->len, r->digest, &err) != 0)
		return false;
	if (open_check_core(a, (const uint8_t *)record->data + RECORD_HEADER,
		    record->len - RECORD_HEADER, r->form, &found, &err) == 0) {
		counts = true;
		encode_json(&json, a);
		assert(!json.failed);
		assert(open_check_core(a, (const uint8_t *)json.data, json.len, r->form, &found,
			&err) == 0 && !found.tidied);
	} else {
		assert(found.fault < OPEN_FAULTS && found.fault >= OPEN_PLACE);
	}
	buf_finish(&json);
	answers_free(a);
	return counts;
}

static bool open_text(const struct buf *record, enum record_kind kind, const struct round *r)
{
	struct open_check found;
	struct record_text t;
	struct err err;
	bool counts;

	if (encode_read_text(&t, kind, record->data, record->len, r->digest, &err) != 0)
		return false;
	counts = open_check_text(&t, kind, r->form, &found) == 0;
	record_text_finish(&t);
	return counts;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const struct round *r = &fuzz_round()->round;

	fuzz_taken = false;
	for (enum record_kind kind = RECORD_CORE; kind < RECORD_KINDS; kind++) {
		struct buf record = {0};

		plain(&record, kind, data, n);
		fuzz_taken |= kind == RECORD_CORE ? open_core(&record, r)
		                                  : open_text(&record, kind, r);
		buf_finish(&record);
	}
	return 0;
}
