import {textAt, treeAt, treesAt, type Tree} from '../value.js';

const setProbeDefaults = (probe: Tree | undefined): void => {
	if (!probe) {
		return;
	}

	probe.timeoutSeconds ??= 1;
	probe.periodSeconds ??= 10;
	probe.successThreshold ??= 1;
	probe.failureThreshold ??= 3;
	const get = treeAt(probe, 'httpGet');
	if (!get) {
		return;
	}

	get.path ??= '/';
	get.scheme ??= 'HTTP';
};

/**
Without a tag, or with `latest`, an image is pulled each time.
*/
const pullPolicy = (image: string): string => {
	const name = image.slice(image.lastIndexOf('/') + 1);
	if (name.includes('@')) {
		return 'IfNotPresent';
	}

	const tag = name.includes(':') ? name.slice(name.indexOf(':') + 1) : 'latest';
	return tag === 'latest' ? 'Always' : 'IfNotPresent';
};

const setContainerDefaults = (container: Tree): void => {
	container.terminationMessagePath ??= '/dev/termination-log';
	container.terminationMessagePolicy ??= 'File';
	container.imagePullPolicy ??= pullPolicy(textAt(container, 'image'));
	for (const port of treesAt(container, 'ports')) {
		port.protocol ??= 'TCP';
	}

	for (const probe of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
		setProbeDefaults(treeAt(container, probe));
	}

	for (const variable of treesAt(container, 'env')) {
		const reference = treeAt(variable, 'valueFrom', 'fieldRef');
		if (reference) {
			reference.apiVersion ??= 'v1';
		}
	}

	const resources = treeAt(container, 'resources');
	const limits = treeAt(resources, 'limits');
	if (resources && limits) {
		resources.requests = {...limits, ...treeAt(resources, 'requests')};
	}
};

const defaultModes = ['secret', 'configMap', 'downwardAPI', 'projected'];

const setVolumeDefaults = (volume: Tree): void => {
	for (const source of defaultModes) {
		const tree = treeAt(volume, source);
		if (tree) {
			tree.defaultMode ??= 420;
		}
	}

	const hostPath = treeAt(volume, 'hostPath');
	if (hostPath) {
		hostPath.type ??= '';
	}

	if (Object.keys(volume).length === 1) {
		volume.emptyDir = {};
	}

	for (const source of treesAt(volume, 'projected', 'sources')) {
		const token = treeAt(source, 'serviceAccountToken');
		if (token) {
			token.expirationSeconds ??= 3600;
		}
	}
};

/**
Fills in what the API server fills in of a pod's specification, also in the templates of its owners.
*/
export const setPodDefaults = (spec: Tree): void => {
	spec.restartPolicy ??= 'Always';
	spec.terminationGracePeriodSeconds ??= 30;
	spec.dnsPolicy ??= 'ClusterFirst';
	spec.securityContext ??= {};
	spec.schedulerName ??= 'default-scheduler';
	const account =
		textAt(spec, 'serviceAccountName') || textAt(spec, 'serviceAccount');
	if (account !== '') {
		spec.serviceAccountName = account;
		spec.serviceAccount = account;
	}

	for (const list of ['containers', 'initContainers', 'ephemeralContainers']) {
		for (const container of treesAt(spec, list)) {
			setContainerDefaults(container);
		}
	}

	for (const volume of treesAt(spec, 'volumes')) {
		setVolumeDefaults(volume);
	}
};
