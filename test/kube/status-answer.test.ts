import {Buffer} from 'node:buffer';
import {describe, expect, it} from 'vitest';
import {readStatusAnswer} from '../../source/kube/protobuf/status.js';

// What kube-apiserver 1.34 answered to a list of pods that was forbidden, asked for in protobuf.
const varint = (value: number): number[] =>
	value < 128
		? [value]
		: [(value % 128) + 128, ...varint(Math.floor(value / 128))];
const field = (
	number: number,
	content: string | readonly number[],
): number[] => {
	const bytes =
		typeof content === 'string' ? [...Buffer.from(content)] : content;
	const shifted = number * 8;
	return [shifted + 2, ...varint(bytes.length), ...bytes];
};

const magic = [...Buffer.from('k8s\0')];
const typeMeta = field(1, [...field(1, 'v1'), ...field(2, 'Status')]);
const message =
	'pods is forbidden: User "limited" cannot list resource "pods" in API group "" at the cluster scope';
const details = field(5, [...field(3, 'pods'), 40, 7]);
const status = [
	...field(1, []),
	...field(2, 'Failure'),
	...field(3, message),
	...field(4, 'Forbidden'),
	...details,
	48,
	...varint(403),
];

describe('an error answered in protobuf', () => {
	it('is read as the Status it is', () => {
		const body = Buffer.from([
			...magic,
			...typeMeta,
			...field(2, status),
			...field(3, ''),
			...field(4, ''),
		]);
		expect(readStatusAnswer(body)).toEqual({
			kind: 'Status',
			message,
			reason: 'Forbidden',
			code: 403,
			details: {retryAfterSeconds: 7},
		});
	});

	it.each([
		['JSON', Buffer.from('{"kind":"Status"}')],
		['nothing', Buffer.alloc(0)],
		[
			'an envelope that is cut off',
			Buffer.from([...magic, ...field(2, status)].slice(0, -9)),
		],
	])('is left alone when it is %s', (_, body) => {
		expect(readStatusAnswer(body)).toBeUndefined();
	});
});
