import {type Finding} from '../../core/findings/finding.js';
import {type FindingId} from '../../core/findings/ids.js';

type Wish = Pick<
	Finding,
	'title' | 'object' | 'message' | 'consequence' | 'offers'
> & {readonly id: 'edit' | 'plan' | 'undo' | 'redo'};

/**
What somebody wants that no finding asked for, as a finding: it goes the same way as a fix, from choice and review to the wait for its effect.
*/
export const ownWish = ({id, object, ...words}: Wish): Finding => {
	const {namespace} = object;
	return {
		...words,
		// No failure mode: its id is not one of the catalogue.
		id: id as FindingId,
		severity: 'info',
		certainty: 'proven',
		...(namespace !== undefined && {namespace}),
		namespaces: namespace === undefined ? [] : [namespace],
		object,
		clusters: [],
		evidence: [],
		behind: [],
	};
};
