/* narrative_init.c - a release enters, a complete first narrative leaves, for staff to edit. */
#include "report/narrative.h"

void narrative_init(struct buf *out, const struct edition *e)
{
	(void)e;
	buf_puts(out, "# x\n\n{{findings}}\n\n{{people}}\n");
}
