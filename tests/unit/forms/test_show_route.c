/*
 * test_show_route.c - the way through the paper: what stands where for common patterns, and that
 * whoever follows it answers exactly what the page asks, on questionnaires that are shipped and on
 * random ones.
 */
#include "forms/show_route.h"

#include "forms/route.h"
#include "tests/unit/forms/sample.h"

static struct form *parse(const char *json, size_t n)
{
	struct findings findings = {0};
	struct form *f = NULL;
	struct err err;

	if (form_parse(&f, json, n, &findings, &err) != 0)
		fail_msg("%s in %.*s", err.msg, (int)n, json);
	findings_finish(&findings);
	return f;
}

/* --- patterns --- */

static void put_way(struct buf *b, const char *how, const struct form *f,
                    const struct show_route *r, size_t to)
{
	if (to == SHOW_ROUTE_NEXT)
		return;
	if (to < f->n_questions)
		buf_printf(b, "%s%zu", how, r->number[to]);
	else
		buf_printf(b, "%send", how);
}

/* "1 no>3 declined>3; 2; s3?else5; 3?else5 then7; ..." */
static char *written(const struct form *f, const struct show_route *r)
{
	struct buf b = {0};

	for (size_t i = 0; i < f->n_questions; i++) {
		const struct form_question *q = &f->questions[i];
		const struct show_route_question *own = &r->questions[i];
		const struct show_route_section *s = &r->sections[q->section];
		char how[64];

		if (f->sections[q->section].first == i && s->written) {
			buf_printf(&b, "[%zu-%zu]?", s->first, s->last);
			put_way(&b, "else", f, r, s->otherwise);
			buf_puts(&b, "; ");
		}
		if (q->type == FORM_CALCULATE)
			continue;
		if (r->number[i] != 0)
			buf_printf(&b, "%zu", r->number[i]);
		else
			buf_puts(&b, "note");
		buf_puts(&b, own->written ? "?" : "");
		put_way(&b, "else", f, r, own->otherwise);
		for (size_t k = 0; k <= q->n_choices; k++) {
			snprintf(how, sizeof how, " %s>",
				k < q->n_choices ? q->choices[k].value : "declined");
			put_way(&b, how, f, r, own->arrow[k]);
		}
		put_way(&b, " then", f, r, own->then);
		buf_puts(&b, i + 1 < f->n_questions ? "; " : "");
	}
	return buf_take(&b);
}

#define IF(condition) ",\"relevant\":\"" condition "\""
#define YN ",\"choices\":\"yn\",\"decline\":false"
#define YND ",\"choices\":\"yn\""
#define MORE ",\"choices\":\"more\",\"decline\":false"
#define ONE(id, more) Q(id, "select_one", YN more)
#define LAST Q("z", "text", ",\"max_length\":5")

