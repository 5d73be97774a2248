/**
`automatic`: additive or reversible and within what was declared. `confirm`: changes the intent, restarts or deletes something. `manual`: for
a person, or the owner of another cluster; nothing is written.
*/
export type Safety = 'automatic' | 'confirm' | 'manual';

export type RemedyId =
	| 'add-toleration'
	| 'apply-plan'
	| 'create-offloading'
	| 'delete-namespacemap'
	| 'delete-offloading'
	| 'delete-pod'
	| 'delete-rolebinding'
	| 'exclude-virtual-nodes'
	| 'instruct'
	| 'label-namespace'
	| 'label-virtual-node'
	| 'recreate-offloading'
	| 'redo-writes'
	| 'relabel-namespacemap'
	| 'relax-template'
	| 'remove-mark'
	| 'rename-offloading'
	| 'renew-quick-label'
	| 'restart-workload'
	| 'restore-taint'
	| 'rewrite-version'
	| 'set-annotation'
	| 'set-pod-strategy'
	| 'set-selector'
	| 'touch-object'
	| 'uncordon-node'
	| 'undo-writes';

/**
Answers by input id. What a finding already knows comes as `given` of its offer; the user's answers win over it.
*/
export type Answers = Readonly<Record<string, string>>;

/**
A remedy as one finding offers it: data only, so that it can be printed, stored and compared.
*/
export type Offer = {
	readonly remedy: RemedyId;
	/**
	What choosing it means here, e.g. `Ask for "region" instead`.
	*/
	readonly title: string;
	/**
	What it brings, in a few words, e.g. `selects eu-west`.
	*/
	readonly effect?: string;
	readonly given?: Answers;
	/**
	Stricter or laxer than the remedy usually is.
	*/
	readonly safety?: Safety;
};
