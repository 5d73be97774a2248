import {contract, core} from './contract.js';

const claim = (
	name: string,
	metadata: Readonly<Record<string, unknown>> = {},
) => ({
	apiVersion: 'v1',
	kind: 'PersistentVolumeClaim',
	metadata: {name, ...metadata},
	spec: {
		accessModes: ['ReadWriteOnce'],
		resources: {requests: {storage: '1Gi'}},
	},
});

contract('volumes', {
	async 'claims are protected'({namespace, post, get, patch, delete: remove}) {
		const path = core(namespace, 'persistentvolumeclaims');
		await post(`${path}?dryRun=All`, claim('tried'));
		await post(path, claim('c'));
		await post(
			path,
			claim('own', {
				finalizers: ['x.y/z', 'kubernetes.io/pvc-protection'],
			}),
		);
		await remove(`${path}/c`);
		await get(`${path}/c`);
		await patch(`${path}/c`, 'merge', {metadata: {finalizers: []}});
		await get(`${path}/c`);
	},
	async 'volumes are protected'({namespace, post, patch, delete: remove}) {
		const path = '/api/v1/persistentvolumes';
		const name = `${namespace}-volume`;
		await post(path, {
			apiVersion: 'v1',
			kind: 'PersistentVolume',
			metadata: {name},
			spec: {
				accessModes: ['ReadWriteOnce'],
				capacity: {storage: '1Gi'},
				hostPath: {path: '/x'},
			},
		});
		await remove(`${path}/${name}`);
		await patch(`${path}/${name}`, 'merge', {metadata: {finalizers: []}});
	},
});
