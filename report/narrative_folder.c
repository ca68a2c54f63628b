/* narrative_folder.c - the folders of narratives enter, what no report reads in them leaves. */
#include "report/narrative_folder.h"

#include "lib/base/file.h"
#include "lib/base/suggest.h"
#include "report/narrative_file.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

/* Names in a folder, in an order that is the same everywhere. */
static int by_bytes(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int no_copy(const struct dirent *entry)
{
	const char *name = entry->d_name;

	return name[0] != '.' && name[0] != '#' && name[strlen(name) - 1] != '~' &&
	       strncmp(name, "README", 6) != 0;
}

static int list_folder(struct dirent ***out, const char *folder)
{
	int n = scandir(folder, out, no_copy, by_bytes);

	if (n < 0)
		*out = NULL;
	return n < 0 ? 0 : n;
}

static void list_free(struct dirent **list, int n)
{
	for (int i = 0; i < n; i++)
		free(list[i]);
	free(list);
}

/* Is it SERIES-LANGUAGE.md? */
static bool is_narrative(const struct edition *e, const char *name)
{
	for (size_t i = 0; i < e->form->n_series; i++) {
		const char *id = e->form->series[i].id;
		size_t n = strlen(id);

		if (strncmp(name, id, n) || name[n] != '-')
			continue;
		for (size_t k = 0; k < e->form->n_languages; k++) {
			const char *language = e->form->languages[k], *rest = name + n + 1;

			if (!strncmp(rest, language, strlen(language)) &&
			    !strcmp(rest + strlen(language), ".md"))
				return true;
		}
	}
	return false;
}

/* The name of a report that is nearest to a file's; "": none is near. */
static void nearest(char best[128], const struct edition *e, const char *name)
{
	struct suggest s = { .word = name };
	const char *language;

	best[0] = '\0';
	for (size_t i = 0; i < e->form->n_series; i++) {
		for (size_t k = 0; (language = narrative_file_language(e, k)); k++) {
			struct suggest before = s;
			struct buf own = { 0 };

			buf_printf(&own, "%s-%s.md", e->form->series[i].id, language);
			suggest_try(&s, own.failed ? NULL : own.data);
			if (s.best && s.best == own.data && own.len < 128)
				memcpy(best, own.data, own.len + 1);
			else
				s = before;
			if (s.best)
				s.best = best;
			buf_finish(&own);
		}
	}
}

static void odd_files(struct findings *findings, const struct edition *e, const char *folder)
{
	struct dirent **list;
	int n = list_folder(&list, folder);

	for (int i = 0; i < n; i++) {
		const char *name = list[i]->d_name;
		struct err err;
		char *path = file_join(folder, name, &err), own[128];

		if (path && !file_is_folder(path) && !is_narrative(e, name)) {
			nearest(own, e, name);
			findings_add(findings, FINDING_WARNING, path,
			             "no report reads this file: its name is not "
			             "SERIES-LANGUAGE.md%s%s%s",
			             *own ? ": did you mean “" : "", own, *own ? "”?" : "");
		}
		free(path);
	}
	list_free(list, n);
}

static bool has_narratives(const struct edition *e, const char *folder)
{
	struct dirent **list;
	int n = list_folder(&list, folder);
	bool has = false;

	for (int i = 0; i < n; i++)
		has |= is_narrative(e, list[i]->d_name);
	list_free(list, n);
	return has;
}

/* The newest other round that has narratives is named. */
static void other_rounds(struct findings *findings, const struct edition *e, const char *folder)
{
	const char *round = e->release->round;
	struct dirent **list;
	int n = list_folder(&list, folder), found = -1;

	for (int i = 0; i < n; i++) {
		struct err err;
		char *path = file_join(folder, list[i]->d_name, &err);

		if (path && study_round_valid(list[i]->d_name) && has_narratives(e, path))
			found = i;
		free(path);
	}
	if (found >= 0)
		findings_add(findings, FINDING_WARNING, folder,
		             "round %s has no narratives: those of %s are not used. Copy them to "
		             "narratives/%s, or to narratives for every round",
		             round, list[found]->d_name, round);
	list_free(list, n);
}

void narrative_folder_odd(struct findings *findings, const struct edition *e)
{
	struct err err;
	char *general = study_path(e->study, "narratives", &err);
	char *own = general ? file_join(general, e->release->round, &err) : NULL;

	if (own) {
		odd_files(findings, e, general);
		odd_files(findings, e, own);
		if (!has_narratives(e, general) && !has_narratives(e, own))
			other_rounds(findings, e, general);
	}
	free(general);
	free(own);
}

char *narrative_folder_near(const struct edition *e, const char *folder, const char *name)
{
	struct dirent **list;
	int n = list_folder(&list, folder);
	char *near = NULL, meant[128];

	for (int i = 0; i < n && !near; i++) {
		if (is_narrative(e, list[i]->d_name))
			continue;
		nearest(meant, e, list[i]->d_name);
		if (!strcmp(meant, name))
			near = strdup(list[i]->d_name);
	}
	list_free(list, n);
	return near;
}
