import {absent} from '../../core/json.js';
import {setPodDefaults} from '../defaults/pod.js';
import {matchesTreeSelector} from '../selectors/tree-selector.js';
import {
	type FieldError,
	forbidden,
	invalid,
	notSupported,
	required,
} from '../validation/field-error.js';
import {templateErrors} from '../validation/pod.js';
import {
	type ApiObject,
	isEqual,
	listAt,
	numberAt,
	textAt,
	textsAt,
	treeAt,
	type Tree,
	type Value,
} from '../value.js';
import {type BuiltinBehaviour} from './kind.js';

const setTemplateDefaults = (spec: Tree | undefined): void => {
	const template = treeAt(spec, 'template', 'spec');
	if (template) {
		setPodDefaults(template);
	}
};

const selectorErrors = (object: ApiObject): FieldError[] => {
	const selector = treeAt(object, 'spec', 'selector');
	const isEmpty =
		!selector ||
		(listAt(selector, 'matchExpressions').length === 0 &&
			Object.keys(treeAt(selector, 'matchLabels') ?? {}).length === 0);
	const labels = textsAt(object, 'spec', 'template', 'metadata', 'labels');
	const errors: FieldError[] = [];
	if (!selector) {
		errors.push(required('spec.selector'));
	} else if (isEmpty) {
		errors.push(
			invalid(
				'spec.selector',
				{},
				`empty selector is invalid for ${object.kind.toLowerCase()}`,
			),
		);
	}

	if (!selector || (!isEmpty && !matchesTreeSelector(selector, labels))) {
		errors.push(
			invalid(
				'spec.template.metadata.labels',
				Object.keys(labels).length === 0 ? undefined : labels,
				'`selector` does not match template `labels`',
			),
		);
	}

	return errors;
};

const selectorIsKept = (object: ApiObject, old: ApiObject): FieldError[] => {
	const selector = treeAt(object, 'spec', 'selector');
	return isEqual(selector, treeAt(old, 'spec', 'selector'))
		? []
		: [invalid('spec.selector', selector, 'field is immutable')];
};

const countErrors = (
	object: ApiObject,
	fields: readonly string[],
): FieldError[] =>
	fields.flatMap((field) => {
		const count = numberAt(object, 'spec', field) ?? 0;
		return count < 0
			? [invalid(`spec.${field}`, count, 'must be greater than or equal to 0')]
			: [];
	});

/**
Who keeps pods running has no use for any that end.
*/
const endlessErrors = (object: ApiObject): FieldError[] => {
	const template = treeAt(object, 'spec', 'template', 'spec');
	const policy = textAt(template, 'restartPolicy');
	return policy === 'Always' || !template
		? []
		: [notSupported('spec.template.spec.restartPolicy', policy, ['Always'])];
};

const isZero = (amount: Value): boolean => amount === 0 || amount === '0%';

const strategyErrors = (object: ApiObject): FieldError[] => {
	const field = 'spec.strategy';
	const strategy = treeAt(object, 'spec', 'strategy') ?? {};
	const type = textAt(strategy, 'type');
	const rolling = treeAt(strategy, 'rollingUpdate');
	switch (type) {
		case 'Recreate': {
			return rolling
				? [
						forbidden(
							`${field}.rollingUpdate`,
							"may not be specified when strategy `type` is 'Recreate'",
						),
					]
				: [];
		}

		case 'RollingUpdate': {
			return isZero(rolling?.maxUnavailable) && isZero(rolling?.maxSurge)
				? [
						invalid(
							`${field}.rollingUpdate.maxUnavailable`,
							rolling?.maxUnavailable,
							'may not be 0 when `maxSurge` is 0',
						),
					]
				: [];
		}

		default: {
			return [
				notSupported(field, {Type: type, RollingUpdate: absent}, [
					'Recreate',
					'RollingUpdate',
				]),
			];
		}
	}
};

const deploymentErrors = (object: ApiObject): FieldError[] => {
	const errors = countErrors(object, [
		'minReadySeconds',
		'revisionHistoryLimit',
		'progressDeadlineSeconds',
	]);
	const wait = numberAt(object, 'spec', 'minReadySeconds') ?? 0;
	const deadline = numberAt(object, 'spec', 'progressDeadlineSeconds');
	return [
		...strategyErrors(object),
		...errors,
		...(deadline !== undefined && deadline <= wait
			? [
					invalid(
						'spec.progressDeadlineSeconds',
						deadline,
						'must be greater than minReadySeconds',
					),
				]
			: []),
	];
};

