/*
 * report_load.c - a study folder enters, a checked release with its questionnaire leaves, and those
 * of the round before.
 */
#include "report/report.h"

#include "lib/base/file.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME = 256 };

/* Is it "ROUND-NN.json"? Then the round's name is put into `round`. */
static bool is_release(char round[NAME], const char *name)
{
	size_t n = strlen(name);
	const char *number;

	if (n <= 5 || n >= NAME || name[0] == '.' || strcmp(name + n - 5, ".json"))
		return false;
	memcpy(round, name, n - 5);
	round[n - 5] = 0;
	number = strrchr(round, '-');
	if (!number || !number[1] || strspn(number + 1, "0123456789") != strlen(number + 1))
		return false;
	round[number - round] = 0;
	return study_round_valid(round);
}

/* The greatest release name, or with `before` the greatest of the rounds before that one. */
static void find_newest(char newest[NAME], const char *folder, const char *before)
{
	struct dirent *entry;
	DIR *d = opendir(folder);
	char round[NAME];

	newest[0] = 0;
	while (d && (entry = readdir(d))) {
		if (!is_release(round, entry->d_name) || strcmp(entry->d_name, newest) <= 0)
			continue;
		if (!before || strcmp(round, before) < 0)
			memcpy(newest, entry->d_name, strlen(entry->d_name) + 1);
	}
	if (d)
		closedir(d);
}

/* Path of the newest release; NULL with *err set, or (before) without when there is none. */
static char *newest_release(const struct study *s, const char *before, bool *none, struct err *err)
{
	char *folder = study_path(s, "releases", err), newest[NAME], *path = NULL;

	*none = false;
	if (!folder)
		return NULL;
	find_newest(newest, folder, before);
	if (newest[0])
		path = file_join(folder, newest, err);
	else if (before)
		*none = true;
	else
		err_set(err, ERR_INPUT,
		        "%s: no release yet: make one first: survey-analyze --release", folder);
	free(folder);
	return path;
}

/* Rounds of the study up to this one: the number of its report in the series. */
static int count_rounds(unsigned *out, const struct study *s, const char *round, struct err *err)
{
	char *folder = study_path(s, "rounds", err);
	struct dirent *entry;
	DIR *d;

	if (!folder)
		return -1;
	*out = 0;
	d = opendir(folder);
	while (d && (entry = readdir(d)))
		*out += study_round_valid(entry->d_name) && strcmp(entry->d_name, round) <= 0;
	if (d)
		closedir(d);
	free(folder);
	return 0;
}

/* The release must be signed with its round's key and count answers to its round's questions. */
static int load_release(struct release **out, struct form **form, char fingerprint[48],
                        const struct study *s, const char *path, struct err *err)
{
	uint8_t sign[32], digest[RECORD_DIGEST];
	char hex[2 * RECORD_DIGEST + 1];
	struct release *unchecked = NULL;
	char *round = NULL;
	int r = -1;

	if (release_load(&unchecked, path, NULL, err))
		return -1;
	round = strdup(unchecked->round);
	release_free(unchecked);
	if (!round)
		return err_nomem(err);
	if (!study_round_valid(round)) {
		err_set(err, ERR_INPUT, "%s: round: not a name of a round", path);
		goto out;
	}
	if (study_sign_key(sign, fingerprint, s, round, err) ||
	    release_load(out, path, sign, err) ||
	    study_frozen_form(form, digest, s, round, err))
		goto out;
	for (size_t i = 0; i < RECORD_DIGEST; i++)
		snprintf(hex + 2 * i, 3, "%02x", digest[i]);
	if (strcmp(hex, (*out)->questionnaire)) {
		err_set(err, ERR_INPUT,
		        "%s: it counts answers to another questionnaire than rounds/%s/form.json",
		        path, round);
		goto out;
	}
	r = 0;
out:
	free(round);
	return r;
}

static int load_this(struct report_round *out, const struct report_request *r, struct err *err)
{
	bool none;
	char *path;
	int result;

	path = r->release ? strdup(r->release) : newest_release(out->study, NULL, &none, err);
	if (!path)
		return r->release ? err_nomem(err) : -1;
	result = load_release(&out->release, &out->form, out->fingerprint, out->study, path, err);
	free(path);
	return result;
}

static int load_previous(struct report_round *out, struct err *err)
{
	char fingerprint[48];
	bool none;
	char *path = newest_release(out->study, out->release->round, &none, err);
	int result;

	if (!path)
		return none ? 0 : -1;
	result = load_release(&out->previous, &out->previous_form, fingerprint, out->study, path,
	                      err);
	free(path);
	return result;
}

int report_load(struct report_round *out, const struct report_request *r, struct err *err)
{
	*out = (struct report_round){ 0 };
	if (study_load(&out->study, r->study, err) || theme_load(&out->theme, r->study, err) ||
	    load_this(out, r, err) || load_previous(out, err) ||
	    study_custodians(&out->custodians, &out->quorum, out->study, out->release->round,
	                     err) ||
	    count_rounds(&out->number, out->study, out->release->round, err))
		return -1;
	out->words = words_create(words_report);
	return out->words ? 0 : err_nomem(err);
}

void report_finish(struct report_round *r)
{
	words_free(r->words);
	theme_free(r->theme);
	release_free(r->release);
	release_free(r->previous);
	form_free(r->form);
	form_free(r->previous_form);
	study_free(r->study);
}
