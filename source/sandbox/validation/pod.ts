import {
	type ApiObject,
	clone,
	isEqual,
	isTree,
	listAt,
	numberAt,
	textAt,
	textsAt,
	treeAt,
	treesAt,
	type Tree,
	type Value,
} from '../value.js';
import {nanoUnits} from '../schema/quantity.js';
import {affinityErrors} from './affinity.js';
import {
	duplicate,
	type FieldError,
	forbidden,
	invalid,
	notSupported,
	required,
} from './field-error.js';
import {
	dnsLabelProblems,
	dnsSubdomainProblems,
	labelValueProblems,
	qualifiedNameProblems,
} from './names.js';
import {labelErrors} from './metadata.js';

const resourceErrors = (container: Tree, field: string): FieldError[] => {
	const limits = textsAt(container, 'resources', 'limits');
	const requests = textsAt(container, 'resources', 'requests');
	const errors: FieldError[] = [];
	for (const [part, amounts] of [
		['limits', limits],
		['requests', requests],
	] as const) {
		for (const [name, amount] of Object.entries(amounts)) {
			if ((nanoUnits(amount) ?? 0n) < 0n) {
				errors.push(
					invalid(
						`${field}.resources.${part}[${name}]`,
						amount,
						'must be greater than or equal to 0',
					),
				);
			}
		}
	}

	for (const [name, request] of Object.entries(requests)) {
		const limit = limits[name];
		if (
			limit !== undefined &&
			(nanoUnits(request) ?? 0n) > (nanoUnits(limit) ?? 0n)
		) {
			errors.push(
				invalid(
					`${field}.resources.requests`,
					request,
					`must be less than or equal to ${name} limit of ${limit}`,
				),
			);
		}
	}

	return errors;
};

const portErrors = (container: Tree, field: string): FieldError[] =>
	treesAt(container, 'ports').flatMap((port, index) => {
		const number = numberAt(port, 'containerPort') ?? 0;
		const path = `${field}.ports[${index}]`;
		const protocol = textAt(port, 'protocol');
		return [
			...(number === 0 ? [required(`${path}.containerPort`)] : []),
			...(number !== 0 && (number < 1 || number > 65_535)
				? [
						invalid(
							`${path}.containerPort`,
							number,
							'must be between 1 and 65535, inclusive',
						),
					]
				: []),
			...(['TCP', 'UDP', 'SCTP'].includes(protocol)
				? []
				: [notSupported(`${path}.protocol`, protocol, ['SCTP', 'TCP', 'UDP'])]),
		];
	});

const containerErrors = (
	containers: readonly Tree[],
	field: string,
	seen: Set<string>,
): FieldError[] =>
	containers.flatMap((container, index) => {
		const path = `${field}[${index}]`;
		const name = textAt(container, 'name');
		const errors: FieldError[] = [];
		if (name === '') {
			errors.push(required(`${path}.name`));
		} else {
			errors.push(
				...dnsLabelProblems(name).map((problem) =>
					invalid(`${path}.name`, name, problem),
				),
			);
			if (seen.has(name)) {
				errors.push(duplicate(`${path}.name`, name));
			}

			seen.add(name);
		}

		const image = textAt(container, 'image');
		if (image === '') {
			errors.push(required(`${path}.image`));
		} else if (image !== image.trim()) {
			errors.push(
				invalid(
					`${path}.image`,
					image,
					'must not have leading or trailing whitespace',
				),
			);
		}

		const policy = textAt(container, 'imagePullPolicy');
		if (!['Always', 'IfNotPresent', 'Never'].includes(policy)) {
			errors.push(
				notSupported(`${path}.imagePullPolicy`, policy, [
					'Always',
					'IfNotPresent',
					'Never',
				]),
			);
		}

		return [
			...errors,
			...portErrors(container, path),
			...resourceErrors(container, path),
		];
	});

