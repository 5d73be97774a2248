import {type JsonObject} from '../../../core/json.js';
import {type ClusterOptions} from './api-server.js';
import {
	startControlPlane,
	type ControlPlane,
	type ControlPlaneOptions,
} from './control-plane.js';
import {installDefinitions, populate} from './populate.js';

/**
The objects of several clusters, `home` among them; a scenario's draft is one.
*/
export type Objects = {
	readonly peers: ReadonlyMap<string, unknown>;
	objects(cluster: string): readonly JsonObject[];
};

export type ScenarioOptions = Omit<ControlPlaneOptions, 'clusters'> & {
	readonly objects: Objects;
	readonly definitions: readonly JsonObject[];
	/**
	For all clusters: users, flags, scheduler, audit log.
	*/
	readonly cluster?: Omit<ClusterOptions, 'name' | 'port'>;
	/**
	Port of \`home\`; the others follow it.

	@default free ones
	*/
	readonly firstPort?: number;
};

/**
Starts a scenario's clusters on real API servers, one each for `home` and every provider, with its definitions and objects.

@throws ControlPlaneError as `startControlPlane` does.
*/
export const startScenario = async ({
	objects,
	definitions,
	cluster,
	firstPort,
	...options
}: ScenarioOptions): Promise<ControlPlane> => {
	const names = ['home', ...objects.peers.keys()];
	const plane = await startControlPlane({
		...options,
		clusters: names.map((name, index) => ({
			...cluster,
			name,
			...(firstPort !== undefined && {port: firstPort + index}),
		})),
	});
	try {
		await Promise.all(
			plane.clusters.map(async (server) => {
				await installDefinitions(server, definitions);
				await populate(
					plane.etcd.store,
					server,
					objects.objects(server.name),
					definitions,
				);
			}),
		);
		return plane;
	} catch (error) {
		await plane.stop();
		throw error;
	}
};
