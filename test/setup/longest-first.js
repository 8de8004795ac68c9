import TestSequencer from '@jest/test-sequencer';

/**
 * Those that take many minutes: a run that came to them last would wait for them alone. Two deploy, and wait most of the time;
 * between them are others, because side by side each makes the other slower.
 */
const LONGEST = [
  'infra/test/deploy/production.spec.ts',
  'apps/web/test/items.spec.ts',
  'apps/web/test/movements.spec.ts',
  'infra/test/rehearsal/environments.spec.ts',
  'test/hostile/hostile-input.spec.ts',
  // Short files, which Jest would come to last.
  'infra/test/terraform-validate.spec.ts',
  'apps/api/test/embedded/embedded.spec.ts',
  'apps/gateway/test/forwarding/forwarding.spec.ts',
];

/** Jest's own order, which knows no times on a fresh clone, but for the longest suites. */
export default class LongestFirst extends TestSequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const place = LONGEST.findIndex((suite) => path.endsWith(suite));
      return place === -1 ? LONGEST.length : place;
    };
    return super.sort(tests).sort((a, b) => rank(a) - rank(b));
  }
}
