import {apps, configMap, contract, core, liqo, offloading} from './contract.js';

const deployment = (
	containers: unknown,
	more: Record<string, unknown> = {},
) => ({
	apiVersion: 'apps/v1',
	kind: 'Deployment',
	metadata: {name: 'd'},
	spec: {
		selector: {matchLabels: {app: 'd'}},
		template: {metadata: {labels: {app: 'd'}}, spec: {containers}},
		...more,
	},
});

contract('apply', {
	async creates({namespace, patch}) {
		await patch(
			`${core(namespace, 'configmaps', 'c')}?fieldManager=one`,
			'apply',
			configMap('c', {a: '1'}),
		);
	},
	async 'again without a change'({namespace, patch}) {
		const path = `${core(namespace, 'configmaps', 'c')}?fieldManager=one`;
		await patch(path, 'apply', configMap('c', {a: '1'}));
		await patch(path, 'apply', configMap('c', {a: '1'}));
	},
	async 'takes away what is no longer said'({namespace, patch}) {
		const path = `${core(namespace, 'configmaps', 'c')}?fieldManager=one`;
		await patch(path, 'apply', configMap('c', {a: '1', b: '2'}));
		await patch(path, 'apply', configMap('c', {a: '1'}));
	},
	async 'by two managers'({namespace, patch}) {
		const path = core(namespace, 'configmaps', 'c');
		await patch(`${path}?fieldManager=one`, 'apply', configMap('c', {a: '1'}));
		await patch(`${path}?fieldManager=two`, 'apply', configMap('c', {b: '2'}));
		await patch(`${path}?fieldManager=one`, 'apply', configMap('c', {}));
	},
	async 'conflicts with another manager'({namespace, patch}) {
		const path = core(namespace, 'configmaps', 'c');
		await patch(`${path}?fieldManager=one`, 'apply', configMap('c', {a: '1'}));
		await patch(`${path}?fieldManager=two`, 'apply', configMap('c', {a: '2'}));
		await patch(
			`${path}?fieldManager=two&force=true`,
			'apply',
			configMap('c', {a: '2'}),
		);
	},
	async 'conflicts with an update'({namespace, post, patch}) {
		const path = core(namespace, 'configmaps', 'c');
		await post(
			`${core(namespace, 'configmaps')}?fieldManager=editor`,
			configMap('c', {a: '1', b: '1'}),
			{isSetup: true},
		);
		await patch(
			`${path}?fieldManager=one`,
			'apply',
			configMap('c', {a: '2', b: '2'}),
		);
	},
	async 'agrees on the same value'({namespace, patch}) {
		const path = core(namespace, 'configmaps', 'c');
		await patch(`${path}?fieldManager=one`, 'apply', configMap('c', {a: '1'}));
		await patch(`${path}?fieldManager=two`, 'apply', configMap('c', {a: '1'}));
	},
	async 'without a field manager'({namespace, patch}) {
		await patch(
			core(namespace, 'configmaps', 'c'),
			'apply',
			configMap('c', {a: '1'}),
		);
	},
	async 'with managed fields'({namespace, patch}) {
		await patch(
			`${core(namespace, 'configmaps', 'c')}?fieldManager=one`,
			'apply',
			configMap('c', {}, {managedFields: [{manager: 'x'}]}),
		);
	},
	async 'of another name'({namespace, patch}) {
		await patch(
			`${core(namespace, 'configmaps', 'c')}?fieldManager=one`,
			'apply',
			configMap('d'),
		);
	},
	async 'in YAML'({namespace, patch}) {
		await patch(
			`${core(namespace, 'configmaps', 'c')}?fieldManager=one`,
			'apply',
			'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n  a: "1"\n',
		);
	},
	async 'of containers'({namespace, patch}) {
		const path = apps(namespace, 'deployments', 'd');
		await patch(
			`${path}?fieldManager=one`,
			'apply',
			deployment([
				{name: 'a', image: 'a:1'},
				{name: 'b', image: 'b:1'},
			]),
		);
		await patch(
			`${path}?fieldManager=one`,
			'apply',
			deployment([{name: 'a', image: 'a:2'}]),
		);
	},
	async 'beside a scaler'({namespace, patch}) {
		const path = apps(namespace, 'deployments', 'd');
		await patch(
			`${path}?fieldManager=one`,
			'apply',
			deployment([{name: 'a', image: 'a:1'}]),
		);
		await patch(`${path}?fieldManager=scaler`, 'merge', {spec: {replicas: 5}});
		await patch(
			`${path}?fieldManager=one`,
			'apply',
			deployment([{name: 'a', image: 'a:2'}]),
		);
		await patch(
			`${path}?fieldManager=one`,
			'apply',
			deployment([{name: 'a', image: 'a:2'}], {replicas: 1}),
		);
	},
	async 'of a custom resource'({namespace, patch}) {
		const path = liqo(namespace, 'namespaceoffloadings', 'offloading');
		await patch(
			`${path}?fieldManager=one`,
			'apply',
			offloading({
				clusterSelector: {
					nodeSelectorTerms: [
						{matchExpressions: [{key: 'a', operator: 'Exists'}]},
					],
				},
			}),
		);
		await patch(
			`${path}?fieldManager=one`,
			'apply',
			offloading({podOffloadingStrategy: 'Remote'}),
		);
	},
	async 'of finalizers by two'({namespace, patch}) {
		const path = core(namespace, 'configmaps', 'c');
		await patch(
			`${path}?fieldManager=one`,
			'apply',
			configMap('c', {}, {finalizers: ['a.b/one']}),
		);
		await patch(
			`${path}?fieldManager=two`,
			'apply',
			configMap('c', {}, {finalizers: ['a.b/two']}),
		);
		await patch(`${path}?fieldManager=one`, 'apply', configMap('c'));
	},
	async 'as a dry run'({namespace, patch, get}) {
		await patch(
			`${core(namespace, 'configmaps', 'c')}?fieldManager=one&dryRun=All`,
			'apply',
			configMap('c', {a: '1'}),
		);
		await get(core(namespace, 'configmaps', 'c'));
	},
	async 'of a status'({namespace, post, patch}) {
		await post(liqo(namespace, 'namespaceoffloadings'), offloading(), {
			isSetup: true,
		});
		await patch(
			`${liqo(namespace, 'namespaceoffloadings', 'offloading/status')}?fieldManager=one`,
			'apply',
			{
				apiVersion: 'offloading.liqo.io/v1beta1',
				kind: 'NamespaceOffloading',
				metadata: {name: 'offloading'},
				status: {offloadingPhase: 'Ready'},
			},
		);
	},
	async 'dry run of a creation'({namespace, post, get}) {
		await post(
			`${core(namespace, 'configmaps')}?dryRun=All`,
			configMap('c', {a: '1'}),
		);
		await get(core(namespace, 'configmaps', 'c'));
		await post(
			`${core(namespace, 'configmaps')}?dryRun=Some`,
			configMap('c', {a: '1'}),
		);
	},
});
