import {type Condition} from '../../core/kubernetes.js';
import {compact} from './maps.js';
import {createTimeReader} from './time.js';
import {type Scan, tableOf} from './wire.js';

/**
Reader of one condition of a pod, node or namespace: the three messages number the fields kept alike. Equal conditions give the
same object.
*/
export const createConditionReader = (
	scan: Scan,
): ((limit: number) => Condition) => {
	const readTime = createTimeReader(scan);
	let type = '';
	let status = '';
	let reason = '';
	let message = '';
	let lastTransitionTime: string | undefined;
	const fields = tableOf({
		1(limit) {
			type = scan.text(limit);
		},
		2(limit) {
			status = scan.text(limit);
		},
		4(limit) {
			lastTransitionTime = readTime(limit);
		},
		5(limit) {
			reason = scan.text(limit);
		},
		6(limit) {
			message = scan.text(limit);
		},
	});
	const decode = (end: number): Condition => {
		type = '';
		status = '';
		reason = '';
		message = '';
		lastTransitionTime = undefined;
		scan.walk(end, fields);
		if (reason === '' && message === '' && lastTransitionTime !== undefined) {
			return {type, status, lastTransitionTime};
		}

		return compact<Condition>({
			type,
			status,
			reason: reason === '' ? undefined : reason,
			message: message === '' ? undefined : message,
			lastTransitionTime,
		});
	};

	return (limit) => scan.shared(limit, decode);
};
