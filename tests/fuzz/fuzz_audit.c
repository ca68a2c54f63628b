/* fuzz_audit.c - whatever release is taken, the audit comes to an end and names places in it. */
#include "analyzer/audit.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct audit_report report = {0};
	struct release *r = NULL;
	struct buf text = {0};
	struct err err;
	size_t last = 0;

	if (release_parse(&r, (const char *)data, n, NULL, &err) != 0 ||
		audit_chain(&report, &last, &r, 1, &err) != 0) {
		assert(fuzz_refused(&err));
	} else {
		fuzz_taken = true;
		for (size_t i = 0; i < report.n_holes; i++)
			audit_hole_put(&text, r, &report.holes[i]);
		assert(!text.failed);
	}
	audit_report_finish(&report);
	release_free(r);
	buf_finish(&text);
	return 0;
}
