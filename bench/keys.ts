import {setTimeout as delay} from 'node:timers/promises';
import {type Pty} from '../test/helpers/pty.js';
import {percentile, type Report} from './report.js';

/**
Epoch milliseconds.
*/
export const now = (): number => performance.timeOrigin + performance.now();

const cursorLine = (pty: Pty): number =>
	pty.lines().findIndex((line) => /^[>›▸❯]/v.test(line.trimStart()));

/**
Milliseconds from each key to the first output after it; NaN for a key that was not answered.
*/
export const pressKeys = async (
	pty: Pty,
	isOver: (pressed: number) => boolean,
): Promise<readonly number[]> => {
	const times: number[] = [];
	for (let index = 0; !isOver(index); index++) {
		const before = cursorLine(pty);
		const sent = now();
		// Down and up in turns of twenty, so that the list does not end.
		pty.send(Math.floor(index / 20) % 2 === 0 ? 'j' : 'k');
		try {
			const answered =
				before === -1
					? await pty.nextOutput(3000)
					: await pty.waitFor(
							'the cursor moves',
							() => cursorLine(pty) !== before,
							3000,
						);
			times.push(answered - sent);
		} catch {
			times.push(NaN);
		}

		await delay(40 + ((index * 7) % 60));
	}

	return times;
};

export const afterKeys =
	(count: number) =>
	(pressed: number): boolean =>
		pressed >= count;

export const addKeys = (
	report: Report,
	when: string,
	times: readonly number[],
): void => {
	const answered = times.filter((time) => !Number.isNaN(time));
	report.atMost(
		`key to bytes, ${when}, p50`,
		percentile(answered, 0.5),
		16,
		'ms',
	);
	report.atMost(
		`key to bytes, ${when}, p99`,
		percentile(answered, 0.99),
		50,
		'ms',
	);
	report.atMost(
		`keys without an answer, ${when}, of ${times.length}`,
		times.length - answered.length,
		0,
		'keys',
	);
};
