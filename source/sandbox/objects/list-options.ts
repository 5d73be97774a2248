import {checkIntegers} from '../http/go-number.js';
import {readBoolean} from '../http/options.js';
import {failure, type Failure} from '../http/status.js';

const invalidListOptions = (
	message: string,
	field: string,
	reason: string,
): Failure =>
	failure(
		422,
		'Invalid',
		`ListOptions.meta.k8s.io "" is invalid: ${field}: ${message}`,
		{
			group: 'meta.k8s.io',
			kind: 'ListOptions',
			causes: [{reason, message, field}],
		},
	);

/**
What the combination of options forbids, in the API server's words.
*/
export const checkListOptions = (
	query: URLSearchParams,
	isWatch: boolean,
): Failure | undefined => {
	const unreadable = checkIntegers(query, ['limit', 'timeoutSeconds']);
	if (unreadable) {
		return unreadable;
	}

	const match = query.get('resourceVersionMatch') ?? '';
	const version = query.get('resourceVersion') ?? '';
	const field = 'resourceVersionMatch';
	const isStreaming = readBoolean(query.get('sendInitialEvents'));
	if (isWatch) {
		if ((query.get('continue') ?? '') !== '') {
			return invalidListOptions(
				'Forbidden: resourceVersionMatch is forbidden when continue is provided',
				field,
				'FieldValueForbidden',
			);
		}

		if (match !== '' && !query.has('sendInitialEvents')) {
			return invalidListOptions(
				'Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
				field,
				'FieldValueForbidden',
			);
		}

		if (isStreaming && match !== 'NotOlderThan') {
			return invalidListOptions(
				'Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
				field,
				'FieldValueForbidden',
			);
		}

		return undefined;
	}

	if (query.has('sendInitialEvents')) {
		return invalidListOptions(
			'Forbidden: sendInitialEvents is forbidden for list',
			'sendInitialEvents',
			'FieldValueForbidden',
		);
	}

	if (match === '') {
		return undefined;
	}

	if (match !== 'Exact' && match !== 'NotOlderThan') {
		return invalidListOptions(
			`Unsupported value: ${JSON.stringify(match)}: supported values: "Exact", "NotOlderThan", ""`,
			field,
			'FieldValueNotSupported',
		);
	}

	if (version === '') {
		return invalidListOptions(
			'Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided',
			field,
			'FieldValueForbidden',
		);
	}

	return match === 'Exact' && version === '0'
		? invalidListOptions(
				'Forbidden: resourceVersionMatch "exact" is forbidden for resourceVersion "0"',
				field,
				'FieldValueForbidden',
			)
		: undefined;
};
