/*
 * fuzz_inspect.c - whatever a PDF holds, looking into it ends, and what is told is lines of text.
 * Input that begins with %PDF is a file; other input is put into one: behind "c" a page's content,
 * behind "u" the texts of a font.
 */
#include "report/inspect.h"
#include "tests/fuzz/fuzz.h"

/* A file with this content, and these texts for its font. */
static void wrap(struct buf *out, const char *content, size_t n, const char *map, size_t n_map)
{
	size_t at[7], start;

	buf_puts(out, "%PDF-1.7\n");
	at[1] = out->len;
	buf_puts(out, "1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n");
	at[2] = out->len;
	buf_puts(out, "2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n");
	at[3] = out->len;
	buf_puts(out, "3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R"
	              "/Resources<</Font<</F1 5 0 R>>>>>>\nendobj\n");
	at[4] = out->len;
	buf_printf(out, "4 0 obj\n<</Length %zu>>\nstream\n", n);
	buf_put(out, content, n);
	buf_puts(out, "\nendstream\nendobj\n");
	at[5] = out->len;
	buf_puts(out, "5 0 obj\n<</Type/Font/Subtype/Type0/Encoding/Identity-H/ToUnicode 6 0 R>>\n"
	              "endobj\n");
	at[6] = out->len;
	buf_printf(out, "6 0 obj\n<</Length %zu>>\nstream\n", n_map);
	buf_put(out, map, n_map);
	buf_puts(out, "\nendstream\nendobj\n");
	start = out->len;
	buf_puts(out, "xref\n0 7\n0000000000 65535 f \n");
	for (int i = 1; i < 7; i++)
		buf_printf(out, "%010zu 00000 n \n", at[i]);
	buf_printf(out, "trailer\n<</Size 7/Root 1 0 R>>\nstartxref\n%zu\n%%%%EOF\n", start);
}

/* Was all of it read? */
static bool whole(const struct findings *f)
{
	for (size_t i = 0; i < f->n; i++) {
		assert(fuzz_line(f->list[i].text) && fuzz_line(f->list[i].place));
		if (strstr(f->list[i].text, "cannot be read"))
			return false;
	}
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const char shows[] = "BT /F1 9 Tf <00010002> Tj ET";
	const char *bytes = (const char *)data;
	struct buf file = { 0 }, text = { 0 };
	struct findings f = { 0 };
	struct err err;

	if (n && data[0] == 'c')
		wrap(&file, bytes + 1, n - 1, "", 0);
	else if (n && data[0] == 'u')
		wrap(&file, shows, sizeof shows - 1, bytes + 1, n - 1);
	else
		buf_put(&file, bytes, n);
	if (inspect_bytes(&text, &f, "it", file.data ? file.data : "", file.len, &err))
		assert(fuzz_refused(&err));
	else
		fuzz_taken = whole(&f);
	findings_finish(&f);
	buf_finish(&text);
	buf_finish(&file);
	return 0;
}
