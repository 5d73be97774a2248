import process from 'node:process';
import path from 'node:path';
import {describe, expect, it, vi} from 'vitest';
import {type Sandbox, startSandbox} from '../../source/sandbox/sandbox.js';
import {askSandbox} from '../helpers/ask-sandbox.js';
import {findAsset} from '../helpers/control-plane.js';

process.env.KUBEBUILDER_ASSETS ??= path.dirname(findAsset('etcd'));

type Generation = 'v0.3' | 'v1beta1';
type Thing = Record<string, any>;

const patience = {timeout: 60_000, interval: 200};

const offloadingsOf = (generation: Generation, namespace: string): string =>
	`/apis/offloading.liqo.io/${generation === 'v0.3' ? 'v1alpha1' : 'v1beta1'}/namespaces/${namespace}/namespaceoffloadings`;

const read = async (
	sandbox: Sandbox,
	cluster: string,
	url: string,
): Promise<readonly Thing[]> => {
	const {status, body} = await askSandbox(sandbox, cluster, url);
	expect(status, url).toBe(200);
	return body.items;
};

/**
Does by requests what the scenario shows in its own namespace: an offloading with the same spec, and, as soon as that has come to `phase`, a pod
of the same template.

@returns what the servers answered
*/
const cause = async (
	sandbox: Sandbox,
	{
		generation,
		from,
		to,
		phase,
	}: {
		readonly generation: Generation;
		readonly from: string;
		readonly to: string;
		readonly phase: string | undefined;
	},
	isAdmitted: (pod: Thing) => boolean = () => true,
): Promise<{readonly answers: readonly string[]; readonly pod: Thing}> => {
	const [offloading] = await read(
		sandbox,
		'home',
		offloadingsOf(generation, from),
	);
	const [workload] = await read(
		sandbox,
		'home',
		`/apis/apps/v1/namespaces/${from}/deployments`,
	);
	const answers = [];
	for (const [url, body] of [
		['/api/v1/namespaces', {metadata: {name: to}}],
		[
			offloadingsOf(generation, to),
			{
				apiVersion: offloading!.apiVersion,
				kind: 'NamespaceOffloading',
				metadata: {name: offloading!.metadata.name},
				spec: offloading!.spec,
			},
		],
	] as const) {
		answers.push(await askSandbox(sandbox, 'home', url, {body}));
	}

	await vi.waitFor(async () => {
		const [made] = await read(sandbox, 'home', offloadingsOf(generation, to));
		expect(made?.status?.offloadingPhase).toBe(phase);
	}, patience);
	const body = {
		metadata: {name: 'again'},
		spec: workload?.spec.template.spec ?? {
			containers: [{name: 'main', image: 'registry.example/web:1'}],
		},
	};
	const pods = `/api/v1/namespaces/${to}/pods`;
	// An API server learns a moment late of the label that calls the webhook.
	await vi.waitFor(async () => {
		const tried = await askSandbox(sandbox, 'home', `${pods}?dryRun=All`, {
			body,
		});
		expect(isAdmitted(tried.body)).toBe(true);
	}, patience);
	const pod = await askSandbox(sandbox, 'home', pods, {body});
	return {
		answers: [...answers, pod].map((answer) =>
			answer.status === 201
				? 'created'
				: `${answer.status} ${answer.body.message}`,
		),
		pod: pod.body,
	};
};

const tolerationsOf = (spec: Thing): readonly Thing[] =>
	((spec.tolerations ?? []) as readonly Thing[]).filter(({key}) =>
		String(key).includes('liqo'),
	);

const conditionText = ({type, status, reason}: Thing): string =>
	[type, status, reason].join(' ');

