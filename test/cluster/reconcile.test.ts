import fs from 'node:fs';
import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, afterEach, beforeAll, describe, expect, it} from 'vitest';
import {type JsonObject} from '../../source/core/json.js';
import type {ControlPlane} from '../../source/sandbox/engines/kube-apiserver/control-plane.js';
import {
	ask,
	create,
	startTestControlPlane,
	until,
} from '../helpers/control-plane.js';
import {
	at,
	buryNamespaces,
	offloading,
	offloadingPath,
	patch,
	peer,
	readList,
	selecting,
} from './peering.js';
import {readStanding, simulateStanding} from './simulated.js';
import {
	bundle,
	type ReconcileProcess,
	startReconcile,
} from './reconcile-process.js';

let plane: ControlPlane;
let directory: string;
const children: ReconcileProcess[] = [];

const start = (...parameters: string[]): ReconcileProcess => {
	const child = startReconcile(directory, all(), parameters);
	children.push(child);
	return child;
};

let undertaker: {stop(): Promise<void>};

const home = () => plane.cluster('home');
const milan = () => plane.cluster('milan');
const turin = () => plane.cluster('turin');
const providers = ['--provider', 'milan=milan', '--provider', 'turin=turin'];
const all = () => [home(), milan(), turin()];

beforeAll(async () => {
	directory = await bundle();
	plane = await startTestControlPlane({
		clusters: [
			{name: 'home', isAudited: true},
			{name: 'milan', isAudited: true},
			{name: 'turin', isAudited: true},
		],
	});
	await peer(
		home(),
		new Map([
			['milan', milan()],
			['turin', turin()],
		]),
	);
	undertaker = buryNamespaces(all());
});

afterEach(() => {
	for (const child of children.splice(0)) {
		child.kill('SIGKILL');
	}
});

afterAll(async () => {
	await undertaker?.stop();
	await plane?.stop();
	fs.rmSync(directory, {recursive: true, force: true});
});

const phaseOf = async (name: string): Promise<unknown> => {
	const answer = await ask(home(), offloadingPath(name));
	return at(JSON.parse(answer.text) as JsonObject, 'status', 'offloadingPhase');
};

const twinsOf = async (cluster: 'milan' | 'turin'): Promise<string[]> => {
	const namespaces = await readList(
		plane.cluster(cluster),
		'/api/v1/namespaces',
	);
	return namespaces
		.filter(
			(object) =>
				at(
					object,
					'metadata',
					'annotations',
					'liqo.io/managed-by-namespace-map',
				) !== undefined,
		)
		.map((object) => String(at(object, 'metadata', 'name')))
		.toSorted();
};

const once = async (...parameters: string[]) => {
	const child = start('--once', ...providers, ...parameters);
	const code = await child.ended;
	return {code, lines: child.lines};
};

const writesOf = (): number =>
	all()
		.flatMap((cluster) => cluster.auditLog())
		.filter(
			({verb, userAgent, objectRef}) =>
				userAgent?.startsWith('liqoscope') === true &&
				objectRef?.resource !== 'leases' &&
				['create', 'update', 'patch', 'delete'].includes(verb),
		).length;

const mappingsOf = async (): Promise<Record<string, string[]>> => {
	const maps = await readList(
		home(),
		'/apis/offloading.liqo.io/v1beta1/namespacemaps',
	);
	return Object.fromEntries(
		maps.map((map) => [
			String(at(map, 'metadata', 'name')),
			Object.keys(at(map, 'spec', 'desiredMapping') ?? {}).toSorted(),
		]),
	);
};

const remove = async (name: string) => {
	await ask(home(), offloadingPath(name), {method: 'DELETE'});
};

const isThere = async (path: string, cluster = home()): Promise<boolean> => {
	const answer = await ask(cluster, path);
	return answer.status === 200;
};

