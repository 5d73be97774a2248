import {setTimeout as delay} from 'node:timers/promises';
import {act, bindingsOf, findMap, type Scene} from './act.js';
import {type Recorded, type Verdict} from './case-types.js';
import {differences} from './compare.js';
import {fixtureObjects, tenantNamespace} from './fixtures.js';
import {checkInvariants, isListed} from './order.js';
import {
	namespaceReference,
	observeNamespace,
	offloadingReference,
	transitionTimes,
	versions,
} from './observe.js';
import {type Stage, type StageMaker, type StageSetup} from './stage.js';

const stepsOf = (recorded: Recorded): readonly Recorded[] =>
	recorded.steps ?? [
		{title: '', actions: recorded.actions, observed: recorded.observed},
	];

const actionsOf = (step: Recorded): readonly Recorded[] =>
	step.actions ?? (step.action ? [step.action] : []);

const allActionsOf = (recorded: Recorded): readonly Recorded[] =>
	stepsOf(recorded).flatMap((step) => actionsOf(step));

/**
The namespaces that a case is about, the one that is looked at first.
*/
const namespacesOfCase = (recorded: Recorded): readonly string[] => {
	const given = recorded.given ?? {};
	const names = [
		...[given.namespace ?? [], given.namespaces ?? []]
			.flat()
			.map((one: Recorded) => (typeof one === 'string' ? one : one.name)),
		...allActionsOf(recorded).flatMap(({object}) =>
			object?.kind === 'NamespaceOffloading'
				? [object.metadata.namespace]
				: object?.kind === 'Namespace'
					? [object.metadata.name]
					: [],
		),
		...stepsOf(recorded).flatMap(
			({observed}) => observed?.namespaceOffloading?.metadata?.namespace ?? [],
		),
		recorded.id,
	].filter(Boolean);
	const [first] = names;
	const isLastNeeded = names.length === 1;
	return [
		first,
		...new Set(
			isLastNeeded ? [] : names.slice(1, -1).filter((name) => name !== first),
		),
	];
};

/**
Provider namespaces and the local map's head, as the end-to-end cases show them.
*/
const observeProvider = async (
	scene: Scene,
	expected: Recorded,
): Promise<Recorded> => {
	const {stage, namespace, provider = ''} = scene;
	const local = await findMap(scene, provider);
	const copies = await stage.list('NamespaceMap', provider);
	const copy = copies[0];
	const twins: Record<string, Recorded> = {};
	for (const name of Object.keys(expected.providerNamespaces ?? {})) {
		const twin = await stage.find(namespaceReference(name), provider);
		twins[name] = twin && {
			annotations: twin.metadata.annotations,
			labels: Object.fromEntries(
				Object.entries(twin.metadata.labels ?? {}).filter(
					([key]) => key !== 'kubernetes.io/metadata.name',
				),
			),
			phase: twin.status?.phase,
			deletionTimestamp: twin.metadata.deletionTimestamp ? '<set>' : undefined,
		};
	}

	return {
		localMapMeta: local && {
			finalizers: local.metadata.finalizers,
			labels: local.metadata.labels,
		},
		providerMap: copy && {
			current: copy.status?.currentMapping?.[namespace],
			desired: copy.spec?.desiredMapping?.[namespace],
			finalizers: copy.metadata.finalizers,
			labels: copy.metadata.labels,
		},
		providerNamespaces: twins,
	};
};

const observeLegacyProvider = async (
	scene: Scene,
	expected: Recorded,
): Promise<Recorded> => {
	const twins: Record<string, Recorded> = {};
	for (const name of Object.keys(expected)) {
		const twin = await scene.stage.find(
			namespaceReference(name),
			scene.provider,
		);
		const bindings = twin ? await bindingsOf(scene, name, scene.provider) : [];
		twins[name] = twin && {
			annotations: twin.metadata.annotations,
			// As a text: 0 is not "nothing" here.
			capsuleRoleBindings: String(bindings.length),
			labels: {},
			phase: twin.status?.phase,
			deletionTimestamp: twin.metadata.deletionTimestamp ? '<set>' : undefined,
		};
	}

	return twins;
};

const withTextCounts = (twins: Recorded): Recorded =>
	Object.fromEntries(
		Object.entries(twins).map(([name, twin]) => [
			name,
			twin && {
				...(twin as Recorded),
				capsuleRoleBindings: String((twin as Recorded).capsuleRoleBindings),
			},
		]),
	);

const seen = new Set([
	'namespaceOffloading',
	'namespaceMaps',
	'namespaceMapsByClusterID',
	'namespace',
	'events',
]);

const isByNamespace = (expected: Recorded): boolean => {
	const values = Object.values<Recorded>(expected);
	return (
		!('namespaceOffloading' in expected) &&
		values.length > 0 &&
		values.every(
			(one) => one !== null && 'namespaceOffloading' in new Object(one),
		)
	);
};

