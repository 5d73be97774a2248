import {type Piece} from '../byte-queue.js';
import {type Scan, tableOf, WireError} from './wire.js';

/**
The frame of one watch event, opened: its type, and where its object lies (the scan stands on it).
*/
export type WatchFrame = {
	readonly type: string;
	/**
	`kind` of the object as the server names it.
	*/
	readonly kind: string;
	readonly end: number;
};

/**
Opens frames of `application/vnd.kubernetes.protobuf;stream=watch`: a `WatchEvent` whose object is again an enveloped message.
*/
export const createFrameOpener = (
	scan: Scan,
): ((piece: Piece) => WatchFrame) => {
	const {reader} = scan;
	let type = '';
	let kind = '';
	let rawStart = -1;
	let rawEnd = -1;
	const keepRaw = (limit: number): void => {
		const end = scan.enter(limit);
		rawStart = reader.pos;
		rawEnd = end;
		reader.pos = end;
	};

	const typeMetaFields = tableOf({
		2(limit) {
			kind = scan.text(limit);
		},
	});
	const envelopeFields = tableOf({
		1(limit) {
			scan.walk(scan.enter(limit), typeMetaFields);
		},
		2: keepRaw,
	});
	const extensionFields = tableOf({1: keepRaw});
	const eventFields = tableOf({
		1(limit) {
			type = scan.text(limit);
		},
		2(limit) {
			scan.walk(scan.enter(limit), extensionFields);
		},
	});

	/**
	Moves onto the raw bytes just found, through an envelope if they have one.
	*/
	const enterEnvelope = (): void => {
		const {bytes} = scan;
		if (
			rawEnd - rawStart < 4 ||
			bytes[rawStart] !== 0x6b ||
			bytes[rawStart + 1] !== 0x38 ||
			bytes[rawStart + 2] !== 0x73 ||
			bytes[rawStart + 3] !== 0
		) {
			return;
		}

		const end = rawEnd;
		reader.pos = rawStart + 4;
		rawStart = end;
		scan.walk(end, envelopeFields);
	};

	return (piece) => {
		scan.begin(piece.buffer, piece.start, piece.end);
		type = '';
		kind = '';
		rawStart = piece.start;
		rawEnd = piece.end;
		// The event itself comes bare from most servers, enveloped from some.
		enterEnvelope();
		reader.pos = rawStart;
		const eventEnd = rawEnd;
		rawStart = -1;
		kind = '';
		scan.walk(eventEnd, eventFields);
		if (rawStart === -1 || type === '') {
			throw new WireError('a watch event without an object');
		}

		enterEnvelope();
		reader.pos = rawStart;
		return {type, kind, end: rawEnd};
	};
};

/**
The fields of a `Status` that matter in a watch's ERROR event.
*/
export const readStatus = (
	scan: Scan,
	end: number,
): {code: number; reason: string; message: string} => {
	let code = 0;
	let reason = '';
	let message = '';
	scan.walk(
		end,
		tableOf(
			{
				3(limit) {
					message = scan.uniqueText(limit);
				},
				4(limit) {
					reason = scan.uniqueText(limit);
				},
			},
			{
				6() {
					code = scan.reader.int32();
				},
			},
		),
	);
	return {code, reason, message};
};
