/*
 * self_audit.c - the whole of the self-audit. In: a round, and logs. Out: findings in four parts, a
 * summary made from them in full sentences, and both as text.
 *
 * The summary is for people who decide whether to go on: it says what cannot be helped as plainly
 * as what can.
 */
#include "collector/self_audit_inner.h"

#include <inttypes.h>
#include <string.h>

enum { COLUMNS = 88, INDENT = 9 };

int self_audit(struct self_audit *out, const struct round *round, char *const *logs, size_t n_logs,
               const char *root, struct err *err)
{
	struct self_audit_ids ids;
	pid_t collector;
	bool failed = false;

	*out = (struct self_audit){.round = round};
	if (self_audit_line_ids(&ids, round->form, err) != 0)
		return -1;
	self_audit_store(out, &collector);
	self_audit_files(out, &ids);
	self_audit_log(out, logs, n_logs, &ids);
	self_audit_host(out, root, collector, logs, n_logs);
	self_audit_line_ids_finish(&ids);
	for (int p = 0; p < SELF_AUDIT_PARTS; p++)
		failed |= out->part[p].failed != 0;
	if (!failed)
		return 0;
	self_audit_finish(out);
	return err_nomem(err);
}

void self_audit_finish(struct self_audit *a)
{
	for (int p = 0; p < SELF_AUDIT_PARTS; p++)
		findings_finish(&a->part[p]);
	*a = (struct self_audit){0};
}

size_t self_audit_wrong(const struct self_audit *a)
{
	size_t n = 0;

	for (int p = 0; p < SELF_AUDIT_PARTS; p++)
		n += findings_count(&a->part[p], FINDING_ERROR);
	return n;
}

/* --- text --- */

