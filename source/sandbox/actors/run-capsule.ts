import {keys} from '../../core/keys.js';
import {type Namespace} from '../../core/model.js';
import {capsuleBindings} from '../capsule-bindings.js';
import {textAt} from '../value.js';
import {type ActorWorld} from './actor-world.js';
import {type RunningActor} from './run-scheduler.js';

/**
What Capsule does on the providers of the first generation: it gives a twin that has just been made the role bindings of its tenant. One that is
taken away later stays away.
*/
export const runCapsule = ({
	world,
	stages,
	onTouch,
}: ActorWorld): RunningActor => {
	let underWay = 0;

	const bind = async (
		cluster: string,
		{metadata: {name, annotations}}: Namespace,
	): Promise<void> => {
		const owner = annotations[keys.remoteNamespace] ?? '';
		for (const binding of capsuleBindings(name, owner)) {
			// eslint-disable-next-line no-await-in-loop -- three of them
			await stages.get(cluster)?.access.send(
				{
					cluster,
					verb: 'create',
					object: {
						apiVersion: 'rbac.authorization.k8s.io/v1',
						kind: 'RoleBinding',
						namespace: name,
						name: textAt(binding, 'metadata', 'name'),
					},
					body: binding as never,
					reason: 'the namespace is of a tenant',
				},
				'capsule',
			);
		}
	};

	onTouch(({cluster, kind, before, after}) => {
		const isTwin =
			kind === 'Namespace' &&
			world.providers.has(cluster) &&
			before === undefined &&
			after?.metadata.annotations[keys.remoteNamespace] !== undefined;
		if (!isTwin) {
			return;
		}

		underWay++;
		setImmediate(() => {
			void bind(cluster, after as Namespace).finally(() => {
				underWay--;
			});
		});
	});
	return {
		isSettled: () => underWay === 0,
		stop() {}, // eslint-disable-line @typescript-eslint/no-empty-function -- the world stops telling it
	};
};
