import {type Client} from './client.js';
import {configMap, contract, core, liqo, offloading, pod} from './contract.js';

const deletion = (options: Readonly<Record<string, unknown>> = {}) => ({
	apiVersion: 'v1',
	kind: 'DeleteOptions',
	...options,
});

const yaml = 'application/yaml';

/**
Keeps of each answer what it came to, not what there was to see.
*/
const outcomes = async (
	{request, note}: Client,
	requests: ReadonlyArray<
		readonly [
			method: string,
			path: string,
			options?: Parameters<Client['request']>[2],
		]
	>,
): Promise<void> => {
	for (const [method, path, options] of requests) {
		const {status, body, headers} = await request(method, path, {
			...options,
			isSilent: true,
		});
		note({
			request: `${method} ${path}`,
			status,
			...(headers.warning !== undefined && {warning: headers.warning}),
			...(status < 300
				? {kind: body.kind}
				: {message: body.message, reason: body.reason, details: body.details}),
		});
	}
};

contract('options', {
	async 'of deletions that only try'(client) {
		const {namespace, post, get} = client;
		const maps = core(namespace, 'configmaps');
		const offloadings = liqo(namespace, 'namespaceoffloadings');
		await post(maps, configMap('a'), {isSetup: true});
		await post(maps, configMap('f', {}, {finalizers: ['x.y/z']}), {
			isSetup: true,
		});
		await post(core(namespace, 'pods'), pod('p'), {isSetup: true});
		await post(offloadings, offloading(), {isSetup: true});
		const objects = [
			`${maps}/a`,
			`${maps}/f`,
			core(namespace, 'pods', 'p'),
			`${offloadings}/offloading`,
		];
		for (const path of objects) {
			await outcomes(client, [
				['DELETE', `${path}?dryRun=All`],
				['DELETE', path, {body: deletion({dryRun: ['All']})}],
				['DELETE', path, {raw: '{"dryRun":["All"]}'}],
				['DELETE', path, {raw: 'dryRun: [All]\n', contentType: yaml}],
				[
					'DELETE',
					path,
					{body: deletion({dryRun: ['All'], propagationPolicy: 'Foreground'})},
				],
				['GET', path],
			]);
		}

		await outcomes(client, [
			['DELETE', `${maps}?dryRun=All`],
			['DELETE', maps, {body: deletion({dryRun: ['All']})}],
			['DELETE', `${offloadings}?dryRun=All`],
			['DELETE', `${maps}?dryRun=All&fieldSelector=metadata.name=a`],
			['DELETE', `${maps}?dryRun=All&labelSelector=!!`],
		]);
		await get(maps);
	},
	async 'of a deletion in the query beside a body'(client) {
		const {namespace, post} = client;
		const path = core(namespace, 'configmaps', 'a');
		await post(core(namespace, 'configmaps'), configMap('a'), {isSetup: true});
		await outcomes(client, [
			['DELETE', `${path}?dryRun=All`, {body: deletion()}],
			['GET', path],
		]);
	},
	async 'of deletions that cannot be read'(client) {
		const {namespace, post} = client;
		const maps = core(namespace, 'configmaps');
		await post(maps, configMap('a'), {isSetup: true});
		const path = `${maps}/a`;
		await outcomes(client, [
			['DELETE', path, {body: deletion({dryRun: ['Some']})}],
			['DELETE', path, {body: deletion({dryRun: 'All'})}],
			['DELETE', `${path}?dryRun=Some`],
			['DELETE', `${path}?dryRun=`],
			['DELETE', `${path}?gracePeriodSeconds=x`],
			['DELETE', `${path}?gracePeriodSeconds=1.5`],
			['DELETE', path, {body: deletion({gracePeriodSeconds: 'x'})}],
			['DELETE', `${path}?propagationPolicy=Nope`],
			[
				'DELETE',
				path,
				{body: deletion({orphanDependents: true, propagationPolicy: 'Orphan'})},
			],
			['DELETE', `${path}?dryRun=All&orphanDependents=maybe`],
			['DELETE', path, {body: deletion({preconditions: {uid: 'x'}})}],
			['DELETE', path, {body: configMap('x')}],
			['DELETE', path, {body: {kind: 'Foo', apiVersion: 'v1'}}],
			['DELETE', path, {raw: '{'}],
			['DELETE', path, {raw: '[]'}],
			['DELETE', path, {raw: '{}', contentType: 'text/yaml'}],
			['DELETE', `${maps}?limit=x`],
			['GET', path],
		]);
	},
	async 'of lists that cannot be read'(client) {
		const {namespace} = client;
		const paths = [
			core(namespace, 'configmaps'),
			core(namespace, 'pods'),
			liqo(namespace, 'namespaceoffloadings'),
		];
		const queries = [
			'limit=x',
			'limit=-1',
			'limit=1.5',
			'limit=',
			'limit=99999999999999999999',
			'timeoutSeconds=x',
			'resourceVersion=x',
			'resourceVersion=-1',
			'labelSelector=a=b=c',
			'labelSelector=/',
			'labelSelector=a%20in%20(b',
			'labelSelector=a=!',
			'labelSelector=!',
			'labelSelector=a=%',
			'labelSelector=a;b',
			'fieldSelector=x=y',
			'fieldSelector=metadata.name',
			'fieldSelector=a%3Db%5C',
			'fieldSelector=,',
			'continue=garbage',
			'continue=x',
			'continue=e30',
			'continue=%25',
			'continue=eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6MSwic3RhcnQiOiIifQ',
			'limit=1&continue=e30&resourceVersion=1',
			'resourceVersionMatch=Exact',
			'resourceVersionMatch=Nope&resourceVersion=1',
			'sendInitialEvents=x',
			'watch=1&limit=x',
			'watch=1&timeoutSeconds=x',
			'watch=1&resourceVersion=x',
			'watch=1&labelSelector=a=b=c',
			'watch=1&fieldSelector=metadata.name',
			'watch=1&continue=e30',
			'watch=1&sendInitialEvents=x',
			'unknown=1',
		];
		for (const path of paths) {
			await outcomes(
				client,
				queries.map((query) => ['GET', `${path}?${query}`]),
			);
		}
	},
	async 'of forms that are not made'(client) {
		const {namespace, post} = client;
		await post(core(namespace, 'configmaps'), configMap('a'), {isSetup: true});
		await post(liqo(namespace, 'namespaceoffloadings'), offloading(), {
			isSetup: true,
		});
		const paths = [
			core(namespace, 'configmaps', 'a'),
			core(namespace, 'configmaps'),
			liqo(namespace, 'namespaceoffloadings', 'offloading'),
			'/api',
			'/api/v1',
			'/apis',
			'/apis/apps',
		];
		const meta = 'g=meta.k8s.io';
		for (const accept of [
			`application/json;as=Table;v=v1;${meta}`,
			`application/json;as=Table;v=v9;${meta}`,
			`application/json;as=Table;v=v9;${meta},application/json`,
			`application/json;as=PartialObjectMetadata;v=v1;${meta}`,
			`application/json;as=PartialObjectMetadataList;v=v1;${meta}`,
			'application/json;as=Table',
			'application/*',
			'*/*',
			'text/plain',
			'text/html,application/json;q=0.9,*/*;q=0.8',
			'garbage',
			'application/cbor',
		]) {
			await outcomes(
				client,
				paths.map((path) => ['GET', path, {accept}]),
			);
		}
	},
	async 'of bodies of odd types'(client) {
		const {namespace, post} = client;
		const maps = core(namespace, 'configmaps');
		const offloadings = liqo(namespace, 'namespaceoffloadings');
		await post(maps, configMap('a'), {isSetup: true});
		await post(offloadings, offloading(), {isSetup: true});
		for (const contentType of [
			'APPLICATION/JSON',
			'application/json;x=y',
			'text/yaml',
			'application/x-www-form-urlencoded',
			'garbage',
			'application/merge-patch+json',
		]) {
			await outcomes(client, [
				['POST', `${maps}?dryRun=All`, {body: configMap('b'), contentType}],
				['PUT', `${maps}/a?dryRun=All`, {body: configMap('a'), contentType}],
				['PATCH', `${maps}/a?dryRun=All`, {body: {}, contentType}],
				[
					'POST',
					`${offloadings}?dryRun=All`,
					{body: offloading({}, {name: 'other'}), contentType},
				],
				[
					'PATCH',
					`${offloadings}/offloading?dryRun=All`,
					{body: {}, contentType},
				],
			]);
		}

		await outcomes(client, [
			['POST', maps, {raw: `${'{"a":'.repeat(10_001)}1${'}'.repeat(10_001)}`}],
			['POST', maps, {raw: `{"a":${'['.repeat(10_001)}${']'.repeat(10_001)}}`}],
		]);
	},
	async 'of YAML that repeats itself'(client) {
		const {namespace, post, get} = client;
		const offloadings = liqo(namespace, 'namespaceoffloadings');
		await post(offloadings, offloading(), {isSetup: true});
		const head =
			'apiVersion: offloading.liqo.io/v1beta1\nkind: NamespaceOffloading\nmetadata:\n  name: other\n';
		const twice = `${head}spec:\n  podOffloadingStrategy: Local\n  podOffloadingStrategy: Remote\n`;
		const more = `${head}  name: other\nspec: {nope: 1}\nnope: 1\n`;
		const map =
			'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: twice\ndata: {a: "1", a: "2"}\n';
		for (const validation of ['Strict', 'Warn', 'Ignore']) {
			const query = `dryRun=All&fieldValidation=${validation}`;

			await outcomes(client, [
				['POST', `${offloadings}?${query}`, {raw: twice, contentType: yaml}],
				['POST', `${offloadings}?${query}`, {raw: more, contentType: yaml}],
				[
					'PATCH',
					`${offloadings}/other?${query}&fieldManager=m`,
					{raw: twice, contentType: 'application/apply-patch+yaml'},
				],
				[
					'POST',
					`${core(namespace, 'configmaps')}?${query}`,
					{raw: map, contentType: yaml},
				],
				[
					'PATCH',
					`${core(namespace, 'configmaps', 'twice')}?${query}&fieldManager=m`,
					{raw: map, contentType: 'application/apply-patch+yaml'},
				],
			]);
		}

		await get(offloadings);
	},
});
