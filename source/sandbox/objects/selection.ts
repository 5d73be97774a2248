import {badRequest, type Failure} from '../http/status.js';
import {type Kind} from '../kinds/kind.js';
import {
	type FieldRequirement,
	matchesFields,
	parseFieldSelector,
} from '../selectors/field-selector.js';
import {
	matchesLabels,
	parseLabelSelector,
	type Requirement,
} from '../selectors/label-selector.js';
import {type Entry} from '../storage/entry.js';

export type Selection = {
	readonly labels: readonly Requirement[];
	readonly fields: readonly FieldRequirement[];
};

export const selects = ({labels, fields}: Selection, entry: Entry): boolean =>
	matchesLabels(labels, entry.labels) && matchesFields(fields, entry);

/**
Kinds that name their fields although they have none beyond the usual.
*/
const ownLabels = new Set<string>();

/**
The label and field selector of a query.
*/
export const readSelection = (
	kind: Kind,
	query: URLSearchParams,
): Selection | Failure => {
	const labels = parseLabelSelector(query.get('labelSelector') ?? '');
	if ('problem' in labels) {
		return badRequest(labels.problem);
	}

	const hasOwnFields =
		kind.isCustom || kind.selectableFields.size > 0 || ownLabels.has(kind.kind);
	const fields = parseFieldSelector(
		query.get('fieldSelector') ?? '',
		kind.selectableFields,
		hasOwnFields,
	);
	if (
		hasOwnFields &&
		!kind.isNamespaced &&
		'selector' in fields &&
		fields.selector.some(({field}) => field === 'metadata.namespace')
	) {
		return badRequest('field label not supported: metadata.namespace');
	}

	return 'problem' in fields
		? badRequest(fields.problem)
		: {labels: labels.selector, fields: fields.selector};
};
