/* specimen.c - write a report of the made-up release: FORM LANGUAGE SERIES OUTPUT. */
#include "report/series.h"

#include "lib/base/file.h"
#include "tests/unit/report/sample.h"

int main(int argc, char **argv)
{
	struct findings findings = { 0 };
	struct buf pdf = { 0 };
	struct sample s;
	struct err err;
	int r;

	if (argc != 5)
		return 2;
	sample_start(&s, argv[1], argv[2], (size_t)strtoul(argv[3], NULL, 10));
	r = series_write(&pdf, &s.edition, &findings, &err);
	if (!r)
		r = file_replace(argv[4], pdf.data, pdf.len, 0644, &err);
	if (r)
		fprintf(stderr, "specimen: %s\n", err.msg);
	buf_finish(&pdf);
	findings_finish(&findings);
	sample_stop(&s);
	return r ? 1 : 0;
}
