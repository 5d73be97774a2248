import {type VirtualNode} from '../../core/model.js';
import {timestamp} from '../objects/identity.js';
import {type ActorWorld} from './actor-world.js';
import {type RunningActor} from './run-scheduler.js';
import {nodeOfVirtualNode} from './virtual-node-parts.js';

/**
The part of a virtual kubelet that registers the node of a VirtualNode which has just appeared. A node that is lost later stays lost: nobody notices.
*/
export const registerNodes = (
	{world, stages, onTouch}: ActorWorld,
	now: () => number,
): RunningActor => {
	const view = world.consumer;
	const {access} = stages.get(view.key)!;
	let underWay = 0;
	let isOver = false;

	const register = async (virtualNode: VirtualNode): Promise<void> => {
		const {name} = virtualNode.metadata;
		const isLeft =
			isOver ||
			virtualNode.spec.createNode === false ||
			view.get('Node', '', name) !== undefined;
		if (isLeft) {
			return;
		}

		const {object, status} = nodeOfVirtualNode(virtualNode, timestamp(now()));
		const change = {
			cluster: view.key,
			object: {apiVersion: 'v1', kind: 'Node', name},
			reason: 'a virtual kubelet registers its node',
		};
		await access.send(
			{...change, verb: 'create', body: object as never},
			'virtual-kubelet',
		);
		await access.send(
			{
				...change,
				verb: 'patch',
				patchType: 'merge',
				subresource: 'status',
				body: {status} as never,
			},
			'virtual-kubelet',
		);
	};

	onTouch(({cluster, kind, before, after}) => {
		const isNew =
			kind === 'VirtualNode' &&
			cluster === view.key &&
			before === undefined &&
			after !== undefined;
		if (!isNew) {
			return;
		}

		underWay++;
		setImmediate(() => {
			void register(after as VirtualNode).finally(() => {
				underWay--;
			});
		});
	});
	return {
		isSettled: () => underWay === 0,
		stop() {
			isOver = true;
		},
	};
};
