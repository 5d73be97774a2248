import {type Recorded, type Verdict} from './case-types.js';
import {differences} from './compare.js';
import {
	fixtureObjects,
	namespaceObject,
	nodeOf,
	shortVirtualNode,
	tenantNamespace,
} from './fixtures.js';
import {
	type Answer,
	type Reference,
	type Stage,
	type StageSetup,
} from './memory-stage.js';
import {
	namespaceReference,
	observeNamespace,
	offloadingReference,
	transitionTimes,
	versions,
} from './observe.js';

export type StageMaker = (setup: StageSetup) => Promise<Stage>;

type Scene = {
	readonly stage: Stage;
	readonly generation: 1 | 2;
	readonly namespace: string;
	/**
	Key of the provider's cluster, when there is one.
	*/
	readonly provider?: string;
	/**
	Name of the offloading that is looked at.
	*/
	offloading: string;
};

const splitTarget = (target: string): readonly [string, string, boolean] => {
	const isStatus = target.endsWith(' (status)');
	const [plural = '', name = ''] = target
		.replace(' (status)', '')
		.split('/', 2);
	return [plural, name, isStatus];
};

const findMap = async (
	scene: Scene,
	clusterOrName: string,
	cluster?: string,
): Promise<Recorded> =>
	(await scene.stage.list('NamespaceMap', cluster)).find(
		(map) =>
			map.metadata.name === clusterOrName ||
			map.metadata.labels?.['liqo.io/remote-cluster-id'] === clusterOrName,
	);

const referenceFor = async (
	scene: Scene,
	target: string,
	cluster?: string,
): Promise<Reference> => {
	const [plural, name] = splitTarget(target);
	switch (plural) {
		case 'namespaceoffloadings': {
			return offloadingReference(scene.generation, scene.namespace, name);
		}

		case 'namespaces': {
			return namespaceReference(name);
		}

		case 'nodes': {
			return {apiVersion: 'v1', kind: 'Node', name};
		}

		case 'virtualnodes': {
			const all = await scene.stage.list('VirtualNode');
			const found = all.find((object) => object.metadata.name === name);
			return {
				apiVersion: versions(2).offloading,
				kind: 'VirtualNode',
				namespace: found?.metadata.namespace,
				name,
			};
		}

		case 'namespacemaps': {
			const map = await findMap(scene, name, cluster);
			return {
				apiVersion: versions(scene.generation).map,
				kind: 'NamespaceMap',
				namespace: map?.metadata.namespace,
				name: map?.metadata.name ?? name,
			};
		}

		default: {
			throw new RangeError(`unknown target ${target}`);
		}
	}
};

const compareAnswer = (
	path: string,
	recorded: Recorded,
	answer: Answer,
): readonly string[] => {
	if (recorded === undefined || recorded === null || Array.isArray(recorded)) {
		return [];
	}

	const found = [];
	if (recorded.httpStatus !== answer.status) {
		found.push(
			`${path}: recorded status ${recorded.httpStatus}, here ${answer.status} ${answer.message}`,
		);
	} else if (
		recorded.httpStatus === 403 &&
		recorded.message !== answer.message
	) {
		found.push(`${path}: recorded ${recorded.message}, here ${answer.message}`);
	}

	return found;
};

const patchStatusEntries = async (
	scene: Scene,
	entries: Recorded,
): Promise<void> => {
	for (const [key, entry] of Object.entries(entries)) {
		const map = await findMap(scene, key);
		await scene.stage.patch(
			{
				apiVersion: versions(scene.generation).map,
				kind: 'NamespaceMap',
				namespace: map.metadata.namespace,
				name: map.metadata.name,
			},
			{status: {currentMapping: {[scene.namespace]: entry as Recorded}}},
			scene.generation === 2 ? {subresource: 'status'} : {},
		);
	}
};

const endNamespace = async (
	scene: Scene,
	name: string,
	cluster?: string,
): Promise<void> => {
	await scene.stage.patch(
		namespaceReference(name),
		{spec: {finalizers: null}},
		{...(cluster !== undefined && {cluster})},
	);
};

const bindingsOf = async (
	scene: Scene,
	namespace: string,
	cluster?: string,
): Promise<readonly Recorded[]> =>
	(await scene.stage.list('RoleBinding', cluster)).filter(
		(binding) => binding.metadata.namespace === namespace,
	);

