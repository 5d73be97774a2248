import {type GenerationId} from '../../core/generations/generation.js';
import {type Draft} from './draft.js';
import {healthyDraft} from './healthy.js';

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
	Handles of the providers whose API server does not answer.
	*/
	readonly unreachable?: readonly string[];
	/**
	Handles of the providers that refuse what the consumer's Liqo writes there.
	*/
	readonly refusing?: readonly string[];
	/**
	Liqo has been at work all along and has not noticed: its controllers and virtual kubelets look at what changes from now on, not at everything
	as they do when they start.
	*/
	readonly isUnnoticed?: boolean;
	/**
	The failure mode that time alone makes of it: a deletion that takes more than a minute is stuck.
	*/
	readonly later?: string;
	/**
	What to start from, where it is not the healthy clusters.
	*/
	start?(generation: GenerationId, now: string): Draft;
	build(draft: Draft): void;
};

/**
The objects of a scenario. `now` is RFC 3339; all times in it are before that.
*/
export const draftOf = (
	scenario: Scenario,
	generation: GenerationId = scenario.generations.at(-1)!,
	now = '2026-01-01T12:00:00Z',
): Draft => {
	const draft =
		scenario.start?.(generation, now) ?? healthyDraft(generation, {now});
	scenario.build(draft);
	return draft;
};
