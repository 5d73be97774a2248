import {type JsonObject} from '../core/json.js';
import {type KindName} from '../core/model.js';
import {clusterRows} from '../core/rows/clusters.js';
import {namespaceRows} from '../core/rows/namespaces.js';
import {createOffloadingRows} from '../core/rows/offloadings.js';
import {podRows} from '../core/rows/pods.js';
import {type RowSets} from '../ui/explorer.js';
import {type Outcome, type Ports, type Session} from '../ui/ports.js';
import {type Target} from '../ui/reducer/state.js';
import {type CommandContext, type RunCommand} from './command.js';
import {exitCodes} from './exit-code.js';
import {plainLists} from './explore/plain-lists.js';
import {type Terminal} from './explore/frame-writer.js';
import {openWorld, type OpenWorld} from './open-world.js';

const kinds: readonly KindName[] = [
	'NamespaceOffloading',
	'NamespaceMap',
	'VirtualNode',
	'ForeignCluster',
	'Node',
	'Namespace',
	'Pod',
];

const rowSets: RowSets = {
	offloadings: createOffloadingRows(),
	clusters: clusterRows,
	namespaces: namespaceRows,
	pods: podRows,
};

const isSame = (raw: JsonObject, {kind, namespace, name}: Target): boolean => {
	const metadata = raw.metadata as JsonObject | undefined;
	return (
		raw.kind === kind &&
		metadata?.name === name &&
		(metadata.namespace ?? '') === namespace
	);
};

const withoutManagedFields = (raw: JsonObject): JsonObject => {
	const {managedFields: _, ...metadata} = (raw.metadata ?? {}) as JsonObject;
	return {...raw, metadata};
};

/**
Secret data never reaches the screen: only the names of its keys do.
*/
const withoutSecrets = (raw: JsonObject): JsonObject => {
	if (raw.kind !== 'Secret') {
		return raw;
	}

	const data = Object.keys((raw.data ?? {}) as JsonObject);
	return {
		...raw,
		data: Object.fromEntries(data.map((key) => [key, '(hidden)'])),
	};
};

const toYaml = async (raw: JsonObject): Promise<Outcome<string>> => {
	const {stringify} = await import('yaml');
	return {
		isOk: true,
		value: stringify(withoutSecrets(withoutManagedFields(raw)), {lineWidth: 0}),
	};
};

/**
What can be read of saved objects.
*/
const savedReads = ({
	now,
	saved,
	world,
}: OpenWorld): Pick<Ports, 'now' | 'fetchYaml' | 'fetchEvents'> => ({
	now,
	async fetchYaml(target) {
		const found = saved.get(target.cluster)?.find((raw) => isSame(raw, target));
		return found === undefined
			? {isOk: false, problem: 'It is not among the saved objects.'}
			: toYaml(found);
	},
	async fetchEvents({kind, namespace, name}) {
		const events = [...world.consumer.list('Event')].filter(
			({involvedObject: about}) =>
				about.kind === kind &&
				about.name === name &&
				(about.namespace ?? '') === namespace,
		);
		return {isOk: true, value: events};
	},
});

const isInteractive = ({env, stdin, stdout}: CommandContext): boolean =>
	stdin.isTTY === true && stdout.isTTY === true && env.TERM !== 'dumb';

const hasUtf8 = ({env}: CommandContext): boolean => {
	const locale = env.LC_ALL ?? env.LC_CTYPE ?? env.LANG;
	return locale === undefined || /utf-?8/iv.test(locale);
};

/**
Opens the explorer on what the flags mean. Without a terminal the four panes are printed as text.
*/
export const run: RunCommand = async (context) => {
	const {flags, env, stdin, stdout, stderr, signal, program} = context;
	const opened = await openWorld(context, kinds);
	if (!opened.isOk) {
		stderr.write(
			`${opened.message}\n${
				opened.code === exitCodes.connection
					? `"${program} --sandbox" explores embedded clusters, with no cluster of your own.\n`
					: ''
			}`,
		);
		return opened.code;
	}

	const open = opened.value;
	try {
		if (!isInteractive(context)) {
			stdout.write(plainLists(open.world, rowSets, open.now()));
			return exitCodes.fine;
		}

		const {runApp} = await import('./explore/run-app.js');
		const session: Session = {
			title: open.world.consumer.title,
			source: open.isSaved ? 'saved' : 'live',
			isReadOnly: flags.readonly,
			isReconciling: false,
			contexts: [],
		};
		await runApp({
			store: open.store,
			session,
			rowSets,
			reads: savedReads(open),
			stdin: stdin as NodeJS.ReadStream,
			stdout: stdout as unknown as Terminal,
			environment: env,
			signal,
			hasColour: !flags.noColor && (env.NO_COLOR ?? '') === '',
			isAscii: flags.ascii || !hasUtf8(context),
			isScreenReader: env.INK_SCREEN_READER === 'true',
		});
		return exitCodes.fine;
	} finally {
		await open.close();
	}
};
