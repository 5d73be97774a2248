import {type Event} from '../../core/model.js';
import {type Outcome, type Ports} from '../ports.js';
import {type Target} from '../reducer/state.js';
import {createRevision, type Revision} from '../revision.js';

export type Fetched<T> =
	{readonly state: 'loading'} | {readonly state: 'done'; outcome: Outcome<T>};

/**
Answers from outside, kept while their screen is open. Asking twice fetches once.
*/
export type Fetches = Revision & {
	yaml(target: Target): Fetched<string>;
	events(target: Target): Fetched<readonly Event[]>;
	/**
	Forgets an answer, so that looking again fetches again.
	*/
	forget(target: Target): void;
};

const loading = {state: 'loading'} as const;

const keyOf = ({cluster, kind, namespace, name}: Target): string =>
	`${cluster}/${kind}/${namespace}/${name}`;

export const createFetches = (ports: Ports): Fetches => {
	const yaml = new Map<string, Fetched<string>>();
	const events = new Map<string, Fetched<readonly Event[]>>();
	const revision = createRevision();

	const fetchOnce = <T>(
		kept: Map<string, Fetched<T>>,
		target: Target,
		fetchIt: (target: Target) => Promise<Outcome<T>>,
	): Fetched<T> => {
		const key = keyOf(target);
		const known = kept.get(key);
		if (known) {
			return known;
		}

		kept.set(key, loading);
		const finish = (outcome: Outcome<T>) => {
			if (!kept.has(key)) {
				return;
			}

			kept.set(key, {state: 'done', outcome});
			revision.advance();
		};

		void (async () => {
			try {
				finish(await fetchIt(target));
			} catch (error) {
				finish({isOk: false, problem: (error as Error).message});
			}
		})();

		return loading;
	};

	return {
		yaml: (target) =>
			fetchOnce(yaml, target, async (to) => ports.fetchYaml(to)),
		events: (target) =>
			fetchOnce(events, target, async (to) => ports.fetchEvents(to)),
		forget(target) {
			yaml.delete(keyOf(target));
			events.delete(keyOf(target));
		},
		version: revision.version,
		subscribe: revision.subscribe,
	};
};
