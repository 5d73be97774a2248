import {sanitize} from '../core/sanitize.js';
import {type CommandContext} from './command.js';
import {nearest} from './nearest.js';

const forms = ['text', 'json', 'yaml'] as const;

/**
The form that `-o` names, `text` without it. Any other is answered on stderr: absent then.
*/
export const readForm = (
	{flags, stderr}: CommandContext,
	command: string,
): 'text' | 'json' | 'yaml' | undefined => {
	const text = flags.output ?? 'text';
	const form = forms.find((one) => one === text);
	if (form === undefined) {
		const meant = nearest(text, forms);
		stderr.write(
			`${command} prints ${forms.join(', ')}, not "${sanitize(text)}"${meant === undefined ? '.' : `: did you mean ${meant}?`}\n`,
		);
	}

	return form;
};
