/*
 * study.c - the study folder. In: its path. Out: study.json's settings and the paths of the rest.
 */
#include "forms/study.h"

#include "lib/base/file.h"
#include "lib/base/json.h"
#include "lib/record/seal.h"

#include <dirent.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { STUDY_FILE = 1 << 20 };

void study_free(struct study *s)
{
	if (s == NULL)
		return;
	study_texts_free(s->title);
	study_texts_free(s->contact);
	study_texts_free(s->support);
	study_texts_free(s->tab_title);
	for (char **l = s->report_languages; l != NULL && *l != NULL; l++)
		free(*l);
	free(s->report_languages);
	free(s->folder);
	free(s->id);
	free(s->quick_exit);
	free(s->field_start);
	free(s->field_end);
	study_report_finish(&s->report);
	free(s);
}

static int read_string(char **out, const struct json *v, const char *name, struct err *err)
{
	const struct json *m = json_get(v, name);

	if (m == NULL)
		return 0;
	if (json_string(m) == NULL)
		return err_set(err, ERR_INPUT, "%s: must be a string", name);
	*out = strdup(json_string(m));
	return *out != NULL ? 0 : err_nomem(err);
}

static int read_whole(unsigned *out, const struct json *v, const char *name, unsigned otherwise,
                      unsigned least, struct err *err)
{
	const struct json *m = json_get(v, name);
	double n = m == NULL ? otherwise : json_number(m, NAN);

	if (!(n >= least && n <= 1000000) || n != floor(n))
		return err_set(err, ERR_INPUT, "%s: must be a whole number of at least %u", name,
			least);
	*out = (unsigned)n;
	return 0;
}

static int read_bool(bool *out, const struct json *v, const char *name, struct err *err)
{
	const struct json *m = json_get(v, name);

	if (m != NULL && json_type(m) != JSON_BOOL)
		return err_set(err, ERR_INPUT, "%s: must be true or false", name);
	*out = json_bool(m, false);
	return 0;
}

static int read_country(struct study *s, const struct json *v, struct err *err)
{
	const struct json *m = json_get(v, "country");
	const char *country = m == NULL ? "region" : json_string(m);

	if (country == NULL || (strcmp(country, "keep") != 0 && strcmp(country, "region") != 0))
		return err_set(err, ERR_INPUT, "country: must be \"region\" or \"keep\"");
	s->keep_country = strcmp(country, "keep") == 0;
	return 0;
}

static int read_report_languages(struct study *s, const struct json *v, struct err *err)
{
	const struct json *m = json_get(v, "report_languages");
	size_t n = 0;

	s->report_languages = calloc(json_count(m) + 1, sizeof *s->report_languages);
	if (s->report_languages == NULL)
		return err_nomem(err);
	if (m != NULL && json_type(m) != JSON_ARRAY)
		return err_set(err, ERR_INPUT,
			"report_languages: must be a list of language codes");
	for (const struct json *l = json_first(m); l != NULL; l = json_next(l)) {
		if (json_string(l) == NULL)
			return err_set(err, ERR_INPUT,
				"report_languages: must be a list of language codes");
		s->report_languages[n] = strdup(json_string(l));
		if (s->report_languages[n++] == NULL)
			return err_nomem(err);
	}
	return 0;
}

static int read_full_cells(struct study *s, const struct json *v, struct err *err)
{
	static const char *const names[] = {
		[STUDY_FULL_SENSITIVE] = "sensitive",
		[STUDY_FULL_ALL] = "all",
		[STUDY_FULL_NONE] = "none",
	};
	const char *text = json_string(json_get(v, "full_cells"));

	if (json_get(v, "full_cells") == NULL)
		return 0;
	for (size_t i = 0; text != NULL && i < sizeof names / sizeof *names; i++)
		if (strcmp(text, names[i]) == 0) {
			s->full_cells = (enum study_full)i;
			return 0;
		}
	return err_set(err, ERR_INPUT, "full_cells: \"sensitive\", \"all\" or \"none\"");
}

