import {type Change} from '../../core/change.js';
import {
	type Reconciler,
	type Request,
	type WriteFailure,
} from '../../core/reconcilers/reconciler.js';
import {type ActorWorld} from './actor-world.js';

/**
Who writes: a reconciler, for the sake of one request.
*/
type Source = {
	readonly reconciler: Pick<Reconciler, 'id'>;
	readonly request: Pick<Request, 'cluster'>;
};

/**
What came of a plan: what was refused, and whether it was made from objects that are different or gone by now.
*/
export type Delivery = {
	readonly failures: readonly WriteFailure[];
	readonly isOutdated: boolean;
};

const signatureOf = ({verb, cluster, object, subresource}: Change): string =>
	[verb, cluster, object.kind, subresource].join('/');

/**
What of a change tells whether it is the same write.
*/
export const nameOfChange = (change: Change): string =>
	`${signatureOf(change)}/${change.object.namespace ?? ''}/${change.object.name}`;

export type DeliveryOptions = {
	readonly actorWorld: ActorWorld;
	/**
	Clusters that cannot be reached.
	*/
	readonly unreachable: ReadonlySet<string>;
	/**
	Clusters that refuse what is written to them from elsewhere.
	*/
	readonly refusing: ReadonlySet<string>;
};

/**
Writes plans, change after change. After a refusal only further writes of the same sort are tried.
*/
export const createDelivery = ({
	actorWorld: {stages},
	unreachable,
	refusing,
}: DeliveryOptions): ((
	plan: readonly Change[],
	source: Source,
) => Promise<Delivery>) => {
	const send = async (
		change: Change,
		{reconciler, request}: Source,
	): Promise<WriteFailure | undefined> => {
		const isFromElsewhere =
			reconciler.id === 'replication' || request.cluster !== change.cluster;
		if (isFromElsewhere && refusing.has(change.cluster)) {
			const {kind, name} = change.object;
			return {
				change,
				status: 403,
				reason: 'Forbidden',
				message: `${kind} "${name}" is forbidden: the consumer may not ${change.verb} it on cluster ${change.cluster}`,
			};
		}

		const stage = stages.get(change.cluster);
		if (!stage || unreachable.has(change.cluster)) {
			return {
				change,
				status: 0,
				reason: 'Unreachable',
				message: `cluster ${change.cluster} does not answer`,
			};
		}

		const refusal = await stage.access.send(change, 'liqo-controller-manager');
		return (
			refusal && {
				change,
				status: refusal.code,
				reason: refusal.reason ?? '',
				message: refusal.message,
			}
		);
	};

	return async (plan, source) => {
		const refused: WriteFailure[] = [];
		let failed: string | undefined;
		for (const change of plan) {
			if (failed !== undefined && failed !== signatureOf(change)) {
				break;
			}

			const refusal = await send(change, source); // eslint-disable-line no-await-in-loop -- in the order of the plan
			if (!refusal) {
				continue;
			}

			const isGone = refusal.status === 404 && change.verb !== 'create';
			if (isGone || refusal.reason === 'Conflict') {
				return {
					failures: refused,
					isOutdated: !(isGone && change.verb === 'delete'),
				};
			}

			refused.push(refusal);
			failed = signatureOf(change);
		}

		return {failures: refused, isOutdated: false};
	};
};
