/* test_check_match.c - words and phrases are found as people write them, and not within others. */
#include "forms/check_match.h"
#include "tests/unit/test.h"

static struct check_match *words;

static int set_up(void **state)
{
	struct err err;

	(void)state;
	return check_match_create(&words, &err);
}

static int tear_down(void **state)
{
	(void)state;
	check_match_free(words);
	return 0;
}

static void test_asks(void **state)
{
	static const struct {
		enum check_topic topic;
		const char *language, *text;
		bool asks;
	} cases[] = {
		{CHECK_NAME, "en", "What is YOUR NAME?", true},
		{CHECK_NAME, "en", "Your first and last name", true},
		{CHECK_NAME, "en", "first_name", true},
		{CHECK_NAME, "en", "Name", true},
		{CHECK_NAME, "en", "Which drugs did you use? Their street names count, too.",
			false},
		{CHECK_NAME, "en", "Please do not write your name.", false},
		{CHECK_NAME, "en", "What is your name? It will not be shown.", true},
		{CHECK_NAME, "en", "What is your name, if you do not mind?", true},
		{CHECK_NAME, "en", "Don’t give your full name", false},
		{CHECK_NAME, "en", "yourname", false},
		{CHECK_NAME, "fr", "Quel est votre nom ?", true},
		{CHECK_NAME, "fr", "Comment t’appelles-tu ?", true},
		{CHECK_NAME, "fr", "N’indiquez pas votre nom.", false},
		{CHECK_NAME, "es", "¿Cómo te llamas?", true},
		{CHECK_NAME, "es", "No escribas tu nombre.", false},
		{CHECK_NAME, "pt", "Qual é o seu nome completo?", true},
		{CHECK_NAME, "pt-BR", "Qual é o seu nome?", true},
		{CHECK_NAME, "ru", "Как Вас зовут?", true},
		{CHECK_NAME, "ru", "Твое имя", true},
		{CHECK_NAME, "ru", "Не пишите ваше имя.", false},
		{CHECK_NAME, "ar", "ما اسمكم؟", true},
		{CHECK_NAME, "ar", "ما هو اسْمُك؟", true},
		{CHECK_NAME, "ar", "نرجو ألّا تذكروا اسمكم.", false},
		{CHECK_CONTACT, "en", "Phone number (mobile)", true},
		{CHECK_CONTACT, "en", "Your e-mail", true},
		{CHECK_CONTACT, "en", "Were you helped by phone or online?", false},
		{CHECK_CONTACT, "fr", "Numéro de téléphone", true},
		{CHECK_CONTACT, "es", "Correo electrónico", true},
		{CHECK_CONTACT, "pt", "O seu telemóvel", true},
		{CHECK_CONTACT, "ru", "Номер телефона", true},
		{CHECK_CONTACT, "ar", "رقم هاتفكم", true},
		{CHECK_CONTACT, "ar", "ورقم الهاتف", false},
		{CHECK_ADDRESS, "en", "Postcode", true},
		{CHECK_ADDRESS, "ru", "Ваш адрес", true},
		{CHECK_NUMBER, "es", "Número de documento", true},
		{CHECK_BIRTH, "en", "When were you born?", true},
		{CHECK_BIRTH, "en", "Did you give birth?", false},
		{CHECK_BIRTH, "ar", "تاريخ الميلاد", true},
		{CHECK_BIRTH, "ru", "Год рождения", true},
		{CHECK_DATE, "en", "On what day did it happen?", true},
		{CHECK_DATE, "en", "On how many days did it happen?", false},
		{CHECK_DATE, "fr", "À quelle date ?", true},
		{CHECK_AREA, "en", "In which city do you live?", true},
		{CHECK_AREA, "en", "What would change in your city?", false},
		{CHECK_AREA, "ru", "В каком городе вы живёте?", true},
		{CHECK_AREA, "ar", "في أي مدينة تعيشون؟", true},
		{CHECK_WHERE, "en", "Where did it happen?", true},
		{CHECK_WHERE, "en", "And where did it happen?", true},
		{CHECK_WHERE, "en", "What is good about the place where you live?", false},
		{CHECK_WHERE, "fr", "Où cela s’est-il passé ?", true},
		{CHECK_WHERE, "fr", "Ou autre chose ?", false},
		{CHECK_WHERE, "es", "¿De dónde eres?", true},
		{CHECK_WHERE, "ar", "أين حدث ذلك؟", true},
		{CHECK_AGE, "en", "How old are you?", true},
		{CHECK_AGE, "en", "How old is the service?", false},
		{CHECK_AGE, "en", "At what age did you first leave home?", false},
		{CHECK_GENDER, "en", "What is your gender?", true},
		{CHECK_GENDER, "en", "Did you have sex?", false},
		{CHECK_SENSITIVE, "en", "Were you in prison?", true},
		{CHECK_SENSITIVE, "en", "Have visual aids helped?",
			true}, /* one word, two meanings */
		{CHECK_SENSITIVE, "ru", "Насилие со стороны полиции", true},
		{CHECK_SENSITIVE, "ar", "بالعنف", true},
		{CHECK_SENSITIVE, "ar", "التهاب الكبد سي", true},
		{CHECK_SENSITIVE, "xx", "HIV", false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct check_tokens text;
		struct err err;

		assert_int_equal(check_match_cut(&text, cases[i].text, &err), 0);
		CHECK(check_match_asks(words, cases[i].topic, cases[i].language, &text) ==
		              cases[i].asks, cases[i].text);
		check_match_finish(&text);
	}
}

static void test_warns(void **state)
{
	static const struct {
		const char *language, *text;
		bool warns;
	} cases[] = {
		{"en", "Please do not name anybody or any place.", true},
		{"en", "Please leave out names and places.", true},
		{"en", "Write without naming anyone", true},
		{"en", "Don't write anything that could identify you.", true},
		{"en", "What is the name of the service?", false},
		{"en", "It is not easy. Names are welcome.", false},
		{"en", "", false},
		{"fr", "Merci de ne nommer aucune personne ni aucun lieu.", true},
		{"fr", "Écrivez ce que vous voulez.", false},
		{"es", "Por favor, no nombres a ninguna persona ni ningún lugar.", true},
		{"pt", "Por favor, não escreva o nome de nenhuma pessoa.", true},
		{"ru", "Пожалуйста, не называйте ни людей, ни места.", true},
		{"ru", "Расскажите.", false},
		{"ar", "نرجو ألّا تذكروا اسم أي شخص أو أي مكان.", true},
		{"ar", "نرجو عدم ذكر أسماء أو أماكن", true},
		{"ar", "اكتبوا ما تريدون.", false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct check_tokens text;
		struct err err;

		assert_int_equal(check_match_cut(&text, cases[i].text, &err), 0);
		CHECK(check_match_warns(words, cases[i].language, &text) == cases[i].warns,
			cases[i].text);
		check_match_finish(&text);
	}
}

/* Words, their sentences and their places. */
static void test_cut(void **state)
{
	struct check_tokens t;
	struct err err;

	(void)state;
	assert_int_equal(check_match_cut(&t, "L’adresse? Ещё_раз: 12 minutes.", &err), 0);
	assert_int_equal(t.n, 6);
	assert_string_equal(t.list[0].word, "l");
	assert_string_equal(t.list[1].word, "adresse");
	assert_string_equal(t.list[2].word, "еще");
	assert_int_equal(t.list[1].sentence, 0);
	assert_int_equal(t.list[2].sentence, 1);
	assert_int_equal(t.list[4].at, 2);
	check_match_finish(&t);
	assert_int_equal(check_match_cut(&t, "", &err), 0);
	assert_int_equal(t.n, 0);
	check_match_finish(&t);
	assert_true(check_match_knows(words, "pt-BR"));
	assert_false(check_match_knows(words, "sw"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_asks),
		cmocka_unit_test(test_warns),
		cmocka_unit_test(test_cut),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
