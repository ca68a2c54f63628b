/* survey_form_xlsform.c - survey-form import and export: questionnaires as XLSForm workbooks. */
#include "forms/survey_form.h"

#include "forms/form.h"
#include "forms/workbook.h"
#include "forms/xlsform.h"
#include "lib/base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int say(const struct err *err)
{
	fprintf(stderr, "survey-form: %s\n", err->msg);
	return err_status(err);
}

/* Errors go to standard error, warnings to standard output. */
static void print_findings(const char *path, const struct findings *f)
{
	for (size_t i = 0; i < f->n; i++) {
		const struct finding *one = &f->list[i];

		if (one->grade == FINDING_ERROR)
			fprintf(stderr, "survey-form: %s: %s: %s\n", path, one->place, one->text);
		else
			printf("%s: %s: %s: %s\n", path, one->place, finding_grade_name(one->grade),
				one->text);
	}
}

static int write_form(const struct form *f, const char *output, struct err *err)
{
	struct buf text = {0};
	int status;

	form_write(&text, f);
	status =
		text.failed ? err_nomem(err) : file_replace(output, text.data, text.len, 0644, err);
	buf_finish(&text);
	return status;
}

int survey_form_import(const char *path, const char *output)
{
	struct workbook *workbook = NULL;
	struct findings findings = {0};
	struct form *form = NULL;
	struct err err;
	size_t questions = 0;
	int status = 1;

	if (workbook_load(&workbook, path, &err) != 0) {
		status = say(&err);
		goto out;
	}
	if (xlsform_import(&form, workbook, path, &findings, &err) != 0 &&
	    (err.code != ERR_INPUT || findings_count(&findings, FINDING_ERROR) == 0))
		status = say(&err);
	print_findings(path, &findings);
	if (form == NULL)
		goto out;
	if (write_form(form, output, &err) != 0) {
		status = say(&err);
		goto out;
	}
	for (size_t i = 0; i < form->n_questions; i++)
		questions += form_is_asked(form->questions[i].type);
	printf("%s: %zu questions in %zu languages, %zu warnings. Now: survey-form check %s\n",
		output, questions, form->n_languages, findings_count(&findings, FINDING_WARNING),
		output);
	status = 0;
out:
	form_free(form);
	findings_finish(&findings);
	workbook_free(workbook);
	return status;
}

int survey_form_export(const char *what, const char *output)
{
	struct findings findings = {0};
	struct form *form = NULL;
	struct stat about;
	struct err err;
	char *path;
	int status = 0;

	if (stat(what, &about) == 0 && S_ISDIR(about.st_mode)) {
		path = file_join(what, "form.json", &err);
	} else {
		path = strdup(what);
		if (path == NULL)
			err_nomem(&err);
	}
	if (path == NULL || form_load(&form, path, &findings, &err) != 0) {
		if (findings.n == 0)
			status = say(&err);
		print_findings(path != NULL ? path : what, &findings);
		status = 1;
	} else if (xlsform_export(form, output, &err) != 0) {
		status = say(&err);
	} else {
		printf("%s: written\n", output);
	}
	form_free(form);
	findings_finish(&findings);
	free(path);
	return status;
}
