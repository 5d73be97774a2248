import {setTimeout as delay} from 'node:timers/promises';
import {act, referenceFor, type Scene} from './act.js';
import {type Recorded, type Verdict} from './case-types.js';
import {differences} from './compare.js';
import {
	namespaceObject,
	nodeOf,
	tenantNamespace,
	virtualNodeOf,
} from './fixtures.js';
import {type Stage, type StageMaker} from './stage.js';

const podNamespace = 'default';

const virtualTaint = {
	key: 'virtual-node.liqo.io/not-allowed',
	value: 'true',
	effect: 'NoExecute',
};

const specFields = new Set([
	'annotations',
	'createNode',
	'disableNetworkCheck',
	'offloadingPatch',
	'resourceQuota',
	'storageClasses',
	'taints',
]);

/**
What the recording's author wrote for a virtual node: the manifest, and by hand the Node that no virtual kubelet registers there.
*/
const createVirtualNode = async (
	stage: Stage,
	{
		name,
		namespace,
		node,
		clusterID,
		labels = {},
		tenantNamespaceExists = true,
		...rest
	}: Recorded,
): Promise<number> => {
	const place: string =
		namespace ??
		`${tenantNamespaceExists ? 'liqo-tenant' : 'plain'}-${clusterID}`;
	await stage.create(
		tenantNamespaceExists
			? tenantNamespace(place, clusterID)
			: namespaceObject(place),
	);

	if (node !== false) {
		await stage.create(
			nodeOf({
				name,
				labels: {
					...labels,
					'liqo.io/type': 'virtual-node',
					'liqo.io/remote-cluster-id': clusterID,
				},
				taints: [virtualTaint],
			}),
		);
	}

	const {finalizers, ...metadata} = virtualNodeOf({
		name,
		namespace: place,
		spec: {clusterID},
	}).metadata as Recorded;
	const {status} = await stage.create({
		apiVersion: 'offloading.liqo.io/v1beta1',
		kind: 'VirtualNode',
		metadata: {...metadata, uid: undefined},
		spec: {
			clusterID,
			createNode: node !== false,
			...(Object.keys(labels).length > 0 && {labels}),
			resourceQuota: {hard: {cpu: '8', memory: '16Gi', pods: '110'}},
			...Object.fromEntries(
				Object.entries(rest).filter(([key]) => specFields.has(key)),
			),
		},
	});
	return status;
};

const createPod = async (
	stage: Stage,
	name: string,
	node: string,
	isShadow: boolean,
): Promise<number> => {
	const {status} = await stage.create({
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {
			name,
			namespace: podNamespace,
			...(isShadow && {labels: {'liqo.io/shadowPod': 'true'}}),
		},
		spec: {
			nodeName: node,
			containers: [{name: 'c', image: 'c'}],
			tolerations: [{operator: 'Exists'}],
		},
	});
	return status;
};

const podNames = (observed: Recorded): readonly string[] =>
	(observed?.pods ?? []).map(({name}: Recorded) => name);

const byText = (one: Recorded, other: Recorded): number =>
	JSON.stringify(one).localeCompare(JSON.stringify(other));

const observe = async (stage: Stage, expected: Recorded): Promise<Recorded> => {
	const list = async (kind: string): Promise<readonly Recorded[]> =>
		stage.list(kind);
	const found: Record<string, Recorded> = {};
	if (expected.deployments) {
		const all = await list('Deployment');
		found.deployments = Object.fromEntries(
			Object.keys(expected.deployments).map((id) => [
				id,
				all
					.filter(({metadata}) => metadata.namespace === `liqo-tenant-${id}`)
					.map(({metadata}) => metadata.name)
					.toSorted(byText),
			]),
		);
	}

	if (expected.foreignClusters) {
		found.foreignClusters = (await list('ForeignCluster')).map(
			({metadata}) => ({
				annotations: metadata.annotations,
				name: metadata.name,
			}),
		);
	}

	if (expected.namespaceMaps) {
		const maps = await list('NamespaceMap');
		found.namespaceMaps = maps.map(({metadata}) => ({
			finalizers: metadata.finalizers,
			labels: metadata.labels,
			name: metadata.name,
			namespace: metadata.namespace,
			deletionTimestamp: metadata.deletionTimestamp ? '<set>' : undefined,
		}));
	}

	if (expected.nodes) {
		const all = await list('Node');
		found.nodes = Object.fromEntries(
			Object.keys(expected.nodes).map((name) => {
				const node = all.find(({metadata}) => metadata.name === name);
				return [
					name,
					node && {
						taints: (node.spec?.taints ?? []).map(
							({key, value, effect}: Recorded) => ({key, value, effect}),
						),
						unschedulable: node.spec?.unschedulable ?? false,
					},
				];
			}),
		);
	}

	if (expected.pods) {
		const pods = await list('Pod');
		found.pods = pods.map(({metadata}) => ({
			deleting: metadata.deletionTimestamp !== undefined,
			name: metadata.name,
		}));
	}

	if (expected.virtualNodes) {
		const all = await list('VirtualNode');
		found.virtualNodes = Object.fromEntries(
			Object.keys(expected.virtualNodes).map((name) => {
				const object = all.find(({metadata}) => metadata.name === name);
				const {template, ...spec} = object?.spec ?? {};
				return [
					name,
					object && {
						conditions: (object.status?.conditions ?? [])
							.map(({type, status}: Recorded) => ({type, status}))
							.toSorted(byText),
						deletionTimestamp: object.metadata.deletionTimestamp
							? '<set>'
							: undefined,
						finalizers: object.metadata.finalizers,
						labels: object.metadata.labels,
						spec,
						templateName: template?.metadata?.name,
					},
				];
			}),
		);
	}

	return found;
};

