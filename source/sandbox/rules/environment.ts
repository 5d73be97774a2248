import {Environment} from '@marcbachmann/cel-js';
import {registerAddresses} from './addresses.js';
import {hasMacro} from './has-macro.js';
import {registerLists} from './lists.js';
import {registerQuantities} from './quantities.js';
import {registerTexts} from './texts.js';
import {registerUrls} from './urls.js';

const own: Readonly<Record<string, string>> = {has: 'haz', matches: 're2test'};

/**
The names that stand for CEL's in what `toOwnNames` made; they are as long as CEL's, so that positions stay.
*/
export const celName = (name: string): string =>
	Object.keys(own).find((key) => own[key] === name) ?? name;

const tokens =
	/r?(?:"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|\/\/.*|\b(?<name>has|matches)(?=\s*\()/gv;

/**
A rule with the names of what is done here in place of CEL's.
*/
export const toOwnNames = (rule: string): string =>
	rule.replaceAll(tokens, (token, name: string | undefined) =>
		name === undefined ? token : own[name]!,
	);

let base: Environment | undefined;

/**
Kubernetes' environment of validation rules, to be extended: the CEL language with the libraries of the API server. What it has none of is
listed in `unsupported.ts`.
*/
export const createEnvironment = (): Environment => {
	if (!base) {
		base = new Environment({enableOptionalTypes: true});
		registerLists(base);
		registerTexts(base);
		registerQuantities(base);
		registerAddresses(base);
		registerUrls(base);
		base.registerFunction(
			'haz(ast): bool',
			hasMacro as unknown as (...parameters: unknown[]) => unknown,
		);
	}

	return base.clone();
};
