import {type Diagnosis} from '../../core/findings/diagnose.js';
import {type Finding, type Severity} from '../../core/findings/finding.js';
import {objectText} from '../../core/object-text.js';
import {sanitize} from '../../core/sanitize.js';

// The ampersand first: the others bring one along.
const escapes: ReadonlyArray<readonly [string, string]> = [
	['&', '&amp;'],
	['<', '&lt;'],
	['>', '&gt;'],
	['"', '&quot;'],
	["'", '&apos;'],
];

const escape = (text: string): string => {
	let escaped = sanitize(text);
	for (const [character, entity] of escapes) {
		escaped = escaped.replaceAll(character, () => entity);
	}

	return escaped;
};

const testCase = (finding: Finding, isFailure: boolean): string => {
	const text = [
		finding.message,
		finding.consequence,
		...finding.evidence.map(
			({object, path, actual, expected}) =>
				`${object.kind} ${object.name} ${path} = ${actual ?? '(absent)'}${expected === undefined ? '' : `, should be ${expected}`}`,
		),
		...finding.offers.map(({title}) => `Fix: ${title}`),
	].join('\n');
	const open = `    <testcase name="${escape(`${finding.id} ${objectText(finding.object)}`)}" classname="${escape(finding.namespace ?? 'cluster')}"`;
	return isFailure
		? `${open}>\n      <failure type="${finding.severity}" message="${escape(finding.message)}">${escape(text)}</failure>\n    </testcase>`
		: `${open}>\n      <system-out>${escape(text)}</system-out>\n    </testcase>`;
};

/**
The diagnosis as a JUnit report: a suite per namespace, a failure per finding that makes the exit code 1; a namespace without any is one passed case.
*/
export const diagnosisJunit = (
	diagnosis: Diagnosis,
	namespaces: readonly string[],
	isFailure: (severity: Severity) => boolean,
): string => {
	const groups = new Map<string, Finding[]>(
		namespaces.map((name) => [name, []]),
	);
	for (const finding of diagnosis.findings) {
		const name = finding.namespace ?? 'cluster';
		groups.set(name, [...(groups.get(name) ?? []), finding]);
	}

	const suites = [...groups]
		.toSorted(([a], [b]) => a.localeCompare(b))
		.map(([name, findings]) => {
			const failures = findings.filter(({severity}) =>
				isFailure(severity),
			).length;
			const cases =
				findings.length === 0
					? [`    <testcase name="healthy" classname="${escape(name)}"/>`]
					: findings.map((finding) =>
							testCase(finding, isFailure(finding.severity)),
						);
			return `  <testsuite name="${escape(name)}" tests="${cases.length}" failures="${failures}">\n${cases.join('\n')}\n  </testsuite>`;
		});
	return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="liqoscope">\n${suites.join('\n')}\n</testsuites>\n`;
};
