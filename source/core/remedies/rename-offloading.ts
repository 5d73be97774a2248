import {offloadingName} from '../keys.js';
import {
	changes,
	deletionOf,
	gone,
	offloadingOf,
	refTo,
	refuse,
	specOf,
} from './planning.js';
import {type Remedy} from './remedy.js';

export const renameOffloading: Remedy = {
	id: 'rename-offloading',
	title: `Create it under the name "${offloadingName}"`,
	safety: 'confirm',
	irreversible:
		'the object of the other name is deleted; what it asked for is in the new one',
	inputs: [],
	plan(finding, world, answers) {
		const {namespace = ''} = finding;
		const other = offloadingOf(world, namespace, answers.name);
		if (!other) {
			return gone(`NamespaceOffloading ${answers.name ?? ''}`);
		}

		if (offloadingOf(world, namespace)) {
			return refuse(
				`The namespace has an offloading called "${offloadingName}" by now; compare the two first.`,
			);
		}

		return changes(
			{
				cluster: 'home',
				verb: 'create',
				object: {...refTo(other), name: offloadingName},
				body: {
					apiVersion: other.apiVersion,
					kind: other.kind,
					metadata: {namespace, name: offloadingName},
					spec: specOf(other),
				},
				reason: 'Create the offloading under the name that Liqo reads.',
			},
			deletionOf(
				other,
				`Delete "${other.metadata.name}", which has no effect.`,
			),
		);
	},
};
