import {textAt, type Tree} from '../value.js';
import {type FieldError, invalid, notSupported} from './field-error.js';
import {labelValueProblems, qualifiedNameProblems} from './names.js';

export const tolerationErrors = (
	toleration: Tree,
	field: string,
): FieldError[] => {
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
