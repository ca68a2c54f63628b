// Goal: a person answers the whole survey without a mouse and without a script, every type of
// question, and it counts; mistakes and a connection that breaks lose nothing.
import { BUILD, WORK, check, main, open, run, same, serve, stop, study } from './lib.mjs';
import path from 'node:path';

const ANALYZE = path.join(BUILD, 'analyzer/survey-analyze');

const active = (page) => page.evaluate(() => {
	const e = document.activeElement;
	return { tag: e.tagName, type: e.type ?? '', id: e.id, name: e.name ?? '', class: e.className,
		alone: e.closest('.x') !== null, inert: e.closest('.decoy') !== null, href: e.href ?? '',
		seen: e.getClientRects().length > 0 && getComputedStyle(e).visibility === 'visible' };
});

// What fits each control; the keys only.
async function answer(page, e, typed) {
	if (e.type === 'radio') {
		await page.keyboard.press('Space');
	} else if (e.type === 'checkbox') {
		// neither what excludes others nor "prefer not to say"
		if (!e.alone && !e.id.endsWith('-declined'))
			await page.keyboard.press('Space');
	} else if (e.tag === 'SELECT') {
		await page.keyboard.press('ArrowDown');
		// three places of a ranking need three choices
		const place = /-([23])$/.exec(e.id);
		for (let i = 1; place && i < Number(place[1]); i++)
			await page.keyboard.press('ArrowDown');
	} else if (e.tag === 'TEXTAREA' || (e.tag === 'INPUT' && !e.class.includes('n'))) {
		await page.keyboard.type(typed);
	} else if (e.tag === 'INPUT') {
		await page.keyboard.type('3');
	}
}

// From the top to the button: Tab, look where it is, answer. Returns the ids in order.
async function by_keyboard(page, typed) {
	const order = [];

	for (let i = 0; i < 600; i++) {
		await page.keyboard.press('Tab');
		const e = await active(page);
		order.push(e);
		if (e.tag === 'BUTTON' || e.tag === 'BODY')
			break;
		if (e.tag !== 'A' && e.tag !== 'SUMMARY')
			await answer(page, e, typed);
	}
	return order;
}

async function whole_survey(url, label) {
	const page = await open();
	await page.goto(`${url}/en`);
	const order = await by_keyboard(page, 'plain words');

	same('A', order[0].tag, `${label}: first the way to the questions`);
	same('exit', order[1].id, `${label}: second the quick exit`);
	same('BUTTON', order.at(-1).tag, `${label}: Tab comes to the button`);
	same([], order.filter((e) => e.inert).map((e) => e.id), `${label}: never into the hidden field`);
	same([], order.filter((e) => !e.seen).map((e) => e.id), `${label}: never to what is hidden`);
	// every question that can be seen was come to
	const left = await page.evaluate(() => {
		const body = new FormData(document.getElementById('form'));
		return [...document.querySelectorAll('#form .q[id^=q-]:not(.note)')]
			.filter((q) => q.getClientRects().length > 0)
			.filter((q) => ![...q.querySelectorAll('[name]')].some((e) => body.getAll(e.name).some((v) => v !== '')))
			.map((q) => q.id);
	});
	same([], left, `${label}: every question that is asked was answered`);
	const types = await page.evaluate(() => ({
		radios: document.querySelectorAll('[type=radio]:checked').length,
		boxes: document.querySelectorAll('[type=checkbox]:checked').length,
		rows: document.querySelectorAll('.row :checked').length,
	}));
	check(types.radios > 10 && types.boxes > 10 && types.rows > 5, `${label}: ${JSON.stringify(types)}`);
	await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
	const left_over = await page.evaluate(() => [...document.querySelectorAll('.summary li')].map((e) => e.textContent));
	same([], left_over, `${label}: nothing is wrong with it`);
	check(await page.evaluate(() => document.querySelector('h1').textContent === 'Thank you'), `${label}: thanks`);
	await page.context().close();
}

