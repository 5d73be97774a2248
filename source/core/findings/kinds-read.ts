import {type KindName} from '../model.js';
import {failureModes} from './index.js';

/**
The kinds that a complete diagnosis reads: of the consumer, and of each provider.
*/
export const kindsRead: {
	readonly consumer: readonly KindName[];
	readonly provider: readonly KindName[];
} = {
	consumer: [
		...new Set<KindName>([
			...failureModes.flatMap(({reads}) => reads),
			'ForeignCluster',
			'NamespaceMap',
			'ConfigMap',
			'Secret',
			'Event',
			'ReplicaSet',
			'StatefulSet',
			'DaemonSet',
			'Job',
			'Deployment',
		]),
	],
	provider: [
		...new Set(
			failureModes.flatMap(({readsOnProvider = []}) => readsOnProvider),
		),
	],
};
