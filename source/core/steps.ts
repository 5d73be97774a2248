/**
Long work that gives way after each step: whoever runs it decides when to go on.
*/
export type Steps<Result = void> = Generator<unknown, Result>;

/**
Takes all steps at once, and gives what comes of them.
*/
export const lastOf = <T>(steps: Steps<T>): T => {
	for (;;) {
		const {done, value} = steps.next();
		if (done) {
			return value;
		}
	}
};