const compareScene = async (
	scene: Scene,
	expected: Recorded,
	path: string,
): Promise<readonly string[]> => {
	if (Array.isArray(expected)) {
		const parts = await Promise.all(
			expected.map(async (one, index) => {
				const {name, namespace} = one.namespaceOffloading?.metadata ?? {};
				return compareScene(
					{
						...scene,
						namespace: namespace ?? scene.namespace,
						offloading: name ?? scene.names?.[index] ?? scene.offloading,
					},
					one,
					`${path}[${index}]`,
				);
			}),
		);
		return parts.flat();
	}

	if (isByNamespace(expected)) {
		const parts = await Promise.all(
			Object.entries(expected).map(async ([namespace, one]) =>
				compareScene({...scene, namespace}, one, `${path}.${namespace}`),
			),
		);
		return parts.flat();
	}

	const {transitionTimesChanged, provider, providerNamespaces, ...all} =
		expected;
	const rest = Object.fromEntries(
		Object.entries(all).filter(([key]) => seen.has(key)),
	);
	const actual = await observeNamespace(
		scene.stage,
		scene.namespace,
		scene.generation,
		scene.offloading,
	);
	const looked = Object.fromEntries(
		Object.entries(actual).filter(([key]) => key in rest),
	);
	return [
		...differences(path, rest, looked),
		...(provider
			? differences(
					`${path}.provider`,
					provider,
					await observeProvider(scene, provider),
				)
			: []),
		...(providerNamespaces
			? differences(
					`${path}.providerNamespaces`,
					withTextCounts(providerNamespaces),
					await observeLegacyProvider(scene, providerNamespaces),
				)
			: []),
	];
};

const compareTimes = (
	expected: Recorded,
	before: Recorded,
	after: Recorded,
	path: string,
): readonly string[] => {
	if (!Array.isArray(expected) || before === undefined || after === undefined) {
		return [];
	}

	const old = transitionTimes(before);
	const changed = [...transitionTimes(after)]
		.filter(([key, time]) => old.get(key) !== time)
		.map(([key]) => key);
	return differences(
		`${path}.transitionTimesChanged`,
		expected.toSorted((a: string, b: string) => a.localeCompare(b)),
		changed.toSorted((a, b) => a.localeCompare(b)),
	);
};

const verdictOf = (found: readonly string[]): Verdict =>
	found.length === 0
		? {state: 'passed'}
		: {state: 'failed', differences: found};

/**
Looks until nothing differs, as long as the stage says that a difference may last.
*/
const lookPatiently = async (
	stage: Stage,
	look: () => Promise<readonly string[]>,
): Promise<readonly string[]> => {
	const end = Date.now() + stage.patience;
	let found = await look();
	while (found.length > 0 && Date.now() < end) {
		await delay(100);
		await stage.settle();
		found = await look();
	}

	return found;
};

const namespaceObjectOf = (recorded: Recorded, name: string): Recorded => {
	const given = recorded.given ?? {};
	const own = [given.namespace ?? [], given.namespaces ?? []]
		.flat()
		.find((one: Recorded) => one.name === name);
	return {
		apiVersion: 'v1',
		kind: 'Namespace',
		metadata: {
			name,
			labels: own?.labels ?? given.namespaceLabels ?? {},
			...(own?.annotations && {annotations: own.annotations}),
		},
	};
};

