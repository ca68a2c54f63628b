/*
 * comment_flag.c - does a text look as if it named somebody? In: one free text. Out: flags, for who
 * reads it to look twice. Rules, not knowledge: they would rather warn too often, and they miss
 * names that are written like words. Scripts without capitals are judged by what introduces a name.
 */
#include "analyzer/comment.h"

#include "lib/base/utf8.h"

#include <stdbool.h>
#include <string.h>
#include <unicode/uchar.h>

enum { PHONE_MIN = 7 };

/* Words and phrases, folded to lower case, with blanks around them. */
static const char *const introductions[] = {" my name is ", " i am called ", " his name is ",
	" her name is ", " their name is ", " named ", " mr ", " mrs ", " ms ", " dr ", " doctor ",
	" je m appelle ", " il s appelle ", " elle s appelle ", " mon nom est ", " monsieur ",
	" madame ", " docteur ", " me llamo ", " se llama ", " mi nombre es ", " señor ", " señora ",
	" doctora ", " meu nome é ", " chamo me ", " me chamo ", " se chama ", " senhor ",
	" senhora ", " меня зовут ", " его зовут ", " её зовут ", " ее зовут ", " доктор ",
	" врач ", " اسمي ", " اسمه ", " اسمها ", " الدكتور ", " السيد ", " السيدة ", NULL};
static const char *const places[] = {" street ", " st ", " road ", " rd ", " avenue ", " ave ",
	" lane ", " square ", " postcode ", " zip ", " flat ", " apartment ", " apt ", " rue ",
	" boulevard ", " bd ", " impasse ", " place de ", " quartier ", " calle ", " avenida ",
	" plaza ", " barrio ", " rua ", " travessa ", " praça ", " bairro ", " улица ", " улице ",
	" ул ", " проспект ", " проспекте ", " дом ", " кв ", " квартира ", " переулок ",
	" شارع ", " حي ", " زقاق ", " عمارة ", NULL};
static const char *const handles[] = {"t.me/", "wa.me/", "http://", "https://", "www.",
	"instagram.com", "facebook.com", "fb.com", NULL};
static const char *const networks[] = {" instagram ", " insta ", " telegram ", " whatsapp ",
	" facebook ", " snapchat ", " tiktok ", " signal ", " wickr ", " телеграм ", " инстаграм ",
	" واتساب ", " تلغرام ", " تيليجرام ", NULL};

static bool any(const char *text, const char *const *list)
{
	for (; *list != NULL; list++)
		if (strstr(text, *list) != NULL)
			return true;
	return false;
}

/* Lower case, everything that is no letter or digit a single blank. */
static void fold(struct buf *out, const char *text)
{
	const char *s = text, *end = text + strlen(text);
	bool blank = true;

	buf_putc(out, ' ');
	while (s < end) {
		int32_t c = utf8_next(&s, end);
		char bytes[4];

		if (c < 0)
			break;
		if (!u_isalnum(c)) {
			if (!blank)
				buf_putc(out, ' ');
			blank = true;
			continue;
		}
		c = u_tolower(c);
		buf_put(out, bytes, utf8_write(bytes, c));
		blank = false;
	}
	if (!blank)
		buf_putc(out, ' ');
}

/* So many digits, of any script, with nothing but what people write in numbers between. */
static bool has_digits(const char *text, size_t least)
{
	const char *s = text, *end = text + strlen(text);
	size_t digits = 0, between = 0;

	while (s < end) {
		int32_t c = utf8_next(&s, end);

		if (c < 0)
			return false;
		if (u_charDigitValue(c) >= 0) {
			between = 0;
			if (++digits >= least)
				return true;
		} else if (strchr(" -./()+", c < 0x80 ? c : '\0') != NULL && c != 0 && c < 0x80 &&
			between < 3) {
			between++;
		} else {
			digits = 0;
		}
	}
	return false;
}

/* "@name", "name@host". */
static bool has_at(const char *text)
{
	for (const char *at = strchr(text, '@'); at != NULL; at = strchr(at + 1, '@')) {
		unsigned char next = (unsigned char)at[1];

		if (next >= 0x80 || (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z') ||
			next == '_' || (next >= '0' && next <= '9'))
			return true;
	}
	return false;
}

/*
 * A word with a capital inside a sentence ("I saw Maria there"). Words all in capitals (HIV, COVID)
 * and single letters (I) are none.
 */
static bool has_capital(const char *text)
{
	const char *s = text, *end = text + strlen(text);
	bool start = true; /* of a sentence: the next word may have a capital */

	while (s < end) {
		int32_t c = utf8_next(&s, end);
		bool capital, small = false;

		if (c < 0)
			return false;
		if (strchr(".!?:\n\"()", c < 0x80 ? c : '.') != NULL && !u_isalnum(c))
			start = true;
		if (!u_isalpha(c))
			continue;
		capital = u_isupper(c);
		while (s < end) {
			const char *before = s;

			c = utf8_next(&s, end);
			if (c < 0 || (!u_isalnum(c) && c != '\'' && c != '-' && c != 0x2019)) {
				s = before;
				break;
			}
			small |= u_islower(c);
		}
		if (capital && small && !start)
			return true;
		start = false;
		if (c < 0)
			return false;
	}
	return false;
}

unsigned comment_flags(const char *text)
{
	struct buf folded = {0};
	unsigned flags = 0;
	const char *words;

	fold(&folded, text);
	words = folded.data != NULL ? folded.data : "";
	if (has_capital(text) || any(words, introductions))
		flags |= COMMENT_NAME;
	if (has_digits(text, PHONE_MIN))
		flags |= COMMENT_PHONE;
	/* "on the street" is no address; "12 Mill Street" is */
	if (any(words, places) && (has_digits(text, 1) || flags & COMMENT_NAME))
		flags |= COMMENT_ADDRESS;
	if (has_at(text) || any(text, handles) || any(words, networks))
		flags |= COMMENT_HANDLE;
	/* what could not be looked at is looked at by a person */
	if (folded.failed)
		flags = COMMENT_NAME | COMMENT_PHONE | COMMENT_ADDRESS | COMMENT_HANDLE;
	buf_wipe(&folded);
	return flags;
}
