/*
 * analyze_rounds.c - two rounds compared. In: "2020-05,2020-07" and what was released of both. Out:
 * what changed. Releases are compared, not records: no key is needed, and a comparison says nothing
 * that the two releases do not.
 */
#include "analyzer/analyze.h"

#include "analyzer/compare.h"

#include <stdlib.h>
#include <string.h>

enum { NAME = 40 };

static int read_names(char names[2][NAME], const char *text, struct err *err)
{
	size_t n = strcspn(text, ",");

	if (text[n] != ',' || strchr(text + n + 1, ',') != NULL || n >= NAME ||
		strlen(text + n + 1) >= NAME)
		return err_set(err, ERR_INPUT, "--rounds: two rounds with a comma between them, not "
			"\"%.80s\"", text);
	memcpy(names[0], text, n);
	names[0][n] = '\0';
	strcpy(names[1], text + n + 1);
	if (strcmp(names[0], names[1]) == 0)
		return err_set(err, ERR_INPUT, "--rounds: the same round twice");
	return 0;
}

static int load_one(struct analyze_round *round, struct release **release, const char *name,
	const struct analyze_request *r, bool later, struct err *err)
{
	struct analyze_request one = {.study = r->study, .round = name,
		.question = later ? r->question : NULL, .language = later ? r->language : NULL};

	if (analyze_load(round, &one, err) != 0 || analyze_published(release, round, err) != 0)
		return -1;
	print_select(*release, r->by, r->question);
	return 0;
}

int analyze_rounds(const struct analyze_request *r, struct err *err)
{
	struct analyze_round round[2] = {{0}, {0}};
	struct release *release[2] = {NULL, NULL};
	struct compare_round both[2];
	struct print_view view;
	struct buf out = {0};
	char names[2][NAME];
	int status = read_names(names, r->rounds, err);

	for (int i = 0; i < 2 && status == 0; i++) {
		status = load_one(&round[i], &release[i], names[i], r, i == 1, err);
		both[i] = (struct compare_round){release[i], round[i].form};
	}
	if (status == 0) {
		view = (struct print_view){round[1].form, round[1].language, false, false};
		if (r->format == ANALYZE_CSV)
			compare_csv(&out, both, &view);
		else
			compare_tables(&out, both, &view);
		status = analyze_put_out(&out, r->output, 0644, err);
	}
	buf_finish(&out);
	for (int i = 0; i < 2; i++) {
		release_free(release[i]);
		analyze_finish(&round[i]);
	}
	return status;
}
