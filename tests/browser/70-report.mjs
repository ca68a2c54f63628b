// Goal: a report as a web page, in every language, on a narrow phone and on a desktop, light and dark,
// stands up to axe-core and html-validate; it asks for nothing else and says nothing on the console;
// nothing but its tables is wider than the screen; the words of charts can be read on a phone and lie
// within the drawing; what a link leads to is there. With PICTURES set, screenshots are kept there.
import { BUILD, DESKTOP, LANGUAGES, NARROW, PHONE, WORK, check, main, open, run, same, study } from './lib.mjs';
import { HtmlValidate } from 'html-validate';
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';

const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const validator = new HtmlValidate({
	extends: ['html-validate:recommended', 'html-validate:document', 'html-validate:a11y'],
	rules: {
		'no-trailing-whitespace': 'off',
		'long-title': 'off', // the title of a report and of its study
		'void-style': ['error', { style: 'selfclose' }], // well-formed XML, too
	},
});
const PICTURES = process.env.PICTURES;
const LETTERS = 11; // CSS pixels at least, in charts on a phone

function reports(folder) {
	const people = path.join(WORK, 'people.jsonl'), keys = folder + '-keys', two = path.join(WORK, 'two');
	const collect = path.join(BUILD, 'collector/survey-collect');

	run(path.join(BUILD, 'forms/survey-form'), 'simulate', folder, '-n', '600', '--seed', '4', '-o', people);
	run(collect, folder, '--import', people);
	run(collect, folder, '--close');
	fs.writeFileSync(two, fs.readFileSync(path.join(keys, 'passphrases'), 'utf8').split('\n').slice(0, 2).join('\n') + '\n');
	run(path.join(BUILD, 'analyzer/survey-analyze'), folder, '--key', path.join(keys, 'custodian-1.key'),
		'--key', path.join(keys, 'custodian-2.key'), '--passphrase-file', two, '--release');
	run(path.join(BUILD, 'report/survey-report'), folder, '--html');
	return path.join(folder, 'reports/2020-05');
}

const violations = async (page) => (await page.evaluate(async () => (globalThis.scrollTo(0, 0), await globalThis.axe.run(document, {
	runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
	resultTypes: ['violations'],
})).violations)).map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.target.join(' ')).join(', ')}`);

// What does not fit, but for what scrolls by itself.
function too_wide() {
	const width = document.documentElement.clientWidth, list = [];

	if (document.documentElement.scrollWidth > width)
		list.push(`the page is ${document.documentElement.scrollWidth} of ${width}`);
	for (const e of document.querySelectorAll('body *')) {
		const r = e.getBoundingClientRect();
		if (r.width > 0 && !e.closest('.skip,.heard,.wide[tabindex] *') && (r.right > width + 1 || r.left < -1))
			list.push(`${e.tagName}.${e.getAttribute('class')} ${e.textContent.slice(0, 30)}`);
	}
	return list;
}

// Words of charts that are small, or that leave the drawing.
function hard_to_read(least) {
	const list = [];

	for (const svg of document.querySelectorAll('figure svg')) {
		const frame = svg.getBoundingClientRect();
		if (!frame.width)
			continue;
		const scale = frame.width / svg.viewBox.baseVal.width;
		for (const text of svg.querySelectorAll('text')) {
			const size = parseFloat(getComputedStyle(text).fontSize) * scale;
			const r = text.getBoundingClientRect();
			if (size < least)
				list.push(`${size.toFixed(1)} px: ${text.textContent}`);
			if (r.left < frame.left - 2 || r.right > frame.right + 2 || r.bottom > frame.bottom + 2 || r.top < frame.top - 2)
				list.push(`outside: ${text.textContent}`);
		}
	}
	return list;
}

const lost_links = () => [...document.querySelectorAll('a[href^="#"]')].map((a) => a.getAttribute('href').slice(1))
	.filter((id) => !document.getElementById(id));

async function valid(html, label) {
	const report = await validator.validateString(html);
	same([], report.results.flatMap((r) => r.messages.map((m) => `${m.ruleId} ${m.line}:${m.column} ${m.message}`)).slice(0, 8),
		`${label}: html-validate has nothing to say`);
}

// Scripts are for axe-core only: the page forbids its own.
async function look(file, label, view, scheme) {
	const asked = [], said = [];
	const page = await open({ viewport: view, colorScheme: scheme, javaScriptEnabled: true });
	const where = `${label} ${view.width} ${scheme}`;

	page.on('request', (r) => asked.push(r.url()));
	page.on('console', (m) => said.push(m.text()));
	await page.goto(`file://${file}`);
	same(1, asked.length, `${where}: nothing else is asked for`);
	same([], await page.evaluate(too_wide), `${where}: nothing is wider than the screen`);
	if (view === PHONE)
		same([], await page.evaluate(hard_to_read, LETTERS), `${where}: charts can be read`);
	if (PICTURES)
		await page.screenshot({ path: path.join(PICTURES, `${label}-${view.width}-${scheme}.png`), fullPage: true });
	await page.evaluate(() => { for (const d of document.querySelectorAll('details')) d.open = true; });
	same([], await page.evaluate(too_wide), `${where}: nor with all figures unfolded`);
	await page.evaluate(axe);
	same([], await violations(page), `${where}: axe-core has nothing to say`);
	same([], await page.evaluate(lost_links), `${where}: links lead somewhere`);
	same([], said, `${where}: nothing on the console`);
	await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
	same([], await page.evaluate(too_wide), `${where}: nothing is wider with text at 200%`);
	await page.context().close();
}

await main(async () => {
	const folder = reports(study('report'));
	const files = fs.readdirSync(folder).filter((f) => f.endsWith('.html')).sort();

	same(2 * LANGUAGES.length, files.length, 'two series in every language');
	for (const file of files) {
		const label = file.replace('.html', ''), whole = path.join(folder, file);

		await valid(fs.readFileSync(whole, 'utf8'), label);
		if (!label.startsWith('health-services-'))
			continue;
		await look(whole, label, NARROW, 'light');
		if (!/-(en|ar)$/.test(label) && !process.env.LONG)
			continue;
		await look(whole, label, PHONE, 'dark');
		await look(whole, label, DESKTOP, 'light');
	}
	check(files.length > 0, 'there are reports');
});
