import {type GenerationId} from '../../core/generations/generation.js';
import {type Draft} from './draft.js';

/**
A reproducible state of the embedded clusters.

`build` gets a draft that already holds a healthy home cluster with three providers, and changes it. What it leaves is at rest: Liqo's own
controllers of that generation would leave it as it is.
*/
export type Scenario = {
	/**
	Name for `--scenario`; that of the failure mode where it shows one.
	*/
	readonly id: string;
	readonly title: string;
	/**
	Generations in which it can happen; the last one is taken when none is asked for.
	*/
	readonly generations: readonly GenerationId[];
	/**
	Namespace to look at first.
	*/
	readonly namespace?: string;
	/**
	Only the original controllers (not the corrected ones) leave it at rest.
	*/
	readonly isUpstreamOnly?: boolean;
	/**
	Clusters whose API server does not answer.
	*/
	readonly unreachable?: readonly string[];
	build(draft: Draft): void;
};
