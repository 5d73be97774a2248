import {kubectlCommand} from '../../core/kubectl-command.js';
import {planChanges} from '../../core/plan.js';
import {formatTime} from '../../core/time.js';
import {rulesOf} from '../rules.js';
import {type View} from './view.js';

/**
What the reconcilers would write now: empty when nothing drifts.
*/
export const planView: View = {
	id: 'plan',
	title: 'Plan',
	nothing: 'Nothing drifts: the controllers would write nothing.',
	columns: () => [
		{id: 'cluster', title: 'CLUSTER', priority: 2},
		{id: 'verb', title: 'VERB', priority: 0},
		{id: 'object', title: 'OBJECT', priority: 0},
		{id: 'reconciler', title: 'RECONCILER', priority: 3},
		{id: 'reason', title: 'WHY', priority: 1},
	],
	rows({world, session, ports}, target) {
		const {changes} = planChanges(world, {
			now: formatTime(ports.now()),
			rules: rulesOf(session),
			...(target && {namespaces: new Set([target.namespace])}),
		});
		return changes.map((change, index) => ({
			key: `${index} ${change.object.kind} ${change.object.namespace ?? ''} ${change.object.name}`,
			level: 'progress' as const,
			text: kubectlCommand(change),
			target: {
				cluster: change.cluster,
				kind: change.object.kind,
				namespace: change.object.namespace ?? '',
				name: change.object.name,
			},
			cells: [
				{text: change.cluster},
				{
					text:
						change.subresource === undefined
							? change.verb
							: `${change.verb} ${change.subresource}`,
				},
				{
					text: `${change.object.kind} ${change.object.namespace === undefined ? '' : `${change.object.namespace}/`}${change.object.name}`,
				},
				{text: change.reconciler},
				{text: change.reason},
			],
		}));
	},
	sayOf: ({text}) => text ?? '',
};
