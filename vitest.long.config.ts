import { defineConfig } from 'vitest/config';

// Proofs that take minutes: `npm run test:long`.
export default defineConfig({
  test: {
    include: ['test/long/**/*.test.ts'],
    env: { PALAESTRA_LONG: '1' },
    testTimeout: 3_600_000,
    fileParallelism: false,
  },
});
