// submission.js - canonical answers -> one sealed submission, always of the same length. In: what
// accept.js took, and the description of the form. Out: a random number of 16 bytes, then the core
// record, the short and the long records in the questionnaire's order (survey-record(5), "SEALED
// SUBMISSION"). The C side for plain answers is collector/submit.c.
import { CORE, SHORT, LONG, coreJson, plaintext, textJson } from './encode.js';
import { OVERHEAD, random, seal } from './seal.js';

export const NUMBER = 16, DECLINED = 'declined';

export const bytesOf = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));

// Bytes of a submission: what is sent says nothing about what was answered.
export function submissionSize(form) {
	const records = [1, 0, 0];

	for (const [, kind] of form.texts)
		records[kind]++;
	return records.reduce((sum, n, kind) => sum + (n && n * (form.sizes[kind] + OVERHEAD)), NUMBER);
}

// The region of the first country that has one.
function regionOf(form, answers) {
	for (const q of form.questions) {
		const country = q.type === 'country' && answers.get(q.id);
		const region = country && form.regions?.find(([, list]) => list.split(' ').includes(country));

		if (region)
			return region[0];
	}
	return null;
}

// The country is reduced to its region before anything is sealed, unless the round keeps it.
function reduce(form, answers) {
	const core = new Map(answers);

	if (form.keep_country)
		return { region: null, core };
	for (const q of form.questions)
		if (q.type === 'country' && core.get(q.id) !== DECLINED)
			core.delete(q.id);
	return { region: regionOf(form, answers), core };
}

export function sealSubmission(form, answers) {
	const digest = bytesOf(form.digest), key = bytesOf(form.key), language = form.language;
	const textRegion = form.text_region ? regionOf(form, answers) : null;
	const { region, core } = reduce(form, answers), sealed = [[], [], []];
	const add = (kind, json) => {
		const plain = plaintext(kind, digest, json, form.sizes[kind]);

		sealed[kind].push(seal(plain, key));
		plain.fill(0);
	};

	for (const [question, kind] of form.texts) {
		add(kind, textJson({ question, language, region: textRegion, text: answers.get(question) ?? '' }));
		core.delete(question);
	}
	add(CORE, coreJson({ language, region, answers: [...core] }));
	const out = new Uint8Array(submissionSize(form));
	let at = NUMBER;
	out.set(random(NUMBER));
	for (const record of [...sealed[CORE], ...sealed[SHORT], ...sealed[LONG]]) {
		out.set(record, at);
		at += record.length;
	}
	return out;
}
