import {type Clock} from '../../source/controller/clock.js';

/**
A clock that moves only when told.
*/
export type FakeClock = Clock & {
	/**
	Lets time pass: fires what falls due, in order, and lets promises settle after each.
	*/
	advance(milliseconds: number): Promise<void>;
	/**
	Lets everything settle that needs no time.
	*/
	settle(): Promise<void>;
	pending(): number;
	set(milliseconds: number): void;
	/**
	Sets the time back, as an administrator or NTP does: timers run on as they would have.
	*/
	setBack(milliseconds: number): void;
};

const settle = async () => {
	for (let index = 0; index < 25; index++) {
		await new Promise<void>((resolve) => {
			setImmediate(resolve);
		});
	}
};

export const createFakeClock = (start = 1_700_000_000_000): FakeClock => {
	let now = start;
	const timers = new Map<number, {due: number; callback: () => void}>();
	let nextId = 0;
	return {
		now: () => now,
		after(milliseconds, callback) {
			const id = nextId++;
			timers.set(id, {due: now + Math.max(0, milliseconds), callback});
			return () => {
				timers.delete(id);
			};
		},
		async advance(milliseconds) {
			const end = now + milliseconds;
			await settle();
			for (;;) {
				let first: [number, {due: number; callback: () => void}] | undefined;
				for (const timer of timers) {
					if (
						timer[1].due <= end &&
						(first === undefined || timer[1].due < first[1].due)
					) {
						first = timer;
					}
				}

				if (first === undefined) {
					break;
				}

				timers.delete(first[0]);
				now = Math.max(now, first[1].due);
				first[1].callback();
				await settle();
			}

			now = end;
		},
		settle,
		pending: () => timers.size,
		set(milliseconds) {
			now = milliseconds;
		},
		setBack(milliseconds) {
			now -= milliseconds;
			for (const timer of timers.values()) {
				timer.due -= milliseconds;
			}
		},
	};
};
