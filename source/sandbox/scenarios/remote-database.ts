import {type Draft} from './draft.js';
import {offload, region} from './offload.js';
import {imposed, putWorkload} from './workload.js';

/**
A namespace whose pods may run on eu-west only, and in it a database that waits for a node: its claim is of a class that exists only at home. The
claim is bound to the PersistentVolume `volume`, or still to be bound.
*/
export const putRemoteDatabase = (
	draft: Draft,
	namespace: string,
	volume?: string,
): void => {
	const terms = [region('eu')];
	offload(draft, namespace, {
		terms,
		podStrategy: 'Remote',
		on: {eu: 'Accepted'},
	});
	draft.put('home', {
		apiVersion: 'v1',
		kind: 'PersistentVolumeClaim',
		metadata: {namespace, name: 'orders'},
		spec: {
			accessModes: ['ReadWriteOnce'],
			resources: {requests: {storage: '8Gi'}},
			storageClassName: 'standard',
			...(volume !== undefined && {volumeName: volume}),
		},
		status: {phase: volume === undefined ? 'Pending' : 'Bound'},
	});
	const spec = {
		volumes: [{name: 'orders', persistentVolumeClaim: {claimName: 'orders'}}],
	};
	putWorkload(draft, {
		namespace,
		name: 'database',
		nodes: ['pending'],
		spec,
		admitted: {...spec, ...imposed(draft, 'Remote', terms)},
	});
};