static bool continues(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

/* Put text, broken at blanks; the first line has `column` columns already, the others an indent. */
static void put_wrapped(struct buf *out, const char *s, size_t column, size_t indent)
{
	while (*s != '\0') {
		size_t n = strcspn(s, " "), width = 0;

		for (size_t i = 0; i < n; i++)
			width += !continues(s[i]);
		if (column > indent && column + 1 + width > COLUMNS) {
			buf_printf(out, "\n%*s", (int)indent, "");
			column = indent;
		} else if (column > indent) {
			buf_putc(out, ' ');
			column++;
		}
		buf_put(out, s, n);
		column += width;
		s += n + strspn(s + n, " ");
	}
	buf_putc(out, '\n');
}

static void put_finding(struct buf *out, const struct finding *f)
{
	static const char *const grades[] = {"WRONG", "weak", "note"};
	struct buf text = {0};

	buf_printf(&text, "%s: %s", f->place, f->text);
	buf_printf(out, "  %-*s", INDENT - 2, grades[f->grade]);
	if (text.failed)
		out->failed = true;
	else
		put_wrapped(out, text.data, INDENT, INDENT);
	buf_finish(&text);
}

/* What is wrong first, then what is weak, then the rest. */
static void put_part(struct buf *out, const char *title, const struct findings *f)
{
	if (f->n == 0)
		return;
	buf_printf(out, "%s\n", title);
	for (int grade = FINDING_ERROR; grade <= FINDING_ADVICE; grade++)
		for (size_t i = 0; i < f->n; i++)
			if ((int)f->list[i].grade == grade)
				put_finding(out, &f->list[i]);
	buf_putc(out, '\n');
}

static void say(struct buf *out, const char *sentence)
{
	buf_puts(out, "  - ");
	put_wrapped(out, sentence, 4, 4);
}

/* --- the summary --- */

static void say_survey(struct buf *out, const struct self_audit *a)
{
	const struct round *round = a->round;
	struct buf text = {0};

	buf_printf(&text, "That this machine collects answers for \"%s\", round %s, with all its "
		"questions, and who is named in it as contact.",
		study_text(round->study->title, "en"), round->name);
	say(out, text.failed ? "" : text.data);
	buf_clear(&text);
	if (a->looked)
		buf_printf(&text, "That %" PRIu64 " submissions were stored. Not whose, not when, "
			"not in which order, not which of the records belong together. With an "
			"earlier copy of the store: how many, and which rows, were written since.",
			a->store.used[RECORD_CORE]);
	else
		buf_puts(&text, findings_count(&a->part[SELF_AUDIT_STORE], FINDING_ERROR) > 0
			? "What the store says: it could not be looked at."
			: "That nobody has answered yet: there is no store.");
	say(out, text.failed ? "" : text.data);
	buf_clear(&text);
	buf_printf(&text, "Not one answer%s: they are sealed, and opening them takes the key files "
		"and passphrases of %u of the %u custodians together. People can be forced.",
		a->in_clear ? " from the store" : "", round->key.quorum, round->key.custodians);
	say(out, text.failed ? "" : text.data);
	say(out, "When the store was last written, to the second, and when it last grew: the file "
		"system keeps change times that nothing can round. The first is the time of the "
		"last submission, withdrawal or start.");
	out->failed |= text.failed;
	buf_finish(&text);
}

static void say_faults(struct buf *out, const struct self_audit *a)
{
	const unsigned who = 1U << SELF_AUDIT_IPV4 | 1U << SELF_AUDIT_IPV6 |
	                     1U << SELF_AUDIT_HARDWARE | 1U << SELF_AUDIT_NAME |
	                     1U << SELF_AUDIT_USER;
	const unsigned when = 1U << SELF_AUDIT_TIMED | 1U << SELF_AUDIT_REQUEST |
	                      1U << SELF_AUDIT_CIRCUIT;
	const unsigned what = 1U << SELF_AUDIT_ANSWERS | 1U << SELF_AUDIT_SPOOLED;

	if (a->in_clear || (a->log_kinds & what) != 0)
		say(out, "ANSWERS IN CLEAR, from what is marked above.");
	if (a->keys)
		say(out, "A CUSTODIAN'S KEY FILE: with its passphrase, and enough others, the "
			"answers.");
	if ((a->log_kinds & who) != 0)
		say(out, "FROM WHERE PEOPLE CAME, from the logs: a provider turns that into "
			"names.");
	if ((a->log_kinds & when) != 0)
		say(out, "WHEN PEOPLE CAME, from the logs, and with the number of submissions who "
			"of them answered.");
	if (a->copies || a->journals)
		say(out, "WHICH ROWS WERE WRITTEN LATELY OR WITHDRAWN, from the copies or journals "
			"marked above.");
}

static void say_around(struct buf *out, const struct self_audit *a)
{
	if (a->running)
		say(out, "If it stays switched on: what is in the collector's memory, that is the "
			"answers of submissions under way; and whoever controls it can send people "
			"another page.");
	if (a->keeps_history)
		say(out, "Older states of the store, which the file system keeps: which rows were "
			"written between two of them.");
	if (a->encrypted == SELF_AUDIT_YES)
		say(out, "If it is switched off: nothing of this without the disk's passphrase.");
	else
		say(out, "All of this also from the disk alone: no encryption of it can be seen.");
	say(out, "Not from this machine, but known to whoever watches its line (provider, hosting "
		"company, intelligence): which addresses connected, when, and how much they sent. "
		"With an onion service only that they used Tor.");
	if (a->logs == 0)
		say(out, "What logs say was not looked at.");
}

void self_audit_write(struct buf *out, const struct self_audit *a)
{
	static const char *const titles[SELF_AUDIT_PARTS] = {
		"The store", "Files", "Logs", "The machine"};
	size_t wrong = self_audit_wrong(a);

	for (int p = 0; p < SELF_AUDIT_PARTS; p++)
		put_part(out, titles[p], &a->part[p]);
	buf_puts(out, "What somebody learns who takes this machine now:\n");
	say_survey(out, a);
	say_faults(out, a);
	say_around(out, a);
	buf_putc(out, '\n');
	if (wrong == 0)
		buf_puts(out, "Nothing was found that must not be there.\n");
	else if (wrong == 1)
		buf_puts(out, "1 thing was found that must not be there: it is marked WRONG.\n");
	else
		buf_printf(out, "%zu things were found that must not be there: they are marked "
			"WRONG.\n", wrong);
}
