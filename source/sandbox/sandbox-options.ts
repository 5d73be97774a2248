import {type GenerationId} from '../core/generations/generation.js';
import {type Rules} from '../core/reconcilers/reconciler.js';
import {type ActorName, type Actors} from './actors/actors.js';
import {type User} from './caller.js';
import {type NamedScenario} from './scenarios/index.js';

/**
`embedded`: servers in this process. `kube-apiserver`: real ones, from `KUBEBUILDER_ASSETS` or what was built here.
*/
export type Engine = 'embedded' | 'kube-apiserver';

export type SandboxOptions = {
	/**
	Name of a scenario.

	@default 'healthy'
	*/
	readonly scenario?: string;
	/**
	@default the newest one the scenario can happen in
	*/
	readonly generation?: GenerationId;
	/**
	@default 'embedded'
	*/
	readonly engine?: Engine;
	/**
	Port of the first cluster; the others follow it. Any free ports when absent.
	*/
	readonly port?: number;
	readonly users?: readonly User[];
	/**
	Who is at work.

	@default everybody
	*/
	readonly actors?: readonly ActorName[];
	/**
	The rules the actors follow.

	@default 'upstream'
	*/
	readonly rules?: Rules;
	/**
	Longest wait until an actor looks at something again, in milliseconds.

	@default ten seconds
	*/
	readonly longestDelay?: number;
	/**
	Kubernetes' own controllers: namespaces are emptied, dependents follow their owners, pods end.

	@default true
	*/
	readonly hasControllers?: boolean;
	/**
	Epoch milliseconds.
	*/
	readonly now?: () => number;
};

export type SandboxCluster = {
	/**
	`home` for the consumer, else the handle of the provider.
	*/
	readonly name: string;
	readonly role: 'consumer' | 'provider';
	/**
	Liqo's cluster-id.
	*/
	readonly clusterId: string;
	readonly url: string;
	readonly token: string;
	/**
	PEM of the authority that vouches for the server.
	*/
	readonly ca: string;
	/**
	Tokens of the other users, by their names.
	*/
	readonly tokens: Readonly<Record<string, string>>;
};

export type Sandbox = {
	readonly scenario: NamedScenario;
	readonly generation: GenerationId;
	readonly clusters: readonly SandboxCluster[];
	/**
	A kubeconfig (YAML) with a context for every cluster, `home` the current one.
	*/
	readonly kubeconfig: string;
	/**
	Namespace to look at first.
	*/
	readonly namespace: string | undefined;
	readonly actors: Actors;
	stop(): Promise<void>;
};

/**
Why a sandbox cannot be started: one sentence that says what to do.
*/
export class SandboxError extends Error {
	override readonly name = 'SandboxError';
}
