/*
 * replay.c - a fuzz target over its corpus, without libFuzzer. In: the files of the folder CORPUS
 * (or of the folder given as argument). Out: a line for each in cmocka's format. Each file has a
 * process of its own, so that one that crashes hides no other, and leaks are laid at its door.
 * Files that are called bad-... must be refused and all others taken: a corpus of which a parser
 * refuses everything tests little.
 */
#include "lib/base/file.h"
#include "tests/fuzz/fuzz.h"

#include <dirent.h>
#include <sys/wait.h>

enum { INPUT_MOST = 1 << 20 };

static void run(const char *path, bool bad)
{
	struct buf bytes = {0};
	struct err err;
	uint8_t *data;

	if (file_read(&bytes, path, INPUT_MOST, &err) != 0) {
		fprintf(stderr, "%s\n", err.msg);
		exit(1);
	}
	/* exactly as long as it is, so that reading beyond is seen */
	data = malloc(bytes.len);
	assert(data != NULL || bytes.len == 0);
	if (bytes.len > 0)
		memcpy(data, bytes.data, bytes.len);
	LLVMFuzzerTestOneInput(data, bytes.len);
	free(data);
	buf_finish(&bytes);
	if (fuzz_taken == bad)
		fprintf(stderr, "%s: %s\n", path, bad ? "taken" : "refused");
	exit(fuzz_taken == bad);
}

/* 0 if the target bears this file. */
static int replay(const char *folder, const char *name)
{
	char path[4096];
	int status;
	pid_t pid;

	snprintf(path, sizeof path, "%s/%s", folder, name);
	fflush(stdout);
	pid = fork();
	if (pid == 0)
		run(path, strncmp(name, "bad-", 4) == 0);
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		status = -1;
	printf("[%s] fuzz_%s/%s\n", status == 0 ? "       OK " : "  FAILED  ", NAME, name);
	return status != 0;
}

static int visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

int main(int argc, char **argv)
{
	const char *folder = argc > 1 ? argv[1] : CORPUS;
	struct dirent **list;
	int n = scandir(folder, &list, visible, alphasort), failed = 0;

	if (n <= 0) {
		fprintf(stderr, "%s: no corpus there\n", folder);
		return 1;
	}
	for (int i = 0; i < n; i++) {
		failed += replay(folder, list[i]->d_name);
		free(list[i]);
	}
	free(list);
	return failed > 0;
}
