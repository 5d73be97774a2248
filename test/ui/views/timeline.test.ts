import {afterEach, describe, expect, test} from 'vitest';
import {
	type NamespaceMap,
	type NamespaceOffloading,
} from '../../../source/core/model.js';
import {type Store} from '../../../source/store/store.js';
import {
	createTimeline,
	type Timeline,
} from '../../../source/ui/views/timeline.js';
import {createExample, now} from '../helpers/example.js';

let store: Store;
let timeline: Timeline;

const start = () => {
	store = createExample();
	timeline = createTimeline(store, () => now);
};

afterEach(() => {
	timeline.close();
	store.close();
});

const told = (): readonly string[] => timeline.moments().map(({what}) => what);

const offloading = (): NamespaceOffloading =>
	store.world.consumer.get('NamespaceOffloading', 'shop', 'offloading')!;

const put = (part: {readonly phase?: string; readonly generation?: number}) => {
	const {metadata, status, ...rest} = offloading();
	store.upsert('home', {
		...rest,
		metadata: {
			...metadata,
			resourceVersion: `${metadata.resourceVersion}1`,
			...(part.generation !== undefined && {generation: part.generation}),
		},
		status: {
			...status,
			...(part.phase !== undefined && {offloadingPhase: part.phase}),
		},
	});
	store.flush();
};

describe('the timeline tells of an offloading', () => {
	test('that it was edited, and what its phase became', () => {
		start();
		put({generation: 7});
		put({phase: 'Ready'});
		put({generation: 8, phase: 'InProgress'});
		put({});
		expect(told()).toEqual([
			'edited (generation 7)',
			'NoClusterSelected -> Ready',
			'edited (generation 8), Ready -> InProgress',
		]);
	});
});

describe('the timeline tells of a map', () => {
	test('only the namespaces whose mapping changed', () => {
		start();
		const [map] = store.world.consumer.list('NamespaceMap');
		const {currentMapping} = map!.status;
		const [first = '', second = ''] = Object.keys(currentMapping);
		const {[second]: _, ...others} = currentMapping;
		const changed: NamespaceMap = {
			...map!,
			metadata: {...map!.metadata, resourceVersion: '99999'},
			status: {
				...map!.status,
				currentMapping: {
					...others,
					[first]: {...currentMapping[first]!, phase: 'Terminating'},
				},
			},
		};
		store.upsert('home', changed);
		store.flush();
		expect(told()).toEqual([
			`${first}: ${currentMapping[first]!.phase} -> Terminating, ${second}: ${currentMapping[second]!.phase} -> none`,
		]);
	});
});
