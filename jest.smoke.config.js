import config from './jest.config.js';

/** `npm run smoke -- <url>`: the smoke suite alone, against something that runs already. */
export default {
  ...config,
  globalSetup: undefined,
  globalTeardown: undefined,
  testMatch: ['<rootDir>/test/smoke/**/*.spec.ts'],
  verbose: true,
  bail: 1,
};
