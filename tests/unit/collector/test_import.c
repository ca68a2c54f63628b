/* test_import.c - files of answers: good rows are stored once, bad ones are named. */
#include "collector/import.h"

#include "tests/unit/collector/fixture.h"

#define ID "00112233445566778899aabbccddeeff"

static const struct {
	const char *label, *name, *text;
	size_t stored, refused;
	const char *first; /* the first refusal, behind the file's path; NULL: none */
	const char *fault; /* part of what ends the import; NULL: nothing does */
} cases[] = {
	{"line", "a.jsonl", "{\"answers\":{\"well\":\"yes\"}}\n", 1, 0, NULL, NULL},
	{"two lines without the last end", "a.jsonl",
	 "{\"answers\":{\"well\":\"yes\"}}\n{\"answers\":{\"well\":\"yes\"}}", 2, 0, NULL, NULL},
	{"every shape", "a.jsonl",
	 "{\"id\":\"" ID "\",\"language\":\"fr\",\"answers\":{\"country\":\"FR\",\"well\":\"no\","
	 "\"used\":[\"a\",\"other\"],\"used/other\":\"x\",\"access\":{\"nsp\":\"a\"},"
	 "\"happy\":7,\"best\":[\"c\",\"a\"],\"days\":3,\"since\":\"2020-04\"}}\n",
	 1, 0, NULL, NULL},
	{"rows by their fields", "a.jsonl", "{\"answers\":{\"access/nsp\":\"a\"}}\n", 1, 0, NULL, NULL},
	{"blank lines", "a.jsonl", "\n \r\n{\"answers\":{}}\n\n", 1, 0, NULL, NULL},
	{"a region", "a.jsonl", "{\"region\":\"150\",\"answers\":{}}\n", 1, 0, NULL, NULL},
	{"the same id twice", "a.jsonl",
	 "{\"id\":\"" ID "\",\"answers\":{}}\n{\"id\":\"" ID "\",\"answers\":{}}\n", 1, 0, NULL, NULL},
	{"bad-choice", "a.jsonl", "{\"answers\":{}}\n{\"answers\":{\"well\":\"maybe\"}}\n", 1, 1,
	 ": line 2: well: no such choice", NULL},
	{"bad-several faults", "a.jsonl", "{\"answers\":{\"well\":\"maybe\",\"happy\":\"11\"}}\n", 0, 1,
	 ": line 1: well: no such choice (and 1 more)", NULL},
	{"bad-row", "a.jsonl", "{\"answers\":{\"access\":{\"nsp\":\"zz\"}}}\n", 0, 1,
	 ": line 1: access/nsp: no such choice", NULL},
	{"bad-field", "a.jsonl", "{\"answers\":{\"nope\":\"x\"}}\n", 0, 1,
	 ": line 1: nope: no such question", NULL},
	{"bad-name", "a.jsonl", "{\"answers\":{\"No, never\":\"x\"}}\n", 0, 1,
	 ": line 1: a name that is not a question's", NULL},
	{"bad-value", "a.jsonl", "{\"answers\":{\"well\":true}}\n", 0, 1,
	 ": line 1: well: must be a string, a number, or a list of strings", NULL},
	{"bad-too long", "a.jsonl", "{\"answers\":{\"well\":\"no\",\"word\":\"secret\"}}\n", 0, 1,
	 ": line 1: word: too long", NULL},
	{"bad-json", "a.jsonl", "{\"answers\":\n{\"answers\":{}}\n", 1, 1, ": line 1: not JSON", NULL},
	{"bad-member", "a.jsonl", "{\"answers\":{},\"ip\":\"x\"}\n", 0, 1,
	 ": line 1: a member that is not known", NULL},
	{"bad-no answers", "a.jsonl", "[]\n", 0, 1,
	 ": line 1: must be an object with \"answers\"", NULL},
	{"bad-id", "a.jsonl", "{\"id\":\"12\",\"answers\":{}}\n", 0, 1,
	 ": line 1: id: must be 32 hexadecimal digits", NULL},
	{"bad-language", "a.jsonl", "{\"language\":\"xx\",\"answers\":{}}\n", 0, 1,
	 ": line 1: language: is not one of the survey", NULL},
	{"bad-region", "a.jsonl", "{\"region\":\"999\",\"answers\":{}}\n", 0, 1,
	 ": line 1: region: is not one of the survey", NULL},

	{"csv", "a.csv", "well,used,access/nsp\nyes,a b,c\nno,,\n", 2, 0, NULL, NULL},
	{"csv quoted", "a.csv",
	 "id,language,well,days,say,used,used/other\r\n" ID ",fr,no,9,\"a, \"\"b\"\"\r\nc\",other,\"x\"\r\n",
	 1, 0, NULL, NULL},
	{"csv with a byte order mark", "a.csv", "\xEF\xBB\xBFwell\nyes\n", 1, 0, NULL, NULL},
	{"csv blank lines", "a.csv", "well\n\nyes\n\n", 1, 0, NULL, NULL},
	{"csv ranking", "a.csv", "best\nc a\n", 1, 0, NULL, NULL},
	{"bad-csv choice", "a.csv", "well\nyes\nmaybe\n", 1, 1, ": line 3: well: no such choice", NULL},
	{"bad-csv cells", "a.csv", "well,used\nyes\n", 0, 1,
	 ": line 2: 1 cells where the header has 2", NULL},
	{"bad-csv line behind a long record", "a.csv", "say\n\"a\nb\"\nx,y\n", 1, 1,
	 ": line 4: 2 cells where the header has 1", NULL},
	{"bad-alike, one behind another", "a.jsonl",
	 "{\"answers\":{\"well\":\"maybe\"}}\n{\"answers\":{\"well\":\"never\"}}\n\n"
	 "{\"answers\":{\"well\":\"soon\"}}\n{\"answers\":{\"happy\":\"11\"}}\n", 0, 4,
	 ": lines 1 to 4 (3 rows): well: no such choice", NULL},
	{"bad-alike, a good one between", "a.csv", "well\nmaybe\nyes\nnever\n", 1, 2,
	 ": line 2: well: no such choice", NULL},
	{"bad-made up", "a.jsonl",
	 "{\"simulated\":true,\"answers\":{}}\n{\"simulated\":true,\"answers\":{}}\n", 0, 2,
	 ": lines 1 to 2 (2 rows): made up by survey-form simulate: only a study that is a "
	 "demonstration takes it: set \"demonstration\": true in study.json before the keys of the "
	 "round are made", NULL},
	{"bad-csv quote", "a.csv", "well\ny\"es\"\n", 0, 1,
	 ": line 2: a quotation mark inside a cell that is not quoted", NULL},
	{"bad-csv open quote", "a.csv", "well\n\"yes\n", 0, 1,
	 ": line 2: a quotation mark is not closed", NULL},
	{"bad-csv column", "a.csv", "well,nope\nyes,1\n", 0, 0, NULL,
	 "column 2 is not a field of the questionnaire"},
	{"bad-csv column twice", "a.csv", "well,well\nyes,no\n", 0, 0, NULL, "column 2 stands twice"},
	{"bad-csv matrix without row", "a.csv", "access\na\n", 0, 0, NULL, "column 1 is not a field"},
	{"bad-csv empty", "a.csv", "", 0, 0, NULL, "is empty"},
	{"bad-name of the file", "a.txt", "well\nyes\n", 0, 0, NULL, "must end in .jsonl, .csv or .sealed"},
};

