import {expect, test} from 'vitest';
import {diagnose} from '../../../source/core/findings/diagnose.js';
import {
	doubtOf,
	unseenLines,
} from '../../../source/core/findings/unseen-lines.js';
import {faultScenarios} from '../../../source/sandbox/scenarios/faults.js';
import {draftOf} from '../../../source/sandbox/scenarios/scenario.js';
import {worldOf} from '../../helpers/world.js';

const diagnosisOf = (options: Parameters<typeof worldOf>[1]) => {
	const draft = draftOf(
		faultScenarios.find(({id}) => id === 'remote-name-conflict')!,
	);
	return diagnose(worldOf(draft, options), {now: Date.parse(draft.now)});
};

test('providers that are not connected are one line with the flags that connect them', () => {
	const [line, ...others] = unseenLines(
		diagnosisOf({providers: ['us']}).unseen,
	);
	expect(others).toEqual([]);
	expect(line).toMatch(
		/^not seen: the objects on .*; to see them: --provider CONTEXT=\S+ --provider CONTEXT=\S+; \d+ kinds of failure cannot be judged fully$/v,
	);
});

test('a kind that is forbidden is told with the rule that would allow it', () => {
	const lines = unseenLines(
		diagnosisOf({
			home: {access: {Node: {state: 'forbidden', reason: 'no', rule: ''}}},
		}).unseen,
	);
	expect(lines).toEqual([
		expect.stringMatching(
			/^not seen: reading Node is forbidden: no; grant: apiGroups: \[""\], resources: \["nodes"\], verbs: \["get", "list", "watch"\]; \d+ kinds/v,
		),
	]);
});

test('what is not proven says what would make sure of it', () => {
	const {findings, unseen} = diagnosisOf({providers: []});
	const finding = findings.find(({id}) => id === 'remote-name-conflict')!;
	expect(finding.certainty).toBe('likely');
	expect(doubtOf(finding, unseen)).toMatch(
		/^likely: \S+ cannot be looked into without a connection\. To make sure: --provider CONTEXT=\S+$/v,
	);
});

test('what is proven leaves no doubt', () => {
	const {findings, unseen} = diagnosisOf({});
	const finding = findings.find(({id}) => id === 'remote-name-conflict')!;
	expect(finding.certainty).toBe('proven');
	expect(doubtOf(finding, unseen)).toBeUndefined();
});
