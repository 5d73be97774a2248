import {type JsonObject} from './json.js';
import {type Refusal} from './object-rules.js';
import {type ObjectTouch} from './reconcilers/reconciler.js';

/**
What a cluster in memory made of a change.
*/
export type MemoryAnswer =
	| {
			readonly state: 'written';
			readonly object?: JsonObject;
			/**
			What it moved; empty when the write changed nothing.
			*/
			readonly touches: readonly ObjectTouch[];
	  }
	| {readonly state: 'refused'; readonly refusal: Refusal};
