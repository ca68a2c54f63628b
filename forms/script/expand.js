// expand.js - what the page says already need not be said again. In: what forms/page_script_about.c wrote,
// and how to find the values that the page offers in a field. Out: the same with every question's
// choices and every region's countries.
import { DECLINED } from './submission.js';

const CHOOSING = ['select_one', 'select_multiple', 'matrix', 'ranking'];

export function expand(about, offered) {
	const values = (field) => [...new Set(offered(field))].filter((v) => v !== '' && v !== DECLINED);

	for (const q of about.questions)
		if (!q.choices && CHOOSING.includes(q.type))
			q.choices = values(q.rows ? `${q.id}/${q.rows[0][0]}` : q.id);
	if (!about.countries)
		return about;
	const codes = values(about.questions.find((q) => q.type === 'country').id).sort();
	const inRegion = (i) => codes.filter((_, k) => about.countries.charCodeAt(k) === 0x100 + i);
	if (codes.length !== about.countries.length)
		delete about.key; // another list of countries: the collector knows the regions
	about.regions = about.regions.map((id, i) => [id, inRegion(i).join(' ')]);
	return about;
}
