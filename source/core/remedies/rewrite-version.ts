import {changes, gone, offloadingOf, refTo, specOf} from './planning.js';
import {type Remedy} from './remedy.js';

export const rewriteVersion: Remedy = {
	id: 'rewrite-version',
	title: 'Write the object for the API version that is served',
	safety: 'automatic',
	inputs: [],
	plan(finding, world, answers) {
		const offloading = offloadingOf(world, finding.namespace, answers.name);
		if (!offloading) {
			return gone(`NamespaceOffloading ${answers.name ?? ''}`);
		}

		const {apiVersion = offloading.apiVersion} = answers;
		const {name, namespace, labels, annotations} = offloading.metadata;
		return changes({
			cluster: 'home',
			verb: 'patch',
			patchType: 'apply',
			object: {...refTo(offloading), apiVersion},
			body: {
				apiVersion,
				kind: offloading.kind,
				metadata: {namespace, name, labels, annotations},
				spec: specOf(offloading),
			},
			reason: `Write it as ${apiVersion}.`,
		});
	},
};
