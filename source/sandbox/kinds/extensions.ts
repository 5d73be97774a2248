import {
	definitionErrors,
	definitionWarnings,
} from '../validation/definition.js';
import {
	duplicate,
	type FieldError,
	invalid,
	notSupported,
	required,
} from '../validation/field-error.js';
import {
	type ApiObject,
	isEqual,
	listAt,
	textAt,
	treeAt,
	treesAt,
	type Tree,
} from '../value.js';
import {timestamp} from '../objects/identity.js';
import {type BuiltinBehaviour} from './kind.js';

const setWebhookDefaults =
	(isMutating: boolean) =>
	(object: ApiObject): void => {
		for (const webhook of treesAt(object, 'webhooks')) {
			webhook.failurePolicy ??= 'Fail';
			webhook.matchPolicy ??= 'Equivalent';
			webhook.namespaceSelector ??= {};
			webhook.objectSelector ??= {};
			webhook.timeoutSeconds ??= 10;
			if (isMutating) {
				webhook.reinvocationPolicy ??= 'Never';
			}

			const service = treeAt(webhook, 'clientConfig', 'service');
			if (service) {
				service.port ??= 443;
			}

			for (const rule of treesAt(webhook, 'rules')) {
				rule.scope ??= '*';
			}
		}
	};

const clientErrors = (webhook: Tree, field: string): FieldError[] => {
	const url = textAt(webhook, 'clientConfig', 'url');
	const service = treeAt(webhook, 'clientConfig', 'service');
	if ((url === '') === (service === undefined)) {
		return [
			required(
				`${field}.clientConfig`,
				'exactly one of url or service is required',
			),
		];
	}

	return url !== '' && !url.startsWith('https://')
		? [
				invalid(
					`${field}.clientConfig.url`,
					url,
					"'https' is the only allowed URL scheme; desired format: https://host[/path]",
				),
			]
		: [];
};

const webhookErrors = (object: ApiObject): FieldError[] => {
	const seen = new Set<string>();
	return treesAt(object, 'webhooks').flatMap((webhook, index) => {
		const field = `webhooks[${index}]`;
		const name = textAt(webhook, 'name');
		const errors: FieldError[] = [];
		if (name.split('.').length < 3) {
			errors.push(
				name === ''
					? required(`${field}.name`)
					: invalid(
							`${field}.name`,
							name,
							'should be a domain with at least three segments separated by dots',
						),
			);
		} else if (seen.has(name)) {
			errors.push(duplicate(`${field}.name`, name));
		}

		seen.add(name);
		const sideEffects = textAt(webhook, 'sideEffects');
		if (!['None', 'NoneOnDryRun'].includes(sideEffects)) {
			errors.push(
				sideEffects === ''
					? required(
							`${field}.sideEffects`,
							'must specify one of None, NoneOnDryRun',
						)
					: notSupported(`${field}.sideEffects`, sideEffects, [
							'None',
							'NoneOnDryRun',
						]),
			);
		}

		if (listAt(webhook, 'admissionReviewVersions').length === 0) {
			errors.push(
				required(
					`${field}.admissionReviewVersions`,
					'must specify one of v1, v1beta1',
				),
			);
		}

		return [...errors, ...clientErrors(webhook, field)];
	});
};

const condition = (type: string, reason: string, message: string): Tree => ({
	type,
	status: 'True',
	lastTransitionTime: timestamp(Date.now()),
	reason,
	message,
});

/**
A definition is served as soon as it is stored: its status says so from the start.
*/
const acceptDefinition = (object: ApiObject): void => {
	const names = treeAt(object, 'spec', 'names') ?? {};
	object.status = {
		conditions: [
			condition('NamesAccepted', 'NoConflicts', 'no conflicts found'),
			condition(
				'Established',
				'InitialNamesAccepted',
				'the initial names have been accepted',
			),
		],
		acceptedNames: {...names},
		storedVersions: treesAt(object, 'spec', 'versions')
			.filter((version) => version.storage === true)
			.map((version) => textAt(version, 'name')),
	};
};

/**
CustomResourceDefinitions and webhook configurations.
*/
export const extensionBehaviours: Readonly<Record<string, BuiltinBehaviour>> = {
	CustomResourceDefinition: {
		setDefaults(object) {
			const names = treeAt(object, 'spec', 'names');
			const kind = textAt(names, 'kind');
			if (names && kind !== '') {
				names.singular = textAt(names, 'singular') || kind.toLowerCase();
				names.listKind = textAt(names, 'listKind') || `${kind}List`;
			}

			const spec = treeAt(object, 'spec');
			if (spec) {
				spec.conversion ??= {strategy: 'None'};
			}
		},
		prepareCreate: acceptDefinition,
		validate: definitionErrors,
		warn: definitionWarnings,
		validateUpdate(object, old) {
			const errors: FieldError[] = [];
			for (const field of ['group', 'scope'] as const) {
				if (
					!isEqual(
						treeAt(object, 'spec')?.[field],
						treeAt(old, 'spec')?.[field],
					)
				) {
					errors.push(
						invalid(
							`spec.${field}`,
							treeAt(object, 'spec')?.[field],
							'field is immutable',
						),
					);
				}
			}

			return errors;
		},
	},
	MutatingWebhookConfiguration: {
		setDefaults: setWebhookDefaults(true),
		validate: webhookErrors,
	},
	ValidatingWebhookConfiguration: {
		setDefaults: setWebhookDefaults(false),
		validate: webhookErrors,
	},
};
