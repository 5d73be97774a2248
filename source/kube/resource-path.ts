import {type Resource} from '../core/generations/generation.js';

export type Selection = {
	/**
	Absent: all namespaces (or a cluster-scoped kind).
	*/
	readonly namespace?: string | undefined;
	readonly labelSelector?: string | undefined;
	readonly fieldSelector?: string | undefined;
};

/**
Path of a collection, or of one object and its subresource.
*/
export const pathOf = (
	resource: Pick<Resource, 'group' | 'version' | 'plural'>,
	place: {
		readonly namespace?: string | undefined;
		readonly name?: string | undefined;
		readonly subresource?: string | undefined;
	} = {},
): string => {
	const encode = encodeURIComponent;
	const hasNamespace = place.namespace !== undefined && place.namespace !== '';
	const parts = [
		resource.group === ''
			? `/api/${resource.version}`
			: `/apis/${resource.group}/${resource.version}`,
		...(hasNamespace ? ['namespaces', encode(place.namespace)] : []),
		resource.plural,
		...(place.name === undefined ? [] : [encode(place.name)]),
		...(place.subresource === undefined ? [] : [place.subresource]),
	];
	return parts.join('/');
};

/**
Path and query of a list or watch.
*/
export const selectionPath = (
	resource: Pick<Resource, 'group' | 'version' | 'plural'>,
	selection: Selection,
	query: Readonly<Record<string, string | undefined>>,
): string => {
	const parameters = new URLSearchParams();
	for (const [key, value] of Object.entries({
		labelSelector: selection.labelSelector,
		fieldSelector: selection.fieldSelector,
		...query,
	})) {
		if (value !== undefined && value !== '') {
			parameters.set(key, value);
		}
	}

	const path = pathOf(resource, {namespace: selection.namespace});
	return parameters.size === 0 ? path : `${path}?${parameters.toString()}`;
};
