/**
The names Kubernetes accepts, and what it says of others (apimachinery, util/validation). Each function answers all problems, in order.
*/
const labelPattern = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const subdomainPattern = String.raw`${labelPattern}(\.${labelPattern})*`;
const qualifiedPattern = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';

const isLabel = /^[0-9a-z](?:[\-0-9a-z]*[0-9a-z])?$/v;
const isSubdomain =
	/^[0-9a-z](?:[\-0-9a-z]*[0-9a-z])?(?:\.[0-9a-z](?:[\-0-9a-z]*[0-9a-z])?)*$/v;
const isQualifiedPart = /^(?:[0-9A-Za-z][\w\-.]*)?[0-9A-Za-z]$/v;
const isLabelValue = /^(?:(?:[0-9A-Za-z][\w\-.]*)?[0-9A-Za-z])?$/v;
const isServiceName = /^[a-z](?:[\-0-9a-z]*[0-9a-z])?$/v;
const isConfigKey = /^[\w\-.]+$/v;

const explained = (
	message: string,
	examples: readonly string[],
	pattern: string,
): string =>
	`${message} (e.g. ${examples
		.map((example) => `'${example}'`)
		.join(',  or ')}, regex used for validation is '${pattern}')`;

const tooLong = (limit: number): string =>
	`must be no more than ${limit} characters`;

export const labelMessage = explained(
	"a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
	['my-name', '123-abc'],
	labelPattern,
).replace(',  or ', ',  or ');

const subdomainMessage = explained(
	"a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
	['example.com'],
	subdomainPattern,
);

const qualifiedMessage = explained(
	"must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
	['MyName', 'my.name', '123-abc'],
	qualifiedPattern,
);

const labelValueMessage = explained(
	"a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
	['MyValue', 'my_value', '12345'],
	`(${qualifiedPattern})?`,
);

export const dnsLabelProblems = (value: string): string[] => [
	...(value.length > 63 ? [tooLong(63)] : []),
	...(isLabel.test(value)
		? []
		: [isSubdomain.test(value) ? 'must not contain dots' : labelMessage]),
];

export const dnsSubdomainProblems = (value: string): string[] => [
	...(value.length > 253 ? [tooLong(253)] : []),
	...(isSubdomain.test(value) ? [] : [subdomainMessage]),
];

export const serviceNameProblems = (value: string): string[] => [
	...(value.length > 63 ? [tooLong(63)] : []),
	...(isServiceName.test(value)
		? []
		: [
				explained(
					"a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
					['my-name', 'abc-123'],
					'[a-z]([-a-z0-9]*[a-z0-9])?',
				),
			]),
];

/**
Names that become one segment of a path (roles and bindings).
*/
export const pathSegmentProblems = (value: string): string[] => {
	if (value === '.' || value === '..') {
		return [`may not be '${value}'`];
	}

	return ['/', '%']
		.filter((sign) => value.includes(sign))
		.map((sign) => `may not contain '${sign}'`);
};

/**
Keys of labels and taints: `name` or `prefix/name`.
*/
export const qualifiedNameProblems = (value: string): string[] => {
	const problems: string[] = [];
	const parts = value.split('/');
	if (parts.length > 2) {
		return [
			`a qualified name ${qualifiedMessage} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
		];
	}

	if (parts.length === 2) {
		const [prefix = ''] = parts;
		if (prefix === '') {
			problems.push('prefix part must be non-empty');
		} else {
			problems.push(
				...dnsSubdomainProblems(prefix).map((text) => `prefix part ${text}`),
			);
		}
	}

	const name = parts.at(-1) ?? '';
	if (name === '') {
		problems.push('name part must be non-empty');
	} else if (name.length > 63) {
		problems.push(`name part ${tooLong(63)}`);
	}

	if (!isQualifiedPart.test(name)) {
		problems.push(`name part ${qualifiedMessage}`);
	}

	return problems;
};

export const labelValueProblems = (value: string): string[] => [
	...(value.length > 63 ? [tooLong(63)] : []),
	...(isLabelValue.test(value) ? [] : [labelValueMessage]),
];

/**
Keys of ConfigMaps and Secrets.
*/
export const configKeyProblems = (value: string): string[] => {
	const problems: string[] = [];
	if (value.length > 253) {
		problems.push(tooLong(253));
	}

	if (!isConfigKey.test(value)) {
		problems.push(
			explained(
				"a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
				['key.name', 'KEY_NAME', 'key-name'],
				'[-._a-zA-Z0-9]+',
			),
		);
	}

	if (value === '.') {
		problems.push("must not be '.'");
	} else if (value === '..') {
		problems.push("must not be '..'");
	} else if (value.startsWith('..')) {
		problems.push("must not start with '..'");
	}

	return problems;
};
