import {isJsonObject, type JsonObject} from '../../source/core/json.js';
import {type Recorded} from './case-types.js';
import {type Answer, type Reference, type Stage} from './stage.js';

export type Request = {
	readonly method: string;
	readonly path: string;
	readonly body?: unknown;
	readonly contentType?: string;
	readonly accept?: string;
};

/**
One plain request to the cluster of that key, with nothing of the program's own client.
*/
export type Ask = (
	cluster: string,
	request: Request,
) => Promise<{
	readonly status: number;
	readonly text: string;
	readonly warnings: readonly string[];
}>;

const plurals: Readonly<Record<string, string>> = {
	RuntimeClass: 'runtimeclasses',
};

const clusterScoped = new Set([
	'Namespace',
	'Node',
	'ForeignCluster',
	'RuntimeClass',
	'MutatingWebhookConfiguration',
	'ValidatingWebhookConfiguration',
	'ValidatingAdmissionPolicy',
	'ValidatingAdmissionPolicyBinding',
]);

const pathOf = ({apiVersion, kind, namespace, name}: Reference): string =>
	[
		apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`,
		...(clusterScoped.has(kind) || namespace === undefined
			? []
			: ['namespaces', namespace]),
		plurals[kind] ?? `${kind.toLowerCase()}s`,
		...(name === '' ? [] : [encodeURIComponent(name)]),
	].join('/');

export const apiVersionOf = (kind: string, generation: 1 | 2): string => {
	switch (kind) {
		case 'NamespaceOffloading': {
			return generation === 1
				? 'offloading.liqo.io/v1alpha1'
				: 'offloading.liqo.io/v1beta1';
		}

		case 'NamespaceMap':
		case 'ShadowPod': {
			return generation === 1
				? 'virtualkubelet.liqo.io/v1alpha1'
				: 'offloading.liqo.io/v1beta1';
		}

		case 'ForeignCluster': {
			return generation === 1
				? 'discovery.liqo.io/v1alpha1'
				: 'core.liqo.io/v1beta1';
		}

		case 'VirtualNode': {
			return 'offloading.liqo.io/v1beta1';
		}

		case 'RoleBinding': {
			return 'rbac.authorization.k8s.io/v1';
		}

		case 'Deployment': {
			return 'apps/v1';
		}

		case 'RuntimeClass': {
			return 'node.k8s.io/v1';
		}

		default: {
			return 'v1';
		}
	}
};

export const patchTypes = {
	merge: 'application/merge-patch+json',
	json: 'application/json-patch+json',
	strategic: 'application/strategic-merge-patch+json',
} as const;

/**
The part of a stage that is the same wherever an API server listens.
*/
export const createHttpStage = (
	ask: Ask,
	generation: 1 | 2,
): Pick<Stage, 'create' | 'patch' | 'replace' | 'remove' | 'find' | 'list'> & {
	table(path: string): Promise<Recorded>;
	send(
		method: string,
		path: string,
		body?: unknown,
		contentType?: string,
		cluster?: string,
	): Promise<Answer>;
} => {
	const send = async (
		method: string,
		path: string,
		body?: unknown,
		contentType?: string,
		cluster = 'home',
	): Promise<Answer> => {
		const {status, text, warnings} = await ask(cluster, {
			method,
			path,
			...(body !== undefined && {body}),
			...(contentType !== undefined && {contentType}),
		});
		let parsed: Recorded;
		try {
			parsed = JSON.parse(text);
		} catch {
			parsed = {message: text};
		}

		return {
			status,
			message: status >= 300 ? (parsed.message ?? '') : '',
			warnings,
			body: parsed,
		};
	};

	/**
	Deleting what is still served as something else: a namespace ends through its own door.
	*/
	const finalizeNamespace = async (
		reference: Reference,
		cluster?: string,
	): Promise<Answer> => {
		const found = await send(
			'GET',
			pathOf(reference),
			undefined,
			undefined,
			cluster,
		);
		return send(
			'PUT',
			`${pathOf(reference)}/finalize`,
			{...found.body, spec: {finalizers: []}},
			undefined,
			cluster,
		);
	};

	return {
		send,
		async create(object, cluster, {isDryRun = false} = {}) {
			const metadata = object.metadata as Recorded;
			const {status, ...rest} = object;
			const reference = {
				apiVersion: object.apiVersion as string,
				kind: object.kind as string,
				...(metadata.namespace && {namespace: metadata.namespace}),
				name: '',
			};
			const answer = await send(
				'POST',
				pathOf(reference) + (isDryRun ? '?dryRun=All' : ''),
				object,
				undefined,
				cluster,
			);
			if (answer.status !== 201 || isDryRun || !isJsonObject(status)) {
				return answer;
			}

			const path = pathOf({...reference, name: metadata.name});
			const hasStatusDoor = object.kind !== 'Namespace';
			if (hasStatusDoor) {
				await send(
					'PATCH',
					`${path}/status`,
					{status},
					patchTypes.merge,
					cluster,
				);
			}

			if (object.kind === 'Node') {
				// The server marks a new node as not ready.
				await send(
					'PATCH',
					path,
					{spec: rest.spec as JsonObject},
					patchTypes.merge,
					cluster,
				);
			}

			return answer;
		},
		async patch(reference, body, {cluster, subresource, type = 'merge'} = {}) {
			if (
				reference.kind === 'Namespace' &&
				isJsonObject(body?.spec) &&
				body.spec.finalizers === null
			) {
				return finalizeNamespace(reference, cluster);
			}

			return send(
				'PATCH',
				pathOf(reference) +
					(subresource === undefined ? '' : `/${subresource}`),
				body,
				patchTypes[type],
				cluster,
			);
		},
		async replace(reference, object, cluster) {
			const metadata = object.metadata as Recorded;
			const found = await send(
				'GET',
				pathOf(reference),
				undefined,
				undefined,
				cluster,
			);
			return send(
				'PUT',
				pathOf(reference),
				{
					...object,
					metadata: {
						...metadata,
						resourceVersion:
							metadata.resourceVersion ?? found.body?.metadata?.resourceVersion,
					},
				},
				undefined,
				cluster,
			);
		},
		async remove(reference, cluster, {isForced = false} = {}) {
			return send(
				'DELETE',
				pathOf(reference),
				isForced
					? {
							kind: 'DeleteOptions',
							apiVersion: 'v1',
							gracePeriodSeconds: 0,
						}
					: undefined,
				undefined,
				cluster,
			);
		},
		async find(reference, cluster) {
			const {status, body} = await send(
				'GET',
				pathOf(reference),
				undefined,
				undefined,
				cluster,
			);
			return status === 200 ? body : undefined;
		},
		async list(kind, cluster) {
			const apiVersion = apiVersionOf(kind, generation);
			const {status, body} = await send(
				'GET',
				pathOf({apiVersion, kind, name: ''}),
				undefined,
				undefined,
				cluster,
			);
			return status === 200
				? body.items.map((item: Recorded) => ({apiVersion, kind, ...item}))
				: [];
		},
		async table(path) {
			const {text} = await ask('home', {
				method: 'GET',
				path,
				accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json',
			});
			return JSON.parse(text);
		},
	};
};

/**
What the server says in `Warning` headers, without code and agent.
*/
export const readWarnings = (header: string | undefined): readonly string[] =>
	Array.from(
		(header ?? '').matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/gv),
		(match) => (match[1] ?? '').replaceAll(/\\(.)/gv, '$1'),
	);