/**
Plays a case about the consumer: its actions or steps, and what was seen after each.
*/
export const playConsumerCase = async (
	recorded: Recorded,
	setup: Omit<StageSetup, 'objects'> & {
		readonly fixture: Recorded;
		readonly provider?: string;
	},
	makeStage: StageMaker,
): Promise<Verdict> => {
	const [namespace = recorded.id, ...others] = namespacesOfCase(recorded);
	const stage = await makeStage({
		...setup,
		objects: fixtureObjects(setup.fixture ?? {}, setup.generation),
	});
	const scene: Scene = {
		stage,
		generation: setup.generation,
		namespace,
		offloading: 'offloading',
		...(setup.provider !== undefined && {provider: setup.provider}),
		names: allActionsOf(recorded)
			.filter(({object}) => object?.kind === 'NamespaceOffloading')
			.map(({object}) => object.metadata.name),
	};
	await stage.settle();
	const made = new Set(
		allActionsOf(recorded)
			.filter(({object, cluster}) => object?.kind === 'Namespace' && !cluster)
			.map(({object}) => object.metadata.name),
	);
	for (const name of [namespace, ...others]) {
		if (!made.has(name)) {
			await stage.create(namespaceObjectOf(recorded, name));
		}
	}

	await stage.settle();
	const isOrderDependent = recorded.orderDependent === true;
	const steps = stepsOf(recorded);
	const found: string[] = [];
	for (const [index, step] of steps.entries()) {
		const path = recorded.steps ? `step ${index} (${step.title})` : 'observed';
		const reference = offloadingReference(
			setup.generation,
			namespace,
			scene.offloading,
		);
		const actions = actionsOf(step);
		const before =
			actions.length === 0 ? undefined : ((await stage.find(reference)) ?? {});
		await stage.advance();
		const early = recorded.observedBeforeVirtualNodeEvent;
		for (const action of actions) {
			if (early && action.target?.startsWith('virtualnodes/')) {
				await stage.settle();
				found.push(
					...(await lookPatiently(stage, async () =>
						compareScene(scene, early, 'observedBeforeVirtualNodeEvent'),
					)),
				);
			}

			found.push(...(await act(scene, action, path)));
			if (!recorded.steps || actions.length > 1) {
				await stage.settle();
			}
		}

		await stage.settle();
		const {observed} = step;
		if (!observed) {
			continue;
		}

		const look = async (): Promise<readonly string[]> => {
			const differing = await compareScene(scene, observed, path);
			const times = Array.isArray(observed)
				? []
				: compareTimes(
						observed.transitionTimesChanged,
						before,
						await stage.find(reference),
						path,
					);
			if (!isOrderDependent || differing.length + times.length === 0) {
				return [...differing, ...times];
			}

			// Which of the possible outcomes comes out is left to the order of a listing.
			const actual = await observeNamespace(
				stage,
				namespace,
				setup.generation,
				scene.offloading,
			);
			const outcomes: unknown = recorded.outcomes ?? step.outcomes;
			return [
				...checkInvariants(observed, actual, path),
				...(isListed(outcomes, steps, actual)
					? []
					: [
							`${path}: none of the outcomes listed, but ${JSON.stringify(actual.namespaceMaps ?? actual.namespaceMapsByClusterID)}`,
							...differing,
						]),
			];
		};

		found.push(...(await lookPatiently(stage, look)));
	}

	return verdictOf(found);
};

const observeRemote = async (
	stage: Stage,
	expected: Recorded,
): Promise<Recorded> => {
	const maps: Record<string, Recorded> = {};
	for (const id of Object.keys(expected.namespaceMaps ?? {})) {
		const [namespace, name = ''] = id.split('/', 2);
		const map = await stage.find({
			apiVersion: versions(2).map,
			kind: 'NamespaceMap',
			...(namespace && {namespace}),
			name,
		});
		maps[id] = map && {
			currentMapping: map.status?.currentMapping,
			desiredMapping: map.spec?.desiredMapping,
			finalizers: map.metadata.finalizers,
			deletionTimestamp: map.metadata.deletionTimestamp ? '<set>' : undefined,
		};
	}

	const twins: Record<string, Recorded> = {};
	for (const name of Object.keys(expected.namespaces ?? {})) {
		const twin = await stage.find(namespaceReference(name));
		const bindings = (await stage.list('RoleBinding')).filter(
			(binding) => binding.metadata.namespace === name,
		);
		twins[name] = twin && {
			annotations: twin.metadata.annotations,
			labels: Object.fromEntries(
				Object.entries(twin.metadata.labels ?? {}).filter(
					([key]) => key !== 'kubernetes.io/metadata.name',
				),
			),
			phase: twin.status?.phase,
			deletionTimestamp: twin.metadata.deletionTimestamp ? '<set>' : undefined,
			roleBindings: bindings.map((binding) => ({
				name: binding.metadata.name,
				labels: binding.metadata.labels,
				annotations: binding.metadata.annotations,
				roleRef: binding.roleRef,
				subjects: binding.subjects,
			})),
		};
	}

	return {namespaceMaps: maps, namespaces: twins};
};

/**
Plays a case about a provider's side: maps are put there as a consumer's replicator would.
*/
export const playRemoteCase = async (
	recorded: Recorded,
	clusterId: string,
	makeStage: StageMaker,
): Promise<Verdict> => {
	const stage = await makeStage({
		generation: 2,
		clusterId,
		objects: [
			tenantNamespace('liqo-tenant-cons', 'cons'),
			tenantNamespace('liqo-tenant-cons2', 'cons2'),
		],
	});
	const scene: Scene = {
		stage,
		generation: 2,
		namespace: recorded.id,
		offloading: 'offloading',
	};
	const found: string[] = [];
	// The recording's author put the policy up before the first step.
	if (JSON.stringify(recorded).includes('validatingadmissionpolicybindings')) {
		await stage.setRunning('policy', true);
	}

	await stage.settle();

	for (const [index, step] of recorded.steps.entries()) {
		const path = `step ${index} (${step.title})`;
		await stage.advance();
		for (const action of step.actions ?? []) {
			found.push(...(await act(scene, action, path)));
		}

		await stage.settle();
		found.push(
			...(await lookPatiently(stage, async () =>
				differences(
					path,
					step.observed,
					await observeRemote(stage, step.observed),
				),
			)),
		);
	}

	return verdictOf(found);
};

export {oneLegacyNode, virtualNodeOf} from './fixtures.js';
