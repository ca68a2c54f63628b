/*
 * specimen_text.h - sentences of article 1 of the Universal Declaration of Human Rights (the
 * United Nations' translations), and of reports: marked as specimen_text.c tells.
 */
#ifndef TESTS_REPORT_SPECIMEN_TEXT_H
#define TESTS_REPORT_SPECIMEN_TEXT_H

#include <stdbool.h>
#include <stddef.h>

struct specimen_sentence {
	const char *language;
	bool right_to_left, serif;
	const char *marked;
	const char *plain; /* instead, without marks */
};

static const struct specimen_sentence specimen_title = {
	.language = "en", .marked = "All human beings are born free and equal"
};

static const struct specimen_sentence specimen_note = {
	.language = "en", .marked = "The figure is of 1,642 people; it is rounded."
};

static const struct specimen_sentence specimen_sentences[] = {
	{ "en", false, false,
	  "All *human beings* are born _free and equal_ in dignity and rights.^1^ They are endowed "
	  "with reason and conscience and should act towards one another in a spirit of "
	  "[brotherhood], as the office of the affluent staff affirms: 71.2% of 1,642 people." },
	{ "fr", false, true,
	  "Tous les *êtres humains* naissent _libres et égaux_ en dignité et en droits.^1^ Ils sont "
	  "doués de raison et de conscience ; 71,2\u202f% d’entre eux, « dans un esprit de "
	  "[fraternité] »." },
	{ "ru", false, false,
	  "Все *люди* рождаются _свободными и равными_ в своём достоинстве и правах.^1^ Они "
	  "наделены разумом и совестью и должны поступать в отношении друг друга в духе "
	  "[братства] — 71,2\u00a0%." },
	{ "ar", true, false,
	  "يولد *جميع الناس* أحرارًا متساوين في الكرامة والحقوق.^1^ وقد وهبوا عقلًا وضميرًا وعليهم أن "
	  "يعامل بعضهم بعضًا بروح [الإخاء]." },
	{ "ar", true, false,
	  "شارك في الاستطلاع 1,642 شخصًا (71.2%) بين 2020-04 و2020-06، ومنهم من يتلقى علاج OAT "
	  "(الميثادون)؛ لا إله إلا الله: لأنّ الأسئلة كانت لأجلهم." },
	{ "fa", true, false,
	  "تمام *افراد بشر* آزاد به دنیا می‌آیند و از لحاظ حیثیت و حقوق با هم برابرند.^1^ همه دارای "
	  "عقل و وجدان هستند و باید نسبت به یکدیگر با روح [برادری] رفتار کنند: ۷۱٫۲٪ از ۱٬۶۴۲ نفر." },
	{ "he", true, false, "כל *בני האדם* נולדו בני חורין ושווים בערכם ובזכויותיהם.^1^" },
	{ "hi", false, false,
	  "सभी *मनुष्यों* को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है।^1^" },
	{ "bn", false, false,
	  "সমস্ত *মানুষ* স্বাধীনভাবে সমান মর্যাদা এবং অধিকার নিয়ে জন্মগ্রহণ করে।^1^" },
	{ "th", false, false,
	  "มนุษย์ทั้งหลายเกิดมามี*อิสระ*และเสมอภาคกันในเกียรติศักดิ์และสิทธิ^1^ "
	  "ต่างมีเหตุผลและมโนธรรม และควรปฏิบัติต่อกันด้วยเจตนารมณ์แห่ง[ภราดรภาพ]" },
	{ "my", false, false,
	  "လူတိုင်းသည် တူညီ လွတ်လပ်သော ဂုဏ်သိက္ခာဖြင့် လည်းကောင်း၊ တူညီလွတ်လပ်သော "
	  "အခွင့်အရေးများဖြင့် လည်းကောင်း၊ မွေးဖွားလာသူများ ဖြစ်သည်။^1^" },
	{ "km", false, false,
	  "មនុស្សទាំងអស់ កើតមកមានសេរីភាព និងសមភាព ក្នុងផ្នែកសេចក្ដីថ្លៃថ្នូរនិងសិទ្ធិ។^1^" },
	{ "zh", false, false,
	  "人人生而*自由*，在尊严和权利上一律平等。^1^他们赋有理性和良心，并应以兄弟关系的精神相对待。" },
	{ "am", false, false, "የሰው ልጅ ሁሉ ሲወለድ *ነጻና* በክብርና በመብትም እኩልነት ያለው ነው።^1^" },
};

enum { SPECIMEN_SENTENCES = sizeof specimen_sentences / sizeof *specimen_sentences };

#endif
