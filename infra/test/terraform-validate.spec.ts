import { expect, it } from '@jest/globals';
import { AuroraDatabase } from '../environments/settings/database.ts';
import { synth } from './support/synth.ts';
import { describeWithTerraform } from './support/describe-with-terraform.ts';
import { terraform, terraformVariables } from './support/terraform.ts';

/** The provider takes seconds to say what it knows. */
const TIMEOUT_MS = 300_000;

describeWithTerraform('Terraform with the real provider', () => {
  const all = (name: string) => synth(name).folders;
  // Of the other choices for a block, only the stack that differs.
  const withAurora = () => {
    const { folders } = synth('production', (environment) => (environment.database = new AuroraDatabase()));
    return { platform: folders.platform! };
  };

  const withParameters = () => {
    const { folders } = synth('lab', (environment) => (environment.secretStore = 'parameter-store'));
    return { platform: folders.platform! };
  };

  it.each([
    ['the lab', () => all('lab')],
    ['the sandbox', () => all('sandbox')],
    ['production', () => all('production')],
    ['production with Aurora', withAurora],
    ['the lab with parameters', withParameters],
  ])(
    'accepts every stack of %s',
    async (_, foldersOf) => {
      for (const [part, folder] of Object.entries(foldersOf())) {
        const variables = { ...process.env, ...terraformVariables() };
        await terraform(folder, variables, 'init', '-backend=false', '-input=false');
        const { stdout } = await terraform(folder, variables, 'validate', '-json');
        expect({ part, ...JSON.parse(stdout) }).toMatchObject({ part, valid: true, error_count: 0, warning_count: 0 });
      }
    },
    TIMEOUT_MS,
  );
});
