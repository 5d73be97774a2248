import {type Parsed} from './label-selector.js';

export type FieldRequirement = {
	readonly field: string;
	readonly isEqual: boolean;
	readonly value: string;
};

const split = (text: string): string[] => {
	const terms: string[] = [];
	let current = '';
	for (let index = 0; index < text.length; index++) {
		const character = text[index]!;
		if (character === '\\') {
			current += character + (text[++index] ?? '');
		} else if (character === ',') {
			terms.push(current);
			current = '';
		} else {
			current += character;
		}
	}

	return [...terms, current];
};

const readTerm = (term: string): FieldRequirement | undefined => {
	const groups = /^(?<field>[^!=]*)(?<operator>!=|==|=)(?<value>.*)$/v.exec(
		term,
	)?.groups;
	return groups
		? {
				field: groups.field ?? '',
				isEqual: groups.operator !== '!=',
				value: (groups.value ?? '').replaceAll(/\\([,=\\])/gv, '$1'),
			}
		: undefined;
};

/**
Reads a field selector as in a `fieldSelector` query (apimachinery, fields.ParseSelector).

@param text
@param supported the fields of the resource that can be selected by, besides metadata.name and metadata.namespace
@param hasOwnFields whether the kind has a say in that at all
*/
export const parseFieldSelector = (
	text: string,
	supported: ReadonlySet<string>,
	hasOwnFields = true,
): Parsed<readonly FieldRequirement[]> => {
	const selector: FieldRequirement[] = [];
	if (/(?<!\\)(?:\\\\)*\\$/v.test(text)) {
		return {
			problem: 'invalid field selector: invalid escape sequence: \\',
		};
	}

	for (const term of split(text)) {
		if (term === '') {
			continue;
		}

		const requirement = readTerm(term);
		if (!requirement) {
			return {
				problem: `invalid selector: '${text}'; can't understand '${term}'`,
			};
		}

		const {field} = requirement;
		if (
			field !== 'metadata.name' &&
			field !== 'metadata.namespace' &&
			!supported.has(field)
		) {
			return {
				problem: hasOwnFields
					? `field label not supported: ${field}`
					: `${JSON.stringify(field)} is not a known field selector: only "metadata.name", "metadata.namespace"`,
			};
		}

		selector.push(requirement);
	}

	return {selector};
};

type Selectable = {
	readonly name: string;
	readonly namespace: string;
	readonly fields: Readonly<Record<string, string>> | undefined;
};

const valueOf = (
	{name, namespace, fields}: Selectable,
	field: string,
): string => {
	if (field === 'metadata.name') {
		return name;
	}

	return field === 'metadata.namespace' ? namespace : (fields?.[field] ?? '');
};

export const matchesFields = (
	selector: readonly FieldRequirement[],
	entry: Selectable,
): boolean =>
	selector.every(
		({field, isEqual, value}) => (valueOf(entry, field) === value) === isEqual,
	);