static int check_names(const struct json *v, struct err *err)
{
	static const char *const names[] = {"format", "version", "id", "title", "contact",
		"support", "report_languages", "threshold", "coalition", "country", "text_region",
		"demonstration", "quick_exit", "tab_title", "field_start", "field_end",
		"full_cells", "report", "cherries"};

	for (const struct json *m = json_first(v); m != NULL; m = json_next(m)) {
		size_t i = 0, n = sizeof names / sizeof *names;

		while (i < n && strcmp(names[i], json_name(m)) != 0)
			i++;
		if (i == n)
			return err_set(err, ERR_INPUT, "unknown member \"%s\"", json_name(m));
	}
	return 0;
}

static int read_study(struct study *s, const struct json *v, struct err *err)
{
	const char *format = json_string(json_get(v, "format"));

	if (format == NULL || strcmp(format, "peer-survey-study") != 0)
		return err_set(err, ERR_INPUT, "\"format\" must be \"peer-survey-study\"");
	if (json_number(json_get(v, "version"), 0) != 1)
		return err_set(err, ERR_INPUT, "\"version\" must be 1");
	if (check_names(v, err) != 0 || read_string(&s->id, v, "id", err) != 0 ||
	    study_texts_read(&s->title, v, "title", err) != 0 ||
	    study_texts_read(&s->contact, v, "contact", err) != 0 ||
	    study_texts_read(&s->support, v, "support", err) != 0 ||
	    study_texts_read(&s->tab_title, v, "tab_title", err) != 0 ||
	    read_report_languages(s, v, err) != 0 ||
	    read_whole(&s->threshold, v, "threshold", 10, 5, err) != 0 ||
	    read_whole(&s->coalition, v, "coalition", 1, 1, err) != 0 ||
	    read_country(s, v, err) != 0 ||
	    read_full_cells(s, v, err) != 0 ||
	    read_bool(&s->text_region, v, "text_region", err) != 0 ||
	    read_bool(&s->demonstration, v, "demonstration", err) != 0 ||
	    read_string(&s->quick_exit, v, "quick_exit", err) != 0 ||
	    study_report_month(&s->field_start, v, "field_start", err) != 0 ||
	    study_report_month(&s->field_end, v, "field_end", err) != 0 ||
	    study_report_read(&s->report, v, err) != 0)
		return -1;
	if (s->id == NULL || s->id[0] == '\0')
		return err_set(err, ERR_INPUT, "\"id\" is missing");
	if (s->field_start != NULL && s->field_end != NULL &&
	    strcmp(s->field_end, s->field_start) < 0)
		return err_set(err, ERR_INPUT, "field_end: is before field_start");
	if (s->quick_exit != NULL && strncmp(s->quick_exit, "https://", 8) != 0)
		return err_set(err, ERR_INPUT, "quick_exit: must begin with https://");
	return 0;
}

int study_load(struct study **out, const char *folder, struct err *err)
{
	struct study *s = calloc(1, sizeof *s);
	struct json *v = NULL;
	char *path = NULL;
	struct stat about;
	int status = -1;

	if (s == NULL || (s->folder = strdup(folder)) == NULL) {
		err_nomem(err);
		goto out;
	}
	if (stat(folder, &about) != 0 || !S_ISDIR(about.st_mode)) {
		err_set(err, ERR_INPUT, "%s: no such study folder", folder);
		goto out;
	}
	path = file_join(folder, "study.json", err);
	if (path == NULL || json_load(&v, path, STUDY_FILE, err) != 0)
		goto out;
	if (read_study(s, v, err) != 0) {
		err_prefix(err, "%s", path);
		goto out;
	}
	*out = s;
	s = NULL;
	status = 0;
out:
	json_free(v);
	free(path);
	study_free(s);
	return status;
}

const char *study_text(const struct study_text *list, const char *language)
{
	return study_texts_in(list, language);
}

bool study_round_valid(const char *round)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	                              "0123456789._-";
	size_t n = strlen(round);

	return n >= 1 && n <= 31 && round[0] != '.' && round[0] != '-' && round[0] != '_' &&
	       strspn(round, letters) == n;
}

char *study_path(const struct study *s, const char *name, struct err *err)
{
	return file_join(s->folder, name, err);
}

