/**
Captures the frames in the readme and the docs again, from the bundle on the sandbox: each fenced block below a comment
`<!-- frame: 100x30 keys... -->` becomes what a terminal of that size shows after those keys. Ages in them move, so that nothing compares them.

Usage: npm run frames
*/
import {readFile, writeFile} from 'node:fs/promises';
import process from 'node:process';
import {setTimeout as delay} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {startPty} from '../test/helpers/pty.js';

const files = ['readme.md', 'docs/frames.md'];
const root = new URL('../', import.meta.url);
const bundle = fileURLToPath(new URL('dist/cli.js', root));

const marked =
	/<!-- frame: (?<columns>\d+)x(?<rows>\d+)(?<keys>(?: \S+)*) -->\n```\n[\s\S]*?\n```/gv;

const names: Readonly<Record<string, string>> = {
	Enter: '\r',
	Tab: '\t',
	Escape: '\u{1B}',
};

/**
How long the screen must stay as it is before it is taken, in milliseconds.
*/
const calm = 1500;

const capture = async (
	columns: number,
	rows: number,
	keys: readonly string[],
): Promise<string> => {
	const pty = startPty({
		file: process.execPath,
		parameters: [bundle, '--sandbox=tour'],
		columns,
		rows,
	});
	try {
		await pty.waitFor(
			'the first findings',
			(text) => text.includes('AllFailed') && text.includes(' live'),
			60_000,
		);
		await delay(2 * calm);
		for (const key of keys) {
			pty.send(names[key] ?? key);
			await delay(calm);
		}

		return pty.lines().join('\n').trimEnd();
	} finally {
		pty.kill();
		await pty.exited;
	}
};

for (const file of files) {
	const place = new URL(file, root);
	let text = await readFile(place, 'utf8');
	for (const {0: block, groups} of text.matchAll(marked)) {
		const frame = await capture(
			Number(groups?.columns),
			Number(groups?.rows),
			(groups?.keys ?? '').split(' ').filter((key) => key !== ''),
		);
		const comment = block.slice(0, block.indexOf('\n'));
		text = text.replace(block, () => `${comment}\n\`\`\`\n${frame}\n\`\`\``);
		console.log(`${file}: ${comment}`);
	}

	await writeFile(place, text);
}
