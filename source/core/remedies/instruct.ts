import {type Remedy} from './remedy.js';

export const instruct: Remedy = {
	id: 'instruct',
	title: 'For somebody else to do',
	safety: 'manual',
	inputs: [],
	plan: (_, __, answers) => ({
		outcome: 'instruction',
		who: answers.who ?? 'an administrator',
		steps: (answers.steps ?? '').split('\n').filter((step) => step !== ''),
	}),
};
