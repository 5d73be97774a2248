import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {diagnose} from '../../source/core/findings/diagnose.js';
import type {Finding} from '../../source/core/findings/finding.js';
import type {GenerationId} from '../../source/core/generations/generation.js';
import {inputsOf, safetyOf} from '../../source/core/remedies/index.js';
import type {Offer} from '../../source/core/remedies/offer.js';
import type {JsonObject} from '../../source/core/json.js';
import type {ApiServer} from '../../source/sandbox/engines/kube-apiserver/api-server.js';
import type {Draft} from '../../source/sandbox/scenarios/draft.js';
import {faultScenarios} from '../../source/sandbox/scenarios/faults.js';
import {healthyDraft} from '../../source/sandbox/scenarios/healthy.js';
import {
	draftOf,
	type Scenario,
} from '../../source/sandbox/scenarios/scenario.js';
import {runLine} from '../commands/helpers/run-line.js';
import {clustersOf} from '../helpers/clusters.js';
import {ask, create, type Thing, until} from '../helpers/control-plane.js';
import {type RealStage, startRealStage} from '../helpers/real-stage.js';
import {at, patch} from './peering.js';

type Case = {
	readonly id: string;
	readonly title: string;
	readonly scenario: Scenario;
	readonly finding: Finding;
	readonly offer: Offer;
	/**
	From 1, as `--answer choice` takes it.
	*/
	readonly choice: number;
	/**
	Ids of all findings before.
	*/
	readonly known: ReadonlySet<string>;
};

const flat = (findings: readonly Finding[]): readonly Finding[] =>
	findings.flatMap((finding) => [finding, ...flat(finding.behind)]);

/**
Everything that is offered for the scenarios' faults and writes something; of several offers of one remedy for one fault the first one.
*/
const casesOf = (generation: GenerationId): readonly Case[] =>
	faultScenarios
		.filter(
			({generations, id}) =>
				generations.includes(generation) &&
				// Its point is an object of a version that the server does not serve.
				id !== 'api-generation-mismatch',
		)
		.flatMap((scenario) => {
			const {world, now} = clustersOf(draftOf(scenario, generation), {
				unreachable: scenario.unreachable ?? [],
			});
			const {findings} = diagnose(world, {now: now()});
			const {id} = scenario;
			const finding = findings.find((one) => one.id === id)!;
			const known = new Set(flat(findings).map((one) => one.id));
			const seen = new Set<string>();
			return finding.offers.flatMap((offer, index) => {
				const isOpen = inputsOf(offer).some(
					(input) => input.id !== 'remoteNamespaceName',
				);
				// Of v0.3 the first one will do: what differs there is the controllers.
				const key = generation === 'v0.3' ? id : offer.remedy;
				if (safetyOf(offer) === 'manual' || isOpen || seen.has(key)) {
					return [];
				}

				seen.add(key);
				return [
					{
						id,
						title: offer.title,
						scenario,
						finding,
						offer,
						choice: index + 1,
						known,
					},
				];
			});
		});

type Document = {
	readonly id: string;
	readonly severity: string;
	readonly message: string;
	readonly object: {readonly name: string};
	readonly behind: readonly Document[];
};

const flatDocuments = (documents: readonly Document[]): readonly Document[] =>
	documents.flatMap((one) => [one, ...flatDocuments(one.behind)]);

const read = async (cluster: ApiServer, path: string): Promise<JsonObject> =>
	JSON.parse((await ask(cluster, path)).text) as JsonObject;

/**
What the virtual kubelet of eu-west does then; there is none on these control planes.
*/
const reactions: Readonly<
	Record<
		string,
		(clusters: {home: ApiServer; eu: ApiServer}, draft: Draft) => Promise<void>
	>
