import {absent, isJsonObject} from '../json.js';
import {
	type Affinity,
	type Container,
	type ContainerPort,
	type NodeSelector,
	type PodSpec,
	type PreferredTerm,
	type SelectorRequirement,
	type SelectorTerm,
	type Taint,
	type Toleration,
} from '../kubernetes.js';
import {
	child,
	defined,
	emptyList,
	emptyMap,
	entries,
	filledText,
	flag,
	map,
	pathTo,
	type Place,
	quantities,
	requiredText,
	text,
	texts,
	whole,
} from './place.js';

/**
Key and operator are empty when they cannot be read: such a requirement stays an invalid one instead of vanishing, which
would make the term match more.
*/
const decodeRequirement = (requirement: Place): SelectorRequirement =>
	defined({
		key: requiredText(requirement, 'key'),
		operator: requiredText(requirement, 'operator'),
		values: texts(requirement, 'values'),
	});

export const decodeSelectorTerm = (term: Place): SelectorTerm =>
	defined({
		matchExpressions: entries(term, 'matchExpressions', decodeRequirement),
		matchFields: entries(term, 'matchFields', decodeRequirement),
	});

/**
Reads a node selector; one without its list of terms is read as an empty list, with a defect.
*/
export const decodeNodeSelector = (
	place: Place,
	key: string,
): NodeSelector | undefined => {
	const selector = child(place, key);
	if (selector === undefined) {
		return undefined;
	}

	const nodeSelectorTerms = entries(
		selector,
		'nodeSelectorTerms',
		decodeSelectorTerm,
	);
	const raw = selector.value.nodeSelectorTerms;
	if (raw === undefined || raw === absent) {
		selector.defects.push({
			path: pathTo(selector.path, 'nodeSelectorTerms'),
			problem: 'is required',
		});
	}

	return {nodeSelectorTerms: nodeSelectorTerms ?? emptyList};
};

export const decodeTaint = (taint: Place): Taint =>
	defined({
		key: requiredText(taint, 'key'),
		value: text(taint, 'value'),
		effect: text(taint, 'effect') ?? '',
		timeAdded: text(taint, 'timeAdded'),
	});

const decodePreferred = (preferred: Place): PreferredTerm => {
	const preference = child(preferred, 'preference');
	return {
		weight: whole(preferred, 'weight') ?? 0,
		preference: preference === undefined ? {} : decodeSelectorTerm(preference),
	};
};

const decodeAffinity = (spec: Place): Affinity | undefined => {
	const affinity = child(spec, 'affinity');
	if (affinity === undefined) {
		return undefined;
	}

	const node = child(affinity, 'nodeAffinity');
	return defined({
		nodeAffinity:
			node === undefined
				? undefined
				: defined({
						requiredDuringSchedulingIgnoredDuringExecution: decodeNodeSelector(
							node,
							'requiredDuringSchedulingIgnoredDuringExecution',
						),
						preferredDuringSchedulingIgnoredDuringExecution: entries(
							node,
							'preferredDuringSchedulingIgnoredDuringExecution',
							decodePreferred,
						),
					}),
		podAffinity: child(affinity, 'podAffinity')?.value,
		podAntiAffinity: child(affinity, 'podAntiAffinity')?.value,
	});
};

const decodeToleration = (toleration: Place): Toleration =>
	defined({
		key: text(toleration, 'key'),
		operator: text(toleration, 'operator'),
		value: text(toleration, 'value'),
		effect: text(toleration, 'effect'),
		tolerationSeconds: whole(toleration, 'tolerationSeconds'),
	});

const decodePort = (port: Place): ContainerPort =>
	defined({
		hostPort: whole(port, 'hostPort'),
		hostIP: text(port, 'hostIP'),
		protocol: text(port, 'protocol'),
	});

const decodeResources = (container: Place): Container['resources'] => {
	const resources = child(container, 'resources');
	if (resources === undefined) {
		return undefined;
	}

	const requests = quantities(resources, 'requests');
	const limits = quantities(resources, 'limits');
	return requests === emptyMap && limits === emptyMap
		? undefined
		: defined({
				requests: requests === emptyMap ? undefined : requests,
				limits: limits === emptyMap ? undefined : limits,
			});
};

/**
Only ports that are taken on the host decide where a pod may run; the others are not kept.
*/
const decodeHostPorts = (container: Place): Container['ports'] => {
	const ports = entries(container, 'ports', decodePort)?.filter(
		(port) => port.hostPort !== undefined && port.hostPort > 0,
	);
	return ports === undefined || ports.length === 0 ? undefined : ports;
};

const decodeContainer = (container: Place): Container =>
	defined({
		name: requiredText(container, 'name'),
		image: text(container, 'image'),
		restartPolicy: text(container, 'restartPolicy'),
		resources: decodeResources(container),
		ports: decodeHostPorts(container),
	});

const decodeGate = (gate: Place): {name: string} => ({
	name: requiredText(gate, 'name'),
});

/**
Claims named by the volumes; the volumes themselves are not kept.
*/
const claimsOf = (spec: Place): readonly string[] | undefined => {
	const raw = spec.value.volumes;
	if (!Array.isArray(raw)) {
		return undefined;
	}

	const claims: string[] = [];
	for (const volume of raw as readonly unknown[]) {
		const claim = isJsonObject(volume)
			? volume.persistentVolumeClaim
			: undefined;
		const name = isJsonObject(claim) ? claim.claimName : undefined;
		if (typeof name === 'string') {
			claims.push(name);
		}
	}

	return claims.length > 0 ? claims : undefined;
};

export const decodePodSpec = (spec: Place): PodSpec => {
	const nodeSelector = map(spec, 'nodeSelector');
	const overhead = quantities(spec, 'overhead');
	return defined({
		nodeName: filledText(spec, 'nodeName'),
		nodeSelector: nodeSelector === emptyMap ? undefined : nodeSelector,
		affinity: decodeAffinity(spec),
		tolerations: entries(spec, 'tolerations', decodeToleration),
		containers: entries(spec, 'containers', decodeContainer) ?? emptyList,
		initContainers: entries(spec, 'initContainers', decodeContainer),
		overhead: overhead === emptyMap ? undefined : overhead,
		runtimeClassName: text(spec, 'runtimeClassName'),
		schedulerName: text(spec, 'schedulerName'),
		schedulingGates: entries(spec, 'schedulingGates', decodeGate),
		topologySpreadConstraints: entries(
			spec,
			'topologySpreadConstraints',
			(constraint) => constraint.value,
		),
		hostNetwork: flag(spec, 'hostNetwork'),
		claims: claimsOf(spec),
		serviceAccountName: text(spec, 'serviceAccountName'),
		imagePullSecrets: entries(
			spec,
			'imagePullSecrets',
			(secret) => text(secret, 'name') ?? '',
		),
		automountServiceAccountToken: flag(spec, 'automountServiceAccountToken'),
		priority: whole(spec, 'priority'),
		terminationGracePeriodSeconds: whole(spec, 'terminationGracePeriodSeconds'),
	});
};
