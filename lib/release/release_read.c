/*
 * release_read.c - a release file read back, strictly. In: bytes that anybody may have changed.
 * Out: a release in which every member is known, every name and number is in its range, every
 * breakdown is whole and the sums are right; with a key, its signature is right, too.
 */
#include "lib/release/release.h"

#include "lib/base/file.h"
#include "lib/base/json.h"
#include "lib/release/release_json.h"
#include "lib/release/release_parts.h"
#include "lib/release/release_sums.h"

#include <limits.h>
#include <math.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double mean_max = 1e30; /* numbers that people type have far fewer digits */

static int read_by(enum release_by *out, const char *name, struct err *err)
{
	for (enum release_by by = RELEASE_TOTAL; by <= RELEASE_REGION_LANGUAGE; by++)
		if (name != NULL && strcmp(release_by_name(by), name) == 0) {
			*out = by;
			return 0;
		}
	return err_set(err, ERR_INPUT, "by: unknown breakdown");
}

static const struct release_group *find_group(const struct release *r, size_t n,
	enum release_by by, const char *id)
{
	for (size_t i = 0; i < n; i++)
		if (r->groups[i].by == by && strcmp(r->groups[i].id, id) == 0)
			return &r->groups[i];
	return NULL;
}

/* A pair names its region and its language, which stand before it. */
static int pair_check(const struct release *r, size_t n, const struct release_group *g,
	struct err *err)
{
	const char *slash = strchr(g->id, '/');
	size_t region;

	if (slash == NULL || g->members[0] == NULL || g->members[1] == NULL ||
		g->members[2] != NULL)
		return err_set(err, ERR_INPUT, "not a pair of a region and a language");
	region = (size_t)(slash - g->id);
	if (strlen(g->members[0]) != region || strncmp(g->id, g->members[0], region) != 0 ||
		strcmp(slash + 1, g->members[1]) != 0)
		return err_set(err, ERR_INPUT, "id and members are different pairs");
	if (find_group(r, n, RELEASE_REGION, g->members[0]) == NULL ||
		find_group(r, n, RELEASE_LANGUAGE, g->members[1]) == NULL)
		return err_set(err, ERR_INPUT, "a pair of groups that are not there");
	return 0;
}

/* The group in front of `n` others: its name, its place among them, its members. */
static int group_check(const struct release *r, size_t n, const struct release_group *g,
	struct err *err)
{
	if ((n == 0) != (g->by == RELEASE_TOTAL) || (n > 0 && g->by < r->groups[n - 1].by))
		return err_set(err, ERR_INPUT,
			"not in the order total, regions, languages, pairs");
	if ((*g->id == '\0') != (g->by == RELEASE_TOTAL))
		return err_set(err, ERR_INPUT, "id: only the total has none");
	if (find_group(r, n, g->by, g->id) != NULL)
		return err_set(err, ERR_INPUT, "the same group again");
	if (g->by == RELEASE_REGION_LANGUAGE)
		return pair_check(r, n, g, err);
	if ((g->members[0] == NULL) != (g->by == RELEASE_TOTAL))
		return err_set(err, ERR_INPUT, "members: only the total has none");
	return 0;
}

static int read_group(struct release *r, size_t at, const struct json *v, struct err *err)
{
	static const char *const names[] = {"by", "id", "members", "people"};
	struct release_group *g = &r->groups[at];

	if (RELEASE_JSON_MEMBERS(v, names, 4, err) != 0 ||
		read_by(&g->by, json_string(json_get(v, "by")), err) != 0 ||
		release_json_text(&g->id, v, "id", err) != 0 ||
		release_json_list(&g->members, NULL, v, "members", g->by == RELEASE_REGION_LANGUAGE, err) != 0 ||
		release_json_number(&g->people, v, "people", 0, RELEASE_JSON_COUNT, err) != 0)
		return -1;
	return group_check(r, at, g, err);
}

