/**
Bundles the command line into `dist/`: one small entry that knows its version and nothing else, and chunks that are loaded
by the command that needs them.
*/
import {chmod, mkdir, rm, writeFile} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {build} from 'esbuild';

const root = path.resolve(import.meta.dirname, '..');
const outdir = path.resolve(root, process.argv[2] ?? 'dist');

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
