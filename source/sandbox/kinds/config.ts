import {
	type FieldError,
	invalid,
	notSupported,
	required,
} from '../validation/field-error.js';
import {standardFinalizers} from '../validation/metadata.js';
import {
	dnsLabelProblems,
	pathSegmentProblems,
	qualifiedNameProblems,
} from '../validation/names.js';
import {
	type ApiObject,
	at,
	isEqual,
	listAt,
	textAt,
	treeAt,
	treesAt,
	type Tree,
} from '../value.js';
import {type BuiltinBehaviour} from './kind.js';

const segmentName = {
	nameProblems: (name: string): string[] => pathSegmentProblems(name),
};

const defaultGroups = (subject: Tree): void => {
	if (textAt(subject, 'apiGroup') !== '') {
		return;
	}

	const isAccount = textAt(subject, 'kind') === 'ServiceAccount';
	if (!isAccount && textAt(subject, 'kind') !== '') {
		subject.apiGroup = 'rbac.authorization.k8s.io';
	}
};

const bindingErrors = (object: ApiObject): FieldError[] => {
	const errors: FieldError[] = [];
	const kind = textAt(object, 'roleRef', 'kind');
	const supported =
		object.kind === 'RoleBinding' ? ['Role', 'ClusterRole'] : ['ClusterRole'];
	if (!supported.includes(kind)) {
		errors.push(notSupported('roleRef.kind', kind, supported));
	}

	if (textAt(object, 'roleRef', 'name') === '') {
		errors.push(required('roleRef.name'));
	}

	for (const [index, subject] of treesAt(object, 'subjects').entries()) {
		const field = `subjects[${index}]`;
		if (textAt(subject, 'name') === '') {
			errors.push(required(`${field}.name`));
		}

		const subjectKind = textAt(subject, 'kind');
		if (!['User', 'Group', 'ServiceAccount'].includes(subjectKind)) {
			errors.push(
				notSupported(`${field}.kind`, subjectKind, [
					'ServiceAccount',
					'User',
					'Group',
				]),
			);
		} else if (
			subjectKind === 'ServiceAccount' &&
			textAt(subject, 'namespace') === ''
		) {
			errors.push(required(`${field}.namespace`));
		}
	}

	return errors;
};

const binding: BuiltinBehaviour = {
	...segmentName,
	setDefaults(object) {
		const reference = treeAt(object, 'roleRef');
		if (reference && textAt(reference, 'apiGroup') === '') {
			reference.apiGroup = 'rbac.authorization.k8s.io';
		}

		for (const subject of treesAt(object, 'subjects')) {
			defaultGroups(subject);
			if (
				object.kind === 'RoleBinding' &&
				textAt(subject, 'kind') === 'ServiceAccount' &&
				textAt(subject, 'namespace') === '' &&
				object.metadata.namespace
			) {
				subject.namespace = object.metadata.namespace;
			}
		}
	},
	validate: bindingErrors,
	validateUpdate: (object, old) =>
		isEqual(object.roleRef, old.roleRef)
			? []
			: [
					// Go prints the names of its own fields here.
					invalid(
						'roleRef',
						{
							APIGroup: textAt(object, 'roleRef', 'apiGroup'),
							Kind: textAt(object, 'roleRef', 'kind'),
							Name: textAt(object, 'roleRef', 'name'),
						},
						'cannot change roleRef',
					),
				],
};

const ruleErrors = (object: ApiObject): FieldError[] =>
	treesAt(object, 'rules').flatMap((rule, index) => {
		const field = `rules[${index}]`;
		const errors: FieldError[] = [];
		if (listAt(rule, 'verbs').length === 0) {
			errors.push(
				required(`${field}.verbs`, 'verbs must contain at least one value'),
			);
		}

		if (listAt(rule, 'nonResourceURLs').length > 0) {
			return errors;
		}

		if (listAt(rule, 'apiGroups').length === 0) {
			errors.push(
				required(
					`${field}.apiGroups`,
					'resource rules must supply at least one api group',
				),
			);
		}

		if (listAt(rule, 'resources').length === 0) {
			errors.push(
				required(
					`${field}.resources`,
					'resource rules must supply at least one resource',
				),
			);
		}

		return errors;
	});

const role: BuiltinBehaviour = {...segmentName, validate: ruleErrors};

const namespacePhase = (object: ApiObject): Record<string, string> => ({
	'status.phase': textAt(object, 'status', 'phase'),
});