static int read_groups(struct release *r, const struct json *list, struct err *err)
{
	size_t n = json_count(list);

	if (list == NULL || json_type(list) != JSON_ARRAY || n == 0 || n > RELEASE_JSON_LIST)
		return err_set(err, ERR_INPUT, "groups: not a list with the total first");
	r->groups = calloc(n, sizeof *r->groups);
	if (r->groups == NULL)
		return err_nomem(err);
	r->n_groups = n;
	n = 0;
	for (const struct json *v = json_first(list); v != NULL; v = json_next(v), n++)
		if (read_group(r, n, v, err) != 0)
			return err_prefix(err, "groups[%zu]", n);
	return 0;
}

/* Absent is NAN. */
static int read_decimal(double *out, const struct json *v, const char *name, struct err *err)
{
	const struct json *m = json_get(v, name);

	*out = NAN;
	if (m == NULL)
		return 0;
	*out = json_number(m, NAN);
	if (!(fabs(*out) <= mean_max))
		return err_set(err, ERR_INPUT, "%s: not a number, or too large", name);
	return 0;
}

static int read_counts(const struct release_table *t, struct release_slot *s,
	const struct json *list, struct err *err)
{
	char place[40];
	size_t i = 0;

	if (list == NULL || json_type(list) != JSON_ARRAY || json_count(list) != t->n_answers)
		return err_set(err, ERR_INPUT, "counts: not one for each answer");
	s->counts = calloc(t->n_answers + 1, sizeof *s->counts);
	if (s->counts == NULL)
		return err_nomem(err);
	for (const struct json *v = json_first(list); v != NULL; v = json_next(v), i++) {
		snprintf(place, sizeof place, "counts[%zu]", i);
		if (release_json_count(&s->counts[i], v, place, err) != 0)
			return -1;
	}
	return 0;
}

/* A mean is published only where all that it is made from is. */
static int mean_check(const struct release_table *t, const struct release_slot *s, struct err *err)
{
	if (isnan(s->mean) && isnan(s->median))
		return 0;
	if (t->measure != RELEASE_SCALE && t->measure != RELEASE_BANDS)
		return err_set(err, ERR_INPUT, "a mean or median of what are no numbers");
	for (size_t a = 0; a < t->n_answers; a++)
		if (s->counts[a] == RELEASE_SUPPRESSED)
			return err_set(err, ERR_INPUT,
				"a mean or median beside a suppressed count");
	return 0;
}

static int read_slot(const struct release *r, const struct release_table *t,
	struct release_slot *s, const struct json *v, struct err *err)
{
	static const char *const names[] = {"group", "base", "declined", "blank", "not_asked",
		"counts", "mean", "median"};
	long group = 0;

	if (RELEASE_JSON_MEMBERS(v, names, 6, err) != 0 ||
		release_json_number(&group, v, "group", 0, (long)r->n_groups - 1, err) != 0 ||
		release_json_number(&s->base, v, "base", 0, RELEASE_JSON_COUNT, err) != 0 ||
		release_json_count(&s->declined, json_get(v, "declined"), "declined", err) != 0 ||
		release_json_count(&s->blank, json_get(v, "blank"), "blank", err) != 0 ||
		release_json_count(&s->not_asked, json_get(v, "not_asked"), "not_asked", err) != 0 ||
		read_counts(t, s, json_get(v, "counts"), err) != 0 ||
		read_decimal(&s->mean, v, "mean", err) != 0 ||
		read_decimal(&s->median, v, "median", err) != 0)
		return -1;
	s->group = (size_t)group;
	s->lower = s->upper = NAN;
	return mean_check(t, s, err);
}

/* Groups in order, the total first, and of every breakdown all groups or none. */
static int slots_check(const struct release *r, const struct release_table *t, struct err *err)
{
	size_t here[4] = {0}, all[4] = {0};

	for (size_t i = 0; i < t->n_slots; i++) {
		if (i == 0 ? t->slots[0].group != 0 : t->slots[i].group <= t->slots[i - 1].group)
			return err_set(err, ERR_INPUT, "slots[%zu]: not in the groups' order", i);
		here[r->groups[t->slots[i].group].by]++;
	}
	for (size_t g = 0; g < r->n_groups; g++)
		all[r->groups[g].by]++;
	for (enum release_by by = RELEASE_REGION; by <= RELEASE_REGION_LANGUAGE; by++)
		if (here[by] != 0 && here[by] != all[by])
			return err_set(err, ERR_INPUT, "slots: not every group by %s",
				release_by_name(by));
	return 0;
}