char *study_round_path(const struct study *s, const char *round, const char *name, struct err *err)
{
	char *path;

	if (asprintf(&path, "%s/rounds/%s%s%s", s->folder, round, name[0] ? "/" : "", name) < 0) {
		err_nomem(err);
		return NULL;
	}
	return path;
}

/* The greatest round by name; NULL with no error when there is none. */
static int greatest_round(char **out, const struct study *s, struct err *err)
{
	char *path = study_path(s, "rounds", err);
	struct dirent *entry;
	DIR *folder;
	int status = 0;

	*out = NULL;
	if (path == NULL)
		return -1;
	folder = opendir(path);
	while (folder != NULL && status == 0 && (entry = readdir(folder)) != NULL) {
		char *copy;

		if (!study_round_valid(entry->d_name) ||
		    (*out != NULL && strcmp(entry->d_name, *out) <= 0))
			continue;
		copy = strdup(entry->d_name);
		if (copy == NULL) {
			status = err_nomem(err);
			break;
		}
		free(*out);
		*out = copy;
	}
	if (folder != NULL)
		closedir(folder);
	free(path);
	return status;
}

int study_round(char **out, const struct study *s, const char *wanted, struct err *err)
{
	char *path;

	if (wanted != NULL && !study_round_valid(wanted))
		return err_set(err, ERR_INPUT,
			"a round's name is letters, digits, '.', '_' and '-', at most 31");
	if (wanted == NULL) {
		if (greatest_round(out, s, err) != 0)
			return -1;
		if (*out == NULL)
			return err_set(err, ERR_INPUT,
				"%s: has no round yet: make its keys first (survey-keys create)",
				s->folder);
		return 0;
	}
	path = study_round_path(s, wanted, "public.key", err);
	if (path == NULL)
		return -1;
	if (!file_exists(path)) {
		free(path);
		return err_set(err, ERR_INPUT,
			"%s: has no round \"%s\": make its keys first (survey-keys create)",
			s->folder, wanted);
	}
	free(path);
	*out = strdup(wanted);
	return *out != NULL ? 0 : err_nomem(err);
}

int study_regions(struct regions **out, const struct study *s, struct err *err)
{
	char *path = study_path(s, "regions.json", err);
	int status;

	if (path == NULL)
		return -1;
	status = file_exists(path) ? regions_load(out, path, err) : regions_default(out, err);
	free(path);
	return status;
}

int study_frozen_form(struct form **out, uint8_t digest[RECORD_DIGEST], const struct study *s,
                      const char *round, struct err *err)
{
	char *path = study_round_path(s, round, "form.json", err);
	struct findings findings = {0};
	struct buf text = {0};
	struct form *form = NULL;
	int status = -1;

	if (path == NULL || file_read(&text, path, FORM_FILE, err) != 0)
		goto out;
	if (form_parse(&form, text.data, text.len, &findings, err) != 0) {
		err_prefix(err, "%s", path);
		goto out;
	}
	if (form->frozen.round == NULL || strcmp(form->frozen.round, round) != 0) {
		err_set(err, ERR_INPUT, "%s: is not frozen for the round \"%s\"", path, round);
		goto out;
	}
	seal_digest(digest, text.data, text.len);
	*out = form;
	form = NULL;
	status = 0;
out:
	form_free(form);
	findings_finish(&findings);
	buf_finish(&text);
	free(path);
	return status;
}

int study_sign_key(uint8_t out[SEAL_KEY], char fingerprint[SEAL_FINGERPRINT],
                   const struct study *s, const char *round, struct err *err)
{
	char *path = study_round_path(s, round, "public.key", err);
	struct seal_key key;
	int status = -1;

	if (path != NULL && seal_key_load(&key, path, err) == 0) {
		memcpy(out, key.sign, SEAL_KEY);
		seal_fingerprint(fingerprint, &key);
		status = 0;
	}
	free(path);
	return status;
}

int study_custodians(unsigned *custodians, unsigned *quorum, const struct study *s,
                     const char *round, struct err *err)
{
	char *path = study_round_path(s, round, "public.key", err);
	struct seal_key key;
	int status = -1;

	if (path != NULL && seal_key_load(&key, path, err) == 0) {
		*custodians = key.custodians;
		*quorum = key.quorum;
		status = 0;
	}
	free(path);
	return status;
}
