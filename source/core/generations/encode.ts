import {absent, type Json, type JsonObject} from '../json.js';
import {
	type AnyObject,
	type Metadata,
	type NamespaceOffloading,
	type VirtualNode,
} from '../model.js';

const isEmpty = (value: unknown): boolean =>
	typeof value === 'object' &&
	value !== absent &&
	Object.keys(value).length === 0;

/**
A JSON value of the model's own shapes, without fields that are absent.
*/
export const plain = (value: unknown): Json => {
	if (Array.isArray(value)) {
		return value.map((item) => plain(item));
	}

	if (typeof value === 'object' && value !== absent) {
		return Object.fromEntries(
			Object.entries(value)
				.filter(([, field]) => field !== undefined)
				.map(([key, field]) => [key, plain(field)]),
		);
	}

	return value as Json;
};

/**
Metadata as a server takes it: empty texts, maps and lists are left out, and so are the managed fields, which only the server writes.
*/
export const encodeMetadata = ({managers, ...metadata}: Metadata): JsonObject =>
	Object.fromEntries(
		Object.entries(metadata)
			.filter(
				([, value]) => value !== undefined && value !== '' && !isEmpty(value),
			)
			.map(([key, value]) => [key, plain(value)]),
	);

/**
An object with its head; a status without any content is left out.
*/
export const encodeObject = (
	object: AnyObject,
	apiVersion: string,
	body: {readonly spec: JsonObject; readonly status: JsonObject},
): JsonObject => ({
	apiVersion,
	kind: object.kind,
	metadata: encodeMetadata(object.metadata),
	spec: plain(body.spec),
	...(!isEmpty(plain(body.status)) && {status: plain(body.status)}),
});

export const withoutEmpty = (fields: Record<string, unknown>): JsonObject =>
	plain(
		Object.fromEntries(
			Object.entries(fields).filter(
				([, value]) => value !== undefined && !isEmpty(value),
			),
		),
	) as JsonObject;

export const encodeOffloading = (
	object: NamespaceOffloading,
	{hasSelectedName}: {readonly hasSelectedName: boolean},
): {spec: JsonObject; status: JsonObject} => {
	const {remoteNamespaceName, ...spec} = object.spec;
	return {
		spec: plain({
			...spec,
			...(hasSelectedName && {remoteNamespaceName}),
		}) as JsonObject,
		status: withoutEmpty(object.status),
	};
};

export const encodeVirtualNode = (
	object: VirtualNode,
	clusterId: JsonObject,
): {spec: JsonObject; status: JsonObject} => {
	const {clusterID, resourceQuota, storageClasses, ...spec} = object.spec;
	return {
		spec: {
			...clusterId,
			...withoutEmpty({
				...spec,
				resourceQuota: isEmpty(resourceQuota)
					? undefined
					: {hard: resourceQuota},
				storageClasses: storageClasses.map((storageClassName) => ({
					storageClassName,
				})),
			}),
		},
		status: withoutEmpty(object.status),
	};
};
