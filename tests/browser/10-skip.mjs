// Goal: without a script, Chromium shows exactly the questions that the C evaluator asks: 500 random
// sets of answers for each questionnaire of the library and one that has every kind of condition.
// Where CSS cannot see an answer, what is asked is always visible. A browser without :has() hides
// nothing.
import { BUILD, SOURCE, check, main, open, random, roundForm, same, serve, study } from './lib.mjs';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const SETS = Number(process.env.SETS ?? 500);

// Runs in the page. Random states of every control, then what is visible and what would be posted.
function states(seeds) {
	const form = document.getElementById('form');
	const controls = [...form.elements].filter((e) => e.name && !e.name.startsWith('page.'));
	// choices of these questions depend on earlier answers; a ticked one stays, to be unticked
	const filtered = '#q-city .o>input[id]:not([value=""],[value=declined]),#q-cities .o>input[id]:not([value=declined])';
	const watched = [...form.querySelectorAll(`section[id^=s-],.q[id^=q-]:not(#q-consent),.row,${filtered}`)];
	const visible = (e) => e.getClientRects().length > 0;
	const off = (e) => getComputedStyle(e).getPropertyValue('--off').trim() === '1';

	return seeds.map((seed) => {
		const chance = () => {
			seed = (seed + 0x6D2B79F5) | 0;
			let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
			t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
			return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
		};
		const ticks = [0.1, 0.3, 0.6][Math.floor(chance() * 3)];
		const filled = [0.5, 0.9, 1][Math.floor(chance() * 3)];
		const groups = new Map();

		for (const e of controls) {
			if (e.type === 'radio') {
				e.checked = false;
				groups.set(e.name, [...(groups.get(e.name) ?? []), e]);
			} else if (e.type === 'checkbox') {
				const alone = e.closest('.o').classList.contains('x') || e.value === 'declined';
				e.checked = chance() < (alone ? 0.08 : ticks);
			} else if (e.tagName === 'SELECT') {
				e.selectedIndex = chance() < filled ? Math.floor(chance() * e.options.length) : 0;
			} else {
				e.value = chance() < filled ? String(Math.floor(chance() * 4)) : '';
			}
		}
		for (const list of groups.values())
			if (chance() < filled)
				list[Math.floor(chance() * list.length)].checked = true;
		return {
			body: new URLSearchParams(new FormData(form)).toString(),
			ticked: watched.filter((e) => e.checked).map((e) => e.id),
			shown: watched.filter(visible).map((e) => e.id),
			// what a script would read; choices are also off beside an exclusive one
			on: watched.filter((e) => !off(e) || (e.matches('input') && visible(e))).map((e) => e.id),
		};
	});
}

function compare(sets, said) {
	const bad = [], script = [], times = new Map();

	sets.forEach((set, i) => {
		const shown = new Set(set.shown), ticked = new Set(set.ticked), words = said[i].trim().split(' ');
		const must = words.filter((w) => !w.startsWith('?'));
		const may = new Set(words.map((w) => w.replace('?', '')));

		for (const id of must)
			if (!shown.has(id) && !ticked.has(id))
				bad.push(`set ${i}: ${id} is hidden, but asked`);
		for (const id of set.shown) {
			if (!may.has(id) && !ticked.has(id))
				bad.push(`set ${i}: ${id} is visible, but not asked`);
			times.set(id, (times.get(id) ?? 0) + 1);
		}
		if (set.on.join() !== set.shown.join())
			script.push(`set ${i}: ${set.on.filter((id) => !shown.has(id)).join()}`);
	});
	return { bad, script, times };
}

async function agrees(label, folder, least) {
	const url = await serve(folder), page = await open(), chance = random(20201105);
	await page.goto(url + '/en');
	const sets = await page.evaluate(states, Array.from({ length: SETS }, () => chance.below(2 ** 31)));
	const said = execFileSync(path.join(BUILD, 'tests/browser/relevant'), [roundForm(folder)],
		{ input: sets.map((s) => s.body + '\n').join(''), maxBuffer: 1 << 28 }).toString().trim().split('\n');
	same(SETS, said.length, `${label}: the evaluator answers for each set`);
	const { bad, script, times } = compare(sets, said);
	const ids = await page.evaluate(() => [...document.querySelectorAll('#form .q[id^=q-],#form .row')].map((e) => e.id));

	check(bad.length === 0, `${label}: ${SETS} sets of answers, the same questions`, `${bad.length} differ`, bad);
	check(script.length === 0, `${label}: --off says the same`, script);
	same([], ids.filter((id) => id !== 'q-consent' && !times.has(id)), `${label}: every question was asked at least once`);
	const depends = ids.filter((id) => times.get(id) < SETS).length;
	check(depends >= least, `${label}: ${depends} questions and rows came and went`);
	const loose = new Set(said.flatMap((line) => line.trim().split(' ')).filter((w) => w.startsWith('?')).map((w) => w.slice(1)));
	same([], await page.evaluate((list) => list.filter((id) => {
		const e = document.getElementById(id);
		return e.querySelector('.if.s') === null && e.closest('section').querySelector(':scope>.if.s') === null;
	}), [...loose]), `${label}: what may stay visible has its condition in words`);
	await page.context().close();
}

// The style sheet as a browser reads it that does not know :has().
async function without(folder) {
	const url = await serve(folder), page = await open();
	await page.route('**/style.css', async (route) => {
		const text = await (await route.fetch()).text();
		await route.fulfill({ contentType: 'text/css', body: text.replaceAll(':has(', ':nope(') });
	});
	await page.goto(url + '/en');
	const hidden = await page.evaluate(() => [...document.querySelectorAll('#form .q,#form .row,#form section,.if')]
		.filter((e) => e.getClientRects().length === 0).map((e) => e.id || e.textContent));
	same([], hidden, 'without :has() every question and every condition in words is there');
	await page.context().close();
}

await main(async () => {
	await agrees('covid', study('covid'), 12);
	await agrees('stigma', study('stigma', { from: 'stigma-and-services' }), 12);
	await agrees('conditions', study('conditions',
		{ form: fs.readFileSync(path.join(SOURCE, 'tests/data/conditions.json')) }), 50);
	await without(study('without'));
});
