import {schedulerUser, type ApiServer} from './api-server.js';
import {startChild, type Child} from './child.js';
import type {Reaper} from './reaper.js';

/**
Starts kube-scheduler with its default profile for one cluster; it survives restarts of the API server.
*/
export const startScheduler = async (
	cluster: ApiServer,
	options: Readonly<{file: string; directory: string; reaper: Reaper}>,
): Promise<Child> =>
	startChild({
		name: `kube-scheduler-${cluster.name}`,
		file: options.file,
		directory: options.directory,
		reaper: options.reaper,
		parameters: [
			`--kubeconfig=${cluster.kubeconfig(schedulerUser)}`,
			'--leader-elect=false',
			// It serves nothing: its own health is seen in the pods it binds.
			'--secure-port=0',
		],
	});
