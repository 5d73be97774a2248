/**
Takes all steps at once, and gives what comes of them.
*/
export const lastOf = <T>(steps: Generator<unknown, T>): T => {
	for (;;) {
		const {done, value} = steps.next();
		if (done) {
			return value;
		}
	}
};