// Whatever was typed is there again beside the mistake.
async function nothing_lost(url) {
	const page = await open();
	const values = () => page.evaluate(() => [...new FormData(document.getElementById('form'))].filter(([k]) => k !== 'page.number'));

	await page.goto(`${url}/en`);
	await by_keyboard(page, 'line "one" <b>&amp; \u202e');
	await page.evaluate(() => { document.getElementById('i-days_used').value = '31x'; });
	const before = await values();
	await Promise.all([page.waitForNavigation(), page.click('#end button')]);
	const after = await values(), differ = before.filter((pair, i) => JSON.stringify(pair) !== JSON.stringify(after[i]));
	same([before.length, []], [after.length, differ], 'after a mistake every field is as it was');
	await page.keyboard.press('Tab');
	await Promise.all([page.waitForURL(/#i-days_used/), page.keyboard.press('Enter')]);
	await page.keyboard.press('Shift+Tab');
	await page.keyboard.press('Tab');
	same('i-days_used', (await active(page)).id, 'the summary leads to the field');
	check(await page.evaluate(() => {
		const e = document.getElementById('i-days_used');
		return e.getAttribute('aria-describedby').split(' ').every((id) => document.getElementById(id) !== null) &&
			e.getAttribute('aria-invalid') === 'true' && e.getBoundingClientRect().top > 60;
	}), 'which says what is wrong, below the bar');
	await page.context().close();
}

// The connection breaks while sending. The browser's own page then offers to load again, and that
// sends the same answers once more.
async function broken(url) {
	const page = await open();
	await page.goto(`${url}/en`);
	await page.check('#q-gender-woman');
	await page.check('#q-substances-heroin');
	await page.selectOption('#i-country', 'FR');
	await page.fill('#i-days_used', '77');
	await page.fill('#i-stay_comment', 'a longer text');
	await page.context().setOffline(true);
	await page.click('#end button').catch(() => {});
	await page.waitForURL(/chrome-error/);
	await page.context().setOffline(false);
	await page.reload();
	same([true, true, 'FR', '77', 'a longer text'], [await page.isChecked('#q-gender-woman'),
		await page.isChecked('#q-substances-heroin'), await page.inputValue('#i-country'),
		await page.inputValue('#i-days_used'), await page.inputValue('#i-stay_comment')],
	'after a broken connection the answers are sent with the next try');
	await page.context().close();
}

// An exclusive choice, "other", and what they do.
async function choices(url) {
	const page = await open();
	await page.goto(`${url}/en`);
	const seen = (selector) => page.isVisible(selector);

	same(false, await seen('#o-substances'), 'the text of "other" is hidden');
	await page.check('#q-substances-other');
	same(true, await seen('#o-substances'), 'and appears with its choice');
	await page.check('#q-substances-none');
	same([false, false], [await seen('#o-substances'), await seen('#q-substances-other')], 'an exclusive choice quiets the others');
	check(await page.evaluate(() => document.querySelector('#q-substances-none~.xn').getClientRects().length > 0), 'and says so');
	same(false, await seen('#q-ways_of_using'), 'what depends on the others is gone');
	await page.uncheck('#q-substances-none');
	same([true, true], [await seen('#o-substances'), await page.isChecked('#q-substances-other')], 'and back they are');
	await page.context().close();
}

await main(async () => {
	const folder = study('answer'), url = await serve(folder);

	await choices(url);
	await nothing_lost(url);
	await broken(url);
	await whole_survey(url, 'covid');
	await whole_survey(await serve(study('stigma', { from: 'stigma-and-services' })), 'stigma');
	await stop(folder);
	const keys = `${folder}-keys`;
	const said = run('sh', '-c', `head -n 2 '${keys}/passphrases' >two; '${ANALYZE}' '${folder}' --key '${keys}/custodian-1.key' --key '${keys}/custodian-2.key' --passphrase-file two`);
	check(said.includes(': 1 people'), 'what was sent by keyboard is counted', said.slice(0, 300), WORK);
});
