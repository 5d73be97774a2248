import {
	listAt,
	numberAt,
	textAt,
	treeAt,
	treesAt,
	type Tree,
} from '../value.js';
import {type FieldError, forbidden, invalid, required} from './field-error.js';
import {
	dnsSubdomainProblems,
	labelValueProblems,
	qualifiedNameProblems,
} from './names.js';

const expressionErrors = (
	expression: Tree,
	field: string,
	hasLegalValues: boolean,
): FieldError[] => {
	const operator = textAt(expression, 'operator');
	const values = listAt(expression, 'values');
	const errors: FieldError[] = [];
	switch (operator) {
		case 'In':
		case 'NotIn': {
			if (values.length === 0) {
				errors.push(
					required(
						`${field}.values`,
						"must be specified when `operator` is 'In' or 'NotIn'",
					),
				);
			}

			break;
		}

		case 'Exists':
		case 'DoesNotExist': {
			if (values.length > 0) {
				errors.push(
					forbidden(
						`${field}.values`,
						"may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
					),
				);
			}

			break;
		}

		case 'Gt':
		case 'Lt': {
			if (values.length !== 1) {
				errors.push(
					required(
						`${field}.values`,
						"must be specified single value when `operator` is 'Lt' or 'Gt'",
					),
				);
			}

			break;
		}

		default: {
			errors.push(
				invalid(`${field}.operator`, operator, 'not a valid selector operator'),
			);
		}
	}

	const key = textAt(expression, 'key');
	errors.push(
		...qualifiedNameProblems(key).map((problem) =>
			invalid(`${field}.key`, key, problem),
		),
	);
	if (hasLegalValues) {
		for (const [index, value] of values.entries()) {
			errors.push(
				...labelValueProblems(String(value)).map((problem) =>
					invalid(`${field}.values[${index}]`, value, problem),
				),
			);
		}
	}

	return errors;
};

const fieldErrors = (expression: Tree, field: string): FieldError[] => {
	const operator = textAt(expression, 'operator');
	const key = textAt(expression, 'key');
	const values = listAt(expression, 'values');
	const errors: FieldError[] = [];
	if (operator === 'In' || operator === 'NotIn') {
		if (values.length !== 1) {
			errors.push(
				required(
					`${field}.values`,
					"must be only one value when `operator` is 'In' or 'NotIn' for node field selector",
				),
			);
		}
	} else {
		errors.push(
			invalid(`${field}.operator`, operator, 'not a valid selector operator'),
		);
	}

	if (key !== 'metadata.name') {
		return [
			...errors,
			invalid(`${field}.key`, key, 'not a valid field selector key'),
		];
	}

	// The name of a node.
	return [
		...errors,
		...values.flatMap((value, index) =>
			dnsSubdomainProblems(String(value)).map((problem) =>
				invalid(`${field}.values[${index}]`, value, problem),
			),
		),
	];
};

const termErrors = (
	term: Tree,
	field: string,
	hasLegalValues: boolean,
): FieldError[] => [
	...treesAt(term, 'matchExpressions').flatMap((expression, index) =>
		expressionErrors(
			expression,
			`${field}.matchExpressions[${index}]`,
			hasLegalValues,
		),
	),
	...treesAt(term, 'matchFields').flatMap((expression, index) =>
		fieldErrors(expression, `${field}.matchFields[${index}]`),
	),
];

/**
What is wrong with a required node selector. An empty list of terms is refused; an empty term is not.
*/
export const nodeSelectorErrors = (
	selector: Tree,
	field: string,
): FieldError[] => {
	const terms = treesAt(selector, 'nodeSelectorTerms');
	return terms.length === 0
		? [
				required(
					`${field}.nodeSelectorTerms`,
					'must have at least one node selector term',
				),
			]
		: terms.flatMap((term, index) =>
				termErrors(term, `${field}.nodeSelectorTerms[${index}]`, true),
			);
};

const weightErrors = (term: Tree, field: string): FieldError[] => {
	const weight = numberAt(term, 'weight') ?? 0;
	return weight < 1 || weight > 100
		? [invalid(`${field}.weight`, weight, 'must be in the range 1-100')]
		: [];
};

const podTermErrors = (term: Tree, field: string): FieldError[] => {
	const key = textAt(term, 'topologyKey');
	const selector = treeAt(term, 'labelSelector');
	const errors = treesAt(selector, 'matchExpressions').flatMap(
		(expression, index): FieldError[] => {
			const operator = textAt(expression, 'operator');
			const path = `${field}.labelSelector.matchExpressions[${index}]`;
			if (!['In', 'NotIn', 'Exists', 'DoesNotExist'].includes(operator)) {
				return [
					invalid(
						`${path}.operator`,
						operator,
						'not a valid selector operator',
					),
				];
			}

			const values = listAt(expression, 'values');
			if (!operator.endsWith('In')) {
				return values.length === 0
					? []
					: [
							forbidden(
								`${path}.values`,
								"may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
							),
						];
			}

			return values.length === 0
				? [
						required(
							`${path}.values`,
							"must be specified when `operator` is 'In' or 'NotIn'",
						),
					]
				: [];
		},
	);
	if (key === '') {
		errors.push(required(`${field}.topologyKey`, 'can not be empty'));
	}

	return [
		...errors,
		...qualifiedNameProblems(key).map((problem) =>
			invalid(`${field}.topologyKey`, key, problem),
		),
	];
};

const podAffinityErrors = (
	affinity: Tree | undefined,
	field: string,
): FieldError[] => {
	const preferred = 'preferredDuringSchedulingIgnoredDuringExecution';
	const requiredTerms = 'requiredDuringSchedulingIgnoredDuringExecution';
	return [
		...treesAt(affinity, requiredTerms).flatMap((term, index) =>
			podTermErrors(term, `${field}.${requiredTerms}[${index}]`),
		),
		...treesAt(affinity, preferred).flatMap((term, index) => [
			...weightErrors(term, `${field}.${preferred}[${index}]`),
			...podTermErrors(
				treeAt(term, 'podAffinityTerm') ?? {},
				`${field}.${preferred}[${index}].podAffinityTerm`,
			),
		]),
	];
};

/**
What is wrong with a pod's affinity (core validation of 1.34).
*/
export const affinityErrors = (
	affinity: Tree | undefined,
	field: string,
): FieldError[] => {
	const node = treeAt(affinity, 'nodeAffinity');
	const requiredSelector = treeAt(
		node,
		'requiredDuringSchedulingIgnoredDuringExecution',
	);
	const preferred = 'preferredDuringSchedulingIgnoredDuringExecution';
	return [
		...(requiredSelector
			? nodeSelectorErrors(
					requiredSelector,
					`${field}.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution`,
				)
			: []),
		...treesAt(node, preferred).flatMap((term, index) => [
			...weightErrors(term, `${field}.nodeAffinity.${preferred}[${index}]`),
			...termErrors(
				treeAt(term, 'preference') ?? {},
				`${field}.nodeAffinity.${preferred}[${index}].preference`,
				// What is only preferred may be compared with what no label can be.
				false,
			),
		]),
		...podAffinityErrors(
			treeAt(affinity, 'podAffinity'),
			`${field}.podAffinity`,
		),
		...podAffinityErrors(
			treeAt(affinity, 'podAntiAffinity'),
			`${field}.podAntiAffinity`,
		),
	];
};
