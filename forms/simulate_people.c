/*
 * simulate_people.c - data for simulate.c: countries with the language their people answer in,
 * and made-up comments in six languages.
 */
#include "forms/simulate_people.h"

#include <stddef.h>

const struct simulate_country simulate_countries[] = {
	{"FR", "fr", 62}, {"ES", "es", 44}, {"PT", "pt", 40}, {"GB", "en", 46}, {"IE", "en", 22},
	{"DE", "en", 40}, {"NL", "en", 24}, {"SE", "en", 14}, {"NO", "en", 11}, {"IT", "en", 18},
	{"GR", "en", 14}, {"PL", "en", 12}, {"CH", "fr", 14}, {"BE", "fr", 15}, {"AT", "en", 8},
	{"RU", "ru", 50}, {"UA", "ru", 42}, {"MD", "ru", 8},  {"KZ", "ru", 16}, {"KG", "ru", 14},
	{"TJ", "ru", 5},  {"GE", "ru", 9},  {"US", "en", 64}, {"CA", "en", 30}, {"CA", "fr", 12},
	{"MX", "es", 34}, {"CO", "es", 26}, {"AR", "es", 26}, {"CL", "es", 12}, {"PE", "es", 7},
	{"UY", "es", 4},  {"CR", "es", 4},  {"BR", "pt", 52}, {"MA", "fr", 16}, {"MA", "ar", 14},
	{"TN", "ar", 17}, {"EG", "ar", 22}, {"LB", "ar", 18}, {"JO", "ar", 8},  {"DZ", "ar", 6},
	{"KE", "en", 20}, {"TZ", "en", 12}, {"NG", "en", 16}, {"ZA", "en", 20}, {"SN", "fr", 12},
	{"CI", "fr", 9},  {"MZ", "pt", 7},  {"IN", "en", 22}, {"NP", "en", 12}, {"ID", "en", 12},
	{"TH", "en", 8},  {"MY", "en", 6},  {"AU", "en", 30}, {"NZ", "en", 11}, {"FJ", "en", 2},
	{NULL, NULL, 0},
};

const struct simulate_sentences simulate_sentences[] = {
	{"en", {
		"The outreach workers kept coming when everything else was closed.",
		"Take-home doses made my week easier. Please keep them.",
		"Being stopped on the way to the service was the worst part.",
		"People looked after each other because nobody else did.",
		"A phone line with somebody who listens helped more than I expected.",
		"Let us help to plan the services that we use."}},
	{"fr", {
		"Les équipes de rue ont continué à venir quand tout le reste était fermé.",
		"Les doses à emporter m’ont simplifié la semaine. Gardez-les, s’il vous plaît.",
		"Le pire, c’était les contrôles sur le chemin du service.",
		"On a pris soin les uns des autres, parce que personne d’autre ne le faisait.",
		"Une ligne d’écoute m’a plus aidé que prévu.",
		"Laissez-nous participer à l’organisation des services que nous utilisons."}},
	{"es", {
		"Los equipos de calle siguieron viniendo cuando todo lo demás estaba cerrado.",
		"Las dosis para llevar a casa me facilitaron la semana. Por favor, que sigan.",
		"Lo peor fueron los controles de camino al servicio.",
		"Nos cuidamos entre nosotros, porque nadie más lo hacía.",
		"Una línea telefónica con alguien que escucha ayudó más de lo que esperaba.",
		"Queremos participar en la planificación de los servicios que usamos."}},
	{"pt", {
		"As equipas de rua continuaram a vir quando tudo o resto estava fechado.",
		"As doses para levar para casa facilitaram a minha semana. Mantenham isso.",
		"O pior foram as abordagens policiais a caminho do serviço.",
		"Cuidámos uns dos outros, porque mais ninguém o fazia.",
		"Uma linha telefónica com alguém que escuta ajudou mais do que eu esperava.",
		"Queremos participar no planeamento dos serviços que usamos."}},
	{"ru", {
		"Аутрич-работники продолжали приходить, когда всё остальное было закрыто.",
		"Выдача препарата на дом сильно облегчила жизнь. Пожалуйста, сохраните её.",
		"Хуже всего были проверки по дороге в пункт помощи.",
		"Люди заботились друг о друге, потому что больше было некому.",
		"Телефонная линия, где тебя слушают, помогла больше, чем я думаю.",
		"Позвольте нам участвовать в планировании служб, которыми мы пользуемся."}},
	{"ar", {
		"استمرّت فرق التوعية الميدانية في الحضور عندما كان كل شيء آخر مغلقاً.",
		"سهّلت الجرعات المنزلية حياتي. أرجو الإبقاء عليها.",
		"كان التوقيف في الطريق إلى المركز هو الأصعب.",
		"اعتنى الناس بعضهم ببعض لأن أحداً غيرهم لم يفعل.",
		"كان خط الهاتف الذي يصغي فيه أحدهم أكثر فائدة مما توقعت.",
		"دعونا نشارك في تخطيط الخدمات التي نستخدمها."}},
	{NULL, {NULL}},
};
