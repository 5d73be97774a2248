import {type Recorded} from './case-types.js';
import {namespaceObject, nodeOf, shortVirtualNode} from './fixtures.js';
import {apiVersionOf} from './http-stage.js';
import {type Answer, type Reference, type Stage} from './stage.js';
import {namespaceReference, offloadingReference, versions} from './observe.js';

/**
A case while it is being played.
*/
export type Scene = {
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
	/**
	Names of the offloadings that the case creates, in order.
	*/
	readonly names?: readonly string[];
};

type Target = {
	readonly plural: string;
	readonly namespace?: string;
	readonly name: string;
	readonly isStatus: boolean;
};

const readTarget = (target: string): Target => {
	const isStatus = /(?: \(status\)|\/status)$/v.test(target);
	const [plural = '', ...rest] = target
		.replace(/(?: \(status\)|\/status)$/v, '')
		.split('/');
	const [first = '', second] = rest;
	return {
		plural,
		isStatus,
		...(second === undefined
			? {name: first}
			: {namespace: first, name: second}),
	};
};

const kinds: Readonly<Record<string, string>> = {
	namespaceoffloadings: 'NamespaceOffloading',
	namespacemaps: 'NamespaceMap',
	virtualnodes: 'VirtualNode',
	foreignclusters: 'ForeignCluster',
	rolebindings: 'RoleBinding',
	deployments: 'Deployment',
	pods: 'Pod',
	namespaces: 'Namespace',
	nodes: 'Node',
	configmaps: 'ConfigMap',
	secrets: 'Secret',
};

export const findMap = async (
	{stage}: Scene,
	clusterOrName: string,
	cluster?: string,
	entries: readonly string[] = [],
): Promise<Recorded> => {
	const found = (await stage.list('NamespaceMap', cluster)).filter(
		(map) =>
			map.metadata.name === clusterOrName ||
			map.metadata.labels?.['liqo.io/remote-cluster-id'] === clusterOrName,
	);
	// Two consumers' maps have one name on a provider.
	return (
		found.find((map) =>
			entries.some(
				(entry) =>
					entry in {...map.spec?.desiredMapping, ...map.status?.currentMapping},
			),
		) ?? found[0]
	);
};

const referenceOf = (object: Recorded): Reference => ({
	apiVersion: object.apiVersion,
	kind: object.kind,
	...(object.metadata.namespace && {namespace: object.metadata.namespace}),
	name: object.metadata.name,
});

export const referenceFor = async (
	scene: Scene,
	target: string,
	cluster?: string,
	{patch, namespace: given}: Recorded = {},
): Promise<Reference> => {
	const {plural, namespace = given, name} = readTarget(target);
	const entries = Object.keys({
		...patch?.spec?.desiredMapping,
		...patch?.status?.currentMapping,
	});
	const kind = kinds[plural];
	if (kind === undefined) {
		throw new RangeError(`unknown target ${target}`);
	}

	switch (kind) {
		case 'NamespaceOffloading': {
			return offloadingReference(
				scene.generation,
				namespace ?? scene.namespace,
				name === '' ? 'offloading' : name,
			);
		}

		case 'Namespace': {
			return namespaceReference(name);
		}

		case 'NamespaceMap': {
			const map = await findMap(scene, name, cluster, entries);
			return {
				apiVersion: versions(scene.generation).map,
				kind,
				namespace: namespace ?? map?.metadata.namespace ?? 'none',
				name: map?.metadata.name ?? name,
			};
		}

		case 'Node':
		case 'ForeignCluster': {
			return {apiVersion: apiVersionOf(kind, scene.generation), kind, name};
		}

		default: {
			const found = (await scene.stage.list(kind, cluster)).filter(
				(object) => object.metadata.name === name,
			);
			const nearest =
				found.find(
					(object) =>
						object.metadata.namespace === (namespace ?? scene.namespace),
				) ?? found[0];
			return {
				apiVersion: apiVersionOf(kind, scene.generation),
				kind,
				namespace: namespace ?? nearest?.metadata.namespace ?? scene.namespace,
				name,
			};
		}
	}
};

