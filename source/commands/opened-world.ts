import {type JsonObject} from '../core/json.js';
import {type KindName} from '../core/model.js';
import {type ReadKind} from '../core/reconcilers/kinds-read.js';
import {type World} from '../core/world.js';
import {type ClusterConnection} from '../kube/connect.js';
import {type Store} from '../store/store.js';
import {type ExitCode} from './exit-code.js';

/**
A world to read, and what it takes to read it well.
*/
export type OpenWorld = {
	readonly store: Store;
	readonly world: World;
	/**
	Saved objects never change.
	*/
	readonly isSaved: boolean;
	/**
	Epoch milliseconds: the wall clock, or the time at which saved objects are judged.
	*/
	now(): number;
	/**
	The namespace of the context; absent for saved objects.
	*/
	readonly namespace?: string;
	/**
	The raw objects that were read, by cluster; empty for a live world.
	*/
	readonly saved: ReadonlyMap<string, readonly JsonObject[]>;
	/**
	The ways to the clusters, by their keys; empty for saved objects.
	*/
	readonly connections: ReadonlyMap<string, ClusterConnection>;
	close(): Promise<void>;
};

export type OpenResult =
	| {readonly isOk: true; readonly value: OpenWorld}
	| {
			readonly isOk: false;
			readonly message: string;
			readonly code: ExitCode;
			/**
			No cluster is named anywhere, so that there is none to ask.
			*/
			readonly isClusterMissing?: boolean;
	  };

export type OpenOptions = {
	/**
	What is read of the consumer.
	*/
	readonly kinds: ReadonlyArray<KindName | ReadKind>;
	/**
	What is read of each provider.
	*/
	readonly providerKinds?: ReadonlyArray<KindName | ReadKind>;
	/**
	Kinds that are read only in the namespace meant (`-n`, else that of the context), unless all are wanted (`-A`).
	*/
	readonly inNamespace?: readonly KindName[];
};
