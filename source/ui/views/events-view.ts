import {keys, virtualNodeType} from '../../core/keys.js';
import {type Event, type KindName} from '../../core/model.js';
import {formatAge} from '../../core/time.js';
import {type ClusterView, offloadingIn} from '../../core/world.js';
import {explainAccess} from '../freshness.js';
import {lineText} from '../line.js';
import {type Scope} from '../reducer/state.js';
import {kindCell, nameCell, type View, type ViewRow} from './view.js';

const shownAtMost = 500;

const ofLiqo: ReadonlySet<string> = new Set<KindName>([
	'NamespaceOffloading',
	'NamespaceMap',
	'VirtualNode',
	'ForeignCluster',
	'ShadowPod',
]);

/**
Whether an event is about offloading: of Liqo's own objects, of virtual nodes, and of whatever is in an offloaded namespace.
*/
const isOfOffloading = (
	view: ClusterView,
	{involvedObject: {kind, namespace = '', name}}: Event,
): boolean =>
	ofLiqo.has(kind) ||
	(kind === 'Node'
		? view.get('Node', '', name)?.metadata.labels[keys.type] === virtualNodeType
		: offloadingIn(view, kind === 'Namespace' ? name : namespace) !==
			undefined);

const isInScope = (
	{involvedObject: {kind, namespace, name}}: Event,
	scope: Scope | undefined,
): boolean => {
	if (scope === undefined) {
		return true;
	}

	return scope.kind === 'namespace'
		? namespace === scope.namespace ||
				(kind === 'Namespace' && name === scope.namespace)
		: name === scope.node || name === scope.clusterId;
};

const timeOf = (event: Event): string =>
	event.lastTimestamp ??
	event.firstTimestamp ??
	event.metadata.creationTimestamp ??
	'';

const byNewest = (a: Event, b: Event): number => {
	const [one, other] = [timeOf(a), timeOf(b)];
	return one === other ? 0 : one < other ? 1 : -1;
};

/**
What the API server was told about offloaded namespaces and virtual nodes, newest first; narrowed with the panes.
*/
export const eventsView: View = {
	id: 'events',
	title: 'Events',
	nothing({world}) {
		const access = world.consumer.access('Event');
		const [first, ...more] = explainAccess(access, 'Events');
		return first === undefined
			? `No events about offloaded namespaces and virtual nodes.${access.state === 'saved' ? '' : ' The API server keeps them for an hour.'}`
			: [first, ...more].map((one) => lineText(one)).join(' ');
	},
	notes({ui}) {
		const {scope} = ui.state();
		return scope === undefined
			? []
			: [`in ${scope.kind === 'namespace' ? scope.namespace : scope.node}`];
	},
	columns: () => [
		{
			id: 'age',
			title: 'LAST',
			align: 'right',
			priority: 0,
			isVolatile: true,
		},
		{id: 'reason', title: 'REASON', priority: 0},
		{id: 'kind', title: 'KIND', priority: 3},
		{id: 'object', title: 'OBJECT', priority: 0, isName: true},
		{id: 'count', title: 'TIMES', align: 'right', priority: 2},
		{id: 'message', title: 'MESSAGE', priority: 1, isSentence: true},
	],
	rows({world, ports, ui}) {
		const {scope} = ui.state();
		const view = world.consumer;
		const known: Event[] = [];
		for (const event of view.list('Event')) {
			if (isInScope(event, scope) && isOfOffloading(view, event)) {
				known.push(event);
			}
		}

		return known
			.toSorted(byNewest)
			.slice(0, shownAtMost)
			.map((event): ViewRow => {
				const {kind, namespace = '', name} = event.involvedObject;
				const isWarning = event.type === 'Warning';
				return {
					key: event.metadata.uid,
					level: isWarning ? 'warning' : 'none',
					target: {cluster: view.key, kind, namespace, name},
					text: event.message,
					cells: [
						{text: formatAge(timeOf(event), ports.now())},
						{
							text: event.reason,
							...(isWarning && {level: 'warning' as const}),
						},
						kindCell(kind),
						nameCell({namespace, name}),
						{text: event.count > 1 ? String(event.count) : ''},
						{text: event.message},
					],
				};
			});
	},
	sayOf: ({text = ''}) => [{text}],
};
