/*
 * test_survey_report.c - the program: a study folder with a signed release enters, reports leave.
 * Releases that are changed, of another round or questionnaire, or broken are refused.
 */
#include "forms/study_new.h"
#include "lib/base/file.h"
#include "lib/base/json.h"
#include "lib/record/seal.h"
#include "tests/unit/report/sample.h"

#include <sodium.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[] = "/tmp/survey-report-XXXXXX";
static uint8_t secret[crypto_sign_SECRETKEYBYTES];
static struct seal_key key = { .round = "2020-04", .custodians = 3, .quorum = 2 };

static char *in_study(const char *name)
{
	static char path[256];

	snprintf(path, sizeof path, "%s/study/%s", folder, name);
	return path;
}

static void write_file(const char *path, const struct buf *b)
{
	struct err err;

	assert_false(b->failed);
	if (file_replace(path, b->data, b->len, 0644, &err))
		fail_msg("%s", err.msg);
}

/* The questionnaire with the member that freezing adds. */
static void freeze(void)
{
	struct regions *regions;
	struct buf text = { 0 }, frozen = { 0 };
	struct err err;

	assert_int_equal(regions_default(&regions, &err), 0);
	assert_int_equal(file_read(&text, in_study("form.json"), FORM_FILE, &err), 0);
	buf_puts(&frozen, "{\"frozen\":{\"round\":\"2020-04\",\"country\":\"region\","
	                  "\"text_region\":false,\"demonstration\":true,\"regions\":");
	regions_write(&frozen, regions);
	buf_puts(&frozen, "},");
	buf_puts(&frozen, strchr(text.data, '{') + 1);
	mkdir(in_study("rounds"), 0755);
	mkdir(in_study("rounds/2020-04"), 0755);
	write_file(in_study("rounds/2020-04/form.json"), &frozen);
	seal_digest(key.form, frozen.data, frozen.len);
	regions_free(regions);
	buf_finish(&text);
	buf_finish(&frozen);
}

enum fault { FAULT_NONE, FAULT_FORM, FAULT_ROUND, FAULT_SIGNATURE, FAULT_CUT };

static void put_release(const char *name, enum fault fault)
{
	struct form *form = sample_form(in_study("rounds/2020-04/form.json"));
	struct release *r = sample_release(form, true);
	struct buf bytes = { 0 }, file = { 0 };
	uint8_t signature[crypto_sign_BYTES];

	for (size_t i = 0; i < sizeof key.form; i++)
		snprintf(r->questionnaire + 2 * i, 3, "%02x", key.form[i]);
	if (fault == FAULT_FORM)
		r->questionnaire[3] = r->questionnaire[3] == '0' ? '1' : '0';
	if (fault == FAULT_ROUND)
		memcpy(r->round, "2021-04", 8);
	release_message(&bytes, r);
	crypto_sign_detached(signature, NULL, (const uint8_t *)bytes.data, bytes.len, secret);
	signature[5] ^= fault == FAULT_SIGNATURE;
	release_write_file(&file, r, signature);
	if (fault == FAULT_CUT)
		file.len /= 2;
	mkdir(in_study("releases"), 0755);
	write_file(in_study(name), &file);
	release_free(r);
	form_free(form);
	buf_finish(&bytes);
	buf_finish(&file);
}

