import type {GenerationId} from '../../source/core/generations/generation.js';

/**
Requests made at random from a seed: the same seed makes the same requests. Most are sound, some are slightly broken, and the names are few,
so that requests meet objects that are there, that are gone, or that another request has changed.
*/
export type RandomRequest = Readonly<{
	method: string;
	path: string;
	contentType?: string;
	raw?: string;
}>;

type Json = Readonly<Record<string, unknown>>;

const modulus = 2_147_483_647;
const multiplier = 48_271;

/**
Draws from a seed (Park and Miller's minimal standard).
*/
export const createDice = (seed: number) => {
	let state = ((seed * 7919) % (modulus - 1)) + 1;
	const next = (): number => {
		state = (state * multiplier) % modulus;
		return state / modulus;
	};

	next();
	return {
		below: (end: number): number => Math.floor(next() * end),
		isLucky: (chance: number): boolean => next() < chance,
		pick: <Item>(items: readonly Item[]): Item =>
			items[Math.floor(next() * items.length)]!,
	};
};

type Dice = ReturnType<typeof createDice>;

/**
One kind: where its objects are, how they are called, and what a sound one looks like. `parts` are patches of it that mean something.
*/
type Subject = Readonly<{
	apiVersion: string;
	kind: string;
	plural: string;
	isNamespaced: boolean;
	isCustom: boolean;
	hasStatus: boolean;
	hasScale?: boolean;
	names: readonly string[];
	body(dice: Dice): Json;
	parts(dice: Dice): Json;
	status(dice: Dice): Json;
	pointers: readonly string[];
}>;

const numbered = (prefix: string, count: number): string[] =>
	Array.from({length: count}, (_, index) => `${prefix}${index}`);

const container = (dice: Dice, name = 'main'): Json => ({
	name,
	image: dice.pick(['nginx:1.27', 'nginx', 'busybox:latest', 'a/b@sha256:x']),
	...(dice.isLucky(0.3) && {
		ports: [{containerPort: dice.pick([80, 8080, 70_000])}],
	}),
	...(dice.isLucky(0.3) && {
		resources: {
			requests: {cpu: dice.pick(['0.5', '500m', 1, '1']), memory: '64Mi'},
			...(dice.isLucky(0.5) && {
				limits: {cpu: dice.pick(['1', '100m']), memory: '128Mi'},
			}),
		},
	}),
	...(dice.isLucky(0.3) && {
		env: [
			{name: 'A', value: dice.pick(['x', 'y'])},
			{name: 'B', value: ''},
		],
	}),
	...(dice.isLucky(0.15) && {command: ['sh', '-c'], args: []}),
	...(dice.isLucky(0.1) && {
		securityContext: {runAsNonRoot: dice.isLucky(0.5), privileged: false},
	}),
});

const toleration = (dice: Dice): Json =>
	dice.pick([
		{key: 'a', operator: 'Exists', effect: 'NoSchedule'},
		{key: 'b', operator: 'Equal', value: 'c'},
		{operator: 'Exists'},
		{key: 'a', effect: 'NoExecute', tolerationSeconds: 5},
		{operator: 'Equal', value: 'x'},
		{key: 'x', effect: 'NoSchedule', tolerationSeconds: 5},
	]);

const podSpec = (dice: Dice): Json => ({
	containers: [
		container(dice),
		...(dice.isLucky(0.3) ? [container(dice, 'side')] : []),
	],
	...(dice.isLucky(0.3) && {tolerations: [toleration(dice)]}),
	...(dice.isLucky(0.2) && {nodeSelector: {zone: dice.pick(['a', 'b c'])}}),
	...(dice.isLucky(0.2) && {nodeName: 'somewhere'}),
	...(dice.isLucky(0.2) && {
		terminationGracePeriodSeconds: dice.pick([0, 5, -1]),
	}),
	...(dice.isLucky(0.2) && {
		restartPolicy: dice.pick(['Always', 'Never', 'Sometimes']),
	}),
	...(dice.isLucky(0.2) && {
		affinity: {
			nodeAffinity: {
				requiredDuringSchedulingIgnoredDuringExecution: {
					nodeSelectorTerms: [
						{
							matchExpressions: [
								dice.pick<Json>([
									{key: 'liqo.io/type', operator: 'DoesNotExist'},
									{key: 'zone', operator: 'In', values: ['a']},
									{key: 'zone', operator: 'In', values: []},
									{key: 'n', operator: 'Gt', values: ['x']},
								]),
							],
						},
					],
				},
			},
		},
	}),
	...(dice.isLucky(0.1) && {
		volumes: [{name: 'v', emptyDir: {}}],
	}),
});

