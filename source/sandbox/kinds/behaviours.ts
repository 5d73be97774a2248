import {configBehaviours} from './config.js';
import {dataBehaviours} from './data.js';
import {extensionBehaviours} from './extensions.js';
import {type BuiltinBehaviour} from './kind.js';
import {networkBehaviours} from './network.js';
import {nodeBehaviours} from './nodes.js';
import {podBehaviours} from './pods.js';
import {workloadBehaviours} from './workloads.js';

/**
What each built-in kind does of its own, by kind. Kinds that are not listed only have metadata.
*/
export const behaviours: Readonly<Record<string, BuiltinBehaviour>> = {
	...configBehaviours,
	...dataBehaviours,
	...extensionBehaviours,
	...networkBehaviours,
	...nodeBehaviours,
	...podBehaviours,
	...workloadBehaviours,
};
