/*
 * self_audit_bench.h - a study in a folder of its own, and a machine beside it that is made of files:
 * what the tests of the self-audit share.
 */
#ifndef TESTS_COLLECTOR_SELF_AUDIT_BENCH_H
#define TESTS_COLLECTOR_SELF_AUDIT_BENCH_H

#include "collector/self_audit_inner.h"
#include "tests/unit/collector/fixture.h"

/* A study in a folder of its own, with a machine beside it: root/proc, root/sys, root/var. */
struct bench {
	struct fixture fixture;
	char host[96], root[96];
};

static inline void run(const char *command)
{
	if (system(command) != 0)
		fail_msg("%s", command);
}

static inline void bench_init(struct bench *b)
{
	char command[512], study[128];
	struct store *store;
	struct err err;

	fixture_init(&b->fixture, "region", false);
	round_finish(&b->fixture.round);
	snprintf(b->host, sizeof b->host, "%s-host", b->fixture.folder);
	snprintf(b->root, sizeof b->root, "%s-root", b->fixture.folder);
	snprintf(command, sizeof command, "mkdir -m 700 %s && mv %s %s/study && mkdir %s", b->host,
		b->fixture.folder, b->host, b->root);
	run(command);
	snprintf(study, sizeof study, "%s/study", b->host);
	strcpy(b->fixture.folder, b->host);
	if (round_load(&b->fixture.round, study, NULL, &err) != 0 ||
	    round_open_store(&store, &b->fixture.round, &err) != 0)
		fail_msg("%s", err.msg);
	store_free(store);
}

static inline void bench_finish(struct bench *b)
{
	char command[128];

	snprintf(command, sizeof command, "rm -rf %s", b->root);
	run(command);
	fixture_finish(&b->fixture);
}

static inline void audit(struct self_audit *a, const struct bench *b)
{
	struct err err;

	if (self_audit(a, &b->fixture.round, NULL, 0, b->root, &err) != 0)
		fail_msg("%s", err.msg);
}

/* Is there a finding of this grade whose place and text have these in them? */
static inline bool finds(const struct self_audit *a, enum self_audit_part part, enum finding_grade grade,
                  const char *place, const char *text)
{
	const struct findings *f = &a->part[part];

	for (size_t i = 0; i < f->n; i++)
		if (f->list[i].grade == grade && strstr(f->list[i].place, place) != NULL &&
		    strstr(f->list[i].text, text) != NULL)
			return true;
	return false;
}

static inline void show(const struct self_audit *a)
{
	struct buf text = {0};

	self_audit_write(&text, a);
	fputs(text.data, stderr);
	buf_finish(&text);
}

/* In the bench's folder, with "study" and ROUND for its own. */
static inline void in_bench(const struct bench *b, const char *shell)
{
	struct buf command = {0};

	buf_printf(&command, "cd %s && ROUND=study/rounds/one && { %s; }", b->host, shell);
	run(command.data);
	buf_finish(&command);
}

/* A file of the machine, with its folders. */
static inline void put_file(const struct bench *b, const char *path, const char *text)
{
	char command[512], name[256];
	FILE *file;

	snprintf(name, sizeof name, "%s%s", b->root, path);
	snprintf(command, sizeof command, "mkdir -p \"$(dirname '%s')\"", name);
	run(command);
	file = fopen(name, "w");
	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
}

#endif