const template = (dice: Dice): Json => ({
	metadata: {labels: {app: dice.pick(['web', 'web', 'web', 'other'])}},
	spec: podSpec(dice),
});

const selector = (dice: Dice): Json => ({
	nodeSelectorTerms: dice.pick<unknown>([
		[],
		[{matchExpressions: [{key: 'liqo.io/type', operator: 'Exists'}]}],
		[{matchExpressions: [{key: 'region', operator: 'In', values: ['eu']}]}],
		[{matchExpressions: [{operator: 'In'}]}],
	]),
});

const offloadingSpec = (dice: Dice): Json => ({
	...(dice.isLucky(0.6) && {
		podOffloadingStrategy: dice.pick(['Local', 'Remote', 'Nowhere']),
	}),
	...(dice.isLucky(0.6) && {
		namespaceMappingStrategy: dice.pick(['DefaultName', 'EnforceSameName', '']),
	}),
	...(dice.isLucky(0.6) && {clusterSelector: selector(dice)}),
});

const builtin = (dice: Dice): readonly Subject[] => [
	{
		apiVersion: 'v1',
		kind: 'ConfigMap',
		plural: 'configmaps',
		isNamespaced: true,
		isCustom: false,
		hasStatus: false,
		names: numbered('map-', 4),
		body: () => ({
			...(dice.isLucky(0.8) && {data: {a: dice.pick(['1', '2']), b: 'x'}}),
			...(dice.isLucky(0.2) && {binaryData: {c: dice.pick(['YQ==', '!'])}}),
			...(dice.isLucky(0.1) && {immutable: dice.isLucky(0.5)}),
		}),
		parts: () => ({
			data: {[dice.pick(['a', 'b', 'n w'])]: dice.pick(['3', null])},
		}),
		status: () => ({}),
		pointers: ['/data/a', '/data/b', '/data', '/immutable', '/binaryData'],
	},
	{
		apiVersion: 'v1',
		kind: 'Pod',
		plural: 'pods',
		isNamespaced: true,
		isCustom: false,
		hasStatus: true,
		names: numbered('pod-', 4),
		body: () => ({spec: podSpec(dice)}),
		parts: () =>
			dice.pick<Json>([
				{spec: {containers: [container(dice)]}},
				{spec: {containers: [{name: 'main', image: 'new'}]}},
				{spec: {tolerations: [toleration(dice)]}},
				{spec: {nodeName: 'elsewhere'}},
				{spec: {activeDeadlineSeconds: dice.pick([5, 0])}},
				{spec: {nodeSelector: {zone: 'z'}}},
				{spec: {$setElementOrder: {}, hostNetwork: true}},
			]),
		status: () => ({
			phase: dice.pick(['Running', 'Failed', 'Odd']),
			podIP: '10.0.0.1',
			conditions: [{type: 'Ready', status: dice.pick(['True', 'Perhaps'])}],
		}),
		pointers: [
			'/spec/containers/0/image',
			'/spec/containers/-',
			'/spec/tolerations',
			'/spec/tolerations/0',
			'/spec/nodeName',
			'/spec/nodeSelector',
		],
	},
	{
		apiVersion: 'v1',
		kind: 'Node',
		plural: 'nodes',
		isNamespaced: false,
		isCustom: false,
		hasStatus: true,
		names: numbered('node-', 3),
		body: () => ({
			spec: {
				...(dice.isLucky(0.3) && {unschedulable: dice.isLucky(0.5)}),
				...(dice.isLucky(0.4) && {
					taints: [
						{
							key: 'a',
							effect: dice.pick(['NoSchedule', 'NoExecute', 'Never']),
						},
					],
				}),
				...(dice.isLucky(0.2) && {podCIDR: '10.1.0.0/24'}),
			},
		}),
		parts: () =>
			dice.pick<Json>([
				{spec: {unschedulable: dice.pick([true, null])}},
				{spec: {taints: [{key: 'b', effect: 'NoSchedule'}]}},
				{spec: {taints: null}},
				{spec: {providerID: dice.pick(['x', 'y'])}},
			]),
		status: () => ({
			capacity: {cpu: dice.pick(['4', '0.5', 'x']), memory: '8Gi'},
			conditions: [{type: 'Ready', status: 'True'}],
		}),
		pointers: ['/spec/taints', '/spec/taints/0', '/spec/unschedulable'],
	},
	{
		apiVersion: 'v1',
		kind: 'Namespace',
		plural: 'namespaces',
		isNamespaced: false,
		isCustom: false,
		hasStatus: true,
		names: numbered('ns-', 2),
		body: () => ({
			...(dice.isLucky(0.2) && {spec: {finalizers: ['kubernetes']}}),
		}),
		parts: () => ({spec: {finalizers: dice.pick([[], ['x/y'], ['bare']])}}),
		status: () => ({phase: dice.pick(['Active', 'Terminating', 'Odd'])}),
		pointers: ['/spec/finalizers', '/spec/finalizers/0'],
	},
	{
		apiVersion: 'apps/v1',
		kind: 'Deployment',
		plural: 'deployments',
		isNamespaced: true,
		isCustom: false,
		hasStatus: true,
		hasScale: true,
		names: numbered('deploy-', 3),
		body: () => ({
			spec: {
				...(dice.isLucky(0.6) && {replicas: dice.pick([0, 1, 3, -1])}),
				selector: {matchLabels: {app: 'web'}},
				template: template(dice),
				...(dice.isLucky(0.3) && {
					strategy: dice.pick<Json>([
						{type: 'Recreate'},
						{type: 'RollingUpdate', rollingUpdate: {maxSurge: '25%'}},
						{rollingUpdate: {maxUnavailable: 0, maxSurge: 0}},
						{type: 'Recreate', rollingUpdate: {maxSurge: 1}},
						{type: 'Odd'},
					]),
				}),
				...(dice.isLucky(0.2) && {paused: true}),
				...(dice.isLucky(0.2) && {minReadySeconds: dice.pick([5, -1])}),
			},
		}),
		parts: () =>
			dice.pick<Json>([
				{spec: {replicas: dice.pick([2, -2, null])}},
				{spec: {template: {spec: {containers: [container(dice)]}}}},
				{spec: {template: {metadata: {labels: {app: 'x'}}}}},
				{spec: {selector: {matchLabels: {app: 'y'}}}},
				{spec: {strategy: {type: 'Recreate', rollingUpdate: null}}},
				{spec: {paused: dice.isLucky(0.5)}},
			]),
		status: () => ({
			replicas: dice.pick([1, -1]),
			readyReplicas: dice.pick([0, 1, 2]),
			observedGeneration: 1,
		}),
		pointers: [
			'/spec/replicas',
			'/spec/template/spec/containers/0/image',
			'/spec/selector/matchLabels/app',
			'/spec/paused',
			'/spec/strategy',
		],
	},
];

