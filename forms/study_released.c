/* study_released.c - the names of a study's releases enter, the rounds they are of leave. */
#include "forms/study_released.h"

#include "forms/study.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

bool study_released_name(char round[STUDY_ROUND], const char *name)
{
	size_t n = strlen(name), k;

	if (n <= 5 || name[0] == '.' || strcmp(name + n - 5, ".json") != 0)
		return false;
	for (k = n - 5; k > 0 && name[k - 1] >= '0' && name[k - 1] <= '9';)
		k--;
	if (k == n - 5 || k < 2 || k > STUDY_ROUND || name[k - 1] != '-')
		return false;
	memcpy(round, name, k - 1);
	round[k - 1] = '\0';
	return study_round_valid(round);
}

/* Put a round behind the `n` there are, unless it is among them. */
static int add(struct study_released **list, size_t *n, const char *round, struct err *err)
{
	struct study_released *more;

	for (size_t i = 0; i < *n; i++)
		if (strcmp((*list)[i].round, round) == 0)
			return 0;
	more = realloc(*list, (*n + 2) * sizeof *more);
	if (more == NULL)
		return err_nomem(err);
	strcpy(more[*n].round, round);
	more[++*n].round[0] = '\0';
	*list = more;
	return 0;
}

int study_released(struct study_released **out, const struct study *s, struct err *err)
{
	char *path = study_path(s, "releases", err), round[STUDY_ROUND];
	struct study_released *list = calloc(1, sizeof *list);
	struct dirent *entry;
	DIR *folder = NULL;
	size_t n = 0;
	int status = 0;

	if (path == NULL || list == NULL)
		status = err_nomem(err);
	else
		folder = opendir(path);
	while (folder != NULL && status == 0 && (entry = readdir(folder)) != NULL)
		if (study_released_name(round, entry->d_name))
			status = add(&list, &n, round, err);
	if (folder != NULL)
		closedir(folder);
	free(path);
	if (status == 0)
		*out = list;
	else
		free(list);
	return status;
}
