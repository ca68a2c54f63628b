/*
 * analyze_release.c - from a batch to what is published. In: everybody's answers. Out, in the
 * study's releases/: R-NN.json (protected, signed), R-NN.csv (the same as tidy data) and
 * R-NN.counts (the exact counts, which only a quorum of the custodians can open again).
 *
 * Whoever holds two releases can subtract them. A later one has the groups of the first and
 * protects what it adds; then the whole chain is audited as anybody can audit it.
 */
#include "analyzer/analyze.h"

#include "analyzer/count.h"
#include "analyzer/disclose.h"
#include "analyzer/print.h"
#include "analyzer/sign.h"
#include "lib/base/file.h"
#include "lib/record/store.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct disclose_rule rule_of(const struct analyze_round *round)
{
	static const enum disclose_full full[] = {
		[STUDY_FULL_SENSITIVE] = DISCLOSE_FULL_SENSITIVE,
		[STUDY_FULL_ALL] = DISCLOSE_FULL_ALL,
		[STUDY_FULL_NONE] = DISCLOSE_FULL_NONE,
	};

	return (struct disclose_rule){.threshold = round->study->threshold,
		.coalition = round->study->coalition, .full = full[round->study->full_cells]};
}

static int stop(void *ctx, enum record_kind kind, const uint8_t *sealed, size_t n)
{
	(void)ctx;
	(void)kind;
	(void)sealed;
	(void)n;
	return 1;
}

/* A backup stands still by itself; a store does once the round is closed. */
static int check_still(const char *path, struct err *err)
{
	char magic[sizeof STORE_BACKUP_MAGIC] = "";
	struct store_shape shape = {0};
	FILE *f = fopen(path, "rbe");

	if (f == NULL)
		return err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
	if (fread(magic, 1, sizeof magic - 1, f) < sizeof magic - 1)
		magic[0] = '\0';
	fclose(f);
	if (strcmp(magic, STORE_BACKUP_MAGIC) == 0)
		return 0;
	if (store_read(path, &shape, stop, NULL, err) < 0)
		return -1;
	if (!shape.closed)
		return err_set(err, ERR_REFUSED, "%s: the round is not closed; close it, or give a "
			"backup with --store", path);
	return 0;
}

int analyze_release_check(struct analyze_round *round, const struct analyze_request *r,
	struct err *err)
{
	struct disclose_rule rule = rule_of(round);

	if (disclose_rule_check(&rule, err) != 0 ||
		ledger_load(&round->ledger, round->study, round->round, err) != 0)
		return -1;
	if (round->ledger.n == LEDGER_RELEASES)
		return err_set(err, ERR_REFUSED, "round %s has %d releases: no more are possible",
			round->round, LEDGER_RELEASES);
	if (r->n_stores == 0)
		return check_still(round->store, err);
	for (size_t i = 0; i < r->n_stores; i++)
		if (check_still(r->stores[i], err) != 0)
			return -1;
	return 0;
}

static int write_one(const struct analyze_round *round, const char *suffix, const struct buf *bytes,
	mode_t mode, struct err *err)
{
	char *path;
	int status;

	if (bytes->failed)
		return err_nomem(err);
	path = ledger_path(round->study, round->round, (unsigned)round->ledger.n + 1, suffix, err);
	if (path == NULL)
		return -1;
	/* The JSON comes last and is the release: what an interrupted run left is replaced. */
	if (strcmp(suffix, "json") == 0)
		status = file_create(path, bytes->data, bytes->len, mode, err);
	else
		status = file_replace(path, bytes->data, bytes->len, mode, err);
	if (status == 0)
		printf("wrote %s\n", path);
	free(path);
	return status;
}

static int write_all(const struct analyze_round *round, struct release *r,
	const struct release *exact, struct err *err)
{
	struct print_view view = {round->form, round->language, false, false};
	struct buf bytes = {0}, json = {0}, csv = {0}, counts = {0};
	uint8_t signature[SIGN_BYTES], digest[RECORD_DIGEST];
	char *folder = study_path(round->study, "releases", err);
	int status = -1;

	if (folder == NULL || ledger_seal(&counts, exact, round->key, err) != 0)
		goto out;
	seal_digest(digest, counts.data, counts.len);
	sodium_bin2hex(r->counts, sizeof r->counts, digest, sizeof digest);
	release_message(&bytes, r);
	print_csv(&csv, r, &view);
	if (bytes.failed) {
		err_nomem(err);
		goto out;
	}
	if (sign_release(signature, round->key, bytes.data, bytes.len, err) != 0 ||
		file_folder(folder, 0755, err) != 0)
		goto out;
	release_write_file(&json, r, signature);
	if (write_one(round, "counts", &counts, 0600, err) == 0 &&
		write_one(round, "csv", &csv, 0644, err) == 0 &&
		write_one(round, "json", &json, 0644, err) == 0)
		status = 0;
out:
	free(folder);
	buf_finish(&bytes);
	buf_finish(&json);
	buf_finish(&csv);
	buf_finish(&counts);
	return status;
}

