/**
Adds up what the steps of `.ci/run` left in a directory: an exit code per step, and vitest's JSON report for the suites.
A step that failed without a failed test counts as one failure. Names what failed and what was skipped; the last line is the sum.
*/
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const directory = process.argv[2] ?? '.';
const steps = ['install', 'test', 'build', 'control-plane', 'cluster'];
const suites = new Set(['test', 'cluster']);

const read = (name) => {
	const file = path.join(directory, name);
	return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined;
};

const outcomes = {passed: [], failed: [], skipped: []};
const outcomeOf = {passed: outcomes.passed, failed: outcomes.failed};

for (const step of steps) {
	const report = suites.has(step) ? read(`${step}.json`) : undefined;
	const failedBefore = outcomes.failed.length;
	for (const suite of report === undefined
		? []
		: JSON.parse(report).testResults) {
		for (const test of suite.assertionResults) {
			(outcomeOf[test.status] ?? outcomes.skipped).push(
				`${path.relative('.', suite.name)}: ${test.fullName}`,
			);
		}
	}

	const code = read(`${step}.code`)?.trim();
	const isComplete =
		code === '0' && (!suites.has(step) || report !== undefined);
	if (!isComplete && outcomes.failed.length === failedBefore) {
		outcomes.failed.push(
			`${step}: ${code === undefined ? 'did not run' : `exit code ${code}`}`,
		);
	}
}

for (const outcome of ['skipped', 'failed']) {
	for (const name of outcomes[outcome]) {
		console.log(`${outcome}: ${name}`);
	}
}

console.log(
	`${outcomes.passed.length} passed, ${outcomes.failed.length} failed, ${outcomes.skipped.length} skipped`,
);
process.exitCode = outcomes.failed.length > 0 ? 1 : 0;
