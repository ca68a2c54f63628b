/* fuzz_import_jsonl.c - JSON lines: every line with something in it is a row, taken or refused. */
#include "collector/import_row.h"
#include "tests/fuzz/fuzz_round.h"

/* Lines that are not blank. */
static size_t count_lines(const uint8_t *data, size_t n)
{
	size_t lines = 0;
	bool blank = true;

	for (size_t i = 0; i < n; i++) {
		if (data[i] == '\n') {
			lines += !blank;
			blank = true;
		} else if (data[i] == '\0' || strchr(" \t\r", data[i]) == NULL) {
			blank = false;
		}
	}
	return lines + !blank;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct import_reader reader = {.form = fuzz_round()->round.form};
	size_t rows = 0, taken = 0;
	int status = 1;

	reader.file = fopen(fuzz_file(data, n), "r");
	assert(reader.file != NULL);
	while (status == 1) {
		struct import_row row;
		struct err err;

		status = import_jsonl_row(&row, &reader, &err);
		assert(status >= 0 && fuzz_line(row.fault));
		if (status == 1 && row.fault[0] == '\0')
			taken += fuzz_answers(row.answers, rows < FUZZ_SEALED);
		rows += status == 1;
		import_row_finish(&row);
	}
	assert(rows == count_lines(data, n));
	fuzz_taken = taken == rows;
	fclose(reader.file);
	buf_wipe(&reader.text);
	return 0;
}
