/**
Bundles the command line into `dist/`: one small entry that knows its version and nothing else, and chunks that are loaded
by the command that needs them.
*/
import {chmod, mkdir, readFile, rm, writeFile} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {build, type Plugin} from 'esbuild';

const root = path.resolve(import.meta.dirname, '..');
const outdir = path.resolve(root, process.argv[2] ?? 'dist');

type Patch = {
	/**
	How the path of the module ends.
	*/
	readonly module: string;
	readonly before: string;
	readonly after: string;
	readonly appended: string;
};

/**
Past so many texts a cache begins anew.
*/
const most = 4000;

/**
Answers a text that was asked for before from memory. The module's function is kept under the name `computeAnew`.
*/
const remembering = `
const answers = new Map();
export default function remembered(text) {
	let answer = answers.get(text);
	if (answer === undefined) {
		if (answers.size > ${most}) {
			answers.clear();
		}

		answer = computeAnew(text);
		answers.set(text, answer);
	}

	return answer;
}
`;

const patches: readonly Patch[] = [
	{
		// Our own package file is in order; the lists of licences that it would be held against are half of what is loaded first.
		module: 'meow/build/dependencies.js',
		before: 'var normalizeExports = requireNormalize();',
		after: 'var normalizeExports = () => undefined;',
		appended: '',
	},
	{
		// What is in the module as base64 needs no fetch: loading Node's costs as much as Node's own start.
		module: 'yoga-layout/dist/binaries/yoga-wasm-base64-esm.js',
		before: 'function ya(){return w||"function"!=typeof fetch?',
		after: 'function ya(){return true?',
		appended: '',
	},
	{
		// Lines, arrows and the ellipsis are as narrow as ASCII; without this the first frame waits for a segmenter and the pattern of all emoji.
		module: 'string-width/index.js',
		before: String.raw`if (/^[\u0020-\u007E]*$/.test(string)) {`,
		after: String.raw`if ((ambiguousIsNarrow ? /^[\u0020-\u007E\u00B7\u00BB\u2026\u2190-\u2193\u2500-\u257F\u2588\u2591]*$/ : /^[\u0020-\u007E]*$/).test(string)) {`,
		appended: '',
	},
	{
		module: 'ink/build/output.js',
		before: 'caches = new OutputCaches();',
		after: 'caches = keptCaches();',
		appended: `
let kept = new OutputCaches();
const keptCaches = () => {
	if (kept.styledChars.size > ${most} || kept.widths.size > ${most}) {
		kept = new OutputCaches();
	}

	return kept;
};
`,
	},
	{
		// What a terminal answers to a question of the program before us is no key; and ctrl-c gets out of a paste whose end never comes.
		module: 'ink/build/input-parser.js',
		before:
			'const parsedEscapeSequence = parseEscapeSequence(input, escapeIndex);',
		after: String.raw`
			const answer = /^\x1B[\]PX^_][^\x07\x1B]*(?:\x07|\x1B\\)/.exec(input.slice(escapeIndex));
			if (answer !== null) {
				index = escapeIndex + answer[0].length;
				continue;
			}

			const interrupt = input.indexOf('\x03', escapeIndex);
			if (
				interrupt !== -1 &&
				input.startsWith(pasteStart, escapeIndex) &&
				!input.includes(pasteEnd, escapeIndex)
			) {
				index = interrupt;
				continue;
			}

			const parsedEscapeSequence = parseEscapeSequence(input, escapeIndex);`,
		appended: '',
	},
	{
		module: 'ink/build/renderer.js',
		before: "from './output.js'",
		after: `from '${path.join(root, 'scripts/bundle/ink-output.ts')}'`,
		appended: '',
	},
	{
		module: 'ink/build/sanitize-ansi.js',
		before: 'export default sanitizeAnsi;',
		after: 'const computeAnew = sanitizeAnsi;',
		appended: remembering,
	},
	{
		module: 'widest-line/index.js',
		before: 'export default function widestLine(',
		after: 'function computeAnew(',
		appended: remembering,
	},
];

