import {type Buffer} from 'node:buffer';
import {type JsonObject} from '../../core/json.js';
import {Scan, tableOf} from './wire.js';

const magic = 'k8s\u{0}';

/**
An answer that is a `Status` in protobuf (errors come in the encoding that was asked for), as the JSON object it stands for; absent for
bytes that are none.
*/
export const readStatusAnswer = (body: Buffer): JsonObject | undefined => {
	if (body.toString('latin1', 0, magic.length) !== magic) {
		return undefined;
	}

	const scan = new Scan();
	let message = '';
	let reason = '';
	let code = 0;
	let retryAfterSeconds = 0;
	const detailsFields = tableOf(
		{},
		{
			5() {
				retryAfterSeconds = scan.reader.int32();
			},
		},
	);
	const statusFields = tableOf(
		{
			3(limit) {
				message = scan.uniqueText(limit);
			},
			4(limit) {
				reason = scan.uniqueText(limit);
			},
			5(limit) {
				scan.walk(scan.enter(limit), detailsFields);
			},
		},
		{
			6() {
				code = scan.reader.int32();
			},
		},
	);
	const envelopeFields = tableOf({
		2(limit) {
			scan.walk(scan.enter(limit), statusFields);
		},
	});
	try {
		scan.begin(body, magic.length, body.length);
		scan.walk(body.length, envelopeFields);
	} catch {
		return undefined;
	}

	return {kind: 'Status', message, reason, code, details: {retryAfterSeconds}};
};