/* Run the program in the study; its output is kept. Returns its exit status. */
static int run(struct buf *out, const char *arguments)
{
	char command[1024], path[64];
	struct err err;
	int status;

	snprintf(path, sizeof path, "%s/out", folder);
	snprintf(command, sizeof command, "cd %s && %s %s >out 2>&1", folder, PROGRAM, arguments);
	status = system(command);
	buf_clear(out);
	assert_int_equal(file_read(out, path, 1 << 20, &err), 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int start(void **state)
{
	struct buf b = { 0 };
	struct err err;

	(void)state;
	if (sodium_init() < 0 || !mkdtemp(folder))
		return -1;
	crypto_sign_keypair(key.sign, secret);
	randombytes_buf(key.box, sizeof key.box);
	if (study_new(in_study(""), "covid-peer-experience", &err)) {
		print_error("%s\n", err.msg);
		return -1;
	}
	freeze();
	seal_key_write(&b, &key);
	write_file(in_study("rounds/2020-04/public.key"), &b);
	buf_finish(&b);
	return 0;
}

static int stop(void **state)
{
	char command[128];

	(void)state;
	snprintf(command, sizeof command, "rm -rf %s", folder);
	return system(command);
}

static void test_all_reports(void **state)
{
	static const char *const languages[] = { "en", "fr", "es", "pt", "ru", "ar" };
	struct buf out = { 0 };

	(void)state;
	put_release("releases/2020-04-01.json", FAULT_NONE);
	if (run(&out, "study"))
		fail_msg("%s", out.data);
	for (size_t i = 0; i < COUNT(languages); i++) {
		char name[64];

		snprintf(name, sizeof name, "reports/2020-04/health-services-%s.pdf", languages[i]);
		CHECK(file_exists(in_study(name)), name);
		snprintf(name, sizeof name, "reports/2020-04/human-rights-%s.pdf", languages[i]);
		CHECK(file_exists(in_study(name)), name);
	}
	buf_finish(&out);
}

static void test_one_report(void **state)
{
	static const char one[] = "\none/human-rights-fr.pdf\n";
	struct buf out = { 0 }, a = { 0 }, b = { 0 };
	char path[128];
	struct err err;

	(void)state;
	put_release("releases/2020-04-01.json", FAULT_NONE);
	assert_int_equal(run(&out, "study --language fr --series human-rights -o one"), 0);
	/* before it stand the warnings: what study.json lacks, what is not published */
	assert_true(out.len > sizeof one);
	assert_string_equal(out.data + out.len - (sizeof one - 1), one);
	assert_int_equal(run(&out, "study --series human-rights --language fr -o two"), 0);
	snprintf(path, sizeof path, "%s/one/human-rights-fr.pdf", folder);
	assert_int_equal(file_read(&a, path, 1 << 24, &err), 0);
	snprintf(path, sizeof path, "%s/two/human-rights-fr.pdf", folder);
	assert_int_equal(file_read(&b, path, 1 << 24, &err), 0);
	assert_int_equal(a.len, b.len);
	assert_memory_equal(a.data, b.data, a.len);
	buf_finish(&a);
	buf_finish(&b);
	buf_finish(&out);
}

static const struct {
	const char *label;
	enum fault fault;
	const char *arguments;
	int status;
	const char *says;
} bad[] = {
	{ "bad-questionnaire", FAULT_FORM, "study -o bad", 1, "another questionnaire" },
	{ "bad-round", FAULT_ROUND, "study -o bad", 1, "2021-04" },
	{ "bad-signature", FAULT_SIGNATURE, "study -o bad", 1, "signature" },
	{ "bad-cut", FAULT_CUT, "study -o bad", 1, "2020-04-01.json" },
	{ "bad-file", FAULT_NONE, "study -o bad --release none.json", 1, "none.json" },
	{ "bad-language", FAULT_NONE, "study -o bad --language de", 1, "\"de\"" },
	{ "bad-series", FAULT_NONE, "study -o bad --series other", 1, "\"other\"" },
	{ "bad-study", FAULT_NONE, "nothing -o bad", 1, "nothing" },
	{ "bad-option", FAULT_NONE, "study --wrong", 2, "--help" },
	{ "bad-nothing", FAULT_NONE, "", 2, "which study" },
	{ "bad-folder", FAULT_NONE, "study -o none/bad", 1, "none/bad" },
};

static void test_bad(void **state)
{
	struct buf out = { 0 };
	char path[64];

	(void)state;
	snprintf(path, sizeof path, "%s/bad", folder);
	for (size_t i = 0; i < COUNT(bad); i++) {
		int status;

		put_release("releases/2020-04-01.json", bad[i].fault);
		status = run(&out, bad[i].arguments);
		if (status != bad[i].status || !strstr(out.data, bad[i].says))
			fail_msg("%s: %d: %s", bad[i].label, status, out.data);
		/* One line, and nothing written. */
		CHECK(strchr(out.data, '\n') == out.data + out.len - 1, bad[i].label);
		snprintf(path, sizeof path, "%s/bad/health-services-en.pdf", folder);
		CHECK(!file_exists(path), bad[i].label);
	}
	buf_finish(&out);
}

static void test_newest(void **state)
{
	struct buf out = { 0 };

	(void)state;
	put_release("releases/2020-04-01.json", FAULT_CUT);
	put_release("releases/2020-04-02.json", FAULT_NONE);
	assert_int_equal(run(&out, "study --language en -o newest"), 0);
	unlink(in_study("releases/2020-04-01.json"));
	unlink(in_study("releases/2020-04-02.json"));
	assert_int_equal(run(&out, "study"), 1);
	assert_non_null(strstr(out.data, "survey-analyze --release"));
	buf_finish(&out);
}

static void test_help(void **state)
{
	struct buf out = { 0 };

	(void)state;
	assert_int_equal(run(&out, "--help"), 0);
	assert_non_null(strstr(out.data, "usage: survey-report STUDY"));
	assert_int_equal(run(&out, "--version"), 0);
	assert_memory_equal(out.data, "survey-report ", 14);
	buf_finish(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_reports), cmocka_unit_test(test_one_report),
		cmocka_unit_test(test_bad),         cmocka_unit_test(test_newest),
		cmocka_unit_test(test_help),
	};

	return cmocka_run_group_tests_name("survey-report", tests, start, stop);
}
