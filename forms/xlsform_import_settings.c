/*
 * xlsform_import_settings.c - what stands before the questions. In: the sheet settings, and the
 * sheet "peer" of a workbook that survey-form has written. Out: id, title, the texts around the
 * questions, series, reviewers. An XLSForm has no such texts: general ones stand in.
 */
#include "forms/xlsform_import.h"

#include "lib/base/utf8.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { INTRODUCTION, CONSENT, THANKS, TEXTS };

static const struct {
	const char *language, *text[TEXTS];
} general[] = {
	{"en", {"This survey is anonymous. You choose whether to take part, and you can skip every "
		"question. Please do not write anything that shows who somebody is.",
		       "I am 18 or older, and I agree to take part.",
		       "Thank you for your time and your trust."}},
	{"fr", {"Cette enquête est anonyme. Vous choisissez de participer ou non, et vous pouvez "
		"passer toutes les questions que vous voulez. N’écrivez rien qui montre qui est "
		"une "
		"personne.",
		       "J’ai 18 ans ou plus et j’accepte de participer.",
		       "Merci pour votre temps et votre confiance."}},
	{"es", {"Esta encuesta es anónima. Tú decides si quieres participar y puedes saltarte "
		"cualquier pregunta. No escribas nada que muestre quién es una persona.",
		       "Tengo 18 años o más y acepto participar.",
		       "Gracias por tu tiempo y tu confianza."}},
	{"pt", {"Este questionário é anónimo. A escolha de participar é sua e pode deixar qualquer "
		"pergunta sem resposta. Não escreva nada que mostre quem é uma pessoa.",
		       "Tenho 18 anos ou mais e aceito participar.",
		       "Agradecemos o seu tempo e a sua confiança."}},
	{"ru", {"Этот опрос анонимный. Вы сами решаете, участвовать ли в нём, и можете пропустить "
		"любой вопрос. Пожалуйста, не пишите ничего, по чему можно понять, кто этот "
		"человек.",
		       "Мне 18 лет или больше. Я даю согласие на участие.",
		       "Спасибо за ваше время и доверие."}},
	{"ar", {"هذا الاستبيان مجهول الهوية. لكم أن تختاروا المشاركة أو عدمها، ويمكنكم تخطّي أي "
		"سؤال. نرجو ألّا تكتبوا أي شيء قد يكشف هوية أي شخص.",
		       "عمري 18 سنة أو أكثر، وأوافق على المشاركة.", "شكرًا لكم على وقتكم وثقتكم."}},
};

static const char *general_text(const char *language, int which)
{
	size_t n = strcspn(language, "-");

	for (size_t i = 0; i < sizeof general / sizeof *general; i++)
		if (strlen(general[i].language) == n &&
			strncmp(general[i].language, language, n) == 0)
			return general[i].text[which];
	return NULL;
}

static void put_general(struct import *im, struct import_text *t, int which)
{
	if (!import_text_empty(t))
		return;
	*t = import_plain(im, general[0].text[which]);
	for (size_t i = 0; t->in != NULL && i < im->n_languages; i++) {
		const char *text = general_text(im->languages[i], which);

		if (text != NULL)
			t->in[i] = text;
	}
}

/* Small letters, digits and '-' out of any text; "" if nothing is left. */
static void slug(char *out, size_t size, const char *s)
{
	size_t n = 0;

	for (; *s != '\0' && n + 1 < size; s++) {
		char c = *s >= 'A' && *s <= 'Z' ? (char)(*s + 32) : *s;

		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9' && n > 0))
			out[n++] = c;
		else if (n > 0 && out[n - 1] != '-' && (unsigned char)c < 0x80)
			out[n++] = '-';
	}
	while (n > 0 && out[n - 1] == '-')
		n--;
	out[n] = '\0';
}

static size_t add_series(struct import *im, const char *id, struct import_text title)
{
	size_t n = im->n_series;

	if (n == sizeof im->series / sizeof *im->series)
		return 0;
	im->series[n].id = id;
	im->series[n].title = title;
	return im->n_series++;
}

size_t import_series(struct import *im, const char *title)
{
	char id[48];
	bool taken = false;

	for (size_t i = 0; i < im->n_series; i++)
		if (strcmp(im->series[i].id, title) == 0 ||
		    (im->series[i].title.in != NULL && im->series[i].title.in[0] != NULL &&
		     strcasecmp(im->series[i].title.in[0], title) == 0))
			return i;
	slug(id, sizeof id, title);
	for (size_t i = 0; i < im->n_series; i++)
		taken |= strcmp(im->series[i].id, id) == 0;
	if (id[0] == '\0' || taken)
		snprintf(id, sizeof id, "series-%zu", im->n_series + 1);
	return add_series(im, import_copy(im, id, strlen(id)), import_plain(im, title));
}

