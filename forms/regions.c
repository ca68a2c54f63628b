/*
 * regions.c - countries and the regions they are reduced to. In: regions.json, or ICU's knowledge
 * of the UN M49 standard. Out: look-ups by country, names in any language.
 */
#include "forms/regions.h"

#include "lib/base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ucol.h>
#include <unicode/uloc.h>
#include <unicode/uregion.h>
#include <unicode/ustring.h>

enum { MAX_REGIONS = 250, CODE = 8, NAME = 200 };

/* The default map: M49 codes, and their order in tables. */
static const char *const default_ids[] = {"002", "021", "419", "142", "150", "009"};

void regions_free(struct regions *r)
{
	if (r == NULL)
		return;
	for (size_t i = 0; i < r->n; i++) {
		struct region *one = &r->list[i];

		for (size_t k = 0; one->labels != NULL && one->labels[k] != NULL; k++)
			free(one->labels[k]);
		for (size_t k = 0; one->countries != NULL && one->countries[k] != NULL; k++)
			free(one->countries[k]);
		free(one->id);
		free(one->within);
		free(one->labels);
		free(one->countries);
	}
	free(r->list);
	free(r);
}

static int compare_codes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The countries (not territories that ISO 3166-1 has no code for) that an M49 region contains. */
static int contained_countries(struct region *out, const char *id)
{
	UErrorCode status = U_ZERO_ERROR;
	const URegion *region = uregion_getRegionFromCode(id, &status);
	UEnumeration *all = uregion_getContainedRegionsOfType(region, URGN_TERRITORY, &status);
	const char *code;
	size_t n = 0;
	int32_t count = uenum_count(all, &status);

	if (U_FAILURE(status) || count < 0)
		goto fail;
	out->countries = calloc((size_t)count + 1, sizeof *out->countries);
	if (out->countries == NULL)
		goto fail;
	while ((code = uenum_next(all, NULL, &status)) != NULL && U_SUCCESS(status)) {
		if (!country_valid(code))
			continue;
		out->countries[n] = strdup(code);
		if (out->countries[n++] == NULL)
			goto fail;
	}
	uenum_close(all);
	qsort(out->countries, n, sizeof *out->countries, compare_codes);
	return 0;
fail:
	uenum_close(all);
	return -1;
}

int regions_default(struct regions **out, struct err *err)
{
	size_t n = sizeof default_ids / sizeof *default_ids;
	struct regions *r = calloc(1, sizeof *r);

	if (r == NULL || (r->list = calloc(n, sizeof *r->list)) == NULL)
		goto nomem;
	for (size_t i = 0; i < n; i++) {
		r->n++;
		r->list[i].id = strdup(default_ids[i]);
		if (r->list[i].id == NULL || contained_countries(&r->list[i], default_ids[i]) != 0)
			goto nomem;
	}
	*out = r;
	return 0;
nomem:
	regions_free(r);
	return err_nomem(err);
}

static bool id_valid(const char *id)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	                              "0123456789_-";

	return id != NULL && id[0] != '\0' && strlen(id) <= 32 && id[strspn(id, letters)] == '\0' &&
	       strcmp(id, "other") != 0 && strcmp(id, "none") != 0;
}

static int read_labels(struct region *out, const char *id, const struct json *v, struct err *err)
{
	size_t n = 0;

	out->labels = calloc(2 * json_count(v) + 1, sizeof *out->labels);
	if (out->labels == NULL)
		return err_nomem(err);
	if (json_type(v) != JSON_OBJECT || json_first(v) == NULL)
		return err_set(err, ERR_INPUT,
			"the \"label\" of region \"%s\" must be an object of texts by language", id);
	for (const struct json *m = json_first(v); m != NULL; m = json_next(m)) {
		if (json_string(m) == NULL)
			return err_set(err, ERR_INPUT, "the \"label\" of region \"%s\": \"%s\" must be "
				"a string", id, json_name(m));
		out->labels[n] = strdup(json_name(m));
		if (out->labels[n] == NULL)
			return err_nomem(err);
		out->labels[++n] = strdup(json_string(m));
		if (out->labels[n++] == NULL)
			return err_nomem(err);
	}
	return 0;
}

