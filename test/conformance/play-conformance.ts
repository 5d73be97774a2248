import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {type Recorded, type Verdict} from './case-types.js';
import {createKubeApiServerStage, stopRig} from './kube-apiserver-stage.js';
import {createMemoryStage} from './memory-stage.js';
import {createServerStage} from './server-stage.js';
import {oneLegacyNode, playConsumerCase, playRemoteCase} from './play.js';
import {playPodOnServer, playSchedulingOnServer} from './play-pods.js';
import {playThroughCommands} from './play-commands.js';
import {createProcessStage, removeProgram} from './process-stage.js';
import {playPrintingCase} from './play-printing.js';
import {playPodCase, playSchedulingCase} from './play-pure.js';
import {playVirtualNodeCase} from './play-virtual-nodes.js';
import {tenantNamespace, virtualNodeOf, nodeOf} from './fixtures.js';
import {NotPlayable, type Stage, type StageMaker} from './stage.js';

const stageNames = [
	'memory',
	'sandbox',
	'commands',
	'process',
	'kube-apiserver',
] as const;

// Processes and real servers are asked for by name: they take minutes.
const usualStages = ['memory', 'sandbox', 'commands'] as const;

type StageName = (typeof stageNames)[number];

const isStageName = (name: string): name is StageName =>
	(stageNames as readonly string[]).includes(name);

// Most of a case on a server is waiting until nothing moves.
const atOnce: Readonly<Record<StageName, number>> = {
	memory: 1,
	sandbox: 8,
	commands: 1,
	process: 4,
	'kube-apiserver': 1,
};

const casesOf = (content: Recorded): readonly Recorded[] => [
	...(content.cases ?? []),
	...(content.combinations ?? []),
	...(content.scenarios ?? []),
];

const e2eSetup = (content: Recorded): Recorded => {
	const {virtualNodes, localNamespaceMap, providerNamespaceMap} =
		content.fixtures.E2E;
	const raw = (map: Recorded): Recorded => ({
		apiVersion: 'offloading.liqo.io/v1beta1',
		kind: 'NamespaceMap',
		metadata: {
			...map,
			annotations: undefined,
			uid: `map-${map.namespace}`,
			generation: 1,
		},
		spec: {},
	});
	return {
		objects: [
			tenantNamespace(localNamespaceMap.namespace, content.providerClusterID),
			...virtualNodes.flatMap((node: Recorded) => [
				virtualNodeOf({
					name: node.name,
					namespace: localNamespaceMap.namespace,
					spec: {
						clusterID: node.clusterID,
						createNode: true,
						labels: node.labels,
					},
				}),
				nodeOf({
					name: node.name,
					labels: {
						...node.labels,
						'liqo.io/type': 'virtual-node',
						'liqo.io/remote-cluster-id': node.clusterID,
					},
				}),
			]),
			raw(localNamespaceMap),
		],
		provider: [
			tenantNamespace(providerNamespaceMap.namespace, content.localClusterID),
			raw(providerNamespaceMap),
		],
	};
};

const requiresSchema = (recorded: Recorded): boolean =>
	[
		...(recorded.actions ?? []),
		...(recorded.steps ?? []).flatMap(
			(step: Recorded) => step.actions ?? step.action ?? [],
		),
	].some(
		({response}: Recorded) =>
			response?.httpStatus === 422 ||
			JSON.stringify(response?.warnings ?? []).includes('unknown field'),
	);

type Case = {
	readonly file: string;
	readonly content: Recorded;
	readonly recorded: Recorded;
};

/**
The state of the cluster that a case starts from; some files only describe theirs in words.
*/
const fixtureOf = ({content, recorded}: Case): Recorded =>
	content.fixtures?.[recorded.fixture] ??
	(content.generation === 1 && recorded.fixture !== 'G0' ? oneLegacyNode : {});

