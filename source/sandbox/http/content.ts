import {type Buffer} from 'node:buffer';
import {protobufType, readProtobuf} from '../schema/protobuf.js';
import {repeatedKeys, yamlToJson} from './yaml.js';

/**
A request's body as JSON text, whatever it was written in; `problem` says why it cannot be read.
*/
export type Content = {
	readonly contentType: string;
	readonly body: string;
	readonly problem?: string;
	/**
	What YAML says more than once.
	*/
	readonly repeatedKeys?: readonly string[];
};

const json = 'application/json';

const readProtobufBody = (bytes: Buffer): Content => {
	const decoded = readProtobuf(bytes);
	return {
		contentType: json,
		body: decoded ? JSON.stringify(decoded) : '',
		...(!decoded && {
			problem:
				'provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]',
		}),
	};
};

const readYamlBody = (bytes: Buffer): Content => {
	try {
		const text = bytes.toString();
		return {
			contentType: json,
			body: yamlToJson(text),
			repeatedKeys: repeatedKeys(text),
		};
	} catch (error) {
		const [message = ''] = (error as Error).message.split('\n', 1);
		return {
			contentType: json,
			body: '',
			problem: `yaml: ${message}`,
		};
	}
};

/**
Reads a body by its media type; what is neither YAML nor protobuf stays as it is.
*/
export const readContent = (bytes: Buffer, contentType: string): Content => {
	const type = (contentType.split(';', 1)[0] ?? '').trim().toLowerCase();
	if (bytes.length === 0) {
		return {contentType: type === protobufType ? json : contentType, body: ''};
	}

	if (type === protobufType) {
		return readProtobufBody(bytes);
	}

	return type === 'application/yaml'
		? readYamlBody(bytes)
		: {contentType, body: bytes.toString()};
};
