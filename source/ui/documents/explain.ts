import {explainPod} from '../../core/explain-pod.js';
import {type Pod} from '../../core/model.js';
import {podStory, type PodStory} from '../../core/pod-story.js';
import {sanitize} from '../../core/sanitize.js';
import {fit} from '../display-width.js';
import {type Explorer} from '../explorer.js';
import {shortIds} from '../findings/short-ids.js';
import {worstOfRow} from '../findings/row-findings.js';
import {field, type Line, line} from '../line.js';
import {rulesOf} from '../rules.js';
import {levelTone} from '../theme.js';
import {choiceLines} from './choice-lines.js';
import {demandLines} from './explain-demands.js';

const factLines = ({facts}: PodStory): readonly Line[] =>
	facts.map(({label, text, level}) =>
		field(
			label,
			sanitize(shortIds(text)),
			level === undefined
				? {}
				: {tone: level === 'none' ? 'dim' : levelTone[level]},
		),
	);

const nodeLines = ({nodes}: PodStory): readonly Line[] => {
	const nodeWidth = Math.max(4, ...nodes.map(({name}) => name.length)) + 2;
	const placeWidth = Math.max(7, ...nodes.map(({place}) => place.length)) + 2;
	return [
		line(
			`${fit('NODE', nodeWidth)}${fit('CLUSTER', placeWidth)}${fit('FITS', 6)}WHY NOT`,
			'dim',
		),
		...nodes.map(({name, place, isFeasible, whyNot}): Line => [
			{text: fit(sanitize(name), nodeWidth)},
			{text: fit(sanitize(place), placeWidth)},
			{
				text: fit(isFeasible ? '+ yes' : 'x no', 6),
				tone: isFeasible ? 'fine' : 'error',
			},
			{text: sanitize(whyNot)},
		]),
	];
};

/**
Why a pod runs where it does, or nowhere: its demands with who made them, the contradiction if there is one, each node with what it refuses, and
what can be done.
*/
export const explainPodLines = (
	pod: Pod,
	explorer: Explorer,
): readonly Line[] => {
	const {world, ports, session, ui} = explorer;
	const story = podStory(
		pod,
		explainPod(pod, world.consumer, rulesOf(session)),
		worstOfRow(explorer, pod),
		ports.now(),
	);
	return [
		...factLines(story),
		line(''),
		...demandLines(story, ui.state().size.width - 2),
		...choiceLines(story.choices),
		line(''),
		...nodeLines(story),
		...(story.unmodelled.length === 0
			? []
			: [
					line(''),
					line(
						sanitize(`Not judged here: ${story.unmodelled.join(', ')}.`),
						'dim',
					),
				]),
	];
};
