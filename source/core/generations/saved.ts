import {isJsonObject, type JsonObject} from '../json.js';
import {keys} from '../keys.js';
import {groupOf} from '../resources.js';
import {type Generation} from './generation.js';
import {v03} from './v0.3.js';
import {v1alpha1} from './v1alpha1.js';
import {v1beta1} from './v1beta1.js';
import {detectGeneration} from './index.js';

const liqoGroups: ReadonlySet<string> = new Set([
	'offloading.liqo.io',
	'virtualkubelet.liqo.io',
	'discovery.liqo.io',
	'core.liqo.io',
]);

const at = (value: unknown, ...path: readonly string[]): unknown => {
	let current = value;
	for (const key of path) {
		current = isJsonObject(current) ? current[key] : undefined;
	}

	return current;
};

const listAt = (value: unknown, ...path: readonly string[]) => {
	const found = at(value, ...path);
	return Array.isArray(found) ? (found as readonly unknown[]) : [];
};

/**
What a saved CustomResourceDefinition says is served, in the form of discovery.
*/
const discoveryOf = (
	definitions: readonly JsonObject[],
): Map<string, Set<string>> => {
	const served = new Map<string, Set<string>>();
	for (const definition of definitions) {
		const group = String(at(definition, 'spec', 'group'));
		const plural = String(at(definition, 'spec', 'names', 'plural'));
		for (const version of listAt(definition, 'spec', 'versions')) {
			const key = `${group}/${String(at(version, 'name'))}`;
			const resources = served.get(key) ?? new Set();
			resources.add(plural);
			if (at(version, 'subresources', 'status') !== undefined) {
				resources.add(`${plural}/status`);
			}

			served.set(key, resources);
		}
	}

	return served;
};

/**
Whether an object of `v1alpha1` shows a trace that v0.3 never leaves: NamespaceMaps that are replicated, conditions of type
OffloadingRequired that are true, an observedGeneration, VirtualNodes (Liqo: versions in between).
*/
const isLate = (raw: JsonObject): boolean =>
	raw.kind === 'VirtualNode' ||
	at(raw, 'metadata', 'labels', keys.replication) !== undefined ||
	at(raw, 'status', 'observedGeneration') !== undefined ||
	Object.values(at(raw, 'status', 'remoteNamespacesConditions') ?? {}).some(
		(conditions) => Array.isArray(conditions) && conditions.length > 1,
	);

const isVersion = ({apiVersion}: JsonObject, version: string): boolean =>
	typeof apiVersion === 'string' && apiVersion.endsWith(`/${version}`);

/**
Tells by saved objects which generation they are of: by the CustomResourceDefinitions among them, else by their apiVersions and
by what they hold. Absent when none of them is Liqo's.
*/
export const detectSavedGeneration = (
	objects: readonly JsonObject[],
): Generation | undefined => {
	const detected = detectGeneration(
		discoveryOf(
			objects.filter(({kind}) => kind === 'CustomResourceDefinition'),
		),
	);
	if (detected) {
		return detected;
	}

	const liqo = objects.filter(
		({apiVersion}) =>
			typeof apiVersion === 'string' && liqoGroups.has(groupOf(apiVersion)),
	);
	if (liqo.length === 0) {
		return undefined;
	}

	if (liqo.some((raw) => isVersion(raw, 'v1beta1'))) {
		return v1beta1;
	}

	return liqo.some((raw) => isLate(raw)) ? v1alpha1 : v03;
};
