/*
 * test_store_audit.c - the audit of a store: what a seizer can count is counted right,
 	a store as it
 * must be raises no alarm, and everything that was left in one does.
 */
#include "lib/record/store_audit_bytes.h"
#include "lib/record/store_row.h"
#include "tests/unit/record/store_fixture.h"

#include <sqlite3.h>

enum { PEOPLE = 30, ROOM = 64 };

/* --- bytes --- */

static const char arabic[] = "\xd9\x87\xd8\xb0\xd8\xa7 \xd9\x86\xd8\xb5 "
	"\xd9\x82\xd8\xb5\xd9\x8a\xd8\xb1 \xd9\x84\xd8\xa7 \xd9\x8a\xd8\xac\xd9\x88\xd8\xb2 "
	"\xd8\xa3\xd9\x86 \xd9\x8a\xd9\x88\xd8\xac\xd8\xaf";

/* What is written over random bytes, and what has to be seen. */
static const struct {
	const char *label, *over;
	size_t at, n;
	bool text, repeat;
} written[] = {
	{"nothing", "", 0, 0, false, false},
	{"text at the start", "nobody must ever find this sentence in a store of answers", 0, 57,
		true, false},
	{"text at the end", "nobody must ever find this sentence in a store of answers", 743, 57,
		true, false},
	{"Arabic", arabic, 300, sizeof arabic - 1, true, false},
	{"JSON over lines",
		"{\"gender\":\"woman\",\n\t\"used\":[\"a\",\"b\"],\r\n\"where\":\"home\"}", 100,
		54, true, false},
	{"eleven zeros", "\0\0\0\0\0\0\0\0\0\0", 100, 11, false, false},
	{"twelve zeros", "\0\0\0\0\0\0\0\0\0\0\0", 100, 12, false, true},
	{"twelve of another byte", "\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa", 788, 12,
		false, true},
};

static void test_runs(void **state)
{
	uint8_t bytes[800];

	(void)state;
	for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
		randombytes_buf(bytes, sizeof bytes);
		/* so that chance makes nothing longer */
		bytes[written[i].at > 0 ? written[i].at - 1 : 799] = 0x80;
		if (written[i].at + written[i].n < sizeof bytes)
			bytes[written[i].at + written[i].n] = 0x80;
		memcpy(bytes + written[i].at, written[i].over, written[i].n);
		if (store_audit_bytes_text(bytes, sizeof bytes) != written[i].text ||
		    store_audit_bytes_repeat(bytes, sizeof bytes) != written[i].repeat)
			fail_msg("%s", written[i].label);
	}
	assert_false(store_audit_bytes_text(bytes, 0));
	assert_false(store_audit_bytes_repeat(bytes, 0));
}

static bool even(const uint8_t *bytes, size_t n)
{
	struct store_audit_tally tally = {0};

	store_audit_bytes_add(&tally, bytes, n);
	return store_audit_bytes_even(&tally);
}

/* No false alarm in many rows of every size; and what is not random is seen. */
static void test_even(void **state)
{
	static const size_t sizes[] = {1, 63, 64, 200, 617, 1279, 1280, 3263, 8000};
	uint8_t bytes[8000];

	(void)state;
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
		for (int round = 0; round < 3000; round++) {
			randombytes_buf(bytes, sizes[i]);
			if (!even(bytes, sizes[i]))
				fail_msg("%zu random bytes", sizes[i]);
		}
	for (size_t i = 3; i < sizeof sizes / sizeof *sizes; i++) {
		size_t n = sizes[i];

		for (size_t k = 0; k < n; k++)
			bytes[k] = (uint8_t)("etaoin shrdlu"[k % 13]);
		if (even(bytes, n))
			fail_msg("%zu bytes of text", n);
		for (size_t k = 0; k < n; k++)
			bytes[k] = (uint8_t)(k % 2 == 0 ? randombytes_random() : 0);
		if (even(bytes, n))
			fail_msg("%zu bytes, every other one zero", n);
	}
	/* only the bytes, not their halves, give this away */
	for (size_t k = 0; k < sizeof bytes; k++)
		bytes[k] = (uint8_t)(17 * randombytes_uniform(16));
	assert_false(even(bytes, sizeof bytes));
}

