import {type Schema} from '../schema/schema.js';
import {type Column, list, map, object, text} from './definition.js';

const atomicList: Schema = {'x-kubernetes-list-type': 'atomic'};
const atomicMap: Schema = {'x-kubernetes-map-type': 'atomic'};

const requirement = (isAtomic: boolean): Schema =>
	object(
		'A condition on one label or field; all of a term must hold.',
		{
			key: text('The label or field that is looked at.'),
			operator: text('In, NotIn, Exists, DoesNotExist, Gt or Lt.'),
			values: list(
				'What the value is compared with.',
				{type: 'string'},
				isAtomic ? atomicList : {},
			),
		},
		['key', 'operator'],
	);

/**
A node selector as core/v1 has it. Operators and values are not restricted: the API server takes any text, the controllers judge it.

@param isAtomic whether its lists belong to one writer as a whole
*/
export const clusterSelector = (isAtomic: boolean): Schema => {
	const more = isAtomic ? atomicList : {};
	return object(
		'Which virtual nodes, and so which clusters, the namespace is offloaded to. An empty list of terms means all of them.',
		{
			nodeSelectorTerms: list(
				'Terms of which one must match.',
				object(
					'Requirements that must all hold; a term without any matches nothing.',
					{
						matchExpressions: list(
							'Requirements on labels.',
							requirement(isAtomic),
							more,
						),
						matchFields: list(
							'Requirements on fields.',
							requirement(isAtomic),
							more,
						),
					},
					[],
					isAtomic ? atomicMap : {},
				),
				more,
			),
		},
		['nodeSelectorTerms'],
		isAtomic ? atomicMap : {},
	);
};

export const condition = (type: Schema, status: Schema): Schema =>
	object(
		'What is known of one aspect.',
		{
			lastTransitionTime: text('When the status last changed.', {
				format: 'date-time',
			}),
			message: text('Details for people.'),
			reason: text('Why, in one word.'),
			status,
			type,
		},
		['status', 'type'],
	);

export const offloadingConditions = map(
	'How far the namespace is, by remote cluster.',
	list(
		'The conditions of one cluster.',
		condition(
			text('Ready or OffloadingRequired.'),
			text('True, False or Unknown.'),
		),
	),
);

export const currentMapping = map(
	'What became of each wanted mapping, by local namespace.',
	object('The outcome of one mapping.', {
		phase: text('How far it is.', {
			enum: ['Accepted', 'CreationLoopBackOff', 'Terminating'],
		}),
		remoteNamespace: text('Name of the remote namespace.'),
	}),
);

export const namespaceMapSpec = object('The mappings that are wanted.', {
	desiredMapping: map('Remote namespace by local namespace.', {type: 'string'}),
});

export const namespaceMapStatus = object('The mappings there are.', {
	currentMapping,
});

export const offloadingColumns: readonly Column[] = [
	{
		name: 'NamespaceMappingStrategy',
		type: 'string',
		jsonPath: '.spec.namespaceMappingStrategy',
	},
	{
		name: 'PodOffloadingStrategy',
		type: 'string',
		jsonPath: '.spec.podOffloadingStrategy',
	},
	{
		name: 'OffloadingPhase',
		type: 'string',
		jsonPath: '.status.offloadingPhase',
	},
	{
		name: 'RemoteNamespaceName',
		type: 'string',
		jsonPath: '.status.remoteNamespaceName',
		priority: 10,
	},
	{name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp'},
];

export const clusterIdPattern = '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$';
