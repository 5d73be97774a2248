import {type Client} from './client.js';
import {configMap, contract, core} from './contract.js';

const most = 128 * 1024;

const compressed = async (
	{request, note}: Client,
	method: string,
	path: string,
	acceptEncoding: string,
	options: Parameters<Client['request']>[2] = {},
): Promise<void> => {
	const {status, headers, text} = await request(method, path, {
		...options,
		headers: {'accept-encoding': acceptEncoding},
		isSilent: true,
	});
	note({
		request: `${method} ${path}`,
		acceptEncoding,
		status,
		encoding: headers['content-encoding'] ?? '',
		vary: headers.vary ?? '',
		isShort: text.length < most,
	});
};

const big = (name: string) => configMap(name, {text: 'x'.repeat(most)});

contract('compression', {
	async 'of what is big'(client) {
		const maps = core(client.namespace, 'configmaps');
		await compressed(client, 'POST', maps, 'gzip', {body: big('big')});
		await compressed(client, 'POST', maps, 'gzip', {body: configMap('small')});
		for (const path of [
			`${maps}/big`,
			`${maps}/small`,
			maps,
			`${maps}?limit=1`,
			`${maps}?fieldSelector=metadata.name%3Dsmall`,
			`${maps}/none`,
		]) {
			await compressed(client, 'GET', path, 'gzip');
		}

		await compressed(client, 'PATCH', `${maps}/big`, 'gzip', {
			body: {metadata: {labels: {a: 'b'}}},
			contentType: 'application/merge-patch+json',
		});
		await compressed(client, 'GET', `${maps}/big`, 'gzip', {
			accept: 'application/yaml',
		});
		await compressed(client, 'GET', `${maps}?includeObject=Object`, 'gzip', {
			accept: 'application/json;as=Table;v=v1;g=meta.k8s.io',
		});
		await compressed(client, 'DELETE', maps, 'gzip');
	},
	async 'for who reads it'(client) {
		const maps = core(client.namespace, 'configmaps');
		await client.post(maps, big('big'), {isSetup: true});
		for (const acceptEncoding of [
			'',
			'gzip, br',
			'br, gzip;q=0.5',
			'gzip;q=0',
			' gzip ',
			'GZIP',
			'x-gzip',
			'*',
			'identity',
		]) {
			await compressed(client, 'GET', `${maps}/big`, acceptEncoding);
		}
	},
	async 'from a size on'(client) {
		const path = core(client.namespace, 'configmaps', 'edge');
		const write = async (length: number) =>
			client.request('PUT', path, {
				body: configMap('edge', {text: 'x'.repeat(length)}),
				isSilent: true,
			});
		await client.post(
			core(client.namespace, 'configmaps'),
			configMap('edge', {text: 'x'.repeat(most - 1000)}),
			{isSetup: true},
		);
		const {text} = await client.get(path, {isSilent: true});
		const rest = text.length - (most - 1000);
		for (const size of [most - 1, most, most + 1, most + 2]) {
			await write(size - rest);
			await compressed(client, 'GET', path, 'gzip');
		}
	},
});
