import {type PodStory} from '../../core/pod-story.js';
import {sanitize} from '../../core/sanitize.js';
import {shortIds} from '../findings/short-ids.js';
import {type Line, line} from '../line.js';

/**
What can be done about it; `f` goes there.
*/
export const choiceLines = (choices: PodStory['choices']): readonly Line[] =>
	choices.length === 0
		? []
		: [
				line(''),
				[
					{text: 'What can be done', tone: 'strong'},
					{text: '   f goes to these choices', tone: 'dim'},
				],
				...choices.map(({title, safety, effect}, index): Line => [
					{text: `  ${index + 1}  `},
					{
						text: sanitize(
							`${shortIds(title)}  (${safety})${effect === undefined ? '' : `   ${shortIds(effect)}`}`,
						),
					},
				]),
			];
