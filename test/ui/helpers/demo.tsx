/**
The explorer on the example, for looking at it: `npx esbuild ... && node`. Changes something every second when CHURN is set.
*/
import process from 'node:process';
import {runApp} from '../../../source/commands/explore/run-app.js';
import {createExample, now, putPod} from './example.js';

const store = createExample();
const start = Date.now();
const count = Number(process.env.PODS ?? 0);
for (let index = 0; index < count; index++) {
	putPod(store, {
		namespace: `ns-${index % 1000}`,
		name: `app-${index % 77}-${index}`,
		phase: 'Running',
		node: `node-${index % 5000}`,
		age: index,
	});
}

store.flush();
const rate = Number(process.env.CHURN ?? 0);
let turn = 0;
if (rate > 0) {
	setInterval(() => {
		for (let index = 0; index < rate / 20; index++) {
			turn++;
			const pod = (turn * 7919) % Math.max(1, count);
			putPod(store, {
				namespace: `ns-${pod % 1000}`,
				name: `app-${pod % 77}-${pod}`,
				phase: turn % 500 === 0 ? 'Pending' : 'Running',
				node: `node-${turn % 5000}`,
				age: pod,
			});
		}
	}, 50);
}

const controller = new AbortController();
process.on('SIGINT', () => {
	controller.abort();
});
await runApp({
	signal: controller.signal,
	store,
	session: {
		title: 'kind-home',
		source: 'live',
		isReadOnly: process.env.READONLY !== undefined,
		isReconciling: false,
		contexts: ['kind-home', 'kind-eu'],
	},
	reads: {
		now: () => now + Date.now() - start,
		fetchYaml: async (target) => ({
			isOk: true,
			value: `apiVersion: v1\nkind: ${target.kind}\nmetadata:\n  name: ${target.name}\n`,
		}),
		fetchEvents: async () => ({isOk: true, value: []}),
	},
	send: undefined,
	queue: undefined,
	stdin: process.stdin,
	stdout: process.stdout,
	environment: process.env,
	hasColour: process.env.NO_COLOR === undefined,
	isAscii: process.env.ASCII !== undefined,
	isScreenReader: false,
	command: undefined,
	namespace: undefined,
	podFilter: '',
});
// eslint-disable-next-line unicorn/no-process-exit -- The timer of the churn must not keep it.
process.exit(0);
