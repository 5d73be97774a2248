import {virtualNodeType, keys} from '../../core/keys.js';
import {type Node, type Pod} from '../../core/model.js';
import {evaluateSelector} from '../../core/selector.js';
import {type ClusterView} from '../../core/world.js';

const liqoProvisioner = 'liqo.io/storage';

/**
Whether a pod's volumes can be on a node: a volume that exists where its affinity says, one that is still to be made where there is a
provisioner for it. A virtual node has only Liqo's.
*/
export const volumesAllow = (
	{metadata: {namespace}, spec: {claims = []}}: Pod,
	{metadata: {name, labels}}: Node,
	view: ClusterView,
): boolean =>
	claims.every((claimName) => {
		const claim = view.get('PersistentVolumeClaim', namespace, claimName);
		const volume = view.get(
			'PersistentVolume',
			'',
			claim?.spec.volumeName ?? '',
		);
		if (volume) {
			const required = volume.spec.nodeAffinity?.required;
			return !required || evaluateSelector(required, {name, labels}).matches;
		}

		const storageClass = view.get(
			'StorageClass',
			'',
			claim?.spec.storageClassName ?? '',
		);
		return (
			labels[keys.type] !== virtualNodeType ||
			storageClass?.provisioner === liqoProvisioner
		);
	});
