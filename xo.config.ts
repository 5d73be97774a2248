import {type FlatXoConfig} from 'xo';
import reactHooks from 'eslint-plugin-react-hooks';

const config: FlatXoConfig = [
	{
		ignores: [
			'dist/**',
			'.cache/**',
			'docs/**',
			'**/*.md',
			// Recorded answers and objects stay as they were recorded.
			'test/**/{recorded,fixtures,sample}/**/*.{json,yaml}',
			'examples/**',
		],
	},
	{
		prettier: true,
		rules: {
			complexity: ['error', 25],
			// One concept per name: Kubernetes' own short words stay as they are.
			'unicorn/prevent-abbreviations': 'off',
			// Kubernetes' JSON has keys in its own styles (uid, clusterIP, liqo.io/type).
			'@typescript-eslint/naming-convention': 'off',
			'@typescript-eslint/no-restricted-types': 'off',
			// Taste that costs more reading than it saves: order and depth follow the rule that is told.
			'unicorn/max-nested-calls': 'off',
			'unicorn/prefer-simple-condition-first': 'off',
			'unicorn/no-declarations-before-early-exit': 'off',
			'unicorn/no-non-function-verb-prefix': 'off',
			'unicorn/prefer-minimal-ternary': 'off',
			'regexp/prefer-named-capture-group': 'off',
			'unicorn/no-immediate-mutation': 'off',
			'unicorn/prefer-iterator-to-array': 'off',
			'unicorn/prefer-object-iterable-methods': 'off',
			'unicorn/prefer-simple-sort-comparator': 'off',
			'unicorn/prefer-early-return': 'off',
			'unicorn/prefer-continue': 'off',
			// Types and names say what a parameter is; a docblock describes what they cannot.
			'jsdoc/require-param-description': 'off',
			'jsdoc/require-yields': 'off',
			'jsdoc/require-description': 'off',
			'max-params': ['error', {max: 6}],
			// The formatter takes the parentheses away that this rule asks for.
			'@stylistic/no-mixed-operators': 'off',
		},
	},
	{
		files: ['source/**/*.{ts,tsx}'],
		rules: {
			'max-lines': [
				'error',
				{max: 300, skipBlankLines: true, skipComments: true},
			],
		},
	},
	{
		// The API server walks objects of any kind as trees of unknown values, where emptiness of a text is what is asked.
		files: ['source/sandbox/**/*.ts'],
		rules: {
			'@typescript-eslint/strict-boolean-expressions': 'off',
			'@typescript-eslint/no-base-to-string': 'off',
			'unicorn/consistent-boolean-name': 'off',
			'unicorn/no-break-in-nested-loop': 'off',
			'@typescript-eslint/switch-exhaustiveness-check': 'off',
			'@typescript-eslint/no-loop-func': 'off',
			'@typescript-eslint/prefer-nullish-coalescing': 'off',
			'@typescript-eslint/consistent-type-assertions': 'off',
			'no-unmodified-loop-condition': 'off',
			'unicorn/no-computed-property-existence-check': 'off',
			// Wire formats: paths of OpenAPI hold literal braces, varints are made of bits, and any integer may be large.
			'unicorn/no-incorrect-template-string-interpolation': 'off',
			'unicorn/prefer-number-is-safe-integer': 'off',
			'no-bitwise': 'off',
		},
	},
	{
		files: ['source/**/*.tsx'],
		plugins: {'react-hooks': {rules: reactHooks.rules}},
		rules: {
			'react-hooks/rules-of-hooks': 'error',
			'react-hooks/exhaustive-deps': 'error',
		},
	},
	{
		files: ['test/**/*.{ts,tsx}', 'bench/**/*.ts', 'scripts/**/*.ts'],
		rules: {
			'max-lines': 'off',
			'no-await-in-loop': 'off',
			// Answers of a server are compared whole, as the JSON they are.
			'@typescript-eslint/no-unsafe-assignment': 'off',
			'@typescript-eslint/no-unsafe-member-access': 'off',
			'@typescript-eslint/no-unsafe-argument': 'off',
			'@typescript-eslint/no-unsafe-call': 'off',
			'unicorn/no-await-expression-member': 'off',
			'@typescript-eslint/no-unsafe-return': 'off',
			'@typescript-eslint/no-loop-func': 'off',
			'unicorn/no-computed-property-existence-check': 'off',
			'unicorn/no-break-in-nested-loop': 'off',
			'unicorn/no-unsafe-string-replacement': 'off',
			// Expect(shape(f(x))).toEqual(...) reads well.
			'unicorn/max-nested-calls': 'off',
			// Helpers live beside the tests; vitest runs only *.test files.
			'node-test/no-import-test-files': 'off',
		},
	},
	{
		// Recorded JSON of many shapes is walked field by field.
		files: ['test/conformance/**/*.ts'],
		rules: {
			'@typescript-eslint/no-unsafe-argument': 'off',
			'@typescript-eslint/no-unsafe-assignment': 'off',
			'@typescript-eslint/no-unsafe-call': 'off',
			'@typescript-eslint/no-unsafe-member-access': 'off',
			'@typescript-eslint/no-unsafe-return': 'off',
			'@typescript-eslint/strict-boolean-expressions': 'off',
			complexity: 'off',
			'unicorn/no-await-expression-member': 'off',
		},
	},
];

export default config;
