/* fuzz_study.c - study.json: refused, or settings that are in their bounds. */
#include "forms/study.h"
#include "tests/fuzz/fuzz.h"

static char folder[64];

static void remove_folder(void)
{
	char command[128];

	snprintf(command, sizeof command, "rm -rf '%s'", folder);
	assert(system(command) == 0);
}

/* A study folder whose study.json leads to the file at `path`. */
static void make_folder(const char *path)
{
	char name[128];

	strcpy(folder, "/tmp/peer-survey-fuzz-XXXXXX");
	assert(mkdtemp(folder) != NULL && atexit(remove_folder) == 0);
	snprintf(name, sizeof name, "%s/study.json", folder);
	assert(symlink(path, name) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const char *path = fuzz_file(data, n);
	struct study *s = NULL;
	struct err err;

	if (folder[0] == '\0')
		make_folder(path);
	if (study_load(&s, folder, &err) != 0) {
		assert(fuzz_refused(&err));
		return 0;
	}
	fuzz_taken = true;
	assert(s->id[0] != '\0' && s->threshold >= 5 && s->coalition >= 1);
	assert(study_text(s->title, "fr") != NULL && study_text(s->support, "en") != NULL);
	study_free(s);
	return 0;
}
