import {afterEach, describe, expect, it} from 'vitest';
import {createController} from '../../../source/controller/controller.js';
import {startHealthServer} from '../../../source/commands/reconcile/health-server.js';
import {createLog} from '../../../source/commands/reconcile/log.js';
import {readListenAddress} from '../../../source/commands/reconcile/listen-address.js';
import {createMetrics} from '../../../source/commands/reconcile/metrics.js';
import {createFakeClock} from '../../controller/fake-clock.js';
import {fakeOffloading} from '../../controller/fake-reconciler.js';
import {createFakeServer} from '../../controller/fake-server.js';
import {offload} from '../../controller/objects.js';

const closers: Array<() => Promise<void>> = [];

afterEach(async () => {
	for (const close of closers.splice(0)) {
		await close();
	}
});

const start = async () => {
	const clock = createFakeClock();
	const server = createFakeServer({clock});
	const metrics = createMetrics();
	const controller = createController({
		store: server.store,
		writer: server.writer,
		clock,
		rules: 'corrected',
		reconcilers: [fakeOffloading],
		onPass: metrics.notePass,
		onSent: metrics.noteSent,
	});
	metrics.observe(controller);
	const problems: string[] = [];
	const running = await startHealthServer(
		{host: '127.0.0.1', port: 0},
		{problems: () => problems, controller, metrics},
	);
	closers.push(running.close);
	const get = async (path: string) => {
		const response = await fetch(
			`http://127.0.0.1:${running.address.port}${path}`,
		);
		return {status: response.status, text: await response.text()};
	};

	return {clock, server, controller, metrics, problems, get};
};

describe('health server', () => {
	it('is ready when nothing is missing, and says what is', async () => {
		const {problems, get} = await start();
		expect(await get('/healthz')).toEqual({status: 200, text: 'ok\n'});
		expect(await get('/readyz')).toEqual({status: 200, text: 'ok\n'});
		problems.push('NamespaceMaps are not known yet');
		expect(await get('/readyz')).toEqual({
			status: 503,
			text: 'NamespaceMaps are not known yet\n',
		});
		expect(await get('/other')).toMatchObject({status: 404});
	});

	it('counts writes, attempts and what waits', async () => {
		const {clock, server, controller, metrics, get} = await start();
		offload(server, 'shop');
		server.fault = ({object}) =>
			object.kind === 'Namespace'
				? {
						kind: 'refuse',
						status: 403,
						reason: 'Forbidden',
						message: 'no\u{1B}[31m',
					}
				: undefined;
		controller.lead();
		await clock.advance(50);
		metrics.noteReview('/mutate/pod', 200, 3);
		metrics.noteReview('/../etc', 404, 1);
		const {text} = await get('/metrics');
		expect(text).toMatch(
			/liqoscope_writes_total\{cluster="home",verb="patch",kind="NamespaceOffloading",answer="written"\} \d\n/v,
		);
		expect(text).toMatch(
			/liqoscope_writes_total\{cluster="home",verb="patch",kind="Namespace",answer="Forbidden"\} \d/v,
		);
		expect(text).toMatch(/liqoscope_queue_objects\{state="failing"\} 1\n/v);
		expect(text).toMatch(/liqoscope_leading 1\n/v);
		expect(text).toMatch(/process_cpu_seconds_total \d/v);
		expect(text).not.toMatch('etc');
		const answer = await get('/queue');
		const queue = JSON.parse(answer.text) as {
			objects: unknown[];
		};
		expect(queue).toMatchObject({kind: 'Queue', leading: true, failing: 1});
		expect(queue.objects).toMatchObject([
			{
				reconciler: 'offloading',
				namespace: 'shop',
				lastError: expect.stringMatching(/^no[13\[m]*$/v) as string,
			},
		]);
	});
});

describe('log', () => {
	const lines = (format: 'json' | 'logfmt') => {
		const written: string[] = [];
		const log = createLog({
			format,
			level: 'info',
			now: () => 0,
			write(line) {
				written.push(line);
			},
		});
		return {log, written};
	};

	it('writes JSON, one object a line', () => {
		const {log, written} = lines('json');
		log.info('a "quote"', {cluster: 'milan', count: 3, absent: undefined});
		log.debug('not shown');
		expect(written).toEqual([
			'{"time":"1970-01-01T00:00:00.000Z","level":"info","msg":"a \\"quote\\"","cluster":"milan","count":3}\n',
		]);
	});

	it('writes logfmt, quoting what needs it', () => {
		const {log, written} = lines('logfmt');
		log.warn('two words', {path: 'a/b', empty: '', reason: 'x="y"'});
		expect(written).toEqual([
			'time=1970-01-01T00:00:00.000Z level=warn msg="two words" path=a/b empty="" reason="x=\\"y\\""\n',
		]);
	});

	it('never lets control characters or a second line through', () => {
		const {log, written} = lines('logfmt');
		log.error('evil\u{1B}[2J\nlevel=info', {name: 'x\r\ny'});
		expect(written[0]!.split('\n')).toHaveLength(2);
		expect(written[0]).not.toMatch('\u{1B}');
	});
});

describe('listen address', () => {
	it.each([
		['127.0.0.1:8080', {host: '127.0.0.1', port: 8080}],
		['localhost:0', {host: 'localhost', port: 0}],
		[':9443', {host: '::', port: 9443}],
		['[::1]:9443', {host: '::1', port: 9443}],
		['9443', {host: '127.0.0.1', port: 9443}],
		['localhost', undefined],
		['127.0.0.1:70000', undefined],
		['::1:80', undefined],
		['[nonsense]:80', undefined],
		['', undefined],
	])('reads %s', (text, expected) => {
		expect(readListenAddress(text)).toEqual(expected);
	});
});
