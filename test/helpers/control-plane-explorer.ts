import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {healthyDraft} from '../../source/sandbox/scenarios/healthy.js';
import {offload, region} from '../../source/sandbox/scenarios/offload.js';
import {putWorkload} from '../../source/sandbox/scenarios/workload.js';
import type {Draft} from '../../source/sandbox/scenarios/draft.js';
import {definitionsOf} from '../../source/sandbox/crds/index.js';
import type {ControlPlane} from '../../source/sandbox/engines/kube-apiserver/control-plane.js';
import {
	startScenario,
	type ScenarioOptions,
} from '../../source/sandbox/engines/kube-apiserver/start-scenario.js';
import type {JsonObject} from '../../source/core/json.js';
import {
	assetDirectories,
	liqoDefinitions,
	readDefinitions,
	root,
	runProgram,
	type Outcome,
} from './control-plane.js';
import {startPty, type Pty, type PtyOptions} from './pty.js';

/**
The bundle that the cluster suite builds before it starts.
*/
export const bundle = path.join(root, '.cache', 'cluster-suite', 'cli.js');

/**
Five namespaces offloaded to all three providers, five that failed on one of them; one of the first has three pods.
*/
export const readyNamespaces = [
	'shop',
	'cart',
	'billing',
	'reports',
	'search',
] as const;
export const failedNamespaces = [
	'media',
	'ledger',
	'ratings',
	'mail',
	'batch',
] as const;

export const tenOffloadings = (): Draft => {
	const draft = healthyDraft('v1beta1', {
		now: new Date().toISOString().replace(/\.\d+Z$/v, 'Z'),
	});
	for (const namespace of readyNamespaces) {
		offload(draft, namespace, {});
	}

	for (const namespace of failedNamespaces) {
		offload(draft, namespace, {
			terms: [region('eu', 'us')],
			on: {eu: 'Accepted', us: 'CreationLoopBackOff'},
		});
	}

	putWorkload(draft, {
		namespace: 'shop',
		name: 'web',
		nodes: ['eu', 'us', 'pending'],
	});
	return draft;
};

/**
Starts real control planes that hold those: with Liqo's own definitions where LIQO_CRDS has them, else with the project's.
*/
export const startTenOffloadings = async (
	cluster: ScenarioOptions['cluster'] = {},
): Promise<ControlPlane> => {
	const theirs = liqoDefinitions('v1.2.0');
	return startScenario({
		assets: assetDirectories(),
		objects: tenOffloadings(),
		definitions:
			theirs === undefined
				? (definitionsOf('v1beta1') as readonly JsonObject[])
				: readDefinitions(theirs),
		cluster,
	});
};

// Nothing of the person who runs the tests: no configuration, no history, no kubeconfig.
const cleanEnvironment = (): Record<string, string> => {
	const directory = path.join(root, '.cache', 'cluster-suite', 'home');
	fs.mkdirSync(directory, {recursive: true});
	return {
		HOME: directory,
		XDG_CONFIG_HOME: path.join(directory, 'config'),
		XDG_STATE_HOME: path.join(directory, 'state'),
		XDG_CACHE_HOME: path.join(directory, 'cache'),
		KUBECONFIG: '',
		LANG: 'C.UTF-8',
	};
};

/**
The program without a terminal.
*/
export const runLiqoscope = async (
	parameters: readonly string[],
): Promise<Outcome> =>
	runProgram(process.execPath, [bundle, ...parameters], {
		env: {PATH: process.env.PATH, ...cleanEnvironment()},
	});

/**
The program in a terminal.
*/
export const openLiqoscope = (
	parameters: readonly string[],
	{
		program = bundle,
		...options
	}: Pick<PtyOptions, 'columns' | 'rows'> & {
		/**
		@default the bundle of the suite
		*/
		readonly program?: string;
	} = {},
): Pty =>
	startPty({
		file: process.execPath,
		parameters: [program, ...parameters],
		env: cleanEnvironment(),
		...options,
	});
