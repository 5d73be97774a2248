import {Buffer} from 'node:buffer';
import {spawn} from 'node:child_process';
import process from 'node:process';
import {isJsonObject, type JsonObject} from '../core/json.js';
import {sanitize} from '../core/sanitize.js';
import {type Connection} from './connection.js';
import {fail, type Outcome, succeed} from './errors.js';
import {type ExecEntry} from './kubeconfig-entries.js';
import {type Environment} from './kubeconfig.js';

/**
What a plugin hands out. Never logged.
*/
export type PluginCredentials = {
	readonly token?: string;
	/**
	PEM of a client certificate and its key.
	*/
	readonly certificate?: string;
	readonly key?: string;
	/**
	Epoch milliseconds; absent: until the server refuses them.
	*/
	readonly expiresAt?: number;
};

const supportedVersions: ReadonlySet<string> = new Set([
	'client.authentication.k8s.io/v1',
	'client.authentication.k8s.io/v1beta1',
]);

const outputLimit = 1_048_576;

const describeCluster = (connection: Connection): JsonObject => ({
	server: connection.server,
	...(connection.cluster.tlsServerName !== undefined && {
		'tls-server-name': connection.cluster.tlsServerName,
	}),
	...(connection.cluster.insecureSkipTlsVerify === true && {
		'insecure-skip-tls-verify': true,
	}),
	...(connection.authority !== undefined && {
		'certificate-authority-data': Buffer.from(connection.authority).toString(
			'base64',
		),
	}),
	...(connection.cluster.proxyUrl !== undefined && {
		'proxy-url': connection.cluster.proxyUrl,
	}),
	...(connection.cluster.execConfig !== undefined && {
		config: connection.cluster.execConfig as JsonObject,
	}),
});

type Run = {
	readonly code: number | undefined;
	readonly signal: string | undefined;
	readonly output: string;
	readonly lastWords: string;
	readonly failure?: 'missing' | 'not-executable' | 'timeout' | 'too-long';
};

const endGroup = (pid: number | undefined): void => {
	if (pid === undefined) {
		return;
	}

	try {
		process.kill(-pid, 'SIGKILL');
	} catch {
		try {
			process.kill(pid, 'SIGKILL');
		} catch {}
	}
};

const runPlugin = async (
	exec: ExecEntry,
	env: Environment,
	timeLimit: number,
): Promise<Run> =>
	new Promise((resolve) => {
		// In a session of its own: a plugin that asks on /dev/tty cannot reach the screen.
		const child = spawn(exec.command, [...exec.args], {
			env: {...env},
			stdio: ['ignore', 'pipe', 'pipe'],
			detached: process.platform !== 'win32',
			windowsHide: true,
		});
		const chunks: string[] = [];
		let size = 0;
		let errorText = '';
		const endWithUs = (): void => {
			endGroup(child.pid);
		};

		const finish = (run: Partial<Run>): void => {
			clearTimeout(timer);
			process.off('exit', endWithUs);
			child.stdout.destroy();
			child.stderr.destroy();
			resolve({
				code: undefined,
				signal: undefined,
				output: chunks.join(''),
				lastWords: sanitize(errorText.trim().split('\n').at(-1) ?? '')
					.trim()
					.slice(0, 300),
				...run,
			});
		};

		const timer = setTimeout(() => {
			endGroup(child.pid);
			finish({failure: 'timeout'});
		}, timeLimit);
		process.on('exit', endWithUs);
		child.stdout.setEncoding('utf8').on('data', (text: string) => {
			size += text.length;
			if (size > outputLimit) {
				endGroup(child.pid);
				finish({failure: 'too-long'});
				return;
			}

			chunks.push(text);
		});
		child.stderr.setEncoding('utf8').on('data', (text: string) => {
			errorText = (errorText + text).slice(-4000);
		});
		child.once('error', (error: NodeJS.ErrnoException) => {
			finish({failure: error.code === 'ENOENT' ? 'missing' : 'not-executable'});
		});
		child.once('close', (code, signal) => {
			finish({code: code ?? undefined, signal: signal ?? undefined});
		});
	});

