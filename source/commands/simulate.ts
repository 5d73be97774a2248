import {
	applyRuntimeClass,
	mutatePod,
	runtimeClassConflict,
} from '../core/admission.js';
import {type Change} from '../core/change.js';
import {isJsonObject, type JsonObject} from '../core/json.js';
import {keys} from '../core/keys.js';
import {
	createMemoryCluster,
	type MemoryCluster,
} from '../core/memory-cluster.js';
import {mergePatchBetween} from '../core/merge-patch.js';
import {changeDocument} from '../core/plan-document.js';
import {podRefusal} from '../core/pod-validation.js';
import {type Rules} from '../core/reconcilers/reconciler.js';
import {sanitize} from '../core/sanitize.js';
import {createSimulation, type Settlement} from '../core/simulation.js';
import {formatTime} from '../core/time.js';
import {type ClusterView, offloadingIn} from '../core/world.js';
import {objectText} from '../core/object-text.js';
import {type CommandContext, type RunCommand} from './command.js';
import {exitCodes} from './exit-code.js';
import {rulesOf} from './rules.js';
import {readForm} from './form.js';
import {type OpenWorld} from './opened-world.js';
import {withWorld} from './with-world.js';
import {documentVersion, formatTable, printDocument} from './output.js';

const metadataOf = (object: JsonObject): JsonObject => {
	const {metadata} = object;
	return isJsonObject(metadata) ? metadata : {};
};

const textOf = (value: unknown): string =>
	typeof value === 'string' ? value : '';

const keyOf = (object: JsonObject): string => {
	const {namespace, name} = metadataOf(object);
	return JSON.stringify([object.kind, namespace ?? '', name]);
};

const titleOf = (object: JsonObject): string => {
	const {namespace, name} = metadataOf(object);
	return [
		textOf(object.kind),
		[namespace, name].filter((part) => typeof part === 'string').join('/'),
	].join(' ');
};

/**
A pod that no server has seen yet passes admission on its way in.
*/
const admitNew = (
	object: JsonObject,
	view: ClusterView,
	rules: Rules,
): JsonObject | string => {
	const {uid, namespace} = metadataOf(object);
	const {generation} = view;
	if (object.kind !== 'Pod' || uid !== undefined || generation === undefined) {
		return object;
	}

	const space = typeof namespace === 'string' ? namespace : 'default';
	const owner = view.get('Namespace', '', space);
	const hasRuntimeClass = generation.rules.controllers !== 'v0.3';
	const conflict = hasRuntimeClass ? runtimeClassConflict(object) : undefined;
	if (conflict !== undefined) {
		return conflict;
	}

	const prepared = hasRuntimeClass ? applyRuntimeClass(object) : object;
	const result =
		owner?.metadata.labels[keys.schedulingEnabled] === 'true'
			? mutatePod(prepared, offloadingIn(view, space), {generation, rules})
			: ({outcome: 'admitted', pod: prepared} as const);
	return result.outcome === 'denied'
		? result.message
		: (podRefusal(result.pod) ?? result.pod);
};

const isNewPod = (object: JsonObject): boolean =>
	object.kind === 'Pod' && metadataOf(object).uid === undefined;

/**
Saved objects lack what a server adds; without it nothing could be deleted or watched.
*/
const settled = (object: JsonObject, index: number): JsonObject => {
	const metadata = metadataOf(object);
	return {
		...object,
		metadata: {
			...metadata,
			uid: metadata.uid ?? `saved-${index}`,
			...(metadata.generation === undefined &&
				textOf(object.apiVersion).includes('liqo.io') && {generation: 1}),
		},
	};
};

type Played = {
	readonly clusters: readonly MemoryCluster[];
	readonly changes: readonly Change[];
	readonly settlement: Settlement;
	readonly denials: readonly string[];
};

const clusterOf = (
	view: ClusterView,
	raw: readonly JsonObject[],
): MemoryCluster =>
	createMemoryCluster({
		key: view.key,
		role: view.role,
		title: view.title,
		clusterId: view.clusterId,
		generation: view.generation,
		liqoNamespace: view.liqoNamespace,
		objects: raw
			.filter((object) => !isNewPod(object))
			.map((object, index) => settled(object, index)),
	});

