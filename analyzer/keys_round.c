/*
 * keys_round.c - freezing the questionnaire into a round.
 *
 * Enters: the study's form.json and settings. Leaves: rounds/R with form.json and public.key. The
 * frozen form is the questionnaire with one member more, "frozen", which fixes what the study's
 * settings were: everything that shapes a record is under one digest. The folder is built under a
 * hidden name and renamed at the end.
 */
#include "analyzer/keys_round.h"
#include "forms/check.h"
#include "lib/base/file.h"
#include "lib/base/json.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct keys_round {
	char *rounds;   /* STUDY/rounds */
	char *building; /* STUDY/rounds/.new.XXXXXX; NULL before and after it has that name */
	char *finished; /* STUDY/rounds/R */
	char *form, *public; /* files in `building` */
	uint8_t digest[RECORD_DIGEST];
};

/* The member "frozen" and its value. */
static int put_frozen(struct buf *out, const struct study *study, const char *round,
                      struct err *err)
{
	struct regions *regions;

	if (study_regions(&regions, study, err) != 0)
		return -1;
	buf_puts(out, "\"frozen\":{\"round\":");
	json_put_string(out, round);
	buf_printf(out, ",\"country\":\"%s\",\"text_region\":%s,\"demonstration\":%s,\"regions\":",
	           study->keep_country ? "keep" : "region", study->text_region ? "true" : "false",
	           study->demonstration ? "true" : "false");
	regions_write(out, regions);
	buf_putc(out, '}');
	regions_free(regions);
	return 0;
}

/* The questionnaire's members and the one more, as JSON on one line. */
static int compose(struct buf *out, const char *path, const struct study *study,
                   const char *round, struct err *err)
{
	struct json *form;
	int status;

	if (json_load(&form, path, FORM_FILE, err) != 0)
		return -1;
	buf_putc(out, '{');
	for (const struct json *m = json_first(form); m != NULL; m = json_next(m)) {
		if (strcmp(json_name(m), "frozen") == 0)
			continue; /* the copy of an earlier round's form */
		json_put_string(out, json_name(m));
		buf_putc(out, ':');
		json_put(out, m, 0);
		buf_putc(out, ',');
	}
	status = put_frozen(out, study, round, err);
	buf_putc(out, '}');
	json_free(form);
	if (status == 0 && out->failed)
		status = err_nomem(err);
	return status;
}

/* Only a questionnaire without errors can be asked. */
static int check(const char *path, struct err *err)
{
	struct findings findings = {0};
	struct form *form = NULL;
	size_t errors;
	int status = form_load(&form, path, &findings, err);

	if (status == 0) {
		check_form(form, &findings);
		if (findings.failed)
			status = err_nomem(err);
	}
	errors = findings_count(&findings, FINDING_ERROR);
	for (size_t i = 0; status == 0 && i < findings.n; i++)
		if (findings.list[i].grade == FINDING_ERROR)
			status = err_set(err, ERR_INPUT,
			                 "%s: %s: %s (%zu error%s; see survey-form check)", path,
			                 findings.list[i].place, findings.list[i].text, errors,
			                 errors == 1 ? "" : "s");
	form_free(form);
	findings_finish(&findings);
	return status;
}

/* The bytes of the frozen form, for people to read, and their digest. */
static int freeze(struct keys_round *r, const struct study *study, const char *round,
                  struct err *err)
{
	char *path = study_path(study, "form.json", err);
	struct findings findings = {0};
	struct form *form = NULL;
	struct json *tree = NULL;
	struct buf line = {0}, text = {0};
	int status = -1;

