import TestSequencer from '@jest/test-sequencer';

/** Take many minutes, of which they wait most: a run that came to them last would wait for them alone. */
const LONGEST = ['infra/test/deploy/production.spec.ts', 'infra/test/rehearsal/environments.spec.ts'];

/** Jest's own order, which knows no times on a fresh clone, but for the longest suites. */
export default class LongestFirst extends TestSequencer {
  sort(tests) {
    const rank = ({ path }) => LONGEST.findIndex((suite) => path.endsWith(suite));
    return super.sort(tests).sort((a, b) => rank(b) - rank(a));
  }
}
