import path from 'node:path';
import {LineCounter, parseDocument} from 'yaml';
import {isJsonObject, type JsonObject} from '../core/json.js';
import {fail, type Outcome, succeed} from './errors.js';

export type ClusterEntry = {
	readonly server: string;
	readonly tlsServerName?: string;
	readonly insecureSkipTlsVerify?: boolean;
	/**
	Absolute path of a PEM file.
	*/
	readonly certificateAuthority?: string;
	/**
	Base64 of PEM.
	*/
	readonly certificateAuthorityData?: string;
	readonly proxyUrl?: string;
	/**
	What exec plugins are given as `spec.cluster.config` (extension `client.authentication.k8s.io/exec`).
	*/
	readonly execConfig?: unknown;
};

/**
A credential plugin as the kubeconfig describes it.
*/
export type ExecEntry = {
	/**
	A name to be found on PATH, or an absolute path.
	*/
	readonly command: string;
	readonly args: readonly string[];
	readonly env: ReadonlyArray<{readonly name: string; readonly value: string}>;
	readonly apiVersion: string;
	readonly installHint?: string;
	readonly provideClusterInfo: boolean;
	/**
	`Never`, `IfAvailable` or `Always`.
	*/
	readonly interactiveMode: string;
};

export type UserEntry = {
	readonly clientCertificate?: string;
	readonly clientCertificateData?: string;
	readonly clientKey?: string;
	readonly clientKeyData?: string;
	readonly token?: string;
	/**
	Absolute path of a file holding a token; read again when it changes.
	*/
	readonly tokenFile?: string;
	readonly username?: string;
	readonly password?: string;
	readonly impersonate?: string;
	readonly impersonateUid?: string;
	readonly impersonateGroups?: readonly string[];
	readonly impersonateExtra?: Readonly<Record<string, readonly string[]>>;
	readonly exec?: ExecEntry;
	readonly authProvider?: {
		readonly name: string;
		readonly config: Readonly<Record<string, string>>;
	};
};

export type ContextEntry = {
	readonly cluster: string;
	readonly user: string;
	readonly namespace?: string;
};

/**
One kubeconfig file, or several merged.
*/
export type Kubeconfig = {
	readonly clusters: ReadonlyMap<string, ClusterEntry>;
	readonly users: ReadonlyMap<string, UserEntry>;
	readonly contexts: ReadonlyMap<string, ContextEntry>;
	/**
	Empty when none is set.
	*/
	readonly currentContext: string;
	/**
	The files that were read, in order.
	*/
	readonly files: readonly string[];
};

type Reader = {
	readonly file: string;
	readonly where: string;
	readonly from: JsonObject;
};

class EntryError extends Error {}

const complain = (reader: Reader, key: string, wanted: string): never => {
	throw new EntryError(
		`${reader.file}: ${reader.where}.${key} must be ${wanted}`,
	);
};

const textAt = (reader: Reader, key: string): string | undefined => {
	const value = reader.from[key] ?? undefined;
	if (value === undefined || value === '') {
		return undefined;
	}

	return typeof value === 'string' || typeof value === 'number'
		? String(value)
		: complain(reader, key, 'text');
};

const pathAt = (reader: Reader, key: string): string | undefined => {
	const value = textAt(reader, key);
	return value === undefined
		? undefined
		: path.resolve(path.dirname(reader.file), value);
};

const isSetAt = (reader: Reader, key: string): boolean => {
	const value = reader.from[key] ?? false;
	return typeof value === 'boolean'
		? value
		: complain(reader, key, 'true or false');
};

const listAt = (reader: Reader, key: string): readonly unknown[] => {
	const value = reader.from[key] ?? [];
	return Array.isArray(value)
		? (value as readonly unknown[])
		: complain(reader, key, 'a list');
};

const plainText = (value: unknown): string =>
	typeof value === 'string'
		? value
		: typeof value === 'number' || typeof value === 'boolean'
			? String(value)
			: '';

const textsAt = (reader: Reader, key: string): string[] =>
	listAt(reader, key).map((value) => plainText(value));

const objectAt = (reader: Reader, key: string): Reader | undefined => {
	const value = reader.from[key] ?? undefined;
	if (value === undefined) {
		return undefined;
	}

	return isJsonObject(value)
		? {file: reader.file, where: `${reader.where}.${key}`, from: value}
		: complain(reader, key, 'a mapping');
};

const textMapAt = (reader: Reader, key: string): Record<string, string> =>
	Object.fromEntries(
		Object.entries(objectAt(reader, key)?.from ?? {}).map(([name, value]) => [
			name,
			plainText(value),
		]),
	);

const present = <T extends Record<string, unknown>>(
	entry: T,
): {[K in keyof T]?: Exclude<T[K], undefined>} =>
	Object.fromEntries(
		Object.entries(entry).filter(([, value]) => value !== undefined),
	) as {[K in keyof T]?: Exclude<T[K], undefined>};

