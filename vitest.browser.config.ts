import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** Tests in a real browser: the viewer is built and served, and what it draws is looked at. */
const config: ViteUserConfig = defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    globalSetup: ['test/browser/build-viewer.ts'],
    testTimeout: 60_000,
    hookTimeout: 180_000,
    maxWorkers: 1,
    fileParallelism: false,
  },
});

export default config;