/**
Offloadings of every kind, the way they are edited, and where they must end.
*/
const play = async (prefix: string, count: number) => {
	const names = (kind: string, share: number) =>
		Array.from(
			{length: Math.round(count * share)},
			(_, index) => `${prefix}-${kind}-${index}`,
		);
	const kinds = {
		all: names('all', 0.3),
		milan: names('milan', 0.2),
		narrowed: names('narrowed', 0.2),
		broken: names('broken', 0.1),
		deleted: names('deleted', 0.2),
	};
	const broken: JsonObject = {
		clusterSelector: {
			nodeSelectorTerms: [
				{
					matchExpressions: [
						{key: 'region', operator: 'Equals', values: ['x']},
					],
				},
			],
		},
	};
	const begin = async () => {
		for (const [group, spec] of [
			[kinds.all, {}],
			[kinds.milan, selecting('milan')],
			[kinds.narrowed, {}],
			[kinds.broken, {}],
			[kinds.deleted, selecting('milan', 'turin')],
		] as const) {
			for (const name of group) {
				await create(home(), offloading(name, spec));
			}
		}
	};

	const edit = async () => {
		for (const name of kinds.narrowed) {
			await patch(home(), offloadingPath(name), {spec: selecting('turin')});
		}

		for (const name of kinds.deleted) {
			await remove(name);
		}

		// Hands in the works: a label taken away, an entry taken out, a twin deleted.
		const [first = '', second = '', third = ''] = kinds.all;
		await patch(home(), `/api/v1/namespaces/${first}`, {
			metadata: {labels: {'liqo.io/scheduling-enabled': 'false'}},
		});
		await patch(
			home(),
			'/apis/offloading.liqo.io/v1beta1/namespaces/liqo-tenant-milan/namespacemaps/milan',

			{spec: {desiredMapping: {[second]: null}}},
		)
			// A process that is killed all the time may not have made the map yet.
			.catch(() => undefined);
		await ask(milan(), `/api/v1/namespaces/${third}-home-id`, {
			method: 'DELETE',
		});
		for (const name of kinds.broken) {
			await patch(home(), offloadingPath(name), {spec: broken});
		}
	};

	const own = (items: readonly string[]) =>
		items
			// A selector that cannot be read leaves the mappings as they were when it came.
			.filter(
				(item) =>
					item.startsWith(`${prefix}-`) &&
					!item.startsWith(`${prefix}-broken-`),
			)
			.toSorted();
	const wanted = {
		milan: own([...kinds.all, ...kinds.milan]),
		turin: own([...kinds.all, ...kinds.narrowed]),
	};
	const state = async () => {
		const mappings = await mappingsOf();
		return {
			milan: own(mappings.milan ?? []),
			turin: own(mappings.turin ?? []),
			milanTwins: own(await twinsOf('milan')),
			turinTwins: own(await twinsOf('turin')),
			phases: await Promise.all(
				[...kinds.all, ...kinds.milan, ...kinds.narrowed].map(async (name) =>
					phaseOf(name),
				),
			),
			deleted: await Promise.all(
				kinds.deleted.map(async (name) => isThere(offloadingPath(name))),
			),
		};
	};

	const expected = {
		...wanted,
		milanTwins: wanted.milan.map((name) => `${name}-home-id`),
		turinTwins: wanted.turin.map((name) => `${name}-home-id`),
		phases: [...kinds.all, ...kinds.milan, ...kinds.narrowed].map(
			() => 'Ready',
		),
		deleted: kinds.deleted.map(() => false),
	};
	return {begin, edit, state, expected};
};

