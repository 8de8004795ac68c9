import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { shutdown } from '#runtime';
import { until } from '../../support/until.ts';

const run = promisify(execFile);

/** Debian's client has BuildKit built in; another one first on the path may want a plug-in. */
export async function docker(...args: string[]): Promise<string> {
  const { stdout } = await run('docker', args, {
    env: { ...process.env, PATH: `/usr/bin:${process.env.PATH}`, DOCKER_BUILDKIT: '1' },
    maxBuffer: 64 * 1024 ** 2,
  });
  return stdout.trim();
}

export interface ContainerOptions {
  image: string;
  name: string;
  memoryMiB: number;
  environment: Record<string, string>;
}

/** Starts it as its task definition does: nothing to write to but /tmp, no rights, its memory; and waits until it is healthy. */
export async function startContainer({ image, name, memoryMiB, environment }: ContainerOptions): Promise<void> {
  const variables = Object.entries(environment).flatMap(([key, value]) => ['--env', `${key}=${value}`]);
  const confined = ['--read-only', '--tmpfs=/tmp:noexec,nosuid,size=16m', '--cap-drop=ALL', '--init'];
  const limits = [`--memory=${memoryMiB}m`, `--stop-timeout=${shutdown.stopTimeoutSeconds}`];
  const where = ['--detach', '--network=host', `--name=${name}`, `--hostname=${name}`, '--health-interval=1s'];
  await docker('run', ...where, ...confined, '--security-opt=no-new-privileges', ...limits, ...variables, image);
  const health = () => docker('inspect', '--format={{.State.Health.Status}}', name);
  await until(`${name} is healthy`, async () => (await health()) === 'healthy', 60_000).catch(async (error: Error) => {
    throw new Error(`${error.message}\n${await docker('logs', name)}`, { cause: error });
  });
}

/** Its processes' resident memory, in MiB. */
export async function residentMiB(name: string): Promise<number> {
  const table = await docker('top', name, '-eo', 'pid,rss');
  const sizes = table
    .split('\n')
    .slice(1)
    .map((line) => Number(line.trim().split(/ +/)[1]));
  return Math.round(sizes.reduce((sum, size) => sum + size, 0) / 1024);
}

/** What is missing for containers and their load balancer here; undefined: nothing. */
export const missingForContainers = (): Promise<string | undefined> =>
  docker('version')
    .then(() => run('haproxy', ['-v']))
    .then(
      () => undefined,
      (error: NodeJS.ErrnoException) =>
        error.path === 'haproxy'
          ? 'there is no HAProxy (apt-get install haproxy)'
          : 'there is no Docker engine that responds',
    );
