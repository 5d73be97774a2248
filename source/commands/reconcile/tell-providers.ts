import {describeDoubt} from '../../core/knowing-world.js';
import {type KindName} from '../../core/model.js';
import {isComplete, type World} from '../../core/world.js';
import {type Log} from './log.js';

const kinds: readonly KindName[] = ['NamespaceMap', 'Namespace', 'RoleBinding'];

/**
The providers to which the connection is lost, each with the reason: what they would say now is worth waiting for.
*/
export const describeLost = ({providers}: World): readonly string[] =>
	providers
		.values()
		.flatMap((provider) => {
			const kind = kinds.find((one) => provider.access(one).state === 'stale');
			return kind === undefined ? [] : [describeDoubt(provider, kind)];
		})
		.toArray();

/**
Tells when a provider that was known is not any more, and when it is again. To be called whenever something may have changed.
*/
export const createProviderTeller = (world: World, log: Log): (() => void) => {
	const known = new Set<string>();
	const lost = new Set<string>();
	return () => {
		for (const provider of world.providers.values()) {
			const {key} = provider;
			const doubt = kinds.find((kind) => !isComplete(provider.access(kind)));
			if (doubt === undefined) {
				known.add(key);
				if (lost.delete(key)) {
					log.info('provider answers again', {provider: key});
				}
			} else if (known.has(key) && !lost.has(key)) {
				lost.add(key);
				log.warn('provider lost: what it holds is left as it is', {
					provider: key,
					reason: describeDoubt(provider, doubt),
				});
			}
		}
	};
};
