/* test_check_route.c - conditions that can never or always hold are told, others are not. */
#include "tests/unit/forms/check_sample.h"

#include "forms/check_search.h"

#define DAYS Q("days", "integer", ",\"min\":0,\"max\":31")
#define HOURS Q("hours", "decimal", ",\"min\":0,\"max\":24")
#define SINCE                                                                                      \
	Q("since", "date", ",\"precision\":\"month\",\"first\":\"2020-01\",\"last\":\"2020-12\"")
#define BEST Q("best", "ranking", ",\"choices\":\"abc\",\"ranks\":2")
#define CALC(id, calculation, more)                                                            \
	"{\"id\":\"" id "\",\"type\":\"calculate\",\"calculation\":\"" calculation "\"" more "}"
#define THEN(first, condition) ONE(first "," YN("z", IF(condition)))
#define RULE(constraint) ",\"constraint\":\"" constraint "\",\"constraint_message\":" T("No")
#define ACCESS(condition)                                                                          \
	"{\"id\":\"access\",\"type\":\"matrix\",\"label\":" T(                                     \
		"m") ",\"choices\":\"abc\",\"rows\":"                                              \
		     "[{\"id\":\"nsp\",\"label\":" T("NSP") "},{\"id\":\"oat\",\"label\":" T(      \
			     "OAT") ",\"relevant\":\"" condition "\"}]}"
#define TOWN(filter1, filter2, more)                                                           \
	"{\"id\":\"town\",\"type\":\"select_one\",\"label\":" T("t") ",\"choice_filter\":"         \
	"\"region = ${r}\",\"choices\":[{\"value\":\"t1\",\"label\":" T("T1")                    \
	",\"filter\":{\"region\":\"" filter1 "\"}},{\"value\":\"t2\",\"label\":" T("T2")         \
	",\"filter\":{\"region\":\"" filter2 "\"}}]" more "}"
#define NEVER FINDING_ERROR, "z", "can never be asked"
#define ALWAYS FINDING_ADVICE, "z", "always true"
#define NOTHING 0, NULL, NULL

