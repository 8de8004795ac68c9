import { expect, it } from '@jest/globals';
import { synth } from './support/synth.ts';
import { describeWithTerraform } from './support/describe-with-terraform.ts';
import { terraform, terraformVariables } from './support/terraform.ts';

/** The provider takes seconds to say what it knows. */
const TIMEOUT_MS = 300_000;

describeWithTerraform('Terraform with the real provider', () => {
  it.each(['lab', 'sandbox', 'production'])(
    'accepts every stack of %s',
    async (name) => {
      for (const [part, folder] of Object.entries(synth(name).folders)) {
        const variables = { ...process.env, ...terraformVariables() };
        await terraform(folder, variables, 'init', '-backend=false', '-input=false');
        const { stdout } = await terraform(folder, variables, 'validate', '-json');
        expect({ part, ...JSON.parse(stdout) }).toMatchObject({ part, valid: true, error_count: 0, warning_count: 0 });
      }
    },
    TIMEOUT_MS,
  );
});
