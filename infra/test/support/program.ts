import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Programs that may come as an image, each with the name that it has there. */
const IMAGES: Record<string, { image: string; entrypoint: string }> = {
  haproxy: { image: 'haproxy:3.2', entrypoint: 'haproxy' },
  moto_server: { image: 'motoserver/moto:5.2.1', entrypoint: 'moto_server' },
  'docker-registry': { image: 'registry:3', entrypoint: 'registry' },
};

export const isOnPath = (command: string): boolean =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, command)));

interface Needs {
  /** That it reads or writes. */
  folders?: string[];
  /** Names of environment variables. */
  variables?: string[];
}

/**
 * The beginning of a command line: the program where it is installed, else its image, on this machine's own network.
 * The docker command hands signals on.
 */
export function program(name: string, { folders = [], variables = [] }: Needs = {}): [string, ...string[]] {
  const { image, entrypoint } = IMAGES[name]!;
  if (isOnPath(name)) return [name];
  const given = [
    ...folders.map((folder) => `--volume=${folder}:${folder}`),
    ...variables.map((variable) => `--env=${variable}`),
  ];
  return [
    'docker',
    'run',
    '--rm',
    '--init',
    '--network=host',
    '--user=0',
    ...given,
    `--entrypoint=${entrypoint}`,
    image,
  ];
}
