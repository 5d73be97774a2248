import {type CommandSpec} from './command.js';

/**
All commands, in the order of help. To add one: a file that exports `run`, and a line here; its flags go into the flag table.
*/
export const commandSpecs: readonly CommandSpec[] = [
	{
		name: 'explore',
		summary: 'open the explorer (also without a command)',
		examples: ['explore', '-f saved.yaml', '--readonly'],
		grace: 5000,
		load: async () => import('./explore.js'),
	},
	{
		name: 'get',
		usage: 'offloadings|clusters|namespaces|maps|pods|findings',
		summary: 'print the rows of a pane',
		words: [
			'offloadings',
			'clusters',
			'namespaces',
			'maps',
			'pods',
			'findings',
		],
		count: [1, 1],
		examples: ['get offloadings', 'get pods -n shop -o wide -w'],
		load: async () => import('./get.js'),
	},
	{
		name: 'diagnose',
		usage: '[NAMESPACE...]',
		summary: 'find everything that is wrong, with evidence and fixes',
		count: [0, Infinity],
		examples: [
			'diagnose',
			'diagnose shop -o json',
			'diagnose -f dump/ --fail-on warning -o junit',
		],
		load: async () => import('./diagnose.js'),
	},
	{
		name: 'fix',
		usage: 'FINDING',
		summary: 'carry out the fix of a finding, without the screen',
		count: [1, 1],
		examples: [
			'fix selector-label-typo -n shop --dry-run=client',
			'fix remote-name-too-long -n shop --answer mappingStrategy=EnforceSameName --yes',
		],
		grace: 5000,
		load: async () => import('./fix.js'),
	},
	{
		name: 'explain',
		usage: 'pod NAME|selector [NAMESPACE]|namespace NAME|finding ID',
		summary: 'say why, and why not, per node and cluster',
		words: ['pod', 'selector', 'namespace', 'finding'],
		count: [1, 2],
		examples: [
			'explain pod web-0 -n shop',
			'explain selector shop',
			'explain finding remote-name-too-long',
		],
		load: async () => import('./explain.js'),
	},
	{
		name: 'plan',
		summary: 'the exact writes the reconcilers would do now, with reasons',
		examples: ['plan', 'plan -n shop -o json', 'plan -f dump/'],
		load: async () => import('./plan.js'),
	},
	{
		name: 'simulate',
		summary:
			'run reconcilers, admission and scheduler on saved objects until nothing moves',
		examples: [
			'simulate -f dump/',
			'simulate -f home.yaml --provider-file milan=milan.yaml -o json',
		],
		load: async () => import('./simulate.js'),
	},
	{
		name: 'admit',
		summary:
			"what a server with Liqo's webhooks makes of a pod or an offloading",
		examples: [
			'admit -f pod.yaml',
			'admit -f pod.yaml -f offloading.yaml',
			'admit -f offloading.yaml',
			'admit -f before.yaml -f after.yaml',
			'admit -f review.json -o json',
		],
		load: async () => import('./admit.js'),
	},
	{
		name: 'sandbox',
		summary: 'run embedded clusters for kubectl and any other client',
		examples: [
			'sandbox --list',
			'sandbox --scenario remote-name-too-long --kubeconfig-out sandbox.yaml',
		],
		grace: 5000,
		load: async () => import('./sandbox.js'),
	},
	{
		name: 'reconcile',
		summary: "act as Liqo's offloading controllers, without a screen",
		examples: [
			'reconcile --once --provider milan=milan-id',
			'reconcile --listen 127.0.0.1:8080 --webhook-listen 127.0.0.1:9443 --webhook-install',
		],
		grace: 15_000,
		load: async () => import('./reconcile.js'),
	},
	{
		name: 'completion',
		usage: 'bash|zsh|fish',
		summary: 'print a completion script for a shell',
		words: ['bash', 'zsh', 'fish'],
		count: [1, 1],
		examples: ['completion bash > /etc/bash_completion.d/liqoscope'],
		load: async () => import('./completion.js'),
	},
	{
		name: 'version',
		summary: 'print the version',
		load: async () => import('./version.js'),
	},
	{
		name: 'help',
		usage: '[COMMAND]',
		summary: 'help on everything, or on one command',
		count: [0, 1],
		load: async () => import('./help.js'),
	},
];
