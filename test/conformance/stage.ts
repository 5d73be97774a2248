import {type JsonObject} from '../../source/core/json.js';
import {type Recorded} from './case-types.js';

export type Answer = {
	readonly status: number;
	readonly message: string;
	readonly warnings: readonly string[];
	/**
	The object as the server answered it.
	*/
	readonly body?: Recorded;
};

export type Reference = {
	readonly apiVersion: string;
	readonly kind: string;
	readonly namespace?: string;
	readonly name: string;
};

export type PatchOptions = {
	readonly cluster?: string;
	readonly subresource?: string;
	/**
	@default 'merge'
	*/
	readonly type?: 'merge' | 'json' | 'strategic';
};

/**
Where cases are played: clusters that take writes, and a way to wait until nothing moves.
*/
export type Stage = {
	create(
		object: JsonObject,
		cluster?: string,
		options?: {readonly isDryRun?: boolean},
	): Promise<Answer>;
	patch(
		reference: Reference,
		patch: Recorded,
		options?: PatchOptions,
	): Promise<Answer>;
	replace(
		reference: Reference,
		object: JsonObject,
		cluster?: string,
	): Promise<Answer>;
	remove(
		reference: Reference,
		cluster?: string,
		options?: {readonly isForced?: boolean},
	): Promise<Answer>;
	find(reference: Reference, cluster?: string): Promise<Recorded>;
	list(kind: string, cluster?: string): Promise<readonly Recorded[]>;
	settle(): Promise<void>;
	/**
	Starts or stops a part of Liqo: `webhook`, `replication`, `namespace-map`, or `policy` for a provider's own policy.
	*/
	setRunning(actor: string, isRunning: boolean): Promise<void>;
	/**
	Lets the clock go on, so that times written from now on differ from those before.
	*/
	advance(): Promise<void>;
	/**
	How long a difference may last until it counts, in milliseconds: what is retried with growing delays comes late.
	*/
	readonly patience: number;
	stop(): Promise<void>;
};

export type StageSetup = {
	readonly generation: 1 | 2;
	readonly clusterId: string;
	readonly objects: readonly JsonObject[];
	readonly providers?: Readonly<Record<string, readonly JsonObject[]>>;
	/**
	Who is at work, in the sandbox's names.

	@default reconcilers, admission, replication
	*/
	readonly actors?: readonly string[];
	/**
	Reconcilers that do not run from the start.
	*/
	readonly stopped?: readonly string[];
	/**
	Policy of the pods' webhook, where it is not the chart's.
	*/
	readonly failurePolicy?: string;
};

/**
Why a stage cannot play a case.
*/
export class NotPlayable extends Error {
	override readonly name = 'NotPlayable';
}

export type StageMaker = (setup: StageSetup) => Promise<Stage>;
