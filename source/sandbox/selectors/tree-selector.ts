import {type Labels} from '../../core/kubernetes.js';
import {listAt, textAt, textsAt, treesAt, type Value} from '../value.js';

/**
Whether labels meet a LabelSelector object (`matchLabels`, `matchExpressions`). An empty one meets everything, an absent one nothing.
*/
export const matchesTreeSelector = (
	selector: Value,
	labels: Labels,
): boolean => {
	if (selector === undefined) {
		return false;
	}

	const isEqual = Object.entries(textsAt(selector, 'matchLabels')).every(
		([key, value]) => labels[key] === value,
	);
	return (
		isEqual &&
		treesAt(selector, 'matchExpressions').every((expression) => {
			const value = labels[textAt(expression, 'key')];
			const values = listAt(expression, 'values');
			switch (textAt(expression, 'operator')) {
				case 'In': {
					return value !== undefined && values.includes(value);
				}

				case 'NotIn': {
					return value === undefined || !values.includes(value);
				}

				case 'Exists': {
					return value !== undefined;
				}

				default: {
					return value === undefined;
				}
			}
		})
	);
};
