import {type Rules} from '../divergences.js';
import {offloadingName} from '../keys.js';
import {type ClusterView} from '../world.js';
import {
	changedMappings,
	changedWishes,
	everyOffloading,
	namespaceRequest,
	requestsForNamespace,
	requestsForNode,
} from './offloading-requests.js';
import {type ObjectTouch, type Request} from './reconciler.js';

const requestsForMap = (
	touch: ObjectTouch,
	view: ClusterView,
): readonly Request[] =>
	touch.before === undefined || touch.after === undefined
		? everyOffloading(view, 'corrected')
		: [...new Set([...changedMappings(touch), ...changedWishes(touch)])].map(
				(namespace) => namespaceRequest(namespace),
			);

const wokenByChoice = (
	touch: ObjectTouch,
	view: ClusterView,
): readonly Request[] => {
	switch (touch.kind as string) {
		case 'NamespaceMap': {
			return requestsForMap(touch, view);
		}

		case 'Node': {
			return requestsForNode(touch, view, 'corrected');
		}

		case 'Namespace': {
			return requestsForNamespace(touch);
		}

		default: {
			return [];
		}
	}
};

/**
Requests of v0.3's NamespaceOffloading controller. Upstream it watches offloadings only, deletions whatever their name.
*/
export const requestsForLegacyOffloading = (
	touch: ObjectTouch,
	view: ClusterView,
	rules: Rules,
): readonly Request[] => {
	if (touch.cluster !== view.key) {
		return [];
	}

	if (touch.kind === 'NamespaceOffloading') {
		return touch.name === offloadingName || touch.after === undefined
			? [namespaceRequest(touch.namespace)]
			: [];
	}

	return rules === 'corrected' ? wokenByChoice(touch, view) : [];
};

/**
Requests of v0.3's status controller: offloadings of any name; upstream it notices maps only because it looks again every ten seconds.
*/
export const requestsForLegacyStatus = (
	touch: ObjectTouch,
	view: ClusterView,
	rules: Rules,
): readonly Request[] => {
	if (touch.cluster !== view.key) {
		return [];
	}

	if (touch.kind === 'NamespaceOffloading') {
		return [namespaceRequest(touch.namespace)];
	}

	return rules === 'corrected' && touch.kind === 'NamespaceMap'
		? requestsForMap(touch, view)
		: [];
};
