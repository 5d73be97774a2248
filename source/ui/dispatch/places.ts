import {type Place} from '../keymap.js';
import {type UiState} from '../reducer/state.js';

/**
Who is asked about a key, from the innermost to the outermost.
*/
export const placesOf = ({prompt, screens}: UiState): readonly Place[] => {
	if (prompt) {
		return ['prompt'];
	}

	const screen = screens.at(-1);
	if (screen === undefined) {
		return ['panes', 'list', 'everywhere'];
	}

	switch (screen.kind) {
		case 'document': {
			return ['document', 'everywhere'];
		}

		case 'view': {
			return screen.view === 'queue' || screen.view === 'plan'
				? [screen.view, 'list', 'everywhere']
				: ['list', 'everywhere'];
		}

		case 'selector': {
			return screen.edit.typing ? ['field'] : ['selector', 'everywhere'];
		}

		case 'fix': {
			const {step} = screen.fix;
			return step === 'answer' || step === 'confirm'
				? ['field']
				: [step === 'choose' ? 'menu' : 'review', 'everywhere'];
		}
	}
};
