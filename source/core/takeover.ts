import {type Change} from './change.js';
import {isJsonObject, type Json} from './json.js';
import {type Metadata, type ObjectReference} from './model.js';
import {type ClusterView} from './world.js';

/**
A sign that Liqo's own controllers work on a cluster.
*/
export type OtherController = {
	readonly cluster: string;
	readonly sign: 'deployment' | 'pod' | 'field-manager';
	readonly object: ObjectReference;
	/**
	A sentence for people.
	*/
	readonly message: string;
};

/**
Values of the label `app.kubernetes.io/name` of those of Liqo's Deployments that write what our reconcilers write.
*/
const controllerNames: ReadonlySet<string> = new Set([
	'controller-manager',
	'crd-replicator',
]);

const nameLabel = 'app.kubernetes.io/name';

/**
Field managers of the binaries behind them (client-go names a manager after the binary).
*/
const controllerManagers =
	/^(?:liqo-controller-manager|liqo-crd-replicator|crd-replicator)$/v;

/**
Managers of people and of tools that act for them: what they change is an order, not a fight.
*/
const peopleManagers = /^(?:kubectl|liqoctl|liqoscope|k9s|helm|Mozilla|curl)/v;

const deploymentSigns = function* (
	cluster: ClusterView,
): Iterable<OtherController> {
	for (const deployment of cluster.list('Deployment', cluster.liqoNamespace)) {
		const {metadata, spec} = deployment;
		if (
			controllerNames.has(metadata.labels[nameLabel] ?? '') &&
			spec.replicas !== 0
		) {
			yield {
				cluster: cluster.key,
				sign: 'deployment',
				object: {
					apiVersion: 'apps/v1',
					kind: 'Deployment',
					namespace: metadata.namespace,
					name: metadata.name,
				},
				message: `Deployment ${metadata.namespace}/${metadata.name} wants ${spec.replicas ?? 1} running.`,
			};
		}
	}
};

const podSigns = function* (cluster: ClusterView): Iterable<OtherController> {
	for (const {metadata, status} of cluster.list('Pod', cluster.liqoNamespace)) {
		if (
			controllerNames.has(metadata.labels[nameLabel] ?? '') &&
			status.phase === 'Running'
		) {
			yield {
				cluster: cluster.key,
				sign: 'pod',
				object: {
					apiVersion: 'v1',
					kind: 'Pod',
					namespace: metadata.namespace,
					name: metadata.name,
				},
				message: `Pod ${metadata.namespace}/${metadata.name} is running.`,
			};
		}
	}
};

const freshManager = (
	metadata: Metadata,
	since: number,
	ownManager: string,
): string | undefined =>
	metadata.managers?.find(
		({manager, time}) =>
			manager !== ownManager &&
			controllerManagers.test(manager) &&
			time !== undefined &&
			Date.parse(time) > since,
	)?.manager;

const managerSigns = function* (
	cluster: ClusterView,
	since: number,
	ownManager: string,
): Iterable<OtherController> {
	for (const kind of ['NamespaceOffloading', 'NamespaceMap'] as const) {
		for (const {apiVersion, metadata} of cluster.list(kind)) {
			const manager = freshManager(metadata, since, ownManager);
			if (manager !== undefined) {
				yield {
					cluster: cluster.key,
					sign: 'field-manager',
					object: {
						apiVersion,
						kind,
						namespace: metadata.namespace,
						name: metadata.name,
					},
					message: `${manager} has just written ${kind} ${metadata.namespace}/${metadata.name}.`,
				};
				// One is proof enough; there may be thousands.
				return;
			}
		}
	}
};

/**
Finds signs that Liqo's own controllers work on a cluster: Deployments that want replicas, running pods, and objects that they wrote within the
last `freshness` milliseconds before `now` (epoch milliseconds). `ownManager` is the field manager under which we write.
*/
export const findOtherControllers = (
	cluster: ClusterView,
	{
		now,
		ownManager,
		freshness = 60_000,
	}: {
		readonly now: number;
		readonly ownManager: string;
		readonly freshness?: number;
	},
): readonly OtherController[] => [
	...deploymentSigns(cluster),
	...podSigns(cluster),
	...managerSigns(cluster, now - freshness, ownManager),
];

/**
What our last write set a field to, when, and how often in vain.
*/
export type FieldHistory = {
	readonly value: string;
	/**
	Epoch milliseconds.
	*/
	readonly writtenAt: number;
	/**
	Times at which the same value had to be written again because a program had turned it back.
	*/
	readonly repeats: readonly number[];
};

/**
A field that somebody keeps turning back.
*/
export type Fight = {
	readonly cluster: string;
	readonly object: ObjectReference;
	readonly path: string;
	/**
	The field manager that wrote last, when it is known.
	*/
	readonly manager?: string;
	readonly repeats: number;
};

// What changes with every write says nothing.
const restless: ReadonlySet<string> = new Set([
	'lastTransitionTime',
	'resourceVersion',
	'observedGeneration',
]);

const leaves = function* (
	value: Json | undefined,
	path: string,
): Iterable<readonly [path: string, value: string]> {
	if (!isJsonObject(value) || Object.keys(value).length === 0) {
		yield [
			path,
			JSON.stringify(value, (key, inner: unknown) =>
				restless.has(key) ? undefined : inner,
			) ?? '',
		];
		return;
	}

	for (const [key, inner] of Object.entries(value)) {
		if (!restless.has(key)) {
			yield* leaves(inner, `${path}/${key}`);
		}
	}
};

/**
The fields a write sets, with their values as text; what changes with every write (times, versions) is left out.
*/
export const fieldsOf = (
	change: Change,
): Iterable<readonly [path: string, value: string]> =>
	change.verb === 'patch' && change.patchType === 'merge'
		? leaves(change.body, '')
		: [['', `${change.verb} ${JSON.stringify(change.body) ?? ''}`]];

/**
The program that wrote an object last, as far as is known: not we, and not somebody's hands (people may change their mind as often as they like).
*/
export const otherProgram = (
	metadata: Metadata | undefined,
	ownManager: string,
): string | undefined => {
	const others = (metadata?.managers ?? []).filter(
		({manager}) => manager !== ownManager,
	);
	const latest = others.toSorted((a, b) =>
		(b.time ?? '').localeCompare(a.time ?? ''),
	)[0];
	return latest === undefined || peopleManagers.test(latest.manager)
		? undefined
		: latest.manager;
};

/**
What is known of a field after one more write of ours. Its `repeats` grow when the same value is set again although nobody of ours changed it in
between, that is when `manager` turned it back; those older than `window` milliseconds are forgotten.
*/
export const noteFieldWrite = (
	known: FieldHistory | undefined,
	value: string,
	manager: string | undefined,
	{now, window = 30_000}: {readonly now: number; readonly window?: number},
): FieldHistory => ({
	value,
	writtenAt: now,
	repeats:
		manager !== undefined && known?.value === value
			? [...known.repeats.filter((time) => time > now - window), now]
			: [],
});
