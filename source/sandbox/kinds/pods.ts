import {absent} from '../../core/json.js';
import {timestamp} from '../objects/identity.js';
import {setPodDefaults} from '../defaults/pod.js';
import {podErrors} from '../validation/pod.js';
import {podUpdateErrors} from '../validation/pod-update.js';
import {qosClass} from '../defaults/qos-class.js';
import {type ApiObject, listAt, numberAt, textAt, treeAt} from '../value.js';
import {type BuiltinBehaviour} from './kind.js';

const isFinished = (object: ApiObject): boolean =>
	['Succeeded', 'Failed'].includes(textAt(object, 'status', 'phase'));

/**
Pods: what is filled in, what is refused, and how long they may take to end.
*/
export const podBehaviours: Readonly<Record<string, BuiltinBehaviour>> = {
	Pod: {
		selectable: [
			'spec.nodeName',
			'spec.restartPolicy',
			'spec.schedulerName',
			'spec.serviceAccountName',
			'spec.hostNetwork',
			'status.phase',
			'status.podIP',
			'status.nominatedNodeName',
		],
		fieldsOf: (object) => ({
			'spec.nodeName': textAt(object, 'spec', 'nodeName'),
			'spec.restartPolicy': textAt(object, 'spec', 'restartPolicy'),
			'spec.schedulerName': textAt(object, 'spec', 'schedulerName'),
			'spec.serviceAccountName': textAt(object, 'spec', 'serviceAccountName'),
			'spec.hostNetwork': String(treeAt(object, 'spec')?.hostNetwork ?? false),
			'status.phase': textAt(object, 'status', 'phase'),
			'status.podIP': textAt(object, 'status', 'podIP'),
			'status.nominatedNodeName': textAt(object, 'status', 'nominatedNodeName'),
		}),
		setDefaults(object) {
			const spec = treeAt(object, 'spec');
			if (!spec) {
				return;
			}

			setPodDefaults(spec);
			spec.enableServiceLinks ??= true;
			const status = treeAt(object, 'status');
			const address = textAt(status, 'podIP');
			if (status && address !== '' && listAt(status, 'podIPs').length === 0) {
				status.podIPs = [{ip: address}];
			}
		},
		prepareCreate(object) {
			const spec = treeAt(object, 'spec');
			if (spec && (numberAt(spec, 'terminationGracePeriodSeconds') ?? 0) < 0) {
				spec.terminationGracePeriodSeconds = 1;
			}

			object.status = {phase: 'Pending', qosClass: qosClass(object)};
			if (listAt(object, 'spec', 'schedulingGates').length > 0) {
				object.status = {
					...object.status,
					conditions: [
						{
							type: 'PodScheduled',
							status: 'False',
							reason: 'SchedulingGated',
							message:
								'Scheduling is blocked due to non-empty scheduling gates',
							lastProbeTime: absent,
							lastTransitionTime: timestamp(Date.now()),
						},
					],
				};
			}
		},
		prepareUpdate(object) {
			const status = treeAt(object, 'status');
			if (status && textAt(status, 'qosClass') === '') {
				status.qosClass = qosClass(object);
			}
		},
		validate: podErrors,
		validateUpdate: podUpdateErrors,
		gracePeriod(object, asked) {
			const wanted =
				asked ?? numberAt(object, 'spec', 'terminationGracePeriodSeconds') ?? 0;
			const isBound = textAt(object, 'spec', 'nodeName') !== '';
			// Nobody has to end what never started, or has ended.
			return isBound && !isFinished(object) ? Math.max(wanted, 0) : 0;
		},
	},
};
