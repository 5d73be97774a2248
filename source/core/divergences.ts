import {type Rules} from './reconcilers/reconciler.js';

export type {Rules} from './reconcilers/reconciler.js';

export type Divergence = {
	/**
	`v0.3`: v0.3.x. `v1`: v1.x, and v0.5 and later where the rule is the same.
	*/
	readonly generations: ReadonlyArray<'v0.3' | 'v1'>;
	/**
	What an installed Liqo does.
	*/
	readonly upstream: string;
	/**
	What is done instead when liqoscope acts itself.
	*/
	readonly corrected: string;
};

const v03 = ['v0.3'] as const;
const v1 = ['v1'] as const;
const both = ['v0.3', 'v1'] as const;

/**
The one table of what must not be copied from Liqo (Liqo: divergences). Whoever predicts an installed Liqo follows the `upstream` side,
whoever acts in its place the `corrected` one; every place in the code that differs names its row.
*/
export const divergences = {
	'merge-drops-fields': {
		generations: both,
		upstream:
			"merging a pod's terms with the selector's drops the matchFields of both, and a term that matches nothing becomes broader",
		corrected:
			'matchFields are joined too; a product with an empty term is left out; when none is left one never-matching term stays',
	},
	'empty-term-widens': {
		generations: both,
		upstream:
			'with Remote an empty selector term becomes "any virtual node" in pods',
		corrected:
			'empty terms are passed over; a selector of empty terms selects no cluster',
	},
	'undefaulted-selector': {
		generations: v03,
		upstream:
			'a pod created before the controller filled in an empty selector is refused (Remote) or kept local (LocalAndRemote)',
		corrected: 'an empty selector means every cluster from the start',
	},
	'label-needs-match': {
		generations: v03,
		upstream:
			'the namespace is labelled only once a cluster matches, so Remote pods run locally before',
		corrected: 'the label follows the pod strategy alone',
	},
	'absent-selector-bricks': {
		generations: v1,
		upstream:
			'an object without clusterSelector can never be written by the controller',
		corrected: 'only the changed paths are written',
	},
	'status-swallows-errors': {
		generations: v1,
		upstream:
			'an error of a pass is lost when the status could be written: no retry until the next event',
		corrected: 'the error is kept and retried with backoff',
	},
	'passing-refusals-swallowed': {
		generations: v1,
		upstream:
			"a write that a webhook's outage or a busy API server refused is lost like any other: an offloading deleted meanwhile keeps its finalizer until somebody touches it",
		corrected: 'it is repeated with backoff until the server takes it',
	},
	'selector-edit-ignored': {
		generations: v03,
		upstream: 'a cluster that is no longer selected keeps its mapping',
		corrected: 'its mapping is removed',
	},
	'stale-syntax-annotation': {
		generations: v03,
		upstream: "the annotation with the selector's error is never removed",
		corrected: 'it is removed once the selector is valid',
	},
	'late-syntax-error': {
		generations: both,
		upstream:
			'an invalid selector goes unnoticed until a virtual node fails to match',
		corrected: 'the selector is validated whatever the nodes are',
	},
	'reason-not-compared': {
		generations: v03,
		upstream: 'a condition keeps its reason while type and status stay',
		corrected: 'a new reason replaces the condition',
	},
	'no-progress-shown': {
		generations: v03,
		upstream:
			'"not selected" and "not yet answered" are the same condition, and no phase says InProgress',
		corrected: 'requested mappings are told apart, as in v1',
	},
	'stale-ready': {
		generations: v1,
		upstream:
			'the Ready condition of a deselected cluster stays as it last was',
		corrected: 'it goes with the twin',
	},
	'unrequested-counted': {
		generations: v1,
		upstream:
			'the phase counts accepted and failed mappings nobody asks for any more',
		corrected: 'only requested ones count',
	},
	'last-error-decides': {
		generations: v03,
		upstream:
			'only the error of the entry that happens to come last decides on a retry',
		corrected: 'any error does',
	},
	'transient-demotes': {
		generations: v03,
		upstream:
			'one failed request turns an accepted mapping into CreationLoopBackOff',
		corrected: 'an accepted mapping outlives passing errors',
	},
	'forbidden-means-gone': {
		generations: v03,
		upstream: 'a twin that may not be read is taken for deleted',
		corrected: 'it is kept and the lost permission reported',
	},
	'deletion-errors-lost': {
		generations: v1,
		upstream: 'errors of deleting twins are not retried',
		corrected: 'they are, with backoff',
	},
	'twin-before-record': {
		generations: both,
		upstream:
			'a twin is noted in the status of its map after it was created: one whose wish is withdrawn in between is left behind',
		corrected: 'it is noted before',
	},
	'lost-race-adopts': {
		generations: v1,
		upstream:
			'when the creation of a twin finds the name taken, ownership is checked on the object that was sent',
		corrected: 'the existing namespace is read before it is used',
	},
	'shared-twin-deleted': {
		generations: v1,
		upstream:
			'of two mappings with one remote name the removal of either deletes the twin of both',
		corrected: 'the twin stays while any mapping asks for it',
	},
	'dying-twin-accepted': {
		generations: both,
		upstream: 'an owned twin that is being deleted counts as accepted',
		corrected: 'it counts as terminating until it is there again',
	},
	'order-decides-cluster': {
		generations: v1,
		upstream:
			'of several virtual nodes of one cluster the one looked at last decides',
		corrected: 'a cluster is selected when any of its virtual nodes is',
	},
	'renamed-twin-orphaned': {
		generations: v1,
		upstream:
			'an existing mapping is overwritten with another remote name and the old twin orphaned',
		corrected: 'the first name stays until the offloading is created anew',
	},
	'forbidden-replication-dropped': {
		generations: v1,
		upstream: 'a replication that is forbidden is not tried again',
		corrected: 'it is tried again with backoff',
	},
	'rolebinding-not-repaired': {
		generations: v1,
		upstream: "a twin's RoleBinding with other subjects or role stays as it is",
		corrected: 'it is replaced',
	},
	'nodeless-labels-wrong': {
		generations: v1,
		upstream:
			'a virtual node without a Node has no type label and the opposite storage label',
		corrected: 'it has the labels its Node would have',
	},
	'misnamed-reconciled': {
		generations: v1,
		upstream:
			'an offloading of another name is acted on when a virtual node changes',
		corrected: 'only the one called offloading is',
	},
	'map-count-blocks': {
		generations: v03,
		upstream:
			'unequal numbers of virtual nodes and maps stop every offloading, and a new map is noticed by chance',
		corrected:
			'each cluster is judged alone, maps and nodes wake the offloadings',
	},
	'quick-label-once': {
		generations: v03,
		upstream: 'the quick label acts only when it changes',
		corrected: 'its object is created again when it is missing',
	},
	'name-unchecked': {
		generations: both,
		upstream: 'an illegal remote name is found out by the provider alone',
		corrected: 'it is never sent; the condition says why',
	},
	'toleration-doubled': {
		generations: both,
		upstream:
			'a pod that already tolerates virtual nodes gets the toleration again',
		corrected: 'it is added only where it is missing',
	},
	'finalizer-list-replaced': {
		generations: both,
		upstream: 'finalizers are written as a whole list from a cached object',
		corrected: 'the write holds only while the object is as it was read',
	},
	'desired-map-wiped': {
		generations: both,
		upstream: 'removing the last entry of a map clears the whole field',
		corrected: "only the entry's own key is ever removed",
	},
	'conditions-doubled': {
		generations: v1,
		upstream: 'each condition of a virtual node is listed twice',
		corrected: 'once',
	},
	'drain-without-limit': {
		generations: v1,
		upstream:
			'the deletion of a virtual node waits for its pods for ever and blocks the others',
		corrected: 'each one waits alone and says for which pods',
	},
	'unknown-provider-given-up': {
		generations: v1,
		upstream:
			'without a ForeignCluster the provider counts as lost, and the pods of a virtual node that goes are deleted by force',
		corrected: 'they are evicted like any others',
	},
	'no-reserved-namespaces': {
		generations: both,
		upstream: 'system namespaces can be offloaded',
		corrected: 'they are refused',
	},
} as const satisfies Record<string, Divergence>;

export type DivergenceId = keyof typeof divergences;

/**
Whether a divergence is repaired under these rules.
*/
export const isCorrected = (rules: Rules, _divergence: DivergenceId): boolean =>
	rules === 'corrected';
