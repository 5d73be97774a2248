import {
	type FieldError,
	invalid,
	notSupported,
	required,
} from '../validation/field-error.js';
import {
	labelValueProblems,
	qualifiedNameProblems,
} from '../validation/names.js';
import {type ApiObject, clone, textAt, treeAt, treesAt} from '../value.js';
import {timestamp} from '../objects/identity.js';
import {type BuiltinBehaviour} from './kind.js';

const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

const taintErrors = (object: ApiObject): FieldError[] => {
	const seen = new Set<string>();
	return treesAt(object, 'spec', 'taints').flatMap((taint, index) => {
		const field = `metadata.taints[${index}]`;
		const key = textAt(taint, 'key');
		const value = textAt(taint, 'value');
		const effect = textAt(taint, 'effect');
		const errors = [
			...qualifiedNameProblems(key).map((problem) =>
				invalid(`${field}.key`, key, problem),
			),
			...labelValueProblems(value).map((problem) =>
				invalid(`${field}.value`, value, problem),
			),
			...(effects.includes(effect)
				? []
				: [
						effect === ''
							? required(`${field}.effect`)
							: notSupported(`${field}.effect`, effect, effects),
					]),
		];
		const identity = `${key}:${effect}`;
		if (seen.has(identity)) {
			errors.push({
				field,
				reason: 'FieldValueDuplicate',
				message: `Duplicate value: ${JSON.stringify(taint)}: taints must be unique by key and effect pair`,
			});
		}

		seen.add(identity);
		return errors;
	});
};

/**
Nodes and what is said of storage and classes.
*/
export const nodeBehaviours: Readonly<Record<string, BuiltinBehaviour>> = {
	Node: {
		selectable: ['spec.unschedulable'],
		fieldsOf: (object) => ({
			'spec.unschedulable': String(
				treeAt(object, 'spec')?.unschedulable ?? false,
			),
		}),
		setDefaults(object) {
			const status = treeAt(object, 'status');
			if (status?.capacity && !status.allocatable) {
				status.allocatable = clone(status.capacity);
			}

			const spec = treeAt(object, 'spec');
			if (spec && textAt(spec, 'podCIDR') !== '') {
				spec.podCIDRs ??= [textAt(spec, 'podCIDR')];
			}
		},
		validate: taintErrors,
	},
	StorageClass: {
		setDefaults(object) {
			object.reclaimPolicy ??= 'Delete';
			object.volumeBindingMode ??= 'Immediate';
		},
	},
	PriorityClass: {
		setDefaults(object) {
			object.preemptionPolicy ??= 'PreemptLowerPriority';
		},
	},
	PersistentVolumeClaim: {
		setDefaults(object) {
			const spec = treeAt(object, 'spec');
			if (spec) {
				spec.volumeMode ??= 'Filesystem';
			}
		},
		prepareCreate(object) {
			object.status = {phase: 'Pending'};
		},
	},
	PersistentVolume: {
		setDefaults(object) {
			const spec = treeAt(object, 'spec');
			if (!spec) {
				return;
			}

			spec.volumeMode ??= 'Filesystem';
			spec.persistentVolumeReclaimPolicy ??= 'Retain';
			const hostPath = treeAt(spec, 'hostPath');
			if (hostPath) {
				hostPath.type ??= '';
			}
		},
		prepareCreate(object) {
			object.status = {
				phase: 'Pending',
				lastPhaseTransitionTime: timestamp(Date.now()),
			};
		},
	},
};
