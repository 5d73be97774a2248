import {type NamespaceOffloading} from '../../core/model.js';
import {mappingStrategies} from '../../core/remedies/naming.js';
import {type Offer} from '../../core/remedies/offer.js';
import {strategies} from '../../core/remedies/set-pod-strategy.js';
import {offloadingIn} from '../../core/world.js';
import {type Explorer} from '../explorer.js';
import {openFix} from '../fix/fix-state.js';
import {editWish} from './edit-wish.js';

const podOffers = ({spec}: NamespaceOffloading): readonly Offer[] =>
	strategies
		.filter(({value}) => value !== spec.podOffloadingStrategy)
		.map(({value, note}) => ({
			remedy: 'set-pod-strategy',
			title: `Pod strategy ${value}`,
			effect: `${note}; for pods that are made from then on`,
			given: {strategy: value},
		}));

/**
The name of the twins cannot be changed: another one needs another offloading. A chosen name can give way to another chosen one.
*/
const nameOffers = (
	{spec}: NamespaceOffloading,
	hasSelectedName: boolean,
): readonly Offer[] =>
	mappingStrategies(hasSelectedName)
		.filter(
			({value}) =>
				value !== spec.namespaceMappingStrategy || value === 'SelectedName',
		)
		.map(({value, note}) => ({
			remedy: 'recreate-offloading',
			title: `Create it again with ${value}`,
			effect: `the twins are called by ${note}`,
			given: {mappingStrategy: value},
		}));

/**
Opens the choice of another pod strategy or another remote name for a namespace's offloading; false when it has none.
*/
export const canOpenStrategies = (
	explorer: Explorer,
	namespace: string,
): boolean => {
	const {consumer} = explorer.world;
	const offloading = offloadingIn(consumer, namespace);
	if (!offloading) {
		return false;
	}

	const {podOffloadingStrategy, namespaceMappingStrategy} = offloading.spec;
	openFix(
		explorer,
		editWish(explorer, namespace, {
			title: 'Edit the offloading',
			message: `The pod strategy is ${podOffloadingStrategy}, the mapping strategy ${namespaceMappingStrategy}${offloading.status.remoteNamespaceName === undefined ? '' : ` (remote name ${offloading.status.remoteNamespaceName})`}.`,
			consequence:
				'The pod strategy can be changed in place. The remote name cannot: for another one the offloading is deleted, its twins with all they hold, and created again.',
			offers: [
				...podOffers(offloading),
				...nameOffers(
					offloading,
					consumer.generation?.rules.hasSelectedName ?? false,
				),
			],
		}),
	);
	return true;
};