const readCredential = (
	exec: ExecEntry,
	output: string,
): Outcome<PluginCredentials> => {
	const said = `The credential plugin ${exec.command}`;
	let credential: unknown;
	try {
		credential = JSON.parse(output);
	} catch {
		return fail('credentials', `${said} did not answer with JSON.`);
	}

	if (
		!isJsonObject(credential) ||
		credential.kind !== 'ExecCredential' ||
		!isJsonObject(credential.status)
	) {
		return fail(
			'credentials',
			`${said} did not answer with an ExecCredential.`,
		);
	}

	if (credential.apiVersion !== exec.apiVersion) {
		return fail(
			'credentials',
			`${said} answers in ${JSON.stringify(credential.apiVersion)}, the kubeconfig says ${exec.apiVersion}: set its apiVersion to that of the plugin.`,
		);
	}

	const {
		token,
		clientCertificateData: certificate,
		clientKeyData: key,
		expirationTimestamp,
	} = credential.status;
	const hasToken = typeof token === 'string' && token !== '';
	const hasCertificate =
		typeof certificate === 'string' && typeof key === 'string';
	if (!hasToken && !hasCertificate) {
		return fail(
			'credentials',
			`${said} gave neither a token nor a client certificate with its key.`,
		);
	}

	const expiresAt =
		typeof expirationTimestamp === 'string'
			? Date.parse(expirationTimestamp)
			: NaN;
	return succeed({
		...(hasToken && {token}),
		...(hasCertificate && {certificate, key}),
		...(!Number.isNaN(expiresAt) && {expiresAt}),
	});
};

/**
Runs a credential plugin once, away from the screen: stdin closed, no terminal, killed after `timeLimit` milliseconds.
*/
export const runExecPlugin = async (
	exec: ExecEntry,
	connection: Connection,
	options: {readonly env: Environment; readonly timeLimit: number},
): Promise<Outcome<PluginCredentials>> => {
	const said = `The credential plugin ${exec.command}`;
	if (!supportedVersions.has(exec.apiVersion)) {
		return fail(
			'credentials',
			`${said} has the apiVersion "${exec.apiVersion}" in the kubeconfig: client.authentication.k8s.io/v1 and v1beta1 are supported.`,
		);
	}

	if (exec.interactiveMode === 'Always') {
		return fail(
			'credentials',
			`${said} wants to ask questions (interactiveMode: Always), which is not possible here: run kubectl once to log in, or choose another --user.`,
		);
	}

	const info = {
		apiVersion: exec.apiVersion,
		kind: 'ExecCredential',
		spec: {
			interactive: false,
			...(exec.provideClusterInfo && {cluster: describeCluster(connection)}),
		},
	};
	const env = {
		...options.env,
		...Object.fromEntries(exec.env.map(({name, value}) => [name, value])),
		KUBERNETES_EXEC_INFO: JSON.stringify(info),
	};
	const run = await runPlugin(exec, env, options.timeLimit);
	switch (run.failure) {
		case 'missing': {
			const hint =
				exec.installHint === undefined
					? 'install it, or choose another --user'
					: exec.installHint.trim().replaceAll(/\s+/gv, ' ');
			return fail('credentials', `${said} is not installed: ${hint}.`);
		}

		case 'not-executable': {
			return fail('credentials', `${said} cannot be started.`);
		}

		case 'timeout': {
			return fail(
				'credentials',
				`${said} did not finish within ${options.timeLimit / 1000} s and was ended: run it once by hand (it may wait for a login).`,
			);
		}

		case 'too-long': {
			return fail('credentials', `${said} answered with more than 1 MiB.`);
		}

		case undefined: {
			break;
		}
	}

	if (run.code !== 0) {
		const end =
			run.code === undefined
				? `was ended by ${run.signal ?? 'a signal'}`
				: `failed with exit code ${run.code}`;
		const words = run.lastWords === '' ? '' : `: ${run.lastWords}`;
		return fail(
			'credentials',
			`${said} ${end}${words}. Log in again, then retry.`,
		);
	}

	return readCredential(exec, run.output);
};
