/*
 * theme_png.c - the only file that knows libpng. An untrusted PNG enters, pixels on white leave, no
 * more of them than print shows; as a PNG of our own they leave again.
 */
#include "report/theme_parts.h"

#include <png.h>
#include <stdlib.h>
#include <string.h>

/* The mean of the pixels of `from` that pixel x, y of the smaller picture covers. */
static void average(uint8_t out[3], const uint8_t *from, const size_t side[2],
                    const size_t small[2], size_t x, size_t y)
{
	size_t x0 = x * side[0] / small[0], x1 = (x + 1) * side[0] / small[0];
	size_t y0 = y * side[1] / small[1], y1 = (y + 1) * side[1] / small[1];
	uint64_t sum[3] = { 0 }, n = (uint64_t)(x1 - x0) * (y1 - y0);

	for (size_t v = y0; v < y1; v++)
		for (size_t u = x0; u < x1; u++)
			for (size_t c = 0; c < 3; c++)
				sum[c] += from[(v * side[0] + u) * 3 + c];
	for (size_t c = 0; c < 3; c++)
		out[c] = (uint8_t)((sum[c] + n / 2) / n);
}

/* Make the longer side `enough` pixels. Takes `pixels`. */
static int scale_down(struct theme_logo *out, uint8_t *pixels, const size_t side[2],
                      size_t enough, struct err *err)
{
	size_t longer = side[0] > side[1] ? side[0] : side[1], small[2];

	for (size_t i = 0; i < 2; i++) {
		small[i] = side[i] * enough / longer;
		small[i] = small[i] ? small[i] : 1;
	}
	out->pixels = malloc(small[0] * small[1] * 3);
	if (!out->pixels) {
		out->width = out->height = 0;
		free(pixels);
		return err_nomem(err);
	}
	for (size_t y = 0; y < small[1]; y++)
		for (size_t x = 0; x < small[0]; x++)
			average(&out->pixels[(y * small[0] + x) * 3], pixels, side, small, x, y);
	free(pixels);
	out->width = (double)small[0];
	out->height = (double)small[1];
	return 0;
}

static int check(const png_image *image, struct err *err)
{
	if (image->width > THEME_SIDE || image->height > THEME_SIDE)
		return err_set(err, ERR_INPUT, "%u x %u pixels: at most %d a side",
		               (unsigned)image->width, (unsigned)image->height, THEME_SIDE);
	if ((uint64_t)image->width * image->height > THEME_PIXELS)
		return err_set(err, ERR_INPUT, "%u x %u pixels: more than %d million",
		               (unsigned)image->width, (unsigned)image->height,
		               THEME_PIXELS / 1000000);
	return 0;
}

static int decode(struct theme_logo *out, png_image *image, struct err *err)
{
	static const png_color white = { 255, 255, 255 };
	size_t side[2] = { image->width, image->height };
	uint8_t *pixels;

	if (check(image, err))
		return -1;
	image->format = PNG_FORMAT_RGB;
	pixels = malloc(PNG_IMAGE_SIZE(*image));
	if (!pixels)
		return err_nomem(err);
	if (!png_image_finish_read(image, &white, pixels, 0, NULL)) {
		free(pixels);
		return err_set(err, ERR_INPUT, "cannot be read as PNG: %s", image->message);
	}
	if (side[0] > THEME_ENOUGH || side[1] > THEME_ENOUGH)
		return scale_down(out, pixels, side, THEME_ENOUGH, err);
	out->pixels = pixels;
	out->width = (double)side[0];
	out->height = (double)side[1];
	return 0;
}

/* A photograph takes more bytes than a report may: fewer pixels, until it does not. */
static int lighten(struct theme_logo *out, struct err *err)
{
	for (;;) {
		size_t side[2] = { (size_t)out->width, (size_t)out->height };
		size_t longer = side[0] > side[1] ? side[0] : side[1];
		struct buf png = { 0 };
		bool light;

		if (theme_logo_png(&png, out, err)) {
			buf_finish(&png);
			return -1;
		}
		light = png.len <= THEME_LIGHT || longer <= THEME_LEAST;
		buf_finish(&png);
		if (light)
			return 0;
		if (scale_down(out, out->pixels, side, longer * 3 / 4, err))
			return -1;
	}
}

int theme_png_read(struct theme_logo *out, const void *bytes, size_t n, struct err *err)
{
	png_image image = { .version = PNG_IMAGE_VERSION };
	int result;

	if (n > THEME_FILE)
		return err_set(err, ERR_INPUT, "larger than %d MB", THEME_FILE >> 20);
	if (!png_image_begin_read_from_memory(&image, bytes, n))
		return err_set(err, ERR_INPUT, "cannot be read as PNG: %s", image.message);
	result = decode(out, &image, err);
	png_image_free(&image);
	return result ? -1 : lighten(out, err);
}

int theme_logo_png(struct buf *out, const struct theme_logo *logo, struct err *err)
{
	png_image image = { .version = PNG_IMAGE_VERSION,
		            .width = (png_uint_32)logo->width,
		            .height = (png_uint_32)logo->height,
		            .format = PNG_FORMAT_RGB };
	png_alloc_size_t n = PNG_IMAGE_PNG_SIZE_MAX(image);
	void *room = buf_room(out, n);

	if (!room || !png_image_write_to_memory(&image, room, &n, 0, logo->pixels, 0, NULL))
		return err_nomem(err);
	out->len += n;
	return 0;
}
