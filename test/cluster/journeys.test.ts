import fs from 'node:fs';
import path from 'node:path';
import {afterAll, afterEach, beforeAll, describe, expect, it} from 'vitest';
import type {JsonObject} from '../../source/core/json.js';
import {healthyDraft} from '../../source/sandbox/scenarios/healthy.js';
import {faultScenarios} from '../../source/sandbox/scenarios/faults.js';
import {draftOf} from '../../source/sandbox/scenarios/scenario.js';
import {openLiqoscope} from '../helpers/control-plane-explorer.js';
import {ask, until} from '../helpers/control-plane.js';
import type {Pty} from '../helpers/pty.js';
import {
	type Play,
	type RealStage,
	startRealStage,
} from '../helpers/real-stage.js';
import {keyCount, seedJourneys, travel} from '../helpers/seed-journeys.js';
import {at, offloadingPath, readList} from './peering.js';
import {bundle} from './reconcile-process.js';

const now = (): string => new Date().toISOString().replace(/\.\d+Z$/v, 'Z');

const keyOf = (object: JsonObject): string =>
	JSON.stringify([
		object.kind,
		at(object, 'metadata', 'namespace'),
		at(object, 'metadata', 'name'),
	]);

describe('from the opening screen out of the usual failures, on a real control plane', () => {
	let stage: RealStage;
	let play: Play | undefined;
	let pty: Pty | undefined;
	let directory = '';
	beforeAll(async () => {
		directory = await bundle();
		stage = await startRealStage('v1beta1');
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

	it.each(seedJourneys)('$failure', {timeout: 120_000}, async (journey) => {
		expect(keyCount(journey)).toBeLessThanOrEqual(6);
		const scenario = faultScenarios.find(({id}) => id === journey.scenario)!;
		const draft = draftOf(scenario, 'v1beta1', now());
		play = await stage.play(draft);
		await play.settled();
		const before = await readList(
			stage.home,
			`/api/v1/namespaces/${journey.namespace}/pods`,
		);
		pty = openLiqoscope(stage.flags(draft.peers.keys()), {
			program: path.join(directory, 'cli.js'),
			columns: 140,
			rows: 50,
		});
		await travel(pty, journey, {
			async meanwhile() {
				const peered = healthyDraft('v1beta1', {now: now(), peers: ['eu']});
				const known = new Set(
					draft.objects('home').map((object) => keyOf(object)),
				);
				await play!.put('eu', peered.objects('eu'));
				await play!.put(
					'home',
					peered.objects('home').filter((object) => !known.has(keyOf(object))),
				);
			},
		});

		// The finding can be gone before the last twin is there.
		await until('the phase is Ready', async () => {
			const offloading = await ask(
				stage.home,
				offloadingPath(journey.namespace),
			);
			return (
				at(
					JSON.parse(offloading.text) as JsonObject,
					'status',
					'offloadingPhase',
				) === 'Ready'
			);
		});
		for (const [handle, twin] of Object.entries(journey.twins)) {
			await until(`${twin} is on ${handle}`, async () => {
				const namespace = await ask(
					stage.plane.cluster(handle),
					`/api/v1/namespaces/${twin}`,
				);
				return namespace.status === 200;
			});
		}

		if (journey.pods === undefined) {
			return;
		}

		const {pods} = journey;
		const names = new Set(before.map((pod) => at(pod, 'metadata', 'name')));
		await until('new pods are bound', async () => {
			const after = await readList(
				stage.home,
				`/api/v1/namespaces/${journey.namespace}/pods`,
			);
			return (
				after.length === before.length &&
				after.every(
					(pod) =>
						!names.has(at(pod, 'metadata', 'name')) &&
						pods.test(String(at(pod, 'spec', 'nodeName'))),
				)
			);
		});
		await until('kube-scheduler says that it bound them', async () => {
			const events = await readList(
				stage.home,
				`/api/v1/namespaces/${journey.namespace}/events`,
			);
			return (
				events.filter(
					(event) =>
						event.reason === 'Scheduled' &&
						(event.reportingComponent === 'default-scheduler' ||
							at(event, 'source', 'component') === 'default-scheduler'),
				).length >= before.length
			);
		});
	});
});
