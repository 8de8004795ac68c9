import { describe, expect, it } from '@jest/globals';
import { missingForTerraform } from './terraform.ts';

/** `describe` where everything is there; else a line that says what is missing, or in CI a failure. */
export function describeWithTerraform(name: string, body: () => void, alsoNeeded: string[] = []): void {
  const missing = missingForTerraform(['terraform', ...alsoNeeded]);
  if (missing === undefined) return describe(name, body);
  if (process.env.CI === 'true')
    return describe(name, () => it('has what it needs', () => expect(missing).toBeUndefined()));
  process.stderr.write(`Skipped: ${name}: ${missing}.\n`);
  describe.skip(name, body);
}
