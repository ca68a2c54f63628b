/* sandbox_files.h - which paths the process can use (Landlock); part of sandbox.h. */
#ifndef COLLECTOR_SANDBOX_FILES_H
#define COLLECTOR_SANDBOX_FILES_H

#include "collector/sandbox.h"

#include <stdbool.h>

/* `*done` is false where the kernel has no Landlock. ERR_IO: it has, but it could not be used. */
int sandbox_files_restrict(bool *done, const struct sandbox_paths *paths, struct err *err);

#endif
