import type {Pty} from './pty.js';

/**
A key that is pressed, or a value that is typed; and what is on the screen before the next one.
*/
type Step = (
	| {readonly key: string}
	| {readonly type: string}
	/**
	What somebody else does meanwhile.
	*/
	| {readonly meanwhile: 'peering'}
) & {readonly shows: RegExp};

/**
A failure from Liqo's own list of usual ones, and the way out of it from the opening screen.
*/
export type SeedJourney = {
	readonly failure: string;
	/**
	The scenario that shows it.
	*/
	readonly scenario: string;
	readonly namespace: string;
	/**
	What the opening screen says of it.
	*/
	readonly opens: RegExp;
	readonly steps: readonly Step[];
	/**
	Where it ends: the phase, or the virtual node that waiting pods get.
	*/
	readonly pods?: RegExp;
	/**
	Remote clusters that hold the namespace then, with its name there.
	*/
	readonly twins: Readonly<Record<string, string>>;
};

const enter = '\r';
const down = '\u{1B}[B';

const open: Step = {key: 'f', shows: /What happens/v};
const choose: Step = {key: enter, shows: /enter apply/v};
const apply: Step = {key: enter, shows: /The finding is gone\./v};
const applyForGood = (namespace: string): readonly Step[] => [
	{key: enter, shows: new RegExp(`Type "${namespace}" to do it`, 'v')},
	{type: namespace, shows: new RegExp(`to do it: ${namespace}`, 'v')},
	apply,
];

const localId = '1f0c3a52-6f1e-4d0b-9c37-5f6d2f1a7b10';
const byDefault = (...handles: readonly string[]) =>
	Object.fromEntries(handles.map((handle) => [handle, `shop-${localId}`]));
const long = 'online-shop-checkout-payments';

export const seedJourneys: readonly SeedJourney[] = [
	{
		failure: 'NoClusterSelected, a syntax error',
		scenario: 'selector-syntax-error',
		namespace: 'shop',
		opens: /NoClusterSelected/v,
		steps: [open, choose, apply],
		twins: byDefault('eu'),
	},
	{
		failure: 'NoClusterSelected, clusters without labels',
		scenario: 'no-cluster-labels',
		namespace: 'shop',
		opens: /NoClusterSelected/v,
		steps: [
			open,
			{key: down, shows: /> 2 {2}Label liqo-eu with region=eu/v},
			choose,
			apply,
		],
		twins: byDefault('eu'),
	},
	{
		failure: 'NoClusterSelected, a misspelt label',
		scenario: 'selector-label-typo',
		namespace: 'shop',
		opens: /NoClusterSelected/v,
		steps: [open, choose, apply],
		pods: /^liqo-eu$/v,
		twins: byDefault('eu'),
	},
	{
		failure: 'NoClusterSelected, no virtual node',
		scenario: 'no-virtual-node',
		namespace: 'shop',
		opens: /NoClusterSelected/v,
		steps: [
			open,
			{key: 'c', shows: /Sent to the clipboard/v},
			{meanwhile: 'peering', shows: /What happens/v},
			{key: 'q', shows: /shop +Ready +1\/1/v},
		],
		twins: byDefault('eu'),
	},
	{
		failure: 'AllFailed, the remote name is too long',
		scenario: 'remote-name-too-long',
		namespace: long,
		opens: /AllFailed/v,
		steps: [open, choose, ...applyForGood(long)],
		twins: {eu: long, us: long, ap: long},
	},
	{
		failure: 'AllFailed, the remote name is too long, with a name of choice',
		scenario: 'remote-name-too-long',
		namespace: long,
		opens: /AllFailed/v,
		steps: [
			open,
			{key: down, shows: /> 2 {2}Create it again with a name of your choice/v},
			{key: enter, shows: /Remote namespace name:/v},
			{type: 'payments', shows: /Remote namespace name: payments/v},
			choose,
			...applyForGood(long),
		],
		twins: {eu: 'payments', us: 'payments', ap: 'payments'},
	},
	{
		failure: 'SomeFailed, the remote name is taken, without that cluster',
		scenario: 'remote-name-conflict',
		namespace: 'shop',
		opens: /SomeFailed/v,
		steps: [open, choose, apply],
		twins: {us: 'shop', ap: 'shop'},
	},
	{
		failure: 'SomeFailed, the remote name is taken, under another name',
		scenario: 'remote-name-conflict',
		namespace: 'shop',
		opens: /SomeFailed/v,
		steps: [
			open,
			{key: down, shows: /> 2 {2}Create it again with the default name/v},
			choose,
			...applyForGood('shop'),
		],
		twins: byDefault('eu', 'us', 'ap'),
	},
	{
		failure: 'Pending pods, the strategy is Local',
		scenario: 'pod-local-wants-remote',
		namespace: 'shop',
		opens: /Pending/v,
		steps: [{key: '4', shows: /^ [!x] shop: /mv}, open, choose, apply],
		pods: /^liqo-(?:eu|us|ap)$/v,
		twins: byDefault('eu', 'us', 'ap'),
	},
	{
		failure: 'Pending pods, no cluster has all labels',
		scenario: 'pod-remote-no-match',
		namespace: 'shop',
		opens: /Pending/v,
		steps: [
			{...open, shows: /3 {2}Accept tier=gold too/v},
			{key: '3', shows: /enter apply/v},
			apply,
		],
		pods: /^liqo-eu$/v,
		twins: byDefault('eu'),
	},
	{
		failure: 'Pending pods, antithetical terms',
		scenario: 'pod-antithetical-terms',
		namespace: 'shop',
		opens: /Pending/v,
		steps: [{key: '4', shows: /^ [!x] shop: /mv}, open, choose, apply],
		pods: /^liqo-us$/v,
		twins: byDefault('eu', 'us'),
	},
	{
		failure: 'A wrong resource name',
		scenario: 'wrong-resource-name',
		namespace: 'shop',
		opens: /ignored: must/v,
		steps: [open, choose, ...applyForGood('shop')],
		twins: byDefault('eu', 'us'),
	},
];

export const keyCount = ({steps}: SeedJourney): number =>
	steps.filter((step) => 'key' in step).length;

const patience = 60_000;

/**
Goes the way, one key after the other, each when the screen shows what the one before did.
*/
export const travel = async (
	pty: Pty,
	{opens, namespace, steps}: SeedJourney,
	{meanwhile}: {meanwhile?(): Promise<void>} = {},
): Promise<void> => {
	await pty.waitFor(
		`the opening screen with ${opens.source}`,
		(text) =>
			opens.test(text) && new RegExp(`^ [x!] ${namespace}: `, 'mv').test(text),
		patience,
	);
	for (const step of steps) {
		if ('key' in step) {
			pty.send(step.key);
		} else if ('type' in step) {
			pty.send(step.type);
		} else {
			await meanwhile?.();
		}

		await pty.waitFor(
			`${step.shows.source} after ${JSON.stringify(step)}`,
			(text) => step.shows.test(text),
			patience,
		);
	}

	await pty.waitFor(
		'phase Ready',
		(text) => /(?:Phase now|shop) +Ready/v.test(text),
		patience,
	);
};
