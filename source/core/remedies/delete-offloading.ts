import {changes, deletionOf, gone, offloadingOf} from './planning.js';
import {type Remedy} from './remedy.js';

export const deleteOffloading: Remedy = {
	id: 'delete-offloading',
	title: 'Delete a NamespaceOffloading',
	safety: 'confirm',
	inputs: [],
	irreversible: 'with it go the twins that belong to it, and all they hold',
	plan(finding, world, answers) {
		const offloading = offloadingOf(world, finding.namespace, answers.name);
		return offloading
			? changes(deletionOf(offloading, `Delete "${offloading.metadata.name}".`))
			: gone(`NamespaceOffloading ${answers.name ?? ''}`);
	},
};