const tolerationErrors = (toleration: Tree, field: string): FieldError[] => {
	const key = textAt(toleration, 'key');
	const operator = textAt(toleration, 'operator');
	const value = textAt(toleration, 'value');
	const effect = textAt(toleration, 'effect');
	const errors: FieldError[] = [];
	if (key !== '') {
		errors.push(
			...qualifiedNameProblems(key).map((problem) =>
				invalid(`${field}.key`, key, problem),
			),
		);
	} else if (operator !== 'Exists') {
		errors.push(
			invalid(
				`${field}.operator`,
				operator,
				'operator must be Exists when `key` is empty, which means "match all values and all keys"',
			),
		);
	}

	if (toleration.tolerationSeconds !== undefined && effect !== 'NoExecute') {
		errors.push(
			invalid(
				`${field}.effect`,
				effect,
				"effect must be 'NoExecute' when `tolerationSeconds` is set",
			),
		);
	}

	switch (operator) {
		case '':
		case 'Equal': {
			const problems = labelValueProblems(value);
			if (problems.length > 0) {
				errors.push(invalid(`${field}.operator`, value, problems.join(';')));
			}

			break;
		}

		case 'Exists': {
			if (value !== '') {
				errors.push(
					invalid(
						`${field}.operator`,
						value,
						"value must be empty when `operator` is 'Exists'",
					),
				);
			}

			break;
		}

		default: {
			errors.push(
				notSupported(`${field}.operator`, operator, ['Equal', 'Exists']),
			);
		}
	}

	if (
		effect !== '' &&
		!['NoSchedule', 'PreferNoSchedule', 'NoExecute'].includes(effect)
	) {
		errors.push(
			notSupported(`${field}.effect`, effect, [
				'NoSchedule',
				'PreferNoSchedule',
				'NoExecute',
			]),
		);
	}

	return errors;
};

const choiceErrors = (
	spec: Tree,
	field: string,
	choices: readonly Value[],
): FieldError[] => {
	const key = field.split('.').at(-1) ?? '';
	const value = spec[key];
	if (value === undefined || value === '') {
		return [required(field)];
	}

	return choices.includes(value) ? [] : [notSupported(field, value, choices)];
};

const specErrors = (spec: Tree, field: string): FieldError[] => {
	const names = new Set<string>();
	const containers = treesAt(spec, 'containers');
	const nodeName = textAt(spec, 'nodeName');
	return [
		...(containers.length === 0 ? [required(`${field}.containers`)] : []),
		...containerErrors(containers, `${field}.containers`, names),
		...containerErrors(
			treesAt(spec, 'initContainers'),
			`${field}.initContainers`,
			names,
		),
		...choiceErrors(spec, `${field}.restartPolicy`, [
			'Always',
			'OnFailure',
			'Never',
		]),
		...choiceErrors(spec, `${field}.dnsPolicy`, [
			'ClusterFirstWithHostNet',
			'ClusterFirst',
			'Default',
			'None',
		]),
		...labelErrors(textsAt(spec, 'nodeSelector'), `${field}.nodeSelector`),
		...(nodeName === ''
			? []
			: dnsSubdomainProblems(nodeName).map((problem) =>
					invalid(`${field}.nodeName`, nodeName, problem),
				)),
		...affinityErrors(treeAt(spec, 'affinity'), `${field}.affinity`),
		...treesAt(spec, 'tolerations').flatMap((toleration, index) =>
			tolerationErrors(toleration, `${field}.tolerations[${index}]`),
		),
	];
};

/**
What is wrong with a pod as such.
*/
export const podErrors = (object: ApiObject): FieldError[] => {
	const spec = treeAt(object, 'spec') ?? {};
	const errors = specErrors(spec, 'spec');
	if (
		textAt(spec, 'nodeName') !== '' &&
		listAt(spec, 'schedulingGates').length > 0
	) {
		errors.push(
			forbidden(
				'spec.nodeName',
				'cannot be set until all schedulingGates have been cleared',
			),
		);
	}

	return errors;
};

/**
What is wrong with the template of a pod's owner.
*/
export const templateErrors = (object: Value, field: string): FieldError[] => {
	const template = treeAt(object, ...field.split('.'));
	return [
		...labelErrors(textsAt(template, 'metadata', 'labels'), `${field}.labels`),
		...specErrors(treeAt(template, 'spec') ?? {}, `${field}.spec`),
	];
};

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