const custom = (dice: Dice, generation: GenerationId): readonly Subject[] => {
	const isFirst = generation === 'v0.3';
	const map = {
		mapping: () => ({
			spec: {desiredMapping: dice.pick<unknown>([{a: 'b'}, {}, {a: 1}, []])},
		}),
	};
	return [
		{
			apiVersion: `offloading.liqo.io/${isFirst ? 'v1alpha1' : 'v1beta1'}`,
			kind: 'NamespaceOffloading',
			plural: 'namespaceoffloadings',
			isNamespaced: true,
			isCustom: true,
			hasStatus: !isFirst,
			names: ['offloading', 'second'],
			body: () => ({spec: offloadingSpec(dice)}),
			parts: () => ({spec: offloadingSpec(dice)}),
			status: () => ({
				offloadingPhase: dice.pick(['Ready', '', 3]),
				remoteNamespacesConditions: {
					eu: [{type: dice.pick(['Ready', 'Odd']), status: 'True'}],
				},
			}),
			pointers: [
				'/spec/podOffloadingStrategy',
				'/spec/clusterSelector',
				'/spec/clusterSelector/nodeSelectorTerms/0',
				'/spec',
				'/status',
			],
		},
		{
			apiVersion: isFirst
				? 'virtualkubelet.liqo.io/v1alpha1'
				: 'offloading.liqo.io/v1beta1',
			kind: 'NamespaceMap',
			plural: 'namespacemaps',
			isNamespaced: true,
			isCustom: true,
			hasStatus: !isFirst,
			names: numbered('map-', 2),
			body: map.mapping,
			parts: map.mapping,
			status: () => ({
				currentMapping: {
					a: {phase: dice.pick(['Accepted', 'Odd']), remoteNamespace: 'b'},
				},
			}),
			pointers: ['/spec/desiredMapping/a', '/spec/desiredMapping', '/spec'],
		},
		{
			apiVersion: isFirst
				? 'discovery.liqo.io/v1alpha1'
				: 'core.liqo.io/v1beta1',
			kind: 'ForeignCluster',
			plural: 'foreignclusters',
			isNamespaced: false,
			isCustom: true,
			hasStatus: true,
			names: numbered('cluster-', 2),
			body: () => ({
				spec: isFirst
					? {
							foreignAuthUrl: dice.pick(['https://x', 5]),
							...(dice.isLucky(0.5) && {
								outgoingPeeringEnabled: dice.pick(['Yes', 'Maybe']),
							}),
							...(dice.isLucky(0.5) && {
								clusterIdentity: {
									clusterID: 'id',
									...(dice.isLucky(0.7) && {clusterName: 'name'}),
								},
							}),
						}
					: {clusterID: dice.pick(['id', 'id', 'Not_OK', ''])},
			}),
			parts: () =>
				isFirst
					? {spec: {ttl: dice.pick<unknown>([5, 'x', 1.5, null])}}
					: {spec: {clusterID: dice.pick(['id', 'other', null])}},
			status: () => ({
				...(isFirst
					? {peeringConditions: [{type: 'NetworkStatus', status: 'Pending'}]}
					: {role: dice.pick(['Consumer', 'Odd'])}),
			}),
			pointers: ['/spec/clusterID', '/spec', '/spec/ttl', '/status'],
		},
	];
};