/* What was refused. */
struct refusals {
	char first[512];
	size_t n;
};

static void refused(void *ctx, const char *line)
{
	struct refusals *r = ctx;

	if (r->n++ == 0)
		snprintf(r->first, sizeof r->first, "%s", line);
}

static int import(struct fixture *f, const char *name, struct import_counts *counts,
                  struct refusals *r, struct err *err)
{
	struct operate *o;
	char *path = file_join(f->folder, name, err);
	int status;

	*r = (struct refusals){0};
	if (operate_open(&o, &f->round, err) != 0)
		fail_msg("%s", err->msg);
	status = import_file(counts, path, &f->round, o, refused, r, err);
	operate_free(o);
	if (strncmp(r->first, path, strlen(path)) == 0)
		memmove(r->first, r->first + strlen(path), strlen(r->first + strlen(path)) + 1);
	free(path);
	return status;
}

static void check_case(size_t i)
{
	const char *label = cases[i].label;
	struct import_counts counts, again;
	struct refusals r;
	struct fixture f;
	struct err err = {0};
	int status;

	fixture_init(&f, "region", false);
	write_file(f.folder, cases[i].name, cases[i].text, strlen(cases[i].text));
	status = import(&f, cases[i].name, &counts, &r, &err);
	if (cases[i].fault != NULL)
		CHECK(status != 0 && strstr(err.msg, cases[i].fault) != NULL, label);
	else
		CHECK(status == 0, label);
	if (counts.stored != cases[i].stored || counts.refused != cases[i].refused)
		fail_msg("%s: %zu stored, %zu refused; %s", label, counts.stored, counts.refused,
			r.first);
	CHECK(r.n <= counts.refused && (r.n > 0) == (counts.refused > 0), label);
	if (cases[i].first != NULL && strcmp(r.first, cases[i].first) != 0)
		fail_msg("%s: %s", label, r.first);
	if (cases[i].fault == NULL) {
		CHECK(import(&f, cases[i].name, &again, &r, &err) == 0, label);
		/* only rows with an id are known: nothing that can be guessed names a row */
		if (strstr(cases[i].text, ID) != NULL)
			CHECK(again.stored == 0 && again.known == counts.stored + counts.known,
				label);
		else
			CHECK(again.stored == counts.stored && again.known == 0, label);
	}
	fixture_finish(&f);
}

static void test_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		check_case(i);
}

/* More than a group, more than the store has room for at first; then closed. */
static void test_many(void **state)
{
	struct import_counts counts;
	struct buf text = {0};
	uint64_t n = 1;
	struct refusals r;
	struct operate *o;
	struct fixture f;
	struct err err;

	(void)state;
	fixture_init(&f, "region", false);
	assert_int_equal(operate_open(&o, &f.round, &err), 0);
	assert_int_equal(operate_count(&n, o, &err), 0);
	assert_int_equal(n, 0);
	operate_free(o);
	buf_puts(&text, "days,well\n");
	for (int i = 0; i < 1500; i++)
		buf_printf(&text, "%d,no\n", i % 32);
	write_file(f.folder, "many.csv", text.data, text.len);
	assert_int_equal(import(&f, "many.csv", &counts, &r, &err), 0);
	assert_int_equal(counts.stored, 1500);
	assert_int_equal(operate_open(&o, &f.round, &err), 0);
	assert_int_equal(operate_count(&n, o, &err), 0);
	assert_int_equal(n, 1500);
	assert_int_equal(operate_close(o, &err), 0);
	operate_free(o);
	assert_int_equal(operate_open(&o, &f.round, &err), -1);
	assert_non_null(strstr(err.msg, "closed"));
	buf_finish(&text);
	fixture_finish(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
