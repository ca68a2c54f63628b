/*
 * fuzz_head.c - the head of a request. What is whole holds what the gate promises to whoever reads
 * it again: an end, lines that end in CR LF, no Transfer-Encoding, one length at most; and what is
 * judged once is judged the same with more bytes behind it.
 */
#include "collector/head.h"
#include "tests/fuzz/fuzz.h"

#include <strings.h>

static size_t count_lines(const char *head, size_t n, const char *name)
{
	size_t count = 0, length = strlen(name);

	for (size_t i = 0; i + length + 1 < n; i++)
		count += head[i] == '\n' && strncasecmp(head + i + 1, name, length) == 0;
	return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char *head = fuzz_string(data, n);
	unsigned status = head_check(head, n);
	const char *end;

	assert(status == HEAD_PARTIAL || status == HEAD_WHOLE || (status >= 400 && status <= 505));
	fuzz_taken = status == HEAD_WHOLE;
	if (status == HEAD_WHOLE) {
		end = strstr(head, "\r\n\r\n");
		assert(end != NULL && end + 4 - head <= HEAD_MOST);
		n = (size_t)(end + 4 - head);
		assert(head_check(head, n) == HEAD_WHOLE);
		assert(head_check(head, n - 1) == HEAD_PARTIAL);
		for (size_t i = 0; i < n; i++)
			assert((head[i] == '\n') == (i > 0 && head[i - 1] == '\r'));
		assert(count_lines(head, n, "transfer-encoding") == 0);
		assert(count_lines(head, n, "content-length:") <= 1);
		assert(count_lines(head, n, "host:") <= 1);
	} else if (status == HEAD_PARTIAL) {
		assert(n < HEAD_MOST);
	}
	free(head);
	return 0;
}
