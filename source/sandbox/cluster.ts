import {randomBytes} from 'node:crypto';
import {keys, virtualNodeType} from '../core/keys.js';
import {bootstrapObjects} from './access/bootstrap.js';
import {createAuthorizer} from './access/authorizer.js';
import {reviewKinds} from './access/reviews.js';
import {createTokens} from './access/tokens.js';
import {createPostReview, type LocalService} from './admission/post-review.js';
import {createWebhooks} from './admission/webhooks.js';
import {type Api, type User} from './api.js';
import {type KeyPair} from './certificates.js';
import {createDeleteEntry} from './controllers/delete-entry.js';
import {runGarbageCollector} from './controllers/garbage.js';
import {runNamespaceController} from './controllers/namespaces.js';
import {runPodEnder} from './controllers/pods.js';
import {runVolumeProtection} from './controllers/volumes.js';
import {createStoragePort} from './controllers/storage-port.js';
import {builtinKinds} from './kinds/builtin.js';
import {customKinds} from './kinds/custom.js';
import {createRegistry} from './kinds/registry.js';
import {loadObjects} from './load-objects.js';
import {startServer} from './server.js';
import {decodeAs} from './storage/encoding.js';
import {createStorage} from './storage/storage.js';
import {type Tree} from './value.js';

export type ClusterOptions = {
	readonly name: string;
	/**
	Objects that are there from the start, definitions of custom resources first.
	*/
	readonly objects?: readonly Tree[];
	/**
	Users besides the administrator; each gets a token.
	*/
	readonly users?: readonly User[];
	/**
	@default any free port
	*/
	readonly port?: number;
	readonly tls?: KeyPair;
	/**
	Epoch milliseconds.
	*/
	readonly now?: () => number;
	/**
	Writes that are remembered for watches.
	*/
	readonly historyLimit?: number;
	/**
	Kubernetes' own controllers: namespaces are emptied, dependents follow their owners, pods end.

	@default true
	*/
	readonly hasControllers?: boolean;
	/**
	Whether pods that are deleted end by themselves; off where a kubelet does it.

	@default hasControllers
	*/
	readonly hasPodEnder?: boolean;
	/**
	Webhooks of services in this process, by `namespace/name`.
	*/
	readonly services?: ReadonlyMap<string, LocalService>;
};

export type Cluster = {
	readonly name: string;
	readonly url: string;
	/**
	The administrator's bearer token.
	*/
	readonly token: string;
	/**
	Tokens of the other users, by their names.
	*/
	readonly tokens: Readonly<Record<string, string>>;
	/**
	For what lives in this process beside the server.
	*/
	readonly api: Api;
	/**
	Closes the server's doors, as if the network were cut; what lives in this process goes on.
	*/
	cut(): Promise<void>;
	stop(): Promise<void>;
};

const definitions = 'apiextensions.k8s.io/customresourcedefinitions';

const createToken = (): string => randomBytes(24).toString('base64url');

/**
Keeps what is served in step with the definitions of custom resources.
*/
const serveDefinitions = ({storage, registry}: Api): void => {
	storage.listen(definitions, ({entry, previous}) => {
		const subject = (entry ?? previous)!;
		const [plural = '', ...group] = subject.name.split('.');
		const resource = `${group.join('.')}/${plural}`;
		if (entry && !entry.isTerminating) {
			registry.replace(
				resource,
				customKinds(
					decodeAs(
						entry.bytes,
						'apiextensions.k8s.io/v1',
						'CustomResourceDefinition',
					),
				),
			);
			return;
		}

		for (const custom of storage.collection(resource).list()) {
			storage.remove(resource, custom.namespace, custom.name);
		}

		registry.replace(resource, []);
	});
};

/**
Starts one cluster: its API server and Kubernetes' own controllers, with nothing else at work.

@throws Error with code EADDRINUSE or EACCES when the port cannot be had
*/
export const startCluster = async (
	options: ClusterOptions,
): Promise<Cluster> => {
	const {
		name,
		objects = [],
		users = [],
		hasControllers = true,
		hasPodEnder = hasControllers,
		now = Date.now,
		services = new Map<string, LocalService>(),
	} = options;
	const token = createToken();
	const tokens = Object.fromEntries(
		users.map((user) => [user.name, createToken()]),
	);
	const storage = createStorage(options.historyLimit);
	const registry = createRegistry([...builtinKinds, ...reviewKinds]);
	const api: Api = {
		storage,
		registry,
		now,
		webhooks: createWebhooks(storage, createPostReview(services)),
		tokens: createTokens(
			storage,
			new Map<string, User>([
				[token, {name: 'admin', uid: 'admin', groups: ['system:masters']}],
				...users.map((user): [string, User] => [
					tokens[user.name]!,
					{uid: user.name, ...user},
				]),
			]),
			now,
		),
	};
	serveDefinitions(api);
	const authorizer = createAuthorizer(storage);
	const deleteEntry = createDeleteEntry(api);
	const stops = [
		...(hasControllers
			? [
					runGarbageCollector(createStoragePort(api, deleteEntry)),
					runNamespaceController(api, deleteEntry),
					runVolumeProtection(api),
				]
			: []),
		...(hasPodEnder
			? [
					// Those on virtual nodes are the virtual kubelets', also while none is at work.
					runPodEnder(api, (labels) => labels[keys.type] !== virtualNodeType),
				]
			: []),
	];
	const initial = [
		...bootstrapObjects,
		...['default', 'kube-system', 'kube-public', 'kube-node-lease'].map(
			(namespace): Tree => ({
				apiVersion: 'v1',
				kind: 'Namespace',
				metadata: {name: namespace},
			}),
		),
		...objects,
	];
	loadObjects(api, initial, new Set(services.keys()));
	const server = await startServer({
		api,
		authorizer,
		...(options.port !== undefined && {port: options.port}),
		...(options.tls !== undefined && {tls: options.tls}),
	});
	return {
		name,
		url: server.url,
		token,
		tokens,
		api,
		async cut() {
			await server.stop();
		},
		async stop() {
			for (const stop of stops) {
				stop();
			}

			await server.stop();
		},
	};
};
