import { deriveImage } from '../host/images.ts';
import { hasServed, type LoadResult, said, underLoad } from './load.ts';
import {
  APPS,
  appTasks,
  comesToRun,
  deploy,
  type Drill,
  type DrillResult,
  haveStayed,
  imageOf,
  seconds,
  serviceOf,
  tasksOf,
} from './support.ts';

/** A program instead of the image's own, in one line of JavaScript. */
const entryPoint = (script: string): string => `ENTRYPOINT ${JSON.stringify(['node', '-e', script])}`;

/** Images that cannot serve, and what a deployment must say of each. */
const BROKEN: { what: string; service: 'api' | 'gateway'; script: string; said: RegExp }[] = [
  {
    what: 'a migration that fails',
    service: 'api',
    script: "console.error('migration 9999 cannot be applied'); process.exit(1)",
    said: /migration ended with 1[\s\S]*migration 9999 cannot be applied/,
  },
  {
    what: 'an image that does not start',
    service: 'gateway',
    script: "console.error('a setting is missing'); process.exit(3)",
    said: /tasks failed to start[\s\S]*exit code 3[\s\S]*a setting is missing/,
  },
  {
    what: 'an image that is never healthy',
    service: 'gateway',
    script:
      "console.log('never ready'); require('http').createServer((q, r) => r.writeHead(503).end()).listen(process.env.PORT)",
    said: /tasks failed to start[\s\S]*health checks[\s\S]*never ready/,
  },
];

/**
 * Before anything is deployed: the gateway's image cannot be pulled, so its first deployment fails and stays FAILED. The
 * outage ends with it; the next deployment must succeed, although Terraform has nothing to change.
 */
export const failFirstDeployment: Drill = async (context) => {
  const { agent } = context.rehearsal;
  agent.outage = ({ taskDefinition: { family } }) =>
    family.endsWith('-gateway')
      ? 'CannotPullContainerError: failed to resolve the image: dial tcp 10.0.0.1:443: i/o timeout'
      : undefined;
  const began = Date.now();
  const { code, output } = await deploy(context);
  agent.outage = undefined;
  const rolloutState = serviceOf(context.rehearsal, 'gateway')?.deployments[0]!.rolloutState;
  const met = code === 1 && /CannotPullContainerError/.test(output) && rolloutState === 'FAILED';
  return {
    met,
    evidence: `exit ${code} after ${seconds(began)} with the service ${rolloutState}${met ? '' : `\n${output}`}`,
  };
};

/** A new version of both images by `npm run deploy`, under load: every task is replaced, and no request fails. */
export const roll: Drill = async (context) => {
  const { rehearsal, command } = context;
  const before = appTasks(rehearsal);
  const [api, gateway] = await Promise.all(
    APPS.map((name) => deriveImage(command, imageOf(rehearsal, name), ['LABEL drill=roll'])),
  );
  const images = { api: api!, gateway: gateway! };
  const began = Date.now();
  const results: DrillResult[] = [];
  const load = await underLoad(context, async () => {
    const { code, output } = await deploy(context, images);
    const isReplaced = code === 0 && (await comesToRun(rehearsal, images));
    results.push({
      met: isReplaced,
      evidence: `exit ${code}, ${before.length} tasks replaced by ${appTasks(rehearsal).length} in ${seconds(began)}${isReplaced ? '' : `\n${output}`}`,
    });
  });
  return together(results, load);
};

/** Deployments that cannot succeed: the old tasks serve on, the command says why, and the next good one works by itself. */
export const broken: Drill = async (context) => {
  const { rehearsal, command } = context;
  const good = { api: imageOf(rehearsal, 'api'), gateway: imageOf(rehearsal, 'gateway') };
  const results: DrillResult[] = [];
  const load = await underLoad(context, async () => {
    for (const { what, service, script, said: expected } of BROKEN) {
      const image = await deriveImage(command, good[service], [entryPoint(script)]);
      const before = appTasks(rehearsal);
      const began = Date.now();
      const { code, output } = await deploy(context, { ...good, [service]: image });
      const took = seconds(began);
      const isRolledBack = await comesToRun(rehearsal, good);
      const met = code === 1 && expected.test(output) && isRolledBack && haveStayed(rehearsal, before);
      results.push({ met, evidence: `${what}: exit ${code} after ${took}, the ${before.length} old tasks serve on${met ? '' : `\n${output}`}` }); // prettier-ignore
    }
    const gateway = await deriveImage(command, good.gateway, ['LABEL drill=repaired']);
    const before = tasksOf(rehearsal, serviceOf(rehearsal, 'api'));
    const { code, output } = await deploy(context, { ...good, gateway });
    const met = code === 0 && (await comesToRun(rehearsal, { ...good, gateway })) && haveStayed(rehearsal, before);
    results.push({ met, evidence: `the next good gateway: exit ${code}, the API's tasks stay${met ? '' : `\n${output}`}` }); // prettier-ignore
  });
  return together(results, load);
};

/** Every step, and all the while no request that failed. */
const together = (steps: DrillResult[], load: LoadResult): DrillResult => ({
  met: steps.every(({ met }) => met) && hasServed(load),
  evidence: [...steps.map(({ met, evidence }) => `${met ? '' : 'MISSED: '}${evidence}`), said(load)].join('; '),
});
