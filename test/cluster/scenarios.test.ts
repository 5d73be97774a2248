import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {JsonObject} from '../../source/core/json.js';
import type {ApiServer} from '../../source/sandbox/engines/kube-apiserver/api-server.js';
import type {ControlPlane} from '../../source/sandbox/engines/kube-apiserver/control-plane.js';
import {
	installDefinitions,
	populate,
} from '../../source/sandbox/engines/kube-apiserver/populate.js';
import {definitionsOf} from '../../source/sandbox/crds/index.js';
import {
	draftOf,
	type Scenario,
} from '../../source/sandbox/scenarios/scenario.js';
import {
	ask,
	liqoDefinitions,
	readDefinitions,
	root,
	startTestControlPlane,
} from '../helpers/control-plane.js';

const releases = {'v0.3': 'v0.3.2', v1beta1: 'v1.2.0'} as const;
type Generation = keyof typeof releases;
const generations = Object.keys(releases) as Generation[];

const directory = path.join(root, 'source', 'sandbox', 'scenarios');

const isScenario = (value: unknown): value is Scenario =>
	typeof value === 'object' &&
	value !== null &&
	'build' in value &&
	'generations' in value;

const loadScenarios = async (): Promise<readonly Scenario[]> => {
	const names = fs
		.readdirSync(directory)
		.filter((name) => name.endsWith('.ts'));
	const modules = await Promise.all(
		names.map(
			async (name) =>
				(await import(path.join(directory, name))) as Record<string, unknown>,
		),
	);
	const found = modules.flatMap((module) =>
		Object.values(module).filter((value) => isScenario(value)),
	);
	return new Map(found.map((scenario) => [scenario.id, scenario]))
		.values()
		.toArray();
};

const scenarios = await loadScenarios();

type Metadata = {readonly name: string; readonly namespace?: string};

const pluralOf = (kind: string): string =>
	kind.endsWith('s') ? `${kind.toLowerCase()}es` : `${kind.toLowerCase()}s`;

/**
Where an object is served: custom ones by their definition, core ones by Kubernetes' rule.
*/
const urlOf = (
	object: JsonObject,
	definitions: readonly JsonObject[],
): string => {
	const {apiVersion, kind, metadata} = object as {
		apiVersion: string;
		kind: string;
		metadata: Metadata;
	};
	const {name, namespace} = metadata;
	const plural =
		definitions
			.map(
				({spec}) =>
					spec as {group: string; names: {kind: string; plural: string}},
			)
			.find(
				({group, names}) =>
					names.kind === kind && apiVersion.startsWith(`${group}/`),
			)?.names.plural ?? pluralOf(kind);
	const prefix = apiVersion.includes('/')
		? `/apis/${apiVersion}`
		: `/api/${apiVersion}`;
	return `${prefix}${namespace === undefined ? '' : `/namespaces/${namespace}`}/${plural}/${name}`;
};

/**
What the server finds wrong with an object it holds: an update that changes nothing passes only when that is nothing.
*/
const findProblem = async (
	cluster: ApiServer,
	url: string,
): Promise<string | undefined> => {
	const read = await ask(cluster, url);
	if (read.status !== 200) {
		return `GET ${url}: ${read.text}`;
	}

	const written = await ask(
		cluster,
		`${url}?dryRun=All&fieldValidation=Strict`,
		{method: 'PUT', body: read.text},
	);
	return written.status === 200
		? undefined
		: `PUT ${url}: ${(JSON.parse(written.text) as {message: string}).message}`;
};

const origins = [
	{
		title: "scenarios against the project's definitions",
		isThere: true,
		read: (generation: Generation) =>
			definitionsOf(generation) as readonly JsonObject[],
	},
	{
		title: "scenarios against Liqo's own definitions",
		isThere: Boolean(process.env.LIQO_CRDS),
		read: (generation: Generation) =>
			readDefinitions(liqoDefinitions(releases[generation]) ?? ''),
	},
];

for (const {title, isThere, read} of origins) {
	describe.runIf(isThere)(title, () => {
		let plane: ControlPlane;
		const definitions = new Map<Generation, readonly JsonObject[]>();
		beforeAll(async () => {
			plane = await startTestControlPlane({
				clusters: generations.map((generation) => ({
					name: generation.replace('.', '-'),
				})),
			});
			for (const generation of generations) {
				const known = read(generation);
				definitions.set(generation, known);
				await installDefinitions(
					plane.cluster(generation.replace('.', '-')),
					known,
				);
			}
		});
		afterAll(async () => {
			await plane?.stop();
		});

		// Its point is an object of a version that the server does not serve.
		const impossible = 'api-generation-mismatch';
		const cases = scenarios
			.filter(({id}) => id !== impossible)
			.flatMap((scenario) =>
				scenario.generations.flatMap((generation) =>
					generation === 'v0.3' || generation === 'v1beta1'
						? [{id: scenario.id, scenario, generation}]
						: [],
				),
			);

		it('has scenarios to look at', () => {
			expect(cases.length).toBeGreaterThan(20);
		});

		it.each(cases)(
			'$id of $generation is what the server would hold',
			async ({scenario, generation}) => {
				const cluster = plane.cluster(generation.replace('.', '-'));
				const known = definitions.get(generation) ?? [];
				const draft = draftOf(
					scenario,
					generation,
					new Date().toISOString().replace(/\.\d+Z$/v, 'Z'),
				);
				const problems: string[] = [];
				for (const handle of ['home', ...draft.peers.keys()]) {
					await plane.etcd.store.clear(`/${cluster.name}/offloading.liqo.io/`);
					const objects = draft.objects(handle);
					await populate(plane.etcd.store, cluster, objects, known);
					for (const object of objects) {
						const problem = await findProblem(cluster, urlOf(object, known));
						problems.push(...(problem === undefined ? [] : [problem]));
					}
				}

				expect(problems).toEqual([]);
			},
		);
	});
}
