import {keys} from '../keys.js';
import {labelKeyProblems, labelValueProblems} from '../label-syntax.js';
import {type Json} from '../json.js';
import {type World} from '../world.js';
import {changes, find, gone, patchOf, refuse} from './planning.js';
import {type Input, type Remedy} from './remedy.js';

const nodeNames = (world: World): readonly string[] => [
	...new Set([
		...[...world.consumer.virtualNodes()].map(({metadata}) => metadata.name),
		...[...world.consumer.list('VirtualNode')].map(
			({metadata}) => metadata.name,
		),
	]),
];

const nodeInput: Input = {
	id: 'node',
	title: 'Virtual node',
	kind: 'choice',
	options: (_, world) => nodeNames(world).map((value) => ({value})),
	check: (value, _, world) =>
		nodeNames(world).includes(value)
			? undefined
			: `There is no virtual node "${value}".`,
};

const keyInput: Input = {
	id: 'key',
	title: 'Label',
	kind: 'text',
	check(value) {
		const [problem] = labelKeyProblems(value);
		return problem === undefined
			? undefined
			: `"${value}" is not a legal label: ${problem}.`;
	},
};

const valueInput: Input = {
	id: 'value',
	title: 'Value',
	kind: 'text',
	check(value) {
		const [problem] = labelValueProblems(value);
		return problem === undefined
			? undefined
			: `"${value}" is not a legal value: ${problem}.`;
	},
};

export const labelVirtualNode: Remedy = {
	id: 'label-virtual-node',
	title: 'Label a virtual node',
	safety: 'confirm',
	inputs: [nodeInput, keyInput, valueInput],
	plan(finding, world, answers) {
		const {node: name = '', key = '', value = ''} = answers;
		const problem =
			keyInput.check!(key, finding, world) ??
			valueInput.check!(value, finding, world);
		if (problem !== undefined) {
			return refuse(problem);
		}

		if (key.startsWith('liqo.io/') || key.startsWith('kubernetes.io/')) {
			return refuse(`The label ${key} belongs to Liqo or Kubernetes.`);
		}

		const node = find(world, 'Node', '', name);
		const resource = [...world.consumer.list('VirtualNode')].find(
			({metadata}) => metadata.name === name,
		);
		if (!node && !resource) {
			return gone(`Virtual node ${name}`);
		}

		const labels = {[key]: value};
		return changes(
			...(resource
				? [
						patchOf(
							resource,
							{spec: {labels}},
							`Have the node keep the label ${key}=${value}.`,
						),
					]
				: []),
			...(node
				? [
						patchOf(
							node,
							{metadata: {labels}},
							`Set the label ${key}=${value} on the node.`,
						),
					]
				: []),
		);
	},
};

export const uncordonNode: Remedy = {
	id: 'uncordon-node',
	title: 'Uncordon a virtual node',
	safety: 'confirm',
	inputs: [],
	plan(_, world, answers) {
		const node = find(world, 'Node', '', answers.node);
		if (!node) {
			return gone(`Node ${answers.node ?? ''}`);
		}

		const resource = [...world.consumer.list('VirtualNode')].find(
			({metadata}) => metadata.name === node.metadata.name,
		);
		if (
			node.metadata.deletionTimestamp !== undefined ||
			resource?.metadata.deletionTimestamp !== undefined
		) {
			return refuse('The node is being removed; do not uncordon it.');
		}

		return node.spec.unschedulable
			? changes(
					patchOf(
						node,
						{spec: {unschedulable: false}},
						'Let new pods onto the node.',
					),
				)
			: refuse('The node is not cordoned any more.');
	},
};

export const restoreTaint: Remedy = {
	id: 'restore-taint',
	title: 'Put the taint of virtual nodes back',
	safety: 'confirm',
	inputs: [],
	plan(_, world, answers) {
		const node = find(world, 'Node', '', answers.node);
		if (!node) {
			return gone(`Node ${answers.node ?? ''}`);
		}

		if (node.spec.taints.some(({key}) => key === keys.notAllowed)) {
			return refuse('The node has the taint by now.');
		}

		const taint = {key: keys.notAllowed, value: 'true', effect: 'NoExecute'};
		return changes(
			patchOf(
				node,
				{spec: {taints: [...node.spec.taints, taint] as unknown as Json}},
				'Keep pods that are not offloaded off the node.',
			),
		);
	},
};
