import { deriveImage } from '../host/images.ts';
import { appTasks, deploy, type Drill, imageOf, seconds, serviceOf, tasksOf } from './support.ts';
import { hasFailed, said, underLoad } from './load.ts';

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
    (['api', 'gateway'] as const).map((name) => deriveImage(command, imageOf(rehearsal, name), ['LABEL drill=roll'])),
  );
  const began = Date.now();
  let ended = { code: null as number | null, output: '' };
  const load = await underLoad(context, async () => {
    ended = await deploy(context, { api: api!, gateway: gateway! });
  });
  const after = appTasks(rehearsal);
  const kept = after.filter((task) => before.includes(task)).length;
  const isReplaced = kept === 0 && after.length >= before.length;
  return {
    met: ended.code === 0 && isReplaced && !hasFailed(load) && load.unavailable === 0,
    evidence: `exit ${ended.code}, ${before.length - kept} of ${before.length} tasks replaced in ${seconds(began)}; ${said(load)}${ended.code === 0 ? '' : `\n${ended.output}`}`,
  };
};

/** Deployments that cannot succeed: the old tasks serve on, the command says why, and the next good one works by itself. */
export const broken: Drill = async (context) => {
  const { rehearsal, command } = context;
  const good = { api: imageOf(rehearsal, 'api'), gateway: imageOf(rehearsal, 'gateway') };
  const before = appTasks(rehearsal);
  const results: string[] = [];
  let isMet = true;
  const note = (isRight: boolean, line: string) => {
    isMet &&= isRight;
    results.push(`${isRight ? '' : 'MISSED: '}${line}`);
  };
  const load = await underLoad(context, async () => {
    for (const { what, service, script, said: expected } of BROKEN) {
      const image = await deriveImage(command, good[service], [entryPoint(script)]);
      const began = Date.now();
      const { code, output } = await deploy(context, { ...good, [service]: image });
      const isRight = code === 1 && expected.test(output) && before.every((task) => appTasks(rehearsal).includes(task));
      note(isRight, `${what}: exit ${code} after ${seconds(began)}, ${appTasks(rehearsal).length} old tasks serve${isRight ? '' : `\n${output}`}`); // prettier-ignore
    }
    const gateway = await deriveImage(command, good.gateway, ['LABEL drill=repaired']);
    const { code, output } = await deploy(context, { ...good, gateway });
    const others = tasksOf(rehearsal, serviceOf(rehearsal, 'api'));
    const isRight =
      code === 0 && imageOf(rehearsal, 'gateway') === gateway && others.every((it) => before.includes(it));
    note(isRight, `the next good gateway: exit ${code}, the API's tasks stay${isRight ? '' : `\n${output}`}`);
  });
  return { met: isMet && !hasFailed(load) && load.unavailable === 0, evidence: [...results, said(load)].join('; ') };
};
