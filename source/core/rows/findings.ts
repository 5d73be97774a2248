import {diagnose} from '../findings/diagnose.js';
import {type Finding} from '../findings/finding.js';
import {findingDocument} from '../findings/finding-document.js';
import {kindsRead} from '../findings/kinds-read.js';
import {type KindName, type Labels, type ObjectReference} from '../model.js';
import {formatTime} from '../time.js';
import {type World} from '../world.js';
import {type DescribedRowSet} from './described-row-set.js';
import {type Cell, type Column} from './row.js';

const columns: readonly Column[] = [
	{id: 'severity', title: 'SEVERITY', priority: 0},
	{id: 'id', title: 'FINDING', priority: 0},
	{id: 'namespace', title: 'NAMESPACE', priority: 0},
	{id: 'object', title: 'OBJECT', priority: 2},
	{id: 'clusters', title: 'CLUSTERS', isWide: true, priority: 4},
	{id: 'certainty', title: 'CERTAINTY', priority: 3},
	{id: 'message', title: 'MESSAGE', priority: 1},
];

const objectText = ({kind, name}: ObjectReference): string =>
	`${kind.toLowerCase()}/${name}`;

const cellOf = (finding: Finding, column: string): Cell => {
	switch (column) {
		case 'severity': {
			return {text: finding.severity, level: finding.severity};
		}

		case 'id': {
			return {text: finding.id};
		}

		case 'namespace': {
			return {text: finding.namespace ?? '-'};
		}

		case 'object': {
			return {text: objectText(finding.object)};
		}

		case 'clusters': {
			return {text: finding.clusters.join(',')};
		}

		case 'certainty': {
			return {text: finding.certainty};
		}

		default: {
			return {text: finding.message};
		}
	}
};

/**
A finding is named by its failure mode and the object it is about.
*/
const keyOf = ({id, namespace = '', object}: Finding): string =>
	`${namespace}/${id}/${object.kind}/${object.namespace ?? ''}/${object.name}`;

/**
What the failure modes read of the consumer.
*/
const consumerKinds: readonly [KindName, ...KindName[]] = [
	'NamespaceOffloading',
	...kindsRead.consumer.filter((kind) => kind !== 'NamespaceOffloading'),
];

const weights = {error: 0, warning: 1, info: 2} as const;

const noLabels: Labels = {};

/**
Rows of what is wrong, worst first. `now`: epoch milliseconds at which to judge; a world is judged once per change of it.
*/
export const createFindingRows = (
	now: () => number,
): DescribedRowSet<Finding> => {
	const find = (world: World): readonly Finding[] =>
		diagnose(world, {now: now()}).findings;

	return {
		id: 'findings',
		title: 'Findings',
		documentKind: 'Finding',
		kinds: consumerKinds,
		columns: () => columns,
		list: find,
		keyOf,
		find: (world, key) => find(world).find((finding) => keyOf(finding) === key),
		cellsOf: (finding) => columns.map(({id}) => cellOf(finding, id)),
		levelOf: ({severity}) => severity,
		valueOf: (finding, column) =>
			column === 'severity'
				? weights[finding.severity]
				: cellOf(finding, column).text,
		textOf: (finding) =>
			`${finding.id} ${finding.namespace ?? ''} ${objectText(finding.object)} ${finding.message}`,
		labelsOf: () => noLabels,
		dataOf: (finding, world, time) =>
			findingDocument(finding, world, formatTime(time)),
	};
};