const oddNames = [
	'UPPER',
	'with space',
	'-dash',
	'a'.repeat(254),
	'a.b',
	'',
	'x_y',
	'é',
];

const metadata = (dice: Dice): Json => ({
	...(dice.isLucky(0.4) && {
		labels: {app: dice.pick(['web', 'db', 'x y', '']), round: '1'},
	}),
	...(dice.isLucky(0.2) && {
		annotations: {
			note: dice.pick(['a', '']),
			...(dice.isLucky(0.1) && {'bad key': 'x'}),
		},
	}),
	...(dice.isLucky(0.15) && {
		finalizers: dice.pick([
			['x.y/z'],
			['bare'],
			[],
			['x.y/z', 'x.y/z'],
			['a b'],
		]),
	}),
	...(dice.isLucky(0.1) && {
		ownerReferences: [
			{
				apiVersion: 'v1',
				kind: 'ConfigMap',
				name: 'owner',
				uid: dice.pick(['1234', '']),
				...(dice.isLucky(0.4) && {controller: true}),
			},
		],
	}),
	...(dice.isLucky(0.04) && {uid: 'mine'}),
	...(dice.isLucky(0.04) && {resourceVersion: dice.pick(['1', 'x', ''])}),
	...(dice.isLucky(0.04) && {generation: 7}),
	...(dice.isLucky(0.04) && {creationTimestamp: null}),
	...(dice.isLucky(0.03) && {managedFields: [{}]}),
	...(dice.isLucky(0.03) && {selfLink: '/x', deletionGracePeriodSeconds: 3}),
});

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const holders = (value: unknown): Array<Record<string, unknown> | unknown[]> =>
	[
		...(isObject(value) || Array.isArray(value) ? [value] : []),
		...Object.values(
			isObject(value) || Array.isArray(value) ? value : [],
		).flatMap((item) => holders(item)),
	] as Array<Record<string, unknown> | unknown[]>;

