/*
 * xlsform_import_language.c - the language that a header names. In: "French (fr)", "Français",
 * "francais", "fr". Out: its BCP 47 code, by ICU's names of languages in English and in themselves.
 */
#include "forms/xlsform_import.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unicode/ucol.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

enum { NAME = 100 };

/* Names in use that ICU has not, or has for something else. */
static const struct {
	const char *name, *code;
} aliases[] = {
	{"bangla", "bn"},       {"burmese", "my"},        {"myanmar", "my"},
	{"castellano", "es"},   {"castilian", "es"},      {"chichewa", "ny"},
	{"creole", "ht"},       {"kreyol", "ht"},         {"dari", "fa-AF"},
	{"farsi", "fa"},        {"filipino", "fil"},      {"kiswahili", "sw"},
	{"kurmanji", "kmr"},    {"sorani", "ckb"},        {"mandarin", "zh"},
	{"simplified chinese", "zh-Hans"},                {"traditional chinese", "zh-Hant"},
	{"pidgin", "pcm"},      {"pidgin english", "pcm"}, {"tetum", "tet"},
	{"brazilian portuguese", "pt-BR"},                {"moldovan", "ro"},
	{"ukranian", "uk"},     {"spannish", "es"},       {"englis", "en"},
};

/*
 * "fr", "FR", "eng", "pt-BR", "zh_Hans" -> the code; false: it is none. With `sure` it stands in
 * brackets behind a name, so that nobody else needs to know it.
 */
static bool read_code(char out[16], const char *s, size_t n, bool sure)
{
	size_t primary = 0;
	char language[4] = "";

	if (n < 2 || n > 15)
		return false;
	for (size_t i = 0; i < n; i++) {
		bool gap = s[i] == '-' || s[i] == '_';

		if (gap ? i < 2 || i + 1 == n : !isalnum((unsigned char)s[i]))
			return false;
		if (gap && primary == 0)
			primary = i;
		if (primary == 0 && !isalpha((unsigned char)s[i]))
			return false;
		out[i] = gap ? '-' : primary == 0 ? (char)tolower((unsigned char)s[i]) : s[i];
	}
	out[n] = '\0';
	primary = primary == 0 ? n : primary;
	if (primary > 3)
		return false;
	memcpy(language, out, primary);
	if (primary == 3)
		for (const char *const *all = uloc_getISOLanguages(); *all != NULL; all++)
			if (strlen(*all) == 2 &&
				strcmp(uloc_getISO3Language(*all), language) == 0) {
				memmove(out + 2, out + 3, n - 2);
				memcpy(out, *all, 2);
				return true;
			}
	return sure || uloc_getISO3Language(language)[0] != '\0';
}

/* A language whose name, in English or in itself, is equal but for case and accents. */
static bool read_name(char out[16], const char *s)
{
	UErrorCode status = U_ZERO_ERROR;
	UCollator *order = ucol_open("", &status);
	UChar wanted[NAME], name[NAME];
	int32_t n = 0, length;
	bool found = false;

	ucol_setStrength(order, UCOL_PRIMARY);
	u_strFromUTF8(wanted, NAME, &n, s, -1, &status);
	if (U_FAILURE(status) || n == 0) {
		ucol_close(order);
		return false;
	}
	for (int own = 0; own < 2 && !found; own++)
		for (const char *const *all = uloc_getISOLanguages(); *all != NULL && !found;
			all++) {
			status = U_ZERO_ERROR;
			length = uloc_getDisplayLanguage(
				*all, own ? *all : "en", name, NAME, &status);
			if (U_FAILURE(status) || status == U_USING_DEFAULT_WARNING || length <= 0 ||
			    length >= NAME || !ucol_equal(order, name, length, wanted, n))
				continue;
			snprintf(out, 16, "%s", *all);
			found = true;
		}
	ucol_close(order);
	return found;
}

/* The name in front of the brackets. */
static bool read_spoken(char out[16], const char *spoken)
{
	char name[NAME];
	size_t n = strcspn(spoken, "(");

	while (n > 0 && isspace((unsigned char)spoken[n - 1]))
		n--;
	if (n == 0 || n >= sizeof name)
		return false;
	memcpy(name, spoken, n);
	name[n] = '\0';
	for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
		if (strcasecmp(aliases[i].name, name) == 0) {
			snprintf(out, 16, "%s", aliases[i].code);
			return true;
		}
	return read_code(out, name, n, false) || read_name(out, name);
}

bool import_language_code(char out[16], const char *spoken)
{
	const char *open = strrchr(spoken, '('), *close = open ? strchr(open, ')') : NULL;
	const char *code;
	size_t n;

	if (close == NULL)
		return read_spoken(out, spoken);
	code = open + 1 + strspn(open + 1, " ");
	n = strcspn(code, " )");
	/* "English (UK)" and "Português (BR)" name a country */
	if (n == 2 && isupper((unsigned char)code[0]) && read_spoken(out, spoken))
		return true;
	return read_code(out, code, n, true) || read_spoken(out, spoken);
}
