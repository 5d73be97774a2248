import {isJsonObject, type JsonObject} from '../../core/json.js';
import {type Ports} from '../../ui/ports.js';
import {type Target} from '../../ui/reducer/state.js';
import {type CommandContext} from '../command.js';
import {openWorld} from '../open-world.js';
import {type OpenWorld} from '../opened-world.js';
import {objectYaml} from './object-yaml.js';
import {type OpenedResult} from './opened.js';

const isSame = (raw: JsonObject, {kind, namespace, name}: Target): boolean => {
	const metadata = isJsonObject(raw.metadata) ? raw.metadata : {};
	return (
		raw.kind === kind &&
		metadata.name === name &&
		(metadata.namespace ?? '') === namespace
	);
};

const readsOf = ({
	now,
	saved,
	world,
}: OpenWorld): Pick<Ports, 'now' | 'fetchYaml' | 'fetchEvents'> => ({
	now,
	async fetchYaml(target) {
		const found = saved.get(target.cluster)?.find((raw) => isSame(raw, target));
		return found === undefined
			? {isOk: false, problem: 'It is not among the saved objects.'}
			: {isOk: true, value: objectYaml(found)};
	},
	async fetchEvents({kind, namespace, name}) {
		const events = [...world.consumer.list('Event')].filter(
			({involvedObject: about}) =>
				about.kind === kind &&
				about.name === name &&
				(about.namespace ?? '') === namespace,
		);
		return {isOk: true, value: events};
	},
});

/**
Opens the explorer on saved objects.
*/
export const openSavedWorld = async (
	context: CommandContext,
): Promise<OpenedResult> => {
	const opened = await openWorld(context, []);
	if (!opened.isOk) {
		return opened;
	}

	const {store, close} = opened.value;
	return {
		isOk: true,
		value: {
			store,
			session: {
				title: store.world.consumer.title,
				source: 'saved',
				isReadOnly: context.flags.readonly,
				isReconciling: false,
				contexts: [],
			},
			reads: readsOf(opened.value),
			send: undefined,
			where: {},
			close,
		},
	};
};
