import {
	type Cases,
	configMap,
	contract,
	core,
	liqo,
	offloading,
	pod,
} from './contract.js';
import {type Client} from './client.js';

const seed = async ({namespace, post}: Client): Promise<void> => {
	for (const [name, labels] of [
		['b', {app: 'web', tier: 'front'}],
		['a', {app: 'web'}],
		['c', {app: 'db', n: '5'}],
		['d', {}],
	] as const) {
		await post(core(namespace, 'configmaps'), configMap(name, {}, {labels}), {
			isSetup: true,
		});
	}
};

const names = (
	client: Client,
	body: {items?: Array<{metadata: {name: string}}>},
): void => {
	client.note((body.items ?? []).map(({metadata}) => metadata.name));
};

const selectors: Cases = Object.fromEntries(
	[
		'app=web',
		'app==web',
		'app!=web',
		'app in (web,db)',
		'app notin (web)',
		'app',
		'!app',
		'app=web,tier',
		'app=web,!tier',
		'n>3',
		'n<3',
		'app in (',
		'app in ()',
		'app = a b',
		'=x',
		'a b',
		'app,,tier',
		'app=web,',
		'a/b/c=d',
		'app=-x',
		'app>x',
		'(',
		'!',
	].map((selector) => [
		`label selector ${selector}`,
		async (client) => {
			await seed(client);
			const {body, status, text} = await client.get(
				`${core(client.namespace, 'configmaps')}?labelSelector=${encodeURIComponent(selector)}`,
				{
					isSetup:
						!/^(?:app in \(|app = a b|=x|a b|app,,tier|app=web,|a\/b\/c=d|app=-x|app>x|\(|!)$/v.test(
							selector,
						),
				},
			);
			client.note({
				status,
				...(status !== 200 && {text: JSON.parse(text).message}),
			});
			names(client, body);
		},
	]),
);

const fields: Cases = Object.fromEntries(
	[
		'metadata.name=a',
		'metadata.name!=a',
		'metadata.namespace=other',
		'spec.nodeName=n1',
		'spec.nodeName=',
		'status.phase=Pending',
		'status.phase!=Running,metadata.name=p1',
		'spec.schedulerName=default-scheduler',
		'foo=bar',
		'metadata.name',
		'metadata.labels=x',
	].map((selector) => [
		`field selector of pods ${selector}`,
		async (client) => {
			await client.post(
				core(client.namespace, 'pods'),
				pod('p1', {nodeName: 'n1'}),
				{isSetup: true},
			);
			await client.post(core(client.namespace, 'pods'), pod('p2'), {
				isSetup: true,
			});
			const path = `${core(client.namespace, 'pods')}?fieldSelector=${encodeURIComponent(selector)}`;
			const isBad = /^(?:foo=bar|metadata\.name|metadata\.labels=x)$/v.test(
				selector,
			);
			const {body} = await client.get(path, {isSetup: !isBad});
			names(client, body);
		},
	]),
);

contract('list', {
	async 'of a namespace'(client) {
		await seed(client);
		await client.get(core(client.namespace, 'configmaps'));
	},
	async 'of nothing'({namespace, get}) {
		await get(core(namespace, 'secrets'));
	},
	async 'of custom resources'({namespace, post, get}) {
		await post(liqo(namespace, 'namespaceoffloadings'), offloading(), {
			isSetup: true,
		});
		await get(liqo(namespace, 'namespaceoffloadings'));
		await get(liqo(namespace, 'namespacemaps'));
	},
	async 'in a namespace that is not there'({get}) {
		await get(core('not-there', 'configmaps'));
	},
	async 'in pages'(client) {
		await seed(client);
		const path = `${core(client.namespace, 'configmaps')}?limit=3`;
		const {body} = await client.get(path);
		await client.get(`${path}&continue=${body.metadata.continue}`);
	},
	async 'in pages while things change'(client) {
		await seed(client);
		const {namespace, get, post, patch, delete: remove} = client;
		const path = `${core(namespace, 'configmaps')}?limit=1`;
		const first = await get(path);
		await remove(core(namespace, 'configmaps', 'c'), undefined, {
			isSetup: true,
		});
		await post(core(namespace, 'configmaps'), configMap('aa'), {isSetup: true});
		await patch(
			core(namespace, 'configmaps', 'd'),
			'merge',
			{data: {new: 'yes'}},
			{isSetup: true},
		);
		const second = await get(
			`${path}&continue=${first.body.metadata.continue}`,
		);
		const third = await get(
			`${path}&continue=${second.body.metadata.continue}`,
		);
		await get(`${path}&continue=${third.body.metadata.continue}`);
	},
	async 'with a broken continue'({namespace, get}) {
		await get(`${core(namespace, 'configmaps')}?limit=1&continue=%21%21%21`);
	},
	async 'with continue and a resourceVersion'(client) {
		await seed(client);
		const {body} = await client.get(
			`${core(client.namespace, 'configmaps')}?limit=1`,
			{isSetup: true},
		);
		await client.get(
			`${core(client.namespace, 'configmaps')}?limit=1&resourceVersion=${body.metadata.resourceVersion}&continue=${body.metadata.continue}`,
		);
	},
	async 'exactly at a resourceVersion'(client) {
		await seed(client);
		const {namespace, get, delete: remove} = client;
		const {body} = await get(core(namespace, 'configmaps'), {isSetup: true});
		await remove(core(namespace, 'configmaps', 'a'), undefined, {
			isSetup: true,
		});
		await get(
			`${core(namespace, 'configmaps')}?resourceVersion=${body.metadata.resourceVersion}&resourceVersionMatch=Exact`,
		);
	},
	async 'not older than a resourceVersion'(client) {
		await seed(client);
		const {body} = await client.get(core(client.namespace, 'configmaps'), {
			isSetup: true,
		});
		await client.get(
			`${core(client.namespace, 'configmaps')}?resourceVersion=${body.metadata.resourceVersion}&resourceVersionMatch=NotOlderThan`,
		);
	},
	async 'with a resourceVersion that is no number'({namespace, get}) {
		await get(`${core(namespace, 'configmaps')}?resourceVersion=x`);
	},
	async 'with resourceVersionMatch alone'({namespace, get}) {
		await get(`${core(namespace, 'configmaps')}?resourceVersionMatch=Exact`);
	},
	async 'with an unknown resourceVersionMatch'({namespace, get}) {
		await get(
			`${core(namespace, 'configmaps')}?resourceVersion=1&resourceVersionMatch=Roughly`,
		);
	},
	async 'exactly at zero'({namespace, get}) {
		await get(
			`${core(namespace, 'configmaps')}?resourceVersion=0&resourceVersionMatch=Exact`,
		);
	},
	async 'with sendInitialEvents'({namespace, get}) {
		await get(`${core(namespace, 'configmaps')}?sendInitialEvents=true`);
	},
	async 'field selector of a custom resource'({namespace, get}) {
		await get(
			`${liqo(namespace, 'namespaceoffloadings')}?fieldSelector=spec.x%3Dy`,
		);
	},
	async 'events by their object'({namespace, post, get}) {
		for (const name of ['p', 'q']) {
			await post(
				core(namespace, 'events'),
				{
					apiVersion: 'v1',
					kind: 'Event',
					metadata: {name: `e-${name}`},
					involvedObject: {kind: 'Pod', namespace, name},
					reason: 'R',
				},
				{isSetup: true},
			);
		}

		await get(
			`${core(namespace, 'events')}?fieldSelector=involvedObject.name%3Dq,involvedObject.kind%3DPod`,
		);
	},
	async 'as metadata only'(client) {
		await seed(client);
		await client.get(core(client.namespace, 'configmaps'), {
			accept:
				'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1',
		});
		await client.get(core(client.namespace, 'configmaps', 'a'), {
			accept: 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1',
		});
	},
	async 'of names whose order depends on dashes'({namespace, post, get, note}) {
		for (const name of ['a-b', 'a', 'a.b', 'ab', 'a0']) {
			await post(core(namespace, 'configmaps'), configMap(name), {
				isSetup: true,
			});
		}

		const {body} = await get(core(namespace, 'configmaps'), {isSetup: true});
		note(
			body.items.map((item: {metadata: {name: string}}) => item.metadata.name),
		);
	},
	async 'a namespaced kind over all namespaces'({namespace, post, get, note}) {
		await post(
			core(namespace, 'secrets'),
			{apiVersion: 'v1', kind: 'Secret', metadata: {name: 's'}},
			{isSetup: true},
		);
		const {body} = await get('/api/v1/secrets', {isSetup: true});
		note(
			body.items.some(
				(item: {metadata: {name: string}}) => item.metadata.name === 's',
			),
		);
	},
	...selectors,
	...fields,
});
