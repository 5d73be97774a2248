import {useFocusManager, useInput, usePaste} from 'ink';
import {useEffect} from 'react';
import {type Dispatcher} from '../dispatch/dispatcher.js';
import {nameKeys} from '../key-name.js';

/**
The one place where keys come in. Pasted text is no key: it comes by bracketed paste and triggers nothing.
*/
export const useKeys = (dispatcher: Dispatcher): void => {
	const {disableFocus} = useFocusManager();
	// Ink's own focus would take tab and esc.
	useEffect(() => {
		disableFocus();
	}, [disableFocus]);
	useInput((input, key) => {
		for (const press of nameKeys(input, key)) {
			dispatcher.press(press);
		}
	});
	usePaste((text) => {
		dispatcher.paste(text);
	});
};
