import TestSequencer from '@jest/test-sequencer';

/** Takes many minutes, of which it waits most: a run that came to it last would wait for it alone. */
const LONGEST = 'infra/test/rehearsal/environments.spec.ts';

/** Jest's own order, which knows no times on a fresh clone, but for the longest suite. */
export default class LongestFirst extends TestSequencer {
  sort(tests) {
    const isLonger = ({ path }) => Number(path.endsWith(LONGEST));
    return super.sort(tests).sort((a, b) => isLonger(b) - isLonger(a));
  }
}
