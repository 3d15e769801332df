import { defineConfig } from 'vitest/config'

const unit = { include: ['test/**/*.test.ts', 'test/**/*.test.tsx'], exclude: ['test/**/*.int.test.ts'] }

export default defineConfig({
  test: {
    projects: [
      // On a machine that others work on, one second of work may take ten.
      { test: { name: 'unit', isolate: false, maxWorkers: 2, testTimeout: 30_000, ...unit } },
      {
        test: {
          name: 'integration',
          isolate: false,
          include: ['test/**/*.int.test.ts'],
          globalSetup: ['test/support/built.ts', 'test/support/postgres.ts'],
          testTimeout: 180_000,
          hookTimeout: 120_000,
          // They wait for the database more than they compute.
          maxWorkers: 2,
        },
      },
    ],
  },
})
