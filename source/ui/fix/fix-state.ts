import {type Finding} from '../../core/findings/finding.js';
import {type Explorer} from '../explorer.js';
import {type Fix} from '../reducer/state.js';
import {emptyField} from '../reducer/text-field.js';

/**
The guided fix that is in front.
*/
export const currentFix = ({ui}: Explorer): Fix | undefined => {
	const screen = ui.state().screens.at(-1);
	return screen?.kind === 'fix' ? screen.fix : undefined;
};

/**
A guided fix as it is now, whatever lies over it; nothing once it was left.
*/
export const fixWith = ({ui}: Explorer, id: number): Fix | undefined => {
	const screen = ui
		.state()
		.screens.find((one) => one.kind === 'fix' && one.fix.id === id);
	return screen?.kind === 'fix' ? screen.fix : undefined;
};

export const changeFix = (
	{ui}: Explorer,
	id: number,
	part: Partial<Fix>,
): void => {
	ui.dispatch({type: 'fix', id, part});
};

/**
Changes the guided fix that is in front.
*/
export const changeCurrent = (explorer: Explorer, part: Partial<Fix>): void => {
	const fix = currentFix(explorer);
	if (fix) {
		changeFix(explorer, fix.id, part);
	}
};

let opened = 0;

export const openFix = ({ui}: Explorer, finding: Finding): void => {
	opened++;
	ui.dispatch({
		type: 'push',
		screen: {
			kind: 'fix',
			fix: {
				id: opened,
				finding,
				step: 'choose',
				offer: 0,
				isForAll: false,
				answers: {},
				field: emptyField,
				notice: undefined,
				dryRun: undefined,
				radius: undefined,
				isLosing: undefined,
				top: 0,
				receipts: [],
				treated: [],
				undone: [],
				since: 0,
			},
		},
	});
};

/**
Why nothing can be written, where it cannot.
*/
export const whyUnwritable = ({session}: Explorer): string =>
	session.isReadOnly
		? 'This is a read-only run: nothing can be written in this session.'
		: 'Nothing can be written in this session.';