/* eslint-disable require-unicode-regexp -- It is handed to Go, which knows no such flag. */
const patched =
	/(?:meow\/build\/dependencies|ink\/build\/(?:input-parser|output|renderer|sanitize-ansi)|(?:string-width|widest-line)\/index|yoga-wasm-base64-esm)\.js$/;
/* eslint-enable require-unicode-regexp */

/**
Ink takes every line of every frame apart again: it cleans it, measures it and splits it into cells, although most lines were there in the frame before,
and that is most of what a frame costs (CPU for a key on 200x60: 17 ms; with what is remembered from frame to frame: 10 ms). The bundle remembers.
The build fails where a package no longer reads as expected.
*/
const patchPackages: Plugin = {
	name: 'patched-packages',
	setup(bundler) {
		bundler.onLoad({filter: patched}, async ({path: file}) => {
			const patch = patches.find(({module}) => file.endsWith(module));
			const text = await readFile(file, 'utf8');
			if (patch === undefined || !text.includes(patch.before)) {
				throw new Error(`${file} no longer reads as expected.`);
			}

			return {
				contents: `${text.replace(patch.before, patch.after)}${patch.appended}`,
				loader: 'js',
			};
		});
	},
};

/**
An import of Node's servers reads all they export, and that loads the fetch of Node, 20 ms at every start; asked for by name they load what they need.
*/
const takeServersByName: Plugin = {
	name: 'servers-by-name',
	setup(bundler) {
		// eslint-disable-next-line require-unicode-regexp -- It is handed to Go, which knows no such flag.
		bundler.onResolve({filter: /^node:https?$/}, ({path: name, kind}) =>
			kind === 'import-statement'
				? {path: name, namespace: 'by-name'}
				: undefined,
		);
		// eslint-disable-next-line require-unicode-regexp -- As above.
		bundler.onLoad({filter: /./, namespace: 'by-name'}, ({path: name}) => ({
			contents: `const server = process.getBuiltinModule('${name}');
export default server;
export const {Agent, STATUS_CODES, createServer, get, request} = server;
`,
			loader: 'js',
		}));
	},
};

await rm(outdir, {recursive: true, force: true});
await mkdir(outdir, {recursive: true});

await build({
	entryPoints: {main: path.join(root, 'source/cli.tsx')},
	outdir,
	bundle: true,
	splitting: true,
	platform: 'node',
	target: 'node22.19',
	format: 'esm',
	jsx: 'automatic',
	minifySyntax: true,
	minifyWhitespace: true,
	// Names of functions and classes are read in error messages.
	keepNames: false,
	chunkNames: 'chunks/[name]-[hash]',
	legalComments: 'linked',
	define: {
		'process.env.NODE_ENV': '"production"',
		'process.env.DEV': '"false"',
	},
	alias: {
		// Ink asks for the developer tools only when DEV is set; left as an import, they would be looked for at every start.
		'react-devtools-core': path.join(root, 'scripts/no-developer-tools.ts'),
	},
	plugins: [patchPackages, takeServersByName],
	banner: {
		// Packages that are still CommonJS ask for Node's own modules through require.
		js: "import {createRequire as createRequireOfBundle} from 'node:module';const require=createRequireOfBundle(import.meta.url);",
	},
	logLevel: 'warning',
});

// The entry is no bundle: the cache must be on before the first line of the program is compiled.
const entry = path.join(outdir, 'cli.js');
await writeFile(
	entry,
	`#!/usr/bin/env node
import * as module from 'node:module';
import process from 'node:process';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 19)) {
	process.stderr.write(\`liqoscope needs Node 22.19 or newer, and this is \${process.version}: install one from https://nodejs.org.\\n\`);
	process.exit(2);
}

module.enableCompileCache?.();
await import('./main.js');
`,
);
await chmod(entry, 0o755);
