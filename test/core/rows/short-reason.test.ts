import {describe, expect, test} from 'vitest';
import {shortReason} from '../../../source/core/rows/short-reason.js';

describe('the reason why a pod waits, where there is little room', () => {
	test.each([
		[
			"0/5 nodes are available: 5 node(s) didn't match Pod's node affinity/selector. preemption: 0/5 nodes are available: 5 Preemption is not helpful for scheduling.",
			'affinity',
		],
		[
			"0/5 nodes are available: 2 node(s) had untolerated taint {virtual-node.liqo.io/not-allowed: true}, 3 node(s) didn't match Pod's node affinity/selector.",
			'affinity (3), taint (2)',
		],
		[
			'0/2 nodes are available: 1 Insufficient cpu, 1 node(s) were unschedulable.',
			'cpu (1), cordoned (1)',
		],
		['0/1 nodes are available: 1 something new.', 'something new'],
		[
			'OffloadingBackOff: the namespace is not offloaded there',
			'OffloadingBackOff',
		],
		['not scheduled yet', 'not scheduled yet'],
		['', ''],
	])('of %j is %j', (reason, short) => {
		expect(shortReason(reason)).toBe(short);
	});
});