/**
Breaks one thing somewhere in a body.
*/
const breakSomewhere = (dice: Dice, body: Json): Json => {
	const copy = structuredClone(body) as Record<string, unknown>;
	const holder = dice.pick(holders(copy)) as Record<string, unknown>;
	const keys = Object.keys(holder);
	const key = keys.length > 0 ? dice.pick(keys) : 'unknown';
	switch (dice.below(6)) {
		case 0: {
			delete holder[key]; // eslint-disable-line @typescript-eslint/no-dynamic-delete -- any field may be missing
			break;
		}

		case 1: {
			holder[key] = null;
			break;
		}

		case 2: {
			holder[Array.isArray(holder) ? key : 'unknownField'] = 'x';
			break;
		}

		case 3: {
			holder[key] = dice.pick<unknown>([5, -1, 1.5, true, 'text', '']);
			break;
		}

		case 4: {
			holder[key] = dice.pick<unknown>([{}, [], {x: 'y'}, ['x'], [{}]]);
			break;
		}

		default: {
			holder[key] = [holder[key]];
		}
	}

	return copy;
};

const clip = (text: string, dice: Dice): string =>
	text.slice(0, dice.below(text.length));

const repeatField = (text: string): string =>
	text.replace(
		/"(?:name|app|data|spec)":/v,
		(field) => `${field}"first",${field}`,
	);

const query = (
	dice: Dice,
	choices: ReadonlyArray<readonly [chance: number, ...texts: string[]]>,
): string => {
	const parts = choices
		.filter(([chance]) => dice.isLucky(chance))
		.map(([, ...texts]) => dice.pick(texts));
	return parts.length === 0 ? '' : `?${parts.join('&')}`;
};

const writeQuery = (dice: Dice): string =>
	query(dice, [
		[0.12, 'dryRun=All', 'dryRun=All', 'dryRun=Some', 'dryRun='],
		[
			0.3,
			'fieldValidation=Strict',
			'fieldValidation=Strict',
			'fieldValidation=Ignore',
			'fieldValidation=Warn',
			'fieldValidation=Odd',
		],
		[0.15, 'fieldManager=me', 'fieldManager=you', 'fieldManager='],
	]);

