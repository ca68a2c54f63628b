#include "report/chart_part.h"
double chart_change_draw(const struct canvas *c, const struct chart *t) { return chart_bars_grouped(c, t); }