static int read_region(struct regions *r, struct region *out, const struct json *v,
                       struct err *err)
{
	const char *id = json_string(json_get(v, "id"));
	const struct json *label = json_get(v, "label"), *list = json_get(v, "countries");
	const struct json *within = json_get(v, "within");
	UErrorCode status = U_ZERO_ERROR;
	size_t n = 0;

	if (!id_valid(id))
		return err_set(err, ERR_INPUT,
			"a region's \"id\" must be letters, digits, '_' or '-', and not \"other\" or "
			"\"none\"");
	if (regions_find(r, id) >= 0)
		return err_set(err, ERR_INPUT, "the region \"%s\" stands twice", id);
	if (label == NULL && (uregion_getRegionFromCode(id, &status) == NULL || U_FAILURE(status)))
		return err_set(err, ERR_INPUT, "the region \"%s\" needs a \"label\"", id);
	if (label != NULL && read_labels(out, id, label, err) != 0)
		return -1;
	out->countries = calloc(json_count(list) + 1, sizeof *out->countries);
	if (out->countries == NULL)
		return err_nomem(err);
	for (const struct json *m = json_first(list); m != NULL; m = json_next(m)) {
		const char *code = json_string(m);

		if (code == NULL || !country_valid(code))
			return err_set(err, ERR_INPUT, "region \"%s\": unknown country \"%s\"", id,
				code ? code : "");
		if (regions_of(r, code) >= 0)
			return err_set(err, ERR_INPUT, "%s is in two regions", code);
		for (size_t k = 0; k < n; k++)
			if (strcmp(out->countries[k], code) == 0)
				return err_set(err, ERR_INPUT, "%s stands twice in region \"%s\"",
					code, id);
		out->countries[n] = strdup(code);
		if (out->countries[n++] == NULL)
			return err_nomem(err);
	}
	out->id = strdup(id);
	if (out->id == NULL)
		return err_nomem(err);
	if (within == NULL)
		return 0;
	if (json_string(within) == NULL)
		return err_set(err, ERR_INPUT, "region \"%s\": \"within\" must be a region's id", id);
	out->within = strdup(json_string(within));
	return out->within != NULL ? 0 : err_nomem(err);
}

/* A region has countries, or others are within it: one level, no more. */
static int check_levels(const struct regions *r, struct err *err)
{
	for (size_t i = 0; i < r->n; i++) {
		const struct region *one = &r->list[i];
		int larger = one->within != NULL ? regions_find(r, one->within) : -1;
		bool outer = false;

		for (size_t k = 0; k < r->n; k++)
			outer |= r->list[k].within != NULL &&
				strcmp(r->list[k].within, one->id) == 0;
		if (one->countries[0] == NULL && !outer)
			return err_set(err, ERR_INPUT, "the region \"%s\" has no countries", one->id);
		if (one->within != NULL && larger < 0)
			return err_set(err, ERR_INPUT, "region \"%s\": \"within\" must be a region's id",
				one->id);
		if (outer && (one->countries[0] != NULL || one->within != NULL))
			return err_set(err, ERR_INPUT, "the region \"%s\" has others within it: it can "
				"neither have countries nor be within one", one->id);
	}
	return 0;
}

