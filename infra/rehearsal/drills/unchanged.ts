import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { plannedChanges } from '../../test/support/terraform.ts';
import type { Drill } from './support.ts';

/** Right after a deployment Terraform finds nothing to change. */
export const unchanged: Drill = async ({ command }) => {
  const stacks = join(command.folder, 'cdktf.out/stacks');
  const names = readdirSync(stacks);
  const found: string[] = [];
  for (const stack of names)
    for (const { address, change } of await plannedChanges(join(stacks, stack), command.variables))
      found.push(...differing(change).map((property) => `\n          ${address} ${property}`));
  return {
    met: found.length === 0,
    evidence: `${names.length} stacks planned again, ${found.length} properties differ${found.join('')}`,
  };
};

/** The properties that a plan would change. */
const differing = ({ actions, before, after, after_unknown }: any): string[] =>
  Object.keys({ ...after, ...after_unknown })
    .filter(
      (name) => after_unknown?.[name] === true || JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name]),
    )
    .map((name) => `${actions.join('+')} ${name}`);
