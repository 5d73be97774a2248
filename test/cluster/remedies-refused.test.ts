import fs from 'node:fs';
import path from 'node:path';
import {afterAll, afterEach, beforeAll, describe, expect, it} from 'vitest';
import type {JsonObject} from '../../source/core/json.js';
import {connectCluster} from '../../source/kube/connect.js';
import {faultScenarios} from '../../source/sandbox/scenarios/faults.js';
import {draftOf} from '../../source/sandbox/scenarios/scenario.js';
import {runLine} from '../commands/helpers/run-line.js';
import {openLiqoscope} from '../helpers/control-plane-explorer.js';
import {ask, create, type Thing, until} from '../helpers/control-plane.js';
import type {Pty} from '../helpers/pty.js';
import {
	type Play,
	type RealStage,
	startRealStage,
} from '../helpers/real-stage.js';
import {at, offloadingPath, patch} from './peering.js';
import {bundle} from './reconcile-process.js';

const now = (): string => new Date().toISOString().replace(/\.\d+Z$/v, 'Z');

const patience = 60_000;

/**
`reader` may only look; `half` may also edit offloadings, but delete nothing.
*/
const rights = (
	user: string,
	rules: readonly JsonObject[],
): readonly Thing[] => [
	{
		apiVersion: 'rbac.authorization.k8s.io/v1',
		kind: 'ClusterRole',
		metadata: {name: user},
		rules: [
			{apiGroups: ['*'], resources: ['*'], verbs: ['get', 'list', 'watch']},
			...rules,
		],
	},
	{
		apiVersion: 'rbac.authorization.k8s.io/v1',
		kind: 'ClusterRoleBinding',
		metadata: {name: user},
		roleRef: {
			apiGroup: 'rbac.authorization.k8s.io',
			kind: 'ClusterRole',
			name: user,
		},
		subjects: [
			{apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: user},
		],
	},
];

