import {configMap, contract, core} from './contract.js';

contract('expiry', {
	async 'pages after the compaction'(client) {
		const {namespace, get, post, engine} = client;
		for (const name of ['a', 'b', 'c', 'd']) {
			await post(core(namespace, 'configmaps'), configMap(name), {
				isSetup: true,
			});
		}

		const path = `${core(namespace, 'configmaps')}?limit=2`;
		const {body} = await get(path);
		await post(core(namespace, 'configmaps'), configMap('e'), {isSetup: true});
		await engine.compact();
		const expired = await get(`${path}&continue=${body.metadata.continue}`);
		await get(`${path}&continue=${expired.body.metadata.continue}`);
	},
	async 'a watch from before the compaction'({namespace, post, watch, engine}) {
		const {body} = await post(core(namespace, 'configmaps'), configMap('a'), {
			isSetup: true,
		});
		await post(core(namespace, 'configmaps'), configMap('c'), {isSetup: true});
		await engine.compact();
		await post(core(namespace, 'configmaps'), configMap('b'), {isSetup: true});
		await watch(
			`${core(namespace, 'configmaps')}?watch=true&resourceVersion=${body.metadata.resourceVersion}`,
			{count: 1},
		);
	},
	async 'an exact list from before the compaction'({
		namespace,
		get,
		post,
		engine,
	}) {
		const {body} = await post(core(namespace, 'configmaps'), configMap('a'), {
			isSetup: true,
		});
		await post(core(namespace, 'configmaps'), configMap('c'), {isSetup: true});
		await engine.compact();
		await get(
			`${core(namespace, 'configmaps')}?resourceVersion=${body.metadata.resourceVersion}&resourceVersionMatch=Exact`,
		);
	},
});
