import {type Pod} from './model.js';
import {type NodeUse} from './pod-resources.js';

/**
How many pods there are, by phase and by whether somebody has to look at them.
*/
export type PodCounts = {
	readonly total: number;
	readonly pending: number;
	readonly running: number;
	readonly succeeded: number;
	/**
	Failed, or with a phase that is none of the known ones.
	*/
	readonly failed: number;
	/**
	Levels `error` and `warning`.
	*/
	readonly attention: number;
};

export const noPods: PodCounts = Object.freeze({
	total: 0,
	pending: 0,
	running: 0,
	succeeded: 0,
	failed: 0,
	attention: 0,
});

/**
Counts kept by the event, never by a scan.
*/
export type ClusterSummaries = {
	/**
	Of the whole cluster, or of one namespace.
	*/
	pods(namespace?: string): PodCounts;
	podsOnNode(node: string): PodCounts;
	/**
	What the running pods of a node occupy; summed up when asked for, and again only after one of them changed.
	*/
	useOfNode(node: string): NodeUse;
	/**
	The few pods that somebody has to look at, of the whole cluster or of one namespace.
	*/
	podsNeedingAttention(namespace?: string): Iterable<Pod>;
};
