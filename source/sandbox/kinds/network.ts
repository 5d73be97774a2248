import {serviceNameProblems} from '../validation/names.js';
import {
	isNothing,
	listAt,
	textAt,
	treeAt,
	treesAt,
	type Tree,
} from '../value.js';
import {type BuiltinBehaviour} from './kind.js';

let nextAddress = 10;

// Unique within the process, which is all a sandbox without a network needs of an address.
const clusterAddress = (): string => {
	nextAddress++;
	return `10.96.${Math.floor(nextAddress / 250) % 250}.${(nextAddress % 250) + 1}`;
};

const setPortDefaults = (port: Tree): void => {
	port.protocol ??= 'TCP';
	if (isNothing(port.targetPort) || port.targetPort === 0) {
		port.targetPort = port.port;
	}
};

/**
Services and what routes to them.
*/
export const networkBehaviours: Readonly<Record<string, BuiltinBehaviour>> = {
	Service: {
		nameProblems: (name, isPrefix) =>
			serviceNameProblems(isPrefix ? name.replace(/.-$/v, 'a') : name),
		selectable: ['spec.clusterIP', 'spec.type'],
		fieldsOf: (object) => ({
			'spec.clusterIP': textAt(object, 'spec', 'clusterIP'),
			'spec.type': textAt(object, 'spec', 'type'),
		}),
		setDefaults(object) {
			const spec = treeAt(object, 'spec');
			if (!spec) {
				return;
			}

			spec.type ??= 'ClusterIP';
			spec.sessionAffinity ??= 'None';
			for (const port of treesAt(spec, 'ports')) {
				setPortDefaults(port);
			}

			if (spec.type !== 'ExternalName') {
				spec.internalTrafficPolicy ??= 'Cluster';
			}
		},
		prepareCreate(object) {
			object.status = {loadBalancer: {}};
			const spec = treeAt(object, 'spec');
			if (!spec || spec.type === 'ExternalName') {
				return;
			}

			if (textAt(spec, 'clusterIP') === '') {
				spec.clusterIP = clusterAddress();
			}

			spec.clusterIPs ??= [spec.clusterIP];
			spec.ipFamilies ??= ['IPv4'];
			spec.ipFamilyPolicy ??= 'SingleStack';
		},
		prepareUpdate(object, old) {
			const spec = treeAt(object, 'spec');
			for (const key of [
				'clusterIP',
				'clusterIPs',
				'ipFamilies',
				'ipFamilyPolicy',
			]) {
				const before = treeAt(old, 'spec')?.[key];
				if (spec && spec[key] === undefined && before !== undefined) {
					spec[key] = before;
				}
			}
		},
	},
	EndpointSlice: {
		setDefaults(object) {
			for (const port of treesAt(object, 'ports')) {
				port.name ??= '';
				port.protocol ??= 'TCP';
			}
		},
	},
	Ingress: {
		prepareCreate(object) {
			object.status = {loadBalancer: {}};
		},
	},
	NetworkPolicy: {
		setDefaults(object) {
			const spec = treeAt(object, 'spec');
			if (spec && listAt(spec, 'policyTypes').length === 0) {
				spec.policyTypes = [
					'Ingress',
					...(listAt(spec, 'egress').length > 0 ? ['Egress'] : []),
				];
			}
		},
	},
};
