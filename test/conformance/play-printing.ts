import {type Recorded, type Verdict} from './case-types.js';
import {differences} from './compare.js';
import {tenantNamespace} from './fixtures.js';
import {createServerStage} from './server-stage.js';

const group = 'offloading.liqo.io';

const valueOf = (columns: readonly Recorded[], row: Recorded, name: string) =>
	row.cells[columns.findIndex((column) => column.name === name)];

const blank = (cell: string | boolean | undefined): string | undefined =>
	['', '<none>', 'undefined', 'null'].includes(String(cell))
		? undefined
		: String(cell);

/**
The object that a recorded row shows.
*/
const objectsOf = (
	resource: string,
	columns: readonly Recorded[],
	row: Recorded,
): readonly Recorded[] => {
	const at = (name: string): string | undefined =>
		blank(valueOf(columns, row, name));
	const [name] = row.cells;
	const namespace = row.namespace ?? 'default';
	const metadata = {name, namespace};
	switch (resource) {
		case 'namespaceoffloadings': {
			const phase = at('OffloadingPhase');
			const remoteName = at('RemoteNamespaceName');
			return [
				{
					apiVersion: `${group}/v1beta1`,
					kind: 'NamespaceOffloading',
					metadata: {...metadata, labels: {'liqo.io/webhook-skip': 'true'}},
					spec: {
						namespaceMappingStrategy: at('NamespaceMappingStrategy'),
						podOffloadingStrategy: at('PodOffloadingStrategy'),
						clusterSelector: {nodeSelectorTerms: []},
					},
					status: {
						...(phase && {offloadingPhase: phase}),
						...(remoteName && {remoteNamespaceName: remoteName}),
					},
				},
			];
		}

		case 'namespacemaps': {
			return [
				{
					apiVersion: `${group}/v1beta1`,
					kind: 'NamespaceMap',
					metadata: {
						...metadata,
						labels: {
							'liqo.io/remote-cluster-id': name,
							'liqo.io/remoteID': name,
							...(at('Local') && {'liqo.io/replication': at('Local')}),
						},
					},
					spec: {},
				},
			];
		}

		case 'virtualnodes': {
			const conditions = ['Node', 'VirtualKubelet'].flatMap((type) => {
				const status = at(type);
				return status
					? status.split(',').map((one) => ({type, status: one}))
					: [];
			});
			return [
				{
					apiVersion: `${group}/v1beta1`,
					kind: 'VirtualNode',
					metadata,
					spec: {
						clusterID: at('ClusterID'),
						...(at('Create Node') && {
							createNode: at('Create Node') === 'true',
						}),
					},
					...(conditions.length > 0 && {status: {conditions}}),
				},
			];
		}

		default: {
			return [];
		}
	}
};

/**
The list of what discovery says, wherever the case holds it.
*/
const resourceListOf = (recorded: Recorded): readonly Recorded[] | undefined =>
	[recorded, recorded.observed, recorded.discovery]
		.flatMap((part: Recorded) => [part, ...Object.values(part ?? {})])
		.find(
			(list: Recorded) =>
				Array.isArray(list) &&
				list.length > 0 &&
				list.every((one: Recorded) => one?.name !== undefined),
		);

const shown = (cells: readonly unknown[]): readonly unknown[] =>
	cells.map((cell) => (cell === null ? '' : cell));

/**
Plays the table of a list, or what discovery says of the group, as a client of the terminal sees it.
*/
export const playPrintingCase = async (
	recorded: Recorded,
): Promise<Verdict> => {
	const columns: readonly Recorded[] = recorded.columns ?? [];
	const rows: readonly Recorded[] = recorded.rows ?? [];
	const stage = await createServerStage({
		generation: 2,
		clusterId: 'cons',
		actors: ['admission'],
		objects: [...new Set(rows.map(({namespace}) => namespace))]
			.filter((name) => name !== undefined && name !== 'default')
			.map((name) => tenantNamespace(name, 'x')),
	});
	try {
		if (recorded.columns === undefined) {
			const resources = resourceListOf(recorded);
			if (resources === undefined) {
				return {
					state: 'failed',
					differences: ['neither a table nor a list of resources'],
				};
			}

			const {body} = await stage.send('GET', `/apis/${group}/v1beta1`);
			return verdict(
				resources.flatMap((expected: Recorded) => {
					const mine = body.resources.find(
						({name}: Recorded) => name === expected.name,
					);
					return differences(
						expected.name,
						expected,
						mine &&
							Object.fromEntries(
								Object.keys(expected).map((key) => [key, mine[key]]),
							),
					);
				}),
			);
		}

		for (const row of rows) {
			for (const object of objectsOf(recorded.resource, columns, row)) {
				await stage.create(object);
			}
		}

		const table = await stage.table(
			`/apis/${group}/v1beta1/${recorded.resource}`,
		);
		return verdict(
			differences(
				'table',
				{
					columns,
					rows: rows.map((row) => ({...row, cells: shown(row.cells)})),
				},
				{
					columns: table.columnDefinitions.map((column: Recorded) =>
						Object.fromEntries(
							Object.keys(columns[0] ?? {}).map((key) => [key, column[key]]),
						),
					),
					rows: table.rows.map((row: Recorded) => ({
						namespace: row.object.metadata.namespace,
						cells: shown(
							row.cells.map((cell: unknown, index: number) =>
								columns[index]?.type === 'date' ? '<age>' : cell,
							),
						),
					})),
				},
			),
		);
	} finally {
		await stage.stop();
	}
};

const verdict = (found: readonly string[]): Verdict =>
	found.length === 0
		? {state: 'passed'}
		: {state: 'failed', differences: found};
