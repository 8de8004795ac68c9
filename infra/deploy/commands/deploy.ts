import type { Deployment } from '../deployment.ts';
import { account, serviceLinkedRole, stateBucket, trunking } from '../steps/account.ts';
import { databaseInstance } from '../steps/database-instance.ts';
import { dns } from '../steps/dns.ts';
import { images } from '../steps/images.ts';
import { migration } from '../steps/migration.ts';
import { scan } from '../steps/scan.ts';
import { missingRecord } from '../steps/missing-record.ts';
import { smoke } from '../steps/smoke.ts';
import { platform, registry, services } from '../steps/stacks.ts';
import { steady } from '../steps/steady.ts';
import { preflight } from '../steps/preflight.ts';
import { oldRevisions } from '../steps/revisions.ts';
import { runSteps } from '../steps/step.ts';

/** Every step finds the results of an earlier attempt, so a deployment can always be repeated. */
const STEPS = [
  account,
  preflight,
  stateBucket,
  serviceLinkedRole,
  trunking,
  registry,
  images,
  scan,
  dns,
  databaseInstance,
  platform,
  migration,
  services,
  steady,
  smoke,
  oldRevisions,
];

/** `npm run deploy -- <environment>` */
export async function deploy(deployment: Deployment): Promise<void> {
  await runSteps(deployment, STEPS);
  process.stdout.write(`\n${summary(deployment)}\n`);
}

function summary({ environment, images, platform }: Deployment): string {
  const { name, adminEmail } = environment;
  const record = missingRecord(environment, platform);
  return [
    platform.url,
    ...(record ? [`  DNS       ${record}`] : []),
    `  sign in   ${adminEmail}, with what npm run password -- ${name} prints`,
    `  api       ${images.api}`,
    `  gateway   ${images.gateway}`,
    `  look      npm run status -- ${name}; npm run logs -- ${name} --follow`,
  ].join('\n');
}
