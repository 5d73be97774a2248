import {randomBytes} from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import {
	createCertificateAuthority,
	createSigningKeys,
	type KeyPair,
} from '../../certificates.js';
import {auditPolicy, readAuditLog, type AuditEvent} from './audit-log.js';
import {startChild, type Child} from './child.js';
import {ControlPlaneError} from './control-plane-error.js';
import {findFreePort} from './free-port.js';
import {writeKubeconfig} from './kubeconfig.js';
import type {Reaper} from './reaper.js';
import {waitUntilReady} from './wait-until-ready.js';

/**
Somebody who has a bearer token; what they may do is up to the RBAC objects of the cluster.
*/
export type User = Readonly<{name: string; groups?: readonly string[]}>;

export type ClusterOptions = Readonly<{
	/**
	Name of the cluster: of its key prefix in etcd, of its context and of its log files.
	*/
	name: string;
	/**
	Users beside `admin`, who is in the group system:masters.
	*/
	users?: readonly User[];
	/**
	Flags for kube-apiserver, after ours; for a flag with one value the last one wins.
	*/
	flags?: readonly string[];
	/**
	@default false
	*/
	hasScheduler?: boolean;
	/**
	Whether requests are written to an audit log.

	@default false
	*/
	isAudited?: boolean;
	/**
	@default a free one
	*/
	port?: number;
}>;

/**
A running kube-apiserver with its users.
*/
export type ApiServer = Readonly<{
	name: string;
	/**
	`https://127.0.0.1:PORT`; the certificate is also good for `localhost`.
	*/
	url: string;
	port: number;
	/**
	PEM
	*/
	certificateAuthority: string;
	/**
	Changes with a restart.
	*/
	pid(): number;
	/**
	The bearer token of a user, `admin` when none is named.

	@throws ControlPlaneError for a user not asked for at the start.
	*/
	token(user?: string): string;
	/**
	Path of a kubeconfig file with this cluster's one context; `server` replaces the URL, for a proxy in between.
	*/
	kubeconfig(user?: string, server?: string): string;
	/**
	A client certificate that the server accepts: a way in without a token, and for users not named at the start.
	*/
	issueClientCertificate(
		user: User,
		validity?: Readonly<{notBefore?: Date; notAfter?: Date}>,
	): Promise<KeyPair>;
	/**
	Ends the server: SIGTERM lets running requests finish, SIGKILL is a crash. Objects stay in etcd.
	*/
	stop(signal?: NodeJS.Signals): Promise<void>;
	/**
	Starts it again on the same port; settles when it is ready.
	*/
	start(): Promise<void>;
	restart(signal?: NodeJS.Signals): Promise<void>;
	/**
	Stops its clock without closing a connection, until `thaw`.
	*/
	freeze(): void;
	thaw(): void;
	/**
	Requests answered so far, over all restarts; empty without `isAudited`.
	*/
	auditLog(): readonly AuditEvent[];
	/**
	Path of what kube-apiserver itself logs.
	*/
	logFile: string;
}>;

type Setting = Readonly<{
	file: string;
	directory: string;
	etcdUrl: string;
	reaper: Reaper;
	deadline: number;
}>;

/**
A user of the control plane's own parts; RBAC's bootstrap policy knows the name.
*/
export const schedulerUser = 'system:kube-scheduler';

const issueTokens = (users: readonly User[]): ReadonlyMap<string, string> =>
	new Map(users.map(({name}) => [name, randomBytes(24).toString('hex')]));

// The columns of kube-apiserver's token file: token, user, uid, "group,group".
const formatTokenFile = (
	users: readonly User[],
	tokens: ReadonlyMap<string, string>,
): string =>
	users
		.map(
			({name, groups}) =>
				`${tokens.get(name) ?? ''},"${name}","${name}","${(groups ?? []).join(',')}"\n`,
		)
		.join('');

