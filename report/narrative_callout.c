/*
 * narrative_callout.c - a share enters, "3 in 4" or "74.2%" leaves, with the exact figure and its
 * base in a note.
 */
#include "report/narrative_callout.h"

#include <stdlib.h>

/*
 * The smallest denominator of these whose fraction is within 1.5 points. Neither none nor all: who
 * reads "10 in 10" does not think of the others.
 */
bool narrative_callout_fraction(int *part, int *of, int tenths)
{
	static const int denominators[] = { 2, 3, 4, 5, 10 };

	for (size_t i = 0; i < sizeof denominators / sizeof *denominators; i++) {
		*of = denominators[i];
		*part = (tenths * *of + 500) / 1000;
		if (*part > 0 && *part < *of && abs(tenths * *of - 1000 * *part) <= 15 * *of)
			return true;
	}
	return false;
}

static const char *share(struct document *d, int tenths, bool percent)
{
	int part, of;

	if (percent || !narrative_callout_fraction(&part, &of, tenths))
		return document_percent(d, tenths);
	return document_fill(d, "story.share", "part", document_count(d, part), "of",
	                     document_count(d, of), NULL);
}

/* "74.2% of 1,616 people who answered; Europe". */
static const char *exactly(struct document *d, int tenths, long base, size_t group)
{
	const struct release_group *g = &d->edition->release->groups[group];
	const char *percent = document_percent(d, tenths), *people = document_count(d, base);

	if (!group)
		return document_fill(d, "story.exact", "percent", percent, "base", people, NULL);
	return document_fill(d, "story.exact_group", "percent", percent, "base", people, "group",
	                     document_group(d, g), NULL);
}

int narrative_callout(struct narrative *n, struct document_block *section,
                      const struct directive *v, const struct narrative_part *p, size_t at,
                      const struct narrative_part *words)
{
	struct document *d = n->d;
	const struct release *r = d->edition->release;
	enum value_kind kind = v->value;
	struct directive_target t;
	struct document_block *b;
	struct document_text text;
	const char *value;
	size_t group = 0;
	int tenths;

	if (kind != VALUE_PERCENT && kind != VALUE_FIRST)
		return narrative_part_refuse(n, p, at,
		                             "{{callout}} calls out a share: write “percent” "
		                             "or nothing behind the answer");
	if (v->group && directive_group(&group, d->edition, v->group, n->err))
		return narrative_part_fault(n, p, at);
	if (directive_target(&t, d->edition, v->path, n->err) ||
	    value_text(&value, d, &t, kind, group, n->err))
		return narrative_part_fault(n, p, at);
	if (narrative_text(&text, n, *words, true))
		return -1;
	narrative_part_elsewhere(n, p, at, t.question);
	b = document_add(d, section, DOCUMENT_CALLOUT);
	b->text = text;
	if (!value) {
		b->big = document_word(d, "chart.protected");
		narrative_part_hidden(n, p, at, v);
		return 0;
	}
	tenths = value_tenths(r, &t, kind == VALUE_FIRST, group);
	b->big = share(d, tenths, v->given && kind == VALUE_PERCENT);
	document_add_text(d, b, DOCUMENT_NOTE, exactly(d, tenths, value_base(r, &t, group), group));
	return 0;
}