static const struct check_case cases[] = {
	/* contradictions */
	{"bad-two values", THEN(ABC("a", ""), "${a} = 'a' and ${a} = 'b'"), NEVER},
	{"bad-equal and not", THEN(ABC("a", ""), "${a} = 'a' and not(${a} = 'a')"), NEVER},
	{"bad-number apart", THEN(DAYS, "${days} < 3 and ${days} > 5"), NEVER},
	{"bad-between whole numbers", THEN(DAYS, "${days} > 3 and ${days} < 4"), NEVER},
	{"bad-out of range", THEN(DAYS, "${days} > 31"), NEVER},
	{"bad-negative", THEN(DAYS, "${days} < 0"), NEVER},
	{"bad-set with the exclusive choice",
		THEN(MORE("m", ""), "selected(${m}, 'a') and selected(${m}, 'none')"), NEVER},
	{"bad-count of too many", THEN(MORE("m", ""), "count-selected(${m}) > 4"), NEVER},
	{"bad-ranked too many",
		THEN(BEST, "selected(${best}, 'a') and selected(${best}, 'b') and "
			   "selected(${best}, 'c')"),
		NEVER},
	{"bad-date out of range", THEN(SINCE, "${since} = '2021-01'"), NEVER},
	{"bad-arithmetic on few numbers", THEN(DAYS, "${days} mod 2 = 2"), NEVER},
	{"bad-calculation",
		THEN(ABC("a", "") "," CALC("c", "if(${a} = 'a', 1, 0)", ""), "${c} = 2"), NEVER},
	/* what leads there */
	{"bad-parent asked otherwise",
		ONE(YN("a", "") "," YN("b", IF("${a} = 'yes'")) "," YN(
			"z", IF("${a} = 'no' and ${b} = 'yes'"))),
		NEVER},
	{"bad-grandparent",
		ONE(YN("a", "") "," YN("b", IF("${a} = 'yes'")) "," YN(
			"c", IF("${b} = 'yes'")) "," YN("z", IF("${c} != '' and ${a} = 'no'"))),
		NEVER},
	{"bad-section",
		HEAD SECTION("s", "", YN("a", "")) "," SECTION(
			"t", IF("${a} = 'yes'"), YN("z", IF("${a} = 'no'"))) "]}",
		NEVER},
	{"bad-whole section",
		HEAD SECTION("s", "", ABC("a", "")) "," SECTION("t",
			IF("${a} = 'a' and ${a} = 'b'"),
			YN("z", "") "," YN("y", IF("${z} = 'no'"))) "]}",
		FINDING_ERROR, "sections.t", "can never be asked"},
	{"bad-constraint of the parent",
		ONE(Q("n", "integer", ",\"min\":0,\"max\":9" RULE(". < 5")) "," YN(
			"z", IF("${n} > 6"))),
		NEVER},
	{"bad-not offered to the parent",
		ONE(Q("r", "select_one", ",\"choices\":\"abc\"") "," TOWN("a", "b", "") "," YN(
			"z", IF("${r} = 'a' and ${town} = 't2'"))),
		NEVER},
	{"bad-row", ONE(ABC("a", "") "," ACCESS("${a} = 'a' and ${a} = 'b'")), FINDING_ERROR,
		"access.rows.oat", "can never be asked"},
	{"bad-row not asked",
		ONE(ABC("a", "") "," ACCESS("${a} = 'a'") "," YN(
			"z", IF("${access/oat} = 'a' and ${a} = 'b'"))),
		NEVER},
	{"bad-switched off", THEN(YN("a", ""), "false()"), FINDING_WARNING, "z", "always false"},
	/* constraints and filters */
	{"bad-constraint", ONE(Q("z", "integer", ",\"min\":0,\"max\":9" RULE(". > 9"))),
		FINDING_ERROR, "z", "cannot be answered"},
	{"bad-constraint with an earlier answer",
		ONE(DAYS "," Q("z", "integer",
			",\"min\":0,\"max\":9" IF("${days} > 9") RULE(". > ${days}"))),
		FINDING_ERROR, "z", "cannot be answered"},
	{"bad-filter", ONE(Q("r", "select_one", ",\"choices\":\"abc\"") "," TOWN("a", "x", "")),
		FINDING_WARNING, "town", "never offers the choice \"t2\""},
	/* values */
	{"bad-value", THEN(ABC("a", ""), "${a} = 'd' or ${a} = 'a'"), FINDING_ERROR, "z",
		"compares ${a} with \"d\", which is none of its choices"},
	{"bad-number as value", THEN(ABC("a", ""), "${a} = 1 or ${a} = 'a'"), FINDING_ERROR, "z",
		"compares ${a} with 1"},
	{"bad-selected", THEN(MORE("m", ""), "selected(${m}, 'zz') or selected(${m}, 'a')"),
		FINDING_ERROR, "z", "\"zz\""},
	{"bad-declined where it is not offered",
		THEN(ABC("a", ",\"decline\":false"), "${a} = 'declined' or ${a} = 'a'"),
		FINDING_ERROR, "z", "\"declined\""},
	{"bad-list equals one", THEN(MORE("m", ""), "${m} = 'a'"), FINDING_ADVICE, "z",
		"write selected(${m}, 'a')"},
	/* always */
	{"bad-always", THEN(ABC("a", ""), "${a} = 'a' or ${a} != 'a'"), ALWAYS},
	{"bad-always by numbers",
		HEAD SECTION("s", "", DAYS) "," SECTION(
			"t", IF("${days} > 3"), YN("z", IF("${days} > 2.5"))) "]}",
		ALWAYS},
	{"bad-always here",
		HEAD SECTION("s", "", YN("a", "")) "," SECTION(
			"t", IF("${a} = 'yes'"), YN("z", IF("${a} != 'no'"))) "]}",
		ALWAYS},
	{"bad-true()", THEN(YN("a", ""), "true()"), ALWAYS},
	/* nothing wrong */
	{"plain", THEN(ABC("a", ""), "${a} = 'a'"), NOTHING},
	{"blank", THEN(ABC("a", ""), "${a} = ''"), NOTHING},
	{"declined", THEN(ABC("a", ""), "${a} = 'declined'"), NOTHING},
	{"not is true of blank", THEN(ABC("a", ""), "not(${a} = 'a')"), NOTHING},
	{"number in range", THEN(DAYS, "${days} > 3 and ${days} < 5"), NOTHING},
	{"number at the end", THEN(DAYS, "${days} = 31"), NOTHING},
	{"between decimals", THEN(HOURS, "${hours} > 3 and ${hours} < 4"), NOTHING},
	{"blank number is not at least 0", THEN(DAYS, "${days} >= 0"), NOTHING},
	{"set", THEN(MORE("m", ""), "selected(${m}, 'a') and selected(${m}, 'b')"), NOTHING},
	{"exclusive alone", THEN(MORE("m", ""), "${m} = 'none'"), NOTHING},
	{"count", THEN(MORE("m", ""), "count-selected(${m}) = 4"), NOTHING},
	{"count without one",
		THEN(MORE("m", ""), "count-selected(${m}) > 2 and not(selected(${m}, 'a'))"),
		NOTHING},
	{"ranked", THEN(BEST, "selected(${best}, 'a') and selected(${best}, 'b')"), NOTHING},
	{"date", THEN(SINCE, "${since} = '2020-05'"), NOTHING},
	{"dates in order", THEN(SINCE, "${since} > '2020-11'"), NOTHING},
	{"two questions", THEN(ABC("a", "") "," ABC("b", ""), "${a} = ${b} and ${a} != 'c'"),
		NOTHING},
	{"two numbers", THEN(DAYS "," HOURS, "${days} * 24 < ${hours}"), NOTHING},
	{"calculation", THEN(ABC("a", "") "," CALC("c", "if(${a} = 'a', 1, 0)", ""), "${c} = 1"),
		NOTHING},
	{"no calculation where it is not asked",
		THEN(ABC("a", "") "," CALC("c", "1", IF("${a} = 'a'")), "${c} = ''"), NOTHING},
	{"parent", ONE(YN("a", "") "," YN("b", IF("${a} = 'yes'")) "," YN("z", IF("${b} = 'no'"))),
		NOTHING},
	{"parent not asked",
		ONE(YN("a", "") "," YN("b", IF("${a} = 'yes'")) "," YN("z", IF("${b} = ''"))),
		NOTHING},
	{"constraint", ONE(Q("z", "integer", ",\"min\":0,\"max\":9" RULE(". > 8"))), NOTHING},
	{"constraint of a text", ONE(Q("z", "text", RULE("string-length(.) = 3"))), NOTHING},
	{"filter", ONE(Q("r", "select_one", ",\"choices\":\"abc\"") "," TOWN("a", "b", "")),
		NOTHING},
	{"row", ONE(ABC("a", "") "," ACCESS("${a} = 'a'") "," YN("z", IF("${access/oat} = 'b'"))),
		NOTHING},
	{"a day that changes is not judged", THEN(YN("a", ""), "today() = '1999-01-01'"), NOTHING},
	{"bad-the day itself", ONE(CALC("z", "today()", "")), FINDING_ERROR, "z",
		"would keep the day"},
	{"bad-worked out of the day",
		ONE(DAYS "," CALC("z", "if(today() > '2020-01-01', ${days}, 0)", "")),
		FINDING_WARNING, "z", "works with the day"},
};

