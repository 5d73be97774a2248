import {writeFileSync} from 'node:fs';
import {once} from 'node:events';
import {
	chooseScenario,
	type Engine,
	type Sandbox,
	SandboxError,
	startSandbox,
} from '../sandbox/sandbox.js';
import {
	type ActorName,
	actorNames,
	isActorName,
} from '../sandbox/actors/actors.js';
import {hasDefinitions} from '../sandbox/crds/index.js';
import {scenarios} from '../sandbox/scenarios/index.js';
import {type CommandContext, type RunCommand} from './command.js';
import {exitCodes, type ExitCode} from './exit-code.js';
import {type Flags} from './flags.js';

class UsageError extends Error {}

const readPort = (text: string | undefined): number | undefined => {
	if (text === undefined) {
		return undefined;
	}

	const port = Number(text);
	if (!/^\d+$/v.test(text) || port < 1 || port > 65_532) {
		throw new UsageError(
			`--port takes a number from 1 to 65532, not "${text}".`,
		);
	}

	return port;
};

const readActors = (text: string | undefined): readonly ActorName[] => {
	if (text === undefined) {
		return actorNames;
	}

	const names = text === 'none' ? [] : text.split(',');
	const wrong = names.find((name) => !isActorName(name));
	if (wrong !== undefined) {
		throw new UsageError(
			`--actors takes none or some of ${actorNames.join(', ')}, not "${wrong}".`,
		);
	}

	return names.filter((name) => isActorName(name));
};

const readRules = (rules = 'upstream'): 'upstream' | 'corrected' => {
	if (rules !== 'upstream' && rules !== 'corrected') {
		throw new UsageError(
			`--rules takes upstream or corrected, not "${rules}".`,
		);
	}

	return rules;
};

const isEngine = (text: string): text is Engine =>
	text === 'embedded' || text === 'kube-apiserver';

const readOptions = (flags: Flags) => {
	const {scenario, generation, engine = 'embedded'} = flags;
	if (generation !== undefined && !hasDefinitions(generation)) {
		throw new UsageError(
			`--generation takes v0.3 or v1beta1, not "${generation}".`,
		);
	}

	if (!isEngine(engine)) {
		throw new UsageError(
			`--engine takes embedded or kube-apiserver, not "${engine}".`,
		);
	}

	const port = readPort(flags.port);
	const actors = readActors(flags.actors);
	return {
		engine,
		actors,
		rules: readRules(flags.rules),
		...chooseScenario(scenario, generation),
		...(port !== undefined && {port}),
	};
};

const listScenarios = ({stdout}: CommandContext): ExitCode => {
	const width = Math.max(...scenarios.map(({id}) => id.length));
	for (const {id, title, generations} of scenarios) {
		stdout.write(
			`${id.padEnd(width)}  ${generations.join(',').padEnd(13)}  ${title}\n`,
		);
	}

	return exitCodes.fine;
};

const writeKubeconfig = (file: string, text: string): void => {
	try {
		// At once: whoever waits for it need not wait for the actors' first look at everything.
		writeFileSync(file, text, {mode: 0o600});
	} catch (error) {
		const {code = 'unknown'} = error as {code?: string};
		throw new UsageError(
			`The kubeconfig cannot be written to ${file} (${code}); choose another place with --kubeconfig-out.`,
		);
	}
};

const describe = (
	{clusters, scenario, generation}: Sandbox,
	file: string | undefined,
): string => {
	const lines = clusters.map(
		({name, role, clusterId, url}) =>
			`  ${name.padEnd(6)} ${role.padEnd(9)} ${url}  cluster-id ${clusterId}`,
	);
	return [
		`Scenario ${scenario.id} (${generation}): ${scenario.title}.`,
		...lines,
		file === undefined
			? 'With --kubeconfig-out FILE, kubectl and other clients can use them.'
			: `Use them with: kubectl --kubeconfig ${file} get namespaces`,
		'Ctrl-C ends them.',
		'',
	].join('\n');
};

const untilAborted = async (signal: AbortSignal): Promise<void> => {
	if (!signal.aborted) {
		await once(signal, 'abort');
	}
};

/**
Runs the clusters of a scenario in the foreground, until it is told to end. Nothing of them is kept.
*/
export const run: RunCommand = async (context) => {
	const {flags, stderr, signal} = context;
	if (flags.list) {
		return listScenarios(context);
	}

	try {
		const {scenario, generation, engine, port, actors, rules} =
			readOptions(flags);
		const sandbox = await startSandbox({
			scenario: scenario.id,
			generation,
			engine,
			actors,
			rules,
			...(port !== undefined && {port}),
		});
		try {
			const file = flags.kubeconfigOut;
			if (file !== undefined) {
				writeKubeconfig(file, sandbox.kubeconfig);
			}

			stderr.write(describe(sandbox, file));
			await untilAborted(signal);
		} finally {
			await sandbox.stop();
		}

		return exitCodes.fine;
	} catch (error) {
		if (error instanceof UsageError || error instanceof SandboxError) {
			stderr.write(`${error.message}\n`);
			return exitCodes.usage;
		}

		throw error;
	}
};
