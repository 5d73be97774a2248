import {type Finding} from '../../core/findings/finding.js';
import {type FindingId} from '../../core/findings/ids.js';
import {type Offer} from '../../core/remedies/offer.js';
import {type Explorer} from '../explorer.js';

/**
An edit that no finding asked for goes the same way as a fix: choice, review, dry run, apply, wait. It needs something to be about.
*/
export const ownWish = (
	{world}: Explorer,
	namespace: string,
	{
		title,
		message,
		consequence,
		offers,
	}: {
		readonly title: string;
		readonly message: string;
		readonly consequence: string;
		readonly offers: readonly Offer[];
	},
): Finding => {
	const offloading = world.consumer.get(
		'NamespaceOffloading',
		namespace,
		'offloading',
	);
	return {
		// No failure mode: its id is not one of the catalogue.
		id: 'edit' as FindingId,
		title,
		severity: 'info',
		certainty: 'proven',
		namespace,
		namespaces: [namespace],
		object: {
			apiVersion: offloading?.apiVersion ?? '',
			kind: 'NamespaceOffloading',
			namespace,
			name: 'offloading',
		},
		clusters: [],
		message,
		consequence,
		evidence: [],
		offers,
		behind: [],
	};
};
