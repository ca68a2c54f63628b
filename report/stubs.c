/* stubs.c - until each is written; nothing of this stays. */
#include "report/figure.h"
#include "report/layout.h"
#include "report/methods.h"

/* narrative */
/* figure */


/* web */

#include "report/report.h"
int report_check(const struct report_request *r) { (void)r; return 1; }
