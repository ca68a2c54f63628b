/*
 * test_self_audit.c - the audit of a study folder, its store and logs: as they must be they raise no
 * alarm, every planted fault raises the right one, and nothing that was found is repeated.
 */
#include "collector/control.h"
#include "collector/submit.h"
#include "tests/unit/collector/self_audit_bench.h"

/* --- files --- */

static const struct {
	const char *label, *plant, *remove; /* shell */
	enum finding_grade grade;
	const char *place, *text;
} files[] = {
	{"bad-journal", "touch $ROUND/responses.db-journal", "rm $ROUND/responses.db-journal",
		FINDING_ERROR, "rounds/one/responses.db-journal", "journal"},
	{"bad-WAL", "echo x >$ROUND/responses.db-wal", "rm $ROUND/responses.db-wal", FINDING_ERROR,
		"responses.db-wal", "journal"},
	{"bad-rebuild", "touch $ROUND/responses.db.new", "rm $ROUND/responses.db.new",
		FINDING_ERROR, "responses.db.new", "interrupted"},
	{"bad-copy", "cp $ROUND/responses.db study/x.bin", "rm study/x.bin", FINDING_ERROR, "x.bin",
		"a copy of a store"},
	{"bad-copy beside", "cp $ROUND/responses.db old", "rm old", FINDING_ERROR, "../old",
		"a copy of a store"},
	{"bad-backup", "printf 'peer-survey backup 1\\nxyz' >$ROUND/b", "rm $ROUND/b",
		FINDING_ERROR, "rounds/one/b", "a backup"},
	{"bad-key", "printf 'x\\nformat: peer-survey-custodian-key 1\\n' >study/k", "rm study/k",
		FINDING_ERROR, "k", "custodian"},
	{"bad-key beside", "mkdir keys; printf 'format: peer-survey-custodian-key 1\\n' >keys/a",
		"rm -r keys", FINDING_ERROR, "../keys/a", "custodian"},
	{"bad-import", "printf '{\"id\":\"0\",\"answers\":{\"age\":1}}\\n' >$ROUND/people",
		"rm $ROUND/people", FINDING_ERROR, "people", "answers in clear"},
	{"bad-table", "printf 'days,since\\n1,2\\n' >study/people.csv", "rm study/people.csv",
		FINDING_ERROR, "people.csv", "answers in clear"},
	{"bad-rows among the releases", "mkdir study/releases; printf "
		"'days,since\\n1,2\\n' >study/releases/"
		"one-01.csv", "rm -r study/releases", FINDING_ERROR, "releases/one-01.csv",
		"answers in clear"},
	{"bad-core", "printf '\\177ELF\\2\\1\\1\\0\\0\\0\\0\\0\\0\\0\\0\\0\\4\\0>\\0' "
		">study/core", "rm study/core", FINDING_ERROR, "core", "core dump"},
	{"bad-log", "printf 'x\\nclient 203.0.113.9\\n' >study/nohup.out", "rm study/nohup.out",
		FINDING_ERROR, "nohup.out", "an IPv4 address (first in line 2)"},
	{"bad-other database", "printf 'SQLite format 3\\0' >study/d", "rm study/d",
		FINDING_ERROR, "d", "not this program's"},
	{"bad-store for all", "chmod 644 $ROUND/responses.db", "chmod 600 $ROUND/responses.db",
		FINDING_ERROR, "responses.db", "everybody on this machine can read it"},
	{"bad-store for a group", "chmod 640 $ROUND/responses.db", "chmod 600 $ROUND/responses.db",
		FINDING_ERROR, "responses.db", "its group can read it"},
	{"bad-key for all to write", "chmod 666 $ROUND/public.key", "chmod 644 $ROUND/public.key",
		FINDING_ERROR, "public.key", "everybody on this machine can change it"},
	{"bad-folder for all to write", "chmod 777 $ROUND", "chmod 755 $ROUND", FINDING_ERROR,
		"rounds/one", "everybody on this machine can change it"},
	{"bad-second name", "ln $ROUND/responses.db elsewhere", "rm elsewhere", FINDING_ERROR,
		"responses.db", "hard link"},
	{"bad-link out", "ln -s /etc/passwd study/p", "rm study/p", FINDING_ERROR, "p",
		"leads out"},
	{"bad-link to nothing", "ln -s nothing study/p", "rm study/p", FINDING_ERROR, "p",
		"leads out"},
	{"bad-time", "touch -d '2025-11-28 10:53:00Z' $ROUND/responses.db",
		"touch -d '2025-11-28 00:00:00Z' $ROUND/responses.db", FINDING_ERROR, "", ""},
	{"link inside", "ln -s form.json $ROUND/f", "rm $ROUND/f", FINDING_WARNING, "rounds/one/f",
		"not followed"},
	{"group may write", "chmod g+w study/study.json", "chmod g-w study/study.json",
		FINDING_WARNING, "study.json", "its group can change it"},
	{"workbook", "printf 'PK\\3\\4' >study/form.xlsx", "rm study/form.xlsx", FINDING_WARNING,
		"form.xlsx", "not looked into"},
	{"editor's copy", "cp study/study.json study/study.json~", "rm study/study.json~",
		FINDING_WARNING, "study.json~", "copy of something"},
	{"notes", "echo hello >study/notes", "rm study/notes", FINDING_WARNING, "notes",
		"not a file of"},
	{"history", "mkdir study/.git", "rmdir study/.git", FINDING_WARNING, ".git", "history"},
	{"other folder", "mkdir study/x", "rmdir study/x", FINDING_WARNING, "x", "not a folder"},
	{"pipe", "mkfifo study/x", "rm study/x", FINDING_WARNING, "x", "not a file"},
	{"backup beside", "printf 'peer-survey backup 1\\nxyz' >b", "rm b", FINDING_WARNING, "../b",
		"a backup"},
	{"published", "mkdir -p study/reports/one; touch study/reports/one/health-en.pdf",
		"rm -r study/reports", FINDING_ADVICE, "releases, reports", "1 files"},
	{"text beside is nobody's business", "echo 203.0.113.9 >log", "rm log", FINDING_ADVICE,
		"study.json", "nothing about one person"},
};

