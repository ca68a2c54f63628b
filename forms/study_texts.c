/* study_texts.c - an object of texts by language enters, a list of them leaves. */
#include "forms/study_texts.h"

#include <stdlib.h>
#include <string.h>

void study_texts_free(struct study_text *list)
{
	for (struct study_text *t = list; t != NULL && t->language != NULL; t++) {
		free(t->language);
		free(t->text);
	}
	free(list);
}

int study_texts_read(struct study_text **out, const struct json *v, const char *name,
                     struct err *err)
{
	const struct json *m = json_get(v, name);
	size_t n = 0;

	*out = calloc(json_count(m) + 1, sizeof **out);
	if (*out == NULL)
		return err_nomem(err);
	if (m == NULL)
		return 0;
	if (json_type(m) != JSON_OBJECT)
		return err_set(err, ERR_INPUT, "%s: must be an object of texts by language", name);
	for (const struct json *t = json_first(m); t != NULL; t = json_next(t), n++) {
		if (json_string(t) == NULL)
			return err_set(err, ERR_INPUT, "%s: \"%s\" must be a string", name,
				json_name(t));
		(*out)[n].language = strdup(json_name(t));
		(*out)[n].text = strdup(json_string(t));
		if ((*out)[n].language == NULL || (*out)[n].text == NULL)
			return err_nomem(err);
	}
	return 0;
}

/* The text in a language, else in English, else the first, else NULL. */
static const struct study_text *find(const struct study_text *list, const char *language)
{
	const struct study_text *found = NULL;

	if (list == NULL || list->language == NULL)
		return NULL;
	for (const struct study_text *t = list; t->language != NULL; t++) {
		if (strcmp(t->language, language) == 0)
			return t;
		if (strcmp(t->language, "en") == 0)
			found = t;
	}
	return found != NULL ? found : list;
}

const char *study_texts_in(const struct study_text *list, const char *language)
{
	const struct study_text *t = find(list, language);

	return t != NULL ? t->text : "";
}

const char *study_texts_language(const struct study_text *list, const char *language)
{
	const struct study_text *t = find(list, language);

	return t != NULL ? t->language : NULL;
}

bool study_texts_given(const struct study_text *list, const char *language)
{
	for (const struct study_text *t = list; t != NULL && t->language != NULL; t++)
		if (t->text[0] != '\0' && (language == NULL || strcmp(t->language, language) == 0))
			return true;
	return false;
}
