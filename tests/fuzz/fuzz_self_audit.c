/*
 * fuzz_self_audit.c - a log file and the start of any file, for --self-audit: read to the end or said
 * to be no text, its lines counted, and an address on a line of its own found whatever stands before
 * it. An input is taken when it says nothing about anybody.
 */
#include "collector/self_audit_inner.h"
#include "tests/fuzz/fuzz_round.h"

#include <fcntl.h>

static void scan(struct self_audit_seen *seen, const void *bytes, size_t n,
                 const struct self_audit_ids *ids)
{
	struct err err;
	int fd = open(fuzz_file(bytes, n), O_RDONLY | O_CLOEXEC);

	assert(fd >= 0 && self_audit_log_scan(seen, fd, ids, &err) == 0);
	close(fd);
}

static size_t count_lines(const struct buf *text)
{
	size_t n = 0;

	for (size_t i = 0; i < text->len; i++)
		n += text->data[i] == '\n';
	return n + (text->len > 0 && text->data[text->len - 1] != '\n');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const char address[] = "\n203.0.113.9";
	struct self_audit_seen seen, more;
	struct self_audit_ids ids;
	struct buf text = {0};
	struct err err;

	assert(self_audit_line_ids(&ids, fuzz_round()->round.form, &err) == 0);
	buf_put(&text, data, n);
	scan(&seen, data, n, &ids);
	for (int k = 0; k < SELF_AUDIT_KINDS; k++) {
		assert((seen.kinds >> k & 1) == (seen.kind[k].lines > 0));
		assert(seen.kind[k].lines <= seen.lines && seen.kind[k].first <= seen.lines);
	}
	if (seen.unread == NULL) {
		assert(seen.lines == count_lines(&text));
		buf_put(&text, address, sizeof address - 1);
		scan(&more, text.data, text.len, &ids);
		/* the input may have ended in the middle of its first bytes */
		if (more.unread == NULL)
			assert(more.lines == count_lines(&text) &&
			       more.kind[SELF_AUDIT_IPV4].lines ==
				       seen.kind[SELF_AUDIT_IPV4].lines + 1 &&
			       (more.kinds | 1U << SELF_AUDIT_IPV4) ==
				       (seen.kinds | 1U << SELF_AUDIT_IPV4));
	}
	(void)self_audit_sniff(text.data != NULL ? text.data : "", n, &ids);
	fuzz_taken = seen.unread == NULL && seen.kinds == 0;
	self_audit_line_ids_finish(&ids);
	buf_finish(&text);
	return 0;
}
