/*
 * fuzz_narrative.c - narratives: what is built has well-formed words, prints only what the release
 * publishes or says that it does not, and has an outline.
 */
#include "report/narrative.h"
#include "tests/fuzz/fuzz.h"
#include "tests/unit/report/sample.h"

/* One question of each kind that directives tell apart. */
static const char questions[] =
	"{\"format\":\"peer-survey-questionnaire\",\"version\":1,\"id\":\"q\","
	"\"languages\":[\"en\"],\"title\":{\"en\":\"T\"},\"introduction\":{\"en\":\"I\"},"
	"\"consent\":{\"en\":\"C\"},\"thanks\":{\"en\":\"G\"},"
	"\"series\":[{\"id\":\"s\",\"title\":{\"en\":\"S\"}}],"
	"\"choices\":{\"yn\":[{\"value\":\"yes\",\"label\":{\"en\":\"Yes\"}},"
	"{\"value\":\"no\",\"label\":{\"en\":\"No\"}},"
	"{\"value\":\"other\",\"label\":{\"en\":\"Other\"},\"other\":true}],"
	"\"abc\":[{\"value\":\"a\",\"label\":{\"en\":\"A\"}},"
	"{\"value\":\"b\",\"label\":{\"en\":\"B\"}},"
	"{\"value\":\"c\",\"label\":{\"en\":\"More than 5%\"}}]},"
	"\"sections\":[{\"id\":\"first\",\"title\":{\"en\":\"First\"},\"series\":[\"s\"],"
	"\"questions\":[{\"id\":\"one\",\"type\":\"select_one\",\"label\":{\"en\":\"One?\"},"
	"\"choices\":\"yn\"},"
	"{\"id\":\"some\",\"type\":\"select_multiple\",\"label\":{\"en\":\"Some?\"},"
	"\"choices\":\"abc\"},"
	"{\"id\":\"lines\",\"type\":\"matrix\",\"label\":{\"en\":\"Lines?\"},\"choices\":\"abc\","
	"\"rows\":[{\"id\":\"x\",\"label\":{\"en\":\"X\"}},{\"id\":\"y\",\"label\":{\"en\":\"Y\"}}]"
	"},"
	"{\"id\":\"scale\",\"type\":\"scale\",\"label\":{\"en\":\"Scale?\"},\"min\":1,\"max\":5,"
	"\"low\":{\"en\":\"L\"},\"high\":{\"en\":\"H\"}},"
	"{\"id\":\"rank\",\"type\":\"ranking\",\"label\":{\"en\":\"Rank?\"},"
	"\"choices\":\"abc\",\"ranks\":2},"
	"{\"id\":\"words\",\"type\":\"comment\",\"label\":{\"en\":\"Words?\"}}]},"
	"{\"id\":\"second\",\"title\":{\"en\":\"Second\"},\"questions\":["
	"{\"id\":\"when\",\"type\":\"date\",\"label\":{\"en\":\"When?\"},\"precision\":\"month\","
	"\"first\":\"2020-01\",\"last\":\"2020-12\"}]}]}";

/* Made once and kept. */
static const struct edition *edition(void)
{
	static struct sample s;
	struct findings findings = {0};
	struct err err;

	if (s.form != NULL)
		return &s.edition;
	if (form_parse(&s.form, questions, sizeof questions - 1, &findings, &err) != 0) {
		fprintf(stderr, "%s\n", err.msg);
		abort();
	}
	findings_finish(&findings);
	s.release = sample_release(s.form, false);
	s.words = words_create(words_report);
	assert(s.words != NULL && regions_default(&s.regions, &err) == 0 &&
	       number_create(&s.number, "en", &err) == 0);
	s.edition = (struct edition){.study = &s.study,
	                             .fingerprint = "",
	                             .form = s.form,
	                             .regions = s.regions,
	                             .release = s.release,
	                             .words = s.words,
	                             .number = s.number,
	                             .language = "en",
	                             .number_in_series = 2,
	                             .previous = s.release,
	                             .previous_form = s.form};
	return &s.edition;
}

static void check_text(const struct document_text *t)
{
	for (size_t i = 0; i < t->n; i++) {
		const struct document_span *s = &t->spans[i];

		assert(utf8_valid(s->text, strlen(s->text)));
		assert(s->link == NULL || strncmp(s->link, "https://", 8) == 0 ||
		       strncmp(s->link, "mailto:", 7) == 0 || s->link[0] == '#');
		if (s->note != NULL)
			check_text(s->note);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct findings findings = {0};
	struct document *d;
	struct buf outline = {0};
	struct err err;

	assert(document_create(&d, edition(), &err) == 0);
	if (narrative_build(d, (const char *)data, n, "fuzz", &findings, &err) != 0) {
		assert(fuzz_refused(&err));
	} else {
		fuzz_taken = true;
		for (const struct document_block *b = d->first; b != NULL; b = document_next(b)) {
			check_text(&b->title);
			check_text(&b->text);
		}
		assert(narrative_outline(&outline, (const char *)data, n, "fuzz", &err) == 0);
	}
	for (size_t i = 0; i < findings.n; i++)
		assert(fuzz_line(findings.list[i].text) && fuzz_line(findings.list[i].place));
	buf_finish(&outline);
	findings_finish(&findings);
	document_free(d);
	return 0;
}
