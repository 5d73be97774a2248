import {type KindName} from '../core/model.js';
import {isLiqoKind, resourceOf} from '../core/resources.js';
import {type Clock} from './clock.js';
import {type IdentityTracker} from './identity-tracker.js';
import {
	type Capabilities,
	type ListWatch,
	type Patience,
} from './list-watch-options.js';
import {type Pulse} from './pulse.js';
import {type Selection} from './resource-path.js';
import {startScopedWatch} from './scoped-watch.js';
import {type Sink, withAccess} from './sink.js';
import {type Transport} from './transport.js';

/**
Watches a kind of the model. Liqo's kinds are watched where the cluster's generation serves them, and begin anew when another
generation is found, as after Liqo was installed or upgraded.
*/
export const startKindWatch = (
	options: Readonly<{
		kind: KindName;
		sink: Sink;
		namespaces?: readonly string[];
		selection?: Selection;
		transport: Transport;
		capabilities: Capabilities;
		pulse?: Pulse;
		tracker: IdentityTracker;
		clock: Clock;
		patience?: Partial<Patience>;
		isAttended?: () => boolean;
	}>,
): ListWatch => {
	const {kind, sink, tracker, transport} = options;
	let {generation} = tracker.identity();
	let watch: ListWatch | undefined;

	const start = (): void => {
		const resource = resourceOf(kind, generation);
		if (resource === undefined) {
			sink.retain(() => false);
			sink.setAccess({
				state: 'absent',
				reason:
					generation === undefined
						? `${transport.server} does not serve Liqo's API.`
						: `Liqo ${generation.title} has no ${kind}.`,
			});
			return;
		}

		watch = startScopedWatch({
			...options,
			resource,
			generation,
			sink: withAccess(sink, (access) => {
				if (access.state === 'absent' && isLiqoKind(kind)) {
					tracker.doubt();
				}

				sink.setAccess(access);
			}),
		});
	};

	const unsubscribe = tracker.onChange((identity) => {
		if (!isLiqoKind(kind) || identity.generation === generation) {
			return;
		}

		watch?.stop();
		watch = undefined;
		generation = identity.generation;
		start();
	});
	start();
	return {
		stop() {
			unsubscribe();
			watch?.stop();
		},
	};
};
