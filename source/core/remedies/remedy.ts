import {type Change} from '../change.js';
import {type Finding} from '../findings/finding.js';
import {type World} from '../world.js';
import {type Answers, type RemedyId, type Safety} from './offer.js';

export type Option = {
	readonly value: string;
	/**
	Shown beside the value, e.g. `2 of 3 virtual nodes`.
	*/
	readonly note?: string;
};

/**
A value the user has to give before the remedy can be planned.
*/
export type Input = {
	readonly id: string;
	readonly title: string;
	readonly kind: 'text' | 'choice' | 'selector';
	/**
	Set when no two objects can have the same value.
	*/
	readonly isUnique?: boolean;
	/**
	Values to complete from; for a choice, all the legal ones.
	*/
	options?(finding: Finding, world: World): readonly Option[];
	/**
	What is wrong with the value, as a sentence; nothing when it may be used.
	*/
	check?(value: string, finding: Finding, world: World): string | undefined;
};

export type RemedyContext = {
	/**
	RFC 3339; for annotations that say when.
	*/
	readonly now: string;
};

/**
Changes in the order in which they have to be made; the first refusal ends the plan. Between the deletion of an object and a later creation of
the same one lies a wait until it is gone.
*/
export type Plan =
	| {readonly outcome: 'changes'; readonly changes: readonly Change[]}
	| {readonly outcome: 'refusal'; readonly reason: string}
	| {
			readonly outcome: 'instruction';
			/**
			Who can do it.
			*/
			readonly who: string;
			readonly steps: readonly string[];
	  };

export type Remedy = {
	readonly id: RemedyId;
	readonly title: string;
	readonly safety: Safety;
	/**
	Inputs that are missing from the offer's `given`; an empty list means nothing has to be typed.
	*/
	readonly inputs: readonly Input[];
	/**
	Why its changes cannot be taken back; absent when every one of them has an inverse.
	*/
	readonly irreversible?: string;
	/**
	Computed from the world as it is now, never from what the finding remembers.
	*/
	plan(
		finding: Finding,
		world: World,
		answers: Answers,
		context: RemedyContext,
	): Plan;
};
