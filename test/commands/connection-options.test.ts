import {describe, expect, it} from 'vitest';
import {
	providerFlagsOf,
	splitProvider,
} from '../../source/commands/connection-options.js';

describe('providerFlagsOf', () => {
	it("never sends the consumer's address and credentials to a provider", () => {
		expect(
			providerFlagsOf(
				{
					kubeconfig: 'clusters.yaml',
					context: 'home',
					cluster: 'home',
					user: 'admin',
					server: 'https://home:6443',
					token: 'secret',
					as: 'somebody',
					asGroup: ['some'],
					namespace: 'shop',
					insecureSkipTlsVerify: true,
					requestTimeout: '10s',
				},
				'eu',
			),
		).toEqual({
			kubeconfig: 'clusters.yaml',
			context: 'eu',
			requestTimeout: '10s',
		});
	});
});

describe('splitProvider', () => {
	it.each([
		['eu', 'eu', undefined],
		['eu=eu-west', 'eu', 'eu-west'],
		['a=b=eu-west', 'a=b', 'eu-west'],
		['eu=', 'eu=', undefined],
		['=eu', '=eu', undefined],
	])('%s', (text, context, clusterId) => {
		expect(splitProvider(text)).toEqual({context, clusterId});
	});
});
