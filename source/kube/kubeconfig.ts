import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {fail, type Outcome, succeed} from './errors.js';
import {
	type Kubeconfig,
	readKubeconfigText,
	type ContextEntry,
} from './kubeconfig-entries.js';

export type {Kubeconfig} from './kubeconfig-entries.js';

export type Environment = Readonly<Record<string, string | undefined>>;

const emptyKubeconfig: Kubeconfig = {
	clusters: new Map(),
	users: new Map(),
	contexts: new Map(),
	currentContext: '',
	files: [],
};

/**
The files kubectl would read: the one of `--kubeconfig`, or those of KUBECONFIG, or `~/.kube/config`.
*/
export const listKubeconfigFiles = (
	env: Environment,
	explicit?: string,
): {readonly files: readonly string[]; readonly isExplicit: boolean} => {
	if (explicit !== undefined && explicit !== '') {
		return {files: [path.resolve(explicit)], isExplicit: true};
	}

	const list = env.KUBECONFIG ?? '';
	if (list !== '') {
		const files = list
			.split(path.delimiter)
			.filter((file) => file !== '')
			.map((file) => path.resolve(file));
		return {files: [...new Set(files)], isExplicit: false};
	}

	const home = env.HOME ?? env.USERPROFILE;
	return {
		files: home === undefined ? [] : [path.join(home, '.kube', 'config')],
		isExplicit: false,
	};
};

const addMissing = <T>(
	into: Map<string, T>,
	from: ReadonlyMap<string, T>,
): void => {
	for (const [name, entry] of from) {
		if (!into.has(name)) {
			into.set(name, entry);
		}
	}
};

/**
Merges as kubectl does: the first file to hold a name, or a current context, wins; entries are never mixed (Kubernetes: client-go, clientcmd loading rules).
*/
export const mergeKubeconfigs = (parts: readonly Kubeconfig[]): Kubeconfig => {
	const clusters = new Map(emptyKubeconfig.clusters);
	const users = new Map(emptyKubeconfig.users);
	const contexts = new Map(emptyKubeconfig.contexts);
	for (const part of parts) {
		addMissing(clusters, part.clusters);
		addMissing(users, part.users);
		addMissing(contexts, part.contexts);
	}

	return {
		clusters,
		users,
		contexts,
		currentContext:
			parts.find((part) => part.currentContext !== '')?.currentContext ?? '',
		files: parts.flatMap((part) => part.files),
	};
};

const readOne = async (
	file: string,
	isRequired: boolean,
): Promise<Outcome<Kubeconfig>> => {
	let text: string;
	try {
		text = await readFile(file, 'utf8');
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		if (code === 'ENOENT' && !isRequired) {
			return succeed(emptyKubeconfig);
		}

		const why =
			code === 'ENOENT'
				? 'there is no such file'
				: code === 'EACCES'
					? 'reading it is not permitted'
					: code === 'EISDIR'
						? 'it is a directory'
						: String(code);
		return fail('config', `The kubeconfig ${file} cannot be read: ${why}.`);
	}

	return readKubeconfigText(text, file);
};

/**
Reads and merges the user's kubeconfig files; never writes any. No file at all is an empty configuration; a file that is there but broken, or one named by `explicit` and missing, is a problem.
*/
export const loadKubeconfig = async (options: {
	readonly env: Environment;
	/**
	The flag `--kubeconfig`.
	*/
	readonly explicit?: string | undefined;
}): Promise<Outcome<Kubeconfig>> => {
	const {files, isExplicit} = listKubeconfigFiles(
		options.env,
		options.explicit,
	);
	const read = await Promise.all(
		files.map(async (file) => readOne(file, isExplicit)),
	);
	const parts: Kubeconfig[] = [];
	for (const outcome of read) {
		if (!outcome.ok) {
			return outcome;
		}

		parts.push(outcome.value);
	}

	return succeed(mergeKubeconfigs(parts));
};

/**
Contexts in the order of the files, for lists and completion.
*/
export const listContexts = (
	config: Kubeconfig,
): ReadonlyArray<ContextEntry & {readonly name: string; isCurrent: boolean}> =>
	[...config.contexts].map(([name, entry]) => ({
		...entry,
		name,
		isCurrent: name === config.currentContext,
	}));
