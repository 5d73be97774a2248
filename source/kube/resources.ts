import {type Generation} from '../core/generations/generation.js';
import {type KindName, type ObjectReference} from '../core/model.js';
import {groupOf, kindOf, resourceOf} from '../core/resources.js';
import {fetchGroupVersion, type ServedResource} from './discovery.js';
import {fail, type Outcome, succeed} from './errors.js';
import {type Transport} from './transport.js';

/**
Where objects of some apiVersion and kind are found.
*/
export type Location = {
	readonly group: string;
	readonly version: string;
	readonly plural: string;
	readonly isNamespaced: boolean;
};

/**
Finds where a kind is served: from the tables of the model, else by asking the server (once per group version).
*/
export type ResourceFinder = {
	find(
		reference: Pick<ObjectReference, 'apiVersion' | 'kind'>,
	): Promise<Outcome<Location>>;
};

const versionOf = (apiVersion: string): string =>
	apiVersion.slice(apiVersion.indexOf('/') + 1);

export const createResourceFinder = (
	transport: Transport,
	generation: () => Generation | undefined,
): ResourceFinder => {
	const asked = new Map<
		string,
		Promise<Outcome<ReadonlyMap<string, ServedResource>>>
	>();
	const ask = async (apiVersion: string) => {
		const known = asked.get(apiVersion);
		if (known) {
			const outcome = await known;
			if (outcome.ok) {
				return outcome;
			}
		}

		const question = fetchGroupVersion(transport, apiVersion);
		asked.set(apiVersion, question);
		return question;
	};

	return {
		async find({apiVersion, kind}) {
			const name: KindName | undefined = kindOf(apiVersion, kind);
			const resource =
				name === undefined ? undefined : resourceOf(name, generation());
			if (resource?.group === groupOf(apiVersion)) {
				return succeed({...resource, version: versionOf(apiVersion)});
			}

			const served = await ask(apiVersion);
			if (!served.ok) {
				return served;
			}

			for (const candidate of served.value.values()) {
				if (candidate.kind === kind) {
					return succeed({
						group: groupOf(apiVersion),
						version: versionOf(apiVersion),
						plural: candidate.plural,
						isNamespaced: candidate.isNamespaced,
					});
				}
			}

			return fail(
				'not-found',
				`${transport.server} does not serve ${kind} in ${apiVersion}.`,
			);
		},
	};
};