int regions_read(struct regions **out, const struct json *v, struct err *err)
{
	struct regions *r = calloc(1, sizeof *r);
	size_t n = json_count(v);

	if (r == NULL || (r->list = calloc(n + 1, sizeof *r->list)) == NULL) {
		err_nomem(err);
		goto fail;
	}
	if (v == NULL || json_type(v) != JSON_ARRAY || n == 0 || n > MAX_REGIONS) {
		err_set(err, ERR_INPUT, "regions must be a list of 1 to %d", MAX_REGIONS);
		goto fail;
	}
	for (const struct json *m = json_first(v); m != NULL; m = json_next(m)) {
		struct region *one = &r->list[r->n];
		int status = read_region(r, one, m, err);

		r->n++; /* so that regions_free() sees what a failure left */
		if (status != 0)
			goto fail;
	}
	if (check_levels(r, err) != 0)
		goto fail;
	*out = r;
	return 0;
fail:
	regions_free(r);
	return -1;
}

int regions_load(struct regions **out, const char *path, struct err *err)
{
	struct json *v;
	const char *format;
	int status;

	if (json_load(&v, path, 1 << 20, err) != 0)
		return -1;
	format = json_string(json_get(v, "format"));
	if (format == NULL || strcmp(format, "peer-survey-regions") != 0)
		status = err_set(err, ERR_INPUT, "\"format\" must be \"peer-survey-regions\"");
	else
		status = regions_read(out, json_get(v, "regions"), err);
	if (status != 0)
		err_prefix(err, "%s", path);
	json_free(v);
	return status;
}

void regions_write(struct buf *out, const struct regions *r)
{
	buf_putc(out, '[');
	for (size_t i = 0; i < r->n; i++) {
		const struct region *one = &r->list[i];

		buf_puts(out, i ? ",{\"id\":" : "{\"id\":");
		json_put_string(out, one->id);
		for (size_t k = 0; one->labels != NULL && one->labels[k] != NULL; k += 2) {
			buf_puts(out, k ? "," : ",\"label\":{");
			json_put_string(out, one->labels[k]);
			buf_putc(out, ':');
			json_put_string(out, one->labels[k + 1]);
		}
		buf_puts(out, one->labels != NULL && one->labels[0] != NULL ? "}" : "");
		if (one->within != NULL) {
			buf_puts(out, ",\"within\":");
			json_put_string(out, one->within);
		}
		buf_puts(out, ",\"countries\":[");
		for (size_t k = 0; one->countries[k] != NULL; k++) {
			if (k > 0)
				buf_putc(out, ',');
			json_put_string(out, one->countries[k]);
		}
		buf_puts(out, "]}");
	}
	buf_putc(out, ']');
}

int regions_of(const struct regions *r, const char *country)
{
	for (size_t i = 0; i < r->n; i++)
		for (size_t k = 0; r->list[i].countries[k] != NULL; k++)
			if (strcmp(r->list[i].countries[k], country) == 0)
				return (int)i;
	return -1;
}

int regions_find(const struct regions *r, const char *id)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->list[i].id != NULL && strcmp(r->list[i].id, id) == 0)
			return (int)i;
	return -1;
}

/* ICU's name of "und_CODE" as a territory; the code itself where ICU has none. */
static void territory_name(struct buf *out, const char *code, const char *language)
{
	char locale[CODE + 8], text[NAME * 3];
	UChar name[NAME];
	UErrorCode status = U_ZERO_ERROR;
	int32_t n;

	snprintf(locale, sizeof locale, "und_%.*s", CODE, code);
	n = uloc_getDisplayCountry(locale, language, name, NAME, &status);
	u_strToUTF8(text, sizeof text, NULL, name, n, &status);
	buf_puts(out, U_SUCCESS(status) && n > 0 ? text : code);
}

void regions_name(struct buf *out, const struct regions *r, const char *id, const char *language)
{
	int i = regions_find(r, id);
	const char *fallback = NULL;

	if (i < 0 || r->list[i].labels == NULL) {
		territory_name(out, id, language);
		return;
	}
	for (char **label = r->list[i].labels; label[0] != NULL; label += 2) {
		if (strcmp(label[0], language) == 0) {
			buf_puts(out, label[1]);
			return;
		}
		if (fallback == NULL || strcmp(label[0], "en") == 0)
			fallback = label[1];
	}
	buf_puts(out, fallback ? fallback : id);
}

