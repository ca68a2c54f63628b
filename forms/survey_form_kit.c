/*
 * survey_form_kit.c - survey-form kit: a round's form as a file that works without a connection.
 */
#include "forms/kit.h"
#include "forms/survey_form.h"
#include "lib/base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Everything about the latest round that has keys. */
struct source {
	struct study *study;
	char *round;
	struct form *form;
	struct words *words;
	struct seal_key key;
	struct page_site site;
};

static int load(struct source *s, const char *folder, struct err *err)
{
	uint8_t digest[RECORD_DIGEST];
	char *path = NULL;
	int status = -1;

	if (study_load(&s->study, folder, err) != 0 ||
	    study_round(&s->round, s->study, NULL, err) != 0 ||
	    study_frozen_form(&s->form, digest, s->study, s->round, err) != 0 ||
	    (path = study_round_path(s->study, s->round, "public.key", err)) == NULL ||
	    seal_key_load(&s->key, path, err) != 0)
		goto out;
	if (memcmp(digest, s->key.form, sizeof digest) != 0) {
		err_set(err, ERR_INPUT, "%s: is not the key of this questionnaire", path);
		goto out;
	}
	s->words = words_create(words_page);
	if (s->words == NULL) {
		err_nomem(err);
		goto out;
	}
	s->site = (struct page_site){.form = s->form, .words = s->words, .study = s->study,
		.custodians = s->key.custodians, .quorum = s->key.quorum, .key = &s->key};
	status = 0;
out:
	free(path);
	return status;
}

static void finish(struct source *s)
{
	words_free(s->words);
	form_free(s->form);
	free(s->round);
	study_free(s->study);
}

static int write_kit(struct source *s, const char *language, const char *collector,
                     const char *output, struct err *err)
{
	struct kit kit = {.site = &s->site, .collector = collector};
	int found = language == NULL ? 0 : form_language(s->form, language);
	char own[SEAL_FINGERPRINT], key[SEAL_FINGERPRINT];
	struct buf file = {0};
	int status = -1;

	if (found < 0)
		return err_set(err, ERR_INPUT, "--language %s: round %s is not in it", language,
			s->round);
	kit.language = (size_t)found;
	if (kit_write(&file, own, &kit, err) == 0)
		status = file_replace(output, file.data, file.len, 0644, err);
	buf_finish(&file);
	if (status != 0)
		return -1;
	seal_fingerprint(key, &s->key);
	printf("wrote %s\nkey: %s\nkit: %s\n", output, key, own);
	return 0;
}

int survey_form_kit(const char *study, const char *language, const char *collector,
                    const char *output)
{
	struct source source = {0};
	struct err err;
	int status = 0;

	if (load(&source, study, &err) != 0 ||
	    write_kit(&source, language, collector, output, &err) != 0) {
		fprintf(stderr, "survey-form: %s\n", err.msg);
		status = err_status(&err);
	}
	finish(&source);
	return status;
}
