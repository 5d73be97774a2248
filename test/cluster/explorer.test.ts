import {afterAll, afterEach, beforeAll, describe, expect, it} from 'vitest';
import type {ApiServer} from '../../source/sandbox/engines/kube-apiserver/api-server.js';
import type {ControlPlane} from '../../source/sandbox/engines/kube-apiserver/control-plane.js';
import {populate} from '../../source/sandbox/engines/kube-apiserver/populate.js';
import {kubectl, until} from '../helpers/control-plane.js';
import {
	failedNamespaces,
	openLiqoscope,
	readyNamespaces,
	runLiqoscope,
	startTenOffloadings,
} from '../helpers/control-plane-explorer.js';
import type {Pty} from '../helpers/pty.js';

const panes = ['Offloadings', 'Clusters', 'Namespaces', 'Pods'] as const;

/**
What the title of a pane says at its end: `live`, `stale since …`.
*/
const freshnessOf = (text: string, pane: (typeof panes)[number]): string => {
	const title = new RegExp(
		String.raw`\d ${pane}  [\d,]+ ─+ (?<freshness>[^─│]+) ─`,
		'v',
	);
	return title.exec(text)?.groups?.freshness ?? '';
};

const everyPane = (freshness: RegExp) => (text: string) =>
	panes.every((pane) => freshness.test(freshnessOf(text, pane)));

const open = async (
	cluster: ApiServer,
	parameters: readonly string[] = [],
): Promise<Pty> => {
	const size = {columns: 200, rows: 60};
	const pty = openLiqoscope(
		[`--kubeconfig=${cluster.kubeconfig()}`, ...parameters],
		size,
	);
	await pty.waitFor('four live panes', everyPane(/^live$/v), 20_000);
	return pty;
};

const offloading = (namespace: string): string =>
	JSON.stringify({
		apiVersion: 'offloading.liqo.io/v1beta1',
		kind: 'NamespaceOffloading',
		metadata: {name: 'offloading', namespace},
		spec: {
			podOffloadingStrategy: 'Remote',
			namespaceMappingStrategy: 'DefaultName',
		},
	});

const statusPatch = (body: unknown): string[] => [
	'--subresource=status',
	'--type=merge',
	'--patch',
	JSON.stringify(body),
];

/**
One change by kubectl, and what the screen shows a second later at most.
*/
type Change = {
	readonly what: string;
	readonly kubectl: readonly string[];
	readonly input?: string;
	readonly shows: RegExp;
	/**
	Whether it is what must be gone.
	*/
	readonly isGone?: boolean;
};

