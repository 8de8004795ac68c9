import { jsc } from './swc.config.js';

/** Tests stand beside the code they test (`*.spec.ts`) or, for a whole service or system, in a `test` folder. */
export default {
  testMatch: ['<rootDir>/{apps,libs,test,tools,infra}/**/*.spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        jsc,
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  testSequencer: '<rootDir>/test/setup/longest-first.js',
  globalSetup: '<rootDir>/test/setup/global-setup.ts',
  globalTeardown: '<rootDir>/test/setup/global-teardown.ts',
  // Ends what hangs; a machine that is only slow must not come near it.
  testTimeout: 240_000,
  maxWorkers: 2,
  // A worker whose last handle is closed ends at once, but a busy machine may need more than Jest's half second to end it.
  // One that keeps a handle open is still reported, later.
  workerGracefulExitTimeout: 30_000,
};