/* --- stores --- */

static void assert_clean(const struct store_audit *a)
{
	assert_true(a->blurred);
	assert_false(a->incomplete || a->skewed);
	assert_int_equal(a->odd_used + a->odd_free + a->readable + a->alike + a->slack, 0);
}

static void test_clean(void **state)
{
	struct fixture *f = *state;
	struct sample *m = samples_create(f, PEOPLE);
	struct store *s = fixture_store(f, ROOM);
	struct store_audit open, idle;
	struct stat about;
	struct err err;

	put_group(s, m, PEOPLE);
	OK(store_audit(&open, s, &err));
	assert_clean(&open);
	assert_false(open.closed);
	for (int k = 0; k < RECORD_KINDS; k++) {
		assert_int_equal(open.rows[k], ROOM * f->shape.each[k]);
		assert_int_equal(open.used[k], PEOPLE * f->shape.each[k]);
		assert_int_equal(open.size[k], f->shape.size[k] + 32);
	}
	assert_int_equal(stat(f->path, &about), 0);
	assert_int_equal(open.bytes, about.st_size);
	/* nobody else can look meanwhile */
	assert_int_equal(store_audit_file(&idle, f->path, &f->shape, &err), -1);
	assert_non_null(strstr(err.msg, "in use"));
	/* and it takes submissions afterwards */
	assert_int_equal(put_group(s, m, PEOPLE), PEOPLE);
	store_free(s);
	OK(store_audit_file(&idle, f->path, &f->shape, &err));
	assert_memory_equal(&idle, &open, sizeof idle);

	s = fixture_open(f);
	OK(store_withdraw(s, m[0].sub.receipt, &(bool){false}, &err));
	OK(store_grow(s, 2 * ROOM, &err));
	OK(store_audit(&open, s, &err));
	assert_clean(&open);
	assert_int_equal(open.used[RECORD_CORE], PEOPLE - 1);
	assert_int_equal(open.rows[RECORD_CORE], 2 * ROOM);
	OK(store_close_round(s, &err));
	OK(store_audit(&open, s, &err));
	assert_clean(&open);
	assert_true(open.closed);
	assert_int_equal(open.rows[RECORD_SHORT], 3 * (PEOPLE - 1));
	store_free(s);
	OK(store_audit_file(&idle, f->path, &f->shape, &err));
	assert_memory_equal(&idle, &open, sizeof idle);
	samples_free(m, PEOPLE);
}

/* A questionnaire without free texts; rows that run over several pages; trees of three levels. */
static void test_shapes(void **state)
{
	static const struct {
		size_t capacity, rows;
	} shapes[] = {{300, 50}, {9000, 50}, {40000, 50}, {7000, 4800}};
	struct fixture *f = *state;
	struct store_audit a;
	struct err err;

	f->shape.each[RECORD_SHORT] = f->shape.each[RECORD_LONG] = 0;
	f->shape.size[RECORD_SHORT] = f->shape.size[RECORD_LONG] = 0;
	for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
		f->shape.size[RECORD_CORE] = encode_size(shapes[i].capacity) + SEAL_OVERHEAD;
		OK(store_create(f->path, &f->shape, shapes[i].rows, &err));
		OK(store_audit_file(&a, f->path, &f->shape, &err));
		assert_clean(&a);
		assert_int_equal(a.rows[RECORD_CORE], shapes[i].rows);
		assert_int_equal(a.rows[RECORD_SHORT] + a.size[RECORD_SHORT], 0);
		assert_int_equal(unlink(f->path), 0);
	}
}

/* --- faults --- */

struct fault {
	const char *label, *sql;
	bool (*seen)(const struct store_audit *a);
};

static bool odd_free(const struct store_audit *a)
{
	return a->odd_free == 1 && a->odd_used == 0;
}

static bool readable_free(const struct store_audit *a)
{
	return a->odd_free == 1 && a->readable == 1;
}

static bool odd_used(const struct store_audit *a)
{
	return a->odd_used == 1 && a->odd_free == 0;
}