/* One row of our own sheet "peer": key, id, a text in each language. */
static void read_peer_row(struct import *im, size_t row)
{
	const struct import_table *t = &im->peer;
	const char *key = import_cell(t, row, IMPORT_KEY), *id = import_cell(t, row, IMPORT_KEY_ID);
	struct import_text text = import_text(im, t, row, IMPORT_TEXT);

	if (strcmp(key, "title") == 0) {
		im->title = text;
	} else if (strcmp(key, "introduction") == 0) {
		im->introduction = text;
	} else if (strcmp(key, "consent") == 0) {
		im->consent = text;
	} else if (strcmp(key, "thanks") == 0) {
		im->thanks = text;
	} else if (strcmp(key, "series") == 0) {
		add_series(im, id, text);
	} else if (strcmp(key, "subtitle") == 0) {
		for (size_t i = 0; i < im->n_series; i++)
			if (strcmp(im->series[i].id, id) == 0)
				im->series[i].subtitle = text;
	} else if (strcmp(key, "reviewer") == 0) {
		for (size_t i = 0; text.in != NULL && i < im->n_languages; i++)
			im->reviewers[i] = text.in[i];
	} else if (key[0] != '\0') {
		import_say(im, FINDING_ERROR, t, row, IMPORT_KEY,
			"must be title, introduction, consent, thanks, series, subtitle or "
			"reviewer");
	}
}

/* Settings that mean something elsewhere. */
static void say_settings(struct import *im)
{
	static const struct {
		const char *name, *why;
	} known[] = {
		{"version", "is not kept: each round freezes its questionnaire"},
		{"instance_name", "is dropped: answers have no name"},
		{"submission_url", "is dropped: answers go to the survey's own collector only"},
		{"public_key", "is dropped: each round has its own key"},
		{"auto_send", "is dropped: answers are sent when a person sends them"},
		{"auto_delete", "is dropped: nothing is kept on the device"},
		{"style", "is not used: the page has its own design"},
		{"allow_choice_duplicates", "is not used: the choices of a list differ"},
	};
	const struct import_table *t = &im->settings;

	if (t->sheet == NULL)
		return;
	IMPORT_EACH_CELL(t, t->first, i) {
		const char *why = "is not known";

		if (t->columns[i].field != IMPORT_UNKNOWN)
			continue;
		for (size_t k = 0; k < sizeof known / sizeof *known; k++)
			if (import_same(known[k].name, t->columns[i].name))
				why = known[k].why;
		import_say_at(im, FINDING_WARNING, t, t->first, i, "%s", why);
	}
}

static void read_id(struct import *im)
{
	const struct import_table *t = &im->settings;
	const char *id = import_cell(t, t->first, IMPORT_FORM_ID);
	char out[60];

	slug(out, sizeof out, id);
	if (id[0] != '\0' && strcmp(out, id) != 0)
		import_say(im, FINDING_WARNING, t, t->first, IMPORT_FORM_ID,
			"\"%.100s\" becomes \"%s\": small letters, digits and '-'", id,
			out[0] != '\0' ? out : "survey");
	if (out[0] == '\0' && id[0] == '\0' && im->title.in != NULL && im->title.in[0] != NULL)
		slug(out, sizeof out, im->title.in[0]);
	if (out[0] == '\0')
		snprintf(out, sizeof out, "survey");
	im->id = import_copy(im, out, strlen(out));
}

/* The workbook's file name without folder and ending. */
static const char *name_of_file(struct import *im)
{
	const char *name = im->file_name;
	size_t n = strlen(name);
	const char *dot, *slash;

	while (n > 1 && name[n - 1] == '/')
		n--;
	slash = memrchr(name, '/', n);
	if (slash != NULL && slash + 1 < name + n) {
		n -= (size_t)(slash + 1 - name);
		name = slash + 1;
	}
	dot = memrchr(name, '.', n);
	if (dot != NULL && dot > name)
		n = (size_t)(dot - name);
	return n > 0 && utf8_valid(name, n) ? import_copy(im, name, n) : "Survey";
}

void import_settings(struct import *im)
{
	const struct import_table *t = &im->settings;

	if (im->nomem)
		return;
	say_settings(im);
	im->title = import_text(im, t, t->first, IMPORT_FORM_TITLE);
	if (im->peer.sheet != NULL)
		IMPORT_EACH_ROW(&im->peer, row)
			read_peer_row(im, row);
	if (import_text_empty(&im->title)) {
		const char *id = import_cell(t, t->first, IMPORT_FORM_ID);

		import_say(im, FINDING_WARNING, t, t->first, IMPORT_FORM_TITLE,
			"the survey has no form_title: its id or the file's name stands in");
		import_text_need(im, &im->title, t, t->first, IMPORT_FORM_TITLE,
			id[0] != '\0' ? id : name_of_file(im));
	}
	import_text_need(im, &im->title, t, t->first, IMPORT_FORM_TITLE, "Survey");
	read_id(im);
	if (import_text_empty(&im->introduction) || import_text_empty(&im->consent) ||
	    import_text_empty(&im->thanks))
		import_say(im, FINDING_WARNING, t, t->first, IMPORT_FORM_TITLE,
			"an XLSForm has no introduction, consent and thanks: general ones stand "
			"in; "
			"write your own");
	put_general(im, &im->introduction, INTRODUCTION);
	put_general(im, &im->consent, CONSENT);
	put_general(im, &im->thanks, THANKS);
}
