/* fuzz_import_csv.c - CSV: a header that is the questionnaire's, then rows, taken or refused. */
#include "collector/import_row.h"
#include "tests/fuzz/fuzz_round.h"

static void read_rows(struct import_reader *reader)
{
	size_t line = 0, rows = 0, taken = 0;
	int status = 1;

	while (status == 1) {
		struct import_row row;
		struct err err;

		status = import_csv_row(&row, reader, &err);
		assert(status >= 0 && fuzz_line(row.fault));
		assert(status == 0 || row.line > line);
		line = row.line;
		if (status == 1 && row.fault[0] == '\0')
			taken += fuzz_answers(row.answers, rows < FUZZ_SEALED);
		rows += status == 1;
		import_row_finish(&row);
	}
	fuzz_taken = taken == rows;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct import_reader reader = {.form = fuzz_round()->round.form};
	struct err err;

	reader.file = fopen(fuzz_file(data, n), "r");
	assert(reader.file != NULL);
	if (import_csv_header(&reader, &err) == 0)
		read_rows(&reader);
	else
		assert(fuzz_refused(&err));
	import_csv_finish(&reader);
	buf_wipe(&reader.text);
	fclose(reader.file);
	return 0;
}
