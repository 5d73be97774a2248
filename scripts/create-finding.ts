/* eslint-disable unicorn/no-process-exit, unicorn/no-incorrect-template-string-interpolation -- A command line that writes source code. */
/**
Makes what a new failure mode needs: finder, test, scenario, and its lines in the four lists. The documentation row follows from the finder
(`npm run docs`); the fixture is the scenario.

	npm run create-finding pod-eats-cake
*/
import {existsSync} from 'node:fs';
import {readFile, writeFile} from 'node:fs/promises';
import process from 'node:process';

const id = process.argv[2] ?? '';
if (!/^[a-z]+(?:-[\da-z]+)+$/v.test(id)) {
	console.error(
		'Usage: npm run create-finding ID (kebab case, e.g. pod-eats-cake)',
	);
	process.exit(2);
}

const root = new URL('../', import.meta.url);
const at = (file: string) => new URL(file, root);
const name = id.replaceAll(/-(?<letter>.)/gv, (_, letter: string) =>
	letter.toUpperCase(),
);
const title = `${id[0]!.toUpperCase()}${id.slice(1).replaceAll('-', ' ')}`;

const finder = `import {type FailureMode} from './failure-mode.js';
import {fact, refOf} from './facts.js';
import {instruct} from './words.js';

export const ${name}: FailureMode = {
	id: '${id}',
	title: '${title}',
	severity: 'warning',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 900,
	explains: [],
	reads: ['NamespaceOffloading'],
	symptom: 'What the user sees.',
	cause: 'Why it happens.',
	proof: 'Which fields prove it.',
	remedies: ['instruct'],
	scope: 'namespace',
	find({offloading}) {
		return offloading?.metadata.annotations['example.org/${id}'] === undefined
			? []
			: [
					{
						object: refOf(offloading),
						message: 'The cause, as one sentence.',
						consequence: 'What follows for the user, as one sentence.',
						evidence: [
							fact(offloading, 'metadata.annotations', 'what is there', 'what should be'),
						],
						offers: [instruct('What to do', 'who can do it', 'step by step')],
					},
				];
	},
};
`;

const scenario = `import {offload} from './offload.js';
import {type Scenario} from './scenario.js';

export const ${name}: Scenario = {
	id: '${id}',
	title: '${title}',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	build(draft) {
		offload(draft, 'shop');
		draft.edit('home', 'NamespaceOffloading', 'shop/offloading', {
			metadata: {annotations: {'example.org/${id}': 'yes'}},
		});
	},
};
`;

const test = `import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('${id}');
`;

const create = async (file: string, text: string): Promise<void> => {
	const isThere = existsSync(at(file));
	if (isThere) {
		console.error(`${file} exists already; nothing was written.`);
		process.exit(1);
	}

	await writeFile(at(file), text);
	console.log(`created ${file}`);
};

/**
Adds an import, sorted by file, and a line before the end of the list.
*/
const addTo = async (
	file: string,
	line: string,
	end: string,
): Promise<void> => {
	const text = await readFile(at(file), 'utf8');
	const own = `import {${name}} from './${id}.js';`;
	const lines = text.split('\n');
	const source = (one: string) =>
		/'(?<path>[^']+)'/v.exec(one)?.groups?.path ?? '';
	const index = lines.findIndex(
		(one) => one.startsWith('import ') && source(one) > `./${id}.js`,
	);
	lines.splice(index === -1 ? 0 : index, 0, own);
	const last = lines.indexOf(end);
	lines.splice(last, 0, line);
	await writeFile(at(file), lines.join('\n'));
	console.log(`added to ${file}`);
};

await create(`source/core/findings/${id}.ts`, finder);
await create(`source/sandbox/scenarios/${id}.ts`, scenario);
await create(`test/core/findings/${id}.test.ts`, test);
const ids = at('source/core/findings/ids.ts');
const known = await readFile(ids, 'utf8');
await writeFile(
	ids,
	known.replace('\n] as const;', () => `\n\t'${id}',\n] as const;`),
);
const briefs = at('source/core/findings/briefs.ts');
const said = await readFile(briefs, 'utf8');
await writeFile(
	briefs,
	said.replace(
		'\n};\n',
		() => `\n\t'${id}': '${title.slice(0, 16).trim()}',\n};\n`,
	),
);
await addTo('source/core/findings/index.ts', `\t${name},`, '];');
await addTo('source/sandbox/scenarios/faults.ts', `\t${name},`, '];');
console.log(
	'Now write its rule, its brief, its scenario and its remedies; then: npm run docs',
);
