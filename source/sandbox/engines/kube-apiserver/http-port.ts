import {type Change} from '../../../core/change.js';
import {type ClusterAccess} from '../../actors/cluster-access.js';
import {type ObjectPort, type Place} from '../../controllers/object-port.js';
import {type ApiObject} from '../../value.js';

const component = 'kube-controller-manager';
const nobody: readonly string[] = [];

const ownersOf = (object: ApiObject | undefined): readonly string[] =>
	object?.metadata.ownerReferences?.map(({uid}) => uid) ?? nobody;

const referenceTo = ({resource, namespace, name}: Place) => {
	const [apiVersion = '', kind = ''] = resource.split(' ', 2);
	return {apiVersion, kind, namespace, name};
};

/**
A cluster behind an API server as Kubernetes' own controllers use it; of the kinds that are followed there, which are those Liqo has to do with.
*/
export const createHttpPort = async (
	access: ClusterAccess,
): Promise<ObjectPort & {stop(): void}> => {
	const known = new Map<string, ApiObject>();
	const listeners = new Set<Parameters<ObjectPort['observe']>[0]>();
	const stop = await access.follow(({kind, namespace, name, object}) => {
		const key = `${kind} ${namespace}/${name}`;
		const before = known.get(key);
		const after = object as ApiObject | undefined;
		const subject = after ?? before;
		if (!subject) {
			return;
		}

		if (after) {
			known.set(key, after);
		} else {
			known.delete(key);
		}

		const {apiVersion, kind: rawKind, metadata} = subject;
		for (const listener of listeners) {
			listener({
				place: {resource: `${apiVersion} ${rawKind}`, namespace, name},
				uid: metadata.uid,
				isNew: before === undefined,
				isGone: after === undefined,
				isTerminating: after?.metadata.deletionTimestamp !== undefined,
				owners: ownersOf(after),
				previousOwners: ownersOf(before),
			});
		}
	});

	const change = (place: Place) => ({
		cluster: '',
		object: referenceTo(place),
		reason: 'what it belongs to is going',
	});

	const send = async (what: Change): Promise<void> => {
		await access.send(what, component);
	};

	return {
		observe(onWrite) {
			listeners.add(onWrite);
			for (const {apiVersion, kind, metadata} of known.values()) {
				onWrite({
					place: {
						resource: `${apiVersion} ${kind}`,
						namespace: metadata.namespace ?? '',
						name: metadata.name,
					},
					uid: metadata.uid,
					isNew: true,
					isGone: false,
					isTerminating: metadata.deletionTimestamp !== undefined,
					owners:
						metadata.ownerReferences?.map((reference) => reference.uid) ??
						nobody,
					previousOwners: nobody,
				});
			}

			return () => {
				listeners.delete(onWrite);
			};
		},
		read: async (place) =>
			(await access.read(referenceTo(place))) as ApiObject | undefined,
		async replace(place, object) {
			await send({...change(place), verb: 'update', body: object as never});
		},
		async remove(place, uid) {
			await send({...change(place), verb: 'delete', precondition: {uid}});
		},
		stop() {
			listeners.clear();
			stop();
		},
	};
};
