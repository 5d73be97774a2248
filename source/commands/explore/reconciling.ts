import {type CommandContext, type Output} from '../command.js';
import {type Opened} from './opened.js';

/**
Talk that nobody reads: the screen belongs to the explorer.
*/
const nowhere: Output = {write: () => true};

/**
Acts as Liqo's controllers beside the explorer, when that is asked for; the sandbox has actors of its own. Returns the function that stops it; nothing when this session does not reconcile.
*/
export const startReconciling = (
	context: CommandContext,
	{session, where}: Opened,
): (() => Promise<void>) | undefined => {
	const {flags} = context;
	const isPossible =
		context.stdout.isTTY === true &&
		session.source === 'live' &&
		!session.isReadOnly;
	if (!flags.reconcile || !isPossible) {
		return undefined;
	}

	const controller = new AbortController();
	const running = (async () => {
		const {run} = await import('../reconcile.js');
		await run({
			...context,
			args: [],
			flags: {...flags, ...where},
			stdout: nowhere,
			stderr: nowhere,
			signal: controller.signal,
		});
	})();
	return async () => {
		controller.abort();
		await running;
	};
};
