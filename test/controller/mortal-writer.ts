import {type WriteAnswer, type Writer} from '../../source/controller/writer.js';

/**
The writer of a process that dies at its nth write, before it leaves or after it was made; nothing of it is heard again.
*/
export const createMortalWriter = (
	writer: Writer,
	deathAt: number,
	moment: 'before' | 'after',
): {writer: Writer; isDead: () => boolean} => {
	let count = 0;
	let isDead = false;
	const silence = async () => Promise.withResolvers<WriteAnswer>().promise;
	return {
		isDead: () => isDead,
		writer: {
			async send(change, options) {
				if (isDead) {
					return silence();
				}

				count++;
				if (count !== deathAt) {
					return writer.send(change, options);
				}

				isDead = true;
				if (moment === 'after') {
					await writer.send(change, options);
				}

				return silence();
			},
		},
	};
};
