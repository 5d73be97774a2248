import {listAt, textAt, treeAt, type Tree, type Value} from '../value.js';
import {text, textPath, wide} from './cells.js';
import {type Column} from './column.js';
import {ageColumn, nameColumn} from './columns.js';

const accessModes: Readonly<Record<string, string>> = {
	ReadWriteOnce: 'RWO',
	ReadOnlyMany: 'ROX',
	ReadWriteMany: 'RWX',
	ReadWriteOncePod: 'RWOP',
};

const modes = (list: Value[]): string =>
	list.map((mode) => accessModes[String(mode)] ?? '').join(',');

export const unsetOr = (value: string): string => value || '<unset>';

/**
The columns of volumes, claims and classes.
*/
export const storagePrinters: Readonly<Record<string, readonly Column[]>> = {
	PersistentVolumeClaim: [
		nameColumn,
		text('Status', (claim) =>
			claim.metadata.deletionTimestamp
				? 'Terminating'
				: textAt(claim, 'status', 'phase'),
		),
		text('Volume', textPath('spec', 'volumeName')),
		text('Capacity', textPath('status', 'capacity', 'storage')),
		text('Access Modes', (claim) =>
			modes(listAt(claim, 'status', 'accessModes')),
		),
		text('StorageClass', textPath('spec', 'storageClassName')),
		text('VolumeAttributesClass', (claim) =>
			unsetOr(textAt(claim, 'spec', 'volumeAttributesClassName')),
		),
		ageColumn,
		wide(text('VolumeMode', textPath('spec', 'volumeMode'))),
	],
	PersistentVolume: [
		nameColumn,
		text('Capacity', textPath('spec', 'capacity', 'storage')),
		text('Access Modes', (volume) =>
			modes(listAt(volume, 'spec', 'accessModes')),
		),
		text('Reclaim Policy', textPath('spec', 'persistentVolumeReclaimPolicy')),
		text('Status', textPath('status', 'phase')),
		text('Claim', (volume) => {
			const claim: Tree | undefined = treeAt(volume, 'spec', 'claimRef');
			return claim
				? `${textAt(claim, 'namespace')}/${textAt(claim, 'name')}`
				: '';
		}),
		text('StorageClass', textPath('spec', 'storageClassName')),
		text('VolumeAttributesClass', (volume) =>
			unsetOr(textAt(volume, 'spec', 'volumeAttributesClassName')),
		),
		text('Reason', textPath('status', 'reason')),
		ageColumn,
		wide(text('VolumeMode', textPath('spec', 'volumeMode'))),
	],
	StorageClass: [
		nameColumn,
		text('Provisioner', textPath('provisioner')),
		text('ReclaimPolicy', textPath('reclaimPolicy')),
		text('VolumeBindingMode', textPath('volumeBindingMode')),
		text(
			'AllowVolumeExpansion',
			(object) => object.allowVolumeExpansion === true,
		),
		ageColumn,
	],
};
