import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { accountResources } from '../test/support/emulator/inspect.ts';
import { missingForTerraform, SharedProvider, terraformVariables } from '../test/support/terraform.ts';
import { prepareLab } from './account/prepared-lab.ts';
import { criteria } from './criteria.ts';
import { failFirstDeployment } from './drills/deployments.ts';
import { drills, FIRST } from './drills/drills.ts';
import type { DrillContext, DrillResult } from './drills/support.ts';
import { DeployCommand } from './host/deploy-command.ts';
import { missingRequirements } from './host/requirements.ts';
import { optionsOf, USAGE } from './options.ts';
import { Rehearsal } from './rehearsal.ts';

/** `npm run rehearse -- <environment> [--prepared] [--keep] [--drill <name>|all …]` */
const began = Date.now();
const seconds = (since: number): string => `${((Date.now() - since) / 1000).toFixed(0)} s`;
const print = (line: string) => process.stdout.write(`${line}\n`);

const { environment, prepared, keep, drills: names, unknown } = optionsOf(process.argv.slice(2));
if (!environment) refuse(USAGE);
if (unknown.length > 0) refuse(`There is no drill ${unknown.join(', ')}. ${USAGE}`);
const missing = await missingRequirements();
if (missing.length > 0) refuse(['A rehearsal needs what is missing here:', ...missing].join('\n  - '));

const rehearsal = await Rehearsal.start().catch((error: Error) => refuse(error.message));
Object.assign(process.env, rehearsal.variables);
// Where no folder holds the provider, Terraform downloads it.
const provider = missingForTerraform([]) ? undefined : await SharedProvider.start(rehearsal.variables);
const terraform = provider ? { ...terraformVariables(), ...provider.variables } : {};
const command = new DeployCommand({ ...terraform, ...rehearsal.variables }, rehearsal.resolver);
const context: DrillContext = { rehearsal, command, environment, url: '', heldBefore: {} };
let ending: Promise<void> | undefined;
const stop = () => {
  provider?.stop();
  return (ending ??= rehearsal.stop());
};
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => void stop().then(() => process.exit(130)));
try {
  await rehearse();
} catch (error) {
  print((error as Error).message);
  process.exitCode = 1;
} finally {
  command.keepLogs('.stockroom/rehearsal');
  await stop();
  print(`Rehearsed in ${seconds(began)}.`);
}

function refuse(message: string): never {
  print(message);
  process.exit(1);
}

async function rehearse(): Promise<void> {
  if (prepared) writeFileSync(join(command.folder, '.env.lab'), await prepareLab());
  context.heldBefore = await accountResources();
  const failed = names.includes(FIRST) ? await failFirstDeployment(context) : undefined;
  const start = Date.now();
  // Each step's beginning and end; what Docker and Terraform say is in the log.
  const onLine = (line: string) => void (/^(›|$)/.test(line) || print(`${seconds(start).padStart(6)}  ${line}`));
  const { code, output } = await command.run('deploy', [environment!], { onLine });
  if (failed)
    report(`drill ${FIRST}`, {
      met: failed.met && code === 0,
      evidence: `${failed.evidence}; the same command again: exit ${code}`,
    });
  if (code !== 0) throw new Error(`npm run deploy -- ${environment} ended with ${code}.`);
  context.url = /^ *(https?:\/\/\S+)$/m.exec(output)?.[1] ?? '';
  for (const { criterion, ...row } of await criteria(context)) report(criterion, row);
  reportMemory('since the start');
  for (const name of names.filter((it) => it !== FIRST)) await play(name);
  if (names.length > 0) reportMemory('through the drills');
  if (!keep) return;
  print(`The account stays until ctrl-C: ${context.url}`);
  await new Promise(() => undefined);
}

async function play(name: string): Promise<void> {
  const start = Date.now();
  const result = await drills[name]!(context).catch((error: Error) => ({ met: false, evidence: error.message }));
  report(`drill ${name} (${seconds(start)})`, result);
}

function report(title: string, { met, evidence }: DrillResult): void {
  print(`${met ? 'met   ' : 'MISSED'}  ${title}\n        ${evidence}`);
  if (!met) process.exitCode = 1;
}

function reportMemory(when: string): void {
  for (const { instance, now, peak } of rehearsal.memory)
    print(
      `        ${instance.ec2InstanceId} (${instance.attributes['ecs.instance-type']}): its tasks hold ${now} MiB, ${when} at most ${peak} of ${instance.memory}`,
    );
}
