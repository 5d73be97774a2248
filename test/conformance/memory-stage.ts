import {type Change} from '../../source/core/change.js';
import {generationById} from '../../source/core/generations/index.js';
import {isJsonObject, type JsonObject} from '../../source/core/json.js';
import {
	createMemoryCluster,
	type MemoryCluster,
} from '../../source/core/memory-cluster.js';
import {type NamespaceOffloading} from '../../source/core/model.js';
import {type Refusal} from '../../source/core/object-rules.js';
import {
	denialOf,
	offloadingWebhook,
	validateOffloading,
} from '../../source/core/offloading-admission.js';
import {
	createSimulation,
	type Simulation,
} from '../../source/core/simulation.js';
import {applyJsonPatch} from '../../source/core/json-patch.js';
import {applyMergePatch} from '../../source/core/merge-patch.js';
import {type Recorded} from './case-types.js';
import {
	type Answer,
	type Reference,
	type Stage,
	type StageSetup,
} from './stage.js';

/**
Plays in memory: the product's reconcilers, admission and object rules without any server.
*/
export const createMemoryStage = ({
	generation: number,
	clusterId,
	objects,
	providers = {},
	stopped = [],
}: StageSetup): Stage => {
	const generation = generationById(number === 1 ? 'v0.3' : 'v1beta1');
	const consumer = createMemoryCluster({
		key: 'home',
		role: 'consumer',
		title: 'home',
		clusterId,
		generation,
		objects,
	});
	const others = new Map(
		Object.entries(providers).map(([id, content]) => [
			id,
			createMemoryCluster({
				key: id,
				role: 'provider',
				title: id,
				clusterId: id,
				generation,
				objects: content,
			}),
		]),
	);
	let isWebhookUp = true;
	let isPolicyOn = false;
	let serial = 0;
	let warnings: readonly string[] = [];

	const clusterOf = (key = 'home'): MemoryCluster => {
		const cluster = key === 'home' ? consumer : others.get(key);
		if (cluster === undefined) {
			throw new RangeError(`no cluster ${key}`);
		}

		return cluster;
	};

	const decode = (raw: JsonObject): NamespaceOffloading =>
		generation.decode('NamespaceOffloading', raw);

	const review = (change: Change): Refusal | undefined => {
		if (
			isPolicyOn &&
			change.verb === 'create' &&
			change.object.kind === 'Namespace' &&
			change.object.name.startsWith('denied-')
		) {
			return {
				status: 422,
				reason: 'Invalid',
				message: `namespaces "${change.object.name}" is forbidden: denied by policy`,
			};
		}

		const isReviewed =
			change.object.kind === 'NamespaceOffloading' &&
			['create', 'patch', 'update'].includes(change.verb) &&
			change.subresource === undefined &&
			number === 2;
		if (!isReviewed) {
			return undefined;
		}

		const old = consumer.find(change.object);
		const isWhole = change.verb === 'create' || change.verb === 'update';
		const patched =
			change.patchType === 'json' && old !== undefined
				? applyJsonPatch(old, change.body)
				: undefined;
		const merged = isWhole
			? change.body
			: patched?.isDone
				? patched.value
				: applyMergePatch(old, change.body ?? {});
		if (!isJsonObject(merged)) {
			return undefined;
		}

		const object = decode(merged);
		const isSkipped = (one: NamespaceOffloading | undefined): boolean =>
			one?.metadata.labels['liqo.io/webhook-skip'] === 'true';
		const oldObject =
			change.verb === 'create' || old === undefined ? undefined : decode(old);
		if (!isWebhookUp) {
			return isSkipped(object) &&
				(oldObject === undefined || isSkipped(oldObject))
				? undefined
				: {
						status: 500,
						reason: 'InternalError',
						message: `Internal error occurred: failed calling webhook "${offloadingWebhook}"`,
					};
		}

		const verdict = validateOffloading({
			object,
			...(oldObject && {oldObject}),
			generation,
			rules: 'upstream',
		});
		warnings = verdict.isAllowed ? verdict.warnings : [];
		return verdict.isAllowed
			? undefined
			: {
					status: 403,
					reason: 'Forbidden',
					message: denialOf(offloadingWebhook, verdict.reason),
				};
	};

	const simulation: Simulation = createSimulation({
		consumer,
		providers: others,
		rules: 'upstream',
		now: () => new Date(Date.UTC(2026, 0, 1) + serial * 60_000).toISOString(),
		hasScheduler: false,
		hasCollector: false,
		review,
	});
	const dropped = new Set<string>();

	const send = (change: Change): Answer => {
		warnings = [];
		const answer = simulation.send(change);
		return answer.state === 'written'
			? {
					status: change.verb === 'create' ? 201 : 200,
					message: '',
					warnings,
				}
			: {
					status: answer.refusal.status,
					message: answer.refusal.message,
					warnings: [],
				};
	};

	const referenceOf = (object: JsonObject): Reference => {
		const metadata = object.metadata as Recorded;
		return {
			apiVersion: object.apiVersion as string,
			kind: object.kind as string,
			...(metadata.namespace && {namespace: metadata.namespace}),
			name: metadata.name,
		};
	};

	for (const name of stopped) {
		simulation.setRunning(name, false);
	}

	simulation.start();
	return {
		async create(object, cluster = 'home') {
			serial += 1;
			return send({
				cluster,
				verb: 'create',
				object: referenceOf(object),
				body: object,
				reason: `step ${serial}`,
			});
		},
		async replace(object, body, cluster = 'home') {
			return send({cluster, verb: 'update', object, body, reason: 'step'});
		},
		async patch(
			object,
			body,
			{cluster = 'home', subresource, type = 'merge'} = {},
		) {
			return send({
				cluster,
				verb: 'patch',
				patchType: type,
				object,
				body,
				...(subresource !== undefined && {subresource}),
				reason: 'step',
			});
		},
		async remove(object, cluster = 'home') {
			return send({cluster, verb: 'delete', object, reason: 'step'});
		},
		async find(reference, cluster) {
			return clusterOf(cluster).find(reference);
		},
		async list(kind, cluster) {
			return [...clusterOf(cluster).objects()].filter(
				(object) => object.kind === kind,
			);
		},
		async settle() {
			simulation.settle();
		},
		async setRunning(actor, isRunning) {
			if (actor === 'policy') {
				isPolicyOn = isRunning;
				return;
			}

			if (actor === 'webhook') {
				isWebhookUp = isRunning;
				return;
			}

			if (isRunning) {
				dropped.delete(actor);
			} else {
				dropped.add(actor);
			}

			simulation.setRunning(actor, isRunning);
		},
		async advance() {
			serial += 1;
		},
		patience: 0,
		async stop() {
			dropped.clear();
		},
	};
};
