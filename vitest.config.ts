import {defineConfig} from 'vitest/config';

export default defineConfig({
	test: {
		include: ['test/**/*.test.{ts,tsx}'],
		setupFiles: ['test/helpers/seed.ts'],
		exclude: ['test/cluster/**', 'node_modules/**'],
		testTimeout: 20_000,
		hookTimeout: 20_000,
	},
});
