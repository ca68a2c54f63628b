// text.js - one form for texts and numbers that people type, whatever keyboard they have. The C side
// is forms/accept_text.c, and the results are the same.

const NUMBER_LENGTH = 24;
const NUMBER = /^-?\d+(\.\d+)?$/;

// CRLF and CR become LF, tabs blanks; on one line line ends become blanks; surrounding space goes.
export function tidy(s, lines) {
	s = s.replace(/\r\n?/g, '\n').replace(/\t/g, ' ');
	return (lines ? s : s.replace(/\n/g, ' ')).replace(/^[ \n]+|[ \n]+$/g, '');
}

export const isText = (s) => !/[\0-\x09\x0b-\x1f\x7f-\x9f]|\p{Surrogate}/u.test(s);

export const codePoints = (s) => [...s].length;

export const isNumber = (s) => s.length <= NUMBER_LENGTH && NUMBER.test(s);

// The first code point of a run of ten digits in Unicode: each run starts where the digit before is
// none, and runs may touch (U+1D7CE and its like count on).
function digit(c) {
	const code = c.codePointAt(0);
	let zero = code;

	if (!/\p{Nd}/u.test(c))
		return null;
	while (zero > code - 64 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1)))
		zero--;
	return (code - zero) % 10;
}

function ascii(c) {
	const n = digit(c);

	if (n !== null)
		return String(n);
	if ('.,\u066b'.includes(c))
		return '.';
	return '-\u2212'.includes(c) ? '-' : null;
}

// Digits of any script become ASCII, a comma or U+066B the point, U+2212 the minus; superfluous
// zeros go. What is no number is left as it is.
export function tidyNumber(s) {
	s = tidy(s, false);
	const digits = [...s].map(ascii);

	if (digits.includes(null) || digits.length > NUMBER_LENGTH || !NUMBER.test(digits.join('')))
		return s;
	const n = digits.join('').replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '').replace(/^(-?)0+(?=\d)/, '$1');
	return n === '-0' ? '0' : n;
}
