import {Buffer} from 'node:buffer';
import {brotliDecompressSync} from 'node:zlib';
import {type Tree} from '../value.js';

export type KubernetesSchemas = {
	/**
	By full name, as in `io.k8s.api.core.v1.Pod`; they refer to each other as `#/components/schemas/NAME`.
	*/
	readonly schemas: Readonly<Record<string, Tree>>;
	/**
	The names in the document of each group and version.
	*/
	readonly documents: Readonly<Record<string, readonly string[]>>;
};

const load = async (): Promise<KubernetesSchemas> => {
	const {recordedTypes} = await import('./recorded-types.js');
	return JSON.parse(
		brotliDecompressSync(Buffer.from(recordedTypes, 'base64')).toString(),
	) as KubernetesSchemas;
};

let loaded: Promise<KubernetesSchemas> | undefined;

/**
Kubernetes' own types in its own words, read when they are first asked for: only `explain` and clients that validate want them.
*/
export const loadKubernetesSchemas = async (): Promise<KubernetesSchemas> => {
	loaded ??= load();
	return loaded;
};
