import {
	type ApiObject,
	clone,
	isEqual,
	isTree,
	listAt,
	textAt,
	treeAt,
	treesAt,
	type Tree,
} from '../value.js';
import {type FieldError, forbidden} from './field-error.js';

const mutable = [
	'activeDeadlineSeconds',
	'tolerations',
	'terminationGracePeriodSeconds',
	'schedulingGates',
] as const;

const withoutMutable = (spec: Tree, old: Tree): Tree => {
	const copy = clone(spec);
	for (const key of mutable) {
		copy[key] = old[key];
	}

	for (const list of ['containers', 'initContainers']) {
		const before = treesAt(old, list);
		for (const [index, container] of treesAt(copy, list).entries()) {
			if (before[index]) {
				container.image = before[index].image;
			}
		}
	}

	return copy;
};

const isGated = (spec: Tree): boolean =>
	listAt(spec, 'schedulingGates').length > 0;

/**
What a pod that is there does not let anybody change. Tolerations may be added, images replaced, gates removed; a gated pod may also have
its node selector and affinity narrowed.
*/
export const podUpdateErrors = (
	object: ApiObject,
	old: ApiObject,
): FieldError[] => {
	const spec = treeAt(object, 'spec') ?? {};
	const oldSpec = treeAt(old, 'spec') ?? {};
	if (isEqual(spec, oldSpec)) {
		return [];
	}

	const errors: FieldError[] = [];
	if (
		treesAt(spec, 'containers').length !== treesAt(oldSpec, 'containers').length
	) {
		return [
			forbidden(
				'spec.containers',
				'pod updates may not add or remove containers',
			),
		];
	}

	const tolerations = listAt(spec, 'tolerations');
	const isRemoved = listAt(oldSpec, 'tolerations').some((toleration) =>
		tolerations.every((other) => !isEqual(other, toleration)),
	);
	if (isRemoved) {
		errors.push(
			forbidden(
				'spec.tolerations',
				'existing toleration can not be modified except its tolerationSeconds',
			),
		);
	}

	const gates = listAt(spec, 'schedulingGates');
	const oldGates = listAt(oldSpec, 'schedulingGates');
	const added = gates.filter((gate) =>
		oldGates.every((other) => !isEqual(other, gate)),
	);
	if (added.length > 0) {
		const [first] = added;
		errors.push(
			forbidden(
				'spec.schedulingGates',
				`only deletion is allowed, but found new scheduling gate '${isTree(first) ? textAt(first, 'name') : ''}'`,
			),
		);
	}

	const kept = withoutMutable(spec, oldSpec);
	if (isGated(oldSpec)) {
		kept.nodeSelector = oldSpec.nodeSelector;
		kept.affinity = oldSpec.affinity;
	}

	// The binding subresource, not an update, gives a pod its node.
	if (textAt(oldSpec, 'nodeName') === '' && object.$binding) {
		kept.nodeName = oldSpec.nodeName;
	}

	if (!isEqual(kept, oldSpec)) {
		errors.push(
			forbidden(
				'spec',
				'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
			),
		);
	}

	return errors;
};
