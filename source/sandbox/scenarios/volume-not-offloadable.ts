import {putRemoteDatabase} from './remote-database.js';
import {type Scenario} from './scenario.js';

export const volumeNotOffloadable: Scenario = {
	id: 'volume-not-offloadable',
	title: 'A claim of a local storage class',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	build(draft) {
		putRemoteDatabase(draft, 'shop');
	},
};