const changes: readonly Change[] = [
	{
		what: 'a phase',
		kubectl: [
			'patch',
			'namespaceoffloading',
			'offloading',
			'-n',
			'shop',
			...statusPatch({status: {offloadingPhase: 'AllFailed'}}),
		],
		shows: /shop +AllFailed/v,
	},
	{
		what: 'a phase back again',
		kubectl: [
			'patch',
			'namespaceoffloading',
			'offloading',
			'-n',
			'shop',
			...statusPatch({status: {offloadingPhase: 'Ready'}}),
		],
		shows: /shop +Ready +3\/3/v,
	},
	{
		what: 'a label of a virtual node',
		kubectl: ['label', 'node', 'liqo-eu', 'tier=diamond', '--overwrite'],
		shows: /tier=diamond/v,
	},
	{
		what: 'a virtual node that is not ready',
		kubectl: [
			'patch',
			'node',
			'liqo-ap',
			'--subresource=status',
			'--type=strategic',
			'--patch',
			'{"status":{"conditions":[{"type":"Ready","status":"False","reason":"KubeletNotReady"}]}}',
		],
		shows: /ap-south +liqo-ap +no/v,
	},
	{
		what: 'a virtual node that is ready again',
		kubectl: [
			'patch',
			'node',
			'liqo-ap',
			'--subresource=status',
			'--type=strategic',
			'--patch',
			'{"status":{"conditions":[{"type":"Ready","status":"True","reason":"KubeletReady"}]}}',
		],
		shows: /ap-south +liqo-ap +yes/v,
	},
	{
		what: 'a mapping that is accepted after all',
		kubectl: [
			'patch',
			'namespacemap',
			'us-east',
			'-n',
			'liqo-tenant-us-east',
			...statusPatch({status: {currentMapping: {media: {phase: 'Accepted'}}}}),
		],
		shows: /media +media-[^ ]+ +- +Accepted +Accepted/v,
	},
	{
		what: 'a new namespace with its offloading',
		kubectl: ['apply', '-f', '-'],
		input: `{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"fresh"}}\n---\n${offloading('fresh')}`,
		shows: /fresh +\S+ +0\/0 of 3 +Remote/v,
	},
	{
		what: 'an offloading that is deleted',
		kubectl: ['delete', 'namespaceoffloading', 'offloading', '-n', 'fresh'],
		shows: /fresh +\S+ +0\/0 of 3/v,
		isGone: true,
	},
	{
		what: 'a new pod',
		kubectl: ['run', 'hello', '-n', 'cart', '--image=hello', '--restart=Never'],
		shows: /cart +hello +Pending/v,
	},
	{
		what: 'a pod that runs',
		kubectl: [
			'patch',
			'pod',
			'hello',
			'-n',
			'cart',
			...statusPatch({status: {phase: 'Running'}}),
		],
		shows: /cart +hello +Running/v,
	},
	{
		what: 'a pod that is deleted',
		kubectl: ['delete', 'pod', 'hello', '-n', 'cart', '--force'],
		shows: /cart +hello/v,
		isGone: true,
	},
];

