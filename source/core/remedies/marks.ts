import {absent} from '../json.js';
import {keys} from '../keys.js';
import {type AnyObject, type KindName} from '../model.js';
import {namespaceOf, type World} from '../world.js';
import {type Answers} from './offer.js';
import {changes, clusterOf, find, gone, patchOf, refuse} from './planning.js';
import {type Remedy} from './remedy.js';

/**
The object that `kind`, `namespace`, `name` and `cluster` of the answers name.
*/
const namedBy = (world: World, answers: Answers): AnyObject | undefined =>
	find(
		world,
		answers.kind as KindName,
		answers.namespace,
		answers.name,
		answers.cluster,
	);

const describe = (answers: Answers): string =>
	`${answers.kind ?? 'The object'} ${answers.name ?? ''}`;

export const labelNamespace: Remedy = {
	id: 'label-namespace',
	title: 'Label the namespace',
	safety: 'confirm',
	inputs: [],
	plan(finding, world, answers) {
		const {namespace = ''} = finding;
		const object = namespaceOf(world.consumer, namespace);
		const {key = keys.schedulingEnabled, value = 'true'} = answers;
		if (!object) {
			return gone(`Namespace ${namespace}`);
		}

		return object.metadata.labels[key] === value
			? refuse('The namespace has that label already.')
			: changes(
					patchOf(
						object,
						{metadata: {labels: {[key]: value}}},
						`Set the label ${key}=${value}.`,
					),
				);
	},
};

export const removeMark: Remedy = {
	id: 'remove-mark',
	title: 'Remove a label or annotation',
	safety: 'confirm',
	inputs: [],
	plan(finding, world, answers) {
		const object = namedBy(world, {
			...(answers.kind !== 'Namespace' &&
				finding.namespace !== undefined && {namespace: finding.namespace}),
			...answers,
		});
		if (!object) {
			return gone(describe(answers));
		}

		const {label, annotation} = answers;
		const field = label === undefined ? 'annotations' : 'labels';
		const key = label ?? annotation ?? '';
		return object.metadata[field][key] === undefined
			? refuse('It is gone already.')
			: changes(
					patchOf(
						object,
						{metadata: {[field]: {[key]: absent}}},
						`Remove the ${label === undefined ? 'annotation' : 'label'} ${key}.`,
					),
				);
	},
};

export const renewQuickLabel: Remedy = {
	id: 'renew-quick-label',
	title: 'Remove the quick label and set it again',
	safety: 'automatic',
	inputs: [],
	plan(finding, world) {
		const {namespace = ''} = finding;
		const object = namespaceOf(world.consumer, namespace);
		if (!object) {
			return gone(`Namespace ${namespace}`);
		}

		const {precondition, ...second} = patchOf(
			object,
			{metadata: {labels: {[keys.enabled]: 'true'}}},
			'Set it again, which Liqo notices.',
		);
		return changes(
			patchOf(
				object,
				{metadata: {labels: {[keys.enabled]: absent}}},
				'Remove the label.',
			),
			// The first change gives the object a new version.
			second,
		);
	},
};

export const setAnnotation: Remedy = {
	id: 'set-annotation',
	title: 'Annotate an object',
	safety: 'confirm',
	inputs: [],
	plan(_, world, answers) {
		const object = namedBy(world, answers);
		const {key = '', value = ''} = answers;
		return object
			? changes(
					patchOf(
						object,
						{metadata: {annotations: {[key]: value}}},
						`Set the annotation ${key}=${value}.`,
					),
				)
			: gone(describe(answers));
	},
};

export const touchedAnnotation = 'liqoscope.io/touched';

export const touchObject: Remedy = {
	id: 'touch-object',
	title: 'Touch an object, so that its controller looks at it again',
	safety: 'automatic',
	inputs: [],
	plan(_, world, answers, {now}) {
		const object = namedBy(world, answers);
		return object
			? changes(
					patchOf(
						object,
						{metadata: {annotations: {[touchedAnnotation]: now}}},
						'Wake the controller.',
						{cluster: clusterOf(world, answers.cluster)?.key ?? 'home'},
					),
				)
			: gone(describe(answers));
	},
};
