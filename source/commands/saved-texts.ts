import {Buffer} from 'node:buffer';
import {readdir, readFile, stat} from 'node:fs/promises';
import path from 'node:path';

export type SavedObjectsOptions = {
	/**
	Also the directories inside a directory.
	*/
	readonly isRecursive?: boolean;
	/**
	What `-` means.
	*/
	readonly stdin: AsyncIterable<Uint8Array | string>;
};

const extensions: ReadonlySet<string> = new Set(['.json', '.yaml', '.yml']);

/**
Why a file could not be read, as the end of a sentence.
*/
export const reasonOf = (error: unknown): string => {
	const code = error instanceof Error && 'code' in error ? error.code : '';
	switch (code) {
		case 'ENOENT': {
			return 'there is no such file';
		}

		case 'EACCES':
		case 'EPERM': {
			return 'you may not read it';
		}

		case 'ERR_STRING_TOO_LONG':
		case 'ERR_FS_FILE_TOO_LARGE': {
			return 'it is larger than 512 MiB: save fewer kinds or namespaces into one file';
		}

		default: {
			return error instanceof Error ? error.message : String(error);
		}
	}
};

/**
UTF-8, or what the mark at the beginning says: PowerShell writes UTF-16 (Kubernetes: cli-runtime reads both).
*/
const decodeText = (bytes: Buffer): string => {
	const mark = bytes.toString('hex', 0, 2);
	if (mark === 'fffe' || mark === 'feff') {
		const encoding = mark === 'fffe' ? 'utf-16le' : 'utf-16be';
		return new TextDecoder(encoding).decode(bytes);
	}

	const text = bytes.toString('utf8');
	return text.startsWith('\u{FEFF}') ? text.slice(1) : text;
};

const readStdin = async (
	stdin: AsyncIterable<Uint8Array | string>,
): Promise<string> => {
	const chunks: Buffer[] = [];
	for await (const chunk of stdin) {
		chunks.push(Buffer.from(chunk as Uint8Array));
	}

	return decodeText(Buffer.concat(chunks));
};

const filesOf = async (
	directory: string,
	isRecursive: boolean,
): Promise<readonly string[]> => {
	const entries = await readdir(directory, {
		withFileTypes: true,
		recursive: isRecursive,
	});
	return entries
		.filter(
			(entry) =>
				!entry.isDirectory() && extensions.has(path.extname(entry.name)),
		)
		.map((entry) => path.join(entry.parentPath, entry.name))
		.toSorted();
};

/**
The texts of a file, of a directory's `.yaml`, `.yml` and `.json` files by name, or of stdin (`-`). Throws what reading them throws.
*/
export const readSavedTexts = async (
	place: string,
	options: SavedObjectsOptions,
): Promise<ReadonlyArray<{name: string; text: string}>> => {
	if (place === '-') {
		return [{name: 'stdin', text: await readStdin(options.stdin)}];
	}

	const status = await stat(place);
	const files = status.isDirectory()
		? await filesOf(place, options.isRecursive ?? false)
		: [place];
	return Promise.all(
		files.map(async (name) => ({name, text: decodeText(await readFile(name))})),
	);
};