const readCluster = (reader: Reader): ClusterEntry => {
	const extension = listAt(reader, 'extensions').find(
		(item) =>
			isJsonObject(item) && item.name === 'client.authentication.k8s.io/exec',
	);
	return {
		server: textAt(reader, 'server') ?? '',
		...present({
			tlsServerName: textAt(reader, 'tls-server-name'),
			insecureSkipTlsVerify:
				isSetAt(reader, 'insecure-skip-tls-verify') || undefined,
			certificateAuthority: pathAt(reader, 'certificate-authority'),
			certificateAuthorityData: textAt(reader, 'certificate-authority-data'),
			proxyUrl: textAt(reader, 'proxy-url'),
			execConfig: isJsonObject(extension) ? extension.extension : undefined,
		}),
	};
};

const readExec = (reader: Reader): ExecEntry => {
	const command = textAt(reader, 'command') ?? '';
	return {
		// As kubectl: a path is relative to the file, a bare name is looked up on PATH.
		command: /[\/\\]/v.test(command)
			? path.resolve(path.dirname(reader.file), command)
			: command,
		args: textsAt(reader, 'args'),
		env: listAt(reader, 'env')
			.filter((item) => isJsonObject(item))
			.map((item) => ({
				name: plainText(item.name),
				value: plainText(item.value),
			})),
		apiVersion: textAt(reader, 'apiVersion') ?? '',
		...present({installHint: textAt(reader, 'installHint')}),
		provideClusterInfo: isSetAt(reader, 'provideClusterInfo'),
		interactiveMode: textAt(reader, 'interactiveMode') ?? 'IfAvailable',
	};
};

const readUser = (reader: Reader): UserEntry => {
	const exec = objectAt(reader, 'exec');
	const provider = objectAt(reader, 'auth-provider');
	const groups = textsAt(reader, 'as-groups');
	const extra = objectAt(reader, 'as-user-extra');
	return present({
		clientCertificate: pathAt(reader, 'client-certificate'),
		clientCertificateData: textAt(reader, 'client-certificate-data'),
		clientKey: pathAt(reader, 'client-key'),
		clientKeyData: textAt(reader, 'client-key-data'),
		token: textAt(reader, 'token'),
		tokenFile: pathAt(reader, 'tokenFile'),
		username: textAt(reader, 'username'),
		password: textAt(reader, 'password'),
		impersonate: textAt(reader, 'as'),
		impersonateUid: textAt(reader, 'as-uid'),
		impersonateGroups: groups.length === 0 ? undefined : groups,
		impersonateExtra:
			extra &&
			Object.fromEntries(
				Object.keys(extra.from).map((key) => [key, textsAt(extra, key)]),
			),
		exec: exec && readExec(exec),
		authProvider: provider && {
			name: textAt(provider, 'name') ?? '',
			config: textMapAt(provider, 'config'),
		},
	});
};

const readContext = (reader: Reader): ContextEntry => ({
	cluster: textAt(reader, 'cluster') ?? '',
	user: textAt(reader, 'user') ?? '',
	...present({namespace: textAt(reader, 'namespace')}),
});

const readNamed = <T>(
	root: Reader,
	listKey: string,
	key: string,
	read: (reader: Reader) => T,
): Map<string, T> => {
	const found = new Map<string, T>();
	for (const [index, item] of listAt(root, listKey).entries()) {
		const where = `${listKey}[${index}]`;
		if (!isJsonObject(item)) {
			throw new EntryError(`${root.file}: ${where} must be a mapping`);
		}

		const named = {file: root.file, where, from: item};
		const name = textAt(named, 'name') ?? '';
		if (found.has(name)) {
			throw new EntryError(
				`${root.file}: ${listKey} holds the name "${name}" twice`,
			);
		}

		const body = objectAt(named, key);
		found.set(
			name,
			read(body ?? {file: root.file, where: `${where}.${key}`, from: {}}),
		);
	}

	return found;
};

/**
Reads the text of one kubeconfig file (YAML or JSON). `file` is its absolute path: relative paths inside are relative to its folder. An empty text is an empty configuration.
*/
export const readKubeconfigText = (
	text: string,
	file: string,
): Outcome<Kubeconfig> => {
	const document = parseDocument(text, {
		lineCounter: new LineCounter(),
		merge: true,
	});
	const [error] = document.errors;
	if (error) {
		return fail(
			'config',
			`The kubeconfig ${file} cannot be read: ${error.message.split('\n', 1)[0]?.replace(/:$/v, '') ?? ''}.`,
		);
	}

	const content: unknown = document.toJS() ?? {};
	if (!isJsonObject(content)) {
		return fail(
			'config',
			`The kubeconfig ${file} cannot be read: it holds no mapping.`,
		);
	}

	const root: Reader = {file, where: '', from: content};
	try {
		return succeed({
			clusters: readNamed(root, 'clusters', 'cluster', readCluster),
			users: readNamed(root, 'users', 'user', readUser),
			contexts: readNamed(root, 'contexts', 'context', readContext),
			currentContext: textAt(root, 'current-context') ?? '',
			files: [file],
		});
	} catch (error_) {
		if (error_ instanceof EntryError) {
			return fail(
				'config',
				`The kubeconfig cannot be used: ${error_.message}.`,
			);
		}

		throw error_;
	}
};