/**
Makes requests for one round, whose objects have names of their own.

@param seed
@param round part of all names, at most 8 letters
@param generation of the Liqo kinds
*/
export const createRandomRequests = (
	seed: number,
	round: string,
	generation: GenerationId,
): {
	setup: readonly RandomRequest[];
	next(): RandomRequest;
} => {
	const dice = createDice(seed);
	const subjects = [...builtin(dice), ...custom(dice, generation)];
	const namespaces = [`${round}-one`, `${round}-two`];

	const nameOf = (subject: Subject): string => {
		const name = dice.pick(subject.names);
		return subject.isNamespaced ? name : `${round}-${name}`;
	};

	const collectionOf = (subject: Subject, namespace: string): string => {
		const root = subject.apiVersion.includes('/') ? '/apis' : '/api';
		const place = subject.isNamespaced ? `/namespaces/${namespace}` : '';
		return `${root}/${subject.apiVersion}${place}/${subject.plural}`;
	};

	const bodyOf = (subject: Subject, name: string, namespace: string): Json => {
		const sound = {
			apiVersion: subject.apiVersion,
			kind: subject.kind,
			metadata: {
				name,
				...(subject.isNamespaced && dice.isLucky(0.3) && {namespace}),
				...metadata(dice),
				...(!subject.isNamespaced && {
					labels: {round, app: dice.pick(['web', 'db'])},
				}),
			},
			...subject.body(dice),
			...(dice.isLucky(0.1) && {status: subject.status(dice)}),
		};
		if (dice.isLucky(0.04)) {
			const odd = dice.pick(oddNames);
			return {
				...sound,
				metadata: {
					...sound.metadata,
					name: subject.isNamespaced ? odd : `${round}${odd}`,
				},
			};
		}

		if (dice.isLucky(0.03)) {
			return {...sound, kind: dice.pick(['Other', 'Event', '', 'List'])};
		}

		if (dice.isLucky(0.03)) {
			return {...sound, apiVersion: dice.pick(['v2', 'apps/v1', '', 'a/b/c'])};
		}

		return dice.isLucky(0.3) ? breakSomewhere(dice, sound) : sound;
	};

	const textOf = (body: unknown): string => {
		const text = JSON.stringify(body);
		return dice.isLucky(0.02)
			? clip(text, dice)
			: dice.isLucky(0.03)
				? repeatField(text)
				: text;
	};

	const json = {contentType: 'application/json'};

	const create = (subject: Subject, namespace: string): RandomRequest => {
		const body = bodyOf(subject, nameOf(subject), namespace);
		return {
			method: 'POST',
			path: `${collectionOf(subject, namespace)}${writeQuery(dice)}`,
			...json,
			raw: textOf(body),
		};
	};

	const replace = (
		subject: Subject,
		path: string,
		name: string,
		namespace: string,
	): RandomRequest => {
		const isStatus = subject.hasStatus && dice.isLucky(0.3);
		const body = bodyOf(subject, name, namespace);
		return {
			method: 'PUT',
			path: `${path}${isStatus ? '/status' : ''}${writeQuery(dice)}`,
			...json,
			raw: textOf(isStatus ? {...body, status: subject.status(dice)} : body),
		};
	};

	const operation = (subject: Subject): Json => {
		const pointers = [
			...subject.pointers,
			'/metadata/labels/app',
			'/metadata/labels',
			'/metadata/annotations/note',
			'/metadata/finalizers',
			'/nowhere/at/all',
		];
		const op = dice.pick([
			'add',
			'add',
			'replace',
			'replace',
			'remove',
			'test',
			'copy',
			'move',
			'odd',
		]);
		const value = dice.pick<unknown>([
			'x',
			'web',
			2,
			true,
			null,
			{a: 'b'},
			['x.y/z'],
			[],
		]);
		return {
			op,
			path: dice.pick(pointers),
			...(['copy', 'move'].includes(op) && {from: dice.pick(pointers)}),
			...(['add', 'replace', 'test'].includes(op) && {value}),
		};
	};

	const partOf = (subject: Subject, isStatus: boolean): Json => {
		const part = isStatus
			? {status: subject.status(dice)}
			: dice.isLucky(0.6)
				? subject.parts(dice)
				: {metadata: metadata(dice)};
		return dice.isLucky(0.15) ? breakSomewhere(dice, part) : part;
	};

	const patch = (
		subject: Subject,
		path: string,
		name: string,
		namespace: string,
	): RandomRequest => {
		const isStatus = subject.hasStatus && dice.isLucky(0.2);
		const target = `${path}${isStatus ? '/status' : ''}`;
		const type = dice.pick(['json', 'merge', 'merge', 'strategic', 'apply']);
		if (type === 'json') {
			const operations = Array.from({length: 1 + dice.below(3)}, () =>
				operation(subject),
			);
			return {
				method: 'PATCH',
				path: `${target}${writeQuery(dice)}`,
				contentType: 'application/json-patch+json',
				raw: textOf(operations),
			};
		}

		if (type === 'apply') {
			const body = bodyOf(subject, name, namespace);
			const options = query(dice, [
				[0.95, 'fieldManager=one', 'fieldManager=two'],
				[0.4, 'force=true', 'force=true', 'force=false'],
				[0.1, 'dryRun=All'],
				[0.2, 'fieldValidation=Strict', 'fieldValidation=Ignore'],
			]);
			return {
				method: 'PATCH',
				path: `${target}${options}`,
				contentType: 'application/apply-patch+yaml',
				// How broken YAML is broken is a matter of the library.
				raw: JSON.stringify(
					isStatus ? {...body, status: subject.status(dice)} : body,
				),
			};
		}

		return {
			method: 'PATCH',
			path: `${target}${writeQuery(dice)}`,
			contentType:
				type === 'merge'
					? 'application/merge-patch+json'
					: 'application/strategic-merge-patch+json',
			raw: textOf(partOf(subject, isStatus)),
		};
	};

	const remove = (path: string): RandomRequest => {
		const options = {
			...(dice.isLucky(0.2) && {
				propagationPolicy: dice.pick([
					'Foreground',
					'Background',
					'Orphan',
					'Odd',
				]),
			}),
			...(dice.isLucky(0.2) && {
				gracePeriodSeconds: dice.pick<unknown>([0, 1, 30, -1, 'x']),
			}),
			...(dice.isLucky(0.1) && {
				preconditions: dice.pick<Json>([
					{uid: 'x'},
					{resourceVersion: '1'},
					{},
				]),
			}),
			...(dice.isLucky(0.1) && {dryRun: ['All']}),
			...(dice.isLucky(0.05) && {orphanDependents: dice.isLucky(0.5)}),
			...(dice.isLucky(0.05) && {unknownField: 1}),
		};
		if (dice.isLucky(0.5)) {
			return {
				method: 'DELETE',
				path: `${path}${query(dice, [
					[0.2, 'dryRun=All', 'dryRun=Odd'],
					[
						0.2,
						'gracePeriodSeconds=0',
						'gracePeriodSeconds=5',
						'gracePeriodSeconds=x',
					],
					[
						0.2,
						'propagationPolicy=Foreground',
						'propagationPolicy=Orphan',
						'propagationPolicy=odd',
					],
				])}`,
			};
		}

		return {
			method: 'DELETE',
			path,
			...json,
			raw: textOf({apiVersion: 'v1', kind: 'DeleteOptions', ...options}),
		};
	};

	const list = (subject: Subject, namespace: string): RandomRequest => {
		const labels = dice.pick([
			'app%3Dweb',
			'app!%3Dweb',
			'app',
			'!app',
			'app%20in%20(web,db)',
			'app%20notin%20(web)',
			'app%3D',
			'a%20b',
			'app%20in',
		]);
		const own = subject.isNamespaced ? '' : `round%3D${round},`;
		const fields = dice.pick([
			`metadata.name%3D${nameOf(subject)}`,
			`metadata.name!%3D${nameOf(subject)}`,
			'metadata.namespace%3Dx',
			'status.phase%3DRunning',
			'spec.nodeName%3Dsomewhere',
			'spec.replicas%3D1',
			'metadata.name',
		]);
		const rest = query(dice, [
			[0.3, `fieldSelector=${fields}`],
			[0.2, 'limit=1', 'limit=2', 'limit=0', 'limit=x'],
			[0.1, 'resourceVersion=0', 'resourceVersion=x'],
		]).replace('?', '&');
		return {
			method: 'GET',
			path: `${collectionOf(subject, namespace)}?labelSelector=${own}${labels}${rest}`,
		};
	};

	const scale = (path: string, name: string): RandomRequest => {
		switch (dice.below(3)) {
			case 0: {
				return {method: 'GET', path: `${path}/scale`};
			}

			case 1: {
				return {
					method: 'PUT',
					path: `${path}/scale`,
					...json,
					raw: textOf({
						apiVersion: 'autoscaling/v1',
						kind: 'Scale',
						metadata: {name},
						spec: {replicas: dice.pick([2, -1])},
					}),
				};
			}

			default: {
				return {
					method: 'PATCH',
					path: `${path}/scale${writeQuery(dice)}`,
					contentType: 'application/merge-patch+json',
					raw: textOf({spec: {replicas: dice.pick<unknown>([4, -1, 'x'])}}),
				};
			}
		}
	};

	const next = (): RandomRequest => {
		const subject = dice.pick(subjects);
		const namespace = dice.isLucky(0.03)
			? `${round}-none`
			: dice.pick(namespaces);
		const name = nameOf(subject);
		const path = `${collectionOf(subject, namespace)}/${name}`;
		if (subject.hasScale && dice.isLucky(0.15)) {
			return scale(path, name);
		}

		const draw = dice.below(100);
		if (draw < 30) {
			return create(subject, namespace);
		}

		if (draw < 45) {
			return replace(subject, path, name, namespace);
		}

		if (draw < 75) {
			return patch(subject, path, name, namespace);
		}

		if (draw < 84) {
			return remove(path);
		}

		if (draw < 86 && subject.isNamespaced) {
			return remove(collectionOf(subject, namespace));
		}

		return draw < 94
			? list(subject, namespace)
			: {
					method: 'GET',
					path:
						dice.isLucky(0.3) && subject.hasStatus ? `${path}/status` : path,
				};
	};

	return {
		setup: namespaces.map((name) => ({
			method: 'POST',
			path: '/api/v1/namespaces',
			...json,
			raw: JSON.stringify({
				apiVersion: 'v1',
				kind: 'Namespace',
				metadata: {name, labels: {round}},
			}),
		})),
		next,
	};
};
