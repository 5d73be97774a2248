import {putNamespace} from './cluster.js';
import {type Draft} from './draft.js';
import {offload, region} from './offload.js';
import {offloadAgainstItsPods} from './pod-antithetical-terms.js';
import {remoteNameTooLong} from './remote-name-too-long.js';
import {type Scenario} from './scenario.js';
import {selectorLabelTypo} from './selector-label-typo.js';
import {imposed, putWorkload} from './workload.js';

const buildWell = (draft: Draft): void => {
	const [eu, us, ap] = ['eu', 'us', 'ap'].map(
		(handle) => draft.peer(handle).node,
	) as [string, string, string];
	offload(draft, 'cart', {age: 172_800});
	putWorkload(draft, {
		namespace: 'cart',
		name: 'cart',
		nodes: [eu, us, ap, 'worker-1'],
		admitted: imposed(draft, 'LocalAndRemote'),
		age: 86_400,
	});
	const terms = [region('eu')];
	offload(draft, 'media', {
		terms,
		podStrategy: 'Remote',
		on: {eu: 'Accepted'},
		age: 950_000,
	});
	putWorkload(draft, {
		namespace: 'media',
		name: 'transcode',
		nodes: [eu, eu, eu],
		admitted: imposed(draft, 'Remote', terms),
		age: 900_000,
	});
};

/**
A morning's trouble, one kind per namespace, beside namespaces that are well: what the explorer opens on when it is tried for the first time.
*/
export const tour: Scenario = {
	id: 'tour',
	title: 'Several namespaces, each with a trouble of its own',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	build(draft) {
		selectorLabelTypo.build(draft);
		remoteNameTooLong.build(draft);
		offload(draft, 'billing', {
			mappingStrategy: 'EnforceSameName',
			on: {
				eu: 'CreationLoopBackOff',
				us: 'CreationLoopBackOff',
				ap: 'CreationLoopBackOff',
			},
			age: 300,
		});
		offload(draft, 'reports', {
			mappingStrategy: 'EnforceSameName',
			on: {eu: 'Accepted', us: 'Accepted', ap: 'CreationLoopBackOff'},
			age: 2460,
		});
		for (const handle of ['eu', 'us', 'ap']) {
			putNamespace(draft, handle, 'billing', {
				creationTimestamp: draft.ago(900_000),
			});
		}

		putNamespace(draft, 'ap', 'reports', {
			creationTimestamp: draft.ago(400_000),
		});
		offloadAgainstItsPods(draft, 'search');
		buildWell(draft);
	},
};
