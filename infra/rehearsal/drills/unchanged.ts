import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { plannedChanges } from '../../test/support/terraform.ts';
import type { Drill } from './support.ts';

/** What a plan finds changed right after an apply, because moto 5.2.1 does not give back what it was told. */
const FORGOTTEN_BY_MOTO: Record<string, string[]> = {
  // It counts the template's own tags among those of what it launches; another version of it would be the group's, too.
  'aws_launch_template.cluster_launch-template': ['default_version', 'latest_version', 'tag_specifications'],
  'aws_autoscaling_group.cluster_instances': [
    'capacity_reservation_specification',
    'max_instance_lifetime',
    'mixed_instances_policy',
  ],
};

/** Right after a deployment Terraform finds nothing to change. */
export const unchanged: Drill = async ({ command }) => {
  const stacks = join(command.folder, 'cdktf.out/stacks');
  const found: string[] = [];
  for (const stack of readdirSync(stacks))
    for (const { address, change } of await plannedChanges(join(stacks, stack), command.variables))
      found.push(...differing(change).map((property) => `${address} ${property}`));
  const forgotten = Object.entries(FORGOTTEN_BY_MOTO).flatMap(([address, properties]) =>
    properties.map((property) => `${address} update ${property}`),
  );
  const others = found.filter((it) => !forgotten.includes(it));
  return {
    met: others.length === 0,
    evidence: `${readdirSync(stacks).length} stacks planned again, ${others.length} properties differ${others.map((it) => `\n          ${it}`).join('')} beside the ${found.length} that the emulator forgets`,
  };
};

/** The properties that a plan would change. */
const differing = ({ actions, before, after, after_unknown }: any): string[] =>
  Object.keys({ ...after, ...after_unknown })
    .filter(
      (name) => after_unknown?.[name] === true || JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name]),
    )
    .map((name) => `${actions.join('+')} ${name}`);
