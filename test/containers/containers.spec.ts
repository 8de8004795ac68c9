import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { shutdown } from '#runtime';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { until } from '../support/until.ts';
import { freePort } from '../../apps/api/src/database/embedded/free-port.ts';
import { buildArguments } from '../../infra/deploy/local/docker.ts';
import { provenance } from '../../infra/deploy/local/source.ts';
import { lab } from '../../infra/environments/lab.ts';
import { type Balancer, startBalancer } from './support/balancer.ts';
import { docker, missingForContainers, residentMiB, startContainer } from './support/docker.ts';

const run = promisify(execFile);
const MINUTES = 60_000;
/** What the images may add to their base, in MB. */
const LIMITS = { api: 40, gateway: 30 };
const services = ['api', 'gateway'] as const;
type Service = (typeof services)[number];

/** As the deploy command builds them. */
const source = { commit: 'test', labels: provenance() };

const versionOf = (folder: string): string => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;

/** The web interface has packages of its own. */
const folderOf = (name: string): string =>
  [`apps/web/node_modules/${name}`, `node_modules/${name}`].find((folder) => existsSync(folder))!;

/** Each file's content, in hexadecimal, by its path. */
const contentsOf = (folder: string): Map<string, string> =>
  new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => statSync(join(folder, file)).isFile())
      .sort()
      .map((file) => [file, readFileSync(join(folder, file)).toString('hex')]),
  );

/** Of an image, whichever processor it is for. */
async function filesOf(image: string, folder: string, ...options: string[]): Promise<Map<string, string>> {
  const container = await docker('create', ...options, image);
  await docker('cp', `${container}:/app`, folder);
  await docker('rm', container);
  return contentsOf(folder);
}

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
        const platform = `linux/${await docker('version', '--format={{.Server.Arch}}')}`;
        await docker(...buildArguments({ ...source, service, name: imageOf(service), platform, baseImage: base }));
        const added = ((await sizeOf(imageOf(service))) - (await sizeOf(base))) / 1e6;
        process.stderr.write(`Dockerfile.${service}: ${added.toFixed(1)} MB over its base image\n`);
        expect(added).toBeLessThan(LIMITS[service]);
      }
    },
    15 * MINUTES,
  );

  it.each([
    ['api', 'api', ['fastify', 'pg', '@nestjs/core', 'swagger-ui-dist']],
    ['gateway', 'gateway', ['fastify', 'undici', '@nestjs/core']],
    ['gateway', 'web', ['react', '@mantine/core']],
  ] as const)(
    'name their commit, version and time, and the packages in the %s: %s',
    async (service, part, packages) => {
      const labels = JSON.parse(await docker('image', 'inspect', '--format={{json .Config.Labels}}', imageOf(service)));
      expect(labels).toMatchObject({
        'org.opencontainers.image.revision': source.commit,
        'org.opencontainers.image.version': versionOf('.'),
        'org.opencontainers.image.licenses': 'MIT',
        ...source.labels,
      });
      const file = `/app/dist/sbom/${part}.cdx.json`;
      const print = ['-p', `require('fs').readFileSync('${file}', 'utf8')`];
      const sbom = JSON.parse(await docker('run', '--rm', '--entrypoint=node', imageOf(service), ...print));
      const versions = Object.fromEntries(sbom.components.map(({ name, version }: any) => [name, version]));
      expect(sbom).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.5' });
      expect(versions).toMatchObject(Object.fromEntries(packages.map((name) => [name, versionOf(folderOf(name))])));
      for (const tool of ['jest', 'typescript', 'cdktf', 'vite']) expect(versions).not.toHaveProperty(tool);
    },
  );

  it(
    'are built for another processor without its programs: their files are the same, and none is machine code',
    async () => {
      const other = (await docker('version', '--format={{.Server.Arch}}')) === 'arm64' ? 'amd64' : 'arm64';
      const folder = mkdtempSync(join(tmpdir(), 'stockroom-images-'));
      const empty = `stockroom-test/empty:${id}`;
      writeFileSync(join(folder, 'Dockerfile'), 'FROM scratch\nENV EMPTY=true\n');
      await docker('build', `--platform=linux/${other}`, `--tag=${empty}`, folder);
      for (const service of services) {
        const name = `stockroom-test/${service}:${id}-${other}`;
        const build = { ...source, service, name, platform: `linux/${other}`, baseImage: empty };
        await docker(...buildArguments(build), `--build-arg=BUILD_IMAGE=${base}`);
        expect(await docker('image', 'inspect', '--format={{.Architecture}}', name)).toBe(other);
        const files = await filesOf(name, join(folder, service), `--platform=linux/${other}`);
        expect(files).toEqual(await filesOf(imageOf(service), join(folder, `${service}-native`)));
        expect([...files.values()].filter((hex) => /^(7f454c46|4d5a|cffaedfe|cafebabe)/.test(hex))).toEqual([]);
        await docker('rmi', '--force', name);
      }
      await docker('rmi', '--force', empty);
      rmSync(folder, { recursive: true });
    },
    10 * MINUTES,
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
          if (answer instanceof Error) {
            statuses.push(String(answer.cause));
            continue;
          }
          const body = await answer.text();
          statuses.push(answer.ok ? answer.status : `${answer.status} ${body}`);
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