describe('reconcile against real API servers', () => {
	it('brings an offloading to Ready and takes it back', async () => {
		await create(home(), offloading('first'));
		const {code, lines} = await once();
		expect(code, lines.join('\n')).toBe(0);
		expect(await phaseOf('first')).toBe('Ready');
		expect(await twinsOf('milan')).toEqual(['first-home-id']);
		expect(await twinsOf('turin')).toEqual(['first-home-id']);
		await ask(home(), offloadingPath('first'), {method: 'DELETE'});
		const end = await once();
		expect(end.code, end.lines.join('\n')).toBe(0);
		expect(await isThere(offloadingPath('first'))).toBe(false);
		expect(await twinsOf('milan')).toEqual([]);
		expect(await twinsOf('turin')).toEqual([]);
	});

	it('brings fifty offloadings to where a simulation says while hands change things, and then writes nothing', async () => {
		const child = start(...providers, '--lease-duration', '10s');
		const {begin, edit, state, expected} = await play('many', 50);
		await begin();
		await until(
			'the first twins are there',
			async () => {
				const twins = await twinsOf('milan');
				return twins.length >= 10;
			},
			120_000,
		);
		await edit();
		await until(
			'the fifty offloadings have settled',
			async () => JSON.stringify(await state()) === JSON.stringify(expected),
			120_000,
		).catch(() => undefined);
		expect(await state(), child.lines.slice(-40).join('\n')).toEqual(expected);
		child.kill('SIGTERM');
		expect(await child.ended).toBe(143);
		// What was still on its way when the first one ended (statuses of those that the check above leaves out).
		await once();
		const before = writesOf();
		const {code, lines} = await once();
		expect(code, lines.join('\n')).toBe(0);
		expect(writesOf() - before).toBe(0);
		const isMeant = (name: string) =>
			name.startsWith('many-') && !name.startsWith('many-broken-');
		const providerServers = new Map([
			['milan', milan()],
			['turin', turin()],
		]);
		expect(await readStanding(home(), providerServers, isMeant)).toEqual(
			await simulateStanding(home(), providerServers, isMeant),
		);
	}, 240_000);

	it('converges though it is killed again and again', async () => {
		const {begin, edit, state, expected} = await play('killed', 20);
		const work = begin().then(edit);
		for (let life = 1; life <= 8; life++) {
			const child = start(
				...providers,
				'--lease',
				'none',
				'--log-level',
				'debug',
			);
			const sent = () =>
				child.lines.filter((line) => line.includes('msg=sent')).length;
			await until(
				`life ${life} has written, or has nothing to write`,
				() =>
					sent() >= life ||
					child.lines.some((line) => line.includes('nothing to do')),
			);
			child.kill('SIGKILL');
			expect(await child.ended).toBe('SIGKILL');
		}

		await work;
		const {code, lines} = await once('--lease', 'none');
		expect(code, lines.join('\n')).toBe(0);
		expect(await state(), lines.slice(-40).join('\n')).toEqual(expected);
	}, 240_000);

	it('lets one of two processes act, and the other when the first is killed', async () => {
		const parameters = [...providers, '--lease-duration', '3s'];
		const first = start(...parameters);
		await until('the first leads', () =>
			first.lines.some((line) => line.includes('holding the lease')),
		);
		const second = start(...parameters);
		await until('the second stands by', () =>
			second.lines.some((line) => line.includes('waiting for the lease')),
		);
		first.kill('SIGKILL');
		await create(home(), offloading('heir'));
		await until(
			'the second acts',
			async () => (await phaseOf('heir')) === 'Ready',
		);
		second.kill('SIGTERM');
		expect(await second.ended).toBe(143);
	});

	it('goes on without a provider that is down, and says why', async () => {
		const file = join(directory, 'nowhere.yaml');
		await writeFile(
			file,
			JSON.stringify({
				clusters: [{name: 'nowhere', cluster: {server: 'https://127.0.0.1:1'}}],
				contexts: [{name: 'nowhere', context: {cluster: 'nowhere'}}],
			}),
		);
		const child = startReconcile(
			directory,
			[...all(), {kubeconfig: () => file}],
			[...providers, '--provider', 'nowhere=nowhere', '--lease', 'none'],
		);
		children.push(child);
		await create(home(), offloading('undisturbed'));
		await until(
			'the offloading is ready',
			async () => (await phaseOf('undisturbed')) === 'Ready',
		);
		expect(child.lines.join('\n')).toMatch(
			/provider cannot be reached.*nowhere/v,
		);
		child.kill('SIGTERM');
		expect(await child.ended).toBe(143);
	});

	it('answers the admission reviews of the API server', async () => {
		await create(
			home(),
			offloading('reviewed', {podOffloadingStrategy: 'Remote'}),
		);
		const child = start(
			...providers,
			'--lease',
			'none',
			'--webhook-listen',
			'127.0.0.1:0',
			'--webhook-install',
		);
		await until(
			'the namespace is labelled and the webhooks are registered',
			async () =>
				(await phaseOf('reviewed')) === 'Ready' &&
				child.lines.some((line) => line.includes('registered the webhooks')),
		);
		const pod = {
			apiVersion: 'v1',
			kind: 'Pod',
			metadata: {generateName: 'web-', namespace: 'reviewed'},
			spec: {
				containers: [{name: 'web', image: 'nginx'}],
				automountServiceAccountToken: false,
			},
		};
		let mutated: JsonObject | undefined;
		await until('a pod is mutated', async () => {
			const answer = await ask(home(), '/api/v1/namespaces/reviewed/pods', {
				body: pod,
			});
			mutated = JSON.parse(answer.text) as JsonObject;
			return at(mutated, 'spec', 'affinity', 'nodeAffinity') !== undefined;
		});
		expect(at(mutated, 'spec', 'tolerations')).toContainEqual({
			key: 'virtual-node.liqo.io/not-allowed',
			operator: 'Exists',
			effect: 'NoExecute',
		});
		const refused = await ask(home(), offloadingPath('reviewed'), {
			method: 'PATCH',
			contentType: 'application/merge-patch+json',
			body: {spec: {namespaceMappingStrategy: 'EnforceSameName'}},
		});
		expect(refused.status).toBe(403);
		expect(refused.text).toMatch(
			String.raw`admission webhook \"nsoff.validate.liqo.io\" denied the request: The NamespaceMappingStrategy value cannot be modified after creation`,
		);
		child.kill('SIGTERM');
		expect(await child.ended).toBe(143);
		expect(
			await isThere(
				'/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations/liqoscope',
			),
		).toBe(false);
	});
});
