import {type GenerationId} from '../generations/generation.js';
import {type KindName} from '../model.js';
import {type RemedyId} from '../remedies/offer.js';
import {type Claim, type Severity} from './finding.js';
import {type FindingId} from './ids.js';
import {type NamespaceScope, type WorldScope} from './facts.js';

type About = {
	readonly id: FindingId;
	/**
	A few words, for lists.
	*/
	readonly title: string;
	readonly severity: Severity;
	/**
	API generations in which it can happen.
	*/
	readonly generations: readonly GenerationId[];
	/**
	Place among findings of the same severity: causes have smaller numbers than what follows from them.
	*/
	readonly order: number;
	/**
	Failure modes that are consequences of this one: their findings in the same namespace are put behind it.
	*/
	readonly explains: readonly FindingId[];
	/**
	Kinds on the consumer that must be completely known before anything may be claimed. Not those that only make a claim more certain.
	*/
	readonly reads: readonly KindName[];
	/**
	Kinds on the providers without which the claim is weaker, or not made at all.
	*/
	readonly readsOnProvider?: readonly KindName[];
	/**
	For the documentation: what the user sees, why it happens, which fields prove it.
	*/
	readonly symptom: string;
	readonly cause: string;
	readonly proof: string;
	/**
	All the remedies that its claims may offer, safest first.
	*/
	readonly remedies: readonly RemedyId[];
};

/**
One way an offloading can fail: what it is, and a pure function that finds it.
*/
export type FailureMode = About &
	(
		| {
				readonly scope: 'namespace';
				find(scope: NamespaceScope): readonly Claim[];
		  }
		| {readonly scope: 'world'; find(scope: WorldScope): readonly Claim[]}
	);
