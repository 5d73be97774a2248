import {
	type Affinity,
	type NodeSelector,
	type PreferredTerm,
	type SelectorRequirement,
	type SelectorTerm,
} from '../../core/kubernetes.js';
import {compact, emptyMap} from './maps.js';
import {type Scan, tableOf} from './wire.js';

type Read<T> = (end: number) => T;

export const createRequirementReader = (
	scan: Scan,
): Read<SelectorRequirement> => {
	let key = '';
	let operator = '';
	let values: string[] | undefined;
	const fields = tableOf({
		1(limit) {
			key = scan.text(limit);
		},
		2(limit) {
			operator = scan.text(limit);
		},
		3(limit) {
			(values ??= []).push(scan.text(limit));
		},
	});
	return (end) => {
		key = '';
		operator = '';
		values = undefined;
		scan.walk(end, fields);
		return values === undefined ? {key, operator} : {key, operator, values};
	};
};

const createTermReader = (scan: Scan): Read<SelectorTerm> => {
	const readRequirement = createRequirementReader(scan);
	let expressions: SelectorRequirement[] | undefined;
	let matchFields: SelectorRequirement[] | undefined;
	const fields = tableOf({
		1(limit) {
			(expressions ??= []).push(readRequirement(scan.enter(limit)));
		},
		2(limit) {
			(matchFields ??= []).push(readRequirement(scan.enter(limit)));
		},
	});
	return (end) => {
		expressions = undefined;
		matchFields = undefined;
		scan.walk(end, fields);
		return compact<SelectorTerm>({matchExpressions: expressions, matchFields});
	};
};

const createSelectorReader = (scan: Scan): Read<NodeSelector> => {
	const readTerm = createTermReader(scan);
	let terms: SelectorTerm[] = [];
	const fields = tableOf({
		1(limit) {
			terms.push(readTerm(scan.enter(limit)));
		},
	});
	return (end) => {
		terms = [];
		scan.walk(end, fields);
		return {nodeSelectorTerms: terms};
	};
};

const createPreferredReader = (scan: Scan): Read<PreferredTerm> => {
	const readTerm = createTermReader(scan);
	let weight = 0;
	let preference: SelectorTerm = {};
	const fields = tableOf(
		{
			2(limit) {
				preference = readTerm(scan.enter(limit));
			},
		},
		{
			1() {
				weight = scan.reader.int32();
			},
		},
	);
	return (end) => {
		weight = 0;
		preference = {};
		scan.walk(end, fields);
		return {weight, preference};
	};
};

/**
Reader of a pod's affinity. Of affinity to other pods only the number of rules is kept.
*/
export const createAffinityReader = (scan: Scan): Read<Affinity> => {
	const readSelector = createSelectorReader(scan);
	const readPreferred = createPreferredReader(scan);
	let required: NodeSelector | undefined;
	let preferred: PreferredTerm[] | undefined;
	const nodeFields = tableOf({
		1(limit) {
			required = readSelector(scan.enter(limit));
		},
		2(limit) {
			(preferred ??= []).push(readPreferred(scan.enter(limit)));
		},
	});
	let others: Record<string, Array<Readonly<Record<string, never>>>> = {};
	const mark = (name: string) => (limit: number) => {
		scan.leave(limit);
		(others[name] ??= []).push(emptyMap);
	};

	const podFields = tableOf({
		1: mark('requiredDuringSchedulingIgnoredDuringExecution'),
		2: mark('preferredDuringSchedulingIgnoredDuringExecution'),
	});
	const readOthers = (limit: number): Readonly<Record<string, unknown>> => {
		others = {};
		scan.walk(scan.enter(limit), podFields);
		return others;
	};

	let affinity: {-readonly [K in keyof Affinity]: Affinity[K]} = {};
	const fields = tableOf({
		1(limit) {
			required = undefined;
			preferred = undefined;
			scan.walk(scan.enter(limit), nodeFields);
			affinity.nodeAffinity = compact<NonNullable<Affinity['nodeAffinity']>>({
				requiredDuringSchedulingIgnoredDuringExecution: required,
				preferredDuringSchedulingIgnoredDuringExecution: preferred,
			});
		},
		2(limit) {
			affinity.podAffinity = readOthers(limit);
		},
		3(limit) {
			affinity.podAntiAffinity = readOthers(limit);
		},
	});
	return (end) => {
		affinity = {};
		scan.walk(end, fields);
		return affinity;
	};
};
