import {type Finding} from '../../core/findings/finding.js';
import {isAbout} from '../../core/findings/is-about.js';
import {type Pod} from '../../core/model.js';
import {type World} from '../../core/world.js';
import {type FindingsTracker} from './tracker.js';

/**
A finding that names a pod, and the cause that it is behind, which may be itself.
*/
type Named = {readonly leaf: Finding; readonly cause: Finding};

/**
Why a pod does not run, by what was found of it or of the pods beside it: the cause. What names pods is picked out once for each namespace, until the findings change.
*/
export const createPodFindings = (
	findings: FindingsTracker,
	world: World,
): ((pod: Pod) => Finding | undefined) => {
	const named = new Map<string, readonly Named[]>();
	let version = findings.version();

	const namedIn = (namespace: string): readonly Named[] => {
		if (version !== findings.version()) {
			version = findings.version();
			named.clear();
		}

		const known = named.get(namespace);
		if (known) {
			return known;
		}

		const found = findings
			.findingsIn(namespace)
			.flatMap((cause) =>
				[cause, ...cause.behind]
					.filter(
						({object}) =>
							object.kind === 'Pod' && object.namespace === namespace,
					)
					.map((leaf) => ({leaf, cause})),
			);
		named.set(namespace, found);
		return found;
	};

	return (pod) =>
		namedIn(pod.metadata.namespace).find(({leaf}) =>
			isAbout(leaf, pod, world.consumer),
		)?.cause;
};
