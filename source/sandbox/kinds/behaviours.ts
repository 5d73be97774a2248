import {configBehaviours} from './config.js';
import {extensionBehaviours} from './extensions.js';
import {type Behaviour} from './kind.js';
import {networkBehaviours} from './network.js';
import {nodeBehaviours} from './nodes.js';
import {podBehaviours} from './pods.js';
import {workloadBehaviours} from './workloads.js';

/**
A behaviour with the names of the fields it can be selected by.
*/
export type BuiltinBehaviour = Partial<Behaviour> & {
	readonly selectable?: readonly string[];
};

/**
What each built-in kind does of its own, by kind. Kinds that are not listed only have metadata.
*/
export const behaviours: Readonly<Record<string, BuiltinBehaviour>> = {
	...configBehaviours,
	...extensionBehaviours,
	...networkBehaviours,
	...nodeBehaviours,
	...podBehaviours,
	...workloadBehaviours,
};
