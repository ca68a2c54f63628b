/*
 * fuzz.h - what the fuzz targets share. A target takes any bytes and must neither crash nor leak,
 * whatever they are; what has to hold besides is asserted. Each is built twice: with replay.c, over
 * its corpus, in ordinary runs, and with libFuzzer by tests/long/fuzz.sh.
 */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include "lib/base/err.h"
#include "lib/base/utf8.h"

#undef NDEBUG
#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* The entry point; https://llvm.org/docs/LibFuzzer.html. Returns 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* Set to whether all of the input was taken: replay.c knows what its corpus is worth by it. */
__attribute__((weak)) bool fuzz_taken;

/* One line of text that may stand on a terminal. */
static inline bool fuzz_line(const char *s)
{
	for (const char *c = s; *c != '\0'; c++)
		if ((unsigned char)*c < 0x20 || *c == 0x7f)
			return false;
	return utf8_valid(s, strlen(s));
}

/* A fault of the input: said in one line, and never taken for one of the machine. */
static inline bool fuzz_refused(const struct err *err)
{
	return (err->code == ERR_INPUT || err->code == ERR_CRYPTO) && err->msg[0] != '\0' &&
	       fuzz_line(err->msg);
}

/* A path under which these bytes are read as a file, until the next call. */
static inline const char *fuzz_file(const void *bytes, size_t n)
{
	static char path[32];
	static int fd = -1;

	if (fd < 0) {
		fd = memfd_create("fuzz", MFD_CLOEXEC);
		assert(fd >= 0);
		snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	}
	assert(ftruncate(fd, 0) == 0 && pwrite(fd, bytes, n, 0) == (ssize_t)n);
	return path;
}

/* The bytes as a string, owned by the caller. */
static inline char *fuzz_string(const uint8_t *data, size_t n)
{
	char *s = malloc(n + 1);

	assert(s != NULL);
	if (n > 0)
		memcpy(s, data, n);
	s[n] = '\0';
	return s;
}

#endif
