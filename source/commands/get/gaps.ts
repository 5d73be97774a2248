import {type KindName} from '../../core/model.js';
import {type DescribedRowSet} from '../../core/rows/described-row-set.js';
import {type Access, type ClusterView} from '../../core/world.js';
import {type OutputForm} from './row-printer.js';
import {type AnyRow} from './row-query.js';

/**
Why a kind cannot be read, or not to its end; absent when it can.
*/
export const describeAccess = (access: Access): string | undefined => {
	switch (access.state) {
		case 'forbidden': {
			return `${access.reason} Missing rule: ${access.rule}.`;
		}

		case 'absent':
		case 'stale': {
			return access.reason;
		}

		case 'syncing': {
			return `only ${access.seen} of them have arrived so far`;
		}

		case 'idle':
		case 'live':
		case 'saved': {
			return undefined;
		}
	}
};

/**
The kinds that are read for the rows in a form.
*/
export const kindsOf = (
	{kinds, wideKinds = []}: DescribedRowSet<AnyRow>,
	form: OutputForm,
): readonly KindName[] =>
	form === 'text' || form === 'name' ? kinds : [...kinds, ...wideKinds];

/**
What could not be read of the kinds behind the rows. The first kind is the rows themselves: without it there is nothing to print.
*/
export const findGaps = (
	view: ClusterView,
	rows: DescribedRowSet<AnyRow>,
	form: OutputForm,
) =>
	kindsOf(rows, form).flatMap((kind) => {
		const access = view.access(kind);
		const reason = describeAccess(access);
		return reason === undefined ||
			(access.state === 'absent' && kind !== rows.kinds[0])
			? []
			: [{kind, state: access.state, reason}];
	});
