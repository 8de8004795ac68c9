import { writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { accountResources } from '../test/support/emulator/inspect.ts';
import { missingForTerraform, SharedProvider, terraformVariables } from '../test/support/terraform.ts';
import { prepareLab } from './account/prepared-lab.ts';
import { criteria } from './criteria.ts';
import { failFirstDeployment } from './drills/deployments.ts';
import { drills, FIRST } from './drills/drills.ts';
import { type DrillContext, type DrillResult, seconds } from './drills/support.ts';
import { DeployCommand, PRIORITY } from './host/deploy-command.ts';
import { missingRequirements } from './host/requirements.ts';
import { optionsOf, USAGE } from './options.ts';
import { Rehearsal } from './rehearsal.ts';

/** `npm run rehearse -- <environment> [--prepared] [--keep] [--speed <n>] [--drill <name>|all …]` */
const began = Date.now();
const durations: string[] = [];
const print = (line: string) => process.stdout.write(`${line}\n`);

const { environment, prepared, keep, speed, drills: names, unknown } = optionsOf(process.argv.slice(2));
if (!environment || !(speed >= 1)) refuse(USAGE);
if (unknown.length > 0) refuse(`There is no drill ${unknown.join(', ')}. ${USAGE}`);
const missing = await missingRequirements();
if (missing.length > 0) refuse(['A rehearsal needs what is missing here:', ...missing].join('\n  - '));

// Load balancers, clients and AWS itself do not wait for this machine's other programs; the deploy command does.
setPriority(PRIORITY);
const rehearsal = await timed('start', () => Rehearsal.start(speed)).catch((error: Error) => refuse(error.message));
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
  command.end('.stockroom/rehearsal');
  await timed('end', stop);
  print(`Rehearsed in ${seconds(began)}: ${durations.join(', ')}.`);
}

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const start = Date.now();
  try {
    return await work();
  } finally {
    durations.push(`${what} ${seconds(start)}`);
  }
}

function refuse(message: string): never {
  print(message);
  process.exit(1);
}

async function rehearse(): Promise<void> {
  if (prepared) writeFileSync(join(command.folder, '.env.lab'), await timed('account', prepareLab));
  context.heldBefore = await accountResources();
  const failed = names.includes(FIRST) ? await timed(FIRST, () => failFirstDeployment(context)) : undefined;
  const start = Date.now();
  // Each step's beginning and end; what Docker and Terraform say is in the log.
  const onLine = (line: string) => void (/^(›|$)/.test(line) || print(`${seconds(start).padStart(6)}  ${line}`));
  const { code, output } = await timed('deployment', () => command.run('deploy', [environment!], { onLine }));
  if (failed)
    report(`drill ${FIRST}`, {
      met: failed.met && code === 0,
      evidence: `${failed.evidence}; the same command again: exit ${code}`,
    });
  if (code !== 0) throw new Error(`npm run deploy -- ${environment} ended with ${code}.`);
  context.url = /^ *(https?:\/\/\S+)$/m.exec(output)?.[1] ?? '';
  for (const { criterion, ...row } of await timed('criteria', () => criteria(context))) report(criterion, row);
  reportMemory();
  for (const name of names.filter((it) => it !== FIRST)) await play(name);
  if (!keep) return;
  print(`The account stays until ctrl-C: ${context.url}`);
  await new Promise(() => undefined);
}

async function play(name: string): Promise<void> {
  const start = Date.now();
  rehearsal.forgetPeaks();
  const result = await timed(name, () => drills[name]!(context)).catch((error: Error) => ({
    met: false,
    evidence: error.message,
  }));
  report(`drill ${name} (${seconds(start)})`, result);
  reportMemory();
}

function report(title: string, { met, evidence }: DrillResult): void {
  print(`${met ? 'met   ' : 'MISSED'}  ${title}\n        ${evidence}`);
  if (!met) process.exitCode = 1;
}

/** Of each instance: what its tasks held at most since the last report. */
function reportMemory(): void {
  const held = rehearsal.memory.map(
    ({ instance, peak }) => `${instance.attributes['ecs.instance-type']} ${peak} of ${instance.memory} MiB`,
  );
  if (held.length > 0) print(`        memory of the instances' tasks, at most: ${held.join(', ')}`);
}
