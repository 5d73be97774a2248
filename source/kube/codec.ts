import {type Generation} from '../core/generations/generation.js';
import {type KindName} from '../core/model.js';
import {type PageDecoder, type WatchDecoder} from './decoders.js';
import {
	createJsonPageDecoder,
	createJsonWatchDecoder,
} from './json-decoders.js';
import {
	createProtobufDecoders,
	type ProtobufDecoders,
} from './protobuf-decoders.js';

const protobufType = 'application/vnd.kubernetes.protobuf';

/**
How objects of one kind are asked for and read: as protobuf where we can and the server does, else as JSON.
*/
export type Codec = {
	readonly isProtobuf: boolean;
	accept(use: 'list' | 'watch'): string;
	/**
	Decoders for what the server chose to send.
	*/
	createPageDecoder(contentType: string): PageDecoder;
	createWatchDecoder(contentType: string): WatchDecoder;
};

/**
With `canProtobuf` false everything is asked for as JSON: the server, or what it sent, turned out not to be up to protobuf.
*/
export const createCodec = (
	kind: KindName,
	generation: Generation | undefined,
	canProtobuf: boolean,
): Codec => {
	const protobuf: ProtobufDecoders | undefined = canProtobuf
		? createProtobufDecoders(kind)
		: undefined;
	const isAnsweredIn = (contentType: string): boolean =>
		contentType.startsWith(protobufType);
	return {
		isProtobuf: protobuf !== undefined,
		accept(use) {
			if (protobuf === undefined) {
				return 'application/json';
			}

			return use === 'watch'
				? `${protobufType};stream=watch,application/json;q=0.5`
				: `${protobufType},application/json;q=0.5`;
		},
		createPageDecoder: (contentType) =>
			protobuf && isAnsweredIn(contentType)
				? protobuf.createPageDecoder()
				: createJsonPageDecoder(kind, generation),
		createWatchDecoder: (contentType) =>
			protobuf && isAnsweredIn(contentType)
				? protobuf.createWatchDecoder()
				: createJsonWatchDecoder(kind, generation),
	};
};