static int read_slots(const struct release *r, struct release_table *t, const struct json *list,
	struct err *err)
{
	size_t n = json_count(list);

	if (list == NULL || json_type(list) != JSON_ARRAY)
		return err_set(err, ERR_INPUT, "slots: not a list");
	t->slots = calloc(n + 1, sizeof *t->slots);
	if (t->slots == NULL)
		return err_nomem(err);
	t->n_slots = n;
	n = 0;
	for (const struct json *v = json_first(list); v != NULL; v = json_next(v), n++)
		if (read_slot(r, t, &t->slots[n], v, err) != 0)
			return err_prefix(err, "slots[%zu]", n);
	return slots_check(r, t, err);
}

static int read_measure(enum release_measure *out, const char *name, struct err *err)
{
	for (enum release_measure m = RELEASE_CHOICE; m <= RELEASE_WRITTEN; m++)
		if (name != NULL && strcmp(release_measure_name(m), name) == 0) {
			*out = m;
			return 0;
		}
	return err_set(err, ERR_INPUT, "measure: unknown");
}

static int read_table(const struct release *r, struct release_table *t, const struct json *v,
	struct err *err)
{
	static const char *const names[] = {"question", "measure", "answers", "slots", "row",
		"note", "full", "asked"};

	if (RELEASE_JSON_MEMBERS(v, names, 4, err) != 0 ||
		release_json_text(&t->question, v, "question", err) != 0 ||
		read_measure(&t->measure, json_string(json_get(v, "measure")), err) != 0 ||
		release_json_list(&t->answers, &t->n_answers, v, "answers", false, err) != 0)
		return -1;
	if (json_get(v, "row") != NULL && release_json_text(&t->row, v, "row", err) != 0)
		return -1;
	if (json_get(v, "note") != NULL && release_json_text(&t->note, v, "note", err) != 0)
		return -1;
	t->full = json_bool(json_get(v, "full"), false);
	if (json_get(v, "full") != NULL && !t->full)
		return err_set(err, ERR_INPUT, "full: true or absent");
	if (json_get(v, "asked") != NULL &&
		release_routes_read(t, json_get(v, "asked"), err) != 0)
		return -1;
	return read_slots(r, t, json_get(v, "slots"), err);
}

static int read_tables(struct release *r, const struct json *list, struct err *err)
{
	size_t n = json_count(list), i = 0;

	if (list == NULL || json_type(list) != JSON_ARRAY)
		return err_set(err, ERR_INPUT, "tables: not a list");
	r->tables = calloc(n + 1, sizeof *r->tables);
	if (r->tables == NULL)
		return err_nomem(err);
	for (const struct json *v = json_first(list); v != NULL; v = json_next(v), i++) {
		struct release_table *t = &r->tables[i];

		r->n_tables = i + 1;
		if (read_table(r, t, v, err) != 0)
			return err_prefix(err, "tables[%zu]", i);
		if (release_table(r, t->question, t->row, t->measure) != t)
			return err_set(err, ERR_INPUT, "tables[%zu]: the same table again", i);
	}
	return 0;
}

static int read_suppressed(struct release *r, const struct json *v, struct err *err)
{
	static const char *const names[] = {"primary", "complementary"};

	if (RELEASE_JSON_MEMBERS(v, names, 2, err) != 0 ||
		release_json_number(&r->suppressed_primary, v, "primary", 0, RELEASE_JSON_COUNT, err) != 0 ||
		release_json_number(&r->suppressed_complementary, v, "complementary", 0,
			RELEASE_JSON_COUNT, err) != 0)
		return err_prefix(err, "suppressed");
	return 0;
}

