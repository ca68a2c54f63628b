// build.mjs - bundle the scripts. usage: node build.mjs OUTPUT-FOLDER DEPFILE ENTRY...
// The same sources and package-lock.json give the same bytes on every machine: no paths, no dates,
// no names of the machine are in them.
import { writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { build } from 'esbuild';

const [folder, depfile, ...entries] = process.argv.slice(2);
const here = dirname(resolve(process.argv[1])), lines = [];

for (const entry of entries) {
	const outfile = join(folder, basename(entry));
	const { metafile } = await build({
		entryPoints: [resolve(entry)],
		absWorkingDir: here,
		outfile: resolve(outfile),
		bundle: true,
		minify: true,
		format: 'iife',
		platform: 'browser',
		target: ['es2020', 'chrome80', 'firefox78', 'safari15'],
		charset: 'utf8',
		legalComments: 'none',
		// tweetnacl looks for Node's own random generator where there is no browser's
		external: ['crypto'],
		metafile: true,
		logLevel: 'warning',
	});
	const inputs = [...Object.keys(metafile.inputs), 'package-lock.json'].map((path) => join(here, path));
	lines.push(`${outfile}: ${inputs.join(' ').replaceAll('\\', '/')}`);
}
writeFileSync(depfile, lines.join('\n') + '\n');