const actor = (words: string): string =>
	words.includes('webhook')
		? 'webhook'
		: words.includes('replicator')
			? 'replication'
			: 'namespace-map';

const legacyBindings = async (
	scene: Scene,
	words: string,
	namespace: string,
	cluster?: string,
): Promise<void> => {
	const [, count = '0', label = ''] =
		/create (\d+) rolebindings labelled (\S+)/v.exec(words) ?? [];
	const [key = '', value = ''] = label.split('=', 2);
	for (let index = 0; index < Number(count); index++) {
		await scene.stage.create(
			{
				apiVersion: 'rbac.authorization.k8s.io/v1',
				kind: 'RoleBinding',
				metadata: {name: `capsule-${index}`, namespace, labels: {[key]: value}},
				roleRef: {
					apiGroup: 'rbac.authorization.k8s.io',
					kind: 'ClusterRole',
					name: 'admin',
				},
				subjects: [],
			},
			cluster,
		);
	}
};

/**
Plays one recorded action; returns where the answer differs.
*/
const act = async (
	scene: Scene,
	action: Recorded,
	path: string,
): Promise<readonly string[]> => {
	const {stage} = scene;
	const cluster = action.cluster === undefined ? undefined : scene.provider;
	const where = cluster === undefined ? {} : {cluster};
	const target: string = action.target ?? '';
	const words: string = action.op;
	if (words.startsWith('start ') || words.startsWith('stop ')) {
		await stage.setRunning(actor(words), words.startsWith('start '));
		return [];
	}

	if (words.startsWith('wait')) {
		return [];
	}

	if (words.startsWith('namespace controller finalizes')) {
		await endNamespace(scene, splitTarget(target)[1], cluster);
		return [];
	}

	if (words.startsWith('namespace controller deletes the content')) {
		for (const binding of await bindingsOf(
			scene,
			splitTarget(target)[1],
			cluster,
		)) {
			await stage.remove(
				{
					apiVersion: binding.apiVersion,
					kind: 'RoleBinding',
					namespace: binding.metadata.namespace,
					name: binding.metadata.name,
				},
				cluster,
			);
		}

		return [];
	}

	if (words.includes('rolebindings labelled')) {
		const [, namespace] = splitTarget(target);
		for (const binding of await bindingsOf(scene, namespace, cluster)) {
			await stage.remove(
				{
					apiVersion: binding.apiVersion,
					kind: 'RoleBinding',
					namespace,
					name: binding.metadata.name,
				},
				cluster,
			);
		}

		await legacyBindings(scene, words, namespace, cluster);
		return [];
	}

	if (words === 'create' && target.startsWith('foreigncluster and nodes/')) {
		return appear(
			scene,
			splitTarget(target.replace('foreigncluster and ', ''))[1],
		);
	}

	if (words === 'create' && target.startsWith('virtualnodes/')) {
		for (const object of shortVirtualNode(action.object)) {
			await stage.create(object);
		}

		return [];
	}

	if (words === 'create') {
		const object =
			action.object ??
			namespaceWith(splitTarget(target)[1], action.annotations);
		if (object.kind === 'NamespaceOffloading' && scene.generation === 2) {
			scene.offloading =
				action.response?.httpStatus === 201
					? object.metadata.name
					: scene.offloading;
		}

		return compareAnswer(
			path,
			action.response,
			await stage.create(object, cluster),
		);
	}

	if (words === 'delete') {
		if (target.startsWith('validatingadmissionpolicybindings')) {
			await stage.setRunning('policy', false);
			return [];
		}

		if (target.startsWith('rolebindings/')) {
			const [, name] = splitTarget(target);
			const binding = (await stage.list('RoleBinding', cluster)).find(
				(one) => one.metadata.name === name,
			);
			return compareAnswer(
				path,
				action.response,
				await stage.remove(
					{
						apiVersion: binding.apiVersion,
						kind: 'RoleBinding',
						namespace: binding.metadata.namespace,
						name,
					},
					cluster,
				),
			);
		}

		return compareAnswer(
			path,
			action.response,
			await stage.remove(await referenceFor(scene, target, cluster), cluster),
		);
	}

	if (action.entries) {
		await patchStatusEntries(scene, action.entries);
		return [];
	}

	const legacy = /^NamespaceMap of (\S+): status\.currentMapping\[/v.exec(
		target,
	);
	if (legacy) {
		await patchStatusEntries(scene, {
			[legacy[1] ?? '']: action.phase
				? {phase: action.phase, remoteNamespace: scene.namespace}
				: null,
		});
		return [];
	}

	if (target.startsWith('rolebindings/')) {
		const [, name] = splitTarget(target);
		const binding = (await stage.list('RoleBinding', cluster)).find(
			(one) => one.metadata.name === name,
		);
		return compareAnswer(
			path,
			action.response,
			await stage.patch(
				{
					apiVersion: binding.apiVersion,
					kind: 'RoleBinding',
					namespace: binding.metadata.namespace,
					name,
				},
				action.patch,
				where,
			),
		);
	}

	const isStatus = splitTarget(target)[2];
	const reference = await referenceFor(scene, target, cluster);
	return compareAnswer(
		path,
		action.response,
		await stage.patch(reference, action.patch, {
			...where,
			...(isStatus && scene.generation === 2 && {subresource: 'status'}),
		}),
	);
};

const namespaceWith = (name: string, annotations: Recorded): Recorded => ({
	apiVersion: 'v1',
	kind: 'Namespace',
	metadata: {name, ...(annotations && {annotations})},
});

const appear = async (
	scene: Scene,
	name: string,
): Promise<readonly string[]> => {
	const id = name.replace(/^liqo-/v, '');
	await scene.stage.create(namespaceObject(`liqo-tenant-${id}`));
	await scene.stage.create({
		apiVersion: 'discovery.liqo.io/v1alpha1',
		kind: 'ForeignCluster',
		metadata: {name: id, labels: {'discovery.liqo.io/cluster-id': id}},
		spec: {
			clusterIdentity: {clusterID: id, clusterName: id},
			foreignAuthUrl: 'https://127.0.0.1',
		},
	});
	await scene.stage.patch(
		{
			apiVersion: 'discovery.liqo.io/v1alpha1',
			kind: 'ForeignCluster',
			name: id,
		},
		{status: {tenantNamespace: {local: `liqo-tenant-${id}`}}},
		{subresource: 'status'},
	);
	await scene.stage.create(
		nodeOf({
			name,
			labels: {
				'liqo.io/type': 'virtual-node',
				'liqo.io/remote-cluster-id': id,
				region: 'eu',
			},
			taints: [],
		}),
	);
	return [];
};

const namespaceOfCase = (recorded: Recorded): string => {
	const given = recorded.given?.namespace?.name;
	if (given) {
		return given;
	}

	const steps = recorded.steps ?? [
		{actions: recorded.actions, observed: recorded.observed},
	];
	for (const step of steps) {
		for (const action of step.actions ?? []) {
			const {object} = action;
			if (object?.kind === 'NamespaceOffloading') {
				return object.metadata.namespace;
			}

			if (object?.kind === 'Namespace') {
				return object.metadata.name;
			}
		}

		const seen = step.observed?.namespaceOffloading?.metadata?.namespace;
		if (seen) {
			return seen;
		}
	}

	return recorded.id;
};

/**
Provider namespaces and the local map's head, as the end-to-end cases show them.
*/
const observeProvider = async (
	scene: Scene,
	expected: Recorded,
): Promise<Recorded> => {
	const {stage, namespace, provider = ''} = scene;
	const local = await findMap(scene, provider);
	const copies = await stage.list('NamespaceMap', provider);
	const copy = copies[0];
	const twins: Record<string, Recorded> = {};
	for (const name of Object.keys(expected.providerNamespaces ?? {})) {
		const twin = await stage.find(namespaceReference(name), provider);
		twins[name] = twin && {
			annotations: twin.metadata.annotations,
			labels: Object.fromEntries(
				Object.entries(twin.metadata.labels ?? {}).filter(
					([key]) => key !== 'kubernetes.io/metadata.name',
				),
			),
			phase: twin.status?.phase,
			deletionTimestamp: twin.metadata.deletionTimestamp ? '<set>' : undefined,
		};
	}

	return {
		localMapMeta: local && {
			finalizers: local.metadata.finalizers,
			labels: local.metadata.labels,
		},
		providerMap: copy && {
			current: copy.status?.currentMapping?.[namespace],
			desired: copy.spec?.desiredMapping?.[namespace],
			finalizers: copy.metadata.finalizers,
			labels: copy.metadata.labels,
		},
		providerNamespaces: twins,
	};
};

const observeLegacyProvider = async (
	scene: Scene,
	expected: Recorded,
): Promise<Recorded> => {
	const twins: Record<string, Recorded> = {};
	for (const name of Object.keys(expected)) {
		const twin = await scene.stage.find(
			namespaceReference(name),
			scene.provider,
		);
		const bindings = twin ? await bindingsOf(scene, name, scene.provider) : [];
		twins[name] = twin && {
			annotations: twin.metadata.annotations,
			// As a text: 0 is not "nothing" here.
			capsuleRoleBindings: String(bindings.length),
			labels: {},
			phase: twin.status?.phase,
			deletionTimestamp: twin.metadata.deletionTimestamp ? '<set>' : undefined,
		};
	}

	return twins;
};

const withTextCounts = (twins: Recorded): Recorded =>
	Object.fromEntries(
		Object.entries(twins).map(([name, twin]) => [
			name,
			twin && {
				...(twin as Recorded),
				capsuleRoleBindings: String((twin as Recorded).capsuleRoleBindings),
			},
		]),
	);

const compareScene = async (
	scene: Scene,
	expected: Recorded,
	path: string,
): Promise<readonly string[]> => {
	const {transitionTimesChanged, provider, providerNamespaces, ...rest} =
		expected;
	const actual = await observeNamespace(
		scene.stage,
		scene.namespace,
		scene.generation,
		scene.offloading,
	);
	return [
		...differences(path, rest, actual),
		...(provider
			? differences(
					`${path}.provider`,
					provider,
					await observeProvider(scene, provider),
				)
			: []),
		...(providerNamespaces
			? differences(
					`${path}.providerNamespaces`,
					withTextCounts(providerNamespaces),
					await observeLegacyProvider(scene, providerNamespaces),
				)
			: []),
	];
};

const compareTimes = (
	expected: Recorded,
	before: Recorded,
	after: Recorded,
	path: string,
): readonly string[] => {
	if (!Array.isArray(expected) || before === undefined || after === undefined) {
		return [];
	}

	const old = transitionTimes(before);
	const changed = [...transitionTimes(after)]
		.filter(([key, time]) => old.get(key) !== time)
		.map(([key]) => key);
	return differences(
		`${path}.transitionTimesChanged`,
		expected.toSorted((a: string, b: string) => a.localeCompare(b)),
		changed.toSorted((a, b) => a.localeCompare(b)),
	);
};

const verdictOf = (found: readonly string[]): Verdict =>
	found.length === 0
		? {state: 'passed'}
		: {state: 'failed', differences: found};

/**
Plays a case about the consumer: its actions or steps, and what was seen after each.
*/
export const playConsumerCase = async (
	recorded: Recorded,
	setup: Omit<StageSetup, 'objects'> & {
		readonly fixture: Recorded;
		readonly provider?: string;
	},
	makeStage: StageMaker,
): Promise<Verdict> => {
	const namespace = namespaceOfCase(recorded);
	const labels =
		recorded.given?.namespace?.labels ?? recorded.given?.namespaceLabels ?? {};
	const stage = await makeStage({
		...setup,
		objects: fixtureObjects(setup.fixture ?? {}, setup.generation),
	});
	const scene: Scene = {
		stage,
		generation: setup.generation,
		namespace,
		offloading: 'offloading',
		...(setup.provider !== undefined && {provider: setup.provider}),
	};
	await stage.settle();
	const isMadeByCase = recorded.actions?.some(
		(action: Recorded) => action.object?.kind === 'Namespace',
	);
	if (!isMadeByCase) {
		await stage.create({
			apiVersion: 'v1',
			kind: 'Namespace',
			metadata: {name: namespace, labels},
		});
		await stage.settle();
	}

	const found: string[] = [];
	const steps: Recorded[] = recorded.steps ?? [
		{title: '', actions: recorded.actions, observed: recorded.observed},
	];
	for (const [index, step] of steps.entries()) {
		const path = recorded.steps ? `step ${index} (${step.title})` : 'observed';
		const reference = offloadingReference(
			setup.generation,
			namespace,
			scene.offloading,
		);
		const before =
			step.actions?.length === 0 ? undefined : await stage.find(reference);
		stage.advance();
		for (const action of step.actions ?? [step.action]) {
			found.push(...(await act(scene, action, path)));
			if (!recorded.steps || (step.actions?.length ?? 0) > 1) {
				await stage.settle();
			}
		}

		await stage.settle();
		if (Array.isArray(step.observed)) {
			const names = recorded.actions
				.filter((action: Recorded) => action.op === 'create')
				.map((action: Recorded) => action.object.metadata.name as string);
			for (const [position, observed] of step.observed.entries()) {
				found.push(
					...(await compareScene(
						{...scene, offloading: names[position] ?? 'offloading'},
						observed,
						`${path}[${position}]`,
					)),
				);
			}
		} else if (step.observed) {
			found.push(
				...(await compareScene(scene, step.observed, path)),
				...compareTimes(
					step.observed.transitionTimesChanged,
					before ?? {},
					await stage.find(reference),
					path,
				),
			);
		}
	}

	return verdictOf(found);
};

const observeRemote = async (
	stage: Stage,
	expected: Recorded,
): Promise<Recorded> => {
	const maps: Record<string, Recorded> = {};
	for (const id of Object.keys(expected.namespaceMaps)) {
		const [namespace, name = ''] = id.split('/', 2);
		const map = await stage.find({
			apiVersion: versions(2).map,
			kind: 'NamespaceMap',
			...(namespace && {namespace}),
			name,
		});
		maps[id] = map && {
			currentMapping: map.status?.currentMapping,
			desiredMapping: map.spec?.desiredMapping,
			finalizers: map.metadata.finalizers,
			deletionTimestamp: map.metadata.deletionTimestamp ? '<set>' : undefined,
		};
	}

	const twins: Record<string, Recorded> = {};
	for (const name of Object.keys(expected.namespaces)) {
		const twin = await stage.find(namespaceReference(name));
		const bindings = (await stage.list('RoleBinding')).filter(
			(binding) => binding.metadata.namespace === name,
		);
		twins[name] = twin && {
			annotations: twin.metadata.annotations,
			labels: Object.fromEntries(
				Object.entries(twin.metadata.labels ?? {}).filter(
					([key]) => key !== 'kubernetes.io/metadata.name',
				),
			),
			phase: twin.status?.phase,
			deletionTimestamp: twin.metadata.deletionTimestamp ? '<set>' : undefined,
			roleBindings: bindings.map((binding) => ({
				name: binding.metadata.name,
				labels: binding.metadata.labels,
				annotations: binding.metadata.annotations,
				roleRef: binding.roleRef,
				subjects: binding.subjects,
			})),
		};
	}

	return {namespaceMaps: maps, namespaces: twins};
};

/**
Plays a case about a provider's side: maps are put there as a consumer's replicator would.
*/
export const playRemoteCase = async (
	recorded: Recorded,
	clusterId: string,
	makeStage: StageMaker,
): Promise<Verdict> => {
	const stage = await makeStage({
		generation: 2,
		clusterId,
		objects: [
			tenantNamespace('liqo-tenant-cons', 'cons'),
			tenantNamespace('liqo-tenant-cons2', 'cons2'),
		],
	});
	const scene: Scene = {
		stage,
		generation: 2,
		namespace: recorded.id,
		offloading: 'offloading',
	};
	const found: string[] = [];
	if (JSON.stringify(recorded).includes('policy')) {
		await stage.setRunning('policy', true);
	}

	for (const [index, step] of recorded.steps.entries()) {
		const path = `step ${index} (${step.title})`;
		for (const action of step.actions ?? []) {
			found.push(...(await act(scene, action, path)));
		}

		await stage.settle();
		found.push(
			...differences(
				path,
				step.observed,
				await observeRemote(stage, step.observed),
			),
		);
	}

	return verdictOf(found);
};

export {oneLegacyNode, virtualNodeOf} from './fixtures.js';