> = {
	async 'needed-object-not-reflected'({home, eu}, draft) {
		await until('the Secret is marked', async () => {
			const secret = await read(
				home,
				'/api/v1/namespaces/shop/secrets/database',
			);
			return (
				at(secret, 'metadata', 'annotations', 'liqo.io/allow-reflection') ===
				'true'
			);
		});
		await create(eu, [
			{
				apiVersion: 'v1',
				kind: 'Secret',
				metadata: {namespace: `shop-${draft.localId}`, name: 'database'},
			},
		]);
	},
	async 'provider-quota-exceeded'({home}) {
		await until('the finished pod is gone', async () => {
			const {status} = await ask(home, '/api/v1/namespaces/shop/pods/report-1');
			return status === 404;
		});
		await patch(home, '/api/v1/namespaces/shop/pods/report-2/status', {
			status: {phase: 'Running'},
		});
	},
	async 'virtual-node-object-deleted'({home}, draft) {
		const {node, tenantNamespace} = draft.peer('eu');
		await until('the virtual kubelet is restarted', async () => {
			const deployment = await read(
				home,
				`/apis/apps/v1/namespaces/${tenantNamespace}/deployments/virtual-kubelet-${node}`,
			);
			return (
				at(
					deployment,
					'spec',
					'template',
					'metadata',
					'annotations',
					'kubectl.kubernetes.io/restartedAt',
				) !== undefined
			);
		});
		const {metadata, ...rest} = healthyDraft(draft.generation).get(
			'home',
			'Node',
			node,
		);
		const {name, labels} = metadata as JsonObject;
		await create(home, [
			{...rest, metadata: {name, labels}} as unknown as Thing,
		]);
	},
};

const now = (): string => new Date().toISOString().replace(/\.\d+Z$/v, 'Z');

describe.each(['v1beta1', 'v0.3'] as const)(
	'remedies on real clusters of %s',
	(generation) => {
		let stage: RealStage;
		beforeAll(async () => {
			stage = await startRealStage(generation);
		});
		afterAll(async () => {
			await stage?.stop();
		});

		const cases = casesOf(generation);

		it('has many to carry out', () => {
			expect(new Set(cases.map(({id}) => id)).size).toBeGreaterThanOrEqual(25);
		});

		it.each(cases)(
			'$id: $title',
			async (one) => {
				const {id, scenario, finding, offer, choice, known} = one;
				const draft = draftOf(scenario, generation, now());
				const play = await stage.play(draft);
				try {
					await play.settled(0);
					const flags = stage.flags(draft.peers.keys());
					const place =
						finding.namespace === undefined ? [] : ['-n', finding.namespace];
					const line = [
						'fix',
						id,
						...place,
						'--yes',
						'--timeout=30s',
						`--answer=choice=${choice}`,
						...(inputsOf(offer).length > 0
							? ['--answer=remoteNamespaceName=shop-abroad']
							: []),
						...flags,
					];
					const fixing = runLine(line);
					await reactions[id]?.(
						{home: stage.home, eu: stage.plane.cluster('eu')},
						draft,
					);
					let fixed = await fixing;
					// The failure takes a moment to show: until the scheduler has looked at a pod, for one.
					for (
						const end = performance.now() + 60_000;
						fixed.stderr.includes('nothing to fix') && performance.now() < end;
					) {
						fixed = await runLine(line);
					}

					expect(fixed.stderr, fixed.stdout).toContain(`${id} is gone.`);
					expect(fixed.code).toBe(0);
					await play.settled();
					const {stdout} = await runLine([
						'diagnose',
						'-A',
						'-o',
						'json',
						...flags,
					]);
					const {findings} = JSON.parse(stdout) as {findings: Document[]};
					const after = flatDocuments(findings);
					expect({
						left: after
							.filter(
								(found) =>
									found.id === id && found.object.name === finding.object.name,
							)
							.map(({message}) => message),
						new: after
							.filter(
								(found) => found.severity === 'error' && !known.has(found.id),
							)
							.map((found) => `${found.id}: ${found.message}`),
					}).toEqual({left: [], new: []});
				} finally {
					await play.stop();
				}
				// Longer than all that is waited for in it.
			},
			240_000,
		);
	},
);
