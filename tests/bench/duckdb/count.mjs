// count.mjs - DuckDB counts the people of bench_count: 40 questions by region x language.
//
// usage: node count.mjs N
//
// The people are made by the same formula, in memory, before the clock starts; the answers are one
// byte each. Prints the best time of three in ms and the checksum that bench_count prints.
import { DuckDBInstance } from '@duckdb/node-api';
import { cpus } from 'node:os';

const n = Number(process.argv[2]);
const questions = 40, regions = 8, languages = 6, specials = 3;
const answers = (q) => 3 + q % 6;
const mix = (q) => `((i * ${2 * q + 7919} + ${q * 104729} + i // 1000 * ${q + 31}) % 100003)`;
const columns = [`(${mix(101)} % ${regions})::UTINYINT AS region`,
	`(${mix(103)} % ${languages})::UTINYINT AS language`];
for (let q = 0; q < questions; q++)
	columns.push(`(${mix(q)} % ${answers(q) + specials})::UTINYINT AS q${q}`);

const db = await DuckDBInstance.create(':memory:', { threads: String(cpus().length) });
const connection = await db.connect();
await connection.run(`CREATE TABLE people AS SELECT ${columns.join(', ')} FROM range(${n}) t(i)`);
let best = Infinity, sum = 0n;
for (let turn = 0; turn < 3; turn++) {
	const results = [];
	const start = performance.now();
	for (let q = 0; q < questions; q++)
		results.push(await (await connection.runAndReadAll(
			`SELECT region, language, q${q}, count(*) FROM people GROUP BY ALL`)).getRows());
	best = Math.min(best, performance.now() - start);
	sum = 0n;
	results.forEach((rows, q) => {
		for (const [region, language, answer, count] of rows)
			if (answer < answers(q))
				sum += count * BigInt((((q + 1) * 31 + region) * 7 + language) * 11 + answer);
	});
}
console.log(`people ${n} questions ${questions} ms ${Math.round(best)} checksum ${sum}`);
