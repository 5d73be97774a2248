import {type Change} from '../../source/core/change.js';
import {
	type Reconciler,
	type ReconcileResult,
} from '../../source/core/reconcilers/reconciler.js';
import {finalizers, keys} from '../../source/core/keys.js';
import {type World} from '../../source/core/world.js';

/**
A small relative of Liqo's NamespaceOffloading controller: finalizer, an entry in every map, a label, a status; the way back on deletion.
*/
export const fakeOffloading: Reconciler = {
	id: 'offloading',
	title: 'A relative of the NamespaceOffloading controller',
	*requests(world: World) {
		for (const {metadata} of world.consumer.list('NamespaceOffloading')) {
			yield {
				cluster: 'home',
				namespace: metadata.namespace,
				name: metadata.name,
			};
		}
	},
	*requestsFor(touch, world) {
		if (touch.kind === 'NamespaceMap' && touch.before === undefined) {
			yield* fakeOffloading.requests(world);
		}

		if (touch.kind === 'NamespaceOffloading') {
			yield {
				cluster: 'home',
				namespace: touch.namespace,
				name: touch.name,
			};
		}

		if (touch.kind === 'Namespace' && touch.cluster === 'home') {
			yield {cluster: 'home', namespace: touch.name, name: 'offloading'};
		}
	},
	reconcile({namespace, name}, world): ReconcileResult {
		const home = world.consumer;
		const offloading = home.get('NamespaceOffloading', namespace, name);
		if (offloading === undefined) {
			return {changes: []};
		}

		const {apiVersion, metadata} = offloading;
		const object = {apiVersion, kind: 'NamespaceOffloading', namespace, name};
		const changes: Change[] = [];
		const isWanted = metadata.deletionTimestamp === undefined;
		const finalizer = finalizers.namespaceOffloading;
		const setFinalizers = (list: string[]) => {
			changes.push({
				cluster: 'home',
				verb: 'patch',
				patchType: 'merge',
				object,
				body: {metadata: {finalizers: list}},
				precondition: {resourceVersion: metadata.resourceVersion},
				reason: 'finalizer',
			});
		};

		if (isWanted && !metadata.finalizers.includes(finalizer)) {
			setFinalizers([...metadata.finalizers, finalizer]);
		}

		for (const map of home.list('NamespaceMap')) {
			const isThere = map.spec.desiredMapping[namespace] !== undefined;
			if (isThere !== isWanted) {
				changes.push({
					cluster: 'home',
					verb: 'patch',
					patchType: 'merge',
					object: {
						apiVersion: map.apiVersion,
						kind: 'NamespaceMap',
						namespace: map.metadata.namespace,
						name: map.metadata.name,
					},
					body: {
						spec: {
							desiredMapping: {[namespace]: isWanted ? `${namespace}-x` : null},
						},
					},
					reason: 'entry',
				});
			}
		}

		const label = home.get('Namespace', '', namespace)?.metadata.labels[
			keys.schedulingEnabled
		];
		if ((label === 'true') !== isWanted) {
			changes.push({
				cluster: 'home',
				verb: 'patch',
				patchType: 'merge',
				object: {apiVersion: 'v1', kind: 'Namespace', name: namespace},
				body: {
					metadata: {
						labels: {[keys.schedulingEnabled]: isWanted ? 'true' : null},
					},
				},
				reason: 'label',
			});
		}

		if (isWanted && offloading.status.offloadingPhase !== 'InProgress') {
			changes.push({
				cluster: 'home',
				verb: 'patch',
				patchType: 'merge',
				subresource: 'status',
				object,
				body: {status: {offloadingPhase: 'InProgress'}},
				reason: 'status',
			});
		}

		if (!isWanted && metadata.finalizers.includes(finalizer)) {
			setFinalizers(metadata.finalizers.filter((item) => item !== finalizer));
		}

		return {changes};
	},
};