static const struct {
	const char *label, *questions, *written;
} patterns[] = {
	{"no routing", ONE("a", "") "," LAST, "1; 2"},
	{"one follow-up", ONE("a", "") "," ONE("b", IF("${a} = 'yes'")) "," LAST, "1 no>3; 2; 3"},
	{"declined goes the same way",
	 Q("a", "select_one", YND) "," ONE("b", IF("${a} = 'yes'")) "," LAST,
	 "1 no>3 declined>3; 2; 3"},
	{"unequal", Q("a", "select_one", YND) "," ONE("b", IF("${a} != 'yes'")) "," LAST,
	 "1 yes>3; 2; 3"},
	{"several follow-ups", ONE("a", "") "," ONE("b", IF("${a} = 'yes'")) ","
	 Q("c", "integer", IF("${a} = 'yes'")) "," LAST, "1 no>4; 2; 3; 4"},
	{"nested", ONE("a", "") "," ONE("b", IF("${a} = 'yes'")) ","
	 ONE("c", IF("${b} = 'yes'")) "," LAST, "1 no>4; 2 no>4; 3; 4"},
	{"either way", ONE("a", "") "," ONE("b", IF("${a} = 'yes'")) "," ONE("c", IF("${a} = 'no'"))
	 "," LAST, "1 no>3; 2 then4; 3; 4"},
	{"to the end", ONE("a", "") "," ONE("b", IF("${a} = 'yes'")), "1 no>end; 2"},
	{"not right behind it", ONE("a", "") "," ONE("b", "") "," ONE("c", IF("${a} = 'yes'")) ","
	 LAST, "1; 2; 3?; 4"},
	{"what follows the same sentence", ONE("a", "") "," ONE("b", "") ","
	 ONE("c", IF("${a} = 'yes'")) "," ONE("d", IF("${a} = 'yes'")) "," LAST,
	 "1; 2; 3?else5; 4; 5"},
	{"what hangs on a question with a sentence", ONE("a", "") "," ONE("b", "") ","
	 ONE("c", IF("${a} = 'yes'")) "," ONE("d", IF("${c} = 'yes'")) "," LAST,
	 "1; 2; 3?else5 no>5; 4; 5"},
	{"two questions", ONE("a", "") "," ONE("b", "") ","
	 ONE("c", IF("${a} = 'yes' and ${b} = 'yes'")) "," LAST, "1; 2 no>4; 3?; 4"},
	{"a number", Q("a", "integer", "") "," ONE("b", IF("${a} > 3")) ","
	 ONE("c", IF("${a} > 3")) "," LAST, "1 declined>4; 2?else4; 3; 4"},
	{"a line that may stay empty", Q("a", "integer", ",\"decline\":false") ","
	 ONE("b", IF("${a} = ''")) "," LAST, "1; 2?; 3"},
	{"none of these", Q("a", "select_multiple", MORE) ","
	 ONE("b", IF("not(selected(${a}, 'none'))")) "," LAST, "1 none>3; 2; 3"},
	{"one of many", Q("a", "select_multiple", MORE) "," ONE("b", IF("selected(${a}, 'b')")) ","
	 LAST, "1 none>3; 2?; 3"},
	{"only none of these", Q("a", "select_multiple", MORE) ","
	 ONE("b", IF("selected(${a}, 'none')")) "," LAST, "1 none>2 then3; 2; 3"},
	{"a matrix", Q("a", "matrix", ",\"choices\":\"abc\",\"rows\":[{\"id\":\"r\",\"label\":" T(
		"R") "}]") "," ONE("b", IF("${a/r} = 'a'")) "," LAST, "1; 2?; 3"},
	{"a note", ONE("a", "") "," Q("b", "note", IF("${a} = 'yes'")) "," LAST, "1; note?; 2"},
	{"a note on the way", ONE("a", "") "," ONE("b", IF("${a} = 'yes'")) ","
	 Q("c", "note", IF("${a} = 'yes'")) "," LAST, "1 no>3; 2; note; 3"},
	{"a calculation", ONE("a", "") "," Q("k", "calculate", ",\"calculation\":\"1 + 1\"") ","
	 ONE("b", IF("${k} = 2")) "," LAST, "1; 2?; 3"},
	{"always", ONE("a", "") "," ONE("b", IF("1 = 1")) "," LAST, "1; 2; 3"},
	{"a section", ONE("a", "") "]}," "{\"id\":\"s2\",\"title\":" T("S") ",\"series\":[\"one\"]"
	 IF("${a} = 'yes'") ",\"questions\":[" ONE("b", "") "," ONE("c", "") "]},"
	 "{\"id\":\"s3\",\"title\":" T("S") ",\"series\":[\"one\"],\"questions\":[" LAST,
	 "1 no>4; 2; 3; 4"},
	{"a section whose heading an arrow must not pass", ONE("c", "") "," ONE("a", "") ","
	 ONE("b", IF("${a} = 'yes'")) "]}," "{\"id\":\"s2\",\"title\":" T("S")
	 ",\"series\":[\"one\"]" IF("${b} != '' or ${c} = 'yes'") ",\"questions\":["
	 Q("n", "note", "") "," ONE("d", "") "]},"
	 "{\"id\":\"s3\",\"title\":" T("S") ",\"series\":[\"one\"],\"questions\":[" LAST,
	 "1; 2 no>4; 3; [4-4]?else5; note; 4; 5"},
	{"a section that depends", ONE("a", "") "," ONE("b", "") "]}," "{\"id\":\"s2\",\"title\":"
	 T("S") ",\"series\":[\"one\"]" IF("${a} = 'yes'") ",\"questions\":[" ONE("c", "") ","
	 ONE("d", IF("${c} = 'yes'")) "]},{\"id\":\"s3\",\"title\":" T("S")
	 ",\"series\":[\"one\"],\"questions\":[" LAST, "1; 2; [3-4]?else5; 3 no>5; 4; 5"},
};

static void test_patterns(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(patterns); i++) {
		struct buf json = {0};
		struct show_route *route;
		struct form *f;
		struct err err;
		char *got;

		buf_printf(&json, "%s%s%s]}]}", HEAD "{\"id\":\"s1\",\"title\":" T("S")
			",\"series\":[\"one\"],\"questions\":[", patterns[i].questions, "");
		f = parse(json.data, json.len);
		assert_int_equal(show_route_create(&route, f, &err), 0);
		got = written(f, route);
		if (strcmp(got, patterns[i].written) != 0)
			fail_msg("%s: %s instead of %s", patterns[i].label, got,
				patterns[i].written);
		free(got);
		show_route_free(route);
		form_free(f);
		buf_finish(&json);
	}
	show_route_free(NULL);
}

