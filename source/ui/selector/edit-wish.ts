import {type Finding} from '../../core/findings/finding.js';
import {offloadingName} from '../../core/keys.js';
import {offloadingIn} from '../../core/world.js';
import {type Explorer} from '../explorer.js';
import {ownWish} from '../fix/own-wish.js';

/**
An edit of the offloading of a namespace.
*/
export const editWish = (
	{world}: Explorer,
	namespace: string,
	words: Pick<Finding, 'title' | 'message' | 'consequence' | 'offers'>,
): Finding => {
	const offloading = offloadingIn(world.consumer, namespace);
	return ownWish({
		...words,
		id: 'edit',
		object: {
			apiVersion: offloading?.apiVersion ?? '',
			kind: 'NamespaceOffloading',
			namespace,
			name: offloadingName,
		},
	});
};
