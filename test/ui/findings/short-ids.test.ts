import {expect, test} from 'vitest';
import {shortIds} from '../../../source/ui/findings/short-ids.js';

const id = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';

test.each([
	[`On ${id}, it exists.`, 'On aaaaaaaa…, it exists.'],
	[`${id} or ${id.replaceAll('a', 'f')}`, 'aaaaaaaa… or ffffffff…'],
	// A remote name is what it is.
	[`shop-${id} on eu-west`, `shop-${id} on eu-west`],
	['eu-west and us-east', 'eu-west and us-east'],
])('%s', (text, short) => {
	expect(shortIds(text)).toBe(short);
});