/* --- walking --- */

static bool holds(const struct expression *e, const struct answers *a)
{
	struct expression_scope scope = {.answers = a};

	return e == NULL || expression_true(e, &scope);
}

static uint64_t state_of_chance;

static size_t chance(size_t n)
{
	state_of_chance = state_of_chance * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (size_t)((state_of_chance >> 33) % n);
}

/* An answer; the state's arrow, or SIZE_MAX. Boxes are always ticked, lines may stay empty. */
static size_t answer(const struct form_question *q, struct answers *a)
{
	char number[32];
	struct err err;
	size_t c = q->n_choices > 0 ? chance(q->n_choices) : 0;

	if (q->decline && chance(6) == 0) {
		answers_set(a, q->id, ANSWER_DECLINED, &err);
		return q->n_choices;
	}
	switch (q->type) {
	case FORM_SELECT_ONE:
		answers_set(a, q->id, q->choices[c].value, &err);
		return c;
	case FORM_SELECT_MULTIPLE:
		answers_add(a, q->id, q->choices[c].value, &err);
		for (size_t i = 0; !q->choices[c].exclusive && i < q->n_choices; i++)
			if (i != c && !q->choices[i].exclusive && chance(3) == 0)
				answers_add(a, q->id, q->choices[i].value, &err);
		return q->choices[c].exclusive ? c : SIZE_MAX;
	case FORM_MATRIX:
		for (size_t i = 0; i < q->n_rows; i++)
			if (holds(q->rows[i].relevant, a) && chance(3) > 0)
				answers_set(a, q->rows[i].field,
					q->choices[chance(q->n_choices)].value, &err);
		return SIZE_MAX;
	case FORM_SCALE:
	case FORM_INTEGER:
	case FORM_DECIMAL:
		snprintf(number, sizeof number, "%zu", chance(11));
		if (chance(5) > 0)
			answers_set(a, q->id, number, &err);
		return SIZE_MAX;
	default:
		if (chance(3) > 0)
			answers_set(a, q->id, q->type == FORM_DATE ? q->first : "x", &err);
		return SIZE_MAX;
	}
}

/* Where one goes on from behind `i`; who goes to the first question of a section reads its head. */
static size_t go(const struct form *f, const struct show_route *r, size_t i, size_t to)
{
	const struct form_section *s;

	if (to == SHOW_ROUTE_NEXT)
		return i + 1;
	if (to >= f->n_questions)
		return f->n_questions;
	assert_true(to > i && r->number[to] != 0);
	s = &f->sections[f->questions[to].section];
	for (size_t k = s->first; k < to; k++)
		if (r->number[k] != 0)
			return to;
	return s->first;
}

/* Fill in the paper, doing what it says and nothing else. */
static void walk(const struct form *f, const struct show_route *r, struct answers *a,
                 bool *visited)
{
	struct err err;
	size_t i = 0;

	while (i < f->n_questions) {
		const struct form_question *q = &f->questions[i];
		const struct form_section *s = &f->sections[q->section];
		const struct show_route_question *own = &r->questions[i];
		size_t arrow;

		if (i == s->first && r->sections[q->section].written && !holds(s->relevant, a)) {
			i = go(f, r, s->first + s->n - 1, r->sections[q->section].otherwise);
			continue;
		}
		if (own->written && !holds(q->relevant, a)) {
			i = go(f, r, i, own->otherwise);
			continue;
		}
		if (r->number[i] == 0) {
			/* calculations are worked out by whoever enters the paper */
			assert_int_equal(route_prune(f, a, &err), 0);
			i++;
			continue;
		}
		visited[i] = true;
		arrow = answer(q, a);
		i = go(f, r, i, arrow != SIZE_MAX && own->arrow[arrow] != SHOW_ROUTE_NEXT
			? own->arrow[arrow] : own->then);
	}
}

/* Walk `times`; every question that was answered had to be, and no other. */
static void walk_often(const struct form *f, size_t times, const char *label)
{
	struct show_route *r;
	struct err err;

	assert_int_equal(show_route_create(&r, f, &err), 0);
	for (size_t n = 0; n < times; n++) {
		struct answers *a = answers_create();
		bool *visited = calloc(f->n_questions, sizeof *visited);

		walk(f, r, a, visited);
		for (size_t i = 0; i < f->n_questions; i++) {
			const struct form_question *q = &f->questions[i];

			if (r->number[i] == 0 || visited[i] == route_asked(f, q, a))
				continue;
			fail_msg("%s: question %zu (%s) is %s: %s; answers %s", label, r->number[i],
				q->id, visited[i] ? "answered for nothing" : "left out",
				written(f, r), shown(a));
		}
		free(visited);
		answers_free(a);
	}
	show_route_free(r);
}

