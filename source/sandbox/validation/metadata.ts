import {type MetaTree, type Value, isEqual} from '../value.js';
import {
	type FieldError,
	forbidden,
	invalid,
	required,
	tooLong,
} from './field-error.js';
import {
	dnsLabelProblems,
	labelValueProblems,
	qualifiedNameProblems,
} from './names.js';

const annotationLimit = 256 * 1024;

const each = (
	field: string,
	value: Value,
	problems: readonly string[],
): FieldError[] => problems.map((problem) => invalid(field, value, problem));

export const labelErrors = (
	labels: Readonly<Record<string, string>> | undefined,
	field: string,
): FieldError[] =>
	Object.entries(labels ?? {}).flatMap(([key, value]) => [
		...each(field, key, qualifiedNameProblems(key)),
		...each(field, value, labelValueProblems(value)),
	]);

const annotationErrors = (
	annotations: Readonly<Record<string, string>> | undefined,
): FieldError[] => {
	const field = 'metadata.annotations';
	const entries = Object.entries(annotations ?? {});
	let size = 0;
	const errors = entries.flatMap(([key, value]) => {
		size += key.length + value.length;
		return each(field, key, qualifiedNameProblems(key.toLowerCase()));
	});
	return size > annotationLimit
		? [...errors, tooLong(field, annotationLimit)]
		: errors;
};

const ownerErrors = (owners: MetaTree['ownerReferences']): FieldError[] => {
	const field = 'metadata.ownerReferences';
	const errors: FieldError[] = [];
	let controller: string | undefined;
	for (const owner of owners ?? []) {
		const missing = (part: string, what: string) =>
			invalid(`${field}.${part}`, '', what);
		if (!owner.apiVersion) {
			errors.push(missing('apiVersion', 'version must not be empty'));
		}

		for (const part of ['kind', 'name', 'uid'] as const) {
			if (!owner[part]) {
				errors.push(missing(part, 'must not be empty'));
			}
		}

		if (owner.apiVersion === 'v1' && owner.kind === 'Event') {
			errors.push(
				invalid(
					field,
					owner,
					'/v1, Kind=Event is disallowed from being an owner',
				),
			);
		}

		if (owner.controller) {
			const current = `${owner.kind}/${owner.name}`;
			if (controller !== undefined) {
				errors.push(
					invalid(
						field,
						owners,
						`Only one reference can have Controller set to true. Found "true" in references for ${controller} and ${current}`,
					),
				);
			}

			controller ??= current;
		}
	}

	return errors;
};

const finalizerErrors = (finalizers: readonly string[]): FieldError[] => {
	const field = 'metadata.finalizers';
	const errors = finalizers.flatMap((finalizer) =>
		each(field, finalizer, qualifiedNameProblems(finalizer)),
	);
	return finalizers.includes('orphan') &&
		finalizers.includes('foregroundDeletion')
		? [
				...errors,
				invalid(
					field,
					[...finalizers],
					'finalizer orphan and foregroundDeletion cannot be both set',
				),
			]
		: errors;
};

/**
The kubelet's and the garbage collector's own finalizers have no prefix; every other one of a built-in kind must.
*/
export const standardFinalizers = new Set([
	'kubernetes',
	'orphan',
	'foregroundDeletion',
]);

/**
What built-in kinds ask of finalizers beyond being names: a domain.
*/
export const builtinFinalizerErrors = (
	finalizers: readonly string[] | undefined,
): FieldError[] =>
	(finalizers ?? []).flatMap((finalizer, index) =>
		finalizer.includes('/') || standardFinalizers.has(finalizer)
			? []
			: [
					invalid(
						`metadata.finalizers[${index}]`,
						finalizer,
						'name is neither a standard finalizer name nor is it fully qualified',
					),
				],
	);

/**
Finalizers without a domain are accepted on custom resources with a warning.
*/
export const finalizerWarnings = (
	finalizers: readonly string[] | undefined,
	old: readonly string[] | undefined,
): string[] =>
	(finalizers ?? [])
		.filter(
			(finalizer) =>
				!finalizer.includes('/') &&
				!standardFinalizers.has(finalizer) &&
				!old?.includes(finalizer),
		)
		.map(
			(finalizer) =>
				`metadata.finalizers: ${JSON.stringify(finalizer)}: prefer a domain-qualified finalizer name${finalizer.includes('.') ? ' including a path (/)' : ''} to avoid accidental conflicts with other finalizer writers`,
		);

type NameProblems = (name: string, isPrefix: boolean) => string[];

/**
Everything wrong with the metadata of an object to be created (apimachinery, ValidateObjectMeta).
*/
export const metadataErrors = (
	metadata: MetaTree,
	isNamespaced: boolean,
	nameProblems: NameProblems,
): FieldError[] => {
	const errors: FieldError[] = [];
	if (metadata.generateName) {
		errors.push(
			...each(
				'metadata.generateName',
				metadata.generateName,
				nameProblems(metadata.generateName, true),
			),
		);
	}

	if (metadata.name) {
		errors.push(
			...each(
				'metadata.name',
				metadata.name,
				nameProblems(metadata.name, false),
			),
		);
	} else {
		errors.push(required('metadata.name', 'name or generateName is required'));
	}

	if (isNamespaced) {
		errors.push(
			...(metadata.namespace
				? each(
						'metadata.namespace',
						metadata.namespace,
						dnsLabelProblems(metadata.namespace),
					)
				: [required('metadata.namespace')]),
		);
	} else if (metadata.namespace) {
		errors.push(forbidden('metadata.namespace', 'not allowed on this type'));
	}

	return [
		...errors,
		...labelErrors(metadata.labels, 'metadata.labels'),
		...annotationErrors(metadata.annotations),
		...ownerErrors(metadata.ownerReferences),
		...finalizerErrors(metadata.finalizers ?? []),
	];
};

const immutable = [
	'name',
	'namespace',
	'uid',
	'creationTimestamp',
	'deletionTimestamp',
	'deletionGracePeriodSeconds',
] as const;

/**
How often the API server looks at the metadata of an update: each finding is a cause of its own.
*/
export type MetadataChecks = {
	/**
	At what may not change.
	*/
	readonly change: number;
	/**
	At how labels, annotations, owners and finalizers are written.
	*/
	readonly format: number;
};

/**
Everything wrong with the change of an object's metadata (apimachinery, ValidateObjectMetaUpdate).
*/
export const metadataUpdateErrors = (
	metadata: MetaTree,
	old: MetaTree,
	checks: MetadataChecks,
): FieldError[] => {
	const errors: FieldError[] = [];
	if (old.deletionTimestamp) {
		const added = (metadata.finalizers ?? []).filter(
			(finalizer) => !old.finalizers?.includes(finalizer),
		);
		if (added.length > 0) {
			errors.push(
				forbidden(
					'metadata.finalizers',
					`no new finalizers can be added if the object is being deleted, found new finalizers []string{${added
						.toSorted()
						.map((finalizer) => JSON.stringify(finalizer))
						.join(', ')}}`,
				),
			);
		}
	}

	for (const part of immutable) {
		if (!isEqual(metadata[part], old[part])) {
			errors.push(
				invalid(`metadata.${part}`, metadata[part] ?? '', 'field is immutable'),
			);
		}
	}

	const format = [
		...labelErrors(metadata.labels, 'metadata.labels'),
		...annotationErrors(metadata.annotations),
		...ownerErrors(metadata.ownerReferences),
		...finalizerErrors(metadata.finalizers ?? []),
	];
	return [
		...Array.from({length: checks.change}, () => errors).flat(),
		...Array.from({length: checks.format}, () => format).flat(),
	];
};
