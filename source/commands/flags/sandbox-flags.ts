import {type FlagSpec} from './flag-spec.js';

/**
Flags of the sandbox beside the scenario's name.
*/
export const sandboxFlags = [
	{
		name: 'generation',
		type: 'text',
		value: 'GENERATION',
		choices: ['v0.3', 'v1beta1'],
		commands: ['sandbox', 'explore'],
		group: 'behaviour',
		help: 'which Liqo the clusters have',
	},
	{
		name: 'port',
		type: 'text',
		value: 'PORT',
		commands: ['sandbox'],
		group: 'behaviour',
		help: 'port of the first cluster, the others follow it (default: any)',
	},
	{
		name: 'engine',
		type: 'text',
		value: 'ENGINE',
		choices: ['embedded', 'kube-apiserver'],
		commands: ['sandbox'],
		group: 'behaviour',
		help: 'servers in this process, or real ones from KUBEBUILDER_ASSETS',
	},
	{
		name: 'actors',
		type: 'text',
		value: 'NAMES',
		commands: ['sandbox'],
		group: 'behaviour',
		help: 'who is at work: reconcilers,admission,replication,scheduler,virtual-kubelet,workloads (default: all) or none',
	},
] as const satisfies readonly FlagSpec[];
