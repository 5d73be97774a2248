import {stringify} from 'yaml';
import {isJsonObject, type JsonObject} from '../../core/json.js';

const hide = (data: unknown): JsonObject =>
	isJsonObject(data)
		? Object.fromEntries(Object.keys(data).map((key) => [key, '***']))
		: {};

/**
An object as YAML for people: without managedFields, and without the values of a Secret.
*/
export const objectYaml = (raw: JsonObject): string => {
	const metadata = isJsonObject(raw.metadata) ? raw.metadata : {};
	const {managedFields: _, ...kept} = metadata;
	return stringify(
		{
			...raw,
			metadata: kept,
			...(raw.kind === 'Secret' && {data: hide(raw.data)}),
		},
		{lineWidth: 0},
	);
};
