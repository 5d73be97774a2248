import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
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
];

const normalize = (text: string): string =>
	text
		.replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z?/gv, '<time>')
		.replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+ \+0000/gv, '<time>')
		.replaceAll(/\b\d+(?:ms|s|m\d*s?|h)\b/gv, '<age>')
		.replaceAll(/\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+0000/gv, '<time>')
		.replaceAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gv, '<uid>')
		.replaceAll(/resourceVersion: "?\d+"?/gv, 'resourceVersion: <version>')
		.replaceAll(/\/tmp\/(?:LIVE|MERGED)-\d+/gv, '<file>')
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
});
