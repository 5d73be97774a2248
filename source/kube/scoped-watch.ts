import {type Access} from '../core/world.js';
import {type ListWatch, type ListWatchOptions} from './list-watch-options.js';
import {startListWatch} from './list-watch.js';
import {withAccess} from './sink.js';

/**
What several watches of parts say of the whole: the worst of them, in words of the first that says it.
*/
const combine = (
	parts: readonly Access[],
	namespaces: readonly string[],
): Access => {
	const forbidden = parts.find((part) => part.state === 'forbidden');
	const absent = parts.find((part) => part.state === 'absent');
	const bad = forbidden ?? absent;
	if (bad) {
		return bad;
	}

	const stale = parts.filter((part) => part.state === 'stale');
	const [first] = stale;
	if (first) {
		return {...first, since: Math.min(...stale.map((part) => part.since))};
	}

	if (parts.every((part) => part.state === 'live')) {
		return {state: 'live', namespaces};
	}

	let seen = 0;
	for (const part of parts) {
		seen += part.state === 'syncing' ? part.seen : 0;
	}

	return {state: 'syncing', seen};
};

const startParts = (
	options: ListWatchOptions,
	namespaces: readonly string[],
): ListWatch => {
	const states: Access[] = namespaces.map(() => ({state: 'idle'}));
	const {isNamespaced} = options.resource;
	const watches = namespaces.map((namespace, index) => {
		const sink = withAccess(options.sink, (access) => {
			states[index] = access;
			options.sink.setAccess(combine(states, namespaces));
		});
		return startListWatch({
			...options,
			sink,
			selection: isNamespaced
				? {...options.selection, namespace}
				: {
						...options.selection,
						// How one may be let to see some objects of a cluster-scoped kind (resourceNames).
						fieldSelector: `metadata.name=${namespace}`,
					},
			owns: isNamespaced
				? (inNamespace) => inNamespace === namespace
				: (_, name) => name === namespace,
		});
	});
	return {
		stop() {
			for (const watch of watches) {
				watch.stop();
			}
		},
	};
};

/**
Watches a kind in the whole cluster; where that is forbidden and namespaces are given, in each of those instead.
*/
export const startScopedWatch = (
	options: ListWatchOptions & {readonly namespaces?: readonly string[]},
): ListWatch => {
	const namespaces = options.namespaces ?? [];
	const canFallBack =
		namespaces.length > 0 &&
		options.selection?.namespace === undefined &&
		(options.resource.isNamespaced || options.kind === 'Namespace');
	if (!canFallBack) {
		return startListWatch(options);
	}

	let isStopped = false;
	let parts: ListWatch | undefined;
	const whole = startListWatch({
		...options,
		sink: withAccess(options.sink, (access) => {
			if (access.state !== 'forbidden') {
				options.sink.setAccess(access);
				return;
			}

			whole.stop();
			if (!isStopped) {
				parts ??= startParts(options, namespaces);
			}
		}),
	});
	return {
		stop() {
			isStopped = true;
			whole.stop();
			parts?.stop();
		},
	};
};
