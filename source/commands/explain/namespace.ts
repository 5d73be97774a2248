import {diagnose} from '../../core/findings/diagnose.js';
import {kindsRead} from '../../core/findings/kinds-read.js';
import {type JsonObject} from '../../core/json.js';
import {planChanges} from '../../core/plan.js';
import {changeDocument} from '../../core/plan-document.js';
import {mappingsOf} from '../../core/remote-clusters.js';
import {sanitize} from '../../core/sanitize.js';
import {formatTime} from '../../core/time.js';
import {offloadingIn} from '../../core/world.js';
import {type CommandContext} from '../command.js';
import {type ExitCode, exitCodes} from '../exit-code.js';
import {type OpenWorld} from '../opened-world.js';
import {documentVersion, formatTable, printDocument} from '../output.js';
import {rulesOf} from '../rules.js';
import {withWorld} from '../with-world.js';
import {notFound} from './not-found.js';

type Story = {
	readonly strategy: string;
	readonly mapping: string;
	readonly phase: string;
	readonly remoteName: string;
	readonly mappings: ReadonlyArray<{
		readonly cluster: string;
		readonly desired?: string;
		readonly phase?: string;
	}>;
	readonly findings: ReadonlyArray<{
		readonly id: string;
		readonly severity: string;
		readonly message: string;
	}>;
	readonly drift: readonly JsonObject[];
	readonly errors: readonly string[];
};

const tell = (
	{world, ...open}: OpenWorld,
	namespace: string,
	context: CommandContext,
): Story => {
	const view = world.consumer;
	const object = offloadingIn(view, namespace);
	const now = open.now();
	const plan = planChanges(world, {
		now: formatTime(now),
		rules: rulesOf(context),
		namespaces: new Set([namespace]),
	});
	return {
		strategy: object?.spec.podOffloadingStrategy ?? '',
		mapping: object?.spec.namespaceMappingStrategy ?? '',
		phase: object?.status.offloadingPhase ?? '',
		remoteName: object?.status.remoteNamespaceName ?? '',
		mappings: mappingsOf(view, namespace).map(
			({clusterId, desired, current}) => ({
				cluster: clusterId,
				...(desired !== undefined && {desired}),
				...(current?.phase !== undefined && {phase: current.phase}),
			}),
		),
		findings: diagnose(world, {now, namespaces: [namespace]}).findings.map(
			({id, severity, message}) => ({id, severity, message}),
		),
		drift: plan.changes.map((change) => changeDocument(change)),
		errors: plan.errors,
	};
};

const textOf = (
	namespace: string,
	isOffloaded: boolean,
	story: Story,
): readonly string[] => [
	sanitize(
		isOffloaded
			? `Namespace ${namespace}: ${story.phase === '' ? 'no phase yet' : story.phase}, pods ${story.strategy}, twin ${story.remoteName === '' ? 'not named yet' : story.remoteName} (${story.mapping})`
			: `Namespace ${namespace} is not offloaded.`,
	),
	...(story.mappings.length === 0
		? ['No cluster is asked for it.']
		: formatTable(
				['CLUSTER', 'ASKED FOR', 'OUTCOME'],
				story.mappings.map(({cluster, desired, phase}) => [
					cluster,
					desired ?? '',
					phase ?? '',
				]),
			)),
	'',
	...(story.findings.length === 0
		? ['Nothing is wrong with it.']
		: story.findings.map(({id, severity, message}) =>
				sanitize(`${severity}  ${id}: ${message}`),
			)),
	...(story.drift.length === 0
		? ['The controllers would write nothing.']
		: [
				`The controllers would make ${story.drift.length} writes: see plan -n ${sanitize(namespace)}.`,
			]),
	...story.errors.map((error) => sanitize(`In the way: ${error}.`)),
];

/**
`explain namespace NAME`: what is asked for, what came of it, what is wrong, and what the controllers would do next.
*/
export const explainNamespace = async (
	context: CommandContext,
	form: 'text' | 'json' | 'yaml',
): Promise<ExitCode> => {
	const {args, stdout} = context;
	const namespace = args[1] ?? '';
	const wanted = {
		kinds: kindsRead.consumer,
		providerKinds: kindsRead.provider,
	};
	return withWorld(context, wanted, (open) => {
		const view = open.world.consumer;
		const isOffloaded = offloadingIn(view, namespace) !== undefined;
		if (!isOffloaded && !view.get('Namespace', '', namespace)) {
			return notFound(context, `There is no namespace "${namespace}".`);
		}

		const story = tell(open, namespace, context);
		if (form === 'text') {
			stdout.write(`${textOf(namespace, isOffloaded, story).join('\n')}\n`);
		} else {
			printDocument(stdout, form, {
				apiVersion: documentVersion,
				kind: 'NamespaceExplanation',
				namespace,
				offloaded: isOffloaded,
				...story,
			});
		}

		return exitCodes.fine;
	});
};
