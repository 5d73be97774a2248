import {join} from '../findings/words.js';
import {type BlastRadius, type TwinChange} from './blast-radius.js';

const count = (number: number, noun: string): string =>
	`${number} ${noun}${number === 1 ? '' : 's'}`;

/**
A cluster, and what is there.
*/
const place = ({cluster, pods, claims}: TwinChange): string => {
	const content = [
		...(pods > 0 ? [count(pods, 'pod')] : []),
		...(claims === undefined || claims === 0
			? []
			: [count(claims, 'volume claim')]),
	];
	return `${cluster}${content.length > 0 ? ` (${content.join(', ')})` : ''}`;
};

/**
Twins of one name together.
*/
const list = (twins: readonly TwinChange[]): string => {
	const places = new Map<string, string[]>();
	for (const twin of twins) {
		const known = places.get(twin.remoteName) ?? [];
		known.push(place(twin));
		places.set(twin.remoteName, known);
	}

	const names = Array.from(
		places,
		([name, clusters]) => `${name} on ${join(clusters)}`,
	);
	return `${names.slice(0, 5).join('; ')}${names.length > 5 ? `; and ${names.length - 5} more` : ''}`;
};

/**
Who else is affected, a sentence each; the first two are always there.
*/
export const describeBlastRadius = (radius: BlastRadius): readonly string[] => [
	radius.gained.length > 0
		? `Gains: ${list(radius.gained)}.`
		: 'Gains: no remote namespace.',
	radius.lost.length > 0
		? `Loses: ${list(radius.lost)}: DELETED with all they hold.`
		: 'Loses: nothing.',
	...(radius.abortedPods > 0
		? [`${count(radius.abortedPods, 'pod')} there will be aborted.`]
		: []),
	...(radius.deletedPods > 0
		? [`${count(radius.deletedPods, 'pod')} will be deleted.`]
		: []),
	...(radius.restartedPods > 0
		? [`${count(radius.restartedPods, 'pod')} will be replaced.`]
		: []),
	...(radius.freedPods > 0
		? [`${count(radius.freedPods, 'waiting pod')} will find a node.`]
		: []),
	...radius.refused.map((reason) => `Would be refused: ${reason}`),
	...radius.unknown.map((reason) => `Not known: ${reason}.`),
];
