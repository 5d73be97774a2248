// The import table of docs/architecture.md; a type-only import counts.
const only = (from, allowed, comment) => ({
	name: `${from}-imports`,
	comment,
	severity: 'error',
	from: {path: `^source/${from}`},
	to: {pathNot: allowed.map((path) => `^${path}`)},
});

const builtin =
	'(node:|assert|buffer|child_process|crypto|dns|events|fs|http|https|module|net|os|path|process|readline|stream|timers|tls|tty|url|util|v8|zlib)';

module.exports = {
	forbidden: [
		{name: 'no-cycles', severity: 'error', from: {}, to: {circular: true}},
		{
			name: 'no-orphans',
			severity: 'error',
			from: {orphan: true, pathNot: [String.raw`\.d\.ts$`]},
			to: {},
		},
		only('core/', ['source/core/'], 'core is pure: no I/O, no package'),
		only(
			'store/',
			['source/core/', 'source/store/'],
			'the store knows only the rules',
		),
		only(
			'controller/',
			['source/core/', 'source/store/', 'source/controller/'],
			'the controller knows no adapter and no screen',
		),
		{
			name: 'kube-imports',
			severity: 'error',
			from: {path: '^source/kube/'},
			to: {path: '^source/(store|controller|sandbox|ui|commands|app|cli)'},
		},
		{
			name: 'sandbox-imports',
			comment: "the sandbox must not share the client's bugs",
			severity: 'error',
			from: {path: '^source/sandbox/'},
			to: {path: '^source/(store|kube|ui|commands|app|cli)'},
		},
		{
			name: 'ui-imports',
			severity: 'error',
			from: {path: String.raw`^source/(ui/|app\.tsx)`},
			to: {path: `^(source/(kube|sandbox|controller|commands|cli)|${builtin})`},
		},
		{
			name: 'ui-packages',
			severity: 'error',
			from: {path: String.raw`^source/(ui/|app\.tsx)`},
			to: {path: 'node_modules/(?!(ink|react|ink-select-input|@types/react)/)'},
		},
		{
			name: 'cli-imports',
			severity: 'error',
			from: {path: String.raw`^source/cli\.tsx$`},
			to: {path: String.raw`^source/(?!commands/|cli\.tsx)`},
		},
		{
			name: 'not-to-unlisted',
			severity: 'error',
			from: {path: '^source/'},
			to: {
				dependencyTypes: [
					'npm-dev',
					'npm-no-pkg',
					'npm-unknown',
					'unknown',
					'undetermined',
				],
			},
		},
	],
	options: {
		doNotFollow: {path: 'node_modules'},
		tsPreCompilationDeps: true,
		tsConfig: {fileName: 'tsconfig.json'},
		enhancedResolveOptions: {
			exportsFields: ['exports'],
			conditionNames: ['import', 'node', 'default', 'types'],
		},
	},
};
