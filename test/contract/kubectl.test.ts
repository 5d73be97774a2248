import {spawn} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {afterAll, beforeAll, describe, expect, test, vi} from 'vitest';
import {root, runProgram} from '../helpers/control-plane.js';
import {startEngine, type Engine} from './engine.js';

const binary = [
	process.env.KUBEBUILDER_ASSETS ?? '',
	path.join(root, '.cache', 'control-plane', 'bin'),
]
	.filter((directory) => directory !== '')
	.map((directory) => path.join(directory, 'kubectl'))
	.find((file) => fs.existsSync(file));

const isRecording = process.env.LIQOSCOPE_RECORD === '1';
const file = path.join(import.meta.dirname, 'recorded', 'kubectl.json');
const recorded = (
	isRecording || !fs.existsSync(file)
		? {}
		: JSON.parse(fs.readFileSync(file, 'utf8'))
) as Record<string, unknown>;

const deployment = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: "nginx:1.27", ports: [{containerPort: 80}]}]
`;

const offloading = `
apiVersion: offloading.liqo.io/v1beta1
kind: NamespaceOffloading
metadata: {name: offloading, namespace: shop}
spec:
  podOffloadingStrategy: LocalAndRemote
  clusterSelector: {nodeSelectorTerms: [{matchExpressions: [{key: region, operator: In, values: [eu]}]}]}
