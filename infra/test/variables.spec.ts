import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { readVariables } from '../environments/variables.ts';

describe('The region of an environment', () => {
  const before = { ...process.env };
  afterEach(() => {
    process.env = { ...before };
  });

  it.each([
    ['AWS_REGION', { AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-2' }, 'eu-west-1'],
    ['AWS_DEFAULT_REGION', { AWS_REGION: '', AWS_DEFAULT_REGION: 'eu-west-2' }, 'eu-west-2'],
    ['the default profile', {}, 'eu-central-1'],
    ['the profile that AWS_PROFILE names', { AWS_PROFILE: 'work' }, 'ap-south-1'],
    ['nothing where the profile has none', { AWS_PROFILE: 'other' }, undefined],
  ])('comes from %s', async (_, variables, region) => {
    const config = join(mkdtempSync(join(tmpdir(), 'stockroom-config-')), 'config');
    writeFileSync(
      config,
      '[default]\nregion = eu-central-1\n[profile work]\nregion = ap-south-1\n[profile other]\noutput = json\n',
    );
    // An empty variable counts as unset.
    const unset = { AWS_REGION: '', AWS_DEFAULT_REGION: '', AWS_PROFILE: '' };
    const files = { AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: `${config}-none` };
    process.env = { ...before, ...unset, ...files, ...variables };
    expect((await readVariables('sandbox')).AWS_REGION).toBe(region);
  });
});
