import {type NamespaceMap} from '../../core/model.js';
import {type Line, line} from '../line.js';
import {indented, section} from './describe-parts.js';

export const describeMap = ({
	metadata,
	status,
	spec,
}: NamespaceMap): readonly Line[] => [
	...(metadata.deletionTimestamp === undefined
		? []
		: [line('This map is being deleted.', 'warning')]),
	...section(
		'Namespaces',
		Object.entries(spec.desiredMapping).map(([local, remote]) => {
			const phase = status.currentMapping[local]?.phase;
			return indented(
				local,
				`${remote}  ${phase ?? 'no answer yet'}`,
				phase === 'Accepted' ? 'fine' : 'warning',
			);
		}),
	),
];
