import {describe, expect, it} from 'vitest';
import {mergeTolerations} from '../../source/core/merge-tolerations.js';

const virtual = {
	key: 'virtual-node.liqo.io/not-allowed',
	operator: 'Exists',
	effect: 'NoExecute',
};

describe('mergeTolerations', () => {
	it.each([
		['nothing there', [], [virtual]],
		['the same', [virtual], [virtual]],
		['every taint', [{operator: 'Exists'}], [{operator: 'Exists'}]],
		[
			'every effect of the key',
			[{key: virtual.key, operator: 'Exists'}],
			[{key: virtual.key, operator: 'Exists'}],
		],
		[
			'one value only',
			[{...virtual, operator: 'Equal', value: 'true'}],
			[virtual],
		],
		// Without an operator it means the same, and is not seen to.
		[
			'one value without operator',
			[{key: virtual.key, value: 'true', effect: 'NoExecute'}],
			[virtual],
		],
		['half a minute of it', [{...virtual, tolerationSeconds: 30}], [virtual]],
		[
			'another effect',
			[{...virtual, effect: 'NoSchedule'}],
			[{...virtual, effect: 'NoSchedule'}, virtual],
		],
		[
			'half a minute of everything',
			[{operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 30}],
			[
				{operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 30},
				virtual,
			],
		],
		[
			'two of a kind',
			[
				{key: 'a', operator: 'Exists'},
				{key: 'a', operator: 'Exists'},
			],
			[{key: 'a', operator: 'Exists'}, virtual],
		],
	])('joins the class to a pod that tolerates %s', (_title, own, all) => {
		expect(mergeTolerations(own, [virtual])).toEqual(all);
	});
});