static void say_merged(const struct release *r, enum release_by by, const char *what)
{
	size_t n = 0, merged = 0;

	for (size_t g = 0; g < r->n_groups; g++) {
		if (r->groups[g].by != by)
			continue;
		n++;
		for (size_t i = 0; strcmp(r->groups[g].id, COUNT_OTHER) == 0 &&
			r->groups[g].members[i] != NULL; i++)
			merged++;
	}
	if (n == 0)
		printf("by %s: left out, too few people in all groups but one\n", what);
	else if (merged > 0)
		printf("by %s: %zu groups; %zu small ones stand together as \"other\"\n", what, n,
			merged);
	else
		printf("by %s: %zu groups\n", what, n);
}

/* What was protected, and why. */
static void say_protected(const struct release *r)
{
	size_t withheld = 0, shortened = 0;

	for (size_t i = 0; i < r->n_tables; i++) {
		withheld += r->tables[i].n_slots == 0;
		shortened += r->tables[i].n_slots > 0 && r->tables[i].note != NULL;
	}
	printf("%ld people, %ld records set aside, %zu tables\n", r->people, r->set_aside,
		r->n_tables);
	printf("threshold %u, coalition %u: no base below %u is published, no count from 1 to %u\n",
		r->threshold, r->coalition, r->threshold + r->coalition - 1, r->threshold - 1);
	say_merged(r, RELEASE_REGION, "region");
	say_merged(r, RELEASE_LANGUAGE, "language");
	printf("%zu tables withheld: few people answered, or few were not asked\n", withheld);
	printf("%zu tables without some breakdown: too few in it answered, or were not asked\n", shortened);
	printf("%ld counts suppressed because they are small or say the same of everybody\n",
		r->suppressed_primary);
	printf("%ld counts suppressed so that sums do not give those back\n",
		r->suppressed_complementary);
	printf("audited: %ld suppressed counts may be small; each keeps %ld values or more\n",
		r->certificate->cells, r->certificate->narrowest);
}

/* How a release is made: exact counts of now, and of the release before in the same groups. */
struct making {
	struct count_plan all, plan;
	struct release *exact, *r; /* by every region and language; in the plan's groups */
	struct release *before;    /* the last release's exact counts, or NULL */
	struct disclose_earlier earlier;
	struct release *regrouped;
};

static void making_finish(struct making *m)
{
	release_free(m->exact);
	release_free(m->r);
	release_free(m->before);
	release_free(m->regrouped);
	count_plan_finish(&m->all);
	count_plan_finish(&m->plan);
}

static int make_counts(struct making *m, const struct analyze_round *round, struct err *err)
{
	const struct ledger *l = &round->ledger;
	struct disclose_rule rule = rule_of(round);
	int status;

	if (count_plan_all(&m->all, round->batch, err) != 0 ||
		count_release(&m->exact, round->batch, &m->all, err) != 0 ||
		analyze_head(m->exact, round, err) != 0)
		return -1;
	if (l->n > 0)
		status = ledger_plan(&m->plan, l->releases[l->n - 1], m->exact, round->batch, err);
	else
		status = disclose_plan(&m->plan, m->exact, round->form, &rule, err);
	if (status != 0 || count_release(&m->r, round->batch, &m->plan, err) != 0 ||
		analyze_head(m->r, round, err) != 0)
		return -1;
	if (l->n == 0)
		return 0;
	if (ledger_exact(&m->before, l, round->study, round->round, round->key, err) != 0 ||
		ledger_regroup(&m->regrouped, m->before, m->r, err) != 0)
		return -1;
	m->earlier = (struct disclose_earlier){l->releases[l->n - 1], m->regrouped, (long)l->n};
	return 0;
}

/* The last word: all releases as anybody has them. */
static int audit_all(const struct analyze_round *round, struct release *r, struct err *err)
{
	struct release *list[LEDGER_RELEASES + 1];
	struct audit_report report = {0};
	struct buf text = {0};
	size_t last;
	int status;

	memcpy(list, round->ledger.releases, round->ledger.n * sizeof *list);
	list[round->ledger.n] = r;
	status = audit_chain(&report, &last, list, round->ledger.n + 1, err);
	if (status == 0 && report.n_holes > 0) {
		audit_hole_put(&text, list[last], &report.holes[0]);
		status = text.failed ? err_nomem(err)
			: err_set(err, ERR_REFUSED, "held: %s", text.data);
	}
	buf_finish(&text);
	audit_report_finish(&report);
	return status;
}

int analyze_release(const struct analyze_round *round, struct err *err)
{
	struct disclose_rule rule = rule_of(round);
	struct making m = {0};
	int status = -1;

	if (make_counts(&m, round, err) != 0 ||
		disclose_protect(m.r, round->ledger.n > 0 ? &m.earlier : NULL, round->form, &rule,
			err) != 0 ||
		audit_all(round, m.r, err) != 0 || write_all(round, m.r, m.exact, err) != 0)
		goto out;
	say_protected(m.r);
	status = 0;
out:
	making_finish(&m);
	return status;
}
