import {createHash} from 'node:crypto';
import {type Pod} from '../../core/model.js';
import {
	type ApiObject,
	isEqual,
	isTree,
	numberAt,
	treeAt,
	type Tree,
} from '../value.js';

export const hashLabel = 'pod-template-hash';
export const revisionMark = 'deployment.kubernetes.io/revision';

const alphabet = 'bcdfghjklmnpqrstvwxz2456789';

/**
Ten letters that stand for a template.
*/
export const hashOf = (template: Tree): string =>
	[...createHash('sha256').update(JSON.stringify(template)).digest()]
		.slice(0, 10)
		.map((byte) => alphabet[byte % alphabet.length])
		.join('');

const withoutHash = (template: Tree): Tree => {
	// The API server writes a creation time where nobody did.
	const {creationTimestamp, labels, ...metadata} =
		treeAt(template, 'metadata') ?? {};
	return {
		...template,
		metadata: {
			...metadata,
			labels: Object.fromEntries(
				Object.entries(isTree(labels) ? labels : {}).filter(
					([key]) => key !== hashLabel,
				),
			),
		},
	};
};

export const isSameTemplate = (one: Tree, other: Tree): boolean =>
	isEqual(withoutHash(one), withoutHash(other));

export const templateOf = (object: ApiObject): Tree =>
	treeAt(object, 'spec', 'template') ?? {};

export const replicasOf = (object: ApiObject): number =>
	numberAt(object, 'spec', 'replicas') ?? 1;

export const revisionOf = ({metadata}: ApiObject): number =>
	Number(metadata.annotations?.[revisionMark] ?? 0);

export const ownerReference = ({apiVersion, kind, metadata}: ApiObject) => ({
	apiVersion,
	kind,
	name: metadata.name,
	uid: metadata.uid,
	controller: true,
	blockOwnerDeletion: true,
});

export const isActive = ({metadata, status}: Pod): boolean =>
	metadata.deletionTimestamp === undefined &&
	status.phase !== 'Succeeded' &&
	status.phase !== 'Failed';

export const isReady = ({status}: Pod): boolean =>
	status.phase === 'Running' &&
	status.conditions.every(
		({type, status: state}) => type !== 'Ready' || state === 'True',
	);

/**
Whether a status says anything that is not known; servers leave out a count of none.
*/
export const hasNews = (known: Tree, status: Tree): boolean =>
	Object.entries(status).some(
		([key, value]) =>
			!isEqual(known[key] ?? (value === 0 ? 0 : undefined), value),
	);