describe('the explorer on a real control plane', () => {
	let plane: ControlPlane;
	let home: ApiServer;
	let pty: Pty | undefined;
	beforeAll(async () => {
		plane = await startTenOffloadings({
			isAudited: true,
			users: [{name: 'limited'}],
		});
		home = plane.cluster('home');
	});
	afterEach(async () => {
		pty?.kill();
		await pty?.exited;
		pty = undefined;
	});
	afterAll(async () => {
		await plane?.stop();
	});

	it('shows all ten offloadings with both outcomes', async () => {
		pty = await open(home);
		const text = pty.text();
		for (const namespace of readyNamespaces) {
			expect(text).toMatch(
				new RegExp(String.raw`\+ ${namespace} +Ready +3/3`, 'v'),
			);
		}

		for (const namespace of failedNamespaces) {
			expect(text).toMatch(
				new RegExp(`[x!] ${namespace} +SomeFailed +1/2`, 'v'),
			);
		}
	});

	it('shows every change by kubectl within a second', async () => {
		pty = await open(home);
		const late: string[] = [];
		for (const change of changes) {
			await kubectl(
				home,
				change.kubectl,
				change.input === undefined ? {} : {input: change.input},
			);
			const done = performance.timeOrigin + performance.now();
			const isShown = (text: string) =>
				change.shows.test(text) !== (change.isGone === true);
			const shown = await pty.waitFor(change.what, isShown, 10_000);
			if (shown - done > 1000) {
				late.push(`${change.what}: ${Math.round(shown - done)} ms`);
			}
		}

		expect(late).toEqual([]);
	});

	it('goes stale when the server is killed, comes back, and has lost nothing', async () => {
		pty = await open(home);
		await home.stop('SIGKILL');
		await pty.waitFor('four stale panes', everyPane(/^STALE/v), 20_000);
		expect(pty.text()).toMatch(/shop +Ready/v);

		// What others do while nobody answers: a pod goes, another one comes.
		await plane.etcd.store.clear('/home/pods/shop/web-7d4f9-x0');
		const pod = {
			apiVersion: 'v1',
			kind: 'Pod',
			metadata: {
				name: 'meanwhile',
				namespace: 'shop',
				uid: '00000000-0000-4000-8000-000000000001',
				creationTimestamp: '2026-01-01T00:00:00Z',
			},
			spec: {containers: [{name: 'app', image: 'app'}]},
			status: {phase: 'Pending'},
		};
		await populate(plane.etcd.store, home, [pod], []);
		await home.start();
		await pty.waitFor('four live panes', everyPane(/^live$/v), 40_000);
		await pty.waitFor(
			'the new pod and not the old one',
			(text) => /shop +meanwhile/v.test(text) && !text.includes('web-7d4f9-x0'),
			5000,
		);

		await kubectl(home, ['label', 'node', 'liqo-us', 'after=restart']);
		await pty.waitFor(
			'a change after the restart',
			(text) => text.includes('after=restart'),
			1000,
		);
	});

	it('reads only, when told so, whatever is pressed', async () => {
		const before = home.auditLog().length;
		pty = await open(home, ['--readonly']);
		expect(pty.text()).toMatch(/READ-ONLY/v);
		// Documents, remedies, editor, palette, filter, and whatever else may answer.
		for (const keys of [
			'd',
			'\u{1B}',
			'y',
			'\u{1B}',
			'v',
			'\u{1B}',
			'x',
			'\u{1B}',
			'f',
			'\r',
			'\r',
			'y',
			'\u{1B}',
			'e',
			'\u{1B}',
			'z',
			'Z',
			'p',
			'\u{1B}',
			'@',
			'\u{1B}',
			'/shop\r',
			'\u{1B}',
			':',
			'\u{1B}',
		]) {
			const answered = pty.nextOutput(300).catch(() => 0);
			pty.send(keys);
			await answered;
		}

		await kubectl(home, ['annotate', 'namespace', 'shop', `seen=${before}`]);
		await until('the audit log has the change by kubectl', () =>
			home
				.auditLog()
				.slice(before)
				.some(({verb}) => verb === 'patch'),
		);
		const ours = home
			.auditLog()
			.slice(before)
			.filter(({userAgent}) => userAgent?.startsWith('liqoscope/'));
		expect(ours.length).toBeGreaterThan(4);
		const writes = ours.filter(
			({verb, objectRef}) =>
				!['get', 'list', 'watch'].includes(verb) &&
				!(objectRef?.resource ?? '').startsWith('selfsubject'),
		);
		expect(writes).toEqual([]);
	});

	it.each([
		{columns: 80, rows: 24},
		{columns: 120, rows: 40},
		{columns: 200, rows: 60},
	])(
		'fills a terminal of $columns x $rows and leaves it clean',
		async (size) => {
			pty = openLiqoscope([`--kubeconfig=${home.kubeconfig()}`], size);
			await pty.waitFor(
				'the first pane',
				(text) => /Offloadings +\d+ ─+ live/v.test(text),
				20_000,
			);
			await pty.waitFor('the keys', (text) => text.includes('q quit'));
			expect(pty.lines()[0]).toContain('liqoscope');
			expect(pty.lines().at(-1)).toContain('q quit');
			pty.send('q');
			await pty.waitFor('the question', (text) =>
				text.includes('Quit liqoscope?'),
			);
			pty.send('y');

			expect(await pty.exited).toEqual({code: 0});
			// The alternate screen is left and the cursor is back.
			const output = pty.output();
			expect(output.lastIndexOf('\u{1B}[?1049l')).toBeGreaterThan(
				output.lastIndexOf('\u{1B}[?1049h'),
			);
			expect(output.lastIndexOf('\u{1B}[?25h')).toBeGreaterThan(
				output.lastIndexOf('\u{1B}[?25l'),
			);
		},
	);
});