/**
Without what differs from release to release of Kubernetes: quoted values, and everything that explains them.
*/
const looseMessage = (message: string): string =>
	message
		.replaceAll(/"(?:[^"\\]|\\.)*"/gv, '""')
		.replaceAll(
			/: (?<word>Invalid value|Unsupported value|Required value)[^,]*/gv,
			': $<word>',
		)
		.replaceAll(/\[|\]$/gv, '');

export const compareAnswer = (
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
		return found;
	}

	// Who denies is Liqo, in its own words; what the API server says belongs to its release.
	const isSame =
		recorded.message === undefined ||
		(recorded.httpStatus === 403
			? recorded.message === answer.message
			: recorded.httpStatus === 422
				? looseMessage(recorded.message) === looseMessage(answer.message)
				: true);
	if (!isSame) {
		found.push(`${path}: recorded ${recorded.message}, here ${answer.message}`);
	}

	const expected: readonly string[] = recorded.warnings ?? [];
	for (const warning of expected) {
		if (!answer.warnings.includes(warning)) {
			found.push(
				`${path}: recorded the warning ${warning}, here ${answer.warnings.join('; ') || 'none'}`,
			);
		}
	}

	for (const warning of answer.warnings) {
		if (expected.length === 0 && warning.includes('restrictive')) {
			found.push(`${path}: recorded no warning, here ${warning}`);
		}
	}

	return found;
};

const mapReference = (scene: Scene, map: Recorded): Reference => ({
	apiVersion: versions(scene.generation).map,
	kind: 'NamespaceMap',
	namespace: map.metadata.namespace,
	name: map.metadata.name,
});

