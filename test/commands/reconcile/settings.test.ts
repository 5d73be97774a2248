import {describe, expect, it} from 'vitest';
import {type Flags} from '../../../source/commands/flags.js';
import {readSettings} from '../../../source/commands/reconcile/settings.js';

const flags = (given: Partial<Flags> = {}): Flags =>
	({
		once: false,
		force: false,
		providerSecrets: false,
		webhookInstall: false,
		webhookPrint: false,
		webhookHost: [],
		controller: [],
		...given,
	}) as unknown as Flags;

const read = (given: Partial<Flags>) => {
	const settings = readSettings(flags(given));
	return settings.isOk ? settings.value : settings.message;
};

describe('settings of reconcile', () => {
	it('act with corrected rules and a lease unless told otherwise', () => {
		expect(read({})).toMatchObject({
			rules: 'corrected',
			timeout: undefined,
			lease: {name: 'liqoscope', duration: 30_000},
			logFormat: 'logfmt',
			logLevel: 'info',
		});
		expect(read({once: true})).toMatchObject({timeout: 60_000});
		expect(read({lease: 'none'})).toMatchObject({lease: undefined});
		expect(read({lease: 'ops/one', leaseDuration: '5s'})).toMatchObject({
			lease: {namespace: 'ops', name: 'one', duration: 5000},
		});
	});

	it('run every controller, or those that are named', () => {
		const chosen = (controller: readonly string[]) => {
			const settings = readSettings(flags({controller}));
			return settings.isOk
				? ['replication', 'namespace-map'].filter((id) =>
						settings.value.isChosen(id),
					)
				: settings.message;
		};

		expect(chosen([])).toEqual(['replication', 'namespace-map']);
		expect(chosen(['replication'])).toEqual(['replication']);
	});

	it.each([
		[{listen: 'nonsense'}, '--listen takes HOST:PORT'],
		[{timeout: 'soon'}, '--timeout takes a duration'],
		[{leaseDuration: '10ms'}, '--lease-duration takes at least 1s'],
		[{lease: 'a/b/c'}, '--lease takes NAMESPACE/NAME or none'],
		[{rules: 'both'}, '--rules takes corrected or upstream'],
		[{webhookInstall: true}, 'need --webhook-listen'],
		[
			{webhookListen: '127.0.0.1:0', webhookService: 'x'},
			'--webhook-service takes NAMESPACE/NAME',
		],
	] as ReadonlyArray<readonly [Partial<Flags>, string]>)(
		'say what is wrong with %j',
		(given, message) => {
			expect(read(given)).toMatch(message);
		},
	);

	it('know how the API server reaches the webhooks', () => {
		const target = (given: Partial<Flags>) => {
			const settings = readSettings(flags({webhookListen: ':9443', ...given}));
			const webhook = settings.isOk ? settings.value.webhook : undefined;
			return {hosts: webhook?.hosts, target: webhook?.target(9443)};
		};

		expect(target({webhookListen: '127.0.0.1:9443'})).toEqual({
			hosts: ['127.0.0.1'],
			target: {kind: 'url', origin: 'https://127.0.0.1:9443'},
		});
		expect(target({webhookHost: ['me.example']})).toMatchObject({
			target: {kind: 'url', origin: 'https://me.example:9443'},
		});
		expect(target({webhookService: 'liqo/liqoscope'})).toEqual({
			hosts: [
				'liqoscope.liqo.svc',
				'liqoscope.liqo',
				'localhost',
				'127.0.0.1',
				'::1',
			],
			target: {
				kind: 'service',
				namespace: 'liqo',
				name: 'liqoscope',
				port: 443,
			},
		});
	});
});