static void test_files(void **state)
{
	struct self_audit a;
	struct bench b;

	(void)state;
	bench_init(&b);
	audit(&a, &b);
	if (self_audit_wrong(&a) != 0 ||
	    findings_count(&a.part[SELF_AUDIT_FILES], FINDING_WARNING) != 0) {
		show(&a);
		fail_msg("the folder as it must be");
	}
	assert_false(a.in_clear || a.copies || a.keys || a.journals);
	self_audit_finish(&a);
	for (size_t i = 0; i < COUNT(files); i++) {
		bool bad = strncmp(files[i].label, "bad-", 4) == 0, found = *files[i].place == '\0';

		in_bench(&b, files[i].plant);
		audit(&a, &b);
		found |= finds(&a, SELF_AUDIT_FILES, files[i].grade, files[i].place, files[i].text);
		if (!found || (self_audit_wrong(&a) > 0) != bad) {
			show(&a);
			fail_msg("%s", files[i].label);
		}
		self_audit_finish(&a);
		in_bench(&b, files[i].remove);
	}
	bench_finish(&b);
}

/* As deploy/README.md says: root's but for the store, which the collector's user makes. */
static void test_owners(void **state)
{
	struct self_audit a;
	struct bench b;

	(void)state;
	if (geteuid() != 0) {
		print_message("skipped: only root can give files away\n");
		return;
	}
	bench_init(&b);
	in_bench(&b, "chmod -R u=rwX,g=rX,o= study && chmod 1770 $ROUND && "
		"chmod 600 $ROUND/responses.db && chown 12345:12345 $ROUND/responses.db");
	audit(&a, &b);
	if (self_audit_wrong(&a) + findings_count(&a.part[SELF_AUDIT_FILES], FINDING_WARNING) > 0) {
		show(&a);
		fail_msg("the layout of deploy/README.md");
	}
	self_audit_finish(&a);
	in_bench(&b, "chown 12346 $ROUND/public.key && (umask 077; touch $ROUND/responses.db.new) && "
		"chown 12346 $ROUND/responses.db.new");
	audit(&a, &b);
	assert_true(finds(&a, SELF_AUDIT_FILES, FINDING_WARNING, "public.key", "belongs neither"));
	assert_true(finds(&a, SELF_AUDIT_FILES, FINDING_ERROR, "db.new", "belongs neither"));
	self_audit_finish(&a);
	bench_finish(&b);
}