const play = async (
	{file, content, recorded}: Case,
	name: StageName,
	makeStage: StageMaker,
): Promise<Verdict> => {
	const generation: 1 | 2 = content.generation === 1 ? 1 : 2;
	const clusterId: string =
		recorded.localClusterID ?? content.localClusterID ?? 'home';
	const isInMemory = name === 'memory';
	if (name === 'commands') {
		return playThroughCommands(
			content.area,
			recorded,
			fixtureOf({file, content, recorded}),
			{generation, clusterId},
		);
	}

	const hasHandOnNamespaces = JSON.stringify(recorded).includes(
		'namespace controller',
	);
	if (name === 'process' && hasHandOnNamespaces) {
		return {
			state: 'skipped',
			why: 'the namespace controller of that process does not wait for a hand',
		};
	}

	const isPlayedThere = [
		'selectors',
		'mappings',
		'status',
		'remote',
		'remote-e2e',
	].includes(content.area);
	if (name === 'kube-apiserver' && !isPlayedThere) {
		return {state: 'skipped', why: 'is about more than reconcile does'};
	}

	switch (content.area) {
		case 'pods': {
			return isInMemory
				? playPodCase(recorded, generation)
				: playPodOnServer(recorded, generation, makeStage);
		}

		case 'scheduling': {
			const fixture = content.fixtures[recorded.fixture];
			return isInMemory
				? playSchedulingCase(recorded, fixture)
				: playSchedulingOnServer(recorded, fixture, makeStage);
		}

		case 'printing': {
			return isInMemory
				? {state: 'skipped', why: 'needs an API server'}
				: playPrintingCase(recorded);
		}

		case 'virtualnodes': {
			return isInMemory
				? {state: 'skipped', why: 'needs an API server and Deployments'}
				: playVirtualNodeCase(recorded, clusterId, makeStage);
		}

		case 'remote-e2e': {
			const setup = e2eSetup(content);
			const id: string = content.providerClusterID;
			return playConsumerCase(
				recorded,
				{
					generation,
					clusterId,
					fixture: {},
					provider: id,
					providers: {[id]: setup.provider},
				},
				async (stage) => makeStage({...stage, objects: setup.objects}),
			);
		}

		case 'remote': {
			return generation === 1
				? playConsumerCase(
						recorded,
						{
							generation,
							clusterId,
							fixture: oneLegacyNode,
							provider: 'prov-eu',
							providers: {'prov-eu': []},
						},
						makeStage,
					)
				: playRemoteCase(recorded, content.providerClusterID, makeStage);
		}

		default: {
			if (isInMemory && requiresSchema(recorded)) {
				return {
					state: 'skipped',
					why: "needs an API server's schema validation",
				};
			}

			return playConsumerCase(
				recorded,
				{
					generation,
					clusterId,
					fixture: fixtureOf({file, content, recorded}),
				},
				makeStage,
			);
		}
	}
};

const makers: Readonly<Record<StageName, StageMaker>> = {
	memory: async (setup) => createMemoryStage(setup),
	sandbox: async (setup) => createServerStage(setup),
	process: async (setup) => createProcessStage(setup),
	'kube-apiserver': async (setup) => createKubeApiServerStage(setup),
	async commands() {
		throw new NotPlayable('the commands work on files');
	},
};

/**
Plays one case on one stage, and takes the stage down again.
*/
const judge = async (one: Case, name: StageName): Promise<Verdict> => {
	const opened: Stage[] = [];
	try {
		return await play(one, name, async (setup) => {
			const stage = await makers[name](setup);
			opened.push(stage);
			return stage;
		});
	} catch (error) {
		return error instanceof NotPlayable
			? {state: 'skipped', why: error.message}
			: {
					state: 'failed',
					differences: [String(error instanceof Error ? error.stack : error)],
				};
	} finally {
		await Promise.all(opened.map(async (stage) => stage.stop()));
	}
};

