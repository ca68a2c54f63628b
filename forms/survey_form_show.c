/*
 * survey_form_show.c - survey-form show: a questionnaire as an outline on standard output, or as a
 * paper version in a file.
 */
#include "forms/show.h"
#include "forms/survey_form.h"
#include "lib/base/file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int say(const struct err *err)
{
	fprintf(stderr, "survey-form: %s\n", err->msg);
	return err_status(err);
}

/* The study's or the file's own questionnaire; *study stays NULL for a file. */
static int load(struct form **form, struct study **study, const char *what, struct err *err)
{
	struct findings findings = {0};
	struct stat about;
	char *path = NULL;
	int status = -1;

	if (stat(what, &about) == 0 && S_ISDIR(about.st_mode)) {
		if (study_load(study, what, err) != 0)
			goto out;
		path = study_path(*study, "form.json", err);
	} else {
		path = strdup(what);
		if (path == NULL)
			err_nomem(err);
	}
	if (path != NULL)
		status = form_load(form, path, &findings, err);
out:
	findings_finish(&findings);
	free(path);
	return status;
}

static int choose_language(struct show *s, const char *language, struct err *err)
{
	struct buf list = {0};
	int found = language == NULL ? 0 : form_language(s->form, language);

	if (found >= 0) {
		s->language = (size_t)found;
		return 0;
	}
	for (size_t i = 0; i < s->form->n_languages; i++)
		buf_printf(&list, "%s%s", i == 0 ? "" : ", ", s->form->languages[i]);
	err_set(err, ERR_INPUT, "--language %s: the questionnaire is in %s", language,
		list.failed ? "other languages" : list.data);
	buf_finish(&list);
	return -1;
}

static int write_text(const struct buf *text, const char *html, struct err *err)
{
	if (html != NULL)
		return file_replace(html, text->data, text->len, 0644, err);
	if (fwrite(text->data, 1, text->len, stdout) != text->len || fflush(stdout) != 0)
		return err_set(err, ERR_IO, "standard output: %s", strerror(errno));
	return 0;
}

/* Colour for people who look at a terminal that has it (no-color.org). */
static bool has_colour(void)
{
	const char *term = getenv("TERM"), *no_color = getenv("NO_COLOR");

	return isatty(STDOUT_FILENO) && (no_color == NULL || *no_color == '\0') && term != NULL &&
	       strcmp(term, "dumb") != 0;
}

int survey_form_show(const char *what, const char *language, const char *html)
{
	struct show s = {0};
	struct words *words = NULL;
	struct form *form = NULL;
	struct study *study = NULL;
	struct buf text = {0};
	struct err err;
	int status = -1;

	if (load(&form, &study, what, &err) != 0)
		goto out;
	words = words_create(words_page);
	if (words == NULL) {
		err_nomem(&err);
		goto out;
	}
	s = (struct show){.form = form, .words = words, .study = study,
		.colour = html == NULL && has_colour()};
	if (choose_language(&s, language, &err) == 0 &&
	    (html != NULL ? show_paper(&text, &s, &err) : show_outline(&text, &s, &err)) == 0)
		status = write_text(&text, html, &err);
out:
	if (status != 0)
		status = say(&err);
	buf_finish(&text);
	words_free(words);
	form_free(form);
	study_free(study);
	return status;
}
