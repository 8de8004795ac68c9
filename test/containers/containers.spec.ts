import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { shutdown } from '#runtime';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { until } from '../support/until.ts';
import { freePort } from '../../apps/api/src/database/embedded/free-port.ts';
import { lab } from '../../infra/environments/lab.ts';
import { type Balancer, startBalancer } from './support/balancer.ts';
import { docker, missingForContainers, residentMiB, startContainer } from './support/docker.ts';

const run = promisify(execFile);
const MINUTES = 60_000;
/** What the images may add to their base, in MB. */
const LIMITS = { api: 40, gateway: 30 };
const services = ['api', 'gateway'] as const;
type Service = (typeof services)[number];

const missing = await missingForContainers();
if (missing && process.env.CI === 'true') it('has a Docker engine', () => expect(missing).toBeUndefined());
else if (missing) process.stderr.write(`Skipped: the images in a Docker engine: ${missing}.\n`);

(missing ? describe.skip : describe)('the images, in a Docker engine', () => {
  const base = process.env.BASE_IMAGE ?? 'stockroom-test/node:24';
  const id = randomUUID().slice(0, 8);
  const imageOf = (service: Service) => `stockroom-test/${service}:${id}`;
  const names: string[] = [];
  const admin = { ADMIN_EMAIL: 'admin@example.com', ADMIN_PASSWORD: randomUUID() };
  let database: TestDatabase;
  let balancer: Balancer;
  let inner: Balancer;

  beforeAll(async () => {
    if (!process.env.BASE_IMAGE) await run('test/containers/support/base-image.sh', [base]);
    database = await createTestDatabase();
  }, 5 * MINUTES);
  afterAll(async () => {
    await balancer?.stop();
    await inner?.stop();
    if (names.length > 0) await docker('rm', '--force', ...names);
    for (const service of services) await docker('rmi', '--force', imageOf(service)).catch(() => undefined);
    await database.drop();
  }, MINUTES);

  /** Two of a service, each on ports of its own, as tasks on one host are. */
  async function startTwo(service: Service, environment: Record<string, string>): Promise<string[]> {
    const { memoryMiB } = lab({}).services[service];
    return Promise.all(
      [1, 2].map(async (n) => {
        const [name, port] = [`stockroom-${id}-${service}-${n}`, String(await freePort())];
        names.push(name);
        const variables = { HOST: '127.0.0.1', PORT: port, METRICS_PORT: '0', ...environment };
        await startContainer({ image: imageOf(service), name, memoryMiB, environment: variables });
        return `http://127.0.0.1:${port}`;
      }),
    );
  }

  it(
    'are built by their Dockerfiles, and are small',
    async () => {
      const sizeOf = async (image: string) => Number(await docker('image', 'inspect', '--format={{.Size}}', image));
      for (const service of services) {
        const file = `Dockerfile.${service}`;
        const args = [`--build-arg=BASE_IMAGE=${base}`, '--build-arg=GIT_SHA=test', `--tag=${imageOf(service)}`];
        await docker('build', '--quiet', `--file=${file}`, ...args, '.');
        const added = ((await sizeOf(imageOf(service))) - (await sizeOf(base))) / 1e6;
        process.stderr.write(`${file}: ${added.toFixed(1)} MB over its base image\n`);
        expect(added).toBeLessThan(LIMITS[service]);
      }
    },
    15 * MINUTES,
  );

  it(
    'run as an unprivileged user, on a read-only file system, within the memory limit of their tasks',
    async () => {
      const database_ = { DATABASE_URL: database.options.url, DATABASE_TLS: 'off', SIGNING_KEY: randomUUID() };
      inner = await startBalancer(
        await startTwo('api', {
          ...database_,
          ...admin,
          TRUSTED_HOPS: '3',
          TRUSTED_HEADERS: 'x-request-id,traceparent',
        }),
      );
      balancer = await startBalancer(
        await startTwo('gateway', { INVENTORY_API_URL: inner.url, TRUSTED_HOPS: '1', RATE_LIMIT_PER_SECOND: '0' }),
      );
      for (const name of names) {
        const format = '{{.Config.User}} {{.HostConfig.ReadonlyRootfs}} {{.HostConfig.CapDrop}} {{.State.OOMKilled}}';
        expect(await docker('inspect', `--format=${format}`, name)).toBe('1000:1000 true [ALL] false');
      }
    },
    5 * MINUTES,
  );

  it(
    'pass the smoke suite, two of each',
    async () => {
      const variables = { SMOKE_EMAIL: admin.ADMIN_EMAIL, SMOKE_PASSWORD: admin.ADMIN_PASSWORD, SMOKE_INSTANCES: '2' };
      const env = { ...process.env, ...variables };
      const { stderr } = await run(process.execPath, ['tools/smoke.ts', balancer.url], { env });
      expect(stderr).toMatch(/Tests: +\d+ passed/);
      for (const name of names) process.stderr.write(`${name}: ${await residentMiB(name)} MiB resident\n`);
    },
    5 * MINUTES,
  );

  it.each(services)(
    'end at docker stop without failing a request under load: %s',
    async (service) => {
      const statuses: (number | string)[] = [];
      let stopped = false;
      const load = async () => {
        while (!stopped) {
          // A connection for each request, as from many clients.
          const headers = { connection: 'close' };
          const answer = await fetch(`${balancer.url}/api/problems/not-found`, { headers }).catch(
            (error: Error) => error,
          );
          statuses.push(answer instanceof Error ? String(answer.cause) : answer.status);
          if (!(answer instanceof Error)) await answer.text();
        }
      };
      const loads = Array.from({ length: 8 }, load);
      await until('the load is on', () => statuses.length > 100);
      const begin = Date.now();
      const name = names.find((it) => it.endsWith(`${service}-1`))!;
      await docker('stop', `--time=${shutdown.stopTimeoutSeconds}`, name);
      const seconds = (Date.now() - begin) / 1000;
      stopped = true;
      await Promise.all(loads);
      process.stderr.write(`${name}: stopped in ${seconds.toFixed(1)} s, ${statuses.length} requests meanwhile\n`);
      expect(new Set(statuses)).toEqual(new Set([200]));
      // After its drain budget it ends with 1, and later docker ends it.
      expect(await docker('inspect', '--format={{.State.ExitCode}}', name)).toBe('0');
    },
    5 * MINUTES,
  );
});
