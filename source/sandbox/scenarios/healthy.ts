import {type GenerationId} from '../../core/generations/generation.js';
import {putLiqo, putLocalNode, putNamespace} from './cluster.js';
import {createDraft, type Draft} from './draft.js';
import {addPeer} from './peering.js';

const localId = '1f0c3a52-6f1e-4d0b-9c37-5f6d2f1a7b10';

const firstGenerationIds: Readonly<Record<string, string>> = {
	eu: 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee',
	us: 'bbbbbbbb-cccc-4ddd-8eee-ffffffffffff',
	ap: 'cccccccc-dddd-4eee-8fff-aaaaaaaaaaaa',
};

const regions = {
	eu: {id: 'eu-west', labels: {region: 'eu', tier: 'gold'}},
	us: {id: 'us-east', labels: {region: 'us', tier: 'silver'}},
	ap: {id: 'ap-south', labels: {region: 'ap', tier: 'silver'}},
};

/**
A home cluster with two workers and Liqo, peered with the providers `eu`, `us` and `ap`; nothing offloaded yet.
*/
export const healthyDraft = (
	generation: GenerationId,
	{
		now = '2026-01-01T12:00:00Z',
		peers = ['eu', 'us', 'ap'],
	}: {readonly now?: string; readonly peers?: readonly string[]} = {},
): Draft => {
	const draft = createDraft(generation, {localId, now});
	for (const name of ['default', 'kube-system', 'kube-public']) {
		putNamespace(draft, 'home', name);
	}

	putLocalNode(draft, 'home', 'worker-1');
	putLocalNode(draft, 'home', 'worker-2');
	putLiqo(draft, 'home', localId);
	for (const [handle, {id, labels}] of Object.entries(regions)) {
		if (peers.includes(handle)) {
			addPeer(
				draft,
				handle,
				generation === 'v0.3' ? firstGenerationIds[handle]! : id,
				labels,
			);
		}
	}

	return draft;
};
