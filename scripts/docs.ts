/**
Writes the generated pages under docs/, or checks (`--check`) that they are what would be written.
*/
import {readFile, writeFile} from 'node:fs/promises';
import process from 'node:process';
import {findingsPage} from '../source/core/findings/catalogue.js';
import {commandsPage} from './commands-page.js';

/**
One line for each generated page.
*/
const pages: ReadonlyArray<{
	readonly file: string;
	generate(): string | Promise<string>;
}> = [
	{file: 'docs/findings.md', generate: findingsPage},
	{file: 'docs/commands.md', generate: commandsPage},
];

const isCheck = process.argv.includes('--check');
const root = new URL('../', import.meta.url);
for (const {file, generate} of pages) {
	const wanted = await generate();
	const place = new URL(file, root);
	if (isCheck) {
		const present = await readFile(place, 'utf8').catch(() => '');
		if (present !== wanted) {
			console.error(`${file} is out of date: run "npm run docs".`);
			process.exitCode = 1;
		}
	} else {
		await writeFile(place, wanted);
	}
}
