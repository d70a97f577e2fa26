import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // Real servers and databases start inside some tests; a busy two-core machine needs the room.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
