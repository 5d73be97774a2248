import {numberAt, textAt, treesAt, type Tree} from '../value.js';
import {
	duplicate,
	type FieldError,
	invalid,
	notSupported,
	required,
} from './field-error.js';
import {qualifiedNameProblems} from './names.js';

/**
What is wrong with the gates that hold a pod back from scheduling.
*/
export const gateErrors = (spec: Tree, field: string): FieldError[] => {
	const seen = new Set<string>();
	return treesAt(spec, 'schedulingGates').flatMap((gate, index) => {
		const name = textAt(gate, 'name');
		const path = `${field}[${index}]`;
		const errors = qualifiedNameProblems(name).map((problem) =>
			invalid(path, name, problem),
		);
		if (seen.has(name)) {
			errors.push(duplicate(path, name));
		}

		seen.add(name);
		return errors;
	});
};

const kindOf = (constraint: Tree): string =>
	`{${textAt(constraint, 'topologyKey')}, ${textAt(constraint, 'whenUnsatisfiable')}}`;

const policyErrors = (
	constraint: Tree,
	key: string,
	field: string,
): FieldError[] => {
	const policy = constraint[key];
	return [undefined, 'Honor', 'Ignore'].includes(policy as string)
		? []
		: [notSupported(`${field}.${key}`, policy, ['Honor', 'Ignore'])];
};

const domainErrors = (constraint: Tree, field: string): FieldError[] => {
	const least = numberAt(constraint, 'minDomains');
	if (least === undefined) {
		return [];
	}

	const action = textAt(constraint, 'whenUnsatisfiable');
	const path = `${field}.minDomains`;
	return [
		...(least > 0 ? [] : [invalid(path, least, 'must be greater than zero')]),
		...(action === 'DoNotSchedule'
			? []
			: [
					invalid(
						path,
						least,
						`can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${action}`,
					),
				]),
	];
};

/**
What is wrong with the constraints on the spreading of pods.
*/
export const spreadErrors = (spec: Tree, field: string): FieldError[] => {
	const constraints = treesAt(spec, 'topologySpreadConstraints');
	return constraints.flatMap((constraint, index) => {
		const path = `${field}[${index}]`;
		const skew = numberAt(constraint, 'maxSkew') ?? 0;
		const action = textAt(constraint, 'whenUnsatisfiable');
		const kind = kindOf(constraint);
		return [
			...(skew > 0
				? []
				: [invalid(`${path}.maxSkew`, skew, 'must be greater than zero')]),
			...(textAt(constraint, 'topologyKey') === ''
				? [required(`${path}.topologyKey`, 'can not be empty')]
				: []),
			...(['DoNotSchedule', 'ScheduleAnyway'].includes(action)
				? []
				: [
						notSupported(`${path}.whenUnsatisfiable`, action, [
							'DoNotSchedule',
							'ScheduleAnyway',
						]),
					]),
			...(constraints.slice(index + 1).some((other) => kindOf(other) === kind)
				? [duplicate(`${path}.{topologyKey, whenUnsatisfiable}`, kind)]
				: []),
			...domainErrors(constraint, path),
			...policyErrors(constraint, 'nodeAffinityPolicy', path),
			...policyErrors(constraint, 'nodeTaintsPolicy', path),
		];
	});
};
