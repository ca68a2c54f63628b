/*
 * sample.h - a questionnaire with every type of question, and people who answer it, for the tests
 * of counting.
 */
#ifndef TESTS_ANALYZER_SAMPLE_H
#define TESTS_ANALYZER_SAMPLE_H

#include "analyzer/batch.h"
#include "forms/form.h"
#include "tests/unit/test.h"

#define SAMPLE_FORM(country) \
	"{\"format\":\"peer-survey-questionnaire\",\"version\":1,\"id\":\"sample\"," \
	"\"languages\":[\"en\",\"fr\"],\"title\":{\"en\":\"T\"},\"introduction\":{\"en\":\"I\"}," \
	"\"consent\":{\"en\":\"C\"},\"thanks\":{\"en\":\"D\"}," \
	"\"series\":[{\"id\":\"health\",\"title\":{\"en\":\"H\"}}]," \
	"\"choices\":{\"abc\":[{\"value\":\"a\",\"label\":{\"en\":\"Choice, A\"}}," \
	"{\"value\":\"b\",\"label\":{\"en\":\"=B\"}},{\"value\":\"c\",\"label\":{\"en\":\"C\"}}]}," \
	"\"sections\":[{\"id\":\"s\",\"title\":{\"en\":\"S\"},\"series\":[\"health\"]," \
	"\"questions\":[" \
	SAMPLE_Q("country", "country", "") "," \
	SAMPLE_Q("tested", "select_one", ",\"choices\":[" SAMPLE_C("yes") "," SAMPLE_C("no") "," \
		"{\"value\":\"else\",\"label\":{\"en\":\"E\"},\"other\":true}]") "," \
	SAMPLE_Q("used", "select_multiple", ",\"sensitive\":true,\"choices\":\"abc\"") "," \
	SAMPLE_Q("result", "select_one", ",\"relevant\":\"${tested} = 'yes'\"," \
		"\"choices\":[" SAMPLE_C("positive") "," SAMPLE_C("negative") "]") "," \
	SAMPLE_Q("access", "matrix", ",\"choices\":[" SAMPLE_C("better") "," SAMPLE_C("worse") "]," \
		"\"rows\":[{\"id\":\"x\",\"label\":{\"en\":\"X\"}},{\"id\":\"y\"," \
		"\"label\":{\"en\":\"Y\"},\"relevant\":\"${tested} = 'no'\"}]") "," \
	SAMPLE_Q("trust", "scale", ",\"min\":0,\"max\":4,\"low\":{\"en\":\"not\"}," \
		"\"high\":{\"en\":\"fully\"}") "," \
	SAMPLE_Q("rank", "ranking", ",\"ranks\":2,\"choices\":\"abc\"") "," \
	SAMPLE_Q("age", "integer", ",\"min\":16,\"max\":99,\"bands\":[18,25,35]") "," \
	SAMPLE_Q("dose", "decimal", ",\"min\":0,\"max\":5") "," \
	SAMPLE_Q("since", "date", ",\"precision\":\"month\",\"first\":\"2019-11\"," \
		"\"last\":\"2020-02\"") "," \
	"{\"id\":\"say\",\"type\":\"comment\",\"label\":{\"en\":\"Say\"}}]}]," \
	"\"frozen\":{\"round\":\"r1\",\"country\":\"" country "\",\"text_region\":false," \
	"\"demonstration\":false,\"regions\":[" SAMPLE_R("north", "\"FR\",\"DE\"") "," \
	SAMPLE_R("south", "\"BR\"") "," SAMPLE_R("east", "\"IN\"") "]}}"
#define SAMPLE_Q(id, type, more) \
	"{\"id\":\"" id "\",\"type\":\"" type "\",\"label\":{\"en\":\"Question " id "\"}" more "}"
#define SAMPLE_C(value) "{\"value\":\"" value "\",\"label\":{\"en\":\"" value "\"}}"
#define SAMPLE_R(id, countries) \
	"{\"id\":\"" id "\",\"label\":{\"en\":\"" id "\"},\"countries\":[" countries "]}"

static inline struct form *sample_form(const char *text)
{
	struct findings findings = {0};
	struct form *form = NULL;
	struct err err = {0};

	if (form_parse(&form, text, strlen(text), &findings, &err) != 0)
		fail_msg("%s", err.msg);
	findings_finish(&findings);
	return form;
}

/* One person: language, region (or NULL), then fields and values, a list as "a b", to NULL. */
static inline struct answers *sample_answers(const char *language, const char *region,
	const char *const *pairs)
{
	struct answers *a = answers_create();
	struct err err = {0};

	assert_non_null(a);
	assert_int_equal(answers_set_language(a, language, &err), 0);
	if (region != NULL)
		assert_int_equal(answers_set_region(a, region, &err), 0);
	for (; pairs[0] != NULL; pairs += 2) {
		char list[200], *rest = list, *word;
		int many = strcmp(pairs[0], "used") == 0 || strcmp(pairs[0], "rank") == 0;

		snprintf(list, sizeof list, "%s", pairs[1]);
		while (many && (word = strsep(&rest, " ")) != NULL)
			assert_int_equal(answers_add(a, pairs[0], word, &err), 0);
		if (!many)
			assert_int_equal(answers_set(a, pairs[0], pairs[1], &err), 0);
	}
	return a;
}

static inline void sample_add(struct batch *b, const char *language, const char *region,
	const char *const *pairs)
{
	struct answers *a = sample_answers(language, region, pairs);
	struct err err = {0};

	assert_int_equal(batch_core(b, a, &err), 0);
	answers_free(a);
}

#define SAMPLE_PAIRS(...) (const char *const[]){__VA_ARGS__, NULL}

#endif