`;

const nodeManifest = `
apiVersion: v1
kind: Node
metadata: {name: n1, labels: {region: eu}}
status: {capacity: {cpu: "4", memory: 8Gi, pods: "110"}}
`;

type Step = readonly [line: string, input?: string];

/**
What is left running while others work, until it has written so many lines; or an editor that writes what it is given to kubectl's
standard error before it changes it.
*/
type Special = Readonly<{
	line: string;
	lines?: number;
	during?: readonly string[];
	/**
	What sed does to the file.
	*/
	edit?: string;
}>;

/**
One after the other: each leaves something for the next.
*/
const steps: readonly Step[] = [
	['create namespace shop'],
	['get namespace shop -o name'],
	['apply -f -', deployment],
	['apply -f -', deployment],
	['get deployments -n shop'],
	['get deploy web -n shop -o wide'],
	['get deploy web -n shop -o jsonpath={.spec.replicas}'],
	['diff -f -', deployment.replace('replicas: 2', 'replicas: 3')],
	['apply -f -', deployment.replace('replicas: 2', 'replicas: 3')],
	['apply --server-side -f -', deployment],
	['scale deployment web -n shop --replicas=1'],
	['set image deployment/web web=nginx:1.28 -n shop'],
	['describe deployment web -n shop'],
	['apply -f -', offloading],
	['get nso -n shop'],
	['get nsof offloading -n shop -o wide'],
	['describe nso offloading -n shop'],
	[
		'patch nso offloading -n shop --type=merge -p {"spec":{"podOffloadingStrategy":"Remote"}}',
	],
	[
		'patch nso offloading -n shop --type=json -p [{"op":"remove","path":"/spec/clusterSelector"}]',
	],
	[
		'patch nso offloading -n shop --type=merge -p {"spec":{"podOffloadingStrategy":"Nowhere"}}',
	],
	['patch deployment web -n shop -p {"spec":{"replicas":4}}'],
	['label namespace shop team=a'],
	['label namespace shop team=b'],
	['label namespace shop team=b --overwrite'],
	['label namespace shop team-'],
	['annotate namespace shop note=hello'],
	['get namespace shop --show-labels'],
	['create configmap settings --from-literal=a=1 --from-literal=b=2 -n shop'],
	['get configmap settings -n shop'],
	['describe configmap settings -n shop'],
	['create secret generic keys --from-literal=a=1 -n shop'],
	['get secret keys -n shop -o jsonpath={.data}'],
	['create -f -', nodeManifest],
	['get nodes'],
	['get nodes -L region'],
	['taint node n1 dedicated=db:NoSchedule'],
	['taint node n1 dedicated=db:NoSchedule'],
	['taint node n1 dedicated-'],
	['cordon n1'],
	['get nodes n1'],
	['uncordon n1'],
	['run once --image=busybox:1 -n shop --restart=Never'],
	['get pods -n shop'],
	['get pods -n shop -o wide'],
	['describe pod once -n shop'],
	['wait pod/once -n shop --for=condition=Ready --timeout=1s'],
	[
		'wait nso/offloading -n shop --for=jsonpath={.spec.podOffloadingStrategy}=Remote --timeout=5s',
	],
	['delete pod once -n shop'],
	['auth can-i list pods -n shop'],
	['auth can-i --list -n shop --as=jane'],
	['auth can-i delete nodes --as=jane'],
	['auth whoami'],
	['explain nso.spec'],
	['explain nso.spec.clusterSelector --recursive'],
	['explain namespacemap.status'],
	['get crd namespaceoffloadings.offloading.liqo.io -o name'],
	['api-resources --api-group=offloading.liqo.io'],
	['get nothing'],
	['get pods nothing -n shop'],
	['get pods -n shop -l app=(x'],
	[
		'create -f - --dry-run=server',
		offloading.replace('LocalAndRemote', 'Local'),
	],
	['create -f -', offloading],
	[
		'create -f -',
		offloading
			.replace('offloading, namespace', 'other, namespace')
			.replace('Remote', 'Somewhere'),
	],
	[
		'create -f -',
		offloading.replace('podOffloadingStrategy', 'podOffloadingStrateg'),
	],
	['replace -f -', offloading],
	['create rolebinding viewers --clusterrole=view --user=jane -n shop'],
	['get rolebindings -n shop -o wide'],
	['get all -n shop'],
	['get cm,secret -n shop -o name'],
	['delete configmap,secret --all -n shop'],
	['delete nso offloading -n shop'],
	['delete deployment web -n shop'],
	['delete deployment web -n shop'],
	['delete -f -', nodeManifest],
	...[
		'pods',
		'pod.spec',
		'pod.spec.affinity',
		'pod.spec.affinity --recursive',
		'pod.spec.containers.resources',
		'pod.status.conditions',
		'namespaces',
		'nodes.spec.taints',
		'deployments',
		'deployment.spec.strategy',
		'configmaps',
		'secrets',
		'events',
		'nso',
		'namespacemap',
		'crd.spec.versions',
		'pod.nothing',
		'nothing',
	].map((subject): Step => [`explain ${subject}`]),
	['create namespace second'],
	['create configmap a --from-literal=k=1 -n second'],
	['get --raw /healthz'],
	['auth can-i --list -n second'],
	[
		'get quota,ingress,ingressclass,endpoints,podtemplates,controllerrevisions -A',
	],
	['create quota q --hard=pods=2,limits.cpu=1 -n second'],
	['get quota -n second'],
	['create ingress i --rule=a.example/=web:80 -n second'],
	['get ingress -n second'],
	['describe ingress i -n second'],
	['create job j --image=busybox:1 -n second'],
	['get job j -n second -o yaml'],
	['create serviceaccount robot -n second'],
	['get pods -n second --field-selector=status.phase=Running'],
	['get cm -n second -o custom-columns=NAME:.metadata.name,K:.data.k'],
	['get cm -n second --sort-by=.metadata.name -o name'],
	['get cm a -n second -o yaml --show-managed-fields'],
	['api-resources --api-group=apps'],
	[
		'replace --force -f -',
		'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: second}\ndata: {k: "2"}\n',
	],
	[
		'apply --server-side --field-manager=one -f -',
		'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: second}\ndata: {k: "3"}\n',
	],
	[
		'apply --server-side --field-manager=one --force-conflicts -f -',
		'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: second}\ndata: {k: "3"}\n',
	],
	[
		'apply --validate=strict -f -',
		'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: second}\ndate: {k: "3"}\n',
	],
	[
		'apply --validate=warn -f -',
		'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: second}\ndate: {k: "3"}\n',
	],
	[
		'create -f -',
		'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: Bad_Name, namespace: second}\n',
	],
	['create -f -', offloading.replace('namespace: shop', 'namespace: second')],
	['create -f -', deployment.replace('namespace: shop', 'namespace: second')],
];

const specials: readonly Special[] = [
	{
		line: 'get configmaps -n second -w --no-headers',
		lines: 5,
		during: [
			'create configmap b --from-literal=k=1 -n second',
			'label configmap b x=y -n second',
			'delete configmap b -n second',
			'annotate configmap a note=hello -n second',
		],
	},
	{
		line: 'get configmaps a -n second -w -o name --output-watch-events',
		lines: 3,
		during: [
			'label configmap a x=y -n second',
			'annotate configmap a note=bye -n second --overwrite',
		],
	},
	{
		line: 'get configmaps -n second -l x=y -w --output-watch-events',
		lines: 6,
		during: [
			'create configmap d -n second',
			'label configmap d x=y -n second',
			'annotate configmap d a=b -n second',
			'label configmap d x- -n second',
			'label configmap a x=z -n second --overwrite',
		],
	},
	{
		line: 'get nso -n second -w -o wide',
		lines: 4,
		during: [
			'patch nso offloading -n second --type=merge -p {"spec":{"podOffloadingStrategy":"Remote"}}',
			'delete nso offloading -n second',
		],
	},
	{line: 'edit configmap a -n second', edit: 's/k: .*/k: "9"/'},
	{line: 'edit configmap a -n second', edit: 's/nothing/nothing/'},
	{
		line: 'edit configmap a -n second -o json',
		edit: 's/"k": ".*"/"k": "10"/',
	},
	{line: 'edit deployment web -n second', edit: 's/replicas: .*/replicas: 7/'},
	{line: 'edit serviceaccount missing -n second', edit: 's/a/b/'},
];

const normalize = (text: string): string =>
	text
		.replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z?/gv, '<time>')
		.replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+ \+0000/gv, '<time>')
		.replaceAll(/\b\d+(?:ms|s|m\d*s?|h)\b/gv, '<age>')
		.replaceAll(/\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+0000/gv, '<time>')
		.replaceAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gv, '<uid>')
		.replaceAll(/resourceVersion"?: "?\d+"?/gv, 'resourceVersion: <version>')
		.replaceAll(/\/tmp\/(?:LIVE|MERGED)-\d+/gv, '<file>')
		.replaceAll(/kubectl-edit-\d+/gv, '<file>')
		.replaceAll(/127\.0\.0\.1:\d+/gv, '<address>')
		.replaceAll(/Resource Version: +\d+/gv, 'Resource Version: <version>')
		.replaceAll(/ +/gv, ' ')
		.replaceAll(' \n', '\n');

describe.skipIf(binary === undefined)('kubectl', () => {
	let engine: Engine;
	let home: string;

	beforeAll(async () => {
		engine = await startEngine();
		home = fs.mkdtempSync(path.join(os.tmpdir(), 'kubectl-'));
	});

	afterAll(async () => {
		await engine?.stop();
		fs.rmSync(home, {recursive: true, force: true});
		if (isRecording) {
			fs.writeFileSync(file, `${JSON.stringify(recorded, undefined, '\t')}\n`);
		}
	});

	for (const [index, [line, input]] of steps.entries()) {
		test(`${index} ${line}`, async () => {
			const {code, stdout, stderr} = await runProgram(
				binary!,
				[`--kubeconfig=${engine.kubeconfig()}`, ...line.split(' ')],
				{
					...(input !== undefined && {input}),
					env: {...process.env, HOME: home, KUBECACHEDIR: home},
				},
			);
			const outcome = {
				code,
				stdout: normalize(stdout),
				stderr: normalize(stderr),
			};
			const name = `${index} ${line}`;
			if (isRecording) {
				recorded[name] = outcome;
				return;
			}

			expect(outcome).toEqual(recorded[name]);
		});
	}

	const start = (line: string, editor = '') => {
		const child = spawn(
			binary!,
			[`--kubeconfig=${engine.kubeconfig()}`, ...line.split(' ')],
			{env: {...process.env, HOME: home, KUBECACHEDIR: home, EDITOR: editor}},
		);
		const written = {stdout: '', stderr: ''};
		for (const name of ['stdout', 'stderr'] as const) {
			child[name].setEncoding('utf8').on('data', (text: string) => {
				written[name] += text;
			});
		}

		const closed = new Promise<number>((resolve) => {
			child.once('close', (code) => {
				resolve(code ?? -1);
			});
		});
		return {child, written, closed};
	};

	const play = async ({line, lines = 0, during = [], edit}: Special) => {
		const editor = path.join(home, 'editor');
		fs.writeFileSync(
			editor,
			`#!/bin/sh\ncat "$1" >&2\nsed -i -e '${edit ?? ''}' "$1"\n`,
			{mode: 0o755},
		);
		const {child, written, closed} = start(line, editor);
		if (edit !== undefined) {
			return {
				code: await closed,
				stdout: normalize(written.stdout),
				stderr: normalize(written.stderr),
			};
		}

		const hasLines = async (count: number) =>
			vi.waitFor(
				() => {
					expect(
						written.stdout.split('\n').length - 1,
						written.stdout + written.stderr,
					).toBeGreaterThanOrEqual(count);
				},
				{timeout: 60_000},
			);
		// It watches from the version of the list that it prints first: nothing after that is missed.
		await hasLines(1);
		for (const step of during) {
			const other = start(step);
			expect(await other.closed, other.written.stderr).toBe(0);
		}

		await hasLines(lines);
		child.kill();
		await closed;
		return {
			stdout: normalize(written.stdout),
			stderr: normalize(written.stderr),
		};
	};

	for (const [index, special] of specials.entries()) {
		const name = `special ${index} ${special.line}`;
		test(name, async () => {
			const outcome = await play(special);
			if (isRecording) {
				recorded[name] = outcome;
				return;
			}

			expect(outcome).toEqual(recorded[name]);
		});
	}
});
