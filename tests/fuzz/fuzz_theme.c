/*
 * fuzz_theme.c - how reports look: a theme, or (by its first byte) a vector or a picture as a logo.
 * Refused, or within bounds.
 */
#include "report/theme_parts.h"
#include "tests/fuzz/fuzz.h"

static void check(const struct theme_logo *l)
{
	assert(l->width > 0 && l->height > 0 && (l->n_paths > 0) == (l->pixels == NULL));
	assert(l->n_paths <= THEME_PATHS);
	if (l->pixels)
		assert(l->width <= THEME_ENOUGH && l->height <= THEME_ENOUGH);
	for (size_t i = 0; i < l->n_paths; i++) {
		const struct theme_path *p = &l->paths[i];
		size_t points = 0;

		assert(p->n > 0 && p->commands[0] == 'M');
		for (size_t k = 0; k < p->n; k++) {
			assert(p->commands[k] != '\0' && strchr("MLCZ", p->commands[k]));
			points += p->commands[k] == 'C' ? 3 : p->commands[k] != 'Z';
		}
		assert(points <= THEME_POINTS);
		for (size_t k = 0; k < 2 * points; k++)
			assert(p->points[k] >= -1e7 && p->points[k] <= 1e7);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	bool vector = n > 0 && data[0] == '<', picture = n > 0 && data[0] == 0x89;
	struct theme_logo *logo = NULL;
	struct theme *t = NULL;
	struct err err;
	int r;

	r = vector || picture ? theme_logo_read(&logo, (const char *)data, n, vector, &err)
	                      : theme_parse(&t, (const char *)data, n, NULL, &err);
	if (r) {
		assert(fuzz_refused(&err));
		return 0;
	}
	fuzz_taken = true;
	if (logo)
		check(logo);
	if (t)
		assert(color_contrast(t->color[2].accent, t->color[2].paper) >= 4.5);
	theme_logo_free(logo);
	theme_free(t);
	return 0;
}
