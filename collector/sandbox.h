/* sandbox.h - what the collector's process cannot do. Before any thread is started. */
#ifndef COLLECTOR_SANDBOX_H
#define COLLECTOR_SANDBOX_H

#include "lib/base/err.h"

/* Never a core dump, and no debugger of another process of this user. ERR_IO. */
int sandbox_no_dumps(struct err *err);

#endif
