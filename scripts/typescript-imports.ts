/**
Lets Node run the project's TypeScript as it is: imports are written with the suffix `.js`, the files end in `.ts`.

Usage: node --import ./scripts/typescript-imports.ts FILE.ts
*/
import {registerHooks} from 'node:module';

registerHooks({
	resolve(specifier, context, nextResolve) {
		const isOwn =
			specifier.startsWith('.') && context.parentURL?.endsWith('.ts') === true;
		return nextResolve(
			isOwn ? specifier.replace(/\.js$/v, '.ts') : specifier,
			context,
		);
	},
});