const play = ({world, saved, ...open}: OpenWorld, rules: Rules): Played => {
	const now = formatTime(open.now());
	const rawOf = (key: string): readonly JsonObject[] => saved.get(key) ?? [];
	const consumer = clusterOf(world.consumer, rawOf(world.consumer.key));
	const providers = new Map(
		Array.from(world.providers, ([id, view]) => [
			id,
			clusterOf(view, rawOf(view.key)),
		]),
	);
	const simulation = createSimulation({
		consumer,
		providers,
		rules,
		now: () => now,
	});
	simulation.start();
	const first = simulation.settle();
	const denials: string[] = [];
	// Labels are in place now, so that new pods meet the webhook as they would.
	const newPods = rawOf(world.consumer.key).filter((one) => isNewPod(one));
	for (const object of newPods) {
		const admitted = admitNew(object, consumer.view, rules);
		if (typeof admitted === 'string') {
			denials.push(`${titleOf(object)}: ${admitted}`);
			continue;
		}

		const {namespace = 'default', name = ''} = metadataOf(admitted);
		simulation.send({
			cluster: 'home',
			verb: 'create',
			object: {
				apiVersion: 'v1',
				kind: 'Pod',
				namespace: textOf(namespace),
				name: textOf(name),
			},
			body: admitted,
			reason: 'it is among the given objects',
		});
	}

	const second = simulation.settle();
	return {
		clusters: [consumer, ...providers.values()],
		changes: simulation.changes,
		settlement: {
			isSettled: first.isSettled && second.isSettled,
			rounds: first.rounds + second.rounds,
		},
		denials,
	};
};

const diffLines = (
	cluster: MemoryCluster,
	saved: readonly JsonObject[],
): readonly string[] => {
	const before = new Map(
		saved.map((object, index) => [keyOf(object), settled(object, index)]),
	);
	const after = new Map(
		Array.from(cluster.objects(), (object) => [keyOf(object), object]),
	);
	const lines: string[] = [];
	for (const [key, object] of after) {
		const old = before.get(key);
		if (
			old === undefined ||
			isNewPod(saved.find((one) => keyOf(one) === key) ?? {})
		) {
			lines.push(`+ ${titleOf(object)}`);
			continue;
		}

		const patch = mergePatchBetween(
			{...old, metadata: {...metadataOf(old), resourceVersion: ''}},
			{...object, metadata: {...metadataOf(object), resourceVersion: ''}},
		);
		if (patch !== undefined) {
			lines.push(`~ ${titleOf(object)}: ${JSON.stringify(patch)}`);
		}
	}

	return [
		...lines,
		...[...before]
			.filter(([key]) => !after.has(key))
			.map(([, object]) => `- ${titleOf(object)}`),
	];
};

const printText = (
	{stdout, stderr}: CommandContext,
	{saved}: OpenWorld,
	{clusters, changes, settlement, denials}: Played,
): void => {
	const rows = changes.map(({cluster, verb, object, reason}) => [
		cluster,
		verb,
		objectText(object),
		reason,
	]);
	if (rows.length > 0) {
		stdout.write(
			`${formatTable(['CLUSTER', 'VERB', 'OBJECT', 'REASON'], rows).join('\n')}\n\n`,
		);
	}

	for (const cluster of clusters) {
		const {key, title} = cluster.view;
		const lines = diffLines(cluster, saved.get(key) ?? []);
		stdout.write(
			`${sanitize(`${key} (${title})`)}: ${lines.length === 0 ? 'nothing changes' : ''}\n`,
		);
		for (const line of lines) {
			stdout.write(`  ${sanitize(line)}\n`);
		}
	}

	for (const denial of denials) {
		stderr.write(`${sanitize(`Denied: ${denial}`)}\n`);
	}

	stderr.write(
		settlement.isSettled
			? `Settled after ${settlement.rounds} rounds.\n`
			: `Not settled after ${settlement.rounds} rounds: something keeps moving.\n`,
	);
};

/**
Runs reconcilers, admission and scheduler on saved objects in memory until nothing moves, and prints what became of them.
*/
export const run: RunCommand = async (context) => {
	const {flags, stdout, stderr} = context;
	const form = readForm(context, 'simulate');
	if (form === undefined) {
		return exitCodes.usage;
	}

	if (flags.filename.length === 0) {
		stderr.write(
			'simulate works on saved objects: give them with -f, those of providers with --provider-file CLUSTER-ID=PATH.\n',
		);
		return exitCodes.usage;
	}

	return withWorld(context, [], (open) => {
		const played = play(open, rulesOf(context));
		if (form === 'text') {
			printText(context, open, played);
			return played.denials.length > 0 ? exitCodes.findings : exitCodes.fine;
		}

		printDocument(stdout, form, {
			apiVersion: documentVersion,
			kind: 'Simulation',
			settled: played.settlement.isSettled,
			rounds: played.settlement.rounds,
			clusters: played.clusters.map((cluster) => ({
				id: cluster.view.clusterId ?? cluster.view.key,
				role: cluster.view.role,
				objects: [...cluster.objects()],
			})),
			changes: played.changes.map((change) => changeDocument(change)),
			denials: played.denials.length === 0 ? undefined : played.denials,
		});
		return played.denials.length > 0 ? exitCodes.findings : exitCodes.fine;
	});
};
