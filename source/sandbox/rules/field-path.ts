import {type Schema} from '../schema/schema.js';

const step = /^(?:\.(?<name>[^.\[]+)|\['(?<key>(?:[^'\\]|\\.)*)'\])/v;

/**
Reads the `fieldPath` of a rule along its schema.

@returns what it adds to the path of the value the rule is at; undefined when it leads nowhere
*/
export const resolveFieldPath = (
	schema: Schema,
	fieldPath: string,
): string | undefined => {
	let rest = fieldPath;
	let current: Schema | undefined = schema;
	let path = '';
	while (rest !== '') {
		const match = step.exec(rest);
		if (!match) {
			return undefined;
		}

		const {name, key} = match.groups!;
		const property = name ?? key!.replaceAll(/\\(?=.)/gv, '');
		rest = rest.slice(match[0].length);
		if (current?.properties?.[property]) {
			path += `.${property}`;
			current = current.properties[property];
		} else if (typeof current?.additionalProperties === 'object') {
			path += `[${property}]`;
			current = current.additionalProperties;
		} else {
			return undefined;
		}
	}

	return path;
};
