/* theme.c - theme.json enters, colours and faces leave. */
#include "report/theme.h"

#include <stdlib.h>

static const struct theme harbour = {
	.paper = THEME_A4,
	.heading = FONT_SANS,
	.body = FONT_SANS,
	.dark_cover = true,
	.color = {
#define COMMON                                                                                     \
	.ink = { .106, .125, .149 }, .muted = { .349, .388, .431 }, .hair = { .800, .824, .847 },  \
	.track = { .937, .945, .953 }, .paper = { 1, 1, 1 }
		{ COMMON, .accent = { .063, .310, .369 }, .tint = { .890, .945, .945 },
		  .second = { .776, .467, .145 } },
		{ COMMON, .accent = { .318, .184, .376 }, .tint = { .945, .918, .953 },
		  .second = { .827, .522, .110 } },
		{ COMMON, .accent = { .122, .267, .459 }, .tint = { .906, .929, .961 },
		  .second = { .776, .467, .145 } },
	},
};

int theme_load(struct theme **out, const char *study_folder, struct err *err)
{
	(void)study_folder;
	*out = malloc(sizeof **out);
	if (!*out)
		return err_nomem(err);
	**out = harbour;
	return 0;
}

void theme_free(struct theme *t)
{
	free(t);
}
