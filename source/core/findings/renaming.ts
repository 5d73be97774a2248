import {offloadingName} from '../keys.js';
import {longestLocalName} from '../names.js';
import {type Offer} from '../remedies/offer.js';
import {type NamespaceScope} from './facts.js';

/**
Offers to create the offloading again under another remote name, the one that is least surprising first.
*/
export const offerRenaming = (
	{all, name, offloading}: NamespaceScope,
	{isSafe}: {readonly isSafe: boolean},
): readonly Offer[] => {
	const strategy = offloading?.spec.namespaceMappingStrategy;
	const effect = isSafe
		? 'nothing is lost: no twin exists'
		: 'deletes the twins that exist, with their content';
	const recreate = (
		mappingStrategy: string,
		title: string,
		given: Readonly<Record<string, string>> = {},
	): Offer => ({
		remedy: 'recreate-offloading',
		title,
		effect,
		given: {name: offloadingName, mappingStrategy, ...given},
	});
	const isFits =
		all.localId !== undefined &&
		name.length <= longestLocalName({id: all.localId}, all.generation);
	return [
		...(strategy !== 'DefaultName' && isFits
			? [recreate('DefaultName', 'Create it again with the default name')]
			: []),
		...(strategy === 'EnforceSameName'
			? []
			: [
					recreate(
						'EnforceSameName',
						`Create it again with the same name ("${name}") everywhere`,
					),
				]),
		...(all.generation.rules.hasSelectedName
			? [
					recreate(
						'SelectedName',
						'Create it again with a name of your choice',
						{
							remoteNamespaceName: '',
						},
					),
				]
			: []),
	];
};
