/*
 * sandbox.c - answers are readable in this process's memory for a moment: that memory is never
 * written to a disk by a crash (prctl(2), PR_SET_DUMPABLE; core(5)).
 */
#include "collector/sandbox.h"

#include <errno.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

int sandbox_no_dumps(struct err *err)
{
	const struct rlimit none = {0, 0};

	if (setrlimit(RLIMIT_CORE, &none) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
		return err_set(err, ERR_IO, "core dumps cannot be turned off: %s", strerror(errno));
	return 0;
}