/* A study that lies where everybody can put things. */
static void test_open_place(void **state)
{
	struct fixture f;
	struct self_audit a;
	struct err err;

	(void)state;
	fixture_init(&f, "region", false);
	assert_int_equal(self_audit(&a, &f.round, NULL, 0, "/nowhere", &err), 0);
	assert_true(finds(&a, SELF_AUDIT_FILES, FINDING_WARNING, "..", "everybody can write"));
	assert_true(finds(&a, SELF_AUDIT_STORE, FINDING_ADVICE, "responses.db", "none yet"));
	assert_int_equal(self_audit_wrong(&a), 0);
	assert_false(a.looked);
	self_audit_finish(&a);
	fixture_finish(&f);
}

/* --- the store --- */

static void ignore(void *ctx, const struct err *err)
{
	(void)ctx;
	(void)err;
}

static void put_one(struct commit *commit, const struct round *round, uint8_t number)
{
	const uint8_t numbers[STORE_NUMBER] = {number};
	static const char *const pairs[] = {NULL};
	struct answers *a = given(pairs);
	struct submit submit;
	struct commit_job job;
	struct err err;

	assert_int_equal(submit_seal(&submit, a, numbers, round, &err), 0);
	job = (struct commit_job){.kind = COMMIT_SUBMISSION, .submission = &submit.sealed};
	commit_wait(commit, &job, 1);
	assert_int_equal(job.result, COMMIT_DONE);
	submit_finish(&submit);
	answers_free(a);
}

/* Of a running collector, over its control socket; then of the store it leaves. */
static void test_store(void **state)
{
	struct self_audit running, idle;
	struct control *control;
	struct commit *commit;
	struct quota *quota;
	struct store *store;
	struct bench b;
	struct err err;

	(void)state;
	bench_init(&b);
	if (quota_create(&quota, &err) != 0 ||
	    round_open_store(&store, &b.fixture.round, &err) != 0 ||
	    control_listen(&control, &b.fixture.round, &err) != 0 ||
	    commit_start(&commit, store, &b.fixture.round.key, ignore, NULL, &err) != 0 ||
	    control_start(control, commit, quota, &err) != 0)
		fail_msg("%s", err.msg);
	for (uint8_t i = 0; i < 3; i++)
		put_one(commit, &b.fixture.round, i);
	in_bench(&b, "(umask 077; touch $ROUND/responses.db.new)");
	audit(&running, &b);
	in_bench(&b, "rm $ROUND/responses.db.new");
	assert_true(running.running && running.looked);
	assert_int_equal(running.store.used[RECORD_CORE], 3);
	assert_true(finds(&running, SELF_AUDIT_STORE, FINDING_ADVICE, "",
		"3 submissions can be counted"));
	assert_true(finds(&running, SELF_AUDIT_FILES, FINDING_ADVICE, "control.sock",
		"holds nothing"));
	assert_true(finds(&running, SELF_AUDIT_FILES, FINDING_ADVICE, "db.new", "rebuilding"));
	assert_int_equal(self_audit_wrong(&running), 0);
	put_one(commit, &b.fixture.round, 9);
	in_bench(&b, "chmod 666 $ROUND/control.sock");
	self_audit_finish(&running);
	audit(&running, &b);
	assert_true(finds(&running, SELF_AUDIT_FILES, FINDING_ERROR, "control.sock", "can reach"));
	control_stop(control);
	commit_stop(commit);
	commit_free(commit);
	quota_free(quota);

	audit(&idle, &b);
	assert_false(idle.running);
	assert_memory_equal(&idle.store, &running.store, sizeof idle.store);
	assert_int_equal(idle.store.used[RECORD_CORE], 4);
	self_audit_finish(&idle);
	self_audit_finish(&running);

	/* somebody else has it open; it is damaged */
	assert_int_equal(round_open_store(&store, &b.fixture.round, &err), 0);
	audit(&idle, &b);
	assert_true(finds(&idle, SELF_AUDIT_STORE, FINDING_ERROR, "responses.db", "in use"));
	self_audit_finish(&idle);
	store_free(store);
	in_bench(&b, "truncate -s -1 $ROUND/responses.db");
	audit(&idle, &b);
	assert_true(finds(&idle, SELF_AUDIT_STORE, FINDING_ERROR, "responses.db", "damaged"));
	self_audit_finish(&idle);
	bench_finish(&b);
}

