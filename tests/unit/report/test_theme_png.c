/* test_theme_png.c - pictures as logos: on white, not larger than print shows, bounded. */
#include "report/theme_parts.h"
#include "tests/unit/test.h"

#include <png.h>

/* A PNG whose pixels (RGBA) are all the same; the caller frees it. */
static void *make(size_t *n, unsigned width, unsigned height, const uint8_t pixel[4])
{
	png_image image = { .version = PNG_IMAGE_VERSION, .width = width, .height = height,
		            .format = PNG_FORMAT_RGBA };
	uint8_t *pixels = malloc((size_t)width * height * 4);
	png_alloc_size_t size = 0;
	void *out;

	assert_non_null(pixels);
	for (size_t i = 0; i < (size_t)width * height; i++)
		memcpy(pixels + 4 * i, pixel, 4);
	assert_true(png_image_write_to_memory(&image, NULL, &size, 0, pixels, 0, NULL));
	out = malloc(size);
	assert_true(png_image_write_to_memory(&image, out, &size, 0, pixels, 0, NULL));
	free(pixels);
	*n = size;
	return out;
}

static struct theme_logo *read(unsigned width, unsigned height, const uint8_t pixel[4])
{
	size_t n;
	void *png = make(&n, width, height, pixel);
	struct theme_logo *l;
	struct err err;

	if (theme_logo_read(&l, png, n, false, &err))
		fail_msg("%u x %u: %s", width, height, err.msg);
	free(png);
	return l;
}

static void test_picture(void **state)
{
	struct theme_logo *l = read(3, 2, (const uint8_t[]){ 10, 20, 30, 255 });

	(void)state;
	assert_true(l->width == 3 && l->height == 2 && !l->n_paths);
	for (size_t i = 0; i < 6; i++)
		assert_memory_equal(l->pixels + 3 * i, ((const uint8_t[]){ 10, 20, 30 }), 3);
	theme_logo_free(l);
	l = read(1, 1, (const uint8_t[]){ 10, 20, 30, 0 });
	assert_memory_equal(l->pixels, ((const uint8_t[]){ 255, 255, 255 }), 3);
	theme_logo_free(l);
}

static void test_large(void **state)
{
	struct theme_logo *l = read(2000, 1000, (const uint8_t[]){ 1, 2, 3, 255 });

	(void)state;
	assert_true(l->width == 800 && l->height == 400);
	assert_memory_equal(l->pixels + 3 * (800 * 400 - 1), ((const uint8_t[]){ 1, 2, 3 }), 3);
	theme_logo_free(l);
	l = read(1, 900, (const uint8_t[]){ 1, 2, 3, 255 });
	assert_true(l->width == 1 && l->height == 800);
	theme_logo_free(l);
}

/* The size that the header claims is looked at before anything is allocated for it. */
static void test_bad(void **state)
{
	static const struct {
		uint8_t side[8];
		const char *says;
	} claims[] = {
		{ { 0, 0, 0x27, 0x11, 0, 0, 0, 1 }, "10001 x 1 pixels: at most 10000" },
		{ { 0, 0, 0x27, 0x10, 0, 0, 0x27, 0x10 }, "more than 25 million" },
		{ { 0, 0, 0, 0, 0, 0, 0, 1 }, "cannot be read as PNG" },
	};
	size_t n;
	uint8_t *png = make(&n, 8, 8, (const uint8_t[]){ 1, 2, 3, 255 });
	struct theme_logo *l;
	struct err err;

	(void)state;
	for (size_t cut = 0; cut + 12 < n; cut += 7)
		assert_int_equal(theme_logo_read(&l, (char *)png, cut, false, &err), -1);
	for (size_t i = 0; i < COUNT(claims); i++) {
		uint32_t crc = 0xffffffff;

		memcpy(png + 16, claims[i].side, 8);
		for (size_t k = 12; k < 29; k++) {
			crc ^= png[k];
			for (int bit = 0; bit < 8; bit++)
				crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
		}
		for (size_t k = 0; k < 4; k++)
			png[29 + k] = (uint8_t)(~crc >> (24 - 8 * k));
		assert_int_equal(theme_logo_read(&l, (char *)png, n, false, &err), -1);
		assert_int_equal(err.code, ERR_INPUT);
		if (!strstr(err.msg, claims[i].says))
			fail_msg("%s", err.msg);
	}
	free(png);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_picture),
		cmocka_unit_test(test_large),
		cmocka_unit_test(test_bad),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
