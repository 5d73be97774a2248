import {namespaceRows} from '../../core/rows/namespaces.js';
import {targetOf} from '../explorer.js';
import {findingSentence} from '../findings/finding-lines.js';
import {type View} from './view.js';

/**
Namespaces against clusters: what each mapping says.
*/
export const matrixView: View = {
	id: 'matrix',
	title: 'Matrix',
	nothing: 'No namespace is offloaded.',
	columns: ({world}) =>
		namespaceRows
			.columns(world)
			.filter(({id}) => id === 'local' || id.startsWith('cluster:')),
	rows({world, ports}) {
		const columns = namespaceRows.columns(world);
		const wanted = columns.flatMap(({id}, index) =>
			id === 'local' || id.startsWith('cluster:') ? [index] : [],
		);
		return [...namespaceRows.list(world)].map((object) => {
			const cells = namespaceRows.cellsOf(object, world, ports.now());
			return {
				key: object.metadata.name,
				level: namespaceRows.levelOf(object, world),
				target: targetOf(world, object),
				cells: wanted.map((index) => cells[index]!),
			};
		});
	},
	sayOf({key}, {findings}) {
		const finding = findings.worstIn(key);
		return finding ? findingSentence(finding, true) : [];
	},
};
