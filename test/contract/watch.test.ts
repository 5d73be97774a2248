import {configMap, contract, core, liqo, offloading, pod} from './contract.js';

contract('watch', {
	async 'from nothing: what is there comes first'({namespace, post, watch}) {
		await post(core(namespace, 'configmaps'), configMap('b'), {isSetup: true});
		await post(core(namespace, 'configmaps'), configMap('a'), {isSetup: true});
		await watch(
			`${core(namespace, 'configmaps')}?watch=true&labelSelector=x!%3Dy`,
			{count: 2},
		);
	},
	async 'of creation, change and deletion'({
		namespace,
		get,
		post,
		patch,
		delete: remove,
		watch,
	}) {
		const {body} = await get(core(namespace, 'configmaps'), {isSetup: true});
		await watch(
			`${core(namespace, 'configmaps')}?watch=true&resourceVersion=${body.metadata.resourceVersion}`,
			{
				count: 3,
				async during() {
					await post(core(namespace, 'configmaps'), configMap('a'), {
						isSetup: true,
					});
					await patch(
						core(namespace, 'configmaps', 'a'),
						'merge',
						{data: {x: 'y'}},
						{isSetup: true},
					);
					await remove(core(namespace, 'configmaps', 'a'), undefined, {
						isSetup: true,
					});
				},
			},
		);
	},
	async 'of the past'({namespace, get, post, patch, delete: remove, watch}) {
		const {body} = await get(core(namespace, 'configmaps'), {isSetup: true});
		await post(core(namespace, 'configmaps'), configMap('a'), {isSetup: true});
		await patch(
			core(namespace, 'configmaps', 'a'),
			'merge',
			{data: {x: 'y'}},
			{isSetup: true},
		);
		await remove(core(namespace, 'configmaps', 'a'), undefined, {
			isSetup: true,
		});
		await watch(
			`${core(namespace, 'configmaps')}?watch=true&resourceVersion=${body.metadata.resourceVersion}`,
			{count: 3},
		);
	},
	async 'of a selection that an object enters and leaves'({
		namespace,
		get,
		post,
		patch,
		watch,
	}) {
		await post(core(namespace, 'configmaps'), configMap('a'), {isSetup: true});
		const {body} = await get(core(namespace, 'configmaps'), {isSetup: true});
		await watch(
			`${core(namespace, 'configmaps')}?watch=true&labelSelector=in%3Dyes&resourceVersion=${body.metadata.resourceVersion}`,
			{
				count: 3,
				async during() {
					await patch(
						core(namespace, 'configmaps', 'a'),
						'merge',
						{metadata: {labels: {in: 'yes'}}},
						{isSetup: true},
					);
					await patch(
						core(namespace, 'configmaps', 'a'),
						'merge',
						{data: {k: 'v'}},
						{isSetup: true},
					);
					await patch(
						core(namespace, 'configmaps', 'a'),
						'merge',
						{metadata: {labels: {in: 'no'}}},
						{isSetup: true},
					);
				},
			},
		);
	},
	async 'of pods by node'({namespace, get, post, watch}) {
		const {body} = await get(core(namespace, 'pods'), {isSetup: true});
		await watch(
			`${core(namespace, 'pods')}?watch=1&fieldSelector=spec.nodeName%3Dn1&resourceVersion=${body.metadata.resourceVersion}`,
			{
				count: 1,
				async during() {
					await post(core(namespace, 'pods'), pod('other'), {isSetup: true});
					await post(core(namespace, 'pods'), pod('mine', {nodeName: 'n1'}), {
						isSetup: true,
					});
				},
			},
		);
	},
	async 'of a deletion that waits for a finalizer'({
		namespace,
		get,
		post,
		patch,
		delete: remove,
		watch,
	}) {
		await post(
			core(namespace, 'configmaps'),
			configMap('a', {}, {finalizers: ['a.b/c']}),
			{isSetup: true},
		);
		const {body} = await get(core(namespace, 'configmaps'), {isSetup: true});
		await watch(
			`${core(namespace, 'configmaps')}?watch=true&resourceVersion=${body.metadata.resourceVersion}`,
			{
				count: 2,
				async during() {
					await remove(core(namespace, 'configmaps', 'a'), undefined, {
						isSetup: true,
					});
					await patch(
						core(namespace, 'configmaps', 'a'),
						'merge',
						{metadata: {finalizers: null}},
						{isSetup: true},
					);
				},
			},
		);
	},
	async 'of custom resources and their status'({
		namespace,
		get,
		post,
		patch,
		watch,
	}) {
		const {body} = await get(liqo(namespace, 'namespaceoffloadings'), {
			isSetup: true,
		});
		await watch(
			`${liqo(namespace, 'namespaceoffloadings')}?watch=true&resourceVersion=${body.metadata.resourceVersion}`,
			{
				count: 2,
				async during() {
					await post(liqo(namespace, 'namespaceoffloadings'), offloading(), {
						isSetup: true,
					});
					await patch(
						liqo(namespace, 'namespaceoffloadings', 'offloading/status'),
						'merge',
						{status: {offloadingPhase: 'Ready'}},
						{isSetup: true},
					);
				},
			},
		);
	},
	async 'that ends in time'({namespace, get, watch}) {
		const {body} = await get(core(namespace, 'secrets'), {isSetup: true});
		await watch(
			`${core(namespace, 'secrets')}?watch=true&timeoutSeconds=1&resourceVersion=${body.metadata.resourceVersion}`,
		);
	},
	async 'with initial events and their end'({namespace, post, watch}) {
		await post(core(namespace, 'configmaps'), configMap('a'), {isSetup: true});
		await watch(
			`${core(namespace, 'configmaps')}?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&fieldSelector=metadata.name%3Da`,
			{count: 2},
		);
	},
	async 'with initial events but no match'({namespace, get}) {
		await get(
			`${core(namespace, 'configmaps')}?watch=true&sendInitialEvents=true`,
		);
	},
	async 'with a match but no initial events'({namespace, get}) {
		await get(
			`${core(namespace, 'configmaps')}?watch=true&resourceVersionMatch=NotOlderThan&resourceVersion=1`,
		);
	},
	async 'from a version that is no number'({namespace, get}) {
		await get(`${core(namespace, 'configmaps')}?watch=true&resourceVersion=x`);
	},
	async 'with a bad selector'({namespace, get}) {
		await get(`${core(namespace, 'configmaps')}?watch=true&labelSelector=%28`);
	},
	async 'of one object by its field'({namespace, post, patch, watch}) {
		await post(core(namespace, 'configmaps'), configMap('a'), {isSetup: true});
		const {body} = await post(core(namespace, 'configmaps'), configMap('b'), {
			isSetup: true,
		});
		await watch(
			`${core(namespace, 'configmaps')}?watch=true&fieldSelector=metadata.name%3Da&resourceVersion=${body.metadata.resourceVersion}`,
			{
				count: 1,
				async during() {
					await patch(
						core(namespace, 'configmaps', 'b'),
						'merge',
						{data: {k: '1'}},
						{isSetup: true},
					);
					await patch(
						core(namespace, 'configmaps', 'a'),
						'merge',
						{data: {k: '2'}},
						{isSetup: true},
					);
				},
			},
		);
	},
	async 'as metadata'({namespace, get, post, watch}) {
		const {body} = await get(core(namespace, 'configmaps'), {isSetup: true});
		await watch(
			`${core(namespace, 'configmaps')}?watch=true&resourceVersion=${body.metadata.resourceVersion}`,
			{
				count: 1,
				accept: 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1',
				async during() {
					await post(core(namespace, 'configmaps'), configMap('a', {x: 'y'}), {
						isSetup: true,
					});
				},
			},
		);
	},
});
