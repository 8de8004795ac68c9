import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { terraformVariables } from '../test/support/terraform.ts';
import { prepareLab } from './account/prepared-lab.ts';
import { criteria } from './criteria.ts';
import { drills, FIRST } from './drills/drills.ts';
import { DeployCommand } from './host/deploy-command.ts';
import { missingRequirements } from './host/requirements.ts';
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
const began = Date.now();

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
  if (values.prepared) writeFileSync(join(command.folder, '.env.lab'), await prepareLab(rehearsal.client));
  const names = Object.keys(drills).filter((name) => values.drill.includes('all') || values.drill.includes(name));
  if (names[0] === FIRST) {
    const context = { rehearsal, command, environment, url: '' };
    report(`drill ${names.shift()}`, await drills[FIRST]!(context));
  }
  const { code, output } = await command.run('deploy', [environment], { onLine: print });
  if (code !== 0) throw new Error(`npm run deploy -- ${environment} ended with ${code}.`);
  const url = /^ *(https?:\/\/\S+)$/m.exec(output)?.[1] ?? '';
  const context = { rehearsal, command, environment, url };
  for (const { criterion, ...row } of await criteria(context)) report(criterion, row);
  for (const { instance, now, peak } of rehearsal.memory)
    print(
      `        ${instance.ec2InstanceId} (${instance.attributes['ecs.instance-type']}): its tasks hold ${now} MiB, at most ${peak} of ${instance.memory}`,
    );
  for (const name of names) {
    const start = Date.now();
    const result = await drills[name]!(context).catch((error: Error) => ({ met: false, evidence: error.message }));
    report(`drill ${name} (${((Date.now() - start) / 1000).toFixed(0)} s)`, result);
  }
  if (names.length > 0)
    for (const { instance, peak } of rehearsal.memory)
      print(`        ${instance.ec2InstanceId}: at most ${peak} of ${instance.memory} MiB through the drills`);
  if (values.keep) {
    print(`The account stays until ctrl-C: ${url}`);
    await new Promise(() => undefined);
  }
} catch (error) {
  print((error as Error).message);
  process.exitCode = 1;
} finally {
  command.keepLogs('.stockroom/rehearsal');
  await stop();
  print(`Rehearsed in ${((Date.now() - began) / 1000).toFixed(0)} s.`);
}
