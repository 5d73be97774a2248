import {type Unseen} from '../../core/findings/finding.js';
import {type Explorer} from '../explorer.js';

/**
What could not be seen though it was asked for: refused, stale, still on its way, or on a cluster without a connection.

On servers, kinds that were never asked for are left alone by design (Secrets, say) and nothing that the reader does would let them be seen; of saved objects,
more can be given.
*/
export const unseenThatMatters = ({
	findings,
	session: {source},
}: Explorer): readonly Unseen[] => {
	const {unseen} = findings.diagnosis();
	return source === 'saved' || source === 'replay'
		? unseen
		: unseen.filter(({state}) => state !== 'idle');
};
