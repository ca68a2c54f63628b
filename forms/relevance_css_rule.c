/*
 * relevance_css_rule.c - conditions as compound selectors. In: two of them. Out: their and, or,
 * not. Conjunctions are concatenations, flattened and without repetition; :has() never stands
 * inside another :has(), which CSS forbids (Selectors 4, section 4.5).
 */
#include "forms/relevance_css_parts.h"

#include <string.h>

void relevance_css_rule_finish(struct relevance_css_rule *r)
{
	buf_finish(&r->text);
	*r = (struct relevance_css_rule){0};
}

void relevance_css_rule_set(struct relevance_css_rule *r, const struct relevance_css_rule *from)
{
	r->never = from->never;
	buf_clear(&r->text);
	buf_put(&r->text, from->text.data, from->text.len);
	r->text.failed |= from->text.failed;
}

void relevance_css_rule_never(struct relevance_css_rule *r)
{
	r->never = true;
	buf_clear(&r->text);
}

bool relevance_css_rule_always(const struct relevance_css_rule *r)
{
	return !r->never && r->text.len == 0;
}

bool relevance_css_rule_equal(const struct relevance_css_rule *a,
                              const struct relevance_css_rule *b)
{
	return a->never == b->never && a->text.len == b->text.len &&
	       (a->text.len == 0 || memcmp(a->text.data, b->text.data, a->text.len) == 0);
}

/* Length of the first of the selectors that a compound one is made of. */
static size_t first_part(const char *s)
{
	size_t n = 0, depth = 0;

	do {
		if (s[n] == '(')
			depth++;
		else if (s[n] == ')')
			depth--;
		n++;
	} while (s[n] != '\0' && (depth > 0 || s[n] != ':'));
	return n;
}

static bool has_part(const char *s, const char *part, size_t n)
{
	for (size_t k; *s != '\0'; s += k) {
		k = first_part(s);
		if (k == n && memcmp(s, part, n) == 0)
			return true;
	}
	return false;
}

void relevance_css_rule_and(struct relevance_css_rule *r, const struct relevance_css_rule *b)
{
	r->text.failed |= b->text.failed;
	if (r->never || b->never) {
		relevance_css_rule_never(r);
		return;
	}
	if (b->text.len == 0)
		return;
	for (const char *s = b->text.data; *s != '\0';) {
		size_t n = first_part(s);

		if (r->text.len == 0 || !has_part(r->text.data, s, n))
			buf_put(&r->text, s, n);
		s += n;
	}
}

/* Is it one selector with this beginning, ":is(", whose list more can join? */
static bool is_list(const struct buf *text, const char *beginning)
{
	return text->len > 0 && strncmp(text->data, beginning, strlen(beginning)) == 0 &&
	       first_part(text->data) == text->len;
}

void relevance_css_rule_or(struct relevance_css_rule *r, const struct relevance_css_rule *b)
{
	static const char *const lists[] = {":has(", ":is("};
	struct buf joined = {0};

	r->text.failed |= b->text.failed;
	if (b->never || relevance_css_rule_always(r))
		return;
	if (r->never || b->text.len == 0) {
		relevance_css_rule_set(r, b);
		return;
	}
	if (relevance_css_rule_equal(r, b))
		return;
	for (size_t i = 0; i < 2; i++) {
		size_t n = strlen(lists[i]);

		/* :has(a) or :has(b) is :has(a,b); :is(a,b) or c is :is(a,b,c) */
		if (!is_list(&r->text, lists[i]) || (i == 0 && !is_list(&b->text, lists[i])))
			continue;
		if (!is_list(&b->text, lists[i]))
			n = 0;
		buf_put(&joined, r->text.data, r->text.len - 1);
		buf_putc(&joined, ',');
		buf_put(&joined, b->text.data + n, b->text.len - n - (n > 0));
		buf_putc(&joined, ')');
		break;
	}
	if (joined.len == 0)
		buf_printf(&joined, ":is(%s,%s)", r->text.data, b->text.data);
	joined.failed |= r->text.failed;
	buf_finish(&r->text);
	r->text = joined;
}

/* Is there a comma outside of all brackets? */
static bool lists_several(const char *s, size_t n)
{
	int depth = 0;

	for (size_t i = 0; i < n; i++) {
		depth += (s[i] == '(') - (s[i] == ')');
		if (s[i] == ',' && depth == 0)
			return true;
	}
	return false;
}

void relevance_css_rule_not(struct relevance_css_rule *r)
{
	struct buf negated = {0};
	const char *s = r->text.data;
	size_t n = r->text.len;

	if (n == 0) {
		r->never = !r->never;
		return;
	}
	if (is_list(&r->text, ":not(")) {
		/* :not(a,b) is neither: its opposite is either */
		buf_printf(&negated, lists_several(s + 5, n - 6) ? ":is(%.*s)" : "%.*s",
			(int)(n - 6), s + 5);
	} else if (is_list(&r->text, ":is(")) {
		buf_printf(&negated, ":not(%.*s)", (int)(n - 5), s + 4);
	} else {
		buf_printf(&negated, ":not(%s)", s);
	}
	negated.failed |= r->text.failed;
	buf_finish(&r->text);
	r->text = negated;
}