/**
Lists without an order of their own, sorted.
*/
const sorted = (observed: Recorded): Recorded =>
	Object.fromEntries(
		Object.entries<Recorded>(observed).map(([key, value]) => {
			if (Array.isArray(value)) {
				return [key, value.toSorted(byText)];
			}

			if (key === 'deployments') {
				return [
					key,
					Object.fromEntries(
						Object.entries<Recorded>(value).map(([id, names]) => [
							id,
							names.toSorted(byText),
						]),
					),
				];
			}

			return [
				key,
				key === 'virtualNodes'
					? Object.fromEntries(
							Object.entries<Recorded>(value).map(([name, node]) => [
								name,
								node && {
									...node,
									...(node.conditions && {
										conditions: node.conditions
											.map(({type, status}: Recorded) => ({type, status}))
											.toSorted(byText),
									}),
								},
							]),
						)
					: value,
			];
		}),
	);

/**
Plays a case about the life of virtual nodes and what belongs to them.
*/
export const playVirtualNodeCase = async (
	recorded: Recorded,
	clusterId: string,
	makeStage: StageMaker,
): Promise<Verdict> => {
	const steps: Recorded[] = recorded.steps ?? [];
	const actionsOf = (step: Recorded): readonly Recorded[] =>
		step.actions ?? (step.action ? [step.action] : []);
	const stage = await makeStage({
		generation: 2,
		clusterId,
		objects: [nodeOf({name: 'local', labels: {}})],
	});
	const scene: Scene = {
		stage,
		generation: 2,
		namespace: podNamespace,
		offloading: 'offloading',
	};
	const nodes: string[] = [];
	const pods = new Set<string>();
	const found: string[] = [];
	await stage.settle();
	const [first] = steps;
	const isPodOfFirst = actionsOf(first).some(({op}) => op.includes('pod'));
	if (!isPodOfFirst) {
		// Left by the cases that were recorded before on the same server.
		for (const name of podNames(first?.observed)) {
			await createPod(stage, name, 'local', false);
			pods.add(name);
		}
	}

	for (const [index, step] of steps.entries()) {
		const path = `step ${index} (${step.title})`;
		await stage.advance();
		for (const action of actionsOf(step)) {
			const words: string = action.op;
			const {response} = action;
			if (words === 'create' && action.object?.clusterID) {
				const status = await createVirtualNode(stage, action.object);
				nodes.push(action.object.name);
				if (response && response.httpStatus !== status) {
					found.push(
						`${path}: recorded status ${response.httpStatus}, here ${status}`,
					);
				}
			} else if (words.startsWith('create pod')) {
				const name =
					action.name ??
					action.object?.metadata?.name ??
					podNames(step.observed).find((one) => !pods.has(one)) ??
					`pod-${pods.size}`;
				pods.add(name);
				const status = await createPod(
					stage,
					name,
					action.node ?? nodes.at(-1) ?? 'local',
					action.shadowPodLabel === true,
				);
				if (response && response.httpStatus !== status) {
					found.push(
						`${path}: recorded status ${response.httpStatus}, here ${status}`,
					);
				}
			} else if (
				words.includes('pod') &&
				/delet|remov|finish|finaliz|end|kill|gone|complet/v.test(words)
			) {
				const left = new Set(podNames(step.observed));
				const targets = action.target?.startsWith('pods/')
					? [action.target.split('/').at(-1)]
					: [...pods.difference(left)];
				for (const name of targets) {
					await stage.remove(
						await referenceFor(scene, `pods/${name}`),
						undefined,
						{isForced: true},
					);
				}
			} else if (action.target?.startsWith('pods/') && words === 'delete') {
				await stage.remove(
					await referenceFor(scene, action.target),
					undefined,
					{isForced: action.gracePeriodSeconds === 0 || action.byHand === true},
				);
			} else {
				found.push(...(await act(scene, action, path)));
			}
		}

		await stage.settle();
		const {observed} = step;
		if (!observed) {
			continue;
		}

		const look = async (): Promise<readonly string[]> =>
			differences(
				path,
				sorted(observed),
				sorted(await observe(stage, observed)),
			);
		const end = Date.now() + stage.patience;
		let differing = await look();
		while (differing.length > 0 && Date.now() < end) {
			await delay(100);
			await stage.settle();
			differing = await look();
		}

		found.push(...differing);
	}

	return found.length === 0
		? {state: 'passed'}
		: {state: 'failed', differences: found};
};
