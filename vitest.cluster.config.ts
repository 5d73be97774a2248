import {defineConfig} from 'vitest/config';

// The cluster suite: real binaries, so one file at a time and more patience than `npm test` has.
export default defineConfig({
	test: {
		include: [
			'test/cluster/**/*.test.{ts,tsx}',
			'test/contract/**/*.test.{ts,tsx}',
		],
		fileParallelism: false,
		globalSetup: ['test/cluster/global-setup.ts'],
		testTimeout: 60_000,
		hookTimeout: 180_000,
		env: {LIQOSCOPE_ENGINE: 'kube-apiserver'},
	},
});
