import {definitionsOf} from '../source/sandbox/crds/index.js';
import {
	installDefinitions,
	populate,
} from '../source/sandbox/engines/kube-apiserver/populate.js';
import type {JsonObject} from '../source/core/json.js';
import {healthyDraft} from '../source/sandbox/scenarios/healthy.js';
import {offload, region} from '../source/sandbox/scenarios/offload.js';
import {addPeer} from '../source/sandbox/scenarios/peering.js';
import type {ControlPlane} from '../source/sandbox/engines/kube-apiserver/control-plane.js';
import {
	ask,
	collectionOf,
	create,
	type Thing,
} from '../test/helpers/control-plane.js';
import {
	namespace,
	namespaceName,
	node,
	nodeName,
	pod,
	podName,
	uid,
	clusterId,
	virtualNodeName,
	type Size,
} from './objects.js';
import {prepareTemplate} from './replace-bytes.js';

const batchSize = 100;

// Runs `work` for each item, a few at a time.
const forEach = async <Item>(
	items: readonly Item[],
	work: (item: Item, index: number) => Promise<void>,
	width = 16,
): Promise<void> => {
	const queue = items.entries();
	const worker = async () => {
		for (const [index, item] of queue) {
			await work(item, index);
		}
	};

	await Promise.all(Array.from({length: width}, worker));
};

const forEachBatch = async (
	items: readonly number[],
	work: (batch: readonly number[]) => Promise<void>,
): Promise<void> => {
	const batches: Array<readonly number[]> = [];
	for (let at = 0; at < items.length; at += batchSize) {
		batches.push(items.slice(at, at + batchSize));
	}

	await forEach(batches, work, 4);
};

const numbersFrom = (first: number, count: number): readonly number[] =>
	Array.from({length: count}, (_, offset) => first + offset);

const readUid = async (
	cluster: ControlPlane['clusters'][number],
	thing: Thing,
): Promise<string> => {
	const {text} = await ask(
		cluster,
		`${collectionOf(thing)}/${thing.metadata.name}`,
	);
	return (JSON.parse(text) as {metadata: {uid: string}}).metadata.uid;
};

// Every variant of status, app and affinity that objects.ts makes occurs within this many pods.
const templateCount = 210;

/**
Liqo's side of it, as its own controllers would have left it: virtual nodes, and every fourth namespace offloaded to half of them.
*/
const draftLiqo = (size: Size): readonly JsonObject[] => {
	const draft = healthyDraft('v1beta1', {
		peers: [],
		now: '2026-11-01T12:00:00Z',
	});
	for (const index of numbersFrom(0, size.virtualNodes)) {
		const handle = virtualNodeName(index).replace('liqo-', '');
		addPeer(draft, handle, clusterId(index), {
			region: index % 2 === 0 ? 'eu' : 'us',
		});
	}

	const european = draft.peers
		.values()
		.filter(({labels}) => labels.region === 'eu')
		.toArray();
	const on = Object.fromEntries(
		european.map(({handle}) => [handle, 'Accepted' as const]),
	);
	for (let index = 0; index < size.namespaces; index += 4) {
		offload(draft, namespaceName(index), {terms: [region('eu')], on});
	}

	return draft.objects('home');
};

/**
Fills the first cluster: namespaces, virtual nodes and a couple of hundred pods through the API (so that encoding, defaults and
managedFields are the server's own), the rest as copies of those, written to etcd while the API server is stopped.
*/
export const seed = async (
	plane: ControlPlane,
	size: Size,
	say: (text: string) => void,
): Promise<void> => {
	const [cluster] = plane.clusters;
	if (cluster === undefined) {
		throw new RangeError('Nothing to seed: the control plane has no cluster.');
	}

	const started = Date.now();
	const createEach = async (things: readonly Thing[]) =>
		forEach(things, async (thing) => create(cluster, [thing]));
	await createEach(
		numbersFrom(0, size.namespaces)
			.filter((index) => index % 4 !== 0)
			.map((index) => namespace(index)),
	);
	const definitions = definitionsOf('v1beta1') as readonly JsonObject[];
	await installDefinitions(cluster, definitions);
	await populate(plane.etcd.store, cluster, draftLiqo(size), definitions);
	await create(cluster, [node(nodeName(0))]);

	const templates = Array.from(
		{length: Math.min(templateCount, size.pods)},
		(_, index) =>
			pod(
				index,
				namespaceName(0),
				index % 3 === 0 ? virtualNodeName(0) : nodeName(0),
			),
	);
	await createEach(templates);
	const podUids = await Promise.all(
		templates.map(async (template) => readUid(cluster, template)),
	);
	const nodeUid = await readUid(cluster, node(nodeName(0)));
	say(`${templates.length} pods through the API`);

	await cluster.stop();
	const {store} = plane.etcd;
	const prefix = `/${cluster.name}`;
	const podKey = (where: string, name: string) =>
		`${prefix}/pods/${where}/${name}`;

	const nodeTemplate = prepareTemplate(
		await store.read(`${prefix}/minions/${nodeName(0)}`),
		[nodeName(0), nodeUid],
	);
	const nodeIndices = numbersFrom(1, size.nodes - size.virtualNodes - 1);
	await forEachBatch(nodeIndices, async (batch) =>
		store.write(
			batch.map((index) => [
				`${prefix}/minions/${nodeName(index)}`,
				nodeTemplate.stamp([nodeName(index), uid(1_000_000 + index)]),
			]),
		),
	);

	const podTemplates = await Promise.all(
		templates.map(async ({metadata, spec}, index) => {
			const bytes = await store.read(podKey(namespaceName(0), metadata.name));
			const {nodeName: where} = spec as {nodeName?: string};
			const tokens = [
				metadata.name,
				namespaceName(0),
				podUids[index] ?? '',
				...(where === undefined ? [] : [where]),
			];
			return {where, template: prepareTemplate(bytes, tokens)};
		}),
	);
	const realNodes = size.nodes - size.virtualNodes;
	const podIndices = numbersFrom(
		templates.length,
		size.pods - templates.length,
	);
	await forEachBatch(podIndices, async (batch) =>
		store.write(
			batch.map((index) => {
				const {where, template} =
					podTemplates[index % templateCount] ?? podTemplates[0]!;
				const name = podName(index, (index % templateCount) % 10);
				const home = namespaceName(index % size.namespaces);
				const target = where?.startsWith('liqo')
					? virtualNodeName(index % size.virtualNodes)
					: nodeName(index % realNodes);
				const replacements = [
					name,
					home,
					uid(index),
					...(where === undefined ? [] : [target]),
				];
				return [podKey(home, name), template.stamp(replacements)];
			}),
		),
	);
	say(
		`${podIndices.length} copies in etcd after ${Math.round((Date.now() - started) / 1000)} s`,
	);
	await cluster.start();
	say(
		`API server ready again after ${Math.round((Date.now() - started) / 1000)} s`,
	);
};
