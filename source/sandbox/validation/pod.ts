import {
	type ApiObject,
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
import {dnsLabelProblems, dnsSubdomainProblems} from './names.js';
import {labelErrors} from './metadata.js';
import {gateErrors, spreadErrors} from './placement.js';
import {tolerationErrors} from './toleration.js';

/**
Devices and huge pages cannot be promised twice.
*/
const isOvercommittable = (resource: string): boolean =>
	(!resource.includes('/') || resource.includes('kubernetes.io/')) &&
	!resource.startsWith('hugepages-');

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
		const isWhole = !isOvercommittable(name);
		if (limit === undefined) {
			if (isWhole) {
				errors.push(
					required(
						`${field}.resources.limits`,
						'Limit must be set for non overcommitable resources',
					),
				);
			}

			continue;
		}

		const [asked, most] = [request, limit].map((text) => nanoUnits(text) ?? 0n);
		const isWrong = isWhole ? asked !== most : asked! > most!;
		if (isWrong) {
			errors.push(
				invalid(
					`${field}.resources.requests`,
					request,
					`must be ${isWhole ? '' : 'less than or '}equal to ${name} limit of ${limit}`,
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
			...treesAt(container, 'env').flatMap((variable, position) =>
				textAt(variable, 'name') === ''
					? [required(`${path}.env[${position}].name`)]
					: [],
			),
			...portErrors(container, path),
			...resourceErrors(container, path),
		];
	});

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
		...affinityErrors(treeAt(spec, 'affinity'), `${field}.affinity`),
		...gateErrors(spec, `${field}.schedulingGates`),
		...spreadErrors(spec, `${field}.topologySpreadConstraints`),
		...(nodeName === ''
			? []
			: dnsSubdomainProblems(nodeName).map((problem) =>
					invalid(`${field}.nodeName`, nodeName, problem),
				)),
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
