/* palette.c - colours enter, mixtures and contrasts leave (WCAG 2.2: relative luminance). */
#include "report/palette.h"

#include <math.h>

struct color color_mix(struct color a, struct color b, double t)
{
	return (struct color){ a.red + (b.red - a.red) * t, a.green + (b.green - a.green) * t,
		               a.blue + (b.blue - a.blue) * t };
}

static double linear(double channel)
{
	return channel <= 0.04045 ? channel / 12.92 : pow((channel + 0.055) / 1.055, 2.4);
}

static double luminance(struct color c)
{
	return 0.2126 * linear(c.red) + 0.7152 * linear(c.green) + 0.0722 * linear(c.blue);
}

double color_contrast(struct color a, struct color b)
{
	double x = luminance(a), y = luminance(b);

	return x > y ? (x + 0.05) / (y + 0.05) : (y + 0.05) / (x + 0.05);
}

struct color color_on(const struct palette *p, struct color ground)
{
	return color_contrast(p->ink, ground) >= color_contrast(p->paper, ground) ? p->ink
	                                                                         : p->paper;
}