static bool alike(const struct store_audit *a)
{
	return a->alike == 3 && a->odd_free == 0;
}

static bool skewed(const struct store_audit *a)
{
	return a->skewed && a->odd_free == 0;
}

static bool incomplete(const struct store_audit *a)
{
	return a->incomplete;
}

/* SQL over a store with one submission, whose rows are freed or found by way of `used`. */
static const struct fault faults[] = {
	{"bad-a free row of zeros", "UPDATE core SET r = zeroblob(length(r)) WHERE slot = "
		"(SELECT min(slot) FROM core WHERE NOT used(r, 0))", odd_free},
	{"bad-an answer in a free row", "UPDATE long SET r = over(r, "
		"'{\"language\":\"en\",\"answers\":"
		"{\"gender\":\"woman\",\"used\":[\"a\",\"b\"]}}') WHERE slot = "
		"(SELECT min(slot) FROM long WHERE NOT used(r, 2))", readable_free},
	{"bad-a record that was not sealed", "UPDATE core SET r = filled(r) WHERE used(r, 0)",
		odd_used},
	{"bad-rows that repeat", "UPDATE short SET r = (SELECT r FROM short WHERE NOT used(r, 1) "
		"LIMIT 1) WHERE slot IN (SELECT slot FROM short WHERE NOT used(r, 1) LIMIT 4)",
		alike},
	{"bad-a poor random generator",
		"UPDATE core SET r = poor(r) WHERE NOT used(r, 0); "
		"UPDATE long SET r = poor(r) WHERE NOT used(r, 2)", skewed},
	{"bad-part of a submission", "UPDATE long SET r = randomblob(length(r)) WHERE used(r, 2)",
		incomplete},
};

/* used(row, kind): is its tag right? */
static void sql_used(sqlite3_context *c, int n, sqlite3_value **v)
{
	(void)n;
	sqlite3_result_int(c, store_row_used(sqlite3_value_blob(v[0]),
		(size_t)sqlite3_value_bytes(v[0]), (enum record_kind)sqlite3_value_int(v[1])));
}

/* filled(row): a core record of the same byte throughout, with a right tag. */
static void sql_filled(sqlite3_context *c, int n, sqlite3_value **v)
{
	size_t size = (size_t)sqlite3_value_bytes(v[0]);
	uint8_t *row = malloc(size);

	(void)n;
	memcpy(row, sqlite3_value_blob(v[0]), size);
	for (size_t i = STORE_ROW_KEY + 64; i < size; i++)
		row[i] &= 0x7f;
	store_row_tag(row, size, RECORD_CORE);
	sqlite3_result_blob(c, row, (int)size, free);
}

/* over(row, text): the row with a text in its middle. */
static void sql_over(sqlite3_context *c, int n, sqlite3_value **v)
{
	size_t size = (size_t)sqlite3_value_bytes(v[0]);
	uint8_t *row = malloc(size);

	(void)n;
	memcpy(row, sqlite3_value_blob(v[0]), size);
	memcpy(row + size / 2, sqlite3_value_blob(v[1]), (size_t)sqlite3_value_bytes(v[1]));
	sqlite3_result_blob(c, row, (int)size, free);
}

/* poor(row): random, but one of the 256 values is missing: too few bytes of one row show it. */
static void sql_poor(sqlite3_context *c, int n, sqlite3_value **v)
{
	size_t size = (size_t)sqlite3_value_bytes(v[0]);
	uint8_t *row = malloc(size);

	(void)n;
	randombytes_buf(row, size);
	for (size_t i = 0; i < size; i++)
		if (row[i] == 0xff)
			row[i] = 0xfe;
	sqlite3_result_blob(c, row, (int)size, free);
}

