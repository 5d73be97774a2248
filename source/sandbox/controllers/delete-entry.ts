import {type Api, type Caller} from '../api.js';
import {type Kind} from '../kinds/kind.js';
import {deleteObject} from '../objects/delete.js';
import {type Entry} from '../storage/entry.js';

/**
Deletes an object as a controller of the cluster does: through admission, in the background.
*/
export type DeleteEntry = (kind: Kind, entry: Entry) => Promise<void>;

const caller = (): Caller => ({
	user: {
		name: 'system:kube-controller-manager',
		groups: ['system:masters', 'system:authenticated'],
	},
	userAgent: 'kube-controller-manager',
	warnings: [],
});

export const createDeleteEntry =
	(api: Api): DeleteEntry =>
	async (kind, entry) => {
		await deleteObject(
			{
				api,
				caller: caller(),
				kind,
				namespace: entry.namespace,
				name: entry.name,
				subresource: '',
				options: {
					isDryRun: false,
					fieldManager: 'kube-controller-manager',
					hasFieldManager: true,
					fieldValidation: 'Ignore',
					force: undefined,
				},
			},
			{
				gracePeriodSeconds: undefined,
				propagationPolicy: '',
				preconditions: {uid: entry.uid},
			},
		);
	};
