import {
	type Affinity,
	type Container,
	type Labels,
	type PodSpec,
	type Toleration,
} from '../../core/kubernetes.js';
import {createAffinityReader} from './affinity.js';
import {assemblePodSpec, type PodSpecParts} from './assemble-pod-spec.js';
import {createContainerReader, SharedList} from './containers.js';
import {
	compact,
	createMapReader,
	createQuantityReader,
	emptyMap,
} from './maps.js';
import {createSpreadReader} from './spread.js';
import {type Scan, tableOf} from './wire.js';

type Mutable<T> = {-readonly [K in keyof T]?: T[K] | undefined};

const createTolerationReader = (scan: Scan): ((end: number) => Toleration) => {
	let parts: Mutable<Toleration> = {};
	const text =
		(name: 'key' | 'operator' | 'value' | 'effect') => (limit: number) => {
			const value = scan.text(limit);
			parts[name] = value === '' ? undefined : value;
		};

	const fields = tableOf(
		{1: text('key'), 2: text('operator'), 3: text('value'), 4: text('effect')},
		{
			5() {
				parts.tolerationSeconds = scan.whole();
			},
		},
	);
	return (end) => {
		parts = {};
		scan.walk(end, fields);
		return compact<Toleration>(parts);
	};
};

/**
Finds the claim in a volume; all other kinds of volumes are stepped over.
*/
const createVolumeReader = (
	scan: Scan,
	keep: (claim: string) => void,
): ((limit: number) => void) => {
	const claimFields = tableOf({
		1(limit) {
			keep(scan.text(limit));
		},
	});
	const sourceFields = tableOf({
		10(limit) {
			scan.walk(scan.enter(limit), claimFields);
		},
	});
	const fields = tableOf({
		2(limit) {
			scan.walk(scan.enter(limit), sourceFields);
		},
	});
	return (limit) => {
		scan.walk(scan.enter(limit), fields);
	};
};

/**
Reader of a pod's spec: starts at its length, ends behind it.
*/
export const createPodSpecReader = (
	scan: Scan,
): ((limit: number) => PodSpec) => {
	const {reader} = scan;
	const readAffinity = createAffinityReader(scan);
	const readContainer = createContainerReader(scan);
	const readToleration = createTolerationReader(scan);
	const readSpread = createSpreadReader(scan);
	const readNodeSelector = createMapReader(scan, 7);
	const readOverhead = createMapReader(scan, 32, {
		readValue: createQuantityReader(scan),
	});
	const containers = new SharedList<Container>();
	const initContainers = new SharedList<Container>();
	const tolerations = new SharedList<Toleration>();
	const pullSecrets = new SharedList<string>();
	let hasRare = false;
	let claims: string[] | undefined;
	let gates: Array<{name: string}> | undefined;
	let spreads: Array<Readonly<Record<string, unknown>>> | undefined;
	let secret = '';
	let secretHash = 0;
	let parts: PodSpecParts = {containers: []};
	const readVolume = createVolumeReader(scan, (claim) => {
		(claims ??= []).push(claim);
		hasRare = true;
	});

	const gateFields = tableOf({
		1(limit) {
			(gates ??= []).push({name: scan.text(limit)});
		},
	});

	const secretFields = tableOf({
		1(limit) {
			secret = scan.text(limit);
			secretHash = scan.interner.lastHash;
		},
	});

	const text =
		(
			name: 'nodeName' | 'schedulerName' | 'serviceAccountName',
		): ((limit: number) => void) =>
		(limit) => {
			const value = scan.text(limit);
			parts[name] = value === '' ? undefined : value;
		};

	const keepMap = (name: 'nodeSelector' | 'overhead', map: Labels): void => {
		if (map === emptyMap) {
			return;
		}

		parts[name] = map;
		hasRare = true;
	};

	const fields = tableOf(
		{
			1: readVolume,
			2(limit) {
				readContainer(limit, containers);
			},
			7(limit) {
				keepMap('nodeSelector', readNodeSelector(limit));
			},
			8: text('serviceAccountName'),
			10: text('nodeName'),
			15(limit) {
				secret = '';
				secretHash = 0;
				scan.walk(scan.enter(limit), secretFields);
				pullSecrets.push(secret, secretHash);
			},
			18(limit) {
				parts.affinity = scan.shared<Affinity>(limit, readAffinity);
			},
			19: text('schedulerName'),
			20(limit) {
				readContainer(limit, initContainers);
			},
			22(limit) {
				const toleration = scan.shared(limit, readToleration);
				tolerations.push(toleration, scan.interner.lastHash);
			},
			29(limit) {
				const value = scan.text(limit);
				if (value === '') {
					return;
				}

				parts.runtimeClassName = value;
				hasRare = true;
			},
			32(limit) {
				keepMap('overhead', readOverhead(limit));
			},
			33(limit) {
				(spreads ??= []).push(scan.shared(limit, readSpread));
				hasRare = true;
			},
			38(limit) {
				scan.walk(scan.enter(limit), gateFields);
				hasRare = true;
			},
		},
		{
			4() {
				parts.terminationGracePeriodSeconds = scan.whole();
			},
			11() {
				if (!reader.bool()) {
					return;
				}

				parts.hostNetwork = true;
				hasRare = true;
			},
			21() {
				parts.automountServiceAccountToken = reader.bool();
				hasRare = true;
			},
			25() {
				parts.priority = reader.int32();
			},
		},
	);
	return (limit) => {
		parts = {containers: []};
		hasRare = false;
		claims = undefined;
		gates = undefined;
		spreads = undefined;
		scan.walk(scan.enter(limit), fields);
		const tolerationList = tolerations.take();
		const initList = initContainers.take();
		const secretList = pullSecrets.take();
		parts.containers = containers.take();
		parts.tolerations =
			tolerationList.length === 0 ? undefined : tolerationList;
		parts.imagePullSecrets = secretList.length === 0 ? undefined : secretList;
		if (initList.length > 0) {
			parts.initContainers = initList;
			hasRare = true;
		}

		parts.claims = claims;
		parts.schedulingGates = gates;
		parts.topologySpreadConstraints = spreads;
		return assemblePodSpec(parts, hasRare);
	};
};
