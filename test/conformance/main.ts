import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {type Recorded, type Verdict} from './case-types.js';
import {differences} from './compare.js';
import {createMemoryStage} from './memory-stage.js';
import {createServerStage, type ServerStage} from './server-stage.js';
import {
	oneLegacyNode,
	playConsumerCase,
	playRemoteCase,
	type StageMaker,
} from './play.js';
import {playPodCase, playSchedulingCase} from './play-pure.js';
import {tenantNamespace, virtualNodeOf, nodeOf} from './fixtures.js';

const folder =
	process.env.LIQO_CASES ?? path.join('test', 'conformance', 'sample');
const only = process.argv[2];
// In memory unless told to play against the embedded API servers.
const isOnServer = process.env.LIQO_STAGE === 'sandbox';
const opened: ServerStage[] = [];
const makeStage: StageMaker = async (setup) => {
	if (!isOnServer) {
		return createMemoryStage(setup);
	}

	const stage = await createServerStage(setup);
	opened.push(stage);
	return stage;
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

/**
Plays the table of a list as a client of the terminal sees it.
*/
const playPrintingCase = async (recorded: Recorded): Promise<Verdict> => {
	const stage = await createServerStage({
		generation: 2,
		clusterId: 'cons',
		objects: recorded.rows.flatMap((row: Recorded) => [
			tenantNamespace(row.namespace, row.cells[0]),
			{
				apiVersion: 'offloading.liqo.io/v1beta1',
				kind: 'NamespaceMap',
				metadata: {
					name: row.cells[0],
					namespace: row.namespace,
					labels: {
						'liqo.io/remote-cluster-id': row.cells[0],
						'liqo.io/remoteID': row.cells[0],
						'liqo.io/replication': row.cells[1],
					},
				},
				spec: {},
			},
		]),
	});
	opened.push(stage);
	const {body} = await stage.table(
		`/apis/offloading.liqo.io/v1beta1/${recorded.resource}`,
	);
	const found = differences(
		'table',
		{columns: recorded.columns, rows: recorded.rows},
		{
			columns: body.columnDefinitions.map(
				({name, type, priority}: Recorded) => ({name, type, priority}),
			),
			rows: body.rows.map((row: Recorded) => ({
				namespace: row.object.metadata.namespace,
				cells: [...row.cells.slice(0, -1), '<age>'],
			})),
		},
	);
	return found.length === 0
		? {state: 'passed'}
		: {state: 'failed', differences: found};
};

const playOne = async (
	file: string,
	content: Recorded,
	recorded: Recorded,
): Promise<Verdict> => {
	const generation: 1 | 2 = content.generation === 1 ? 1 : 2;
	const clusterId: string =
		recorded.localClusterID ?? content.localClusterID ?? 'home';
	switch (content.area) {
		case 'pods': {
			return playPodCase(recorded, generation);
		}

		case 'scheduling': {
			return playSchedulingCase(recorded, content.fixtures[recorded.fixture]);
		}

		case 'printing': {
			return isOnServer && recorded.resource === 'namespacemaps'
				? playPrintingCase(recorded)
				: {state: 'skipped', why: 'needs an API server'};
		}

		case 'virtualnodes': {
			return {state: 'skipped', why: 'needs an API server'};
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
			const isRejection = recorded.actions?.some(
				(action: Recorded) =>
					action.response?.httpStatus === 422 ||
					JSON.stringify(action.response?.warnings ?? []).includes(
						'unknown field',
					),
			);
			if (isRejection && !isOnServer) {
				return {
					state: 'skipped',
					why: "needs an API server's schema validation",
				};
			}

			const fixture =
				content.fixtures?.[recorded.fixture] ??
				(file.startsWith('gen1') && recorded.fixture !== 'G0'
					? oneLegacyNode
					: {});
			return playConsumerCase(
				recorded,
				{generation, clusterId, fixture},
				makeStage,
			);
		}
	}
};

let passed = 0;
let failed = 0;
let skipped = 0;
if (!existsSync(folder)) {
	console.log(`skipped: no recorded cases at ${folder} (set LIQO_CASES)`);
	process.exitCode = 0;
}

if (process.env.LIQO_CASES === undefined) {
	console.log(
		'LIQO_CASES is not set: only the sample in this repository is played',
	);
}

for (const file of readdirSync(folder)
	.filter((name) => name.endsWith('.json'))
	.toSorted()) {
	const content: Recorded = JSON.parse(
		readFileSync(path.join(folder, file), 'utf8'),
	);
	const counts = {passed: 0, failed: 0, skipped: 0};
	for (const recorded of casesOf(content)) {
		if (only !== undefined && recorded.id !== only && file !== only) {
			continue;
		}

		let verdict: Verdict;
		try {
			verdict = await playOne(file, content, recorded);
			await Promise.all(opened.splice(0).map(async (stage) => stage.stop()));
		} catch (error) {
			verdict = {
				state: 'failed',
				differences: [String(error instanceof Error ? error.stack : error)],
			};
		}

		const isLoose =
			recorded.orderDependent === true && verdict.state === 'failed';
		counts[isLoose ? 'passed' : verdict.state]++;
		if (isLoose) {
			console.log(
				`${file} ${recorded.id}: differs, and is counted as agreeing only because its outcome depends on an order`,
			);
		}

		if (verdict.state !== 'failed' || isLoose) {
			continue;
		}

		console.log(`${file} ${recorded.id}: ${recorded.title}`);
		for (const difference of verdict.differences.slice(0, 12)) {
			console.log(`    ${difference}`);
		}
	}

	console.log(
		`${file}: ${counts.passed} agree, ${counts.failed} differ, ${counts.skipped} not played here`,
	);
	passed += counts.passed;
	failed += counts.failed;
	skipped += counts.skipped;
}

console.log(
	`${passed} passed, ${failed} failed${skipped === 0 ? '' : ` (${skipped} not played)`}`,
);
process.exitCode = failed === 0 ? 0 : 1;
