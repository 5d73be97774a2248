import {type Event, type Metadata} from '../../core/kubernetes.js';
import {type ObjectReader} from './kinds.js';
import {compact, emptyList, emptyMap} from './maps.js';
import {createMetadataReader} from './metadata.js';
import {createTimeReader} from './time.js';
import {type Scan, tableOf} from './wire.js';

type Involved = Event['involvedObject'];

const filled = (text: string): string | undefined =>
	text === '' ? undefined : text;

const createInvolvedReader = (scan: Scan): ((limit: number) => Involved) => {
	let kind = '';
	let namespace = '';
	let name = '';
	let uid = '';
	let apiVersion = '';
	const fields = tableOf({
		1(limit) {
			kind = scan.text(limit);
		},
		2(limit) {
			namespace = scan.text(limit);
		},
		3(limit) {
			name = scan.uniqueText(limit);
		},
		4(limit) {
			uid = scan.uniqueText(limit);
		},
		5(limit) {
			apiVersion = scan.text(limit);
		},
	});
	return (limit) => {
		kind = '';
		namespace = '';
		name = '';
		uid = '';
		apiVersion = '';
		scan.walk(scan.enter(limit), fields);
		return compact<Involved>({
			apiVersion: filled(apiVersion),
			kind,
			namespace: filled(namespace),
			name,
			uid: filled(uid),
		});
	};
};

type Parts = {
	metadata: Metadata | undefined;
	involvedObject: Involved;
	reason: string;
	message: string;
	type: string;
	component: string;
	reportingComponent: string;
	count: number;
	seriesCount: number | undefined;
	first: string | undefined;
	last: string | undefined;
	eventTime: string | undefined;
	lastObserved: string | undefined;
};

const nothing: Readonly<Parts> = {
	metadata: undefined,
	involvedObject: {kind: '', name: ''},
	reason: '',
	message: '',
	type: '',
	component: '',
	reportingComponent: '',
	count: 0,
	seriesCount: undefined,
	first: undefined,
	last: undefined,
	eventTime: undefined,
	lastObserved: undefined,
};

/**
Reader of core/v1 events, with the same choices among their two ways to say when, how often and by whom as for JSON.
*/
export const createEventReader = (scan: Scan): ObjectReader<Event> => {
	const {reader} = scan;
	const readMetadata = createMetadataReader(scan);
	const readInvolved = createInvolvedReader(scan);
	const readTime = createTimeReader(scan);
	const readMicroTime = createTimeReader(scan, true);
	const parts: Parts = {...nothing};
	const sourceFields = tableOf({
		1(limit) {
			parts.component = scan.text(limit);
		},
	});
	const seriesFields = tableOf(
		{
			2(limit) {
				parts.lastObserved = readMicroTime(limit);
			},
		},
		{
			1() {
				parts.seriesCount = reader.int32();
			},
		},
	);
	const fields = tableOf(
		{
			1(limit) {
				parts.metadata = readMetadata(limit);
			},
			2(limit) {
				parts.involvedObject = readInvolved(limit);
			},
			3(limit) {
				parts.reason = scan.text(limit);
			},
			4(limit) {
				parts.message = scan.text(limit);
			},
			5(limit) {
				scan.walk(scan.enter(limit), sourceFields);
			},
			6(limit) {
				parts.first = readTime(limit);
			},
			7(limit) {
				parts.last = readTime(limit);
			},
			9(limit) {
				parts.type = scan.text(limit);
			},
			10(limit) {
				parts.eventTime = readMicroTime(limit);
			},
			11(limit) {
				scan.walk(scan.enter(limit), seriesFields);
			},
			14(limit) {
				parts.reportingComponent = scan.text(limit);
			},
		},
		{
			8() {
				parts.count = reader.int32();
			},
		},
	);
	return (end) => {
		Object.assign(parts, nothing);
		scan.walk(end, fields);
		return compact<Event>({
			kind: 'Event',
			apiVersion: 'v1',
			metadata: parts.metadata ?? {
				name: '',
				namespace: '',
				uid: '',
				resourceVersion: '',
				labels: emptyMap,
				annotations: emptyMap,
				finalizers: emptyList,
				ownerReferences: emptyList,
			},
			involvedObject: parts.involvedObject,
			reason: parts.reason,
			message: parts.message,
			type: filled(parts.type) ?? 'Normal',
			count: parts.seriesCount ?? (parts.count === 0 ? 1 : parts.count),
			firstTimestamp: parts.first ?? parts.eventTime,
			lastTimestamp: parts.lastObserved ?? parts.last ?? parts.eventTime,
			source: filled(parts.reportingComponent) ?? filled(parts.component),
			defects: undefined,
		});
	};
};