/**
Runs tasks with a limit on how many are under way, and keeps their order.
*/
const runAll = async <T>(
	tasks: ReadonlyArray<() => Promise<T>>,
	limit: number,
): Promise<readonly T[]> => {
	const results: T[] = [];
	let next = 0;
	const work = async (): Promise<void> => {
		while (next < tasks.length) {
			const index = next;
			next += 1;
			results[index] = await tasks[index]!();
		}
	};

	await Promise.all(Array.from({length: limit}, async () => work()));
	return results;
};

const report = (
	log: (line: string) => void,
	file: string,
	name: StageName,
	cases: readonly Case[],
	verdicts: readonly Verdict[],
): void => {
	const counts = {passed: 0, failed: 0, skipped: 0};
	const reasons = new Map<string, string[]>();
	for (const [index, verdict] of verdicts.entries()) {
		const {recorded} = cases[index]!;
		counts[verdict.state] += 1;
		if (verdict.state === 'failed') {
			log(`${file} ${recorded.id} (${name}): ${recorded.title ?? ''}`);
			for (const difference of verdict.differences.slice(0, 12)) {
				log(`    ${difference}`);
			}
		} else if (verdict.state === 'skipped') {
			reasons.set(verdict.why, [
				...(reasons.get(verdict.why) ?? []),
				recorded.id,
			]);
		}
	}

	log(
		`${file} (${name}): ${counts.passed} agree, ${counts.failed} differ${counts.skipped === 0 ? '' : `, ${counts.skipped} not played here`}`,
	);
	for (const [why, ids] of reasons) {
		log(`    not played, ${why}: ${ids.join(' ')}`);
	}
};

export type ConformanceOptions = {
	readonly folder: string;
	/**
	Names of stages; the usual ones when absent.
	*/
	readonly stages?: readonly string[];
	/**
	Id of one case, or name of one file.
	*/
	readonly only?: string | undefined;
	log(line: string): void;
};

export type ConformanceResult = {
	readonly passed: number;
	readonly failed: number;
	/**
	Cases that none of the stages can play.
	*/
	readonly unplayed: number;
};

/**
Plays the cases of a folder on every stage asked for, and says where they agree and each difference. A case counts once: it passes where it was
played, everywhere that was.

@throws RangeError when a stage is not known
*/
export const playConformance = async ({
	folder,
	stages: asked = usualStages,
	only,
	log,
}: ConformanceOptions): Promise<ConformanceResult> => {
	const wrong = asked.filter((name) => !isStageName(name));
	if (wrong.length > 0) {
		throw new RangeError(
			`LIQO_STAGE takes some of ${stageNames.join(', ')}, not ${wrong.join(', ')}.`,
		);
	}

	const stages = asked.filter((name) => isStageName(name));
	const totals = new Map<string, Array<Verdict['state']>>();
	for (const file of readdirSync(folder)
		.filter((name) => name.endsWith('.json'))
		.toSorted()) {
		const content: Recorded = JSON.parse(
			readFileSync(path.join(folder, file), 'utf8'),
		);
		const cases = casesOf(content)
			.filter(({id}) => only === undefined || [id, file].includes(only))
			.map((recorded) => ({file, content, recorded}));
		if (cases.length === 0) {
			continue;
		}

		for (const name of stages) {
			const verdicts = await runAll(
				cases.map((one) => async () => judge(one, name)),
				atOnce[name],
			);
			report(log, file, name, cases, verdicts);
			for (const [index, {state}] of verdicts.entries()) {
				const key = `${file} ${cases[index]!.recorded.id}`;
				totals.set(key, [...(totals.get(key) ?? []), state]);
			}
		}
	}

	await stopRig();
	await removeProgram();
	const states = totals
		.values()
		.map((all) =>
			all.includes('failed')
				? 'failed'
				: all.includes('passed')
					? 'passed'
					: 'skipped',
		)
		.toArray();
	const count = (state: string): number =>
		states.filter((one) => one === state).length;
	return {
		passed: count('passed'),
		failed: count('failed'),
		unplayed: count('skipped'),
	};
};