const specFinalizerErrors = (finalizer: string): FieldError[] => {
	const field = 'spec.finalizers';
	return [
		...qualifiedNameProblems(finalizer).map((problem) =>
			invalid(field, finalizer, problem),
		),
		...(finalizer.includes('/') || standardFinalizers.has(finalizer)
			? []
			: [
					invalid(
						field,
						finalizer,
						'name is neither a standard finalizer name nor is it fully qualified',
					),
				]),
	];
};

const labelNamespace = (object: ApiObject): void => {
	if (!object.metadata.name) {
		return;
	}

	object.metadata.labels = {
		...object.metadata.labels,
		'kubernetes.io/metadata.name': object.metadata.name,
	};
};

/**
Namespaces, what is kept in them as plain data, and who may do what.
*/
export const configBehaviours: Readonly<Record<string, BuiltinBehaviour>> = {
	Namespace: {
		nameProblems: (name, isPrefix) =>
			dnsLabelProblems(isPrefix ? name.replace(/.-$/v, 'a') : name),
		selectable: ['status.phase'],
		fieldsOf: namespacePhase,
		setDefaults(object) {
			labelNamespace(object);
			const status = treeAt(object, 'status') ?? {};
			status.phase ??= 'Active';
			object.status = status;
		},
		prepareCreate(object) {
			labelNamespace(object);
			const finalizers = listAt(object, 'spec', 'finalizers');
			object.spec = {
				finalizers: finalizers.includes('kubernetes')
					? finalizers
					: [...finalizers, 'kubernetes'],
			};
			object.status = {phase: 'Active'};
		},
		validateCreate: (object) =>
			listAt(object, 'spec', 'finalizers').flatMap((finalizer) =>
				specFinalizerErrors(String(finalizer)),
			),
		validateUpdate(object) {
			const isGoing = object.metadata.deletionTimestamp !== undefined;
			const phase = textAt(object, 'status', 'phase');
			const wanted = isGoing ? 'Terminating' : 'Active';
			return phase === wanted
				? []
				: [
						invalid(
							'status.Phase',
							phase,
							`may only be '${wanted}' if \`deletionTimestamp\` is ${isGoing ? 'not ' : ''}empty`,
						),
					];
		},
		prepareUpdate(object, old) {
			labelNamespace(object);
			// Only the finalize subresource may change these, and it says so by a mark that is taken off here.
			object.spec = object.$finalize ?? old.spec;
			delete object.$finalize;
		},
	},
	Event: {
		selectable: [
			'involvedObject.kind',
			'involvedObject.namespace',
			'involvedObject.name',
			'involvedObject.uid',
			'involvedObject.apiVersion',
			'involvedObject.resourceVersion',
			'involvedObject.fieldPath',
			'reason',
			'reportingComponent',
			'source',
			'type',
		],
		fieldsOf: (object) => ({
			'involvedObject.kind': textAt(object, 'involvedObject', 'kind'),
			'involvedObject.namespace': textAt(object, 'involvedObject', 'namespace'),
			'involvedObject.name': textAt(object, 'involvedObject', 'name'),
			'involvedObject.uid': textAt(object, 'involvedObject', 'uid'),
			'involvedObject.apiVersion': textAt(
				object,
				'involvedObject',
				'apiVersion',
			),
			'involvedObject.resourceVersion': textAt(
				object,
				'involvedObject',
				'resourceVersion',
			),
			'involvedObject.fieldPath': textAt(object, 'involvedObject', 'fieldPath'),
			reason: textAt(object, 'reason'),
			reportingComponent: textAt(object, 'reportingComponent'),
			source:
				textAt(object, 'source', 'component') ||
				textAt(object, 'reportingComponent'),
			type: textAt(object, 'type'),
		}),
		validate(object) {
			const involved = textAt(object, 'involvedObject', 'namespace');
			const {namespace = ''} = object.metadata;
			const isMatching =
				involved === namespace || (involved === '' && namespace === 'default');
			return isMatching
				? []
				: [
						invalid(
							'involvedObject.namespace',
							involved,
							'does not match event.namespace',
						),
					];
		},
	},
	Role: role,
	ClusterRole: {
		...role,
		validate: (object) =>
			at(object, 'aggregationRule') === undefined ? ruleErrors(object) : [],
	},
	RoleBinding: binding,
	ClusterRoleBinding: binding,
};