describe('remedies that a real server refuses, or that come too late', () => {
	let stage: RealStage;
	let play: Play | undefined;
	let pty: Pty | undefined;
	let directory = '';
	beforeAll(async () => {
		directory = await bundle();
		stage = await startRealStage('v1beta1', {
			users: [{name: 'reader'}, {name: 'half'}],
		});
		for (const {name} of stage.plane.clusters) {
			await create(stage.plane.cluster(name), [
				...rights('reader', []),
				...rights('half', [
					{
						apiGroups: ['offloading.liqo.io'],
						resources: ['namespaceoffloadings'],
						verbs: ['patch'],
					},
				]),
			]);
		}
	});
	afterEach(async () => {
		pty?.kill();
		await pty?.exited;
		pty = undefined;
		await play?.stop();
		play = undefined;
	});
	afterAll(async () => {
		await stage?.stop();
		fs.rmSync(directory, {recursive: true, force: true});
	});

	const playScenario = async (id: string): Promise<void> => {
		const scenario = faultScenarios.find((one) => one.id === id)!;
		play = await stage.play(draftOf(scenario, 'v1beta1', now()));
		await play.settled();
	};

	const read = async (url: string): Promise<JsonObject> =>
		JSON.parse((await ask(stage.home, url)).text) as JsonObject;

	const openFix = async (user = 'admin'): Promise<Pty> => {
		pty = openLiqoscope(stage.flags(undefined, user), {
			program: path.join(directory, 'cli.js'),
			columns: 140,
			rows: 50,
		});
		await pty.waitFor(
			'the opening screen',
			(text) => /^ [!x] shop: /mv.test(text),
			patience,
		);
		pty.send('f');
		await pty.waitFor(
			'the fix',
			(text) => text.includes('What happens'),
			patience,
		);
		return pty;
	};

	/**
	The review of the first choice, with the server's answer to its dry run.
	*/
	const openReview = async (scenario: string): Promise<Pty> => {
		await playScenario(scenario);
		const screen = await openFix();
		screen.send('\r');
		await screen.waitFor(
			'the answer of the server',
			(text) => text.includes('Server dry run: accepted.'),
			patience,
		);
		return screen;
	};

	it('changes nothing when it is only tried, not even by deleting', async () => {
		await playScenario('remote-name-conflict');
		const before = await read(offloadingPath('shop'));
		const {code, stderr} = await runLine([
			'fix',
			'remote-name-conflict',
			'-n',
			'shop',
			'--dry-run=server',
			'--answer=mappingStrategy=DefaultName',
			...stage.flags(),
		]);
		expect(stderr).toContain('accepted: Delete the offloading');
		expect(code).toBe(0);
		expect(await read(offloadingPath('shop'))).toEqual(before);
	});

	it('says who may not, and leaves everything as it was', async () => {
		await playScenario('selector-label-typo');
		const before = await read(offloadingPath('shop'));
		const {code, stderr} = await runLine([
			'fix',
			'selector-label-typo',
			'-n',
			'shop',
			'--yes',
			...stage.flags(undefined, 'reader'),
		]);
		expect(stderr).toMatch(
			/^refused: Change the cluster selector\. .*reader/mv,
		);
		expect(stderr).toContain('Nothing was changed.');
		expect(code).toBe(3);
		expect(await read(offloadingPath('shop'))).toEqual(before);
	});

	it('says where it is when it is not in the namespace of the context', async () => {
		await playScenario('selector-label-typo');
		const {code, stderr} = await runLine([
			'fix',
			'selector-label-typo',
			'--yes',
			...stage.flags(),
		]);
		expect(stderr).toContain(
			'There is no selector-label-typo in namespace default: nothing to fix. It is in shop: add -n shop.',
		);
		expect(code).toBe(0);
	});

	it('stops at the first refusal, and says what was done before it', async () => {
		await playScenario('selector-label-typo');
		const {code, stderr} = await runLine([
			'fix',
			'selector-label-typo',
			'-n',
			'shop',
			'--yes',
			...stage.flags(undefined, 'half'),
		]);
		expect(stderr).toMatch(/^refused: Delete pod web-\S+, .*half/mv);
		expect(stderr).toContain('Done before that: Change the cluster selector.');
		expect(code).toBe(3);
	});

	it('shows the refusal of the dry run before anything is confirmed', async () => {
		await playScenario('selector-syntax-error');
		const before = await read(offloadingPath('shop'));
		const screen = await openFix('reader');
		screen.send('\r');
		await screen.waitFor(
			'the answer of the server',
			(text) => /Server dry run: refused\. .*reader/sv.test(text),
			patience,
		);
		expect(await read(offloadingPath('shop'))).toEqual(before);
	});

	it('has nothing to write any more when the object is deleted while it is open', async () => {
		const screen = await openReview('selector-syntax-error');
		await ask(stage.home, offloadingPath('shop'), {method: 'DELETE'});
		await screen.waitFor(
			'that it is gone',
			(text) => text.includes('does not exist any more'),
			patience,
		);
		screen.send('\r');
		await play!.settled();
		const {status} = await ask(stage.home, offloadingPath('shop'));
		expect(status).toBe(404);
	});

	it(
		'plans anew when the object is changed while it is open',
		{timeout: 180_000},
		async () => {
			const screen = await openReview('selector-syntax-error');
			await patch(stage.home, offloadingPath('shop'), {
				spec: {podOffloadingStrategy: 'Remote'},
			});
			await until(
				'others see the change',
				() =>
					play!.store.world.consumer.get(
						'NamespaceOffloading',
						'shop',
						'offloading',
					)?.spec.podOffloadingStrategy === 'Remote',
			);
			screen.send('\r');
			const isOver = (text: string) => text.includes('The finding is gone.');
			// Whether the explorer knew of the change before the key is up to its watch; if not, it asks again with a plan for what is there now.
			const isAskedAgain = (text: string) =>
				text.includes('Somebody changed it in between');
			await screen.waitFor(
				'an end, or the new plan',
				(text) => isOver(text) || isAskedAgain(text),
				patience,
			);
			if (!isOver(screen.text())) {
				screen.send('\r');
				await screen.waitFor('the end', isOver, patience);
			}

			// What somebody else wrote is never turned back.
			expect(
				at(await read(offloadingPath('shop')), 'spec', 'podOffloadingStrategy'),
			).toBe('Remote');
		},
	);

	it('names a conflict and an illegal value for what they are', async () => {
		await playScenario('selector-syntax-error');
		const connected = await connectCluster({
			flags: {kubeconfig: stage.kubeconfig()},
			env: {},
			version: 'test',
			isReadOnly: false,
		});
		if (!connected.ok) {
			throw new Error(connected.problem.message);
		}

		const connection = connected.value;
		try {
			const object = {
				apiVersion: 'offloading.liqo.io/v1beta1',
				kind: 'NamespaceOffloading',
				namespace: 'shop',
				name: 'offloading',
			};
			const late = await connection.send({
				cluster: 'home',
				verb: 'patch',
				object,
				body: {spec: {podOffloadingStrategy: 'Remote'}},
				precondition: {resourceVersion: '1'},
				reason: 'Too late.',
			});
			expect(late).toMatchObject({ok: false, problem: {kind: 'conflict'}});
			const illegal = await connection.send({
				cluster: 'home',
				verb: 'patch',
				object,
				body: {spec: {podOffloadingStrategy: 'remote'}},
				reason: 'Not a strategy.',
			});
			expect(illegal).toMatchObject({ok: false, problem: {kind: 'invalid'}});
			const other = await connection.send({
				cluster: 'home',
				verb: 'delete',
				object,
				precondition: {uid: 'another'},
				reason: 'Another one by now.',
			});
			expect(other).toMatchObject({ok: false, problem: {kind: 'conflict'}});
			expect(
				at(await read(offloadingPath('shop')), 'spec', 'podOffloadingStrategy'),
			).toBe('LocalAndRemote');
		} finally {
			await connection.close();
		}
	});
});
