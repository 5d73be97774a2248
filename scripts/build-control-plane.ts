#!/usr/bin/env node
/**
Puts etcd, kube-apiserver, kubectl and kube-scheduler into `.cache/control-plane/<version>/` (stable name:
`.cache/control-plane/bin`), building with Go what is not there yet. The modules and their versions are those of
`test/cluster/go.mod`.

With `KUBEBUILDER_ASSETS` set, whatever that directory holds is taken from there and not built.

Usage: node scripts/build-control-plane.ts [etcd] [kube-apiserver] [kubectl] [kube-scheduler]
Prints one line per binary, its name and where it is. Exit code 1 and one sentence when it cannot.
*/
import {spawn, spawnSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {setTimeout as delay} from 'node:timers/promises';

const root = path.dirname(import.meta.dirname);
const moduleDirectory = path.join(root, 'test', 'cluster');
const cacheDirectory = path.join(root, '.cache', 'control-plane');

const packages = {
	etcd: 'go.etcd.io/etcd/server/v3',
	'kube-apiserver': 'k8s.io/kubernetes/cmd/kube-apiserver',
	kubectl: 'k8s.io/kubernetes/cmd/kubectl',
	'kube-scheduler': 'k8s.io/kubernetes/cmd/kube-scheduler',
};

type Binary = keyof typeof packages;
const binaries = Object.keys(packages) as Binary[];

const fail = (message: string): never => {
	process.stderr.write(`${message}\n`);
	process.exit(1);
};

const isExecutable = (file: string): boolean => {
	try {
		fs.accessSync(file, fs.constants.X_OK);
		return fs.statSync(file).isFile();
	} catch {
		return false;
	}
};

const readVersion = (): string => {
	const lines = fs
		.readFileSync(path.join(moduleDirectory, 'go.mod'), 'utf8')
		.split('\n');
	const words = lines
		.map((line) => line.trim().split(' '))
		.find(([name]) => name === 'k8s.io/kubernetes');
	return (
		words?.[1] ??
		fail(
			'test/cluster/go.mod requires no k8s.io/kubernetes: add it with its version.',
		)
	);
};

const version = readVersion();
const directory = path.join(cacheDirectory, version);

// The server reports what its linker was told; without these it would call itself v0.0.0.
const linkerFlags = (): string => {
	const [gitMajor, gitMinor] = version.slice(1).split('.', 2);
	const values = {
		gitVersion: version,
		gitMajor,
		gitMinor,
		gitTreeState: 'clean',
		buildDate: '1970-01-01T00:00:00Z',
	};
	const settings = Object.entries(values).flatMap(([name, value]) =>
		['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'].map(
			(where) => `-X ${where}.${name}=${value}`,
		),
	);
	return ['-s', '-w', ...settings].join(' ');
};

// Go wants HOME for its caches, and a build agent may have none.
const goEnvironment = (): NodeJS.ProcessEnv => {
	const hasHome = (process.env.HOME ?? '') !== '';
	const ownCaches = {
		GOPATH: path.join(root, '.cache', 'go'),
		GOCACHE: path.join(root, '.cache', 'go-build'),
	};
	return {
		...(!hasHome && ownCaches),
		...process.env,
		CGO_ENABLED: '0',
		GOWORK: 'off',
	};
};

const run = async (
	command: string,
	parameters: readonly string[],
): Promise<number> =>
	new Promise((resolve, reject) => {
		const child = spawn(command, parameters, {
			cwd: moduleDirectory,
			env: goEnvironment(),
			stdio: ['ignore', 2, 2],
		});
		child.once('error', reject);
		child.once('exit', (code) => {
			resolve(code ?? 1);
		});
	});

const errorCode = (error: unknown): string | undefined =>
	(error as NodeJS.ErrnoException).code;

const isAlive = (pid: number): boolean => {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return errorCode(error) === 'EPERM';
	}
};

const lockFile = path.join(directory, '.lock');

const readLockOwner = (): number => {
	try {
		return Number(fs.readFileSync(lockFile, 'utf8'));
	} catch {
		return 0;
	}
};

// Two runs at once would compile the same packages twice: the second waits for the first.
const lock = async (): Promise<void> => {
	for (;;) {
		try {
			fs.writeFileSync(lockFile, String(process.pid), {flag: 'wx'});
			return;
		} catch (error) {
			if (errorCode(error) !== 'EEXIST') {
				throw error;
			}

			const owner = readLockOwner();
			if (owner > 0 && !isAlive(owner)) {
				fs.rmSync(lockFile, {force: true});
			} else {
				await delay(500);
			}
		}
	}
};

const unlock = (): void => {
	if (readLockOwner() === process.pid) {
		fs.rmSync(lockFile, {force: true});
	}
};

const build = async (name: Binary): Promise<void> => {
	const target = path.join(directory, name);
	const partial = `${target}.partial`;
	const goBuild = [
		'go',
		'build',
		'-p',
		'2',
		'-trimpath',
		'-ldflags',
		linkerFlags(),
		'-o',
		partial,
		packages[name],
	];
	const [command = 'go', ...parameters] =
		spawnSync('nice', ['true']).status === 0 ? ['nice', ...goBuild] : goBuild;
	const started = Date.now();
	process.stderr.write(
		`Building ${name} for Kubernetes ${version} with Go; the first time takes minutes.\n`,
	);
	const code = await run(command, parameters);
	if (code !== 0) {
		fail(
			`Building ${name} failed: read Go's messages above, or set KUBEBUILDER_ASSETS to a directory that holds it.`,
		);
	}

	fs.renameSync(partial, target);
	process.stderr.write(
		`Built ${name} in ${Math.round((Date.now() - started) / 1000)} s.\n`,
	);
};

const provide = async (name: Binary): Promise<string> => {
	const given = path.join(process.env.KUBEBUILDER_ASSETS ?? '', name);
	if (path.isAbsolute(given) && isExecutable(given)) {
		return given;
	}

	const target = path.join(directory, name);
	if (isExecutable(target)) {
		return target;
	}

	if (spawnSync('go', ['version']).status !== 0) {
		fail(
			`${name} is neither in KUBEBUILDER_ASSETS nor built, and there is no Go to build it: install Go 1.24 or set KUBEBUILDER_ASSETS.`,
		);
	}

	await lock();
	if (!isExecutable(target)) {
		await build(name);
	}

	unlock();
	return target;
};

const pointStableName = (): void => {
	const link = path.join(cacheDirectory, 'bin');
	if (
		fs.existsSync(link) &&
		fs.realpathSync(link) === fs.realpathSync(directory)
	) {
		return;
	}

	fs.rmSync(link, {recursive: true, force: true});
	fs.symlinkSync(version, link);
};

const names = process.argv.slice(2);
const unknown = names.find((name) => !Object.hasOwn(packages, name));
if (unknown !== undefined) {
	fail(
		`There is no binary called "${unknown}": choose from ${binaries.join(', ')}.`,
	);
}

process.once('exit', unlock);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.once(signal, () => {
		process.exit(1);
	});
}

fs.mkdirSync(directory, {recursive: true});
pointStableName();
for (const name of binaries) {
	if (!(names.length === 0 || names.includes(name))) {
		continue;
	}

	const file = await provide(name);
	process.stdout.write(`${name} ${file}\n`);
}