/**
What has become of a namespace: phases, conditions, mappings, twins, pods.
*/
const outcomeOf = async (
	sandbox: Sandbox,
	generation: Generation,
	namespace: string,
) => {
	const offloadings = await read(
		sandbox,
		'home',
		offloadingsOf(generation, namespace),
	);
	const group =
		generation === 'v0.3'
			? 'virtualkubelet.liqo.io/v1alpha1'
			: 'offloading.liqo.io/v1beta1';
	const maps = await read(sandbox, 'home', `/apis/${group}/namespacemaps`);
	const pods = await read(
		sandbox,
		'home',
		`/api/v1/namespaces/${namespace}/pods`,
	);
	const twins = [];
	for (const {name, role} of sandbox.clusters) {
		if (role === 'provider') {
			const namespaces = await read(sandbox, name, '/api/v1/namespaces');
			for (const twin of namespaces) {
				if (String(twin.metadata.name).startsWith(`${namespace}-1f0c3a52`)) {
					const copies = await read(
						sandbox,
						name,
						`/api/v1/namespaces/${twin.metadata.name}/pods`,
					);
					twins.push(
						`${name}: ${copies.map((pod) => `${pod.metadata.name} ${pod.status.phase}`).join(', ')}`,
					);
				}
			}
		}
	}

	const {labels} = (
		await askSandbox(sandbox, 'home', `/api/v1/namespaces/${namespace}`)
	).body.metadata;
	return {
		labels,
		offloadings: offloadings.map(({metadata, status}) => ({
			name: metadata.name,
			finalizers: metadata.finalizers,
			phase: status?.offloadingPhase,
			remoteName: status?.remoteNamespaceName,
			conditions: Object.entries(
				(status?.remoteNamespacesConditions ?? {}) as Record<string, Thing[]>,
			)
				.map(
					([cluster, conditions]) =>
						`${cluster}: ${conditions.map((one) => conditionText(one)).join(', ')}`,
				)
				.toSorted(),
		})),
		mappings: maps
			.map(
				({metadata, spec, status}) =>
					`${metadata.name}: ${spec?.desiredMapping?.[namespace]} ${status?.currentMapping?.[namespace]?.phase}`,
			)
			.toSorted(),
		twins,
		pods: pods
			.map(({metadata, spec, status}) => ({
				name: metadata.name,
				node: spec.nodeName,
				phase: status.phase,
				reason: status.reason,
				unschedulable: status.conditions?.find(
					({reason}: Thing) => reason === 'Unschedulable',
				)?.message,
				affinity: spec.affinity,
				tolerations: tolerationsOf(spec),
			}))
			.toSorted((one, other) => (one.name < other.name ? -1 : 1)),
	};
};

const cases = [
	{
		scenario: 'healthy',
		phase: {'v0.3': 'Ready', v1beta1: 'Ready'},
		pod: {'v0.3': 'Running', v1beta1: 'Running'},
	},
	{
		scenario: 'remote-name-too-long',
		phase: {'v0.3': 'AllFailed', v1beta1: 'AllFailed'},
		pod: {'v0.3': 'Pending', v1beta1: 'Pending'},
	},
	{
		scenario: 'selector-label-typo',
		phase: {'v0.3': 'NoClusterSelected', v1beta1: 'NoClusterSelected'},
		pod: {'v0.3': 'Running', v1beta1: 'Pending'},
	},
	{
		scenario: 'wrong-resource-name',
		phase: {'v0.3': undefined, v1beta1: undefined},
		pod: {'v0.3': 'Running', v1beta1: 'Running'},
	},
	{
		scenario: 'pod-antithetical-terms',
		phase: {'v0.3': 'Ready', v1beta1: 'Ready'},
		pod: {'v0.3': 'Pending', v1beta1: 'Pending'},
	},
] as const;

describe.each(['v1beta1', 'v0.3'] as const)(
	'the actors on real API servers, %s',
	(generation) => {
		it.each(cases)(
			'bring about $scenario as they do in this process',
			async ({scenario, phase, pod}) => {
				const options = {scenario, generation, longestDelay: 300};
				const embedded = await startSandbox(options);
				const real = await startSandbox({...options, engine: 'kube-apiserver'});
				try {
					const own = embedded.namespace!;
					const again = `${own}-again`;
					const outcomes = async (sandbox: Sandbox) => ({
						own: await outcomeOf(sandbox, generation, own),
						again: await outcomeOf(sandbox, generation, again),
					});
					const steps = {
						generation,
						from: own,
						to: again,
						phase: phase[generation],
					};
					const here = await cause(embedded, steps);
					const there = await cause(
						real,
						steps,
						({spec}) =>
							JSON.stringify(tolerationsOf(spec)) ===
							JSON.stringify(tolerationsOf(here.pod.spec)),
					);
					expect(there.answers).toEqual(here.answers);
					await vi.waitFor(async () => {
						const expected = await outcomes(embedded);
						expect(expected.again.offloadings[0]?.phase).toBe(
							phase[generation],
						);
						expect(expected.again.pods[0]?.phase).toBe(pod[generation]);
						expect(await outcomes(real)).toEqual(expected);
					}, patience);
				} finally {
					await Promise.all([embedded.stop(), real.stop()]);
				}
			},
			180_000,
		);
	},
);
