// Goal: whatever is typed comes back as text. 1,000 strings that could do harm are sent in every
// text field, with a mistake beside them, and to the page for withdrawing; Chromium then reads each
// page that comes back: the same elements as with plain text, the string itself in its field.
import { check, main, open, random, same, serve, study } from './lib.mjs';

const SEEDS = [
	'<script>alert(1)</script>', '"><script>alert(1)</script>', "'><img src=x onerror=alert(1)>",
	'</textarea><script>x()</script>', '</title><svg onload=x()>', '"autofocus onfocus="x()', '` onclick=x()',
	'<!--', '-->', '--!><b>', '<![CDATA[', ']]>', '<?php', '{{7*7}}', '${7*7}', '#{7}', '%s%n%x', '{max}{min}{n}',
	'javascript:alert(1)', 'data:text/html,<b>', '&lt;b&gt;', '&#60;b&#62;', '&#x3c;b&#x3e;', '&amp;lt;', '&', '&notit;',
	'<b>', '</b>', '</form>', '</div></fieldset>', '</body></html>', '<base href=//x>', '<meta http-equiv=refresh content=0>',
	'<link rel=stylesheet href=//x>', '<style>*{display:none}', '</style>', '<iframe srcdoc=x>', '<template>', '<plaintext>',
	'<select><option>', '<math><mi//xlink:href="x">', '<svg><![CDATA[><img>]]>', '<input name=page.number value=0>',
	"' or ''='", '"; drop table x; --', '../../etc/passwd', '\\u003cb\\u003e', '\\x3cb\\x3e', '%3Cb%3E', '+ADw-b+AD4-',
	'\u202e<b>\u202c', '\u2066x\u2069', '\u200f\u200e', '\ufeff<b>', '\ufffe', '\ud83d\ude00', 'a\u0300\u0301', '\u2028<b>\u2029',
	'<\u0000b>'.replace('\u0000', '\u0001'), '\u007f<b>', '\u0085', 'a\tb', '<a\u000cb>', '\uff1cb\uff1e', '‹b›', '<ſcript>', '',
];
const WRAPS = [(s) => s, (s) => `"${s}`, (s) => `'${s}'`, (s) => `>${s}<`, (s) => `=${s} x=`, (s) => `${s}${s}`,
	(s) => `</textarea>${s}`, (s) => `"/>${s}`, (s) => `<!--${s}`, (s) => s.toUpperCase(), (s) => [...s].join('\u200b'),
	(s) => s.replaceAll('<', '<<'), (s) => s.replaceAll(' ', '/'), (s) => `${s}\\`, (s) => `\\${s}`];

function strings(n) {
	const list = new Set(SEEDS.flatMap((s) => WRAPS.map((w) => w(s)))), chance = random(1);

	while (list.size < n)
		list.add(WRAPS[chance.below(WRAPS.length)](chance.pick(SEEDS) + chance.pick(SEEDS)));
	return [...list].slice(0, n);
}

// Runs in a page: read each text as HTML. Fields are found by name.
function read(pages) {
	return pages.map((text) => {
		const d = new DOMParser().parseFromString(text, 'text/html');
		const attributes = [...d.querySelectorAll('*:not([src="/script.js"])')].flatMap((e) => e.getAttributeNames());
		return {
			tags: [...d.querySelectorAll('*')].map((e) => e.tagName).join(),
			bad: attributes.filter((a) => /^(on|style$|src|srcdoc|xlink)/.test(a)),
			values: Object.fromEntries([...d.querySelectorAll('textarea,input:not([type=hidden],[type=radio],[type=checkbox])')].map((e) => [e.name, e.value])),
		};
	});
}

// What cannot be stored comes back as U+FFFD; a field of one line has no line ends.
const plain = (s) => s.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '\ufffd').replace(/[\n\r]/g, '');

async function post(url, fields) {
	const response = await fetch(url, { method: 'POST', body: new URLSearchParams(fields) });
	return { status: response.status, text: await response.text() };
}

async function questionnaire(page, url, code, list, label) {
	const blank = (await page.evaluate(read, [await (await fetch(`${url}/${code}`)).text()]))[0];
	const names = Object.keys(blank.values).filter((n) => !n.startsWith('page.'));
	const one = (s) => post(`${url}/${code}`, { 'page.number': '0'.repeat(32), 'page.email': '', ...Object.fromEntries(names.map((n) => [n, s])) });
	const harmless = (await page.evaluate(read, [(await one('plain')).text]))[0];
	const bad = [];

	check(names.length >= 5, `${label}: ${names.length} text fields`);
	for (let i = 0; i < list.length; i += 50) {
		const some = list.slice(i, i + 50), answers = await Promise.all(some.map(one));
		const seen = await page.evaluate(read, answers.map((a) => a.text));
		seen.forEach((s, k) => {
			if (answers[k].status !== 422)
				bad.push(`${answers[k].status} for ${some[k]}`);
			// the number is one of the mistakes, other texts may be faulty, too: lines of the summary
			// and messages; everything else is the same
			if (s.tags.replace(/,(DIV,P,B|LI,A,B)/g, '') !== harmless.tags.replace(/,(DIV,P,B|LI,A,B)/g, '') || s.bad.length > 0)
				bad.push(`markup from ${some[k]}: ${s.bad.join()}`);
			for (const n of names)
				if (plain(s.values[n]) !== plain(some[k]))
					bad.push(`${n} is not ${some[k]} but ${s.values[n]}`);
		});
	}
	check(bad.length === 0, `${label}: ${list.length} strings in each are text`, `${bad.length}`, bad);
}

async function withdraw(page, url, list) {
	const one = (s) => post(`${url}/en/withdraw`, { 'page.receipt': s });
	const harmless = (await page.evaluate(read, [(await one('plain')).text]))[0], bad = [];

	for (let i = 0; i < list.length; i += 50) {
		const some = list.slice(i, i + 50), answers = await Promise.all(some.map(one));
		const seen = await page.evaluate(read, answers.map((a) => a.text));
		seen.forEach((s, k) => {
			if (answers[k].status !== 422 || s.tags !== harmless.tags || s.bad.length > 0)
				bad.push(`${answers[k].status}: ${some[k]}`);
		});
	}
	check(bad.length === 0, `withdrawal: ${list.length} strings are text`, bad);
}

// And for real: a few of the pages shown, where a script would run and say so.
async function shown(url) {
	const page = await open({ javaScriptEnabled: true }), said = [];

	page.on('dialog', (d) => { said.push(d.message()); d.dismiss(); });
	page.on('console', (m) => said.push(m.text()));
	await page.route('**/*.js', (route) => route.abort());
	for (const s of SEEDS.slice(0, 12)) {
		await page.goto(`${url}/en`);
		await page.evaluate((text) => {
			for (const e of document.querySelectorAll('#form textarea,#form .q>input,#form .ot'))
				e.value = text;
		}, s);
		await Promise.all([page.waitForNavigation(), page.evaluate(() => document.querySelector('#end button').click())]);
	}
	same([], said.filter((t) => !/status of 4\d\d|ERR_FAILED/.test(t)), 'shown in a browser that runs scripts, none runs');
	await page.context().close();
}

await main(async () => {
	const list = strings(1000), page = await open({ javaScriptEnabled: true });
	const covid = await serve(study('covid')), stigma = await serve(study('stigma', { from: 'stigma-and-services' }));

	same(1000, new Set(list).size, '1,000 strings');
	await questionnaire(page, covid, 'en', list, 'covid');
	await questionnaire(page, stigma, 'ar', list.slice(0, 200), 'stigma, right to left');
	await withdraw(page, covid, list);
	await shown(covid);
});
