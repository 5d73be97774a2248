/**
Kubernetes' rules for label keys, label values and object names, in its own words (apimachinery validation).
*/

const nameFormat = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const valueFormat = `(${nameFormat})?`;
const dnsLabelFormat = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const dnsSubdomainFormat = String.raw`${dnsLabelFormat}(\.${dnsLabelFormat})*`;

const isName = (text: string): boolean =>
	/^[\w\-.]+$/v.test(text) && /^[^\W_].*$/v.test(text) && /[^\W_]$/v.test(text);

const isDnsLabel = (text: string): boolean =>
	/^[\d\-a-z]+$/v.test(text) && !text.startsWith('-') && !text.endsWith('-');

const isSubdomain = (text: string): boolean =>
	text.split('.').every((part) => isDnsLabel(part));

const alphanumericEnds =
	"alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";

const regexError = (
	message: string,
	format: string,
	...examples: readonly string[]
): string => {
	const list = examples.map((example) => `'${example}', `).join(' or ');
	return `${message} (e.g. ${list}regex used for validation is '${format}')`;
};

/**
Whose words: those of Kubernetes' libraries up to 1.34, or since 1.35 (Liqo v1.1 and later speak so). Other words for the same rules.
*/
export type SyntaxWording = 'until-1.34' | 'since-1.35';

const maximumError = (
	length: number,
	wording: SyntaxWording = 'until-1.34',
): string =>
	`must be no more than ${length} ${wording === 'since-1.35' ? 'bytes' : 'characters'}`;

const byteLength = (text: string): number => {
	let length = 0;
	for (const character of text) {
		const point = character.codePointAt(0) ?? 0;
		length += point < 0x80 ? 1 : point < 0x8_00 ? 2 : point < 0x1_00_00 ? 3 : 4;
	}

	return length;
};

const tooLong = (
	value: string,
	length: number,
	wording?: SyntaxWording,
): string[] =>
	byteLength(value) > length ? [maximumError(length, wording)] : [];

/**
Why a text is not a lower-case RFC 1123 subdomain (names of most objects, prefixes of label keys); empty when it is one.
*/
export const subdomainProblems = (
	value: string,
	wording?: SyntaxWording,
): readonly string[] => {
	const problems = tooLong(value, 253, wording);
	if (!isSubdomain(value)) {
		problems.push(
			regexError(
				"a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
				dnsSubdomainFormat,
				'example.com',
			),
		);
	}

	return problems;
};

/**
Why a text is not a lower-case RFC 1123 label (names of Namespaces); empty when it is one.
*/
export const dnsLabelProblems = (value: string): readonly string[] => {
	const problems = tooLong(value, 63);
	if (!isDnsLabel(value)) {
		problems.push(
			regexError(
				"a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
				dnsLabelFormat,
				'my-name',
				'123-abc',
			),
		);
	}

	return problems;
};

/**
Why a text is not a label key; empty when it is one.
*/
export const labelKeyProblems = (
	key: string,
	wording: SyntaxWording = 'until-1.34',
): readonly string[] => {
	const parts = key.split('/');
	const noun =
		wording === 'since-1.35' ? 'a valid label key' : 'a qualified name';
	const nameError = regexError(
		`must consist of ${alphanumericEnds}`,
		nameFormat,
		'MyName',
		'my.name',
		'123-abc',
	);
	if (parts.length > 2) {
		return [
			`${noun} ${nameError} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
		];
	}

	const problems: string[] = [];
	const name = parts.at(-1) ?? '';
	const prefix = parts.length === 2 ? parts[0] : undefined;
	if (prefix === '') {
		problems.push('prefix part must be non-empty');
	} else if (prefix !== undefined) {
		problems.push(
			...subdomainProblems(prefix, wording).map(
				(problem) => `prefix part ${problem}`,
			),
		);
	}

	if (name === '') {
		problems.push('name part must be non-empty');
	} else if (byteLength(name) > 63) {
		problems.push(`name part ${maximumError(63, wording)}`);
	}

	if (!isName(name)) {
		problems.push(`name part ${nameError}`);
	}

	return problems;
};

/**
Why a text is not a label value; empty when it is one. The empty text is legal.
*/
export const labelValueProblems = (
	value: string,
	wording?: SyntaxWording,
): readonly string[] => {
	const problems = tooLong(value, 63, wording);
	if (value !== '' && !isName(value)) {
		problems.push(
			regexError(
				`a valid label must be an empty string or consist of ${alphanumericEnds}`,
				valueFormat,
				'MyValue',
				'my_value',
				'12345',
			),
		);
	}

	return problems;
};

const goEscapes: Readonly<Record<string, string>> = {
	'"': String.raw`\"`,
	'\\': '\\\\',
	'\u{7}': String.raw`\a`,
	'\b': String.raw`\b`,
	'\f': String.raw`\f`,
	'\n': String.raw`\n`,
	'\r': String.raw`\r`,
	'\t': String.raw`\t`,
	'\v': String.raw`\v`,
};

const isPrintable = (character: string): boolean =>
	/^[\p{Letter}\p{Mark}\p{Number}\p{Punctuation}\p{Symbol} ]$/v.test(character);

const escapeCharacter = (character: string): string => {
	const known = goEscapes[character];
	if (known !== undefined) {
		return known;
	}

	if (isPrintable(character)) {
		return character;
	}

	const point = character.codePointAt(0) ?? 0;
	if (point < 0x80) {
		return String.raw`\x` + point.toString(16).padStart(2, '0');
	}

	return point < 0x1_00_00
		? String.raw`\u` + point.toString(16).padStart(4, '0')
		: String.raw`\U` + point.toString(16).padStart(8, '0');
};

/**
A text as Go's `%q` prints it, which is how Kubernetes quotes values in its messages.
*/
export const quote = (value: string): string =>
	`"${Array.from(value, (character) => escapeCharacter(character)).join('')}"`;
