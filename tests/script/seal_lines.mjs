// Seal answers as the page does, one submission a file. usage: seal_lines.mjs PAGE.html FOLDER
// In: a page of the form, which says what to seal to; lines of standard input, each as
// survey-form simulate writes them, or {"raw":{"core":JSON,"texts":[JSON...],"digest":HEX}} to seal
// what no page would. Out: FOLDER/0, FOLDER/1, ...
import { readFileSync, writeFileSync } from 'node:fs';
import { accept } from '../../forms/script/accept.js';
import { CORE, plaintext } from '../../forms/script/encode.js';
import { expand } from '../../forms/script/expand.js';
import { random, seal } from '../../forms/script/seal.js';
import { bytesOf, sealSubmission } from '../../forms/script/submission.js';

const [page, folder] = process.argv.slice(2);
const html = readFileSync(page, 'utf8');
// what the page offers in a field: boxes and buttons by their name, options by their list's
const offered = (field) => [
	...[...html.matchAll(/ name="([^"]*)" value="([^"]*)"/g)].filter((m) => m[1] === field).map((m) => m[2]),
	...[...html.matchAll(/<select [^>]*name="([^"]*)"[^>]*>(.*?)<\/select>/gs)].filter((m) => m[1] === field)
		.flatMap((m) => [...m[2].matchAll(/value="([^"]*)"/g)].map((o) => o[1])),
];
const about = expand(JSON.parse(/<script type="application\/json" id="about">([^<]*)</.exec(html)[1]), offered);
const key = bytesOf(about.key);

function raw({ core, texts = [], digest = about.digest }) {
	const records = about.texts.map(([field, kind], i) => [kind, texts[i] ?? JSON.stringify({ question: field, language: about.language, text: '' })]);
	const all = [[CORE, core], ...records].sort((a, b) => a[0] - b[0]);

	return Buffer.concat([random(16), ...all.map(([kind, json]) =>
		seal(plaintext(kind, bytesOf(digest), json, about.sizes[kind]), key))]);
}

// Fields and their lists of values; a matrix is an object of its rows.
function fields(answers) {
	const out = new Map();

	for (const [name, v] of Object.entries(answers)) {
		if (typeof v === 'object' && !Array.isArray(v))
			for (const [row, one] of Object.entries(v))
				out.set(`${name}/${row}`, [one]);
		else
			out.set(name, [v].flat().map(String));
	}
	return out;
}

readFileSync(0, 'utf8').split('\n').filter(Boolean).forEach((line, i) => {
	const given = JSON.parse(line);
	let bytes;

	if (given.raw) {
		bytes = raw(given.raw);
	} else {
		const { answers, faults } = accept(about, fields(given.answers));

		if (faults.length)
			throw new Error(`line ${i + 1}: ${faults[0].question.id} ${faults[0].fault}`);
		bytes = sealSubmission({ ...about, language: given.language ?? about.language }, answers);
	}
	writeFileSync(`${folder}/${i}`, bytes);
});