/* The reply over the control socket: written, and read as it was. */
static void test_store_bytes(void **state)
{
	struct store_audit a = {.blurred = true}, again;
	struct buf bytes = {0};
	struct err err;

	(void)state;
	for (size_t i = 0; i < sizeof a; i++)
		((uint8_t *)&a)[i] = (uint8_t)(i % 251 + 1);
	a.closed = a.skewed = true;
	a.blurred = a.incomplete = false;
	memset(&again, 0xff, sizeof again);
	self_audit_store_put(&bytes, &a);
	assert_int_equal(self_audit_store_get(&again, &bytes, &err), 0);
	for (int k = 0; k < RECORD_KINDS; k++)
		assert_true(again.rows[k] == a.rows[k] && again.used[k] == a.used[k] &&
		            again.size[k] == a.size[k]);
	assert_true(again.closed && again.skewed && !again.blurred && !again.incomplete &&
	            again.bytes == a.bytes && again.openings == a.openings &&
	            again.odd_used == a.odd_used && again.odd_free == a.odd_free &&
	            again.readable == a.readable && again.alike == a.alike &&
	            again.slack == a.slack);
	bytes.len--;
	assert_int_equal(self_audit_store_get(&again, &bytes, &err), -1);
	assert_int_equal(err.code, ERR_IO);
	buf_finish(&bytes);
}

static const struct {
	const char *label;
	struct store_audit audit;
	const char *says;
} faults[] = {
	{"bad-free row", {.blurred = true, .odd_free = 7}, "7 do not look random: something"},
	{"bad-used row", {.blurred = true, .odd_used = 7}, "7 do not look random: they are not sealed"},
	{"bad-text", {.blurred = true, .odd_free = 7, .readable = 6}, "6 hold text"},
	{"bad-generator", {.blurred = true, .skewed = true}, "all of them together"},
	{"bad-repetition", {.blurred = true, .alike = 7}, "7 begin as another does"},
	{"bad-slack", {.blurred = true, .slack = 7}, "7 hold bytes that belong to no row"},
	{"bad-time", {.blurred = false}, "not rounded"},
	{"nothing", {.blurred = true}, NULL},
};

static void test_store_faults(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(faults); i++) {
		struct self_audit a = {0};
		struct findings *f = &a.part[SELF_AUDIT_STORE];

		self_audit_store_faults(f, &faults[i].audit);
		if (faults[i].says != NULL
		            ? !finds(&a, SELF_AUDIT_STORE, FINDING_ERROR, "", faults[i].says)
		            : findings_count(f, FINDING_ERROR) > 0)
			fail_msg("%s", faults[i].label);
		/* all is well is said only when it is */
		if (finds(&a, SELF_AUDIT_STORE, FINDING_ADVICE, "rows", "look alike") !=
		    (faults[i].says == NULL || strcmp(faults[i].label, "bad-time") == 0))
			fail_msg("%s: all is well", faults[i].label);
		self_audit_finish(&a);
	}
}

/* --- logs and text --- */

