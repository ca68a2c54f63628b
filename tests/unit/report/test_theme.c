/* test_theme.c - theme.json: two themes that can be read, what may be changed, what is refused. */
#include "report/theme.h"

#include "lib/base/file.h"
#include "tests/unit/test.h"

#include <math.h>
#include <sys/stat.h>
#include <unistd.h>

#define THEME "{\"format\":\"peer-survey-theme\",\"version\":1"

static char folder[] = "/tmp/peer-survey-theme-XXXXXX";

static int set_up(void **state)
{
	(void)state;
	return mkdtemp(folder) ? 0 : -1;
}

static int clear(void **state)
{
	char command[128];

	(void)state;
	snprintf(command, sizeof command, "rm -rf '%s'", folder);
	return system(command);
}

static const char *in_folder(const char *name)
{
	static char path[128];

	snprintf(path, sizeof path, "%s/%s", folder, name);
	return path;
}

static void put(const char *name, const char *text)
{
	struct err err;

	if (file_replace(in_folder(name), text, strlen(text), 0644, &err))
		fail_msg("%s", err.msg);
}

static struct theme *load(const char *json)
{
	struct theme *t;
	struct err err;

	put("theme.json", json);
	if (theme_load(&t, folder, &err))
		fail_msg("%s: %s", json, err.msg);
	return t;
}

static bool same(struct color c, unsigned rgb)
{
	return fabs(c.red - (rgb >> 16) / 255.0) < 1e-9 &&
	       fabs(c.green - (rgb >> 8 & 255) / 255.0) < 1e-9 &&
	       fabs(c.blue - (rgb & 255) / 255.0) < 1e-9;
}

static void test_builtin(void **state)
{
	struct theme *first, *second;
	struct err err;

	(void)state;
	assert_int_equal(theme_load(&first, folder, &err), 0); /* there is no file */
	second = load(THEME ",\"base\":\"orchard\"}");
	assert_true(first->dark_cover && !second->dark_cover);
	assert_int_equal(first->heading, FONT_SANS);
	assert_int_equal(second->heading, FONT_SERIF);
	assert_int_equal(first->paper, THEME_A4);
	assert_null(first->logo);
	for (size_t i = 0; i < 3; i++)
		for (size_t k = 0; k < 2; k++) {
			const struct palette *p = k ? &second->color[i] : &first->color[i];

			assert_true(color_contrast(p->ink, p->paper) >= 7);
			assert_true(color_contrast(p->accent, p->paper) >= 4.5);
			assert_true(color_contrast(p->muted, p->tint) >= 4.5);
			assert_true(color_contrast(p->accent, p->tint) >= 4.5);
			assert_true(color_contrast(p->second, p->paper) >= 3);
		}
	theme_free(first);
	theme_free(second);
	theme_free(NULL);
}

static void test_changed(void **state)
{
	struct theme *t = load(THEME ",\"base\":\"harbour\",\"paper\":\"letter\",\"colors\":{"
	                             "\"accent\":[\"#104f5e\",\"#512f60\"],\"ink\":\"#000\"},"
	                             "\"fonts\":{\"heading\":\"serif\"}}");

	(void)state;
	assert_int_equal(t->paper, THEME_LETTER);
	assert_int_equal(t->heading, FONT_SERIF);
	assert_int_equal(t->body, FONT_SANS);
	assert_true(same(t->color[0].accent, 0x104f5e) && same(t->color[1].accent, 0x512f60));
	assert_true(same(t->color[2].accent, 0x104f5e) && same(t->color[2].ink, 0));
	assert_true(color_contrast(t->color[1].accent, t->color[1].tint) >= 4.5);
	theme_free(t);
}

static void test_logo(void **state)
{
	static const char svg[] = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 20 10\">"
	                          "<rect width=\"20\" height=\"10\"/></svg>";
	struct theme *t;

	(void)state;
	put("logo.svg", svg);
	t = load(THEME ",\"logo\":\"logo.svg\",\"logo_name\":\"The Network\"}");
	assert_non_null(t->logo);
	assert_string_equal(t->logo->alternative, "The Network");
	assert_true(t->logo->width == 20 && t->logo->height == 10);
	theme_free(t);
	t = load(THEME ",\"logo\":\"logo.svg\"}");
	assert_null(t->logo->alternative);
	theme_free(t);
}

