// The script's rule book and the C one say the same of the same answers: plausible ones, with
// things changed at random. usage: test_accept.mjs ACCEPT_LINES FORM N
import { execFileSync } from 'node:child_process';
import { accept } from '../../forms/script/accept.js';
import { check } from './report.mjs';

const [program, path, n] = process.argv.slice(2);
const about = JSON.parse(execFileSync(program, ['--about', path]));

// The same people each time: a small generator with a fixed seed (mulberry32).
let state = 20200405;
function chance() {
	state = (state + 0x6d2b79f5) | 0;
	let t = Math.imul(state ^ (state >>> 15), 1 | state);
	t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
	return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}
const among = (list) => list[Math.floor(chance() * list.length)];

const NUMBERS = ['0', '1', '2', '3', '10', '11', '24', '31', '32', '-1', '2.5', '2,50', ' 7 ', '007', '٣', '३', '−2', '1e3', 'x', '1.', '.5', '999999999999999999999999', '0.30', '-0', '٢٫٥'];
const TEXTS = ['', 'text', ' two\r\nlines ', 'tab\there', 'x'.repeat(3000), 'é😀', 'a\u0085b', 'a\u0001b', '\n', '"quoted" \\ <b>', 'declined'];
const DATES = ['2020', '2020-04', '2020-13', '2019-12', '2020-', '-04', '2021-01', 'declined', '2020-4', '2018'];

// every other person makes few mistakes
let careful = false;

function valueOf(q) {
	if (chance() < (careful ? 0.002 : 0.05))
		return among([...TEXTS.slice(1, 4), 'declined', 'nonsense', '']);
	switch (q.type) {
	case 'integer': case 'decimal': case 'scale': return careful ? String(q.min + Math.floor(chance() * (q.max - q.min + 1))) : among(NUMBERS);
	case 'text': case 'comment': return careful ? 'a text' : among(TEXTS);
	case 'date': return careful ? among([q.first, q.last]) : among(DATES);
	case 'country': return among(['FR', 'DE', 'KE', 'declined']);
	default: return among([...q.choices, 'declined']);
	}
}

function person() {
	const given = {};
	const few = () => Math.floor(chance() * 4);

	careful = !careful;

	for (const q of about.questions) {
		if (q.type === 'calculate' || chance() < 0.25)
			continue;
		if (q.rows) {
			for (const [id] of q.rows)
				if (chance() < 0.8)
					given[`${q.id}/${id}`] = [valueOf(q)];
			continue;
		}
		const many = q.type === 'select_multiple' || q.type === 'ranking' || chance() < (careful ? 0 : 0.02);
		given[q.id] = many ? Array.from({ length: 1 + few() }, () => valueOf(q)) : [valueOf(q)];
		if (q.other && chance() < 0.5)
			given[`${q.id}/other`] = [careful ? 'else' : among(TEXTS)];
	}
	return given;
}

const people = Array.from({ length: +n }, person);
const wanted = execFileSync(program, [path], { input: people.map((p) => JSON.stringify(p)).join('\n') + '\n', maxBuffer: 1 << 28 })
	.toString().split('\n').slice(0, -1);
let different = 0, taken = 0;

people.forEach((given, i) => {
	const { answers, faults } = accept(about, new Map(Object.entries(given)), (code) => ['FR', 'DE', 'KE'].includes(code));
	const places = faults.map((f) => f.row ? `${f.question.id}/${f.row[0]}` : f.question.id);
	// the first of each field, as accept_lines prints it
	const said = places.map((place, k) => place === places[k - 1] ? '' : `${place} ${faults[k].fault}`).filter(Boolean).join(', ');
	const got = faults.length ? said : JSON.stringify(Object.fromEntries(answers));

	taken += !faults.length;
	if (got !== wanted[i] && ++different <= 3)
		check(false, `person ${i}`, `C:      ${wanted[i]}`, `script: ${got}`, JSON.stringify(given));
});

check(different === 0, `${n} people: C and script agree`, `${different} differ`);
check(taken > n / 50 && taken < n, `some are taken (${taken}), some refused`);
