import {kubectlCommand} from '../../core/kubectl-command.js';
import {plannedKey} from '../../core/remedies/apply-plan.js';
import {objectCell, type View} from './view.js';

/**
What the reconcilers would write now: empty when nothing drifts.
*/
export const planView: View = {
	id: 'plan',
	title: 'Plan',
	nothing({drift}) {
		if (!drift.isSettled()) {
			return 'Planning…';
		}

		const doubt = drift.doubt();
		return doubt === undefined
			? 'Nothing drifts: the controllers would write nothing.'
			: `Nothing is known to drift, but ${doubt}.`;
	},
	notes({drift}) {
		const doubt = drift.doubt();
		const left = drift.changes().filter(({isLeft}) => isLeft === true).length;
		return [
			...(doubt === undefined ? [] : [`incomplete: ${doubt}`]),
			...(left === 0
				? []
				: [`${left} left to controllers of the providers' own`]),
		];
	},
	columns: () => [
		{id: 'cluster', title: 'CLUSTER', priority: 2},
		{id: 'verb', title: 'VERB', priority: 0},
		{id: 'object', title: 'OBJECT', priority: 0, isName: true},
		{id: 'reconciler', title: 'RECONCILER', priority: 3},
		{id: 'reason', title: 'WHY', priority: 1, isSentence: true},
	],
	rows: ({drift}, target) =>
		drift.changes(target?.namespace).map((change, index) => ({
			key: `${index} ${plannedKey(change)}`,
			level: change.isLeft ? ('none' as const) : ('progress' as const),
			text: kubectlCommand(change),
			...(change.verb !== 'event' &&
				change.isLeft !== true && {
					planned: {
						key: plannedKey(change),
						object: change.object,
						reason: change.reason,
					},
				}),
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
				objectCell(change.object),
				{text: change.isLeft ? 'provider' : change.reconciler},
				{text: change.reason},
			],
		})),
	sayOf: ({cells, text = ''}) => [
		{text: cells.at(-1)?.text ?? ''},
		{text: '  $ ', tone: 'dim'},
		{text: text.replaceAll(/\s+/gv, ' '), tone: 'info'},
	],
};
