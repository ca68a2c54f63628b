/* sample.h - a small questionnaire with every type and some routing, for the tests of forms/. */
#ifndef TESTS_FORMS_SAMPLE_H
#define TESTS_FORMS_SAMPLE_H

#include "forms/form.h"
#include "tests/unit/test.h"

#define T(en) "{\"en\":\"" en "\",\"fr\":\"" en " (fr)\"}"
#define HEAD                                                                                   \
	"{\"format\":\"peer-survey-questionnaire\",\"version\":1,\"id\":\"sample\","           \
	"\"languages\":[\"en\",\"fr\"],\"reviewers\":{\"en\":\"A\",\"fr\":\"B\"},"             \
	"\"title\":" T("Title") ",\"introduction\":" T("Intro") ",\"consent\":" T("Yes")      \
	",\"thanks\":" T("Thanks") ",\"series\":[{\"id\":\"one\",\"title\":" T("One") "}],"   \
	"\"choices\":{\"yn\":[{\"value\":\"yes\",\"label\":" T("Yes") "},"                     \
	"{\"value\":\"no\",\"label\":" T("No") "}],"                                           \
	"\"more\":[{\"value\":\"a\",\"label\":" T("A") "},{\"value\":\"b\",\"label\":" T("B")  \
	"},{\"value\":\"c\",\"label\":" T("C") "},"                                            \
	"{\"value\":\"other\",\"label\":" T("Other") ",\"other\":true},"                       \
	"{\"value\":\"none\",\"label\":" T("None") ",\"exclusive\":true}],"                    \
	"\"abc\":[{\"value\":\"a\",\"label\":" T("A") "},{\"value\":\"b\",\"label\":" T("B")   \
	"},{\"value\":\"c\",\"label\":" T("C") "}]},\"sections\":["
#define SECTION(id, more, questions)                                                           \
	"{\"id\":\"" id "\",\"title\":" T(id) ",\"series\":[\"one\"]" more ",\"questions\":["   \
	questions "]}"
#define Q(id, type, more) "{\"id\":\"" id "\",\"type\":\"" type "\",\"label\":" T(id) more "}"

#define SAMPLE                                                                                 \
	HEAD SECTION("first", "",                                                              \
		Q("country", "country", "") ","                                                \
		Q("well", "select_one", ",\"choices\":\"yn\"") ","                             \
		Q("used", "select_multiple", ",\"choices\":\"more\"") ","                      \
		Q("access", "matrix", ",\"choices\":\"abc\",\"rows\":[{\"id\":\"nsp\",\"label\":" T(\
			"NSP") "},{\"id\":\"oat\",\"label\":" T("OAT")                          \
			",\"relevant\":\"selected(${used}, 'a')\"}]") ","                       \
		Q("happy", "scale", ",\"min\":0,\"max\":10,\"low\":" T("Low") ",\"high\":" T("High"))\
		"," Q("best", "ranking", ",\"choices\":\"abc\",\"ranks\":2"))                  \
	"," SECTION("second", ",\"relevant\":\"${well} = 'no'\"",                              \
		Q("days", "integer", ",\"min\":0,\"max\":31,\"bands\":[0,1,10]") ","           \
		Q("hours", "decimal", ",\"min\":0,\"max\":24,\"step\":0.5,\"constraint\":"     \
			"\". <= ${days} * 24\",\"constraint_message\":" T("Too many")) ","     \
		Q("since", "date", ",\"precision\":\"month\",\"first\":\"2020-01\","           \
			"\"last\":\"2020-12\"") ","                                            \
		Q("read", "note", "") ","                                                      \
		Q("word", "text", ",\"max_length\":5") ","                                     \
		Q("say", "comment", ",\"max_length\":20,\"relevant\":\"${days} > 3\""))        \
	"]}"

static inline struct form *sample(void)
{
	struct findings findings = {0};
	struct form *f = NULL;
	struct err err;

	if (form_parse(&f, SAMPLE, sizeof SAMPLE - 1, &findings, &err) != 0)
		fail_msg("%s", err.msg);
	findings_finish(&findings);
	return f;
}

/* Fields and values in pairs, NULL at the end; a field that starts with '+' is appended to. */
static inline struct answers *given(const char *const *pairs)
{
	struct answers *a = answers_create();
	struct err err;

	for (; *pairs != NULL; pairs += 2) {
		if (pairs[0][0] == '+')
			assert_int_equal(answers_add(a, pairs[0] + 1, pairs[1], &err), 0);
		else
			assert_int_equal(answers_set(a, pairs[0], pairs[1], &err), 0);
	}
	return a;
}

/* "field=value,value;..." */
static inline char *shown(const struct answers *a)
{
	struct buf b = {0};

	for (size_t i = 0; i < a->n; i++) {
		buf_printf(&b, "%s%s=", i ? ";" : "", a->list[i].field);
		for (size_t k = 0; k < a->list[i].n; k++)
			buf_printf(&b, "%s%s", k ? "," : "", a->list[i].values[k]);
	}
	return buf_take(&b);
}

#endif
