// encode.js - answers -> the plaintexts of a submission. In: canonical answers. Out: padded bytes as
// survey-record(5) specifies them; the C side is lib/record/encode.c, and both are held to the same
// test vectors. What does not fit, or is no text, is refused with an Error: nothing is ever cut.

export const CORE = 0, SHORT = 1, LONG = 2;
const VERSION = 1, HEADER = 34;

const FIELD = /^[a-z][a-z0-9_]*(\/[a-z][a-z0-9_]*)?$/;
const CODE = /^[A-Za-z0-9_-]*$/;
// control characters and lone surrogates; a text may hold line feeds and tabs
const NOT_VALUE = /[\0-\x1f\x7f-\x9f]|\p{Surrogate}/u;
const NOT_TEXT = /[\0-\x08\x0b-\x1f\x7f-\x9f]|\p{Surrogate}/u;

const refuse = (why) => { throw new Error(why); };

const string = (s) => '"' + s.replace(/["\\]/g, '\\$&').replace(/\n/g, '\\n').replace(/\t/g, '\\t') + '"';

const stem = (field) => field.split('/')[0];

// One answer's values: a string, or a list of them.
function value(field, v) {
	const list = Array.isArray(v) ? v : [v];

	if (list.length === 0 || list.some((s) => s === '' || NOT_VALUE.test(s)))
		refuse(`${field}: a value is empty or has a control character`);
	return Array.isArray(v) ? '[' + v.map(string).join(',') + ']' : string(v);
}

// `answers`: pairs of field and value, in the questionnaire's order. A field with a part
// ("access/naloxone") is a member of an object under what stands before it.
function members(answers) {
	const out = [], seen = new Set(), whole = new Set();

	for (let i = 0; i < answers.length; i++) {
		const [field] = answers[i], name = stem(field);

		if (!FIELD.test(field) || seen.has(name))
			refuse(`${field}: not a field's name, twice, or its parts stand apart`);
		seen.add(name);
		if (field === name) {
			whole.add(name);
			out.push(string(name) + ':' + value(field, answers[i][1]));
			continue;
		}
		const parts = new Map();
		for (; i < answers.length && stem(answers[i][0]) === name; i++) {
			const [part, v] = answers[i];

			if (!FIELD.test(part) || part === name || parts.has(part))
				refuse(`${part}: not a part's name, or twice`);
			parts.set(part, string(part.slice(name.length + 1)) + ':' + value(part, v));
		}
		i--;
		out.push(string(name) + ':{' + [...parts.values()].join(',') + '}');
	}
	return out.join(',');
}

function codes(language, region) {
	if (!CODE.test(language) || language.length > 15)
		refuse('not a language code');
	if (region != null && (region === '' || !CODE.test(region) || region.length > 31))
		refuse('not a region code');
	return `"language":${string(language)}` + (region != null ? `,"region":${string(region)}` : '');
}

export function coreJson({ language, region, answers }) {
	return `{${codes(language, region)},"answers":{${members(answers)}}}`;
}

export function textJson({ question, language, region, text }) {
	const lines = text.replace(/\r\n/g, '\n');

	if (!FIELD.test(question))
		refuse("not a field's name");
	if (NOT_TEXT.test(lines))
		refuse(`${question}: a control character, or not Unicode`);
	return `{"question":${string(question)},${codes(language, region)},"text":${string(lines)}}`;
}

// Header, JSON and ISO/IEC 7816-4 padding: `size` bytes.
export function plaintext(kind, digest, json, size) {
	const body = new TextEncoder().encode(json), out = new Uint8Array(size);

	if (HEADER + body.length + 1 > size)
		refuse(`too long for a record of ${size} bytes`);
	out[0] = VERSION;
	out[1] = kind;
	out.set(digest, 2);
	out.set(body, HEADER);
	out[HEADER + body.length] = 0x80;
	body.fill(0);
	return out;
}
