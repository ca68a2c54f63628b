/*
 * round.c - from a study folder to everything that collecting needs: public key, frozen
 * questionnaire, and the sizes that every record of the round has.
 */
#include "collector/round.h"

#include "lib/base/file.h"

#include <stdlib.h>
#include <string.h>

enum { KEY_FILE = 1 << 16, FIRST_ROOM = 1024 /* submissions */ };

static int load_key(struct round *r, struct err *err)
{
	char *path = study_round_path(r->study, r->name, "public.key", err);
	struct buf text = {0};
	int status = -1;

	if (path == NULL || seal_key_load(&r->key, path, err) != 0 ||
	    file_read(&text, path, KEY_FILE, err) != 0)
		goto out;
	if (strcmp(r->key.round, r->name) != 0) {
		err_set(err, ERR_INPUT, "%s: is the key of the round \"%s\"", path, r->key.round);
		goto out;
	}
	seal_digest(r->shape.key, text.data, text.len);
	status = 0;
out:
	buf_finish(&text);
	free(path);
	return status;
}

static int load_form(struct round *r, struct err *err)
{
	if (study_frozen_form(&r->form, r->digest, r->study, r->name, err) != 0)
		return -1;
	if (memcmp(r->digest, r->key.form, sizeof r->digest) != 0)
		return err_set(err, ERR_INPUT,
			"%s/form.json: was changed after the round's keys were made", r->folder);
	r->n_texts = form_free_texts(r->form, NULL, 0);
	r->texts = calloc(r->n_texts + 1, sizeof *r->texts);
	if (r->texts == NULL)
		return err_nomem(err);
	form_free_texts(r->form, r->texts, r->n_texts);
	return 0;
}

static int make_shape(struct round *r, struct err *err)
{
	struct store_shape *s = &r->shape;

	memcpy(s->form, r->digest, sizeof s->form);
	strcpy(s->round, r->key.round);
	s->each[RECORD_CORE] = 1;
	for (size_t i = 0; i < r->n_texts; i++)
		s->each[r->texts[i].kind]++;
	for (size_t kind = 0; kind < RECORD_KINDS; kind++) {
		size_t plain = s->each[kind] > 0
			? encode_size(form_capacity(r->form, (enum record_kind)kind)) : 0;

		if (s->each[kind] > 0 && plain == 0)
			return err_set(err, ERR_INPUT,
				"%s/form.json: its answers do not fit into a record", r->folder);
		s->size[kind] = plain > 0 ? plain + SEAL_OVERHEAD : 0;
	}
	return 0;
}

int round_load(struct round *out, const char *folder, const char *wanted, struct err *err)
{
	*out = (struct round){0};
	if (study_load(&out->study, folder, err) != 0 ||
	    study_round(&out->name, out->study, wanted, err) != 0)
		goto fail;
	out->folder = study_round_path(out->study, out->name, "", err);
	out->store = study_round_path(out->study, out->name, "responses.db", err);
	if (out->folder == NULL || out->store == NULL || load_key(out, err) != 0 ||
	    load_form(out, err) != 0 || make_shape(out, err) != 0)
		goto fail;
	return 0;
fail:
	round_finish(out);
	return -1;
}

void round_finish(struct round *r)
{
	form_free(r->form);
	study_free(r->study);
	free(r->name);
	free(r->texts);
	free(r->folder);
	free(r->store);
	*r = (struct round){0};
}

size_t round_submission_size(const struct round *r)
{
	size_t n = 0;

	for (size_t kind = 0; kind < RECORD_KINDS; kind++)
		n += r->shape.size[kind] * r->shape.each[kind];
	return n;
}

int round_open_store(struct store **out, const struct round *r, struct err *err)
{
	if (!file_exists(r->store) && store_create(r->store, &r->shape, FIRST_ROOM, err) != 0)
		return -1;
	return store_open(out, r->store, &r->shape, err);
}
