import {Buffer} from 'node:buffer';
import {brotliDecompressSync} from 'node:zlib';
import {type Column} from './column.js';
import {nameColumn} from './columns.js';
import {printers} from './printers.js';
import {recordedColumns} from './recorded-columns.js';

const createdColumn: Column = {
	name: 'Created At',
	type: 'date',
	description:
		'CreationTimestamp is a timestamp representing the server time when this object was created.',
	cell: ({metadata}) => metadata.creationTimestamp,
};

let read:
	Readonly<Record<string, Readonly<Record<string, string>>>> | undefined;

/**
By kind and by name of the column, in Kubernetes' words.
*/
const descriptions = () => {
	read ??= JSON.parse(
		brotliDecompressSync(Buffer.from(recordedColumns, 'base64')).toString(),
	) as typeof read;
	return read!;
};

/**
The columns of a built-in kind; kinds without their own show their name and when they were made.
*/
export const columnsOf = (kind: string): readonly Column[] => {
	const known = descriptions();
	return (printers[kind] ?? [nameColumn, createdColumn]).map((column) => ({
		...column,
		description: known[kind]?.[column.name] ?? column.description ?? '',
	}));
};