const workload = (
	setDefaults: (spec: Tree) => void,
	hasSelector = true,
): BuiltinBehaviour => ({
	setDefaults(object) {
		const spec = treeAt(object, 'spec');
		if (!spec) {
			return;
		}

		setTemplateDefaults(spec);
		setDefaults(spec);
	},
	prepareCreate(object) {
		object.status = object.kind === 'ReplicaSet' ? {replicas: 0} : {};
	},
	validate: (object) => [
		...countErrors(object, ['replicas']),
		...(hasSelector ? selectorErrors(object) : []),
		...templateErrors(object, 'spec.template'),
		...(hasSelector ? endlessErrors(object) : []),
		...(object.kind === 'Deployment' ? deploymentErrors(object) : []),
	],
	warn: (object) =>
		(numberAt(
			object,
			'spec',
			'template',
			'spec',
			'terminationGracePeriodSeconds',
		) ?? 0) < 0
			? [
					'spec.template.spec.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1',
				]
			: [],
	...(hasSelector && {validateUpdate: selectorIsKept}),
});

const quarter = '25%';

/**
The owners of pods.
*/
export const workloadBehaviours: Readonly<Record<string, BuiltinBehaviour>> = {
	Deployment: workload((spec) => {
		spec.replicas ??= 1;
		const strategy = treeAt(spec, 'strategy') ?? {};
		strategy.type ??= 'RollingUpdate';
		if (strategy.type === 'RollingUpdate') {
			strategy.rollingUpdate = {
				maxUnavailable: quarter,
				maxSurge: quarter,
				...treeAt(strategy, 'rollingUpdate'),
			};
		}

		spec.strategy = strategy;
		spec.revisionHistoryLimit ??= 10;
		spec.progressDeadlineSeconds ??= 600;
	}),
	ReplicaSet: workload((spec) => {
		spec.replicas ??= 1;
	}),
	ReplicationController: workload((spec) => {
		spec.replicas ??= 1;
	}, false),
	StatefulSet: workload((spec) => {
		spec.replicas ??= 1;
		spec.podManagementPolicy ??= 'OrderedReady';
		spec.revisionHistoryLimit ??= 10;
		spec.updateStrategy =
			textAt(spec, 'updateStrategy', 'type') === ''
				? {type: 'RollingUpdate', rollingUpdate: {partition: 0}}
				: spec.updateStrategy;
		spec.persistentVolumeClaimRetentionPolicy ??= {
			whenDeleted: 'Retain',
			whenScaled: 'Retain',
		};
	}),
	DaemonSet: workload((spec) => {
		spec.revisionHistoryLimit ??= 10;
		const strategy = treeAt(spec, 'updateStrategy') ?? {};
		strategy.type ??= 'RollingUpdate';
		if (strategy.type === 'RollingUpdate') {
			strategy.rollingUpdate = {
				maxUnavailable: 1,
				maxSurge: 0,
				...treeAt(strategy, 'rollingUpdate'),
			};
		}

		spec.updateStrategy = strategy;
	}),
	Job: {
		...workload((spec) => {
			spec.completions ??= 1;
			spec.parallelism ??= 1;
			spec.backoffLimit ??= 6;
			spec.completionMode ??= 'NonIndexed';
			spec.suspend ??= false;
			spec.manualSelector ??= false;
			spec.podReplacementPolicy ??= 'TerminatingOrFailed';
		}, false),
		prepareCreate(object) {
			object.status = {};
			const labels = {
				'batch.kubernetes.io/controller-uid': object.metadata.uid,
				'batch.kubernetes.io/job-name': object.metadata.name,
				'controller-uid': object.metadata.uid,
				'job-name': object.metadata.name,
			};
			const template = treeAt(object, 'spec', 'template');
			if (template) {
				template.metadata = {
					...treeAt(template, 'metadata'),
					labels: {...textsAt(template, 'metadata', 'labels'), ...labels},
				};
			}

			object.metadata.labels ??= textsAt(template, 'metadata', 'labels');
			const spec = treeAt(object, 'spec');
			if (spec) {
				spec.selector ??= {
					matchLabels: {
						'batch.kubernetes.io/controller-uid': object.metadata.uid,
					},
				};
			}
		},
	},
	CronJob: {
		setDefaults(object) {
			const spec = treeAt(object, 'spec');
			if (!spec) {
				return;
			}

			setTemplateDefaults(treeAt(spec, 'jobTemplate', 'spec'));
			spec.concurrencyPolicy ??= 'Allow';
			spec.suspend ??= false;
			spec.successfulJobsHistoryLimit ??= 3;
			spec.failedJobsHistoryLimit ??= 1;
		},
		prepareCreate(object) {
			object.status = {};
		},
	},
};
