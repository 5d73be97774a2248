import {allKinds} from '../../source/core/resources.js';
import {type ClusterView, type World} from '../../source/core/world.js';
import {createStore} from '../../source/store/create-store.js';
import {type Store} from '../../source/store/store.js';

const identityOf = ({
	key,
	role,
	title,
	clusterId,
	generation,
	liqoNamespace,
}: ClusterView) => ({key, role, title, clusterId, generation, liqoNamespace});

/**
A store that holds what a world shows, all of it live.
*/
export const storeOf = ({consumer, providers}: World): Store => {
	const views = [consumer, ...providers.values()];
	const store = createStore({
		consumer: identityOf(consumer),
		providers: Array.from(providers.values(), (view) => identityOf(view)),
	});
	for (const view of views) {
		for (const kind of allKinds) {
			for (const object of view.list(kind)) {
				store.upsert(view.key, object);
			}

			store.setAccess(view.key, kind, {state: 'live'});
		}
	}

	store.flush();
	return store;
};