/**
Starts one kube-apiserver on loopback and waits until it is ready and has its default namespace.

There is no controller manager: nothing cascades, deleted namespaces stay Terminating, service accounts get no token. So the
admission plugins that wait for it are off (ServiceAccount; TaintNodesByCondition, whose taint nobody would lift), and the
history in etcd is only compacted on request.

@throws ControlPlaneError when the server does not come up.
*/
export const startApiServer = async (
	options: ClusterOptions,
	setting: Setting,
): Promise<ApiServer> => {
	const directory = path.join(setting.directory, options.name);
	fs.mkdirSync(directory, {mode: 0o700});
	const write = (name: string, content: string): string => {
		const file = path.join(directory, name);
		fs.writeFileSync(file, content, {mode: 0o600});
		return file;
	};

	const users: readonly User[] = [
		{name: 'admin', groups: ['system:masters']},
		{name: schedulerUser},
		...(options.users ?? []),
	];
	const tokens = issueTokens(users);
	const authority = await createCertificateAuthority(
		`liqoscope ${options.name}`,
	);
	const serving = await authority.issue({
		commonName: 'kube-apiserver',
		hosts: ['127.0.0.1', 'localhost', 'kubernetes.default.svc'],
	});
	const signing = createSigningKeys();
	const port = options.port ?? (await findFreePort());
	const url = `https://127.0.0.1:${port}`;
	const auditFile = path.join(directory, 'audit.log');
	const auditFlags =
		options.isAudited === true
			? [
					`--audit-log-path=${auditFile}`,
					`--audit-policy-file=${write('audit-policy.yaml', auditPolicy)}`,
				]
			: [];
	const signingKeyFile = write('service-account.key', signing.privateKey);
	const parameters = [
		`--etcd-servers=${setting.etcdUrl}`,
		`--etcd-prefix=/${options.name}`,
		'--etcd-compaction-interval=0',
		'--bind-address=127.0.0.1',
		'--advertise-address=127.0.0.1',
		`--secure-port=${port}`,
		`--tls-cert-file=${write('serving.crt', serving.certificate)}`,
		`--tls-private-key-file=${write('serving.key', serving.key)}`,
		`--client-ca-file=${write('ca.crt', authority.certificate)}`,
		`--token-auth-file=${write('tokens.csv', formatTokenFile(users, tokens))}`,
		'--authorization-mode=RBAC',
		'--anonymous-auth=true',
		`--service-account-key-file=${write('service-account.pub', signing.publicKey)}`,
		`--service-account-signing-key-file=${signingKeyFile}`,
		'--service-account-issuer=https://kubernetes.default.svc',
		'--service-cluster-ip-range=10.96.0.0/16',
		'--endpoint-reconciler-type=none',
		'--disable-admission-plugins=ServiceAccount,TaintNodesByCondition',
		'--allow-privileged=true',
		'--profiling=false',
		...auditFlags,
		...(options.flags ?? []),
	];

	const token = (user = 'admin'): string => {
		const found = tokens.get(user);
		if (found === undefined) {
			throw new ControlPlaneError(
				`${options.name} has no user "${user}": name it in users when starting the cluster.`,
			);
		}

		return found;
	};

	const launch = async (): Promise<Child> => {
		const started = await startChild({
			name: `kube-apiserver-${options.name}`,
			file: setting.file,
			parameters,
			directory: setting.directory,
			reaper: setting.reaper,
		});
		const access = {
			certificateAuthority: authority.certificate,
			token: token(),
		};
		await waitUntilReady(
			started,
			[
				{...access, url: `${url}/readyz`},
				{...access, url: `${url}/api/v1/namespaces/default`},
			],
			setting.deadline,
		);
		return started;
	};

	let child = await launch();
	const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
		await child.stop(signal);
	};

	const start = async () => {
		if (child.hasExited()) {
			child = await launch();
		}
	};

	return {
		name: options.name,
		url,
		port,
		certificateAuthority: authority.certificate,
		logFile: child.logFile,
		pid: () => child.pid,
		token,
		kubeconfig: (user = 'admin', server = url) =>
			write(
				`kubeconfig-${encodeURIComponent(user)}-${new URL(server).port}.yaml`,
				writeKubeconfig([
					{
						cluster: options.name,
						server,
						certificateAuthority: authority.certificate,
						user,
						token: token(user),
					},
				]),
			),
		issueClientCertificate: async (user, validity) =>
			authority.issue({
				...validity,
				commonName: user.name,
				organizations: user.groups,
				usage: 'client',
			}),
		stop,
		start,
		async restart(signal) {
			await stop(signal);
			await start();
		},
		freeze() {
			child.signal('SIGSTOP');
		},
		thaw() {
			child.signal('SIGCONT');
		},
		auditLog: () => readAuditLog(auditFile),
	};
};
