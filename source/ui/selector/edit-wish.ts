import {type Finding} from '../../core/findings/finding.js';
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
	const offloading = world.consumer.get(
		'NamespaceOffloading',
		namespace,
		'offloading',
	);
	return ownWish({
		...words,
		id: 'edit',
		object: {
			apiVersion: offloading?.apiVersion ?? '',
			kind: 'NamespaceOffloading',
			namespace,
			name: 'offloading',
		},
	});
};