static void test_walk_shipped(void **state)
{
	static const char *const paths[] = {
		SOURCE "/forms/library/covid-peer-experience.json",
		SOURCE "/forms/library/stigma-and-services.json",
	};
	struct form *f;

	(void)state;
	state_of_chance = 1;
	for (size_t i = 0; i < COUNT(paths); i++) {
		struct findings findings = {0};
		struct err err;

		assert_int_equal(form_load(&f, paths[i], &findings, &err), 0);
		walk_often(f, 2000, paths[i]);
		form_free(f);
		findings_finish(&findings);
	}
	f = sample();
	walk_often(f, 500, "sample");
	form_free(f);
}

/* A condition on the questions before `n`. */
static void random_condition(struct buf *b, size_t n, size_t depth)
{
	static const char *const values[] = {"a", "b", "c", "other", "none", "yes", "declined",
		""};
	size_t kind = chance(depth > 0 ? 9 : 6), q = chance(n);

	switch (kind) {
	case 6:
	case 7:
		buf_putc(b, '(');
		random_condition(b, n, depth - 1);
		buf_puts(b, kind == 6 ? ") and (" : ") or (");
		random_condition(b, n, depth - 1);
		buf_putc(b, ')');
		break;
	case 8:
		buf_puts(b, "not(");
		random_condition(b, n, depth - 1);
		buf_putc(b, ')');
		break;
	case 0:
		buf_printf(b, "count-selected(${q%zu}) > %zu", q, chance(3));
		break;
	case 1:
		buf_printf(b, "${q%zu} %s %zu", q, chance(2) ? ">" : "<=", chance(9));
		break;
	case 2:
		buf_printf(b, "${q%zu} != '%s'", q, values[chance(COUNT(values))]);
		break;
	default:
		buf_printf(b, chance(2) ? "${q%zu} = '%s'" : "selected(${q%zu}, '%s')", q,
			values[chance(COUNT(values) - 1)]);
	}
}

static void random_question(struct buf *b, size_t n)
{
	static const char *const types[] = {
		"\"select_one\",\"choices\":\"abc\"", "\"select_one\",\"choices\":\"abc\"",
		"\"select_one\",\"choices\":\"yn\"", "\"select_multiple\",\"choices\":\"more\"",
		"\"integer\"", "\"note\"",
	};
	size_t type = chance(COUNT(types));

	buf_printf(b, "{\"id\":\"q%zu\",\"label\":" T("Q") ",\"type\":%s", n, types[type]);
	if (type < 5 && chance(2))
		buf_puts(b, ",\"decline\":false");
	if (n > 0 && chance(3) > 0) {
		buf_puts(b, ",\"relevant\":\"");
		random_condition(b, chance(2) ? n : (n < 3 ? n : 3), 2);
		buf_putc(b, '"');
	}
	buf_putc(b, '}');
}

static void random_form(struct buf *b)
{
	size_t n = 0, sections = 2 + chance(4);

	buf_puts(b, HEAD);
	for (size_t s = 0; s < sections; s++) {
		size_t questions = 1 + chance(4);

		buf_printf(b, "%s{\"id\":\"s%zu\",\"title\":" T("S") ",\"series\":[\"one\"]",
			s ? "," : "", s);
		if (s > 0 && chance(2)) {
			buf_puts(b, ",\"relevant\":\"");
			random_condition(b, n, 2);
			buf_putc(b, '"');
		}
		buf_puts(b, ",\"questions\":[");
		for (size_t i = 0; i < questions; i++, n++) {
			buf_puts(b, i ? "," : "");
			random_question(b, n);
		}
		buf_puts(b, "]}");
	}
	buf_puts(b, "]}");
}

static void test_walk_random(void **state)
{
	size_t parsed = 0;

	(void)state;
	for (size_t i = 0; i < 600; i++) {
		struct findings findings = {0};
		struct form *f = NULL;
		struct buf json = {0};
		struct err err;

		state_of_chance = i;
		random_form(&json);
		/* a note has no answer to refer to: such a form is refused */
		if (form_parse(&f, json.data, json.len, &findings, &err) == 0) {
			walk_often(f, 100, json.data);
			parsed++;
		}
		form_free(f);
		findings_finish(&findings);
		buf_finish(&json);
	}
	assert_true(parsed >= 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_patterns),
		cmocka_unit_test(test_walk_shipped),
		cmocka_unit_test(test_walk_random),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
