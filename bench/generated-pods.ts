import {Buffer} from 'node:buffer';
import {
	namespaceName,
	nodeName,
	podName,
	uid,
	virtualNodeName,
} from './objects.js';
import {prepareTemplate, type Template} from './replace-bytes.js';
import {replaceField, unwrap, wrap} from './wire.js';

export type Encoding = 'json' | 'protobuf';

/**
A pod as the real server answered it, in both encodings: JSON text, and the enveloped message.
*/
export type Sample = Readonly<{json: Buffer; protobuf: Buffer}>;

type SamplePod = {
	metadata: {
		name: string;
		namespace: string;
		uid: string;
		resourceVersion: string;
	};
	spec: {nodeName?: string};
	status: {phase: string};
};

type Prepared = Readonly<{
	isVirtual: boolean;
	app: number;
	json: Template;
	protobuf: Template;
}>;

/**
Ten digits, as wide as every version this server will ever say.
*/
export const firstVersion = 1_000_000_000;

const apps = 10;

// All samples get a resourceVersion of the same width, and only then their places are looked up.
const prepare = ({json, protobuf}: Sample): Prepared => {
	const parsed = JSON.parse(json.toString()) as SamplePod;
	const version = String(firstVersion);
	const widened = {
		...parsed,
		metadata: {...parsed.metadata, resourceVersion: version},
	};
	const message = replaceField(unwrap(protobuf), 1, (metadata) =>
		replaceField(metadata, 6, () => version),
	);
	const {name, namespace} = parsed.metadata;
	const tokens = [
		name,
		namespace,
		parsed.metadata.uid,
		version,
		parsed.spec.nodeName ?? '',
		parsed.status.phase,
	];
	return {
		isVirtual: parsed.spec.nodeName?.startsWith('liqo') === true,
		app:
			Array.from({length: apps}, (_, app) => app).find(
				(app) => podName(0, app).split('-', 1)[0] === name.split('-', 1)[0],
			) ?? 0,
		json: prepareTemplate(Buffer.from(JSON.stringify(widened)), tokens),
		protobuf: prepareTemplate(message, tokens),
	};
};

/**
Any number of pods that exist only while somebody looks at them.
*/
export type GeneratedPods = Readonly<{
	count: number;
	/**
	The newest version given so far.
	*/
	version(): string;
	/**
	The bare object: JSON text or the message without its envelope.
	*/
	encode(index: number, encoding: Encoding): Buffer;
	/**
	Gives the pod the next version, and another node when one is named: of ten letters, as all nodes here.
	*/
	touch(index: number, node?: string): void;
	/**
	The number of the pod of that name, -1 when there is none.
	*/
	find(namespace: string, name: string): number;
}>;

/**
Makes pods out of running samples by replacing names, nodes and versions in their bytes.

@param samples - Running pods only, so that all have a node and a phase of seven letters.
@param size - How many pods, and how many namespaces and nodes they are spread over.
*/
export const generatePods = (
	samples: readonly Sample[],
	size: Readonly<{
		pods: number;
		namespaces: number;
		nodes: number;
		virtualNodes: number;
	}>,
): GeneratedPods => {
	const prepared = samples.map((sample) => prepare(sample));
	const versions = new Float64Array(size.pods).fill(firstVersion);
	const nodes = new Map<number, string>();
	const perNamespace = Math.ceil(size.pods / size.namespaces);
	let newest = firstVersion;

	const templateOf = (index: number): Prepared =>
		prepared[index % prepared.length]!;
	const namespaceOf = (index: number): string =>
		namespaceName(Math.floor(index / perNamespace));
	const nameOf = (index: number): string =>
		podName(index, templateOf(index).app);

	return {
		count: size.pods,
		version: () => String(newest),
		encode(index, encoding) {
			const template = templateOf(index);
			const where = template.isVirtual
				? virtualNodeName(index % size.virtualNodes)
				: nodeName(index % (size.nodes - size.virtualNodes));
			return template[encoding].stamp([
				nameOf(index),
				namespaceOf(index),
				uid(index),
				String(versions[index]),
				nodes.get(index) ?? where,
				'Running',
			]);
		},
		touch(index, node) {
			versions[index] = ++newest;
			if (node !== undefined) {
				nodes.set(index, node);
			}
		},
		find(namespace, name) {
			const first = Number(namespace.slice(-5)) * perNamespace;
			for (
				let index = first;
				index < Math.min(first + perNamespace, size.pods);
				index++
			) {
				if (nameOf(index) === name) {
					return index;
				}
			}

			return -1;
		},
	};
};

/**
An object with the envelope of its encoding.
*/
export const envelope = (object: Buffer, encoding: Encoding): Buffer =>
	encoding === 'json' ? object : wrap('v1', 'Pod', object);
