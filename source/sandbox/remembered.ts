const most = 4096;

/**
A pure function of a text that keeps its answers, for texts that are few and come again and again. Past some thousands it begins anew.
*/
export const remembered = <Answer>(
	compute: (text: string) => Answer,
): ((text: string) => Answer) => {
	const answers = new Map<string, {readonly answer: Answer}>();
	return (text) => {
		let known = answers.get(text);
		if (!known) {
			if (answers.size >= most) {
				answers.clear();
			}

			known = {answer: compute(text)};
			answers.set(text, known);
		}

		return known.answer;
	};
};
