import {Buffer} from 'node:buffer';
import {configMap, contract, core, liqo, offloading, pod} from './contract.js';

const yaml = 'application/yaml';
const jsonText = (...lines: readonly string[]): string => lines.join('');

const named = (name: string, rest: string): string =>
	`{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"${name}"}${rest}}`;

contract('bodies', {
	async 'YAML for a built-in kind'({namespace, post, put, get}) {
		await post(core(namespace, 'configmaps'), undefined, {
			contentType: yaml,
			raw: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n  labels: {a: b}\ndata:\n  k: |\n    two\n    lines\n',
		});
		await put(core(namespace, 'configmaps', 'c'), undefined, {
			contentType: yaml,
			raw: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {k: "1"}\n',
		});
		await get(core(namespace, 'configmaps', 'c'));
	},
	async 'YAML for a custom kind'({namespace, post}) {
		await post(liqo(namespace, 'namespaceoffloadings'), undefined, {
			contentType: yaml,
			raw: 'apiVersion: offloading.liqo.io/v1beta1\nkind: NamespaceOffloading\nmetadata: {name: offloading}\nspec: {podOffloadingStrategy: Remote}\n',
		});
	},
	async 'YAML with a truth for a name'({namespace, post}) {
		await post(core(namespace, 'configmaps'), undefined, {
			contentType: yaml,
			raw: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: y}\n',
		});
	},
	async 'YAML with a number for text'({namespace, post}) {
		await post(core(namespace, 'configmaps'), undefined, {
			contentType: yaml,
			raw: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {k: 1}\n',
		});
	},
	async 'YAML of another kind'({namespace, post}) {
		await post(core(namespace, 'configmaps'), undefined, {
			contentType: yaml,
			raw: 'apiVersion: v1\nkind: Secret\nmetadata: {name: c}\n',
		});
	},
	async 'YAML with an unknown field, strictly'({namespace, post}) {
		await post(
			`${core(namespace, 'configmaps')}?fieldValidation=Strict`,
			undefined,
			{
				contentType: yaml,
				raw: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, nothing: 1}\nextra: 1\n',
			},
		);
	},
	async 'JSON with a charset'({namespace, post}) {
		await post(core(namespace, 'configmaps'), configMap('c'), {
			contentType: 'application/json; charset=utf-8',
		});
	},
	async 'JSON without a content type'({namespace, request}) {
		await request('POST', core(namespace, 'configmaps'), {
			raw: JSON.stringify(configMap('c')),
			contentType: '',
		});
	},
	async 'of an unknown type'({namespace, post, put}) {
		await post(core(namespace, 'configmaps'), configMap('c'), {
			contentType: 'text/plain',
		});
		await put(core(namespace, 'configmaps', 'c'), configMap('c'), {
			contentType: 'application/xml',
		});
		await post(liqo(namespace, 'namespaceoffloadings'), offloading(), {
			contentType: 'text/plain',
		});
	},
	async 'protobuf that is none'({namespace, post}) {
		await post(core(namespace, 'configmaps'), undefined, {
			contentType: 'application/vnd.kubernetes.protobuf',
			raw: 'nothing of the kind',
		});
	},
	async empty({namespace, request, put, patch, post}) {
		await request('POST', core(namespace, 'configmaps'));
		await request('POST', liqo(namespace, 'namespaceoffloadings'));
		await post(core(namespace, 'configmaps'), configMap('c'), {isSetup: true});
		await put(core(namespace, 'configmaps', 'c'), undefined);
		await patch(core(namespace, 'configmaps', 'c'), 'merge', '');
		await patch(core(namespace, 'configmaps', 'c'), 'json', '');
		await patch(core(namespace, 'configmaps', 'c'), 'strategic', '');
		await patch(core(namespace, 'configmaps', 'c'), 'merge', '{}');
	},
	async 'that are no JSON'({namespace, post}) {
		for (const raw of [
			'{',
			'{"a"',
			'{"a":}',
			'[1,',
			'nothing',
			'{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c"}} more',
			'"text"',
			'1',
			'null',
			'[]',
			'{}',
			'\u{0}',
			'{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c",}}',
			"{'apiVersion':'v1'}",
			String.raw`{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"\q"}}`,
			'{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":01}}',
		]) {
			await post(core(namespace, 'configmaps'), undefined, {raw});
			await post(liqo(namespace, 'namespaceoffloadings'), undefined, {raw});
		}
	},
	async 'with a field twice'({namespace, post}) {
		const bodies = [
			named('c', ',"data":{"a":"1","a":"2"}'),
			named('c', ',"data":{"a":"1"},"data":{"b":"2"}'),
			jsonText(
				'{"apiVersion":"v1","kind":"ConfigMap","kind":"ConfigMap","metadata":{"name":"c","name":"d","labels":{"a":"b","a":"c"}}}',
			),
			named('c', ',"data":{"a":"1","a":"2","a":"3"},"extra":1,"extra":2'),
		];
		for (const validation of ['Strict', 'Warn', 'Ignore']) {
			for (const raw of bodies) {
				await post(
					`${core(namespace, 'configmaps')}?dryRun=All&fieldValidation=${validation}`,
					undefined,
					{raw},
				);
			}
		}
	},
	async 'of a pod with fields twice and unknown ones'({namespace, post}) {
		const raw =
			'{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{"restartPolicy":"Never","restartPolicy":"Always","containers":[{"name":"a","image":"i","image":"j","nothing":1},{"name":"b","image":"i","ports":[{"containerPort":1,"containerPort":2}]}],"nodeSelector":{"a":"b","a":"c"}}}';
		for (const validation of ['Strict', 'Warn']) {
			await post(
				`${core(namespace, 'pods')}?dryRun=All&fieldValidation=${validation}`,
				undefined,
				{raw},
			);
		}
	},
	async 'of a custom object with fields twice'({namespace, post}) {
		const raw =
			'{"apiVersion":"offloading.liqo.io/v1beta1","kind":"NamespaceOffloading","metadata":{"name":"offloading","name":"offloading","labels":{"a":"b","a":"c"}},"spec":{"podOffloadingStrategy":"Local","podOffloadingStrategy":"Remote","x":1,"x":2,"clusterSelector":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"a","key":"b","operator":"Exists"}]}]}},"spec":{"podOffloadingStrategy":"Local"}}';
		for (const validation of ['Strict', 'Warn', 'Ignore']) {
			await post(
				`${liqo(namespace, 'namespaceoffloadings')}?dryRun=All&fieldValidation=${validation}`,
				undefined,
				{raw},
			);
		}
	},
	async 'patches with a field twice'({namespace, post, patch}) {
		await post(core(namespace, 'configmaps'), configMap('c', {a: '1'}), {
			isSetup: true,
		});
		for (const validation of ['Strict', 'Warn']) {
			for (const type of ['merge', 'strategic'] as const) {
				await patch(
					`${core(namespace, 'configmaps', 'c')}?fieldValidation=${validation}`,
					type,
					'{"data":{"b":"1","b":"2"},"extra":1}',
				);
			}

			await patch(
				`${core(namespace, 'configmaps', 'c')}?fieldValidation=${validation}`,
				'json',
				'[{"op":"add","path":"/data/c","value":"1","value":"2"},{"op":"add","path":"/extra","value":1}]',
			);
			await patch(
				`${core(namespace, 'configmaps', 'c')}?fieldManager=me&fieldValidation=${validation}`,
				'apply',
				'{"apiVersion":"v1","kind":"ConfigMap","data":{"d":"1","d":"2"},"extra":1}',
			);
		}
	},
	async 'patches of a custom object with a field twice'({
		namespace,
		post,
		patch,
	}) {
		await post(liqo(namespace, 'namespaceoffloadings'), offloading(), {
			isSetup: true,
		});
		for (const validation of ['Strict', 'Warn']) {
			await patch(
				`${liqo(namespace, 'namespaceoffloadings', 'offloading')}?fieldValidation=${validation}`,
				'merge',
				'{"spec":{"podOffloadingStrategy":"Remote","podOffloadingStrategy":"Local","extra":1}}',
			);
		}
	},
	async 'updates with unknown fields'({namespace, post, put}) {
		await post(core(namespace, 'configmaps'), configMap('c'), {isSetup: true});
		for (const validation of ['Strict', 'Warn', 'Ignore']) {
			await put(
				`${core(namespace, 'configmaps', 'c')}?fieldValidation=${validation}`,
				{...configMap('c', {a: '1'}), extra: 1},
			);
		}
	},
	async 'that are too large'({namespace, post, patch, request}) {
		const large = 'x'.repeat(3 * 1024 * 1024 + 10);
		await post(core(namespace, 'configmaps'), configMap('c', {large}));
		await post(core(namespace, 'configmaps'), configMap('c'), {isSetup: true});
		await patch(core(namespace, 'configmaps', 'c'), 'merge', {data: {large}});
		await request('DELETE', core(namespace, 'configmaps', 'c'), {
			body: {kind: 'DeleteOptions', apiVersion: 'v1', x: large},
		});
	},
	async 'over the limit of an object'({namespace, post}) {
		const large = 'x'.repeat(1024 * 1024);
		await post(core(namespace, 'configmaps'), configMap('c', {large, a: '1'}));
		await post(core(namespace, 'secrets'), {
			apiVersion: 'v1',
			kind: 'Secret',
			metadata: {name: 's'},
			data: {large: Buffer.from(`${large}1`).toString('base64')},
		});
	},
	async 'answers in YAML'({namespace, post, get}) {
		await post(
			core(namespace, 'configmaps'),
			configMap('c', {
				text: 'two\nlines\n',
				number: '1',
				truth: 'yes',
				empty: '',
				colon: 'a: b',
				hash: '# c',
				star: '*',
			}),
			{accept: yaml},
		);
		await get(core(namespace, 'configmaps', 'c'), {accept: yaml});
		await get(core(namespace, 'configmaps', 'missing'), {accept: yaml});
		await post(liqo(namespace, 'namespaceoffloadings'), offloading(), {
			accept: yaml,
		});
	},
	async 'a choice of answers'({namespace, post, get}) {
		await post(core(namespace, 'configmaps'), configMap('c'), {isSetup: true});
		for (const accept of [
			'application/json;q=0.5, application/yaml',
			'application/yaml, application/json',
			'text/html, */*',
			'*/*',
			'application/*',
			'',
			'text/html',
			'application/json;as=Table;v=v2;g=meta.k8s.io, application/json',
			'application/json;as=Table;v=v2;g=meta.k8s.io',
			'application/json;as=Nothing;v=v1;g=meta.k8s.io',
			'application/json;as=Table;v=v1;g=other',
			'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io',
			'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io',
			'application/json;as=PartialObjectMetadata;v=v1beta1;g=meta.k8s.io',
			'application/json;pretty=1',
			'garbage',
		]) {
			await get(core(namespace, 'configmaps', 'c'), {accept});
		}
	},
	async 'a table in YAML'({namespace, post, get}) {
		await post(core(namespace, 'pods'), pod('p'), {isSetup: true});
		await get(core(namespace, 'pods'), {
			accept:
				'application/yaml;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io',
		});
	},
});