const patchStatusEntries = async (
	scene: Scene,
	entries: Recorded,
): Promise<void> => {
	for (const [key, entry] of Object.entries(entries)) {
		const map = await findMap(scene, key);
		await scene.stage.patch(
			mapReference(scene, map),
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

export const bindingsOf = async (
	{stage}: Scene,
	namespace: string,
	cluster?: string,
): Promise<readonly Recorded[]> =>
	(await stage.list('RoleBinding', cluster)).filter(
		(binding) => binding.metadata.namespace === namespace,
	);

const removeBindings = async (
	scene: Scene,
	namespace: string,
	cluster?: string,
): Promise<void> => {
	for (const binding of await bindingsOf(scene, namespace, cluster)) {
		await scene.stage.remove(referenceOf(binding), cluster);
	}
};

const actorsOf = (words: string): readonly string[] => {
	if (words.includes('webhook')) {
		return ['webhook'];
	}

	if (words.includes('replicator')) {
		return ['replication'];
	}

	return words.includes('consumer')
		? ['namespace-offloading', 'offloading-status', 'virtual-node']
		: ['namespace-map'];
};

const addLegacyBindings = async (
	{stage}: Scene,
	words: string,
	namespace: string,
	cluster?: string,
): Promise<void> => {
	const [, count = '0', label = ''] =
		/create (\d+) rolebindings labelled (\S+)/v.exec(words) ?? [];
	const [key = '', value = ''] = label.split('=', 2);
	for (let index = 0; index < Number(count); index++) {
		await stage.create(
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

const namespaceWith = (name: string, action: Recorded): Recorded => {
	const [, peer] = /^liqo-tenant-(.+)$/v.exec(name) ?? [];
	const labels =
		action.labels ??
		(peer && {
			'liqo.io/remote-cluster-id': peer,
			'liqo.io/tenant-namespace': 'true',
		});
	return {
		apiVersion: 'v1',
		kind: 'Namespace',
		metadata: {
			name,
			...(action.annotations && {annotations: action.annotations}),
			...(labels && {labels}),
		},
	};
};

/**
A peering of the first generation as some actions name it: ForeignCluster, tenant namespace and Node.
*/
const addLegacyPeer = async (scene: Scene, name: string): Promise<void> => {
	const {stage} = scene;
	const id = name.replace(/^liqo-/v, '');
	const reference = {
		apiVersion: 'discovery.liqo.io/v1alpha1',
		kind: 'ForeignCluster',
		name: id,
	};
	await stage.create(namespaceObject(`liqo-tenant-${id}`));
	await stage.create({
		apiVersion: reference.apiVersion,
		kind: reference.kind,
		metadata: {name: id, labels: {'discovery.liqo.io/cluster-id': id}},
		spec: {
			clusterIdentity: {clusterID: id, clusterName: id},
			foreignAuthUrl: 'https://127.0.0.1',
		},
	});
	await stage.patch(
		reference,
		{status: {tenantNamespace: {local: `liqo-tenant-${id}`}}},
		{subresource: 'status'},
	);
	await stage.create(
		nodeOf({
			name,
			labels: {
				'liqo.io/type': 'virtual-node',
				'liqo.io/remote-cluster-id': id,
				region: id.split('-').at(-1),
			},
			taints: [],
		}),
	);
};

const create = async (
	scene: Scene,
	action: Recorded,
	path: string,
	cluster: string | undefined,
): Promise<readonly string[]> => {
	const {stage} = scene;
	const target: string = action.target ?? '';
	if (target.startsWith('foreigncluster and nodes/')) {
		await addLegacyPeer(
			scene,
			readTarget(target.split(' and ', 2)[1] ?? '').name,
		);
		return [];
	}

	if (action.object?.kind === undefined && target.startsWith('virtualnodes/')) {
		for (const object of shortVirtualNode(action.object)) {
			await stage.create(object);
		}

		return [];
	}

	const object =
		action.object ?? namespaceWith(readTarget(target).name, action);
	if (object.kind === 'NamespaceOffloading' && scene.generation === 2) {
		scene.offloading =
			action.response?.httpStatus === 201 &&
			object.metadata.namespace === scene.namespace
				? object.metadata.name
				: scene.offloading;
	}

	return compareAnswer(
		path,
		action.response,
		await stage.create(object, cluster),
	);
};

/**
Plays one recorded action; returns where the answer differs.
*/
export const act = async (
	scene: Scene,
	action: Recorded,
	path: string,
): Promise<readonly string[]> => {
	const {stage} = scene;
	const isAbroad =
		action.cluster !== undefined && action.cluster !== 'consumer';
	const cluster = isAbroad ? scene.provider : undefined;
	const where = cluster === undefined ? {} : {cluster};
	const target: string = action.target ?? '';
	const words: string = action.op;
	const {name, isStatus} = readTarget(target);
	if (words.startsWith('start ') || words.startsWith('stop ')) {
		for (const actor of actorsOf(words)) {
			await stage.setRunning(actor, words.startsWith('start '));
		}

		return [];
	}

	if (words.startsWith('wait')) {
		return [];
	}

	if (words.startsWith('namespace controller finalizes')) {
		await endNamespace(scene, name, cluster);
		return [];
	}

	if (words.startsWith('namespace controller deletes the content')) {
		await removeBindings(scene, name, cluster);
		return [];
	}

	if (words.includes('rolebindings labelled')) {
		await removeBindings(scene, name, cluster);
		await addLegacyBindings(scene, words, name, cluster);
		return [];
	}

	if (words.includes('remove') && words.includes('rolebinding')) {
		await removeBindings(scene, name, cluster);
		return [];
	}

	if (target.startsWith('validatingadmissionpolic')) {
		await stage.setRunning('policy', words !== 'delete');
		return [];
	}

	if (words === 'create') {
		return create(scene, action, path, cluster);
	}

	if (words === 'delete') {
		return compareAnswer(
			path,
			action.response,
			await stage.remove(
				await referenceFor(scene, target, cluster, action),
				cluster,
			),
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

	const reference = await referenceFor(scene, target, cluster, action);
	if (['put', 'update', 'replace'].includes(words)) {
		return compareAnswer(
			path,
			action.response,
			await stage.replace(reference, action.object, cluster),
		);
	}

	if (words !== 'merge-patch' && words !== 'json-patch') {
		throw new RangeError(`unknown action "${words}"`);
	}

	return compareAnswer(
		path,
		action.response,
		await stage.patch(reference, action.patch, {
			...where,
			type: words === 'json-patch' ? 'json' : 'merge',
			...(isStatus && scene.generation === 2 && {subresource: 'status'}),
		}),
	);
};

export {tenantNamespace} from './fixtures.js';
