import {type Change} from './change.js';

/**
A word as a POSIX shell takes it.
*/
const quote = (text: string): string =>
	/^[\w%+,\-.\/:=@]+$/v.test(text)
		? text
		: `'${text.replaceAll("'", String.raw`'\''`)}'`;

const resourceOf = ({kind, apiVersion}: Change['object']): string => {
	const slash = apiVersion.indexOf('/');
	const group = slash === -1 ? '' : apiVersion.slice(0, slash);
	const isBuiltIn = group === '' || !group.includes('liqo.io');
	return isBuiltIn ? kind.toLowerCase() : `${kind.toLowerCase()}s.${group}`;
};

const fromStandardInput = (verb: string, change: Change): string =>
	`kubectl ${verb} -f - <<'EOF'\n${JSON.stringify(change.body, undefined, 2)}\nEOF`;

/**
What a person would type to make the same change. Changes to other clusters than the consumer say so with `--context`.
*/
export const kubectlCommand = (change: Change): string => {
	const {verb, object, subresource, patchType, body, cluster} = change;
	const place = [
		resourceOf(object),
		object.name,
		...(object.namespace === undefined || object.namespace === ''
			? []
			: ['-n', object.namespace]),
		...(cluster === 'home' ? [] : ['--context', cluster]),
	].map((word) => quote(word));
	switch (verb) {
		case 'patch': {
			return [
				'kubectl patch',
				...place,
				`--type ${patchType === 'strategic' ? 'strategic' : (patchType ?? 'merge')}`,
				...(subresource === undefined ? [] : [`--subresource ${subresource}`]),
				`-p ${quote(JSON.stringify(body))}`,
			].join(' ');
		}

		case 'delete': {
			return [
				'kubectl delete',
				...place,
				...(change.gracePeriodSeconds === undefined
					? []
					: [
							`--grace-period ${change.gracePeriodSeconds}`,
							...(change.gracePeriodSeconds === 0 ? ['--force'] : []),
						]),
			].join(' ');
		}

		case 'create':
		case 'event': {
			return fromStandardInput('create', change);
		}

		case 'update': {
			return fromStandardInput('replace', change);
		}
	}
};
