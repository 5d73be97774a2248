import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {type GenerationId} from '../../core/generations/generation.js';
import {SandboxError, startSandbox} from '../../sandbox/sandbox.js';
import {type CommandContext} from '../command.js';
import {exitCodes} from '../exit-code.js';
import {openLiveWorld} from './live-world.js';
import {type OpenedResult} from './opened.js';
import {sandboxQueue} from './sandbox-queue.js';

/**
Starts embedded clusters and opens the explorer on them, over HTTP like on any other.
*/
export const openSandboxWorld = async (
	context: CommandContext,
	scenario: string,
): Promise<OpenedResult> => {
	let sandbox;
	try {
		const {generation} = context.flags;
		sandbox = await startSandbox({
			...(scenario !== '' && {scenario}),
			...(generation !== undefined && {
				generation: generation as GenerationId,
			}),
		});
	} catch (error) {
		if (error instanceof SandboxError) {
			return {isOk: false, message: error.message, code: exitCodes.usage};
		}

		throw error;
	}

	const directory = await fs.mkdtemp(path.join(os.tmpdir(), 'liqoscope-'));
	const kubeconfig = path.join(directory, 'kubeconfig');
	await fs.writeFile(kubeconfig, sandbox.kubeconfig, {mode: 0o600});
	const stop = async () => {
		await sandbox.stop();
		await fs.rm(directory, {recursive: true, force: true});
	};

	const providers = sandbox.clusters
		.filter(({role}) => role === 'provider')
		.map(({name, clusterId}) => `${name}=${clusterId}`);
	const opened = await openLiveWorld(context, {
		flags: {kubeconfig, context: 'home'},
		providers,
		source: 'sandbox',
		title: `sandbox ${scenario}`.trim(),
	});
	if (!opened.isOk) {
		await stop();
		return opened;
	}

	return {
		isOk: true,
		value: {
			...opened.value,
			...(sandbox.actors?.reconcilers && {
				queue: sandboxQueue(sandbox.actors.reconcilers),
			}),
			where: {kubeconfig, context: 'home', provider: providers},
			async close() {
				await opened.value.close();
				await stop();
			},
		},
	};
};