static const struct {
	const char *json, *says;
} bad[] = {
	{ "", "theme.json: line 1" },
	{ "[]", "\"format\" must be" },
	{ "{\"format\":\"peer-survey-theme\",\"version\":2}", "\"version\" must be 1" },
	{ THEME ",\"cover\":\"dark\"}", "unknown member \"cover\"" },
	{ THEME ",\"base\":\"desert\"}", "base: must be \"harbour\" or \"orchard\"" },
	{ THEME ",\"base\":1}", "base:" },
	{ THEME ",\"paper\":\"a5\"}", "paper: must be \"a4\" or \"letter\"" },
	{ THEME ",\"colors\":[]}", "colors: must be an object" },
	{ THEME ",\"colors\":{\"paper\":\"#fff\"}}", "colors: unknown member \"paper\"" },
	{ THEME ",\"colors\":{\"accent\":\"#104f5e\"}}", "colors: accent: must be a list" },
	{ THEME ",\"colors\":{\"accent\":[]}}", "colors: accent: must be a list" },
	{ THEME ",\"colors\":{\"accent\":[\"#000\",\"#000\",\"#000\",\"#000\"]}}", "accent: must" },
	{ THEME ",\"colors\":{\"accent\":[\"teal\"]}}", "colors: accent: must be a colour" },
	{ THEME ",\"colors\":{\"ink\":\"#12345\"}}", "colors: ink: must be a colour" },
	{ THEME ",\"colors\":{\"accent\":[\"#104f5e\",\"#8fbcc7\"]}}",
	  "accent of series 2 has a contrast of 2.1:1 with paper, and needs 4.5:1" },
	{ THEME ",\"colors\":{\"tint\":[\"#104f5e\"]}}", "ink of series 1 has a contrast of 1.8:1" },
	{ THEME ",\"colors\":{\"second\":[\"#ffe680\"]}}", "second of series 1" },
	{ THEME ",\"colors\":{\"muted\":\"#aaa\"}}", "muted of series 1" },
	{ THEME ",\"fonts\":{\"title\":\"sans\"}}", "fonts: unknown member" },
	{ THEME ",\"fonts\":{\"body\":\"comic\"}}", "fonts: body: must be \"sans\" or \"serif\"" },
	{ THEME ",\"logo\":1}", "logo: must be the name" },
	{ THEME ",\"logo_name\":\"x\"}", "logo_name: must be a text, beside a logo" },
	{ THEME ",\"logo\":\"nothing.svg\"}", "nothing.svg: No such file" },
	{ THEME ",\"logo\":\"../logo.svg\"}", "logo: must be the name of a file in the study" },
	{ THEME ",\"logo\":\"/etc/x.png\"}", "logo: must be the name of a file in the study" },
	{ THEME ",\"logo\":\".x.png\"}", "logo: must be the name of a file in the study" },
	{ THEME ",\"logo\":\"logo.gif\"}", "logo: must end in .svg or .png" },
	{ THEME ",\"logo\":\".svg\"}", "logo: must" },
	{ THEME ",\"logo\":\"link.svg\"}", "link.svg: is a symbolic link" },
	{ THEME ",\"logo\":\"folder.svg\"}", "folder.svg: is no ordinary file" },
	{ THEME ",\"logo\":\"pipe.svg\"}", "pipe.svg: is no ordinary file" },
	{ THEME ",\"logo\":\"large.svg\"}", "large.svg: larger than 4 MB" },
	{ THEME ",\"logo\":\"text.png\"}", "text.png: cannot be read as PNG" },
	{ THEME ",\"logo\":\"text.svg\"}", "text.svg: line 1" },
};

static void test_bad(void **state)
{
	char link[128];

	(void)state;
	snprintf(link, sizeof link, "%s/link.svg", folder);
	assert_int_equal(symlink("logo.svg", link), 0);
	assert_int_equal(mkdir(in_folder("folder.svg"), 0755), 0);
	assert_int_equal(mkfifo(in_folder("pipe.svg"), 0644), 0);
	put("large.svg", "");
	assert_int_equal(truncate(in_folder("large.svg"), (4 << 20) + 1), 0);
	put("text.png", "x");
	put("text.svg", "x");
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct theme *t;
		struct err err;

		put("theme.json", bad[i].json);
		CHECK(theme_load(&t, folder, &err) == -1, bad[i].json);
		CHECK(err.code == ERR_INPUT, bad[i].json);
		if (!strstr(err.msg, bad[i].says))
			fail_msg("%s: %s", bad[i].json, err.msg);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_builtin),
		cmocka_unit_test(test_changed),
		cmocka_unit_test(test_logo),
		cmocka_unit_test(test_bad),
	};

	return cmocka_run_group_tests(tests, set_up, clear);
}