static int read_head(struct release *r, const struct json *v, struct err *err)
{
	long version = 0;

	if (release_json_number(&version, v, "version", 1, INT_MAX, err) != 0)
		return -1;
	if (version != RELEASE_VERSION)
		return err_set(err, ERR_INPUT, "version %ld is not known", version);
	if (release_json_text(&r->study, v, "study", err) != 0 ||
		release_json_text(&r->round, v, "round", err) != 0 ||
		release_json_digest(r->questionnaire, v, "questionnaire", false, err) != 0 ||
		release_json_unsigned(&r->number, v, "number", 1, 99, err) != 0 ||
		release_json_digest(r->previous, v, "previous", true, err) != 0 ||
		release_json_digest(r->counts, v, "counts", true, err) != 0 ||
		release_json_unsigned(&r->threshold, v, "threshold", 5, RELEASE_JSON_COUNT, err) != 0 ||
		release_json_unsigned(&r->coalition, v, "coalition", 1, RELEASE_JSON_COUNT, err) != 0 ||
		release_json_bool(&r->demonstration, v, "demonstration", err) != 0 ||
		release_json_bool(&r->audited, v, "audited", err) != 0 ||
		release_json_number(&r->people, v, "people", 0, RELEASE_JSON_COUNT, err) != 0 ||
		release_json_number(&r->set_aside, v, "set_aside", 0, RELEASE_JSON_COUNT, err) != 0)
		return -1;
	if (read_suppressed(r, json_get(v, "suppressed"), err) != 0)
		return -1;
	if (r->audited != (json_get(v, "certificate") != NULL))
		return err_set(err, ERR_INPUT, "certificate: there if and only if audited");
	return r->audited
		? release_certificate_read(&r->certificate, json_get(v, "certificate"), err) : 0;
}

static int read_release(struct release *r, const struct json *v, struct err *err)
{
	static const char *const names[] = {"version", "study", "round", "questionnaire", "number",
		"previous", "counts", "threshold", "coalition", "demonstration", "audited", "people",
		"set_aside", "suppressed", "groups", "tables", "certificate"};

	/* The version first: a later one may have other members. */
	if (json_get(v, "version") != NULL && read_head(r, v, err) != 0)
		return -1;
	if (RELEASE_JSON_MEMBERS(v, names, 16, err) != 0 ||
		read_groups(r, json_get(v, "groups"), err) != 0 ||
		read_tables(r, json_get(v, "tables"), err) != 0)
		return -1;
	return release_sums_check(r, err);
}

static int signature_check(const struct release *r, const char *hex, const uint8_t *sign,
	struct err *err)
{
	uint8_t signature[crypto_sign_BYTES];
	struct buf bytes = {0};
	size_t n = 0;
	int status = 0;

	if (hex == NULL || strlen(hex) != 2 * sizeof signature ||
		strspn(hex, "0123456789abcdef") != 2 * sizeof signature)
		return err_set(err, ERR_INPUT, "signature: not 128 hexadecimal digits");
	if (sign == NULL)
		return 0;
	sodium_hex2bin(signature, sizeof signature, hex, strlen(hex), NULL, &n, NULL);
	release_message(&bytes, r);
	if (bytes.failed)
		status = err_nomem(err);
	else if (crypto_sign_verify_detached(signature, (const uint8_t *)bytes.data, bytes.len,
			 sign) != 0)
		status = err_set(err, ERR_CRYPTO,
			"the signature is not right: changed, or of another round");
	buf_finish(&bytes);
	return status;
}

int release_parse(struct release **out, const char *text, size_t n, const uint8_t *sign,
	struct err *err)
{
	static const char *const names[] = {"release", "signature"};
	struct json *document = NULL;
	struct release *r = NULL;
	int status = -1;

	if (json_parse(&document, text, n, err) != 0)
		return -1;
	if (RELEASE_JSON_MEMBERS(document, names, 2, err) != 0)
		goto out;
	r = calloc(1, sizeof *r);
	if (r == NULL) {
		err_nomem(err);
		goto out;
	}
	if (read_release(r, json_get(document, "release"), err) != 0 ||
		signature_check(r, json_string(json_get(document, "signature")), sign, err) != 0)
		goto out;
	*out = r;
	r = NULL;
	status = 0;
out:
	release_free(r);
	json_free(document);
	return status;
}

int release_load(struct release **out, const char *path, const uint8_t *sign, struct err *err)
{
	struct buf text = {0};
	int status = file_read(&text, path, RELEASE_FILE, err);

	if (status == 0 && release_parse(out, text.data, text.len, sign, err) != 0)
		status = err_prefix(err, "%s", path);
	buf_finish(&text);
	return status;
}