/* ICU also lists codes that ISO 3166-1 only reserves, for parts of countries. */
static bool reserved(const char *code)
{
	static const char *const codes[] = {"AC", "CP", "DG", "EA", "IC", "TA"};

	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
		if (strcmp(codes[i], code) == 0)
			return true;
	return false;
}

bool country_valid(const char *code)
{
	const char *const *all = uloc_getISOCountries();

	if (strlen(code) != 2 || reserved(code))
		return false;
	while (*all != NULL && strcmp(*all, code) != 0)
		all++;
	return *all != NULL;
}

void country_name(struct buf *out, const char *code, const char *language)
{
	territory_name(out, code, language);
}

struct named_country {
	const char *code;
	uint8_t key[3 * NAME]; /* collation key */
};

static int by_key(const void *a, const void *b)
{
	return strcmp((const char *)((const struct named_country *)a)->key,
		(const char *)((const struct named_country *)b)->key);
}

int country_sorted(const char ***codes, size_t *n, const char *language, struct err *err)
{
	const char *const *all = uloc_getISOCountries();
	UErrorCode status = U_ZERO_ERROR;
	UCollator *order = ucol_open(language, &status);
	struct named_country *list;
	size_t count = 0;

	while (all[count] != NULL)
		count++;
	list = calloc(count, sizeof *list);
	*codes = calloc(count + 1, sizeof **codes);
	if (list == NULL || *codes == NULL || U_FAILURE(status)) {
		free(list);
		free(*codes);
		*codes = NULL;
		ucol_close(order);
		return err_nomem(err);
	}
	*n = 0;
	for (size_t i = 0; i < count; i++) {
		UChar name[NAME];
		char locale[CODE + 8];
		int32_t length;

		if (reserved(all[i]))
			continue;
		snprintf(locale, sizeof locale, "und_%s", all[i]);
		status = U_ZERO_ERROR;
		length = uloc_getDisplayCountry(locale, language, name, NAME, &status);
		list[*n].code = all[i];
		ucol_getSortKey(order, name, length, list[*n].key, sizeof list->key);
		++*n;
	}
	qsort(list, *n, sizeof *list, by_key);
	for (size_t i = 0; i < *n; i++)
		(*codes)[i] = list[i].code;
	free(list);
	ucol_close(order);
	return 0;
}

void language_name(struct buf *out, const char *code, const char *in)
{
	UChar name[NAME], first[NAME];
	char text[NAME * 3];
	UErrorCode status = U_ZERO_ERROR;
	int32_t n = uloc_getDisplayName(code, in, name, NAME, &status);
	int32_t head = 0;

	/* names of languages stand alone here, so they begin with a capital where the script has one */
	U16_FWD_1(name, head, n);
	n = U_SUCCESS(status) && n > 0 ? n : 0;
	int32_t upper = u_strToUpper(first, NAME, name, n > 0 ? head : 0, in, &status);
	if (n > 0 && upper + n - head < NAME) {
		u_memmove(name + upper, name + head, n - head);
		u_memcpy(name, first, upper);
		n += upper - head;
	}
	u_strToUTF8(text, sizeof text, NULL, name, n, &status);
	buf_puts(out, U_SUCCESS(status) && n > 0 ? text : code);
}

void language_name_within(struct buf *out, const char *code, const char *in)
{
	UChar name[NAME];
	char text[NAME * 3];
	UErrorCode status = U_ZERO_ERROR;
	int32_t n = uloc_getDisplayName(code, in, name, NAME, &status);

	u_strToUTF8(text, sizeof text, NULL, name, U_SUCCESS(status) && n > 0 ? n : 0, &status);
	buf_puts(out, U_SUCCESS(status) && n > 0 ? text : code);
}
