type Asked = {
	readonly operator: string;
	readonly values?: readonly string[] | undefined;
};

/**
What is asked of a key: `In [eu, us]`, `Exists`.
*/
export const askedText = ({operator, values = []}: Asked): string =>
	values.length === 0 ? operator : `${operator} [${values.join(', ')}]`;

/**
A requirement of a selector in words: `region In [eu, us]`, `tier Exists`.
*/
export const requirementText = ({
	key,
	...asked
}: Asked & {readonly key: string}): string => `${key} ${askedText(asked)}`;
