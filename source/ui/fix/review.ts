import {type Change} from '../../core/change.js';
import {type BatchMember} from '../../core/remedies/batch.js';
import {blastRadiusInSteps} from '../../core/remedies/blast-radius.js';
import {describeBlastRadius} from '../../core/remedies/describe-blast-radius.js';
import {
	noBlastRadius,
	sumBlastRadii,
} from '../../core/remedies/sum-blast-radii.js';
import {formatTime} from '../../core/time.js';
import {type Explorer} from '../explorer.js';
import {type Fix} from '../reducer/state.js';
import {objectText} from '../../core/object-text.js';
import {membersOf} from './fix-plan.js';
import {changeFix, fixWith} from './fix-state.js';

/**
Lets frames and keys through; milliseconds.
*/
const pause = async (time = 0) =>
	new Promise<void>((resolve) => {
		setTimeout(resolve, time);
	});

/**
Whether the same choice is still under review.
*/
const isReviewed = (explorer: Explorer, fix: Fix): boolean => {
	const now = fixWith(explorer, fix.id);
	return (
		now?.step === 'review' &&
		now.offer === fix.offer &&
		now.answers === fix.answers &&
		now.isForAll === fix.isForAll
	);
};

/**
A slice of work between two looks at keys, frames and watches; milliseconds.
*/
const sliceTime = 12;

/**
After so long the count is shown while it goes on; milliseconds.
*/
const silence = 500;

/**
How long an answer may be computed at once, for somebody who did not wait for it; milliseconds.
*/
const mostAtOnce = 300;

/**
Plays the changes through, one object after the other, and sums up who is affected. Keys and frames come in between.
*/
const playThrough = async (
	explorer: Explorer,
	fix: Fix,
	members: readonly BatchMember[],
) => {
	const now = formatTime(explorer.ports.now());
	let sum = noBlastRadius;
	let shown = performance.now();
	const count = (index: number, looked: number) => {
		if (performance.now() - shown < silence) {
			return;
		}

		shown = performance.now();
		const where =
			members.length > 1 ? ` ${index} of ${members.length} objects,` : '';
		changeFix(explorer, fix.id, {
			radius: [
				`Who is affected: counting…${where} the controllers have looked at ${looked} requests so far.`,
			],
		});
	};

	await pause();
	let end = performance.now() + sliceTime;
	for (const [index, {changes}] of members.entries()) {
		const steps = blastRadiusInSteps(explorer.world, changes, {now});
		let step = steps.next();
		while (!step.done) {
			if (performance.now() > end) {
				count(index, step.value);
				// eslint-disable-next-line no-await-in-loop -- The next slice comes after keys and frames.
				await pause();
				if (!isReviewed(explorer, fix)) {
					return;
				}

				end = performance.now() + sliceTime;
			}

			step = steps.next();
		}

		sum = sumBlastRadii(sum, step.value);
	}

	if (!isReviewed(explorer, fix)) {
		return;
	}

	changeFix(explorer, fix.id, {
		radius: describeBlastRadius(sum),
		isLosing: sum.lost.length > 0,
	});
};

/**
Whether the changes delete remote namespaces with all they hold: known, or found out at once where that is quick; nothing while it is still counted.
*/
export const isLosing = (explorer: Explorer, fix: Fix): boolean | undefined => {
	if (fix.isLosing !== undefined || fix.isForAll) {
		return fix.isLosing;
	}

	const now = formatTime(explorer.ports.now());
	const end = performance.now() + mostAtOnce;
	for (const {changes} of membersOf(explorer, fix)) {
		const steps = blastRadiusInSteps(explorer.world, changes, {now});
		let step = steps.next();
		while (!step.done) {
			if (performance.now() > end) {
				return undefined;
			}

			step = steps.next();
		}

		if (step.value.lost.length > 0) {
			return true;
		}
	}

	return false;
};

/**
The changes of a plan that a server can judge by themselves: not those of an object that an earlier one changes.
*/
const judgeable = (changes: readonly Change[]): readonly Change[] => {
	const touched = new Set<string>();
	return changes.filter(({cluster, object}) => {
		const key = `${cluster} ${object.kind} ${object.namespace ?? ''}/${object.name}`;
		const isFirst = !touched.has(key);
		touched.add(key);
		return isFirst;
	});
};

/**
More than these are not put to the server before they are sent.
*/
const mostDryRuns = 100;

const askServer = async (
	explorer: Explorer,
	fix: Fix,
	members: readonly BatchMember[],
) => {
	const {send} = explorer.ports;
	const all = members.flatMap((member) => member.changes);
	const changes = judgeable(all);
	if (!send || changes.length === 0) {
		return;
	}

	const asked = changes.slice(0, mostDryRuns);
	for (const change of asked) {
		// One no is enough: the first refusal is what counts.
		// eslint-disable-next-line no-await-in-loop
		const answer = await send(change, true);
		if (!isReviewed(explorer, fix)) {
			return;
		}

		if (!answer.isOk) {
			const where = asked.length > 1 ? ` ${objectText(change.object)}:` : '';
			changeFix(explorer, fix.id, {
				dryRun: {
					text: `Server dry run: refused.${where} ${answer.problem}`,
					level: 'error',
				},
			});
			return;
		}
	}

	const left = all.length - asked.length;
	const count =
		all.length === 1
			? ''
			: left === 0
				? ` All ${all.length} writes were put to it.`
				: asked.length < changes.length
					? ` The first ${asked.length} of ${all.length} writes were put to it.`
					: ` ${asked.length} of ${all.length} writes were put to it; the other${left === 1 ? ' builds' : 's build'} on ${asked.length === 1 ? 'it' : 'these'}.`;
	changeFix(explorer, fix.id, {
		dryRun: {text: `Server dry run: accepted.${count}`, level: 'fine'},
	});
};

/**
Shows what the choice would write, and finds out who is affected and what the server says to it.
*/
export const startReview = (
	explorer: Explorer,
	id: number,
	part: Partial<Fix> = {},
): void => {
	changeFix(explorer, id, {
		step: 'review',
		notice: undefined,
		dryRun: undefined,
		radius: undefined,
		isLosing: undefined,
		top: 0,
		...part,
	});
	const fix = fixWith(explorer, id);
	if (!fix) {
		return;
	}

	const members = membersOf(explorer, fix);
	if (members.length === 0) {
		return;
	}

	void playThrough(explorer, fix, members);
	void askServer(explorer, fix, members);
};
