/*
 * study_new.c - a new study. In: the name of a questionnaire of the library. Out: a folder with
 * study.json, whose every setting is written out so that staff see what can be set, form.json, and
 * the narratives that reports of that questionnaire begin with, where the library has them.
 */
#include "forms/study_new.h"

#include "forms/form.h"
#include "forms/study_report.h"
#include "lib/base/file.h"
#include "lib/base/json.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct library_file *find(const char *name, struct err *err)
{
	struct buf names = {0};

	for (const struct library_file *f = library_files; f->name != NULL; f++) {
		if (strcmp(f->name, name) == 0) {
			buf_finish(&names);
			return f;
		}
		buf_printf(&names, "%s%s", names.len ? ", " : "", f->name);
	}
	err_set(err, ERR_INPUT, "no questionnaire \"%s\" in the library; there is: %s", name,
		names.failed || names.data == NULL ? "" : names.data);
	buf_finish(&names);
	return NULL;
}

static void put_languages(struct buf *out, const struct form *f)
{
	for (size_t i = 0; i < f->n_languages; i++) {
		buf_puts(out, i ? ", " : "");
		json_put_string(out, f->languages[i]);
	}
}

/* The study is named like its folder, as far as a name's letters go. */
static void put_id(struct buf *out, const char *folder, const struct form *f)
{
	size_t end = strlen(folder), start, n = 0;
	char id[65];

	while (end > 0 && folder[end - 1] == '/')
		end--;
	for (start = end; start > 0 && folder[start - 1] != '/';)
		start--;
	for (; start < end && n < sizeof id - 1; start++) {
		char c = folder[start];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		              (c >= '0' && c <= '9') || c == '_' || c == '-';

		if (letter)
			id[n++] = c;
	}
	id[n] = '\0';
	json_put_string(out, n > 0 ? id : f->id);
}

static void put_study(struct buf *out, const char *folder, const struct form *f)
{
	buf_puts(out, "{\n\t\"format\": \"peer-survey-study\",\n\t\"version\": 1,\n\t\"id\": ");
	put_id(out, folder, f);
	buf_puts(out, ",\n\t\"title\": {");
	for (size_t i = 0; i < f->n_languages; i++) {
		buf_puts(out, i ? ",\n\t\t" : "\n\t\t");
		json_put_string(out, f->languages[i]);
		buf_puts(out, ": ");
		json_put_string(out, form_text(&f->title, i));
	}
	buf_puts(out, "\n\t},\n\t\"contact\": {},\n\t\"support\": {},\n\t\"report_languages\": [");
	put_languages(out, f);
	buf_puts(out, "],\n\t\"threshold\": 10,\n\t\"coalition\": 1,\n\t\"full_cells\": \"sensitive\",\n"
		"\t\"country\": \"region\",\n"
		"\t\"text_region\": false,\n\t\"demonstration\": false,\n"
		"\t\"quick_exit\": \"https://www.wikipedia.org/\",\n\t\"tab_title\": {},\n"
		"\t\"field_start\": \"\",\n\t\"field_end\": \"\",\n");
	study_report_write(out);
	buf_puts(out, "\n}\n");
}

/* Make the folder, or take an empty one. */
static int take_folder(const char *folder, bool *made, struct err *err)
{
	*made = mkdir(folder, 0755) == 0;
	if (*made)
		return 0;
	if (errno != EEXIST)
		return err_set(err, ERR_IO, "%s: %s", folder, strerror(errno));
	/* rmdir() and mkdir() of an empty folder succeed; of any other, nothing happens */
	if (rmdir(folder) != 0)
		return err_set(err, ERR_INPUT, "%s: is there already and is not an empty folder",
			folder);
	if (mkdir(folder, 0755) != 0)
		return err_set(err, ERR_IO, "%s: %s", folder, strerror(errno));
	*made = true;
	return 0;
}

/* The file's name below "NAME/", or NULL if it is another questionnaire's. */
static const char *narrative_of(const struct library_file *f, const char *name)
{
	size_t n = strlen(name);

	return strncmp(f->name, name, n) == 0 && f->name[n] == '/' ? f->name + n + 1 : NULL;
}

static int put_narratives(const char *folder, const char *name, struct err *err)
{
	char *narratives = file_join(folder, "narratives", err), *path;
	int status = narratives ? 0 : -1;

	for (const struct library_file *f = library_narratives; status == 0 && f->name; f++) {
		if (narrative_of(f, name) == NULL)
			continue;
		path = file_join(narratives, narrative_of(f, name), err);
		if (path == NULL || file_folder(narratives, 0755, err) != 0 ||
		    file_create(path, f->text, f->n, 0644, err) != 0)
			status = -1;
		free(path);
	}
	free(narratives);
	return status;
}

/* Take back what put_narratives() made; what is not there is no fault. */
static void remove_narratives(const char *folder, const char *name)
{
	struct err err;
	char *narratives = file_join(folder, "narratives", &err), *path;

	if (narratives == NULL)
		return;
	for (const struct library_file *f = library_narratives; f->name != NULL; f++) {
		if (narrative_of(f, name) == NULL)
			continue;
		path = file_join(narratives, narrative_of(f, name), &err);
		if (path != NULL)
			unlink(path);
		free(path);
	}
	rmdir(narratives);
	free(narratives);
}

int study_new(const char *folder, const char *name, struct err *err)
{
	const struct library_file *file = find(name, err);
	struct findings findings = {0};
	struct form *form = NULL;
	struct buf study = {0};
	char *study_path = NULL, *form_path = NULL;
	bool made = false;
	int status = -1;

	if (file == NULL)
		return -1;
	if (form_parse(&form, file->text, file->n, &findings, err) != 0) {
		err_prefix(err, "%s", name);
		goto out;
	}
	put_study(&study, folder, form);
	if (study.failed) {
		err_nomem(err);
		goto out;
	}
	study_path = file_join(folder, "study.json", err);
	form_path = file_join(folder, "form.json", err);
	if (study_path == NULL || form_path == NULL || take_folder(folder, &made, err) != 0)
		goto out;
	if (file_create(form_path, file->text, file->n, 0644, err) != 0 ||
	    file_create(study_path, study.data, study.len, 0644, err) != 0 ||
	    put_narratives(folder, name, err) != 0)
		goto out;
	status = 0;
out:
	if (status != 0 && made) {
		remove_narratives(folder, name);
		unlink(form_path);
		unlink(study_path);
		rmdir(folder);
	}
	form_free(form);
	findings_finish(&findings);
	buf_finish(&study);
	free(study_path);
	free(form_path);
	return status;
}