static void run_sql(const struct fixture *f, const struct fault *fault)
{
	sqlite3 *db;
	char *why = NULL;

	assert_int_equal(sqlite3_open(f->path, &db), SQLITE_OK);
	sqlite3_create_function(db, "used", 2, SQLITE_UTF8, NULL, sql_used, NULL, NULL);
	sqlite3_create_function(db, "filled", 1, SQLITE_UTF8, NULL, sql_filled, NULL, NULL);
	sqlite3_create_function(db, "over", 2, SQLITE_UTF8, NULL, sql_over, NULL, NULL);
	sqlite3_create_function(db, "poor", 1, SQLITE_UTF8, NULL, sql_poor, NULL, NULL);
	if (sqlite3_exec(db, fault->sql, NULL, NULL, &why) != SQLITE_OK)
		fail_msg("%s: %s", fault->label, why);
	sqlite3_close(db);
}

static void test_faults(void **state)
{
	struct fixture *f = *state;
	struct sample *m = samples_create(f, 1);
	struct store_audit a;
	struct store *s;
	struct err err;

	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
		s = fixture_store(f, 200);
		put_group(s, m, 1);
		store_free(s);
		run_sql(f, &faults[i]);
		OK(store_audit_file(&a, f->path, &f->shape, &err));
		if (!faults[i].seen(&a))
			fail_msg("%s: odd %llu used %llu free, readable %llu, "
				"alike %llu, slack %llu",
				faults[i].label, (unsigned long long)a.odd_used,
				(unsigned long long)a.odd_free, (unsigned long long)a.readable,
				(unsigned long long)a.alike, (unsigned long long)a.slack);
		/* the time of another program's writing stands there */
		assert_false(a.blurred);
		assert_int_equal(unlink(f->path), 0);
	}
	samples_free(m, 1);
}

/* Set one byte of the file, audit it, and set it back. */
static uint64_t slack_with(const struct fixture *f, struct buf *bytes, size_t at)
{
	struct store_audit a;
	struct err err;

	assert_int_equal(bytes->data[at], 0);
	bytes->data[at] = 'x';
	OK(file_replace(f->path, bytes->data, bytes->len, 0600, &err));
	OK(store_audit_file(&a, f->path, &f->shape, &err));
	bytes->data[at] = 0;
	return a.slack;
}

/* Bytes between the rows, and behind the end of a row in the last page of its own. */
static void test_slack(void **state)
{
	struct fixture *f = *state;
	size_t leaves = 0, tails = 0;
	struct buf bytes;
	struct err err;

	/* not as the program chooses sizes: a page of its own, that is not filled, for each row */
	f->shape.size[RECORD_CORE] = 17000;
	OK(store_create(f->path, &f->shape, 20, &err));
	bytes = read_bytes(f->path);
	assert_int_equal(slack_with(f, &bytes, 72), 0); /* a field of SQLite's header */
	for (size_t page = 1; page < bytes.len / STORE_PAGE; page++) {
		const uint8_t *at = (const uint8_t *)bytes.data + page * STORE_PAGE;
		size_t start = (size_t)(at - (const uint8_t *)bytes.data);

		if (*at == 13 && leaves++ == 0)
			assert_int_equal(slack_with(f, &bytes, start + 100), 1);
		if (*at == 0 && at[STORE_PAGE - 1] == 0 && tails++ == 0)
			assert_int_equal(slack_with(f, &bytes, start + STORE_PAGE - 1), 1);
	}
	assert_true(leaves > 0 && tails > 0);
	buf_finish(&bytes);
}

static void test_refusals(void **state)
{
	struct fixture *f = *state;
	struct store_shape other = f->shape;
	struct store_audit a;
	struct err err;

	assert_int_equal(store_audit_file(&a, f->path, &f->shape, &err), -1);
	assert_int_equal(err.code, ERR_IO);
	OK(store_create(f->path, &f->shape, 5, &err));
	other.key[3] ^= 1;
	assert_int_equal(store_audit_file(&a, f->path, &other, &err), -1);
	assert_non_null(strstr(err.msg, "another public key"));
	assert_int_equal(truncate(f->path, STORE_PAGE), 0);
	assert_int_equal(store_audit_file(&a, f->path, &f->shape, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_runs),
		cmocka_unit_test(test_even),
		cmocka_unit_test_setup_teardown(test_clean, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_shapes, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_faults, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_slack, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_refusals, fixture_setup, fixture_teardown),
	};

	if (sodium_init() < 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