	if (path == NULL || check(path, err) != 0 || compose(&line, path, study, round, err) != 0 ||
	    json_parse(&tree, line.data, line.len, err) != 0)
		goto out;
	json_put(&text, tree, 1);
	buf_putc(&text, '\n');
	if (text.failed) {
		err_nomem(err);
		goto out;
	}
	if (form_parse(&form, text.data, text.len, &findings, err) != 0) {
		err_prefix(err, "the frozen form");
		goto out;
	}
	seal_digest(r->digest, text.data, text.len);
	status = file_replace(r->form, text.data, text.len, 0644, err);
out:
	buf_finish(&text);
	buf_finish(&line);
	json_free(tree);
	form_free(form);
	findings_finish(&findings);
	free(path);
	return status;
}

/* Make the hidden folder and the paths in it. */
static int build(struct keys_round *r, struct err *err)
{
	char *building = file_join(r->rounds, ".new.XXXXXX", err);

	if (building == NULL)
		return -1;
	if (file_folder(r->rounds, 0755, err) != 0) {
		free(building);
		return -1;
	}
	if (mkdtemp(building) == NULL) {
		err_set(err, ERR_IO, "%s: %s", r->rounds, strerror(errno));
		free(building);
		return -1;
	}
	r->building = building;
	if (chmod(building, 0755) != 0)
		return err_set(err, ERR_IO, "%s: %s", building, strerror(errno));
	r->form = file_join(building, "form.json", err);
	r->public = file_join(building, "public.key", err);
	return r->form != NULL && r->public != NULL ? 0 : -1;
}

int keys_round_create(struct keys_round **out, const struct study *study, const char *round,
                      struct err *err)
{
	struct keys_round *r;
	struct stat about;

	if (!study_round_valid(round))
		return err_set(err, ERR_INPUT,
		               "a round's name has 1 to 31 letters, digits, '.', '_' or '-' and "
		               "begins with a letter or digit");
	r = calloc(1, sizeof(*r));
	if (r == NULL)
		return err_nomem(err);
	r->rounds = study_path(study, "rounds", err);
	r->finished = study_round_path(study, round, "", err);
	if (r->rounds == NULL || r->finished == NULL)
		goto fail;
	if (lstat(r->finished, &about) == 0) {
		err_set(err, ERR_INPUT,
		        "%s: the round exists: its keys and questions never change; give another "
		        "name with --round", r->finished);
		goto fail;
	}
	if (build(r, err) != 0 || freeze(r, study, round, err) != 0)
		goto fail;
	*out = r;
	return 0;
fail:
	keys_round_free(r);
	return -1;
}

const uint8_t *keys_round_form(const struct keys_round *r)
{
	return r->digest;
}

int keys_round_public(struct keys_round *r, const struct seal_key *key, struct err *err)
{
	struct buf text = {0};
	int status;

	seal_key_write(&text, key);
	status = text.failed ? err_nomem(err)
	                     : file_replace(r->public, text.data, text.len, 0644, err);
	buf_finish(&text);
	return status;
}

const char *keys_round_path(const struct keys_round *r)
{
	return r->public;
}

int keys_round_finish(struct keys_round *r, struct err *err)
{
	int status = renameat2(AT_FDCWD, r->building, AT_FDCWD, r->finished, RENAME_NOREPLACE);

	if (status != 0 && errno == EINVAL) /* not every file system can */
		status = rename(r->building, r->finished);
	if (status != 0)
		return err_set(err, ERR_IO, "%s: %s", r->finished, strerror(errno));
	if (file_sync_parent(r->finished, err) != 0) {
		rename(r->finished, r->building); /* and is removed: it might not last */
		return -1;
	}
	free(r->building);
	r->building = NULL;
	return 0;
}

void keys_round_free(struct keys_round *r)
{
	if (r == NULL)
		return;
	if (r->building != NULL) {
		if (r->form != NULL)
			unlink(r->form);
		if (r->public != NULL)
			unlink(r->public);
		rmdir(r->building);
		rmdir(r->rounds); /* only if it is empty */
	}
	free(r->rounds);
	free(r->building);
	free(r->finished);
	free(r->form);
	free(r->public);
	free(r);
}
