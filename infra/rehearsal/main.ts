import { parseArgs } from 'node:util';
import { terraformVariables } from '../test/support/terraform.ts';
import { criteria } from './criteria.ts';
import { drills } from './drills/drills.ts';
import { DeployCommand } from './host/deploy-command.ts';
import { missingRequirements } from './host/requirements.ts';
import { prepareLab } from './account/prepared-lab.ts';
import { Rehearsal } from './rehearsal.ts';

/** `npm run rehearse -- <environment> [--prepared] [--keep] [--drill <name>|all …]` */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    prepared: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    drill: { type: 'string', multiple: true, default: [] },
  },
});
const [environment] = positionals;
const print = (line: string) => process.stdout.write(`${line}\n`);

if (!environment) {
  print('Write npm run rehearse -- <environment> [--prepared] [--keep] [--drill <name>|all].');
  process.exit(1);
}
const unknown = values.drill.filter((name) => name !== 'all' && !(name in drills));
if (unknown.length > 0) {
  print(`There is no drill ${unknown.join(', ')}: write ${Object.keys(drills).join(', ')} or all.`);
  process.exit(1);
}
const missing = await missingRequirements();
if (missing.length > 0) {
  print(`A rehearsal needs what is missing here:\n${missing.map((line) => `  - ${line}`).join('\n')}`);
  process.exit(1);
}

function report(title: string, { met, evidence }: { met: boolean; evidence: string }): void {
  print(`${met ? 'met   ' : 'MISSED'}  ${title}\n        ${evidence}`);
  if (!met) process.exitCode = 1;
}

const rehearsal = await Rehearsal.start();
Object.assign(process.env, rehearsal.variables);
const command = new DeployCommand({ ...terraformVariables(), ...rehearsal.variables }, rehearsal.resolver);
let ending: Promise<void> | undefined;
const stop = () => (ending ??= rehearsal.stop());
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => void stop().then(() => process.exit(130)));
try {
  if (values.prepared) await prepareLab(rehearsal.client);
  const { code, output } = await command.run('deploy', [environment], { onLine: print });
  if (code !== 0) throw new Error(`npm run deploy -- ${environment} ended with ${code}.`);
  const rows = await criteria(rehearsal, command, environment, output);
  for (const { criterion, ...row } of rows) report(criterion, row);
  const names = values.drill.includes('all') ? Object.keys(drills) : values.drill;
  const url = /^ *(https?:\/\/\S+)$/m.exec(output)?.[1] ?? '';
  for (const name of names) report(`drill ${name}`, await drills[name]!({ rehearsal, command, environment, url }));
  if (values.keep) {
    print('The account stays until ctrl-C.');
    await new Promise(() => undefined);
  }
} catch (error) {
  print((error as Error).message);
  process.exitCode = 1;
} finally {
  command.keepLogs('.stockroom/rehearsal');
  await stop();
}