/* What is in a log is named by its line and kind, and not repeated. */
static void test_logs(void **state)
{
	char log[160], older[160], packed[160], missing[160];
	char *logs[] = {log, packed, missing};
	struct buf text = {0};
	struct self_audit a;
	struct bench b;
	struct err err;

	(void)state;
	bench_init(&b);
	snprintf(log, sizeof log, "%s/access.log", b.root);
	snprintf(older, sizeof older, "%s/access.log.1", b.root);
	snprintf(packed, sizeof packed, "%s/access.log.2.gz", b.root);
	snprintf(missing, sizeof missing, "%s/none.log", b.root);
	put_file(&b, "/access.log", "quiet\n203.0.113.77 - - [28/Nov/2025:10:53:17 +0000] \"POST "
		"/xq HTTP/1.1\" 200 9 \"https://forum.example/t\" \"Mozilla/5.0 "
		"(Canary)\"\n203.0.113.77 x\n203.0.113.78 x\n");
	put_file(&b, "/access.log.1", "x");
	put_file(&b, "/access.log.2.gz", "\x1f\x8b\x08\x01");
	assert_int_equal(self_audit(&a, &b.fixture.round, logs, COUNT(logs), b.root, &err), 0);
	assert_true(finds(&a, SELF_AUDIT_LOGS, FINDING_ERROR, "access.log: line 2", "and 2 more"));
	assert_true(finds(&a, SELF_AUDIT_LOGS, FINDING_ERROR, "access.log: line 2",
		"a browser's name"));
	assert_true(finds(&a, SELF_AUDIT_LOGS, FINDING_ERROR, "access.log.2.gz", "zcat"));
	assert_true(finds(&a, SELF_AUDIT_LOGS, FINDING_ERROR, "none.log", "not looked at"));
	assert_true(finds(&a, SELF_AUDIT_LOGS, FINDING_WARNING, "access.log",
		"1 more files beside it"));
	assert_true(finds(&a, SELF_AUDIT_LOGS, FINDING_ADVICE, "access.log", "access_log off;"));
	assert_int_equal(a.logs, 1);
	self_audit_write(&text, &a);
	assert_non_null(strstr(text.data, "FROM WHERE PEOPLE CAME"));
	assert_non_null(strstr(text.data, "WHEN PEOPLE CAME"));
	assert_null(strstr(text.data, "203.0.113"));
	assert_null(strstr(text.data, "Canary"));
	assert_null(strstr(text.data, "10:53"));
	assert_null(strstr(text.data, "/xq"));
	assert_null(strstr(text.data, "forum"));
	buf_finish(&text);
	self_audit_finish(&a);
	bench_finish(&b);
}

/* The text fits a terminal, is whole, and ends with the verdict. */
static void test_text(void **state)
{
	struct buf text = {0};
	struct self_audit a;
	struct bench b;

	(void)state;
	bench_init(&b);
	audit(&a, &b);
	self_audit_write(&text, &a);
	assert_false(text.failed);
	for (char *line = text.data, *end; (end = strchr(line, '\n')) != NULL; line = end + 1)
		assert_in_range(end - line, 0, 90);
	assert_non_null(strstr(text.data, "That 0 submissions were stored."));
	assert_non_null(strstr(text.data, "2 of the 3 custodians"));
	assert_non_null(strstr(text.data, "\nNothing was found that must not be there.\n"));
	assert_null(strstr(text.data, "WRONG"));
	buf_clear(&text);
	findings_add(&a.part[SELF_AUDIT_HOST], FINDING_ERROR, "x", "y");
	self_audit_write(&text, &a);
	assert_non_null(strstr(text.data, "\n1 thing was found that must not be there"));
	assert_non_null(strstr(text.data, "  WRONG  x: y\n"));
	buf_finish(&text);
	self_audit_finish(&a);
	bench_finish(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_owners),
		cmocka_unit_test(test_open_place),
		cmocka_unit_test(test_store),
		cmocka_unit_test(test_store_bytes),
		cmocka_unit_test(test_store_faults),
		cmocka_unit_test(test_logs),
		cmocka_unit_test(test_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