static void test_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct form *f = parsed(cases[i].label, cases[i].form);
		struct findings findings = {0};

		check_form(f, &findings);
		expect_only(&cases[i], &findings);
		findings_finish(&findings);
		form_free(f);
	}
}

/* Nine rows that may each open a question: found at once, though there are 5^9 states. */
static void test_many_rows(void **state)
{
	struct findings findings = {0};
	struct buf text = {0};
	struct form *f;

	(void)state;
	buf_puts(&text, HEAD
		"{\"id\":\"s\",\"title\":" T("s") ",\"series\":[\"one\"],\"questions\":["
						  "{\"id\":\"m\",\"type\":\"matrix\",\"label\":" T(
							  "m") ",\"choices\":\"abc\",\"rows\":[");
	for (int i = 0; i < 9; i++)
		buf_printf(
			&text, "%s{\"id\":\"r%d\",\"label\":" T("r%d") "}", i ? "," : "", i, i, i);
	buf_puts(&text, "]},"
			"{\"id\":\"z\",\"type\":\"note\",\"label\":" T("z") ",\"relevant\":\"");
	for (int i = 0; i < 9; i++)
		buf_printf(&text, "%s${m/r%d} = 'a'", i ? " or " : "", i);
	buf_puts(&text, "\"}]}]}");
	f = parsed("rows", text.data);
	check_form(f, &findings);
	expect_only(&(struct check_case){.label = "rows"}, &findings);
	form_free(f);
	buf_finish(&text);
	findings_finish(&findings);
}

/* Skip logic that cannot be followed ends with a word about it, not in hours. */
static void test_too_much(void **state)
{
	struct findings findings = {0};
	struct buf text = {0};
	struct form *f;

	(void)state;
	buf_puts(&text,
		HEAD "{\"id\":\"s\",\"title\":" T("s") ",\"series\":[\"one\"],\"questions\":[");
	for (int i = 0; i < 60; i++) {
		buf_printf(&text,
			"%s{\"id\":\"q%d\",\"type\":\"integer\",\"min\":0,\"max\":90,\"label\":" T(
				"q%d") ",\"relevant\":\"1 = 1",
			i ? "," : "", i, i, i);
		for (int k = i > 8 ? i - 8 : 0; k + 1 < i; k++)
			buf_printf(&text, " and ${q%d} mod 7 + ${q%d} mod 5 != %d", k, k + 1, k);
		if (i > 2)
			buf_printf(&text, " and ${q%d} + ${q%d} = 500", i - 1, i - 2);
		buf_puts(&text, "\"}");
	}
	buf_puts(&text, "]}]}");
	f = parsed("too much", text.data);
	check_form(f, &findings);
	assert_true(
		found(&findings, FINDING_ADVICE, "questionnaire", "more skip logic than could be"));
	form_free(f);
	buf_finish(&text);
	findings_finish(&findings);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_many_rows),
		cmocka_unit_test(test_too_much),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
