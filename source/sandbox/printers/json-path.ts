import {at, isTree, type Value} from '../value.js';

type Step = (values: Value[]) => Value[];

const field =
	(name: string): Step =>
	(values) =>
		values.flatMap((value) => {
			const found = isTree(value) ? value[name] : undefined;
			return found === undefined ? [] : [found];
		});

const everyItem: Step = (values) =>
	values.flatMap((value) => {
		if (Array.isArray(value)) {
			return value;
		}

		return isTree(value) ? Object.values(value) : [];
	});

const literal = (text: string): Value => {
	const trimmed = text.trim();
	if (/^["'].*["']$/v.test(trimmed)) {
		return trimmed.slice(1, -1);
	}

	return trimmed === 'true' || trimmed === 'false'
		? trimmed === 'true'
		: Number(trimmed);
};

const filter = (expression: string): Step => {
	const groups =
		/^@(?<path>\.[^\s!<=>]+)(?: *(?<operator>==|!=) *(?<value>[^ ].*))?$/v.exec(
			expression.trim(),
		)?.groups;
	if (!groups) {
		return () => [];
	}

	const path = (groups.path ?? '').split('.').slice(1);
	const {operator, value} = groups;
	return (values) =>
		everyItem(values).filter((item) => {
			const found = at(item, ...path);
			return operator === undefined
				? found !== undefined
				: (found === literal(value ?? '')) === (operator === '==');
		});
};

const index = (text: string): Step => {
	if (text === '*') {
		return everyItem;
	}

	if (text.startsWith('?(')) {
		return filter(text.slice(2, -1));
	}

	if (/^["']/v.test(text)) {
		return field(text.slice(1, -1));
	}

	const position = Number(text);
	return (values) =>
		values.flatMap((value) => {
			const found = Array.isArray(value) ? value.at(position) : undefined;
			return found === undefined ? [] : [found];
		});
};

/**
A JSON path as printer columns use it: fields (dots escaped by a backslash), indexes, `*` and filters on equality.

@returns a function that finds all values, none for a path that leads nowhere
*/
export const readJsonPath = (path: string): ((value: Value) => Value[]) => {
	const steps: Step[] = [];
	let rest = path
		.replace(/^\{(?<inner>.*)\}$/v, '$<inner>')
		.replace(/^\$/v, '');
	while (rest !== '') {
		const bracket = /^\[(?<inner>\?\(.*?\)|[^\]]*)\]/v.exec(rest);
		const name = /^\.?(?<name>(?:\\.|[^.\[\\])+)/v.exec(rest);
		if (bracket) {
			steps.push(index(bracket.groups?.inner ?? ''));
			rest = rest.slice(bracket[0].length);
		} else if (name) {
			const key = (name.groups?.name ?? '').replaceAll(/\\(.)/gv, '$1');
			steps.push(key === '*' ? everyItem : field(key));
			rest = rest.slice(name[0].length);
		} else {
			rest = rest.slice(1);
		}
	}

	return (value) => {
		let values = [value];
		for (const step of steps) {
			values = step(values);
		}

		return values;
	};
};