describe('users who may not see everything', () => {
	let plane: ControlPlane;
	let home: ApiServer;
	const rules: Readonly<Record<string, readonly string[]>> = {
		'no-namespaces': [
			'nodes',
			'pods',
			'namespaceoffloadings.offloading.liqo.io',
			'namespacemaps.offloading.liqo.io',
			'virtualnodes.offloading.liqo.io',
		],
		'no-pods': [
			'nodes',
			'namespaces',
			'namespaceoffloadings.offloading.liqo.io',
			'namespacemaps.offloading.liqo.io',
			'virtualnodes.offloading.liqo.io',
		],
		'no-maps': [
			'nodes',
			'namespaces',
			'pods',
			'namespaceoffloadings.offloading.liqo.io',
			'virtualnodes.offloading.liqo.io',
		],
	};
	beforeAll(async () => {
		plane = await startTenOffloadings({
			users: [...Object.keys(rules), 'nobody'].map((name) => ({name})),
		});
		home = plane.cluster('home');
		for (const [user, resources] of Object.entries(rules)) {
			await kubectl(home, [
				'create',
				'clusterrole',
				user,
				'--verb=get,list,watch',
				`--resource=${resources.join(',')}`,
			]);
			await kubectl(home, [
				'create',
				'clusterrolebinding',
				user,
				`--clusterrole=${user}`,
				`--user=${user}`,
			]);
		}
	});
	afterAll(async () => {
		await plane?.stop();
	});

	const get = async (user: string, ...parameters: readonly string[]) =>
		runLiqoscope([
			'get',
			...parameters,
			`--kubeconfig=${home.kubeconfig(user)}`,
		]);

	it('gets what it may', async () => {
		const outcome = await get('no-pods', 'offloadings', '-A');
		expect(outcome.stdout).toMatch(/shop +Ready +3\/3/v);
		expect(outcome.code).toBe(0);
	});

	it.each([
		{user: 'no-pods', what: 'pods', rule: /pods/v},
		{user: 'no-namespaces', what: 'namespaces', rule: /namespaces/v},
		{user: 'no-maps', what: 'maps', rule: /namespacemaps/v},
	])(
		'says which rule $user is missing for $what, with exit code 3',
		async ({user, what, rule}) => {
			const outcome = await get(user, what, '-A');
			expect(outcome.code).toBe(3);
			expect(outcome.stderr).toMatch(rule);
			expect(outcome.stderr).toMatch(/verbs: \["get", "list", "watch"\]/v);
			// Nothing that only a program can read.
			expect(outcome.stderr).toMatch(/^[\P{Other}\n]*$/v);
		},
	);

	it('goes on in all other panes', async () => {
		const pty = openLiqoscope([`--kubeconfig=${home.kubeconfig('no-pods')}`], {
			columns: 200,
			rows: 60,
		});
		try {
			await pty.waitFor(
				'pods are forbidden',
				(text) => freshnessOf(text, 'Pods').includes('FORBIDDEN'),
				20_000,
			);
			await pty.waitFor(
				'offloadings are live',
				(text) => freshnessOf(text, 'Offloadings') === 'live',
				20_000,
			);
			expect(pty.text()).toMatch(/shop +Ready +3\/3/v);
			await kubectl(home, [
				'patch',
				'clusterrole',
				'no-pods',
				'--type=json',
				'--patch',
				'[{"op":"add","path":"/rules/-","value":{"apiGroups":[""],"resources":["pods"],"verbs":["get","list","watch"]}}]',
			]);
			await pty.waitFor(
				'pods are live once they are granted',
				(text) => freshnessOf(text, 'Pods') === 'live',
				45_000,
			);
			expect(pty.text()).toMatch(/shop +web-7d4f9/v);
		} finally {
			pty.kill();
			await pty.exited;
		}
	});

	it('says so when nothing at all may be read', async () => {
		const outcome = await get('nobody', 'offloadings', '-A');
		expect(outcome.code).toBe(3);
		expect(outcome.stderr).toMatch(
			/No permission to list namespaceoffloadings/v,
		);
	});
});
