import {type SelectorRequirement} from '../../core/kubernetes.js';
import {createRequirementReader} from './affinity.js';
import {compact, createMapReader, emptyMap} from './maps.js';
import {type Scan, tableOf} from './wire.js';

type Constraint = Readonly<Record<string, unknown>>;

/**
Reader of a topology spread constraint, in the form JSON has.
*/
export const createSpreadReader = (
	scan: Scan,
): ((end: number) => Constraint) => {
	const {reader} = scan;
	const readRequirement = createRequirementReader(scan);
	const readLabels = createMapReader(scan, 1);
	let requirements: SelectorRequirement[] | undefined;
	let matchLabels: Constraint | undefined;
	const selectorFields = tableOf({
		1(limit) {
			matchLabels = readLabels(limit);
		},
		2(limit) {
			(requirements ??= []).push(readRequirement(scan.enter(limit)));
		},
	});
	let parts: Record<string, unknown> = {};
	let keys: string[] | undefined;
	const text = (name: string) => (limit: number) => {
		const value = scan.text(limit);
		parts[name] = value === '' ? undefined : value;
	};

	const fields = tableOf(
		{
			2: text('topologyKey'),
			3: text('whenUnsatisfiable'),
			4(limit) {
				requirements = undefined;
				matchLabels = undefined;
				scan.walk(scan.enter(limit), selectorFields);
				parts.labelSelector = compact<Constraint>({
					matchLabels: matchLabels === emptyMap ? undefined : matchLabels,
					matchExpressions: requirements,
				});
			},
			6: text('nodeAffinityPolicy'),
			7: text('nodeTaintsPolicy'),
			8(limit) {
				(keys ??= []).push(scan.text(limit));
			},
		},
		{
			1() {
				parts.maxSkew = reader.int32();
			},
			5() {
				parts.minDomains = reader.int32();
			},
		},
	);
	return (end) => {
		parts = {};
		keys = undefined;
		scan.walk(end, fields);
		return compact<Constraint>({...parts, matchLabelKeys: keys});
	};
};
