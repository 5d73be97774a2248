import {type AnyObject, type KindName} from '../model.js';
import {type FailureMode} from './failure-mode.js';
import {fact, refOf} from './facts.js';
import {instruct} from './words.js';

const kinds = [
	'NamespaceOffloading',
	'NamespaceMap',
	'VirtualNode',
	'ShadowPod',
] as const satisfies readonly KindName[];

export const objectInVanishedNamespace: FailureMode = {
	id: 'object-in-vanished-namespace',
	title: 'An object outlived its namespace',
	severity: 'error',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 105,
	explains: [
		'offloading-stuck-terminating',
		'unoffload-data-loss',
		'finalizer-left-by-webhook-outage',
		'tenant-namespace-missing',
		'last-virtual-node-deleted',
		'virtual-node-stuck-terminating',
	],
	reads: ['Namespace', 'NamespaceOffloading', 'NamespaceMap'],
	symptom: 'The object is listed, but every edit answers NotFound.',
	cause: 'Its namespace was removed by force.',
	proof:
		'A namespaced object of Liqo with deletionTimestamp and finalizers, whose Namespace does not exist.',
	remedies: ['instruct'],
	scope: 'world',
	find(all) {
		const {home} = all;
		return kinds.flatMap((kind) =>
			[...(home.list(kind) as Iterable<AnyObject>)]
				.filter(
					({metadata}) =>
						metadata.deletionTimestamp !== undefined &&
						metadata.finalizers.length > 0 &&
						!home.get('Namespace', '', metadata.namespace),
				)
				.map((object) => {
					const {namespace, name} = object.metadata;
					return {
						object: refOf(object),
						namespaces: [namespace],
						message: `${kind} ${namespace}/${name} is being deleted, but its namespace is gone already.`,
						consequence:
							'No controller can finish its deletion: every edit answers NotFound.',
						evidence: [
							fact(
								{apiVersion: 'v1', kind: 'Namespace', name: namespace},
								'metadata.name',
								undefined,
								namespace,
							),
							fact(
								object,
								'metadata.finalizers',
								object.metadata.finalizers.join(', '),
								'none',
							),
						],
						offers: [
							instruct(
								'Bring the namespace back for a moment',
								'whoever administers this cluster',
								`kubectl create namespace ${namespace}`,
								`Wait until Liqo has dropped the finalizers of ${kind} ${name}; if it does not: kubectl patch ${kind.toLowerCase()} ${name} -n ${namespace} --type merge -p '{"metadata":{"finalizers":null}}'`,
								`kubectl delete namespace ${namespace}`,
							),
						],
					};
				}),
		);
	},
};
