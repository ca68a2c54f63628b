// The script's plaintexts and sealed records are those of survey-record(5)'s vectors, which another
// implementation wrote; what must be refused is refused. usage: test_encode.mjs VECTORS
import { readFileSync } from 'node:fs';
import nacl from '../../forms/script/node_modules/tweetnacl/nacl.js';
import { CORE, coreJson, plaintext, textJson } from '../../forms/script/encode.js';
import { hash, seal } from '../../forms/script/seal.js';
import { bytesOf, sealSubmission, submissionSize } from '../../forms/script/submission.js';
import { check, hex, refuses, same } from './report.mjs';

const vectors = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const digest = bytesOf(vectors.form);

for (const v of vectors.core) {
	same(coreJson(v), v.json, `core JSON: ${v.label}`);
	same(hex(plaintext(CORE, digest, v.json, v.size)), v.plain, `core: ${v.label}`);
	refuses(() => plaintext(CORE, digest, v.json, 34 + Buffer.byteLength(v.json)), `bad-core one byte too small: ${v.label}`);
}
for (const v of vectors.text) {
	same(textJson(v), v.json, `text JSON: ${v.label}`);
	same(hex(plaintext(v.kind, digest, v.json, v.size)), v.plain, `text: ${v.label}`);
}
let refused = 0;
for (const v of vectors.refused) {
	let text;

	try {
		text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytesOf(v.text));
	} catch {
		continue; // no string in a browser
	}
	refused++;
	refuses(() => plaintext(v.kind, digest, textJson({ ...v, text }), v.size), v.label);
}
check(refused >= 7, 'most refusals are strings');
for (const [label, text] of [['high', 'a\ud800'], ['low', '\udc00b'], ['turned round', '\udc00\ud800'], ['NUL', 'a\0b']])
	refuses(() => textJson({ question: 'q', language: 'en', text }), `bad-surrogate or NUL: ${label}`);
for (const [label, answers] of [
	['empty value', [['q', '']]], ['empty list', [['q', []]]], ['control', [['q', 'a\nb']]],
	['name', [['Q', 'x']]], ['twice', [['q', 'x'], ['q', 'y']]],
	['value and part', [['q', 'x'], ['q/r', 'y']]], ['apart', [['a/r', 'x'], ['b', 'y'], ['a/s', 'z']]],
	['part twice', [['a/r', 'x'], ['a/r', 'y']]], ['empty in a list', [['q', ['a', '']]]]])
	refuses(() => coreJson({ language: 'en', answers }), `bad-core ${label}`);
refuses(() => coreJson({ language: 'e n', answers: [] }), 'bad-language');
refuses(() => coreJson({ language: 'abcdefghijklmnop', answers: [] }), 'bad-language too long');
refuses(() => coreJson({ language: 'en', region: '', answers: [] }), 'bad-region');

for (const v of vectors.sealed) {
	const ephemeral = nacl.box.keyPair.fromSecretKey(bytesOf(v.ephemeral));
	same(hex(seal(bytesOf(v.plain), bytesOf(v.public), ephemeral)), v.sealed, `sealed: ${v.label}`);
	const one = seal(bytesOf(v.plain), bytesOf(v.public)), two = seal(bytesOf(v.plain), bytesOf(v.public));
	check(hex(one) !== hex(two) && one.length === v.sealed.length / 2, `sealed anew each time: ${v.label}`);
}
for (const v of vectors.submissions) {
	const content = hash(32, bytesOf(v.records));
	same(hex(content), v.content, `content: ${v.label}`);
	same(hex(hash(16, 'peer-survey receipt 1\n', bytesOf(v.number), content)), v.receipt, `receipt: ${v.label}`);
}

// One length, whatever was answered; and every record opens to what was to be in it.
const pair = nacl.box.keyPair();
const form = {
	language: 'en', key: hex(pair.publicKey), digest: vectors.form, sizes: [400, 300, 600],
	texts: [['g/other', 1], ['word', 1], ['say', 2]], regions: [['002', 'DZ KE'], ['150', 'FR DE']],
	questions: [{ id: 'g', type: 'select_one' }, { id: 'c', type: 'country' }, { id: 'word', type: 'text' }, { id: 'say', type: 'comment' }],
};
function open(sealed) {
	const nonce = hash(24, sealed.slice(0, 32), pair.publicKey);
	const plain = nacl.box.open(sealed.slice(32), nonce, sealed.slice(0, 32), pair.secretKey);
	return Buffer.from(plain.slice(34, plain.lastIndexOf(0x80))).toString();
}
const full = sealSubmission(form, new Map([['g', 'other'], ['g/other', 'so'], ['c', 'FR'], ['say', 'long\nlines']]));
const empty = sealSubmission(form, new Map());
same(full.length, empty.length, 'a full and an empty submission have one length');
same(full.length, submissionSize(form), 'and it is the one that is expected');
same(full.length, 16 + 448 + 2 * 348 + 648, 'number, core, two short, one long');
same(open(full.slice(16, 464)), '{"language":"en","region":"150","answers":{"g":"other"}}', 'the core record: the region, no country, no text');
same(open(full.slice(464, 812)), '{"question":"g/other","language":"en","text":"so"}', 'the first short record');
same(open(full.slice(812, 1160)), '{"question":"word","language":"en","text":""}', 'an empty text is written, too');
same(open(full.slice(1160)), '{"question":"say","language":"en","text":"long\\nlines"}', 'the long record');
form.text_region = form.keep_country = true;
const kept = sealSubmission(form, new Map([['c', 'KE'], ['word', 'x']]));
same(open(kept.slice(16, 464)), '{"language":"en","answers":{"c":"KE"}}', 'a country that is kept');
same(open(kept.slice(812, 1160)), '{"question":"word","language":"en","region":"002","text":"x"}', 'a text with its region');
delete form.keep_country;
same(open(sealSubmission(form, new Map([['c', 'declined']])).slice(16, 464)), '{"language":"en","answers":{"c":"declined"}}', 'a country that was declined');
